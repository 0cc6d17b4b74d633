"""Whether a library holds what it says: its file, its texts, and every line that points into them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator

from tellings.edge.store import search, tellings
from tellings.edge.store.database import StoreError, connect, told
from tellings.edge.store.tellings import LINES, Value
from tellings.library.keeping.opened import Opened
from tellings.model.records import Telling
from tellings.model.text import digest


def faults(library: Opened) -> Iterator[str]:
    """What does not hold, in words; nothing where all holds.

    1. The file as SQLite sees it, and rows that point to rows. 2. Of each revision: its text is the one that it was
    read as, by its digest; all that was found in it lies in it. 3. Of each telling: the lines that are listed and
    searched are those that were found in its newest text. 4. Of each story: it has as many tellings as it says, and
    those that sorting says. 5. Of the index of full text: it holds the newest text of each telling and no other.
    """
    with library.reading() as connection:
        yield from _of_file(connection)
        revisions = connection.execute("SELECT number, telling, digest, text FROM revisions ORDER BY number")
        for number, identifier, said, text in revisions.fetchall():
            yield from (
                f"revision {number} of {identifier}: {fault}" for fault in _of_revision(connection, number, said, text)
            )
        yield from _of_stories(library, connection)
    yield from _of_index(library)


def _of_file(connection: sqlite3.Connection) -> Iterator[str]:
    yield from (said for (said,) in connection.execute("PRAGMA integrity_check") if said != "ok")
    for table, row, other, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} points to a row of {other} that is not there"


def _of_revision(connection: sqlite3.Connection, number: int, said: str, text: str) -> Iterator[str]:
    try:
        document = tellings.document_of(connection, number)
        telling, _ = tellings.of_revision(connection, number)
    except (ValueError, TypeError) as error:
        yield f"cannot be read ({error})"
        return
    if document.text != text:
        yield "its text is not the one that its document has"
    if not document.view.source.digest == said == digest(document.view.source.content):
        yield "its characters are not those of its digest"
    yield from _outside(telling)
    if tellings.newest(connection, telling.id) == number:
        yield from _of_lines(connection, telling)


def _outside(telling: Telling) -> Iterator[str]:
    length = len(telling.text)
    for kind in ("blocks", "sentences", "timexes", "mentions", "quotes", "facts"):
        for place, each in enumerate(getattr(telling, kind)):
            if each.span.end > length:
                yield f"{kind} {place} leaves the text"


def _of_lines(connection: sqlite3.Connection, telling: Telling) -> Iterator[str]:
    """What is listed of a telling and was not found in it, or the other way round."""
    for table, found in tellings.lines_of(telling).items():
        rows = connection.execute(f"SELECT {', '.join(LINES[table])} FROM {table} WHERE telling = ?", (telling.id,))
        listed, told = Counter(rows.fetchall()), Counter(found)
        yield from (f"{table} has a line that was not found: {_in_words(row)}" for row in listed - told)
        yield from (f"{table} lacks a line that was found: {_in_words(row)}" for row in told - listed)


def _in_words(row: tuple[Value, ...]) -> str:
    return ", ".join(str(value) for value in row[1:] if value is not None)


def _of_index(library: Opened) -> Iterator[str]:
    """Whether the indexes of full text have the words of the newest texts, and of their lines, and no others. FTS5
    checks it by a command that only a connection that may write can give; where the file may only be read, texts and
    lines are counted alone."""
    wrong = "{}: the index of full text is not that of the texts; tellings rebuild --every makes it anew"
    try:
        connection = connect(library.path)
    except StoreError:
        with library.reading() as reading:
            for index in search.INDEXES:
                rowid, of = ("number", "texts") if index == "texts_search" else ("id", index.removesuffix("_search"))
                (missing,) = reading.execute(
                    f"SELECT count(*) FROM {of} WHERE {rowid} NOT IN (SELECT id FROM {index}_docsize)"
                ).fetchone()
                if missing:
                    yield wrong.format(index)
        return
    try:
        for index in search.INDEXES:
            try:
                connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError as error:
                if "malformed" not in str(error):
                    raise told(library.path, error) from error
                yield wrong.format(index)
    finally:
        connection.close()


def _of_stories(library: Opened, connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT s.id, s.tellings, count(t.id) AS found FROM stories s LEFT JOIN tellings t ON t.story = s.id "
        "GROUP BY s.id HAVING found <> s.tellings"
    )
    for story, said, found in rows.fetchall():
        yield f"story {story} says that it has {said} tellings, and has {found}"
    together: dict[str, set[str]] = {}
    # What another process adds just now, or a process was ended amid, is sorted later.
    waiting = {*library.stories().waiting()}
    for identifier, story in connection.execute("SELECT id, story FROM tellings").fetchall():
        group = library.shelf.group_of.get(identifier)
        if group is None and identifier in waiting:
            continue
        if group is None:
            yield f"telling {identifier} is not sorted"
        else:
            together.setdefault(group, set()).add(story)
    for group, found in together.items():
        if len(found) > 1:
            yield f"tellings that are of one story (with {group}) stand in several: {', '.join(sorted(found))}"
