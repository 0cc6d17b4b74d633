"""Whether a record still holds against its sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePath

from tellings.edge.readers import read_paths
from tellings.library.records import load
from tellings.model.record import Record
from tellings.model.records import Document, Problem
from tellings.tell.verify import Verification
from tellings.tell.verify import verify as check


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of `verify`: the check, and what could not be read of the sources."""

    verification: Verification
    problems: tuple[Problem, ...]


def verify(path: str | Path, *sources: str | Path) -> Verified:
    """Check every line of the record at `path` against its sources.

    Without `sources` the paths kept in the record are looked for, from the working directory and from the
    record's own. Tellings are found by name, those renamed since by digest.

    Raises:
        OSError, RecordFormatError: as for `load`.
    """
    record = load(path)
    wanted = list(sources) or _recorded_sources(record, Path(path))
    documents, problems = read_paths(wanted) if wanted else ((), ())
    return Verified(check(record, _match(record, documents)), tuple(p for p in problems if p.lost))


def _recorded_sources(record: Record, path: Path) -> list[str | Path]:
    found: list[str | Path] = []
    for origin in dict.fromkeys(telling.origin for telling in record.tellings):
        for base in (Path(), path.parent):
            if (base / origin).is_file():
                found.append(base / origin)
                break
    return found


def _match(record: Record, documents: tuple[Document, ...]) -> dict[str, str]:
    """Telling label → source characters: by digest, else by the path it came from, else by name, else by the last
    part of the name where only one source has it."""
    by_digest = {document.view.source.digest: document for document in documents}
    by_path = {_path(document.origin, document.name): document for document in documents}
    lasts = Counter(document.name.rsplit("/", 1)[-1] for document in documents)
    by_name: dict[str, Document] = {}
    for document in documents:
        by_name.setdefault(document.name, document)
        last = document.name.rsplit("/", 1)[-1]
        if lasts[last] == 1:
            by_name.setdefault(last, document)
        else:
            by_name.pop(last, None)
    matched = {}
    for telling in record.tellings:
        last = telling.name.rsplit("/", 1)[-1]
        path = _path(telling.origin, telling.name)
        found = by_digest.get(telling.digest) or by_path.get(path) or by_name.get(telling.name) or by_name.get(last)
        if found is not None:
            matched[telling.label] = found.view.source.content
    return matched


def _path(origin: str, name: str) -> tuple[str, str]:
    """What tells sources apart: the file, and the line or place in it."""
    return PurePath(origin).as_posix(), name.partition("#")[2]
