"""Clock times."""

from __future__ import annotations

import re

from tellings.model.text import Span
from tellings.within.times import numbers
from tellings.within.times.calendar import Period
from tellings.within.times.context import Context
from tellings.within.times.dates import part_of, resolve_date, zone
from tellings.within.times.deictic import day_from_now
from tellings.within.times.grammar import Compiled, slots
from tellings.within.times.sense import Groups, Sense, at, placed, unplaced

#: Characters before a clock time in which a part of the day is looked for.
_PART_REACH = 40


#: Which half of the day an hour is in, by the part of the day beside it (TIMEX3).
_HALVES = {"TMO": "MORNING", "TAF": "PM", "TEV": "PM", "TNI": "NIGHT"}


def _half_beside(groups: Groups, span: Span, context: Context) -> str | None:
    """The half of the day that a part of the day shows: with the hour ("8 tonight") or before it ("tonight at 8")."""
    if "daypart" not in groups and "tonight" not in groups:
        reach = context.text[max(context.paragraph_start, span.start - _PART_REACH) : span.start]
        before = context.grammar.pattern("part-of-day-before").search(reach)
        groups = slots(before) if before else {}
    if "tonight" in groups:
        return "NIGHT"
    part = part_of(groups, context)
    return _HALVES.get(part) if part else None


def _clock(groups: Groups, span: Span, context: Context) -> str | None:
    """ "T20:15" as written in figures or words, in the half of the day that is said or shown; `None`: no such hour."""
    if "point" in groups:
        return str(context.grammar.meaning("point", groups["point"]))
    if "hour" in groups:
        told = _hour_in_words(groups, context)
        if told is None:
            return None
        number, minutes = told
    else:
        written = groups["clock"].replace(".", ":")
        if ":" not in written and len(written) > 2:
            written = f"{written[:-2]}:{written[-2:]}"
        hour, _, minutes = written.partition(":")
        number, minutes = int(hour), minutes or "00"
    half = context.grammar.known("half_day", groups.get("half_day", ""))
    if half not in (None, "CLOCK") and number > 12:
        return None
    if half in (None, "CLOCK"):
        half = _half_beside(groups, span, context)
    if "clock_until" in groups and number % 12 > int(re.split(r"[:.]", groups["clock_until"])[0]) % 12:
        half = "AM" if half == "PM" else "PM"  # "11 to 2 p.m."
    if number < 12 and (half == "PM" or (half == "NIGHT" and number > 4)):
        number += 12
    elif number == 12 and half in ("AM", "NIGHT"):
        number = 0
    return f"T{number:02d}:{minutes}"


def _over_midnight(groups: Groups, context: Context) -> bool:
    """Whether a range begins in the evening before the day it is told with: "from 11 p.m. to 2 a.m. Saturday"."""
    halves = [context.grammar.known("half_day", groups.get(key, "")) for key in ("half_day", "half_day_until")]
    return halves == ["PM", "AM"]


def _hour_in_words(groups: Groups, context: Context) -> tuple[int, str] | None:
    """Hour and minutes of "a quarter past 8", "ten minutes to four", "eight o'clock"."""
    hour = numbers.count(groups["hour"], context.grammar)
    if hour is None or not 1 <= hour <= 12 or hour != int(hour):
        return None
    number, minutes = int(hour), 0
    if "minutes_side" in groups:
        part = context.grammar.known("hour_part", groups.get("hour_part", ""))
        counted = part if part is not None else numbers.count(groups["minutes"], context.grammar)
        if counted is None or not 0 < counted < 60:
            return None
        minutes = int(counted)
        if context.grammar.meaning("minutes_side", groups["minutes_side"]) < 0:
            number, minutes = number - 1 or 12, 60 - minutes
    return number, f"{minutes:02d}"


def resolve_clock(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """A clock time with its day, else on the day last told, else on the document's (and then ambiguous)."""
    clock = _clock(groups, span, context)
    if clock is None:
        return None
    clock += zone(groups.get("zone", ""))
    if any(key in groups for key in ("weekday", "month")):
        named = {key: value for key, value in groups.items() if key not in ("clock", "daypart", "daypart_2")}
        day = resolve_date(rule, named, span, context)
        if day is not None and day.period is not None and _over_midnight(groups, context):
            day = placed(day.period.shifted(-1), inferred=True)
        return at(day, clock)
    for key, list_name in (("deictic_day", "deictic_day"), ("this_last", "which")):
        if key in groups:
            return at(day_from_now(int(context.grammar.meaning(list_name, groups[key])), None, context), clock)
    if "tonight" in groups:
        return at(day_from_now(0, None, context), clock)
    told = None if _is_stamp(span, context) else context.last_told(span.start, ("day",))
    here = told is not None and told.paragraph == context.paragraph
    if told is not None and (here or context.way(span.start, span.end) != "future"):
        # News names the day once and then tells the hours of it.
        sense = placed(told.period, inferred=True, anchor=told.span, ambiguous=not context.one_day_told(told))
    elif context.dct is not None:
        sense = placed(Period("day", context.dct), inferred=True, ambiguous=True)
    else:
        return unplaced("TIME", "XXXX-XX-XX" + clock, "its day is not said and the date of this part is unknown")
    return at(sense, clock)


def _is_stamp(span: Span, context: Context) -> bool:
    """Whether a clock time heads its paragraph: when that was written ("2.05pm - UPDATE"), and no hour of the day told
    before."""
    before = context.text[context.paragraph_start : span.start]
    return not before.strip() and context.grammar.pattern("stamp-after").match(context.text, span.end) is not None
