"""The parts of an index of tellings: places in time, holders of words, and those that share most with a telling."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date

from tellings.across.stories.sketch import Sketch

#: Cosine over the words looked up below which a telling is not compared.
LITTLE = 0.05
#: Tellings that one is compared with in full, those that share most with it.
COMPARED = 24
#: How many are kept ranked at most, so that those after the first `COMPARED` step up where one is lost.
_RANKED = 2 * COMPARED

#: A telling's place in time: its day (as an ordinal; unknown ones last), then its id.
Rank = tuple[int, str]
#: A telling's place among the holders of a word: its day, its weightiest name, its id.
Place = tuple[int, str, str]
#: A holder of a word: its place, and what the word weighs in it.
Holder = tuple[Place, float]


def rank(of: Sketch) -> Rank:
    """Where a sketch stands among others, by its day and id."""
    return (of.day or date.max).toordinal(), of.id


def place_of(of: Sketch) -> Place:
    """Among those of one day, or of none, a sketch stands beside those with its name, which may be of one event
    (sorted neighbourhoods: Hernández and Stolfo 1995): an id says nothing."""
    return (of.day or date.max).toordinal(), max(of.names, key=lambda name: (of.names[name], name), default=""), of.id


class Ranked:
    """Those that share most with a telling: (minus the weight of the words shared, id), most first; of equals the first
    by id. `whole` where nobody else shares more than `LITTLE`."""

    def __init__(self, shared: Mapping[str, float]) -> None:
        ordered = sorted((-weight, other) for other, weight in shared.items() if weight >= LITTLE)
        self.whole = len(ordered) <= _RANKED
        self.best = ordered[:_RANKED]
        self.weights = {other: -negative for negative, other in self.best}

    @classmethod
    def of(cls, best: list[tuple[float, str]], *, whole: bool) -> Ranked:
        """As it was kept."""
        found = cls({})
        found.whole, found.best = whole, best
        found.weights = {other: -negative for negative, other in best}
        return found

    @property
    def nearest(self) -> set[str]:
        """The first `COMPARED`."""
        return {other for _, other in self.best[:COMPARED]}

    def holds(self, other: str) -> bool:
        """Whether another is among the first `COMPARED`."""
        weight = self.weights.get(other)
        return weight is not None and bisect_left(self.best, (-weight, other)) < COMPARED

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

    def drop(self, other: str) -> float:
        """Take one out that was ranked; returns what it shared."""
        weight = self.weights.pop(other)
        del self.best[bisect_left(self.best, (-weight, other))]
        return weight
