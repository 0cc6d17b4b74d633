"""Ages against a birthday: each age told on a known day leaves a year in which the birth can lie."""

from __future__ import annotations

from datetime import date, timedelta

from tellings.across.slots.about import Given
from tellings.across.slots.values import Value, several_in_one
from tellings.model.records import DocumentDate, Relation


def relate_ages(values: list[Value]) -> tuple[Relation, str, str]:
    """How ages relate: relation, rule, arithmetic."""
    given = [one for value in values for one in _dated(value)]
    told = sorted(
        {(int(one.fact.low or 0), _told(one.date)) for one in given}, key=lambda pair: (pair[1][0] or date.min, pair[0])
    )
    ages = [f"{age} {_when(days)}" for age, days in told]
    if len({age for age, _ in told}) == 1 and len(values) > 1:
        # "63" and "about to turn 64" are one age in two wordings.
        return "compatible", "equal-ages", ""
    if any(earliest is None and latest is None for _, (earliest, latest) in told):
        if len(values) == 1:
            return "same", "equal-values", ""
        return "unclear", "day-not-known", "; ".join(ages)
    births = [_births(age, days) for age, days in told]
    low = max((birth[0] for birth in births if birth[0] is not None), default=None)
    high = min((birth[1] for birth in births if birth[1] is not None), default=None)
    fits = low is None or high is None or low <= high
    if len(values) == 1:
        return (
            ("same", "equal-values", "")
            if fits
            else ("unclear", "one-age-over-a-year", f"{', '.join(ages)}: more than one year apart")
        )
    if several_in_one(values) and len({(one.telling.id, one.date.value) for one in given}) < len(given):
        return "unclear", "several-values-in-one-telling", ", ".join(ages)
    if fits and low is not None and high is not None:
        return (
            "explained by time",
            "birthday-between",
            f"{', '.join(ages)}: fits a birthday between (born {low.isoformat()}…{high.isoformat()})",
        )
    if fits or not all(earliest == latest for _, (earliest, latest) in told):
        return "unclear", "day-not-known", "; ".join(ages)
    births_told = (f"{age}: born {birth[0]}…{birth[1]}" for age, birth in zip(ages, births, strict=True))
    return "differs", "no-birthday-fits", "; ".join(births_told)


def _dated(value: Value) -> list[Given]:
    """The facts of a value told on a known day, where there are any; else all of them."""
    return [one for one in value.given if _told(one.date) != (None, None)] or list(value.given)


def _told(dated: DocumentDate) -> tuple[date | None, date | None]:
    """Earliest and latest day of telling, `None` where open."""
    if dated.value is not None:
        return dated.value, dated.value
    return dated.not_before, dated.not_after


def _when(days: tuple[date | None, date | None]) -> str:
    earliest, latest = days
    if earliest is not None and earliest == latest:
        return f"on {earliest.isoformat()}"
    if earliest is not None and latest is not None:
        return f"between {earliest.isoformat()} and {latest.isoformat()}"
    if earliest is not None:
        return f"on or after {earliest.isoformat()}"
    return f"on or before {latest.isoformat()}" if latest is not None else "on a day not known"


def _births(age: int, days: tuple[date | None, date | None]) -> tuple[date | None, date | None]:
    """Earliest and latest day of birth of somebody aged `age` on some day of `days`."""
    earliest, latest = days
    return (
        None if earliest is None else _years_before(earliest, age + 1) + timedelta(days=1),
        None if latest is None else _years_before(latest, age),
    )


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
