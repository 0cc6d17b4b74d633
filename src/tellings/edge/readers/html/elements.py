"""The open elements of a page: what stands around a place in it (HTML Living Standard, 13.2.4.2).

One thing is added: elements that are not shown (`video`, `template`, a part of a sentence with the attribute `hidden`)
hide their content only where their own end tag closes them, so that a missing end tag hides nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import IntEnum

from tellings.edge.readers.html.tokens import attributes

#: Elements that begin and end a paragraph of the view.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "button", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hgroup", "hr", "html", "label", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup",
    "option", "p", "plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul", "xmp",
})  # fmt: skip
#: Elements that show something else than their content, or nothing (HTML 15.3.1, SVG 2 5.1, MathML Core 3.5).
HIDERS = frozenset({
    "audio", "canvas", "datalist", "template", "video",
    "svg clippath", "svg defs", "svg desc", "svg lineargradient", "svg marker", "svg mask", "svg metadata",
    "svg pattern", "svg radialgradient", "svg script", "svg style", "svg symbol", "svg title",
    "math annotation", "math annotation-xml",
})  # fmt: skip
#: Elements that are part of a sentence, and hide their content where they have the attribute `hidden`: larger ones are
#: told by what stands in them (`regions.py`), as an article may be hidden until a script shows it.
_IN_SENTENCES = frozenset({
    "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "var",
})  # fmt: skip
#: The value of the attribute `hidden` of what a browser shows when somebody looks for words in it.
FOUND = "until-found"
#: Elements that are boxes of their own, not part of the sentence around them.
_BOXES = frozenset({"object", "select", "svg svg", "textarea"})

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
CELLS = frozenset({"caption", "td", "th"})
#: MathML that holds text, and SVG that holds HTML.
MATH_TEXT = frozenset({"math mi", "math mo", "math mn", "math ms", "math mtext"})
HTML_INSIDE = frozenset({"svg foreignobject", "svg desc", "svg title"})


class Mark(IntEnum):
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


_INTEGRATION = MATH_TEXT | HTML_INSIDE | {"math annotation-xml"}
_MEMBERS: dict[Mark, frozenset[str]] = {
    Mark.SCOPE: frozenset({"applet", "marquee", "object", "table", "template"}) | CELLS | _INTEGRATION,
    Mark.BUTTON: frozenset({"button"}),
    Mark.LIST: frozenset({"ol", "ul"}),
    Mark.TABLE: frozenset({"table", "template"}),
    Mark.SPECIAL: (BLOCKS - {"dialog", "label", "legend", "optgroup", "option"})
    | {"applet", "caption", "marquee", "object", "select", "template"} | _INTEGRATION,
    Mark.HEADING: HEADINGS,
    Mark.PART: frozenset({"table", "template", "tbody", "tfoot", "thead", "tr"}) | CELLS,
    Mark.HIDER: HIDERS,
    Mark.BOX: _BOXES,
}  # fmt: skip


def _marks_of(tag: str) -> tuple[Mark, ...]:
    marks = {mark for mark, members in _MEMBERS.items() if tag in members}
    if Mark.SCOPE in marks:
        marks |= {Mark.BUTTON, Mark.LIST}
    if Mark.SPECIAL in marks and tag not in ("address", "div", "p"):
        marks.add(Mark.ITEM)
    return tuple(sorted(marks))


_MARKS = {tag: _marks_of(tag) for tag in frozenset().union(*_MEMBERS.values())}


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

    def ancestors(self, most: int = 200) -> list[Element]:
        """This element and those around it, innermost first: at the most `most`."""
        found: list[Element] = []
        element: Element | None = self
        while element is not None and len(found) < most:
            found.append(element)
            element = element.parent
        return found


@dataclass(slots=True, eq=False)
class Hider:
    """An open element that hides its content if `is_hidden` comes true, and the one around it.

    `shows`: it does not, though others of its name do. `in_sentence`: it does not, either, where a paragraph begins in
    it.
    """

    number: int
    outer: Hider | None
    shows: bool = False
    in_sentence: bool = False
    is_hidden: bool = False


class OpenElements:
    """The stack of open elements, with the places of each name and mark, so that no tag makes it be searched."""

    def __init__(self) -> None:
        self.elements = [Element("#page", "", 0, None)]
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        self.marks: list[list[int]] = [[0] for _ in Mark]
        #: Elements there were, open or not.
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
        """The innermost open element that may hide its content."""
        return self.hiders[-1] if self.hiders else None

    @property
    def current(self) -> Element:
        """The innermost open element."""
        return self.elements[-1]

    def new(self, tag: str, written: str, space: str = "") -> Element:
        """An element in the current one, not yet open."""
        self.count += 1
        return Element(f"{space} {tag}" if space else tag, written, self.count, self.elements[-1], space)

    def push(self, element: Element) -> None:
        """Open an element."""
        place = len(self.elements)
        if element.space and not self.current.space:
            self.marks[Mark.FOREIGN].append(place)
        self.elements.append(element)
        self.places[element.tag].append(place)
        for mark in _MARKS.get(element.tag, ()):
            self.marks[mark].append(place)
            if mark is Mark.HIDER:
                self._hide(Hider(element.number, self.hider, _is_shadow(element)))
        if element.tag in _IN_SENTENCES and is_hidden(element):
            self.marks[Mark.HIDER].append(place)
            self._hide(Hider(element.number, self.hider, in_sentence=True))

    def _hide(self, hider: Hider) -> None:
        self.hiders.append(hider)
        self.all_hiders.append(hider)

    def close_from(self, place: int) -> None:
        """Close the element at `place` and all that are open in it."""
        while len(self.elements) > place or not self.current.tag:
            self._pop()

    def close_current(self) -> None:
        """Close the current element."""
        self.close_from(len(self.elements) - 1)

    def close(self, name: str) -> None:
        """Close the innermost element of this name with its own end tag."""
        place = self.places[name][-1]
        if place in self.marks[Mark.HIDER]:
            self.ended.add(self.elements[place].number)
        self.close_from(place)
        if name in FORMATTING:
            self.interrupted[name] -= 1

    def is_within(self, name: str, mark: Mark) -> bool:
        """Whether an element of this name is open and none of `mark` is open inside it."""
        places = self.places.get(name)
        return bool(places) and places[-1] >= self.marks[mark][-1]  # type: ignore[index]

    def innermost(self, mark: Mark) -> Element:
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
                self._unhide(self.marks[Mark.SCOPE][-1])
            return
        if not self.is_within(name, Mark.SCOPE):
            return
        place, block = self.places[name][-1], self.marks[Mark.SPECIAL][-1]
        if block < place:
            self.close(name)
            return
        self.close_from(block + 1)
        self._take_out(place)
        self._unhide(place)

    def _unhide(self, place: int) -> None:
        """Take out the hiding elements above `place`, so that no end tag makes them hide anything."""
        hiders = self.marks[Mark.HIDER]
        for hider in hiders[bisect_right(hiders, place) :]:
            if self.elements[hider].tag not in _MARKED_OTHERWISE:
                self._take_out(hider)

    def _take_out(self, place: int) -> None:
        tag = self.elements[place].tag
        self.elements[place] = _TAKEN_OUT
        _remove(self.places[tag], place)
        if place in self.marks[Mark.HIDER]:
            # The root stands first among the marks.
            del self.hiders[_remove(self.marks[Mark.HIDER], place) - 1]

    def _pop(self) -> None:
        element = self.elements.pop()
        if not element.tag:
            return
        place = self.places[element.tag].pop()
        for mark in _MARKS.get(element.tag, ()):
            self.marks[mark].pop()
            if mark is Mark.HIDER:
                self.hiders.pop()
        if place and self.marks[Mark.HIDER][-1] == place:  # a part of a sentence
            self.marks[Mark.HIDER].pop()
            self.hiders.pop()
        if self.marks[Mark.FOREIGN][-1] == place:
            self.marks[Mark.FOREIGN].pop()
        if element.tag in FORMATTING:
            self.interrupted[element.tag] += 1


def is_hidden(element: Element) -> bool:
    """Whether the attribute `hidden` keeps an element from being shown (HTML, 6.1)."""
    # Few have it, and attributes cost time to read.
    return "hidden" in element.written.lower() and element.attributes.get("hidden", FOUND).strip().lower() != FOUND


def _is_shadow(element: Element) -> bool:
    """Whether a template is what is shown in place of the element around it (HTML, 4.12.3: a declarative shadow root):
    so pages are kept that scripts have put together of parts."""
    return element.tag == "template" and element.attributes.get("shadowrootmode", "").lower() in ("open", "closed")


#: Stands in the stack where an element was taken out.
_TAKEN_OUT = Element("", "", 0, None)
#: Hiding elements that are more than that: scopes of their own, never taken out.
_MARKED_OTHERWISE = frozenset(tag for tag in HIDERS if len(_MARKS[tag]) > 1)


def _remove(places: list[int], place: int) -> int:
    """Remove a place from a list of them; where in the list it stood."""
    index = bisect_left(places, place)
    del places[index]
    return index
