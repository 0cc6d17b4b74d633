"""TAR archives (POSIX.1-2001 "ustar" and "pax", GNU, and those of before), read forward.

The standard library's reader ends without a word at the first damaged head and at a missing end, and holds a head of
any size that it says it has; this one says so, and does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from tellings.edge.readers.archives.members import Kind, Member, is_folder, member_name
from tellings.edge.readers.archives.streams import Section, Trouble, trouble_of

BLOCK = 512
#: Types of members that are no files, and those that tell of the member behind them.
_KINDS: dict[bytes, Kind] = {
    b"1": "link", b"2": "link", b"3": "device", b"4": "device", b"6": "device", b"S": "sparse file",
}  # fmt: skip
_FOLDERS = frozenset({b"5", b"D"})
_LONG_NAME, _LONG_LINK, _OF_NEXT, _OF_ALL, _LABELS = b"L", b"K", b"x", b"g", frozenset({b"V", b"M"})
_OCTAL, _SIZE = re.compile(rb"[0-7]+"), re.compile(r"[0-9]{1,18}")
#: The most that is read of what tells of a member (bytes).
_MOST_TOLD = 1_000_000


def is_tar(head: bytes) -> bool:
    """Whether a file begins as a TAR archive does: with a head whose checksum is right."""
    return len(head) >= BLOCK and b"\0" in head[:BLOCK] and _has_checksum(head[:BLOCK])


class Tar:
    """The members of a TAR archive in their order."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._trouble: Trouble | None = None
        self.names: tuple[str, ...] = ()  # none is known before it is read

    @property
    def trouble(self) -> Trouble | None:
        """Why it ended early; `None` where it did not."""
        return self._trouble and (trouble_of(self._stream) or self._trouble)

    def __iter__(self) -> Iterator[Member]:
        told: dict[str, str] = {}
        of_all: dict[str, str] = {}
        while (block := self._block()) is not None:
            kind, size = block[156:157], _number(block[124:136])
            if size is None:
                self._trouble = "damaged"
                return
            if kind in (_LONG_NAME, _LONG_LINK, _OF_NEXT, _OF_ALL):
                data = self._told(size)
                if data is None:
                    return
                if kind == _LONG_NAME:
                    told["path"] = _text(data)
                elif kind == _OF_NEXT:
                    told.update(_records(data))
                elif kind == _OF_ALL:
                    of_all.update(_records(data))
                continue
            fields = {**of_all, **told}
            told = {}
            size = int(fields["size"]) if _SIZE.fullmatch(fields.get("size", "")) else size
            name = fields.get("GNU.sparse.name") or fields.get("path") or _named(block)
            section = Section(self._stream, size)
            if kind not in _FOLDERS and kind not in _LABELS and not is_folder(name):
                sort: Kind = "sparse file" if any(key.startswith("GNU.sparse") for key in fields) else "file"
                sort = _KINDS.get(kind, sort)
                yield Member(member_name(name), sort, size, lambda section=section: section)  # type: ignore[misc]
            section.skip()
            if section.left or not self._filled(size):
                self._trouble = "cut"
                return

    def _block(self) -> bytes | None:
        """The next head; `None` at the end. Behind the blocks of zeros that end an archive another may stand."""
        is_ended = False
        while len(block := self._stream.read(BLOCK)) == BLOCK:
            if block.strip(b"\0"):
                if _has_checksum(block):
                    return block
                self._trouble = "damaged"
                return None
            is_ended = True
        if not is_ended:
            self._trouble = "cut"
        elif block.strip(b"\0"):
            self._trouble = "damaged"
        return None

    def _told(self, size: int) -> bytes | None:
        """The bytes of what tells of the member behind it."""
        if size > _MOST_TOLD:
            self._trouble = "damaged"
            return None
        data = self._stream.read(size)
        if len(data) < size or not self._filled(size):
            self._trouble = "cut"
            return None
        return data

    def _filled(self, size: int) -> bool:
        """Go over what fills up the last block of `size` bytes; whether it is there."""
        rest = -size % BLOCK
        return len(self._stream.read(rest)) == rest


def _has_checksum(block: bytes) -> bool:
    wanted = _number(block[148:156])
    if wanted is None:
        return False
    outside = block[:148] + b" " * 8 + block[156:]
    # Some old programs added the bytes up as numbers with a sign.
    return wanted in (sum(outside), sum(outside) - 256 * sum(byte > 127 for byte in outside))


def _number(field: bytes) -> int | None:
    """A number of a head: octal digits, or binary where its first bit is set (GNU); `None` where it is none."""
    if field[0] == 0x80:
        number = int.from_bytes(field[1:], "big")
        return number if number < 1 << 60 else None
    digits = field.strip(b" \0") or b"0"
    return int(digits, 8) if _OCTAL.fullmatch(digits) else None


def _named(block: bytes) -> str:
    name, prefix = _text(block[:100]), _text(block[345:500])
    return f"{prefix}/{name}" if prefix and block[257:263] == b"ustar\0" else name


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "surrogateescape")


def _records(data: bytes) -> dict[str, str]:
    """The records of a pax head: "12 path=name" and a line end, the number being that of all their bytes."""
    found: dict[str, str] = {}
    place = 0
    while place < len(data):
        digits = data[place : place + 10].partition(b" ")[0]
        if not digits.isdigit() or not int(digits) or place + int(digits) > len(data):
            break
        key, _, value = data[place + len(digits) + 1 : place + int(digits)].rstrip(b"\n").partition(b"=")
        found[key.decode("utf-8", "replace")] = _text(value)
        place += int(digits)
    return found
