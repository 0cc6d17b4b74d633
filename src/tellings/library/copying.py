"""Who shares text with whom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tellings import pipeline
from tellings.edge.engine import Engine
from tellings.library.annotate import Look, each
from tellings.library.inputs import Fields, NothingReadError, Progress, documents_of
from tellings.model.records import Document, Problem, Telling
from tellings.tell.copies import Copies, SideBySide, side_by_side
from tellings.tell.copies import copies as tell_copies


def copies(
    *paths: str | Path,
    stdin: bytes | None = None,
    fields: Fields | None = None,
    jobs: int | Engine = 1,
    progress: Progress | None = None,
) -> tuple[Copies, tuple[Problem, ...]]:
    """Who shares text with whom among the articles at `paths`, and what was wrong with the inputs. Arguments as for
    `read`.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
    """
    documents, problems = documents_of(paths, stdin, progress, fields)
    tellings, stumbles = each(documents, Look(named, pipeline.unread), jobs=jobs, progress=progress)
    found = pipeline.copied(tellings, (*problems, *stumbles))
    return tell_copies(found), found.problems


def diff(
    a: str | Path, b: str | Path, *, stdin: bytes | None = None, fields: Fields | None = None
) -> tuple[SideBySide, tuple[Problem, ...]]:
    """The articles at `a` and `b` side by side, `a` on the left, and what was wrong with them.

    Raises:
        NothingReadError: one of them could not be read, or holds more than one article; names it and the remedy.
    """
    # Each is read for itself: together they would come in an order of their own, and one path given twice once.
    (first, wrong_a), (second, wrong_b) = _one(a, stdin, fields), _one(b, stdin, fields)
    if second.id == first.id:
        second = replace(second, id=f"{second.id}-2")
    tellings, stumbles = each((first, second), Look(named, pipeline.unread))
    problems = tuple(dict.fromkeys((*wrong_a, *wrong_b, *stumbles)))
    found = pipeline.copied(tellings, problems)
    return side_by_side(found, first.id, second.id), found.problems


def _one(path: str | Path, stdin: bytes | None, fields: Fields | None) -> tuple[Document, tuple[Problem, ...]]:
    """The one article at `path`. Raises NothingReadError where it is none or several."""
    documents, problems = documents_of((path,), stdin, fields=fields)
    if len(documents) != 1:
        here = ", ".join(document.name for document in documents)
        why = f"two articles stand side by side, and there are {len(documents)} in this one alone: {here}"
        remedy = "give two files with one article each"
        raise NothingReadError((*problems, Problem(str(path), "unreadable", why, remedy, lost=True)))
    return documents[0], problems


def named(document: Document) -> Telling:
    """One telling with the people it names and their quotations, by rules alone."""
    return pipeline.spoken(document, model=False)
