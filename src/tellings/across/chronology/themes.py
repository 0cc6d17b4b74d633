"""What a day is about: statements of one day that share words, whichever events they tell.

A day weighs by what most independent origins tell of it, and each tells another part: so its events are put together
more freely than into entries. Two statements are of one theme when they share enough of the words that tell events of
the story apart, or a kind of event that is dated in both, or nearly all of their words. Each statement, in turn,
joins the theme that holds the one most like it (single linkage, in the order of the tellings), or begins one.
Statements with the same words are compared once, and only with those that share words with them, so that the cost
grows with the pairs that can be alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from tellings.across.chronology.likeness import REPRINTED, reprinted
from tellings.across.chronology.statements import Statement
from tellings.across.word_vectors import shared_words
from tellings.model.records import Interval

#: Share of content words (of the shorter sentence) that two sentences of one day share when they are of one theme, and
#: the fewest such words.
SAME_THEME, FEWEST_SHARED = 0.34, 3
#: Share of all dated sentences that hold a word which then tells no event apart.
STORY_WIDE = 0.25
_Words = tuple[frozenset[str], frozenset[str], frozenset[str]]


def themes(told: Sequence[Statement], when_of: Mapping[int, Interval]) -> list[list[Statement]]:
    """The statements by days and themes. `when_of`: the days of each, by its `id`."""
    counts = Counter(word for one in told for word in one.event_words)
    limit = max(3, STORY_WIDE * len(told))
    wide = frozenset(word for word, count in counts.items() if count > limit)
    by_days: dict[tuple[Interval, bool], list[Statement]] = defaultdict(list)
    for one in told:
        by_days[when_of[id(one)], one.announced].append(one)
    return [group for of_day in by_days.values() for group in _themes(of_day, wide)]


def _themes(told: Iterable[Statement], wide: frozenset[str]) -> list[list[Statement]]:
    """The statements of one day by themes, in the order of their first ones. `wide`: words all of the story has."""
    groups: list[list[Statement]] = []
    compared = _Compared()
    for one in told:
        words = (one.event_words - wide, one.event_kinds, one.all_words)
        likeness = compared.likeness(words)
        best = min(likeness, key=lambda group: (-likeness[group], group), default=None)
        if best is None or likeness[best] < SAME_THEME:
            best = len(groups)
            groups.append([])
        groups[best].append(one)
        compared.place(words, best)
    return groups


class _Compared:
    """How like a sentence is to each group: kept for sentences of the same words, and mended as the groups grow."""

    def __init__(self) -> None:
        self._likeness: dict[_Words, dict[int, float]] = {}
        self._groups: dict[_Words, list[int]] = {}
        self._with_word: dict[str, list[_Words]] = defaultdict(list)
        self._of_kind: dict[str, list[_Words]] = defaultdict(list)
        self._beginning: dict[str, list[_Words]] = defaultdict(list)

    def likeness(self, words: _Words) -> dict[int, float]:
        """Group → how like the nearest of its sentences is, where one is like at all."""
        found = self._likeness.get(words)
        if found is None:
            found = self._likeness[words] = {}
            for other, value in self._near(words).items():
                for group in self._groups[other]:
                    found[group] = max(value, found.get(group, 0.0))
        return found

    def place(self, words: _Words, group: int) -> None:
        """Enter a sentence of these words in a group."""
        if words not in self._groups:
            self._groups[words] = []
            for word in words[0]:
                self._with_word[word].append(words)
            for kind in words[1]:
                self._of_kind[kind].append(words)
            for word in _prefix(words[2]):
                self._beginning[word].append(words)
        if group in self._groups[words]:
            return
        self._groups[words].append(group)
        for other, value in self._near(words).items():
            found = self._likeness[other]
            found[group] = max(value, found.get(group, 0.0))

    def _near(self, words: _Words) -> dict[_Words, float]:
        """The sentences entered that are like one of `words`, and how far."""
        shared = Counter(other for word in words[0] for other in self._with_word.get(word, ()))
        found = {
            other: shared_words(words[0], other[0], FEWEST_SHARED)
            for other, count in shared.items()
            if count >= FEWEST_SHARED
        }
        found.update((other, 1.0) for kind in words[1] for other in self._of_kind.get(kind, ()))
        reprints = {other for word in _prefix(words[2]) for other in self._beginning.get(word, ())}
        found.update((other, 1.0) for other in reprints if reprinted(words[2], other[2]))
        return found


def _prefix(words: frozenset[str]) -> list[str]:
    """Some words of a sentence, of which every reprint of it has one among its own (prefix filter: Chaudhuri et al.
    2006); long words first, for few sentences have them."""
    return sorted(words, key=lambda word: (-len(word), word))[: len(words) - ceil(REPRINTED * len(words) - 1e-9) + 1]
