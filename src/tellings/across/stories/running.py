"""Running stories: events that belong to one affair over months, a looser level above stories of one event.

An event is what its tellings have in common; it is compared with those that share its weightiest words and are nearest
to it in time, as a telling is. So the running stories are a function of the events, whatever order they are given in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tellings.across.stories.index import candidate_pairs
from tellings.across.stories.linkage import average_linkage
from tellings.across.stories.ranked import rank
from tellings.across.stories.sketch import Sketch, keys_of, unit
from tellings.across.word_vectors import Vector, cosine

#: Mean likeness of two groups of events from which they are one running story. On Timeline17's five development topics
#: the value is within .01 of the best from .13 to .16.
JOINED = 0.14


def running_stories(groups: Sequence[Sequence[str]], sketches: Mapping[str, Sketch]) -> list[list[int]]:
    """The running stories: places of `groups` (telling ids of one event each), those of one affair together."""
    placed = sorted(
        ((_event([sketches[member] for member in group]), at) for at, group in enumerate(groups)), key=_order
    )
    events = [event for event, _ in placed]

    def alike(a: int, b: int) -> float:
        return (cosine(events[a].body, events[b].body) + cosine(events[a].names, events[b].names)) / 2

    pairs = [(a, b, alike(a, b)) for a, b in candidate_pairs(events)]
    affairs = average_linkage(len(events), pairs, alike, JOINED)
    return sorted(sorted(placed[event][1] for event in affair) for affair in affairs)


def _order(placed: tuple[Sketch, int]) -> tuple[int, str]:
    return rank(placed[0])


def _event(tellings: Sequence[Sketch]) -> Sketch:
    """The sketch of an event: the words and names of its tellings, by the id and day of the first."""
    ordered = sorted(tellings, key=rank)
    body, names = (_middle([each.body for each in ordered]), _middle([each.names for each in ordered]))
    first = ordered[0]
    return Sketch(first.id, {}, {}, body, names, {}, frozenset(), keys_of(body), first.day, 0)


def _middle(vectors: Sequence[Vector]) -> Vector:
    """The sum of vectors, of length 1."""
    total: dict[str, float] = {}
    for vector in vectors:
        for word in sorted(vector):
            total[word] = total.get(word, 0.0) + vector[word]
    return unit(total)
