"""From paths to documents, and the stop where none could be read.

A path may be a library: all of its tellings, or "FILE#STORY" those of one story.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tellings.edge.readers import read_paths
from tellings.edge.store.database import StoreError, is_library
from tellings.edge.store.reading import documents_in
from tellings.model.records import Document, Problem

#: Called with (stage, done, all): stage is "reading", "annotating" or "relating".
Progress = Callable[[str, int, int], None]


class NothingReadError(ValueError):
    """None of the inputs gave a telling; `problems` says why, input by input."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.place}: {p.message}" for p in problems) or "no input was given")
        self.problems = problems


def documents_of(
    paths: Sequence[str | Path], stdin: bytes | None = None, progress: Progress | None = None
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents at `paths`, and what could not be read as it stands.

    Raises:
        NothingReadError: there is no document; names each input and the remedy.
    """
    report = None if progress is None else lambda done, total: progress("reading", done, total)
    files = [path for path in paths if _library(path) is None]
    documents, problems = read_paths(files, stdin=stdin, progress=report) if files or not paths else ((), ())
    for path in dict.fromkeys(library for path in paths if (library := _library(path)) is not None):
        try:
            kept = documents_in(*path)
        except StoreError as error:
            problems = (*problems, Problem(str(path[0]), "unreadable", str(error), "", lost=True))
        else:
            documents = (*documents, *(each for each in kept if each.id not in {one.id for one in documents}))
    if not documents:
        raise NothingReadError(problems)
    return tuple(sorted(documents, key=lambda document: document.name)), problems


def _library(path: str | Path) -> tuple[Path, str | None] | None:
    """The library that `path` names, and the story of it; `None` where it names none."""
    file, _, story = str(path).rpartition("#")
    for name, of in ((str(path), None), (file, story)):
        try:
            if name and Path(name).is_file() and is_library(name):
                return Path(name), of
        except (OSError, ValueError):
            continue
    return None
