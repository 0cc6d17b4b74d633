"""Which tellings may be of one event: those that share their weightiest words, and lie near each other in time.

A word leads from a telling to the `WITHIN` holders before it and after it, in order of their days, and of a day those
of one name together; so the cost of a telling is bounded by its words however many hold one, and what is compared is a
function of the tellings alone, not of the order they came in.
"""

from __future__ import annotations

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
            # Those it was led to, and those that it stood between.
            near.update(other for (_, _, other), _ in self._led_to(word, place))
            self._shelf.leave(word, place)
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
        shared: defaultdict[str, float] = defaultdict(float)
        apart: list[tuple[str, str, float]] = []
        for word in new.keys:
            weight = new.body[word]
            before, behind = self._shelf.around(word, place, WITHIN)
            for (_, _, other), held in (*before, *behind):
                shared[other] += weight * held
            apart.extend(_apart(before, behind))
            self._shelf.enter(word, (place, weight))
        changed = {new.id}
        anew: set[str] = set()
        for a, b, less in apart:
            for of, other in ((a, b), (b, a)):
                if of in anew or other not in (ranked := ranks[of]).weights:
                    continue
                ranked.enter(other, ranked.drop(other) - less)
                if ranked.short:
                    ranked = Ranked(self._shared(of))
                    anew.add(of)
                ranks[of] = ranked
                changed.add(of)
        ranks[new.id] = Ranked(shared)
        for other, weight in shared.items():
            # Most share too little to be looked at.
            if weight < LITTLE or new.id in (ranked := ranks[other]).weights:
                continue
            whole = ranked.whole
            if ranked.enter(new.id, weight):
                changed.add(other)
            # Where it comes last of too many, all that is other is that not all are ranked.
            if new.id in ranked.weights or ranked.whole != whole:
                ranks[other] = ranked
        return changed

    def _shared(self, identifier: str) -> dict[str, float]:
        """The ids a telling's words lead to, and the weight of the words shared."""
        of, place = self._shelf.sketches[identifier], self._place(identifier)
        shared: defaultdict[str, float] = defaultdict(float)
        for word in of.keys:
            weight = of.body[word]
            for (_, _, other), held in self._led_to(word, place):
                shared[other] += weight * held
        shared.pop(identifier, None)
        return shared

    def _led_to(self, word: str, place: Place) -> tuple[Holder, ...]:
        """The holders that a word leads to from the one at a place, which is among them."""
        before, behind = self._shelf.around(word, place, WITHIN + 1)
        return (*before[-WITHIN:], *behind)


def _apart(before: Sequence[Holder], behind: Sequence[Holder]) -> Iterator[tuple[str, str, float]]:
    """Pairs of tellings that a word no longer leads between, for a new one stands between these holders, and what they
    shared by it."""
    for earlier, later in zip(before, behind[WITHIN - len(before) :], strict=False):
        yield earlier[0][2], later[0][2], earlier[1] * later[1]


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
