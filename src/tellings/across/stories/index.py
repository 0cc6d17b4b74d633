"""Which tellings may be of one event with a new one: those that share its weightiest words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tellings.across.stories.sketch import Sketch

#: Tellings a word may lead to, the latest first; beyond it the word tells events apart no longer. The cost of a new
#: telling is bounded by this times its words, however large the library is.
LATEST = 60
#: Cosine over the words looked up below which a telling is not compared.
LITTLE = 0.05
#: Tellings that a new one is compared with in full, those that share most with it.
COMPARED = 24


class Index:
    """An inverted index of sketches by their keys, in the order they came."""

    def __init__(self) -> None:
        self.sketches: list[Sketch] = []
        self._holders: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, new: Sketch) -> None:
        """Enter a sketch."""
        place = len(self.sketches)
        self.sketches.append(new)
        for word in new.keys:
            self._holders[word].append(place)

    def near(self, new: Sketch) -> list[int]:
        """The places of the sketches that share most with a new one, best first; of equals, the earlier."""
        shared: dict[int, float] = {}
        for word in new.keys:
            weight = new.body[word]
            for place in self._holders.get(word, ())[-LATEST:]:
                shared[place] = shared.get(place, 0.0) + weight * self.sketches[place].body[word]
        ranked = sorted((-weight, place) for place, weight in shared.items() if weight >= LITTLE)
        return [place for _, place in ranked[:COMPARED]]


def candidate_pairs(sketches: Iterable[Sketch]) -> list[tuple[int, int]]:
    """The pairs of places (earlier, later) to compare, each once."""
    index = Index()
    found: list[tuple[int, int]] = []
    for place, new in enumerate(sketches):
        found.extend((earlier, place) for earlier in index.near(new))
        index.add(new)
    return found
