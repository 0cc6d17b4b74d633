"""Where the project lies, its scripts as modules, what a call of its command line comes to, and how time grows."""

from __future__ import annotations

import gc
import importlib.util
import sys
import time
from collections.abc import Callable, Sized
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TypeVar

ROOT = Path(__file__).parents[1]
#: How many times its share by length a longer input may take.
GENEROUS = 2.2
#: How far beyond that no busy machine accounts for it, so that it is not measured again.
FAR = 1.5
#: Differences within so many seconds of processor time tell nothing.
NOISE = 0.02
_Given = TypeVar("_Given", bound=Sized)


@dataclass(frozen=True)
class Called:
    """Exit code, standard output and standard error of one call."""

    code: int
    out: bytes
    err: str


def script(path: str) -> ModuleType:
    """A script of the repository as a module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def grows_linearly(function: Callable[[_Given], object], small: _Given, large: _Given, noise: float = NOISE) -> bool:
    """Whether a function takes time on `large` in proportion to its length, seen from what it takes on `small`.

    It is processor time of this process that is compared, the least of several calls, and a ratio, so that neither a
    slow machine nor a busy one decides. `large` has to be so long that what grows faster than in proportion would be
    seen: with four times the length of `small` that is where this part takes more than half as much again on `small`.
    """
    most = GENEROUS * len(large) / len(small)
    for _ in range(3):
        short = min(seconds(function, small) for _ in range(2))
        long = seconds(function, large)
        if long <= most * short + noise:
            return True
        if long > FAR * (most * short + noise):
            break
    return False


def seconds(function: Callable[[_Given], object], given: _Given) -> float:
    """Processor time of one call, without the collection of garbage."""
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        function(given)
        return time.process_time() - began
    finally:
        gc.enable()
