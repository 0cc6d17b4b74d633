"""ZIP containers: which document one is, by the parts in it."""

from __future__ import annotations

from tellings.edge.readers.containers import Container, ContainerError
from tellings.edge.readers.docx import read_docx
from tellings.edge.readers.epub import MEDIA_TYPE as EPUB
from tellings.edge.readers.epub import read_epub
from tellings.edge.readers.gather import unreadable
from tellings.edge.readers.odt import MEDIA_TYPE as ODT
from tellings.edge.readers.odt import read_odt
from tellings.edge.readers.telling import Outcome

#: How the types of OpenDocument begin.
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
#: Names of parts by which containers are known that are no text document, and what they are.
_OTHERS = (("xl/", "a spreadsheet"), ("ppt/", "a presentation"))


def read_package(name: str, data: bytes) -> Outcome:
    """The telling of a document that is a ZIP container; of any other, what it is and why it is not read."""
    try:
        container = Container(data)
        mimetype = (container.read("mimetype") or b"")[:200].decode("ascii", "replace").strip()
    except ContainerError as error:
        return Outcome(problems=(unreadable(name, str(error), error.remedy),))
    if mimetype.startswith(ODT):
        return read_odt(name, container)
    if mimetype.startswith(EPUB) or "META-INF/container.xml" in container.names:
        return read_epub(name, container)
    if mimetype.startswith(_OPEN_DOCUMENT):
        what = mimetype.removeprefix(_OPEN_DOCUMENT)
        return Outcome(problems=(unreadable(name, f"a {what}, which is not read", "save its text as .txt"),))
    for begins, what in _OTHERS:
        if any(part.startswith(begins) for part in container.names):
            return Outcome(problems=(unreadable(name, f"{what}, which is not read", "save its text as .txt"),))
    if "[Content_Types].xml" in container.names or "word/document.xml" in container.names:
        return read_docx(name, container)
    return Outcome(problems=(unreadable(name, "a document of a kind that is not read", "save its text as .txt"),))
