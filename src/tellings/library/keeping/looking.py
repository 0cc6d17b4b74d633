"""Looking: which stories there are, what is in them, and where words stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from tellings.edge.store import search
from tellings.edge.store import stories as stories_kept
from tellings.edge.store.search import Filters, Found, Query, Saved
from tellings.library.keeping.members import members_of
from tellings.library.keeping.opened import NotThereError, Opened
from tellings.model.kept import Alert, Hit, KeptStory, KeptTelling, LineKind
from tellings.model.text import Span

#: Lines of one saved search that are told at a time.
ALERTS = 10_000
#: Stretches of one telling that are shown of what was found in its text.
_SHOWN = 3


#: A story as it is listed, from `stories s`.
_LISTED = (
    "SELECT id, title, first_published, last_published, tellings, outlets, (SELECT count(*) FROM tellings t "
    "WHERE t.story = s.id AND t.revision > t.seen) AS new "
    "FROM stories s"
)


def stories(library: Opened, *, most: int | None = None, only_new: bool = False) -> tuple[KeptStory, ...]:
    """The stories, those that changed last first."""
    with library.reading() as connection:
        rows = connection.execute(
            f"{_LISTED} WHERE tellings > 0 AND merged_into IS NULL {'AND new > 0 ' if only_new else ''}"
            "ORDER BY changed_in DESC, last_published DESC, id LIMIT ?",
            (-1 if most is None else most,),
        )
        return tuple(KeptStory(*row) for row in rows)


def show(library: Opened, story: str) -> tuple[KeptStory, tuple[KeptTelling, ...]]:
    """A story and its tellings, by day. Raises NotThereError."""
    with library.reading():
        found, _ = members_of(library, story)
        return listed(library, found), tuple(tellings_of(library, found))


def find(
    library: Opened, words: str, *, kind: LineKind | None = None, filters: Filters, most: int = 20, since: int = 0
) -> tuple[Hit, ...]:
    """Up to `most` lines in which all of `words` stand: words, "phrases", beginnings*; of `kind`, or of any text; of
    tellings whose newest text came after that numbered `since`. Those of tellings that came last stand first. Raises
    NoWordError where there is no word in `words`."""
    query = Query.of(words)
    found: list[Hit] = []
    with library.reading() as connection:
        if filters.story is not None:
            filters = replace(filters, story=stories_kept.followed(connection, filters.story) or filters.story)
        for hit in _hits(connection, query, kind or "text", filters, since):
            found.append(hit)
            if len(found) >= most:
                break
    return tuple(found[:most])


def alerts(library: Opened) -> tuple[Alert, ...]:
    """What each saved search finds in tellings that came, or changed, since it was last told, and what is other by them
    in each story that is followed."""
    with library.reading() as connection:
        saved = search.saved(connection)
    return tuple(_alert(library, each) for each in saved)


def _alert(library: Opened, saved: Saved) -> Alert:
    if saved.followed is not None:
        # Imported here: who only searches need not wait for all that makes a record.
        from tellings.library.keeping.following import developments

        try:
            return Alert(saved.name, developments=developments(library, saved.followed, saved.told_up_to))
        except NotThereError:  # all of its tellings were forgotten
            return Alert(saved.name)
    kind = next((known for known in get_args(LineKind) if known == saved.kind), None)
    return Alert(
        saved.name, find(library, saved.words, kind=kind, filters=saved.filters, most=ALERTS, since=saved.told_up_to)
    )


# ---- rows --------------------------------------------------------------------------------


def listed(library: Opened, story: str) -> KeptStory:
    """A story as it is listed."""
    row = library.connection.execute(f"{_LISTED} WHERE id = ?", (story,)).fetchone()
    return KeptStory(*row)


def tellings_of(library: Opened, story: str, *, only_new: bool = False) -> Iterator[KeptTelling]:
    """The tellings of a story, by day; with `only_new` those that came, or changed, since they were looked at."""
    rows = library.connection.execute(
        "SELECT t.id, title, publisher, published, address, name, words, (SELECT count(*) FROM revisions r WHERE "
        "r.telling = t.id), a.at FROM tellings t JOIN additions a ON a.number = t.added_in "
        f"WHERE story = ?{' AND revision > seen' if only_new else ''} ORDER BY published IS NULL, published, t.id",
        (story,),
    )
    return (KeptTelling(*row) for row in rows)


def _hits(connection: sqlite3.Connection, query: Query, kind: LineKind, filters: Filters, since: int) -> Iterator[Hit]:
    """Lines in which all terms stand; of texts, the paragraphs that hold most of them, wherever the others stand."""
    if kind == "text":
        for text in search.texts(connection, query, filters, since=since):
            for span in _paragraphs(text.words, query):
                yield _hit(text, kind, query, span)
        return
    for line in search.lines(connection, kind, query, filters, since=since):
        if len(query.places(line.words)) == len(query.terms):
            yield _hit(line, kind, query, Span(0, len(line.words)))


def _hit(found: Found, kind: LineKind, query: Query, inside: Span) -> Hit:
    """What stands at a span inside of what was found."""
    words = inside.of(found.words)
    marks = tuple(sorted({mark for each in query.places(words).values() for mark in each}))
    start = found.span.start
    span = Span(start + inside.start, start + inside.end)
    of = (found.id, found.story, found.publisher, found.published, found.title)
    return Hit(*of, kind, found.speaker, words, span, marks)


def _paragraphs(text: str, query: Query) -> Iterator[Span]:
    """The paragraphs of a text that hold words looked for, those that hold most of them first."""
    spans: list[tuple[int, Span]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        span = Span(start, start + len(line)).trimmed(text)
        start += len(line)
        if len(span) and (places := query.places(span.of(text))):
            spans.append((-len(places), span))
    for _, span in sorted(spans)[:_SHOWN]:
        yield span
