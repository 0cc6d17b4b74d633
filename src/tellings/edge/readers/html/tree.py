"""Tags to elements: which are open around each run of text (HTML Living Standard, 13.2.6).

Of the standard's tree construction this follows what decides which elements are open: scopes, tags that close
others, tables, misnested formatting, SVG and MathML. It makes no tree: text that browsers move out of a table
stays where it was written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tellings.edge.readers.html.elements import (
    BLOCKS,
    CELLS,
    FORMATTING,
    HEADINGS,
    HTML_INSIDE,
    MATH_TEXT,
    Element,
    Hider,
    Mark,
    OpenElements,
)
from tellings.edge.readers.html.references import decoded_text
from tellings.edge.readers.html.tokens import Token, Tokenizer, attributes

_VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
#: Elements whose content is not mark-up, and whether it is shown.
_RAW = {
    "iframe": False, "noembed": False, "noframes": False, "noscript": False, "script": False, "style": False,
    "textarea": True, "title": False, "xmp": True,
}  # fmt: skip
#: What hides all the rest of a page when its end tag is missing: code is no text.
_CODE = frozenset({"script", "style"})
_CLOSE_P = frozenset({
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
    "figcaption", "figure", "footer", "header", "hgroup", "hr", "listing", "main", "menu", "nav", "ol", "p",
    "plaintext", "pre", "search", "section", "summary", "ul", "xmp",
})  # fmt: skip
#: End tags that close what is open inside their element, whatever it is.
_CLOSED_IN_SCOPE = (_CLOSE_P - {"hr", "p", "plaintext", "xmp"}) | {"applet", "button", "marquee", "object", "select"}
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
#: Elements that say something about the page.
_TELLING = frozenset({"base", "meta", "link", "time", "html", "abbr"})
#: So many of them are kept, and of pages in frames.
_MOST_TELLING, _MOST_FRAMES = 20_000, 50
#: The marks that a `q` prints, and one in another (HTML, 15.3.4), and marks of quotation in a text: one that has its
#: own there gets no others.
_PRINTED, _OWN_MARKS = (
    (("\u201c", "\u201d"), ("\u2018", "\u2019")),
    "\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb",
)
#: So far from the tag of a `q` its own mark is looked for (characters).
_MARK_WITHIN = 20
#: What stands between two runs of text, the strongest last.
NOTHING, SPACE, LINE, PARAGRAPH = range(4)
#: How far out an end tag looks for its element; others look up to the innermost special element.
_END_REACHES = {
    **dict.fromkeys(_CLOSED_IN_SCOPE | {"dd", "dt", "form"}, Mark.SCOPE),
    **dict.fromkeys(_PARTS_WITHOUT_TABLES | CELLS, Mark.TABLE),
    "li": Mark.LIST,
    "p": Mark.BUTTON,
    "template": Mark.NONE,
}


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
    mark: str | None = None  # of a tag that prints one, what it prints: nothing where its element is not closed


class Tree:
    """What the tags of a page say: its runs of text, the elements that tell of it, JSON-LD scripts, frames, and the
    title.

    `parted_by` are the names of elements in it that part paragraphs and lines. `cut` is where the source breaks off, if
    it does; `excess` what there is too much of, so that it was not read to its
    end.
    """

    def __init__(self, content: str) -> None:
        self.runs: list[Run] = []
        self.telling: list[Element] = []
        self.scripts: list[str] = []
        self.frames: list[str] = []
        self.title = ""
        self.parted_by: set[str] = set()
        self._content = content
        self._tokens = Tokenizer(content)
        self._open = OpenElements()
        self._gap = NOTHING
        self._gap_hider: Hider | None = None  # around the tags that made the gap
        self._in_form = False
        self._quoting: list[tuple[int, int]] = []  # numbers of open `q` elements, and where their runs stand
        while token := self._tokens.next(in_foreign=bool(self._open.current.space)):
            if token.kind == "start":
                self._start(token)
            elif token.kind == "end":
                if token.name == "q" and not self._open.current.space:
                    self._close_quotation(token)
                self._end(token.name, token.start)
            else:
                self._run(token.start, token.end, has_references=token.kind == "text")
        for hider in self._open.all_hiders:
            is_ended = hider.number in self._open.ended and not hider.shows
            hider.is_hidden = is_ended or bool(hider.outer and hider.outer.is_hidden)
        self.cut = self._tokens.cut
        self.excess = self._tokens.excess

    def _open_quotation(self, token: Token) -> None:
        """The place of the mark that a `q` prints, which is told when its end tag is met."""
        self._quoting.append((self._open.current.number, len(self.runs)))
        self._run(token.start, token.end, has_references=False, mark="")

    def _close_quotation(self, token: Token) -> None:
        """The marks of a `q` that this end tag closes, unless the text has its own."""
        opened = self._open
        if not opened.is_within("q", Mark.SPECIAL):
            return
        number = opened.elements[opened.places["q"][-1]].number
        while self._quoting and self._quoting[-1][0] > number:
            self._quoting.pop()
        if not self._quoting or self._quoting[-1][0] != number:
            return
        _, place = self._quoting.pop()
        run = self.runs[place]
        inside = self._content[run.end : min(run.end + _MARK_WITHIN, token.start)].lstrip()
        before = self._content[max(0, run.start - _MARK_WITHIN) : run.start]
        if inside[:1] in _OWN_MARKS or (before[-1:] and before[-1:] in _OWN_MARKS):
            return
        begins, ends = _PRINTED[min(len(opened.places["q"]) - 1, 1)]
        self.runs[place] = run._replace(mark=begins)
        self._run(token.start, token.end, has_references=False, mark=ends)

    def _run(self, start: int, end: int, *, has_references: bool, mark: str | None = None) -> None:
        opened = self._open
        if self._gap and self._gap_hider is not opened.hider:
            self._add_gap(start)
        box = opened.innermost(Mark.BOX)
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
                mark,
            )
        )
        self._gap = NOTHING

    def _at_edge(self, name: str, place: int) -> None:
        """Take note of a break that the start or end tag of `name` makes."""
        gap = PARAGRAPH if name in BLOCKS else LINE if name == "br" else NOTHING
        if gap == PARAGRAPH and self._open.hider and self._open.hider.in_sentence:
            self._open.hider.shows = True  # what holds paragraphs is no part of a sentence
        if gap:
            self.parted_by.add(name)
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
        if name in _TELLING and len(self.telling) < _MOST_TELLING:
            self.telling.append(self._open.new(name, token.written))
        if name in _RAW:
            self._raw(token)
        elif name in ("svg", "math"):
            self._start_foreign(token, name)
        elif self._may_open(name) and name not in _VOID:
            self._open.push(self._open.new(name, token.written))
            if name == "q":
                self._open_quotation(token)
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
        if self._open.is_within("p", Mark.BUTTON):
            self._open.close("p")

    # Rules of single start tags (13.2.6.4): each closes what its tag closes, and says whether it opens an element.

    def _start_once(self, name: str) -> bool:
        return not self._open.places[name]

    def _start_nothing(self, name: str) -> bool:
        return False

    def _start_link(self, name: str) -> bool:
        self._open.end_formatting(name)  # links do not nest
        return True

    def _start_heading(self, name: str) -> bool:
        self._close_paragraph()
        if self._open.current.tag in HEADINGS:
            self._open.close(self._open.current.tag)
        return True

    def _start_item(self, name: str) -> bool:
        around = self._open.innermost(Mark.ITEM).tag
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
        if self._open.is_within(name, Mark.SCOPE):
            self._open.close(name)
        return True

    def _start_select(self, name: str) -> bool:
        """Inside a `select` the start tag of another ends it; so does that of an `input`."""
        if self._open.is_within("select", Mark.SCOPE):
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
        part = self._open.innermost(Mark.PART).tag
        if part in _PARTS_WITHOUT_TABLES and self._open.places["table"]:
            self._open.close("table")
        else:
            self._close_paragraph()
        return True

    def _start_part(self, name: str) -> bool:
        """The start tag of a part of a table closes what is open in the part that holds it."""
        place = self._open.marks[Mark.PART][-1]
        if not place:
            return False  # outside a table
        holders = _HOLDERS[name]
        while self._open.current.tag not in holders:
            self._open.close_current()
        return name not in ("col", "colgroup")

    def _raw(self, token: Token) -> None:
        """An element whose content is no mark-up."""
        name = token.name
        if name in _CLOSE_P:
            self._close_paragraph()
        if name == "iframe" and "srcdoc" in token.written.lower() and len(self.frames) < _MOST_FRAMES:
            self.frames.append(attributes(token.written).get("srcdoc", ""))
        place = self._tokens.raw(name)
        if place is None:
            if name in _CODE:
                self._tokens.cut = token.start
            elif not _RAW[name]:
                return  # an element that never ends hides nothing
            place = self._tokens.rest()
        if _RAW[name]:
            self._open.push(self._open.new(name, token.written))
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
        if element.tag in MATH_TEXT:
            return name not in ("mglyph", "malignmark")
        if element.tag == "math annotation-xml":
            return name == "svg" or element.attributes.get("encoding", "").lower() in _HTML_ENCODINGS
        return element.tag in HTML_INSIDE

    def _break_out(self) -> None:
        while self._open.current.space and not self._takes_html(self._open.current, "p"):
            self._open.close_current()

    def _start_foreign(self, token: Token, space: str) -> None:
        if not token.is_empty:
            self._open.push(self._open.new(token.name, token.written, space))

    def _end_foreign(self, name: str) -> bool:
        """Whether an end tag closes an element of the SVG or MathML it stands in."""
        if name in ("br", "p"):
            self._break_out()
            return False
        for tag in sorted((f"svg {name}", f"math {name}"), key=lambda tag: self._open.places[tag][-1:], reverse=True):
            if self._open.is_within(tag, Mark.FOREIGN):
                self._open.close(tag)
                return True
        return False

    # ---- end tags

    def _end(self, name: str, place: int) -> None:
        opened = self._open
        if opened.current.space and self._end_foreign(name):
            return
        self._at_edge(name, place)
        if name in FORMATTING:
            opened.end_formatting(name)
        elif name in HEADINGS:
            if opened.marks[Mark.HEADING][-1] > opened.marks[Mark.SCOPE][-1]:
                opened.close(opened.innermost(Mark.HEADING).tag)
        elif opened.is_within(name, _END_REACHES.get(name, Mark.SPECIAL)):
            if name not in _IGNORED_ENDS:
                opened.close(name)
        elif name in _STANDS_FOR:
            self._end_implied_part(_STANDS_FOR[name])
        if name == "form":
            self._in_form = False

    def _end_implied_part(self, names: tuple[str, ...]) -> None:
        """The end tag of a part of a table that browsers add where its start tag is left out."""
        for name in names:
            if self._open.is_within(name, Mark.TABLE):
                self._open.close(name)
                return


_STARTS: dict[str, Callable[[Tree, str], bool]] = {
    **dict.fromkeys(("body", "html"), Tree._start_once),
    **dict.fromkeys(("frameset", "head"), Tree._start_nothing),
    **dict.fromkeys(("a", "nobr"), Tree._start_link),
    **dict.fromkeys(HEADINGS, Tree._start_heading),
    **dict.fromkeys(_ITEMS, Tree._start_item),
    **dict.fromkeys(("optgroup", "option"), Tree._start_option),
    **dict.fromkeys(("input", "select"), Tree._start_select),
    **dict.fromkeys(_HOLDERS, Tree._start_part),
    "button": Tree._start_button,
    "form": Tree._start_form,
    "table": Tree._start_table,
}
