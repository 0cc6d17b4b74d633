"""The plain loop in this process: the meaning that every other engine must match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tellings.model.engine import Ended, Item, Result


class Local:
    """One item after another, none ahead of being asked for."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Ended]:
        """`function` of each item, in their order."""
        return map(function, items)
