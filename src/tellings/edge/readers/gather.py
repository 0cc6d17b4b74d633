"""Which files there are: paths, folders and standard input, in an order of their own."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tellings.model.records import Problem

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file to read: `name` is what it is called from now on, `origin` the path as given."""

    name: str
    origin: str
    named: bool = True  # given by name, not met in a folder


def gather(paths: Sequence[str | Path]) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """All files under `paths`, sorted by name, each once; and what is no file.

    A file is named by its bare name, one in a folder by its path from that folder, with "/". Hidden
    files and folders (".…") inside a folder are passed over; links to folders are not followed, so
    that loops cannot be.
    """
    found: dict[str, Found] = {}
    problems: list[Problem] = []
    for path in sorted({str(path) for path in paths}):
        if path == STANDARD_INPUT:
            found[path] = Found(path, path)
            continue
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116 - Path drops "./" and cannot hold every name
        except (OSError, ValueError) as error:
            problems.append(unreadable(path, _reason(error), "see whether the path is right"))
            continue
        if stat.S_ISDIR(mode):
            entries = list(_walk(path, problems))
            if not entries:
                problems.append(
                    Problem(path, "empty", "no files in this folder", "see whether the path is right", lost=False)
                )
        elif stat.S_ISREG(mode):
            entries = [Found(Path(path).name, path)]
        else:
            problems.append(unreadable(path, "neither a file nor a folder", 'give its content on standard input ("-")'))
            continue
        for entry in entries:
            key = os.path.abspath(entry.origin)  # noqa: PTH100 - links are kept apart
            found[key] = min(found.get(key, entry), entry)
    return tuple(sorted(found.values())), tuple(problems)


def unreadable(place: str, reason: str, remedy: str) -> Problem:
    """A file that cannot be read at all."""
    return Problem(printable(place), "unreadable", reason, remedy, lost=True)


def printable(name: str) -> str:
    """A file name that can be written out: bytes that are no UTF-8 are shown as U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walk(folder: str, problems: list[Problem]) -> Iterator[Found]:
    def refuse(error: OSError) -> None:
        problems.append(unreadable(str(error.filename), _reason(error), "see its permissions"))

    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith("."):
                continue
            path = os.path.join(root, name)  # noqa: PTH118
            try:
                regular = stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116
            except (OSError, ValueError) as error:
                problems.append(unreadable(path, _reason(error), "see whether the link leads anywhere"))
                continue
            if not regular:
                problems.append(unreadable(path, "not a regular file", "take it out of the folder"))
                continue
            yield Found(os.path.relpath(path, folder).replace(os.sep, "/"), path, named=False)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
