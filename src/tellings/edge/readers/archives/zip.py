"""ZIP archives (APPNOTE.TXT): their list of members, and where that is missing, the members one behind the other."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tellings.edge.readers.archives.members import NOT_UNPACKED, Kind, Member, is_folder, member_name
from tellings.edge.readers.archives.streams import Broken, Budget, Packing, Section, Stream, Trouble, Unpacked
from tellings.edge.readers.archives.webpacked import is_installed

#: The head of a member, the end of the list (also for large files), and their signatures (4.3.7, 4.3.14, 4.3.16).
_MEMBER, _HEAD = b"PK\x03\x04", struct.Struct("<4s5H3I2H")
_LISTED = b"PK\x01\x02"
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_END_LARGE, _END_LARGE_SIZE = b"PK\x06\x06", 56
_LARGE = 0xFFFFFFFF
#: The most that the list of members may take (bytes): it is held whole, about twenty times over.
_MOST_OF_LIST = 10_000_000
#: Methods of packing (4.4.5); 20 is the number that Zstandard had first.
_METHODS: dict[int, Packing] = {0: "stored", 8: "deflate", 12: "bzip2", 20: "zstd", 93: "zstd", 95: "xz"}
#: Flags (4.4.4): encrypted; sizes stand behind the member; names are UTF-8.
_ENCRYPTED, _SIZES_BEHIND, _UTF_8 = 0x1, 0x8, 0x800
#: What may stand between a member whose sizes stand behind it and the next (4.3.9).
_LONGEST_DESCRIPTOR = 24
_DEFLATED, _ANY_LENGTH, _PIECE = 8, 1 << 62, 65_536
_SYSTEM_UNIX = 3
#: Names of parts that only documents have; the first part of one may have another.
_OF_DOCUMENTS = frozenset({"mimetype", "[Content_Types].xml", "META-INF/container.xml", "word/document.xml"})
_FIRST_OF_DOCUMENTS = _OF_DOCUMENTS | {"_rels/.rels", "docProps/app.xml", "docProps/core.xml"}


class NoListError(ValueError):
    """A ZIP file without a list of its members that can be read."""


class Zip:
    """The members of a ZIP archive; `trouble` says, at the end, whether it ended early.

    Args:
        stream: The file, which can be read at any place.
        budget: What may be unpacked of it.
    """

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self.trouble: Trouble | None = None
        self._listed: list[zipfile.ZipInfo] | None
        try:
            self._listed = _list(stream)
        except NoListError:
            self._listed = None
        self.names = tuple(member_name(_name(each.filename, each.flag_bits)) for each in self._listed or ())

    @property
    def is_document(self) -> bool:
        """Whether it is a document in parts (DOCX, ODT, EPUB, …) rather than an archive of files."""
        if self._listed is not None:
            return any(name in _OF_DOCUMENTS for name in self.names)
        head = self._head_at(0)
        return head is not None and head.name in _FIRST_OF_DOCUMENTS

    def __iter__(self) -> Iterator[Member]:
        return self._found() if self._listed is None else self._of_list(self._listed)

    def _of_list(self, listed: list[zipfile.ZipInfo]) -> Iterator[Member]:
        for info in sorted(listed, key=lambda info: info.header_offset):
            name = _name(info.filename, info.flag_bits)
            if is_folder(name):
                continue
            mode = info.external_attr >> 16 if info.create_system == _SYSTEM_UNIX else 0
            kind = "link" if stat.S_ISLNK(mode) else _kind(info.flag_bits, info.compress_type)
            yield Member(member_name(name), kind, info.file_size, lambda info=info: self._opened(info))  # type: ignore[misc]

    def _opened(self, info: zipfile.ZipInfo) -> Stream:
        self._stream.seek(info.header_offset)
        if _read_head(self._stream) is None:
            return Broken("damaged")
        packed = Section(self._stream, info.compress_size)
        return Unpacked(packed, _METHODS[info.compress_type], self._budget, info.CRC)

    def _found(self) -> Iterator[Member]:
        """The members as they stand one behind the other, up to where that ends."""
        self.trouble = "cut"
        place = 0
        while (head := self._head_at(place)) is not None:
            start = self._stream.tell()
            kind = _kind(head.flags, head.method)
            is_unsized = bool(head.flags & _SIZES_BEHIND) and not head.packed
            if is_unsized and (kind != "file" or head.method != _DEFLATED):
                return  # where it ends cannot be told
            section = Section(self._stream, _ANY_LENGTH if is_unsized else head.packed)
            stream = Unpacked(section, _METHODS.get(head.method, "stored"), self._budget)
            if not is_folder(head.name):
                yield Member(member_name(head.name), kind, None, lambda stream=stream: stream)  # type: ignore[misc]
            if not is_unsized:
                place = start + head.packed
                continue
            while stream.piece(_PIECE):
                pass
            if stream.trouble:
                return
            place = self._behind(self._stream.tell() - len(stream.behind))
        self._stream.seek(place)
        if self._stream.read(4) == _LISTED:
            self.trouble = "no list"

    def _head_at(self, place: int) -> _Head | None:
        self._stream.seek(place)
        return _read_head(self._stream)

    def _behind(self, place: int) -> int:
        """Where the next member, or the list, begins behind a member whose sizes stand behind it."""
        self._stream.seek(place)
        near = self._stream.read(_LONGEST_DESCRIPTOR + 4)
        found = [at for at in (near.find(_MEMBER), near.find(_LISTED)) if at >= 0]
        return place + min(found, default=len(near))


@dataclass(frozen=True, slots=True)
class _Head:
    """What the head of a member says; `packed` is 0 where its sizes stand behind it."""

    name: str
    flags: int
    method: int
    packed: int


def _read_head(stream: BinaryIO) -> _Head | None:
    """The head that begins here, `stream` then being behind it; `None` where none does."""
    data = stream.read(_HEAD.size)
    if len(data) < _HEAD.size or not data.startswith(_MEMBER):
        return None
    _, _, flags, method, _, _, _, packed, size, name_length, extra_length = _HEAD.unpack(data)
    written, extra = stream.read(name_length), stream.read(extra_length)
    if len(extra) < extra_length:
        return None
    if packed == _LARGE:
        packed = _large(extra, size == _LARGE)
    name = written.decode("utf-8" if flags & _UTF_8 else "cp437", "replace")
    return _Head(_name(name, flags), flags, method, packed)


def _large(extra: bytes, with_size: bool) -> int:
    """The packed size in the field for large files (4.5.3); 0 where it is not there."""
    place = 0
    while place + 4 <= len(extra):
        number, length = struct.unpack_from("<2H", extra, place)
        start = place + 4 + (8 if with_size else 0)
        if number == 1 and start + 8 <= place + 4 + length <= len(extra):
            return int.from_bytes(extra[start : start + 8], "little")
        place += 4 + length
    return 0


def _kind(flags: int, method: int) -> Kind:
    if flags & _ENCRYPTED:
        return "encrypted"
    if method not in _METHODS:
        return "packed in a way that is not known"
    if _METHODS[method] == "zstd" and not is_installed("zstd"):
        return NOT_UNPACKED
    return "file"


def _name(name: str, flags: int) -> str:
    """A name whose letters are those meant: programs write UTF-8 without saying so (APPNOTE.TXT, appendix D)."""
    if flags & _UTF_8 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _list(stream: BinaryIO) -> list[zipfile.ZipInfo]:
    """The list of members.

    Raises:
        NoListError: there is none, it is damaged, or it is longer than that of any archive that is read.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - _END_LARGE_SIZE - 20))
    tail = stream.read()
    end = tail.rfind(_END)
    if end < 0 or end + _END_SIZE > len(tail):
        raise NoListError
    (length,) = struct.unpack_from("<I", tail, end + 12)
    large = tail.rfind(_END_LARGE, 0, end)
    if length == _LARGE and large >= 0 and large + _END_LARGE_SIZE <= len(tail):
        (length,) = struct.unpack_from("<Q", tail, large + 40)
    if length > _MOST_OF_LIST:
        raise NoListError
    try:
        listed = zipfile.ZipFile(stream).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as error:
        raise NoListError from error
    if any(not 0 <= info.header_offset < size for info in listed):
        raise NoListError
    return listed
