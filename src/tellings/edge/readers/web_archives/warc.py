"""The records of a WARC file (ISO 28500), read forward.

The public readers end without a word where a file was cut off; this one says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from tellings.edge.readers.archives.streams import Section, Trouble, trouble_of
from tellings.edge.readers.web_archives.http import fields

#: The most that the head of a record takes (bytes).
_MOST_OF_HEAD = 100_000
_BEGINS = b"WARC/"
#: How far the next record is looked for where one does not begin where it should (bytes).
_FARTHEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its number in the file, its fields (names in small letters), and what it holds, to be read at once."""

    number: int
    fields: Mapping[str, str]
    content: Section

    @property
    def kind(self) -> str:
        """What it is: "response", "request", "metadata", …"""
        return self.fields.get("warc-type", "").lower()

    @property
    def address(self) -> str:
        """What it is of; some programs write the address between angle brackets."""
        return self.fields.get("warc-target-uri", "").strip("<>")


class Warc:
    """The records of a WARC file in their order."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._trouble: Trouble | None = None

    @property
    def trouble(self) -> Trouble | None:
        """Why it ended early, or what is wrong with it; `None` where nothing is."""
        return trouble_of(self._stream) or self._trouble

    def __iter__(self) -> Iterator[Record]:
        number = 0
        while (head := self._head()) is not None:
            number += 1
            told = fields(head)
            length = told.get("content-length", "")
            if not length.isdecimal() or len(length) > 15:
                self._trouble = "damaged"
                continue
            content = Section(self._stream, int(length))
            yield Record(number, told, content)
            content.skip()
            if content.left:
                self._trouble = "cut"
                return

    def _head(self) -> bytes | None:
        """The head of the next record; `None` at the end."""
        line = self._first_line()
        if not line:
            return None
        lines = [line]
        size = len(line)
        while size <= _MOST_OF_HEAD:
            line = self._stream.readline(_MOST_OF_HEAD)
            if not line.endswith(b"\n"):
                self._trouble = "cut" if len(line) < _MOST_OF_HEAD else "damaged"
                return None
            if not line.strip():
                return b"".join(lines)
            lines.append(line)
            size += len(line)
        self._trouble = "damaged"
        return None

    def _first_line(self) -> bytes:
        """The line that begins the next record; empty at the end. What stands before it is gone over."""
        passed = 0
        while line := self._stream.readline(_MOST_OF_HEAD):
            if line.startswith(_BEGINS):
                return line
            if line.strip():
                # A record is longer or shorter than it says.
                self._trouble = "damaged"
            passed += len(line)
            if passed > _FARTHEST:
                break
        return b""
