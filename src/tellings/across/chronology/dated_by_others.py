"""When a telling was written that nobody dates: what the other tellings of its story say of it.

1. the latest day that it tells as past, with its year, is near the day of another: it was written in the week from it
2. it tells of weekdays what others tell of days: it was written in their week
3. all others were written in one week, and it opens with the weekday of the day that most of them open with

It is read once more by that day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import fsum

from tellings.across.chronology.likeness import Words
from tellings.across.chronology.redated import (
    OPENING,
    WEEK,
    Written,
    holders_of,
    is_exact,
    is_of_a_weekday,
    like,
    read_again,
    read_by,
)
from tellings.across.chronology.statements import Statement, statements
from tellings.model.records import Telling

#: The sum over the sentences of a telling, of how likely others tell of a day what each tells of its weekday, from
#: which it was written in their week.
OF_OTHERS = 0.7
#: Tellings of a story of which the days of writing are known, from which they say when another was written.
SEVERAL = 2
#: Days before and after which the calendar leaves no room to count.
EARLIEST, LATEST = date(2, 1, 1), date(9998, 1, 1)
#: How often tellings without a date are held against those that have one, or were given one.
ROUNDS = 3


def dated_by_others(
    tellings: Sequence[Telling], told: Sequence[Statement], weights: Mapping[str, float], most: int
) -> list[Statement]:
    """The statements `told` of `tellings`; those of tellings whose day of writing nobody says are read once more, by
    the days of writing that the others speak for. As for `redated`."""
    undated = {telling.id: telling for telling in tellings if telling.sentences and _day_of(telling) is None}
    known = {telling.id: _day_of(telling) for telling in tellings if telling.id not in undated}
    days = [one.when.earliest for one in told if is_exact(one) and EARLIEST < one.when.earliest < LATEST]
    if not undated or not days:
        return list(told)
    of_telling: dict[str, list[Statement]] = {telling.id: [] for telling in tellings}
    for one in told:
        of_telling[one.telling].append(one)
    for name, written in _by_what_they_tell(tellings).items():
        known[name] = written.day
        of_telling[name] = list(read_again(undated.pop(name), written, of_telling[name], most))
    # A weekday is the same weekday whichever week it is read in.
    as_if = {name: read_by(telling, max(days)) for name, telling in undated.items()}
    tried = {name: statements(telling, most) for name, telling in as_if.items()}
    for _ in range(ROUNDS):
        words = Words([one for name, mine in of_telling.items() for one in tried.get(name, mine)])
        others = [one for name, mine in of_telling.items() if name not in tried for one in mine]
        others += [one for name in tried for one in of_telling[name]]
        holders = holders_of(others, words)
        opening = _opening_day(others, [day for day in known.values() if day is not None])
        found = {}
        for name, mine in tried.items():
            relative = [one for one in mine if is_exact(one) and is_of_a_weekday(one, as_if[name])]
            week = _of_the_week(relative, holders, words, weights) or _of_the_days(relative, opening)
            if week is not None and (since := _since(week, undated[name].document.date.not_before)) is not None:
                found[name] = since
        for name, written in found.items():
            known[name] = written.day
            of_telling[name] = list(read_again(undated[name], written, of_telling[name], most))
            del tried[name]
        if not found:
            break
    return [one for mine in of_telling.values() for one in mine]


def _by_what_they_tell(tellings: Sequence[Telling]) -> dict[str, Written]:
    """Telling without a date → when it was written, where the latest day that it tells as past is one near which
    another telling was written, or that lies near the latest that another tells: of the week from that day."""
    days = Counter(_day_of(telling) or telling.document.date.not_before for telling in tellings)
    found = {}
    for telling in tellings:
        first = telling.document.date.not_before
        if not telling.sentences or _day_of(telling) is not None or first is None or not EARLIEST < first < LATEST:
            continue
        week = [first + timedelta(days=distance) for distance in range(1 - WEEK, WEEK)]
        near = [day for day in week if days[day] > (day == first)]
        if near:
            found[telling.id] = Written(max(first, *near), first, week[-1])
    return found


def _of_the_week(
    relative: Sequence[Statement], holders: Mapping[str, list[Statement]], words: Words, weights: Mapping[str, float]
) -> Written | None:
    """The week of writing of a telling that tells of weekdays what others tell of days, likely enough in all."""
    chances: dict[date, list[float]] = defaultdict(list)
    written: dict[date, set[date]] = defaultdict(set)
    for one in relative:
        best: dict[date, float] = {}
        for other, chance in like(one, holders, words, weights, of_one_day=True):
            happened = other.when.earliest
            if not EARLIEST < happened < LATEST:
                continue
            best[happened] = max(chance, best.get(happened, 0.0))
            if other.told is not None and 0 <= (other.told - happened).days < WEEK:
                written[happened].add(other.told)
        for happened, chance in best.items():
            chances[happened].append(chance)
    weeks = []
    for first in chances:
        near = [each for each in chances if 0 <= (first - each).days < WEEK]
        weeks.append((-fsum(sorted(chance for each in near for chance in chances[each])), first, min(near)))
    if not weeks or -min(weeks)[0] < OF_OTHERS:
        return None
    _, first, earliest = min(weeks)
    last = earliest + timedelta(days=WEEK - 1)
    told = (each for days in written.values() for each in days if first <= each <= last)
    return Written(min(told, default=first), first, last)


@dataclass(frozen=True, slots=True)
class _Opening:
    """The day that most tellings open with, and the first and the last day on which they were written."""

    day: date
    first: date
    last: date


def _opening_day(others: Sequence[Statement], known: Sequence[date]) -> _Opening | None:
    """The day that most tellings open with, where several are known to be written, all in one week."""
    if len(known) < SEVERAL or (max(known) - min(known)).days >= WEEK:
        return None
    opening: dict[date, set[str]] = defaultdict(set)
    for one in others:
        if is_exact(one) and one.number < OPENING and one.told and 0 <= (one.told - one.when.earliest).days < WEEK:
            opening[one.when.earliest].add(one.telling)
    day = max(opening, key=lambda each: (len(opening[each]), each), default=None)
    return None if day is None or not EARLIEST < day < LATEST else _Opening(day, min(known), max(known))


def _of_the_days(relative: Sequence[Statement], opening: _Opening | None) -> Written | None:
    """The days on which the tellings of a pile were written that were all written in one week, for one that opens with
    the weekday of the day that most of them open with."""
    weekdays = {one.when.earliest.isoweekday() for one in relative if one.number < OPENING}
    if opening is None or opening.day.isoweekday() not in weekdays:
        return None
    first, last = max(opening.day, opening.first), opening.day + timedelta(days=WEEK - 1)
    return Written(max(first, opening.last), first, last) if first <= last else None


def _since(written: Written, first: date | None) -> Written | None:
    """Days of writing from a day on; `None` where that is after all of them."""
    if first is None or first <= written.first:
        return written
    return replace(written, first=first, day=max(first, written.day)) if first <= written.last else None


def _day_of(telling: Telling) -> date | None:
    """The day on which a telling was written, or its first part of which the day is known."""
    return telling.document.date.value or next((part.date.value for part in telling.parts if part.date.value), None)
