"""What stands in each article by itself: its time expressions, its quotations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from tellings import pipeline
from tellings.edge.engine import Engine
from tellings.library.annotate import Look, each
from tellings.library.inputs import Fields, Progress, documents_of
from tellings.model.records import Document, DocumentDate, Problem, Timex
from tellings.tell.quotations import Quotation, quotations


@dataclass(frozen=True, slots=True)
class Timed:
    """What `times` found, article by article, and what was wrong with the inputs."""

    articles: tuple[tuple[Document, tuple[Timex, ...]], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """What `quotes` found, article by article, and what was wrong with the inputs."""

    articles: tuple[tuple[Document, tuple[Quotation, ...]], ...]
    problems: tuple[Problem, ...]


def times(
    *paths: str | Path,
    dct: date | None = None,
    country: str | None = None,
    stdin: bytes | None = None,
    fields: Fields | None = None,
    jobs: int | Engine = 1,
    progress: Progress | None = None,
) -> Timed:
    """The time expressions of each article at `paths`.

    Args:
        paths: As for `read`.
        dct: Document creation time of all of them; by default what each tells of itself.
        country: Publisher's country (ISO 3166-1 alpha-2); by default that of each article's address.
        stdin: Bytes for "-".
        fields: As for `read`.
        jobs: Worker processes, or an engine; the result is the same for any number.
        progress: Called as the work goes on.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
    """
    documents, problems = documents_of(paths, stdin, progress, fields)
    if dct is not None:
        documents = tuple(replace(document, date=DocumentDate(dct, "given", "given")) for document in documents)
    look = Look(partial(_timed, country=country), _nothing)
    found, stumbles = each(documents, look, jobs=jobs, progress=progress)
    return Timed(tuple(zip(documents, found, strict=True)), (*problems, *stumbles))


def quotes(
    *paths: str | Path,
    model: bool = False,
    stdin: bytes | None = None,
    fields: Fields | None = None,
    jobs: int | Engine = 1,
    progress: Progress | None = None,
) -> Quoted:
    """The quotations of each article at `paths`, as `tellings.quotes.find` gives them: those that a record of the
    article has, and with `model` what only the trained model finds, as unsure.
    Other arguments as for `times`.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
    """
    documents, problems = documents_of(paths, stdin, progress, fields)
    found, stumbles = each(documents, Look(partial(_quoted, model=model), _nothing), jobs=jobs, progress=progress)
    return Quoted(tuple(zip(documents, found, strict=True)), (*problems, *stumbles))


def _timed(document: Document, country: str | None) -> tuple[Timex, ...]:
    return pipeline.timed(document, country)


def _quoted(document: Document, model: bool) -> tuple[Quotation, ...]:
    return quotations(pipeline.spoken(document, model=model))


def _nothing(document: Document) -> tuple[()]:
    return ()
