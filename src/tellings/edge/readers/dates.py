"""Dates as metadata gives them: one written form, one day, or a refusal with its reason.

A date is taken as the publisher wrote it: the day in the publisher's own time zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime

#: Dates outside these years are refused: no news was written then (or yet).
EARLIEST_YEAR, LATEST_YEAR = 1600, 2200

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # ISO 8601, extended and basic, with or without a time; also with slashes or dots
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4})\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T\d{4,6}.{0,10}|\d{4}|\d{6})?$",
        # RFC 5322 and its looser relatives: "Tue, 3 Mar 2015 10:00:00 GMT", "3 March 2015"
        rf"(?:[a-z]{{3,9}}\.?,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})(?!\d)",
        # "Tuesday, March 3, 2015", "Mar. 3, 2015"
        rf"(?:[a-z]{{3,9}}\.?,?\s+)?{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
        # the date(1) form: "Tue Mar  3 10:00:00 UTC 2015"
        rf"[a-z]{{3}}\s+{_MONTH}\s+(?P<day>\d{{1,2}})\s+[\d:]{{5,8}}\s+(?:[a-z]{{2,5}}\s+)?(?P<year>\d{{4}})$",
    )
)
_DAY_AND_MONTH = re.compile(r"(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<year>\d{4})(?!\d)")
#: What may stand before the date in a line that is a date alone, and behind it: a time of day.
_LABEL = re.compile(
    r"(?:(?:first\s+)?(?:published|posted|issued|released)|(?:publication|release)\s+date|date\s+(?:published|posted))"
    r"\s*:?(?:\s+on\b)?\s+",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(
    r"[\s,|·•–—-]*(?:at\s+)?(?:\d{1,2}(?:[:.]\d{2}){1,2})?\s*(?:(?:\d{1,2}\s*)?[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,5}\)?)?\.?",
    re.I,
)
_LONGEST_LINE = 80
_NUMBER = re.compile(r"-?\d{9,13}(?:\.\d{1,9})?$")


class DateError(ValueError):
    """A value that is no date that can be used; the message says why."""


def parse_date(value: str | int | float) -> date:
    """The day a metadata value names. Numbers are seconds (or milliseconds) since 1970, in UTC.

    Raises:
        DateError: not a date, not on the calendar, outside the years 1600 to 2200, or one whose
            day and month cannot be told apart ("03/04/2015").
    """
    if isinstance(value, bool):
        raise DateError(f"{value!r} is no date")
    if isinstance(value, int | float):
        try:
            return _from_epoch(float(value))
        except OverflowError:  # an integer beyond any float
            raise DateError(f"a number of {len(str(abs(value)))} digits is no date") from None
    written = value.strip()[:80]
    for form in _FORMS:
        if match := form.match(written):
            month = match["name"] if "name" in match.re.groupindex else match["month"]
            number = _MONTHS[month.lower()] if month.lower() in _MONTHS else int(month)
            return _on_calendar(int(match["year"]), number, int(match["day"]), written)
    if match := _DAY_AND_MONTH.match(written):
        first, second = int(match["first"]), int(match["second"])
        if first > 12 or first == second:
            return _on_calendar(int(match["year"]), second, first, written)
        if second > 12:
            return _on_calendar(int(match["year"]), first, second, written)
        raise DateError(f"{written!r}: day and month cannot be told apart")
    if _NUMBER.match(written):
        return _from_epoch(float(written))
    raise DateError(f"{written!r} is no date in a form known here")


def dated_line(line: str) -> date | None:
    """The day of a line that is a date and nothing else, but for a label ("Published:") and a time of day.

    >>> dated_line("Tuesday, March 3, 2015, 9:30 p.m. EST")
    datetime.date(2015, 3, 3)
    >>> dated_line("On March 3, 2015 the bridge closed")
    """
    if len(line) > _LONGEST_LINE or line.isdecimal():
        return None
    written = _LABEL.sub("", line.strip(), count=1)
    for form in _FORMS:
        if (match := form.match(written)) and _TIME_OF_DAY.fullmatch(written, match.end()):
            try:
                return parse_date(match.group())
            except DateError:
                return None
    return None


def published_days(line: str) -> Iterator[tuple[date, int, int]]:
    """The days that a line says something was published on, each with where label and day stand.

    >>> [found for found, _, _ in published_days("Last updated 12 March 2021 · First published 10 March 2021")]
    [datetime.date(2021, 3, 10)]
    """
    for label in _LABEL.finditer(line):
        if label.start() and line[label.start() - 1].isalnum():
            continue
        rest = line[label.end() : label.end() + _LONGEST_LINE]
        for form in _FORMS:
            if (match := form.match(rest)) and not rest[: match.end()].isdecimal():
                with suppress(DateError):
                    yield parse_date(match.group()), label.start(), label.end() + match.end()
                break


def _from_epoch(seconds: float) -> date:
    # 1e11 seconds is the year 5138: a larger number counts milliseconds.
    if abs(seconds) >= 1e11:
        seconds /= 1000
    try:
        moment = datetime.fromtimestamp(seconds, tz=UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise DateError(f"{seconds:g} seconds since 1970 is no date") from error
    return _on_calendar(moment.year, moment.month, moment.day, f"{seconds:g}")


def _on_calendar(year: int, month: int, day: int, written: str) -> date:
    try:
        value = date(year, month, day)
    except ValueError:
        raise DateError(f"{written!r} is not on the calendar") from None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DateError(f"{written!r} lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}")
    return value
