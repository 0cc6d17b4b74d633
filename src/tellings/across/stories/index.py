"""Which tellings may be of one event: those that share their weightiest words, and lie near each other in time.

A word leads from a telling to the `WITHIN` holders before it and after it, in order of their days; so the cost of a
telling is bounded by its words however many hold one, and what is compared is a function of the tellings alone, not of
the order they came in.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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


def rank(of: Sketch) -> Rank:
    """Where a sketch stands among others, by its day and id."""
    return (of.day or date.max).toordinal(), of.id


class Index:
    """An inverted index of sketches by their keys, and for each telling those it is to be compared with."""

    def __init__(self) -> None:
        self.sketches: dict[str, Sketch] = {}
        self._holders: defaultdict[str, list[Rank]] = defaultdict(list)
        # id → the ids that share most with it, and how much
        self._nearest: dict[str, dict[str, float]] = {}

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
            self._nearest[each.id] = _most(shared)
            # A newcomer takes a place among the nearest of another where it shares more than the last of these.
            changed.update(
                other
                for other, weight in shared.items()
                if other in self._nearest
                and weight >= LITTLE
                and (len(held := self._nearest[other]) < COMPARED or weight > min(held.values()) - 1e-9)
            )
        new = {each.id for each in sketches}
        for identifier in changed - new:
            self._nearest[identifier] = _most(self._shared(self.sketches[identifier]))
        return changed

    def nearest(self, identifier: str) -> Iterable[str]:
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


def _most(shared: dict[str, float]) -> dict[str, float]:
    """The `COMPARED` that share most; of equals, the first by id."""
    ranked = sorted((-weight, other) for other, weight in shared.items() if weight >= LITTLE)
    return {other: -negative for negative, other in ranked[:COMPARED]}


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
