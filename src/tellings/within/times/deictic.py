"""Periods counted from the document date: "last week", "this October", "yesterday", "the weekend"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tellings.model.records import Interval, TimexType
from tellings.model.text import Span
from tellings.within.times import calendar as cal
from tellings.within.times.calendar import Period
from tellings.within.times.context import Context
from tellings.within.times.dates import part_of, resolve_date
from tellings.within.times.grammar import Compiled
from tellings.within.times.observances import resolve_which_named
from tellings.within.times.sense import UNKNOWN_DATE, Groups, Sense, at, placed, unplaced


def resolve_deictic(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "last week", "this October", "next Tuesday", "earlier this month"."""
    written = groups.get("which")
    day = context.grammar.known("deictic_day", written) if written else None
    if day is not None:
        return _stretch(day_from_now(int(day), None, context), groups.get("later"), context)
    counted = context.grammar.known("which", written) if written else 0
    if "later" in groups and counted is None and not any(key in groups for key in ("span_unit", "season", "daypart")):
        return None
    if "later" in groups and "which" not in groups:
        return _stretch(resolve_date(rule, groups, span, context), groups["later"], context)
    if "weekday" in groups and "month" in groups:  # "this coming Sunday, March 8"
        return resolve_date(rule, groups, span, context)
    if "named" in groups or "named_part" in groups:
        return resolve_which_named(groups, context)
    kind: TimexType = (
        "TIME" if "daypart" in groups and "weekday" not in groups and "span_unit" not in groups else "DATE"
    )
    if context.now is None:
        return unplaced(kind, None, UNKNOWN_DATE)
    which = int(counted or 0)
    if not any(key in groups for key in ("span_unit", "season", "month", "weekday", "quarter")):
        if "daypart" not in groups or which > 0:
            return None
        day = day_from_now(-1 if which < 0 else 0, part_of(groups, context), context)
        return _stretch(day, groups.get("later"), context)
    period, inferred = _which_period(groups, which, context, span)
    if period is None:
        return None
    sense = placed(period, inferred=inferred)
    if "end" in groups and sense is not None:
        sense = replace(sense, mod="END", interval=cal.part(period.interval, 0.65, 1.0))
    if "later" in groups:
        return _stretch(sense, groups["later"], context)
    return at(sense, part_of(groups, context))


def _which_period(groups: Groups, which: int, context: Context, span: Span) -> tuple[Period | None, bool]:
    lists, dct = context.grammar.meaning, context.now
    assert dct is not None
    if "quarter" in groups:
        number = int(lists("ordinal", groups["ordinal"]))
        months = 3 if lists("report", groups["quarter"]) == "quarter" else 6
        if number > 12 // months or not 1 <= dct.year + which <= 9999:
            return None, False
        return cal.holding(
            date(dct.year + which, (number - 1) * months + 1, 1), "quarter" if months == 3 else "half"
        ), False
    if "month" in groups:
        return which_month(groups, which, dct, context, span), False
    if "weekday" in groups:
        return _which_weekday(groups, which, dct, context, span)
    if "season" in groups:
        return _which_season(str(lists("season", groups["season"])), which, dct), False
    unit = lists("span_unit", groups["span_unit"])
    if unit == "weekend":
        return _weekend(which, dct, context, span)
    here = cal.holding(dct, unit)
    return (here.shifted(which) if here else None), False


def which_month(groups: Groups, which: int, dct: date, context: Context, span: Span) -> Period | None:
    """ "last October", "this May", "October last year"."""
    month = int(context.grammar.meaning("month", groups["month"]))
    if "which" in groups and context.grammar.pattern("year-named").search(context.text, span.start, span.end):
        return cal.made(dct.year + which, month)
    here = cal.made(dct.year, month)
    if which < 0:
        return here if month < dct.month else cal.made(dct.year - 1, month)
    if which > 0:
        return here if month > dct.month else cal.made(dct.year + 1, month)
    return here


def _which_weekday(groups: Groups, which: int, dct: date, context: Context, span: Span) -> tuple[Period | None, bool]:
    """ "next Tuesday", "Monday of last week"; whether it was concluded which."""
    weekday = int(context.grammar.meaning("weekday", groups["weekday"]))
    if "span_unit" in groups:
        week = cal.holding(dct, "week")
        week = week.shifted(which) if week else None
        day = cal.moved(week.first, "day", weekday - 1) if week else None
        return (Period("day", day) if day else None), False
    direction = which
    if which == 0:
        direction = 1 if context.way(span.start, span.end) != "past" else -1
    day = cal.weekday_near(dct, weekday, direction, same=which == 0)
    return (Period("day", day) if day else None), which == 0


def _which_season(name: str, which: int, dct: date) -> Period | None:
    """ "last winter", "this spring"; a winter goes on into the next year."""
    here = cal.season(dct.year, name)
    if here is None:
        return None
    if which < 0:
        return here.shifted(-4) if here.first > dct or here.last >= dct else here
    if which > 0:
        return here if here.first > dct else here.shifted(4)
    if name == "WI" and dct.month <= 3:
        return here.shifted(-4)
    return here


def _weekend(which: int, dct: date, context: Context, span: Span) -> tuple[Period | None, bool]:
    """ "last weekend": the one that is over; "this weekend": by tense; "next": the one after this week's."""
    here = cal.holding(dct, "weekend")
    if here is None:
        return None, False
    if which > 0:
        return here.shifted(1), False
    if which < 0:
        return here.shifted(-1), False
    tense = context.way(span.start, span.end)
    if dct.isoweekday() >= 6 or tense == "future" or (tense is None and dct.isoweekday() >= 3):
        return here, True
    return here.shifted(-1), True


def resolve_but_one(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "the week before last", "the summer after next": one beyond the last or the next."""
    step = int(context.grammar.meaning("which_but_one", groups["which_but_one"]))
    if "daypart" in groups:
        return day_from_now(2 * step, part_of(groups, context), context)
    if context.now is None:
        return unplaced("DATE", None, UNKNOWN_DATE)
    period, inferred = _which_period(groups, step, context, span)
    cycle = 4 if "season" in groups else 7 if "weekday" in groups else 1
    period = period.shifted(step * cycle) if period else None
    return placed(period, inferred=inferred)


def resolve_weekend(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "the weekend", "over the weekend": the last one up to the document date, the coming one where told as coming."""
    if context.now is None:
        return unplaced("DATE", None, UNKNOWN_DATE)
    here = cal.holding(context.now, "weekend")
    if here is None:
        return None
    if context.now.isoweekday() < 6 and context.way(span.start, span.end) != "future":
        return placed(here.shifted(-1), inferred=True)
    return placed(here, inferred=True)


def _stretch(sense: Sense | None, word: str | None, context: Context) -> Sense | None:
    """Earlier in a period: up to the document date; later in it: from that date on, where it lies inside."""
    if sense is None or word is None:
        return sense
    early = context.grammar.meaning("edge", word) == "EARLIER"
    sense = replace(sense, mod="START" if early else "END")
    period, dct = sense.interval, context.now
    if period is None or dct is None or not period.earliest <= dct <= period.latest:
        return sense
    return replace(sense, interval=Interval(period.earliest, dct) if early else Interval(dct, period.latest))


def resolve_day(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "yesterday", "tomorrow morning", "tonight", "last night", "overnight"."""
    part = part_of(groups, context)
    if "deictic_day" in groups:
        count = int(context.grammar.meaning("deictic_day", groups["deictic_day"]))
    elif "this_last" in groups:
        count = int(context.grammar.meaning("which", groups["this_last"]))
    elif "overnight" in groups:
        return _overnight(context)
    else:
        count, part = 0, "TNI"
    return day_from_now(count, part, context)


def _overnight(context: Context) -> Sense | None:
    """The night that ends on the document date: what happened then happened on that day or on the one before."""
    sense = day_from_now(0, "TNI", context)
    before = sense.period.shifted(-1) if sense is not None and sense.period is not None else None
    if sense is None or sense.period is None or before is None:
        return sense
    return replace(sense, interval=Interval(before.first, sense.period.last))


def day_from_now(count: int, part: str | None, context: Context) -> Sense | None:
    """The day `count` days from the document date (in a history, from the day it has come to), or a part of it."""
    if context.history and count == 0:  # the days of writing, or somebody's words of then: which is not told
        return Sense("DATE", "PRESENT_REF", ambiguous=True)
    if context.now is None:
        return unplaced("TIME" if part else "DATE", None, UNKNOWN_DATE)
    day = cal.moved(context.now, "day", count)
    return at(placed(Period("day", day)), part) if day else None
