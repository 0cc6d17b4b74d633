"""Files within files: the parts of a ZIP container and their XML, read within bounds.

A small file may unpack into gigabytes, and a few lines of XML may name entities that do. So every part has a limit that
counts what comes out, and no document type is accepted.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from tellings.edge.readers.xml_damage import damage

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The most that is unpacked of one part (bytes): a telling as long as one may be takes less, mark-up and all.
MOST_OF_PART = 40_000_000
#: The most that is unpacked of all parts of one (bytes), and the tags of a part that is XML: a tree takes half a
#: kilobyte for each.
MOST_OF_ALL, MOST_TAGS = 500_000_000, 1_000_000
#: The most that the list of parts may take (bytes): about 50,000 parts.
_MOST_OF_LIST = 4_000_000
#: The record that ends a ZIP file, and how long its comment may be (APPNOTE.TXT 4.3.16).
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535


class ContainerError(ValueError):
    """A container that cannot be read; the message says why, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = "save it again with the program that made it") -> None:
        super().__init__(message)
        self.remedy = remedy


class Container:
    """The parts of a ZIP container, by name.

    Raises:
        ContainerError: it is no ZIP file, cut off, or has more parts than any document.
    """

    def __init__(self, data: bytes) -> None:
        end = data.rfind(_END, max(0, len(data) - _END_SIZE - _LONGEST_COMMENT))
        if end < 0 or end + _END_SIZE > len(data):
            raise ContainerError("it is damaged, or was cut off: the list of its parts is missing", "get it once more")
        (size,) = struct.unpack_from("<I", data, end + 12)
        if size > _MOST_OF_LIST:
            raise ContainerError("it has more parts than any document")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as error:
            raise ContainerError("it is damaged: the list of its parts cannot be read", "get it once more") from error
        self.names = tuple(self._zip.namelist())
        self._left = MOST_OF_ALL

    def read(self, part: str) -> bytes | None:
        """The bytes of `part`; `None` where there is no such part.

        Raises:
            ContainerError: the part is encrypted, damaged, packed in a way not known, or larger than any may be.
        """
        try:
            info = self._zip.getinfo(part)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise ContainerError("it is encrypted", "save it without a password")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MOST_OF_PART + 1)
        except NotImplementedError as error:
            raise ContainerError(f"its part {part!a} is packed in a way that is not known") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError) as error:
            raise ContainerError(f"its part {part!a} is damaged", "get it once more") from error
        if len(data) > MOST_OF_PART:
            message = f"its part {part!a} unpacks into more than {MOST_OF_PART:,} bytes, the most that is read of one"
            raise ContainerError(message, "save its text as .txt, in several files")
        self._left -= len(data)
        if self._left < 0:
            message = f"its parts unpack into more than {MOST_OF_ALL:,} bytes, the most that is read of one file"
            raise ContainerError(message, "save its text as .txt, in several files")
        return data

    def xml(self, part: str) -> Element | None:
        """The root element of a part that is XML; `None` where there is no such part. Raises ContainerError."""
        data = self.read(part)
        return None if data is None else parse_xml(data, part)


def parse_xml(data: bytes, what: str, *, mended: bool = False) -> Element:
    """The root element of `data`, of which no entity is expanded and nothing outside is loaded. `mended`: what is not
    well-formed is read as far as one can tell what was meant.

    Raises:
        ContainerError: it is no XML, has more tags than are read, or a document type, by which XML bombs are made.
    """
    from lxml import etree  # imported late: 30 ms

    if data.count(b"<") > MOST_TAGS:
        message = f"its part {what!a} has more than {MOST_TAGS:,} tags, the most that is read of one"
        raise ContainerError(message, "save its text as .txt, in several files")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=mended,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ContainerError(f"its part {what!a} is no XML ({damage(error)})", "get it once more") from error
    if root is None:
        raise ContainerError(f"its part {what!a} is no XML", "get it once more")
    if root.getroottree().docinfo.doctype:
        raise ContainerError(f"its part {what!a} declares a document type, which no such file has")
    return root


def local(element: Element) -> str:
    """The name of an element without its name space, or a prefix that stands for none where that was mended."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The value of an attribute by its name, whatever its name space; empty where there is none."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def child(element: Element | None, name: str) -> Element | None:
    """The first element of a name within another; `None` where there is none."""
    return None if element is None else next((inner for inner in element if local(inner) == name), None)
