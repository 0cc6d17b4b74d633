"""What came of what was announced: events of its days that later tellings tell of in like words."""

from __future__ import annotations

from collections.abc import Sequence

from tellings.across.chronology.statements import Statement
from tellings.across.word_vectors import Neighbours, Space
from tellings.model.records import Interval

#: Cosine from which what was told of a day is like what was announced for it.
CAME_TRUE = 0.2


def came_true(groups: Sequence[Sequence[Statement]], space: Space) -> list[tuple[int, ...]]:
    """For each group of statements of one event the places of those that tell, in a telling not before it, of something
    like what it announces; nothing for what is not announced."""
    happened = [(place, one) for place, group in enumerate(groups) if not group[0].announced for one in group]
    of_days: dict[Interval, tuple[list[tuple[int, Statement]], Neighbours]] = {}
    found: list[tuple[int, ...]] = []
    for group in groups:
        if not group[0].announced:
            found.append(())
            continue
        when = group[0].when
        if when not in of_days:
            told = [(place, one) for place, one in happened if one.when.overlaps(when)]
            of_days[when] = told, Neighbours(space.vector(one.place) for _, one in told)
        told, near = of_days[when]
        places = {
            told[at][0]
            for announcement in group
            for at in near.near(space.vector(announcement.place), CAME_TRUE)
            if _told_later(announcement, told[at][1])
        }
        found.append(tuple(sorted(places)))
    return found


def _told_later(announcement: Statement, report: Statement) -> bool:
    return (
        announcement.told is not None
        and report.told is not None
        and announcement.told <= report.told
        and announcement.telling != report.telling
    )
