"""The plain loop in this process: the meaning that every other engine must match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tellings.across.sets import DisjointSets
from tellings.model.engine import Ended, Item, Key, Result


class Local:
    """One item after another, none ahead of being asked for."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Ended]:
        """`function` of each item, in their order."""
        return map(function, items)

    def group(self, keyed: Iterable[tuple[Key, Item]]) -> Iterator[tuple[Key, list[Item]]]:
        """The items of each key, keys in order."""
        found: dict[Key, list[Item]] = {}
        for key, item in keyed:
            found.setdefault(key, []).append(item)
        return iter(sorted(found.items(), key=lambda entry: entry[0]))

    def join(self, items: Sequence[Key], pairs: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
        """What pairs join, directly or through others."""
        sets = DisjointSets(items)
        for a, b in pairs:
            sets.join(a, b)
        return sets.groups()
