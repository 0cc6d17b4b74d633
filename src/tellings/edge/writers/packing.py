"""Rows, ids and numbers in few characters: bytes in base64, which `page/packing.js` reads.

A number from 0 up is LEB128: seven bits a byte, the lowest first (DWARF 5, 7.6); one of either sign is told by one from
0 up (zigzag, as in Protocol Buffers). Rows are values one behind the other, each with what it is in its lowest three
bits (`INTEGER` and so on). Nothing is compressed: compressed bytes would differ from one build of zlib to the next,
and the same record must give the same page everywhere.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: What a value is: a number from 0 up; a list, by its length; the place of a constant; an evidence, by how far its
#: number lies behind the one told before it and the next (signed); an id, by its kind, and then its ten digits.
INTEGER, LIST, CONSTANT, EVIDENCE, ID = range(5)
_BITS = 3
#: Kinds of ids, by what stands before their digits.
KINDS = ("t-", "q-", "f-", "p-", "s-")
_ID = re.compile(r"([tqfps]-)([0-9a-f]{10})")
#: What stands behind the kind in an id, and what holds the place of one that is otherwise.
_DIGITS, _NO_DIGITS = "[0-9a-f]{10}", "0" * 10
#: Characters of an id that say of what kind its line is ("s-").
_KIND = 2


class Cited(int):
    """The number of an evidence, in a row."""

    __slots__ = ()


def packed(numbers: Iterable[int]) -> str:
    """Numbers from 0 up."""
    out = bytearray()
    for number in numbers:
        _put(out, number)
    return b64encode(out).decode()


def _put(out: bytearray, number: int) -> None:
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


def signed(number: int) -> int:
    """A number of either sign as one from 0 up, small where it is near 0."""
    return 2 * number if number >= 0 else -2 * number - 1


class Rows:
    """Packs rows: lists of lists, of numbers, of evidence (`Cited`) and of anything else that JSON has, which is kept
    once in `constants`."""

    def __init__(self) -> None:
        self.constants: list[Any] = []
        self._places: dict[tuple[type, Any], int] = {}

    def packed(self, rows: Sequence[Any]) -> str:
        """These rows. Evidence whose number is one more than that of the evidence before takes one byte."""
        out = bytearray()
        last = -1

        def put(value: Any) -> None:
            nonlocal last
            kind = type(value)
            if kind is Cited:
                _put(out, signed(value - last - 1) << _BITS | EVIDENCE)
                last = int(value)
            elif kind is int and value >= 0:
                _put(out, value << _BITS | INTEGER)
            elif kind is list or kind is tuple:
                _put(out, len(value) << _BITS | LIST)
                for each in value:
                    put(each)
            elif kind is str and (id := _ID.fullmatch(value)):
                out.append(KINDS.index(id[1]) << _BITS | ID)
                out.extend(bytes.fromhex(id[2]))
            else:
                # By its type, too: 1.0 is `True`.
                place = self._places.setdefault((kind, value), len(self.constants))
                if place == len(self.constants):
                    self.constants.append(value)
                _put(out, place << _BITS | CONSTANT)

        put(rows)
        return b64encode(out).decode()


def packed_ids(ids: Sequence[str]) -> dict[str, Any]:
    """Ids of one `kind` ("s-") and ten digits as five bytes each; those that are not so as they are, in `others` by
    their place."""
    kind = ids[0][:_KIND] if ids else ""
    plain = re.compile(re.escape(kind) + _DIGITS)
    others = {place: id for place, id in enumerate(ids) if not plain.fullmatch(id)}
    told = (_NO_DIGITS if place in others else id[_KIND:] for place, id in enumerate(ids))
    return {"kind": kind, "ids": b64encode(bytes.fromhex("".join(told))).decode(), "others": others}
