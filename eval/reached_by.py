"""Which tests run a line of the program, as `reached_lines.py` saw it, kept until the program or the tests change."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

#: What the lines that a test runs depend on, beside its own file.
_PROGRAM = ("src", "examples", "tests")


@dataclass(frozen=True)
class Reached:
    """The tests by file and line, the seconds that each takes, how soon each may tell of a fault, and those that fail
    as the program is."""

    lines: dict[str, dict[int, set[str]]]
    seconds: dict[str, float]
    sooner: dict[str, float]
    failing: list[str]

    @classmethod
    def by_tests_of(cls, copy: Path, kept: Path, files: Sequence[str] | None = None, jobs: int = 1) -> Reached:
        """What the tests of a checkout run, all or those in `files` ("tests/test_x.py"), in `jobs` processes.

        Only files of tests that are not in `kept` as they are now are run, all of them once the program has changed.
        `RuntimeError` where they cannot be run at all.
        """
        program = _digest(each for room in _PROGRAM for each in (copy / room).rglob("*") if not _is_of_tests(each))
        found: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        known: dict[str, Any] = found["files"] if found.get("program") == program else {}
        wanted = files or sorted(f"tests/{file.name}" for file in (copy / "tests").glob("test_*.py"))
        digests = {file: _digest([copy / file]) for file in wanted}
        stale = [file for file, digest in digests.items() if known.get(file, {}).get("digest") != digest]
        if stale:
            told = _told(copy, stale, jobs)
            for file in stale:
                tests = {test: seen for test, seen in told.items() if test.partition("::")[0] == file}
                known[file] = {"digest": digests[file], "tests": tests}
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(json.dumps({"program": program, "files": known}), encoding="utf-8")
        return cls._of({test: seen for file in wanted for test, seen in known[file]["tests"].items()})

    @classmethod
    def _of(cls, tests: dict[str, Any]) -> Reached:
        lines: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for test, seen in tests.items():
            for file, numbers in seen["lines"].items() if seen["passed"] else ():
                for number in numbers:
                    lines[file][number].add(test)
        seconds = {test: seen["seconds"] for test, seen in tests.items()}
        # A test fails at its first row that does; and it asks the more of a line the fewer others it runs.
        sooner = {
            test: seen["seconds"] / seen["rows"] * sum(map(len, seen["lines"].values())) for test, seen in tests.items()
        }
        return cls(lines, seconds, sooner, [test for test, seen in tests.items() if not seen["passed"]])

    def tests(self, file: str, lines: Iterable[int] | None) -> list[str]:
        """The tests that run one of these lines of a file of the program, or any of it: those first that are quick, and
        run little beside this file, for they ask most of it."""
        known = self.lines.get(file, {})
        found = {test for line in (known if lines is None else lines) for test in known.get(line, ())}
        of_file = Counter(test for tests in known.values() for test in tests)
        return sorted(found, key=lambda test: (self.sooner[test] / of_file[test], test))

    def first(self, tests: Sequence[str], most: float) -> Sequence[str]:
        """The first of some tests, which take `most` seconds together."""
        return tests[: bisect_right(list(accumulate(self.seconds[test] for test in tests)), most)]


def surroundings(copy: Path) -> dict[str, str]:
    """The environment of tests in a checkout. Laws try the same examples each time, so that no chance decides."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (copy / "src", copy / "eval"))), "CI": "true"}


def _told(copy: Path, files: Sequence[str], jobs: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="tellings-reached-") as folder:
        words = [sys.executable, "-m", "pytest", "--rootdir", str(copy), "-q", "-p", "no:cacheprovider"]
        words += ["-m", "not browser", "-o", "faulthandler_timeout=0"]
        words += ["-n", str(jobs), "--dist", "loadfile"] if jobs > 1 else []
        words += ["-p", "reached_lines", "--reached-lines", folder, "--reached-in", str(copy / "src" / "tellings")]
        words += ["--", *files]
        done = subprocess.run(words, cwd=copy, env=surroundings(copy), capture_output=True, text=True)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"the tests do not run: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        told = {}
        for written in Path(folder).glob("*.json"):
            told.update(json.loads(written.read_text(encoding="utf-8")))
    for seen in told.values():
        seen["lines"] = {str(Path(file).relative_to(copy.resolve())): lines for file, lines in seen["lines"].items()}
    return told


def _is_of_tests(file: Path) -> bool:
    return file.name.startswith("test_")


def _digest(files: Iterable[Path]) -> str:
    told = hashlib.sha256()
    for file in sorted(files):
        if file.is_file() and "__pycache__" not in file.parts:
            told.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return told.hexdigest()
