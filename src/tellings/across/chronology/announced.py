"""What came of what was announced: events of its days that later tellings tell of in like words."""

from __future__ import annotations

from collections.abc import Sequence

from tellings.across.chronology.events import Told
from tellings.across.chronology.likeness import Words
from tellings.across.chronology.statements import Statement
from tellings.across.word_vectors import Neighbours
from tellings.model.records import Interval

#: Cosine from which what was told of a day is like what was announced for it.
CAME_TRUE = 0.2


def came_true(found: Sequence[Told], words: Words) -> list[tuple[int, ...]]:
    """For each event the places of those that tell, in a telling not before it, of something like what it announces;
    nothing for what is not announced."""
    happened = [(place, each.when, one) for place, each in enumerate(found) if not each.announced for one in each.group]
    of_days: dict[Interval, tuple[list[tuple[int, Statement]], Neighbours]] = {}
    later: list[tuple[int, ...]] = []
    for each in found:
        if not each.announced:
            later.append(())
            continue
        if each.when not in of_days:
            told = [(place, one) for place, when, one in happened if when.overlaps(each.when)]
            of_days[each.when] = told, Neighbours(words.sentence(one) for _, one in told)
        told, near = of_days[each.when]
        places = {
            told[at][0]
            for announcement in each.group
            for at in near.near(words.sentence(announcement), CAME_TRUE)
            if _told_later(announcement, told[at][1])
        }
        later.append(tuple(sorted(places)))
    return later


def _told_later(announcement: Statement, report: Statement) -> bool:
    return (
        announcement.told is not None
        and report.told is not None
        and announcement.told <= report.told
        and announcement.telling != report.telling
    )
