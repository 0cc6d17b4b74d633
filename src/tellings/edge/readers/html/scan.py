"""HTML to a view: every character shown is one of the source or stands in an edit.

A scanner of our own, since an HTML parser's tree does not say where its characters came from. It
follows the tokenizing and white-space rules of the HTML Living Standard as far as reading needs,
takes broken mark-up as browsers do, and runs in linear time.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from tellings.edge.readers.characters import ODD, ODD_CLASS, counted, shown
from tellings.model.text import Edit, Span, Text, View

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,63})((?>[^>\"']+|\"[^\"]*\"|'[^']*')*+)>")
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]{1,100})(?:\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>`]+)))?")
#: Longest tag whose quotes are honoured (characters), and how many unclosed quotes are forgiven
#: before tags simply end at the next ">": both keep a hostile page in linear time.
_LONGEST_TAG, _UNCLOSED_QUOTES = 262_144, 40

_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_PIECE = re.compile(
    rf"(?P<white>[ \t\n]+)|(?P<entity>{_ENTITY.pattern})|(?P<odd>{ODD.pattern})|(?P<words>[^ \t\n&{ODD_CLASS}]+|.)",
    re.DOTALL,
)

_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
#: Elements whose content is not shown, or is not mark-up.
_UNSHOWN = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "textarea", "title", "svg", "math", "xmp",
    "noframes", "select", "datalist", "audio", "video", "canvas",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre",
    "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "button", "label",
})  # fmt: skip
#: A start tag of these closes an open element of those (HTML Living Standard, optional tags).
_CLOSES = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr"}, "td": {"td", "th"}, "th": {"td", "th"}}
_CLOSES_P = _BLOCKS - {"button", "label", "head", "html", "body", "tr", "td", "th", "tbody", "thead", "tfoot", "option"}

NOTHING, SPACE, LINE, PARAGRAPH = range(4)
_SEPARATORS = ("", " ", "\n", "\n\n")


@dataclass(frozen=True, slots=True)
class Element:
    """An element as its readers need it; `number` counts start tags, so that it names the element within its page."""

    tag: str
    attributes: dict[str, str]
    number: int
    parent: Element | None = field(repr=False)
    depth: int = 0

    def ancestors(self) -> list[Element]:
        """This element and those around it, innermost first."""
        found: list[Element] = []
        element: Element | None = self
        while element is not None and len(found) < 200:
            found.append(element)
            element = element.parent
        return found


@dataclass(slots=True)
class Stretch:
    """A stretch of the view between two paragraph breaks. `linked` counts its characters inside links."""

    start: int
    end: int
    element: Element
    linked: int = 0

    @property
    def span(self) -> Span:
        """Where it stands in the view."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as scanned. `scripts` are the contents of JSON-LD scripts, `elements` all of head's and time's."""

    view: View
    stretches: tuple[Stretch, ...]
    elements: tuple[Element, ...]
    scripts: tuple[str, ...]
    title: str
    unseen: Counter[str]


def scan(content: str) -> Page:
    """`content` as a page: its view, the stretches of text in it, and the elements that carry metadata."""
    return _Scanner(content).page()


class _Scanner:
    def __init__(self, content: str) -> None:
        self.content = content
        self.edits: list[Edit] = []
        self.length = 0  # of the view so far
        self.seen = 0  # source position up to which the view is built
        self.gap = NOTHING
        self.stretches: list[Stretch] = []
        self.root = Element("#page", {}, 0, None)
        self.open: list[Element] = [self.root]
        self.names: Counter[str] = Counter()
        self.count = 0
        self.links = 0
        self.preformatted = 0
        self.elements: list[Element] = []
        self.scripts: list[str] = []
        self.title = ""
        self.unseen: Counter[str] = Counter()
        self.forgiven = _UNCLOSED_QUOTES

    def page(self) -> Page:
        content, size = self.content, len(self.content)
        last = content.rfind(">")
        position = 0
        while position < size:
            less = content.find("<", position)
            if less < 0 or less > last:
                self.text(position, size)
                break
            if less > position:
                self.text(position, less)
            position = self.markup(less)
        if self.seen < size:
            self.edits.append(Edit(self.seen, size, ""))
        return Page(
            View(Text.of(content), tuple(self.edits)),
            tuple(self.stretches),
            tuple(self.elements),
            tuple(self.scripts),
            self.title,
            self.unseen,
        )

    # ---- text

    def text(self, start: int, end: int) -> None:
        """Show the text between two tags."""
        for match in _PIECE.finditer(self.content, start, end):
            kind = match.lastgroup
            if kind == "words":
                self.show(match.start(), match.end(), None)
            elif kind == "white":
                self.white(match.group())
            elif kind == "entity":
                self.entity(match)
            else:
                self.odd(match)

    def white(self, run: str) -> None:
        """White space: one gap, a line end in preformatted text."""
        lines = run.count("\n") if self.preformatted else 0
        self.gap = max(self.gap, PARAGRAPH if lines > 1 else LINE if lines else SPACE)

    def odd(self, match: re.Match[str]) -> None:
        inner = ODD.match(self.content, match.start(), match.end())
        assert inner is not None  # the same pattern matched here
        seen = shown(inner)
        if seen.isspace():
            self.white(seen)
        elif seen:
            self.show(match.start(), match.end(), None if seen == match.group() else seen)
        self.unseen.update(counted(inner) if seen != match.group() else ())

    def entity(self, match: re.Match[str]) -> None:
        written = match.group()
        decoded = html.unescape(written)
        if decoded == written:
            self.show(match.start(), match.end(), None)
            return
        seen = ODD.sub(shown, decoded)
        if not seen:
            return  # an invisible character: it falls into the gap
        if seen.isspace():
            self.white(seen)
        else:
            self.show(match.start(), match.end(), seen)

    def show(self, start: int, end: int, seen: str | None) -> None:
        """Append source[start:end] (or `seen` for it) to the view, with what the gap before it stands for."""
        separator = _SEPARATORS[self.gap] if self.length else ""
        if self.gap == PARAGRAPH or not self.stretches:
            self.stretches.append(Stretch(self.length + len(separator), 0, self.open[-1]))
        if start > self.seen or separator:
            if self.content[self.seen : start] != separator:
                self.edits.append(Edit(self.seen, start, separator))
            self.length += len(separator)
        if seen is not None:
            self.edits.append(Edit(start, end, seen))
        size = end - start if seen is None else len(seen)
        self.length += size
        self.seen = end
        self.gap = NOTHING
        stretch = self.stretches[-1]
        stretch.end = self.length
        if self.links:
            stretch.linked += size

    # ---- mark-up

    def markup(self, less: int) -> int:
        """Take in the mark-up at `less`; where it ends."""
        content = self.content
        if content.startswith("<!--", less):
            end = content.find("-->", less + 4)
            return len(content) if end < 0 else end + 3
        following = content[less + 1 : less + 2]
        if following in ("!", "?"):
            if content.startswith("<![CDATA[", less):
                end = content.find("]]>", less)
                return len(content) if end < 0 else end + 3
            end = content.find(">", less)
            return len(content) if end < 0 else end + 1
        closing = following == "/"
        letter = content[less + 1 + closing : less + 2 + closing]
        if not (letter.isascii() and letter.isalpha()):
            if closing:  # "</>" and the like: a comment to browsers
                end = content.find(">", less)
                return len(content) if end < 0 else end + 1
            self.show(less, less + 1, None)
            return less + 1
        match = _TAG.match(content, less, min(len(content), less + _LONGEST_TAG)) if self.forgiven else None
        if match:
            end, attributes = match.end(), match[3]
            name = match[2].lower()
        else:
            self.forgiven = max(0, self.forgiven - 1)
            end = content.find(">", less) + 1
            if end == 0:
                return len(content)
            inside = content[less + 1 + closing : min(end - 1, less + 4096)]
            name, _, attributes = inside.partition(" ")
            name = name.strip("/").lower()
        if closing:
            self.close(name)
            return end
        return self.start(name, attributes, end)

    def start(self, name: str, written: str, end: int) -> int:
        if name == "br":
            self.gap = max(self.gap, LINE)
            return end
        attributes = _attributes(written) if written else {}
        if name in ("meta", "link", "time", "html", "abbr"):
            self.elements.append(Element(name, attributes, self.count, self.open[-1]))
        if name in _UNSHOWN:
            return self.unshown(name, attributes, end, written)
        if name in _BLOCKS:
            self.gap = PARAGRAPH
        if name in _VOID or (written.endswith("/") and name not in _BLOCKS and name not in ("a", "span")):
            return end
        if name in _CLOSES_P and self.names["p"]:
            self.close("p")
        if name == "a" and self.names["a"]:
            self.close("a")  # links do not nest
        for other in _CLOSES.get(name, ()):
            if self.open[-1].tag == other:
                self.close(other)
        self.count += 1
        self.open.append(Element(name, attributes, self.count, self.open[-1], self.open[-1].depth + 1))
        self.names[name] += 1
        self.links += name == "a"
        self.preformatted += name == "pre"
        return end

    def unshown(self, name: str, attributes: dict[str, str], end: int, written: str) -> int:
        """Pass over an element whose content is not shown; where it ends."""
        if written.endswith("/") and name in ("svg", "math", "iframe", "object"):
            return end
        match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.content, end)
        stop = match.start() if match else len(self.content)
        if name == "script" and "ld+json" in attributes.get("type", "").lower():
            self.scripts.append(self.content[end:stop])
        elif name == "title" and not self.title:
            self.title = " ".join(html.unescape(self.content[end : min(stop, end + 2000)]).split())
        if not match:
            return stop
        close = self.content.find(">", stop)
        return len(self.content) if close < 0 else close + 1

    def close(self, name: str) -> None:
        if name in _BLOCKS:
            self.gap = PARAGRAPH
        if not self.names[name]:
            return  # an end tag without its start tag
        while True:
            element = self.open.pop()
            self.names[element.tag] -= 1
            self.links -= element.tag == "a"
            self.preformatted -= element.tag == "pre"
            if element.tag == name:
                return


def _attributes(written: str) -> dict[str, str]:
    """Attribute names (lower case) and values (entities decoded); the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        name = match[1].lower()
        if name not in found:
            value = match[2] if match[2] is not None else match[3] if match[3] is not None else match[4] or ""
            found[name] = html.unescape(value) if "&" in value else value
    return found
