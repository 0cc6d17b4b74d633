"""Lines of a telling, the unit in which residue comes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from tellings.model.records import STORY_KINDS, BlockKind, Hint

_LINE = re.compile(r"[^\n]+")
#: Ends of sentences: a line that ends so is not continued by the next one.
TERMINAL = (".", "!", "?", ":", ";", "…")
_CLOSERS = "\"'”’»)]"
#: Hard-wrapped text: lengths of a full line (characters), and how much shorter than the longest one
#: of its paragraph it may be. Mail and wire formats wrap at 60 to 80 columns.
_SHORTEST_WRAPPED, _LONGEST_WRAPPED, _EVEN = 45, 120, 0.6
#: So many lines in a row, none longer than this (characters), are a column of a table, or no prose at all. Ours: in
#: 18,000 real articles and pages the longest run is of 8 lines, but for a table of votes (23) and one of acronyms (29).
_COLUMN, _CELL = 40, 12


@dataclass(slots=True)
class Line:
    """A line without the white space around it. `kind` is "paragraph" until a rule names it.

    `chunk` numbers the runs of lines without a blank line between them; `hint` is the number of the
    hint it lies in, if any.
    """

    start: int
    end: int
    text: str
    chunk: int
    kind: BlockKind = "paragraph"
    rule: str = "paragraph"
    hint: int | None = None

    @property
    def story(self) -> bool:
        """Whether it still counts as story."""
        return self.kind in STORY_KINDS

    @property
    def words(self) -> int:
        """Number of stretches between white space."""
        return self.text.count(" ") + 1

    def mark(self, kind: BlockKind, rule: str) -> None:
        """Name it."""
        self.kind, self.rule = kind, rule

    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text.rstrip(_CLOSERS).endswith(TERMINAL)


def split_lines(text: str, hints: Sequence[Hint] = ()) -> list[Line]:
    """The lines of `text` that hold anything visible; a hint's kind and rule go to its lines.

    A line in which residue and story meet, as hints say, is parted there: the name of a field and its value.
    """
    lines: list[Line] = []
    chunk = 0
    blank = False
    place = 0
    for start, end, blank_before in _parted(text, hints):
        blank = blank or blank_before
        while place < len(hints) and hints[place].span.end <= start:
            place += 1
        hint = place if place < len(hints) and hints[place].span.start <= start else None
        if lines and (blank or hint != lines[-1].hint):
            chunk += 1
        blank = False
        line = Line(start, end, text[start:end], chunk, hint=hint)
        if hint is not None:
            line.mark(hints[hint].kind, hints[hint].rule)
        lines.append(line)
    return lines


def _parted(text: str, hints: Sequence[Hint]) -> Iterator[tuple[int, int, bool]]:
    """The visible lines as of `_visible`, parted where a hint of story begins or ends beside one of residue."""
    bounds = [
        after.span.start
        for before, after in pairwise(hints)
        if (before.kind in STORY_KINDS) != (after.kind in STORY_KINDS)
    ]
    place = 0
    for start, end, blank_before in _visible(text):
        while place < len(bounds) and bounds[place] <= start:
            place += 1
        while place < len(bounds) and bounds[place] < end:
            cut = bounds[place]
            yield start, start + len(text[start:cut].rstrip()), blank_before
            start, blank_before = cut + len(text[cut:end]) - len(text[cut:end].lstrip()), False
            place += 1
        yield start, end, blank_before


def join_columns(lines: list[Line]) -> list[Line]:
    """Runs of very short story lines put together as one line of residue each, the others as they are."""
    joined: list[Line] = []
    for is_cell, run in groupby(lines, lambda line: line.story and line.end - line.start <= _CELL):
        cells = list(run)
        if is_cell and len(cells) >= _COLUMN:
            first, last = cells[0], cells[-1]
            text = " ".join(line.text for line in cells)
            joined.append(Line(first.start, last.end, text, first.chunk, "boilerplate", "column-of-cells"))
        else:
            joined.extend(cells)
    return joined


def join_wrapped(lines: list[Line]) -> list[Line]:
    """Lines that are one paragraph broken over several lines put together, the others as they are."""
    joined: list[Line] = []
    for group in _groups(lines):
        if len(group) > 1 and (group[0].hint is not None or is_wrapped(group)):
            first, last = group[0], group[-1]
            joined.append(
                Line(first.start, last.end, " ".join(line.text for line in group), first.chunk, first.kind, first.rule)
            )
        else:
            joined.extend(group)
    return joined


def _visible(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each line's visible characters, and whether a blank line stands before it."""
    previous = None
    for match in _LINE.finditer(text):
        line = match.group()
        inner = line.strip()
        if not inner:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        yield start, start + len(inner), previous is not None and text.count("\n", previous, start) > 1
        previous = match.end()


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of neighbouring story paragraphs of one chunk; any other line alone."""
    group: list[Line] = []
    for line in lines:
        if group and (line.chunk != group[-1].chunk or line.kind != group[-1].kind or line.rule != group[-1].rule):
            yield group
            group = []
        if line.kind == "paragraph" or (line.hint is not None and line.story):
            group.append(line)
        else:
            if group:
                yield group
                group = []
            yield [line]
    if group:
        yield group


def is_wrapped(group: list[Line]) -> bool:
    """Whether these lines are one paragraph, hard-wrapped."""
    full = [len(line.text) for line in group[:-1]]
    if len(group[-1].text) > _LONGEST_WRAPPED or max(full) > _LONGEST_WRAPPED or min(full) < _SHORTEST_WRAPPED:
        return False
    broken = sum(not line.ends_sentence() for line in group[:-1])
    if len(group) == 2:
        return broken == 1 and group[1].text[:1].islower()
    return min(full) >= _EVEN * max(full) and 2 * broken >= len(full)
