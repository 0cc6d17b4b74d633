"""From paths and addresses to documents, and the stop where none could be read.

A path may be a library: all of its tellings, or "FILE#STORY" those of one story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tellings.edge.fetching import FOLDER
from tellings.edge.fetching.targets import is_address
from tellings.edge.readers import read_paths
from tellings.edge.readers.gather import Found, reason_of, unreadable
from tellings.edge.readers.naming import Named, named
from tellings.edge.store.database import StoreError, is_library
from tellings.edge.store.reading import documents_in
from tellings.model.records import Document, Problem

#: Called with (stage, done, all): stage is "waiting for another run", "fetching", "reading", "annotating" or
#: "relating".
Progress = Callable[[str, int, int], None]
#: Which fields of tables and of JSON hold what: role ("text", "date", …) → name, or names in the order in which they
#: are tried; or as the command line has it, "text=body,date=published_at".
Fields = Mapping[str, str | Sequence[str]] | Iterable[str]


class NothingReadError(ValueError):
    """None of the inputs gave a telling; `problems` says why, input by input."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.place}: {p.message}" for p in problems) or "no input was given")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Brought:
    """Paths alone, what was given as addresses fetched; and the addresses that could not be."""

    paths: Sequence[str | Path]
    problems: tuple[Problem, ...] = ()


def brought(paths: Sequence[str | Path], progress: Progress | None = None) -> Brought:
    """`paths` with a file of the folder `fetched` for each address, fetched where it is not there yet.

    Where no address is given nothing is fetched, and nothing of the network is loaded.
    """
    addresses = [str(path) for path in paths if is_address(path)]
    if not addresses:
        return Brought(paths)
    from tellings.library.fetching import LockedError, fetch  # imported late: it is seldom needed

    unkept: list[Problem] = []
    try:
        outcomes = {outcome.address: outcome for outcome in fetch(*addresses, progress=progress)}
    except LockedError as error:
        outcomes, unkept = {}, [unreadable(address, str(error), "let it end, and try again") for address in addresses]
    except OSError as error:
        reason = f"cannot be kept in {error.filename or FOLDER}: {reason_of(error)}"
        outcomes, unkept = {}, [unreadable(address, reason, "call it from another folder") for address in addresses]
    local: list[str | Path] = [path for path in paths if not is_address(path)]
    problems = list(unkept)
    for outcome in outcomes.values():
        if outcome.kept is not None:
            local.append(outcome.kept.path)
        elif outcome.refusal is not None:
            problems.append(unreadable(outcome.address, outcome.refusal.message, outcome.refusal.remedy))
    return Brought(local, tuple(problems))


def documents_of(
    paths: Sequence[str | Path] | Brought,
    stdin: bytes | None = None,
    progress: Progress | None = None,
    fields: Fields | None = None,
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents at `paths`, which may be addresses, and what could not be read as it stands.

    Raises:
        FieldsError: `fields` names something that no field can be named for.
        NothingReadError: there is no document; names each input and the remedy.
    """
    documents, problems = whatever_at(paths, stdin, progress, named(fields))
    if not documents:
        raise NothingReadError(problems)
    return documents, problems


def whatever_at(
    paths: Sequence[str | Path] | Brought,
    stdin: bytes | None = None,
    progress: Progress | None = None,
    fields: Named | None = None,
    is_known: Callable[[Found], bool] | None = None,
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents at `paths`, if any, and what could not be read as it stands. Files of which `is_known` says so are
    passed over."""
    found = paths if isinstance(paths, Brought) else brought(paths, progress)
    paths = found.paths
    report = None if progress is None else lambda done, total: progress("reading", done, total)
    libraries = {path: library for path in paths if (library := library_at(path)) is not None}
    files = [path for path in paths if path not in libraries]
    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()
    if files:
        documents, problems = read_paths(files, fields=fields, stdin=stdin, progress=report, is_known=is_known)
    known = {document.id for document in documents}
    for file, story in dict.fromkeys(libraries.values()):
        try:
            kept = documents_in(file, story)
        except StoreError as error:
            problems = (*problems, Problem(str(file), "unreadable", str(error), "", lost=True))
            continue
        documents = (*documents, *(each for each in kept if each.id not in known))
        known.update(each.id for each in kept)
    if found.problems:
        problems = tuple(sorted((*problems, *found.problems), key=lambda each: (each.place, each.kind, each.message)))
    return (tuple(sorted(documents, key=lambda each: each.name)) if libraries else documents), problems


def library_at(path: str | Path) -> tuple[Path, str | None] | None:
    """The library that `path` names, and the story of it; `None` where it names none."""
    file, _, story = str(path).rpartition("#")
    for name, of in ((str(path), None), (file, story)):
        try:
            if name and Path(name).is_file() and is_library(name):
                return Path(name), of
        except (OSError, ValueError):
            continue
    return None
