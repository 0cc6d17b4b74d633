"""Ages against a birthday: each age told on a known day leaves a year in which the birth can lie."""

from __future__ import annotations

from datetime import date, timedelta

from tellings.across.questions.related import Related
from tellings.across.questions.subject import Given
from tellings.across.questions.values import Value, several_in_one
from tellings.model.records import DocumentDate, Term


def relate_ages(values: list[Value]) -> Related:
    """How ages relate."""
    given = [one for value in values for one in _dated(value)]
    told = _told_ages(given)
    if len({age for age, _ in told}) == 1 and len(values) > 1:
        # "63" and "about to turn 64" are one age in two wordings.
        return Related("compatible", "equal-ages")
    if any(days == (None, None) for _, days in told):
        if len(values) == 1:
            return Related("same", "equal-values")
        return Related("unclear", "day-not-known", _ages(told))
    births = [_births(age, days) for age, days in told]
    low = max((earliest for earliest, _ in births if earliest is not None), default=None)
    high = min((latest for _, latest in births if latest is not None), default=None)
    one_birth_fits = low is None or high is None or low <= high
    if len(values) == 1:
        if one_birth_fits:
            return Related("same", "equal-values")
        return Related("unclear", "one-age-over-a-year", _ages(told))
    if several_in_one(values) and len({(one.telling.id, one.date.value) for one in given}) < len(given):
        return Related("unclear", "several-values-in-one-telling", _ages(told))
    if one_birth_fits and low is not None and high is not None:
        return Related("explained by time", "birthday-between", (*_ages(told), Term("born", earliest=low, latest=high)))
    if one_birth_fits or not all(earliest == latest for _, (earliest, latest) in told):
        return Related("unclear", "day-not-known", _ages(told))
    with_births = zip(_ages(told), births, strict=True)
    terms = (term for age, birth in with_births for term in (age, Term("born", earliest=birth[0], latest=birth[1])))
    return Related("differs", "no-birthday-fits", tuple(terms))


_Days = tuple[date | None, date | None]
"""Earliest and latest day, `None` where open."""


def _told_ages(given: list[Given]) -> list[tuple[int, _Days]]:
    """The ages with the days on which each was told, earliest first."""
    found = {(int(one.fact.low or 0), _told(one.date)) for one in given}
    return sorted(found, key=lambda pair: (pair[1][0] or date.min, pair[0]))


def _ages(told: list[tuple[int, _Days]]) -> tuple[Term, ...]:
    return tuple(Term("value", f"{age}", earliest=days[0], latest=days[1]) for age, days in told)


def _dated(value: Value) -> list[Given]:
    """The facts of a value told on a known day, where there are any; else all of them."""
    return [one for one in value.given if _told(one.date) != (None, None)] or list(value.given)


def _told(dated: DocumentDate) -> _Days:
    """Earliest and latest day of telling, `None` where open."""
    if dated.value is not None:
        return dated.value, dated.value
    return dated.not_before, dated.not_after


def _births(age: int, days: _Days) -> _Days:
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
