"""Which files were read, so that a folder that grows costs what is new in it: their state when they were read, and how
many articles they held."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from tellings.edge.readers.gather import STANDARD_INPUT, Found
from tellings.edge.readers.sidecar import path_beside
from tellings.model.records import Problem

#: A file that was written so shortly ago (seconds) may be written again without its time telling it.
_RECENT = 2.0


class FilesRead:
    """What is known of files, and what is seen of those that are read now, by a program and with fields that are both
    told in `how`: read otherwise, a file may hold something else."""

    def __init__(self, connection: sqlite3.Connection, how: str) -> None:
        self._how = how
        self._known: dict[str, tuple[str, int]] = {
            path: (state, articles)
            for path, state, articles in connection.execute("SELECT path, state, articles FROM files_read")
        }
        self._seen: dict[str, tuple[str, str]] = {}
        #: Articles of files that were passed over, and whether there was such a file.
        self.passed, self.any_passed = 0, False

    def is_known(self, file: Found) -> bool:
        """Whether a file that is to be read is as it was when it was read; its articles are counted then."""
        if file.path == STANDARD_INPUT or (state := self._state(file.path)) is None:
            return False
        path = os.path.abspath(file.path)  # noqa: PTH100 - links are kept apart
        known, articles = self._known.get(path, ("", 0))
        if state == known:
            self.passed, self.any_passed = self.passed + articles, True
            return True
        self._seen[path] = (state, file.name)
        return False

    def keep(self, connection: sqlite3.Connection, articles: Sequence[str], problems: Sequence[Problem]) -> None:
        """Remember the files that were read: `articles` are the names of what they held. One with a problem is read
        again, so that the problem is told again."""
        held: dict[str, int] = {}
        for name in articles:
            held[name] = held.get(name, 0) + 1
        counted = _by_file(held, {name for _, name in self._seen.values()})
        troubled = _by_file({problem.place: 1 for problem in problems}, {name for _, name in self._seen.values()})
        connection.executemany(
            "INSERT INTO files_read VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET state = excluded.state, articles = excluded.articles",
            [
                (path, state, counted.get(name, 0))
                for path, (state, name) in sorted(self._seen.items())
                if name not in troubled and _can_be_held(path)
            ],
        )

    def _state(self, path: str) -> str | None:
        """Size and time of a file and of its sidecar; `None` where that does not tell whether it is the same."""
        told = []
        for each in (path, str(path_beside(Path(path)))):
            try:
                found = os.stat(each)  # noqa: PTH116 - Path cannot hold every name
            except (OSError, ValueError):
                told.append("")
                continue
            if time.time() - found.st_mtime < _RECENT:
                return None
            told.append(f"{found.st_size}:{found.st_mtime_ns}")
        return "|".join([*told, self._how]) if told[0] else None


def forget(connection: sqlite3.Connection) -> None:
    """Forget which files were read: the next addition reads all of them."""
    connection.execute("DELETE FROM files_read")


def _by_file(places: dict[str, int], files: set[str]) -> dict[str, int]:
    """Counts by place (a file, "FILE#LINE", "ARCHIVE/FILE") as counts by file."""
    found: dict[str, int] = {}
    for place, number in places.items():
        name = place if place in files else place.partition("#")[0]
        while name and name not in files:
            name = name.rpartition("/")[0]
        if name:
            found[name] = found.get(name, 0) + number
    return found


def _can_be_held(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
