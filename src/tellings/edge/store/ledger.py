"""What was done with a library: what was added when and what was wrong with it, what was looked at and given out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from tellings.model.kept import Addition
from tellings.model.records import Problem

#: The kind in `sorting_values` of tellings that wait to be sorted into stories.
WAITING = 12


def begin(connection: sqlite3.Connection, at: str, program: str, paths: Sequence[str], fields: Sequence[str]) -> int:
    """Enter that something is being added; returns its number."""
    made = connection.execute(
        "INSERT INTO additions (at, program, paths, fields, new_tellings, new_revisions, known) "
        "VALUES (?, ?, ?, ?, 0, 0, 0)",
        (at, program, *(json.dumps(list(each), ensure_ascii=False) for each in (paths, fields))),
    )
    return int(made.lastrowid or 0)


def count(connection: sqlite3.Connection, number: int, new_tellings: int, new_revisions: int, known: int) -> None:
    """Add to what an addition brought."""
    connection.execute(
        "UPDATE additions SET new_tellings = new_tellings + ?, new_revisions = new_revisions + ?, known = known + ? "
        "WHERE number = ?",
        (new_tellings, new_revisions, known, number),
    )


def additions(connection: sqlite3.Connection) -> tuple[Addition, ...]:
    """All additions in their order."""
    rows = connection.execute(
        "SELECT number, at, program, paths, fields, new_tellings, new_revisions, known FROM additions ORDER BY number"
    )
    return tuple(
        Addition(number, at, program, tuple(json.loads(paths)), tuple(json.loads(fields)), *counts)
        for number, at, program, paths, fields, *counts in rows
    )


def say_problems(connection: sqlite3.Connection, number: int, problems: Sequence[Problem]) -> None:
    """Keep what was wrong with what an addition read."""
    connection.executemany(
        "INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)",
        [(number, each.place, each.kind, each.message, each.remedy, each.lost) for each in problems],
    )


def problems(connection: sqlite3.Connection, number: int) -> tuple[Problem, ...]:
    """What was wrong with what an addition read."""
    rows = connection.execute(
        "SELECT place, kind, message, remedy, lost FROM problems WHERE addition = ? ORDER BY rowid", (number,)
    )
    return tuple(Problem(place, kind, message, remedy, bool(lost)) for place, kind, message, remedy, lost in rows)


def latest(connection: sqlite3.Connection) -> int:
    """The number of the last addition; 0 before the first."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM additions").fetchone()[0])


def waits(connection: sqlite3.Connection) -> bool:
    """Whether tellings were kept that are in no story yet: a process that adds ended in the middle, or is at it."""
    found = connection.execute("SELECT 1 FROM sorting_values WHERE kind = ? LIMIT 1", (WAITING,)).fetchone()
    return found is not None


def newest(connection: sqlite3.Connection) -> int:
    """The number of the last text that came; 0 before the first. Numbers only grow."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM revisions").fetchone()[0])


def see(connection: sqlite3.Connection, story: str) -> None:
    """Enter that the tellings of a story, as they are now, were looked at."""
    connection.execute("UPDATE tellings SET seen = revision WHERE story = ?", (story,))


def give_out(
    connection: sqlite3.Connection, story: str, at: str, place: str, digest: str, tellings: Sequence[str]
) -> None:
    """Enter that a record of a story was written somewhere."""
    connection.execute(
        "INSERT INTO given_out (story, at, place, digest, tellings) VALUES (?, ?, ?, ?, ?)",
        (story, at, place, digest, json.dumps(list(tellings))),
    )


def given_out(connection: sqlite3.Connection, telling: str) -> tuple[tuple[str, str], ...]:
    """When and where records were written that a telling is in."""
    rows = connection.execute("SELECT at, place, tellings FROM given_out ORDER BY number")
    return tuple((at, place) for at, place, tellings in rows if telling in json.loads(tellings))


def forget(connection: sqlite3.Connection, telling: str, names: Sequence[str]) -> None:
    """Take out what is said of a telling that is forgotten: of its files, by these names, and where it was given."""
    connection.executemany("DELETE FROM problems WHERE place = ?", [(name,) for name in names])
    for number, paths in connection.execute("SELECT number, paths FROM additions").fetchall():
        kept = [path for path in json.loads(paths) if path not in names]
        connection.execute(
            "UPDATE additions SET paths = ? WHERE number = ?", (json.dumps(kept, ensure_ascii=False), number)
        )
    for number, tellings in connection.execute("SELECT number, tellings FROM given_out").fetchall():
        if telling in json.loads(tellings):
            connection.execute("DELETE FROM given_out WHERE number = ?", (number,))
