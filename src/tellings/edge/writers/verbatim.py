"""The words of sources as mark-up: they are data, they can never run, and no character is lost.

A telling's text stands once on the page, block by block, with the white space between its blocks between their
elements: what the browser gives as the text of the whole, without what has the attribute `data-ours`, is the
telling's text. Each `Evidence` on the page is a link to its block (which works without script) that carries its
span in code points (which the page's script turns into the browser's UTF-16 units).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from tellings.edge.writers import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tellings.model.record import BlockLine, DateLine, Evidence, Record, TellingLine

# What a page cannot hold as it is: NUL is dropped by the HTML parser and a lone surrogate has no
# UTF-8 form. One replacement character each keeps the count of code points (WHATWG HTML 13.2.3.5).
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_OURS = "en"  # the language of the page itself
_TAGS = {"headline": "h4", "subheading": "h4", "paragraph": "p"}


def printable(words: str) -> str:
    """`words` with one replacement character for each code point that a page cannot hold."""
    return _UNPRINTABLE.sub(_REPLACEMENT, words)


def safe(words: str) -> Markup:
    """`words` as text of a page. Every code point stays one code point; a bare CR survives the parser."""
    if isinstance(words, Markup):
        return words
    return Markup(str(escape(printable(words))).replace("\r", "&#13;"))


def between_tags(words: str) -> str:
    """As `safe`, but for use outside of attributes alone: quotation marks stay one character each."""
    return printable(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a telling's text on the page. `leading`, `words` and `trailing` together are the text there."""

    anchor: str
    start: int
    end: int
    kind: str
    story: bool
    rule: str
    leading: str
    words: str
    trailing: str


def segments(telling: TellingLine) -> tuple[Segment, ...]:
    """The blocks of a telling, with a stretch of kind "unlabelled" wherever no block lies: they tile the text.

    Returns nothing for a telling without its text.
    """
    return () if telling.text is None else tiled(telling.text, telling.blocks, telling.label)


def tiled(text: str, blocks: Iterable[BlockLine], label: str) -> tuple[Segment, ...]:
    """The same of any text with its blocks; the anchors begin with `label`."""
    found: list[Segment] = []
    seen = 0

    def add(start: int, end: int, kind: str, story: bool, rule: str) -> None:
        leading, words, trailing = _edges(text[start:end])
        anchor = f"{label}-b{len(found)}"
        found.append(Segment(anchor, start, end, kind, story, rule, leading, words, trailing))

    for block in blocks:
        start, end = max(block.start, seen), min(block.end, len(text))
        if start > seen:
            add(seen, start, "unlabelled", True, "")
        if end > start:
            add(start, end, block.kind, block.story, block.rule)
            seen = end
    if seen < len(text):
        add(seen, len(text), "unlabelled", True, "")
    return tuple(found)


def _edges(words: str) -> tuple[str, str, str]:
    stripped = words.strip()
    if not stripped:
        return "", "", words
    lead = len(words) - len(words.lstrip())
    return words[:lead], stripped, words[lead + len(stripped) :]


class Citer:
    """Turns the texts of one record, and evidence that cites them, into mark-up."""

    def __init__(self, record: Record, names: Mapping[str, str]) -> None:
        self._names = names
        self._segments = {telling.label: segments(telling) for telling in record.tellings}
        self._starts = {label: [segment.start for segment in found] for label, found in self._segments.items()}
        self._languages = {telling.label: telling.read_as for telling in record.tellings}
        self._led_to: set[str] = set()

    def words(self, evidence: Evidence) -> Markup:
        """The exact words as a link, with the name of the article's outlet behind them."""
        label = safe(evidence.telling)
        name = safe(self._names.get(evidence.telling, evidence.telling))
        inner = safe(evidence.exact)
        if evidence.start == evidence.end:
            inner = Markup('<span class="none" data-ours>no words here</span>') + inner
        language = self._languages.get(evidence.telling, _OURS)
        more = Markup(' lang="{}"').format(safe(language)) if language != _OURS else Markup()
        return Markup(
            '<a class="ev" href="#{}" data-t="{}" data-s="{}" data-e="{}"{}>{}<span data-ours>&nbsp;<span class="lb">'
            "{}</span></span></a>"
        ).format(safe(self._anchor(evidence)), label, evidence.start, evidence.end, more, inner, name)

    def _anchor(self, evidence: Evidence) -> str:
        """The id of the element that holds `evidence`: its block, or its telling where the text is not on the page."""
        starts = self._starts.get(evidence.telling)
        if not starts:
            return f"telling-{evidence.telling}"
        anchor = f"{evidence.telling}-b{max(bisect_right(starts, evidence.start) - 1, 0)}"
        self._led_to.add(anchor)
        return anchor

    def text(self, telling: TellingLine) -> Markup:
        """The whole text of a telling, block by block; residue and parts of other dates are named between.

        A block has an id where a link made so far leads to it; the page's script finds the others by their places.
        """
        return Markup("".join(self._blocks(telling)))

    def _blocks(self, telling: TellingLine) -> Iterator[str]:
        parts = list(telling.parts) if len(telling.parts) > 1 else []
        locators = [(each.start, each.name) for each in telling.locators]
        for block in self._segments[telling.label]:
            while parts and parts[0].start < block.end:
                yield _part_note(parts.pop(0).date)
            tag = _TAGS.get(block.kind, "div")
            rank, what = ("", "") if block.story else ("residue ", _what(block))
            # Of most blocks of the story their element says what they look like.
            plain = tag != "div" and block.kind != "headline" and block.story
            css = "" if plain else f' class="{rank}{safe(block.kind)}"'
            place = f' id="{safe(block.anchor)}"' if block.anchor in self._led_to else ""
            if at := bisect_right(locators, block.start, key=itemgetter(0)):
                place += f' title="{safe(locators[at - 1][1])}"'
            yield (
                f"{between_tags(block.leading)}<{tag}{place}{css}>{what}"
                f"{between_tags(block.words)}</{tag}>{between_tags(block.trailing)}"
            )


def _what(block: Segment) -> str:
    return (
        f'<span class="what" data-ours lang="en">{safe(block.kind)} <span class="rule">{safe(block.rule)}</span></span>'
    )


def _part_note(date: DateLine) -> str:
    said = wording.day(date.value) if date.value else "not known"
    return f'<p class="part" data-ours lang="en">page part, date {said}: {safe(date.evidence)}</p>'
