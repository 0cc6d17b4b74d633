"""Engines: ways to do work over many items. All give the same results in the same order (`model/engine.py`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tellings.edge.engine.local import Local
from tellings.edge.engine.pool import Pool
from tellings.edge.engine.stages import Stages
from tellings.model.engine import Ended, Engine, Item, Result

__all__ = ["Ended", "Engine", "Local", "Pool", "Stages", "engine", "processes"]


def engine(jobs: int) -> Engine:
    """The engine for so many worker processes; for one or none, the loop in this process."""
    return Pool(jobs) if jobs > 1 else Local()


def processes(jobs: int) -> Callable[[Callable[[Item], Result], Iterable[Item]], Iterator[Result | Ended]]:
    """The `map` of the engine for so many worker processes."""
    return engine(jobs).map
