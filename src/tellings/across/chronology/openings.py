"""The news of a day that nobody dates: what several independent tellings of one or two days open with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tellings.across.chronology.statements import Statement
from tellings.across.word_vectors import Neighbours, Space, Vector
from tellings.model.records import Interval

#: Cosine from which two openings, or an opening and a dated sentence, tell one news; origins that make it news.
ONE_NEWS, SEVERAL = 0.35, 2


def news_of_the_day(
    openings: Iterable[Statement], dated: Sequence[Statement], space: Space, origin_of: Mapping[str, int]
) -> list[list[Statement]]:
    """Openings that tell one news, where several independent origins do: it happened on the day of the first of them or
    the day before. What a dated sentence of those days tells is left to that one."""
    found = []
    told_on: dict[Interval, Neighbours] = {}
    for group in _alike(openings, space):
        when = group[0].when
        if len({origin_of[one.telling] for one in group}) < SEVERAL:
            continue
        if when not in told_on:
            told_on[when] = Neighbours(space.vector(one.place) for one in dated if one.when.overlaps(when))
        if not any(told_on[when].near(space.vector(one.place), ONE_NEWS) for one in group):
            found.append([replace(one, when=when) for one in group])
    return found


def _alike(openings: Iterable[Statement], space: Space) -> list[list[Statement]]:
    """Openings like the first of their group, and told on its day or the day after."""
    groups: list[list[Statement]] = []
    begun_on: dict[date, _FirstOnes] = defaultdict(_FirstOnes)
    for one in sorted(openings, key=_told):
        vector = space.vector(one.place)
        day = _told(one)
        homes = [
            number
            for begun in {date.fromordinal(max(1, day.toordinal() - 1)), day}
            for number in begun_on[begun].like(vector)
        ]
        if homes:
            groups[min(homes)].append(one)
        else:
            begun_on[day].enter(vector, len(groups))
            groups.append([one])
    return groups


class _FirstOnes:
    """The first openings of the groups that began on one day, with the numbers of the groups."""

    def __init__(self) -> None:
        self._vectors = Neighbours()
        self._groups: list[int] = []

    def enter(self, vector: Vector, group: int) -> None:
        self._vectors.enter(vector)
        self._groups.append(group)

    def like(self, vector: Vector) -> list[int]:
        return [self._groups[place] for place in self._vectors.near(vector, ONE_NEWS)]


def _told(one: Statement) -> date:
    return one.told or date.max
