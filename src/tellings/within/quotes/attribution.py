"""Whose words a stretch in quotation marks is: the ways a page tells, surest first.

Each way is a function that gives an `Attribution` or `None`; `attribute` tries them in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tellings.model.records import Quoted, SpeakerRank
from tellings.model.rules import load
from tellings.model.text import Span
from tellings.within.quotes.clauses import clause_floor, ends_sentence
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
from tellings.within.quotes.speakers import institution, is_source, may_speak, speaker_of
from tellings.within.quotes.statements import A_NAME, is_title
from tellings.within.quotes.subjects import leading_subject, noun_phrase, quotes_aside
from tellings.within.quotes.told import Told

#: Furthest a cue may start behind its quotation, in characters, and a lead-in may end before it.
_NEAR_AFTER, _NEAR_BEFORE = 90, 150
#: The rule for a stretch behind the cue of the one before it.
GOES_ON = "goes on after its cue"
#: The rule for a paragraph that is nothing but a quotation, behind one about who speaks.
_BEFORE = "introduced by the paragraph before"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a stretch: its paragraph, the outer stretches beside it, the telling's own words between
    (`floor` to the stretch, the stretch to `ceiling`), the cues there, and what was found before it."""

    paragraph: Span
    previous: Quoted | None
    following: Quoted | None
    floor: int
    ceiling: int
    nearby: list[Cue]
    drafts: list[Draft]
    told: Told


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words a stretch is: the cue and the source span, where there are such, and the speaker's chain.

    `mixed`: the cue governs a clause of which the stretch is a part; `continues`: the quotation it goes on with.
    """

    cue: Cue | None
    source: Span | None
    speaker: int | None
    rule: str
    mixed: bool = False
    score: float | None = None
    continues: Draft | None = None
    rank: SpeakerRank = "said by"
    others: tuple[int, ...] = ()
    meant: Span | None = None


def attribute(context: Context, stretch: Quoted, around: Surroundings) -> Attribution | None:
    """Whose words a stretch is and how that was told; `None` when nothing beside it tells.

    1. a dash and a name behind; 2. a cue behind; 3. any verb and a name behind; 4. a cue before; 5. any verb and a
    colon before; 6. a noun that carries words ("the caption"); 7. it goes on after the cue of the stretch before;
    8. its sentence tells of an interview or the like; 9. the sentence before tells of speech; 10. it is a paragraph
    of its own after the speaker's.
    """
    return (
        _signed(context, stretch, around.paragraph)
        or _named_before_pronoun(context, stretch, around)
        or _told_on(context, stretch, around)
        or cue_after(context, stretch, around)
        or _according_behind(context, stretch, around)
        or _verb_after(context, stretch)
        or cue_before(context, stretch, around.nearby, around.floor, around.told)
        or _verb_and_colon(context, stretch, around.floor)
        or _medium_before(context, stretch, around.floor)
        or _continued(context, stretch, around)
        or _told_in_medium(context, stretch)
        or _sentence_before(context, stretch, around)
        or _own_paragraph(context, stretch, around)
    )


#: Characters before a quotation in which the last one quoted may go on, though nothing beside it says so.
_SAME_VOICE = 900


def likely(context: Context, stretch: Quoted, around: Surroundings) -> Attribution | None:
    """Who probably speaks where nothing beside a quotation tells: the one quoted last, else the person that the
    sentence before is about; the other one may be meant."""
    lead = context.text[around.floor : stretch.span.start].rstrip()
    if not _stands_alone(context.text, stretch) or (lead and lead[-1] not in ".!?…"):
        return None
    last = around.told.last_ended(stretch.span.start)
    before = context.sentence_at(max(0, stretch.span.start - 2))
    if not context.ends_sentence(context.paragraph_at(before.start)):
        before = context.sentence_before(before.start)
    subject = leading_subject(context, before, before.end) if before.end <= stretch.span.start else None
    about = speaker_of(context, subject)
    if about is not None and context.chains[about].kind != "person":
        if context.chains[about].kind == "unknown" and " " in context.chains[about].name:
            return None  # perhaps a person, and then it is they
        about = None
    if subject is not None and _first_of_several(context, subject):
        return None
    if about is None and subject is not None and (last is None or before.start > last.span.end):
        head = subject.of(context.text).casefold().split()[-1]
        if head in listed("source_person"):
            return Attribution(None, subject, None, "probably the one just told of", rank="probably")
    if last is not None and _by_an_account(context, last):
        return None
    if last is not None and (_of_no_person(context, last) or _of_several(context, last)):
        last = None
    if last is not None and stretch.span.start - last.span.end <= _SAME_VOICE and last.described is not None:
        others = (about,) if about is not None and about != last.speaker and last.speaker is not None else ()
        if about is not None and before.start > last.span.end and about != last.speaker:
            # Somebody else has come up since.
            others = (last.speaker,) if last.speaker is not None else ()
            return Attribution(None, subject, about, "probably the one just told of", rank="probably", others=others)
        return Attribution(
            *(None, last.source, last.speaker, "probably the one quoted last"),
            rank="probably",
            others=others,
            meant=last.meant,
        )
    if about is not None:
        return Attribution(None, subject, about, "probably the one just told of", rank="probably")
    return None


def _first_of_several(context: Context, subject: Span) -> bool:
    """Whether others are listed behind a subject: "|Ana Vell|, Nils Holm and Karl Moe came. “…”" is nobody's."""
    return pattern("listed behind").match(context.text, subject.end) is not None


def _ends_open(text: str, content: Span) -> bool:
    """Whether the quotation ends in the middle of a sentence, as before "she said"."""
    last = text[content.end - 1] if len(content) else "."
    return last not in ".!?…" or text[max(content.start, content.end - 2) : content.end] in ("?!", "!!")


def cue_after(context: Context, stretch: Quoted, around: Surroundings) -> Attribution | None:
    """ "…," she said. — the cue right behind, unless it leads to the next quotation."""
    text, ceiling, following = context.text, around.ceiling, around.following
    for cue in around.nearby:
        if cue.span.start < stretch.span.end or cue.clause_start - stretch.span.end > _NEAR_AFTER:
            continue
        gap = text[stretch.span.end : cue.clause_start if cue.rule in ("beside", "none") else cue.span.start]
        if cue.rule == "beside" and pattern("quotes somebody").fullmatch(gap):
            gap = ""  # "“…,” the Post quoted |Ana Vell| as saying"
        if cue.rule == "beside" and pattern("medium and its maker").match(text, stretch.span.end):
            return None  # "a note “clarifying” |a post Vell| shared": what the post is
        if gap.strip(" ,") and any(draft.cue == cue.span for draft in around.told.reported_by_cue_in(cue.span)):
            return None  # it governs what stands behind it: "admitted “a slip” at sea but denied any theft"
        if (
            ends_sentence(gap + " ")
            or re.search(r"[.!?;]\s", gap)
            or not (is_source(context, cue.subject, cue.span) or institution(context, cue.subject, around.told))
        ):
            return None
        open_end = _ends_open(text, stretch.content) or text[stretch.span.end : stretch.span.end + 1] == ","
        tail = text[cue.clause_end : ceiling]
        leads_on = (
            following is not None
            and ceiling == following.span.start
            and not re.search(r"[.!?]\s*\Z|[.!?][”\"’')]*\s+\S", tail)
            and len(tail) < 120
        )
        last = text[stretch.content.end - 1]
        if not open_end and leads_on and last in ".":
            return None
        if not open_end and last == "." and text[cue.clause_start].isupper() and pattern("leads on").match(tail):
            return None
        if (
            leads_on
            and last.isalnum()
            and not gap.strip()
            and text[cue.clause_start].isupper()
            and tail.rstrip().endswith(":")
        ):
            return None  # "‘We draw the line’ The film ends with text: ‘Go’": two captions
        if leads_on and open_end and gap.strip(" ,").casefold() in listed("cue_joint") and _LEADS_ON.match(tail):
            return None  # "ready “to sail” as the owners vowed an “early” start": the verb of the next
        if leads_on and cue.rule == "shared" and _LEADS.fullmatch(tail) and is_participle(cue.span.of(text)):
            return None  # "called it a “breach,” adding: “…”": the verb of the next
        if cue.rule == "shared" and is_participle(cue.span.of(text)) and _has_words_of_its_own(cue, around):
            return None  # "shrugged off the label “killer,” noting that others are": it says what stands behind
        # A full stop inside, then a sentence about something else that happens to have a cue.
        if not open_end and gap.strip(" ,–—-") and cue.rule != "shared":
            return None
        plain = gap.strip(" ,–—-").casefold()
        source: Span | None = cue.subject
        apart = cue.rule == "shared" and "," not in gap and text[stretch.content.end - 1] != ","
        if apart and is_participle(cue.span.of(text)) and plain not in listed("cue_joint"):
            return None  # "called her “a foe” in a clip by revealing …": words of somebody told of
        if plain and (len(plain) > 45 if cue.rule == "shared" else plain not in listed("cue_joint")):
            source = noun_phrase(context, stretch.span.end, cue.span.start) if cue.rule == "beside" else None
            if source is None:
                return None
        if not open_end and last == "." and not pattern("cue is done").match(tail):
            return None
        speaker = speaker_of(context, source)
        return Attribution(cue, source, speaker, f"cue after, subject {cue.rule}", score=0.95)
    return None


def _has_words_of_its_own(cue: Cue, around: Surroundings) -> bool:
    """Whether a participle governs a reported clause behind it."""
    return any(draft.cue == cue.span for draft in around.told.reported_by_cue_in(cue.span))


def _according_behind(context: Context, stretch: Quoted, around: Surroundings) -> Attribution | None:
    """ "…," according to Ana Vell."""
    match = pattern("according to behind marks").match(context.text, stretch.span.end, around.ceiling)
    if match is None:
        return None
    source = Span(*match.span("source")).trimmed(context.text)
    if not len(source):
        return None
    cue = Cue(Span(*match.span("cue")), "say", source, "after", context.sentence_at(match.start("cue")), negated=False)
    return Attribution(cue, source, speaker_of(context, source), "according to, behind the marks", score=0.95)


_DOUBLE = frozenset('“”„"«»`')
_LEADS = re.compile(r"\s*[,:]?\s*")
#: A few words, and no mark, before the next quotation.
_LEADS_ON = re.compile(r"[^,;:.!?]{0,40}\Z")
_SIGNATURE = re.compile(r"\s*(?:[–—―]|--?)\s*(?P<name>[A-Z][^\n–—“”\"]{2,60}?)[\s.]*\Z")
_FULL_NAME = re.compile(r"[A-Z][\w.’'-]*(?:\s(?:[a-z]{1,3}\s)?[A-Z][\w.’'-]*){1,4}")


def _signed(context: Context, stretch: Quoted, paragraph: Span) -> Attribution | None:
    """ "…" — Ana Vell: a quotation with a dash and a name, to the end of its paragraph."""
    end = paragraph.end
    if not context.text[stretch.span.end : end].strip():
        # The signature may have a line of its own.
        end = context.paragraph_at(min(end + 1, len(context.text))).end
    match = _SIGNATURE.match(context.text[stretch.span.end : end])
    if match is None:
        return None
    source = Span(stretch.span.end + match.start("name"), stretch.span.end + match.end("name"))
    speaker = speaker_of(context, source)
    named = next((m for m in context.mentions_between(source.start, source.end) if m.chain == speaker), None)
    person = speaker is not None and named is not None and context.is_person(named)
    if not (person or (_stands_alone(context.text, stretch) and _FULL_NAME.fullmatch(source.of(context.text)))):
        return None
    return Attribution(None, source, speaker, "signed with a dash", score=0.9)


def cue_before(context: Context, stretch: Quoted, cues: list[Cue], floor: int, told: Told) -> Attribution | None:
    """She added, "…" — the last cue before it in the same sentence."""
    text = context.text
    start = clause_floor(text, floor, stretch.span.start)
    for cue in reversed(cues):
        if cue.span.end > stretch.span.start or cue.span.start < start:
            continue
        gap = text[cue.span.end : stretch.span.start]
        if len(gap) > _NEAR_BEFORE or cue.subject is None:
            continue
        relative = pattern("relative before"), pattern("in a relative clause")
        ended = pattern("auxiliary after a comma").search(gap) is not None
        if ended and any(each.search(text, start, cue.span.start) for each in relative):
            return None  # "the speech, in which Karl Moe praised the boats, was “odd”": the telling’s own clause
        posted = cue.span.of(text).casefold() in listed("putting_up_verb") and pattern("an article last").search(gap)
        if posted and pattern("a noun behind").match(text, stretch.span.end):
            return None  # "posting an “outtakes” gallery": what the thing is called
        if cue.span.of(text).casefold() in listed("blaming_verb") and pattern("claim of the one blamed").search(gap):
            return None  # "slammed Holm for his claims that it was “safe”": Holm’s words
        if pattern("said of it by others").search(gap):
            return None  # "regretted a tweet that was condemned by the club as “cruel”": the club’s words
        if cue.span.of(text).casefold() in listed("marks_only") and pattern("clause of a time").search(gap):
            return None  # "the quarrel began in May, when Vell turned to the crew: “…”"
        if _in_clause_before(text, cue, gap):
            return None  # "When a clerk called, Vell shrugged and “the clerk left”": no words of the clerk
        if _in_clause_behind(context, cue, stretch.span.start):
            return None  # "asked for it after |Karl Moe| put out his “main points”": no words of hers
        if pattern("relative and its verb").search(gap):
            return None  # "hit back at a club that called her a “foe”": the club's words
        if pattern("saying right behind").match(gap) and pattern("denies right before").search(f"{cue.span.of(text)} "):
            continue  # "denied saying that it was “safe”": what is denied is that it was said
        if not (is_source(context, cue.subject, cue.span) or institution(context, cue.subject, told)):
            continue
        subject = cue.subject
        mixed = _is_mixed(text, stretch, gap)
        if cue.rule == "after" and not (cue.subject.start > cue.span.end and gap.rstrip().endswith(":")):
            continue  # but "Said Ana Vell: “…”"
        speaker = speaker_of(context, subject)
        return Attribution(cue, subject, speaker, f"cue before, subject {cue.rule}", mixed=mixed, score=0.9)
    return None


def _in_clause_before(text: str, cue: Cue, gap: str) -> bool:
    """Whether a cue ends a clause that opens its sentence, and the words in marks behind stand in the main clause."""
    if not gap.startswith(",") or gap.rstrip().endswith((",", ":")):
        return False
    return pattern("a bound clause opens").match(text, cue.sentence.start, cue.clause_start) is not None


def _in_clause_behind(context: Context, cue: Cue, position: int) -> bool:
    """Whether words in marks stand in a clause of time with a subject of its own, a name, behind what a cue governs."""
    if cue.group in listed("plain_group"):
        return False
    bound = list(pattern("clause of time with a name").finditer(context.text, cue.span.end, position))
    if not bound:
        return False
    near = context.mentions_between(bound[-1].end(), bound[-1].end() + _NEAR_AFTER)
    named = next((m for m in near if m.kind == "name" and context.is_person(m)), None)
    return named is not None and pattern("its verb next").match(context.text, named.span.end, position) is not None


def _named_before_pronoun(context: Context, stretch: Quoted, around: Surroundings) -> Attribution | None:
    """ "Ana Vell said: “…,” she said." — told twice; the name says more than the pronoun."""
    if not context.text[around.floor : stretch.span.start].rstrip().endswith(":"):
        return None
    after = cue_after(context, stretch, around)
    if after is None or after.source is None:
        return None
    if after.source.of(context.text).casefold() not in listed("personal_pronoun"):
        return None
    return cue_before(context, stretch, around.nearby, around.floor, around.told)


def _told_on(context: Context, stretch: Quoted, around: Surroundings) -> Attribution | None:
    """ "The guard shouted, “…,” the office said." — the guard's words, which the office tells."""
    lead = context.text[around.floor : stretch.span.start].rstrip()
    if not lead.endswith(",") or (after := cue_after(context, stretch, around)) is None or after.source is None:
        return None
    before = cue_before(context, stretch, around.nearby, around.floor, around.told)
    if before is None or before.cue is None or before.source is None:
        return None
    if before.cue.span.end < around.floor + len(lead) - 1:
        # "saying at the port, “…,” |when| Nils Holm attacked him": a clause about when it was said
        gap = context.text[stretch.span.end : after.cue.clause_start] if after.cue is not None else ""
        bound = gap.strip(" ,").casefold() in listed("bound_joint") and len(lead) - before.cue.span.end < _NEAR_BEFORE
        return before if bound and before.cue.rule in ("beside", "shared") else None
    after_words = after.source.of(context.text).casefold()
    one = before.speaker == after.speaker if before.speaker is not None else before.source == after.source
    return None if one or after_words in listed("personal_pronoun") else before


def _verb_after(context: Context, stretch: Quoted) -> Attribution | None:
    """ "…," lamented Senator Ana Vell: a finite verb and a person right behind are evidence enough."""
    text = context.text
    if not _ends_open(text, stretch.content):
        return None
    match = pattern("verb and name behind").match(text, stretch.span.end)
    if match is None or quotes_aside(context, context.sentence_at(stretch.span.start), match.start()):
        return None
    for mention in context.mentions_between(match.end(), match.end() + 30):
        if mention.kind == "name" and context.is_person(mention):
            between = text[match.end() : mention.span.start]
            if text.startswith(endings("genitive_ending"), mention.span.end):
                return None  # "…,” said Holm’s attorney"
            if mention.span.start == match.end() or between.strip() in load("en", "name").meanings("title"):
                source = Span(match.start("role"), mention.span.end)
                return Attribution(
                    None, source, speaker_of(context, mention.span), "a verb and a name behind", score=0.85
                )
        return None
    return None


def _verb_and_colon(context: Context, stretch: Quoted, floor: int) -> Attribution | None:
    """ "Ana Vell sighed: “…”": a person, any finite verb and a colon are evidence enough."""
    text = context.text
    start = max(clause_floor(text, floor, stretch.span.start), stretch.span.start - _NEAR_BEFORE)
    match = pattern("verb and colon").search(text, start, stretch.span.start)
    if match is None:
        return None
    for mention in context.mentions_between(start, match.start() + 1):
        if mention.span.end == match.start() and context.is_person(mention):
            return Attribution(None, mention.span, speaker_of(context, mention.span), "a verb and a colon", score=0.8)
    return None


def _is_mixed(text: str, stretch: Quoted, gap: str) -> bool:
    if gap.rstrip().endswith((",", ":")) or gap.lstrip().startswith(",") or not len(stretch.content):
        return False
    if pattern("goes into a clause").search(gap):
        return True
    return text[stretch.content.start].islower() and bool(gap.strip())


def _medium_before(context: Context, stretch: Quoted, floor: int) -> Attribution | None:
    """ "… shared it with the caption, “…”": a noun that carries words leads in; its sentence's subject speaks."""
    text = context.text
    start = clause_floor(text, floor, stretch.span.start)
    lead = text[start : stretch.span.start]
    match = _medium_noun().search(lead)
    if match is None:
        return None
    kind = words().meanings("medium_noun")[match.group("noun")]
    if is_title(stretch.content.of(text)):
        return None  # "a film, “Playing Ana Vell”": what it is called
    if kind in ("inscription", "headline") or (
        match.group("rest").strip(" ,:") and not lead.rstrip().endswith((",", ":"))
    ):
        return None
    source = leading_subject(context, Span(start, stretch.span.start), stretch.span.start)
    if source is None or not may_speak(context, source):
        return None
    return Attribution(None, source, speaker_of(context, source), "introduced by its medium", score=0.8)


@cache
def _medium_noun() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<noun>{words().alternatives('medium_noun')})\b(?P<rest>[^.!?]{{0,60}})\Z")


def _continued(context: Context, stretch: Quoted, around: Surroundings) -> Attribution | None:
    """ "A," she said. "B" — nothing but the first one's cue clause between the two."""
    if _heads_what_follows(context, stretch, around):
        return None
    # A title in the cue's clause ("he said on “The Night Hour.”") stands between two stretches of one quotation.
    last = next((draft for draft in reversed(around.drafts) if draft.reason != A_NAME), None)
    previous = last.quoted if last is not None else None
    if last is None or previous is None or around.previous is None or last.status == "not-a-statement":
        return None
    if last.quoted is not around.previous and "\n" in context.text[previous.span.end : stretch.span.start]:
        return None
    text = context.text
    between = text[previous.span.end : stretch.span.start]
    if "\n" in between or not between.strip():
        if "\n" in between or last.status != "shown":
            return None
    elif between.strip(" ,;") in listed("and_or") and last.status == "shown" and last.cue is not None:
        pass  # one list in marks: "saying “a,” “b” and “c”"
    elif (
        last.cue is None
        or not previous.span.end <= last.cue.start < stretch.span.start
        or context.sentence_at(last.cue.start).end < stretch.span.start - 1
    ):
        return None
    if last.source is None and last.speaker is None:
        return None
    if pattern("is said of it").match(text, stretch.span.end) is not None:
        return None  # "“Tired and overworked” was how a director described them": somebody else's
    return Attribution(None, last.source, last.speaker, GOES_ON, score=0.9, continues=last)


#: Kinds of medium in which one person speaks at length; words in marks in an account of it are theirs.
_SPOKEN_IN = frozenset({"interview", "speech", "letter", "statement", "essay", "post"})


def _told_in_medium(context: Context, stretch: Quoted) -> Attribution | None:
    """ "In a long interview Ana Vell spoke of “a cold night” and of “three boats”": words in marks in such a
    sentence are its subject's."""
    text = context.text
    sentence = context.sentence_at(stretch.span.start)
    content = stretch.content.of(text)
    if not sentence.contains(stretch.span) or len(content.split()) < 3 or content[0].isupper():
        return None
    medium = pattern("in an account of a medium").search(text, sentence.start, stretch.span.start)
    if medium is None or words().meanings("medium_noun")[medium.group("noun")] not in _SPOKEN_IN:
        return None
    source = leading_subject(context, sentence, stretch.span.start)
    if source is None or pattern("heard by the subject").search(text, source.end, stretch.span.start):
        return None
    return Attribution(None, source, speaker_of(context, source), "in an account of its medium", score=0.7)


def _sentence_before(context: Context, stretch: Quoted, around: Surroundings) -> Attribution | None:
    """The sentence before it, in its paragraph, tells of speech or brings up what is quoted."""
    text = context.text
    lead = text[around.floor : stretch.span.start].rstrip()
    if not lead or lead[-1] not in ".:!?…" or not _stands_alone(text, stretch):
        return None
    start = clause_floor(text, around.floor, around.floor + len(lead) - 1)
    sentence = Span(start, stretch.span.start)
    for draft in reversed(around.told.reported_by_cue_in(sentence)):
        if draft.within is not None:
            continue  # who is quoted by somebody does not go on
        if draft.source is not None:
            return Attribution(
                None, draft.source, draft.speaker, "follows the same speaker's reported words", score=0.75
            )
    subject = leading_subject(context, sentence, sentence.end)
    if subject is None or not may_speak(context, subject) or _first_of_several(context, subject):
        return None
    told = any(cue.subject and sentence.start <= cue.span.start < sentence.end for cue in around.nearby)
    if told or context.medium_between(sentence.start, sentence.end):
        return Attribution(None, subject, speaker_of(context, subject), "introduced by the sentence before", score=0.75)
    return None


#: Words of a heading in marks, at most.
_HEADING = 8


def _heads_what_follows(context: Context, stretch: Quoted, around: Surroundings) -> bool:
    """Whether a few words in single marks are a heading, where quotations have double ones: "‘A hard choice’" """
    text = context.text
    if text[stretch.span.start] in _DOUBLE or around.previous is None or around.previous.span.end > stretch.span.start:
        return False
    return text[around.previous.span.start] in _DOUBLE and len(stretch.content.of(text).split()) <= _HEADING


def _stands_alone(text: str, stretch: Quoted) -> bool:
    """Whether the stretch is a sentence of its own, not words set in marks inside one."""
    content = stretch.content.of(text)
    return len(re.findall(r"\w+", content)) >= 3 and (content[-1:] in ".!?…,’'" or stretch.runs_on)


def _another_since(context: Context, last: Draft, paragraph: Span) -> bool:
    """Whether the paragraph ends with a sentence about somebody else than its last speaker, who may speak next."""
    sentence = context.sentence_at(max(paragraph.start, paragraph.end - 2))
    if sentence.start < max(span.end for span in (last.span, last.cue, last.source) if span is not None):
        return False
    subject = leading_subject(context, sentence, sentence.end)
    return subject is not None and (
        speaker_of(context, subject) != last.speaker
        or (
            last.speaker is None
            and last.source is not None
            and subject.of(context.text) != last.source.of(context.text)
        )
    )


def _of_several(context: Context, last: Draft) -> bool:
    """Whether the last words told are those of several without a name ("police", "the heads of both"): nobody knows
    which of them would go on."""
    if last.speaker is not None or last.described is None:
        return False
    head = head_words(last.described.of(context.text))
    return not head or head[-1] not in listed("source_person")


def _whose_sentence(context: Context, last: Draft) -> Span | None:
    """The person whom a sentence is about in which others speak in a clause of time at its end; else `None`."""
    if last.source is None or last.type == "direct":
        return None
    sentence = context.sentence_at(last.source.start)
    if pattern("clause of time before").search(context.text, sentence.start, last.source.start) is None:
        return None
    subject = leading_subject(context, sentence, sentence.end)
    mention = context.mention_in(subject) if subject is not None else None
    named = mention is not None and mention.kind == "name" and context.is_person(mention)
    return subject if named and subject is not None and subject.end < last.source.start else None


def _of_no_person(context: Context, last: Draft) -> bool:
    """Whether the last words told are reported as those of nobody in particular ("some reports had it that …"): words
    in marks behind them are no report's."""
    if last.type != "indirect" or last.speaker is not None or last.described is None:
        return False
    return last.described.of(context.text).casefold().split()[-1] in listed("medium_noun", "account_noun")


def _by_an_account(context: Context, last: Draft) -> bool:
    """Whether the last words told are known "according to" a body or a paper, which does not go on in marks."""
    if last.rule != ACCORDING or last.described is None:
        return False
    if last.speaker is not None:
        return context.chains[last.speaker].kind != "person"
    head = pattern("head ends early").split(last.described.of(context.text).casefold())[0].split()[-1:]
    return not listed("medium_noun", "account_noun", "document_noun", "forecast_noun").isdisjoint(head)


def _own_paragraph(context: Context, stretch: Quoted, around: Surroundings) -> Attribution | None:
    """A paragraph that is nothing but a quotation: the speaker of the paragraph before goes on."""
    text, paragraph = context.text, around.paragraph
    rest = text[paragraph.start : stretch.span.start] + text[stretch.span.end : paragraph.end]
    if rest.strip(" .,") or not _stands_alone(text, stretch) or _heads_what_follows(context, stretch, around):
        return None
    before = context.paragraph_before(paragraph.start)
    if before is None:
        return None
    speakers = [draft for draft in around.told.within(before) if draft.status == "shown"]
    if not speakers:
        sentence = context.sentence_at(max(before.start, before.end - 2))
        subject = leading_subject(context, sentence, sentence.end)
        if (subject is not None and may_speak(context, subject)) and (
            text[before.start : before.end].rstrip().endswith(":")
            or context.medium_between(sentence.start, sentence.end)
        ):
            return Attribution(None, subject, speaker_of(context, subject), _BEFORE, score=0.7)
        return None
    last = speakers[-1]
    if len({d.speaker for d in speakers}) > 1 and last.type == "indirect":
        return None
    if (last.speaker is None and last.source is None) or _another_since(context, last, before):
        return None
    if _of_no_person(context, last) or _by_an_account(context, last):
        return None
    if (main := _whose_sentence(context, last)) is not None:
        # "|Vell| gave the figure after clerks said it was low.": it is she who goes on
        return Attribution(None, main, speaker_of(context, main), _BEFORE, score=0.7, rank="probably")
    return Attribution(
        None,
        last.source,
        last.speaker,
        "the paragraph before's speaker goes on",
        score=0.7,
        rank="said by" if last.type == "direct" else "probably",
        continues=last if last.type != "indirect" else None,
    )
