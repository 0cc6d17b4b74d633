"""Which tellings may be of one event: those that share their weightiest words, and lie near each other in time.

A word leads from a telling to the `WITHIN` holders before it and after it, in order of their days; so the cost of a
telling is bounded by its words however many hold one, and what is compared is a function of the tellings alone, not of
the order they came in.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date

from tellings.across.stories.sketch import Sketch

#: Holders of a word before and after a telling that the word leads to.
WITHIN = 30
#: Cosine over the words looked up below which a telling is not compared.
LITTLE = 0.05
#: Tellings that one is compared with in full, those that share most with it.
COMPARED = 24

#: A telling's place in time: its day (as an ordinal; unknown ones last), then its id.
Rank = tuple[int, str]
#: A telling that holds a word: its place in time, and what the word weighs in it.
_Holder = tuple[int, str, float]


def rank(of: Sketch) -> Rank:
    """Where a sketch stands among others, by its day and id."""
    return (of.day or date.max).toordinal(), of.id


class Index:
    """An inverted index of sketches by their keys, and for each telling those it is to be compared with."""

    def __init__(self) -> None:
        self.sketches: dict[str, Sketch] = {}
        # word → its holders in order: their rank, and what the word weighs in them
        self._holders: defaultdict[str, list[_Holder]] = defaultdict(list)
        # id → the ids that share most with it; the same, that with most first, with the weight of the words shared
        self._nearest: dict[str, set[str]] = {}
        self._ranked: dict[str, list[tuple[float, str]]] = {}

    def add(self, sketches: Sequence[Sketch]) -> set[str]:
        """Enter sketches; returns the ids whose `nearest` changed, theirs among them."""
        changed: set[str] = set()
        # In this order nothing comes between others that came before it in the same call.
        for each in sorted(sketches, key=rank):
            changed.update(self._enter(each))
        return changed

    def nearest(self, identifier: str) -> Set[str]:
        """The ids that share most with a telling: `COMPARED` at most, and of equals the first by id."""
        return self._nearest[identifier]

    def _enter(self, new: Sketch) -> set[str]:
        place = rank(new)
        self.sketches[new.id] = new
        parted: set[str] = set()
        for word in new.keys:
            holders = self._holders[word]
            at = bisect_left(holders, place)
            holders.insert(at, (*place, new.body[word]))
            parted.update(self._parted(holders, at))
        for identifier in parted:
            self._keep(identifier, self._shared(self.sketches[identifier]))
        shared = self._shared(new)
        self._keep(new.id, shared)
        changed = {new.id, *parted}
        for other, weight in shared.items():
            ranked = self._ranked[other]
            if other in parted or weight < LITTLE or (len(ranked) == COMPARED and (-weight, new.id) > ranked[-1]):
                continue
            insort(ranked, (-weight, new.id))
            self._nearest[other].add(new.id)
            if len(ranked) > COMPARED:
                self._nearest[other].remove(ranked.pop()[1])
            changed.add(other)
        return changed

    def _keep(self, identifier: str, shared: dict[str, float]) -> None:
        ranked = sorted((-weight, other) for other, weight in shared.items() if weight >= LITTLE)[:COMPARED]
        self._ranked[identifier] = ranked
        self._nearest[identifier] = {other for _, other in ranked}

    def _parted(self, holders: list[_Holder], at: int) -> Iterator[str]:
        """Tellings that a word no longer leads to one of their nearest from, for a new one, at this place among its
        holders, stands between them."""
        for earlier in range(max(0, at - WITHIN), min(at, len(holders) - WITHIN - 1)):
            a, b = holders[earlier][1], holders[earlier + WITHIN + 1][1]
            if b in self._nearest[a]:
                yield a
            if a in self._nearest[b]:
                yield b

    def _shared(self, of: Sketch) -> dict[str, float]:
        """The ids a telling's words lead to, and the weight of the words shared: the same from either of two."""
        shared: defaultdict[str, float] = defaultdict(float)
        place = rank(of)
        # In one order for all, so that the sum is the same from both sides to the last digit.
        for word in sorted(of.keys):
            weight, holders = of.body[word], self._holders[word]
            at = bisect_left(holders, place)
            for _, other, held in holders[max(0, at - WITHIN) : at + WITHIN + 1]:
                shared[other] += weight * held
        shared.pop(of.id, None)
        return shared


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
