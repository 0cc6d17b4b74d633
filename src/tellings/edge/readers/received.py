"""A file as it was received, wherever it comes from: a folder, standard input, an archive, the web."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from tellings.edge.readers.archives.streams import Budget
from tellings.edge.readers.telling import Outcome


@dataclass(frozen=True, slots=True)
class Received:
    """A file to read.

    Args:
        name: What it is called from now on.
        stream: Its bytes.
        size: How many these are (bytes); `None` where nobody can tell.
        known_as: The file name that tells its kind.
        encoding: The encoding that something beside it declares; empty where nothing does.
        budget: What may still be unpacked of the file that it stands in; `None` where it stands in none.
        depth: How many archives it stands in.
    """

    name: str
    stream: BinaryIO
    size: int | None
    known_as: str
    encoding: str = ""
    budget: Budget | None = None
    depth: int = 0


#: How a file is read, whatever it is; nothing leaves it as an exception but an OSError.
Reader = Callable[[Received], Outcome]
