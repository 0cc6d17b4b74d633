"""The events of a story: which sentences tell one event, on which day, and how much it made the story.

1. statements   each sentence whose own words give the day of what it tells
2. grouping     those of one day that tell one event
3. openings     undated news that several independent tellings of one day open with
4. weight       the days, and the events on them, by who tells of them and how long afterwards
5. choice       the sentence of an event that says most of what all say
6. announced    what came of what was announced
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tellings.across.chronology.announced import came_true
from tellings.across.chronology.choice import best_first
from tellings.across.chronology.grouping import one_event_each
from tellings.across.chronology.openings import news_of_the_day
from tellings.across.chronology.statements import (
    STAGE,
    Statement,
    dated_statements,
    opening_statement,
    without_story_wide_words,
)
from tellings.across.chronology.weight import day_weights, event_weight
from tellings.across.word_vectors import Space
from tellings.model.records import Event, Interval, Provenance, Telling

__all__ = ["chronology"]


def chronology(tellings: Sequence[Telling], origins: Sequence[Sequence[str]]) -> tuple[Event, ...]:
    """The events that `tellings` date, by earliest day, then latest; on one day by how many tellings tell them.

    A sentence stands where the event of its clause was dated (`tellings.within.dating`), a signed post on the day it is
    signed with. `origins` partitions the ids of the tellings into independent origins.
    """
    origin_of = {telling: number for number, group in enumerate(origins) for telling in group}
    dated = without_story_wide_words(one for telling in tellings for one in dated_statements(telling))  # 1
    groups = list(_of_one_event(dated))  # 2
    openings = [one for telling in tellings if (one := opening_statement(telling)) is not None]
    groups += news_of_the_day(openings, dated, _space([*dated, *openings]), origin_of)  # 3
    rank = {telling.id: place for place, telling in enumerate(tellings)}
    groups.sort(key=lambda group: _order(group, rank))
    space = _space([one for group in groups for one in group])
    weights = _weights(groups, origin_of)  # 4
    later = came_true(groups, space)  # 6
    return tuple(
        Event(
            group[0].when,
            group[0].announced,
            tuple(one.found for one in best_first(group, space)),  # 5
            len({origin_of[one.telling] for one in group}),
            weight,
            later[place],
            Provenance(STAGE, "one-sentence" if len(group) == 1 else "like-sentences-of-one-day"),
        )
        for place, (group, weight) in enumerate(zip(groups, weights, strict=True))
    )


def _space(told: Sequence[Statement]) -> Space:
    """Words weighed by their rarity among these statements, and two more, so that in a handful none weighs nothing."""
    return Space(((one.place, one.vector_words) for one in told), more=2)


def _of_one_event(dated: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Statements of the same days that tell one event; what was announced is kept from what was reported."""
    by_days: dict[tuple[Interval, bool], list[Statement]] = defaultdict(list)
    for one in dated:
        by_days[one.when, one.announced].append(one)
    for told in by_days.values():
        yield from one_event_each(told)


def _order(group: Sequence[Statement], rank: Mapping[str, int]) -> tuple[object, ...]:
    first = group[0]
    tellings = len({one.telling for one in group})
    return first.when.earliest, first.when.latest, -tellings, rank[first.telling], first.place.span


def _weights(groups: Sequence[Sequence[Statement]], origin_of: Mapping[str, int]) -> list[float]:
    """What each event weighs: as its day does, the less the more of that day's events weigh more."""
    of_day = day_weights((one for group in groups for one in group), origin_of)
    own = [
        (len({origin_of[one.telling] for one in group}), day_weights(group, origin_of)[group[0].when])
        for group in groups
    ]
    most_origins: dict[Interval, int] = {}
    further: dict[Interval, int] = defaultdict(int)
    weights = [0.0] * len(groups)
    for place in sorted(range(len(groups)), key=lambda place: (-own[place][0], -own[place][1], place)):
        when = groups[place][0].when
        origins = most_origins.setdefault(when, own[place][0])
        weights[place] = event_weight(origins, of_day[when], further[when], when.days)
        further[when] += 1
    return weights
