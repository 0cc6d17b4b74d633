"""Named days as expressions: "Halloween weekend", "last Christmas", "Easter 2013"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tellings.model.records import Interval
from tellings.model.text import Span
from tellings.within.times import calendar as cal
from tellings.within.times.calendar import Period
from tellings.within.times.context import Context
from tellings.within.times.named import NamedDay, named_day, same_day_and_month
from tellings.within.times.sense import A_THING, UNKNOWN_DATE, UNKNOWN_YEAR, Groups, Sense, at, placed, unplaced
from tellings.within.times.years import LONG_PAST_DAYS, SOON_DAYS, told_year

#: Periods around a named day, in place of a part of it.
_AROUND = ("weekend", "week")
#: Why a day is not placed whose name several countries have for days of their own, where no country is told.
_OF_MANY = "country unknown"
#: Days after a named day in which its name means that one, and not the next in a year's time, whatever the verb.
JUST_PAST_DAYS = 30


def resolve_named(groups: Groups, span: Span, context: Context, year: int | None) -> Sense | None:
    """A named day in `year`, else in the year told, else the nearest one by the verb's tense."""
    entry = context.grammar.meaning("named", groups["named"])
    if context.grammar.pattern("no-day-after").match(context.text, span.end):
        return None
    written = groups.get("named_part", "")
    part = context.grammar.known("named_part", written)
    of_many = isinstance(entry, Mapping) and entry.get("many")
    # "On 12 May, when they kept National Day": perhaps another country's than the publisher's.
    if of_many and (context.country is None or context.told_beside(span.start, "day")):
        return unplaced("DATE", None, _OF_MANY)
    anchor, ambiguous = None, False
    inferred = year is None
    if year is None and (told := told_year(span, context)):
        year, anchor = told.period.first.year, told.span
    elif year is None and context.history and context.reached is not None:
        year, anchor = context.reached.period.first.year, context.reached.span
    found: NamedDay | None
    if year is not None:
        found = named_day(entry, year, context.country)
    else:
        base = context.dct or context.not_after
        if base is None:
            fixed = same_day_and_month(entry)
            return unplaced("DATE", f"XXXX-{fixed}" if fixed else None, UNKNOWN_YEAR)
        found, ambiguous = _nearest(entry, base, span, context), context.dct is None
    if found is None:
        return unplaced("DATE", None, "there was no such day that year")
    sense = _sense(found, part)
    if sense is None:
        return None
    sense = replace(sense, inferred=inferred, ambiguous=ambiguous or found.unsure, anchor=anchor, full=not inferred)
    if not written and context.grammar.pattern("thing-after").match(context.text, span.end):
        return replace(sense, interval=None, period=None, reason=A_THING)
    return sense if part in _AROUND else at(sense, part)


def resolve_which_named(groups: Groups, context: Context) -> Sense | None:
    """ "last Christmas", "this Easter", "next Thanksgiving weekend"."""
    entry, now = context.grammar.meaning("named", groups["named"]), context.now
    if now is None:
        return unplaced("DATE", None, UNKNOWN_DATE)
    which = int(context.grammar.meaning("which", groups["which"]))
    years = (now.year - 1, now.year, now.year + 1)
    days = [day for year in years if 1 <= year <= 9999 and (day := named_day(entry, year, context.country))]
    if which < 0:
        found = max((each for each in days if each.first < now), key=lambda each: each.first, default=None)
    elif which > 0:
        found = min((each for each in days if each.first > now), key=lambda each: each.first, default=None)
    else:
        found = next((each for each in days if each.first.year == now.year), None)
    sense = _sense(found, context.grammar.known("named_part", groups.get("named_part", ""))) if found else None
    return replace(sense, ambiguous=found.unsure) if sense and found else None


def _nearest(entry: str | Mapping[str, Any], base: date, span: Span, context: Context) -> NamedDay | None:
    years = [year for year in (base.year - 1, base.year, base.year + 1) if 1 <= year <= 9999]
    days = [day for year in years if (day := named_day(entry, year, context.country))]
    past = max((day for day in days if day.first <= base), key=lambda day: day.first, default=None)
    coming = min((day for day in days if day.first >= base), key=lambda day: day.first, default=None)
    if past is None or coming is None or context.dct is None:
        return past or (coming if context.dct else None)
    if (base - past.first).days < JUST_PAST_DAYS:
        return past  # "can be a raucous night", a week behind it
    soon = (base - past.first).days > LONG_PAST_DAYS and (coming.first - base).days < SOON_DAYS
    return coming if soon or context.way(span.start, span.end) == "future" else past


def _sense(found: NamedDay, part: str | None) -> Sense | None:
    """The day itself, its week, or the weekend nearest to it (Tuesday and before: the one that went)."""
    if part in _AROUND:
        return placed(_around(found.first, part))
    if found.first == found.last:
        return placed(Period("day", found.first))
    reason = "it lasts several days, for which TIMEX3 has no value"
    return Sense("DATE", None, Interval(found.first, found.last), Period("day", found.first), reason=reason)


def _around(day: date, part: str | None) -> Period | None:
    if part == "week":
        return cal.holding(day, "week")
    weekday = day.isoweekday()
    saturday = cal.moved(day, "day", 6 - weekday if weekday in (4, 5, 6) else -weekday - 1 if weekday < 4 else -1)
    return Period("weekend", saturday) if saturday else None
