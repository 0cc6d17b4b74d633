"""What an engine does: work over many items as map, group and join, however many processes or machines do it.

The plain loop in one process (`edge/engine/local.py`) is the meaning: every engine gives the same results in the same
order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Key = TypeVar("Key", str, int)


@dataclass(frozen=True, slots=True)
class Ended:
    """Stands for the result of an item that ended the process it was worked on in, alone and not for the first time.

    `place` is that of the item among all. The local loop never gives it: there the whole process ends.
    """

    place: int


class Engine(Protocol):
    """Map, group and join."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Ended]:
        """`function` of each item, in their order. An error of `function` is raised in the place of its item."""

    def group(self, keyed: Iterable[tuple[Key, Item]]) -> Iterator[tuple[Key, list[Item]]]:
        """The items of each key, keys in order, the items of one key in theirs."""

    def join(self, items: Sequence[Key], pairs: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
        """What pairs join, directly or through others; items in their order, sets by their first."""
