"""What sorting into stories knows of a pile (`tellings.across.stories.shelf.Shelf`), kept in the store.

What was read or set lately is kept in memory, so much of each kind; what was set is written when it is let go, and when
`flush` is called. `fresh` forgets all where another process may have written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, Generic, TypeVar

import msgspec

from tellings.across.stories.ranked import Holder, Place, Ranked
from tellings.across.stories.sketch import Sketch
from tellings.edge.store.ledger import WAITING
from tellings.edge.store.packing import packed, unpacked

Value = TypeVar("Value")
#: Values of a kind that are kept in memory at most; of kinds that are large, fewer.
_VALUES, _RANKS, _SKETCHES = 40_000, 16_000, 8_000


class Kept(MutableMapping[str, Value], Generic[Value]):
    """The values of one kind in `sorting_values`, by their keys."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        kind: int,
        encode: Callable[[Value], bytes],
        decode: Callable[[bytes], Value],
        most: int,
    ) -> None:
        """`encode` and `decode` turn a value into bytes and back; `most` are kept in memory."""
        self._connection = connection
        self._most = most
        self._kind = kind
        self._encode = encode
        self._decode = decode
        self._known: dict[str, Value | None] = {}
        self._changed: set[str] = set()

    def __getitem__(self, key: str) -> Value:
        value = self._known.get(key)
        if value is None:
            if key not in self._known:
                found = self._connection.execute(
                    "SELECT value FROM sorting_values WHERE kind = ? AND key = ?", (self._kind, key)
                ).fetchone()
                value = None if found is None else self._decode(found[0])
                self._know(key, value)
            if value is None:
                raise KeyError(key)
        return value

    def __setitem__(self, key: str, value: Value) -> None:
        self._know(key, value)
        self._changed.add(key)

    def __delitem__(self, key: str) -> None:
        self[key]
        self._know(key, None)
        self._changed.add(key)

    def __iter__(self) -> Iterator[str]:
        self.flush()
        rows = self._connection.execute("SELECT key FROM sorting_values WHERE kind = ? ORDER BY key", (self._kind,))
        return iter([key for (key,) in rows])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def flush(self) -> None:
        """Write what was set."""
        values = [(key, self._known[key]) for key in sorted(self._changed)]
        self._connection.executemany(
            "INSERT INTO sorting_values VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            [(self._kind, key, self._encode(value)) for key, value in values if value is not None],
        )
        self._connection.executemany(
            "DELETE FROM sorting_values WHERE kind = ? AND key = ?",
            [(self._kind, key) for key, value in values if value is None],
        )
        self._changed.clear()

    def _know(self, key: str, value: Value | None) -> None:
        """Keep a value in memory; where these are many, write what was set and let the half go that came first."""
        if len(self._known) >= self._most and key not in self._known:
            self.flush()
            for first in list(self._known)[: self._most // 2]:
                del self._known[first]
        self._known[key] = value

    def forget(self) -> None:
        """Let go of what was read and set."""
        self._known.clear()
        self._changed.clear()


class StoredShelf:
    """A shelf in the store. All that changes it happens within one transaction, which ends with `flush`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        pack = msgspec.msgpack.encode

        def kept(kind: int, of: type[Value]) -> Kept[Value]:
            return Kept(connection, kind, pack, msgspec.msgpack.Decoder(of).decode, _VALUES)

        self.sketches = Kept(connection, 1, packed, lambda blob: unpacked(blob, Sketch), _SKETCHES)
        self.places: Kept[tuple[int, str]] = kept(11, tuple[int, str])
        self.ranked: Kept[Ranked] = Kept(connection, 2, _of_ranked, _ranked, _RANKS)
        self.scores: Kept[dict[str, float]] = kept(3, dict[str, float])
        self.group_of: Kept[str] = kept(6, str)
        self.groups: Kept[tuple[str, ...]] = kept(7, tuple[str, ...])
        self.wanted: Kept[str] = kept(8, str)
        self.joined: Kept[str] = kept(9, str)
        self.joined_by: Kept[tuple[str, ...]] = kept(10, tuple[str, ...])
        self.waiting: Kept[tuple[str, ...]] = kept(WAITING, tuple[str, ...])
        self._kinds: tuple[Kept[Any], ...] = (
            *(self.sketches, self.places, self.ranked, self.scores),
            *(self.group_of, self.groups, self.wanted, self.joined, self.joined_by, self.waiting),
        )
        self._version: object = None

    def fresh(self) -> None:
        """Called when a transaction has begun: what is remembered holds unless another process has written."""
        version = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self.forget()
            self._version = version

    def forget(self) -> None:
        """Let go of all that is remembered, as after a transaction that came to nothing."""
        for kind in self._kinds:
            kind.forget()

    def flush(self) -> None:
        """Write all that was set."""
        for kind in self._kinds:
            kind.flush()

    def around(self, word: str, place: Place, most: int) -> tuple[list[Holder], list[Holder]]:
        """The last `most` holders of `word` before a place and the first `most` from it on, both in order."""
        before, behind = (self._connection.execute(asked, (word, *place, most)) for asked in (_BEFORE, _BEHIND))
        return [*map(_holder, before)][::-1], [*map(_holder, behind)]

    def enter(self, word: str, holder: Holder) -> None:
        """Enter a holder of `word`."""
        place, weight = holder
        self._connection.execute("INSERT INTO sorting_words VALUES (?, ?, ?, ?, ?)", (word, *place, weight))

    def leave(self, word: str, place: Place) -> None:
        """Take the holder of `word` at a place out."""
        self._connection.execute(
            "DELETE FROM sorting_words WHERE word = ? AND day = ? AND name = ? AND telling = ?", (word, *place)
        )


_BEFORE = (
    "SELECT day, name, telling, weight FROM sorting_words WHERE word = ? AND (day, name, telling) < (?, ?, ?) "
    "ORDER BY day DESC, name DESC, telling DESC LIMIT ?"
)
_BEHIND = (
    "SELECT day, name, telling, weight FROM sorting_words WHERE word = ? AND (day, name, telling) >= (?, ?, ?) "
    "ORDER BY day, name, telling LIMIT ?"
)


def _holder(row: tuple[int, str, str, float]) -> Holder:
    day, name, telling, weight = row
    return (day, name, telling), weight


_RANKED = msgspec.msgpack.Decoder(tuple[list[tuple[float, str]], bool])


def _of_ranked(ranked: Ranked) -> bytes:
    return msgspec.msgpack.encode((ranked.best, ranked.whole))


def _ranked(blob: bytes) -> Ranked:
    best, whole = _RANKED.decode(blob)
    return Ranked.of(best, whole=whole)
