"""Who shares text with whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tellings import pipeline
from tellings.library.annotate import Look, each
from tellings.library.inputs import NothingReadError, Progress, documents_of
from tellings.model.records import Document, Problem, Story, Telling
from tellings.tell.copies import Copies, SideBySide, side_by_side
from tellings.tell.copies import copies as tell_copies


def copies(
    *paths: str | Path, stdin: bytes | None = None, jobs: int = 1, progress: Progress | None = None
) -> tuple[Copies, tuple[Problem, ...]]:
    """Who shares text with whom among the articles at `paths`, and what was wrong with the inputs. Arguments as for
    `read`.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
    """
    found = _copied(paths, stdin, jobs, progress)
    return tell_copies(found), found.problems


def diff(a: str | Path, b: str | Path, *, stdin: bytes | None = None) -> tuple[SideBySide, tuple[Problem, ...]]:
    """The articles at `a` and `b` side by side, and what was wrong with them.

    Raises:
        NothingReadError: one of them could not be read, or holds more than one article; names it and the remedy.
    """
    found = _copied((a, b), stdin, 1, None)
    if len(found.tellings) != 2:
        here = ", ".join(telling.document.name for telling in found.tellings)
        why = f"two articles stand side by side, and there are {len(found.tellings)} here: {here}"
        remedy = "give two files with one article each"
        raise NothingReadError((*found.problems, Problem(f"{a}, {b}", "unreadable", why, remedy, lost=True)))
    return side_by_side(found), found.problems


def _copied(paths: Sequence[str | Path], stdin: bytes | None, jobs: int, progress: Progress | None) -> Story:
    documents, problems = documents_of(paths, stdin, progress)
    tellings, stumbles = each(documents, Look(named, pipeline.unread), jobs=jobs, progress=progress)
    return pipeline.copied(tellings, (*problems, *stumbles))


def named(document: Document) -> Telling:
    """One telling with the people it names and their quotations, by rules alone."""
    return pipeline.spoken(document, model=False)
