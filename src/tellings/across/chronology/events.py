"""Statements put together: what each event of a story is told by, when it was, and how much it matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tellings.across.chronology import worth
from tellings.across.chronology.grouping import days_of, one_event_each
from tellings.across.chronology.likeness import Words, probability, weights_of
from tellings.across.chronology.redated import redated
from tellings.across.chronology.statements import Statement, statements
from tellings.across.chronology.weight import day_weights, event_weight
from tellings.model.records import Interval, Telling

#: Probability that a careful reader would note an event, from which it is kept: of a dated one and of an undated one.
DATED, UNDATED = 0.15, 0.4
#: Sentences of a story that are looked at though nothing says their day, the first ones of each telling; the fewest of a
#: telling.
ALL, FEWEST = 600, 3


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its statements, the days that they support, and how likely a careful reader would note it."""

    group: tuple[Statement, ...]
    when: Interval
    dated: bool
    likely: float

    @property
    def announced(self) -> bool:
        """Whether it is told of as still to come."""
        return self.group[0].announced


def told_events(
    tellings: Sequence[Telling],
    origin_of: Mapping[str, int],
    pairs: Mapping[str, float] | None = None,
    events: Mapping[str, float] | None = None,
) -> tuple[list[Told], Words]:
    """All that `tellings` tell of, by what a sentence says happened; `pairs` and `events`: the weights of the models,
    those shipped unless given."""
    pairs, events = pairs or weights_of("pairs"), events or weights_of("events")
    told = [one for telling in tellings for one in statements(telling, max(FEWEST, ALL // max(1, len(tellings))))]
    told = redated(told, Words(told), pairs)
    words = Words(told)
    story = worth.story_of(told, words, origin_of)
    found = []
    for group in one_event_each(told, words, pairs):
        likely = probability(worth.features(group, words, story, origin_of), events)
        found.append(Told(tuple(group), days_of(group), any(one.dated for one in group), likely))
    return found, words


def kept(found: Sequence[Told]) -> list[Told]:
    """Those that a reader would probably note."""
    return [each for each in found if each.likely >= (DATED if each.dated else UNDATED)]
