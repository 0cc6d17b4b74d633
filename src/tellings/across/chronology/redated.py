"""Tellings whose own date their words contradict: a page fetched long after, or written on after its date.

1. A telling that says "on Sunday" of what others tell of a Sunday weeks before was written then. Its date is distrusted
   where it stands alone, and what others tell like its sentences, on the same weekday of another week, speaks for
   another day of writing, and nothing for its own.
2. A telling dated on a Sunday that opens with what was said "on Monday", and tells what happened "on Sunday", was
   written on the Monday after its date.

What such a telling dates by its own date is then dated by the day on which it was written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from math import fsum

from tellings.across.chronology.likeness import Words, features
from tellings.across.chronology.statements import Statement
from tellings.language.base import UNDECLARED
from tellings.model.records import Interval, Provenance
from tellings.model.regression import probability
from tellings.model.rules import load

#: Probability from which a pair of statements says something, and that of the likeliest pair and the sum over tellings
#: from which a telling was written on another day.
SLIGHT, LIKELIEST, ALL = 0.1, 0.3, 0.5
#: Words of a statement, the rarest first, by which others are looked up, and the most that may share one.
LOOKED_UP, HOLDERS = 24, 200
#: Days around its own date in which no other telling lies of one that stands alone.
ALONE = 7
WEEK = 7
#: The sentences that open a telling.
OPENING = 6


def redated(told: Sequence[Statement], words: Words, weights: Mapping[str, float]) -> list[Statement]:
    """The statements, those of tellings whose date the others contradict by the day of writing that they speak for."""
    written = _written(told, words, weights)
    return [_moved(one, written[one.telling]) if one.telling in written else one for one in told]


def _written(told: Sequence[Statement], words: Words, weights: Mapping[str, float]) -> dict[str, date]:
    """Telling → the day on which it was written, where its own date is not to be trusted."""
    by_telling: dict[str, list[Statement]] = defaultdict(list)
    holders: dict[str, list[Statement]] = defaultdict(list)
    for one in told:
        if _is_exact(one):
            if one.told is not None:
                by_telling[one.telling].append(one)
            for word in words.shared & set(one.vector_words):
                holders[word].append(one)
    days = {one.telling: one.told for one in told if one.told is not None}
    found = {}
    for telling, own in by_telling.items():
        relative = [one for one in own if one.found.inferred]
        day = days[telling]
        after = _written_after(relative, day)
        if after is not None:
            found[telling] = after
        elif all(other == telling or abs((each - day).days) > ALONE for other, each in days.items()):
            elsewhen = _elsewhen(relative, day, holders, words, weights)
            if elsewhen is not None:
                found[telling] = elsewhen
    return found


def _written_after(relative: Sequence[Statement], day: date) -> date | None:
    """The day after `day`, where a telling opens with what happened on its weekday, and tells of `day` or the one
    before, too."""
    near = any(0 <= (day - one.when.earliest).days <= 1 for one in relative)
    opening = (one for one in relative if one.number < OPENING and one.all_words.isdisjoint(_of_another_week()))
    opens = any((day - one.when.earliest).days == WEEK - 1 for one in opening)
    return date.fromordinal(day.toordinal() + 1) if near and opens else None


def _elsewhen(
    relative: Sequence[Statement],
    day: date,
    holders: Mapping[str, list[Statement]],
    words: Words,
    weights: Mapping[str, float],
) -> date | None:
    """The day of writing that other tellings speak for, where they do not speak for `day`."""
    speaking: dict[date, dict[str, float]] = defaultdict(dict)
    for one in relative:
        for other, chance in _like(one, holders, words, weights):
            written = _day_of_writing(one, other)
            if written is not None:
                speaking[written][other.telling] = max(chance, speaking[written].get(other.telling, 0.0))
    sums = {written: fsum(sorted(chances.values())) for written, chances in speaking.items()}
    best = min(sums, key=lambda each: (-sums[each], each), default=day)
    if best == day or sums[best] < ALL or max(speaking[best].values()) < LIKELIEST or day in sums:
        return None
    return best


def _is_exact(one: Statement) -> bool:
    return one.dated and one.when.days == 1 and not one.announced and not one.background


def _like(
    one: Statement, holders: Mapping[str, list[Statement]], words: Words, weights: Mapping[str, float]
) -> Iterator[tuple[Statement, float]]:
    """Statements of other tellings on its weekday, whichever week, and how likely they tell what `one` does."""
    rarest = sorted(words.shared & set(one.vector_words), key=lambda word: (-words.rarity[word], word))[:LOOKED_UP]
    near = {
        other.place: other
        for word in rarest
        if len(holders[word]) <= HOLDERS
        for other in holders[word]
        if other.telling != one.telling and (other.when.earliest - one.when.earliest).days % WEEK == 0
    }
    hidden = replace(one, dated=False)
    for _, other in sorted(near.items()):
        chance = probability(features(hidden, replace(other, dated=False), words), weights)
        if chance >= SLIGHT:
            yield other, chance


def _day_of_writing(one: Statement, other: Statement) -> date | None:
    """The day on which `one` was written, if it tells what `other` does."""
    assert one.told is not None
    apart = (other.when.earliest - one.when.earliest).days
    if apart == 0:
        return one.told
    if apart > 0:  # written on after its date
        return other.when.earliest if 0 <= (other.when.earliest - one.told).days < WEEK else None
    if other.told is None or (other.told - other.when.earliest).days >= WEEK:
        return None
    return one.told + timedelta(days=apart)


def _moved(one: Statement, written: date) -> Statement:
    """A statement by the day on which its telling was written."""
    if one.told is None or not one.found.inferred:
        return replace(one, told=written)
    by = (written - one.told).days
    if not one.dated:
        when = one.when if by > 0 else _by(one.when, by)
        when = Interval(when.earliest, max(when.earliest, written)) if by > 0 else when
    elif by < 0:
        when = _by(one.when, by)
    else:  # a weekday is the last one before the day of writing
        when = one.when
        while when.days == 1 and (written - when.latest).days >= WEEK:
            when = _by(when, WEEK)
    why = Provenance(one.found.provenance.stage, "redated", evidence=one.found.provenance.evidence)
    return replace(one, told=written, when=when, found=replace(one.found, provenance=why))


def _by(when: Interval, days: int) -> Interval:
    return Interval(when.earliest + timedelta(days=days), when.latest + timedelta(days=days))


@cache
def _of_another_week() -> frozenset[str]:
    return load(UNDECLARED, "digest").words("of_another_week")
