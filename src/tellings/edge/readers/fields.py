"""Under which names scrapers and services write an article: the lists of `fields.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from tellings.edge.readers.dates import DateError, parse_date
from tellings.model.counted import count
from tellings.model.records import Problem

_MARKS = re.compile(r"[_\-.\s]")
#: Fields that may hold the day that are named where none is known to.
_NAMED = 3


def names_of(what: str) -> tuple[str, ...]:
    """The names of fields that hold `what`, the first to be tried first. Raises KeyError where that is no list."""
    return _lists()[what]


def flattened(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an object by their names without case and marks, with those of objects within it that hold some."""
    fields = {_normal(key): value for key, value in reversed(list(entry.items()))}
    for key in names_of("within"):
        inner = fields.get(key)
        if isinstance(inner, dict):
            for name, value in inner.items():
                fields.setdefault(_normal(name), value)
    return fields


class OtherDays:
    """Fields that hold days, of articles that have none in a field that is known: what their makers may have meant."""

    def __init__(self) -> None:
        self._articles = 0
        self._fields: Counter[str] = Counter()

    def note(self, fields: Mapping[str, Any]) -> None:
        """Look at the fields of an article without a date."""
        self._articles += 1
        for name, value in fields.items():
            if isinstance(value, str) and _is_of_day(name):
                try:
                    parse_date(value)
                except DateError:
                    continue
                self._fields[name] += 1

    def told(self, place: str) -> tuple[Problem, ...]:
        """That articles of one file are undated though fields of theirs hold days; nothing where none does."""
        if not self._fields:
            return ()
        named = ", ".join(f"{name} (in {number:,})" for name, number in self._fields.most_common(_NAMED))
        message = f"{count(self._articles, 'article')} without a date, though there are fields that hold days: {named}"
        remedy = "name the field that holds the day of publication date"
        return (Problem(place, "date", message, remedy, lost=False),)


def _is_of_day(name: str) -> bool:
    return any(part in name for part in names_of("of_days")) and not any(
        part in name for part in names_of("of_other_days")
    )


def _normal(name: str) -> str:
    return _MARKS.sub("", name).lower()


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    text = (resources.files("tellings.edge.readers") / "fields.toml").read_text(encoding="utf-8")
    return {what: tuple(names) for what, names in tomllib.loads(text).items()}
