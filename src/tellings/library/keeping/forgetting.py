"""Forgetting a telling, and taking words out of all of them, so that nothing of it is left in the file.

What is deleted is overwritten, the index of full text is built anew, the file is written anew without free pages, and
the log that writing keeps beside it is emptied. Where that is interrupted it is done when the library is opened next.
Records that were given out before stay where they are, and so do backups: which these are is said.
"""

from __future__ import annotations

import sqlite3
from dataclasses import fields, is_dataclass, replace
from typing import Any

from tellings.edge.store import files, ledger, search, tellings
from tellings.edge.store.database import StoreError, patience, told
from tellings.library.keeping import adding
from tellings.library.keeping.members import telling_called
from tellings.library.keeping.opened import Opened
from tellings.library.keeping.taking_out import BLOCK, TakeOut, hidden_in, taking_out
from tellings.model.engine import Engine
from tellings.model.kept import Taken
from tellings.model.records import Document
from tellings.model.text import View

#: Seconds to wait for others that read, so that the log beside the file can be emptied.
READERS = 5.0
#: Columns outside of the tellings' own texts in which words of theirs may stand.
_TEXTS = (
    *(("additions", "paths"), ("additions", "fields"), ("stories", "title")),
    *(("problems", "place"), ("problems", "message"), ("problems", "remedy")),
    *(("given_out", "place"), ("decisions", "who"), ("decisions", "undone_by")),
)


def forget(library: Opened, *called: str, at: str) -> Taken:
    """Forget tellings, given by id, address or name, with all their revisions, all that was found in them and all that
    was decided of them.

    Raises:
        NotThereError: one of them is not there.
        StoreError: nothing can be written.
    """
    with library.writing() as connection:
        gone = list(dict.fromkeys(telling_called(library, each) for each in called))
        given = [place for each in gone for place in ledger.given_out(connection, each)]
        for each in gone:
            names = connection.execute("SELECT name, origin FROM tellings WHERE id = ?", (each,)).fetchone()
            ledger.forget(connection, each, names)
            of_it = (each, f"{each}@%")
            connection.execute("DELETE FROM decisions WHERE ?1 IN (a, b) OR a LIKE ?2 OR b LIKE ?2", of_it)
            connection.execute("UPDATE story_trail SET telling = NULL WHERE telling = ?", (each,))
        adding.take_out(library, gone, ledger.latest(connection), at)
        _begin_overwriting(connection)
    finish(library)
    return Taken(tuple(gone), len(gone), tuple(dict.fromkeys(given)), _backups(library))


def redact(library: Opened, words: str, *, at: str, jobs: int | Engine = 1) -> Taken:
    """Take words out of all tellings, whatever their case and whatever stands between them: a person's name in each of
    its forms, one after the other. Each character becomes "█", so that all places stay what they were; of a page or
    another file with mark-up only what it shows is kept.

    Raises:
        NoWordError: there is no word in it.
        StoreError: nothing can be written.
    """
    take_out = taking_out(words)
    places = 0
    given: list[tuple[str, str]] = []
    documents: dict[int, Document] = {}
    with library.writing() as connection:
        rows = connection.execute("SELECT number, telling FROM revisions ORDER BY number").fetchall()
        for number, identifier in rows:
            redacted, count = _redacted(tellings.document_of(connection, number), take_out)
            if count:
                documents[number] = redacted
                places += count
                given += ledger.given_out(connection, identifier)
        # What is decided of texts is found in them anew: it goes first.
        places += _in_column(connection, "decisions", "value", take_out, "kind <> 'date'")
        touched = adding.rewrite(library, documents, ledger.latest(connection), at, jobs=jobs)
        for table, column in _TEXTS:
            places += _in_column(connection, table, column, take_out)
        places += _without_searches(connection, take_out)
        _begin_overwriting(connection)
    finish(library)
    return Taken(touched, places, tuple(dict.fromkeys(given)), _backups(library))


# ---- in a document -----------------------------------------------------------------------


def _redacted(document: Document, take_out: TakeOut) -> tuple[Document, int]:
    """The document without the words, and how often they stood in it."""
    text, count = take_out(document.text)
    source = document.view.source.content
    hidden = take_out(source)[1] or hidden_in(source, take_out)
    bare = replace(document, view=View.plain(""), id="", file_digest=None)
    rest, elsewhere = _walked(bare, take_out)
    if not (count or hidden or elsewhere):
        return document, 0
    # Without mark-up, where words may stand in more forms than one, what is shown is all there is.
    view = View.plain(text) if count or hidden else document.view
    file_digest = None if count or hidden else document.file_digest
    return replace(rest, view=view, id=document.id, file_digest=file_digest), max(count, int(hidden)) + elsewhere


def _walked(value: Any, take_out: TakeOut) -> tuple[Any, int]:
    """A value with the words taken out of each string in it, and how often they stood there."""
    if isinstance(value, str):
        return _of_one(value, take_out)
    if isinstance(value, tuple):
        made = [_walked(each, take_out) for each in value]
        return tuple(each for each, _ in made), sum(count for _, count in made)
    if is_dataclass(value) and not isinstance(value, (type, View)):
        walked = {field.name: _walked(getattr(value, field.name), take_out) for field in fields(value) if field.init}
        changed = {name: made for name, (made, count) in walked.items() if count}
        return (replace(value, **changed) if changed else value), sum(count for _, count in walked.values())
    return value, 0


def _of_one(text: str, take_out: TakeOut) -> tuple[str, int]:
    """A string of a few words without them; all of it is taken out where they stand in it in another way of writing."""
    found, count = take_out(text)
    return (BLOCK * len(text), count + 1) if hidden_in(found, take_out) else (found, count)


# ---- in the tables -----------------------------------------------------------------------


def _in_column(connection: sqlite3.Connection, table: str, column: str, take_out: TakeOut, where: str = "true") -> int:
    """Take the words out of a column; returns how often they stood there."""
    places = 0
    rows = connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL AND {where}").fetchall()
    for row, text in rows:
        without, count = _of_one(text, take_out)
        if count:
            places += count
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (without, row))
    return places


def _without_searches(connection: sqlite3.Connection, take_out: TakeOut) -> int:
    """Keep no search for the words; returns how many there were."""
    gone = [
        name
        for name, *told_of in connection.execute("SELECT name, name, words, filters FROM searches").fetchall()
        if any(take_out(each)[1] or hidden_in(each, take_out) for each in told_of)
    ]
    connection.executemany("DELETE FROM searches WHERE name = ?", [(name,) for name in gone])
    return len(gone)


# ---- in the file -------------------------------------------------------------------------


def _begin_overwriting(connection: sqlite3.Connection) -> None:
    """What was kept of records, and which files were read, goes; that the file of the library is still to be
    overwritten is remembered, whatever happens."""
    connection.execute("DELETE FROM records")
    files.forget(connection)
    connection.execute("INSERT OR IGNORE INTO unfinished VALUES ('overwriting')")


def finish(library: Opened) -> None:
    """Leave nothing of what was deleted: in the index of full text, in free pages, in the log beside the file.

    Raises:
        StoreError: it cannot be written, or another process that reads keeps the log from being emptied; what was taken
            out is taken out, and the rest is done when the library is opened next.
    """
    connection = library.connection
    try:
        search.index_anew(connection)
        connection.execute("VACUUM")
        with patience(connection, READERS):
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            connection.execute("DELETE FROM unfinished")
            return
    except sqlite3.Error as error:
        raise told(library.path, error) from error
    raise StoreError(
        f"{library.path}: it is taken out, but another process that reads keeps the log beside the file from being "
        "emptied. Close it, and use the library once more: that will finish it"
    )


def _backups(library: Opened) -> tuple[str, ...]:
    """Backups that migrations left beside the library."""
    path = library.path
    return tuple(
        sorted(
            str(each)
            for each in path.parent.iterdir()
            if each.name.startswith(f"{path.name}.form-") and each.name.endswith(".backup")
        )
    )
