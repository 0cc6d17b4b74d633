"""A draft held against tellings: which of its quotations, names and values they bear out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tellings import pipeline
from tellings.edge.engine import Engine, Pool
from tellings.edge.readers.footnotes import without_footnotes
from tellings.edge.readers.lined import lined
from tellings.library.annotate import each, worth
from tellings.library.inputs import Fields, NothingReadError, Progress, documents_of
from tellings.library.kept_findings import with_kept
from tellings.library.records import WITHIN
from tellings.model.collecting import seldom_collecting
from tellings.model.records import STORY_KINDS, Document, DocumentDate, Problem, Telling
from tellings.model.report import Report
from tellings.tell.checking import report


def check(
    *drafts: str | Path,
    against: Sequence[str | Path],
    stdin: bytes | None = None,
    fields: Fields | None = None,
    dct: date | None = None,
    jobs: int | Engine = 1,
    progress: Progress | None = None,
) -> tuple[Report, ...]:
    """What the articles at `against` bear out of each draft: quotations, who says them, names, numbers and days.

    A draft is no telling: it is held against the articles, never counted among them, though it lie in their folder.

    Args:
        drafts: Files or directories, or "-" for `stdin`.
        against: The articles, as for `read`.
        stdin: Bytes for "-", of a draft or of articles.
        fields: As for `read`.
        dct: Document creation time of the drafts, from which "yesterday" counts; by default what each tells of itself.
        jobs: Worker processes, or an engine; the result is the same for any number.
        progress: Called as the work goes on.

    Raises:
        NothingReadError: no draft, or no article, could be read; names each input and the remedy.
    """
    from tellings import __version__

    given, problems = documents_of(drafts, stdin, progress, fields)
    given, problems = _as_wholes(given, problems)
    documents, troubles = _beside(given, *documents_of(against, stdin, progress, fields))
    lines = frozenset(document.id for document in given if lined(document, stdin))
    given = tuple(without_footnotes(each) if each.id in lines else each for each in given)
    if dct is not None:
        given = tuple(replace(document, date=DocumentDate(dct, "given", "given")) for document in given)
    found, stumbles = _looked_at(given, documents, with_kept(against, jobs), progress)
    if progress:
        progress("checking", 0, len(given))
    with seldom_collecting():
        checked = pipeline.checked(found[: len(given)], found[len(given) :], (*problems, *troubles, *stumbles))
        return tuple(report(one, version=__version__, lined=one.document.id in lines) for one in checked)


def _as_wholes(
    drafts: Sequence[Document], problems: Sequence[Problem]
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The drafts, each page on which no article was told apart as one from top to bottom (what an editor is given may
    have no more than its text), without the words on that."""
    bare = {each.id for each in drafts if each.hints and not any(hint.kind in STORY_KINDS for hint in each.hints)}
    wholes = tuple(
        replace(each, hints=tuple(replace(hint, kind="paragraph") for hint in each.hints)) if each.id in bare else each
        for each in drafts
    )
    named = {name for each in drafts if each.id in bare for name in (each.name, each.origin)}
    return wholes, tuple(each for each in problems if each.kind != "no-article" or each.place not in named)


def _looked_at(
    drafts: Sequence[Document], articles: Sequence[Document], jobs: int | Engine, progress: Progress | None
) -> tuple[tuple[Telling, ...], tuple[Problem, ...]]:
    """What is found within drafts, and behind them within articles.

    Where several processes are worth it, a draft is looked at in this one first: what it takes to look, patterns above
    all, is made once, and lies ready in those that are forked from here.
    """
    here = drafts[:1] if isinstance(jobs, int) and isinstance(worth(jobs, articles), Pool) else ()
    first, troubles = each(here, WITHIN)
    found, stumbles = each((*drafts[len(here) :], *articles), WITHIN, jobs=jobs, progress=progress)
    return (*first, *found), (*troubles, *stumbles)


def _beside(
    drafts: Sequence[Document], documents: Sequence[Document], problems: Sequence[Problem]
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The articles that are of no file of a draft, or a draft would bear itself out; and a word on those left out."""
    files = {os.path.realpath(each.origin) for each in drafts}
    own = {origin for origin in {each.origin for each in documents} if os.path.realpath(origin) in files}
    kept = tuple(each for each in documents if each.origin not in own)
    message, remedy = "a draft: not counted among the articles", "nothing to do" if kept else "give the articles too"
    said = (*problems, *(Problem(origin, "left-out", message, remedy, lost=False) for origin in sorted(own)))
    if not kept:
        raise NothingReadError(said)
    return kept, said
