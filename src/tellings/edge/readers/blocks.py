"""From the blocks of a document of pages or paragraphs to a telling: what a word processor or a PDF holds.

The bytes of such a file hold its text in pieces, compressed, in an order of their own. So the source of the telling is
the text as it is taken out, block by block: offsets count there, and each block has the place where the file has it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tellings.edge.characters import plain_edits, worded
from tellings.edge.readers.plain import date_line, read_head
from tellings.edge.readers.telling import (
    Metadata,
    Outcome,
    Read,
    attested,
    beyond,
    empty,
    encoded_twice,
    is_visible,
    unseen_characters,
)
from tellings.model.records import BlockKind, Hint, Locator, Problem
from tellings.model.text import Edit, Span, Text, View

#: Between two blocks.
_BETWEEN = "\n\n"
#: Ligatures that are two or three letters to a reader (Unicode, Alphabetic Presentation Forms).
_LIGATURES = re.compile("[\ufb00-\ufb06]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as it is taken out: its characters, and `edits` (counted in them) that show it as it is read.

    `kind` is `None` where the file does not say what it is; `rule` says why it is that. `places` say where the file has
    it: the first character of a stretch, and its place, for as many stretches as stand apart.
    """

    text: str
    kind: BlockKind | None
    rule: str
    edits: tuple[Edit, ...] = ()
    places: tuple[tuple[int, str], ...] = ()


def read_pieces(name: str, media_type: str, pieces: Iterable[Piece], told: Metadata) -> Outcome:
    """The one telling that `pieces` are, in their order; `told` is what the file says of itself.

    A head ("Date: …") and a line that is a date alone, both visible, go before what is told.
    """
    pieces = [piece if piece.edits else replace(piece, text=piece.text.strip()) for piece in pieces]
    pieces = [piece for piece in pieces if piece.text.strip()]
    content = _BETWEEN.join(piece.text for piece in pieces)
    if (refused := beyond(name, content)) is not None:
        return Outcome(problems=(refused,))
    view, problems = shown_view(name, content, list(_own_edits(pieces)))
    if not is_visible(view.text):
        return Outcome(problems=(empty(name), *problems))
    hints, locators = _placed(view, pieces)
    head, head_problems = read_head(name, _before(view.text, pieces, hints))
    metadata = head.over(Metadata(date_line(view.text, hints))).over(told)
    return Outcome((Read(name, media_type, view, metadata, hints, locators),), (*problems, *head_problems))


def with_headline(pieces: list[Piece]) -> list[Piece]:
    """Of a document without a title the heading that it opens with is the headline; where there is either, what stands
    between the headings is known to be paragraphs."""
    shown = [place for place, piece in enumerate(pieces) if piece.text.strip()]
    if shown and not any(piece.kind == "headline" for piece in pieces):
        first = pieces[shown[0]]
        if first.kind == "subheading":
            pieces[shown[0]] = replace(first, kind="headline")
    headlines = [place for place in shown if pieces[place].kind == "headline"]
    if not headlines:
        return pieces
    for place in headlines[1:]:
        pieces[place] = replace(pieces[place], kind="subheading")
    return [replace(each, kind="paragraph") if each.kind is None else each for each in pieces]


def titled(told: Metadata, titles: Sequence[str], pieces: Sequence[Piece] = ()) -> Metadata:
    """`told`, with the title that the document shows where its properties have none: one that is called so, else the
    headline of `pieces`."""
    headline = next((" ".join(piece.text.split()) for piece in pieces if piece.kind == "headline"), "")
    shown = [*titles, *([headline] if headline else [])]
    return told.over(Metadata(title=attested(shown[0], "title shown"))) if shown else told


def _own_edits(pieces: Sequence[Piece]) -> Iterator[Edit]:
    start = 0
    for piece in pieces:
        yield from (Edit(start + edit.start, start + edit.end, edit.shown) for edit in piece.edits)
        start += len(piece.text) + len(_BETWEEN)


def shown_view(name: str, content: str, own: Sequence[Edit]) -> tuple[View, tuple[Problem, ...]]:
    """`content` with its `own` edits (sorted) and those that make any text readable, and what was left out so."""
    general, counts, twice = plain_edits(content)
    ligatures = (
        Edit(match.start(), match.end(), unicodedata.normalize("NFKC", match.group()))
        for match in _LIGATURES.finditer(content)
    )
    ends = [edit.end for edit in own]
    starts = [edit.start for edit in own]

    def free(edit: Edit) -> bool:
        place = bisect_right(starts, edit.start) - 1
        behind = place < 0 or ends[place] <= edit.start
        return behind and (place + 1 >= len(starts) or edit.end <= starts[place + 1])

    taken = {edit.start for edit in general}
    more = [edit for edit in (*general, *(each for each in ligatures if each.start not in taken)) if free(edit)]
    problems = [unseen_characters(name, worded(counts))] if counts else []
    if twice:
        problems.append(encoded_twice(name, twice))
    return View(Text.of(content), tuple(sorted((*own, *more)))), tuple(problems)


def _placed(view: View, pieces: Sequence[Piece]) -> tuple[tuple[Hint, ...], tuple[Locator, ...]]:
    """What the file says of each piece, and where it has it, in the order of the view."""
    in_view = Positions(view)
    hints: list[Hint] = []
    locators: list[Locator] = []
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        # Asked in their order: the view is walked once.
        first = in_view(start)
        cuts = [in_view(start + cut) for cut, _ in piece.places]
        last = in_view(end)
        if piece.kind is not None and first < last:
            hints.append(Hint(Span(first, last), piece.kind, piece.rule))
        for (_, name), (begin, stop) in zip(piece.places, pairwise([*cuts, last]), strict=True):
            if begin < stop:
                locators.append(Locator(Span(begin, stop), name))
        start = end + len(_BETWEEN)
    return tuple(hints), tuple(locators)


class Positions:
    """Where places of the source stand in the view; asked from left to right."""

    def __init__(self, view: View) -> None:
        self._edits = iter((*view.edits, None))
        self._next = next(self._edits)
        self._source, self._shown = 0, 0

    def __call__(self, place: int) -> int:
        """The position in the view of `place` in the source; that of the edit it lies in, where it is not shown."""
        while self._next is not None and self._next.end <= place:
            self._shown += self._next.start - self._source + len(self._next.shown)
            self._source = self._next.end
            self._next = next(self._edits)
        within = self._next is not None and self._next.start < place
        return self._shown + (self._next.start if within and self._next else place) - self._source


def _before(text: str, pieces: Sequence[Piece], hints: Sequence[Hint]) -> str:
    """The text, where it may begin with head lines: empty where its first block is known to be no such thing."""
    return "" if hints and hints[0].span.start == 0 and hints[0].kind in ("headline", "boilerplate") else text
