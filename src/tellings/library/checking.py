"""A draft held against tellings: which of its quotations, names and values they bear out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tellings import pipeline
from tellings.edge.engine import Engine
from tellings.edge.readers.footnotes import without_footnotes
from tellings.edge.readers.lined import lined
from tellings.library.annotate import each
from tellings.library.inputs import Progress, documents_of
from tellings.library.records import WITHIN
from tellings.model.collecting import seldom_collecting
from tellings.model.records import DocumentDate
from tellings.model.report import Report
from tellings.tell.checking import report


def check(
    *drafts: str | Path,
    against: Sequence[str | Path],
    stdin: bytes | None = None,
    dct: date | None = None,
    jobs: int | Engine = 1,
    progress: Progress | None = None,
) -> tuple[Report, ...]:
    """What the articles at `against` bear out of each draft: quotations, who says them, names, numbers and days.

    A draft is no telling: it is held against the articles, never counted among them.

    Args:
        drafts: Files or directories, or "-" for `stdin`.
        against: The articles, as for `read`.
        stdin: Bytes for "-", of a draft or of articles.
        dct: Document creation time of the drafts, from which "yesterday" counts; by default what each tells of itself.
        jobs: Worker processes, or an engine; the result is the same for any number.
        progress: Called as the work goes on.

    Raises:
        NothingReadError: no draft, or no article, could be read; names each input and the remedy.
    """
    from tellings import __version__

    given, problems = documents_of(drafts, stdin, progress)
    lines = frozenset(document.id for document in given if lined(document, stdin))
    given = tuple(without_footnotes(each) if each.id in lines else each for each in given)
    if dct is not None:
        given = tuple(replace(document, date=DocumentDate(dct, "given", "given")) for document in given)
    documents, troubles = documents_of(against, stdin, progress)
    found, stumbles = each((*given, *documents), WITHIN, jobs=jobs, progress=progress)
    if progress:
        progress("checking", 0, len(given))
    with seldom_collecting():
        checked = pipeline.checked(found[: len(given)], found[len(given) :], (*problems, *troubles, *stumbles))
        return tuple(report(one, version=__version__, lined=one.document.id in lines) for one in checked)
