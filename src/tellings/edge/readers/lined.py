"""Whether a document is a file of plain characters, whose lines an editor shows: text and Markdown, and nothing that
holds its text among other things."""

from __future__ import annotations

from tellings.edge.readers.decode import NotTextError, decode
from tellings.edge.readers.gather import STANDARD_INPUT, opened
from tellings.edge.readers.kinds import MOST
from tellings.model.records import Document

_MEDIA_TYPES = frozenset({"text/plain", "text/markdown"})


def lined(document: Document, stdin: bytes | None = None) -> bool:
    """Whether the source of a document is, to the character, what its file holds, and its lines mean something. The
    file is read again; `stdin` is what came on standard input."""
    if document.media_type not in _MEDIA_TYPES:
        return False
    try:
        data = stdin if document.origin == STANDARD_INPUT else _read(document.origin)
        return data is not None and decode(data).content == document.view.source.content
    except (OSError, ValueError, NotTextError):
        return False


def _read(path: str) -> bytes:
    with opened(path) as stream:
        return stream.read(MOST["text"] + 1)
