"""A telling's stated lengths of time against the dates it gives itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tellings.across.slots.about import Given, Key
from tellings.across.slots.values import Value, days, label, number, values
from tellings.model.records import Interval

#: Slack (days) when a stated length is held against the calendar: both ends may be counted or not.
CALENDAR_SLACK = 2


@dataclass(frozen=True, slots=True)
class Misfit:
    """A stated length with the dates it does not fit, and the arithmetic."""

    about: Key
    values: tuple[Value, ...]
    explanation: str


def misfits(groups: Mapping[Key, list[Given]]) -> list[Misfit]:
    """Elapsed times that do not fit the same telling's own date for the event and its own date."""
    stated = ((about, one) for about, given in groups.items() if about.since for one in given)
    return [found for about, one in stated if (found := _misfit(about, one, groups)) is not None]


def _misfit(about: Key, stated: Given, groups: Mapping[Key, list[Given]]) -> Misfit | None:
    fact = stated.fact
    if stated.date.value is None or fact.low is None:
        return None
    if fact.interval is not None:
        # "nearly two years since 3 May": the day stands beside the length.
        beside = Value(days(fact.interval), (stated,), None, None, fact.interval)
        return _held(about, stated, fact.interval, [beside])
    event = Key("date", about.head, "", fact.scope, about.whom, about.local)
    own = [one for one in groups.get(event, ()) if one.telling.id == stated.telling.id]
    intervals = {one.fact.interval for one in own if one.fact.interval is not None}
    # Two dates for one event in one telling: which of them the time runs from cannot be told.
    if len(intervals) != 1 or (about.whom is None and about.local is not None):
        return None
    return _held(about, stated, intervals.pop(), values(own))


def _held(about: Key, stated: Given, interval: Interval, own: list[Value]) -> Misfit | None:
    """The stated length with what the calendar measures, `None` where they fit."""
    told, fact = stated.date.value, stated.fact
    if told is None or fact.low is None or interval.earliest > told:
        return None
    shortest, longest = (told - interval.latest).days, (told - interval.earliest).days
    high = float("inf") if fact.high is None else fact.high
    if fact.low - CALENDAR_SLACK <= longest and shortest <= high + CALENDAR_SLACK:
        return None
    measured = f"{longest}" if shortest == longest else f"{shortest}–{longest}"
    most = "" if fact.high is None else f"–{number(round(fact.high))}"
    explanation = (
        f"{days(interval)} to {told.isoformat()} is {measured} days; "
        f"{label(stated)} is {number(round(fact.low))}{most} days"
    )
    return Misfit(about, (*values([stated]), *own), explanation)
