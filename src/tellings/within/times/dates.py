"""Calendar dates: what is written, and what is missing concluded from context, or left as X."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from tellings.model.text import Span
from tellings.within.times import calendar as cal
from tellings.within.times.calendar import Period
from tellings.within.times.context import Context, Told
from tellings.within.times.grammar import Compiled
from tellings.within.times.sense import UNKNOWN_DATE, UNKNOWN_YEAR, Groups, Sense, at, placed, unplaced

BEFORE_COMMON_ERA = "a date before the common era has no place on this calendar"
#: A bare month and day this many days ahead, and its last return this long past, is taken as coming (tuned on news).
SOON_DAYS, LONG_PAST_DAYS = 60, 250
#: What is told as coming lies at most so many days ahead.
COMING_DAYS = 300
#: Years before this count without a preposition only in a history.
FIRST_BARE_YEAR = 1900
#: In a history a step back costs so many times a step on.
BACK_COSTS = 3


def part_of(groups: Groups, context: Context) -> str | None:
    """The part of the day that is written, as TIMEX3 has it ("TNI")."""
    written = groups.get("daypart")
    return str(context.grammar.meaning("daypart", written)) if written else None


def resolve_date(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """Calendar parts as written; what is missing is concluded from context, or left as X."""
    lists = context.grammar.meaning
    part = part_of(groups, context)
    if "bc" in groups:
        context.before_common_era = int(groups["bc"])
        return unplaced("DATE", _before_common_era(groups, context), BEFORE_COMMON_ERA)
    if "century_bc" in groups:
        return unplaced("DATE", f"BC{max(0, int(groups['century']) - 1):02d}", BEFORE_COMMON_ERA)
    if "decade" in groups or "short_decade" in groups or "decade_word" in groups:
        return placed(cal.holding(date(_decade_year(groups, context), 1, 1), "decade"), full=True)
    if "century" in groups or "century_word" in groups:
        words = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
        number = (
            int(groups["century"])
            if "century" in groups
            else words[re.sub(r"\s+", "-", groups["century_word"].lower())]
        )
        return placed(cal.holding(date((number - 1) * 100 or 1, 1, 1), "century")) if 1 <= number <= 30 else None
    year = _year(groups, context)
    if (
        year is None
        and context.before_common_era
        and ("season" in groups or ("month" in groups and "day" not in groups))
    ):
        if "month" in groups and not _month_believed(groups["month"], span, context):
            return None
        return unplaced("DATE", _before_common_era(groups, context), BEFORE_COMMON_ERA, inferred=True)
    if "named" in groups:
        return at(_named(groups, span, context, year), part)
    if "season" in groups:
        name = str(lists("season", groups["season"]))
        if year is None:
            return _bare_season(name, span, context)
        return placed(cal.season(year, name), ambiguous=name == "WI", full=True)
    if "quarter" in groups:
        return _quarter(groups, year, span, context)
    month = _month(groups, context)
    day = _day(groups)
    if month is not None and day is not None and "ordinal" in groups:
        day = int(lists("ordinal", groups["ordinal"]))
    if month is not None and "ordinal" in groups and day is None:
        day = int(lists("ordinal", groups["ordinal"]))
    if year is not None and month is None and "month_number" not in groups:
        if rule.rule.name == "bare-year" and year < FIRST_BARE_YEAR and not context.history:
            return None
        if "prefixed" in groups:
            return placed(cal.made(year), mod="AFTER" if groups["prefixed"].lower() == "post" else "BEFORE")
        return placed(cal.made(year), full=True)
    if "month_number" in groups:
        month = int(groups["month_number"])
    if month is None:
        return at(_weekday(groups, span, context), part)
    if year is not None:
        period = cal.made(year, month, day)
        if "week_of" in groups and period is not None:
            period = cal.holding(period.first, "week")
        twelve = rule.rule.name == "slash-date" and (day or 13) <= 12 and day != month
        sense = placed(period, full=True, ambiguous=twelve)
        if sense is not None and "clock" in groups:
            return at(sense, "T" + groups["clock"] + ("Z" if groups.get("zulu") else ""))
        return at(sense, part)
    if day is None and not _month_believed(groups["month"], span, context):
        return None
    sense = without_year(month, day, span, context)
    if sense is not None and "week_of" in groups and sense.period is not None:
        week = cal.holding(sense.period.first, "week")
        sense = replace(sense, value=week.value, interval=week.interval, period=week) if week else sense
    return at(sense, part)


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
    order = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    return 1920 + 10 * order.index(groups["decade_word"].lower())


def _year(groups: Groups, context: Context) -> int | None:
    if written := groups.get("year"):
        year = int(written)
        return year if year > 99 else (1900 if year >= 50 else 2000) + year
    if "apostrophe_year" in groups:
        short = int(groups["apostrophe_year"])
        return (1900 if short >= 30 else 2000) + short
    if "year_century" in groups:
        words = context.grammar.rules.meanings("number_word")
        century = words[groups["year_century"].lower()] * 100
        return int(century + words[groups["year_tens"].lower()] + words.get(groups.get("year_ones", "zero").lower(), 0))
    if (which := groups.get("which_year")) and context.dct and which.lower() != "that":
        return context.dct.year + {"last": -1, "this": 0, "next": 1}[which.lower()]
    return None


def _month(groups: Groups, context: Context) -> int | None:
    written = groups.get("month") or groups.get("month_2")
    return int(context.grammar.meaning("month", written)) if written else None


def _day(groups: Groups) -> int | None:
    written = groups.get("day")
    if written is None and "month_2" in groups:
        written = groups.get("day_2")
    return int(re.sub(r"\D", "", written)) if written else None


_TIME_WORD = re.compile(
    r"\b(?:in|since|until|till|by|of|from|last|next|this|late|early|mid|through|and|or|to|during|before|after|between|on|for|earlier|later|the|every|each|past|around)(?:[\s-]+|\s+the\s+)\Z",
    re.IGNORECASE,
)


_SURE_TIME_WORD = re.compile(r"\b(?:in|since|until|till|during|last|next|this|early|late|mid)[\s-]+\Z", re.IGNORECASE)
_DETERMINER = re.compile(r"\b(?:a|the|its|his|her|their|our|that|this)\s+\Z", re.IGNORECASE)
_COMMON_AFTER = re.compile(r"\s+[a-z]{3,}")
_NAME_BEFORE = re.compile(r"\b[A-Z][a-z]+\s+\Z")


_NAME_AFTER = re.compile(r"\s+[A-Z][a-z]+")


def _month_believed(written: str, span: Span, context: Context) -> bool:
    """A bare month that is also a name or a verb needs a word of time before it, and no name around it."""
    before = context.text[max(context.paragraph_start, span.start - 24) : span.start]
    if written.lower().rstrip(".") in context.grammar.name_month:
        if _SURE_TIME_WORD.search(before):
            return True
        if _DETERMINER.search(before) and _COMMON_AFTER.match(context.text, span.end):  # "its May meeting"
            return True
        return bool(_TIME_WORD.search(before)) and not _NAME_AFTER.match(context.text, span.end)
    return not (_NAME_BEFORE.search(before) and not _TIME_WORD.search(before) and not before.strip().endswith("."))


def without_year(month: int, day: int | None, span: Span, context: Context) -> Sense | None:
    """A month (and day) without its year: told beside it or just before, nearest the document date, or unknown."""
    if cal.made(2000, month, day) is None:
        return None
    unknown = f"XXXX-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    if period := year_ahead(month, day, span, context):
        return placed(period, inferred=True)
    if told := told_year(span, context):
        period = cal.made(told.period.first.year, month, day)
        if period is not None:
            return placed(period, inferred=True, anchor=told.span)
    if context.history and context.reached is not None:
        turns = (cal.made(context.reached.period.first.year + step, month, day) for step in (0, 1, -1))
        period = reached([turn for turn in turns if turn is not None], context)
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
    elif (
        context.dct is not None and (base - past.first).days > LONG_PAST_DAYS and (coming.first - base).days < SOON_DAYS
    ):
        period, ambiguous = coming, True
    else:
        period = past
    if period is None:
        return unplaced("DATE", unknown, "there is no such day near the date of this part")
    if context.dct is None and context.not_before and period.last < context.not_before:
        return unplaced("DATE", unknown, UNKNOWN_YEAR)
    return placed(period, inferred=True, ambiguous=ambiguous)


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


def reached(turns: list[Period], context: Context) -> Period | None:
    """Of one month or day in several years the one the history has come to: a step on is likelier than one back."""
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
    return min(known, key=distance)


def _months(here: date, there: date) -> int:
    return (there.year - here.year) * 12 + there.month - here.month


def told_year(span: Span, context: Context) -> Told | None:
    """The full date told before whose year the expression takes over, if any.

    In a report with a known date only one in the same sentence counts; otherwise one in the paragraph.
    """
    if context.history or context.way(span.start, span.end, sure=True) == "future":
        return None
    for told in reversed(context.told):
        if not told.explicit or told.period.unit in ("decade", "century"):
            continue
        same_paragraph = told.paragraph == context.paragraph
        if context.dct is None:
            return told if same_paragraph else None
        near = span.start - told.span.end <= len(context.left(span.start))
        fine = told.period.unit in ("day", "month")
        return told if same_paragraph and near and fine and told.period.first.year < context.dct.year else None
    return None


def _turn(base: date, month: int, day: int | None, direction: int) -> Period | None:
    """The nearest such month or day at or before (-1), at or after (1) `base`."""
    for step in range(0, 9):
        period = cal.made(base.year + direction * step, month, day)
        if period is None:
            continue
        if (direction < 0 and (period.first <= base)) or (direction > 0 and period.last >= base):
            return period
    return None


def _weekday(groups: Groups, span: Span, context: Context) -> Sense | None:
    """The latest such day up to the document date, the next one only where the verb surely tells of what comes."""
    weekday = int(context.grammar.meaning("weekday", groups["weekday"]))
    if context.dct is None:
        return unplaced("DATE", None, UNKNOWN_DATE)
    if context.dct.isoweekday() == weekday:
        return placed(Period("day", context.dct), inferred=True)
    owns = context.text.startswith(("'s", "’s"), span.end)  # "Wednesday's ruling" was given
    ahead = not owns and context.way(span.start, span.end, sure=True) == "future"
    day = cal.weekday_near(context.dct, weekday, 1 if ahead else -1, same=False)
    return placed(Period("day", day), inferred=True) if day else None


def _named(groups: Groups, span: Span, context: Context, year: int | None) -> Sense | None:
    code = str(context.grammar.meaning("named", groups["named"]))
    part = (groups.get("named_part") or "").lower()
    if part == "eve":
        code = {"01-01": "12-31", "12-25": "12-24", "10-31": "10-30"}.get(code, code)
    inferred, ambiguous, anchor = year is None, False, None
    if year is None and (told := told_year(span, context)):
        year, anchor = told.period.first.year, told.span
    if year is None:
        base = context.dct or context.not_after
        if base is None:
            value = f"XXXX-{code}" if re.fullmatch(r"\d\d-\d\d", code) else None
            return unplaced("DATE", value, UNKNOWN_YEAR)
        day = _nearest_named(code, base, context, span)
        ambiguous = context.dct is None
    else:
        day = cal.named_day(code, year)
    if day is None:
        return None
    period = around_named(day, part)
    sense = placed(period, inferred=inferred, ambiguous=ambiguous, anchor=anchor, full=not inferred)
    return at(sense, {"night": "TNI", "evening": "TEV", "morning": "TMO"}.get(part))


def _nearest_named(code: str, base: date, context: Context, span: Span) -> date | None:
    past = next(
        (day for year in (base.year, base.year - 1) if (day := cal.named_day(code, year)) and day <= base), None
    )
    coming = next(
        (day for year in (base.year, base.year + 1) if (day := cal.named_day(code, year)) and day >= base), None
    )
    if past is None or coming is None or context.dct is None:
        return past or (coming if context.dct else None)
    tense = context.way(span.start, span.end)
    soon = (base - past).days > LONG_PAST_DAYS and (coming - base).days < SOON_DAYS
    return coming if tense == "future" or soon else past


def around_named(day: date, part: str) -> Period | None:
    """The day itself, its week, or the weekend nearest to it (Tuesday and before: the one that went)."""
    if part == "weekend":
        weekday = day.isoweekday()
        nearest = cal.moved(day, "day", 6 - weekday if weekday in (4, 5, 6) else -weekday - 1 if weekday < 4 else -1)
        return Period("weekend", nearest) if nearest else None
    return cal.holding(day, "week" if part == "week" else "day")


def _bare_season(name: str, span: Span, context: Context) -> Sense | None:
    if (ahead := context.grammar.year_ahead.match(context.text, span.end)) is not None:
        return placed(cal.season(int(ahead["year"]), name), inferred=True)
    if told := told_year(span, context):
        return placed(cal.season(told.period.first.year, name), inferred=True, anchor=told.span)
    if context.history and context.reached is not None:
        turns = (cal.season(context.reached.period.first.year + step, name) for step in (0, 1, -1))
        return placed(
            reached([turn for turn in turns if turn is not None], context), inferred=True, anchor=context.reached.span
        )
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


def _quarter(groups: Groups, year: int | None, span: Span, context: Context) -> Sense | None:
    unit = groups["quarter"].lower()
    months = 3 if unit == "quarter" else 6
    number = 12 // months if groups.get("final") else int(context.grammar.meaning("ordinal", groups["ordinal"]))
    if number > 12 // months:
        return None
    first_month = (number - 1) * months + 1
    kind: cal.Unit = "quarter" if unit == "quarter" else "half"
    if year is not None:
        return placed(cal.holding(date(year, first_month, 1), kind), full=True)
    if unit == "half" and not re.search(r"\bof\s+the\s+year", context.text[span.start : span.end + 14]):
        return None  # of a match, mostly
    if context.dct is None:
        return unplaced("DATE", f"XXXX-Q{number}" if unit == "quarter" else f"XXXX-H{number}", UNKNOWN_DATE)
    period = cal.holding(date(context.dct.year, first_month, 1), kind)
    if period is None:
        return None
    future = context.way(span.start, span.end) == "future"
    if period.first > context.dct and not future:
        period = cal.holding(date(context.dct.year - 1, first_month, 1), kind)
    elif period.last < context.dct and future and (context.dct - period.last).days > 120:
        period = cal.holding(date(context.dct.year + 1, first_month, 1), kind)
    return placed(period, inferred=True)
