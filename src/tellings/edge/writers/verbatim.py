"""The words of sources as mark-up: they are data, they can never run, and no character is lost.

Each `Evidence` becomes a link to the block of its telling (which works without script) that carries
its span in code points (which the page's script turns into the browser's UTF-16 units). Anything of
our own inside such a link has the attribute `data-ours`, so that what is left is the words alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from tellings.edge.writers.wording import EDITS, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tellings.model.record import Difference, Evidence, Line, Mark, Record, TellingLine

# What a page cannot hold as it is: NUL is dropped by the HTML parser and a lone surrogate has no
# UTF-8 form. One replacement character each keeps the count of code points (WHATWG HTML 13.2.3.5).
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
_NOTHING = Markup()
_OURS = "en"  # the language of the page itself
_OMITTED = 48  # characters of left-out words shown in place; the list under the variant has them all


def safe(words: str) -> Markup:
    """`words` as text of a page. Every code point stays one code point; a bare CR survives the parser."""
    if isinstance(words, Markup):
        return words
    return Markup(str(escape(_UNPRINTABLE.sub("�", words))).replace("\r", "&#13;"))


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
    text = telling.text
    if text is None:
        return ()
    found: list[Segment] = []
    seen = 0

    def add(start: int, end: int, kind: str, story: bool, rule: str) -> None:
        leading, words, trailing = _edges(text[start:end])
        anchor = f"{telling.label}-b{len(found)}"
        found.append(Segment(anchor, start, end, kind, story, rule, leading, words, trailing))

    for block in telling.blocks:
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
    """Turns evidence of one record into links."""

    def __init__(self, record: Record) -> None:
        self.segments = {telling.label: segments(telling) for telling in record.tellings}
        self._starts = {label: [segment.start for segment in found] for label, found in self.segments.items()}
        self._languages = {telling.label: telling.read_as for telling in record.tellings}
        self._text_known = {telling.label: telling.text is not None for telling in record.tellings}

    def anchor(self, evidence: Evidence) -> str:
        """The id of the element that holds `evidence`: its block, or its entry among the cited words."""
        label = evidence.telling
        if not self._text_known.get(label):
            return f"{label}-c{evidence.start}-{evidence.end}"
        index = bisect_right(self._starts[label], evidence.start) - 1
        return f"{label}-b{max(index, 0)}"

    def line(self, line: Line) -> Markup:
        """A sentence as a link, its marks inside, its telling's label behind it."""
        return self._link(line.words, marked(line.words, line.marks), label=True)

    def words(self, evidence: Evidence, *, label: bool = True) -> Markup:
        """The exact words as a link, with the telling's label behind them unless `label` is false."""
        return self._link(evidence, safe(evidence.exact), label=label)

    def piece(self, evidence: Evidence) -> Markup:
        """A piece of an assembled text: the words, and the label of their telling raised."""
        raised = Markup('<sup data-ours>&NoBreak;<span class="vh">telling </span>{}</sup>').format(
            safe(evidence.telling)
        )
        return self._link(evidence, safe(evidence.exact) + raised, label=False, css="piece")

    def chip(self, evidence: Evidence) -> Markup:
        """The label alone as a link; the exact words travel in an attribute."""
        inner = Markup('<span class="vh">in telling </span>{}').format(safe(evidence.telling))
        exact = Markup(' data-exact="{}"').format(safe(evidence.exact))
        return self._link(evidence, inner, label=False, css="chip", more=exact)

    def stretch(self, evidence: Evidence, differences: Sequence[Difference]) -> Markup:
        """A stretch of a variant, its differences marked in place and named in words."""
        return self._link(evidence, edited(evidence, differences), label=False)

    def compared(self, evidence: Evidence, other: Evidence) -> Markup:
        """A passage beside the one it shares words with: words that are not equal are marked."""
        return self._link(evidence, _unequal(evidence.exact, other.exact), label=False)

    def _link(
        self, evidence: Evidence, inner: Markup, *, label: bool, css: str = "", more: Markup = _NOTHING
    ) -> Markup:
        if evidence.start == evidence.end:
            inner = Markup('<span class="none" data-ours>no words here</span>') + inner
        if label:
            inner += Markup(
                '<span data-ours>&nbsp;<span class="lb"><span class="vh">telling </span>{}</span></span>'
            ).format(safe(evidence.telling))
        language = self._languages.get(evidence.telling, _OURS)
        if language != _OURS:
            more += Markup(' lang="{}"').format(safe(language))
        return Markup('<a class="ev{}" href="#{}" data-t="{}" data-s="{}" data-e="{}"{}>{}</a>').format(
            f" {css}" if css else "",
            safe(self.anchor(evidence)),
            safe(evidence.telling),
            evidence.start,
            evidence.end,
            more,
            inner,
        )


def marked(evidence: Evidence, marks: Iterable[Mark]) -> Markup:
    """The words of `evidence` with `marks` inside them; a mark that overlaps an earlier one is left out."""
    out, seen = Markup(), evidence.start
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.role)):
        if mark.start < seen or mark.end > evidence.end or mark.end <= mark.start:
            continue
        out += safe(evidence.exact[seen - evidence.start : mark.start - evidence.start])
        out += Markup('<mark class="at-{}">{}</mark>').format(
            mark.role, safe(evidence.exact[mark.start - evidence.start : mark.end - evidence.start])
        )
        seen = mark.end
    return out + safe(evidence.exact[seen - evidence.start :])


def edited(evidence: Evidence, differences: Iterable[Difference]) -> Markup:
    """The words of `evidence` with what differs from the fullest text marked where it stands."""
    out, seen = Markup(), evidence.start
    for difference in sorted(differences, key=lambda item: (item.words.start, item.words.end)):
        start, end = difference.words.start, difference.words.end
        if difference.words.telling != evidence.telling or start < seen or end > evidence.end:
            continue
        out += safe(evidence.exact[seen - evidence.start : start - evidence.start])
        name = safe(EDITS[difference.kind])
        kind = difference.kind.replace(" ", "-")
        left_out = difference.kind in ("omission", "marked omission") and difference.base.exact
        if end > start:
            words = safe(evidence.exact[start - evidence.start : end - evidence.start])
            # White space where words are left out is no edit of its own.
            out += words if left_out and not words.strip() else Markup('<ins class="{}">{}</ins>').format(kind, words)
        out += Markup('<span class="tag" data-ours>{}</span>').format(name)
        if left_out:
            gone, _ = shorten(difference.base.exact, _OMITTED)
            out += Markup("<del data-ours>{}</del><span data-ours> </span>").format(safe(gone))
        seen = end
    return out + safe(evidence.exact[seen - evidence.start :])


_WORD = re.compile(r"\w+(?:['’]\w+)*")


def _unequal(words: str, other: str) -> Markup:
    from rapidfuzz.distance import Indel

    mine = [(match.start(), match.end()) for match in _WORD.finditer(words)]
    theirs = [match.group().casefold() for match in _WORD.finditer(other)]
    out, seen = Markup(), 0
    # Insertions and deletions over words: the longest common subsequence (Myers 1986 family).
    for step in Indel.opcodes([words[start:end].casefold() for start, end in mine], theirs):
        if step.tag != "delete":
            continue
        start, end = mine[step.src_start][0], mine[step.src_end - 1][1]
        out += safe(words[seen:start]) + Markup('<span class="own">{}</span>').format(safe(words[start:end]))
        seen = end
    return out + safe(words[seen:])
