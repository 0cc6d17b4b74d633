"""Brotli (RFC 7932) and Zstandard (RFC 8878), in which servers pack pages: the extra `web-archives` unpacks them.

Zstandard comes with Python 3.14; before, `backports.zstd` is the same.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import Any, Literal

WebPacking = Literal["br", "zstd"]

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


class WebDecompressor:
    """Undoes one of the two, as the decompressors of the standard library do; what is damaged raises `ValueError`."""

    def __init__(self, how: WebPacking) -> None:
        self._inner: _Brotli | Any
        if how == "br":
            self._inner = _Brotli()
        else:
            self._inner = importlib.import_module(_ZSTD).ZstdDecompressor()

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
