"""A library that is open: its file, and what all that is done with it needs."""

from __future__ import annotations

import getpass
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tellings import __version__
from tellings.edge.store.database import told, writing
from tellings.edge.store.ledger import waits

# Who only looks need not wait for what sorts.
if TYPE_CHECKING:
    from tellings.across.stories import Stories
    from tellings.edge.store.shelf import StoredShelf


#: How a time is written (ISO 8601, UTC).
TIME = "%Y-%m-%dT%H:%M:%SZ"


class NotThereError(ValueError):
    """What was asked for is not in the library; the message says what to do."""


class UndecidableError(ValueError):
    """What somebody wants to decide is no decision; the message says why."""


@dataclass(frozen=True)
class Opened:
    """The file at `path`, its connection and what sorting knows of it; `program` is the
    version that finds things."""

    path: Path
    connection: sqlite3.Connection
    only_reading: bool = False
    program: str = __version__

    @property
    def is_unfinished(self) -> bool:
        """Whether something was taken out, and what is left of it in free pages and logs not yet overwritten."""
        return self.connection.execute("SELECT 1 FROM unfinished").fetchone() is not None

    @property
    def is_unsorted(self) -> bool:
        """Whether tellings were kept that are in no story yet."""
        return waits(self.connection)

    @cached_property
    def shelf(self) -> StoredShelf:
        """What sorting knows."""
        from tellings.edge.store.shelf import StoredShelf

        return StoredShelf(self.connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or nothing. Raises StoreError where nothing can be written."""
        try:
            with writing(self.connection, self.path) as connection:
                self.shelf.fresh()
                yield connection
                self.shelf.flush()
        except BaseException:
            self.shelf.forget()
            raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A look at the library as it is now, whoever writes meanwhile. Raises StoreError where it is damaged."""
        if self.connection.in_transaction:
            yield self.connection
            return
        try:
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise told(self.path, error) from error

    def stories(self) -> Stories:
        """What sorts its tellings into stories, by what is decided now."""
        from tellings.across.stories import Stories
        from tellings.edge.store import decisions

        return Stories(decisions.of_stories(self.connection), self.shelf)


def now() -> str:
    """The time, UTC, in seconds."""
    return f"{datetime.now(UTC):{TIME}}"


def somebody() -> str:
    """Who uses this machine; "unknown" where it does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
