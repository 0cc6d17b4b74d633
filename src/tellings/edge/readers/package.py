"""ZIP containers: which document one is, by the parts in it."""

from __future__ import annotations

from tellings.edge.readers.containers import Container, ContainerError
from tellings.edge.readers.docx import read_docx
from tellings.edge.readers.gather import unreadable
from tellings.edge.readers.telling import Outcome

#: Names of parts by which containers are known that are no text document, and what they are.
_OTHERS = (("xl/", "a spreadsheet"), ("ppt/", "a presentation"))


def read_package(name: str, data: bytes) -> Outcome:
    """The telling of a document that is a ZIP container; of any other, what it is and why it is not read."""
    try:
        container = Container(data)
    except ContainerError as error:
        return Outcome(problems=(unreadable(name, str(error), error.remedy),))
    for begins, what in _OTHERS:
        if any(part.startswith(begins) for part in container.names):
            return Outcome(problems=(unreadable(name, f"{what}, which is not read", "save its text as .txt"),))
    if "[Content_Types].xml" in container.names or "word/document.xml" in container.names:
        return read_docx(name, container)
    return Outcome(problems=(unreadable(name, "a ZIP archive, which is not read", "unpack it"),))
