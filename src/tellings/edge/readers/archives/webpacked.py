"""Brotli (RFC 7932) and Zstandard (RFC 8878), in which servers pack pages, and programs files: the extra `web-archives`
unpacks them.

Zstandard comes with Python 3.14; before, `backports.zstd` is the same.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import Any, BinaryIO, Literal

WebPacking = Literal["br", "zstd"]

#: What to do where a file is packed so and the extra is not there.
INSTALL = "pip install 'tellings[web-archives]'"
UNPACK = f"{INSTALL}, or unpack it"
#: How a frame begins, and one that is skipped, of which the first in a web archive may hold what all others refer to
#: (the .warc.zst format of the IIPC, "dictionary frame").
ZSTD, _DICTIONARY, _HEAD = b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18", 8
#: The most that such a dictionary takes, unpacked (bytes): programs make them of a hundred kilobytes.
_MOST_OF_DICTIONARY = 20_000_000
#: The largest window that is unpacked, as a power of two: 128 megabytes, which is what `zstd` takes unless it is told.
_WINDOW = 27
_ZSTD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
_MODULES: dict[WebPacking, str] = {"br": "brotli", "zstd": _ZSTD}
#: The names that servers use, and what they mean.
WEB_PACKINGS: dict[str, WebPacking] = {"br": "br", "zstd": "zstd"}


def is_installed(how: WebPacking) -> bool:
    """Whether what undoes this packing is there."""
    try:
        return importlib.util.find_spec(_MODULES[how]) is not None
    except ModuleNotFoundError:  # the package around it
        return False


def dictionary_in(stream: BinaryIO) -> bytes:
    """The dictionary that a file packed with Zstandard begins with, `stream` then being behind it; empty, and nothing
    read, where it begins with none.

    Args:
        stream: It can be looked ahead in (`io.BufferedReader`).
    """
    head = stream.peek(_HEAD)[:_HEAD]  # type: ignore[attr-defined]
    length = int.from_bytes(head[4:], "little")
    if not head.startswith(_DICTIONARY) or len(head) < _HEAD or length > _MOST_OF_DICTIONARY:
        return b""
    found = stream.read(_HEAD + length)[_HEAD:]
    try:
        if found.startswith(ZSTD):
            found = WebDecompressor("zstd").decompress(found, _MOST_OF_DICTIONARY)
        WebDecompressor("zstd", found)
    except ValueError:  # it is none: what refers to it will be found to be damaged
        return b""
    return found


class WebDecompressor:
    """Undoes one of the two, as the decompressors of the standard library do; what is damaged raises `ValueError`.

    Args:
        how: What it undoes, which must be installed.
        dictionary: What packed streams of Zstandard refer to; empty where they refer to nothing.

    Raises:
        ValueError: the dictionary is none.
    """

    def __init__(self, how: WebPacking, dictionary: bytes = b"") -> None:
        self._inner: _Brotli | Any
        if how == "br":
            self._inner = _Brotli()
        else:
            library = importlib.import_module(_ZSTD)
            options = {library.DecompressionParameter.window_log_max: _WINDOW}
            try:
                shared = library.ZstdDict(dictionary) if dictionary else None
                self._inner = library.ZstdDecompressor(zstd_dict=shared, options=options)
            except library.ZstdError as error:
                raise ValueError(str(error)) from error

    @property
    def eof(self) -> bool:
        """Whether all of it was given."""
        return bool(self._inner.eof)

    @property
    def unused_data(self) -> bytes:
        """What stands behind its end."""
        return bytes(self._inner.unused_data)

    @property
    def needs_input(self) -> bool:
        """Whether it gives no more without more to read."""
        return bool(self._inner.needs_input)

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """The next bytes, at most so many."""
        try:
            return bytes(self._inner.decompress(data, max_length))
        except Exception as error:  # each library has an exception of its own, which is no `ValueError`
            raise ValueError(str(error)) from error


class _Brotli:
    """Brotli with the interface of the standard library; what the library gives beyond the limit waits here."""

    unused_data = b""

    def __init__(self) -> None:
        import brotli

        self._decompressor = brotli.Decompressor()
        self._given = b""

    @property
    def eof(self) -> bool:
        return not self._given and bool(self._decompressor.is_finished())

    @property
    def needs_input(self) -> bool:
        return not self._given and bool(self._decompressor.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if not self._given and not self._decompressor.is_finished():
            self._given = self._decompressor.process(data, output_buffer_limit=max_length)
        found, self._given = self._given[:max_length], self._given[max_length:]
        return found
