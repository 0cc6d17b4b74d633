"""Dates as metadata gives them: one written form, one day, or a refusal with its reason.

A date is taken as the publisher wrote it: the day in the publisher's own time zone.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from typing import Any, Literal

from tellings.model import compiled

#: Dates outside these years are refused: no news was written then (or yet).
EARLIEST_YEAR, LATEST_YEAR = 1600, 2200


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((resources.files("tellings.edge.readers") / "dates.toml").read_text(encoding="utf-8"))


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number, names in _words()["months"].items() for name in names}


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """`_FORMS`, made when first asked for, which takes a tenth of a second."""
    return tuple(_with_months(form) for form in _FORMS)


@cache
def _with_months(form: str) -> re.Pattern[str]:
    """A form with the names of months put in."""
    return compiled.pattern(form.replace(_MONTH, rf"(?P<name>{_any_of(_months())})\.?(?![^\W\d_])"), re.IGNORECASE)


@cache
def _label(said: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{_any_of(_words()[said])})(?![^\W\d_])", re.IGNORECASE)


#: Stands in a form for the names of months.
_MONTH = "{month}"
_WEEKDAY = r"(?:[^\W\d_]{2,14}\.?,?\s+)?"
#: What may stand between day, month and year: "of", "de", "d'", commas.
_OF = r"(?:(?:of|de|del|di|d['’])\s*)?"
_TO = rf"(?:,?[\s-]+{_OF}|,\s*)"
_FORMS = (
    # ISO 8601, extended and basic, with or without a time; also with slashes or dots
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
    r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?!\d)",
    r"(?P<year>\d{4})\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})(?!\d)",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T\d{4,6}.{0,10}|\d{4}|\d{6})?$",
    # Chinese, Japanese, Korean; Vietnamese
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
    r"(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2}),?\s+(?:năm\s+)?(?P<year>\d{4})(?!\d)",
    # RFC 5322 and its looser relatives: "Tue, 3 Mar 2015 10:00:00 GMT", "3 March 2015", "3. März 2015"
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|ª)?\.?[\s-]*{_OF}{_MONTH}{_TO}(?P<year>\d{{4}})(?!\d)",
    # "Tuesday, March 3, 2015", "Mar. 3, 2015"
    rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
    # "2015 March 3", "2015. március 3."
    rf"(?P<year>\d{{4}})\.?,?\s+{_MONTH}\s+(?P<day>\d{{1,2}})(?!\d)",
    # the date(1) form: "Tue Mar  3 10:00:00 UTC 2015"
    rf"[a-z]{{3}}\s+{_MONTH}\s+(?P<day>\d{{1,2}})\s+[\d:]{{5,8}}\s+(?:[a-z]{{2,5}}\s+)?(?P<year>\d{{4}})$",
)
#: The form of RFC 822, with two digits of the year and a time behind them ("Tue, 03 Mar 15 10:00:00 GMT").
_OLD_FORM = rf"{_WEEKDAY}(?P<day>\d{{1,2}})\s+{_MONTH}\s+(?P<year>\d{{2}})\s+\d{{1,2}}:\d{{2}}(?!\d)"
#: Two digits of a year from here on are of the century before (RFC 5322, 4.3).
_LAST_CENTURY = 50
_DAY_AND_MONTH = re.compile(
    rf"{_WEEKDAY}(?P<first>\d{{1,2}})(?P<mark>[/.-])\s?(?P<second>\d{{1,2}})(?P=mark)\s?(?P<year>\d{{4}})(?!\d)"
)
#: What may stand between a label and the date in a line that is a date alone, and behind the date: a time of day.
_BEHIND_LABEL = re.compile(r"\s*:?\s*(?:(?:on|am|le|el|il|em|op|den|vom)\b)?[\s:：]*", re.IGNORECASE)
_TIME_OF_DAY = re.compile(
    r"[\s,|·•–—-]*(?:[^\W\d_]{1,4}\.?\s*(?=\d))?(?:\d{1,2}(?:[:.h]\d{2}){1,2})?\s*(?:(?:\d{1,2}\s*)?[ap]\.?m\.?)?"
    r"\s*(?:\(?(?-i:[A-Z]{2,5}|Uhr|hrs?|h)\)?)?\.?",
    re.I,
)
#: What stands before a day that ends a stretch of days, within so many characters: another day, and a dash.
_RANGE, _BEFORE_RANGE = re.compile(r"(?<![\d:])\d{1,2}\.?(?:\d{1,2}\.)?\s*[-–—]\s*(?:[^\W\d_]{2,14}\.?,?\s+)?$"), 16
#: Between a label and the day that it tells of stand no more characters than this: a weekday, a time.
_NEAR = 30
_YEAR = re.compile(r"\d{4}")
#: A value this long that holds one day, behind a time or a label, is that day (characters).
_SHORT = 40
_LONGEST_LINE = 80
_NUMBER = re.compile(r"-?\d{9,13}(?:\.\d{1,9})?$")


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day that a line gives, where it stands there, and what the words before it say: published, updated or nothing.

    `start` is that of these words where there are some.
    """

    day: date
    start: int
    end: int
    said: Literal["published", "updated"] | None


class DateError(ValueError):
    """A value that is no date that can be used; the message says why."""


def parse_date(value: str | int | float, *, day_first: bool = False) -> date:
    """The day a metadata value names. Numbers are seconds (or milliseconds) since 1970, in UTC.

    `day_first`: of two numbers that may each be the month ("03/04/2015") the first is the day, as in most languages but
    English.

    Raises:
        DateError: not a date, not on the calendar, outside the years 1600 to 2200, or one whose
            day and month cannot be told apart.
    """
    if isinstance(value, bool):
        raise DateError(f"{value!r} is no date")
    if isinstance(value, int | float):
        try:
            return _from_epoch(float(value))
        except OverflowError:  # an integer beyond any float
            raise DateError(f"a number of {len(str(abs(value)))} digits is no date") from None
    written = value.strip()[:80]
    for form in _forms():
        if match := form.match(written):
            return _day_of(match, written)
    if match := _DAY_AND_MONTH.match(written):
        return _numbered_day(match, written, day_first)
    if match := _with_months(_OLD_FORM).match(written):
        return _day_of(match, written)
    if _NUMBER.match(written):
        return _from_epoch(float(written))
    days = {each.day for each in written_days(written[:_SHORT], day_first=day_first)}
    if len(days) == 1:
        return days.pop()
    raise DateError(f"{written!r} is no date in a form known here")


def _day_of(match: re.Match[str], written: str) -> date:
    """The day that one of the forms matched."""
    month = match["name"].lower() if "name" in match.re.groupindex else match["month"]
    number = _months().get(month) or (int(month) if month.isdecimal() else None)
    if number is None:  # letters that lower case writes otherwise
        raise DateError(f"{written!r} is no date in a form known here")
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 1900 if year >= _LAST_CENTURY else 2000
    return _on_calendar(year, number, int(match["day"]), written)


def _numbered_day(match: re.Match[str], written: str, day_first: bool) -> date:
    """The day of two numbers and a year."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first > 12 or first == second or (day_first and second <= 12):
        return _on_calendar(year, second, first, written)
    if second > 12:
        return _on_calendar(year, first, second, written)
    raise DateError(f"{written!r}: day and month cannot be told apart")


def dated_line(line: str) -> date | None:
    """The day of a line that is a date and nothing else, but for a label ("Published:") and a time of day.

    >>> dated_line("Tuesday, March 3, 2015, 9:30 p.m. EST")
    datetime.date(2015, 3, 3)
    >>> dated_line("On March 3, 2015 the bridge closed")
    """
    if len(line) > _LONGEST_LINE or line.isdecimal():
        return None
    written = line.strip()
    if label := _label("published").match(written):
        written = written[_BEHIND_LABEL.match(written, label.end()).end() :]  # type: ignore[union-attr]
    for form in (*_forms(), _DAY_AND_MONTH):
        if (match := form.match(written)) and _TIME_OF_DAY.fullmatch(written, match.end()):
            try:
                return parse_date(match.group())
            except DateError:
                return None
    return None


def says_published(line: str) -> bool:
    """Whether a line has a year, and a word for publication before one."""
    return bool(_YEAR.search(line)) and bool(_label("published").search(line))


def written_days(line: str, *, day_first: bool = False) -> Iterator[WrittenDay]:
    """The days that a line gives in full, in order; one whose day and month cannot be told apart is left out, and one
    that ends a stretch of days ("12. – 15.10.2023").

    >>> [(each.day.day, each.said) for each in written_days("Updated 12 March 2021 · First published 10 March 2021")]
    [(12, 'updated'), (10, 'published')]
    """
    if not _YEAR.search(line):
        return
    found: dict[int, tuple[int, date]] = {}
    for form in (*_forms(), _DAY_AND_MONTH):
        for match in form.finditer(line):
            start = min(match.start(group) for group in match.re.groupindex)
            if line[start - 1 : start].isalnum() or match.group().isdecimal():
                continue
            if _RANGE.search(line, max(0, match.start() - _BEFORE_RANGE), start):
                continue
            try:
                day = _day_of(match, "") if form is not _DAY_AND_MONTH else _numbered_day(match, "", day_first)
            except DateError:
                continue
            if not any(begin < match.end() and start < end for begin, (end, _) in found.items()):
                found[start] = (match.end(), day)
    before = 0
    for start, (end, day) in sorted(found.items()):
        said, label = _said(line, before, start)
        yield WrittenDay(day, start if label is None else label, end, said)
        before = end


def _said(line: str, begin: int, end: int) -> tuple[Literal["published", "updated"] | None, int | None]:
    """What the last label in a stretch of a line says, and where it begins."""
    published = [match for match in _label("published").finditer(line, begin, end) if end - match.end() <= _NEAR]
    updated = [match for match in _label("updated").finditer(line, begin, end) if end - match.end() <= _NEAR]
    if updated and (not published or updated[-1].end() >= published[-1].end()):
        return "updated", updated[-1].start()
    return ("published", published[-1].start()) if published else (None, None)


def _from_epoch(seconds: float) -> date:
    # 1e11 seconds is the year 5138: a larger number counts milliseconds.
    if abs(seconds) >= 1e11:
        seconds /= 1000
    try:
        moment = datetime.fromtimestamp(seconds, tz=UTC)
    except (ValueError, OverflowError, OSError) as error:
        told = f"{seconds:g} seconds since 1970" if math.isfinite(seconds) else "a number without end"
        raise DateError(f"{told} is no date") from error
    return _on_calendar(moment.year, moment.month, moment.day, f"{seconds:g}")


def _on_calendar(year: int, month: int, day: int, written: str) -> date:
    try:
        value = date(year, month, day)
    except ValueError:
        raise DateError(f"{written!r} is not on the calendar") from None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DateError(f"{written!r} lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}")
    return value
