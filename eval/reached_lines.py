"""A plugin of pytest for `mutants.py`: which lines of the program each test runs, and how many seconds it takes.

    PYTHONPATH=src:eval python -m pytest -n 2 --dist loadfile \\
        -p reached_lines --reached-lines FOLDER --reached-in src/tellings/across -- tests

Each process of tests writes a file into the folder, a JSON object: each test function (all rows of its table together)
with `passed`, `rows`, `seconds` and `lines`, the numbers of the lines by file. What a fixture shared between tests runs
is counted for every test that asks for it; what is kept by a cache is made anew for each test where the tests keep it,
for each file of tests where the program does. What runs in another process is not seen.
"""

from __future__ import annotations

import functools
import gc
import json
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Iterable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--reached-lines", type=Path, help="folder to write into")
    parser.addoption("--reached-in", nargs="+", type=Path, default=[], help="folders or files that are watched")


def pytest_configure(config: pytest.Config) -> None:
    process = getattr(config, "workerinput", {}).get("workerid", "alone")
    if process == "alone" and getattr(config.option, "numprocesses", None):
        return  # the tests run in processes of their own
    written = config.getoption("--reached-lines") / f"{process}.json"
    config.pluginmanager.register(_Watch(config.getoption("--reached-in"), written))


class _Watch:
    def __init__(self, rooms: list[Path], written: Path) -> None:
        self.rooms = tuple(str(room.resolve()) for room in rooms)
        self.written = written
        self.watched: dict[str, bool] = {}
        self.now: set[tuple[str, int]] = set()
        self.of_fixtures: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self.of_tests: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self.seconds: dict[str, float] = defaultdict(float)
        self.rows: dict[str, int] = defaultdict(int)
        self.passed: dict[str, bool] = {}
        self.file: Path | None = None
        self.caches_of_tests: list[Any] = []

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
        self._forget(item.path)
        self.now = set()
        began = time.perf_counter()
        sys.settrace(self._called)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            test = _function(item.nodeid)
            self.rows[test] += 1
            self.seconds[test] += time.perf_counter() - began
            self.of_tests[test] |= self.now
            for fixture in getattr(item, "fixturenames", ()):
                self.of_tests[test] |= self.of_fixtures[fixture]

    def _forget(self, file: Path) -> None:
        if file != self.file:  # what a test keeps is defined by now: all modules of tests are loaded
            self.file = file
            caches = [each for each in gc.get_objects() if type(each) is functools._lru_cache_wrapper]
            _clear(each for each in caches if str(each.__module__).startswith("tellings"))
            self.caches_of_tests = [each for each in caches if _is_of_tests(str(each.__module__))]
        _clear(self.caches_of_tests)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        test = _function(report.nodeid)
        self.passed[test] = self.passed.get(test, True) and not report.failed

    def pytest_sessionfinish(self) -> None:
        told = {}
        for test, reached in self.of_tests.items():
            lines: dict[str, list[int]] = defaultdict(list)
            for file, line in sorted(reached):
                lines[file].append(line)
            seconds = round(self.seconds[test], 3)
            told[test] = {"passed": self.passed[test], "rows": self.rows[test], "seconds": seconds, "lines": lines}
        self.written.write_text(json.dumps(told), encoding="utf-8")


def _function(test: str) -> str:
    """The function of a test, without the row of its table."""
    return test.partition("[")[0]


def _is_of_tests(module: str) -> bool:
    return Path(getattr(sys.modules.get(module), "__file__", None) or "").parent.name == "tests"


def _clear(caches: Iterable[Any]) -> None:
    for each in caches:
        each.cache_clear()
