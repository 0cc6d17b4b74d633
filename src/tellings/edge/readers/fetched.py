"""What a file's sidecar tells of it: the address that it was fetched from, and the day that a feed gave it.

When it was fetched is no day of the article.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.sidecar import SUFFIX, Sidecar, load, path_beside
from tellings.edge.readers.telling import NO_DATE, Metadata, Outcome, attested
from tellings.model.records import Attested, DocumentDate, Problem


def sidecar_of(path: str) -> Sidecar | None:
    """The sidecar of the file at `path`; `None` where it has none."""
    return None if path.endswith(SUFFIX) else load(path_beside(Path(path)))


def fetched_from(name: str, outcome: Outcome, sidecar: Sidecar, stream: BinaryIO) -> Outcome:
    """`outcome` of the file in `stream` with what its sidecar tells, where the file itself does not.

    Of a file with several tellings it tells nothing of any.
    """
    problems = outcome.problems
    stream.seek(0)
    if outcome.tellings and file_digest(stream, "sha256").hexdigest() != sidecar.digest:  # type: ignore[arg-type]
        problems = (*problems, _changed(name))
    if len(outcome.tellings) != 1:
        return replace(outcome, problems=problems)
    (read,) = outcome.tellings
    told = Metadata(url=attested(sidecar.final, "fetched from"))
    if (url := read.metadata.url) is not None:
        read = replace(read, metadata=replace(read.metadata, url=_whole(url, sidecar.final)))
    if read.metadata.date.rule == NO_DATE.rule and sidecar.item is not None:
        told = replace(told, date=_date(sidecar.item.published))
    read = replace(read, metadata=read.metadata.over(told))
    return replace(outcome, tellings=(read,), problems=problems)


def _whole(url: Attested, base: str) -> Attested:
    """An address that the page gives of itself, made whole where it is relative to where the page was."""
    try:
        return replace(url, value=urljoin(base, url.value))
    except ValueError:
        return url


def _date(published: str) -> DocumentDate:
    """The day that a feed gave; none where it gave none that can be read."""
    try:
        return DocumentDate(parse_date(published), f"feed: {published}"[:100], "feed") if published else NO_DATE
    except DateError:
        return NO_DATE


def _changed(name: str) -> Problem:
    return Problem(
        name,
        "malformed",
        "it is not as it was fetched: its bytes have changed since",
        "nothing to do, unless nobody was meant to change it; tellings fetch --again gets it once more",
        lost=False,
    )
