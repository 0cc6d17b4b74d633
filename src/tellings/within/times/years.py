"""Which year: a month, a day or a season told without one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from tellings.model.text import Span
from tellings.within.times import calendar as cal
from tellings.within.times.calendar import Period
from tellings.within.times.context import Context, Told
from tellings.within.times.sense import UNKNOWN_YEAR, Sense, placed, unplaced

#: A bare month and day this many days ahead, and its last return this long past, is taken as coming (tuned on news).
SOON_DAYS, LONG_PAST_DAYS = 60, 250


#: What is told as coming lies at most so many days ahead.
COMING_DAYS = 300


#: A month that is a bound is the coming one where it is so many times nearer than the last.
BOUND_NEARER = 2
#: Characters between the ends of a range, and days from one to the other, in which the second takes its year from it.
RANGE_REACH, RANGE_DAYS = 16, 240
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")

#: In a history a step back costs so many times a step on.
BACK_COSTS = 3


def without_year(month: int, day: int | None, span: Span, context: Context) -> Sense | None:
    """A month (and day) without its year: told beside it or just before, nearest the document date, or unknown."""
    if cal.made(2000, month, day) is None:
        return None
    if period := _end_of_range(month, day, span, context):
        return placed(period, inferred=True, anchor=context.told[-1].span)
    unknown = f"XXXX-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    if period := year_ahead(month, day, span, context):
        return placed(period, inferred=True)
    if told := told_year(span, context):
        period = cal.made(told.period.first.year, month, day)
        if period is not None:
            return placed(period, inferred=True, anchor=told.span)
    before = had_been(span, context)
    if (told := _beside(span, context)) and not before:
        period = cal.made(told.period.first.year, month, day)
        if period is not None and period.first > told.period.first:
            return placed(period, inferred=True, anchor=told.span)
    if context.history and context.reached is not None:
        turns = (cal.made(context.reached.period.first.year + step, month, day) for step in (0, 1, -1))
        known = [turn for turn in turns if turn is not None]
        period = reached(known, context, before=before, since=_since(span, context))
        if period is not None:
            return placed(period, inferred=True, anchor=context.reached.span)
    base = context.dct or context.not_after
    if base is None:
        return unplaced("DATE", unknown, UNKNOWN_YEAR)
    way = context.way(span.start, span.end) if context.dct else "past"
    past, coming = _turn(base, month, day, -1), _turn(base, month, day, 1)
    ambiguous = context.dct is None
    if day is None and base.month == month:
        period = cal.made(base.year, month)
    elif past is None or coming is None:
        period = past or coming
    elif way == "future" and (coming.first - base).days <= COMING_DAYS:
        period = coming
    elif context.dct is not None and _likely_coming(base, past, coming, day, span, context):
        period, ambiguous = coming, True
    else:
        period = past
    if period is None:
        return unplaced("DATE", unknown, "there is no such day near the date of this part")
    if context.dct is None and context.not_before and period.last < context.not_before:
        return unplaced("DATE", unknown, UNKNOWN_YEAR)
    return placed(period, inferred=True, ambiguous=ambiguous)


def _likely_coming(base: date, past: Period, coming: Period, day: int | None, span: Span, context: Context) -> bool:
    """Whether a month or day that nothing tells as coming still is: it comes soon and the last one is long past, and
    nothing says that it was done; or it is a month that something lasts to or is done by, and much the nearer."""
    ago, ahead = (base - past.first).days, (coming.first - base).days
    if ago > LONG_PAST_DAYS and ahead < SOON_DAYS:
        return context.grammar.pattern("done-before").search(context.left(span.start)) is None
    if day is not None or BOUND_NEARER * ahead >= ago:
        return False
    return context.grammar.pattern("bound-before").search(context.left(span.start)) is not None


def _end_of_range(month: int, day: int | None, span: Span, context: Context) -> Period | None:
    """The second end of a range: the first such month or day after its first end, "November 2014 to February"."""
    told = context.told[-1] if context.told else None
    if told is None or told.period.unit not in ("day", "month") or not 0 < span.start - told.span.end <= RANGE_REACH:
        return None
    link = context.grammar.pattern("range-link").fullmatch(context.text, told.span.end, span.start)
    if link is None or link["and"] or (context.history and not told.full):
        return None
    for year in (told.period.first.year, told.period.first.year + 1):
        period = cal.made(year, month, day)
        if period is not None and 0 < (period.first - told.period.first).days <= RANGE_DAYS:
            return period
    return None


def _beside(span: Span, context: Context) -> Told | None:
    """In a history, the day or month told before in the same sentence: one that comes later in the year is of its
    year ("in March … by December")."""
    told = context.told_beside(span.start, "day", "month") if context.history else None
    return told if told is not None and told.explicit else None


def on_weekday(sense: Sense, weekday: int, span: Span, context: Context) -> Sense:
    """`sense` (a day whose year was concluded) in the year its weekday asks for: one written further on in the
    sentence, else the year before or after; where none fits it stays, marked as unsure."""
    if sense.period is None or not sense.inferred or sense.period.first.isoweekday() == weekday:
        return sense
    here = sense.period.first
    written = [int(year) for year in _YEAR.findall(context.right(span.end))]
    for year in (*written, here.year - 1, here.year + 1):
        period = cal.made(year, here.month, here.day)
        if period is not None and period.first.isoweekday() == weekday:
            return replace(sense, value=period.value, interval=period.interval, period=period, anchor=None)
    return replace(sense, ambiguous=True)


def year_ahead(month: int, day: int | None, span: Span, context: Context) -> Period | None:
    """The year of the date that follows in the same breath: "5 September to 12 September 1914", "May and June 1955"."""
    ahead = context.grammar.year_ahead.match(context.text, span.end)
    if ahead is None:
        return None
    written = next((value for key, value in ahead.groupdict().items() if value and key.startswith("month")), None)
    second = int(context.grammar.meaning("month", written)) if written else month
    year = int(ahead["year"])
    over = second < month and ahead["and"] is None  # "December to March 1945" began the year before
    return cal.made(year - over, month, day)


def reached(turns: list[Period], context: Context, *, before: bool = False, since: bool = False) -> Period | None:
    """Of one month or day in several years the one the history has come to: a step on is likelier than one back.

    `before`: it is told as what lay before ("had spent the spring"). `since`: as what something lasts from, which does
    not lie far ahead."""
    told = context.reached
    if told is None or not turns:
        return None
    if told.period.unit == "year":
        return next((turn for turn in turns if turn.first.year == told.period.first.year), None)
    here = told.period.first

    def distance(turn: Period) -> int:
        days = (
            (turn.first - here).days
            if turn.unit == "day" or told.period.unit != "day"
            else _months(here, turn.first) * 30
        )
        return days if days >= 0 else -BACK_COSTS * days

    known = [turn for turn in turns if context.dct is None or turn.first <= context.dct] or turns
    if before:
        known = [turn for turn in known if turn.first <= here] or known
    if since:
        known = [turn for turn in known if (turn.first - here).days <= SOON_DAYS] or known
    return min(known, key=distance)


def had_been(span: Span, context: Context) -> bool:
    """Whether the verb before an expression tells of what lay before."""
    return context.grammar.pattern("had-before").search(context.left(span.start)) is not None


def _since(span: Span, context: Context) -> bool:
    """Whether something lasts from it on: what the telling has come to lies behind it."""
    return context.grammar.pattern("since-before").search(context.left(span.start)) is not None


def _months(here: date, there: date) -> int:
    return (there.year - here.year) * 12 + there.month - here.month


def told_year(span: Span, context: Context) -> Told | None:
    """The full date told before whose year the expression takes over, if any.

    In a report with a known date only one in the same sentence counts; otherwise one in the paragraph.
    """
    told = context.told_with_year
    if context.history or told is None or told.paragraph != context.paragraph:
        return None
    if context.way(span.start, span.end, sure=True) == "future":
        return None
    if context.dct is None:
        return told
    near = span.start - told.span.end <= len(context.left(span.start))
    fine = told.period.unit in ("day", "month")
    return told if near and fine and told.period.first.year < context.dct.year else None


@lru_cache(maxsize=1024)
def _turn(base: date, month: int, day: int | None, direction: int) -> Period | None:
    """The nearest such month or day at or before (-1), at or after (1) `base`."""
    for step in range(0, 9):
        period = cal.made(base.year + direction * step, month, day)
        if period is None:
            continue
        if (direction < 0 and (period.first <= base)) or (direction > 0 and period.last >= base):
            return period
    return None
