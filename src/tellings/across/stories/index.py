"""Which tellings may be of one event: those that share their weightiest words, and lie near each other in time.

A word leads from a telling to the `WITHIN` holders before it and after it, in order of their days, and of a day those
of one name together; so the cost of a telling is bounded by its words however many hold one, and what is compared is a
function of the tellings alone, not of the order they came in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tellings.across.stories.ranked import LITTLE, Holder, Place, Rank, Ranked, place_of
from tellings.across.stories.shelf import Memory, Shelf
from tellings.across.stories.sketch import Sketch

#: Holders of a word before and after a telling that the word leads to.
WITHIN = 30


class Index:
    """An inverted index of sketches by their keys, and for each telling those it is to be compared with."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        """`shelf`: where it lies, by default in memory."""
        self._shelf: Shelf = Memory() if shelf is None else shelf

    @property
    def sketches(self) -> Mapping[str, Sketch]:
        """id → sketch."""
        return self._shelf.sketches

    def add(self, sketches: Sequence[Sketch]) -> set[str]:
        """Enter sketches; returns the ids whose `nearest` may have changed, theirs among them."""
        changed: set[str] = set()
        # In this order nothing comes between others that came before it in the same call.
        for each in sorted(sketches, key=place_of):
            changed.update(self._enter(each))
        return changed

    def remove(self, identifier: str) -> set[str]:
        """Take a telling out, as if it had never been there; returns the ids whose `nearest` may have changed."""
        place, gone = self._place(identifier), self._shelf.sketches.pop(identifier)
        del self._shelf.ranked[identifier], self._shelf.places[identifier]
        near: set[str] = set()
        for word in gone.keys:
            holder = (place, gone.body[word])
            holders = self._shelf.holders(word)
            at = bisect_left(holders, holder)
            # Those it was led to, and those that it stood between.
            near.update(other for (_, _, other), _ in holders[max(0, at - WITHIN) : at + WITHIN + 1])
            self._shelf.leave(word, holder)
        near.discard(identifier)
        for other in near:
            self._shelf.ranked[other] = Ranked(self._shared(other))
        return near

    def nearest(self, identifier: str) -> set[str]:
        """The ids that share most with a telling, `COMPARED` at most."""
        return self._shelf.ranked[identifier].nearest

    def compares(self, identifier: str, other: str) -> bool:
        """Whether another is among those that share most with a telling."""
        return self._shelf.ranked[identifier].holds(other)

    def rank(self, identifier: str) -> Rank:
        """Where a telling stands among others, by its day and id."""
        return self._shelf.places[identifier][0], identifier

    def _place(self, identifier: str) -> Place:
        return *self._shelf.places[identifier], identifier

    def _enter(self, new: Sketch) -> set[str]:
        """Enter one; returns the ids whose `nearest` may have changed."""
        self._shelf.sketches[new.id] = new
        place, ranks = place_of(new), self._shelf.ranked
        self._shelf.places[new.id] = place[:2]
        apart: set[tuple[str, str]] = set()
        for word in new.keys:
            at = self._shelf.enter(word, (place, new.body[word]))
            apart.update(_apart(self._shelf.holders(word), at))
        parted = [pair for a, b in apart for pair in ((a, b), (b, a)) if pair[1] in ranks[pair[0]].weights]
        changed = {new.id}
        for of, other in parted:
            ranked = ranks[of]
            if other in ranked.weights:
                ranked.drop(other)
                ranked.enter(other, self._weight(of, other))
                ranks[of] = Ranked(self._shared(of)) if ranked.short else ranked
                changed.add(of)
        shared = self._shared(new.id)
        ranks[new.id] = Ranked(shared)
        for other, weight in shared.items():
            # Most share too little to be looked at.
            if weight < LITTLE or new.id in (ranked := ranks[other]).weights:
                continue
            if ranked.enter(new.id, weight):
                changed.add(other)
            if new.id in ranked.weights:
                ranks[other] = ranked
        return changed

    def _shared(self, identifier: str) -> dict[str, float]:
        """The ids a telling's words lead to, and the weight of the words shared."""
        of, place = self._shelf.sketches[identifier], (self._place(identifier),)
        shared: defaultdict[str, float] = defaultdict(float)
        # In one order for all, so that the sum is the same from both of a pair to the last digit.
        for word in sorted(of.keys):
            weight, holders = of.body[word], self._shelf.holders(word)
            at = bisect_left(holders, place)
            for (_, _, other), held in holders[max(0, at - WITHIN) : at + WITHIN + 1]:
                shared[other] += weight * held
        shared.pop(identifier, None)
        return shared

    def _weight(self, a: str, b: str) -> float:
        """What `_shared` of either gives for the other."""
        first, second = self._shelf.sketches[a], self._shelf.sketches[b]
        total = 0.0
        for word in sorted(set(first.keys).intersection(second.keys)):
            holders = self._shelf.holders(word)
            one, other = (bisect_left(holders, (self._place(each),)) for each in (a, b))
            if abs(one - other) <= WITHIN:
                total += first.body[word] * second.body[word]
        return total


def _apart(holders: list[Holder], at: int) -> Iterator[tuple[str, str]]:
    """Pairs of tellings that a word no longer leads between, for a new one stands there, at this place among its
    holders."""
    for earlier in range(max(0, at - WITHIN), min(at, len(holders) - WITHIN - 1)):
        yield holders[earlier][0][2], holders[earlier + WITHIN + 1][0][2]


def candidate_pairs(sketches: Iterable[Sketch]) -> list[tuple[int, int]]:
    """The pairs of places in `sketches` (earlier, later) to compare, each once."""
    given = list(sketches)
    place = {each.id: index for index, each in enumerate(given)}
    index = Index()
    index.add(given)
    found = {
        (min(place[each.id], place[other]), max(place[each.id], place[other]))
        for each in given
        for other in index.nearest(each.id)
    }
    return sorted(found)
