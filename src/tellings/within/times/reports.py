"""Periods of company reports: "the latest quarter", "the year-ago period", "the 1988 quarter".

A report tells of one period and compares it with the same one a year before. What is told only to
compare is never counted from, so that "a year earlier" said twice means the same year twice.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tellings.model.text import Span
from tellings.within.times import calendar as cal
from tellings.within.times.calendar import Period
from tellings.within.times.context import TOLD_REACH, Context, Told
from tellings.within.times.grammar import Compiled
from tellings.within.times.sense import UNKNOWN_DATE, Groups, Sense, placed, unplaced

#: Characters around a comparison in which money, shares or sales show that it is one of results.
_MONEY_REACH = 120


def resolve_report(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """A period of a report, as `Sense`; without any told before, the last quarter over at the document date."""
    report = context.grammar.known("report", groups.get("report", ""))
    told = context.last_told(span.start, ("month",)) if report == "month" else of_report(span, context)
    if report == "period" and "compared" in groups:
        told = context.told_beside(span.start, "month") or told  # "in June from the same period last year"
    quarterly = report == "quarter"
    period: Period | None
    if "ordinal" in groups:
        return _numbered(groups, context)
    if "ended" in groups:
        period = _ended(groups, span, context)
    elif told is not None and (told.period.unit == "quarter" or not quarterly):
        period = told.period
    elif not quarterly and "compared" not in groups:
        return placed(cal.made(int(groups["year"])), full=True) if "year" in groups else None
    elif context.dct is None:
        return unplaced("DATE", None, UNKNOWN_DATE)
    elif quarterly:
        here = cal.holding(context.dct, "quarter")
        period = here.shifted(-1) if here else None
    else:
        period = cal.holding(context.dct, "year")
    if period is None:
        return None
    anchor = told.span if told is not None and "ended" not in groups else None
    if "year" in groups:
        year = int(groups["year"])
        period = period.shifted(_per_year(period) * (year - period.first.year))
        return placed(period, anchor=anchor, inferred=True, compared=context.dct is None or year < context.dct.year)
    if "compared" in groups:
        return year_before(period, anchor)
    return placed(period, anchor=anchor, inferred=True)


def _numbered(groups: Groups, context: Context) -> Sense | None:
    """ "the year-ago third quarter": the last third quarter that had begun at the document date, a year before."""
    if context.dct is None:
        return unplaced("DATE", None, UNKNOWN_DATE)
    unit: cal.Unit = context.grammar.meaning("report", groups["report"])
    months = 3 if unit == "quarter" else 6
    month = (int(context.grammar.meaning("ordinal", groups["ordinal"])) - 1) * months + 1
    if month > 12:
        return None
    first = cal.made(context.dct.year - (month > context.dct.month), month)
    period = cal.holding(first.first, unit) if first else None
    return year_before(period, None) if period else None


def of_report(span: Span, context: Context) -> Told | None:
    """The period the report tells of: the latest quarter told, else the last year or fiscal year."""
    if months := _of_months(span, context):
        return months
    near: list[Told] = []
    for told in reversed(context.told):
        if span.start - told.span.end > TOLD_REACH:
            break
        if told.period.unit in ("quarter", "half") and not told.compared:
            near.append(told)
    over = [told for told in near if _is_over(told, context)]
    if near:
        return max(over or near, key=lambda told: told.period.first)
    return context.last_told(span.start, ("year",))


def _of_months(span: Span, context: Context) -> Told | None:
    """The year of "the first nine months" told before in the sentence: they make no period of the calendar."""
    left = context.sentence(span.start)
    told = context.grammar.pattern("months-of-a-report").search(left)
    if told is None or context.dct is None:
        return None
    begin = span.start - len(left) + told.start()
    year = cal.made(context.dct.year)
    return Told(Span(begin, begin + len(told.group())), year, False, context.paragraph) if year else None


def _is_over(told: Told, context: Context) -> bool:
    """Whether a quarter lies behind the document date, or is said to: a company's fourth may be over in September."""
    over = context.dct is None or told.period.last <= context.dct
    return over or context.grammar.pattern("has-ended").match(context.text, told.span.end) is not None


def compares_results(span: Span, context: Context) -> bool:
    """Whether money or sales stand around an expression: then "a year earlier" compares results."""
    around = context.text[max(context.paragraph_start, span.start - _MONEY_REACH) : span.end + _MONEY_REACH // 2]
    return context.grammar.pattern("result-around").search(around) is not None


def year_before(period: Period, anchor: Span | None) -> Sense | None:
    """The same period a year before, told to compare."""
    sense = placed(period.shifted(-_per_year(period)), anchor=anchor, inferred=True)
    return replace(sense, compared=True) if sense else None


def _per_year(period: Period) -> int:
    return {"quarter": 4, "half": 2, "month": 12, "season": 4}.get(period.unit, 1)


def _ended(groups: Groups, span: Span, context: Context) -> Period | None:
    """The calendar quarter that holds the middle of "the quarter ended July 31"; of a year, the year it ends in."""
    after = context.text[span.end : span.end + 40]
    ended = context.grammar.pattern("ended-after").match(after)
    if ended is None or context.dct is None:
        return None
    month = int(context.grammar.meaning("month", ended["month"]))
    year = context.dct.year - (month > context.dct.month and ended["coming"] is None)
    written = re.search(r"\b(?:19|20)\d\d\b", after)
    middle = cal.made(int(written[0]) if written else year, month)
    if middle is None:
        return None
    if context.grammar.known("report", groups["report"]) == "year":
        return cal.holding(middle.first, "year")
    middle = middle.shifted(-1)
    return cal.holding(middle.first, "quarter") if middle else None
