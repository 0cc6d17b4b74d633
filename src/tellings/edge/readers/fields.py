"""Under which names scrapers and services write an article: the lists of `fields.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import Any

from tellings.edge.readers.dates import DateError, parse_date
from tellings.model.counted import count
from tellings.model.records import Problem

#: The longest that a day is written, with its time and zone (characters).
_LONGEST_DAY = 50
_DAY_OR_MONTH = re.compile(r"\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)")
_TWO_NUMBERS = re.compile(r"\s*(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)")
#: So many days of a field must tell in which order they are written.
_FEWEST_TELLING = 2
_NUMBER = re.compile(r"\d+(?:\.\d*)?")
_MARKS = re.compile(r"[_\-.\s]")
#: Fields that may hold the day that are named where none is known to, and files in which they stand.
_NAMED, _FILES = 3, 3


def names_of(what: str) -> tuple[str, ...]:
    """The names of fields that hold `what`, the first to be tried first. Raises KeyError where that is no list."""
    return _lists()[what]


@lru_cache(maxsize=10_000)
def normal(name: str) -> str:
    """The name of a field without case and marks, as names are compared."""
    return _MARKS.sub("", name).lower()


def flattened(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an object by their names without case and marks, with those of objects within it that hold some."""
    fields = {normal(key): value for key, value in reversed(list(entry.items()))}
    for key in names_of("within"):
        inner = fields.get(key)
        if isinstance(inner, dict):
            for name, value in inner.items():
                fields.setdefault(normal(name), value)
    for key in names_of("address_within"):
        inner = fields.get(key)
        if isinstance(inner, dict):
            for name, value in inner.items():
                if normal(name) in names_of("url"):
                    fields.setdefault(normal(name), value)
    return fields


def columns_of(entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """All fields of objects: name without case and marks → as it is first written, those within as "OUTER.INNER"."""
    found: dict[str, str] = {}
    for entry in entries:
        for key, value in entry.items():
            found.setdefault(normal(key), key)
            if isinstance(value, dict):
                for inner in value:
                    found.setdefault(normal(f"{key}.{inner}"), f"{key}.{inner}")
    return found


class OtherDays:
    """Fields that hold days, of articles that have none in a field that is known: what their makers may have meant.

    One is for all files that are read together: a scraper may write a file for each article.
    """

    def __init__(self) -> None:
        self._all = 0
        self._articles = 0
        self._fields: Counter[str] = Counter()
        self._unclear: dict[str, str] = {}  # field → a day of it in which day and month cannot be told apart
        self._files: dict[str, None] = {}

    def dated(self) -> None:
        """Count an article that has a day."""
        self._all += 1

    def note(self, place: str, entry: Mapping[str, Any]) -> None:
        """Look at the fields of an article without a date, from the file `place`."""
        self._all += 1
        self._articles += 1
        inner = (value for key, value in entry.items() if normal(key) in names_of("within") and isinstance(value, dict))
        for name, value in chain(entry.items(), *(each.items() for each in inner)):
            # What a field holds that is known to hold the day was refused already.
            if not isinstance(value, str) or is_of_another_day(name) or normal(name) in names_of("date"):
                continue
            unclear = len(value) <= _LONGEST_DAY and _DAY_OR_MONTH.match(value) and not _is_day(value)
            if unclear:
                self._unclear.setdefault(name, value)
            if unclear or day_written(value) or (_is_of_days(name) and _is_day(value)):
                self._fields[name] += 1
                self._files[place] = None

    def told(self) -> tuple[Problem, ...]:
        """That articles are undated though fields of theirs hold days; nothing where none does."""
        if not self._fields:
            return ()
        most = self._fields.most_common(_NAMED)
        such = {name: f", such as {day}, which may be two days" for name, day in self._unclear.items()}
        fields = ", ".join(f"{name} (in {number:,}{such.get(name, '')})" for name, number in most)
        whole = ", all that there are" if self._articles == self._all > 1 else ""
        whose = f"{count(self._articles, 'article')} without a date{whole}, though there are fields that hold days"
        files = list(self._files)
        place = ", ".join(files[:_FILES]) + (f" and {len(files) - _FILES} more" if len(files) > _FILES else "")
        clear = [name for name, _ in most if name not in self._unclear]
        remedy = "write the days as YYYY-MM-DD, in a field named date"
        if clear:
            remedy = f"say which holds the day of publication, for instance --fields date={clear[0]}"
        return (Problem(place, "date", f"{whose}: {fields}", remedy, lost=False),)


def order_of_days(values: Iterable[Any]) -> str | None:
    """Which of two numbers before a year is the day in a field of many rows: "day" (the first) or "month" (the second),
    as those of its days tell that can be no other; `None` where none does, or they tell both."""
    found: Counter[str] = Counter()
    for value in values:
        if isinstance(value, str) and (match := _TWO_NUMBERS.match(value)):
            first, second = int(match["first"]), int(match["second"])
            if 1 <= min(first, second) <= 12 < max(first, second) <= 31:
                found["day" if first > 12 else "month"] += 1
    return next(iter(found)) if len(found) == 1 and sum(found.values()) >= _FEWEST_TELLING else None


def day_in_order(value: Any, order: str | None) -> Any:
    """A value of a field in which days are written in that order, as one that can be no other day; else as it is."""
    if order is None or not isinstance(value, str) or not (match := _TWO_NUMBERS.match(value)):
        return value
    day, month = (match["first"], match["second"]) if order == "day" else (match["second"], match["first"])
    return f"{match['year']}-{month}-{day}"


def is_of_another_day(name: str) -> bool:
    """Whether a field, by its name, holds a day of fetching, of indexing, of a change."""
    return any(part in normal(name) for part in names_of("of_other_days"))


def day_written(value: str) -> bool:
    """Whether a value is a day and nothing else: no number, and no text that begins with a day."""
    return len(value) <= _LONGEST_DAY and not _NUMBER.fullmatch(value.strip()) and _is_day(value)


def _is_of_days(name: str) -> bool:
    """Whether a number in a field may be a day, by the name of the field."""
    return any(part in normal(name) for part in names_of("of_days"))


def _is_day(value: str) -> bool:
    try:
        parse_date(value)
    except DateError:
        return False
    return True


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    text = (resources.files("tellings.edge.readers") / "fields.toml").read_text(encoding="utf-8")
    return {what: tuple(names) for what, names in tomllib.loads(text).items()}
