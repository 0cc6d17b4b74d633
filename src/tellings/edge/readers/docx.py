"""DOCX (ECMA-376, WordprocessingML): what a reader of the document sees, paragraph by paragraph.

Tracked deletions are left out and insertions kept: it is read as if all changes were accepted. Comments, hidden words
and embedded documents are left out and named. Tables are read cell by cell, footnotes and endnotes behind the text,
heads and feet of pages as residue.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tellings.edge.readers.blocks import Piece, read_pieces, titled, with_headline
from tellings.edge.readers.containers import Container, ContainerError, attribute, child, local
from tellings.edge.readers.gather import unreadable
from tellings.edge.readers.properties import office_properties
from tellings.edge.readers.telling import Outcome, left_out
from tellings.model.counted import count
from tellings.model.records import BlockKind, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_Part = TypeVar("_Part")

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Tracked: what was deleted, or moved to another place.
_TAKEN_OUT = frozenset({"del", "moveFrom"})
#: Elements whose inside is not shown, or is shown by another: properties, the code of fields, comments, marks of notes,
#: and the copy of a drawing for older programs.
_UNSEEN = frozenset({
    "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "delText", "instrText",
    "delInstrText", "Fallback", "rt",
})  # fmt: skip
#: Elements that may stand around rows and cells.
_AROUND_ROWS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
#: Elements that stand for a character.
_CHARACTERS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
#: Notes that stand in the file for the lines between text and notes.
_RULERS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
#: Style names (after ECMA-376 and Word) and what paragraphs of them are.
_TITLE = frozenset({"title"})
_OF_WHOM: dict[str, BlockKind] = {"author": "byline", "byline": "byline", "date": "metadata"}
_HEADING = ("heading", "subtitle")
_OFF = frozenset({"0", "false", "off", "none"})


def read_docx(name: str, container: Container) -> Outcome:
    """The one telling of a DOCX document, or why there is none."""
    try:
        return _Document(name, container).outcome()
    except ContainerError as error:
        return Outcome(problems=(unreadable(name, f"no DOCX that can be read: {error}", error.remedy),))


class _Document:
    """A document as it is read: 1. its main part and styles; 2. body; 3. notes, heads and feet; 4. properties."""

    def __init__(self, name: str, container: Container) -> None:
        self._name = name
        self._container = container
        self._unread: Counter[str] = Counter()  # what was left out → how often
        # 1. parts
        self._main = main_part(container)
        root = container.xml(self._main)
        if root is None or (body := next((e for e in root if local(e) == "body"), None)) is None:
            raise ContainerError("it has no text body")
        self._body = body
        self._damaged: list[str] = []  # parts beside the text that cannot be read
        self._linked = self._tolerant(lambda: _related(container, self._main)) or {}
        styles = self._related_xml("styles")
        self._styles = {} if styles is None else _style_names(styles)
        self._titles: list[str] = []
        self._paragraphs = self._tables = 0  # of the body, so far
        self._carried: Piece | None = None  # a paragraph whose end was deleted, so that the next one goes on with it

    def outcome(self) -> Outcome:
        """The telling, with what was left out of it."""
        # 2. body
        pieces = list(self._flow(self._body, None, "docx: paragraph"))
        pieces = with_headline(pieces)
        # 3. notes, heads and feet
        for kind in ("footnotes", "endnotes"):
            if (root := self._related_xml(kind)) is not None:
                notes = [note for note in root if attribute(note, "type") not in _RULERS]
                for number, note in enumerate(notes, start=1):
                    what = kind.removesuffix("s")
                    pieces.extend(self._flow(note, "list-item", f"docx: {what}", f"{what} {number}"))
        seen, container = set[str](), self._container
        for kind in ("header", "footer"):
            for target in self._linked.get(kind, ()):
                if (root := self._tolerant(partial(container.xml, target))) is not None:
                    found = list(self._flow(root, "boilerplate", f"docx: page {kind}", f"page {kind}"))
                    pieces.extend(piece for piece in found if piece.text not in seen)
                    seen.update(piece.text for piece in found)
        if (comments := self._related_xml("comments")) is not None and len(comments):
            self._unread["comment"] = len(comments)
        # 4. properties
        told, problems = office_properties(self._name, self._container, "docProps/core.xml")
        outcome = read_pieces(self._name, MEDIA_TYPE, pieces, titled(told, self._titles, pieces))
        remedy = "nothing to do, unless notes or headings are missing"
        problems += tuple(Problem(self._name, "malformed", each, remedy, lost=False) for each in self._damaged)
        if unread := +self._unread:
            things = ", ".join(count(number, thing) for thing, number in sorted(unread.items()))
            problems = (*problems, left_out(self._name, things))
        return Outcome(outcome.tellings, (*outcome.problems, *problems))

    def _related_xml(self, kind: str) -> Element | None:
        targets = self._linked.get(kind, ())
        return self._tolerant(partial(self._container.xml, targets[0])) if targets else None

    def _tolerant(self, read: Callable[[], _Part]) -> _Part | None:
        """What `read` gives; a part beside the text that is damaged costs itself alone."""
        try:
            return read()
        except ContainerError as error:
            self._damaged.append(str(error))
            return None

    def _flow(self, around: Element, kind: BlockKind | None, rule: str, place: str = "") -> Iterator[Piece]:
        """The paragraphs of a body: that of the document, a cell, a note, a box. One whose end was deleted goes on in
        its body alone, and stands for itself where no other follows there."""
        outside, self._carried = self._carried, None
        yield from self._blocks(around, kind, rule, place)
        yield from self._ended()
        self._carried = outside

    def _ended(self) -> Iterator[Piece]:
        """The paragraph that waits for the one that goes on with it, as none does."""
        if self._carried is not None:
            yield self._shown(self._carried)
            self._carried = None

    def _shown(self, piece: Piece) -> Piece:
        if piece.kind == "headline" and piece.text.strip():
            self._titles.append(" ".join(piece.text.split()))
        return piece

    def _blocks(self, around: Element, kind: BlockKind | None, rule: str, place: str = "") -> Iterator[Piece]:
        """The paragraphs in `around`, those in tables and text boxes too, in the order of the file; `place` is where
        `around` stands."""
        for element in around:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, kind, rule, place)
            elif name == "tbl":
                yield from self._ended()
                yield from self._table(element, kind, place)
            elif name == "altChunk":
                self._unread["embedded document"] += 1
            elif name in _TAKEN_OUT:
                self._unread["tracked deletion"] += 1
            elif name not in _UNSEEN:
                yield from self._blocks(element, kind, rule, place)

    def _table(self, table: Element, kind: BlockKind | None, place: str) -> Iterator[Piece]:
        if not place:
            self._tables += 1
        within = f"{place}, table" if place else f"table {self._tables}"
        rows = [row for row in _inside(table, "tr") if not _is_set(child(row, "trPr"), "del")]
        self._unread["tracked deletion"] += sum(_is_set(child(row, "trPr"), "del") for row in _inside(table, "tr"))
        for number, row in enumerate(rows, start=1):
            for cell, element in enumerate(_inside(row, "tc"), start=1):
                at = f"{within}, row {number}, cell {cell}"
                yield from self._flow(element, kind or "list-item", "docx: table cell", at)

    def _paragraph(self, paragraph: Element, kind: BlockKind | None, rule: str, place: str) -> Iterator[Piece]:
        boxes: list[Element] = []
        self._paragraphs += not place
        before = "" if self._carried is None else self._carried.text
        text = before + "".join(self._characters(paragraph, boxes))
        properties = child(paragraph, "pPr")
        style = self._style(properties)
        if kind is None:
            kind, rule = _kind(properties, style, rule)
        at = place or f"paragraph {self._paragraphs}"
        piece = Piece(text, kind, rule, places=((0, at),))
        self._carried = piece if text and _is_set(child(properties, "rPr"), "del") else None
        if self._carried is None:
            yield self._shown(piece)
        for box in boxes:
            inner = kind if kind in ("list-item", "boilerplate") else None
            yield from self._flow(box, inner, "docx: text box", f"{at}, text box")

    def _characters(self, around: Element, boxes: list[Element]) -> Iterator[str]:
        """What is shown of the runs in `around`; text boxes that hang on it go to `boxes`."""
        for element in around:
            name = local(element)
            if name == "t":
                yield element.text or ""
            elif name in _CHARACTERS:
                yield _CHARACTERS[name]
            elif name == "sym":
                yield _symbol(element)
            elif name == "txbxContent":
                boxes.append(element)
            elif name in _TAKEN_OUT:
                self._unread["tracked deletion"] += 1
            elif name == "r" and _is_set(child(element, "rPr"), "vanish"):
                if any(local(inner) == "t" and (inner.text or "").strip() for inner in element):
                    self._unread["hidden run"] += 1
            elif name not in _UNSEEN:
                yield from self._characters(element, boxes)

    def _style(self, properties: Element | None) -> str:
        """The name of the style of a paragraph, lower case; empty where it has none."""
        named = child(properties, "pStyle")
        value = "" if named is None else attribute(named, "val")
        return self._styles.get(value, value).lower()


def main_part(container: Container) -> str:
    """The name of the part that holds the text. Raises ContainerError where it is no word processor's document."""
    try:
        found = _related(container, "").get("officeDocument", [])
    except ContainerError:  # the usual place may still hold it
        found = []
    for part in [*found, "word/document.xml"]:
        if part in container.names:
            return part
    raise ContainerError("its text is missing", "get it once more")


def _related(container: Container, part: str) -> dict[str, list[str]]:
    """Kind of relationship → the parts that `part` has so (the package itself for an empty name)."""
    folder, base = posixpath.split(part)
    root = container.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
    found: dict[str, list[str]] = {}
    for element in () if root is None else root:
        if attribute(element, "TargetMode") != "External":
            kind = attribute(element, "Type").rpartition("/")[2]
            target = attribute(element, "Target")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.setdefault(kind, []).append(path)
    return found


def _style_names(styles: Element) -> dict[str, str]:
    """Style id → the name of the style, or of the one it is based on where that is a heading or a title."""
    named: dict[str, tuple[str, str]] = {}
    for style in styles:
        if local(style) == "style":
            name, based = child(style, "name"), child(style, "basedOn")
            named[attribute(style, "styleId")] = (
                "" if name is None else attribute(name, "val").lower(),
                "" if based is None else attribute(based, "val"),
            )
    return {key: _first_heading(key, named) for key in named}


def _first_heading(key: str, named: dict[str, tuple[str, str]]) -> str:
    own, name, based = named[key][0], *named[key]
    for _ in range(10):
        if name.startswith(_HEADING) or name in _TITLE:
            return own if name in _TITLE and not any(word in own for word in _TITLE) else name
        if based not in named:
            break
        name, based = named[based]
    return own


def _kind(properties: Element | None, style: str, rule: str) -> tuple[BlockKind | None, str]:
    """What a paragraph of the body is by its style, and the rule that says so."""
    level = child(properties, "outlineLvl")
    if style in _TITLE:
        return "headline", "docx: title"
    if style.startswith(_HEADING) or (level is not None and attribute(level, "val") != "9"):
        return "subheading", f"docx: {style or 'outline level'}"
    if style in _OF_WHOM:
        return _OF_WHOM[style], f"docx: {style}"
    if style.startswith("caption"):
        return "caption", "docx: caption"
    if child(properties, "numPr") is not None or style.startswith("list"):
        return "list-item", "docx: list item"
    return None, rule


def _inside(element: Element, name: str) -> list[Element]:
    """The rows of a table, the cells of a row: those of its own, also within controls and tracked insertions."""
    found = []
    for inner in element:
        if local(inner) == name:
            found.append(inner)
        elif local(inner) in _AROUND_ROWS:
            found.extend(_inside(inner, name))
    return found


def _is_set(properties: Element | None, name: str) -> bool:
    """Whether a property is there and not switched off."""
    found = child(properties, name)
    return found is not None and attribute(found, "val").lower() not in _OFF


def _symbol(element: Element) -> str:
    """The character of a symbol; nothing for one that only its own font can show."""
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= code <= 0xF8FF or not 0x20 <= code < 0xD800 else chr(code)
