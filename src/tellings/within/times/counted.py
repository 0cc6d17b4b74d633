"""Dates counted from another: "two days ago", "a year earlier", "the next day", "that night"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tellings.model.records import Interval, TimexType
from tellings.model.text import Span
from tellings.within.times import calendar as cal
from tellings.within.times.calendar import Period
from tellings.within.times.context import Context, Told
from tellings.within.times.dates import BEFORE_COMMON_ERA
from tellings.within.times.grammar import Compiled
from tellings.within.times.lengths import HALVES, counted_in, each_length
from tellings.within.times.reports import compares_results, of_report, year_before
from tellings.within.times.sense import NOTHING_TOLD, UNKNOWN_DATE, UNSAID_COUNT, Groups, Sense, at, placed, unplaced

_COARSER = {
    "day": ("day",),
    "week": ("day", "week"),
    "weekend": ("day", "week"),
    "month": ("day", "month"),
    "quarter": ("quarter",),
    "year": ("day", "month", "quarter", "season", "year"),
    "decade": ("year", "decade"),
    "century": ("year", "century"),
}


def resolve_told(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "the next day", "that night", "later that year", "the quarter"."""
    lists = context.grammar.meaning
    part = None
    if "daypart" in groups:
        part = str(lists("daypart", groups.get("daypart_2") or groups["daypart"]))
    unit = str(lists("span_unit", groups["span_unit"])) if "span_unit" in groups else "day"
    if "season" in groups:
        unit = "year"
    if "month" in groups and "span_unit" not in groups:
        unit = "month"
    if "then" in groups:
        return _then(groups, span, context)
    which = 0
    for list_name in ("which_told", "which_told_after"):
        if list_name in groups:
            which = int(lists(list_name, groups[list_name]))
    if context.before_common_era and not groups.keys() & {"daypart", "weekday", "season", "month"}:
        of_old = years_of_old(unit, which, context, named=True)
        if of_old is not None:
            return of_old
    told = context.last_told(span.start, _COARSER.get(unit, (unit,)))
    kind: TimexType = "TIME" if part else "DATE"
    if told is None:
        return unplaced(kind, None, NOTHING_TOLD)
    if "weekday" in groups:
        weekday = int(lists("weekday", groups["weekday"]))
        day = cal.weekday_near(told.period.first, weekday, which or 1, same=which == 0)
        return placed(Period("day", day), anchor=told.span) if day else None
    if "season" in groups:
        return placed(
            cal.season(told.period.first.year + which, str(lists("season", groups["season"]))), anchor=told.span
        )
    if "month" in groups and "span_unit" not in groups:
        return _told_month(int(lists("month", groups["month"])), which, told)
    here = cal.holding(told.period.first, unit)  # type: ignore[arg-type]
    period = here.shifted(which) if here else None
    if period is None:
        return None
    if "month" in groups and unit == "year":
        written = re.match(r"\d+", groups.get("day") or groups.get("day_2") or "")
        month = int(lists("month", groups["month"]))
        return placed(cal.made(period.first.year, month, int(written[0]) if written else None), anchor=told.span)
    sense = placed(period, anchor=told.span, ambiguous=unit == "day" and not context.one_day_told(told))
    if sense is not None and "later" in groups and told.period.unit in ("day", "month") and unit != told.period.unit:
        edge = told.period
        later = lists("edge", groups["later"]) == "LATER"
        if later and edge.first <= period.last:
            sense = replace(sense, interval=Interval(edge.first, period.last))
        elif not later and period.first <= edge.last:
            sense = replace(sense, interval=Interval(period.first, edge.last))
    return at(sense, part)


def years_of_old(unit: str, count: float, context: Context, *, named: bool = False) -> Sense | None:
    """The year `count` units after the year before the common era told last (those years are counted down); `named`:
    the decade or century itself ("the following decade"). `None` for another unit."""
    here = context.before_common_era
    if named and unit in ("decade", "century"):
        figures, length = (2, 100) if unit == "century" else (3, 10)
        number = here // length - int(count)
        return unplaced("DATE", f"BC{number:0{figures}d}", BEFORE_COMMON_ERA, inferred=True) if number >= 0 else None
    year = here - count * {"year": 1, "decade": 10, "century": 100}.get(unit, 0)
    if unit not in ("year", "decade", "century") or year != int(year) or year < 1:
        return None
    if count > 0:
        context.before_common_era = int(year)
    return unplaced("DATE", f"BC{int(year):04d}", BEFORE_COMMON_ERA, inferred=True)


def _then(groups: Groups, span: Span, context: Context) -> Sense:
    """ "until then", "at the time": the date told last in the paragraph."""
    told = context.told[-1] if context.told else None
    value = context.grammar.known("then", groups["then"])
    if told is not None and told.paragraph == context.paragraph:
        sure = value is None or context.history or told.period.unit == "day"  # "his wife at the time": of which year?
        then = placed(told.period, inferred=True, anchor=told.span)
        if sure and then is not None:  # a day pointed back at dates nothing that the day itself does not
            return then if value is None else replace(then, interval=None, period=None)
    return Sense("DATE", str(value)) if value else unplaced("DATE", None, NOTHING_TOLD)


def _told_month(month: int, which: int, told: Told) -> Sense | None:
    """ "the previous April", "that June", counted from the date told last."""
    here = told.period.first
    step = {-1: -1 if month >= here.month else 0, 0: 0, 1: 1 if month <= here.month else 0}[which]
    return placed(cal.made(here.year + step, month), anchor=told.span)


def resolve_this(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "the end of the year", "later in the day": the one just told of, else the one of the document date."""
    unit: cal.Unit = context.grammar.meaning("span_unit", groups["span_unit"])
    told = context.last_told(span.start, _COARSER[unit])
    if told is not None and not context.history:
        near = told.paragraph == context.paragraph and span.start - told.span.end <= len(context.left(span.start))
        near = near or (unit == "week" and told.paragraph == context.paragraph)
        told = told if near or (unit == "day" and told.paragraph >= context.paragraph - 1) else None
    base = told.period.first if told else context.dct
    if base is None:
        return None
    return placed(cal.holding(base, unit), inferred=True, anchor=told.span if told else None)


def resolve_offset(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "two days ago", "a month ago", "three weeks later", "a year earlier"."""
    sign = int(rule.rule.meaning["sign"])
    if "lengths" in groups:
        return _several(groups, sign, rule.rule.meaning["from"] == "dct", span, context)
    unit = str(context.grammar.meaning("unit", groups["unit"]))
    from_dct = rule.rule.meaning["from"] == "dct"
    count = counted_in(groups, context)
    if context.before_common_era and not from_dct and isinstance(count, float):
        of_old = years_of_old(unit, sign * count, context)
        if of_old is not None:
            return of_old
    if "half" in groups:
        unit, count = HALVES.get(unit, (unit, 0.5))
    if unit == "year" and count == 1 and sign < 0 and compares_results(span, context):
        told = of_report(span, context)
        if told is not None:
            return year_before(told.period, told.span)
    base, told = context.dct, None
    if not from_dct or context.history:
        told = context.last_told(span.start, ("day", "month", "quarter", "year", "season", "week"))
        if told is not None:
            base = told.period.first
        elif not from_dct and not (unit == "year" and sign < 0):
            return unplaced("DATE", None, NOTHING_TOLD)
    if base is None:
        if count == "X" and from_dct:
            return Sense("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", reason=UNKNOWN_DATE)
        return unplaced("DATE", None, UNKNOWN_DATE)
    anchor = told.span if told else None
    if count == "X" or count is None:
        return vaguely(base, unit, sign, from_dct, anchor, context)
    sense = moved_by(base, unit, sign * float(count), told)
    return _this_unit(sense, groups, context) if "span_unit" in groups else sense


def _this_unit(sense: Sense | None, groups: Groups, context: Context) -> Sense | None:
    """ "a year ago this week", "… last month": that week, or the month before, of so long ago."""
    if sense is None or sense.interval is None:
        return sense
    middle = sense.interval.earliest + timedelta(days=(sense.interval.days - 1) // 2)
    here = cal.holding(middle, context.grammar.meaning("span_unit", groups["span_unit"]))
    period = here.shifted(int(context.grammar.meaning("which", groups["which"]))) if here else None
    return placed(period, anchor=sense.anchor)


def _several(groups: Groups, sign: int, from_dct: bool, span: Span, context: Context) -> Sense | None:
    """ "1 month and 2 days ago": moved by the coarser units, then by the finest, whose grain it has."""
    lengths = each_length(groups["lengths"], context)
    if not lengths:
        return None
    *coarse, finest = lengths
    told = None if from_dct and not context.history else context.last_told(span.start, ("day", "month", "year"))
    base = told.period.first if told else context.dct if from_dct else None
    if base is None:
        return unplaced("DATE", None, UNKNOWN_DATE if from_dct else NOTHING_TOLD)
    for count, unit, _ in coarse:
        moved = None if isinstance(count, str) else cal.moved(base, unit, sign * count)
        if moved is None:
            return unplaced("DATE", None, UNSAID_COUNT)
        base = moved
    if isinstance(finest[0], str):
        return unplaced("DATE", None, UNSAID_COUNT)
    grain = replace(told, period=replace(told.period, first=base)) if told else None
    return moved_by(base, finest[1], sign * finest[0], grain)


def vaguely(base: date, unit: str, sign: int, from_dct: bool, anchor: Span | None, context: Context) -> Sense:
    """ "a few weeks ago": a stretch, no day."""
    low, high = context.grammar.rules.meanings("vague_range")["X"]
    ends = sorted(end for count in (low, high) if (end := cal.moved(base, unit, sign * count)))
    interval = Interval(ends[0], ends[-1]) if ends else None
    value = ("PAST_REF" if sign < 0 else "FUTURE_REF") if from_dct else None
    if ends and not from_dct:
        value = _within_year(ends[0], ends[-1], unit)
        return Sense("DATE", value, interval, reason=UNSAID_COUNT, anchor=anchor)
    return Sense("DATE", value, interval, reason=None if value else UNSAID_COUNT, anchor=anchor)


#: Units that a month or a year told is too coarse to count from, with the value of one in a known year.
_COARSER_THAN = {"day": "-XX-XX", "week": "-WXX", "month": "-XX"}


def _within_year(first: date, last: date | None, unit: str) -> str | None:
    """A day, week or month of which the year is known alone; `None` where that is not either (TIMEX3 writes X)."""
    if last is None or first.year != last.year or unit not in _COARSER_THAN:
        return None
    return f"{first.year:04d}{_COARSER_THAN[unit]}"


def moved_by(base: date, unit: str, count: float, told: Told | None) -> Sense | None:
    """`base` moved by `count` units, as exact as the unit, and as what it is counted from."""
    anchor, known = (told.span, told.period.unit) if told else (None, "day")
    day = cal.moved(base, unit, count)
    if day is None:
        return unplaced("DATE", None, "it lies outside the calendar (years 1 to 9999)")
    if unit in ("second", "minute", "hour"):
        return Sense("DATE", day.isoformat(), Interval(day, day), Period("day", day), anchor=anchor, ambiguous=True)
    if told is not None and known in ("quarter", "month", "season") and unit == "year":
        return placed(told.period.shifted(int(count) * (4 if known != "month" else 12)), anchor=anchor)
    if told is not None and known == "year" and unit == "year":
        return placed(told.period.shifted(round(count)), anchor=anchor)
    if told is not None and known in ("month", "year") and unit in _COARSER_THAN and known != unit:
        last = cal.moved(told.period.last, unit, count)
        value = _within_year(day, last, unit)
        if known == "year" and unit == "month":
            return unplaced("DATE", value, "the date it counts from is not said to the month", anchor=anchor)
        return unplaced("DATE", value, "the date it counts from is not said to the day", anchor=anchor)
    grain: cal.Unit = "week" if unit in ("week", "fortnight") else "year" if unit in ("decade", "century") else unit  # type: ignore[assignment]
    period = cal.holding(day, grain)
    if period is None:
        return None
    return Sense("DATE", period.value, _spread(day, unit, period), period, anchor=anchor)


def _spread(day: date, unit: str, period: Period) -> Interval:
    """Half a unit to either side of `day`: people round. Days are taken as said."""
    if unit in ("day", "weekend"):
        return period.interval
    half = {"week": 3, "fortnight": 7, "month": 15, "quarter": 45, "year": 182, "decade": 1825, "century": 18250}[unit]
    low, high = cal.moved(day, "day", -half), cal.moved(day, "day", half)
    return Interval(low, high) if low and high else period.interval
