"""Comments in a copy of a draft that is a Word document: its look, its pictures and its own comments stay.

1. The text of its paragraphs is taken as it is shown: without tracked deletions and hidden words.
2. What of the report's text is no white space must begin with what of that is none: then each character of a finding
   has its run. Otherwise, as with a document that is bound or damaged, nothing is copied, and `document` of `word`
   makes a new one.
3. Runs are parted where a comment begins or ends, and the parts that hold comments are added, or added to.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from tellings.edge.characters import as_seen
from tellings.edge.readers.containers import parse_xml
from tellings.edge.readers.docx import MEDIA_TYPE
from tellings.edge.writers.check import word, words
from tellings.model.report import Finding, Report

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The most that the parts of a document may hold, unpacked (bytes).
_MOST = 200_000_000
_DOCUMENT, _COMMENTS, _LINKS = "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels"
_TYPES, _PACKAGE, _APPLICATION = "[Content_Types].xml", "_rels/.rels", "docProps/app.xml"
#: The type of the part that holds the text; that of a document with macros, or of a template, needs another suffix than
#: the copy has.
_TYPE = f"{MEDIA_TYPE}.main+xml"
#: How the types of relations to a part end that names the program: of the two kinds of documents (ECMA-376, 15.2.12.3).
_NAMES_PROGRAM = ("/extended-properties", "/extendedproperties")
_W = f"{{{word.MAIN}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RUN, _TEXT, _LOOK, _PARAGRAPH, _BOX = (f"{_W}{name}" for name in ("r", "t", "rPr", "p", "txbxContent"))
#: Elements whose inside is not shown, or is shown by another.
_UNSEEN = frozenset(
    [
        *(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "sectPr", "sdtPr", "instrText", "rt")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    ]
)
_HYPHEN = f"{_W}noBreakHyphen", "\u2011"
_OFF = frozenset({"0", "false", "off"})
#: Left out between some letters, and kept between others.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A character of a document that is no white space, with the element that has it and its place there; `None` where
    it is an element of its own, which no comment can part."""

    character: str
    element: Element | None
    place: int


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a run is parted for a comment that begins or ends: before the character at `place` of a text element."""

    element: Element
    place: int
    begins: bool
    number: int = 0


def commented(original: bytes, report: Report, *, every: bool = False) -> bytes | None:
    """A copy of the Word document `original`, of which `report` is, with a comment at each finding that the articles do
    not bear out (at all of them with `every`); `None` where its words are not found again in it."""
    from lxml import etree

    try:
        parts = _parts(original)
        root, links, types = (parse_xml(parts[name], name) for name in (_DOCUMENT, _LINKS, _TYPES))
        package = parse_xml(parts[_PACKAGE], _PACKAGE) if _PACKAGE in parts else None
        held = parse_xml(parts[_COMMENTS], _COMMENTS) if _COMMENTS in parts else None
    except (KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return None
    if _types_of(types, _DOCUMENT) - {_TYPE}:
        return None
    # 1., 2. the words
    shown = _characters(root, report.text)
    if not shown:
        return None
    found = [(each, _cuts(each, shown)) for each in words.shown(report, every=every)]
    apart = frozenset(each.id for each, cuts in found if not cuts)
    behind = _behind_all(shown)
    if not behind:
        return None
    # 3. runs, and parts
    first = 0 if held is None else _next_number(held)
    numbered = ((number, cuts or behind) for number, (_, cuts) in enumerate(found, start=first))
    _part_runs(replace(cut, number=number) for number, cuts in numbered for cut in cuts)
    made = parse_xml(word.comments(report, [finding for finding, _ in found], first, apart).encode(), _COMMENTS)
    if held is None:
        held = made
        _announce(links, types)
    else:
        held.extend(list(made))
    for name, element in ((_DOCUMENT, root), (_LINKS, links), (_COMMENTS, held)):
        parts[name] = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    # First of all comes what the copy is known by as ours (`edge/readers/ours.py`), as it looks at the head of a file.
    application = _application(package, types, parts)
    parts[application] = word.APPLICATION.encode()
    changed = {_TYPES: types} if package is None else {_TYPES: types, _PACKAGE: package}
    for name, element in changed.items():
        parts[name] = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return word.archive((name, parts[name]) for name in dict.fromkeys([application, _TYPES, *parts]))


def _parts(original: bytes) -> dict[str, bytes]:
    """The parts by name. Raises BadZipFile, ValueError, RuntimeError."""
    with zipfile.ZipFile(BytesIO(original)) as file:
        entries = [entry for entry in file.infolist() if not entry.is_dir()]
        if sum(entry.file_size for entry in entries) > _MOST:
            raise ValueError("it holds too much")
        return {entry.filename: file.read(entry) for entry in entries}


# ---- where words stand -------------------------------------------------------------------


def _characters(root: Element, text: str) -> dict[int, _Shown] | None:
    """Place in the text of the draft → the character of the document there; `None` where they do not agree."""
    wanted = [place for place, character in enumerate(text) if _counts(character)]
    there = [shown for shown in _walk(root) if _counts(shown.character)]
    if len(there) > len(wanted):
        return None
    # What stands in the draft behind the text of the document are notes, and heads and feet of pages.
    if any(text[place] != shown.character for place, shown in zip(wanted, there, strict=False)):
        return None
    return dict(zip(wanted, there, strict=False))


@cache
def _counts(character: str) -> bool:
    """Whether a character is compared: it is seen, and no white space."""
    return character not in _JOINERS and as_seen(character).strip() != ""


def _walk(around: Element) -> Iterator[_Shown]:
    """The characters that are shown, in the order in which they are read: text boxes behind their paragraph."""
    boxes: list[Element] = []
    yield from _inside(around, boxes)
    for box in boxes:
        yield from _walk(box)


def _inside(around: Element, boxes: list[Element]) -> Iterator[_Shown]:
    for element in around:
        if element.tag == _TEXT:
            yield from (_Shown(character, element, place) for place, character in enumerate(element.text or ""))
        elif element.tag == _HYPHEN[0]:
            yield _Shown(_HYPHEN[1], None, 0)
        elif element.tag == _PARAGRAPH:
            yield from _walk(element)
        elif element.tag == _BOX:
            boxes.append(element)
        elif element.tag not in _UNSEEN and not _hidden(element):
            yield from _inside(element, boxes)


def _hidden(element: Element) -> bool:
    if element.tag != _RUN or (vanish := element.find(f"{_LOOK}/{_W}vanish")) is None:
        return False
    return vanish.get(f"{_W}val", "") not in _OFF


def _cuts(finding: Finding, shown: Mapping[int, _Shown]) -> list[_Cut]:
    """Where the comment on a finding begins and ends, not numbered yet; empty where it cannot stand in the document."""
    inside = [shown[place] for place in range(finding.words.start, finding.words.end) if place in shown]
    first, last = (inside[0], inside[-1]) if inside else (None, None)
    if first is None or last is None or first.element is None or last.element is None:
        return []
    return [_Cut(first.element, first.place, True), _Cut(last.element, last.place + 1, False)]


def _behind_all(shown: dict[int, _Shown]) -> list[_Cut]:
    """The end of the text, where the comments on notes, and on heads and feet of pages, stand."""
    last = next((each for each in reversed(shown.values()) if each.element is not None), None)
    if last is None or last.element is None:
        return []
    return [_Cut(last.element, last.place, True), _Cut(last.element, last.place + 1, False)]


# ---- runs and parts ----------------------------------------------------------------------


def _part_runs(cuts: Iterable[_Cut]) -> None:
    """Part the runs at `cuts`, and set the marks of the comments between them."""
    by_run: dict[Element, list[_Cut]] = {}
    for cut in cuts:
        run = cut.element.getparent()
        if run is not None:
            by_run.setdefault(run, []).append(cut)
    for run, inside in by_run.items():
        _part(run, sorted(inside, key=lambda cut: (cut.place, cut.begins, cut.number)))


def _part(run: Element, cuts: Sequence[_Cut]) -> None:
    parent = run.getparent()
    if parent is None:
        return
    look = run.find(_LOOK)
    made: list[Element] = []

    def begin() -> Element:
        part = run.makeelement(_RUN, dict(run.attrib))
        if look is not None:
            part.append(deepcopy(look))
        return part

    part = begin()
    for child in [child for child in run if child is not look]:
        mine = [cut for cut in cuts if cut.element is child]
        if not mine:
            part.append(child)
            continue
        text, seen = child.text or "", 0
        for cut in mine:
            _add(part, text[seen : cut.place])
            made.append(part)
            mark = word.starts(cut.number) if cut.begins else word.ends(cut.number)
            made.extend(parse_xml(f'<w:p xmlns:w="{word.MAIN}">{mark}</w:p>'.encode(), _DOCUMENT))
            part, seen = begin(), cut.place
        _add(part, text[seen:])
    made.append(part)
    made = [each for each in made if each.tag != _RUN or any(child.tag != _LOOK for child in each)]
    at = parent.index(run)
    parent[at : at + 1] = made


def _add(part: Element, text: str) -> None:
    if text:
        element = part.makeelement(_TEXT, {_SPACE: "preserve"})
        element.text = text
        part.append(element)


def _next_number(held: Element) -> int:
    given = [each.get(f"{_W}id", "") for each in held.iter(f"{_W}comment")]
    return 1 + max((int(number) for number in given if number.isdecimal()), default=-1)


def _announce(links: Element, types: Element) -> None:
    """Say in the package that it has a part with comments."""
    _relate(links, "comments", "comments.xml")
    _type(types, _COMMENTS, word.COMMENTS_TYPE)


def _application(package: Element | None, types: Element, parts: Mapping[str, bytes]) -> str:
    """The name of the part that names the program; one that the package has not is announced."""
    related = [
        each for each in (() if package is None else package) if each.get("Type", "").lower().endswith(_NAMES_PROGRAM)
    ]
    for each in related:
        if (name := str(each.get("Target", "")).lstrip("/")) in parts:
            return name
        each.set("Target", _APPLICATION)
    if package is not None and not related:
        _relate(package, "extended-properties", _APPLICATION)
    if not _types_of(types, _APPLICATION):
        _type(types, _APPLICATION, word.PROPERTIES_TYPE)
    return _APPLICATION


def _types_of(types: Element, part: str) -> set[str]:
    """The types that the package gives to a part by its name."""
    name = f"/{part}".lower()
    return {each.get("ContentType", "").lower() for each in types if each.get("PartName", "").lower() == name}


def _type(types: Element, part: str, kind: str) -> None:
    override = {"PartName": f"/{part}", "ContentType": kind}
    types.append(types.makeelement(f"{{{word.TYPES}}}Override", override))


def _relate(links: Element, kind: str, target: str) -> None:
    taken = {each.get("Id", "") for each in links}
    free = next(name for number in range(1, len(taken) + 2) if (name := f"rIdTellings{number}") not in taken)
    relation = {"Id": free, "Type": f"{word.OFFICE}/{kind}", "Target": target}
    links.append(links.makeelement(f"{{{word.RELATIONS}}}Relationship", relation))
