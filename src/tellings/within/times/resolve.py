"""What a found expression means: one function for each meaning named in data/en/time/dates.toml.

Every function gives a `Sense`. A date that cannot be placed gets value `None` (or a value with X for
what is unknown) and the reason; it is never placed against a date that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tellings.model.records import Interval, TimexType
from tellings.model.text import Span
from tellings.within.times import calendar as cal
from tellings.within.times import numbers
from tellings.within.times.calendar import Period
from tellings.within.times.grammar import Compiled, Grammar

#: A bare month and day this many days ahead, and its last return this long past, is taken as coming (tuned on news).
SOON_DAYS, LONG_PAST_DAYS = 60, 250
#: Characters of a sentence looked at, left of an expression, for the tense of its verb.
TENSE_REACH = 120
#: A told date further back than this many characters is no longer counted from.
TOLD_REACH = 1500
UNKNOWN_DATE = "the date of this part is unknown"

_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z])|\n\s*\n")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|No|vs|Inc|Corp|Co|Ltd)\.\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Sense:
    """What an expression means; fields as in `Timex`, and `period`, what later words can count from."""

    type: TimexType
    value: str | None = None
    interval: Interval | None = None
    period: Period | None = None
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    inferred: bool = False
    ambiguous: bool = False
    reason: str | None = None
    anchor: Span | None = None
    full: bool = False  # a day or month with its year written


@dataclass(frozen=True, slots=True)
class Told:
    """A date that later words can count from."""

    span: Span
    period: Period
    explicit: bool  # its year is written, or taken over from one that is
    paragraph: int


@dataclass(slots=True)
class Context:
    """Where an expression stands: the text, the document date or its bounds, the dates told so far."""

    text: str
    grammar: Grammar
    dct: date | None
    not_after: date | None = None
    not_before: date | None = None
    paragraph: int = 0
    paragraph_start: int = 0
    told: list[Told] = field(default_factory=list)
    years: list[int] = field(default_factory=list)

    def left(self, start: int) -> str:
        """The words of the sentence left of `start`, at most `TENSE_REACH` characters."""
        reach = self.text[max(self.paragraph_start, start - TENSE_REACH) : start]
        cut = 0
        for match in _SENTENCE_END.finditer(reach):
            if not _ABBREVIATION.search(reach[: match.start() + 1]):
                cut = match.end()
        return reach[cut:]

    def tense(self, start: int, end: int) -> str | None:
        """ "future" or "past", by the last cue before the expression, else the first after it."""
        cues = list(self.grammar.cues.finditer(self.left(start)))
        found = cues[-1] if cues else None
        if found is not None and found.group().lower() == "by" and any(cue["past"] for cue in cues):
            return "past"  # "had raised a lot by Friday"
        if found is None:
            right = self.text[end : end + TENSE_REACH // 2]
            if stop := _SENTENCE_END.search(right):
                right = right[: stop.start()]
            found = self.grammar.cues.search(right)
        if found is None:
            return None
        return "past" if found.lastgroup == "past" or (found["past"] and not found["future"]) else "future"

    def last_told(self, start: int, units: tuple[str, ...]) -> Told | None:
        """The last date told before `start` whose period is of one of `units`."""
        for told in reversed(self.told):
            if start - told.span.end > TOLD_REACH:
                return None
            if told.period.unit in units:
                return told
        return None

    def one_day_told(self, told: Told) -> bool:
        """Whether no day but `told`'s was told so far, or `told` stands in this paragraph: no doubt which is meant."""
        if told.paragraph == self.paragraph:
            return True
        return len({other.period.value for other in self.told if other.period.unit == "day"}) <= 1


Groups = dict[str, str]
Resolver = Callable[[Compiled, Groups, Span, Context], Sense | None]
_DAYPART_TYPES = ("TMO", "TAF", "TEV", "TNI", "TDT")


def _unplaced(kind: TimexType, value: str | None, reason: str, **fields: Any) -> Sense:
    return Sense(kind, value, reason=reason, **fields)


def _placed(period: Period | None, **fields: Any) -> Sense | None:
    return None if period is None else Sense("DATE", period.value, period.interval, period, **fields)


def _daypart(sense: Sense | None, part: str | None) -> Sense | None:
    """`sense` (a day) narrowed to a part of the day ("TNI") or a clock time ("T20:00")."""
    if sense is None or part is None:
        return sense
    if sense.value is None:
        return replace(sense, type="TIME")
    return replace(sense, type="TIME", value=sense.value + part)


# ---- date ---------------------------------------------------------------------------------


def resolve_date(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """Calendar parts as written; what is missing is concluded from context, or left as X."""
    lists = context.grammar.meaning
    part = _part_of(groups, context)
    if "bc" in groups:
        return _unplaced(
            "DATE", f"BC{int(groups['bc']):04d}", "a year before the common era has no place on this calendar"
        )
    if "decade" in groups or "short_decade" in groups or "decade_word" in groups:
        return _placed(cal.holding(date(_decade_year(groups, context), 1, 1), "decade"), full=True)
    if "century" in groups or "century_word" in groups:
        words = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
        number = (
            int(groups["century"])
            if "century" in groups
            else words[re.sub(r"\s+", "-", groups["century_word"].lower())]
        )
        return _placed(cal.holding(date((number - 1) * 100 or 1, 1, 1), "century")) if 1 <= number <= 30 else None
    year = _year(groups, context)
    if "named" in groups:
        return _daypart(_named(groups, span, context, year), part)
    if "season" in groups:
        name = str(lists("season", groups["season"]))
        if year is None:
            return _bare_season(name, span, context)
        return _placed(cal.season(year, name), ambiguous=name == "WI", full=True)
    if "quarter" in groups:
        return _quarter(groups, year, span, context)
    month = _month(groups, context)
    day = _day(groups)
    if month is not None and day is not None and "ordinal" in groups:
        day = int(lists("ordinal", groups["ordinal"]))
    if month is not None and "ordinal" in groups and day is None:
        day = int(lists("ordinal", groups["ordinal"]))
    if year is not None and month is None and "month_number" not in groups:
        return _placed(cal.made(year), full=True)
    if "month_number" in groups:
        month = int(groups["month_number"])
    if month is None:
        return _daypart(_weekday(groups, span, context), part)
    if year is not None:
        period = cal.made(year, month, day)
        if "week_of" in groups and period is not None:
            period = cal.holding(period.first, "week")
        twelve = rule.rule.name == "slash-date" and (day or 13) <= 12 and day != month
        sense = _placed(period, full=True, ambiguous=twelve)
        if sense is not None and "clock" in groups:
            return _daypart(sense, "T" + groups["clock"] + ("Z" if groups.get("zulu") else ""))
        return _daypart(sense, part)
    if day is None and not _month_believed(groups["month"], span, context):
        return None
    sense = _without_year(month, day, span, context)
    if sense is not None and "week_of" in groups and sense.period is not None:
        week = cal.holding(sense.period.first, "week")
        sense = replace(sense, value=week.value, interval=week.interval, period=week) if week else sense
    return _daypart(sense, part)


def _part_of(groups: Groups, context: Context) -> str | None:
    written = groups.get("daypart")
    return str(context.grammar.meaning("daypart", written)) if written else None


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
_NAME_BEFORE = re.compile(r"\b[A-Z][a-z]+\s+\Z")
_NAME_AFTER = re.compile(r"\s+[A-Z][a-z]+")


def _month_believed(written: str, span: Span, context: Context) -> bool:
    """A bare month that is also a name or a verb needs a word of time before it, and no name around it."""
    before = context.text[max(context.paragraph_start, span.start - 24) : span.start]
    if written.lower().rstrip(".") in context.grammar.name_month:
        return bool(_TIME_WORD.search(before)) and not _NAME_AFTER.match(context.text, span.end)
    return not (_NAME_BEFORE.search(before) and not _TIME_WORD.search(before) and not before.strip().endswith("."))


def _without_year(month: int, day: int | None, span: Span, context: Context) -> Sense | None:
    """A month (and day) without its year: told just before, nearest the document date, or unknown."""
    if cal.made(2000, month, day) is None:
        return None
    unknown = f"XXXX-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    if told := _told_year(span, context):
        period = cal.made(told.period.first.year, month, day)
        if period is not None:
            return _placed(period, inferred=True, anchor=told.span)
    base = context.dct or context.not_after
    if base is None:
        return _unplaced("DATE", unknown, "its year is not said and the date of this part is unknown")
    tense = context.tense(span.start, span.end) if context.dct else "past"
    past = _turn(base, month, day, -1)
    coming = _turn(base, month, day, 1)
    ambiguous = context.dct is None
    if day is None and base.month == month:
        period = cal.made(base.year, month)
    elif past is None or coming is None:
        period = past or coming
    elif tense == "future" and (coming.first - base).days <= 300:
        period = coming
    elif (
        context.dct is not None and (base - past.first).days > LONG_PAST_DAYS and (coming.first - base).days < SOON_DAYS
    ):
        period, ambiguous = coming, True
    else:
        period = past
    if period is None:
        return _unplaced("DATE", unknown, "there is no such day near the date of this part")
    if context.dct is None and context.not_before and period.last < context.not_before:
        return _unplaced("DATE", unknown, "its year is not said and the date of this part is unknown")
    return _placed(period, inferred=True, ambiguous=ambiguous)


def _told_year(span: Span, context: Context) -> Told | None:
    """The full date told before in this paragraph whose year the expression takes over, if any.

    In a report with a known date only the same sentence counts; otherwise the paragraph. A history
    (its explicit years lie well before the document date) is read on from its last year.
    """
    history = _is_history(context)
    for told in reversed(context.told):
        if not told.explicit or told.period.unit in ("decade", "century"):
            continue
        same_paragraph = told.paragraph == context.paragraph
        if context.dct is None:
            return told if same_paragraph else None
        if history:
            past = context.dct is not None and told.period.first.year < context.dct.year
            return told if past and span.start - told.span.end < TOLD_REACH else None
        sentence = context.left(span.start)
        near = span.start - told.span.end <= len(sentence)
        fine = told.period.unit in ("day", "month")
        return told if same_paragraph and near and fine and told.period.first.year < context.dct.year else None
    return None


def _is_history(context: Context) -> bool:
    """Whether 5 of the last 6 years written out lie more than a year before the document date."""
    years = context.years[-6:]
    return context.dct is not None and sum(year < context.dct.year - 1 for year in years) >= 5


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
    weekday = int(context.grammar.meaning("weekday", groups["weekday"]))
    if context.dct is None:
        return _unplaced("DATE", None, UNKNOWN_DATE)
    tense = context.tense(span.start, span.end)
    day = cal.weekday_near(context.dct, weekday, 1 if tense == "future" else -1, same=tense != "future")
    return _placed(Period("day", day), inferred=True) if day else None


def _named(groups: Groups, span: Span, context: Context, year: int | None) -> Sense | None:
    code = str(context.grammar.meaning("named", groups["named"]))
    part = (groups.get("named_part") or "").lower()
    if part == "eve":
        code = {"01-01": "12-31", "12-25": "12-24", "10-31": "10-30"}.get(code, code)
    inferred, ambiguous, anchor = year is None, False, None
    if year is None and (told := _told_year(span, context)):
        year, anchor = told.period.first.year, told.span
    if year is None:
        base = context.dct or context.not_after
        if base is None:
            value = f"XXXX-{code}" if re.fullmatch(r"\d\d-\d\d", code) else None
            return _unplaced("DATE", value, "its year is not said and the date of this part is unknown")
        day = _nearest_named(code, base, context, span)
        ambiguous = context.dct is None
    else:
        day = cal.named_day(code, year)
    if day is None:
        return None
    period = _around_named(day, part)
    sense = _placed(period, inferred=inferred, ambiguous=ambiguous, anchor=anchor, full=not inferred)
    return _daypart(sense, {"night": "TNI", "evening": "TEV", "morning": "TMO"}.get(part))


def _nearest_named(code: str, base: date, context: Context, span: Span) -> date | None:
    past = next(
        (day for year in (base.year, base.year - 1) if (day := cal.named_day(code, year)) and day <= base), None
    )
    coming = next(
        (day for year in (base.year, base.year + 1) if (day := cal.named_day(code, year)) and day >= base), None
    )
    if past is None or coming is None or context.dct is None:
        return past or (coming if context.dct else None)
    tense = context.tense(span.start, span.end)
    soon = (base - past).days > LONG_PAST_DAYS and (coming - base).days < SOON_DAYS
    return coming if tense == "future" or soon else past


def _around_named(day: date, part: str) -> Period | None:
    """The day itself, its week, or the weekend nearest to it (Tuesday and before: the one that went)."""
    if part == "weekend":
        weekday = day.isoweekday()
        nearest = cal.moved(day, "day", 6 - weekday if weekday in (4, 5, 6) else -weekday - 1 if weekday < 4 else -1)
        return Period("weekend", nearest) if nearest else None
    return cal.holding(day, "week" if part == "week" else "day")


def _bare_season(name: str, span: Span, context: Context) -> Sense | None:
    if told := _told_year(span, context):
        return _placed(cal.season(told.period.first.year, name), inferred=True, anchor=told.span)
    base = context.dct or context.not_after
    if base is None:
        return _unplaced("DATE", f"XXXX-{name}", "its year is not said and the date of this part is unknown")
    this = cal.season(base.year, name)
    if this is None:
        return None
    tense = context.tense(span.start, span.end) if context.dct else "past"
    if this.first > base:
        period = this if tense == "future" else this.shifted(-4)
    else:
        period = this.shifted(4) if tense == "future" and this.last < base else this
    return _placed(period, inferred=True)


def _quarter(groups: Groups, year: int | None, span: Span, context: Context) -> Sense | None:
    number = 4 if groups.get("final") else int(context.grammar.meaning("ordinal", groups["ordinal"]))
    unit = groups["quarter"].lower()
    months = 3 if unit == "quarter" else 6
    if number > 12 // months:
        return None
    first_month = (number - 1) * months + 1
    kind: cal.Unit = "quarter" if unit == "quarter" else "half"
    if year is not None:
        return _placed(cal.holding(date(year, first_month, 1), kind), full=True)
    if unit == "half" and not re.search(r"\bof\s+the\s+year", context.text[span.start : span.end + 14]):
        return None  # of a match, mostly
    if context.dct is None:
        return _unplaced("DATE", f"XXXX-Q{number}" if unit == "quarter" else f"XXXX-H{number}", UNKNOWN_DATE)
    period = cal.holding(date(context.dct.year, first_month, 1), kind)
    if period is None:
        return None
    future = context.tense(span.start, span.end) == "future"
    if period.first > context.dct and not future:
        period = cal.holding(date(context.dct.year - 1, first_month, 1), kind)
    elif period.last < context.dct and future and (context.dct - period.last).days > 120:
        period = cal.holding(date(context.dct.year + 1, first_month, 1), kind)
    return _placed(period, inferred=True)


# ---- counted from the document date -------------------------------------------------------


def resolve_deictic(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "last week", "this October", "next Tuesday", "earlier this month"."""
    which_word = groups.get("which", "this").lower()
    if which_word in ("today", "yesterday"):
        sense = resolve_day(rule, {"deictic_day": which_word}, span, context)
        return _stretch(sense, groups.get("later"), context)
    if (
        "later" in groups
        and which_word == "the"
        and not any(key in groups for key in ("span_unit", "season", "daypart"))
    ):
        return None
    if "later" in groups and "which" not in groups:
        return _stretch(resolve_date(rule, groups, span, context), groups["later"], context)
    if "named" in groups or "named_part" in groups:
        if context.dct is None:
            return _unplaced("DATE", None, UNKNOWN_DATE)
        return _which_named(groups, context)
    kind: TimexType = (
        "TIME" if "daypart" in groups and "weekday" not in groups and "span_unit" not in groups else "DATE"
    )
    if context.dct is None:
        return _unplaced(kind, None, UNKNOWN_DATE)
    which = (
        0 if which_word == "the" else int(context.grammar.meaning("which", which_word)) if which_word != "that" else 0
    )
    if not any(key in groups for key in ("span_unit", "season", "month", "weekday", "quarter")):
        if "daypart" not in groups or which > 0:
            return None
        return _stretch(
            resolve_day(rule, groups | {"this_last": which_word}, span, context), groups.get("later"), context
        )
    period, inferred = _which_period(groups, which, context, span)
    if period is None:
        return None
    sense = _placed(period, inferred=inferred)
    if "end" in groups and sense is not None:
        sense = replace(sense, mod="END", interval=cal.part(period.interval, 0.65, 1.0))
    if "later" in groups:
        return _stretch(sense, groups["later"], context)
    return _daypart(sense, _part_of(groups, context))


def _which_period(groups: Groups, which: int, context: Context, span: Span) -> tuple[Period | None, bool]:
    lists, dct = context.grammar.meaning, context.dct
    assert dct is not None
    if "quarter" in groups:
        number, months = int(lists("ordinal", groups["ordinal"])), 3 if groups["quarter"].lower() == "quarter" else 6
        if number > 12 // months or not 1 <= dct.year + which <= 9999:
            return None, False
        return cal.holding(
            date(dct.year + which, (number - 1) * months + 1, 1), "quarter" if months == 3 else "half"
        ), False
    if "month" in groups:
        month = int(lists("month", groups["month"]))
        if "which" in groups and re.search(r"year", context.text[span.start : span.end]):
            return cal.made(dct.year + which, month), False
        here = cal.made(dct.year, month)
        if which < 0:
            return (here if month < dct.month else cal.made(dct.year - 1, month)), False
        if which > 0:
            return (here if month > dct.month else cal.made(dct.year + 1, month)), False
        return here, False
    if "weekday" in groups:
        weekday = int(lists("weekday", groups["weekday"]))
        if "span_unit" in groups:
            week = cal.holding(dct, "week")
            week = week.shifted(which) if week else None
            day = cal.moved(week.first, "day", weekday - 1) if week else None
            return (Period("day", day) if day else None), False
        direction = which
        if which == 0:
            direction = 1 if context.tense(span.start, span.end) != "past" else -1
        day = cal.weekday_near(dct, weekday, direction, same=which == 0)
        return (Period("day", day) if day else None), which == 0
    if "season" in groups:
        name = str(lists("season", groups["season"]))
        here = cal.season(dct.year, name)
        if here is None:
            return None, False
        if which < 0:
            back = 4 if name == "WI" else 0
            return (
                here.shifted(-4) if here.first > dct or (back and here.first > dct) or here.last >= dct else here
            ), False
        if which > 0:
            return (here if here.first > dct else here.shifted(4)), False
        if name == "WI" and dct.month <= 3:
            return here.shifted(-4), False
        return here, False
    unit = lists("span_unit", groups["span_unit"])
    if unit == "weekend":
        return _weekend(which, dct, context, span)
    here = cal.holding(dct, unit)
    return (here.shifted(which) if here else None), False


def _weekend(which: int, dct: date, context: Context, span: Span) -> tuple[Period | None, bool]:
    """ "last weekend": the one that is over; "this weekend": by tense; "next": the one after this week's."""
    here = cal.holding(dct, "weekend")
    if here is None:
        return None, False
    if which > 0:
        return here.shifted(1), False
    if which < 0:
        return here.shifted(-1), False
    tense = context.tense(span.start, span.end)
    if dct.isoweekday() >= 6 or tense == "future" or (tense is None and dct.isoweekday() >= 3):
        return here, True
    return here.shifted(-1), True


def resolve_weekend(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "the weekend", "over the weekend": the last one up to the document date, the coming one where told as coming."""
    if context.dct is None:
        return _unplaced("DATE", None, UNKNOWN_DATE)
    here = cal.holding(context.dct, "weekend")
    if here is None:
        return None
    if context.dct.isoweekday() < 6 and context.tense(span.start, span.end) != "future":
        return _placed(here.shifted(-1), inferred=True)
    return _placed(here, inferred=True)


def _which_named(groups: Groups, context: Context) -> Sense | None:
    code, dct = str(context.grammar.meaning("named", groups["named"])), context.dct
    assert dct is not None
    which = int(context.grammar.meaning("which", groups["which"]))
    days = [day for year in (dct.year - 1, dct.year, dct.year + 1) if (day := cal.named_day(code, year))]
    if which < 0:
        day = max((each for each in days if each < dct), default=None)
    elif which > 0:
        day = min((each for each in days if each > dct), default=None)
    else:
        day = next((each for each in days if each.year == dct.year), None)
    return _placed(_around_named(day, (groups.get("named_part") or "").lower())) if day else None


def _stretch(sense: Sense | None, word: str | None, context: Context) -> Sense | None:
    """Earlier in a period: up to the document date; later in it: from that date on, where it lies inside."""
    if sense is None or word is None:
        return sense
    early = word.lower().startswith("earlier")
    sense = replace(sense, mod="START" if early else "END")
    period, dct = sense.interval, context.dct
    if period is None or dct is None or not period.earliest <= dct <= period.latest:
        return sense
    return replace(sense, interval=Interval(period.earliest, dct) if early else Interval(dct, period.latest))


def resolve_day(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "yesterday", "tomorrow morning", "tonight", "last night"."""
    part = _part_of(groups, context)
    if "deictic_day" in groups:
        count = int(context.grammar.meaning("deictic_day", groups["deictic_day"]))
    elif "this_last" in groups:
        count = -1 if groups["this_last"].lower() == "last" else 0
    else:
        count, part = 0, "TNI"
    if context.dct is None:
        return _unplaced("TIME" if part else "DATE", None, UNKNOWN_DATE)
    day = cal.moved(context.dct, "day", count)
    return _daypart(_placed(Period("day", day)), part) if day else None


# ---- counted from the last date told ------------------------------------------------------

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
    word = groups.get("which_told", "that")
    which = int(lists("which_told", word))
    told = context.last_told(span.start, _COARSER.get(unit, (unit,)))
    kind: TimexType = "TIME" if part else "DATE"
    if told is None:
        if unit == "quarter" and context.dct is not None:
            quarter = cal.holding(context.dct, "quarter")
            return _placed(quarter.shifted(-1), inferred=True) if quarter else None
        return _unplaced(kind, None, "no earlier date of this telling to count from")
    if "weekday" in groups:
        weekday = int(lists("weekday", groups["weekday"]))
        day = cal.weekday_near(told.period.first, weekday, which or 1, same=which == 0)
        return _placed(Period("day", day), anchor=told.span) if day else None
    if "season" in groups:
        return _placed(
            cal.season(told.period.first.year + which, str(lists("season", groups["season"]))), anchor=told.span
        )
    here = cal.holding(told.period.first, unit)  # type: ignore[arg-type]
    period = here.shifted(which) if here else None
    if period is None:
        return None
    if "month" in groups and unit == "year":
        return _placed(cal.made(period.first.year, int(lists("month", groups["month"]))), anchor=told.span)
    sense = _placed(period, anchor=told.span, ambiguous=unit == "day" and not context.one_day_told(told))
    if sense is not None and "later" in groups and told.period.unit in ("day", "month") and unit != told.period.unit:
        edge = told.period
        later = groups["later"].lower() == "later"
        if later and edge.first <= period.last:
            sense = replace(sense, interval=Interval(edge.first, period.last))
        elif not later and period.first <= edge.last:
            sense = replace(sense, interval=Interval(period.first, edge.last))
    return _daypart(sense, part)


def resolve_offset(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """ "two days ago", "a month ago", "three weeks later", "a year earlier"."""
    lists, sign = context.grammar.meaning, int(rule.rule.meaning["sign"])
    unit = str(lists("unit", groups["unit"]))
    from_dct = rule.rule.meaning["from"] == "dct"
    counted = _count(groups, context)
    base, anchor, anchor_period = context.dct, None, None
    if not from_dct or (unit == "year" and counted == 1):
        told = context.last_told(span.start, ("day", "month", "quarter", "year", "season", "week"))
        if (told is not None and not from_dct) or (
            told is not None and told.period.unit == "quarter" and span.start - told.span.end < 400
        ):
            base, anchor, anchor_period = told.period.first, told.span, told.period
        elif not from_dct and not (unit == "year" and sign < 0):
            return _unplaced("DATE", None, "no earlier date of this telling to count from")
    if "ordinal" in groups and context.dct is not None:
        number = int(lists("ordinal", groups["ordinal"]))
        quarter = cal.holding(date(context.dct.year, number * 3 - 2, 1), "quarter") if number <= 4 else None
        if quarter is not None:
            back = quarter.shifted(-4 if quarter.first <= context.dct else -8)
            return _placed(back, inferred=True)
    vague = counted == "X"
    if base is None:
        if vague and from_dct:
            return Sense("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", reason=UNKNOWN_DATE)
        return _unplaced("DATE", None, UNKNOWN_DATE)
    if vague or counted is None:
        low, high = context.grammar.rules.meanings("vague_range")["X"]
        ends = sorted(end for count in (low, high) if (end := cal.moved(base, unit, sign * count)))
        interval = Interval(ends[0], ends[-1]) if ends else None
        value = ("PAST_REF" if sign < 0 else "FUTURE_REF") if from_dct else None
        reason = None if value else "the count is not said"
        return Sense("DATE", value, interval, reason=reason, anchor=anchor)
    number_counted = float(counted)
    day = cal.moved(base, unit, sign * number_counted)
    if day is None:
        return _unplaced("DATE", None, "it lies outside the calendar (years 1 to 9999)")
    if unit in ("second", "minute", "hour"):
        return Sense("DATE", day.isoformat(), Interval(day, day), Period("day", day), anchor=anchor, ambiguous=True)
    if anchor_period is not None and anchor_period.unit in ("quarter", "month", "season") and unit == "year":
        return _placed(
            anchor_period.shifted(int(sign * number_counted) * (4 if anchor_period.unit != "month" else 12)),
            anchor=anchor,
        )
    grain: cal.Unit = "week" if unit in ("week", "fortnight") else "year" if unit in ("decade", "century") else unit  # type: ignore[assignment]
    if anchor_period is not None and anchor_period.unit in ("month", "year") and unit in ("day", "week"):
        return _unplaced("DATE", None, "the date it counts from is not said to the day", anchor=anchor)
    if anchor_period is not None and anchor_period.unit == "year" and unit == "month":
        return _unplaced("DATE", None, "the date it counts from is not said to the month", anchor=anchor)
    period = cal.holding(day, grain)
    if period is None:
        return None
    return Sense("DATE", period.value, _spread(day, unit, number_counted, period), period, anchor=anchor)


def _spread(day: date, unit: str, count: float, period: Period) -> Interval:
    """Half a unit to either side of `day`: people round. Days are taken as said."""
    if unit in ("day", "weekend"):
        return period.interval
    half = {"week": 3, "fortnight": 7, "month": 15, "quarter": 45, "year": 182, "decade": 1825, "century": 18250}[unit]
    low, high = cal.moved(day, "day", -half), cal.moved(day, "day", half)
    return Interval(low, high) if low and high else period.interval


def _count(groups: Groups, context: Context) -> float | str | None:
    """How many: a number, "X" where vague, 1 for an article, `None` where nothing is said."""
    if "vague" in groups:
        meaning = context.grammar.meaning("vague", groups["vague"])
        return "X" if meaning == "X" else float(meaning)
    if "number" in groups:
        counted = numbers.count(groups["number"], context.grammar.rules.meanings("number_word"))
        return counted if counted is None or not re.search(r"half$", groups.get("or_so", "")) else counted + 0.5
    if "article" in groups or "half" in groups or groups.get("unit", "").lower() in ("year", "month", "week"):
        return 1.5 if groups.get("or_so", "").lower().endswith("half") else 1.0
    return "X"


# ---- durations and sets -------------------------------------------------------------------

_CODES = {
    "second": "PT{}S", "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "week": "P{}W", "weekend": "P{}WE",
    "fortnight": "P{}W", "month": "P{}M", "quarter": "P{}Q", "year": "P{}Y", "decade": "P{}E", "century": "P{}C",
}  # fmt: skip
_FINER = {
    "year": ("month", 12),
    "hour": ("minute", 60),
    "minute": ("second", 60),
    "day": ("hour", 24),
    "decade": ("year", 10),
    "century": ("year", 100),
}


def length(count: float | str, unit: str) -> str:
    """An ISO 8601-1 duration; TIMEX3 adds decades (E), centuries (C), quarters (Q), weekends (WE)."""
    if isinstance(count, str):
        return _CODES[unit].format("X")
    if unit == "decade":
        return f"P{numbers.shown(count * 10)}Y"
    if unit == "century":
        return f"P{numbers.shown(count * 100)}Y"
    if unit == "fortnight":
        count *= 2
    whole = int(count)
    if count != whole and unit in _FINER:
        finer, times = _FINER[unit]
        rest = (count - whole) * times
        if rest == int(rest):
            tail = _CODES[finer].format(int(rest))
            if not whole:
                return tail
            head = _CODES[unit].format(whole)
            return head + (tail[1:] if "T" not in head else tail[2:])
    return _CODES[unit].format(numbers.shown(count))


def resolve_duration(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """A length of time."""
    written = groups.get("unit") or groups["units"]
    unit = str(context.grammar.meaning("unit", written))
    counted = _count(groups, context)
    mod = None
    if "vague" in groups and counted == 2.0:
        mod = "APPROX"
    if "half" in groups:
        counted = 0.5
    elif rule.rule.name == "units-long":
        counted = 1.0 if "unit" in groups else "X"
    elif counted is None:
        return None
    if "number_2" in groups:
        second = numbers.count(groups["number_2"], context.grammar.rules.meanings("number_word"))
        if second is None or not isinstance(counted, float) or second <= counted:
            return None
        counted, mod = second, "EQUAL_OR_LESS"
    tail = re.search(r"or\s+(so|more|longer|two)\b", context.text[span.start : span.end], re.IGNORECASE)
    if tail:
        mod = {"so": "APPROX", "two": "APPROX"}.get(tail[1].lower(), "EQUAL_OR_MORE")
    return Sense("DURATION", length(counted, unit), mod=mod)


def resolve_set(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """What comes again."""
    lists = context.grammar.meaning
    if "adverb_set" in groups:
        return Sense("SET", str(lists("adverb_set", groups["adverb_set"])))
    if "weekdays" in groups:
        day = lists("weekdays", groups["weekdays"])
        return Sense("SET", f"XXXX-WXX-{day}" + _set_part(groups, context))
    quant = str(lists("every", groups["every"])) if "every" in groups else None
    if "weekday" in groups:
        return Sense("SET", f"XXXX-WXX-{lists('weekday', groups['weekday'])}" + _set_part(groups, context), quant=quant)
    if "month" in groups:
        return Sense("SET", f"XXXX-{int(lists('month', groups['month'])):02d}", quant=quant)
    if "season" in groups:
        return Sense("SET", f"XXXX-{lists('season', groups['season'])}", quant=quant)
    if "unit" not in groups and "span_unit" not in groups:
        return Sense("SET", "XXXX-XX-XX" + _set_part(groups, context), quant=quant)
    unit = str(lists("unit", groups.get("unit") or groups["span_unit"]))
    counted: float | str = 1.0
    if "number" in groups:
        counted = numbers.count(groups["number"], context.grammar.rules.meanings("number_word")) or 1.0
    if "every" in groups and groups["every"].lower().endswith("other"):
        counted = 2.0
    freq = str(lists("times", groups["times"])) if "times" in groups else None
    value = "P1E" if unit == "decade" else length(counted, unit)
    return Sense("SET", value, quant=quant, freq=freq)


def _set_part(groups: Groups, context: Context) -> str:
    written = groups.get("daypart_2") or groups.get("daypart")
    return str(context.grammar.meaning("daypart", written.rstrip("s"))) if written else ""


def resolve_reference(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """Now, once, some day: the standard's three references."""
    return Sense("DATE", str(context.grammar.meaning("reference", groups["reference"])))


# ---- clock --------------------------------------------------------------------------------


def resolve_clock(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """A clock time with its day, else on the day last told, else on the document's (and then ambiguous)."""
    if "point" in groups:
        clock = str(context.grammar.meaning("point", groups["point"]))
    else:
        hour, _, minute = groups["clock"].replace(".", ":").partition(":")
        number, half = int(hour), groups.get("half_day", "").lower()
        afternoon = half.startswith("p") or "afternoon" in half or "evening" in half or ("night" in half and number > 4)
        if half and number > 12 and not half.startswith("o"):
            return None
        if afternoon and number < 12:
            number += 12
        elif number == 12 and (half.startswith("a") or "night" in half):
            number = 0
        clock = f"T{number:02d}:{minute or '00'}" + ("Z" if groups.get("zone", "").upper() in ("UTC", "GMT") else "")
    if any(key in groups for key in ("weekday", "month")):
        day = resolve_date(rule, {key: value for key, value in groups.items() if key != "clock"}, span, context)
        return _daypart(day, clock)
    if "deictic_day" in groups or "tonight" in groups:
        day = resolve_day(rule, {"deictic_day": groups.get("deictic_day", "today")}, span, context)
        return _daypart(day, clock)
    told = context.last_told(span.start, ("day",))
    here = told is not None and told.paragraph == context.paragraph
    if told is not None and (here or context.tense(span.start, span.end) != "future"):
        # News names the day once and then tells the hours of it.
        sense = _placed(told.period, inferred=True, anchor=told.span, ambiguous=not context.one_day_told(told))
    elif context.dct is not None:
        sense = _placed(Period("day", context.dct), inferred=True, ambiguous=True)
    else:
        return _unplaced("TIME", "XXXX-XX-XX" + clock, "its day is not said and the date of this part is unknown")
    return _daypart(sense, clock)


RESOLVERS: dict[str, Resolver] = {
    "date": resolve_date,
    "deictic": resolve_deictic,
    "told": resolve_told,
    "offset": resolve_offset,
    "day": resolve_day,
    "weekend": resolve_weekend,
    "reference": resolve_reference,
    "duration": resolve_duration,
    "set": resolve_set,
    "clock": resolve_clock,
}
