"""Days and feasts with a name, by year and country; the table is days.toml of the room.

Easter by `dateutil.easter`; public holidays by the library `holidays`, asked only where an entry names one.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from tellings.within.times.calendar import Period, nth_weekday

#: The Gregorian calendar begins; the library and the rules end.
FIRST_YEAR, LAST_YEAR = 1583, 4099
_NTH = re.compile(r"(\d\d)-(\d):(-?\d)([+-]\d+)?")
_FIXED = re.compile(r"(\d\d)-(\d\d)")
#: "easter-2", "orthodox+1"; "holiday:NAME@COUNTRY+1".
_FEAST = re.compile(r"([a-z]+)([+-]\d+)")
_FEASTS = ("easter", "orthodox")
_HOLIDAY = re.compile(r"[a-z]+:([^@]+)@([A-Z]{2})([+-]\d+)?")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """Where a named day lies in one year. `unsure`: in another country, or by the moon, it may be another day."""

    first: date
    last: date
    unsure: bool = False


def named_day(entry: str | Mapping[str, Any], year: int, country: str | None = None) -> NamedDay | None:
    """The day or feast that `entry` of days.toml means in `year` in `country` (ISO 3166-1 alpha-2, `None`: unknown).

    `None` where there was no such day in that year.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if isinstance(entry, str):
        return _stretch(entry, year)
    if year < entry.get("since", FIRST_YEAR):
        return None
    if "every" in entry and year % entry["every"][0] != entry["every"][1]:
        return None
    code, unsure = str(entry["day"]), bool(entry.get("moon", False))
    for since, changed in sorted(entry.get("changes", {}).items(), key=lambda each: int(each[0])):
        code = str(changed) if year >= int(since) else code
    home = entry.get("home")
    if home is not None and country != home:
        elsewhere = _elsewhere(entry, year, country)
        if elsewhere is not None:
            return elsewhere
        unsure = True
    found = _stretch(code, year)
    return NamedDay(found.first, found.last, unsure) if found and unsure else found


def same_day_and_month(entry: str | Mapping[str, Any]) -> str | None:
    """The entry's "MM-DD" where it is the same each year, else `None`."""
    code = entry if isinstance(entry, str) else entry["day"] if "changes" not in entry and "home" not in entry else ""
    return code if _FIXED.fullmatch(code) else None


def _elsewhere(entry: Mapping[str, Any], year: int, country: str | None) -> NamedDay | None:
    if country is None:
        return None
    code = entry.get("in", {}).get(country)
    if code is None and "holiday" in entry:
        code = f"holiday:{entry['holiday']}@{country}"
    return _stretch(str(code), year) if code else None


def _stretch(code: str, year: int) -> NamedDay | None:
    opening, _, closing = code.partition("..")
    first = _day(opening, year)
    last = _day(closing, year) if closing else first
    if first is None or last is None:
        return None
    if last < first:  # from December into January
        last = _day(closing, year + 1)
    return NamedDay(first, last) if last else None


def _day(code: str, year: int) -> date | None:
    if nth := _NTH.fullmatch(code):
        day = nth_weekday(Period("month", date(year, int(nth[1]), 1)), int(nth[2]), int(nth[3]))
        return day + timedelta(days=int(nth[4] or 0)) if day else None
    if (counted := _FEAST.fullmatch(code)) and counted[1] in _FEASTS:
        return _easter(year, orthodox=counted[1] == _FEASTS[1]) + timedelta(days=int(counted[2]))
    if holiday := _HOLIDAY.fullmatch(code):
        day = _holiday(holiday[1], holiday[2], year)
        return day + timedelta(days=int(holiday[3] or 0)) if day else None
    fixed = _FIXED.fullmatch(code)
    if fixed is None:
        raise ValueError(f"days.toml: {code!r} is no code; see the head of the file")
    try:
        return date(year, int(fixed[1]), int(fixed[2]))
    except ValueError:
        return None


@cache
def _easter(year: int, *, orthodox: bool) -> date:
    from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

    day: date = easter(year, EASTER_ORTHODOX if orthodox else EASTER_WESTERN)
    return day


@cache
def _holiday(name: str, country: str, year: int) -> date | None:
    """The first day of the public (or customary) holiday `name` of `country` in `year`, as the library has it."""
    import holidays

    table = getattr(holidays, country, None)
    if table is None or not table.start_year <= year <= table.end_year:
        return None
    with warnings.catch_warnings():  # a table of estimated feasts warns beyond its years, and then lacks them
        warnings.simplefilter("ignore")
        found = holidays.country_holidays(
            country, years=year, language="en_US", categories=table.supported_categories, observed=False
        )
    wanted = name.casefold()
    # One day may have two names, and a name a remark: "A; B (estimated)".
    days = (
        day
        for day, called in found.items()
        if wanted in {part for each in called.casefold().split("; ") for part in (each, each.split(" (")[0])}
    )
    return min((day for day in days if day.year == year), default=None)
