"""Values as blobs: MessagePack, zlib around it. What comes back is what it was, or an error says that it is not."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any, TypeVar

import msgspec

Value = TypeVar("Value")
#: Smaller values are not worth the time; zlib's level from which little is gained.
_LEVEL = 6


def packed(value: object) -> bytes:
    """`value`, of a type that msgspec knows, as a blob.

    Raises:
        UnicodeEncodeError: a string in it holds half a surrogate pair.
    """
    return zlib.compress(msgspec.msgpack.encode(value), _LEVEL)


def unpacked(blob: bytes, of: type[Value]) -> Value:
    """The value of a blob, of the type `of`. Raises ValueError where it is none of them."""
    try:
        return _decoder(of).decode(zlib.decompress(blob))  # type: ignore[arg-type, no-any-return]
    except (zlib.error, msgspec.MsgspecError) as error:
        raise ValueError(f"no value is kept there ({error})") from error


@cache
def _decoder(of: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(of)
