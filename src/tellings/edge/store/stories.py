"""Stories as rows, and the trail that they leave when they split or merge: an id that was given never means another.

Which tellings are of one story is said by sorting (`tellings.across.stories`); here a group of tellings takes the id of
the story that it shares most tellings with, and a story that loses all of its tellings says into which it went.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence

from tellings.tell.stories import goes_on

#: What the id of a story begins with: it is that of its first telling behind it, and is never taken for a telling's.
STORY = "s"


def members(connection: sqlite3.Connection, story: str) -> tuple[str, ...]:
    """The ids of the tellings of a story, by day and id."""
    rows = connection.execute(
        "SELECT id FROM tellings WHERE story = ? ORDER BY published IS NULL, published, id", (story,)
    )
    return tuple(identifier for (identifier,) in rows)


def story_of(connection: sqlite3.Connection, identifier: str) -> str | None:
    """The story of a telling; `None` where it is not there."""
    found = connection.execute("SELECT story FROM tellings WHERE id = ?", (identifier,)).fetchone()
    return None if found is None else found[0]


def followed(connection: sqlite3.Connection, story: str) -> str | None:
    """The story that goes by an id now: itself, or the one it was merged into; `None` where there never was one."""
    seen: set[str] = set()
    while story not in seen:
        seen.add(story)
        found = connection.execute("SELECT merged_into FROM stories WHERE id = ?", (story,)).fetchone()
        if found is None:
            return None
        if found[0] is None:
            return story
        story = found[0]
    return story


def called(connection: sqlite3.Connection, name: str) -> tuple[str, tuple[str, ...]] | None:
    """The story that goes by an id now, its own, that of one merged into it or of one of its tellings, and its
    tellings; `None` where there is none."""
    story = followed(connection, name) or story_of(connection, name)
    found = members(connection, story) if story is not None else ()
    return (story, found) if story is not None and found else None


def assign(connection: sqlite3.Connection, groups: Iterable[Sequence[str]], addition: int, at: str) -> tuple[str, ...]:
    """Give each group of tellings the story it is, and say what became of those that they were in; `groups` are all
    whose tellings, or stories, changed. Returns the ids of all stories that are others now."""
    told = [tuple(group) for group in groups]
    before = {
        identifier: story
        for group in told
        for identifier in group
        if (story := story_of(connection, identifier)) is not None
    }
    changed: set[str] = set()
    kept = goes_on(told, before)
    named: list[tuple[str, Sequence[str]]] = []
    for number, group in enumerate(told):
        name = kept.get(number) or _free(connection, f"{STORY}{group[0]}", kept.values())
        named.append((name, group))
        moved = [identifier for identifier in group if before.get(identifier) != name]
        if not moved:
            continue
        connection.execute(
            "INSERT INTO stories VALUES (?, '', NULL, NULL, 0, 0, ?, ?, NULL) "
            "ON CONFLICT DO UPDATE SET merged_into = NULL",
            (name, addition, addition),
        )
        connection.executemany("UPDATE tellings SET story = ? WHERE id = ?", [(name, each) for each in moved])
        changed.update({name}, (before[each] for each in moved if each in before))
        _trail(connection, name, [(each, before[each]) for each in moved if each in before], at)
    change(connection, changed, addition)
    _close_empty(connection, changed, before, named, at)
    return tuple(sorted(changed))


def change(connection: sqlite3.Connection, changed: Iterable[str], addition: int) -> None:
    """Enter that stories are others since an addition."""
    connection.executemany("UPDATE stories SET changed_in = ? WHERE id = ?", [(addition, story) for story in changed])


def describe(connection: sqlite3.Connection, story: str, title: str) -> None:
    """Bring what is said of a story in line with its tellings."""
    connection.execute(
        "UPDATE stories SET title = ?, (tellings, outlets, first_published, last_published) = "
        "(SELECT count(*), count(DISTINCT publisher), min(published), max(published) FROM tellings WHERE story = ?) "
        "WHERE id = ?",
        (title, story, story),
    )


def _free(connection: sqlite3.Connection, name: str, kept: Collection[str]) -> str:
    """A name that no other story has: `name` itself, if it can be."""
    number, free = 1, name
    while free in kept or connection.execute("SELECT 1 FROM tellings WHERE story = ? LIMIT 1", (free,)).fetchone():
        number += 1
        free = f"{name}-{number}"
    return free


def _trail(connection: sqlite3.Connection, story: str, moved: Iterable[tuple[str, str]], at: str) -> None:
    connection.executemany(
        "INSERT INTO story_trail (story, what, other, telling, at) VALUES (?, 'moved here', ?, ?, ?)",
        [(story, other, identifier, at) for identifier, other in moved],
    )


def _close_empty(
    connection: sqlite3.Connection,
    changed: Iterable[str],
    before: dict[str, str],
    named: Sequence[tuple[str, Sequence[str]]],
    at: str,
) -> None:
    """Say of each story that has no telling left which one has most of those that it had."""
    for story in sorted(changed):
        if connection.execute("SELECT 1 FROM tellings WHERE story = ? LIMIT 1", (story,)).fetchone():
            continue
        shares = [
            (sum(before.get(identifier) == story for identifier in group), name)
            for name, group in named
            if name != story
        ]
        most, into = max(shares, default=(0, ""))
        if most:
            connection.execute("UPDATE stories SET merged_into = ? WHERE id = ?", (into, story))
            connection.execute(
                "INSERT INTO story_trail (story, what, other, at) VALUES (?, 'merged into', ?, ?)", (story, into, at)
            )
