"""Where the project lies, and what a call of its command line comes to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Called:
    """Exit code, standard output and standard error of one call."""

    code: int
    out: bytes
    err: str
