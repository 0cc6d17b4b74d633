"""Verbs of speech outside quotation marks, each with its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tellings.model.rules import WORD, Keyed, load, lowered, words_in
from tellings.model.text import Span
from tellings.model.tokens import tokens_of
from tellings.within.quotes.context import Context, endings, is_participle, keyed, listed, pattern, singular, words
from tellings.within.quotes.nouns import claims
from tellings.within.quotes.speakers import may_speak
from tellings.within.quotes.subjects import (
    LOOK_BACK,
    carries_words,
    clause_before,
    clause_subject,
    governed_people,
    is_medium,
    leading_subject,
    main_subject,
    of_several,
    opens_with_its_verb,
    strip_between,
    subject_after,
    subject_before,
    trimmed_source,
)

#: How the subject was found, surest first.
SubjectRule = Literal["beside", "after", "shared", "none"]


_QUOTES_NEXT = re.compile(r"\s*[,:.]?\s*[“\"‘«]|\s*[.,]?\s*\Z")


_SPACE = re.compile(r"\s+")


_PARTS = re.compile(r",\s*\Z")
_MAIN_CLAUSE = re.compile(r",[”\"’']?\s")
#: Characters before a verb that can hold a few small words beside it.
_BESIDE = 80
#: Words right before a verb among which stands one of the keys of whatever is looked for there: the longest is "took to
#: Twitter to".
_NEAR = 4
#: Verbs of speech beyond which a sentence is asked whether it is one, and the words to each that it has then at least:
#: no sentence of prose holds so many, and in a chant, a list or a page made to stop the program each would be looked
#: into for who speaks.
_MANY, _WORDS_TO_EACH = 12, 8
#: Words of a subject that is a determiner and a noun for somebody.
_SOMEBODY = 2


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech: its span, group (see the word list), subject, and its story sentence.

    `clause_start` is where its own clause begins: the subject's start, or the verb's when shared.
    """

    span: Span
    group: str
    subject: Span | None
    rule: SubjectRule
    sentence: Span
    negated: bool

    @property
    def clause_start(self) -> int:
        """Start of the subject where it stands before the verb, else of the verb."""
        return self.subject.start if self.subject and self.rule == "beside" else self.span.start

    @property
    def clause_end(self) -> int:
        """End of the subject where it stands after the verb, else of the verb."""
        return self.subject.end if self.subject and self.rule == "after" else self.span.end


def find_cues(context: Context) -> tuple[Cue, ...]:
    """All cues of the telling's story sentences, in order."""
    found: list[Cue] = []
    for sentence in context.story:
        in_sentence: list[Cue] = []
        if not _verb().may_stand(tokens_of(context.text).words(sentence.start, sentence.end)):
            continue
        nouns = {claim.noun.start for claim in claims(context, sentence)}
        verbs = [
            match
            for match in _verb().finditer(context.text, sentence.start, sentence.end)
            if not context.in_quotation(match.start()) and match.start() not in nouns
        ]
        if len(verbs) > _MANY and len(verbs) * _WORDS_TO_EACH > len(sentence.of(context.text).split()):
            continue
        for match in verbs:
            if cue := _cue(context, sentence, match, in_sentence):
                in_sentence.append(cue)
        found.extend(in_sentence)
    return tuple(found)


def speech_verbs(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The forms of verbs of speech between two places."""
    return _verb().finditer(text, start, end)


def _cue(context: Context, sentence: Span, match: re.Match[str], earlier: list[Cue]) -> Cue | None:
    text = context.text
    span = Span(*match.span())
    group = _groups()[_SPACE.sub(" ", lowered(match.group()))]
    left = _floor(context, sentence, span.start)
    before = text[left : span.start]
    beside = before[-_BESIDE:]
    near = tokens_of(text).before(span.start, _NEAR)
    if _stands(_noun_before(), near, beside) and not pattern("verb form").search(match.group()):
        return None  # "the note", "her claims": a noun
    if _is_noun(match.group(), beside) or (
        _stands(keyed("determiner right before"), near, beside) and lowered(match.group()) not in listed("plain_form")
    ):
        return None
    if earlier and pattern("noun too").fullmatch(match.group()) and pattern("bare object before").search(beside):
        return None  # "agreed with earlier press reports that": a noun
    plural = match.group().endswith(endings("plural_ending")) and pattern("noun too").fullmatch(match.group())
    following = words_in(text[span.end : span.end + _BESIDE].lstrip().partition(" ")[0])
    if plural and (
        pattern("auxiliary right behind").match(text, span.end) or not following.isdisjoint(listed("speech_verb"))
    ):
        return None  # "the |states| should show it", "viral |tweets| alleged that": a noun
    if lowered(match.group()) in listed("noun_before_of") and pattern("of right behind").match(text, span.end):
        return None  # "but |details| of how she would pay"
    noun = keyed("noun of speech")
    if lowered(match.group()) in noun.keys and noun.pattern.search(f"{before[-60:]}{match.group()}"):
        return None  # "the unverified claim"
    went = group != "act" and match.group().split()[-1].casefold() in listed("going_on")
    if went and not _QUOTES_NEXT.match(text[span.end : sentence.end]):
        return None  # "went on to say": the next verb is the cue; "went on the record": none is
    folded = _SPACE.sub(" ", lowered(match.group()))
    if folded in listed("marks_only") and not _beside_marks(context, sentence, span):
        return None  # "the feud began when …": an event
    negated = _stands(_unsaid(), near, beside) or _stands(keyed("may right before"), near, beside)
    to_say = not near.isdisjoint(listed("infinitive_mark"))
    if to_say and (moved := pattern("moved to say").search(before)) is not None:
        who = trimmed_source(context, Span(left + moved.start("who"), left + moved.end("who")))
        return Cue(span, group, who, "beside", sentence, negated)  # "the fire prompted |Ana Vell| to warn that"
    past = match.group().endswith(endings("past_ending"))
    if to_say and (out := pattern("come out to say").match(before)) is not None:
        who = Span(left + out.start("who"), left + out.end("who")).trimmed(text)
        return Cue(span, group, who, "beside", sentence, negated)  # "|Two clerks| have come forward to accuse"
    infinitive = _stands(keyed("infinitive"), near, before)
    if infinitive and not _stands(keyed("went on before"), near, beside):
        return None
    if _stands(keyed("let us"), near, beside):
        return None
    if past and (accused := pattern("accused by somebody").match(text, span.start, sentence.end)) is not None:
        who = trimmed_source(context, Span(*accused.span("who")))
        if pattern("passive before").search(before[-40:]):
            return Cue(span, group, who, "beside", sentence, negated)  # "has been accused by |Ana Vell| of"
    if (agent := _passive(context, span, before)) is not None:
        return Cue(span, group, agent, "after", sentence, negated) if len(agent) else None
    if past and (
        (pattern("genitive right before").search(beside) and not pattern("that right behind").match(text, span.end))
        or (
            pattern("genitive of a thing right before").search(beside)
            and pattern("bare noun next").match(text, span.end)
        )
    ):
        return None  # "Osk’s confirmed cases", "the state’s confirmed cases": an adjective
    if group == "label" and past and pattern("commonly right before").search(beside):
        return None  # "boats, commonly called “tubs”": what they are called
    if match.group().isupper() and group in listed("object_group"):
        return None  # "EITHER EXPRESSED OR IMPLIED": a law’s or a licence’s words
    if past and group in listed("counting_group") and _counted(text, span, beside):
        return None  # "24,000 jobs |added| in April"
    if past and (pattern("preposition right before").search(beside) or pattern("newly right before").search(beside)):
        return None  # "a figure with alleged ties", "the newly confirmed master"
    of_a_thing = lowered(match.group()) in listed("object_verb", "gerund_verb")
    if of_a_thing and is_participle(match.group().split()[0]) and pattern("in effect right before").search(beside):
        return None  # "ten crew, effectively ruling out a start": what it brings about
    if pattern("no saying").match(text, span.start, sentence.end):
        return None  # "continuing to look for it", "claimed 20 lives"
    if before.endswith(("—", "–")) and match.group().endswith(endings("past_ending")):
        return None  # "this opinion—called “strange”": a participle
    if (
        match.group().istitle()
        and before.strip()
        and (
            _is_capital_name(text, span, before)
            or _inside_a_name(context, span)
            or pattern("article and a capital right before").search(beside)
        )
    ):
        return None  # "Samira Said, Nils Holm", "a Public Voices Fellow": a name
    if _stands(keyed("denies right before"), near, beside) and is_participle(match.group()):
        return None  # "denied saying it": what is denied is that it was said
    if (quoted := _quoted_as(context, sentence, span)) is not None:
        return Cue(span, group, quoted, "beside", sentence, negated)
    # "introduced the bear and asks", "…, adding": the subject of the clause before.
    # "has been urging" is a finite verb, "…, urging" is none.
    participle = is_participle(match.group()) and not pattern("passive before").search(before[-40:])
    if pattern("will right before").search(beside) and words().meanings("stance").get(folded) == "denies":
        return None  # "the office will |reject| new papers": what it is going to do
    if participle and pattern("happening of many before").search(beside):
        return Cue(span, group, None, "none", sentence, negated)  # "left amid protests |denouncing| the plan"
    if participle and pattern("an account before").search(before):
        return Cue(span, group, None, "none", sentence, negated)  # "reports from Osk |claiming| that": nobody's
    if participle and beside.rstrip().endswith(","):
        # "criticized her for sharing it, |calling|": of whom the verb before it is, and not of her
        earlier = [c for c in earlier if pattern("blamed for doing").search(text, left, c.span.start) is None]
    if participle and earlier and _ADDED.fullmatch(text, earlier[-1].clause_end, span.start):
        return Cue(span, group, earlier[-1].subject, "shared", sentence, negated) if earlier[-1].subject else None
    if not participle and (medium := pattern("what says so").search(before)) is not None:
        who = _who_issued(context, sentence, left, medium)
        return Cue(span, group, who, "beside", sentence, negated)  # "a statement that said it sank"
    of_an_act = group not in listed("group_of_telling") and pattern("gerund behind of").search(beside) is not None
    if participle and (of_an_act or pattern("gerund behind a preposition").search(beside)):
        return Cue(span, group, None, "none", sentence, negated)  # "warned him against |criticizing| it"
    if participle and (doer := pattern("blamed for doing").search(before)) is not None:
        who = trimmed_source(context, Span(left + doer.start("who"), left + doer.end("who")))
        known = context.mention_in(who) is not None
        return Cue(span, group, who if known else None, "beside" if known else "none", sentence, negated)
    if participle and any(c.rule == "after" for c in earlier) and pattern("gerund behind for").search(beside):
        return Cue(span, group, None, "none", sentence, negated)  # "blasted by |his club| for saying": not the club
    if participle and (written := pattern("medium of somebody before").search(before)) is not None:
        who = Span(left + written.start("who"), left + written.end("who"))
        author = next((m for m in context.mentions_between(who.start, who.end) if m.span.end == who.end), None)
        if author is not None and author.kind == "name":
            return Cue(span, group, author.span, "beside", sentence, negated)  # "slammed |Ana Vell|’s post claiming"
    if participle and pattern("an account held by others").search(before):
        return Cue(span, group, None, "none", sentence, negated)  # "vetoed a resolution |calling on| the council"
    shows = participle and pattern("shows without words").match(match.group()) is not None
    if shows and pattern("counted act before").search(before):
        return Cue(span, group, None, "none", sentence, negated)  # "the firms added 500 jobs, |suggesting| that"
    if participle and pattern("an account of others before").search(before):
        return Cue(span, group, None, "none", sentence, negated)  # "sacked after remarks on a podcast |criticizing| it"
    subject = _behind_with(context, left, before, text[span.end : span.end + 6]) if participle else None
    if participle and subject is None and pattern("some behind with").search(before) is not None:
        # "it grew, with |neighbours| asking why": not the one before
        return Cue(span, group, None, "none", sentence, negated)
    if participle and subject is None and not beside.rstrip().endswith(","):
        subject = governed_people(context, left, span.start)  # "a list of |clerks| criticizing"
    if participle and subject is None and (seen := pattern("somebody recorded").search(before)) is not None:
        subject = Span(left + seen.start("who"), left + seen.end("who"))  # "found footage of |a man| saying"
        if seen["who"].split()[0] in listed("object_pronoun"):
            return Cue(span, group, None, "none", sentence, negated)
    subject = subject or subject_before(context, left, span.start, mentions_only=participle)
    subject = trimmed_source(context, subject) if subject is not None else None
    teller = _teller_in(text, subject, earlier) if subject is not None else None
    if subject is not None and teller is not None:
        between = text[subject.end : span.start].casefold().split()
        told = _subject_told(text, teller.span.end, subject)
        if not between and _is_somebody(context, told):
            subject = told  # "papers revealed |the clerk| urged"
        elif listed("relative_subject").isdisjoint(between):
            return Cue(span, group, teller.subject, "shared", sentence, negated)  # "|a man| told it Holm rang and said"
    if subject is None and past and beside.rstrip().endswith(",") and pattern("by next").match(text, span.end):
        agent = _agent(context, span)
        # ", dubbed by |Vell| a"
        return Cue(span, group, agent, "after", sentence, negated) if agent is not None else None
    if subject is not None and past and pattern("by next").match(text, span.end):
        # "a charge dismissed by |Ana Vell| as a lie", "the man described by |the Post| as old": a participle
        agent = _agent(context, span)
        if agent is not None or context.mention_in(subject) is None:
            return Cue(span, group, agent, "after", sentence, negated) if agent is not None else None
    if subject is not None and pattern("finite verb first").match(text, span.end + 1):
        subject = _who_says_so_of(context, subject)
    if past and subject is not None and _of_the_noun_behind(context, subject, span):
        return None  # "a third |suspected| fire"
    if participle and subject is not None:
        subject = _recorded(context, subject)
    if participle and subject is not None and _PARTS.search(beside):
        subject = _of_the_clause(context, sentence, subject)
    if subject is not None and (
        _of_a_people(context, subject, match)
        or _of_one(context, subject, match, near)
        or _noun_in_the_plural(context, subject, match)
    ):
        return None
    if subject is not None:
        if (
            is_medium(subject.of(text))
            and listed("institution_noun").isdisjoint(subject.of(text).casefold().split()[-1:])
            and match.group().endswith(endings("past_ending"))
            and _passive_tail().match(text, span.end)
        ):
            return None  # "a post shared from the harbour": nobody speaks here
        if not participle and (behind := _named_behind(context, sentence, span, before, subject)) is not None:
            return Cue(span, group, behind, "after", sentence, negated)
        return Cue(span, group, subject, "beside", sentence, negated)
    objects = group in listed("object_group")  # "…, called |Ana Vell| a foe": whom it is said of
    if not participle and not objects and (after := subject_after(context, sentence, span, before)):
        return Cue(span, group, after, "after", sentence, negated)
    if (parted := pattern("parted by dashes").search(before)) is not None:
        who = Span(left + parted.start("who"), left + parted.end("who")).trimmed(text)
        return Cue(span, group, who, "shared", sentence, negated)  # "|an accuser| – a cousin – came and said"
    joined = pattern("joined to the verb before").search(beside) is not None
    if joined and past and (first := _first_teller(earlier)) and pattern("joined behind a comma").search(beside):
        # "|Vell| said Holm erred when he left, and insisted"
        return Cue(span, group, first, "shared", sentence, negated)
    went_on = infinitive or _stands(keyed("went on before"), near, beside)
    if joined and pattern("joined in a relative clause").search(before):
        return Cue(span, group, None, "none", sentence, negated)  # "a campaign that has filled the air and called it"
    if joined and not participle and (clause := pattern("joined in a bound clause").search(before)) is not None:
        start = left + clause.start("clause")
        bound = clause_subject(context, start, span.start)
        before_it = text[sentence.start : left + clause.start()].rstrip()
        completes = any(c.span.end == sentence.start + len(before_it) for c in earlier)  # "did not say |when it sank|"
        inside = any(c.span.start > start for c in earlier)
        if (
            bound is not None
            and not completes
            and not inside
            and not (listed("event_noun") & set(pattern("head ends").split(bound.of(text).casefold())[0].split()[-1:]))
        ):
            return Cue(span, group, bound, "shared", sentence, negated)  # "after |rebels| turned away and said"
    if joined and not participle:
        own = pattern("own subject of the verb before").search(before)
        if own is not None and all(c.span.end <= left + own.start() for c in earlier):
            who = Span(left + own.start("who"), left + own.end("who"))
            return Cue(span, group, who, "shared", sentence, negated)  # "a play of Osk, |she| looked up and said"
    if participle and not any(c.subject for c in earlier):
        clause = pattern("participle behind a bound clause").search(before)
        bound = clause_subject(context, left + clause.start("clause"), span.start) if clause is not None else None
        mention = context.mention_in(bound) if bound is not None else None
        named = mention is not None and context.is_person(mention)
        if bound is not None and (named or _a_body_behind_a_thing(context, sentence, bound)):
            return Cue(span, group, bound, "shared", sentence, negated)  # "after |Ana Vell| used a post, warning that"
    if participle and (clauses := list(pattern("another clause joined").finditer(before))):
        start = left + clauses[-1].end()
        told_there = any(c.subject and c.span.start > start for c in earlier)
        other = clause_subject(context, start, span.start) if not told_there else None
        if other is not None and may_speak(context, other):
            # "Vell rested, but |her deputy| sent a note asking"
            return Cue(span, group, other, "shared", sentence, negated)
    if participle and _PARTS.search(beside) and (subject := _main_clause_subject(context, sentence, span)) is not None:
        return Cue(span, group, subject, "shared", sentence, negated)  # "After Vell left, |clerks| met, calling it"
    if participle or joined or went_on:
        opened = _opened(before)
        spoken = Span(left + opened.end(), sentence.end) if opened is not None else sentence
        spoken_there = [c for c in earlier if c.subject and c.subject.start >= spoken.start]
        if joined and not participle and beside.rstrip().endswith(endings("joining_word")):
            spoken_there = _of_one_tense(text, span, spoken_there)
        shared = next((c.subject for c in reversed(spoken_there)), None) or _whose_participle(
            context, spoken, span, parted=participle and _PARTS.search(beside) is not None
        )
        if shared is not None and joined and not participle and not any(c.subject for c in earlier):
            opener = opens_with_its_verb(context, sentence, shared.start)
            shared = opener or shared  # "|Vell| heads a Christian club and said"
        shared = trimmed_source(context, shared) if shared is not None else None
        said_so = any(_is_plain(cue.span.of(text)) for cue in earlier)  # "took to Broadboat to accuse Holm and |urge|"
        if joined and shared is not None and not said_so and _infinitive(context, shared, span):
            return Cue(span, group, None, "none", sentence, negated)  # "Vell came to thank the crew and |urge| them"
        if shared is not None and not (joined and _orders(context, shared, span)):
            return Cue(span, group, shared, "shared", sentence, negated)
    return Cue(span, group, None, "none", sentence, negated)


def _main_clause_subject(context: Context, sentence: Span, verb: Span) -> Span | None:
    """The subject of the main clause of a sentence that opens with another; `None` where no such clause stands before a
    verb."""
    text = context.text
    if pattern("a bound clause opens").match(text, sentence.start, verb.start) is None:
        return None
    for comma in _MAIN_CLAUSE.finditer(text, sentence.start, verb.start - 2):
        if context.in_quotation(comma.end()) or context.name_around(comma.start()):
            continue
        subject = clause_subject(context, comma.end(), verb.start)
        if subject is not None and may_speak(context, subject) and "," not in subject.of(text):
            return subject
    return None


def _first_teller(earlier: list[Cue]) -> Span | None:
    """The subject of the first verb of a sentence, where that is one of saying."""
    first = next((cue for cue in earlier if cue.subject is not None), None)
    says = first is not None and first.rule == "beside" and first.group in listed("plain_group")
    return first.subject if says and first is not None else None


def _of_one_tense(text: str, verb: Span, earlier: list[Cue]) -> list[Cue]:
    """Those of the verbs before a joined one that are past forms as it is, where the last of them is none: "|Ana Vell|
    said Holm agrees, but reiterated"."""

    def past(form: str) -> bool:
        first = form.casefold().split()[0]
        return first.endswith(endings("past_ending")) or first in listed("irregular_past")

    if not earlier or not past(verb.of(text)) or past(earlier[-1].span.of(text)):
        return earlier
    alike = [cue for cue in earlier if past(cue.span.of(text))]
    return alike if is_participle(earlier[-1].span.of(text)) else alike or earlier


def _subject_told(text: str, start: int, subject: Span) -> Span:
    """What stands in a subject behind a verb that ends at `start`, without the conjunction of what is told."""
    told = Span(start, subject.end).trimmed(text)
    first, _, rest = told.of(text).partition(" ")
    return Span(told.end - len(rest.lstrip()), told.end) if first in listed("clause_conjunction") and rest else told


def _is_somebody(context: Context, subject: Span) -> bool:
    """Whether what is told of is a person, a name or a described source."""
    last = subject.of(context.text).split()[-1]
    people = listed("source_person", "source_noun", "institution_noun", "several_word")
    return last[0].isupper() or last.casefold() in people or context.mention_in(subject) is not None


def _teller_in(text: str, subject: Span, earlier: list[Cue]) -> Cue | None:
    """An earlier verb that stands with its own subject in what was taken as the subject of the next."""
    return next(
        (
            cue
            for cue in reversed(earlier)
            if cue.subject is not None
            and cue.subject.start == subject.start
            and cue.span.end < subject.end
            and not text[cue.subject.end : cue.span.start].strip()
            and cue.group != "label"
            and (cue.span.of(text).endswith(endings("past_ending")) or cue.span.of(text) in listed("irregular_past"))
        ),
        None,
    )


def _whose_participle(context: Context, clause: Span, verb: Span, *, parted: bool) -> Span | None:
    """The subject of the clause that a verb is joined to. `parted`: a participle behind a comma, which a body or a
    described person before the first verb may have as well ("|Holm’s defence team| sent Ana Vell a letter, saying")."""
    lead = leading_subject(context, clause, verb.start)
    main = main_subject(context, clause, verb.start) if parted else None
    if not any(who is not None and may_speak(context, who) for who in (lead, main)):
        return None  # "|The leak of the plan| came on the day that a paper was put out, warning that"
    if lead is None or main is None or lead.start < main.end:
        return lead or main
    speakers = listed("institution_noun", "source_person", "source_noun")
    return main if main.of(context.text).casefold().split()[-1] in speakers else lead


def _who_issued(context: Context, sentence: Span, left: int, medium: re.Match[str]) -> Span:
    """Who speaks in "a statement that said": who put it out, where the sentence tells that, else what says so."""
    issued = not listed("posting", "put_in").isdisjoint(medium.string[: medium.start()].split()[-1:])
    who = leading_subject(context, sentence, left + medium.start("medium")) if issued else None
    return who or Span(left + medium.start("medium"), left + medium.end("medium"))


def _opened(before: str) -> re.Match[str] | None:
    """The last colon before a capital: a clause with its own subject begins behind it."""
    return next(iter(reversed(list(pattern("own clause").finditer(before)))), None)


def _a_body_behind_a_thing(context: Context, sentence: Span, bound: Span) -> bool:
    """Whether the subject of a bound clause is a body or a described person, and that of its sentence is neither: "the
    matter was dropped after |the group| left, claiming"."""
    speakers = listed("institution_noun", "source_person", "source_noun")
    main = main_subject(context, sentence, bound.start)
    if main is None or context.mention_in(main) is not None:
        return False
    of_body = bound.of(context.text).casefold().split()[-1] in speakers
    return of_body and main.of(context.text).casefold().split()[-1] not in speakers


def _beside_marks(context: Context, sentence: Span, verb: Span) -> bool:
    """Whether a verb stands in a sentence with words in marks, or behind what it says: "it sank, he continued"."""
    behind = context.text[verb.end : sentence.end].strip()
    return behind[:1] in ("", ",", ".", ":") or bool(context.quoted_over(sentence.start, sentence.end + 2))


def _of_the_clause(context: Context, sentence: Span, nearest: Span) -> Span:
    """Who a participle behind a comma is about: the subject of the clause, not its object with an apposition ("|Vell|
    thanked her deputy, Nils Holm, saying"), else whom stands nearest."""
    main = main_subject(context, sentence, nearest.start)
    mention = context.mention_in(main) if main is not None else None
    speaks = mention is not None and (mention.kind == "name" or context.is_person(mention))
    body = main.of(context.text).casefold().split()[-1:] if main is not None else []
    speaks = speaks or not listed("institution_noun").isdisjoint(body)  # "|the board| gave Vell a letter"
    return main if main is not None and speaks and main.end < nearest.start else nearest


def _recorded(context: Context, subject: Span) -> Span:
    """Who speaks in what was recorded: "footage of |Ana Vell| saying"."""
    text = context.text
    match = pattern("recording of").search(text, subject.start, subject.end)
    if match is None:
        return subject
    who = Span(match.end(), subject.end)
    plain = who.of(text).split()[0].casefold() in listed("source_determiner") if len(who) else False
    return who if plain or (len(who) and context.mention_in(who) is not None) else subject


def _is_capital_name(text: str, verb: Span, before: str) -> bool:
    """Whether a form with a capital is the end of a name: a capital stands before it, and none behind, as in titles."""
    last = before.split()[-1]
    return last[0].isupper() and last[-1].isalpha() and not text[verb.end : verb.end + 2].strip()[:1].isupper()


def _behind_with(context: Context, left: int, before: str, behind: str) -> Span | None:
    """The subject of a participle in a phrase with "with": "the fire grew, with |Ana Vell| saying"; `before` begins at
    `left`."""
    match = pattern("who behind with").search(before)
    if match is None:
        return None
    start = left + match.start("who")
    who = Span(start, strip_between(context.text, start, left + match.end("who")))
    if not len(who):
        return None
    named = any(m.span.end == who.end and m.kind == "name" for m in context.mentions_between(who.start, who.end))
    parted = before[: match.start()].rstrip().endswith(",")
    # No "open about her trouble with the boat in the past even sharing that": who speaks without a comma is a person.
    person = who.of(context.text).split()[-1].casefold() in listed("source_noun", "source_person", "institution_noun")
    people = who.of(context.text).casefold() in listed("source_noun")  # "were held with |neighbours| saying"
    described = parted or people or (person and pattern("that right behind").match(behind) is not None)
    described = described and match["who"].split()[0].casefold() in listed("source_determiner", "source_noun")
    return who if named or described else None


def _of_a_people(context: Context, subject: Span, verb: re.Match[str]) -> bool:
    """Whether a form that can be a noun is one that an adjective stands before: "the Merrinese demands were met",
    "Viral tweets alleged"."""
    last = subject.of(context.text).split()[-1].casefold()
    if last in load("en", "name").words("people_word") and pattern("noun too").fullmatch(verb.group()) is not None:
        near = context.text[max(0, verb.start() - _BESIDE) : verb.start()]
        if pattern("preposition before an adjective").search(near):
            return True  # "rules against Democratic |claims|"
    several = of_several([last]) or last in listed("source_alone")
    if subject.of(context.text).casefold() == last and not several and context.mention_in(subject) is None:
        return pattern("noun too").fullmatch(verb.group()) is not None  # "Immediate |calls for| revenge"
    return (
        (last in load("en", "name").words("people_word") or context.mention_in(subject) is None)
        and pattern("noun too").fullmatch(verb.group()) is not None
        and pattern("finite verb first").match(context.text, verb.end() + 1) is not None
    )


def _noun_in_the_plural(context: Context, subject: Span, verb: re.Match[str]) -> bool:
    """Whether a form in -s that is a noun as well is one, as the words before it are no subject of a verb in the
    singular: they end in an adjective, a number or a modifier ("Vell’s more incendiary |remarks|", "at least three
    |states|"), or are of several ("some of the news |reports|")."""
    form = verb.group().casefold()
    if not form.endswith(endings("plural_ending")) or pattern("noun too").fullmatch(form) is None:
        return False
    if context.mention_in(subject) is not None:
        return False
    parts = subject.of(context.text).casefold().split()
    somebody = len(parts) == _SOMEBODY and parts[0] in listed("source_determiner")
    if (
        somebody
        and parts[-1].endswith(endings("adjective_or_noun_ending"))
        and pattern("that right behind").match(context.text, verb.end())
    ):
        return False  # "the fugitive |claims| that": a noun that ends as adjectives do
    known = listed("source_person", "source_noun", "institution_noun", "medium_noun", "account_noun", "source_alone")
    last = parts[-1]
    if last in known or (last.isdigit() and len(last) == 4):
        return False
    return (
        last.isdigit()
        or last in listed("modifier_noun", "number_word", "several_word")
        or last.endswith(endings("adjective_ending"))
        or parts[0] in listed("several_first")
    )


def _of_the_noun_behind(context: Context, subject: Span, verb: Span) -> bool:
    """Whether a past form is no verb but says more of the noun behind it, as a determiner or a number stands before it
    and nothing else: "another |suspected| gang boss", "two |confirmed| cases"."""
    first, *others = subject.of(context.text).casefold().split()
    behind = pattern("bare noun next").match(context.text, verb.end)
    if behind is None or behind.group().strip().endswith(endings("participle_ending")):
        return False
    numbers = words().words("number_word")
    counts = first in numbers or first.isdigit()
    return (counts or first in listed("one_determiner")) and all(
        word in numbers or word in listed("place_in_a_row") for word in others
    )


def _counted(text: str, verb: Span, before: str) -> bool:
    """Whether a past form says more of things that are counted before it, with a time or a place behind it."""
    counted = pattern("counted things before").search(before)
    people = listed("source_noun", "source_person", "institution_noun", "several_word", "speaking_noun")
    if counted is None or not people.isdisjoint((counted["thing"], singular(counted["thing"]))):
        return False
    return pattern("time or place next").match(text, verb.end) is not None


def _inside_a_name(context: Context, verb: Span) -> bool:
    """Whether a form with a capital is a word inside a name: "The Osk Warning Centre"."""
    near = context.mentions_between(verb.start - _BESIDE, verb.start)
    return any(m.kind == "name" and m.span.end > verb.end for m in near)


def _orders(context: Context, subject: Span, verb: Span) -> bool:
    """Whether a verb that is joined to the one before has no ending, as in an order to the reader ("See the list, and
    tell us whether …"): no subject is single then, and no auxiliary stands before it."""
    form = verb.of(context.text).split()[0]
    if form not in listed("order_to_reader"):
        return False
    between = words_in(context.text[subject.end : verb.start])
    return between.isdisjoint(listed("finite_auxiliary", "infinitive_mark"))


def _infinitive(context: Context, subject: Span, verb: Span) -> bool:
    """Whether a joined verb is an infinitive: a plain form, where its subject is one person."""
    mention = context.mention_in(subject)
    one = subject.of(context.text).casefold() in listed("one_person_subject") or (
        mention is not None and mention.kind == "name" and context.is_person(mention)
    )
    joined = not listed("subject_joint").isdisjoint(subject.of(context.text).split())
    return one and not joined and _is_plain(verb.of(context.text))


def _is_plain(verb: str) -> bool:
    """Whether a form is the plain one of its verb, and no past form of the same letters."""
    form = verb.split()[0].casefold()
    single = f"{form}{endings('plural_ending')[0]}"
    return single in listed("speech_verb", "act_verb") and form not in listed("irregular_past")


def _of_one(context: Context, subject: Span, verb: re.Match[str], near: frozenset[str]) -> bool:
    """Whether a form that is a noun as well and no singular verb follows somebody single: "a former Liberal |state|
    lawmaker"; behind an auxiliary it is a verb."""
    form = verb.group().casefold()
    inflected = (*endings("plural_ending"), *endings("past_ending"), *endings("participle_ending"))
    plain = not form.split()[0].endswith(inflected)
    if not plain or pattern("noun too").fullmatch(form) is None:
        return False
    if not near.isdisjoint(listed("finite_auxiliary", "infinitive_mark")):
        return False
    parts = subject.of(context.text).casefold().split()
    mention = context.mention_in(subject)
    if mention is None and not of_several(pattern("head ends").split(subject.of(context.text).casefold())[0].split()):
        return True  # "it deepens a diplomatic |dispute|", "an early |report|"
    person = mention is not None and mention.kind == "name" and context.is_person(mention) and len(parts) > 1
    if parts[-1] in load("en", "name").words("people_word"):
        return True  # "Merrinese |state| radio"
    return listed("subject_joint").isdisjoint(parts) and (parts[0] in listed("indefinite") or person)


def _quoted_as(context: Context, sentence: Span, verb: Span) -> Span | None:
    """Who is quoted by another: "The Post quoted |Ana Vell| as saying", "|Ana Vell| was quoted as saying"."""
    text = context.text
    if not text.endswith(endings("quoting_word"), sentence.start, verb.start):
        return None
    if match := pattern("quoted as").search(text, sentence.start, verb.start):
        return Span(*match.span("who")).trimmed(text)
    if match := pattern("was quoted as").search(text, sentence.start, verb.start):
        return subject_before(context, sentence.start, match.start("verb"), mentions_only=False)
    return None


# What stands between a cue and a participle of the same subject: "said, |adding", "told reporters on Monday, |saying".
_ADDED = re.compile(r"(?:\s[^,;:.“”\"]{1,50})?,\s+")


def source_at(context: Context, sentence: Span, verb: Span) -> Span | None:
    """The source of a word that is taken for a cue, whether it is in the word list or not."""
    left = _floor(context, sentence, verb.start)
    participle = is_participle(verb.of(context.text))
    return (
        subject_before(context, left, verb.start, mentions_only=participle)
        or subject_after(context, sentence, verb, context.text[left : verb.start])
        or leading_subject(context, sentence, verb.start)
        or clause_before(context, max(left, sentence.start), verb.start)
    )


def _is_noun(verb: str, before: str) -> bool:
    """Whether a form that can be a noun is one here: "in reports", "heard claims", "Crew Hit by Claim"."""
    if not pattern("noun too").fullmatch(verb):
        return False
    bare = verb[0].isupper() and before.strip() != "" and not verb.endswith("s")
    return bare or pattern("before an object").search(before) is not None


def _passive(context: Context, verb: Span, before: str) -> Span | None:
    """Who speaks by a passive: the one behind "by", an empty span for nobody; `None` for an active verb."""
    text = context.text
    if is_participle(verb.of(text)) or not pattern("passive before").search(before[-40:]):
        return None
    return _agent(context, verb) or Span(verb.start, verb.start)


def _agent(context: Context, verb: Span) -> Span | None:
    """The one named behind "by" and a participle."""
    for mention in context.mentions_between(verb.end, verb.end + 60):
        if pattern("agent behind").fullmatch(context.text[verb.end : mention.span.start]):
            people = pattern("people of a body next").match(context.text, mention.span.end)
            return Span(mention.span.start, people.end()) if people is not None else mention.span
    return None


def _named_behind(context: Context, sentence: Span, verb: Span, before: str, subject: Span) -> Span | None:
    """The person named right behind a verb that a comma parts from what is before it, where that is no person: "he was
    caught in Osk, ten miles from there, said |Karl Moe|, a clerk"."""
    if not _PARTS.search(before):
        return None
    first, after = context.mention_in(subject), subject_after(context, sentence, verb, before)
    second = context.mention_in(after) if after is not None else None
    if second is None:
        return None
    if first is None and carries_words(subject.of(context.text)):
        return after  # "His remarks, said |Broadboat|, were": whose verb stands behind
    if first is None or first.kind != "name" or context.is_person(first):
        return None
    ends = pattern("nothing more of a name").match(context.text, second.span.end) is not None
    return after if second.kind == "name" and context.is_person(second) and ends else None


def _who_says_so_of(context: Context, subject: Span) -> Span:
    """Who speaks where a relative clause lacks its pronoun, and its verb goes on behind: "the man |police| say is
    behind it"."""
    match = pattern("of whom others tell").fullmatch(context.text, subject.start, subject.end)
    return Span(match.start("who"), subject.end) if match is not None else subject


def _floor(context: Context, sentence: Span, position: int) -> int:
    """Where the unquoted stretch before `position` begins: the sentence's start or the last mark's end."""
    floor = max(sentence.start, position - LOOK_BACK)
    before = context.last_outer_before(position)
    return max(floor, before.span.end) if before is not None else floor


@cache
def _verb() -> Keyed:
    return Keyed(pattern("verb of speech"), words().first_words("act_verb", "speech_verb"))


@cache
def _groups() -> dict[str, str]:
    """The group of each form of a cue."""
    return {**words().meanings("speech_verb"), **words().meanings("act_verb")}


def _stands(found: Keyed, near: frozenset[str], before: str) -> bool:
    """Whether a pattern stands at the end of `before`, whose last words are `near`."""
    return found.may_stand(near) and found.pattern.search(before) is not None


@cache
def _unsaid() -> Keyed:
    unsaid, without_mark = words().alternatives("unsaid"), words().alternatives("negated_without_mark")
    perfect = words().alternatives("perfect")
    pattern = rf"(?:\b(?:{unsaid}|{without_mark})|n[’']t)\s+(?:\w+\s+)?(?:{perfect}\s+)?\Z"
    contracted = frozenset(WORD.findall(ending)[-1] for ending in listed("negated_ending"))
    keys = words().telling_words("unsaid") | words().telling_words("negated_without_mark")
    return Keyed(re.compile(pattern, re.IGNORECASE), keys | contracted)


@cache
def _noun_before() -> Keyed:
    pattern = rf"\b(?:{words().alternatives('noun_determiner')})\s+\Z"
    return Keyed(re.compile(pattern, re.IGNORECASE), words().telling_words("noun_determiner"))


@cache
def _passive_tail() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{words().alternatives('passive_tail')})\b")
