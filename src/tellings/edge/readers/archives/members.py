"""What stands in an archive, whatever its format: a name, and for a file its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tellings.edge.readers.archives.streams import Stream
from tellings.edge.readers.names import printable

#: Files are read; what else a member may be is named.
Kind = Literal[
    "file",
    "link",
    "device",
    "sparse file",
    "encrypted",
    "packed in a way that is not known",
    "packed with Zstandard, and what unpacks that is not installed",
]
#: What a file is that is packed with Zstandard where the extra for it is not there.
NOT_UNPACKED: Kind = "packed with Zstandard, and what unpacks that is not installed"
#: How much is kept of the name of a member (characters).
_LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive; `size` is that of its bytes as the archive tells it, `None` where it does not.

    `opened` gives its bytes, once, before the next member is asked for.
    """

    name: str
    kind: Kind
    size: int | None
    opened: Callable[[], Stream]


def member_name(written: str) -> str:
    """The name of a member as a path within its archive.

    It is a name and nothing else: no file is ever written or looked for under it. So roots, drives and steps to the
    folder above, with which archives write where they should not, are left out.
    """
    parts = [part for part in written.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if parts and len(parts[0]) == 2 and parts[0][1] == ":":
        parts = parts[1:]
    return printable("/".join(parts))[:_LONGEST_NAME] or "?"


def is_folder(written: str) -> bool:
    """Whether a name is that of a folder."""
    return written.endswith(("/", "\\"))
