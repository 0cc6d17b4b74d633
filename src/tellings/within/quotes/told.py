"""What has been quoted so far, looked up by where it stands: a page of a thousand quotations asks of each who was
quoted before, and must not go through all of them for it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable

from tellings.model.text import Span
from tellings.within.quotes.context import Draft

#: A place, an order that no two drafts share, and the draft.
_Entry = tuple[int, int, Draft]
#: Where several stand at one place, the direct ones come first, and then the order in which they were found.
_REPORTED = 1 << 40


class Told:
    """Drafts found so far. What is looked up of a draft must not change once it is in here: its spans, cue, status."""

    def __init__(self, reported: Iterable[Draft] = ()) -> None:
        self._by_source: list[_Entry] = []
        self._by_start: list[_Entry] = []
        self._by_end: list[_Entry] = []
        self._cues: list[_Entry] = []
        self._contents: list[int] = []
        self._latest = -1
        for order, draft in enumerate(reported, _REPORTED):
            if draft.source is not None and draft.status == "shown":
                self._by_source.append((draft.source.start, -order, draft))
            if draft.cue is not None:
                self._cues.append((draft.cue.start, order, draft))
            self._by_start.append((draft.span.start, -order, draft))
            if _can_go_on(draft):
                self._by_end.append((draft.span.end, -order, draft))
            self._contents.append(draft.content.start)
        for entries in (self._by_source, self._by_start, self._by_end, self._cues):
            entries.sort()
        self._contents.sort()
        self._added = 0

    def add(self, draft: Draft) -> Draft:
        """One more draft, found after the others; handed back."""
        order = -self._added
        self._added += 1
        if draft.source is not None and draft.status == "shown":
            insort(self._by_source, (draft.source.start, order, draft))
        insort(self._by_start, (draft.span.start, order, draft))
        if _can_go_on(draft):
            insort(self._by_end, (draft.span.end, order, draft))
        self._latest = max(self._latest, draft.span.start)
        return draft

    def last_source(self, position: int, holds: Callable[[Draft], bool]) -> Draft | None:
        """The draft with a speaker told for which `holds` whose source begins last, at or before a position."""
        return _last(self._by_source, position + 1, holds)

    def last_words(self, position: int, limit: int, holds: Callable[[Draft], bool] | None = None) -> Draft | None:
        """Of the drafts whose source begins before a position, and for which `holds`, the one whose words begin last.
        No reported clause with such a source begins at `limit` or behind it."""
        end = max(limit, self._latest + 1)
        return _last(self._by_start, end, lambda d: _source_before(d, position) and (holds is None or holds(d)))

    def last_ended(self, position: int) -> Draft | None:
        """The draft with a speaker told, in nobody else's words, that ends last, at or before a position."""
        index = bisect_left(self._by_end, (position + 1,)) - 1
        return self._by_end[index][2] if index >= 0 else None

    def within(self, stretch: Span) -> list[Draft]:
        """The drafts that begin in a stretch."""
        first, last = bisect_left(self._by_start, (stretch.start,)), bisect_left(self._by_start, (stretch.end,))
        return [draft for _, _, draft in self._by_start[first:last]]

    def reported_by_cue_in(self, stretch: Span) -> list[Draft]:
        """The reported clauses whose cue begins in a stretch, in their order."""
        found = self._cues[bisect_left(self._cues, (stretch.start,)) : bisect_left(self._cues, (stretch.end,))]
        return [draft for _, _, draft in sorted(found, key=_order)]

    def any_reported(self, start: int, end: int) -> bool:
        """Whether what a reported clause says begins in `[start, end)`."""
        return bisect_left(self._contents, start) < bisect_left(self._contents, end)


def _last(entries: list[_Entry], limit: int, holds: Callable[[Draft], bool]) -> Draft | None:
    """The last entry before `limit` for whose draft `holds`."""
    for index in range(bisect_left(entries, (limit,)) - 1, -1, -1):
        if holds(entries[index][2]):
            return entries[index][2]
    return None


def _can_go_on(draft: Draft) -> bool:
    return draft.status == "shown" and draft.within is None


def _source_before(draft: Draft, position: int) -> bool:
    return draft.source is not None and draft.source.start < position


def _order(entry: _Entry) -> int:
    return entry[1]
