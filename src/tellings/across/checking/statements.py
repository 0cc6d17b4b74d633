"""Sentences of a draft as wholes: reported speech with its speaker, and what turns a telling's sentence round.

In its own words a draft may tell anything: a sentence is only said to differ where a telling has nearly the same one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tellings.across.checking import speakers
from tellings.across.checking.alike import Alike, Beside
from tellings.across.checking.edits import plain, turns
from tellings.across.checking.locating import ROOM
from tellings.across.checking.sources import Near, Sentence, Sources, language_of_telling
from tellings.across.checking.verdicts import verdict_on
from tellings.across.families.speakers import Sameness, Speaker, speaker_of
from tellings.across.families.telling_words import tells
from tellings.across.keys import Word, words
from tellings.across.never_for import is_told_for_none
from tellings.across.questions.sentence_words import words_of
from tellings.language.base import UNDECLARED, language_of
from tellings.model.checked import Checked
from tellings.model.records import Place, Quote, Telling
from tellings.model.text import Span
from tellings.model.verdicts import Verdict

#: How near a sentence must be to be the draft's own but for a word, and how much of reported speech one must tell.
ONE_SENTENCE, TOLD = 0.75, 0.55
#: How near one must be that gives it to somebody else, or how much of it that one must tell.
SURELY, ALL = 0.7, 0.85
#: Words of an edit that turns a clause.
TURNING = 4
#: Stems of reported speech from which it says something.
SAYS = 4


def check_statements(alike: Alike) -> Iterator[Checked]:
    """What speaks against sentences of the draft, and the verdict on its reported speech."""
    draft, sources = alike.draft, alike.sources
    for sentence in alike.sentences:
        if found := _turned(sentence, alike):
            yield found
    for quote in draft.quotes:
        if quote.type == "indirect" and quote.status == "shown" and quote.continues is None:
            yield _reported(draft, quote, sources)


def _reported(draft: Telling, quote: Quote, sources: Sources) -> Checked:
    """The verdict on what somebody is said to have said, in the draft's words."""
    language = language_of_telling(draft)
    stems = frozenset(word.stem for word in words_of(draft.text, quote.content, language) if word.stem)
    near = sources.near(stems)

    def told(
        verdict: Verdict, rule: str, places: Sequence[Place], against: Sequence[Place] = (), reason: str = ""
    ) -> Checked:
        return verdict_on(
            *(sources, "reported speech", quote.content, verdict, rule, places, against),
            speaker=quote.described,
            reason=reason,
        )

    if len(stems) < SAYS:
        return told("not checked", "says-too-little", (), reason="too-little")
    telling = [one for one in near if one.covers >= TOLD]
    if not telling:
        nearest = [near[0].sentence.place] if near else []
        return told("not checked", "told-in-other-words", nearest, reason="other-words")
    places = [one.sentence.place for one in telling]
    speaker = speakers.draft_speaker(draft, quote, sources)
    sure = [one for one in telling if one.both >= SURELY or one.covers >= ALL]
    if speaker is not None and sure and (others := _others(speaker, telling, sources)):
        return told("another speaker", "another-is-named", places, others)
    return told(sources.borne_out(places), "a-sentence-tells-it", places)


def _others(speaker: Speaker, near: Sequence[Near], sources: Sources) -> tuple[Place, ...]:
    """Who says it in each sentence, where each is said by one whom the draft's speaker cannot be, one surely."""
    found, sure = list[Place](), False
    for one in near:
        place = one.sentence.place
        telling = sources.by_id[place.telling]
        said = [
            quote
            for quote in telling.quotes
            if quote.content.overlaps(place.span)
            and quote.status == "shown"
            and quote.rank == "said by"
            and quote.speaker is not None
        ]
        around = telling.sentence_around(place.span)
        named = {word.normal for word in words(telling.text, (around,))}
        if not said or speaker.name & named:
            return ()
        for quote in said:
            if speaker.sameness(speaker_of(telling, quote)) is not Sameness.OTHER:
                return ()
            found.append(Place(telling.id, quote.described or quote.span))
            sure |= speakers.is_sure(telling, quote)
    return tuple(dict.fromkeys(found)) if sure else ()


def _turned(sentence: Sentence, alike: Alike) -> Checked | None:
    """The verdict on a sentence that a telling has nearly so, and turned round, or with another name."""
    close = [one for one in alike.beside(sentence.place.span) if one.near.both >= ONE_SENTENCE]
    if _in_marks(alike.draft, sentence.place.span):
        return None
    against: list[Place] = []
    spans: list[Span] = []
    for one in close:
        turned = _turning(one)
        if turned is None:
            return None
        spans.append(turned[0])
        place = one.near.sentence.place
        against.append(Place(place.telling, turned[1]) if len(turned[1]) else place)
    if not against:
        return None
    return verdict_on(
        *(alike.sources, "statement", spans[0] if len(spans[0]) else sentence.place.span, "differs"),
        *("turned-round-in-a-like-sentence", tuple(one.near.sentence.place for one in close), against),
        reason="negation",
    )


def _in_marks(draft: Telling, span: Span) -> bool:
    """Whether a sentence is somebody's words for the most part: then it is held against them as a quotation."""
    inside = sum(
        max(0, min(span.end, quote.content.end) - max(span.start, quote.content.start))
        for quote in draft.quotes
        if quote.type == "direct" and quote.content.overlaps(span)
    )
    return 2 * inside > len(span)


def _turning(beside: Beside) -> tuple[Span, Span] | None:
    """The words by which one of two sentences says the opposite of the other; `None` where none does."""
    mine, theirs = beside.mine, beside.theirs
    one, other = [word.normal for word in mine], [word.normal for word in theirs]
    if _turns(one) == _turns(other):
        return None
    language = language_of(UNDECLARED)
    for edit in beside.edits:
        if edit.op == "equal":
            continue
        a, b = one[edit.a1 : edit.a2], other[edit.b1 : edit.b2]
        if any(is_told_for_none(x, y, language) for x in a for y in b):
            return None  # "not allowed" is "forbidden"
        if _turns_it(a) != _turns_it(b) and _is_short(a, b):
            return _span(mine, edit.a1, edit.a2), _span(theirs, edit.b1, edit.b2)
    return None


def _is_short(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether an edit turns a clause and does no more: "not" is put in, or "went" stands for "did not go"."""
    said = [word for word in (*a, *b) if tells(word) and not turns([word])]
    return max(len(a), len(b)) <= TURNING and (not said or bool(a and b))


def _turns(normal: Sequence[str]) -> int:
    return sum(_turns_it([word]) for word in plain(normal))


def _turns_it(normal: Sequence[str]) -> bool:
    """Whether one of some words turns a clause, or is a verb that does: who doubts it does not believe it."""
    return turns(normal) or not language_of(UNDECLARED).words(ROOM, "negating_verb").isdisjoint(normal)


def _span(row: Sequence[Word], first: int, last: int) -> Span:
    if last > first:
        return Span(row[first].start, row[last - 1].end)
    at = row[first - 1].end if first else row[0].start
    return Span(at, at)
