"""Tags to elements: which are open around each run of text (HTML Living Standard, 13.2.6).

Of the standard's tree construction this follows what decides which elements are open: scopes, tags that close
others, tables, misnested formatting, SVG and MathML. It makes no tree: text that browsers move out of a table
stays where it was written. One thing is added: elements that are not shown, such as `video` and `template`, hide
their content only where their own end tag closes them, so that a missing end tag hides nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from tellings.edge.readers.html.references import decoded_text
from tellings.edge.readers.html.tokens import Token, Tokenizer, attributes

VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "button", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hgroup", "hr", "html", "label", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup",
    "option", "p", "plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul", "xmp",
})  # fmt: skip
#: Elements whose content is not mark-up, and whether it is shown.
_RAW = {
    "iframe": False, "noembed": False, "noframes": False, "noscript": False, "script": False, "style": False,
    "textarea": True, "title": False, "xmp": True,
}  # fmt: skip
#: What hides all the rest of a page when its end tag is missing: code is no text.
_CODE = frozenset({"script", "style"})
#: Elements that show something else than their content, or nothing (HTML 15.3.1, SVG 2 5.1, MathML Core 3.5).
_HIDERS = frozenset({
    "audio", "canvas", "datalist", "template", "video",
    "svg clippath", "svg defs", "svg desc", "svg lineargradient", "svg marker", "svg mask", "svg metadata",
    "svg pattern", "svg radialgradient", "svg script", "svg style", "svg symbol", "svg title",
    "math annotation", "math annotation-xml",
})  # fmt: skip
#: Elements that are boxes of their own, not part of the sentence around them.
_BOXES = frozenset({"object", "select", "svg svg", "textarea"})

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
_CLOSE_P = frozenset({
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
    "figcaption", "figure", "footer", "header", "hgroup", "hr", "listing", "main", "menu", "nav", "ol", "p",
    "plaintext", "pre", "search", "section", "summary", "ul", "xmp",
})  # fmt: skip
#: End tags that close what is open inside their element, whatever it is.
_CLOSED_IN_SCOPE = (_CLOSE_P - {"hr", "p", "plaintext", "xmp"}) | {"applet", "button", "marquee", "object", "select"}
_CELLS = frozenset({"caption", "td", "th"})
_SECTIONS = frozenset({"table", "tbody", "template", "tfoot", "thead"})
#: What a part of a table stands in. The `tbody` and `tr` that browsers add where they are left out are not added.
_HOLDERS = {
    "tr": _SECTIONS, "td": _SECTIONS | {"tr"}, "th": _SECTIONS | {"tr"},
    **dict.fromkeys(("caption", "col", "colgroup", "tbody", "tfoot", "thead"), frozenset({"table", "template"})),
}  # fmt: skip
#: What the end tag of a part that was left out closes.
_STANDS_FOR = {"tbody": ("tr", "td", "th"), "tr": ("td", "th")}
#: Parts of a table in which the start tag of another table ends this one.
_PARTS_WITHOUT_TABLES = frozenset({"table", "tbody", "tfoot", "thead", "tr"})
#: A new one of these closes an open one of those.
_ITEMS = {"dd": ("dd", "dt"), "dt": ("dd", "dt"), "li": ("li",)}
_IGNORED_ENDS = frozenset({"body", "head", "html"})
#: HTML elements that end SVG and MathML (13.2.6.5).
_BREAK_OUT = frozenset({
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s",
    "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var",
})  # fmt: skip
_FONT_ATTRIBUTES = frozenset({"color", "face", "size"})
_HTML_ENCODINGS = frozenset({"application/xhtml+xml", "text/html"})
_MATH_TEXT = frozenset({"math mi", "math mo", "math mn", "math ms", "math mtext"})
_HTML_INSIDE = frozenset({"svg foreignobject", "svg desc", "svg title"})
#: Elements that say something about the page.
_TELLING = frozenset({"meta", "link", "time", "html", "abbr"})


#: What stands between two runs of text, the strongest last.
NOTHING, SPACE, LINE, PARAGRAPH = range(4)


class _Mark(IntEnum):
    """Kinds of open elements that the standard looks for from the innermost out."""

    SCOPE = 0  # ends "has an element in scope"
    BUTTON = 1  # ends "… in button scope"
    LIST = 2  # ends "… in list item scope"
    TABLE = 3  # ends "… in table scope"
    SPECIAL = 4
    ITEM = 5  # special, but for address, div and p: where a new list item stops looking for an open one
    HEADING = 6
    PART = 7  # a table, its parts, and what has tables of its own
    FOREIGN = 8  # an SVG or MathML element inside HTML
    HIDER = 9
    BOX = 10
    NONE = 11


_INTEGRATION = _MATH_TEXT | _HTML_INSIDE | {"math annotation-xml"}
_MEMBERS: dict[_Mark, frozenset[str]] = {
    _Mark.SCOPE: frozenset({"applet", "marquee", "object", "table", "template"}) | _CELLS | _INTEGRATION,
    _Mark.BUTTON: frozenset({"button"}),
    _Mark.LIST: frozenset({"ol", "ul"}),
    _Mark.TABLE: frozenset({"table", "template"}),
    _Mark.SPECIAL: (BLOCKS - {"dialog", "label", "legend", "optgroup", "option"})
    | {"applet", "caption", "marquee", "object", "select", "template"} | _INTEGRATION,
    _Mark.HEADING: _HEADINGS,
    _Mark.PART: frozenset({"table", "template", "tbody", "tfoot", "thead", "tr"}) | _CELLS,
    _Mark.HIDER: _HIDERS,
    _Mark.BOX: _BOXES,
}  # fmt: skip


def _marks_of(tag: str) -> tuple[_Mark, ...]:
    marks = {mark for mark, members in _MEMBERS.items() if tag in members}
    if _Mark.SCOPE in marks:
        marks |= {_Mark.BUTTON, _Mark.LIST}
    if _Mark.SPECIAL in marks and tag not in ("address", "div", "p"):
        marks.add(_Mark.ITEM)
    return tuple(sorted(marks))


_MARKS = {tag: _marks_of(tag) for tag in frozenset().union(*_MEMBERS.values())}


#: How far out an end tag looks for its element; others look up to the innermost special element.
_END_REACHES = {
    **dict.fromkeys(_CLOSED_IN_SCOPE | {"dd", "dt", "form"}, _Mark.SCOPE),
    **dict.fromkeys(_PARTS_WITHOUT_TABLES | _CELLS, _Mark.TABLE),
    "li": _Mark.LIST,
    "p": _Mark.BUTTON,
    "template": _Mark.NONE,
}


@dataclass(slots=True, eq=False)
class Element:
    """An element as its readers need it; `number` counts elements, so that it names this one within its page.

    `space` is "svg" or "math", the empty string for HTML; the `tag` of the former begins with it ("svg title").
    """

    tag: str
    written: str
    number: int
    parent: Element | None = field(repr=False)
    space: str = ""
    _attributes: dict[str, str] | None = field(default=None, repr=False)

    @property
    def attributes(self) -> dict[str, str]:
        """Names (lower case) and values, read when first asked for."""
        if self._attributes is None:
            self._attributes = attributes(self.written) if self.written else {}
        return self._attributes

    def ancestors(self) -> list[Element]:
        """This element and those around it, innermost first."""
        found: list[Element] = []
        element: Element | None = self
        while element is not None and len(found) < 200:
            found.append(element)
            element = element.parent
        return found


@dataclass(slots=True, eq=False)
class Hider:
    """An open element that hides its content if `is_hidden` comes true, and the one around it."""

    number: int
    outer: Hider | None
    is_hidden: bool = False


class Run(NamedTuple):
    """A run of the source between two tags, and what stands around it."""

    start: int
    end: int
    gap: int  # what the tags since the last run stand for: NOTHING to PARAGRAPH
    element: Element
    has_references: bool
    is_linked: bool
    is_preformatted: bool
    box: Element | None  # the innermost one around it that is no part of the sentence
    hider: Hider | None  # the innermost around it


class _OpenElements:
    """The stack of open elements, with the places of each name and mark, so that no tag makes it be searched."""

    def __init__(self) -> None:
        self.elements = [Element("#page", "", 0, None)]
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        self.marks: list[list[int]] = [[0] for _ in _Mark]
        self.count = 0
        #: Formatting elements that were closed with another element; browsers open them again.
        self.interrupted: Counter[str] = Counter()
        #: Of the open elements that hide, and of all there were, in the order of their start tags.
        self.hiders: list[Hider] = []
        self.all_hiders: list[Hider] = []
        #: Numbers of elements that their own end tag closed.
        self.ended: set[int] = set()

    @property
    def hider(self) -> Hider | None:
        return self.hiders[-1] if self.hiders else None

    @property
    def current(self) -> Element:
        return self.elements[-1]

    def new(self, tag: str, written: str, space: str = "") -> Element:
        """An element in the current one, not yet open."""
        self.count += 1
        return Element(f"{space} {tag}" if space else tag, written, self.count, self.elements[-1], space)

    def push(self, element: Element) -> None:
        """Open an element."""
        place = len(self.elements)
        if element.space and not self.current.space:
            self.marks[_Mark.FOREIGN].append(place)
        self.elements.append(element)
        self.places[element.tag].append(place)
        for mark in _MARKS.get(element.tag, ()):
            self.marks[mark].append(place)
            if mark is _Mark.HIDER:
                self.hiders.append(Hider(element.number, self.hider))
                self.all_hiders.append(self.hiders[-1])

    def cut(self, place: int) -> None:
        """Close the element at `place` and all that are open in it."""
        while len(self.elements) > place or not self.current.tag:
            self._pop()

    def close(self, name: str) -> None:
        """Close the innermost element of this name with its own end tag."""
        place = self.places[name][-1]
        if name in _HIDERS:
            self.ended.add(self.elements[place].number)
        self.cut(place)
        if name in _FORMATTING:
            self.interrupted[name] -= 1

    def is_within(self, name: str, mark: _Mark) -> bool:
        """Whether an element of this name is open and none of `mark` is open inside it."""
        places = self.places.get(name)
        return bool(places) and places[-1] >= self.marks[mark][-1]  # type: ignore[index]

    def innermost(self, mark: _Mark) -> Element:
        """The innermost open element of `mark`; the page where there is none."""
        return self.elements[self.marks[mark][-1]]

    def end_formatting(self, name: str) -> None:
        """The end tag of a formatting element, which may stand misnested (the "adoption agency", 13.2.6.4.7).

        Where a block is open inside the element, the block stays open and the element is taken out around it.
        """
        if not self.places[name]:
            if self.interrupted[name]:
                # Browsers opened it again at a place not followed here; what hides since then may be closed with it.
                self.interrupted[name] = 0
                self._unhide(self.marks[_Mark.SCOPE][-1])
            return
        if not self.is_within(name, _Mark.SCOPE):
            return
        place, block = self.places[name][-1], self.marks[_Mark.SPECIAL][-1]
        if block < place:
            self.close(name)
            return
        self.cut(block + 1)
        self._take_out(place)
        self._unhide(place)

    def _unhide(self, place: int) -> None:
        """Take out the hiding elements above `place`, so that no end tag makes them hide anything."""
        hiders = self.marks[_Mark.HIDER]
        for hider in hiders[bisect_right(hiders, place) :]:
            if self.elements[hider].tag not in _MARKED_OTHERWISE:
                self._take_out(hider)

    def _take_out(self, place: int) -> None:
        tag = self.elements[place].tag
        self.elements[place] = _TAKEN_OUT
        _remove(self.places[tag], place)
        if tag in _HIDERS:
            # The root stands first among the marks.
            del self.hiders[_remove(self.marks[_Mark.HIDER], place) - 1]

    def _pop(self) -> None:
        element = self.elements.pop()
        if not element.tag:
            return
        place = self.places[element.tag].pop()
        for mark in _MARKS.get(element.tag, ()):
            self.marks[mark].pop()
            if mark is _Mark.HIDER:
                self.hiders.pop()
        if self.marks[_Mark.FOREIGN][-1] == place:
            self.marks[_Mark.FOREIGN].pop()
        if element.tag in _FORMATTING:
            self.interrupted[element.tag] += 1


#: Stands in the stack where an element was taken out.
_TAKEN_OUT = Element("", "", 0, None)
#: Hiding elements that are more than that: scopes of their own, never taken out.
_MARKED_OTHERWISE = frozenset(tag for tag in _HIDERS if len(_MARKS[tag]) > 1)


def _remove(places: list[int], place: int) -> int:
    """Remove a place from a list of them; where in the list it stood."""
    index = bisect_left(places, place)
    del places[index]
    return index


class Tree:
    """What the tags of a page say: its runs of text, the elements that tell of it, JSON-LD scripts and the title.

    `cut` is where the source breaks off, if it does.
    """

    def __init__(self, content: str) -> None:
        self.runs: list[Run] = []
        self.telling: list[Element] = []
        self.scripts: list[str] = []
        self.title = ""
        self._content = content
        self._tokens = Tokenizer(content)
        self._open = _OpenElements()
        self._gap = NOTHING
        self._gap_hider: Hider | None = None  # around the tags that made the gap
        self._in_form = False
        while token := self._tokens.next(in_foreign=bool(self._open.current.space)):
            if token.kind == "start":
                self._start(token)
            elif token.kind == "end":
                self._end(token.name, token.start)
            else:
                self._run(token.start, token.end, has_references=token.kind == "text")
        for hider in self._open.all_hiders:
            hider.is_hidden = hider.number in self._open.ended or bool(hider.outer and hider.outer.is_hidden)
        self.cut = self._tokens.cut

    def _run(self, start: int, end: int, *, has_references: bool) -> None:
        opened = self._open
        if self._gap and self._gap_hider is not opened.hider:
            self._add_gap(start)
        box = opened.innermost(_Mark.BOX)
        self.runs.append(
            Run(
                start,
                end,
                self._gap,
                opened.current,
                has_references,
                bool(opened.places["a"]),
                bool(opened.places["pre"] or opened.places["listing"]),
                box if box.parent else None,
                opened.hider,
            )
        )
        self._gap = NOTHING

    def _at_edge(self, name: str, place: int) -> None:
        """Take note of a break that the start or end tag of `name` makes."""
        gap = PARAGRAPH if name in BLOCKS else LINE if name == "br" else NOTHING
        if gap:
            if self._gap and self._gap_hider is not self._open.hider:
                self._add_gap(place)
            self._gap = max(self._gap, gap)
            self._gap_hider = self._open.hider

    def _add_gap(self, place: int) -> None:
        """A run without text, so that a break inside something hidden stays in it."""
        self.runs.append(Run(place, place, self._gap, self._open.current, False, False, False, None, self._gap_hider))
        self._gap = NOTHING

    # ---- start tags

    def _start(self, token: Token) -> None:
        name = token.name
        if self._open.current.space and self._is_foreign(token):
            self._start_foreign(token, self._open.current.space)
            return
        self._at_edge(name, token.start)
        if name in _TELLING:
            self.telling.append(self._open.new(name, token.written))
        if name in _RAW:
            self._raw(token)
        elif name in ("svg", "math"):
            self._start_foreign(token, name)
        elif self._may_open(name) and name not in VOID:
            self._open.push(self._open.new(name, token.written))
            if name == "plaintext":
                self._run(*self._tokens.rest(), has_references=False)

    def _may_open(self, name: str) -> bool:
        """Close what a start tag closes; whether its element is opened at all."""
        rule = _STARTS.get(name)
        if rule and not rule(self, name):
            return False
        if name in _CLOSE_P:
            self._close_paragraph()
        return True

    def _close_paragraph(self) -> None:
        if self._open.is_within("p", _Mark.BUTTON):
            self._open.close("p")

    def _start_once(self, name: str) -> bool:
        return not self._open.places[name]

    def _start_nothing(self, name: str) -> bool:
        return False

    def _start_link(self, name: str) -> bool:
        self._open.end_formatting(name)  # links do not nest
        return True

    def _start_heading(self, name: str) -> bool:
        self._close_paragraph()
        if self._open.current.tag in _HEADINGS:
            self._open.close(self._open.current.tag)
        return True

    def _start_item(self, name: str) -> bool:
        around = self._open.innermost(_Mark.ITEM).tag
        if around in _ITEMS[name]:
            self._open.close(around)
        self._close_paragraph()
        return True

    def _start_option(self, name: str) -> bool:
        for other in ("option", "optgroup") if name == "optgroup" else ("option",):
            if self._open.current.tag == other:
                self._open.close(other)
        return True

    def _start_button(self, name: str) -> bool:
        if self._open.is_within(name, _Mark.SCOPE):
            self._open.close(name)
        return True

    def _start_select(self, name: str) -> bool:
        """Inside a `select` the start tag of another ends it; so does that of an `input`."""
        if self._open.is_within("select", _Mark.SCOPE):
            self._open.close("select")
            return False
        return True

    def _start_form(self, name: str) -> bool:
        if self._in_form and not self._open.places["template"]:
            return False
        self._in_form = True
        self._close_paragraph()
        return True

    def _start_table(self, name: str) -> bool:
        part = self._open.innermost(_Mark.PART).tag
        if part in _PARTS_WITHOUT_TABLES and self._open.places["table"]:
            self._open.close("table")
        else:
            self._close_paragraph()
        return True

    def _start_part(self, name: str) -> bool:
        """The start tag of a part of a table closes what is open in the part that holds it."""
        place = self._open.marks[_Mark.PART][-1]
        if not place:
            return False  # outside a table
        holders = _HOLDERS[name]
        while self._open.current.tag not in holders:
            self._open.cut(len(self._open.elements) - 1)
        return name not in ("col", "colgroup")

    def _raw(self, token: Token) -> None:
        """An element whose content is no mark-up."""
        name = token.name
        if name in _CLOSE_P:
            self._close_paragraph()
        place = self._tokens.raw(name)
        if place is None:
            if name in _CODE:
                self._tokens.cut = token.start
            elif not _RAW[name]:
                return  # an element that never ends hides nothing
            place = self._tokens.rest()
        if _RAW[name]:
            element = self._open.new(name, token.written)
            self._open.push(element)
            self._run(*place, has_references=name == "textarea")
            self._open.close(name)
            self._at_edge(name, place[1])
        elif name == "script" and "ld+json" in attributes(token.written).get("type", "").lower():
            self.scripts.append(self._content[slice(*place)])
        elif name == "title" and not self.title:
            start, end = place
            self.title = " ".join(decoded_text(self._content[start : min(end, start + 2000)]).split())

    # ---- SVG and MathML

    def _is_foreign(self, token: Token) -> bool:
        """Whether a start tag inside SVG or MathML is one of theirs; if it is HTML's own, they are closed first."""
        if self._takes_html(self._open.current, token.name):
            return False
        breaks_out = token.name in _BREAK_OUT or (
            token.name == "font" and not _FONT_ATTRIBUTES.isdisjoint(attributes(token.written))
        )
        if breaks_out:
            self._break_out()
        return not breaks_out

    def _takes_html(self, element: Element, name: str) -> bool:
        """Whether the start tag of `name` in this SVG or MathML element is read as HTML (an "integration point")."""
        if element.tag in _MATH_TEXT:
            return name not in ("mglyph", "malignmark")
        if element.tag == "math annotation-xml":
            return name == "svg" or element.attributes.get("encoding", "").lower() in _HTML_ENCODINGS
        return element.tag in _HTML_INSIDE

    def _break_out(self) -> None:
        while self._open.current.space and not self._takes_html(self._open.current, "p"):
            self._open.cut(len(self._open.elements) - 1)

    def _start_foreign(self, token: Token, space: str) -> None:
        if not token.is_empty:
            self._open.push(self._open.new(token.name, token.written, space))

    def _end_foreign(self, name: str) -> bool:
        """Whether an end tag closes an element of the SVG or MathML it stands in."""
        if name in ("br", "p"):
            self._break_out()
            return False
        for tag in sorted((f"svg {name}", f"math {name}"), key=lambda tag: self._open.places[tag][-1:], reverse=True):
            if self._open.is_within(tag, _Mark.FOREIGN):
                self._open.close(tag)
                return True
        return False

    # ---- end tags

    def _end(self, name: str, place: int) -> None:
        opened = self._open
        if opened.current.space and self._end_foreign(name):
            return
        self._at_edge(name, place)
        if name in _FORMATTING:
            opened.end_formatting(name)
        elif name in _HEADINGS:
            if opened.marks[_Mark.HEADING][-1] > opened.marks[_Mark.SCOPE][-1]:
                opened.close(opened.innermost(_Mark.HEADING).tag)
        elif opened.is_within(name, _END_REACHES.get(name, _Mark.SPECIAL)):
            if name not in _IGNORED_ENDS:
                opened.close(name)
        elif name in _STANDS_FOR:
            self._end_implied_part(_STANDS_FOR[name])
        if name == "form":
            self._in_form = False

    def _end_implied_part(self, names: tuple[str, ...]) -> None:
        """The end tag of a part of a table that browsers add where its start tag is left out."""
        for name in names:
            if self._open.is_within(name, _Mark.TABLE):
                self._open.close(name)
                return


_STARTS: dict[str, Callable[[Tree, str], bool]] = {
    **dict.fromkeys(("body", "html"), Tree._start_once),
    **dict.fromkeys(("frameset", "head"), Tree._start_nothing),
    **dict.fromkeys(("a", "nobr"), Tree._start_link),
    **dict.fromkeys(_HEADINGS, Tree._start_heading),
    **dict.fromkeys(_ITEMS, Tree._start_item),
    **dict.fromkeys(("optgroup", "option"), Tree._start_option),
    **dict.fromkeys(("input", "select"), Tree._start_select),
    **dict.fromkeys(_HOLDERS, Tree._start_part),
    "button": Tree._start_button,
    "form": Tree._start_form,
    "table": Tree._start_table,
}
