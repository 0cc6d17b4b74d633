"""The report on a draft as one page that stands alone, in the manner of the record's page.

1. The draft's text stands block by block, every character of it; the words of each finding are a link to its card.
   Where findings lie over one another, the gravest has the words.
2. The cards stand beside the paragraph of their words: those that the articles do not bear out each by itself and
   numbered, the others folded, counted. A card holds the sentences of the articles, with the words marked.
3. Without script all of this works: cards are details, filters are boxes that the style reads. The script sets each
   card beside its line, and moves from one to the next by key.
4. On paper the marks are numbered, and the findings stand as notes at the end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markupsafe import Markup

from tellings.edge.writers import standalone, wording
from tellings.edge.writers.check import words
from tellings.edge.writers.verbatim import between_tags, printable, safe, tiled
from tellings.model.counted import count
from tellings.model.report import Cited, Finding, Report
from tellings.model.verdicts import VERDICTS

#: Places of each kind that a card shows, and a note on paper.
_SHOWN, _PRINTED = 3, 2
#: Characters of the words of the draft on a card.
_WIDEST = 72
#: The last word of a text that holds nothing but characters.
_LAST = re.compile(r"[^\s<>&;]+$")
_RANK = {"error": 0, "warning": 1, "note": 2, "none": 3}
_TAGS = {"headline": "h2", "subheading": "h2", "paragraph": "p"}


def render(report: Report) -> str:
    """The page of a report, as the text of an HTML file in UTF-8. The same report gives the same text; characters that
    HTML cannot hold (NUL, lone surrogates) are U+FFFD on it."""
    style, script = _style(), _script()
    cards = [_Card.of(finding) for finding in report.findings]
    told = [card for card in cards if card.told]
    numbers = {card.finding.id: number for number, card in enumerate(told, start=1)}
    articles = words.Articles.of(report)
    counts = report.counts()
    page: str = standalone.template("check.html.j2").render(
        report=report,
        policy=standalone.policy(style, script),
        style=Markup(style),
        script=Markup(script),
        rows=_rows(report, cards, numbers),
        told=told,
        numbers=numbers,
        counts=[(words.slug(verdict), words.COUNTED[verdict], counts[verdict]) for verdict in counts],
        graver={words.slug(verdict) for verdict in words.TOLD},
        articles=articles.articles,
        names=articles.names,
        words=words,
        wording=wording,
        count=count,
        edited=_edited,
        cited=_cited,
        sources=_sources,
        shown=_SHOWN,
        printed=_PRINTED,
        web_address=standalone.web_address,
        short=lambda exact: wording.shorten(exact, _WIDEST)[0],
    )
    return page


#: A verdict whose box is not ticked has neither mark nor card, but for the card that an address leads to.
_UNTICKED = """body:has(#only-{0}:not(:checked)) .w.{0} {{ text-decoration-line: none; }}
body:has(#only-{0}:not(:checked)) :is(.w.{0} > sup, sup.{0}, .card.{0}:not(:has(:target))) {{ display: none; }}
"""


@cache
def _style() -> str:
    filters = "".join(_UNTICKED.format(words.slug(verdict)) for verdict in VERDICTS)
    return standalone.joined("base.css", "check.css") + f"@media screen {{\n{filters}}}\n"


@cache
def _script() -> str:
    return standalone.script("theme.js", "check.js")


@dataclass(frozen=True, slots=True)
class _Card:
    """A finding with what its look depends on; `slug` is its verdict as a class of the style."""

    finding: Finding
    severity: words.Severity
    slug: str
    told: bool

    @classmethod
    def of(cls, finding: Finding) -> _Card:
        return cls(finding, words.severity(finding), words.slug(finding.verdict), finding.verdict in words.TOLD)


# ---- the draft with its marks ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A block of the draft as mark-up, with the cards of the findings that begin in it, and how the others are
    counted. `before` and `after` are the white space around it."""

    before: Markup
    block: Markup
    after: Markup
    told: tuple[_Card, ...]
    rest: tuple[_Card, ...]
    summary: str


def _rows(report: Report, cards: Sequence[_Card], numbers: dict[str, int]) -> Iterator[_Row]:
    marked = _Marked(report.text, cards, numbers)
    starts = [card.finding.words.start for card in cards]
    before = ""
    for block in tiled(report.text, report.blocks, "draft"):
        start = block.start + len(block.leading)
        end = block.end - len(block.trailing)
        inside = cards[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        tag, css = _TAGS.get(block.kind, "div"), "" if block.story else " residue"
        # Several lines of residue of one kind are named once.
        named = not block.story and block.kind != before
        what = f'<span class="what" data-ours>{safe(block.kind)}, not checked</span>' if named else ""
        before = block.kind
        told, rest = (tuple(card for card in inside if card.told is wanted) for wanted in (True, False))
        yield _Row(
            Markup(marked.words(block.start, start)),
            Markup(f'<{tag} class="words {safe(block.kind)}{css}" dir="auto">{what}{marked.words(start, end)}</{tag}>'),
            Markup(marked.words(end, block.end)),
            told,
            rest,
            _summary(rest),
        )


def _summary(rest: Sequence[_Card]) -> str:
    found = [card.finding.verdict for card in rest]
    return ", ".join(
        f"{found.count(verdict)} {words.COUNTED[verdict]}" for verdict in VERDICTS[::-1] if verdict in found
    )


class _Marked:
    """The text of the draft with each of its findings marked."""

    def __init__(self, text: str, cards: Sequence[_Card], numbers: dict[str, int]) -> None:
        self._text, self._numbers = text, numbers
        self._cards = [card for card in cards if card.finding.words.end > card.finding.words.start]
        self._next = 0  # the first card that begins behind what was told
        self._over: list[_Card] = []  # cards that began before, and go on
        self._started: set[str] = set()

    def words(self, start: int, end: int) -> str:
        """The words at `[start, end)` as mark-up. Has to be called for one stretch after the other."""
        first = self._next
        while self._next < len(self._cards) and self._cards[self._next].finding.words.start < end:
            self._next += 1
        coming = self._cards[first : self._next]
        edges = {start, end}
        for card in (*self._over, *coming):
            edges |= {max(card.finding.words.start, start), min(card.finding.words.end, end)}
        told, at = [], 0
        for piece in pairwise(sorted(edges)):
            while at < len(coming) and coming[at].finding.words.start <= piece[0]:
                self._over.append(coming[at])
                at += 1
            self._over = [card for card in self._over if card.finding.words.end > piece[0]]
            told.append(self._piece(*piece, self._over))
        return "".join(told)

    def _piece(self, start: int, end: int, over: Sequence[_Card]) -> str:
        text = between_tags(self._text[start:end])
        anchors = "".join(self._anchor(card) for card in over)
        if not over:
            return text
        chosen = min(over, key=lambda card: (_RANK[card.severity], len(card.finding.words.exact), card.finding.id))
        # What ends here and has its words elsewhere, under a graver one, is told by its number alone.
        ending = [card for card in over if card.finding.words.end == end and card.finding.id in self._numbers]
        own = self._number(chosen) if chosen in ending else ""
        others = "".join(
            f'<sup class="{card.slug}" data-ours><a href="#f-{card.finding.id}">{self._number(card)}</a></sup>'
            for card in ending
            if card is not chosen
        )
        begins = start == chosen.finding.words.start
        skipped = "" if begins else ' tabindex="-1"'
        mark = f'class="w {chosen.severity} {chosen.slug}" data-f="{chosen.finding.id}"{skipped}'
        if own:
            # The number stays on the line of the last word.
            last = _LAST.search(text)
            at = last.start() if last is not None else len(text)
            text = f'{text[:at]}<span class="last">{text[at:]}<sup data-ours>{own}</sup></span>'
        return f'{anchors}<a {mark} href="#f-{chosen.finding.id}">{text}</a>{others}'

    def _number(self, card: _Card) -> str:
        said = safe(words.VERDICT_WORDS[card.finding.verdict])
        return f'<span class="vh"> ({said}, finding </span>{self._numbers[card.finding.id]}<span class="vh">)</span>'

    def _anchor(self, card: _Card) -> str:
        """Where the link of a card back to its words leads: once, where they begin."""
        if card.finding.id in self._started:
            return ""
        self._started.add(card.finding.id)
        return f'<span id="w-{card.finding.id}" class="at"></span>'


# ---- a card ------------------------------------------------------------------------------


def _edited(finding: Finding) -> Markup:
    """The words of the draft with the edits that lead to them from those of the article; empty where there are
    none."""
    if not finding.edits:
        return Markup()
    start, end = finding.words.start, finding.words.end
    edits = sorted(finding.edits, key=lambda edit: (edit.draft.start, edit.draft.end))
    seen, parts = start, []
    for edit in edits:
        if edit.draft.start < seen or edit.draft.end > end:
            return Markup()
        before = finding.words.exact[seen - start : edit.draft.start - start]
        parts.append(safe(before))
        if edit.source.exact:
            apart = " " if before and not before[-1].isspace() and not edit.draft.exact else ""
            parts.append(Markup("{}<del>{}</del>").format(apart, safe(edit.source.exact)))
            following = finding.words.exact[edit.draft.end - start : edit.draft.end - start + 1]
            if not edit.draft.exact and not apart and following and not following.isspace():
                parts.append(Markup(" "))
        if edit.draft.exact:
            parts.append(Markup("<ins>{}</ins>").format(safe(edit.draft.exact)))
        seen = edit.draft.end
    parts.append(safe(finding.words.exact[seen - start :]))
    return Markup().join(parts)


def _cited(one: Cited) -> Markup:
    """The sentence of an article, with the words in it marked."""
    sentence, exact = one.sentence, one.words
    begin, end = max(exact.start - sentence.start, 0), max(exact.end - sentence.start, 0)
    shown = printable(sentence.exact)
    if begin >= end:
        return safe(shown)
    return Markup("{}<mark>{}</mark>{}").format(safe(shown[:begin]), safe(shown[begin:end]), safe(shown[end:]))


def _sources(finding: Finding, most: int) -> list[tuple[str, list[list[Cited]], int]]:
    """The places of a finding by what they are: the first `most` sentences of each, those in the same words together,
    and how many more there are."""
    by_kind: dict[str, dict[str, dict[str, Cited]]] = {}
    for what, one in words.cited(finding):
        alike = by_kind.setdefault(what, {}).setdefault(" ".join(one.sentence.exact.split()), {})
        alike.setdefault(one.words.telling, one)
    return [
        (what, [list(alike.values()) for alike in found.values()][:most], max(len(found) - most, 0))
        for what, found in by_kind.items()
    ]
