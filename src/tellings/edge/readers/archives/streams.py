"""Streams that never fail and never grow: what is packed as it is unpacked, and stretches of other streams.

A stream that breaks off, is damaged or gives more than it may simply ends; `trouble` then says why. So what stands
before that place is read as if it were all, and whoever reads can tell that it is not.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from typing import BinaryIO, Literal, Protocol

from tellings.edge.readers.archives.webpacked import WebDecompressor, WebPacking, dictionary_in

#: Why a stream ended early: it was cut off, it cannot be unpacked further, it unpacks into more than may be, or takes
#: more memory to unpack. Of an archive there may also be too many files in it, or nothing missing but its list.
Trouble = Literal["cut", "damaged", "too much", "too wide", "too many", "no list"]
#: How bytes are packed; "deflate" without any head, as in ZIP files, "zlib" as in HTTP (RFC 9110, 8.4.1.2).
Packing = Literal["stored", "deflate", "zlib", "gzip", "bzip2", "xz"] | WebPacking
#: Of one file, all archives within it included, this much may be unpacked (bytes), and no more than so many times its
#: own size and some: web pages in one archive come down to a fiftieth at the best, bombs to a thousandth and less.
MOST_UNPACKED, _ALWAYS, _TIMES = 8_000_000_000, 50_000_000, 300
#: The most files that are read of one, those of archives within it included.
MOST_FILES = 100_000
#: How much is taken from the packed bytes at once, and given of the unpacked ones.
_PIECE = 65_536
#: The most memory that unpacking XZ may take (bytes); its strongest setting takes 65 MB.
_MOST_MEMORY = 200_000_000
#: What may stand behind the last stream of a packed file without meaning anything: tapes and blocks are filled up so.
_FILLING = b"\0"


class Budget:
    """How many bytes may still be unpacked of one file, whatever stands in it, and how many files read."""

    def __init__(self, size: int) -> None:
        self.most = min(MOST_UNPACKED, _ALWAYS + _TIMES * size)
        self.left = self.most
        self._files = MOST_FILES

    def take_file(self) -> bool:
        """Whether one more file may be read."""
        self._files -= 1
        return self._files >= 0

    def take(self, wanted: int) -> int:
        """As many of `wanted` bytes as may be unpacked; they count from now on."""
        taken = min(wanted, self.left)
        self.left -= taken
        return taken


class Stream(io.RawIOBase):
    """A stream of bytes, read forward."""

    @property
    def trouble(self) -> Trouble | None:
        """Why it ended early; `None` as long as it did not."""
        return None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` as far as one piece goes; 0 at the end."""
        piece = self.piece(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def piece(self, most: int) -> bytes:
        """The next bytes, at most so many; empty at the end."""
        raise NotImplementedError


class Broken(Stream):
    """A stream that gives nothing, and why."""

    def __init__(self, trouble: Trouble) -> None:
        self._trouble = trouble

    @property
    def trouble(self) -> Trouble:
        """Why it gives nothing."""
        return self._trouble

    def piece(self, most: int) -> bytes:
        """Nothing."""
        return b""


class Again(Stream):
    """What was read of a stream, and then the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    @property
    def trouble(self) -> Trouble | None:
        """That of the rest."""
        return trouble_of(self._rest)

    def piece(self, most: int) -> bytes:
        """The next bytes of the head, or else of the rest."""
        return self._head.read(most) or self._rest.read(most)


class Section(Stream):
    """The next `length` bytes of a stream; `left` are those not read."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream = stream
        self.left = length
        self._is_cut = False

    @property
    def trouble(self) -> Trouble | None:
        """Why there were fewer bytes."""
        return (trouble_of(self._stream) or "cut") if self._is_cut else None

    def piece(self, most: int) -> bytes:
        """The next bytes, up to the end of the section."""
        found = self._stream.read(min(most, self.left)) if self.left else b""
        self.left -= len(found)
        if not found and self.left and most:
            self._is_cut = True
        return found

    def skip(self) -> None:
        """Go to the end of the section."""
        while self.piece(_PIECE):
            pass


class _Decompressor(Protocol):
    """What the libraries have in common; `zlib` has another way of saying that it needs no more."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Unpacked(Stream):
    """The bytes that those of `packed` stand for; several packed streams, one behind the other, are read as one.

    Args:
        packed: Read forward. What stands behind a "deflate" stream stays in `behind`.
        how: How they are packed; of a `WebPacking` what undoes it must be installed.
        budget: What may be unpacked; shared by all that is read of one file.
        checksum: The CRC-32 that all of it must have; without one, that of the packing itself is trusted.
        dictionary: What packed streams of Zstandard refer to; empty where they refer to nothing.
    """

    def __init__(
        self,
        packed: BinaryIO | Stream,
        how: Packing,
        budget: Budget,
        checksum: int | None = None,
        dictionary: bytes = b"",
    ) -> None:
        self._packed = packed
        self._how = how
        self._dictionary = dictionary
        self._budget = budget
        self._wanted, self._checksum = checksum, 0
        self._waiting = b""  # packed bytes that were read and not unpacked
        self._begun = False  # whether any packed stream was begun and is not ended
        self._decompressor = self._new()
        self._ended = False
        self._trouble: Trouble | None = None
        self.behind = b""

    @property
    def trouble(self) -> Trouble | None:
        """Why it ended early."""
        return self._trouble

    def piece(self, most: int) -> bytes:
        """The next unpacked bytes."""
        while most and not self._ended:
            allowed = min(most, _PIECE, self._budget.left)
            try:
                found = self._next(max(1, allowed))
            except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
                # Both libraries that have such a limit say it in their message alone.
                return self._end("too wide" if "memory" in str(error).lower() else "damaged")
            if not found:
                continue
            if not allowed:
                return self._end("too much")
            self._budget.take(len(found))
            if self._wanted is not None:
                self._checksum = zlib.crc32(found, self._checksum)
            return found
        return b""

    def _next(self, most: int) -> bytes:
        """At most so many bytes; none where more must be read first, or at the end."""
        if self._decompressor is None:
            found = self._packed.read(most)
            return found or self._end(None)
        if self._decompressor.eof:
            return self._next_stream()
        if not self._waiting and self._needs_more():
            self._waiting = self._packed.read(_PIECE)
            if not self._waiting and not self._begun:
                return self._end(None)
        # With nothing to read, a library may still hold bytes, or the end.
        is_last = self._begun and not self._waiting and self._needs_more()
        self._begun = True
        given, self._waiting = self._waiting, b""
        found = self._decompressor.decompress(given, most)
        if self._decompressor.eof:
            self._begun = False
            self._waiting = self._decompressor.unused_data
        else:
            self._waiting = getattr(self._decompressor, "unconsumed_tail", b"")
            if is_last and not found:
                return self._end("cut")
        return found

    def _needs_more(self) -> bool:
        return bool(getattr(self._decompressor, "needs_input", True))

    def _next_stream(self) -> bytes:
        """Begin the packed stream behind one that has ended, where there is one."""
        if self._how in ("deflate", "zlib", "br"):
            self.behind, self._waiting = self._waiting, b""
            return self._end(None)
        while not (rest := self._waiting.lstrip(_FILLING)):
            self._waiting = self._packed.read(_PIECE)
            if not self._waiting:
                return self._end(None)
        self._waiting = rest
        self._decompressor = self._new()
        return b""

    def _end(self, trouble: Trouble | None) -> bytes:
        self._ended = True
        if trouble is None and self._wanted is not None and self._wanted != self._checksum:
            trouble = "damaged"
        self._trouble = trouble_of(self._packed) or trouble
        return b""

    def _new(self) -> _Decompressor | None:
        if self._how == "stored":
            return None
        if self._how == "bzip2":
            return bz2.BZ2Decompressor()
        if self._how == "xz":
            return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MOST_MEMORY)
        if self._how in ("br", "zstd"):
            return WebDecompressor(self._how, self._dictionary)
        return zlib.decompressobj({"deflate": -15, "zlib": 15, "gzip": 31}[self._how])


def unpacked(packed: BinaryIO, how: Packing, budget: Budget) -> Unpacked:
    """The bytes of a packed file, `packed` being one of `forward`: those of Zstandard with the dictionary that it may
    begin with."""
    return Unpacked(packed, how, budget, dictionary=dictionary_in(packed) if how == "zstd" else b"")


def trouble_of(stream: BinaryIO | Stream) -> Trouble | None:
    """Why a stream ended early, where it is one of those above, or stands on one."""
    trouble: Trouble | None = getattr(getattr(stream, "raw", stream), "trouble", None)
    return trouble


def forward(stream: Stream) -> BinaryIO:
    """`stream`, to be read by lines and by as many bytes as one likes."""
    return io.BufferedReader(stream, _PIECE)
