"""The values of a question: facts that state one value, how it is written, and whether two exclude one another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from tellings.across.questions.subject import Given
from tellings.model.records import Fact, Interval
from tellings.model.rules import load

#: Counts below this are exact to the unit; larger round figures are compared by their last stated digit.
ROUNDED_FROM = 1000
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[A-Za-z]+")
_CURRENCY = {"USD": "$", "AUD": "A$", "CAD": "C$", "GBP": "£", "EUR": "€"}


@dataclass(frozen=True, slots=True)
class Value:
    """Facts that state one value. `given` is never empty."""

    label: str
    given: tuple[Given, ...]
    low: float | None
    high: float | None
    interval: Interval | None

    @property
    def fact(self) -> Fact:
        """The first of its facts."""
        return self.given[0].fact

    @property
    def tellings(self) -> frozenset[str]:
        """Ids of the tellings that give it."""
        return frozenset(one.telling.id for one in self.given)


def values(given: Iterable[Given]) -> list[Value]:
    """The values that facts of one question state, least or earliest first."""
    grouped: dict[tuple[object, ...], list[Given]] = defaultdict(list)
    for one in given:
        fact = one.fact
        grouped[fact.low, fact.high, fact.interval, fact.bound].append(one)
    found = [
        Value(
            label(ones[0]),
            tuple(sorted(ones, key=lambda one: one.reference)),
            ones[0].fact.low,
            ones[0].fact.high,
            ones[0].fact.interval,
        )
        for ones in grouped.values()
    ]
    return sorted(
        found,
        key=lambda value: (
            value.interval or Interval(date.min, date.min),
            value.low or 0.0,
            value.high or float("inf"),
        ),
    )


def overlap(a: Value, b: Value) -> bool:
    """Whether one number or one day can satisfy both values."""
    return facts_overlap(a.fact, b.fact)


def facts_overlap(a: Fact, b: Fact) -> bool:
    """Whether one number or one day can satisfy both facts."""
    if a.interval is not None and b.interval is not None:
        return a.interval.overlaps(b.interval)
    low_a, low_b = a.low or 0.0, b.low or 0.0
    high_a = float("inf") if a.high is None else a.high
    high_b = float("inf") if b.high is None else b.high
    slack = 0.0
    if a.kind != "duration" and min(low_a, low_b) >= ROUNDED_FROM:
        slack = max(_grain(low_a), _grain(low_b)) / 2
    return low_a <= high_b + slack and low_b <= high_a + slack


def all_overlap(found: Iterable[Value]) -> bool:
    """Whether no two of the values exclude one another."""
    return all(overlap(a, b) for a, b in combinations(found, 2))


def several_in_one(found: Iterable[Value]) -> bool:
    """Whether one telling gives two values that exclude one another: totals and parts, or two occasions."""
    return any(a.tellings & b.tellings and not overlap(a, b) for a, b in combinations(found, 2))


def _grain(value: float) -> float:
    """The place value of the last digit that is not zero: 35,400,000 → 100,000."""
    whole = int(value)
    grain = 1
    while whole and whole % (grain * 10) == 0:
        grain *= 10
    return float(grain)


def label(one: Given) -> str:
    """The value in figures with its bound; a date in ISO days; vague words and lengths of time as written."""
    fact = one.fact
    if fact.kind == "date" and fact.interval is not None:
        return days(fact.interval)
    if fact.kind == "duration":
        small = load(one.telling.document.read_as, "fact").meanings("number_word")
        return _WORD.sub(lambda match: str(small.get(match[0], match[0])), _words(one))
    if fact.bound == "vague" or fact.high == 0:
        return _words(one).removesuffix(" of")
    if fact.bound in ("at least", "more than"):
        return f"{fact.bound} {_with_unit(fact, fact.low)}"
    if fact.bound in ("at most", "less than", "nearly"):
        return f"{fact.bound} {_with_unit(fact, fact.high)}"
    if fact.bound == "about" and fact.low is not None and fact.high is not None:
        return f"about {_with_unit(fact, round((fact.low + fact.high) / 2, 6))}"
    if fact.low == fact.high:
        return _with_unit(fact, fact.low)
    return f"{number(fact.low)}–{_with_unit(fact, fact.high)}"


def _words(one: Given) -> str:
    return _SPACE.sub(" ", one.fact.value_span.of(one.telling.text).lower())


def _with_unit(fact: Fact, value: float | None) -> str:
    """The number with its unit, as it is written: "$14,000", "35%", "4 km"."""
    unit = fact.unit or ""
    if fact.kind == "money":
        sign = _CURRENCY.get(unit)
        return f"{sign}{number(value)}" if sign else f"{number(value)} {unit}"
    if fact.kind == "measure" and unit == "%":
        return f"{number(value)}%"
    return f"{number(value)} {unit}" if fact.kind == "measure" and unit not in ("", "magnitude") else number(value)


def number(value: float | None) -> str:
    """A number for people: "1,250", "35.4 million"; "?" where open-ended."""
    if value is None:
        return "?"
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{round(value / size, 3):g} {word}"
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


def days(interval: Interval) -> str:
    """A day or a span of days in ISO form."""
    earliest, latest = interval.earliest.isoformat(), interval.latest.isoformat()
    return earliest if earliest == latest else f"{earliest}…{latest}"
