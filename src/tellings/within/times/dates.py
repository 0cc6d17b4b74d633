"""Calendar dates: what is written, and what is missing concluded from context, or left as X."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from tellings.model.rules import lowered
from tellings.model.text import Span
from tellings.within.times import calendar as cal
from tellings.within.times.calendar import Period
from tellings.within.times.context import Context, Told
from tellings.within.times.grammar import Compiled
from tellings.within.times.observances import resolve_named
from tellings.within.times.sense import (
    A_THING,
    NOTHING_TOLD,
    UNKNOWN_DATE,
    UNKNOWN_YEAR,
    Groups,
    Sense,
    at,
    placed,
    unplaced,
)
from tellings.within.times.years import SOON_DAYS, had_been, on_weekday, reached, told_year, without_year

#: A weekday counts from the document date for so many days.
WEEKDAYS_REACH = 14
#: Characters between two years of one range, or of one list.
BESIDE = 8
#: Countries that write the month first in figures.
MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW"})
BEFORE_COMMON_ERA = "a date before the common era has no place on this calendar"
#: Years before this count without a preposition only in a history.
FIRST_BARE_YEAR = 1900


_OFFSET = re.compile(r"([+-])\s?(\d{1,2}):?(\d\d)?\Z")


def zone(written: str) -> str:
    """ISO 8601-1 zone: "Z", or hours from it; letters such as EST mean several zones and add nothing."""
    if offset := _OFFSET.search(written):
        return f"{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}"
    return "Z" if written.upper() in ("UTC", "GMT", "Z") else ""


def part_of(groups: Groups, context: Context) -> str | None:
    """The part of the day that is written, as TIMEX3 has it ("TNI")."""
    written = groups.get("daypart") or groups.get("daypart_2")
    return str(context.grammar.meaning("daypart", written)) if written else None


def resolve_date(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """Calendar parts as written; what is missing is concluded from context, or left as X.

    1. before the common era; 2. decades and centuries; 3. figures that say it all; 4. a month or season of a year
    before the common era; 5. named days, seasons, quarters; 6. years, months, days, weekdays
    """
    # 1. before the common era
    if groups.keys() & {"bc", "century_bc", "decade_bc"}:
        return _of_old(groups, span, context)
    # 2. decades and centuries
    if any(key in groups for key in ("decade", "short_decade", "decade_word")):
        return placed(cal.holding(date(_decade_year(groups, context), 1, 1), "decade"), full=True)
    if "century" in groups or "century_word" in groups:
        return _century(groups, context)
    # 3. figures
    year = _year(groups, context)
    if "slash_1" in groups:
        return _slashed(groups, year, context)
    if year is not None and any(key in groups for key in ("week_number", "short_quarter", "short_half")):
        return _numbered(groups, year)
    # 4. of the year last told
    partial = "season" in groups or ("month" in groups and "day" not in groups)
    if year is None and context.before_common_era and partial:
        return _part_of_old_year(groups, span, context)
    # 5. named
    if "named" in groups:
        return at(resolve_named(groups, span, context, year), part_of(groups, context))
    if "season" in groups:
        return _season(rule, groups, year, span, context)
    if "quarter" in groups:
        return _quarter(groups, year, span, context)
    # 6. years, months, days
    return _calendar_day(rule, groups, year, span, context)


def _of_old(groups: Groups, span: Span, context: Context) -> Sense:
    """A year or a century before the common era; later words count from the year unless it only lay before."""
    if "decade_bc" in groups:
        context.before_common_era = int(groups["decade_bc"])
        return unplaced("DATE", f"BC{int(groups['decade_bc']) // 10:03d}", BEFORE_COMMON_ERA)
    if "bc" not in groups:
        return unplaced("DATE", f"BC{max(0, int(groups['century']) - 1):02d}", BEFORE_COMMON_ERA)
    year, reached_year = int(groups["bc"]), context.before_common_era
    context.before_common_era = year
    sense = unplaced("DATE", _before_common_era(groups, context), BEFORE_COMMON_ERA)
    if 0 < reached_year < year and context.is_background(span.start):
        context.before_common_era = reached_year
    return sense


def _part_of_old_year(groups: Groups, span: Span, context: Context) -> Sense | None:
    if "month" in groups and not _month_believed(groups["month"], span, context):
        return None
    if context.grammar.known("season", groups.get("season", "")) == "WI" and context.before_common_era > 1:
        context.before_common_era -= 1  # most of its days, and what is told next, are of the year after
    return unplaced("DATE", _before_common_era(groups, context), BEFORE_COMMON_ERA, inferred=True)


def _century(groups: Groups, context: Context) -> Sense | None:
    written = groups.get("century")
    number = int(written) if written else int(context.grammar.meaning("century_word", groups["century_word"]))
    return placed(cal.holding(date((number - 1) * 100 or 1, 1, 1), "century")) if 1 <= number <= 30 else None


def _numbered(groups: Groups, year: int) -> Sense | None:
    """ "2014-W19", "Q3 2014", "H1 2014"."""
    if "week_number" in groups:
        return placed(cal.numbered_week(year, int(groups["week_number"])), full=True)
    if "short_quarter" in groups:
        return placed(cal.holding(date(year, int(groups["short_quarter"]) * 3, 1), "quarter"), full=True)
    return placed(cal.holding(date(year, int(groups["short_half"]) * 6, 1), "half"), full=True)


def _season(rule: Compiled, groups: Groups, year: int | None, span: Span, context: Context) -> Sense | None:
    if rule.rule.name == "season-of-a-history" and not (context.history and context.reached):
        return None
    name = str(context.grammar.meaning("season", groups["season"]))
    if year is None and context.grammar.pattern("kind-of-season-after").match(context.text, span.end):
        return unplaced("DATE", f"XXXX-{name}", A_THING)
    if year is None:
        return _bare_season(name, span, context)
    return placed(cal.season(year, name), ambiguous=name == "WI", full=True)


def _calendar_day(rule: Compiled, groups: Groups, year: int | None, span: Span, context: Context) -> Sense | None:
    """A year, month, day or weekday, as far as it is written."""
    month, day = _month(groups, context), _day(groups)
    if month is not None and "day_word" in groups:
        day = int(context.grammar.meaning("day_word", groups["day_word"]))
    if year is not None and month is None and "month_number" not in groups:
        return _year_alone(rule, groups, year, span, context)
    if "month_number" in groups:
        month = int(groups["month_number"])
    if month is None and day is not None and "weekday" not in groups:
        return _of_month_told(day, span, context)
    if month is None:
        return at(_weekday(groups, span, context), part_of(groups, context))
    if year is not None:
        return _with_year(groups, year, month, day, context)
    if day is None and not _month_believed(groups["month"], span, context):
        return None
    sense = without_year(month, day, span, context)
    if sense is not None and "weekday" in groups:
        sense = on_weekday(sense, int(context.grammar.meaning("weekday", groups["weekday"])), span, context)
    if sense is not None and "week_of" in groups and sense.period is not None:
        week = cal.holding(sense.period.first, "week")
        sense = replace(sense, value=week.value, interval=week.interval, period=week) if week else sense
    return at(sense, part_of(groups, context))


def _of_month_told(day: int, span: Span, context: Context) -> Sense | None:
    """ "on the 20th", of the month told last."""
    told = context.last_told(span.start, ("day", "month"))
    if told is None:
        return unplaced("DATE", None, UNKNOWN_DATE)
    return placed(cal.made(told.period.first.year, told.period.first.month, day), inferred=True, anchor=told.span)


def _year_alone(rule: Compiled, groups: Groups, year: int, span: Span, context: Context) -> Sense | None:
    if rule.rule.name == "bare-year" and year < FIRST_BARE_YEAR and not context.history:
        told = context.told[-1] if context.told else None  # "from 1861 to 1865"
        if told is None or told.period.unit != "year" or span.start - told.span.end > BESIDE:
            return None
    if "prefixed" in groups:
        return placed(cal.made(year), mod=str(context.grammar.meaning("year_prefix", groups["prefixed"])))
    return placed(cal.made(year), full=True)


def _with_year(groups: Groups, year: int, month: int, day: int | None, context: Context) -> Sense | None:
    period = cal.made(year, month, day)
    if "week_of" in groups and period is not None:
        period = cal.holding(period.first, "week")
    sense = placed(period, full=True)
    if sense is not None and "clock" in groups:
        return at(sense, "T" + groups["clock"] + zone(groups.get("zone", "")))
    return at(sense, part_of(groups, context))


def _slashed(groups: Groups, year: int | None, context: Context) -> Sense | None:
    """ "4/3/2014": by the country of the publisher; unknown, by what the text shows, else as in the United States."""
    one, two = int(groups["slash_1"]), int(groups["slash_2"])
    month_first = groups["slash"] != "." and (context.country or "US") in MONTH_FIRST
    if max(one, two) > 12:
        month_first = two > 12
    month, day = (one, two) if month_first else (two, one)
    unsure = context.country is None and groups["slash"] != "." and max(one, two) <= 12 and one != two
    return placed(cal.made(year, month, day), full=True, ambiguous=unsure) if year is not None else None


def _before_common_era(groups: Groups, context: Context) -> str:
    """The value of a month, season or year of the year before the common era last told."""
    value = f"BC{context.before_common_era:04d}"
    if "month" in groups:
        return f"{value}-{int(context.grammar.meaning('month', groups['month'])):02d}"
    if "season" in groups:
        return f"{value}-{context.grammar.meaning('season', groups['season'])}"
    return value


def _decade_year(groups: Groups, context: Context) -> int:
    if "decade" in groups:
        return int(groups["decade"])
    if "short_decade" in groups:
        return 1900 + int(groups["short_decade"])
    return int(context.grammar.meaning("decade_word", groups["decade_word"]))


def _year(groups: Groups, context: Context) -> int | None:
    if written := groups.get("year"):
        return cal.whole_year(int(written))
    if "apostrophe_year" in groups:
        short = int(groups["apostrophe_year"])
        if context.history and context.reached is not None:
            return context.reached.period.first.year // 100 * 100 + short
        return (1900 if short >= 30 else 2000) + short
    if "year_century" in groups:
        words = context.grammar.numbers
        century, tens = words[lowered(groups["year_century"])] * 100, words[lowered(groups["year_tens"])]
        return int(century + tens + words.get(lowered(groups.get("year_ones", "")), 0))
    if "year_thousand" in groups:
        return 2000 + context.grammar.numbers.get(lowered(groups.get("year_ones", "")), 0)
    which = context.grammar.known("which_year", groups.get("which_year", ""))
    return context.dct.year + int(which) if which is not None and context.dct else None


def _month(groups: Groups, context: Context) -> int | None:
    written = groups.get("month") or groups.get("month_2")
    return int(context.grammar.meaning("month", written)) if written else None


def _day(groups: Groups) -> int | None:
    written = groups.get("day")
    if written is None and "month_2" in groups:
        written = groups.get("day_2")
    return int(re.sub(r"\D", "", written)) if written else None


_COMMON_AFTER = re.compile(r"\s+[a-z]{3,}")
_NAME_BEFORE = re.compile(r"\b[A-Z][a-z]+\s+\Z")
_NAME_AFTER = re.compile(r"\s+[A-Z][a-z]+")


def _month_believed(written: str, span: Span, context: Context) -> bool:
    """A bare month that is also a name or a verb needs a word of time before it, and no name around it."""
    before = context.text[max(context.paragraph_start, span.start - 24) : span.start]
    timely = context.grammar.pattern("time-word-before").search(before) is not None
    if context.grammar.year_ahead.match(context.text, span.end):  # "May-August 1950"
        return True
    if written.lower().rstrip(".") in context.grammar.name_month:
        if context.grammar.pattern("sure-time-word-before").search(before):
            return True
        if context.grammar.pattern("determiner-before").search(before) and _COMMON_AFTER.match(
            context.text, span.end
        ):  # "its May meeting"
            return True
        if context.grammar.pattern("the-before").search(before):  # "along the March"
            return False
        return timely and not _NAME_AFTER.match(context.text, span.end)
    return not (_NAME_BEFORE.search(before) and not timely and not before.strip().endswith("."))


def _weekday(groups: Groups, span: Span, context: Context) -> Sense | None:
    """The latest such day up to the document date, the next one only where the verb surely tells of what comes."""
    weekday = int(context.grammar.meaning("weekday", groups["weekday"]))
    if context.dct is None:
        return unplaced("DATE", None, UNKNOWN_DATE)
    told = _told_beside(span, context)
    if told is not None:
        day = cal.weekday_near(told.period.first, weekday, 1, same=False)
        return placed(Period("day", day), inferred=True, ambiguous=True, anchor=told.span) if day else None
    if context.history:
        return _weekday_of_a_history(weekday, span, context)
    if context.dct.isoweekday() == weekday:
        return placed(Period("day", context.dct), inferred=True)
    owns = context.grammar.pattern("possessive-after").match(context.text, span.end)  # "Wednesday's ruling" was given
    ahead = not owns and context.way(span.start, span.end, sure=True) == "future"
    day = cal.weekday_near(context.dct, weekday, 1 if ahead else -1, same=False)
    return placed(Period("day", day), inferred=True) if day else None


def _weekday_of_a_history(weekday: int, span: Span, context: Context) -> Sense:
    """The day told last where it was one, else the next after it: a history counts from no day of writing."""
    told = context.last_told(span.start, ("day",))
    if told is None or told.paragraph != context.paragraph:
        return unplaced("DATE", None, NOTHING_TOLD)
    day = cal.weekday_near(told.period.first, weekday, 1, same=True)
    sense = placed(Period("day", day) if day else None, inferred=True, ambiguous=True, anchor=told.span)
    return sense or unplaced("DATE", None, NOTHING_TOLD)


def _quarter_of(year: int, month: int, kind: cal.Unit) -> Period | None:
    first = cal.made(year, month)
    return cal.holding(first.first, kind) if first else None


def _soon(period: Period, span: Span, context: Context) -> bool:
    """Whether a quarter begins soon, and its last one is long past and not told as over."""
    assert context.dct is not None
    ahead = (period.first - context.dct).days
    return 0 < ahead < SOON_DAYS and not context.grammar.pattern("has-ended").match(context.text, span.end)


def _told_beside(span: Span, context: Context) -> Told | None:
    """A day told before in the same sentence, longer ago than weekdays are counted: "Sunday" then follows it."""
    told = context.told_beside(span.start, "day")
    past = told is not None and context.dct is not None and (context.dct - told.period.first).days > WEEKDAYS_REACH
    return told if told is not None and told.explicit and past else None


def _bare_season(name: str, span: Span, context: Context) -> Sense | None:
    if (ahead := context.grammar.year_ahead.match(context.text, span.end)) is not None:
        return placed(cal.season(int(ahead["year"]), name), inferred=True)
    if told := told_year(span, context):
        return placed(cal.season(told.period.first.year, name), inferred=True, anchor=told.span)
    if context.history and (year := context.grammar.pattern("year-of-its-thing").match(context.text, span.end)):
        return placed(cal.season(int(year["year"]), name), inferred=True)
    if context.history and context.reached is not None:
        return _season_reached(name, span, context, context.reached)
    base = context.dct or context.not_after
    if base is None:
        return unplaced("DATE", f"XXXX-{name}", UNKNOWN_YEAR)
    this = cal.season(base.year, name)
    if this is None:
        return None
    tense = context.way(span.start, span.end) if context.dct else "past"
    if this.first > base:
        period = this if tense == "future" else this.shifted(-4)
    else:
        period = this.shifted(4) if tense == "future" and this.last < base else this
    return placed(period, inferred=True)


def _season_reached(name: str, span: Span, context: Context, told: Told) -> Sense | None:
    """The season that a history has come to; a winter has the year in which most of its days lie."""
    turns = (cal.season(told.period.first.year + step, name) for step in (0, 1, -1))
    period = reached([turn for turn in turns if turn is not None], context, before=had_been(span, context))
    sense = placed(period, inferred=True, anchor=told.span)
    if sense is None or period is None or period.last.year == period.first.year:
        return sense
    return replace(sense, value=f"{period.last.year:04d}-{name}")


def _quarter(groups: Groups, year: int | None, span: Span, context: Context) -> Sense | None:
    unit = str(context.grammar.meaning("report", groups["quarter"]))
    months = 3 if unit == "quarter" else 6
    number = 12 // months if groups.get("final") else int(context.grammar.meaning("ordinal", groups["ordinal"]))
    if number > 12 // months:
        return None
    first_month = (number - 1) * months + 1
    kind: cal.Unit = "quarter" if unit == "quarter" else "half"
    if year is not None:
        return placed(_quarter_of(year, first_month, kind), full=True)
    if unit == "half" and not context.grammar.pattern("of-the-year").search(context.text, span.start, span.end + 14):
        return None  # of a match, mostly
    if context.dct is None:
        return unplaced("DATE", f"XXXX-Q{number}" if unit == "quarter" else f"XXXX-H{number}", UNKNOWN_DATE)
    period = cal.holding(date(context.dct.year, first_month, 1), kind)
    if period is None:
        return None
    way = context.way(span.start, span.end)
    future = way == "future" or (way is None and _soon(period, span, context))
    if period.first > context.dct and not future:
        period = _quarter_of(context.dct.year - 1, first_month, kind)
    elif period.last < context.dct and future and (context.dct - period.last).days > 120:
        period = _quarter_of(context.dct.year + 1, first_month, kind)
    return placed(period, inferred=True)
