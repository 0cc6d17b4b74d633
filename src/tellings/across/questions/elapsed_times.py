"""A telling's stated lengths of time against the dates it gives itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tellings.across.questions.subject import Given, Subject
from tellings.across.questions.values import Value, days, label, values
from tellings.model.records import Explanation, Interval, Term

#: The rule that a length of time does not fit by.
RULE = "elapsed-time"
#: Slack (days) when a stated length is held against the calendar: both ends may be counted or not.
CALENDAR_SLACK = 2


@dataclass(frozen=True, slots=True)
class Misfit:
    """A stated length with the dates it does not fit, and the arithmetic."""

    about: Subject
    values: tuple[Value, ...]
    explanation: Explanation


def misfits(groups: Mapping[Subject, list[Given]]) -> list[Misfit]:
    """Elapsed times that do not fit the same telling's own date for the event and its own date."""
    dates: dict[tuple[Subject, str], list[Given]] = defaultdict(list)
    for about, given in groups.items():
        if about.kind == "date":
            for one in given:
                dates[about, one.telling.id].append(one)
    stated = ((about, one) for about, given in groups.items() if about.elapsed for one in given)
    return [found for about, one in stated if (found := _misfit(about, one, dates)) is not None]


def _misfit(about: Subject, stated: Given, dates: Mapping[tuple[Subject, str], list[Given]]) -> Misfit | None:
    fact = stated.fact
    if stated.date.value is None or fact.low is None:
        return None
    if fact.interval is not None:
        # "nearly two years since 3 May": the day stands beside the length.
        beside = Value(days(fact.interval), (stated,), None, None, fact.interval)
        return _held(about, stated, fact.interval, [beside])
    event = Subject("date", about.head, "", fact.scope, about.whom, about.local)
    own = dates.get((event, stated.telling.id), [])
    intervals = {one.fact.interval for one in own if one.fact.interval is not None}
    # Two dates for one event in one telling: which of them the time runs from cannot be told.
    if len(intervals) != 1 or (about.whom is None and about.local is not None):
        return None
    return _held(about, stated, intervals.pop(), values(own))


def _held(about: Subject, stated: Given, interval: Interval, own: list[Value]) -> Misfit | None:
    """The stated length with what the calendar measures, `None` where they fit."""
    told, fact = stated.date.value, stated.fact
    if told is None or fact.low is None or interval.earliest > told:
        return None
    shortest, longest = (told - interval.latest).days, (told - interval.earliest).days
    high = float("inf") if fact.high is None else fact.high
    if fact.low - CALENDAR_SLACK <= longest and shortest <= high + CALENDAR_SLACK:
        return None
    explanation = Explanation(
        RULE,
        (
            Term("from", earliest=interval.earliest, latest=interval.latest),
            Term("to", earliest=told, latest=told),
            Term("measured", low=float(shortest), high=float(longest)),
            Term("value", label(stated), low=fact.low, high=fact.high),
        ),
    )
    return Misfit(about, (*values([stated]), *own), explanation)
