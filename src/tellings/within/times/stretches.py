"""Days and weeks picked out of a month or year ("the last Sunday in March 2018"), and stretches up to a day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from tellings.model.records import Interval
from tellings.model.text import Span
from tellings.within.times import calendar as cal
from tellings.within.times import numbers
from tellings.within.times.calendar import Period
from tellings.within.times.context import Context
from tellings.within.times.dates import resolve_date
from tellings.within.times.deictic import which_month
from tellings.within.times.grammar import Compiled
from tellings.within.times.sense import UNKNOWN_DATE, Groups, Sense, placed, unplaced
from tellings.within.times.years import without_year


def resolve_nth(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "the first Monday of September 2013", "the third week of June", "the last day of the year 2013"."""
    sense = _month_or_year(groups, span, context)
    if sense is None or sense.period is None:
        return unplaced("DATE", None, sense.reason or UNKNOWN_DATE) if sense else None
    period = sense.period
    fields: dict[str, Any] = {
        "inferred": sense.inferred,
        "ambiguous": sense.ambiguous,
        "anchor": sense.anchor,
        "full": sense.full,
    }
    if "day" in groups:
        return placed(cal.made(period.first.year, period.first.month, int(re.sub(r"\D", "", groups["day"]))), **fields)
    number = int(context.grammar.meaning("nth", groups["nth"]))
    if "weekday" in groups:
        day = cal.nth_weekday(period, int(context.grammar.meaning("weekday", groups["weekday"])), number)
        return placed(Period("day", day), **fields) if day else None
    unit = str(context.grammar.meaning("span_unit", groups["counted_unit"]))
    if "several" in groups:
        counted = numbers.count(groups["several"], context.grammar)
        days = _nth_days(period, number, int(counted) * (7 if unit == "week" else 1)) if counted else None
        edge = {1: "START", -1: "END"}.get(number)
        return Sense("DATE", period.value, days, period, mod=edge, **fields) if days and edge else None
    if unit == "weekend":
        saturday = cal.nth_weekday(period, 6, number)
        return placed(Period("weekend", saturday), **fields) if saturday else None
    stretch = _nth_days(period, number, 7 if unit == "week" else 1)
    if stretch is None:
        return None
    if unit == "day":
        return placed(Period("day", stretch.earliest), **fields)
    week = cal.holding(_middle(stretch), "week")
    return Sense("DATE", week.value, stretch, week, **fields) if week else None


def _month_or_year(groups: Groups, span: Span, context: Context) -> Sense | None:
    """The month or year that something is picked out of."""
    if "year" in groups:
        month = int(context.grammar.meaning("month", groups["month"])) if "month" in groups else None
        return placed(cal.made(int(groups["year"]), month), full=True)
    if "which" not in groups:
        return without_year(int(context.grammar.meaning("month", groups["month"])), None, span, context)
    if context.now is None:
        return unplaced("DATE", None, UNKNOWN_DATE)
    which = int(context.grammar.meaning("which", groups["which"]))
    if "month" in groups:
        return placed(which_month(groups, which, context.now, context, span))
    unit: cal.Unit = context.grammar.meaning("span_unit", groups["calendar_unit"])
    here = cal.holding(context.now, unit)
    return placed(here.shifted(which) if here else None)


def _nth_days(period: Period, number: int, length: int) -> Interval | None:
    """The `number`-th stretch of `length` days of `period`, below zero from its end, cut where the period ends."""
    if number > 0:
        first = cal.moved(period.first, "day", length * (number - 1))
        last = cal.moved(first, "day", length - 1) if first else None
    else:
        last = cal.moved(period.last, "day", length * (number + 1))
        first = cal.moved(last, "day", 1 - length) if last else None
    if first is None or last is None or first > period.last or last < period.first:
        return None
    return Interval(max(first, period.first), min(last, period.last))


def resolve_up_to(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "the week to 27 February", "the year to March 2019": the days of it, and the calendar's period it mostly is."""
    end = resolve_date(rule, groups, span, context)
    if end is None or end.period is None:
        return unplaced("DATE", None, end.reason or UNKNOWN_DATE) if end else None
    unit: cal.Unit = context.grammar.meaning("span_unit", groups["ending"])
    last = end.period.last
    before = cal.moved(last + timedelta(days=1), unit, -1) if last < date.max else None
    if before is None:
        return None
    stretch = Interval(before, last)
    period = cal.holding(last if unit == "year" else _middle(stretch), unit)
    if period is None:
        return None
    return Sense("DATE", period.value, stretch, period, inferred=end.inferred, ambiguous=end.ambiguous, full=end.full)


def _middle(stretch: Interval) -> date:
    return stretch.earliest + timedelta(days=(stretch.days - 1) // 2)
