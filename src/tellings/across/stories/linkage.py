"""Average linkage (Sokal & Michener 1958) on a sparse graph: clusters whose members are alike on average.

Single links join nothing by themselves: two groups become one only where the mean of all pairs between them reaches the
threshold, so a bridge or two between two stories, or one famous person, does not make one of them. The result is a
function of the pairs alone, not of their order.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence

#: Likeness of a pair that a person joined: more than all that can speak against it.
_CERTAIN = 1e6
#: Members of a large group that stand for all of it where two groups are compared.
_SAMPLED = 6
#: Mean likeness that pairs nobody looked at can be hoped to have; where even that would not join two groups, they are
#: taken to be `GUESSED` times as alike as the pairs that were looked at.
HOPED, GUESSED = 0.7, 0.5


def average_linkage(
    size: int,
    edges: Iterable[tuple[int, int, float]],
    alike: Callable[[int, int], float],
    threshold: float,
    *,
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
    unlike: Callable[[Sequence[int], Sequence[int]], bool] | None = None,
) -> list[list[int]]:
    """The clusters of `size` items, each sorted, by their first item.

    `edges` are (a, b, likeness) with a < b; `alike` gives the likeness of a pair that is no edge. Ties go to the groups
    whose first items come first. Pairs `together` are joined first of all; groups that hold a pair `apart` are never
    joined, and where the two contradict each other, `apart` holds. Groups that `unlike` tells apart are joined only by
    a pair `together`.
    """
    barred: dict[int, set[int]] = {}
    for a, b in apart:
        barred.setdefault(a, set()).add(b)
        barred.setdefault(b, set()).add(a)
    members: dict[int, list[int]] = {item: [item] for item in range(size)}
    sums: dict[int, dict[int, float]] = {item: {} for item in range(size)}
    known: dict[tuple[int, int], float] = {}
    heap: list[tuple[float, int, int]] = []
    for a, b, likeness in edges:
        known[a, b] = likeness
        sums[a][b] = sums[b][a] = likeness
        if likeness >= threshold:
            heapq.heappush(heap, (-likeness, a, b))

    def between(a: list[int], b: list[int]) -> float:
        """The sum over all pairs of two groups, of which some were no candidates; of large ones, from a sample."""
        some_a, some_b = _sample(a), _sample(b)
        total = 0.0
        for x in some_a:
            for y in some_b:
                key = (x, y) if x < y else (y, x)
                if key not in known:
                    known[key] = alike(*key)
                total += known[key]
        return total * (len(a) * len(b)) / (len(some_a) * len(some_b))

    for a, b in together:
        # Stronger than any mean of scores.
        heapq.heappush(heap, (-_CERTAIN, min(a, b), max(a, b)))
        known[min(a, b), max(a, b)] = _CERTAIN
        sums[a][b] = sums[b][a] = _CERTAIN
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        mean = sums[a].get(b, 0.0) / (len(members[a]) * len(members[b]))
        if abs(mean + negative) > 1e-12:
            continue  # one of them has grown since: a newer entry stands for the pair
        if mean < threshold or (barred and _held_apart(members[a], members[b], barred)):
            continue
        if unlike is not None and mean <= 1.0 and unlike(members[a], members[b]):
            continue
        # a < b, and the group keeps the name of its first item.
        grown, gone = members[a], members.pop(b)
        mine, others = sums[a], sums.pop(b)
        for other in sorted((mine.keys() | others.keys()) - {a, b}):
            if other not in members:
                continue
            size_of = len(members[other])
            if other in mine and other in others:
                total = mine[other] + others[other]
            else:
                held, known_size, open_size = (
                    (mine[other], len(grown), len(gone)) if other in mine else (others[other], len(gone), len(grown))
                )
                if held + open_size * size_of * HOPED < threshold * (known_size + open_size) * size_of:
                    total = held + held / known_size * open_size * GUESSED
                else:
                    total = held + between(gone if other in mine else grown, members[other])
            mine[other] = sums[other][a] = total
            sums[other].pop(b, None)
            likeness = total / ((len(grown) + len(gone)) * len(members[other]))
            if likeness >= threshold:
                heapq.heappush(heap, (-likeness, min(a, other), max(a, other)))
        mine.pop(b, None)
        members[a] = sorted([*grown, *gone])
    return [members[first] for first in sorted(members)]


def _held_apart(first: list[int], second: list[int], barred: dict[int, set[int]]) -> bool:
    return any(not barred[item].isdisjoint(second) for item in first if item in barred)


def _sample(members: list[int]) -> list[int]:
    """Up to `_SAMPLED` members, evenly over the whole."""
    if len(members) <= _SAMPLED:
        return members
    return [members[index * (len(members) - 1) // (_SAMPLED - 1)] for index in range(_SAMPLED)]
