"""From paths to documents, and the stop where none could be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tellings.edge.readers import read_paths
from tellings.edge.readers.naming import named
from tellings.model.records import Document, Problem

#: Called with (stage, done, all): stage is "reading", "annotating" or "relating".
Progress = Callable[[str, int, int], None]
#: Which fields of tables and of JSON hold what: role ("text", "date", …) → name, or names in the order in which they
#: are tried; or as the command line has it, "text=body,date=published_at".
Fields = Mapping[str, str | Sequence[str]] | Iterable[str]


class NothingReadError(ValueError):
    """None of the inputs gave a telling; `problems` says why, input by input."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.place}: {p.message}" for p in problems) or "no input was given")
        self.problems = problems


def documents_of(
    paths: Sequence[str | Path],
    stdin: bytes | None = None,
    progress: Progress | None = None,
    fields: Fields | None = None,
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents at `paths`, and what could not be read as it stands.

    Raises:
        FieldsError: `fields` names something that no field can be named for.
        NothingReadError: there is no document; names each input and the remedy.
    """
    report = None if progress is None else lambda done, total: progress("reading", done, total)
    documents, problems = read_paths(list(paths), fields=named(fields), stdin=stdin, progress=report)
    if not documents:
        raise NothingReadError(problems)
    return documents, problems
