"""Clauses that a draft tells as so and tellings as not so, or the other way round, in whatever words.

A clause of the draft is held against the sentences that tell most of it: in each of these the clause that shares most
with it is negated or is not. It is told otherwise only where all of them have it the other way round, and what the one
negates (the word behind "not" that says something) stands in the other without negation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tellings.across import keys
from tellings.across.checking.alike import Alike
from tellings.across.checking.edits import plain
from tellings.across.checking.fillers import saying
from tellings.across.checking.locating import ROOM
from tellings.across.checking.sources import Sentence, Sources, language_of_telling, starting_in
from tellings.across.checking.verdicts import SHOWN, verdict_on
from tellings.across.families.speakers import Sameness, Speaker, speaker_of
from tellings.across.questions.sentence_words import Word
from tellings.language.base import Language
from tellings.model.checked import Checked
from tellings.model.records import Place
from tellings.model.text import Span

#: Share of what a clause says, weighed by rarity, that a sentence must have that tells it; how many stems, how rare.
TELLS, STEMS, RARE = 0.6, 2, 7.0
#: By how much less than the one that tells most of it another may have and count as well.
AS_MUCH = 0.2
#: Words before a reported clause among which one negates it.
LEADING = 3
_END = re.compile(r"[,;:()\[\]–—\"“”]|\s-\s|\n")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its words, the stems of those that say something, the word that negates it, `None` where none does, and
    the stem of what that negates."""

    words: tuple[Word, ...]
    stems: frozenset[str]
    negation: Word | None
    negated: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.words[0].start, self.words[-1].end)


def check_polarity(alike: Alike) -> Iterator[Checked]:
    """What speaks against clauses of the draft by being told as not so, or as so."""
    draft, sources = alike.draft, alike.sources
    language = language_of_telling(draft)
    telling_verbs = language.lexicon.words("telling_verb")
    reported = [quote for quote in draft.quotes if quote.type == "indirect"]
    for sentence in alike.sentences:
        within = starting_in(reported, sentence.place.span)
        bounds = {at for quote in within for at in (quote.content.start, quote.content.end)}
        for clause in _clauses(draft.text, sentence.words, language, bounds):
            if len(clause.stems) < STEMS or not alike.in_own_words(clause.span):
                continue
            speakers = [speaker_of(draft, quote) for quote in within if quote.content.overlaps(clause.span)]
            if not speakers and not telling_verbs.isdisjoint(word.written for word in sentence.words):
                speakers = _named(sentence, alike)
                if len(speakers) != 1:
                    continue  # who says it may be anybody
            if places := _otherwise(clause, speakers, sources, language):
                span = Span(clause.negation.start, clause.negation.end) if clause.negation is not None else clause.span
                yield verdict_on(
                    *(sources, "statement", span, "differs", "a-clause-is-told-the-other-way-round"),
                    *((), places[:SHOWN]),
                    reason="negation",
                )


def _named(sentence: Sentence, alike: Alike) -> list[Speaker]:
    """The people named in a sentence of the draft."""
    found = []
    for mention in starting_in(alike.draft.mentions, sentence.place.span):
        if mention.kind == "name":
            name = frozenset(word.normal for word in keys.words(alike.draft.text, (mention.span,)))
            if alike.sources.is_person(name):
                found.append(Speaker(name, "person", frozenset()))
    return found


def _otherwise(clause: Clause, speakers: Sequence[Speaker], sources: Sources, language: Language) -> tuple[Place, ...]:
    """Where sentences tell a clause the other way round; none where one tells it as the draft does. What `speakers` say
    in the draft may be otherwise where nobody or somebody else says it."""
    whole = sources.weigh(clause.stems) or 1.0
    near = [
        (sources.weigh(one.sentence.stems & clause.stems) / whole, one.sentence) for one in sources.near(clause.stems)
    ]
    best = max((share for share, _ in near), default=0.0)
    found: list[Place] = []
    for share, sentence in near:
        shared = sentence.stems & clause.stems
        if share < max(TELLS, best - AS_MUCH):
            continue
        if len(shared) < STEMS or sources.weigh(shared) < RARE:
            continue
        text = sources.by_id[sentence.place.telling].text
        clauses = list(_clauses(text, sentence.words, language))
        told = max(clauses, key=lambda each: sources.weigh(each.stems & clause.stems), default=None)
        if told is None:
            continue
        if (told.negation is None) == (clause.negation is None):
            return ()
        negated = told.negated or clause.negated
        if negated not in told.stems & clause.stems or negated in saying(language):
            continue  # what is not said in one place may be said in another
        telling = sources.by_id[sentence.place.telling]
        said = [speaker_of(telling, quote) for quote in starting_in(telling.quotes, sentence.place.span)]
        if all(any(one.sameness(other) >= Sameness.LIKELY for other in said) for one in speakers):
            found.append(Place(telling.id, told.span))
    return tuple(found)


def _clauses(text: str, row: Sequence[Word], language: Language, bounds: Collection[int] = ()) -> Iterator[Clause]:
    """The clauses of a sentence that say whether something is so, parted by marks and at some `bounds`."""
    first, idle = 0, language.words(ROOM, "compared")
    adverbs = tuple(language.words("name", "adverb_ending"))
    for at in range(1, len(row) + 1):
        ends = at == len(row) or any(row[at - 1].end <= bound <= row[at].start for bound in bounds)
        if ends and at < len(row) and _negation(row[max(first, at - LEADING) : at], language):
            continue  # "denied any part in it", "doubts that it will"
        if ends or _END.search(text, row[at - 1].end, row[at].start):
            words = tuple(row[first:at])
            stems = frozenset(word.stem for word in words if word.stem and word.written not in _negating(language))
            negation = _negation(words, language)
            behind = words[words.index(negation) + 1 :] if negation is not None else ()
            negated = next((word.stem for word in behind if word.stem and not word.written.endswith(adverbs)), "")
            if negation is None or idle.isdisjoint(word.written for word in words):
                yield Clause(words, stems, negation, negated)
            first = at


def _negation(words: Sequence[Word], language: Language) -> Word | None:
    """The word that negates a clause."""
    negating, idle = _negating(language), language.words(ROOM, "turned_down")
    for at, word in enumerate(words):
        behind = words[at + 1].written if at + 1 < len(words) else ""
        if behind not in idle and not negating.isdisjoint((word.written, *plain([keys.normal_form(word.written)]))):
            return word
    return None


@cache
def _negating(language: Language) -> frozenset[str]:
    """Words that negate a clause, and verbs that negate what is done."""
    return language.words("question", "negation") | language.words(ROOM, "negating_verb")
