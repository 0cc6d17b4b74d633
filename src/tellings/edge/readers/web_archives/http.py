"""What a server answered (RFC 9110 and 9112), as a crawler wrote it down: status, fields, the body as it was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from tellings.edge.readers.archives.streams import Budget, Packing, Unpacked, forward
from tellings.edge.readers.archives.webpacked import WEB_PACKINGS, ZSTD, WebPacking, is_installed

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})(?: |\r?$|\r?\n)")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(r";\s{0,20}charset\s{0,5}=\s{0,5}[\"']?([\w.:+-]{2,40})", re.IGNORECASE)
#: The head of a chunk: its size, and what else may stand there (RFC 9112, 7.1).
_CHUNK = re.compile(rb"\s{0,4}([0-9a-fA-F]{1,8})[ \t]{0,8}(?:;[^\n]{0,4000})?\r?\n")
_GZIP, _ZLIB = b"\x1f\x8b", re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78][\x01\x5e\x9c\xda]")
_PACKED = frozenset({"gzip", "x-gzip", "deflate", *WEB_PACKINGS})


class EncodingError(ValueError):
    """A body that is packed in a way that is not read; the message names it.

    `is_missing`: it would be, if what undoes it were installed.
    """

    def __init__(self, packing: str, *, is_missing: bool = False) -> None:
        super().__init__(packing)
        self.is_missing = is_missing


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an answer; names of `fields` are in small letters. `length` is that of the head (bytes)."""

    status: int
    fields: Mapping[str, str]
    length: int

    @property
    def media_type(self) -> str:
        """The type of the body, in small letters; empty where none is told."""
        return media_type(self.fields.get("content-type", ""))

    @property
    def charset(self) -> str:
        """The encoding of the body; empty where none is told."""
        found = _CHARSET.search(self.fields.get("content-type", ""))
        return found[1] if found else ""


def media_type(written: str) -> str:
    """The type that a field names, without its parameters and in small letters."""
    return written.partition(";")[0].strip().lower()


def read_head(data: bytes) -> Head | None:
    """The head of the answer that `data` begins with; `None` where it begins with none that is whole."""
    if not (status := _STATUS.match(data)):
        return None
    end = _END_OF_HEAD.search(data)
    if end is None:
        return None
    return Head(int(status[1]), fields(data[: end.start()]), end.end())


def fields(head: bytes) -> dict[str, str]:
    """The fields of a head, its first line left out; lines that go on are joined, of two alike the first counts."""
    found: dict[str, str] = {}
    name = ""
    for line in head.split(b"\n")[1:]:
        written = line.decode("utf-8", "replace").rstrip("\r")
        if written[:1] in (" ", "\t"):
            if name:
                found[name] += " " + written.strip()
            continue
        key, colon, value = written.partition(":")
        name = key.strip().lower() if colon and key.strip().lower() not in found else ""
        if name:
            found[name] = value.strip()
    return found


def body(head: Head, data: bytes, budget: Budget, most: int) -> tuple[bytes, bool]:
    """The body that was sent, its chunks joined and its packing undone, and whether it is whole.

    Programs that keep answers undo these and leave the fields that tell of them, so the bytes are looked at.

    Raises:
        EncodingError: it is packed in a way that is not read.
    """
    whole = True
    if "chunked" in head.fields.get("transfer-encoding", "").lower():
        data, whole = _joined(data)
    for coding in reversed(head.fields.get("content-encoding", "").lower().replace(" ", "").split(",")):
        if coding in ("", "identity", "none"):
            continue
        if coding not in _PACKED:
            if _is_markup(data):  # it was undone, and the field left
                continue
            raise EncodingError(coding[:20])
        how = _how(coding, data)
        if how is None:
            continue
        if how in ("br", "zstd") and not is_installed(how):
            raise EncodingError(how, is_missing=True)
        stream = Unpacked(BytesIO(data), how, budget)
        data = forward(stream).read(most + 1)
        whole = whole and stream.trouble is None
    return data, whole


def _how(coding: str, data: bytes) -> Packing | None:
    """How bytes are packed of which a field says `coding`; `None` where that was undone, and the field left."""
    if data.startswith(_GZIP):
        return "gzip"
    web: WebPacking | None = "zstd" if data.startswith(ZSTD) else WEB_PACKINGS.get(coding)
    if web == "zstd":
        return web if data.startswith(ZSTD) else None
    if _is_markup(data):
        return None
    if coding == "deflate":
        return "zlib" if _ZLIB.match(data) else "deflate"
    return web


def _is_markup(data: bytes) -> bool:
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"%PDF-", b"{"))


def _joined(data: bytes) -> tuple[bytes, bool]:
    """The chunks of a body joined, and whether the last of them is there; a body that is in none stays as it is."""
    if not (match := _CHUNK.match(data)):
        return data, True
    chunks: list[bytes] = []
    place = 0
    while match := _CHUNK.match(data, place):
        size = int(match[1], 16)
        if not size:
            return b"".join(chunks), True
        chunks.append(data[match.end() : match.end() + size])
        place = match.end() + size
        place += 2 if data.startswith(b"\r\n", place) else data.startswith(b"\n", place)
    return b"".join(chunks), False
