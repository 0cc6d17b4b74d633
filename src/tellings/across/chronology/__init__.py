"""The events of a story: which sentences tell one event, on which day, and how much it made the story.

1. statements   each sentence whose own words give the day of what it tells, and those that give none
2. redated      tellings whose own date their words contradict
3. grouping     statements that tell one event
4. worth        how likely a careful reader would note an event; what is not worth it is left out
5. weight       the days, and the events on them, by who tells of them and how long afterwards
6. choice       the sentence of an event that says most of what all say
7. announced    what came of what was announced
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tellings.across.chronology.announced import came_true
from tellings.across.chronology.choice import best_first
from tellings.across.chronology.events import Told, kept, told_events
from tellings.across.chronology.statements import STAGE
from tellings.across.chronology.weight import day_weights, event_weight
from tellings.model.records import Event, Interval, Provenance, Telling

__all__ = ["chronology"]


def chronology(
    tellings: Sequence[Telling],
    origins: Sequence[Sequence[str]],
    *,
    pairs: Mapping[str, float] | None = None,
    worth: Mapping[str, float] | None = None,
) -> tuple[Event, ...]:
    """The events that `tellings` tell of, by earliest day, then latest; on one day by how many tellings tell them.

    A sentence stands where the event of its clause was dated (`tellings.within.dating`), a signed post on the day it is
    signed with, a sentence without a day on the days up to its telling's. `origins` partitions the ids of the tellings
    into independent origins. `pairs` and `worth`: weights of the models, those shipped unless given.
    """
    origin_of = {telling: number for number, group in enumerate(origins) for telling in group}
    found, words = told_events(tellings, origin_of, pairs, worth)
    found = kept(found)
    rank = {telling.id: place for place, telling in enumerate(tellings)}
    found.sort(key=lambda each: _order(each, rank))
    weights = _weights(found, origin_of)
    later = came_true(found, words)
    return tuple(
        Event(
            each.when,
            each.announced,
            tuple(one.found for one in best_first(each.group, words)),
            len({origin_of[one.telling] for one in each.group}),
            weight,
            later[place],
            Provenance(STAGE, "one-sentence" if len(each.group) == 1 else "like-sentences"),
        )
        for place, (each, weight) in enumerate(zip(found, weights, strict=True))
    )


def _order(each: Told, rank: Mapping[str, int]) -> tuple[object, ...]:
    first = each.group[0]
    tellings = len({one.telling for one in each.group})
    return each.when.earliest, each.when.latest, -tellings, rank[first.telling], first.place.span


def _weights(found: Sequence[Told], origin_of: Mapping[str, int]) -> list[float]:
    """What each event weighs: as its day does, the less the more of that day's events weigh more."""
    of_day = day_weights(((each.when, one) for each in found for one in each.group), origin_of)
    own = [
        (
            len({origin_of[one.telling] for one in each.group}),
            day_weights(((each.when, one) for one in each.group), origin_of)[each.when],
        )
        for each in found
    ]
    most_origins: dict[Interval, int] = {}
    further: dict[Interval, int] = defaultdict(int)
    weights = [0.0] * len(found)
    for place in sorted(range(len(found)), key=lambda place: (-own[place][0], -own[place][1], place)):
        when = found[place].when
        origins = most_origins.setdefault(when, own[place][0])
        weights[place] = event_weight(origins, of_day[when], further[when], when.days)
        further[when] += 1
    return weights
