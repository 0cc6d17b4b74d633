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
from datetime import date

from tellings.across.chronology.announced import came_true
from tellings.across.chronology.choice import best_first
from tellings.across.chronology.events import SMALL, Told, kept, told_events
from tellings.across.chronology.likeness import Words
from tellings.across.chronology.statements import RECENT, STAGE, Statement
from tellings.across.chronology.themes import themes
from tellings.across.chronology.weight import day_weights, event_weight
from tellings.across.origins import by_telling
from tellings.model.records import ANY_DAY, Event, EventPart, Interval, Provenance, Telling

__all__ = ["chronology", "told_events"]

#: Days before the first telling that are background, and the share of all origins that make an event the story's own.
LONG_BEFORE, OWN = 60, 0.4
#: How much more the likelihood that a reader would note an event as weighty counts than who tells it.
SURELY = 2


def chronology(
    tellings: Sequence[Telling], origins: Sequence[Sequence[str]], told: Sequence[Told], words: Words
) -> tuple[Event, ...]:
    """The events that `tellings` tell of, by earliest day, then latest; on one day by how many tellings tell them.

    A sentence stands where the event of its clause was dated (`tellings.within.dating`), a signed post on the day it is
    signed with, a sentence without a day on the days up to its telling's. `origins` partitions the ids of the tellings
    into independent origins; `told` and `words`: what `told_events` finds.
    """
    origin_of = by_telling(origins)
    small = len(tellings) <= SMALL
    found = kept(told, several=len(origins) > 1, small=small)
    days = [one.told for each in found for one in each.group if one.told is not None]
    first_told = min(days, default=None)
    rank = {telling.id: place for place, telling in enumerate(tellings)}
    found.sort(key=lambda each: _order(each, rank))
    weights, first = _weights(found, origin_of, words, small=small)
    later = came_true(found, words)
    return tuple(
        Event(
            each.when,
            each.announced,
            tuple(one.found for one in _with_first(each, first[place])),
            len({origin_of[one.telling] for one in each.group}),
            weight,
            later[place],
            _part(each, first_told, origin_of, len(origins)),
            Provenance(STAGE, "one-sentence" if len(each.group) == 1 else "like-sentences"),
        )
        for place, (each, weight) in enumerate(zip(found, weights, strict=True))
    )


def _part(each: Told, first_told: date | None, origin_of: Mapping[str, int], everyone: int) -> EventPart:
    """Where an event stands in its story, which `everyone` tells, so many origins. What many of them tell of is its
    own, however long ago."""
    if each.announced:
        return "ahead"
    if not each.dated:
        return "undated"
    origins = len({origin_of[one.telling] for one in each.group})
    long_ago = first_told is not None and (first_told - each.when.latest).days > LONG_BEFORE
    few = origins < OWN * everyone or origins == 1 < everyone
    return "background" if long_ago and few else "story"


def _order(each: Told, rank: Mapping[str, int]) -> tuple[object, ...]:
    first = each.group[0]
    tellings = len({one.telling for one in each.group})
    return each.when.earliest, each.when.latest, -tellings, rank[first.telling], first.place.span


def _with_first(each: Told, first: Statement) -> list[Statement]:
    return [first, *(one for one in each.group if one is not first)]


def _weights(
    found: Sequence[Told], origin_of: Mapping[str, int], words: Words, *, small: bool
) -> tuple[list[float], list[Statement]]:
    """What each event weighs, and the statement that tells it best. An event weighs as its day does, the less the more
    themes of that day weigh more, less where another event tells its theme better; in a `small` story the more the
    likelier a reader would note it."""
    events: dict[int, int] = {}
    told = []
    for place, each in enumerate(found):
        for one in each.telling_it_best:
            events[id(one)] = place
            told.append(one)
    when_of = {id(one): found[events[id(one)]].when for one in told}
    of_day = day_weights(((when_of[id(one)], one) for one in told), origin_of)
    first: dict[int, Statement] = {}
    leading: dict[Interval, list[tuple[int, float, int]]] = defaultdict(list)
    others: dict[Interval, list[int]] = defaultdict(list)
    for theme in themes(told, when_of):
        best = best_first(theme, words)
        when = when_of[id(best[0])]
        number = len({origin_of[one.telling] for one in theme})
        own = day_weights(((when, one) for one in theme), origin_of)[when]
        order = list(dict.fromkeys(events[id(one)] for one in best))
        for one in best:
            first.setdefault(events[id(one)], one)
        leading[when].append((-number, -own, order[0]))
        others[when] += order[1:]
    weights = [0.0] * len(found)
    for when, heads in leading.items():
        heads.sort()
        ranked = dict.fromkeys([*(place for *_, place in heads), *others[when]])
        if when == ANY_DAY:  # each may be of a day of its own, near its telling
            for number, own, place in heads:
                weights[place] = event_weight(-number, -own, 0, RECENT + 1)
            for place in others[when]:
                weights[place] = event_weight(1, 0.0, 1, RECENT + 1)
        else:
            for further, place in enumerate(ranked):
                weights[place] = event_weight(-heads[0][0], of_day[when], further, when.days)
        for place in ranked:
            if small:
                weights[place] = round(weights[place] * found[place].weighty ** SURELY, 3)
    return weights, [first[place] for place in range(len(found))]
