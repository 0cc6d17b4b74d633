"""ODT (OpenDocument 1.3, text): what a reader of the document sees, paragraph by paragraph.

As of a DOCX all tracked changes are accepted, notes stand behind the text, heads and feet of pages are residue, and
comments are left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tellings.edge.readers.blocks import Piece, read_pieces, titled, with_headline
from tellings.edge.readers.containers import Container, ContainerError, attribute, child, local
from tellings.edge.readers.gather import unreadable
from tellings.edge.readers.properties import office_properties
from tellings.edge.readers.telling import Outcome, left_out
from tellings.model.counted import count
from tellings.model.records import BlockKind, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
#: Elements of which nothing is shown in the text: what was deleted is kept in the first of them.
_UNSEEN = frozenset({
    "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms", "annotation-end", "hidden-text",
    "hidden-paragraph", "ruby-text", "note-citation", "script", "meta", "title", "desc", "image", "object",
})  # fmt: skip
#: Elements that stand for a character.
_CHARACTERS = {"tab": "\t", "line-break": "\n", "soft-hyphen": "\u00ad"}
#: Styles of what is told of the text over it.
_OF_WHOM: dict[str, BlockKind] = {"author": "byline", "date": "metadata"}
#: The most spaces that one element stands for.
_MOST_SPACES = 100


def read_odt(name: str, container: Container) -> Outcome:
    """The one telling of an ODT document, or why there is none."""
    try:
        manifest = container.xml("META-INF/manifest.xml")
        if manifest is not None and any(local(each) == "encryption-data" for each in manifest.iter()):
            return Outcome(problems=(unreadable(name, "an ODT that is encrypted", "save it without a password"),))
        return _Document(name, container).outcome()
    except ContainerError as error:
        return Outcome(problems=(unreadable(name, f"no ODT that can be read: {error}", error.remedy),))


class _Document:
    """A document as it is read: 1. its text; 2. notes; 3. heads and feet; 4. properties."""

    def __init__(self, name: str, container: Container) -> None:
        self._name = name
        self._container = container
        self._unread: Counter[str] = Counter()  # what was left out → how often
        self._notes: list[tuple[str, Element]] = []
        self._titles: list[str] = []
        self._paragraphs = self._tables = 0
        root = container.xml("content.xml")
        body = child(root, "body")
        text = child(body, "text")
        if root is None or text is None:
            raise ContainerError("it has no text body")
        self._text = text
        self._parents = _parents(child(root, "automatic-styles"))

    def outcome(self) -> Outcome:
        """The telling, with what was left out of it."""
        # 1. text
        pieces = with_headline(list(self._blocks(self._text, None, "odt: paragraph", "")))
        self._unread["tracked deletion"] = sum(local(each) == "deletion" for each in self._text.iter())
        # 2. notes
        for number, (kind, note) in enumerate(self._notes, start=1):
            pieces.extend(self._blocks(note, "list-item", f"odt: {kind}", f"{kind} {number}"))
        # 3. heads and feet
        problems: tuple[Problem, ...] = ()
        try:
            pieces.extend(self._edges(self._container.xml("styles.xml")))
        except ContainerError as error:
            remedy = "nothing to do; its text is read"
            problems = (Problem(self._name, "malformed", str(error), remedy, lost=False),)
        # 4. properties
        told, told_problems = office_properties(self._name, self._container, "meta.xml")
        outcome = read_pieces(self._name, MEDIA_TYPE, pieces, titled(told, self._titles, pieces))
        problems = (*outcome.problems, *problems, *told_problems)
        if unread := +self._unread:
            things = ", ".join(count(number, thing) for thing, number in sorted(unread.items()))
            problems = (*problems, left_out(self._name, things))
        return Outcome(outcome.tellings, problems)

    def _edges(self, styles: Element | None) -> Iterator[Piece]:
        """Heads and feet of pages, each once."""
        seen: set[str] = set()
        for element in () if styles is None else styles.iter():
            kind = local(element)
            if kind in ("header", "footer", "header-first", "footer-first", "header-left", "footer-left"):
                what = kind.partition("-")[0]
                for piece in self._blocks(element, "boilerplate", f"odt: page {what}", f"page {what}"):
                    if piece.text not in seen:
                        seen.add(piece.text)
                        yield piece

    def _blocks(self, around: Element, kind: BlockKind | None, rule: str, place: str) -> Iterator[Piece]:
        """The paragraphs in `around`, in the order of the file; `place` is where `around` stands."""
        for element in around:
            name = local(element)
            if name in ("p", "h"):
                yield from self._paragraph(element, kind, rule, place)
            elif name == "table":
                yield from self._table(element, kind, place)
            elif name in ("list-item", "list-header"):
                yield from self._blocks(element, kind or "list-item", "odt: list item", place)
            elif name == "annotation":
                self._unread["comment"] += 1
            elif name not in _UNSEEN:
                yield from self._blocks(element, kind, rule, place)

    def _table(self, table: Element, kind: BlockKind | None, place: str) -> Iterator[Piece]:
        self._tables += not place
        within = f"{place}, table" if place else f"table {self._tables}"
        rows = _inside(table, "table-row", ("table-header-rows", "table-rows", "table-row-group"))
        for number, row in enumerate(rows, start=1):
            for cell, element in enumerate(_inside(row, "table-cell", ()), start=1):
                at = f"{within}, row {number}, cell {cell}"
                yield from self._blocks(element, kind or "list-item", "odt: table cell", at)

    def _paragraph(self, paragraph: Element, kind: BlockKind | None, rule: str, place: str) -> Iterator[Piece]:
        boxes: list[Element] = []
        self._paragraphs += not place
        at = place or f"paragraph {self._paragraphs}"
        text = "".join(self._characters(paragraph, boxes))
        if kind is None and local(paragraph) == "h":
            kind, rule = "subheading", "odt: heading"
        if kind in (None, "subheading") and self._is_title(attribute(paragraph, "style-name")):
            kind, rule = "headline", "odt: title"
        if kind is None and (style := attribute(paragraph, "style-name").lower()) in _OF_WHOM:
            kind, rule = _OF_WHOM[style], f"odt: {style}"
        if kind == "headline" and text.strip():
            self._titles.append(" ".join(text.split()))
        yield Piece(text, kind, rule, places=((0, at),))
        for box in boxes:
            inner = kind if kind in ("list-item", "boilerplate") else None
            yield from self._blocks(box, inner, "odt: text box", f"{at}, text box")

    def _characters(self, around: Element, boxes: list[Element]) -> Iterator[str]:
        """What is shown within `around`. White space is one space, as the format has it; more are elements."""
        yield _collapsed(around.text)
        for element in around:
            name = local(element)
            if name == "s":
                number = attribute(element, "c")
                yield " " * (min(int(number), _MOST_SPACES) if number.isascii() and number.isdigit() else 1)
            elif name in _CHARACTERS:
                yield _CHARACTERS[name]
            elif name == "note":
                body = child(element, "note-body")
                if body is not None:
                    kind = "endnote" if attribute(element, "note-class") == "endnote" else "footnote"
                    self._notes.append((kind, body))
            elif name == "annotation":
                self._unread["comment"] += 1
            elif name == "text-box":
                boxes.append(element)
            elif name not in _UNSEEN:
                yield from self._characters(element, boxes)
            yield _collapsed(element.tail)

    def _is_title(self, style: str) -> bool:
        """Whether a style is that of titles, or made after it."""
        for _ in range(10):
            if style.lower() == "title":
                return True
            if style not in self._parents:
                return False
            style = self._parents[style]
        return False


def _parents(styles: Element | None) -> dict[str, str]:
    """Name of a style → that of the one it is made after."""
    return {
        attribute(style, "name"): attribute(style, "parent-style-name")
        for style in (() if styles is None else styles)
        if local(style) == "style"
    }


def _inside(element: Element, name: str, around: tuple[str, ...]) -> list[Element]:
    found = []
    for inner in element:
        if local(inner) == name:
            found.append(inner)
        elif local(inner) in around:
            found.extend(_inside(inner, name, around))
    return found


def _collapsed(text: str | None) -> str:
    if not text:
        return ""
    words = " ".join(text.split())
    if not words:
        return " "
    return (" " if text[0].isspace() else "") + words + (" " if text[-1].isspace() else "")
