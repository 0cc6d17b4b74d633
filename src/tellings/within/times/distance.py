"""So far from a day that is named: "two days before Christmas 2018", "a week ago Monday", "Tuesday week"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tellings.model.text import Span
from tellings.within.times import calendar as cal
from tellings.within.times.calendar import Period
from tellings.within.times.context import Context
from tellings.within.times.counted import moved_by, vaguely
from tellings.within.times.dates import resolve_date
from tellings.within.times.deictic import day_from_now
from tellings.within.times.grammar import Compiled
from tellings.within.times.lengths import each_length
from tellings.within.times.sense import UNKNOWN_DATE, UNSAID_COUNT, Groups, Sense, placed, unplaced

#: Units that are counted to the day; the longer ones are rounded.
_TO_THE_DAY = frozenset({"day", "week", "fortnight"})
#: Days to either side in which a weekday is sought, "three weeks ago on Thursday".
_NEAR = 3


def resolve_distance(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """A length of time before or after a day, as a day; months and years as exact as they are told."""
    lengths = [(count, unit) for count, unit, _ in each_length(groups["lengths"], context)]
    if not lengths:  # "Tuesday week"
        unit = context.grammar.known("unit", groups["lengths"])
        if unit is None:
            return None
        lengths = [(1.0, str(unit))]
    written = groups.get("distance")
    if written is None:
        return _british(groups, lengths, span, context)
    if rule.rule.name == "ago-to-the-day":
        return _ago(groups, lengths, context)
    if rule.rule.name == "a-week-from-the-day":
        return _british(groups, lengths, span, context)
    if "deictic_day" in groups:
        start = day_from_now(int(context.grammar.meaning("deictic_day", groups["deictic_day"])), None, context)
    else:
        start = resolve_date(rule, {key: value for key, value in groups.items() if key != "lengths"}, span, context)
    if start is None:
        return None
    if start.period is None:
        return unplaced("DATE", None, start.reason or UNKNOWN_DATE)
    sign = int(context.grammar.meaning("distance", written))
    sense = _from(start.period.first, lengths, sign, context)
    if sense is None:
        return None
    return replace(sense, inferred=start.inferred, ambiguous=sense.ambiguous or start.ambiguous, anchor=start.anchor)


def _from(start: date, lengths: list[tuple[float | str, str]], sign: int, context: Context) -> Sense | None:
    *coarse, (count, unit) = lengths
    base: date | None = start
    for each, each_unit in coarse:
        base = cal.moved(base, each_unit, sign * each) if base and not isinstance(each, str) else None
    if base is None:
        return unplaced("DATE", None, UNSAID_COUNT)
    if isinstance(count, str):
        return vaguely(base, unit, sign, False, None, context)
    if unit in _TO_THE_DAY:
        day = cal.moved(base, unit, sign * count)
        return placed(Period("day", day)) if day else None
    return moved_by(base, unit, sign * count, None)


def _ago(groups: Groups, lengths: list[tuple[float | str, str]], context: Context) -> Sense | None:
    """ "a month ago yesterday", "three weeks ago on Thursday": to the day."""
    now = context.now
    if now is None:
        return unplaced("DATE", None, UNKNOWN_DATE)
    if "weekday" not in groups:
        count = int(context.grammar.meaning("deictic_day", groups["deictic_day"])) if "deictic_day" in groups else 0
        day = _back(cal.moved(now, "day", count), lengths)
        return placed(Period("day", day)) if day else None
    weekday = int(context.grammar.meaning("weekday", groups["weekday"]))
    counted_back = _back(cal.weekday_near(now, weekday, -1, same=False), lengths)
    if "of_last" in groups:
        return placed(Period("day", counted_back)) if counted_back else None
    about = _back(now, lengths)
    nearest = None
    for step in sorted(range(-_NEAR, _NEAR + 1), key=abs):
        day = cal.moved(about, "day", step) if about else None
        if nearest is None and day is not None and day.isoweekday() == weekday:
            nearest = day
    return placed(Period("day", nearest), ambiguous=nearest != counted_back) if nearest else None


def _back(day: date | None, lengths: list[tuple[float | str, str]]) -> date | None:
    for count, unit in lengths:
        day = cal.moved(day, unit, -count) if day and not isinstance(count, str) else None
    return day


def _british(groups: Groups, lengths: list[tuple[float | str, str]], span: Span, context: Context) -> Sense | None:
    """ "Tuesday week", "a week on Tuesday", "a week today": on from the day; "yesterday week": back from it."""
    now = context.now
    if now is None:
        return unplaced("DATE", None, UNKNOWN_DATE)
    sign = 1
    if "weekday" in groups:
        day = cal.weekday_near(now, int(context.grammar.meaning("weekday", groups["weekday"])), 1, same=False)
    else:
        count = int(context.grammar.meaning("deictic_day", groups["deictic_day"]))
        day = cal.moved(now, "day", count)
        sign = -1 if count < 0 or context.way(span.start, span.end) == "past" else 1
    return _from(day, lengths, sign, context) if day else None
