"""The file itself: opened, checked, brought to the form of today, and written to one transaction at a time.

Write-ahead logging, so that readers and one writer do not wait for each other; each transaction takes the writer's
lock when it begins (`BEGIN IMMEDIATE`: a plain one fails half-way where two write) and is on the disk when it ends.
What is deleted is overwritten (`secure_delete`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from tellings.edge.store.schema import MIGRATIONS
from tellings.edge.store.search import folded

#: "tell": what SQLite's header says a file is of (`PRAGMA application_id`).
APPLICATION = 0x74656C6C
_MAGIC = b"SQLite format 3\x00"
#: Seconds to wait for another process that writes.
_PATIENCE = 60.0
#: Share of a file that is free from which it is made smaller.
_FREE = 0.2


class StoreError(ValueError):
    """A library cannot be opened, read or written; the message names the file and the remedy."""


class NoLibraryError(StoreError):
    """There is no file of that name."""


def is_library(path: str | Path) -> bool:
    """Whether the file at `path` is a library, by its first bytes. Raises OSError where it cannot be read."""
    with Path(path).open("rb") as file:
        head = file.read(72)
    return head.startswith(_MAGIC) and head[68:72] == APPLICATION.to_bytes(4, "big")


def connect(path: Path, *, create: bool = False, reading: bool = False) -> sqlite3.Connection:
    """The library at `path`.

    Args:
        path: Its file.
        create: Make it where there is none.
        reading: Nothing will be written; a library of an older form is brought to today's first, where it may be.

    Raises:
        NoLibraryError: there is none, and none is to be made.
        StoreError: it is no library, is of a newer form than this program knows, or cannot be opened.
    """
    try:
        there = path.exists() and path.stat().st_size > 0
        if not there and not create:
            raise NoLibraryError(
                f"{path}: there is no such library. Make one with: tellings add PATH… --library {path}"
            )
        if there and not _may_be_library(path):
            raise StoreError(f"{path} is no library of tellings. Choose another name")
        if reading:
            return _for_reading(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connected(f"file:{quote(str(path))}?mode=rwc")
        try:
            _bring_up_to_date(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection
    except (sqlite3.Error, OSError) as error:
        raise told(path, error) from error


@contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction: all of it is kept, or nothing.

    Raises:
        StoreError: the file cannot be written: another process writes too long, the disk is full, …
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except sqlite3.Error as error:
        raise told(path, error) from error


@contextmanager
def patience(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Wait for other processes no longer than so many seconds."""
    connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(_PATIENCE * 1000)}")


def told(path: Path, error: Exception) -> StoreError:
    """`error` in words that name the file and the remedy."""
    said = str(error)
    if "locked" in said or "busy" in said:
        return StoreError(f"{path} is being written by another process. Try again when that is done")
    if "readonly" in said or "read-only" in said:
        return StoreError(f"{path} may only be read. Copy it to where you may write")
    if "full" in said:
        return StoreError(f"{path}: the disk is full. What was said to be kept is kept; make room and go on")
    if "malformed" in said or "not a database" in said or "encrypted" in said:
        return StoreError(f"{path} is damaged ({said}). Take the newest backup beside it, or: sqlite3 {path} .recover")
    if isinstance(error, OSError):
        return StoreError(f"cannot open {path}: {error.strerror or error}. Choose another place with --library")
    return StoreError(f"{path}: {said}")


# ---- opening -----------------------------------------------------------------------------


def _may_be_library(path: Path) -> bool:
    """Whether the file at `path` is a library, or one that somebody began to make. Raises OSError and sqlite3.Error."""
    if is_library(path):
        return True
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            return False
    # What was written last may stand in the log beside the file, so SQLite is asked; it changes nothing by that.
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=_PATIENCE)
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return bool(application == APPLICATION or (application == 0 and tables == 0))
    finally:
        connection.close()


def _connected(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PATIENCE, check_same_thread=False)
    connection.create_function("folded", 1, folded, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -65536")  # KiB
    return connection


def _for_reading(path: Path) -> sqlite3.Connection:
    """A connection that only reads; also where the folder may not be written to."""
    try:
        connection = _connected(f"file:{quote(str(path))}?mode=ro")
        form = _form(connection)
    except sqlite3.OperationalError:
        # The files that write-ahead logging keeps beside it cannot be made there, and nobody else makes them.
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise StoreError(
                f"{path}: what was written last stands in {log.name}, which cannot be read where nothing may be "
                "written. Copy both to where you may write"
            ) from None
        connection = _connected(f"file:{quote(str(path))}?immutable=1")
        form = _form(connection)
    if form == len(MIGRATIONS):
        return connection
    connection.close()
    _refuse_newer(path, form)
    connect(path).close()
    return _for_reading(path)


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables, or run the migrations that it lacks: all in one transaction, a backup before."""
    connection.execute("PRAGMA synchronous = FULL")
    form = _form(connection)
    _refuse_newer(path, form)
    if form < len(MIGRATIONS):
        if form:
            _back_up(connection, path, form)
        _migrate(connection)
        _give_back(connection)
    connection.execute("PRAGMA journal_mode = WAL")


def _migrate(connection: sqlite3.Connection) -> None:
    """Run what is lacking. A new file has no log yet, so that with the transaction it says by its first bytes what it
    is."""
    connection.execute("BEGIN EXCLUSIVE")
    try:
        # Another process may have done it while this one waited.
        for number, migrate in enumerate(MIGRATIONS, 1):
            if number > _form(connection):
                migrate(connection)
                connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _give_back(connection: sqlite3.Connection) -> None:
    """Make the file as small as it can be, where migrations left much of it free."""
    (free,), (pages,) = (connection.execute(f"PRAGMA {of}").fetchone() for of in ("freelist_count", "page_count"))
    if free > pages * _FREE:
        # Where the disk has no room for it, or another looks, it stays large and is as good.
        with suppress(sqlite3.OperationalError):
            connection.execute("VACUUM")


def _form(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_newer(path: Path, form: int) -> None:
    if form > len(MIGRATIONS):
        raise StoreError(
            f"{path} was made by a newer tellings (form {form}; this one knows {len(MIGRATIONS)}). "
            "Nothing was changed; take the newer program"
        )


def _back_up(connection: sqlite3.Connection, path: Path, form: int) -> None:
    """A copy of the library as it is, beside it."""
    beside = path.with_name(f"{path.name}.form-{form}.backup")
    copy = sqlite3.connect(beside)
    try:
        connection.backup(copy)
    finally:
        copy.close()
