"""Average linkage (Sokal & Michener 1958) on a sparse graph: clusters whose members are alike on average.

Single links join nothing by themselves: two groups become one only where the mean of all pairs between them reaches the
threshold, so a bridge or two between two stories, or one famous person, does not make one of them. Of pairs that nobody
looked at, it is taken that they are less alike than those that were; before two groups are joined on such a guess,
pairs of a few members are looked at. So the cost goes by the edges given, and the result is a function of the pairs
alone, not of their order. It is local, too: what two groups come to depends on nothing but them and what they might
have joined, so that the groups of some items are the same whatever lies beyond.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeVar

_Member = TypeVar("_Member")
#: Of two groups: minus their likeness, the first item of each, and what each is known by.
_Turn = tuple[float, int, int, int, int]

#: Likeness of a pair that a person joined: more than all that can speak against it.
_CERTAIN = 1e6
#: A pair that nobody looked at is taken to be so many times as alike as those that were.
GUESSED = 0.5
#: Members of each group among which pairs are looked at before two are joined on a guess.
SAMPLED = 4


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

    `edges` are (a, b, likeness) with a < b; `alike` gives the likeness of a pair that is no edge, and is asked for at
    most `SAMPLED` squared for two groups at a time. Ties go to the groups whose items come first. Pairs `together` are
    joined first of all; groups that hold a pair `apart` are never joined, and where the two contradict each other,
    `apart` holds. Groups that `unlike` tells apart are joined only by a pair `together`.
    """
    barred: dict[int, set[int]] = {}
    for a, b in apart:
        barred.setdefault(a, set()).add(b)
        barred.setdefault(b, set()).add(a)
    looked_at = {(a, b): likeness for a, b, likeness in edges}
    looked_at.update(((min(pair), max(pair)), _CERTAIN) for pair in together)
    groups = _Groups(size, looked_at)
    # Groups told apart as they were: when one has grown they may be told apart no more.
    parted: defaultdict[int, set[int]] = defaultdict(set)
    heap = [(-likeness, a, b, a, b) for (a, b), likeness in looked_at.items() if likeness >= threshold]
    heapq.heapify(heap)

    def propose(turn: _Turn) -> None:
        if turn[0] <= -threshold:
            heapq.heappush(heap, turn)

    while heap:
        entered = heapq.heappop(heap)
        *_, a, b = entered
        if not groups.touch(a, b):
            continue
        turn = groups.turn(a, b)
        if turn != entered:
            # One of them has grown since: it may be less alike than it was, while what is more alike was entered then.
            if turn > entered:
                propose(turn)
            continue
        first, second = groups.members[a], groups.members[b]
        if barred and _held_apart(first, second, barred):
            continue
        if turn[0] >= -1.0:
            if groups.look(a, b, alike):
                propose(groups.turn(a, b))
                continue
            if unlike is not None and unlike(first, second):
                parted[a].add(b)
                parted[b].add(a)
                continue
        grown, beside = groups.join(a, b)
        for other in {*beside, *parted.pop(grown, ())}:
            if groups.touch(grown, other):
                propose(groups.turn(grown, other))
    return sorted(groups.members.values())


class _Groups:
    """Groups of items, each known by one of them, with what is known of the pairs between any two.

    By which one depends on how many others a group has pairs with, so nothing is decided by it.
    """

    def __init__(self, size: int, looked_at: dict[tuple[int, int], float]) -> None:
        self.members: dict[int, list[int]] = {item: [item] for item in range(size)}
        # group → another that pairs were looked at with → (the sum of their likenesses, how many)
        self.pairs: dict[int, dict[int, tuple[float, int]]] = {item: {} for item in range(size)}
        self._looked_at = looked_at
        for (a, b), likeness in looked_at.items():
            self.pairs[a][b] = self.pairs[b][a] = (likeness, 1)

    def touch(self, a: int, b: int) -> bool:
        """Whether both are still groups, of which pairs were looked at."""
        return b in self.pairs.get(a, ())

    def turn(self, a: int, b: int) -> _Turn:
        """When two groups have their turn: those most alike first, of equals those whose items come first.

        By the mean likeness of all pairs of the two, those that nobody looked at guessed. It falls as groups grow
        without new pairs.
        """
        total, count = self.pairs[a][b]
        ones, others = self.members[a], self.members[b]
        every = len(ones) * len(others)
        mean = total / count * (count + GUESSED * (every - count)) / every
        first, second = ones[0], others[0]
        return (-mean, first, second, a, b) if first < second else (-mean, second, first, b, a)

    def look(self, a: int, b: int, alike: Callable[[int, int], float]) -> bool:
        """Look at pairs of a few members of each, where fewer were; whether any was new."""
        total, count = self.pairs[a][b]
        first, second = sampled(self.members[a], SAMPLED), sampled(self.members[b], SAMPLED)
        if count >= len(first) * len(second):
            return False
        new = [pair for x in first for y in second if (pair := (min(x, y), max(x, y))) not in self._looked_at]
        for pair in new:
            likeness = self._looked_at[pair] = alike(*pair)
            total, count = total + likeness, count + 1
        self.pairs[a][b] = self.pairs[b][a] = (total, count)
        return bool(new)

    def join(self, a: int, b: int) -> tuple[int, Collection[int]]:
        """Make two groups one; returns what it is known by, and the groups that it may now be more alike to."""
        # The one with fewer pairs goes into the other, so that no large group is gone through again and again.
        kept, gone = (a, b) if (len(self.pairs[a]), b) >= (len(self.pairs[b]), a) else (b, a)
        self.members[kept] = sorted(self.members[kept] + self.members.pop(gone))
        mine, others = self.pairs[kept], self.pairs.pop(gone)
        del mine[gone], others[kept]
        for other, (total, count) in others.items():
            del self.pairs[other][gone]
            known, counted = mine.get(other, (0.0, 0))
            mine[other] = self.pairs[other][kept] = (known + total, counted + count)
        return kept, others.keys()


def _held_apart(first: list[int], second: list[int], barred: dict[int, set[int]]) -> bool:
    return any(not barred[item].isdisjoint(second) for item in first if item in barred)


def sampled(members: Sequence[_Member], most: int) -> Sequence[_Member]:
    """Up to `most` (at least 2) members, evenly over the whole."""
    if len(members) <= most:
        return members
    return [members[index * (len(members) - 1) // (most - 1)] for index in range(most)]
