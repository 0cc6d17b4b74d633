"""How much a day, and an event on it, made the story: who tells of it, and how long afterwards.

Days by mentions in later documents go back to Tran et al. 2015, "Timeline summarization from relevant headlines";
weighing by the time until a day is spoken of again, by independent origins and by publication days is ours. The
constants were chosen on the five development topics of Timeline17 (eval/timelines.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from math import fsum, log, log1p

from tellings.across.chronology.statements import Statement
from tellings.model.records import Interval

#: What a telling of the same day, or of one before it, adds to a day's weight beside one that looks back (1).
SAME_DAY = 0.1
#: How much more a telling adds the later it looks back: by the logarithm of weeks (of so many days).
LATER, WEEK = 1.0, 7
#: Days after which it is history that a telling looks back to, and no part of the story by that alone.
HISTORY = 1100
#: The weights of tellings of one publication day are summed and raised to this power: they echo one another.
ECHO = 0.5
#: What an independent origin of a day's most told event adds to the weight of the day.
ORIGIN = 2.0
#: How much less an event weighs for each factor e of days that it can mean.
VAGUE = 2.0
#: What each further event of one day weighs beside the one before it, so that days come before their details.
FURTHER = 0.6


def day_weights(told: Iterable[tuple[Interval, Statement]], origin_of: Mapping[str, int]) -> dict[Interval, float]:
    """How much each day, or interval, made the story, by the statements that tell of it. `origin_of` gives the
    independent origin of a telling: those of one origin and one publication day count once."""
    by_day: dict[Interval, dict[tuple[date | None, int], float]] = defaultdict(dict)
    for when, each in told:
        told_by = (each.told, origin_of[each.telling])
        held = by_day[when]
        held[told_by] = max(_looking_back(when, each), held.get(told_by, 0.0))
    found = {}
    for when, held in by_day.items():
        of_publication_day: dict[date | None, list[float]] = defaultdict(list)
        for (published, _), weight in held.items():
            of_publication_day[published].append(weight)
        found[when] = fsum(fsum(sorted(weights)) ** ECHO for weights in of_publication_day.values())
    return found


def _looking_back(when: Interval, each: Statement) -> float:
    lag = 0 if each.told is None else (each.told - when.latest).days
    if each.told is not None and lag <= 0:
        return SAME_DAY
    return (1.0 + SAME_DAY) * (1.0 + LATER * log1p(lag / WEEK) if lag <= HISTORY else 1.0)


def event_weight(origins: int, day: float, further: int, days: int) -> float:
    """What an event weighs on a day of weight `day`, whose most told event has `origins` independent origins, where
    `further` events of that day weigh more. `days` is how many days it can mean."""
    # In a small pile one telling that looks back a year later would else outweigh all that told the news.
    return round((ORIGIN * origins + day) * FURTHER**further / (1 + VAGUE * log(days)), 3)
