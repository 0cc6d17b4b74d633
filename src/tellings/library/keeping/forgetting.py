"""Forgetting a telling, and taking words out of all of them, so that nothing of it is left in the file.

What is deleted is overwritten, the index of full text is built anew, the file is written anew without free pages, and
the log that writing keeps beside it is emptied. Records that were given out before stay where they are, and so do
backups: which these are is said.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from tellings.edge.store import keeping as tellings
from tellings.edge.store import ledger
from tellings.edge.store.database import StoreError, told
from tellings.library.keeping import adding
from tellings.library.keeping.deciding import telling_called
from tellings.library.keeping.opened import Opened
from tellings.model.engine import Engine
from tellings.model.records import Document
from tellings.model.text import View

#: What stands for each character of words that were taken out.
BLOCK = "█"
#: Columns outside of the tellings' own texts in which words of theirs may stand.
_TEXTS = (
    *(("additions", "paths"), ("problems", "place"), ("problems", "message"), ("problems", "remedy")),
    *(("stories", "title"), ("decisions", "value"), ("given_out", "place"), ("searches", "words")),
    *(("searches", "name"), ("searches", "filters")),
)
_WORD = re.compile(r"[^\W_]+")
#: Handles, addresses of the web and of mail that hold a name.
_HANDLES = (
    r"[@#][\w.-]*{0}(?:[\w.-]*[\w-])?",
    r"(?:https?://|www\.)[^\s\"'<>]*{0}(?:[^\s\"'<>]*[\w/-])?",
    r"[\w.+-]*{0}[\w.+-]*@[\w.-]*\w",
)
#: Marks that may stand behind a letter as characters of their own (Unicode's combining diacritical marks).
_MARKS = "[\u0300-\u036f]*"


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken out: of which tellings (ids), and at how many places; records given out before that hold it (when
    and where each was written), and backups of the library that do."""

    tellings: tuple[str, ...]
    places: int
    given_out: tuple[tuple[str, str], ...]
    backups: tuple[str, ...]


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
            name, origin = connection.execute("SELECT name, origin FROM tellings WHERE id = ?", (each,)).fetchone()
            connection.execute("DELETE FROM problems WHERE place IN (?, ?)", (name, origin))
            connection.execute(
                "DELETE FROM decisions WHERE ?1 IN (a, b) OR a LIKE ?2 OR b LIKE ?2", (each, f"{each}@%")
            )
            connection.execute("UPDATE story_trail SET telling = NULL WHERE telling = ?", (each,))
        adding.take_out(library, gone, ledger.latest(connection), at)
        connection.execute("DELETE FROM records")
    _overwrite(library)
    return Taken(tuple(gone), len(gone), tuple(dict.fromkeys(given)), _backups(library))


def redact(library: Opened, words: str, *, at: str, jobs: int | Engine = 1) -> Taken:
    """Take words out of all tellings, whatever their case and whatever stands between them: a person's name in each of
    its forms, one after the other. Each character becomes "█", so that all places stay what they were; of a page or
    another file with mark-up only what it shows is kept.

    Raises:
        ValueError: there is no word in it.
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
        touched = adding.rewrite(library, documents, ledger.latest(connection), at, jobs=jobs)
        for table, column in _TEXTS:
            places += _in_column(connection, table, column, take_out)
        connection.execute("DELETE FROM records")
    _overwrite(library)
    return Taken(touched, places, tuple(dict.fromkeys(given)), _backups(library))


def taking_out(words: str) -> Callable[[str], tuple[str, int]]:
    """What takes `words` out of a text: gives the text with blocks in their place, and how often they stood there.
    They are taken out where they are words of their own; of the handle of an account, and of an address, that has them
    in it, all is taken out.

    Raises:
        ValueError: there is no word in it.
    """
    letters = [_MARKS.join(map(re.escape, _plain(word))) + _MARKS for word in _WORD.findall(words)]
    if not letters:
        raise ValueError(f"{words!r} has no word to take out")
    name, joined = r"[\W_]+".join(letters), r"[\W_]*".join(letters)
    of_their_own = rf"(?<![^\W_]){name}(?![^\W_])"
    pattern = re.compile("|".join((*(kind.format(joined) for kind in _HANDLES), of_their_own)))

    def take_out(text: str) -> tuple[str, int]:
        spans = [found.span() for found in pattern.finditer(_plain(text))]
        for start, end in spans:
            text = text[:start] + BLOCK * (end - start) + text[end:]
        return text, len(spans)

    return take_out


# ---- in a document -----------------------------------------------------------------------


def _plain(text: str) -> str:
    """`text` without case and without marks on its letters, character for character."""
    return "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    letters = [c for c in unicodedata.normalize("NFKD", character.casefold()) if not unicodedata.combining(c)]
    return letters[0] if len(letters) == 1 else character


def _redacted(document: Document, take_out: Callable[[str], tuple[str, int]]) -> tuple[Document, int]:
    """The document without the words, and how often they stood in it."""
    text, count = take_out(document.text)
    _, hidden = take_out(document.view.source.content)
    bare = replace(document, view=View.plain(""), id="", file_digest=None)
    rest, elsewhere = _walked(bare, take_out)
    if not (count or hidden or elsewhere):
        return document, 0
    # Without mark-up, where words may stand in more forms than one, what is shown is all there is.
    view = View.plain(text) if count or hidden else document.view
    file_digest = None if count or hidden else document.file_digest
    return replace(rest, view=view, id=document.id, file_digest=file_digest), max(count, hidden) + elsewhere


def _walked(value: Any, take_out: Callable[[str], tuple[str, int]]) -> tuple[Any, int]:
    """A value with the words taken out of each string in it, and how often they stood there."""
    if isinstance(value, str):
        return take_out(value)
    if isinstance(value, tuple):
        made = [_walked(each, take_out) for each in value]
        return tuple(each for each, _ in made), sum(count for _, count in made)
    if is_dataclass(value) and not isinstance(value, (type, View)):
        walked = {field.name: _walked(getattr(value, field.name), take_out) for field in fields(value) if field.init}
        changed = {name: made for name, (made, count) in walked.items() if count}
        return (replace(value, **changed) if changed else value), sum(count for _, count in walked.values())
    return value, 0


def _in_column(
    connection: sqlite3.Connection, table: str, column: str, take_out: Callable[[str], tuple[str, int]]
) -> int:
    """Take the words out of a column; returns how often they stood there."""
    places = 0
    for row, text in connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL").fetchall():
        without, count = take_out(text)
        if count:
            places += count
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (without, row))
    return places


# ---- in the file -------------------------------------------------------------------------


def _overwrite(library: Opened) -> None:
    """Leave nothing of what was deleted: in the index of full text, in free pages, in the log beside the file."""
    connection = library.connection
    try:
        connection.execute("INSERT INTO texts_search (texts_search) VALUES ('rebuild')")
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        raise told(library.path, error) from error
    if busy:
        raise StoreError(
            f"{library.path}: it is taken out, but another process that reads keeps the log beside the file from being "
            "emptied. Close it, and do this again"
        )


def _backups(library: Opened) -> tuple[str, ...]:
    path = library.path
    return tuple(sorted(str(each) for each in path.parent.glob(f"{path.name}.form-*.backup")))
