"""Running stories: events that belong to one affair over months, a looser level above stories of one event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import sqrt

from tellings.across.stories.linkage import average_linkage
from tellings.across.stories.sketch import Sketch
from tellings.across.word_vectors import Vector, cosine

#: Mean likeness of two groups of events from which they are one running story.
JOINED = 0.15
#: Words of an event it is looked up by, events a word may lead to, and events one is compared with.
_KEYS, _LATEST, _COMPARED = 20, 400, 60


def running_stories(groups: Sequence[Sequence[str]], sketches: Mapping[str, Sketch]) -> list[list[int]]:
    """The running stories: places of `groups` (telling ids of one event each), those of one affair together."""
    events = [
        (_middle([sketches[member].body for member in group]), _middle([sketches[member].names for member in group]))
        for group in groups
    ]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    keys = [
        [word for _, word in sorted((-weight, word) for word, weight in body.items())[:_KEYS]] for body, _ in events
    ]
    pairs: set[tuple[int, int]] = set()
    for place, words in enumerate(keys):
        shared = Counter(other for word in words for other in holders[word][-_LATEST:])
        pairs.update(
            (other, place) for other, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_COMPARED]
        )
        for word in words:
            holders[word].append(place)

    def alike(a: int, b: int) -> float:
        return (cosine(events[a][0], events[b][0]) + cosine(events[a][1], events[b][1])) / 2

    return average_linkage(len(events), [(a, b, alike(a, b)) for a, b in sorted(pairs)], alike, JOINED)


def _middle(vectors: Sequence[Vector]) -> Vector:
    """The sum of vectors, of length 1."""
    total: dict[str, float] = {}
    for vector in vectors:
        for word in sorted(vector):
            total[word] = total.get(word, 0.0) + vector[word]
    length = sqrt(sum(weight * weight for weight in total.values()))
    return {word: weight / length for word, weight in total.items()} if length else {}
