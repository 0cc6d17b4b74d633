"""Footnotes that `tellings check` has set into a draft: known by their form, and no words of the draft."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from tellings.edge.characters import as_seen
from tellings.edge.readers import read_bytes
from tellings.model.records import Attested, Document
from tellings.model.text import Edit, View

_CALLED = r"\[\^t[0-9a-f]{8}\]"
_MARK = re.compile(_CALLED)
_NOTE = rf"{_CALLED}:[^\r\n]*"
#: Footnotes: each a line of its own, with its line end; the last of a text has none, perhaps.
_NOTES = re.compile(rf"(?:(?<=[\r\n])|\A)(?:(?:{_NOTE}(?:\r\n?|\n))+(?:{_NOTE}\Z)?|{_NOTE}\Z)")


def footnotes(text: str) -> list[tuple[int, int]]:
    """The stretches of a text, in its order, that are footnotes of ours, marks of such, or the empty line that parts
    them from it: without these it is, to the character, the text that they were set into."""
    notes = [_with_line_before(text, *match.span()) for match in _NOTES.finditer(text)]
    inside = {place for start, end in notes for place in range(start, end)}
    marks = [match.span() for match in _MARK.finditer(text) if match.start() not in inside]
    return sorted([*notes, *marks])


def _with_line_before(text: str, start: int, end: int) -> tuple[int, int]:
    if end < len(text):
        return start, end
    # A text without a line end at its end was given two to stand apart from the notes, one with a line end one.
    once = _before_line_end(text, start)
    twice = _before_line_end(text, once)
    if text.endswith(("\r", "\n")):
        return (once if twice < once else start), end
    return twice, end


def _before_line_end(text: str, end: int) -> int:
    """Where the line end begins that ends at `end`; `end` where none does."""
    if text.endswith("\r\n", 0, end):
        return end - 2
    return end - 1 if text.endswith(("\r", "\n"), 0, end) else end


def without_footnotes(document: Document) -> Document:
    """A draft as it would be read without footnotes of ours. They stay in its source, and its view leaves them out:
    it is the view of the text without them, with their edits."""
    content = document.view.source.content
    found = footnotes(content)
    if not found:
        return document
    ends = [0, *(end for _, end in found)]
    starts = [*(start for start, _ in found), len(content)]
    cleared = "".join(content[end:start] for end, start in zip(ends, starts, strict=True))
    outcome = read_bytes(document.name, cleared.encode("utf-8", "surrogatepass"))
    if len(outcome.tellings) != 1 or outcome.tellings[0].view.source.content != cleared:
        return document
    (read,) = outcome.tellings
    told = read.metadata
    return replace(
        document,
        view=View(document.view.source, _in_the_whole(read.view.edits, found)),
        date=replace(told.date, evidence=as_seen(told.date.evidence)),
        title=told.title and Attested(as_seen(told.title.value), as_seen(told.title.evidence)),
        hints=read.hints,
    )


def _in_the_whole(edits: Sequence[Edit], gone: Sequence[tuple[int, int]]) -> tuple[Edit, ...]:
    """Edits of a text without the stretches `gone`, as edits of the whole text, and those that leave these out."""
    # Places in the text without them at which stretches are gone, and how much of the whole is gone up to each.
    places: list[int] = []
    lengths = [0]
    for start, end in gone:
        places.append(start - lengths[-1])
        lengths.append(lengths[-1] + end - start)
    moved = []
    for edit in edits:
        # What is gone at the beginning of an edit stands before it, what is gone at its end behind it.
        start = edit.start + lengths[bisect_right(places, edit.start)]
        moved.append(Edit(start, max(start, edit.end + lengths[bisect_left(places, edit.end)]), edit.shown))
    begins = [edit.start for edit in moved]

    def inside(end: int) -> bool:
        before = bisect_left(begins, end)
        return before > 0 and moved[before - 1].end >= end

    return tuple(sorted([*moved, *(Edit(start, end, "") for start, end in gone if not inside(end))]))
