"""The sources of a record as they are now: found where it says they were, or among files that are given."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tellings.edge.readers.gather import STANDARD_INPUT
from tellings.edge.readers.names import path_of, printable
from tellings.edge.readers.naming import FieldsError, Named, named
from tellings.edge.store.database import StoreError
from tellings.edge.store.reading import KeptText, earlier_in
from tellings.edge.writers.json import RecordFormatError
from tellings.library.inputs import library_at, whatever_at
from tellings.model.record import Record, TellingLine
from tellings.model.records import Document, Problem


@dataclass(frozen=True, slots=True)
class Sources:
    """Telling label → its document as read now, and what was wrong with the files.

    `elsewhere` are labels of tellings whose document was not read where the record says it was, and `given` says
    whether the files were given, so that this means nothing. `others` are documents that are no telling of the record,
    and `whole` says whether all that the record was made from was read for them. `earlier` are the texts that
    tellings had before, by label, of those that a library that is given keeps.
    """

    documents: dict[str, Document]
    problems: tuple[Problem, ...]
    elsewhere: tuple[str, ...]
    given: bool
    others: tuple[Document, ...]
    whole: bool
    earlier: dict[str, tuple[KeptText, ...]]

    @property
    def contents(self) -> dict[str, str]:
        """Telling label → the characters of its source."""
        return {label: document.view.source.content for label, document in self.documents.items()}


def sources_of(record: Record, folder: Path, paths: Sequence[str | Path], *, whole: bool = False) -> Sources:
    """The sources of `record` at `paths`; without any, where the record says they were, from the working directory and
    from `folder`, its own. `whole`: all that the record was made from, where that is there, not these alone."""
    places = {} if paths else dict(_recorded(record, folder))
    given = _given(record, folder) if whole and not paths else []
    wanted = list(paths) or given or list(_to_read(record, places, folder))
    documents, problems = whatever_at(wanted, fields=_fields(record))
    matched = _match(record, documents, places)
    elsewhere = [
        telling.label
        for telling in record.tellings
        if (found := matched.get(telling.label)) is not None
        and not (telling.label in places and _same_file(found, places[telling.label]))
    ]
    known = {id(document) for document in matched.values()}
    others = tuple(document for document in documents if id(document) not in known)
    return Sources(matched, problems, tuple(elsewhere), bool(paths), others, bool(given), _earlier(record, paths))


def _earlier(record: Record, paths: Sequence[str | Path]) -> dict[str, tuple[KeptText, ...]]:
    found: dict[str, tuple[KeptText, ...]] = {}
    for path in paths:
        if (library := library_at(path)) is not None:
            try:
                found |= earlier_in(library[0], {telling.digest for telling in record.tellings})
            except StoreError:
                continue  # that it cannot be read is said of what is read of it
    return {telling.label: found[telling.digest] for telling in record.tellings if telling.digest in found}


def _fields(record: Record) -> Named:
    """The fields that were named when the record was made. Raises RecordFormatError where they are none."""
    try:
        return named(record.given.fields if record.given else ())
    except FieldsError as error:
        raise RecordFormatError(str(error)) from error


# ---- where they were ---------------------------------------------------------------------


def _recorded(record: Record, folder: Path) -> Iterator[tuple[str, str]]:
    """Label and path of each source that is where the record says."""
    for telling in record.tellings:
        path = _existing(telling.origin, folder)
        if path is not None:
            yield telling.label, path


def _given(record: Record, folder: Path) -> list[str]:
    """What was given to make `record`, where all of it is there; else nothing."""
    paths = record.given.paths if record.given else ()
    found = [path for given in paths if (path := _existing(given, folder, os.path.exists)) is not None]
    return found if len(found) == len(paths) else []


def _existing(
    origin: str,
    folder: Path,
    is_there: Callable[[str], bool] = os.path.isfile,
) -> str | None:
    """The file that `origin` names, from the working directory or from `folder`."""
    if not origin or origin == STANDARD_INPUT:
        return None
    for base in ("", str(folder)):
        path = os.path.join(base, path_of(origin))  # noqa: PTH118 - Path cannot hold every name
        try:
            if is_there(path):
                return path
        except ValueError:  # a NUL in it
            return None
    return None


def _to_read(record: Record, places: dict[str, str], folder: Path) -> Iterator[str]:
    """The files at `places`, or the folders that were given for them, so that they have the names they had; and the
    files in which something could not be read."""
    roots = {
        telling.label: _root(telling, places[telling.label]) for telling in record.tellings if telling.label in places
    }
    for label, path in places.items():
        yield roots[label] or path
    for problem in record.problems:
        file = problem.place.partition("#")[0]
        near = {os.path.dirname(path) for path in places.values()} | set(roots.values())  # noqa: PTH120
        # A file in an archive is named by the path of the archive and its own.
        files = [file, *map(str, PurePosixPath(file).parents)]
        for path in (os.path.join(root, each) for each in files for root in ("", *sorted(near))):  # noqa: PTH118
            if found := _existing(path, folder):
                yield found
                break


def _root(telling: TellingLine, path: str) -> str:
    """The folder that was given for a telling named by its path from it; empty where its name is that of its file, or
    of one in that."""
    name = PurePosixPath(telling.name.partition("#")[0])
    # Of a name in an archive the beginning is that of the archive.
    for file in (name, *name.parents):
        if f"/{telling.origin}".endswith(f"/{file}"):
            depth = len(file.parts) - 1
            return str(Path(path).parents[depth]) if depth else ""
    return ""


# ---- which is which ----------------------------------------------------------------------


def _match(record: Record, documents: Sequence[Document], places: dict[str, str]) -> dict[str, Document]:
    """Telling label → its document: by digest, else by the path it came from, else by name, else by the last part of
    the name where only one source has it. Of several with one digest, the one that lies and is named as recorded."""
    by_digest: dict[str, list[Document]] = {}
    for document in documents:
        by_digest.setdefault(document.view.source.digest, []).append(document)
    by_name: dict[str, Document] = {}
    lasts = Counter(_last(document.name) for document in documents)
    for document in documents:
        by_name.setdefault(document.name, document)
    for document in documents:
        if lasts[_last(document.name)] == 1:
            by_name.setdefault(_last(document.name), document)
    matched = {}
    for telling in record.tellings:
        place = places.get(telling.label)

        def likeness(document: Document, telling: TellingLine = telling, place: str | None = place) -> tuple[bool, ...]:
            return (
                place is not None and _same_file(document, place) and _fragment(document) == _fragment(telling),
                document.name == telling.name,
                _last(document.name) == _last(telling.name),
            )

        found = max(by_digest.get(telling.digest, ()), key=likeness, default=None)
        if found is None and place is not None:
            found = next((each for each in documents if likeness(each)[0]), None)
        found = found or by_name.get(telling.name) or by_name.get(_last(telling.name))
        if found is not None:
            matched[telling.label] = found
    return matched


def _same_file(document: Document, path: str) -> bool:
    return document.origin == printable(path) or _absolute(document.origin) == _absolute(printable(path))


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links are kept apart


def _fragment(named: Document | TellingLine) -> str:
    """The line, or the place, in a file that holds several tellings."""
    return named.name.partition("#")[2]


def _last(name: str) -> str:
    return name.rsplit("/", 1)[-1]
