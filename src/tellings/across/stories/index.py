"""Which tellings may be of one event: those that share their weightiest words, and lie near each other in time.

A word leads from a telling to the `WITHIN` holders before it and after it, in order of their days, and of a day those
of one name together; so the cost of a telling is bounded by its words however many hold one, and what is compared is a
function of the tellings alone, not of the order they came in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tellings.across.stories.sketch import Sketch

#: Holders of a word before and after a telling that the word leads to.
WITHIN = 30
#: Cosine over the words looked up below which a telling is not compared.
LITTLE = 0.05
#: Tellings that one is compared with in full, those that share most with it.
COMPARED = 24
#: How many are kept ranked at most, so that those after the first `COMPARED` step up where one is lost.
_RANKED = 2 * COMPARED

#: A telling's place in time: its day (as an ordinal; unknown ones last), then its id.
Rank = tuple[int, str]
#: A telling's place among the holders of a word: its day, its weightiest name, its id.
_Place = tuple[int, str, str]


def rank(of: Sketch) -> Rank:
    """Where a sketch stands among others, by its day and id."""
    return (of.day or date.max).toordinal(), of.id


def _place(of: Sketch) -> _Place:
    """Among those of one day, or of none, a sketch stands beside those with its name, which may be of one event
    (sorted neighbourhoods: Hernández and Stolfo 1995): an id says nothing."""
    return (of.day or date.max).toordinal(), max(of.names, key=lambda name: (of.names[name], name), default=""), of.id


class _Ranked:
    """Those that share most with a telling: (minus the weight of the words shared, id), most first; of equals the first
    by id. `whole` where nobody else shares more than `LITTLE`."""

    def __init__(self, shared: Mapping[str, float]) -> None:
        ordered = sorted((-weight, other) for other, weight in shared.items() if weight >= LITTLE)
        self.whole = len(ordered) <= _RANKED
        self.best = ordered[:_RANKED]
        self.weights = {other: -negative for negative, other in self.best}

    @property
    def short(self) -> bool:
        """Whether somebody who is not ranked may be among the first `COMPARED`."""
        return not self.whole and len(self.best) < COMPARED

    def enter(self, other: str, weight: float) -> bool:
        """Rank another by what it shares; whether it is among the first `COMPARED`."""
        entry = (-weight, other)
        if weight < LITTLE or (not self.whole and entry > self.best[-1]):
            return False
        at = bisect_left(self.best, entry)
        self.best.insert(at, entry)
        self.weights[other] = weight
        if len(self.best) > _RANKED:
            del self.weights[self.best.pop()[1]]
            self.whole = False
        return at < COMPARED

    def drop(self, other: str) -> None:
        """Take one out that was ranked."""
        del self.best[bisect_left(self.best, (-self.weights.pop(other), other))]


class Index:
    """An inverted index of sketches by their keys, and for each telling those it is to be compared with."""

    def __init__(self) -> None:
        self.sketches: dict[str, Sketch] = {}
        # word → its holders in order, and what the word weighs in each
        self._holders: defaultdict[str, list[tuple[_Place, float]]] = defaultdict(list)
        self._places: dict[str, _Place] = {}
        self._ranked: dict[str, _Ranked] = {}

    def add(self, sketches: Sequence[Sketch]) -> set[str]:
        """Enter sketches; returns the ids whose `nearest` may have changed, theirs among them."""
        changed: set[str] = set()
        # In this order nothing comes between others that came before it in the same call.
        for each in sorted(sketches, key=_place):
            changed.update(self._enter(each))
        return changed

    def nearest(self, identifier: str) -> set[str]:
        """The ids that share most with a telling, `COMPARED` at most."""
        return {other for _, other in self._ranked[identifier].best[:COMPARED]}

    def _enter(self, new: Sketch) -> set[str]:
        """Enter one; returns the ids whose `nearest` may have changed."""
        place = self._places[new.id] = _place(new)
        self.sketches[new.id] = new
        parted: set[tuple[str, str]] = set()
        for word in new.keys:
            holders = self._holders[word]
            at = bisect_left(holders, (place,))
            holders.insert(at, (place, new.body[word]))
            parted.update(self._parted(holders, at))
        changed = {new.id}
        for of, other in parted:
            ranked = self._ranked[of]
            if other in ranked.weights:
                ranked.drop(other)
                ranked.enter(other, self._weight(of, other))
                if ranked.short:
                    self._ranked[of] = _Ranked(self._shared(of))
                changed.add(of)
        shared = self._shared(new.id)
        self._ranked[new.id] = _Ranked(shared)
        for other, weight in shared.items():
            if new.id not in self._ranked[other].weights and self._ranked[other].enter(new.id, weight):
                changed.add(other)
        return changed

    def _parted(self, holders: list[tuple[_Place, float]], at: int) -> Iterator[tuple[str, str]]:
        """Pairs (a telling, one ranked by it) that a word no longer leads between, for a new one stands there, at this
        place among its holders."""
        for earlier in range(max(0, at - WITHIN), min(at, len(holders) - WITHIN - 1)):
            a, b = holders[earlier][0][2], holders[earlier + WITHIN + 1][0][2]
            if b in self._ranked[a].weights:
                yield a, b
            if a in self._ranked[b].weights:
                yield b, a

    def _shared(self, identifier: str) -> dict[str, float]:
        """The ids a telling's words lead to, and the weight of the words shared."""
        of, place = self.sketches[identifier], (self._places[identifier],)
        shared: defaultdict[str, float] = defaultdict(float)
        # In one order for all, so that the sum is the same from both of a pair to the last digit.
        for word in sorted(of.keys):
            weight, holders = of.body[word], self._holders[word]
            at = bisect_left(holders, place)
            for (_, _, other), held in holders[max(0, at - WITHIN) : at + WITHIN + 1]:
                shared[other] += weight * held
        shared.pop(identifier, None)
        return shared

    def _weight(self, a: str, b: str) -> float:
        """What `_shared` of either gives for the other."""
        first, second = self.sketches[a], self.sketches[b]
        total = 0.0
        for word in sorted(set(first.keys).intersection(second.keys)):
            holders = self._holders[word]
            one, other = (bisect_left(holders, (self._places[each],)) for each in (a, b))
            if abs(one - other) <= WITHIN:
                total += first.body[word] * second.body[word]
        return total


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
