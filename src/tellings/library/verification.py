"""Whether a record still holds: against its sources, its digest, its page, and a record made again from the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tellings import pipeline
from tellings.edge.engine import Engine
from tellings.edge.writers.json import RecordFormatError, decode, digest_written
from tellings.language.detect import detected
from tellings.library.annotate import each
from tellings.library.checks import Failure, Verification
from tellings.library.checks import verify as check
from tellings.library.checks.differences import differences, differences_of_telling
from tellings.library.inputs import Progress
from tellings.library.records import WITHIN, tell
from tellings.library.several_stories import several_stories
from tellings.library.sources import Sources, sources_of
from tellings.model.counted import count
from tellings.model.identity import identity
from tellings.model.record import Record, TellingLine
from tellings.model.records import (
    DECIDED,
    Decided,
    DecidedKind,
    Document,
    DocumentDate,
    EarlierText,
    PersonDecision,
    Place,
    Problem,
    Telling,
    ValueDecision,
)
from tellings.model.text import Span
from tellings.tell.changes import between
from tellings.tell.record import telling_line

#: What a source says of itself.
_OF_ITSELF = (
    "media_type",
    "date",
    "title",
    "publisher",
    "author",
    "url",
    "language",
    "detected",
    "file_digest",
    "locators",
    "decided",
)
#: What is not found in texts, digests and counts.
_ONLY_AGAIN = (
    "whether an article, or a line, that the record should have was left out",
    "whether days, speakers, values and relations are those that the rules find",
)


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of `verify`: the check, and what could not be read of the sources."""

    verification: Verification
    problems: tuple[Problem, ...]


def verify(
    path: str | Path,
    *sources: str | Path,
    again: bool = False,
    jobs: int | Engine = 1,
    progress: Progress | None = None,
) -> Verified:
    """Check the record at `path`, and the page beside it, against its sources and against itself.

    Without `sources` the paths kept in the record are looked for, from the working directory and from the
    record's own. Tellings are found by digest, those changed since by path or name.

    Args:
        path: A `record.json`, or its page `record.html`, beside which it stands.
        sources: Files or folders that hold the sources now.
        again: Also make the record again from the sources, and compare everything.
        jobs: Worker processes, or an engine, to make it again with.
        progress: Called as that goes on.

    Raises:
        OSError, RecordFormatError: as for `load`.
    """
    file = _record_of(Path(path))
    data = file.read_bytes()
    record = decode(data)
    found = _as_decided(record, sources_of(record, file.parent, sources, whole=again))
    outcome = check(record, found.contents)
    outcome = _described(outcome, record, found)
    outcome = _revised(outcome, record, found)
    outcome = _sealed(outcome, record, data)
    outcome = _paged(outcome, record, file.with_suffix(".html"))
    if again:
        outcome = _made_again(outcome, record, found, jobs, progress)
        outcome = _nothing_left_out(outcome, record, found)
    else:
        outcome = outcome.also(only_again=_ONLY_AGAIN)
    return Verified(outcome, tuple(problem for problem in found.problems if problem.lost))


def _record_of(path: Path) -> Path:
    """The record of a page, which stands beside it."""
    if path.suffix.lower() not in (".html", ".htm"):
        return path
    record = path.with_suffix(".json")
    if not record.is_file():
        raise RecordFormatError(f"a page is checked with its record, and {record} is not there; put it beside the page")
    return record


def _as_decided(record: Record, found: Sources) -> Sources:
    """The sources with what a person decided of them, as the record says. A library says it itself."""
    documents = dict(found.documents)
    for telling in record.tellings:
        document = documents.get(telling.label)
        if document is None or telling.label in found.earlier:
            continue
        day = telling.date
        documents[telling.label] = replace(
            document,
            date=DocumentDate(day.value, DECIDED, DECIDED) if day.evidence == DECIDED else document.date,
            decided=tuple(Decided(Span(line.start, line.end), line.kind, line.name) for line in telling.decided),
        )
    return replace(found, documents=documents)


def _decisions_said(record: Record, found: Sources) -> Iterator[str]:
    """What stands in the record because a person decided it, where no library is there that says so, too."""
    for telling in record.tellings:
        if telling.label not in found.earlier:
            told = ["its date"] if telling.date.evidence == DECIDED else []
            told += [f"{_DECIDED[line.kind]} at {line.start}" for line in telling.decided]
            if told:
                yield f"{telling.label}: a person decided {', '.join(told)}"


#: Kind of what was decided of a stretch → what it is called.
_DECIDED: Mapping[DecidedKind, str] = {
    "residue": "what is residue",
    "story": "what is story",
    "speaker": "who speaks",
}


# ---- what the record says of its tellings -------------------------------------------------


def _described(outcome: Verification, record: Record, found: Sources) -> Verification:
    """Also what the sources say of themselves now: date, publisher, title, …"""
    from tellings import __version__

    told = "date, title, publisher, author, address, kind and language of each telling"
    if record.version != __version__:
        return outcome.also(unchecked=[f"{told}: tellings {record.version} read them, and this is {__version__}"])
    failures: list[Failure] = []
    for telling in record.tellings:
        document = found.documents.get(telling.label)
        # One with other line ends says the same of itself; one with other words may not.
        if document is not None and not any(telling.label == failure.telling for failure in outcome.failures):
            undated = document.date.value is None  # its bound is read from the story
            anew = WITHIN(document)[0] if undated else Telling(replace(document, detected=detected(document)))
            failures += differences_of_telling(telling, telling_line(telling.label, anew, 0, 0), _OF_ITSELF)
    return outcome.also(failures, checked=[f"{told}, against its source"], notes=list(_decisions_said(record, found)))


def _revised(outcome: Verification, record: Record, found: Sources) -> Verification:
    """Also the texts that tellings had before, against the library that keeps them."""
    if not record.revisions:
        return outcome
    failures = []
    for line in record.revisions:
        path = f"revisions[{line.telling} {line.number}]"
        kept = {each.number: each for each in found.earlier.get(line.telling, ())}
        if line.number not in kept:
            if line.telling in found.earlier:
                failures.append(Failure(path, line.telling, "the library has no such text"))
            continue
        there = kept[line.number]
        for field, said, right in (
            ("digest", line.digest, there.document.view.source.digest),
            ("text", line.text, there.document.text if line.text is not None else None),
        ):
            if said != right:
                failures.append(Failure(f"{path}.{field}", line.telling, "the library has another"))
    missing = sorted({line.telling for line in record.revisions} - found.earlier.keys())
    told = "the texts that articles had before"
    return outcome.also(
        failures,
        checked=[] if missing else [f"{told}, against the library that keeps them"],
        unchecked=[f"{told} ({', '.join(missing)}): give the library that keeps them"] if missing else [],
    )


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
    outcome: Verification, record: Record, found: Sources, jobs: int | Engine, progress: Progress | None
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
    documents = [_as_told(found.documents[telling.label], telling) for telling in record.tellings]
    tellings, stumbles = each(documents, WITHIN, jobs=jobs, progress=progress)
    texts = any(telling.text is not None for telling in record.tellings)
    related = pipeline.relate(tellings, record.problems, *_decided(record, found.documents))
    if record.given is not None:
        related = replace(related, paths=record.given.paths, fields=record.given.fields)
    known = {line.telling for line in record.revisions} <= found.earlier.keys()
    if known:
        related = replace(related, earlier=tuple(_earlier(found, related.tellings)))
    anew = tell(related, texts=texts)
    if not known:
        anew = replace(anew, revisions=record.revisions)
    failures, unchecked = _problems(record, found, stumbles)
    return outcome.also(
        (*_places(record, found), *failures, *differences(record, anew)),
        notes=["the sources were given, so where they lay and their names are not compared"] if found.given else [],
        checked=["every field, against the record that the sources give now"],
        unchecked=unchecked,
    )


def _as_told(document: Document, telling: TellingLine) -> Document:
    """A document with the names of a telling; with its id, too, where the document has it when it is read alone: beside
    another text of its address, which a library keeps as an earlier one, it has a longer one."""
    alone = identity(document.url.value if document.url else None, document.view.source.digest)
    whose = telling.id if telling.id == alone else document.id
    return replace(document, id=whose, name=telling.name, origin=telling.origin)


def _nothing_left_out(outcome: Verification, record: Record, found: Sources) -> Verification:
    """Also whether all that was given is in the record: what came later and what was left out look the same."""
    given = f"{count(len(record.tellings) + len(found.others), 'article')} given"
    told = f"{given}, {len(record.tellings):,} in the record"
    others = ", ".join(document.name for document in found.others)
    if found.given:
        return outcome.also(notes=[f"{told}: not in it are {others}"] if others else [])
    if record.given is None:
        return outcome.also(unchecked=["whether all that was given is in it: the record does not say what was given"])
    if not found.whole:
        return outcome.also(
            unchecked=[f"whether all that was given is in it: {', '.join(record.given.paths)} cannot all be read again"]
        )
    known = {_file(telling.name) for telling in record.tellings} | {_file(each.place) for each in record.problems}
    unread = {_file(each.place) for each in found.problems if each.kind != "own-output"} - known
    unchecked = [f"{told}: {others} came later, or was left out"] if others else []
    unchecked += [f"{place}: it is no part of the record: it came later, or was left out" for place in sorted(unread)]
    return outcome.also(checked=[] if unchecked else [told], unchecked=unchecked)


def _earlier(found: Sources, tellings: Sequence[Telling]) -> Iterator[EarlierText]:
    """The texts that tellings had before, and what of substance these have otherwise now."""
    labels = {document.id: label for label, document in found.documents.items()}
    for telling in tellings:
        for kept in found.earlier.get(labels[telling.id], ()):
            changes = tuple(between(WITHIN(kept.document)[0], telling))
            yield EarlierText(telling.id, kept.number, kept.kept, kept.document, changes)


def _decided(record: Record, documents: Mapping[str, Document]) -> tuple[list[ValueDecision], list[PersonDecision]]:
    """What the record was made with; of places that its tellings (by label) do not have, nothing."""
    of_values: list[ValueDecision] = []
    of_persons: list[PersonDecision] = []
    for line in record.decisions:
        sides = (line.a, line.b)
        if not all(
            side.telling in documents and 0 <= side.start <= side.end <= len(documents[side.telling].text)
            for side in sides
        ):
            continue
        a, b = (Place(documents[side.telling].id, Span(side.start, side.end)) for side in sides)
        if line.kind in ("the same person", "not the same person"):
            of_persons.append(PersonDecision(a, b, line.kind == "the same person"))
        else:
            of_values.append(ValueDecision(a, b, same=line.kind == "the same thing"))
    return of_values, of_persons


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
    if record.given is not None:
        met += several_stories(found.documents.values(), record.given.paths)
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
