"""What `tellings watch` remembers of feeds and their items: one SQLite file in the folder, safe to delete.

Without it the feeds are read anew; what is in the folder is known by its sidecars and not fetched again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tellings.edge.fetching.feeds import Item
from tellings.edge.fetching.keeping import key

NAME = ".tellings-watch.sqlite"
_VERSION = 1
_TABLES = """
CREATE TABLE feeds (address TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL) STRICT;
CREATE TABLE items (
    number INTEGER PRIMARY KEY, feed TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL UNIQUE, address TEXT NOT NULL,
    title TEXT NOT NULL, published TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting',
    tries INTEGER NOT NULL DEFAULT 0, UNIQUE (feed, id)
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that is not settled: neither kept nor refused for good. `tries` is how often it was tried. `feed` is the
    key of a feed's address, as all feeds are known here."""

    number: int
    feed: str
    item: Item
    tries: int


class State:
    """The memory of `folder`, begun where there is none; `set_aside` is where one went that could not be read.

    Raises:
        OSError: it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self.set_aside: Path | None = None
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self._begin_anew()
            self._open()

    def __enter__(self) -> State:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _value: object, _trace: TracebackType | None) -> None:
        self._base.close()

    def _open(self) -> None:
        # Transactions begin where we say so.
        self._base = sqlite3.connect(self._path, isolation_level=None)
        try:
            (version,) = self._base.execute("PRAGMA user_version").fetchone()
            if version not in (0, _VERSION):
                raise sqlite3.DatabaseError(f"of version {version}")
            if version == 0:
                self._base.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
            elif self._base.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("damaged")
            self._base.execute("SELECT count(*) FROM items, feeds").fetchone()
        except BaseException:
            self._base.close()
            raise

    def _begin_anew(self) -> None:
        self.set_aside = self._path.with_name(NAME + ".damaged")
        self._path.replace(self.set_aside)
        self._path.with_name(NAME + "-journal").unlink(missing_ok=True)

    def validators(self, feed: str) -> tuple[str, str]:
        """ETag and Last-Modified of a feed as it was last read; empty where there are none."""
        found = self._base.execute("SELECT etag, last_modified FROM feeds WHERE address = ?", (feed,)).fetchone()
        return found or ("", "")

    def enter(self, feed: str, items: Iterable[Item], etag: str, last_modified: str) -> int:
        """How many of the items of a feed are new; these wait from now on.

        That they do, and by what the feed will be known again, is written in one: else a run that ends between would
        never see them.
        """
        new = 0
        self._base.execute("BEGIN IMMEDIATE")
        try:
            for item in items:
                name = key(item.address) if item.address else f"{feed} {item.id or item.title}"
                new += self._base.execute(
                    "INSERT OR IGNORE INTO items (feed, id, key, address, title, published) VALUES (?, ?, ?, ?, ?, ?)",
                    (feed, item.id or name, name, item.address, item.title, item.published),
                ).rowcount
            self._base.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)", (feed, etag, last_modified))
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")
        return new

    def waiting(self, feeds: Iterable[str]) -> list[Waiting]:
        """The items of `feeds` that are not settled, in the order in which they were met."""
        wanted = set(feeds)
        rows = self._base.execute(
            "SELECT number, feed, id, address, title, published, tries FROM items"
            " WHERE state = 'waiting' ORDER BY number"
        )
        return [
            Waiting(number, feed, Item(id, address, title, published), tries)
            for number, feed, id, address, title, published, tries in rows
            if feed in wanted
        ]

    def settle(self, number: int, state: str) -> None:
        """An item is "kept" or "refused", for good."""
        self._base.execute("UPDATE items SET state = ? WHERE number = ?", (state, number))

    def tried(self, number: int) -> None:
        """An item was tried once more."""
        self._base.execute("UPDATE items SET tries = tries + 1 WHERE number = ?", (number,))
