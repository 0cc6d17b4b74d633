"""A mixed pile sorted into stories: tellings of one event together, in whatever order they come.

1. map: each telling becomes a sketch, a function of its title, its beginning and its day;
2. group: a telling is compared with those that share its weightiest words and are nearest in time;
3. join: average linkage over the scores of pairs, rerun where new ones may change it (`grouping`); then a telling left
   alone joins the one story that it is clearly nearest to (`settling`).
What a person decided ("these two are one story", "these two are not") holds whatever the numbers say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from tellings.across.stories.grouping import Grouping, Pair
from tellings.across.stories.index import Index
from tellings.across.stories.pairs import score_of
from tellings.across.stories.ranked import Rank
from tellings.across.stories.settling import Settling
from tellings.across.stories.shelf import LEAST, Memory, Shelf
from tellings.across.stories.sketch import Sketch
from tellings.model.records import StoryDecision


class Stories:
    """Stories of a pile that grows: a function of the tellings and decisions alone, in whatever order and in how many
    steps they came. What a step costs depends on what it touches, not on the pile."""

    def __init__(self, decisions: Iterable[StoryDecision] = (), shelf: Shelf | None = None) -> None:
        """`shelf`: where all that is known of the pile lies, by default in memory."""
        self._shelf: Shelf = Memory() if shelf is None else shelf
        self._index = Index(self._shelf)
        self._same: dict[str, set[str]] = defaultdict(set)
        self._apart: dict[str, set[str]] = defaultdict(set)
        for each in decisions:
            said = self._same if each.kind == "same" else self._apart
            said[each.a].add(each.b)
            said[each.b].add(each.a)
        self._grouping = Grouping(self._shelf, self._index.rank, self._same, self._apart)
        self._settling = Settling(self._shelf, self._index.rank, self._apart)

    def add(self, sketches: Sequence[Sketch]) -> frozenset[str]:
        """Enter new tellings and sort them; returns the ids of all whose story may be another now, theirs among them.

        Raises:
            ValueError: a telling of that id was entered before.
        """
        self.enter(sketches)
        return self.sort()

    def remove(self, identifiers: Iterable[str]) -> frozenset[str]:
        """Take tellings out, as if they had never been there; returns the ids of all others whose story may be another
        now."""
        self.take_out(identifiers)
        return self.sort()

    def decide(self, touched: Iterable[str]) -> frozenset[str]:
        """Sort anew what decisions that came or went are of; returns the ids of all whose story may be another now."""
        self._wait((), (each for each in touched if each in self._shelf.scores))
        return self.sort()

    def enter(self, sketches: Sequence[Sketch]) -> None:
        """Enter new tellings, which wait to be sorted. Raises as `add` does."""
        for sketch in sketches:
            if sketch.id in self._shelf.scores:
                raise ValueError(f"telling {sketch.id!r} is there already")
            self._shelf.scores[sketch.id] = {}
        pairs: set[Pair] = set()
        for identifier in sorted(self._index.add(sketches)):
            self._compare(identifier, pairs)
        self._wait(pairs, (sketch.id for sketch in sketches))

    def take_out(self, identifiers: Iterable[str]) -> None:
        """Take tellings out; those that they were beside wait to be sorted anew, as these do where they are entered
        again."""
        gone = frozenset(identifiers)
        pairs: set[Pair] = set()
        for identifier in sorted(gone):
            self._forget(identifier, pairs)
        self._wait(pairs, gone)

    def waiting(self) -> tuple[str, ...]:
        """The ids of tellings that were entered and are not sorted yet."""
        waits = self._shelf.waiting
        return tuple(each for each in waits if each in waits[each] and each in self._shelf.scores)

    def sort(self) -> frozenset[str]:
        """Bring the stories in line with all that waits; returns the ids of all whose story may be another now.

        What it costs depends on what is touched, and in a dense pile most is: many that are sorted at once cost
        little more than one.
        """
        waits, there = dict(self._shelf.waiting), self._shelf.scores
        pairs = {(min(a, b), max(a, b)) for a, others in waits.items() for b in others if a != b}
        marked = {each for each, others in waits.items() if each in others}
        known = {each for each in marked if each in self._shelf.group_of}
        gone = frozenset(each for each in marked if each not in there)
        regrouped = self._grouping.regroup(pairs, marked - known - gone, gone & known, known - gone)
        asked = {*known, *(each for pair in pairs for each in pair)}.difference(gone)
        for each in waits:
            del self._shelf.waiting[each]
        return frozenset(self._settling.settle(regrouped, asked, gone))

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The stories: the ids of each, by day and id; stories by their first telling."""
        found = {first: self.story(first) for first in sorted(self._shelf.groups) if first not in self._shelf.joined}
        return tuple(sorted(found.values(), key=lambda members: self._rank(members[0])))

    def story(self, identifier: str) -> tuple[str, ...]:
        """The ids of the story that a telling is in, by day and id."""
        first = self._shelf.group_of[identifier]
        first = self._shelf.joined.get(first, first)
        members = (*self._shelf.groups[first], *self._shelf.joined_by.get(first, ()))
        return tuple(sorted(members, key=self._rank))

    # ---- pairs ---------------------------------------------------------------------------

    def _compare(self, identifier: str, pairs: set[Pair]) -> None:
        """Bring what is known of a telling's pairs in line with what it is to be compared with; those that say
        something else now go into `pairs`."""
        known, nearest = self._shelf.scores[identifier], self._index.nearest(identifier)
        lost = [other for other in known if other not in nearest and not self._index.compares(other, identifier)]
        found = nearest - known.keys()
        for other in lost:
            _note(identifier, other, known.pop(other), pairs)
            self._change(other, identifier, None)
        for other in found:
            known[other] = score_of(self._index.sketches[identifier], self._index.sketches[other])
            _note(identifier, other, known[other], pairs)
            self._change(other, identifier, known[other])
        if lost or found:
            self._shelf.scores[identifier] = known

    def _change(self, of: str, other: str, score: float | None) -> None:
        """Set the score of a pair on the side of `of`, or take it out."""
        known = self._shelf.scores[of]
        if score is None:
            del known[other]
        else:
            known[other] = score
        self._shelf.scores[of] = known

    def _forget(self, identifier: str, pairs: set[Pair]) -> None:
        """Take one telling out of all but its group; pairs that say something else now go into `pairs`."""
        for other, score in self._shelf.scores.pop(identifier).items():
            _note(identifier, other, score, pairs)
            self._change(other, identifier, None)
        for other in sorted(self._index.remove(identifier)):
            self._compare(other, pairs)

    def _wait(self, pairs: Collection[Pair], marked: Iterable[str]) -> None:
        """Keep for the next sorting that pairs say something else, and which tellings are themselves other."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for a, b in pairs:
            found[a].add(b)
        for each in marked:
            found[each].add(each)
        waiting = self._shelf.waiting
        for each, others in found.items():
            waiting[each] = tuple(sorted(others.union(waiting.get(each, ()))))

    def _rank(self, identifier: str) -> Rank:
        return self._index.rank(identifier)


def _note(a: str, b: str, score: float, pairs: set[Pair]) -> None:
    """Note a pair whose score came or went, where it says something."""
    if score >= LEAST:
        pairs.add((min(a, b), max(a, b)))
