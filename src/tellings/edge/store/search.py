"""Search: words to tellings, by the index of full text (FTS5), newest received first, as far as is asked for.

Ranking all hits costs the more the more there are; in the order in which they were received a search ends as soon as
enough of them was seen.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec

from tellings.edge.store.schema import PLACES
from tellings.model.kept import LineKind
from tellings.model.text import Span

#: The kind of what is saved of a story that is followed.
STORY = "story"
_TERM = re.compile(r'"([^"]*)"|(\S+)')
_TOKEN = re.compile(r"[^\W_]+")


class NoWordError(ValueError):
    """No word is in what was given to be looked for, or taken out."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: terms that all must stand there, each the words of a phrase, as `folded` gives them and as
    they are `written`; the last word of a term is a beginning where it ends with "*"."""

    terms: tuple[tuple[str, ...], ...]
    written: tuple[str, ...]
    beginnings: frozenset[int]

    @classmethod
    def of(cls, told: str) -> Query:
        """What a person typed: words, "phrases", beginnings*. Raises NoWordError."""
        terms: list[tuple[str, ...]] = []
        written: list[str] = []
        beginnings: set[int] = set()
        for phrase, word in _TERM.findall(unicodedata.normalize("NFC", told)):
            tokens = _TOKEN.findall(phrase or word)
            if tokens:
                if word.endswith("*"):
                    beginnings.add(len(terms))
                terms.append(tuple(map(folded, tokens)))
                written.append(" ".join(tokens))
        if not terms:
            raise NoWordError(f"{told!r} has no word to look for")
        return cls(tuple(terms), tuple(written), frozenset(beginnings))

    def of_index(self) -> str:
        """The same in the language of the index, which takes marks off letters in a way of its own."""
        return " ".join(
            f'"{words}"{"*" if number in self.beginnings else ""}' for number, words in enumerate(self.written)
        )

    def places(self, text: str) -> dict[int, list[Span]]:
        """Where the terms stand in `text`, by their number; those that do not are left out."""
        found: dict[int, list[Span]] = {}
        whole = folded(text)
        if not any(term[0] in whole for term in self.terms):
            return found
        tokens = [(folded(token.group()), token.span()) for token in _TOKEN.finditer(text)]
        for number, term in enumerate(self.terms):
            begins, size = number in self.beginnings, len(term)
            for at in range(len(tokens) - size + 1):
                words = tuple(word for word, _ in tokens[at : at + size])
                if words == term or (begins and words[:-1] == term[:-1] and words[-1].startswith(term[-1])):
                    found.setdefault(number, []).append(Span(tokens[at][1][0], tokens[at + size - 1][1][1]))
        return found


def folded(word: str | None) -> str:
    """A word, or words, as the index has them: without case and marks on letters; none where there is no word."""
    if word is None:
        return ""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a telling must be to be found; `None` where it may be anything. `person`: somebody named in it, part of a
    name suffices; `since` and `until`: days of publication, both included."""

    story: str | None = None
    outlet: str | None = None
    language: str | None = None
    person: str | None = None
    since: date | None = None
    until: date | None = None


#: Kind of line → the view that has its words.
LINES: dict[LineKind, str] = {"quote": "quotes", "fact": "facts", "event": "events"}


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words of a query stand: a `text`, or a line of it, of the telling `id`, and what is told of that."""

    id: str
    story: str
    publisher: str | None
    published: str | None
    title: str | None
    span: Span
    words: str
    speaker: str | None


def texts(connection: sqlite3.Connection, query: Query, filters: Filters, *, since: int = 0) -> Iterator[Found]:
    """The whole text of each telling that holds all terms of `query`, newest received first; only those whose newest
    text came after the one numbered `since`."""
    wheres, values = _wheres(filters)
    rows = connection.execute(
        f"SELECT {_OF_TELLING}, r.text FROM texts_search s JOIN revisions r ON r.number = s.rowid "
        "JOIN tellings t ON t.id = r.telling AND t.revision = r.number WHERE texts_search MATCH ? AND s.rowid > ? "
        f"{wheres} ORDER BY s.rowid DESC",
        (query.of_index(), since, *values),
    )
    for identifier, story, publisher, published, title, text in rows:
        yield Found(identifier, story, publisher, published, title, Span(0, len(text)), text, None)


def lines(
    connection: sqlite3.Connection, kind: LineKind, query: Query, filters: Filters, *, since: int = 0
) -> Iterator[Found]:
    """The lines of a kind that hold all terms of `query`, likewise; those of one text from its end."""
    wheres, values = _wheres(filters)
    name = LINES[kind]
    rows = connection.execute(
        f'SELECT {_OF_TELLING}, l.start, l."end", l.words, {"l.speaker" if kind == "quote" else "NULL"} '
        f"FROM {name}_search s JOIN {name} l ON l.id = s.rowid JOIN tellings t ON t.id = l.telling "
        f"WHERE {name}_search MATCH ? AND s.rowid >= ? {wheres} ORDER BY s.rowid DESC",
        (query.of_index(), (since + 1) << PLACES, *values),
    )
    for identifier, story, publisher, published, title, start, end, words, speaker in rows:
        yield Found(identifier, story, publisher, published, title, Span(start, end), words, speaker)


_OF_TELLING = "t.id, t.story, t.publisher, t.published, t.title"


def _wheres(filters: Filters) -> tuple[str, list[str]]:
    """What tellings `t` must be, in SQL, and its values."""
    wheres: list[str] = []
    values: list[str] = []
    for column, value in (("t.story", filters.story), ("t.language", filters.language)):
        if value is not None:
            wheres.append(f"{column} = ?")
            values.append(value)
    if filters.outlet is not None:
        wheres.append("folded(t.publisher) LIKE ? ESCAPE '\\'")
        values.append(_anywhere(filters.outlet))
    if filters.person is not None:
        wheres.append(
            "EXISTS (SELECT 1 FROM people_found p WHERE p.telling = t.id AND folded(p.name) LIKE ? ESCAPE '\\')"
        )
        values.append(_anywhere(filters.person))
    for comparison, day in ((">=", filters.since), ("<=", filters.until)):
        if day is not None:
            wheres.append(f"t.published {comparison} ?")
            values.append(day.isoformat())
    return "".join(f"AND {where} " for where in wheres), values


#: The indexes of full text.
INDEXES = ("texts_search", *(f"{name}_search" for name in LINES.values()))


def index_anew(connection: sqlite3.Connection) -> None:
    """Make the indexes of full text anew, from texts and lines."""
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


@dataclass(frozen=True, slots=True)
class Saved:
    """A search that is kept, or a story that is followed: a search without words, of the kind `STORY`. What is new is
    told up to the text of a number."""

    name: str
    words: str
    kind: str | None
    filters: Filters
    told_up_to: int

    @property
    def followed(self) -> str | None:
        """The story that is followed, where this is no search for words."""
        return self.filters.story if self.kind == STORY else None


def save(
    connection: sqlite3.Connection, name: str, words: str, kind: str | None, filters: Filters, *, at: str, up_to: int
) -> None:
    """Keep a search by a name, in place of an earlier one of that name; hits in texts after that numbered `up_to` are
    new."""
    connection.execute(
        "INSERT INTO searches VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET words = excluded.words, kind = "
        "excluded.kind, filters = excluded.filters, made_at = excluded.made_at, told_up_to = excluded.told_up_to",
        (name, words, kind, msgspec.json.encode(filters).decode(), at, up_to),
    )


def saved(connection: sqlite3.Connection) -> tuple[Saved, ...]:
    """The searches that are kept, by name."""
    rows = connection.execute("SELECT name, words, kind, filters, told_up_to FROM searches ORDER BY name")
    return tuple(
        Saved(name, words, kind, msgspec.json.decode(filters, type=Filters), up_to)
        for name, words, kind, filters, up_to in rows
    )


def told_up_to(connection: sqlite3.Connection, name: str, number: int) -> None:
    """Enter up to which text hits of a search were told."""
    connection.execute("UPDATE searches SET told_up_to = ? WHERE name = ?", (number, name))


def drop(connection: sqlite3.Connection, name: str) -> bool:
    """Keep a search no longer; whether there was one of that name."""
    return connection.execute("DELETE FROM searches WHERE name = ?", (name,)).rowcount > 0


def _anywhere(words: str) -> str:
    """A pattern for words that stand anywhere, whatever their case and the marks on their letters."""
    escaped = re.sub(r"([%_\\])", r"\\\1", folded(words))
    return f"%{escaped}%"
