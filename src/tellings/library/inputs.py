"""From paths and addresses to documents, and the stop where none could be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tellings.edge.fetching import FOLDER
from tellings.edge.fetching.targets import is_address
from tellings.edge.readers import read_paths
from tellings.edge.readers.gather import reason_of, unreadable
from tellings.model.records import Document, Problem

#: Called with (stage, done, all): stage is "fetching", "reading", "annotating" or "relating".
Progress = Callable[[str, int, int], None]


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
    from tellings.library.fetching import fetch  # imported late: it is seldom needed

    try:
        outcomes = {outcome.address: outcome for outcome in fetch(*addresses, progress=progress)}
    except OSError as error:
        where = error.filename or FOLDER
        raise NothingReadError(
            (unreadable(str(where), f"cannot be written: {reason_of(error)}", "call it from another folder"),)
        ) from error
    local: list[str | Path] = [path for path in paths if not is_address(path)]
    problems = []
    for outcome in outcomes.values():
        if outcome.kept is not None:
            local.append(outcome.kept.path)
        elif outcome.refusal is not None:
            problems.append(unreadable(outcome.address, outcome.refusal.message, outcome.refusal.remedy))
    return Brought(local, tuple(problems))


def documents_of(
    paths: Sequence[str | Path] | Brought, stdin: bytes | None = None, progress: Progress | None = None
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents at `paths`, which may be addresses, and what could not be read as it stands.

    Raises:
        NothingReadError: there is no document; names each input and the remedy.
    """
    found = paths if isinstance(paths, Brought) else brought(paths, progress)
    report = None if progress is None else lambda done, total: progress("reading", done, total)
    documents, problems = read_paths(found.paths, stdin=stdin, progress=report)
    problems = tuple(sorted((*problems, *found.problems), key=lambda each: (each.place, each.kind, each.message)))
    if not documents:
        raise NothingReadError(problems)
    return documents, problems
