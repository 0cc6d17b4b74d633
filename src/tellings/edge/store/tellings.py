"""Tellings, their revisions, and what was found in each: the rows of evidence.

A telling goes by its address, else by its characters (`tellings.model.identity`); the same address with other
characters is a new revision of it, and the newest is what is searched, sorted and told.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tellings.edge.store import search
from tellings.edge.store.packing import packed, unpacked
from tellings.edge.store.schema import PLACES
from tellings.model.records import Document, Problem, Quote, Telling
from tellings.model.text import View
from tellings.tell.stories import headline_of

_NOTHING = View.plain("")
#: What stands in a row.
Value = str | int | float | None
#: Tables of lines that were found, and their columns; the first is the telling.
LINES: dict[str, tuple[str, ...]] = {
    "quotes_found": ("telling", "start", '"end"', "type", "stance", "speaker", "speaker_rank"),
    "facts_found": (
        *("telling", "start", '"end"', "kind", "head", "of_whom"),
        *("value_start", "value_end", "low", "high", "unit"),
    ),
    "events_found": ("telling", "start", '"end"', "earliest", "latest", "announced"),
    "people_found": ("telling", "name", "mentions"),
}
#: Tables of lines whose words are searched, and the views that have these.
SEARCHED = {f"{name}_found": name for name in search.LINES.values()}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a document as it was read, `telling`, and what was wrong."""

    document: Document
    telling: Telling
    problem: Problem | None


def known(connection: sqlite3.Connection, identifier: str) -> tuple[str, ...]:
    """The digests of the revisions of a telling, oldest first; none where it is not there."""
    rows = connection.execute("SELECT digest FROM revisions WHERE telling = ? ORDER BY number", (identifier,))
    return tuple(digest for (digest,) in rows)


def count(connection: sqlite3.Connection) -> int:
    """How many tellings there are."""
    number: int = connection.execute("SELECT count(*) FROM tellings").fetchone()[0]
    return number


def is_taken_out(connection: sqlite3.Connection, digest: str) -> bool:
    """Whether words were taken out of the characters of this digest: they are not kept again as they were."""
    return connection.execute("SELECT 1 FROM taken_out WHERE digest = ?", (digest,)).fetchone() is not None


def keep(connection: sqlite3.Connection, found: Found, addition: int, program: str) -> None:
    """Keep a telling, or a new revision of one, with all that was found in it; it is in no story yet, or stays in its.

    Raises:
        UnicodeEncodeError: the text holds half a surrogate pair, which no store can hold.
    """
    document = found.document
    row = _row(found)
    document_blob = _packed(document)
    connection.execute(
        "INSERT INTO tellings (id, title, publisher, author, published, language, address, name, origin, words, "
        "added_in, changed_in) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET title = excluded.title, publisher = excluded.publisher, author = excluded.author, "
        "published = excluded.published, language = excluded.language, address = excluded.address, "
        "name = excluded.name, origin = excluded.origin, words = excluded.words, changed_in = excluded.changed_in",
        (document.id, *row, addition, addition),
    )
    _unfind(connection, document.id)
    number = connection.execute(
        "INSERT INTO revisions (telling, digest, addition, title, text, document) VALUES (?, ?, ?, ?, ?, ?)",
        (document.id, document.view.source.digest, addition, row[0], document.text, document_blob),
    ).lastrowid
    connection.execute("UPDATE tellings SET revision = ? WHERE id = ?", (number, document.id))
    _find(connection, number, found, program)


def found_anew(connection: sqlite3.Connection, found: Found, program: str) -> None:
    """Put what was found in the newest revision of a telling in place of what was found before."""
    number = newest(connection, found.document.id)
    _unfind(connection, found.document.id)
    connection.execute("DELETE FROM findings WHERE revision = ?", (number,))
    _describe(connection, found)
    _find(connection, number, found, program)


def rewrite(connection: sqlite3.Connection, number: int, found: Found, program: str) -> None:
    """Put another text, and what was found in it, in place of a revision: words were taken out of it."""
    document = found.document
    connection.execute(
        "INSERT OR IGNORE INTO taken_out SELECT digest FROM revisions WHERE number = ? AND digest <> ?",
        (number, document.view.source.digest),
    )
    now = newest(connection, document.id) == number
    if now:
        _unfind(connection, document.id)
        _describe(connection, found)
    connection.execute("DELETE FROM findings WHERE revision = ?", (number,))
    connection.execute(
        "UPDATE revisions SET digest = ?, title = ?, text = ?, document = ?, redacted = 1 WHERE number = ?",
        (document.view.source.digest, _row(found)[0], document.text, _packed(document), number),
    )
    if now:
        _find(connection, number, found, program)
    else:
        _keep_findings(connection, number, found, program)


def _describe(connection: sqlite3.Connection, found: Found) -> None:
    connection.execute(
        "UPDATE tellings SET title = ?, publisher = ?, author = ?, published = ?, language = ?, address = ?, name = ?, "
        "origin = ?, words = ? WHERE id = ?",
        (*_row(found), found.document.id),
    )


def newest(connection: sqlite3.Connection, identifier: str) -> int:
    """The number of the newest revision of a telling that is there."""
    found = connection.execute("SELECT revision FROM tellings WHERE id = ?", (identifier,)).fetchone()
    return int(found[0])


def title(connection: sqlite3.Connection, identifier: str) -> str:
    """The title, or the headline, of a telling that is there."""
    found = connection.execute("SELECT title FROM tellings WHERE id = ?", (identifier,)).fetchone()
    return found[0] or ""


def document_of(connection: sqlite3.Connection, revision: int) -> Document:
    """The document of a revision, as it was read. Raises ValueError where its blob is none."""
    return _unpacked(
        *connection.execute("SELECT document, text FROM revisions WHERE number = ?", (revision,)).fetchone()
    )


def tellings_of(connection: sqlite3.Connection, identifiers: Sequence[str]) -> Iterator[tuple[Telling, Problem | None]]:
    """The newest revisions of tellings with all that was found in them, and what was wrong. Raises ValueError where a
    blob is none."""
    for identifier in identifiers:
        yield of_revision(connection, newest(connection, identifier))


def of_revision(connection: sqlite3.Connection, revision: int) -> tuple[Telling, Problem | None]:
    """A revision with all that was found in it, and what was wrong. Raises ValueError where a blob is none."""
    document, text, data, problem = connection.execute(
        "SELECT document, text, data, problem FROM revisions JOIN findings ON revision = number WHERE number = ?",
        (revision,),
    ).fetchone()
    telling = unpacked(data, Telling)
    view = _unpacked(document, text).view
    whole = replace(telling, document=replace(telling.document, view=view))
    return whole, None if problem is None else unpacked(problem, Problem)


def outdated(connection: sqlite3.Connection, program: str) -> tuple[str, ...]:
    """The ids of tellings in whose newest revision another version of the program found what is kept."""
    rows = connection.execute(
        "SELECT t.id FROM tellings t JOIN findings f ON f.revision = t.revision WHERE f.program <> ? ORDER BY t.id",
        (program,),
    )
    return tuple(identifier for (identifier,) in rows)


def forget(connection: sqlite3.Connection, identifier: str) -> None:
    """Take a telling out with all its revisions and what was found in them."""
    _unfind(connection, identifier)
    connection.execute("UPDATE tellings SET revision = NULL WHERE id = ?", (identifier,))
    connection.execute(
        "DELETE FROM findings WHERE revision IN (SELECT number FROM revisions WHERE telling = ?)", (identifier,)
    )
    connection.execute("DELETE FROM revisions WHERE telling = ?", (identifier,))
    connection.execute("DELETE FROM tellings WHERE id = ?", (identifier,))


# ---- rows --------------------------------------------------------------------------------


def _row(found: Found) -> tuple[Value, ...]:
    """The columns of a telling that tell what it is: title to words."""
    document, telling = found.document, found.telling
    told = [each.value if each is not None else None for each in (document.publisher, document.author)]
    day = telling.document.date.value
    return (
        " ".join(headline_of(telling).exact.split()),
        *told,
        day.isoformat() if day is not None else None,
        telling.document.read_as,
        document.url.value if document.url is not None else None,
        document.name,
        document.origin,
        len(document.text.split()),
    )


def _find(connection: sqlite3.Connection, revision: int | None, found: Found, program: str) -> None:
    """Enter what was found in the newest revision of a telling, and its words for searching."""
    _keep_findings(connection, revision, found, program)
    connection.execute(
        "INSERT INTO texts_search (rowid, title, text) SELECT number, title, text FROM revisions WHERE number = ?",
        (revision,),
    )
    for table, rows in lines_of(found.telling).items():
        columns = LINES[table]
        if table in SEARCHED:
            columns = ("id", *columns)
            rows = [(((revision or 0) << PLACES) + place, *row) for place, row in enumerate(rows)]
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows
        )
    for name in SEARCHED.values():
        connection.execute(
            f"INSERT INTO {name}_search (rowid, words) SELECT id, words FROM {name} WHERE telling = ?",
            (found.telling.id,),
        )


def lines_of(telling: Telling) -> dict[str, list[tuple[Value, ...]]]:
    """The rows of each table of `LINES` that tell what was found in a telling."""
    identifier = telling.id
    people: Counter[str] = Counter()
    for chain in telling.chains:
        if chain.kind == "person":
            people[chain.name] += len(chain.mentions)
    return {
        "quotes_found": [
            (identifier, q.content.start, q.content.end, q.type, q.stance, _speaker(telling, q), q.rank)
            for q in telling.quotes
            if q.status == "shown"
        ],
        "facts_found": [
            (
                *(identifier, told.start, told.end, f.kind, f.head, f.whom_text),
                *(f.value_span.start, f.value_span.end, f.low, f.high, f.unit),
            )
            for f in telling.facts
            for told in [telling.sentence_around(f.span)]
        ],
        "events_found": list(_events(telling)),
        "people_found": [(identifier, name, count) for name, count in people.items()],
    }


def _packed(document: Document) -> bytes:
    """A document as a blob; without its text where that is all of its source, for it stands beside it."""
    return packed(document if document.view.edits else replace(document, view=_NOTHING))


def _unpacked(blob: bytes, text: str) -> Document:
    """The document of a blob and of the text beside it. Raises ValueError where the blob is none."""
    document = unpacked(blob, Document)
    return replace(document, view=View.plain(text)) if document.view == _NOTHING else document


def _keep_findings(connection: sqlite3.Connection, revision: int | None, found: Found, program: str) -> None:
    """Keep all that was found in a revision, but for its text, which stands there already."""
    bare = replace(found.telling, document=replace(found.telling.document, view=_NOTHING))
    problem = None if found.problem is None else packed(found.problem)
    connection.execute("INSERT INTO findings VALUES (?, ?, ?, ?)", (revision, program, problem, packed(bare)))


def _events(telling: Telling) -> Iterable[tuple[str, int, int, str, str, bool]]:
    """What the clauses of a telling tell of as having happened, or as to come, on days that they give."""
    for dating in telling.datings:
        if dating.interval is None or dating.background or dating.status not in ("told", "announced"):
            continue
        span = dating.clause.trimmed(telling.text)
        days = (dating.interval.earliest.isoformat(), dating.interval.latest.isoformat())
        yield telling.id, span.start, span.end, *days, dating.status == "announced"


def _speaker(telling: Telling, quote: Quote) -> str | None:
    """Who speaks: the fullest name, else the words that say who it is."""
    if quote.speaker is not None:
        return telling.chains[quote.speaker].name
    return None if quote.described is None else quote.described.of(telling.text)


def _unfind(connection: sqlite3.Connection, identifier: str) -> None:
    """Take out the rows and the words of the newest revision of a telling, where there is one."""
    connection.execute(
        "INSERT INTO texts_search (texts_search, rowid, title, text) SELECT 'delete', number, r.title, text "
        "FROM tellings t JOIN revisions r ON number = revision JOIN findings USING (revision) WHERE t.id = ?",
        (identifier,),
    )
    for name in SEARCHED.values():
        connection.execute(
            f"INSERT INTO {name}_search ({name}_search, rowid, words) SELECT 'delete', id, words FROM {name} "
            "WHERE telling = ?",
            (identifier,),
        )
    for table in LINES:
        connection.execute(f"DELETE FROM {table} WHERE telling = ?", (identifier,))
