"""Clock times."""

from __future__ import annotations

import re

from tellings.model.text import Span
from tellings.within.times.calendar import Period
from tellings.within.times.context import Context
from tellings.within.times.dates import resolve_date
from tellings.within.times.deictic import day_from_now
from tellings.within.times.grammar import Compiled
from tellings.within.times.sense import Groups, Sense, at, placed, unplaced

_OFFSET = re.compile(r"([+-])\s?(\d{1,2}):?(\d\d)?\Z")


def _zone(written: str) -> str:
    """ISO 8601-1 zone: "Z", or hours from it; letters such as EST mean several zones and add nothing."""
    if offset := _OFFSET.search(written):
        return f"{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}"
    return "Z" if written.upper() in ("UTC", "GMT") else ""


def resolve_clock(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """A clock time with its day, else on the day last told, else on the document's (and then ambiguous)."""
    if "point" in groups:
        clock = str(context.grammar.meaning("point", groups["point"]))
    else:
        written = groups["clock"].replace(".", ":")
        if ":" not in written and len(written) > 2:
            written = f"{written[:-2]}:{written[-2:]}"
        hour, _, minute = written.partition(":")
        number, half = int(hour), context.grammar.known("half_day", groups.get("half_day", ""))
        if half not in (None, "CLOCK") and number > 12:
            return None
        if number < 12 and (half == "PM" or (half == "NIGHT" and number > 4)):
            number += 12
        elif number == 12 and half in ("AM", "NIGHT"):
            number = 0
        clock = f"T{number:02d}:{minute or '00'}"
    clock += _zone(groups.get("zone", ""))
    if any(key in groups for key in ("weekday", "month")):
        day = resolve_date(rule, {key: value for key, value in groups.items() if key != "clock"}, span, context)
        return at(day, clock)
    if "deictic_day" in groups or "tonight" in groups:
        named = groups.get("deictic_day")
        count = int(context.grammar.meaning("deictic_day", named)) if named else 0
        return at(day_from_now(count, None, context), clock)
    told = context.last_told(span.start, ("day",))
    here = told is not None and told.paragraph == context.paragraph
    if told is not None and (here or context.way(span.start, span.end) != "future"):
        # News names the day once and then tells the hours of it.
        sense = placed(told.period, inferred=True, anchor=told.span, ambiguous=not context.one_day_told(told))
    elif context.dct is not None:
        sense = placed(Period("day", context.dct), inferred=True, ambiguous=True)
    else:
        return unplaced("TIME", "XXXX-XX-XX" + clock, "its day is not said and the date of this part is unknown")
    return at(sense, clock)
