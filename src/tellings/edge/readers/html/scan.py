"""HTML to a view: every character shown is one of the source or stands in an edit.

An HTML parser's tree does not say where its characters came from, so the page is read here: `tokens.py` tells tags
from text, `tree.py` which elements are open, and this module shows the text, with white space as browsers lay it out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from tellings.edge.characters import ODD, ODD_CLASS, counted, shown
from tellings.edge.readers.html.captures import as_published
from tellings.edge.readers.html.elements import Element
from tellings.edge.readers.html.references import REFERENCE, decoded
from tellings.edge.readers.html.tree import LINE, NOTHING, PARAGRAPH, SPACE, Run, Tree
from tellings.edge.readers.telling import MOST_EDITS
from tellings.edge.twice import twice_encoded
from tellings.model.text import Edit, Span, Text, View

_WORD = rf"[^ \t\n&{ODD_CLASS}]++"
#: A stretch of words with single spaces between them is shown as it stands.
_PIECE = re.compile(
    rf"(?P<white>[ \t\n]+)|(?P<reference>{REFERENCE})|(?P<odd>{ODD.pattern})|(?P<words>{_WORD}(?: {_WORD})*+|.)",
    re.DOTALL,
)
#: Stretches of text of a page; of 749 news pages the richest has 2,734.
MOST_STRETCHES = 50_000
_SEPARATORS = ("", " ", "\n", "\n\n")
#: Elements beside which blank lines part the other paragraphs, as editors keep the text of an article: what stands in
#: no element of its own is a paragraph there. Any other element that parts paragraphs parts all of them.
_BESIDE_LINES = frozenset({
    "blockquote", "br", "dd", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "pre", "ul",
})  # fmt: skip


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

    def characters(self, text: str) -> int:
        """How many characters it has in `text`, the view, but for white space: what `linked` is a part of."""
        return len("".join(self.span.of(text).split()))


@dataclass(frozen=True, slots=True)
class Page:
    """A page as scanned.

    `elements` are those that carry metadata, `scripts` the contents of JSON-LD scripts, `unseen` the characters left
    out. `cut` is where the source breaks off inside a tag, a comment or a script; what follows is not shown. `content`
    is the source with the characters that were encoded twice put right, for other programs; `twice` of them are shown.
    `excess` is what there is too much of in the page, so that it was not read to its end; `None` for most. `frames` are
    the pages that were written into frames of it. `is_lined` says that nothing but its line ends parts it.
    """

    view: View
    stretches: tuple[Stretch, ...]
    elements: tuple[Element, ...]
    scripts: tuple[str, ...]
    title: str
    unseen: Counter[str]
    cut: int | None
    content: str
    twice: int
    excess: str | None = None
    frames: tuple[str, ...] = ()
    is_lined: bool = False


def scan(content: str, *, by_lines: bool = False) -> Page:
    """`content` as a page: its view, the stretches of text in it, and the elements that carry metadata.

    `by_lines`: blank lines in it part paragraphs where its tags do not, and line ends are kept where it has no `br`.
    """
    tree = Tree(content)
    twice = twice_encoded(content, MOST_EDITS + 1)
    is_lined = by_lines and not tree.parted_by
    lines = LINE if is_lined else PARAGRAPH if by_lines and tree.parted_by <= _BESIDE_LINES else NOTHING
    layout = _Layout(content, twice, lines)
    for run in tree.runs:
        if layout.is_full:
            break
        if not (run.hider and run.hider.is_hidden):
            layout.add(run)
    return Page(
        layout.view(),
        tuple(layout.stretches),
        tuple(tree.telling),
        tuple(tree.scripts),
        tree.title,
        layout.unseen,
        tree.cut,
        as_published(View(Text.of(content), twice).text if twice else content),
        layout.undone,
        _excess(tree, layout),
        tuple(tree.frames),
        is_lined,
    )


def _excess(tree: Tree, layout: _Layout) -> str | None:
    """What there is more of than any article has, with how much is read of it: every stage would crawl."""
    if tree.excess:
        return tree.excess
    if len(layout.stretches) > MOST_STRETCHES:
        return f"{MOST_STRETCHES:,} paragraphs"
    return f"{MOST_EDITS:,} characters that are not shown as they are written" if layout.is_full else None


class _Layout:
    """The view of a page, built run by run."""

    def __init__(self, content: str, twice: tuple[Edit, ...], lines: int) -> None:
        self.content = content
        #: Which line ends are kept outside preformatted text: NOTHING, of blank lines (PARAGRAPH), or all (LINE).
        self.lines = lines
        self.line_ends = 0  # since a character was shown, or a tag
        self.twice = twice
        self.twice_starts = [edit.start for edit in twice]
        self.edits: list[Edit] = []
        self.length = 0  # of the view so far
        self.seen = 0  # source position up to which the view is built
        self.gap = NOTHING
        self.stretches: list[Stretch] = []
        self.unseen: Counter[str] = Counter()
        self.undone = 0  # characters encoded twice that were put right
        self.run: Run  # the one being added
        self.box: Element | None = None  # around what was shown last

    def view(self) -> View:
        """The view of all that was added."""
        size = len(self.content)
        edits = [*self.edits, Edit(self.seen, size, "")] if self.seen < size else self.edits
        return View(Text.of(self.content), tuple(edits))

    @property
    def is_full(self) -> bool:
        """Whether there is more than is read of a page."""
        return len(self.stretches) > MOST_STRETCHES or max(len(self.edits), len(self.twice)) > MOST_EDITS

    def add(self, run: Run) -> None:
        """Show a run of text."""
        self.gap = max(self.gap, run.gap)
        self.run = run
        self.line_ends = 0
        if run.mark is not None:
            if run.mark:
                self._show(run.start, run.end, run.mark)
            return
        begin = run.start
        for edit in self.twice[bisect_left(self.twice_starts, run.start) : bisect_left(self.twice_starts, run.end)]:
            self._add(begin, edit.start)
            if edit.shown.isspace():
                self._white(edit.shown)
            else:
                self._show(edit.start, edit.end, edit.shown)
            self.undone += 1
            begin = edit.end
        self._add(begin, run.end)

    def _add(self, start: int, end: int) -> None:
        for match in _PIECE.finditer(self.content, start, end):
            kind = match.lastgroup
            if len(self.edits) > MOST_EDITS:
                return
            if kind == "words":
                self._show(match.start(), match.end(), None)
            elif kind == "white":
                self._white(match.group())
            elif kind == "odd":
                self._odd(match)
            else:
                self._reference(match)

    def _white(self, written: str) -> None:
        """White space: one gap, a line end in preformatted text."""
        self.line_ends += written.count("\n")
        gap = PARAGRAPH if self.line_ends > 1 else LINE if self.line_ends else SPACE
        kept = LINE if self.run.is_preformatted else self.lines
        self.gap = max(self.gap, gap if kept and gap >= kept else SPACE)

    def _odd(self, match: re.Match[str]) -> None:
        inner = ODD.match(self.content, match.start(), match.end())
        assert inner is not None  # the same pattern matched here
        seen = shown(inner)
        if seen.isspace():
            self._white(seen)
        elif seen:
            self._show(match.start(), match.end(), None if seen == match.group() else seen)
        self.unseen.update(counted(inner) if seen != match.group() else ())

    def _reference(self, match: re.Match[str]) -> None:
        start, end = match.span()
        shown_for_it, length = decoded(match.group()) if self.run.has_references else ("", 0)
        if length:
            seen = ODD.sub(shown, shown_for_it)
            if seen.isspace():
                self._white(seen)
            elif seen:  # else an invisible character: it falls into the gap
                self._show(start, start + length, seen)
        if start + length < end:
            self._show(start + length, end, None)

    def _show(self, start: int, end: int, seen: str | None) -> None:
        """Append source[start:end] (or `seen` for it) to the view, with what the gap before it stands for."""
        run = self.run
        if run.box is not self.box:
            self.box = run.box
            self.gap = PARAGRAPH
        separator = _SEPARATORS[self.gap] if self.length else ""
        if self.gap == PARAGRAPH or not self.stretches:
            self.stretches.append(Stretch(self.length + len(separator), 0, run.element))
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
        self.line_ends = 0
        stretch = self.stretches[-1]
        stretch.end = self.length
        if run.is_linked:
            # Spaces are not counted, so that links are compared by their words.
            stretch.linked += size - (self.content.count(" ", start, end) if seen is None else 0)
