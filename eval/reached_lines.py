"""A plugin of pytest for `mutants.py`: which lines of the program each test runs, and how many seconds it takes.

    PYTHONPATH=src:eval python -m pytest -p reached_lines --reached-lines FILE --reached-in src/tellings/across

Written is a JSON object: each test function (all rows of its table together) with `seconds` and `lines`, the numbers of
the lines by file. What a fixture shared between tests runs is counted for every test that asks for it; what is kept by
a cache is made anew for each test where the test keeps it, for each file of tests where the program does. What runs in
another process is not seen.
"""

from __future__ import annotations

import functools
import gc
import json
import sys
import time
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--reached-lines", type=Path, help="file to write")
    parser.addoption("--reached-in", nargs="+", type=Path, default=[], help="folders or files that are watched")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Watch(config.getoption("--reached-in"), config.getoption("--reached-lines")))


class _Watch:
    def __init__(self, rooms: list[Path], written: Path) -> None:
        self.rooms = tuple(str(room.resolve()) for room in rooms)
        self.written = written
        self.watched: dict[str, bool] = {}
        self.now: set[tuple[str, int]] = set()
        self.of_fixtures: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self.of_tests: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self.seconds: dict[str, float] = defaultdict(float)
        self.file: Path | None = None

    def _called(self, frame: FrameType, event: str, argument: Any) -> Any:
        name = frame.f_code.co_filename
        if name not in self.watched:
            self.watched[name] = name.startswith(self.rooms)
        return self._stepped if self.watched[name] else None

    def _stepped(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            self.now.add((frame.f_code.co_filename, frame.f_lineno))
        return self._stepped

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: pytest.FixtureRequest) -> Generator[None, Any, Any]:
        before, self.now = self.now, set()
        try:
            return (yield)
        finally:
            if fixturedef.scope != "function":
                self.of_fixtures[fixturedef.argname] |= self.now
            self.now |= before

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        _forget("test_" if item.path == self.file else ("test_", "tellings"))
        self.file, self.now = item.path, set()
        began = time.process_time()
        sys.settrace(self._called)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            test = item.nodeid.partition("[")[0]
            self.seconds[test] += time.process_time() - began
            self.of_tests[test] |= self.now
            for fixture in getattr(item, "fixturenames", ()):
                self.of_tests[test] |= self.of_fixtures[fixture]

    def pytest_sessionfinish(self) -> None:
        told = {}
        for test, reached in self.of_tests.items():
            lines: dict[str, list[int]] = defaultdict(list)
            for file, line in sorted(reached):
                lines[file].append(line)
            told[test] = {"seconds": self.seconds[test], "lines": lines}
        self.written.write_text(json.dumps(told), encoding="utf-8")


def _forget(modules: str | tuple[str, ...]) -> None:
    """Empty the caches of functions in these modules."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and str(each.__module__).startswith(modules):
            each.cache_clear()
