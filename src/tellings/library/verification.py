"""Whether a record still holds: against its sources, its digest, its page, and a record made again from the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tellings import pipeline
from tellings.edge.writers.json import RecordFormatError, decode, digest_written
from tellings.library.annotate import Look, each
from tellings.library.checks import Failure, Verification
from tellings.library.checks import verify as check
from tellings.library.checks.differences import differences
from tellings.library.inputs import Progress
from tellings.library.records import annotated, tell
from tellings.library.sources import Sources, sources_of
from tellings.model.record import Record
from tellings.model.records import Document, Place, Problem, ValueDecision
from tellings.model.text import Span


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of `verify`: the check, and what could not be read of the sources."""

    verification: Verification
    problems: tuple[Problem, ...]


def verify(
    path: str | Path, *sources: str | Path, again: bool = False, jobs: int = 1, progress: Progress | None = None
) -> Verified:
    """Check the record at `path`, and the page beside it, against its sources and against itself.

    Without `sources` the paths kept in the record are looked for, from the working directory and from the
    record's own. Tellings are found by digest, those changed since by path or name.

    Args:
        path: A `record.json`, or its page `record.html`, beside which it stands.
        sources: Files or folders that hold the sources now.
        again: Also make the record again from the sources, and compare everything.
        jobs: Worker processes to make it again with.
        progress: Called as that goes on.

    Raises:
        OSError, RecordFormatError: as for `load`.
    """
    file = _record_of(Path(path))
    data = file.read_bytes()
    record = decode(data)
    found = sources_of(record, file.parent, sources)
    outcome = check(record, found.contents)
    outcome = _sealed(outcome, record, data)
    outcome = _paged(outcome, record, file.with_suffix(".html"))
    if again:
        outcome = _made_again(outcome, record, found, jobs, progress)
    return Verified(outcome, tuple(problem for problem in found.problems if problem.lost))


def _record_of(path: Path) -> Path:
    """The record of a page, which stands beside it."""
    if path.suffix.lower() not in (".html", ".htm"):
        return path
    record = path.with_suffix(".json")
    if not record.is_file():
        raise RecordFormatError(f"a page is checked with its record, and {record} is not there; put it beside the page")
    return record


# ---- digest and page ---------------------------------------------------------------------


def _sealed(outcome: Verification, record: Record, data: bytes) -> Verification:
    if not record.digest:
        return outcome.also(unchecked=["whether the record was edited: it carries no digest of itself"])
    failures = []
    if digest_written(data) != record.digest:
        failures.append(Failure("digest", "", "the record was changed after it was written: its digest is another"))
    return outcome.also(failures, checked=["the record as a whole, by its digest"])


def _paged(outcome: Verification, record: Record, page: Path) -> Verification:
    from tellings import __version__
    from tellings.edge.writers.html import render

    if not page.is_file():
        return outcome.also(notes=[f"there is no {page.name} beside the record, so no page was checked"])
    if record.version != __version__:
        return outcome.also(unchecked=[f"{page.name}: tellings {record.version} wrote it, and this is {__version__}"])
    if outcome.failures:
        return outcome.also(notes=[f"{page.name} was not checked, for the record itself does not hold"])
    if page.read_bytes() == render(record).encode("utf-8", "surrogatepass"):
        return outcome.also(checked=[f"{page.name}, byte for byte the page of this record"])
    return outcome.also([Failure(page.name, "", "it is not the page of this record: it was changed, or is another's")])


# ---- made again --------------------------------------------------------------------------


def _made_again(
    outcome: Verification, record: Record, found: Sources, jobs: int, progress: Progress | None
) -> Verification:
    """Also compared with the record that the sources give now, where that can be made."""
    from tellings import __version__

    if record.version != __version__:
        why = f"tellings {record.version} made it, and this is {__version__}"
        return outcome.also(unchecked=[f"whether the sources give this record again: {why}"])
    missing = [telling.label for telling in record.tellings if telling.label not in found.documents]
    if missing:
        why = f"the source of {', '.join(missing)} was not found"
        return outcome.also(unchecked=[f"whether the sources give this record again: {why}"])
    documents = [
        replace(found.documents[telling.label], name=telling.name, origin=telling.origin) for telling in record.tellings
    ]
    look = Look(annotated, pipeline.unread)
    tellings, stumbles = each(documents, look, jobs=jobs, progress=progress)
    texts = any(telling.text is not None for telling in record.tellings)
    anew = tell(pipeline.relate(tellings, record.problems, _decided(record, found.documents)), texts=texts)
    failures, unchecked = _problems(record, found, stumbles)
    return outcome.also(
        (*_places(record, found), *failures, *differences(record, anew)),
        notes=["the sources were given, so where they lay and their names are not compared"] if found.given else [],
        checked=["every field, against the record that the sources give now"],
        unchecked=unchecked,
    )


def _decided(record: Record, documents: Mapping[str, Document]) -> list[ValueDecision]:
    """What the record was made with; of places that its tellings (by label) do not have, nothing."""
    return [
        ValueDecision(*(Place(documents[side.telling].id, Span(side.start, side.end)) for side in (each.a, each.b)))
        for each in record.decisions
        if all(
            side.telling in documents and 0 <= side.start <= side.end <= len(documents[side.telling].text)
            for side in (each.a, each.b)
        )
    ]


def _places(record: Record, found: Sources) -> Iterator[Failure]:
    """Names and paths that are not those of the sources; where the sources are given, only the places in a file."""
    for telling in record.tellings:
        path, document = f"tellings[{telling.label}]", found.documents[telling.label]
        if found.given:
            if telling.name.partition("#")[2] != document.name.partition("#")[2]:
                yield Failure(f"{path}.name", telling.label, f"it was read at {document.name}")
            continue
        if telling.label in found.elsewhere:
            yield Failure(f"{path}.origin", telling.label, f"it was read from {document.origin}")
        if telling.name != document.name:
            yield Failure(f"{path}.name", telling.label, f"its name is {document.name}")


def _problems(record: Record, found: Sources, stumbles: Sequence[Problem]) -> tuple[list[Failure], list[str]]:
    """Problems that the record has otherwise than the sources read again give them, and those of files not there."""
    called = {found.documents[telling.label].name: telling.name for telling in record.tellings}
    met = [replace(problem, place=called.get(problem.place, problem.place)) for problem in found.problems]
    met += stumbles
    files = {_file(name) for name in (*called, *called.values())} | {_file(problem.place) for problem in met}
    # What was passed over as our own output is no source, and is another now that this record is written.
    gone = [
        (index, problem)
        for index, problem in enumerate(record.problems)
        if problem not in met and problem.kind != "own-output"
    ]
    failures = [
        Failure(f"problems[{index}]", "", f"it is not met again: {problem.place}: {problem.message}")
        for index, problem in gone
        if _file(problem.place) in files
    ]
    ours = {_file(name) for name in called.values()}
    failures += [
        Failure("problems", "", f"the record leaves out: {problem.place}: {problem.message}")
        for problem in met
        if problem not in record.problems and _file(problem.place) in ours
    ]
    return failures, [
        f"problems[{index}]: {problem.place} was not there to be read again"
        for index, problem in gone
        if _file(problem.place) not in files
    ]


def _file(place: str) -> str:
    return place.partition("#")[0]
