"""What an expression means, before its place in the text is settled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tellings.model.records import Interval, TimexType
from tellings.model.text import Span
from tellings.within.times.calendar import Period

#: The filled slots of a rule's match, as written.
Groups = dict[str, str]

UNKNOWN_DATE = "the date of this part is unknown"
NOTHING_TOLD = "no earlier date of this telling to count from"
UNSAID_COUNT = "the count is not said"
UNKNOWN_YEAR = "its year is not said and the date of this part is unknown"
A_THING = "it names a thing, not when something happened"


@dataclass(frozen=True, slots=True)
class Sense:
    """What an expression means; fields as in `Timex`, and `period`, what later words can count from."""

    type: TimexType
    value: str | None = None
    interval: Interval | None = None
    period: Period | None = None
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    inferred: bool = False
    ambiguous: bool = False
    reason: str | None = None
    anchor: Span | None = None
    full: bool = False  # a day, month or year with its year written
    compared: bool = False  # told only to compare with ("a year earlier"): nothing later counts from it


def unplaced(kind: TimexType, value: str | None, reason: str, **fields: Any) -> Sense:
    """A sense without a place on the calendar, and why."""
    return Sense(kind, value, reason=reason, **fields)


def placed(period: Period | None, **fields: Any) -> Sense | None:
    """A DATE on `period`; `None` where there is no such period."""
    return None if period is None else Sense("DATE", period.value, period.interval, period, **fields)


def at(sense: Sense | None, part: str | None) -> Sense | None:
    """`sense` (a day) narrowed to a part of the day ("TNI") or a clock time ("T20:00")."""
    if sense is None or part is None:
        return sense
    if sense.value is None:
        return replace(sense, type="TIME")
    return replace(sense, type="TIME", value=sense.value + part)
