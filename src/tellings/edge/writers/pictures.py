"""What the page draws: who shares text with whom, tellings and values at a glance, the axis of the timeline.

Plain numbers, names and places on the page; the template makes tables and vector graphics of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tellings.edge.writers import wording
from tellings.model.record import FactEntry, Record, TimelineEntry, ValueLine
from tellings.model.records import Interval


@dataclass(frozen=True, slots=True)
class Cell:
    """What two tellings share: `words` of reporting, `quoted` words that both quote, `level` 0 to 4 by the share of the
    smaller telling's words that is shared reporting, `target` the place on the page that shows it."""

    words: int
    quoted: int
    level: int
    target: str


#: Shares of the smaller telling from which a cell of the picture is one step darker.
_LEVELS = (0.0, 0.1, 0.3, 0.6)


def matrix(record: Record) -> tuple[list[str], dict[tuple[str, str], Cell]]:
    """Who shares text with whom: the tellings that share any, those of one origin side by side, and a cell a pair."""
    reporting: dict[tuple[str, str], int] = {}
    quoted: dict[tuple[str, str], int] = {}
    for passage in record.passages:
        counts = reporting if passage.kind == "reporting" else quoted
        key = (passage.a.telling, passage.b.telling)
        counts[key] = counts.get(key, 0) + passage.words
    sizes = {telling.label: telling.words for telling in record.tellings}
    cells: dict[tuple[str, str], Cell] = {}
    for a, b in sorted({*reporting, *quoted}):
        words = reporting.get((a, b), 0)
        share = words / max(1, min(sizes[a], sizes[b]))
        level = sum(share > least for least in _LEVELS)
        cells[a, b] = cells[b, a] = Cell(words, quoted.get((a, b), 0), level, f"pair-{a}-{b}")
    sharing = {label for pair in cells for label in pair}
    return [label for group in record.origins for label in group if label in sharing], cells


def grid(record: Record) -> tuple[list[str], list[tuple[FactEntry, dict[str, tuple[int, ValueLine, bool]]]]]:
    """Tellings and compared facts at a glance: for each fact, label → (which of its values, the value, and whether the
    telling gives others, too); the labels are those that give any."""
    rows = []
    for entry in record.facts:
        cells: dict[str, tuple[int, ValueLine, bool]] = {}
        for index, value in enumerate(entry.values):
            for label in dict.fromkeys(line.words.telling for line in value.lines):
                first, shown, _ = cells.get(label, (index, value, False))
                cells[label] = (first, shown, label in cells)
        if len(cells) > 1:
            rows.append((entry, cells))
    given = {label for _, cells in rows for label in cells}
    return [telling.label for telling in record.tellings if telling.label in given], rows


@dataclass(frozen=True, slots=True)
class Bar:
    """A month (or a year) on the drawn axis: where it stands and how high, in percent; how much is told of it."""

    heading: str
    target: str
    x: float
    width: float
    height: float
    entries: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis of the timeline: bars, vague stretches as (id, words, x, width), and marks as (x, words); in percent.
    `before` and `after` count the entries that are too far off to be drawn."""

    bars: tuple[Bar, ...]
    stretches: tuple[tuple[str, str, float, float], ...]
    marks: tuple[tuple[float, str], ...]
    before: int
    after: int


#: Entries from which an axis is drawn; share of the sentences that it must hold, and how much longer than these the
#: whole must be for the rest to be left out.
_FEWEST, _MOST, _MUCH_LONGER = 3, 0.75, 3
#: Months that are drawn as such; over more, years are.
_DRAWN_MONTHS = 60
#: The narrowest stretch that is drawn, in percent.
_NARROWEST = 0.8
#: Room that the words of a mark need, in percent.
_ROOM = 20


def axis(timeline: Sequence[TimelineEntry]) -> Axis | None:
    """The density of the timeline, by month or by year; `None` where there is too little to draw."""
    if len(timeline) < _FEWEST:
        return None
    whole, timeline = timeline, _busy(timeline)
    first = min(entry.when.earliest for entry in timeline)
    last = max(entry.when.latest for entry in timeline)
    yearly = (last.year - first.year) * 12 + last.month - first.month >= _DRAWN_MONTHS

    def place(day: date) -> float:
        return day.year if yearly else day.year * 12 + day.month - 1

    start, steps = place(first), int(place(last) - place(first)) + 1
    groups: dict[int, list[TimelineEntry]] = {}
    for entry in timeline:
        groups.setdefault(int(place(entry.when.earliest) - start), []).append(entry)
    most = max(sum(len(entry.lines) for entry in group) for group in groups.values())
    bars = []
    for step, group in sorted(groups.items()):
        told = sum(len(entry.lines) for entry in group)
        heading = (
            str(first.year + step)
            if yearly
            else wording.month(Interval(group[0].when.earliest, group[0].when.earliest))
        )
        bars.append(
            Bar(heading, group[0].id, 100 * step / steps, 100 / steps, max(6.0, 100 * told / most), len(group), told)
        )

    def at(day: date) -> float:
        share = (day.timetuple().tm_yday - 1) / 366 if yearly else (day.day - 1) / 31
        return 100 * (place(day) - start + share) / steps

    stretches = tuple(
        (
            entry.id,
            wording.days(entry.when),
            at(entry.when.earliest),
            max(_NARROWEST, at(entry.when.latest) - at(entry.when.earliest)),
        )
        for entry in timeline
        if entry.when.days > 1
    )
    marks = []
    for year in range(first.year, last.year + 1):
        step = int(place(date(year, 1, 1)) - start)
        every = 1 + (last.year - first.year) // 12
        if 0 <= step < steps and (year - first.year) % every == 0:
            marks.append((100 * step / steps, str(year)))
    if not marks or marks[0][0] >= _ROOM:
        marks.insert(0, (0.0, str(first.year) if yearly else wording.day(first).partition(" ")[2]))
    return Axis(
        tuple(bars),
        stretches,
        tuple(marks),
        sum(entry.when.earliest < first for entry in whole),
        sum(entry.when.earliest >= first and entry.when.latest > last for entry in whole),
    )


def _busy(timeline: Sequence[TimelineEntry]) -> Sequence[TimelineEntry]:
    """The entries of the shortest stretch that holds most sentences, where the whole is much longer: a king who
    died in 1603 would leave the story no room."""
    ordered = sorted(timeline, key=lambda entry: (entry.when.earliest, entry.when.latest))
    starts = [entry.when.earliest.toordinal() for entry in ordered]
    told = [len(entry.lines) for entry in ordered]
    wanted = _MOST * sum(told)
    best, held, low = (0, len(ordered) - 1), 0, 0
    for high in range(len(ordered)):
        held += told[high]
        while held - told[low] >= wanted:
            held -= told[low]
            low += 1
        if held >= wanted and starts[high] - starts[low] < starts[best[1]] - starts[best[0]]:
            best = low, high
    reach = max(31, starts[best[1]] - starts[best[0]])
    if starts[-1] - starts[0] <= _MUCH_LONGER * reach:
        return timeline
    # As much again on both sides; a year, too, is held whole by the stretch that it begins in.
    held_to = max(entry.when.latest.toordinal() for entry in ordered[best[0] : best[1] + 1])
    earliest, latest = starts[best[0]] - reach, max(held_to, starts[best[1]] + reach)
    return [
        entry
        for entry in ordered
        if entry.when.earliest.toordinal() >= earliest and entry.when.latest.toordinal() <= latest
    ]


#: People whom a timeline can be filtered by: those whom most entries name.
_FILTERED_BY = 20


def mentioned(record: Record) -> tuple[list[tuple[str, str]], dict[str, list[str]]]:
    """The people whom entries of the timeline name, as (id, name with how many entries), and entry id → their ids."""
    by_entry: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    forms = [
        (person.id, tuple({name.exact for name in person.names if len(name.exact) > 2})) for person in record.people
    ]
    for entry in record.timeline:
        said = " ".join(line.words.exact for line in entry.lines)
        by_entry[entry.id] = [key for key, names in forms if any(name in said for name in names)]
        for key in by_entry[entry.id]:
            counts[key] = counts.get(key, 0) + 1
    names = {person.id: person.name for person in record.people}
    ranked = sorted(counts, key=lambda key: (-counts[key], names[key]))[:_FILTERED_BY]
    return [(key, f"{names[key]} ({counts[key]})") for key in ranked], by_entry


def beside(record: Record) -> dict[str, list[tuple[str, str]]]:
    """Entry id → the quotations said and the facts dated on the single day of the entry, as (id, what it is)."""
    on: dict[date, list[tuple[str, str]]] = {}
    for quote in record.quotes:
        days = {v.said.earliest for v in quote.variants if v.said is not None and v.said.days == 1}
        if quote.status == "shown" and len(days) == 1:
            on.setdefault(days.pop(), []).append(
                (quote.id, f"“{wording.shorten(quote.variants[0].stretches[0].exact, 40)[0]}”")
            )
    for fact in record.facts:
        for value in fact.values:
            if fact.kind == "date" and len(value.label) == len("2024-03-09"):
                on.setdefault(date.fromisoformat(value.label), []).append(
                    (fact.id, f"{wording.slot(fact)}: {fact.relation}")
                )
    return {entry.id: on.get(entry.when.earliest, []) if entry.when.days == 1 else [] for entry in record.timeline}


#: Entries of a timeline that are shown at first, where there are many more.
MAIN, MANY = 60, 90


def main_entries(timeline: Sequence[TimelineEntry]) -> frozenset[str]:
    """The ids of the weightiest entries of a long timeline; none where all can be shown."""
    if len(timeline) < MANY:
        return frozenset()
    return frozenset(entry.id for entry in sorted(timeline, key=lambda entry: (-entry.weight, entry.when))[:MAIN])
