"""Text, Span and View: what every finding rests on.

A `Text` is the characters as received and never changes. A `Span` is a half-open range
`[start, end)` counted in Unicode code points (the unit of Python's `str`). A `View` is what a
reader of the page would see (mark-up, zero-width characters and the like taken out) and
remembers each of its edits, so that every span of the view maps back to the characters received.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import total_ordering


class SpanError(ValueError):
    """A span does not lie where it must."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range `[start, end)` in code points; checked when made. Ordered by start, then end.

    Tens of thousands are made and sorted for each telling, so making and comparing are written out: the methods that
    a data class would get take twice as long.

    Raises:
        SpanError: `start` is negative or `end` lies before `start`.
    """

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        _set_start(self, start)
        _set_end(self, end)
        if not 0 <= start <= end:
            self.__post_init__()

    def __post_init__(self) -> None:
        # Called by readers of JSON too, which make a span without `__init__`.
        if not 0 <= self.start <= self.end:
            raise SpanError(f"no span: start {self.start}, end {self.end}")

    def __lt__(self, other: Span) -> bool:
        return self.start < other.start or (self.start == other.start and self.end < other.end)

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True

    def of(self, text: str) -> str:
        """The characters of `text` in this span. Raises SpanError when it runs past the end."""
        if self.end > len(text):
            raise SpanError(f"span ends at {self.end}, text at {len(text)}")
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def trimmed(self, text: str) -> Span:
        """This span without white space at its edges (empty at its start when all is white)."""
        start, end = self.start, self.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return self if start == self.start and end == self.end else Span(start, end)


# A slot is set through its descriptor: a frozen class refuses plain assignment.
_set_start, _set_end = Span.__dict__["start"].__set__, Span.__dict__["end"].__set__


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as received, with the SHA-256 of their UTF-8 bytes (lone surrogates kept)."""

    content: str
    digest: str

    @classmethod
    def of(cls, content: str) -> Text:
        """The text of `content`, with its digest taken."""
        return cls(content, digest(content))


def digest(content: str) -> str:
    """SHA-256 (hexadecimal) of the UTF-8 bytes of `content`."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`source[start:end]` is shown as `shown` (the empty string where it is left out)."""

    start: int
    end: int
    shown: str


@dataclass(frozen=True, slots=True)
class View:
    """What is read of a source: its characters with `edits` applied.

    `edits` are sorted by start and do not overlap; an insertion (`start == end`) shows
    characters that stand for mark-up, such as the line end between two paragraphs.
    """

    source: Text
    edits: tuple[Edit, ...] = ()
    text: str = field(init=False, default="")
    _starts: tuple[tuple[int, ...], tuple[int, ...]] = field(init=False, repr=False, compare=False, default=((), ()))

    def __post_init__(self) -> None:
        content, out, seen, length = self.source.content, [], 0, 0
        shown_starts, edit_shown = [], []
        for edit in self.edits:
            if edit.start < seen or edit.end < edit.start or edit.end > len(content):
                raise SpanError(f"edits overlap or leave the text at {edit.start}")
            out.append(content[seen : edit.start])
            length += edit.start - seen
            shown_starts.append(length)
            edit_shown.append(edit.start)
            out.append(edit.shown)
            length += len(edit.shown)
            seen = edit.end
        out.append(content[seen:])
        object.__setattr__(self, "text", "".join(out) if self.edits else content)
        object.__setattr__(self, "_starts", (tuple(shown_starts), tuple(edit_shown)))

    @classmethod
    def plain(cls, content: str, edits: Iterable[Edit] = ()) -> View:
        """A view of `content` with `edits` (none: the text itself)."""
        return cls(Text.of(content), tuple(sorted(edits)))

    def to_source(self, span: Span) -> Span:
        """The smallest span of the source whose view covers `span`.

        A position inside the characters an edit shows maps to that edit's whole source range.
        """
        span.of(self.text)
        start = self._source_position(span.start, end=False)
        end = self._source_position(span.end, end=True) if span.end > span.start else start
        return Span(start, max(start, end))

    def _source_position(self, position: int, *, end: bool) -> int:
        shown_starts, _ = self._starts
        # An end position belongs to the character before it.
        probe = position - 1 if end else position
        index = bisect_right(shown_starts, probe) - 1
        # Skip edits that show nothing: they lie at the same place and hold no character.
        while index >= 0:
            edit = self.edits[index]
            shown_start = shown_starts[index]
            if probe < shown_start + len(edit.shown):
                return edit.end if end else edit.start
            return edit.end + (probe - shown_start - len(edit.shown)) + (1 if end else 0)
        return position
