"""What one can do with tellings: read a story, write its record, verify a record.

The command line calls these functions and nothing else.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tellings import pipeline
from tellings.edge.engine import processes
from tellings.edge.readers import read_paths
from tellings.edge.writers import json as json_writer
from tellings.model.record import Record
from tellings.model.records import Document, Problem, Story, Telling
from tellings.tell.record import record as tell_record
from tellings.tell.verify import Verification
from tellings.tell.verify import verify as check

#: Called with (stage, done, all): stage is "reading", "annotating" or "relating".
Progress = Callable[[str, int, int], None]


class NothingReadError(ValueError):
    """None of the inputs gave a telling; `problems` says why, input by input."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.place}: {p.message}" for p in problems) or "no input was given")
        self.problems = problems


def read(
    *paths: str | Path,
    stdin: bytes | None = None,
    jobs: int = 1,
    texts: bool = True,
    progress: Progress | None = None,
) -> Record:
    """The record of the story told by the articles at `paths`.

    Args:
        paths: Files (text, HTML, JSON, JSONL), directories, or "-" for `stdin`.
        stdin: Bytes for "-"; may hold any of the formats.
        jobs: Worker processes for the stages within one telling; the result is the same for any number.
        texts: Whether the record keeps the full texts.
        progress: Called as the work goes on.

    Raises:
        NothingReadError: no telling could be read; names each input and the remedy.
    """
    return tell(story(*paths, stdin=stdin, jobs=jobs, progress=progress), texts=texts)


def story(*paths: str | Path, stdin: bytes | None = None, jobs: int = 1, progress: Progress | None = None) -> Story:
    """All that was found in the articles at `paths`, before it is told as a record. Arguments as for `read`."""
    documents, problems = read_paths(
        list(paths), stdin=stdin, progress=(lambda done, total: progress("reading", done, total)) if progress else None
    )
    if not documents:
        raise NothingReadError(problems)
    tellings = _annotate(documents, jobs, progress)
    failed = tuple(_failure(telling) for telling in tellings if not telling.sentences and telling.text.strip())
    return pipeline.relate(tellings, (*problems, *failed))


def tell(found: Story, *, texts: bool = True) -> Record:
    """The record of a story."""
    from tellings import __version__

    return tell_record(found, version=__version__, texts=texts)


def _annotated(document: Document) -> Telling:
    """One telling with its records; a telling that a rule stumbles over is kept with its text alone.

    Such a stumble is our mistake, never the reader's: it must not cost them the other tellings.
    """
    try:
        return pipeline.annotate(document)
    except Exception:
        return pipeline.unread(document)


def _failure(telling: Telling) -> Problem:
    return Problem(
        telling.document.name,
        "unreadable",
        "a rule failed on this text, so nothing was found in it; it is shown as it stands.",
        "Please report it with the text, or a shortened one that fails too.",
        lost=False,
    )


def _annotate(documents: tuple[Document, ...], jobs: int, progress: Progress | None) -> list[Telling]:
    done: list[Telling] = []
    for telling in processes(jobs)(_annotated, documents):
        done.append(telling)
        if progress:
            progress("annotating", len(done), len(documents))
    if progress:
        progress("relating", 0, 1)
    return done


def write(record: Record, folder: str | Path) -> tuple[Path, Path]:
    """Write `record.html` and `record.json` into `folder` (made when missing); returns their paths.

    Each file appears whole or not at all: an interrupt leaves what was there before.
    """
    from tellings.edge.writers.html import render

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    page, data = target / "record.html", target / "record.json"
    _replace(data, json_writer.encode(record))
    _replace(page, render(record).encode("utf-8", "surrogatepass"))
    return page, data


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: str | Path) -> Record:
    """The record saved at `path`.

    Raises:
        OSError: the file cannot be read.
        tellings.edge.writers.json.RecordFormatError: it is not a record.
    """
    return json_writer.decode(Path(path).read_bytes())


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
    """Telling label → source characters, by digest first, else by name, else by the last part of the name."""
    by_digest = {document.view.source.digest: document for document in documents}
    by_name: dict[str, Document] = {}
    for document in documents:
        by_name.setdefault(document.name, document)
        by_name.setdefault(document.name.rsplit("/", 1)[-1], document)
    matched = {}
    for telling in record.tellings:
        last = telling.name.rsplit("/", 1)[-1]
        found = by_digest.get(telling.digest) or by_name.get(telling.name) or by_name.get(last)
        if found is not None:
            matched[telling.label] = found.view.source.content
    return matched
