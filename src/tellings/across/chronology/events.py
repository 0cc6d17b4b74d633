"""Statements put together: what each event of a story is told by, when it was, and how much it matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from tellings.across.chronology import worth
from tellings.across.chronology.grouping import Group, days_of, one_event_each
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
    support: float

    @property
    def telling_it_best(self) -> tuple[Statement, ...]:
        """Its statements that give a day, and not on the side; all, where none does."""
        plain = tuple(one for one in self.group if one.dated and not one.background)
        return plain or tuple(one for one in self.group if one.dated) or self.group

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
        likely = probability(worth.features(group.statements, group.echo, words, story, origin_of), events)
        dated = any(one.dated for one in group.statements)
        support = _support(group, origin_of)
        found.append(Told(group.statements, days_of(group.statements), dated, likely, support))
    return found, words


def _support(group: Group, origin_of: Mapping[str, int]) -> float:
    """How many independent origins tell an event: its own, and those that probably do."""
    own = {origin_of[one.telling] for one in group.statements if one.dated} or {origin_of[one.telling] for one in group.statements}
    echoes: dict[int, float] = {}
    for telling, chance in group.echo.items():
        if origin_of[telling] not in own:
            echoes[origin_of[telling]] = max(chance, echoes.get(origin_of[telling], 0.0))
    return len(own) + fsum(sorted(echoes.values()))


def kept(found: Sequence[Told]) -> list[Told]:
    """Those that a reader would probably note."""
    return [each for each in found if each.likely >= (DATED if each.dated else UNDATED)]
