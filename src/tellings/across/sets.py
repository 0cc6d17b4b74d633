"""Disjoint sets (Galler and Fischer 1964): what pairs join, directly or through others, is one set."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item", str, int)


class DisjointSets(Generic[Item]):
    """Items, at first each a set of its own. Which sets come out does not depend on the order of joining."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._above: dict[Item, Item] = {item: item for item in items}
        self._sizes: dict[Item, int] = dict.fromkeys(self._above, 1)

    def root(self, item: Item) -> Item:
        """One item that stands for the whole set of `item`. Raises KeyError where it is not there."""
        above = self._above
        while above[item] != item:
            above[item] = above[above[item]]
            item = above[item]
        return item

    def join(self, a: Item, b: Item) -> None:
        """Make the sets of two items one."""
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        if self._sizes[a] < self._sizes[b]:
            a, b = b, a
        self._above[b] = a
        self._sizes[a] += self._sizes[b]

    def groups(self) -> list[list[Item]]:
        """The sets, items in the order they were given, sets by their first."""
        found: dict[Item, list[Item]] = {}
        for item in self._above:
            found.setdefault(self.root(item), []).append(item)
        return list(found.values())
