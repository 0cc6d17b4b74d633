"""The documents of a library, as they were read, for all that works on articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from tellings.edge.store import decisions, stories, tellings
from tellings.edge.store.database import StoreError, connect, told
from tellings.edge.store.decisions import OfTelling
from tellings.model.records import DECIDED, Document, DocumentDate, Problem, Telling


def documents_in(path: Path, story: str | None = None) -> tuple[Document, ...]:
    """The newest texts of the library at `path`, or of one story in it.

    Raises:
        StoreError: the library cannot be read, or has no such story.
    """
    connection = connect(path, reading=True)
    try:
        said = decisions.of_tellings(connection)
        if story is None:
            found = [identifier for (identifier,) in connection.execute("SELECT id FROM tellings ORDER BY id")]
        else:
            called = stories.called(connection, story)
            if called is None:
                raise StoreError(f"{story!r} is no story of {path}; tellings list shows which there are")
            found = list(called[1])
        read = [tellings.document_of(connection, tellings.newest(connection, each)) for each in found]
        return tuple(as_decided(document, said.get(document.id)) for document in read)
    except sqlite3.Error as error:
        raise told(path, error) from error
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text of a telling: the `number` of it (1 is the first), when it was kept (UTC), its document."""

    number: int
    kept: datetime
    document: Document


def texts_of(connection: sqlite3.Connection, identifier: str) -> Iterator[tuple[int, datetime]]:
    """The numbers of the revisions of a telling, the newest last, and when each was kept."""
    rows = connection.execute(
        "SELECT r.number, a.at FROM revisions r JOIN additions a ON a.number = r.addition WHERE telling = ? "
        "ORDER BY r.number",
        (identifier,),
    ).fetchall()
    for number, at in rows:
        yield number, datetime.fromisoformat(at)


def earlier_in(path: Path, digests: Collection[str]) -> dict[str, tuple[KeptText, ...]]:
    """Of each text of these `digests` (of its source's characters) that the library at `path` keeps, the texts that its
    telling had before it. Raises StoreError where it cannot be read."""
    connection = connect(path, reading=True)
    try:
        found = {}
        for digest in digests:
            row = connection.execute(
                "SELECT number, telling FROM revisions WHERE digest = ? ORDER BY number DESC LIMIT 1", (digest,)
            ).fetchone()
            if row is not None:
                found[digest] = tuple(
                    KeptText(place, kept, tellings.document_of(connection, number))
                    for place, (number, kept) in enumerate(texts_of(connection, row[1]), 1)
                    if number < row[0]
                )
        return found
    except (sqlite3.Error, ValueError) as error:
        raise told(path, error) from error
    finally:
        connection.close()


def findings_in(path: Path, identifiers: Collection[str], program: str) -> dict[str, tuple[Telling, Problem | None]]:
    """What this version of the program, `program`, found in the newest texts of those of these tellings that the
    library at `path` keeps, and what was wrong. Raises StoreError where it cannot be read."""
    connection = connect(path, reading=True)
    try:
        found = {}
        for identifier in identifiers:
            row = connection.execute(
                "SELECT revision FROM tellings JOIN findings USING (revision) WHERE id = ? AND program = ?",
                (identifier, program),
            ).fetchone()
            if row is not None:
                found[identifier] = tellings.of_revision(connection, row[0])
        return found
    except (sqlite3.Error, ValueError) as error:
        raise told(path, error) from error
    finally:
        connection.close()


def as_decided(document: Document, said: OfTelling | None) -> Document:
    """The document with what a person decided of it, where the words still stand there."""
    if said is None:
        return document
    if said.day is not None:
        document = replace(document, date=DocumentDate(date.fromisoformat(said.day), DECIDED, DECIDED))
    text = document.text
    return replace(
        document,
        decided=tuple(sorted(each for each, words in said.stretches if text[each.span.start : each.span.end] == words)),
    )
