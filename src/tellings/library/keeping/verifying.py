"""Whether a library holds what it says: its file, its texts, and every line that points into them."""

from __future__ import annotations

from collections.abc import Iterator

from tellings.edge.store import keeping as tellings
from tellings.library.keeping.opened import Opened
from tellings.model.records import Telling
from tellings.model.text import digest


def faults(library: Opened) -> Iterator[str]:
    """What does not hold, in words; nothing where all holds.

    1. The file as SQLite sees it, rows that point to rows, the index of full text. 2. Of each revision: its text is the
    one that it was read as, by its digest; all that was found in it lies in it. 3. Of each line that is listed: it is
    one that was found. 4. Of each story: it has as many tellings as it says.
    """
    with library.reading() as connection:
        # 1. the file
        yield from (said for (said,) in connection.execute("PRAGMA integrity_check") if said != "ok")
        for table, row, other, _ in connection.execute("PRAGMA foreign_key_check"):
            yield f"row {row} of {table} points to a row of {other} that is not there"
        # 2. texts and findings
        numbers = connection.execute("SELECT number, telling, digest, text FROM revisions ORDER BY number")
        for number, identifier, said, text in numbers.fetchall():
            yield from (
                f"revision {number} of {identifier}: {fault}" for fault in _of_revision(library, number, said, text)
            )
        # 3. lines
        for table, (first, last) in _LINES.items():
            rows = connection.execute(
                f"SELECT l.id FROM {table} l JOIN tellings t ON t.id = l.telling "
                "JOIN revisions r ON r.number = t.revision "
                f"WHERE NOT (0 <= l.{first} AND l.{first} <= l.{last} AND l.{last} <= length(r.text))"
            )
            yield from (f"line {row} of {table} leaves its text" for (row,) in rows)
        # 4. stories
        rows = connection.execute(
            "SELECT s.id, s.tellings, count(t.id) AS found FROM stories s LEFT JOIN tellings t ON t.story = s.id "
            "GROUP BY s.id HAVING found <> s.tellings"
        )
        for story, said, found in rows:
            yield f"story {story} says that it has {said} tellings, and has {found}"


#: Tables of lines, and the columns of their spans.
_LINES = {
    "quotes_found": ("start", '"end"'),
    "facts_found": ("start", '"end"'),
    "events_found": ("start", '"end"'),
}


def _of_revision(library: Opened, number: int, said: str, text: str) -> Iterator[str]:
    try:
        document = tellings.document_of(library.connection, number)
        telling, _ = tellings.of_revision(library.connection, number)
    except (ValueError, TypeError) as error:
        yield f"cannot be read ({error})"
        return
    if document.text != text:
        yield "its text is not the one that its document has"
    if not document.view.source.digest == said == digest(document.view.source.content):
        yield "its characters are not those of its digest"
    yield from _outside(telling)


def _outside(telling: Telling) -> Iterator[str]:
    length = len(telling.text)
    for kind in ("blocks", "sentences", "timexes", "mentions", "quotes", "facts"):
        for place, each in enumerate(getattr(telling, kind)):
            if each.span.end > length:
                yield f"{kind} {place} leaves the text"
