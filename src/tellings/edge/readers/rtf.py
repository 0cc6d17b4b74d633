r"""RTF (Rich Text Format Specification 1.9.1): what a reader of the document sees, paragraph by paragraph.

As of a DOCX all tracked changes are accepted, notes stand behind the text, heads and feet of pages are residue, and
comments and hidden words are left out and counted.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from tellings.edge.readers.blocks import Piece, read_pieces, titled, with_headline
from tellings.edge.readers.properties import told_by
from tellings.edge.readers.telling import Outcome, left_out
from tellings.model.counted import count
from tellings.model.records import BlockKind, Problem

MEDIA_TYPE = "application/rtf"
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    r"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n\\]"
)
#: Words that stand for characters.
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emdash": "—",
    "endash": "–", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "", "zwnj": "",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "\\": "\\", "{": "{", "}": "}"}
#: Words that end a paragraph.
_ENDS = frozenset({"par", "sect", "page", "column"})
#: Groups that hold text of their own place, and what they are.
_ELSEWHERE = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "page header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "page footer"),
    "footnote": "footnote",
}
#: Groups of which the text is shown though they are marked as ones that may be passed over.
_SHOWN = frozenset({"fldrslt", "shptxt", "result", "shpinst", "shp", "shprslt"})
#: Groups of which nothing is shown, beside those that `_enters` looks into.
_UNSEEN = frozenset({
    "colortbl", "pict", "objdata", "fldinst", "nonshppict", "shppict", "atnid", "atnauthor", "atntime",
    "atnicn", "atnref", "atndate", "atnparent", "listtable", "listoverridetable", "revtbl", "rsidtbl",
    "generator", "themedata", "colorschememapping", "datastore", "latentstyles", "xmlnstbl", "filetbl",
    "pgptbl", "template", "bkmkstart", "bkmkend", "upr", "objclass", "objname", "xe", "tc", "sp", "ftnsep",
    "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "mmathPr", "defchp", "defpap", "pnseclvl", "private",
})  # fmt: skip
#: Character sets of fonts and their code pages.
_CODE_PAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_DEFAULT_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_PROPERTIES = frozenset({"title", "author", "creatim", "revtim"})


@dataclass(slots=True)
class _Group:
    """What holds within a group: where its text goes (`None`: nowhere), and how its characters are written."""

    goes: str | None = "body"
    skipped: int = 1  # characters that stand for the same as a character by its number
    font: int = -1
    hidden: bool = False
    deleted: bool = False
    unseen: int = 0  # the number of the last switch that hid, or deleted, what is in it
    starred: bool = False
    named: str = ""  # the word that the group begins with


@dataclass(slots=True)
class _Paragraph:
    """The paragraph that is being read in one place of the document."""

    text: list[str] = field(default_factory=list)
    style: int = -1
    level: int = -1
    in_table: bool = False
    in_list: bool = False


def read_rtf(name: str, data: bytes) -> Outcome:
    """The one telling of an RTF document."""
    return _Document(name, data.decode("latin-1")).outcome()


class _Document:
    """A document as it is read, token by token."""

    def __init__(self, name: str, content: str) -> None:
        self._name = name
        self._content = content
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, str] = {}
        self._properties: dict[str, str] = {}
        self._unread: Counter[str] = Counter()
        self._pieces: dict[str, list[Piece]] = {}
        self._places: dict[str, _Paragraph] = {}
        self._bytes = bytearray()  # characters of a code page that are not decoded yet
        self._high = 0  # the first half of a surrogate pair
        self._skip = 0
        self._default = -1  # the font of what names none
        self._switched = 0  # how often words were hidden or deleted
        self._told = set[tuple[str, int]]()  # what of it was counted
        self._number = self._notes = self._tables = self._row = self._cell = 0
        self._was_in_table = False
        self._head = _Head(self._fonts, self._styles, self._properties)

    def outcome(self) -> Outcome:
        """The telling, with what was left out of it."""
        depth = self._read()
        for place in list(self._places):
            self._end(place)
        body = with_headline(self._pieces.pop("body", []))
        edges: dict[str, Piece] = {}
        for place, pieces in self._pieces.items():
            for piece in pieces:
                if place.startswith("footnote"):
                    body.append(piece)
                else:
                    edges.setdefault(piece.text.strip(), piece)
        told, problems = told_by(self._name, self._properties)
        titles = [" ".join(piece.text.split()) for piece in body if piece.rule == "rtf: title"]
        outcome = read_pieces(self._name, MEDIA_TYPE, [*body, *edges.values()], titled(told, titles, body))
        if depth > 0:
            remedy = "get it once more"
            cut = Problem(self._name, "malformed", "it ends within a group, so it was cut off", remedy, lost=False)
            problems = (*problems, cut)
        if unread := +self._unread:
            things = ", ".join(count(number, thing) for thing, number in sorted(unread.items()))
            problems = (*problems, left_out(self._name, things))
        return Outcome(outcome.tellings, (*outcome.problems, *problems))

    def _read(self) -> int:
        """Read all tokens; how many groups are open at the end."""
        stack: list[_Group] = []
        group = _Group()
        place = 0
        while match := _TOKEN.search(self._content, place):
            kind, place = match.lastgroup, match.end()
            if kind is None:
                continue
            if kind == "hex":
                self._byte(int(match["hex"], 16), group)
                continue
            if kind == "text":
                if group.goes is not None:
                    self._written(match["text"], group)
                continue
            self._decode(group)
            if kind == "brace":
                self._skip = 0
                if match["brace"] == "{":
                    stack.append(group)
                    group = replace(group, starred=False, named="")
                elif stack:
                    self._head.left(group)
                    group = stack.pop()
            elif kind == "symbol":
                self._symbol(match["symbol"], group)
            elif match["word"] == "bin":
                place += max(0, int(match["number"] or 0))  # raw bytes, which are no tokens
            else:
                number = match["number"]
                self._word(match["word"], int(number) if number else None, group)
        self._decode(group)
        return len(stack)

    # ---- characters

    def _byte(self, code: int, group: _Group) -> None:
        if self._skip:
            self._skip -= 1
        elif group.goes is not None:
            self._bytes.append(code)

    def _written(self, text: str, group: _Group) -> None:
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        self._bytes.extend(text[skipped:].encode("latin-1"))
        self._decode(group)

    def _decode(self, group: _Group) -> None:
        if self._bytes:
            page = self._page if group.goes == "table" else self._fonts.get(group.font, self._page)
            self._say(self._bytes.decode(page, errors="replace"), group)
            self._bytes.clear()

    def _say(self, text: str, group: _Group) -> None:
        if group.goes is None:
            return
        if group.goes == "table":
            self._head.text(text, group)
            return
        if group.deleted or group.hidden:
            what = "tracked deletion" if group.deleted else "hidden run"
            if text.strip() and (what, group.unseen) not in self._told:
                self._told.add((what, group.unseen))
                self._unread[what] += 1
            return
        self._at(group.goes).text.append(text)

    def _symbol(self, symbol: str, group: _Group) -> None:
        if symbol == "*":
            group.starred = True
        elif symbol in "\r\n":
            self._end_of(group)
        elif self._skip:
            self._skip -= 1
        elif symbol in _SYMBOLS:
            self._say(_SYMBOLS[symbol], group)

    # ---- words

    def _word(self, word: str, number: int | None, group: _Group) -> None:
        first = not group.named
        group.named = group.named or word
        if first and self._enters(word, group):
            return
        if word == "u" and number is not None:
            self._by_number(number, group)
        elif group.goes == "table":
            self._head.word(word, number)
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word], group)
        elif word in _ENDS:
            self._end_of(group)
        elif word in ("cell", "nestcell"):
            self._end_of(group, cell=True)
        elif word in ("row", "nestrow"):
            self._row, self._cell = self._row + 1, 0
        elif word in _DEFAULT_PAGES:
            self._page = _DEFAULT_PAGES[word]
        elif word == "ansicpg" and number:
            self._page = _known(f"cp{number}", self._page)
        else:
            self._property(word, number, group)

    def _property(self, word: str, number: int | None, group: _Group) -> None:
        on = number != 0
        if word == "uc":
            group.skipped = max(0, min(number if number is not None else 1, 10))
        elif word == "f":
            group.font = number if number is not None else -1
        elif word == "deff":
            self._default = group.font = number if number is not None else -1
        elif word in ("v", "deleted"):
            if on and not (group.hidden if word == "v" else group.deleted):
                self._switched += 1
                group.unseen = self._switched
            if word == "v":
                group.hidden = on
            else:
                group.deleted = on
        elif word == "plain":
            group.hidden = group.deleted = False
            group.font = self._default
        elif group.goes is not None:
            paragraph = self._at(group.goes)
            if word == "pard":
                paragraph.style, paragraph.level, paragraph.in_table, paragraph.in_list = -1, -1, False, False
            elif word == "s" and number is not None:
                paragraph.style = number
            elif word == "outlinelevel" and number is not None:
                paragraph.level = number
            elif word == "intbl":
                paragraph.in_table = True
            elif word == "ls" and number:
                paragraph.in_list = True

    def _enters(self, word: str, group: _Group) -> bool:
        """Take the word that a group begins with for its name; whether it is one."""
        if group.goes is None and word != "ud":
            return False
        if word in ("fonttbl", "stylesheet", "info"):
            group.goes = "table"
        elif word in _ELSEWHERE:
            what = _ELSEWHERE[word]
            self._notes += what == "footnote"
            group.goes = f"{what} {self._notes}" if what == "footnote" else what
        elif word == "annotation":
            self._unread["comment"] += 1
            group.goes = None
        elif word == "listtext" or word == "pntext":
            if group.goes not in (None, "table"):
                self._at(str(group.goes)).in_list = True
            group.goes = None
        elif word == "ud":
            group.goes = "body"
        elif group.goes != "table" and (word in _UNSEEN or (group.starred and word not in _SHOWN)):
            group.goes = None
        else:
            return False
        return True

    def _by_number(self, number: int, group: _Group) -> None:
        code = number % 65536 if number < 0x10000 else 0xFFFD
        self._skip = group.skipped
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00) if self._high else 0xFFFD
        self._high = 0
        # Symbols of their own fonts stand in the private area; only these can show them.
        self._say("" if 0xE000 <= code <= 0xF8FF else chr(code), group)

    # ---- paragraphs

    def _at(self, place: str) -> _Paragraph:
        return self._places.setdefault(place, _Paragraph())

    def _end_of(self, group: _Group, *, cell: bool = False) -> None:
        if group.goes is not None and group.goes != "table" and not group.deleted:
            self._end(group.goes, cell=cell)

    def _end(self, place: str, *, cell: bool = False) -> None:
        """End the paragraph that is being read in a place; what holds of paragraphs goes on."""
        paragraph = self._at(place)
        text = "".join(paragraph.text)
        paragraph.text = []
        in_table = place == "body" and (paragraph.in_table or cell)
        if in_table and not self._was_in_table:
            self._tables, self._row, self._cell = self._tables + 1, 0, 0
        self._was_in_table = in_table if place == "body" else self._was_in_table
        self._number += place == "body" and not in_table
        at = place
        if place == "body":
            at = f"paragraph {self._number}"
            if in_table:
                at = f"table {self._tables}, row {self._row + 1}, cell {self._cell + 1}"
        kind, rule = self._kind(paragraph, place, in_table)
        self._pieces.setdefault(place, []).append(Piece(text, kind, rule, places=((0, at),)))
        self._cell += cell
        paragraph.in_list = False

    def _kind(self, paragraph: _Paragraph, place: str, in_table: bool) -> tuple[BlockKind | None, str]:
        style = self._styles.get(paragraph.style, "")
        if place.startswith("page"):
            return "boilerplate", f"rtf: {place}"
        if place != "body":
            return "list-item", "rtf: footnote"
        if in_table:
            return "list-item", "rtf: table cell"
        if style == "title":
            return "headline", "rtf: title"
        if style.startswith(("heading", "subtitle")) or 0 <= paragraph.level < 9:
            return "subheading", f"rtf: {style or 'outline level'}"
        if paragraph.in_list or style.startswith("list"):
            return "list-item", "rtf: list item"
        return None, "rtf: paragraph"


class _Head:
    """The tables before the text: fonts and their code pages, styles and their names, and what the document says of
    itself."""

    def __init__(self, fonts: dict[int, str], styles: dict[int, str], properties: dict[str, str]) -> None:
        self._fonts, self._styles, self._properties = fonts, styles, properties
        self._kept: dict[str, list[str]] = {}
        self._font = self._style = -1
        self._moment: dict[str, int] = {}

    def word(self, word: str, number: int | None) -> None:
        """A word within one of the tables."""
        if number is None:
            return
        if word == "f":
            self._font = number
        elif word == "fcharset" and number in _CODE_PAGES:
            self._fonts[self._font] = _CODE_PAGES[number]
        elif word == "s":
            self._style = number
        elif word in ("yr", "mo", "dy"):
            self._moment[word] = number

    def text(self, text: str, group: _Group) -> None:
        """Text within one of the tables: the name of a style, a title."""
        if group.named in _PROPERTIES:
            self._kept.setdefault(group.named, []).append(text)
        elif self._style >= 0 and ";" in text:
            self._styles[self._style] = text.partition(";")[0].strip().lower()
            self._style = -1

    def left(self, group: _Group) -> None:
        """The end of a group of a table."""
        if group.goes != "table" or group.named not in _PROPERTIES:
            return
        names = {"title": "title", "author": "creator", "creatim": "created", "revtim": "modified"}
        value = "".join(self._kept.pop(group.named, []))
        if self._moment:
            value = "-".join(f"{self._moment.get(part, 0):02d}" for part in ("yr", "mo", "dy"))
            self._moment = {}
        if value.strip():
            self._properties[names[group.named]] = " ".join(value.split())[:500]


def _known(page: str, otherwise: str) -> str:
    page = {"cp65001": "utf-8", "cp10000": "mac_roman"}.get(page, page)
    try:
        return page if codecs.lookup(page)._is_text_encoding else otherwise
    except LookupError:
        return otherwise
