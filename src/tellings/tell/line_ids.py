"""What a line of a record is called: a hash of what it says of which words.

A line is anchored at the first of its spans: those of tellings without a date first, then by the date of the telling,
its document id, and the place in its text. So neither the order of reading, nor file names, nor a telling of a later
day renames a line. Where one span carries several lines, what they say tells them apart; two that still have one name
are numbered in the order of all their spans.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import TypeVar

from tellings.model.record import (
    CreditLine,
    DigestLine,
    Evidence,
    FactEntry,
    NearDuplicateLine,
    PassageLine,
    PersonLine,
    QuoteEntry,
    TimelineEntry,
)

#: Hexadecimal digits of an id: two of 100,000 lines of one kind have the same with a chance of 1 in 200.
_DIGITS = 10

Place = tuple[bool, date, str, int, int]
AnyEntry = (
    TimelineEntry | DigestLine | QuoteEntry | FactEntry | PassageLine | PersonLine | NearDuplicateLine | CreditLine
)
Entry = TypeVar(
    "Entry",
    TimelineEntry,
    DigestLine,
    QuoteEntry,
    FactEntry,
    PassageLine,
    PersonLine,
    NearDuplicateLine,
    CreditLine,
)


@dataclass(frozen=True, slots=True)
class Anchors:
    """The order of a story's tellings that anchors count in: label → (document id, document date)."""

    tellings: Mapping[str, tuple[str, date | None]]

    def place(self, label: str, start: int, end: int) -> Place:
        """A span in this order."""
        document, day = self.tellings.get(label, (label, None))
        return day is not None, day or date.min, document, start, end

    def of(self, words: Evidence) -> Place:
        """The place of an evidence."""
        return self.place(words.telling, words.start, words.end)


def named(anchors: Anchors, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """`entries`, all of one kind, with their ids; ids that they refer to each other by go with them."""
    spans = {entry.id: sorted(_spans(anchors, entry)) for entry in entries}
    ids: dict[str, str] = {}
    given: Counter[str] = Counter()
    for entry in sorted(entries, key=lambda entry: (spans[entry.id], _says(entry))):
        # What two stretches, or two tellings, share is named by both.
        both = isinstance(entry, PassageLine | NearDuplicateLine)
        anchored = spans[entry.id] if both else spans[entry.id][:1]
        name = _name(_KINDS[type(entry)], anchored, _says(entry))
        given[name] += 1
        ids[entry.id] = name if given[name] == 1 else f"{name}-{given[name]}"
    return tuple(_renamed(entry, ids) for entry in entries)


def _renamed(entry: Entry, ids: Mapping[str, str]) -> Entry:
    if isinstance(entry, TimelineEntry):
        return replace(entry, id=ids[entry.id], then=tuple(ids.get(other, other) for other in entry.then))
    return replace(entry, id=ids[entry.id])


def _name(kind: str, anchored: Sequence[Place], says: Sequence[str]) -> str:
    told = json.dumps([kind, *(place[2:] for place in anchored), *says])
    return f"{kind}-{sha256(told.encode()).hexdigest()[:_DIGITS]}"


_KINDS: Mapping[type, str] = {
    TimelineEntry: "t",
    DigestLine: "b",
    QuoteEntry: "q",
    FactEntry: "f",
    PassageLine: "s",
    PersonLine: "p",
    NearDuplicateLine: "n",
    CreditLine: "c",
}


def _spans(anchors: Anchors, entry: AnyEntry) -> Iterable[Place]:
    """The spans that an entry speaks of; of a fact those of its values, of near-duplicates the beginnings of both."""
    match entry:
        case TimelineEntry():
            return [anchors.of(line.words) for line in entry.lines]
        case DigestLine():
            return [anchors.of(words) for words in (entry.words, *entry.also)]
        case QuoteEntry():
            return [anchors.of(words) for variant in entry.variants for words in variant.stretches]
        case FactEntry():
            return [
                anchors.place(line.words.telling, mark.start, mark.end)
                for value in entry.values
                for line in value.lines
                for mark in line.marks
                if mark.role == "value"
            ]
        case PassageLine():
            return [anchors.of(entry.a), anchors.of(entry.b)]
        case PersonLine():
            return [anchors.of(words) for words in entry.names]
        case NearDuplicateLine():
            return [anchors.place(label, 0, 0) for label in (entry.a, entry.b)]
        case CreditLine():
            return [anchors.of(words) for words in entry.words]


def _says(entry: AnyEntry) -> tuple[str, ...]:
    """What tells apart lines of one span, without what a telling more could change."""
    match entry:
        case TimelineEntry():
            return str(entry.when.earliest), str(entry.when.latest), "announced" if entry.announced else "told"
        case FactEntry():
            return entry.kind, entry.head, entry.scope
        case _:
            return ()
