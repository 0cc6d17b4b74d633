"""Tolls that only rise: what is known of the killed and the hurt is more with every hour, and never less.

"At least five" of one telling and "seven" of another can both be true; a reader wants to be told that the toll rose.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tellings.across.questions.related import Related
from tellings.across.questions.subject import Given, Subject, leads
from tellings.across.questions.surroundings import Surroundings
from tellings.across.questions.values import Value, label
from tellings.model.records import Term
from tellings.model.rules import load

#: How many times another a toll must be to have risen, and from how many times on it is of another thing.
MORE, MUCH_MORE = 1.15, 3.0
#: Words that two sentences share which tell of one toll.
SHARED_WORDS = 3
#: Tolls from which, up to how many times as many, and told within which time, are of one size.
SEVERAL, OF_A_SIZE, A_DAY = 5, 1.5, timedelta(days=1)
#: Sentences of a side that are held against those of the other.
LOOKED_AT = 40
#: Bounds by which a telling says that more may be known later.
OPEN = frozenset({"at least", "more than"})


def risen_toll(about: Subject, values: Sequence[Value], around: Surroundings) -> Related | None:
    """ "updated" where one telling gives a toll as a least number and others, told no earlier, a higher one.

    Raises:
        RuleError: there are no fact rules for a telling's language, or they cannot be used.
    """
    language = values[0].given[0].telling.document.read_as
    rising = load(language, "fact").words("rising_scope")
    if about.kind != "count" or about.part or about.scope not in rising:
        return None
    stated = sorted((value for value in values if _number(value)), key=_number)
    if len(stated) < 2 or not MORE <= _number(stated[-1]) / _number(stated[0]) <= MUCH_MORE:
        return None
    lowest = [value for value in stated if _number(value) == _number(stated[0])]
    highest = [value for value in stated if _number(value) == _number(stated[-1])]
    if not _left_open(lowest):
        return None
    low, high = ([one for value in side for one in value.given] for side in (lowest, highest))
    if {one.telling.id for one in low} & {one.telling.id for one in high}:
        return None
    if not _no_later(low, high) or not any(_one_toll(one, high[:LOOKED_AT], around) for one in low[:LOOKED_AT]):
        return None
    terms = tuple(Term("value", label(side[0].given[0]), *_days(side[0].given)) for side in (lowest, highest))
    return Related("updated", "toll-rises", terms)


def _number(value: Value) -> float:
    """The number that a value states, 0 where it is vague."""
    return 0.0 if value.fact.bound == "vague" else value.fact.low or 0.0


def _left_open(lowest: Sequence[Value]) -> bool:
    """Whether every telling that gives a number gives it as the least, too."""
    left_open = {one.telling.id for value in lowest if value.fact.bound in OPEN for one in value.given}
    return all(one.telling.id in left_open for value in lowest for one in value.given)


def _no_later(low: Sequence[Given], high: Sequence[Given]) -> bool:
    """Whether the day of every telling is known, and none that gives the lower toll is of a later day."""
    days, later = ([one.date.value for one in side if one.date.value is not None] for side in (low, high))
    return len(days) == len(low) and len(later) == len(high) and max(days) <= min(later)


def _one_toll(one: Given, others: Sequence[Given], around: Surroundings) -> bool:
    return any(
        around.meet(one, other)
        and (
            len(around[one].words & around[other].words) >= SHARED_WORDS
            or (leads(one) and leads(other))
            or _close(one, other)
        )
        for other in others
    )


def _close(one: Given, other: Given) -> bool:
    """Whether two tolls are of one size, told within a day: another disaster's would seldom be."""
    a, b, told, other_told = one.fact.low or 0.0, other.fact.low or 0.0, one.date.value, other.date.value
    if told is None or other_told is None or abs(other_told - told) > A_DAY:
        return False
    return min(a, b) >= SEVERAL and max(a, b) <= OF_A_SIZE * min(a, b)


def _days(given: Sequence[Given]) -> tuple[date, date]:
    days = sorted(one.date.value for one in given if one.date.value is not None)
    return days[0], days[-1]
