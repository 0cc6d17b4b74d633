"""Engines: ways to do work over many items. All give the same results in the same order (`model/engine.py`)."""

from __future__ import annotations

from tellings.edge.engine.local import Local
from tellings.edge.engine.pool import Pool
from tellings.edge.engine.stages import StageFileError, Stages
from tellings.model.engine import Ended, Engine, Stage

__all__ = ["Ended", "Engine", "Local", "Pool", "Stage", "StageFileError", "Stages", "engine"]


def engine(jobs: int) -> Engine:
    """The engine for so many worker processes; for one or none, the loop in this process."""
    return Pool(jobs) if jobs > 1 else Local()
