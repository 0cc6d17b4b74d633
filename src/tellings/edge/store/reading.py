"""The documents of a library, as they were read, for all that works on articles."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

from tellings.edge.store import decisions, stories, tellings
from tellings.edge.store.database import StoreError, connect, told
from tellings.model.records import Document, DocumentDate


def documents_in(path: Path, story: str | None = None) -> tuple[Document, ...]:
    """The newest texts of the library at `path`, or of one story in it.

    Raises:
        StoreError: the library cannot be read, or has no such story.
    """
    connection = connect(path, reading=True)
    try:
        days = decided_days(connection)
        if story is None:
            found = [identifier for (identifier,) in connection.execute("SELECT id FROM tellings ORDER BY id")]
        else:
            called = stories.called(connection, story)
            if called is None:
                raise StoreError(f"{story!r} is no story of {path}; tellings list shows which there are")
            found = list(called[1])
        read = [tellings.document_of(connection, tellings.newest(connection, each)) for each in found]
        return tuple(dated(document, days.get(document.id)) for document in read)
    except sqlite3.Error as error:
        raise told(path, error) from error
    finally:
        connection.close()


def decided_days(connection: sqlite3.Connection) -> dict[str, str]:
    """Telling → the day that a person decided, YYYY-MM-DD."""
    return {one.a: one.value for one in decisions.decisions(connection) if one.kind == "date" and one.value}


def dated(document: Document, day: str | None) -> Document:
    """The document with the day that a person decided, where one did."""
    if day is None:
        return document
    return replace(document, date=DocumentDate(date.fromisoformat(day), "decided", "decided"))
