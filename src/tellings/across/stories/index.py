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
from heapq import nsmallest

from tellings.across.stories.sketch import Sketch

#: Holders of a word before and after a telling that the word leads to.
WITHIN = 30
#: Cosine over the words looked up below which a telling is not compared.
LITTLE = 0.05
#: Tellings that one is compared with in full, those that share most with it.
COMPARED = 24

#: A telling's place in time: its day (as an ordinal; unknown ones last), then its id.
Rank = tuple[int, str]


def rank(of: Sketch) -> Rank:
    """Where a sketch stands among others, by its day and id."""
    return (of.day or date.max).toordinal(), of.id


class Index:
    """An inverted index of sketches by their keys, and for each telling those it is to be compared with."""

    def __init__(self) -> None:
        self.sketches: dict[str, Sketch] = {}
        self._holders: defaultdict[str, list[Rank]] = defaultdict(list)
        # id → the ids that share most with it, and how much
        self._nearest: dict[str, set[str]] = {}
        # id → what another must share to be among them
        self._least: dict[str, float] = {}

    def add(self, sketches: Sequence[Sketch]) -> set[str]:
        """Enter sketches; returns the ids whose `nearest` changed, theirs among them."""
        changed = {each.id for each in sketches}
        for each in sketches:
            self.sketches[each.id] = each
            for word in each.keys:
                insort(self._holders[word], rank(each))
        for each in sketches:
            for word in each.keys:
                changed.update(self._parted(word, rank(each)))
        for each in sketches:
            shared = self._shared(each)
            # A newcomer takes a place among the nearest of another where it shares more than the last of these; the
            # weight summed from here may differ from that summed from there in the last digit.
            changed.update(other for other, weight in shared.items() if weight > self._least.get(other, 2.0) - 1e-9)
            self._keep(each.id, shared)
        for identifier in changed.difference(each.id for each in sketches):
            self._keep(identifier, self._shared(self.sketches[identifier]))
        return changed

    def _keep(self, identifier: str, shared: dict[str, float]) -> None:
        """Keep the `COMPARED` that share most; of equals, the first by id."""
        ranked = nsmallest(COMPARED, ((-weight, other) for other, weight in shared.items() if weight >= LITTLE))
        self._nearest[identifier] = {other for _, other in ranked}
        self._least[identifier] = -ranked[-1][0] if len(ranked) == COMPARED else LITTLE

    def nearest(self, identifier: str) -> Set[str]:
        """The ids that share most with a telling."""
        return self._nearest[identifier]

    def _around(self, word: str, place: Rank) -> list[Rank]:
        """The holders of a word nearest to a place."""
        holders = self._holders[word]
        at = bisect_left(holders, place)
        return holders[max(0, at - WITHIN) : at + WITHIN + 1]

    def _parted(self, word: str, new: Rank) -> Iterator[str]:
        """Tellings that a word no longer leads to one of their nearest from, for a new one stands between them."""
        around = self._around(word, new)
        at = bisect_left(around, new)
        before, after = around[:at], around[at + 1 :]
        for position, (_, earlier) in enumerate(before):
            # From here, `WITHIN` places on is now one less far into `after`.
            reach = WITHIN - (len(before) - position)
            if reach < len(after):
                later = after[reach][1]
                yield from (a for a, b in ((earlier, later), (later, earlier)) if b in self._nearest.get(a, ()))

    def _shared(self, of: Sketch) -> dict[str, float]:
        """The ids a telling's words lead to, and the weight of the words shared."""
        shared: dict[str, float] = {}
        place = rank(of)
        for word in of.keys:
            weight = of.body[word]
            for _, other in self._around(word, place):
                shared[other] = shared.get(other, 0.0) + weight * self.sketches[other].body[word]
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
