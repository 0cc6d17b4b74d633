"""What the page draws: how a value climbed, the axis of the timeline; and what stands beside what on it.

Plain numbers, names and places on the page; the template and the script make vector graphics of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tellings.edge.writers import saying, wording
from tellings.model.record import FactEntry, QuoteEntry, Record, TimelineEntry
from tellings.model.records import ANY_DAY, Interval, Relation

#: Kinds of facts whose values can climb, the relations that say so, and how many days it takes to show it.
_CLIMBING = frozenset({"count", "money", "measure"})
_CHANGED: frozenset[Relation] = frozenset({"updated", "corrected", "explained by time", "differs"})
_DAYS = 3
_FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(thousand|million|billion|trillion)?")
_TIMES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def climb(fact: FactEntry, dates: Mapping[str, date | None]) -> list[tuple[date, float, str]]:
    """How a value rose or fell from day to day, as (day, number, words): the highest that the articles of each day
    give; empty where these are fewer than `_DAYS` days, or it went up and down. `dates`: label → its article's day."""
    if fact.kind not in _CLIMBING or fact.relation not in _CHANGED:
        return []
    found: dict[date, tuple[float, str]] = {}
    for value in fact.values:
        figure = _FIGURE.search(value.label)
        if figure is None:
            continue
        number = float(figure.group(1).replace(",", "")) * _TIMES[figure.group(2) or ""]
        for line in value.lines:
            if (day := dates.get(line.words.telling)) is not None:
                found[day] = max(found.get(day, (number, wording.value(value))), (number, wording.value(value)))
    told = [(day, *found[day]) for day in sorted(found)]
    numbers = [number for _, number, _ in told]
    if (
        len(told) < _DAYS
        or numbers[0] == numbers[-1]
        or numbers not in (sorted(numbers), sorted(numbers, reverse=True))
    ):
        return []
    return told


@dataclass(frozen=True, slots=True)
class Bar:
    """A month (or a year) on the drawn axis: where it stands and how high, in percent; how much is told of it."""

    heading: str
    x: float
    width: float
    height: float
    sentences: int


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis of the timeline: a bar for each `unit` ("month", "year", "decade", "century"), and marks as (x, words),
    in percent. What is too far off has no place on it."""

    unit: str
    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, str], ...]


#: Entries, and bars, from which an axis is drawn; share of the sentences that it must hold, and how much longer than
#: these the whole must be for the rest to be left out.
_FEWEST, _BARS, _MOST, _MUCH_LONGER = 12, 5, 0.75, 3
#: Months that are drawn as such; over more, years are. Years, decades that are; over more, decades, centuries.
_DRAWN_MONTHS, _DRAWN_YEARS, _DRAWN_DECADES = 60, 120, 1200
#: Room that the words of a mark need, in percent.
_ROOM = 20


def axis(timeline: Sequence[TimelineEntry]) -> Axis | None:
    """The density of the timeline, by month or by a larger unit; `None` where there is too little to draw."""
    timeline = [entry for entry in timeline if entry.when != ANY_DAY]
    if len(timeline) < _FEWEST:
        return None
    timeline = _busy(timeline)
    first = min(entry.when.earliest for entry in timeline)
    last = max(entry.when.latest for entry in timeline)
    scale = _Scale.over(first, last)
    groups: dict[int, list[TimelineEntry]] = {}
    for entry in timeline:
        groups.setdefault(scale.step(entry.when.earliest), []).append(entry)
    if len(groups) < _BARS:
        return None
    most = max(1, *(sum(len(entry.lines) for entry in group) for group in groups.values()))
    bars = []
    for step, group in sorted(groups.items()):
        told = sum(len(entry.lines) for entry in group)
        x, width = 100 * step / scale.steps, 100 / scale.steps
        bars.append(Bar(scale.heading(step), x, width, max(6.0, 100 * told / most), told))
    return Axis(scale.unit, tuple(bars), scale.marks())


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days on an axis of `steps` equal steps, each of one month or of `years` years (0 for months)."""

    first: date
    last: date
    years: int

    @classmethod
    def over(cls, first: date, last: date) -> _Scale:
        months = (last.year - first.year) * 12 + last.month - first.month
        longest = ((_DRAWN_MONTHS, 0), (_DRAWN_YEARS * 12, 1), (_DRAWN_DECADES * 12, 10))
        return cls(first, last, next((years for most, years in longest if months < most), 100))

    @property
    def unit(self) -> str:
        return {0: "month", 1: "year", 10: "decade", 100: "century"}[self.years]

    @property
    def steps(self) -> int:
        return self.step(self.last) + 1

    def step(self, day: date) -> int:
        if not self.years:
            return (day.year - self.first.year) * 12 + day.month - self.first.month
        return day.year // self.years - self.first.year // self.years

    def at(self, day: date) -> float:
        """Where a day stands, in percent of the axis."""
        if not self.years:
            share = (day.day - 1) / 31
        else:
            share = (day.year % self.years + (day.timetuple().tm_yday - 1) / 366) / self.years
        return 100 * (self.step(day) + share) / self.steps

    def heading(self, step: int) -> str:
        if not self.years:
            year, month = divmod(self.first.month - 1 + step, 12)
            day = date(self.first.year + year, month + 1, 1)
            return wording.month(Interval(day, day))
        begun = (self.first.year // self.years + step) * self.years
        return str(begun) if self.years == 1 else f"{begun}–{begun + self.years - 1}"

    def marks(self) -> tuple[tuple[float, str], ...]:
        """Years that begin on the axis, at most a dozen, and the first month where none stands near the beginning."""
        every = 1 + (self.last.year - self.first.year) // 12
        found = []
        for year in range(self.first.year, self.last.year + 1, every):
            new_year = date(year, 1, 1)
            if new_year >= self.first.replace(day=1) or self.years:
                found.append((100 * self.step(new_year) / self.steps, str(year)))
        if not found or found[0][0] >= _ROOM:
            named = str(self.first.year) if self.years else wording.day(self.first).partition(" ")[2]
            found.insert(0, (0.0, named))
        return tuple(found)


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
        while low < high and held - told[low] >= wanted:
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
#: Names shorter than this (in characters) are not looked for.
_SHORTEST_NAME = 3
_WORD = re.compile(r"\w+")


def mentioned(record: Record) -> tuple[list[tuple[str, str]], dict[str, list[str]]]:
    """The people whom most entries of the timeline name, as (id, name with how many entries), and entry id → the ids
    of those of them whom it names, by any of their names as whole words."""
    by_first: dict[str, list[tuple[str, int, str]]] = {}
    for person in record.people:
        for name in {name.exact for name in person.names if len(name.exact) >= _SHORTEST_NAME}:
            if first := _WORD.search(name):
                by_first.setdefault(first.group(), []).append((name, first.start(), person.id))
    order = {person.id: place for place, person in enumerate(record.people)}
    by_entry: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for entry in record.timeline:
        found = {key for line in entry.lines for key in _named(line.words.exact, by_first)}
        by_entry[entry.id] = sorted(found, key=order.__getitem__)
        for key in found:
            counts[key] = counts.get(key, 0) + 1
    names = {person.id: person.name for person in record.people}
    ranked = sorted(counts, key=lambda key: (-counts[key], names[key], order[key]))[:_FILTERED_BY]
    kept = set(ranked)
    return (
        [(key, f"{names[key]} ({counts[key]})") for key in ranked],
        {entry: [key for key in keys if key in kept] for entry, keys in by_entry.items()},
    )


def _named(said: str, by_first: dict[str, list[tuple[str, int, str]]]) -> Iterator[str]:
    """The ids of those whose names stand in `said`; names are found by their first word, and end where a word ends."""
    if by_first.keys().isdisjoint(_WORD.findall(said)):
        return
    for word in _WORD.finditer(said):
        for name, before, key in by_first.get(word.group(), ()):
            start = word.start() - before
            end = start + len(name)
            if (
                start >= 0
                and said.startswith(name, start)
                and not (name[-1].isalnum() and said[end : end + 1].isalnum())
            ):
                yield key


def beside(
    timeline: Iterable[TimelineEntry], quotes: Iterable[QuoteEntry], facts: Iterable[FactEntry]
) -> dict[str, list[tuple[str, str]]]:
    """Entry id → the quotations said and the facts dated on its single day, as (id, what it is), for the first entry
    of each day that has any."""
    on: dict[date, list[tuple[str, str]]] = {}
    for quote in quotes:
        days = {v.said.earliest for v in quote.variants if v.said is not None and v.said.days == 1}
        if quote.speaker.rank != "unsure" and len(days) == 1:
            on.setdefault(days.pop(), []).append((quote.id, saying.in_brief(quote, 40)))
    for fact in facts:
        for value in fact.values:
            if fact.kind == "date" and fact.relation != "to compare" and len(value.label) == len("2024-03-09"):
                on.setdefault(date.fromisoformat(value.label), []).append(
                    (fact.id, f"{wording.spoken(fact)}: {wording.RELATIONS[fact.relation][0].casefold()}")
                )
    return {
        entry.id: on.pop(entry.when.earliest)
        for entry in timeline
        if entry.when.days == 1 and entry.when.earliest in on
    }
