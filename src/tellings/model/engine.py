"""What an engine does: the same work on many items, however many processes or machines do it.

The plain loop in one process (`edge/engine/local.py`) is the meaning: every engine gives the same results in the same
order. What is worked on is pickled where it goes elsewhere: functions of a module, frozen records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, runtime_checkable

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Ended:
    """Stands for the result of an item that ended the process it was worked on in, alone and not for the first time.

    `place` is that of the item among all. The local loop never gives it: there the whole process ends.
    """

    place: int


class Engine(Protocol):
    """Work over many items."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Ended]:
        """`function` of each item, in their order. An error of `function` is raised in the place of its item."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What is known of a function whose results are worth keeping: its `name`, the type `of` a result (for
    `msgspec.json.decode`), and which results `hold` the next time, too."""

    name: str
    of: Any
    holds: Callable[[Any], bool]


@runtime_checkable
class Kept(Protocol):
    """A function that says what is known of its results; `None` where they are not worth keeping."""

    @property
    def stage(self) -> Stage | None:
        """What is known of its results."""
