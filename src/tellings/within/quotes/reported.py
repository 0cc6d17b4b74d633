"""Clauses that a cue governs: indirect ("said that …") and mixed (with fragments in marks)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from tellings.model import compiled
from tellings.model.rules import Rule, load
from tellings.model.text import Span
from tellings.model.tokens import tokens_of
from tellings.within.quotes.context import (
    ACCORDING,
    Context,
    Draft,
    endings,
    head_words,
    is_participle,
    listed,
    pattern,
    words,
)
from tellings.within.quotes.forms import Cue
from tellings.within.quotes.nouns import claims
from tellings.within.quotes.speakers import described_before, institution, is_source, speaker_of, unnamed_teller
from tellings.within.quotes.statements import names_something
from tellings.within.quotes.subjects import holds_finite, noun_phrase, without_time
from tellings.within.quotes.told import Told

#: What a rule is told with where somebody speaks in the words of another.
INSIDE = "; inside another's words"
_BEFORE = "clause before its cue"
#: The groups of verbs that do no more than say.
_PLAIN = frozenset({"say", "state"})
_COMMA = re.compile(r",\s")
#: Characters of "that" and the spaces around it.
_THAT = 7
_SPACE = re.compile(r"\s+")
# Written so that a word can be read in one way alone: `(?:[A-Z]…*\s?)+` tries every way to cut "ABCD" into words.
_ALL_CAPITALS = re.compile(r"[A-Z][\w’'.&-]*(?:\s[A-Z][\w’'.&-]*)*\s?")
_DOUBLE_MARKS = frozenset('“”"')
#: Words of a role before a name, at most, and of a clause that the telling's own goes on behind, at least.
_ROLE, _CLAUSE = 5, 3
_EDGE = " \t\n,;:–—-"


def reported_quotes(context: Context, cues: tuple[Cue, ...]) -> list[Draft]:
    """Indirect and mixed quotations, in order; one inside another says which it is within."""
    told = Told()
    found: list[Draft] = []
    by_sentence: dict[Span, list[Cue]] = {}
    for cue in cues:
        by_sentence.setdefault(cue.sentence, []).append(cue)
    for sentence in context.story:
        in_sentence = by_sentence.get(sentence, [])
        taken: list[Span] = []
        of_sentence: list[Draft] = []
        for cue in in_sentence:
            meant = institution(context, cue.subject, told)
            if (
                (cue.negated and not _left_open(context, cue))
                or not (meant or is_source(context, cue.subject, cue.span))
                or any(span.overlaps(cue.span) for span in taken)
            ):
                continue
            if draft := _governed(context, cue, in_sentence):
                _point_back(context, draft, meant, told)
                taken.append(draft.content)
                of_sentence.extend(told.add(conjunct) for conjunct in _conjuncts(context, draft))
        for draft in _claimed(context, sentence, in_sentence, taken):
            taken.append(draft.content)
            of_sentence.append(told.add(draft))
        of_sentence.extend(told.add(inner) for inner in _inner(context, in_sentence, of_sentence))
        if not taken:
            of_sentence.extend(told.add(draft) for draft in _according(context, sentence, in_sentence))
        if not of_sentence:
            of_sentence.extend(told.add(draft) for draft in _as_told(context, in_sentence))
        if not taken and in_sentence and (around := _around(context, in_sentence[0])):
            of_sentence.extend(told.add(draft) for draft in around)
        else:
            of_sentence.extend(told.add(draft) for draft in _before_cues(context, in_sentence, taken, told))
        of_sentence.extend(told.add(draft) for draft in _outermost(context, in_sentence, of_sentence))
        found.extend(of_sentence)
    return sorted(found, key=lambda draft: draft.span.start)


def _point_back(context: Context, draft: Draft, body: tuple[Span | None, int | None] | None, told: Told) -> None:
    """Give a draft whom its pronoun means: `body` where that is an institution, else a person without a name."""
    if body is not None:
        draft.meant, draft.speaker = body
    elif (unnamed := unnamed_teller(context, draft.source, told)) is not None:
        draft.meant, draft.speaker = unnamed, None
    elif draft.speaker is None:
        draft.meant = described_before(context, draft.source, told)


def _claimed(context: Context, sentence: Span, in_sentence: list[Cue], taken: list[Span]) -> Iterator[Draft]:
    """Clauses that complete a noun of saying: "Ana Vell’s claim that |the boat was safe|"; none in another's words."""
    for claim in claims(context, sentence):
        if claim.subject or not is_source(context, claim.source) or any(span.overlaps(claim.noun) for span in taken):
            continue
        # Only the clause is looked for from here; what governs it is the noun.
        cue = Cue(Span(claim.noun.start, claim.end), "state", claim.source, "beside", sentence, negated=False)
        draft = _governed(context, cue, in_sentence)
        if draft is not None and draft.rule == "that-clause":
            draft.cue, draft.rule = claim.noun, "noun-clause"
            draft.content = Span(draft.content.start, _clause_stop(context, draft.content))
            draft.span = Span(draft.span.start, draft.content.end)
            yield draft


def _clause_stop(context: Context, content: Span) -> int:
    """Where the clause of a noun ends: before a comma outside marks, as the telling's own clause goes on."""
    commas = (
        m for m in _COMMA.finditer(context.text, content.start, content.end) if not context.in_quotation(m.start())
    )
    return next((m.start() for m in commas if len(context.text[content.start : m.start()].split()) >= 3), content.end)


def _left_open(context: Context, cue: Cue) -> bool:
    """Whether a negated cue leaves its content open instead of unsaid: "does not deny steering the boat"."""
    return _denies(context, cue)


def _denies(context: Context, cue: Cue) -> bool:
    return words().meanings("stance").get(_SPACE.sub(" ", cue.span.of(context.text).casefold())) == "denies"


def _inner(context: Context, in_sentence: list[Cue], found: list[Draft]) -> list[Draft]:
    """Clauses that a cue governs inside what another of its sentence reports: "The Post said |Ana Vell told the crew
    |it was over"."""
    inner: list[Draft] = []
    for cue in in_sentence:
        if (
            cue.rule != "beside"
            or cue.group == "add"
            or cue.negated
            or not is_source(context, cue.subject)
            or context.in_quotation(cue.span.start)
        ):
            continue
        outer = next(
            (d for d in reversed(found) if d.content.start < cue.span.start and cue.span.end < d.content.end), None
        )
        if outer is None or cue.subject is None or outer.cue == cue.span or cue.subject.start < outer.content.start:
            continue
        draft = _governed(context, cue, in_sentence)
        if draft is None or draft.content.start >= outer.content.end or draft.content == outer.content:
            continue
        if draft.rule in _outermost_alone():
            continue  # "Vell said Holm had threatened to leave": what Vell says of Holm
        end = min(draft.content.end, outer.content.end)
        draft.content, draft.span = Span(draft.content.start, end), Span(draft.span.start, end)
        draft.within = outer
        draft.rule += INSIDE
        if any(
            not names_something(context, q, cue.span.end)
            for q in context.quoted_between(draft.content.start, draft.content.end)
        ):
            draft.type = "mixed"
        inner.append(draft)
    return inner


def _governed(context: Context, cue: Cue, in_sentence: list[Cue]) -> Draft | None:
    """The content clause after a cue; `None` when it has none. The first rule that fits decides, but for denials, where
    what is no clause may be a thing ("denied the report and vowed the boat was safe")."""
    text, sentence = context.text, cue.sentence
    thing = pattern("thing before").search(text, sentence.start, cue.clause_start)
    if cue.rule == "after" or (thing is not None and not _meanwhile(text, thing, cue)):
        return None  # "what he said was …": a thing, not a clause
    if not cue.negated and cue.span.of(text).casefold() in listed("negated_only"):
        return None  # "excluded Osk from the list": done, not said
    going_on = cue.span.of(text).casefold() in listed("marks_only")
    for start, rule in _content_starts(text, cue, sentence.end):
        if going_on and (rule.name.startswith("bare clause") or start - cue.span.end > _THAT):
            continue  # "continued their work", "the trial continued with a clerk saying that it sank"
        draft = _by_rule(context, cue, in_sentence, start, rule)
        if draft is not None or not _denies(context, cue):
            return draft
    return None


def _meanwhile(text: str, conjunction: re.Match[str], cue: Cue) -> bool:
    """Whether an "as" before a cue tells when it was said, and not of what: "|even as| Ana Vell maintained that"."""
    return pattern("as of a time").match(text, conjunction.start(), conjunction.end()) is not None and (
        pattern("that right behind").match(text, cue.span.end) is not None
        or (
            cue.group not in listed("counting_group")  # "even as employers added 500 jobs"
            and pattern("even right before").search(text, cue.sentence.start, conjunction.start()) is not None
        )
    )


def _by_rule(context: Context, cue: Cue, in_sentence: list[Cue], start: int, rule: Rule) -> Draft | None:
    """What a cue governs from `start` on, by a rule."""
    text, sentence = context.text, cue.sentence
    if context.in_quotation(start) and not _starts_with_mark(context, start):
        return None
    if any(q.span.start < start for q in context.quoted_between(cue.span.end, start)):
        return None
    if any(m.kind == "name" and m.span.end > start for m in context.mentions_between(cue.span.end, start)):
        return None  # "told the United |Nations that it": the rest of a name
    if any(cue.span.end < other.span.start and _ends_that(text, other, start) for other in in_sentence):
        return None  # "told the Harbour Post noting |that it sank|": of the verb that stands nearer
    if pattern("that of a noun of saying").search(text, cue.span.end, start):
        return None  # "hit back at claims by Nils Holm |that it sank|": what he claims
    set_behind = rule.name.startswith("bare clause") and _behind_marks(context, cue)
    if set_behind and pattern("adverbial conjunction first").match(text, start):
        return None  # "“…,” Ana Vell said |as she kept walking|": how it was said
    if pattern("finite verb first").match(text, start) and text[cue.span.end : start].strip():
        return None  # "The advice announced Monday |is for visitors|": a participle, and the telling’s own verb
    end = _content_end(context, cue, start, in_sentence)
    is_object = rule.meaning.get("content") == "object"
    if is_object:
        end = _object_end(context, start, end)
        if _says_which(context, cue) and (main := pattern("main verb of saying").search(text, start, end)) is not None:
            end = main.start("main")  # "The clerk accusing |Ana Vell of fraud| says he will not come"
        if rule.name == "order" and (on := pattern("past behind an infinitive").match(text, start, end)) is not None:
            end = on.end("ordered")  # "asked |the firm to drop it| and returned the money"
        if not _clause_of(rule).match(text, cue.span.end, max(start, end)):
            return None  # "praising its captain| and asking for": what the rule asks for stands behind the end
    content = Span(start, end)
    if rule.name.startswith("bare clause") and pattern("who speaks and adds").match(text, start, end):
        return None  # "it sank said |the harbour office adding that|": who speaks, without a comma
    inverted = rule.name.startswith("bare clause") and text[cue.span.start - 2 : cue.span.start] == ", "
    if rule.name.startswith("bare clause") and _only_somebody(context, content):
        return None  # "in the areas they hold in Osk said |observatory head Nils Holm|": who speaks, without a comma
    if inverted and pattern("a name and a comma").match(text, start, end):
        return None  # "Her words, said |Ana Vell, were old|": who speaks stands behind the verb
    if rule.name == "thing" and _tells(context, cue, content):
        return None  # "admitted to the clerk Ana Vell |that|": whom it was told
    if is_object and " " not in content.of(text):
        return None  # "confirmed receipt": one word says too little
    if len(content) < 7 or not (is_object or rule.name == "of-clause" or _clause(rule.name).search(content.of(text))):
        return None
    if "own_verb" in rule.meaning and not _has_own_verb(context, cue, content):
        return None  # "claiming a win in the vote", "said answering a question"
    if is_object and pattern("verb of the clause first").match(text, start, end) and cue.span.of(text) in _nouns_too():
        return None  # "The Vell family dispute |mirrors a quarrel|": a noun
    if _ALL_CAPITALS.fullmatch(content.of(text)):
        return None  # "told the Harbour |Bay Times": the rest of a name
    fragments = context.quoted_between(start, end)
    # A whole sentence in marks right after the cue is direct speech, not a clause it governs.
    if fragments and fragments[0].span.start <= start + 1 and fragments[0].span.end >= end - 2:
        return None
    source = cue.subject
    that = pattern("that right before").search(text, cue.span.end, start)
    draft = Draft(
        span=Span(that.start(), end) if that else content,
        content=content,
        type="indirect",
        status="shown",
        rule=rule.name,
        cue=cue.span,
        source=source,
        speaker=speaker_of(context, source),
        medium=_medium(context, sentence, cue, start),
    )
    return draft


def _says_which(context: Context, cue: Cue) -> bool:
    """Whether a cue stands in a clause without a comma that says who somebody is: "the clerk |accusing|", "a clerk who
    |accused|"."""
    before = context.text[cue.sentence.start : cue.span.start]
    word = before.rstrip()[-1:].isalnum()
    return word and (
        is_participle(cue.span.of(context.text)) or pattern("who right before").search(before.rstrip()) is not None
    )


def _ends_that(text: str, cue: Cue, start: int) -> bool:
    """Whether a cue is a participle, and nothing but "that" stands between it and a place."""
    if not is_participle(cue.span.of(text)):
        return False
    that = pattern("that right behind").match(text, cue.span.end, start)
    return that is not None and not text[that.end() : start].strip()


def _tells(context: Context, cue: Cue, content: Span) -> bool:
    """Whether a cue ends in the preposition of those who are told and what it governs is somebody."""
    last = cue.span.of(context.text).casefold().split()[1:]
    mention = context.mention_in(content)
    told = bool(last) and listed("infinitive_mark").issuperset(last)
    return told and mention is not None and context.is_person(mention)


def _only_somebody(context: Context, content: Span) -> bool:
    """Whether a stretch is no clause but somebody's name, with nothing but a role or titles before it."""
    inside = context.mentions_between(content.start, content.end)
    name = next((m for m in reversed(inside) if m.kind == "name" and m.span.end == content.end), None)
    first = next((m for m in inside if m.kind == "name" and m.span.start == content.start), None)
    if first is not None and context.may_be_person(first) and " " in first.span.of(context.text):
        role = pattern("role of the name before").match(context.text, first.span.end, content.end)
        if role is not None and not holds_finite(context.text[role.end() : content.end].split()):
            return True  # "said |Nils Holm head of the harbour office|"
    if name is None or not context.may_be_person(name):
        return False
    before = context.text[content.start : name.span.start].split()
    lists = load("en", "name")
    known = lists.words("role", "title") | listed("source_person")
    last = before[-1:] if before else []
    held = all(word in known or word.rstrip(".").casefold() in known for word in last)
    return len(before) <= _ROLE and held and not holds_finite(before)


def _behind_marks(context: Context, cue: Cue) -> bool:
    """Whether a cue stands right behind words in marks."""
    quoted = context.last_outer_before(cue.clause_start)
    return quoted is not None and not context.text[quoted.span.end : cue.clause_start].strip(" ,")


def _has_own_verb(context: Context, cue: Cue, content: Span) -> bool:
    """Whether a clause without a conjunction has a verb of its own, before any relative or joined clause. Behind "say"
    little else stands, but for a participle; other verbs have things as their objects, too ("claim", "add")."""
    text = context.text
    plain = cue.span.of(text).casefold() in listed("saying_only")
    participle = pattern("participle first").match(text, content.start, content.end)
    if participle and pattern("adverb first").match(text, content.start, content.end):
        return False  # "said |adding| “…”": another cue
    if plain and participle is None:
        quoted = context.last_outer_before(cue.clause_start)
        ends_there = quoted is not None and not text[quoted.span.end : cue.clause_start].strip()
        return not (ends_there and pattern("adverb first").match(text, content.start, content.end))
    if pattern("subject pronoun first").match(text, content.start, content.end):
        return True
    if context.quoted_between(content.start, content.end):
        return True  # what stands in marks is somebody's words
    if (counted := pattern("counted first").match(text, content.start, content.end)) is not None:
        content = Span(counted.end(), content.end)  # "added |12 players| to its squad"
    stop = pattern("ends a simple clause").search(text, content.start, content.end)
    apposition = pattern("apposition and a verb").match(text, content.start, content.end)
    own = Span(content.start, stop.start() if stop and not apposition else content.end)
    return pattern("verb of a clause").search(text, own.start, own.end) is not None


@cache
def _nouns_too() -> frozenset[str]:
    """The forms of verbs with a thing as object that are no past and no participle."""
    inflected = endings("past_ending") + endings("participle_ending")
    return frozenset(form for form in listed("object_verb") if not form.endswith(inflected))


def _conjuncts(context: Context, draft: Draft) -> list[Draft]:
    """ "said that … and that …": two clauses of one cue, the second going on from the first."""
    start = draft.content.start
    found: list[Draft] = []
    joints = [
        m
        for m in pattern("and that").finditer(context.text, draft.content.start, draft.content.end)
        if not context.in_quotation(m.start() + 1)
    ]
    for joint in [*joints, None]:
        content = Span(start, joint.start() if joint else draft.content.end)
        fragments = context.quoted_between(content.start, content.end)
        mixed = any(not names_something(context, q, draft.cue.end if draft.cue else content.start) for q in fragments)
        that = pattern("that right before").search(context.text, draft.span.start, content.start)
        span = Span(that.start(), content.end) if that else content
        found.append(
            replace(
                draft,
                span=span,
                content=content,
                type="mixed" if mixed else "indirect",
                continues=found[-1] if found else None,
            )
        )
        start = joint.end() if joint else start
    return found


def _medium(context: Context, sentence: Span, cue: Cue, start: int) -> Span | None:
    return context.medium_between(cue.span.end, start) or context.medium_between(sentence.start, cue.clause_start)


def _starts_with_mark(context: Context, position: int) -> bool:
    return any(q.span.start == position for q in context.quoted_between(position, position + 1))


def _content_starts(text: str, cue: Cue, limit: int) -> Iterator[tuple[int, Rule]]:
    """Where the clause that `cue` governs may begin, and the rule that says so, in the order of the rules."""
    verb = _SPACE.sub(" ", cue.span.of(text).casefold())
    for begins, clause in _clauses_behind(cue.group):
        if clause.only and verb not in clause.only:
            continue
        match = begins(text, cue.span.end, limit)
        if match is None or (clause.reach is not None and len(match.group()) > clause.reach):
            continue
        if not _DOUBLE_MARKS.intersection(match.group()):
            yield match.end(), clause.rule


_Match = Callable[[str, int, int], re.Match[str] | None]


@dataclass(frozen=True, eq=False)
class _Clause:
    """A clause rule of data/en/quote/clauses.toml. `only`: the verbs it is for, where it is not for all of its cues;
    `reach`: characters of what it matches, at most."""

    rule: Rule
    only: frozenset[str]
    reach: int | None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What stands between a cue and its clause, compiled when it is tried first."""
        return compiled.pattern(words().expand(self.rule.pattern))


def _clause_of(rule: Rule) -> re.Pattern[str]:
    """The compiled pattern of a rule."""
    return next(clause.pattern for clause in _clauses() if clause.rule is rule)


@cache
def _clauses_behind(group: str) -> tuple[tuple[_Match, _Clause], ...]:
    """The clause rules for cues of a group, each with what tries it at a place."""
    return tuple((each.pattern.match, each) for each in _clauses() if group in each.rule.meaning["cues"])


@cache
def _clauses() -> tuple[_Clause, ...]:
    """The clause rules, in their order."""
    return tuple(
        _Clause(
            rule,
            frozenset(rule.meaning.get("only", ())) or listed(*rule.meaning.get("verbs", ())),
            rule.meaning.get("reach"),
        )
        for rule in words().rules
    )


@cache
def _outermost_alone() -> frozenset[str]:
    """The names of the clause rules that find nothing in another's words."""
    return frozenset(clause.rule.name for clause in _clauses() if "outermost" in clause.rule.meaning)


#: Characters of a clause within which the next cue ends it, and before such a cue in which what joins it stands.
_LONGEST, _JOINT = 1500, 80


def _cue_start(cue: Cue) -> int:
    return cue.span.start


def _content_end(context: Context, cue: Cue, start: int, in_sentence: list[Cue]) -> int:
    """The end of the clause: the sentence's, or where the same speaker goes on with another cue."""
    text, sentence = context.text, cue.sentence
    end = sentence.end
    first = bisect_right(in_sentence, start, key=_cue_start)
    last_cue = bisect_right(in_sentence, start + _LONGEST, key=_cue_start)
    for other in in_sentence[first:last_cue]:
        # "…, and added “…”" and "…, the host revealed that": another clause with a cue of its own.
        if other.rule == "shared" and not context.in_quotation(other.span.start):
            near = max(start, other.span.start - _JOINT)
            joint = pattern("same speaker goes on").search(text[near : other.span.start])
            if joint and (
                not is_participle(other.span.of(text))
                or other.group in ("label", "act")
                or pattern("own content").match(text, other.span.end)
            ):
                end = near + joint.start() + len(joint.group()[:2].rstrip().lstrip(", "))
                break
        if other.rule != "beside" or other.subject is None:
            continue
        near = max(start, other.subject.start - _JOINT)
        before = text[near : other.subject.start]
        if (quotes := pattern("and quotes another").search(before)) is not None and is_participle(other.span.of(text)):
            end = near + quotes.start()  # "it sank|, but it quotes |a clerk| as saying"
            break
        if is_participle(other.span.of(text)) and pattern("own content").match(text, other.span.end):
            joint = pattern("with right before").search(before)
            if joint is not None:
                end = near + joint.start()
                break
        parted = re.search(r",[”\"’']?\s*\Z", before)
        closes = pattern("pause").match(text, other.span.end) or pattern("ends with a time").match(
            text, other.span.end, sentence.end
        )
        alone = is_participle(other.span.of(text)) or other.group in listed("group_of_telling") or closes is not None
        if parted and (alone or _may_be_clause(context, start, near + parted.start())):
            end = near + len(before.rstrip().rstrip(","))
            break
        if other.subject.start > start:
            joint = pattern("another clause").search(before)
            if joint is None and other.group in ("say", "tell"):
                joint = pattern("and before").search(before)
            if joint and not context.in_quotation(near + joint.start()):
                end = near + joint.start()
                break
    for q in context.quoted_between(start, end):
        # "denied it was so: “…,” Vell said": behind the colon stands a quotation with a cue of its own.
        if text[start : q.span.start].endswith((": ", ":")):
            end = min(end, q.span.start)
            break
    for aside in pattern("aside").finditer(text, start, end):
        if not context.in_quotation(aside.end() - 1):
            # A closing mark behind the comma belongs to what was said.
            end = aside.start() + (2 if text[aside.start() + 1] in "”\"’'" else 0)
            break
    end = min(end, _main_clause(context, cue, start, end), _bracket_end(context, cue, start, end))
    last = context.quoted_between(start, end)
    if last and last[-1].span.end > end:
        # A quotation that begins as part of the clause may run over several sentences.
        return last[-1].span.end
    floor = last[-1].span.end if last else start
    while end > floor and (text[end - 1].isspace() or text[end - 1] in ".!?…,;:"):
        end -= 1
    return end


def _bracket_end(context: Context, cue: Cue, start: int, end: int) -> int:
    """Where the brackets close that the cue stands in ("(though Ana Vell says |it sank|)"); `end` where they do not."""
    text, sentence = context.text, cue.sentence
    if text.rfind("(", sentence.start, cue.span.start) <= text.rfind(")", sentence.start, cue.span.start):
        return end
    closed = text.find(")", start, end)
    # What is opened inside stands inside: "(Ana Vell says it (the boat) sank)".
    while closed >= 0 and text.count("(", start, closed) > text.count(")", start, closed):
        closed = text.find(")", closed + 1, end)
    return end if closed < 0 or context.in_quotation(closed) else closed


def _may_be_clause(context: Context, start: int, end: int) -> bool:
    """Whether what stands between two places may be all of a clause: it holds a verb."""
    return (
        pattern("subject pronoun first").match(context.text, start, end) is not None
        or pattern("verb of a clause").search(context.text, start, end) is not None
    )


def _object_end(context: Context, start: int, end: int) -> int:
    """Where the object that a cue governs ends: at the telling's own words on when, where or why it was said, or where
    its speaker goes on to do something else ("denies any wrongdoing |and has resisted calls")."""
    goes_on = pattern("another verb behind an object").search(context.text, start, end)
    if (
        goes_on is not None
        and not context.in_quotation(goes_on.start())
        and pattern("verb of a clause").search(context.text, start, goes_on.start()) is None
    ):
        end = goes_on.start()
    for match in pattern("after an object").finditer(context.text, start, end):
        if not context.in_quotation(match.start()) and match.start() > start:
            return match.start()
    return end


def _main_clause(context: Context, cue: Cue, start: int, end: int) -> int:
    """Where the telling's own main clause goes on behind a clause with the cue in it ("While the owners claim the boat
    was safe|, others …", "Ana Vell, who said the boat was safe|, left"); `end` where none does."""
    text, sentence = context.text, cue.sentence
    commas = (m for m in _COMMA.finditer(text, start, end) if not context.in_quotation(m.start()))
    if pattern("subordinate before").match(text, sentence.start, cue.clause_start):
        inside = (q.span.end for q in context.quoted_between(start, end) if text[q.content.end - 1] == ",")
        ends = [*(m.start() for m in commas), *inside]
        return next((each for each in sorted(ends) if len(text[start:each].split()) >= _CLAUSE), end)
    if pattern("finite verb first").match(text, start, end):
        # "the boat, which Holm said |was old|, was safe"
        return next((m.start() for m in commas if pattern("finite verb first").match(text, m.end(), end)), end)
    if pattern("relative before").search(text, max(sentence.start, cue.span.start - 120), cue.span.start):
        later = (m for m in commas if len(text[start : m.start()].split()) >= 3)
        return next((m.start() for m in later if pattern("finite verb first").match(text, m.end(), end)), end)
    return end


def _before_cues(context: Context, in_sentence: list[Cue], taken: list[Span], told: Told) -> list[Draft]:
    """The clause that stands before the last cue of a sentence, or before the first, where others govern what follows
    it: "The boat was safe, police said, adding that …"."""
    last = max((place for place, cue in enumerate(in_sentence) if cue.subject is not None), default=-1)
    for place, cue in enumerate(in_sentence[:1] if taken else in_sentence):
        if any(span.start < cue.span.start for span in taken):
            continue
        if draft := _trailing(context, cue, bool(taken) or place < last):
            _point_back(context, draft, institution(context, cue.subject, told), told)
            return [draft]
    return []


def _trailing(context: Context, cue: Cue, goes_on: bool) -> Draft | None:
    """ "The boat was safe, police said." — `goes_on`: something else is reported behind it."""
    text, sentence = context.text, cue.sentence
    if cue.subject is None or cue.rule == "shared" or cue.group not in ("say", "state", "add", "tell"):
        return None
    if pattern("no noun phrase").match(cue.subject.of(text)):
        return None
    named = head_words(cue.subject.of(text))
    if len(named) > 1 and named[0] in listed("indefinite") and _may_be_participle(context, cue, named[-1]):
        return None  # "they will merge, |a deal| announced on Monday": a participle
    tail = text[cue.clause_end : sentence.end].strip()
    if tail[:1] == "," and _is_noun(context, cue):
        return None
    if cue.group == "tell":
        if not pattern("listener").fullmatch(tail) or pattern("that inside").search(tail):
            return None
        tail = ""
    if goes_on and tail[:1] != ",":
        return None
    if pattern("infinitive first").match(tail) is not None:
        return None  # "the parties agreed |to have it heard|": its own object
    if (len(tail) > 220 and not goes_on) or (
        tail
        and tail[0] not in ".,;"
        and not pattern("preposition first").match(tail)
        and not pattern("time or place first").match(tail)
    ):
        return None
    head = text[sentence.start : cue.clause_start if cue.rule == "beside" else cue.span.start]
    stripped = head.rstrip()
    if (
        not stripped.endswith(",")
        or len(stripped) < 15
        or (pattern("adverbial first").match(head) and not _whole(head))
    ):
        return None
    if (
        tail[:1] == ","
        and context.quoted_between(cue.clause_end, cue.clause_end + 4)
        and pattern("asked last").search(head)
    ):
        return None  # "… and when asked if it sank, Ana Vell said, “…”"
    if pattern("of somebody first").match(stripped) or pattern("of something alone").fullmatch(stripped):
        return None  # "|Of Karl Moe, a clerk|, Ana Vell said, “…”": whom it is said of
    if pattern("that and a comma").search(stripped) or pattern("conjunction and an aside last").search(stripped):
        return None  # "a word that, Ana Vell said, …", "when, at a rally, she said": it goes on behind the cue
    if pattern("finite verb first").match(tail.lstrip(", ")):
        return None  # "The woman who was there, Ana Vell said, left": its verb stands behind the cue
    start, end = sentence.start, sentence.start + len(stripped) - 1
    while start < end and text[start].isspace():
        start += 1
    if dateline := pattern("dateline").match(text, start, end):
        start = dateline.end()
    fragments = context.quoted_between(start, end)
    if fragments and fragments[0].span.start == start and noun_phrase(context, fragments[0].span.end, cue.span.start):
        return None  # a quotation, and who speaks in many words
    if any(q.span.end >= end for q in fragments) or not _holds_verb(text[start:end]):
        return None
    content = Span(start, end).trimmed(text)
    if text[start] in '“"‘«' and not fragments:
        return None  # a quotation whose mark was never closed
    return Draft(
        span=content,
        content=content,
        type="mixed" if fragments else "indirect",
        status="shown",
        rule=_BEFORE,
        cue=cue.span,
        source=cue.subject,
        speaker=speaker_of(context, cue.subject),
    )


def _may_be_participle(context: Context, cue: Cue, noun: str) -> bool:
    """Whether a past form behind "a" and a noun says more of it: "its critic, a likeness |shared| with others"."""
    shared = cue.span.of(context.text).casefold() in listed("putting_up_verb")
    known = listed("source_person", "source_noun", "institution_noun", "medium_noun", "account_noun")
    return noun in listed("event_noun") or (shared and noun not in known)


def _is_noun(context: Context, cue: Cue) -> bool:
    """Whether a form that is a noun as well may be one, behind words that name nobody: "Ana Vell won three, most of the
    island |states|, and left"."""
    return pattern("noun too").fullmatch(cue.span.of(context.text)) is not None and (
        cue.subject is None or context.mention_in(cue.subject) is None
    )


def _holds_verb(words_said: str) -> bool:
    """Whether words hold a form that can be a finite verb; the genitive of a name is none."""
    found = (match.group() for match in pattern("finite verb").finditer(words_said))
    return any(not (form[0].isupper() and form.endswith(endings("genitive_ending"))) for form in found)


def _whole(head: str) -> bool:
    """Whether words that begin like an adverbial hold a main clause all the same: "After the fire, the crew was kept
    ashore,", "Moving the boat would not have helped,"."""
    parts = head.split(", ")[1:]
    while parts and pattern("another adverbial").match(parts[0]):
        parts.pop(0)
    rest = ", ".join(parts)
    if len(rest.split()) > 3 and _holds_verb(rest):
        return True
    if pattern("subordinator").match(head):
        return False
    finite = _auxiliary().search(head)
    return finite is not None and not pattern("bound clause").search(head, 0, finite.start())


@cache
def _auxiliary() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{words().alternatives('finite_auxiliary')})\s")


def _around(context: Context, cue: Cue) -> list[Draft]:
    """ "If it fails, Ana Vell argues, there are other ways": the cue set into what is said, in two stretches."""
    text, sentence = context.text, cue.sentence
    if cue.subject is None or cue.rule != "beside" or cue.negated or cue.group not in _PLAIN:
        return []
    if _is_noun(context, cue):
        return []
    before = text[sentence.start : cue.clause_start].rstrip()
    rest = text[cue.clause_end : sentence.end]
    pause = pattern("pause").match(rest)
    marks_before = context.quoted_between(sentence.start, cue.span.start)
    closes = bool(marks_before) and marks_before[-1].span.end >= sentence.start + len(before) - 1
    if (
        not before.endswith(",")
        or pattern("that and a comma").search(before)
        or pause is None
        or pattern("joined and bound").match(rest)
        or closes
        or (marks_before and marks_before[0].span.start == sentence.start)
    ):
        return []
    first = Span(sentence.start, sentence.start + len(before) - 1).trimmed(text)
    second = Span(cue.clause_end + pause.end(), sentence.end).trimmed(text)
    while len(second) and text[second.end - 1] in ".!?…":
        second = Span(second.start, second.end - 1)
    marks = context.quoted_between(second.start, second.end)
    if len(first) < 3 or len(second) < 8 or (marks and marks[0].span.start == second.start):
        return []
    before, behind = first.of(text), second.of(text)
    finite = pattern("finite verb")
    whole = finite.search(before) is not None and not pattern("subordinate first").match(before)
    waits = pattern("waits for its verb").search(before) is not None
    verb_next = waits or pattern("finite verb first").match(text, second.start, second.end) is not None
    if not (verb_next or (pattern("clause goes on").match(behind) if whole else finite.search(behind))):
        return []
    if not verb_next and len(before.split()) <= 2 and not finite.search(before):
        stretches = [second]  # "Already, Ana Vell says, the boat is ready": a word of time, and what is said
    else:
        stretches = [first, second]
    return _two_stretches(context, cue, *stretches, rule="clause around its cue")


def _two_stretches(context: Context, cue: Cue, *stretches: Span, rule: str) -> list[Draft]:
    """What a cue is set into, one draft for each stretch of it."""
    drafts: list[Draft] = []
    for stretch in stretches:
        content = stretch.trimmed(context.text)
        if drafts and (joining := pattern("conjunction and subject").match(context.text, content.start, content.end)):
            content = Span(joining.end(), content.end)
        while len(content) and context.text[content.end - 1] in ".!?…,":
            content = Span(content.start, content.end - 1).trimmed(context.text)
        drafts.append(
            Draft(
                span=content,
                content=content,
                type="mixed" if context.quoted_between(content.start, content.end) else "indirect",
                status="shown",
                rule=rule,
                cue=cue.span,
                source=cue.subject,
                speaker=speaker_of(context, cue.subject),
                continues=drafts[0] if drafts else None,
            )
        )
    return drafts


def _according(context: Context, sentence: Span, cues: list[Cue]) -> list[Draft]:
    text = context.text
    if listed("according").isdisjoint(tokens_of(text).words(sentence.start, sentence.end)):
        return []
    match = pattern("according to first").search(text[sentence.start : sentence.end])
    if match and not context.in_quotation(sentence.start + match.start("source")):
        start, end = sentence.start + match.end(), sentence.end
        source = Span(sentence.start + match.start("source"), sentence.start + match.end("source"))
        if context.quoted_between(source.start, start):
            return []  # a mark opened in the source: what follows stands inside it
        if holds_finite(source.of(text).split()):
            return []  # "According to sources the offer was low, and": the comma behind the source is missing
        cue = Span(sentence.start + match.start("cue"), sentence.start + match.end("cue"))
    else:
        match = pattern("according to last").search(text[sentence.start : sentence.end])
        if not match or context.in_quotation(sentence.start + match.start("source")):
            return []
        if not text.startswith(tuple('“"‘«'), sentence.start) and context.in_quotation(sentence.start):
            return []  # "“… it sank. It was old,” according to the log": marks opened in a sentence before
        start, end = sentence.start, sentence.start + match.start()
        source = Span(sentence.start + match.start("source"), sentence.start + match.end("source")).trimmed(text)
        cue = Span(sentence.start + match.start("cue"), sentence.start + match.end("cue"))
        if pattern("done by a measure").search(text, start, end):
            return []  # "are calculated according to …"
        goes_on = pattern("auxiliary after a comma").match(text, source.end, sentence.end)
        if goes_on or pattern("waits for its verb").search(text, start, end):
            inside = Cue(cue, "say", source, "beside", sentence, negated=False)
            stop = pattern("next clause").search(text, source.end + 2, sentence.end)
            rest = Span(source.end + 1, stop.start() if stop else sentence.end)
            return _two_stretches(context, inside, Span(start, end), rest, rule=ACCORDING)
        that = pattern("comma and that").match(text, source.end, sentence.end)
        if that is not None:
            start, end = that.end(), sentence.end  # "we know, at least according to one report, that |it sank|"
        elif pattern("conjunction last").search(text, start, end):
            # "it is old but, according to Ana Vell, |it is safe|": what is said stands behind
            stop = pattern("next clause").search(text, source.end + 2, sentence.end)
            start, end = source.end, stop.start() if stop else sentence.end
            while start < end and text[start] in ", ":
                start += 1
    source = without_time(context, source)
    if (again := pattern("another clause in it").search(text, source.start, source.end)) is not None:
        source = Span(source.start, again.start())  # "according to the Harbour Office |and 22 are hurt|"
    if (clause := pattern("relative clause of a thing").search(text, source.start, source.end)) is not None:
        source = Span(source.start, clause.start())  # "a new report |that lists the flaws|"
    if pattern("measure").match(source.of(text)) or not is_source(context, source):
        return []
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".!?…,;:"):
        end -= 1
    apposition = pattern("apposed first").match(text, start, end)
    start = apposition.end() if apposition else start
    content = Span(start, end).trimmed(text)
    fragments = context.quoted_between(content.start, content.end)
    if any(c.rule == "beside" and c.subject is not None and c.subject.start <= content.start + 4 for c in cues):
        quoted = context.last_outer_before(content.start)
        if quoted is not None and not text[quoted.span.end : content.start].strip():
            return []  # "“…?” Vell asked the crew, according to the log": the words in marks are what the log has
    if fragments and fragments[-1].span.end == fragments[-1].content.end > content.end:
        return []  # a mark that is never closed
    if len(content) < 12 or (fragments and fragments[0].span.start <= content.start + 1):
        return []  # a quotation with a cue of its own, told on by others
    return [
        Draft(
            span=content,
            content=content,
            type="mixed" if fragments else "indirect",
            status="shown",
            rule=ACCORDING,
            cue=cue,
            source=source,
            speaker=speaker_of(context, source),
        )
    ]


def _as_told(context: Context, in_sentence: list[Cue]) -> list[Draft]:
    """ "As Ana Vell said, |the boat was safe|.", "|The boat was safe|, as Ana Vell said on Monday." """
    text = context.text
    for cue in in_sentence:
        if cue.subject is None or cue.rule != "beside" or cue.negated or cue.group not in _PLAIN:
            continue
        if not is_source(context, cue.subject, cue.span):
            continue
        sentence = cue.sentence
        opens = pattern("as first").fullmatch(text, sentence.start, cue.subject.start)
        closes = pattern("as behind a comma").search(text, sentence.start, cue.subject.start)
        if opens and (pause := pattern("pause").match(text, cue.span.end, sentence.end)) is not None:
            content = Span(pause.end(), sentence.end).trimmed(text)
        elif closes and pattern("ends with a time").match(text, cue.span.end, sentence.end):
            content = Span(sentence.start, closes.start()).trimmed(text)
        else:
            continue
        while len(content) and text[content.end - 1] in ".!?…,":
            content = Span(content.start, content.end - 1)
        marks = context.quoted_between(content.start, content.end)
        if (marks and marks[0].span.start <= content.start + 1) or not _holds_verb(content.of(text)):
            continue
        return _two_stretches(context, cue, content, rule="as told")
    return []


def _outermost(context: Context, in_sentence: list[Cue], found: list[Draft]) -> list[Draft]:
    """All of a sentence that ends in a cue without words of its own, where others speak in it: "|Holm told officers he
    had burnt the boat|, prosecutors said." What was found becomes what somebody says in the words of another."""
    text = context.text
    cue = in_sentence[-1] if len(in_sentence) > 1 else None
    if cue is None or cue.subject is None or cue.rule != "beside" or cue.negated or cue.group not in _PLAIN:
        return []
    last = max((draft for draft in found if draft.within is None), key=lambda d: d.content.end, default=None)
    if last is None or last.cue is None or not is_source(context, cue.subject, cue.span):
        return []
    if text[last.content.end : cue.subject.start].strip(' ”"’') != ",":
        return []
    if not pattern("ends with a time").match(text, cue.span.end, cue.sentence.end):
        return []
    sources = [draft.source for draft in found if draft.source is not None]
    first = min(source.start for source in sources)
    if text[cue.sentence.start : first].strip() or any(source.of(text) == cue.subject.of(text) for source in sources):
        return []
    content = Span(cue.sentence.start, last.content.end).trimmed(text)
    outer = _two_stretches(context, cue, content, rule=_BEFORE)
    for draft in found:
        if draft.within is None:
            draft.within = outer[0]
            draft.rule += INSIDE
    return outer


def _clause(rule: str) -> re.Pattern[str]:
    """What shows the content of a rule to be a clause. Behind "that" any finite form does; a clause without it needs
    one that is no plural noun: "claiming some victories" claims nothing in words."""
    return pattern("surely finite verb") if rule.startswith("bare clause") else pattern("finite verb")
