"""Clauses of a draft and of tellings, and which tell the same, in whatever words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tellings.across import keys
from tellings.across.checking.edits import plain
from tellings.across.checking.locating import ROOM
from tellings.across.checking.sources import Sentence, Sources
from tellings.across.questions.sentence_words import Word
from tellings.language.base import Language
from tellings.model.text import Span

#: Share of what a clause says, weighed by rarity, that a sentence must have that tells it; how many stems, how rare.
TELLS, STEMS, RARE = 0.6, 2, 7.0
#: By how much less than the one that tells most of it another may have and count as well.
AS_MUCH = 0.2
#: Words before a reported clause among which one negates it.
LEADING = 3
_END = re.compile(r"[,;:()\[\]–—\"“”]|\s-\s")


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


def telling_it(clause: Clause, sources: Sources, language: Language) -> Iterator[tuple[Sentence, Clause]]:
    """The sentences of tellings that tell most of a clause of the draft, each with its clause that shares most with
    it."""
    whole = sources.weigh(clause.stems) or 1.0
    near = [
        (sources.weigh(one.sentence.stems & clause.stems) / whole, one.sentence) for one in sources.near(clause.stems)
    ]
    best = max((share for share, _ in near), default=0.0)
    for share, sentence in near:
        shared = sentence.stems & clause.stems
        if share < max(TELLS, best - AS_MUCH) or len(shared) < STEMS or sources.weigh(shared) < RARE:
            continue
        text = sources.by_id[sentence.place.telling].text
        clauses = list(clauses_of(text, sentence.words, language))
        told = max(clauses, key=lambda each: sources.weigh(each.stems & clause.stems), default=None)
        if told is not None:
            yield sentence, told


def clauses_of(text: str, row: Sequence[Word], language: Language, bounds: Collection[int] = ()) -> Iterator[Clause]:
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
