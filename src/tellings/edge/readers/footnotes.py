"""Footnotes that `tellings check` has set into a draft: known by their form, and no words of the draft."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from tellings.model.records import Document
from tellings.model.text import Edit, Span, View

_CALLED = r"\[\^t[0-9a-f]{8}\]"
_MARK = re.compile(_CALLED)
#: A footnote: a line of its own, with its line end.
_NOTES = re.compile(rf"(?:(?<=[\r\n])|\A)(?:{_CALLED}:[^\r\n]*(?:\r\n|\r|\n|\Z))+")


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
    """A draft as it is read, without footnotes of ours: they are left out of its view, and stay in its source."""
    found = footnotes(document.text) if document.media_type == "text/plain" else []
    if not found:
        return document
    view = document.view
    left_out = [view.to_source(Span(start, end)) for start, end in found]
    starts = [gone.start for gone in left_out]

    def inside(edit: Edit) -> bool:
        before = bisect_right(starts, edit.start)
        return before > 0 and edit.end <= left_out[before - 1].end

    kept = (edit for edit in view.edits if not inside(edit))
    edits = sorted([*kept, *(Edit(gone.start, gone.end, "") for gone in left_out)])
    date = document.date
    if date.span is not None:
        before = sum(end - start for start, end in found if end <= date.span.start)
        date = replace(date, span=Span(date.span.start - before, date.span.end - before))
    return replace(document, view=View(view.source, tuple(edits)), date=date)
