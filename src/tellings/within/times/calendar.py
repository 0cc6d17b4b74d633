"""Stretches of the calendar: their TIMEX3 values, their first and last day.

Values follow TIMEX3 (ISO-TimeML, ISO 24617-1): "2020-09-28", "2020-W44", "2020-W44-WE", "2020-09",
"2020-Q3", "2020-H1", "2020-SU", "2020", "199" (a decade), "19" (a century, its first two figures).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from tellings.model.records import Interval

Unit = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]

#: First and last month and day of a season, northern; a winter ends in the next year. Both usages are
#: covered, the weather service's (from the 1st) and the almanac's (to the solstice or equinox).
SEASONS = {"SP": ((3, 1), (6, 20)), "SU": ((6, 1), (9, 22)), "FA": ((9, 1), (12, 20)), "WI": ((12, 1), (3, 20))}
#: Years of two figures are of this century up to here.
THIS_CENTURY = 50
_VALUE = re.compile(
    r"(?P<year>\d{2,4})(?:(?<=\d{4})-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?"
)
_SEASON_ORDER = ("SP", "SU", "FA", "WI")
_MONTHS_PER = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar of one kind; `first` is its first day. `season` is set for seasons."""

    unit: Unit
    first: date
    season: str = ""

    @property
    def last(self) -> date:
        """Its last day."""
        if self.unit == "day":
            return self.first
        if self.unit == "week":
            return _days(self.first, 6)
        if self.unit == "weekend":
            return _days(self.first, 1)
        if self.unit == "season":
            month, day = SEASONS[self.season][1]
            year = self.first.year + (self.season == "WI")
            return date(year, month, day) if year <= 9999 else date.max
        year, month = divmod(self.first.year * 12 + self.first.month - 1 + _MONTHS_PER[self.unit], 12)
        return date(year, month + 1, 1) - timedelta(days=1) if year <= 9999 else date.max

    @property
    def interval(self) -> Interval:
        """First and last day."""
        return Interval(self.first, self.last)

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        year = f"{self.first.year:04d}"
        match self.unit:
            case "day":
                return self.first.isoformat()
            case "week" | "weekend":
                number = self.first.isocalendar()
                return f"{number.year:04d}-W{number.week:02d}" + ("-WE" if self.unit == "weekend" else "")
            case "month":
                return f"{year}-{self.first.month:02d}"
            case "quarter":
                return f"{year}-Q{(self.first.month + 2) // 3}"
            case "half":
                return f"{year}-H{1 if self.first.month < 7 else 2}"
            case "season":
                return f"{year}-{self.season}"
            case "decade":
                return year[:3]
            case "century":
                return year[:2]
            case _:
                return year

    @classmethod
    def of_value(cls, value: str) -> Period | None:
        """The period that a TIMEX3 value of a DATE names; `None` where it names none of this calendar."""
        match = _VALUE.fullmatch(value)
        if match is None:
            return None
        try:
            year = int(match["year"])
            if match["day"]:
                return cls("day", date(year, int(match["month"]), int(match["day"])))
            if match["month"]:
                return cls("month", date(year, int(match["month"]), 1))
            if match["week"]:
                monday = date.fromisocalendar(year, int(match["week"]), 1)
                return cls("weekend", monday + timedelta(days=5)) if match["weekend"] else cls("week", monday)
            if match["quarter"]:
                return cls("quarter", date(year, int(match["quarter"]) * 3 - 2, 1))
            if match["half"]:
                return cls("half", date(year, int(match["half"]) * 6 - 5, 1))
            if match["season"]:
                return season(year, match["season"])
            unit: Unit = {4: "year", 3: "decade", 2: "century"}[len(match["year"])]  # type: ignore[assignment]
            return cls(unit, date(max(1, year * 10 ** (4 - len(match["year"]))), 1, 1))
        except (ValueError, OverflowError):
            return None

    def shifted(self, count: int) -> Period | None:
        """The period of this kind `count` further on; `None` where the calendar ends (years 1 to 9999)."""
        try:
            if self.unit == "day":
                return Period("day", self.first + timedelta(days=count))
            if self.unit in ("week", "weekend"):
                return Period(self.unit, self.first + timedelta(weeks=count))
            if self.unit == "season":
                year, index = divmod(self.first.year * 4 + _SEASON_ORDER.index(self.season) + count, 4)
                return season(year, _SEASON_ORDER[index])
            months = self.first.year * 12 + self.first.month - 1 + _MONTHS_PER[self.unit] * count
            return Period(self.unit, date(months // 12, months % 12 + 1, 1))
        except (ValueError, OverflowError):
            return None


def _days(day: date, count: int) -> date:
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def holding(day: date, unit: Unit, season_name: str = "") -> Period | None:
    """The period of kind `unit` that holds `day` (weeks begin on Monday, ISO 8601-1)."""
    try:
        match unit:
            case "day":
                return Period("day", day)
            case "week":
                return Period("week", day - timedelta(days=day.weekday()))
            case "weekend":
                return Period(
                    "weekend", day + timedelta(days=5 - day.weekday()) if day.weekday() < 6 else _days(day, -1)
                )
            case "month":
                return Period("month", day.replace(day=1))
            case "quarter":
                return Period("quarter", date(day.year, (day.month - 1) // 3 * 3 + 1, 1))
            case "half":
                return Period("half", date(day.year, 1 if day.month < 7 else 7, 1))
            case "season":
                return season(day.year, season_name)
            case "decade":
                return Period("decade", date(day.year // 10 * 10, 1, 1))
            case "century":
                return Period("century", date(day.year // 100 * 100, 1, 1))
            case _:
                return Period("year", date(day.year, 1, 1))
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def made(year: int, month: int | None = None, day: int | None = None) -> Period | None:
    """Day, month or year as a period; `None` where there is no such day."""
    try:
        if day is not None and month is not None:
            return Period("day", date(year, month, day))
        if month is not None:
            return Period("month", date(year, month, 1))
        return Period("year", date(year, 1, 1))
    except ValueError:
        return None


def whole_year(written: int) -> int:
    """A year as written, the century added to two figures."""
    return written if written > 99 else written + (2000 if written < THIS_CENTURY else 1900)


def numbered_week(year: int, number: int) -> Period | None:
    """ISO week `number` of `year`; `None` where the year has no such week."""
    try:
        return Period("week", date.fromisocalendar(year, number, 1))
    except ValueError:
        return None


def season(year: int, name: str) -> Period | None:
    """Season `name` ("SP", "SU", "FA", "WI") that begins in `year`."""
    try:
        return Period("season", date(year, *SEASONS[name][0]), name)
    except ValueError:
        return None


def moved(day: date, unit: str, count: float) -> date | None:
    """`day` moved by `count` units (months and years keep the day of the month where it exists)."""
    try:
        if unit in ("day", "week", "fortnight", "weekend"):
            return day + timedelta(days=round(count * {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}[unit]))
        if unit in ("second", "minute", "hour"):
            return day + timedelta(days=int(count / {"second": 86400, "minute": 1440, "hour": 24}[unit]))
        months = day.year * 12 + day.month - 1 + round(_MONTHS_PER[unit] * count)
        year, month = divmod(months, 12)
        if not 1 <= year <= 9999:
            return None
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def weekday_near(day: date, weekday: int, direction: int, *, same: bool) -> date | None:
    """The nearest `weekday` (1 = Monday) before (-1) or after (1) `day`; `same`: `day` itself counts."""
    distance = (day.isoweekday() - weekday) % 7 if direction < 0 else (weekday - day.isoweekday()) % 7
    if distance == 0 and not same:
        distance = 7
    try:
        return day + timedelta(days=direction * distance)
    except OverflowError:
        return None


def nth_weekday(period: Period, weekday: int, number: int) -> date | None:
    """The `number`-th `weekday` (1 = Monday) of `period`, below zero from its end; `None` where it has not so many."""
    edge, direction = (period.first, 1) if number > 0 else (period.last, -1)
    near = weekday_near(edge, weekday, direction, same=True)
    day = moved(near, "week", direction * (abs(number) - 1)) if near else None
    return day if day is not None and period.first <= day <= period.last else None


def part(period: Interval, low: float, high: float) -> Interval:
    """The days from share `low` to share `high` of `period`."""
    count = period.days
    start = min(count - 1, int(low * count))
    end = max(start, min(count - 1, -int(-high * count // 1) - 1))
    return Interval(_days(period.earliest, start), _days(period.earliest, end))
