"""Tellings whose own date their words contradict: a page fetched long after, or written on after its date.

1. A telling that says "on Sunday" of what others tell of a Sunday weeks before was written then. Its date is distrusted
   where it stands alone, and what others tell like its sentences, on the same weekday of another week, speaks for
   another week of writing, and nothing for its own.
2. A telling dated on a Sunday that opens with what was said "on Monday", and tells what happened "on Sunday", was
   written on the Monday after its date; so was one that says "on Monday" in several sentences. Not where another
   telling tells of the Monday before.

Such a telling is read once more, by the day on which it was written. A weekday is the same whichever day of that week
it was; what counts from the day itself ("yesterday") is of any of the days that it then can be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import chain
from math import fsum

from tellings.across.chronology.likeness import Words, features
from tellings.across.chronology.statements import Statement, statements, weekdays
from tellings.language.base import UNDECLARED, language_of
from tellings.model.records import Interval, Provenance, Telling
from tellings.model.regression import probability
from tellings.model.rules import load, words_in
from tellings.within.dating import datings
from tellings.within.marks import quoted
from tellings.within.times import times

#: Probability from which a pair of statements says something, and that of the likeliest pair and the sum over tellings
#: from which a telling was written on another day.
SLIGHT, LIKELIEST, ALL = 0.1, 0.25, 0.4
#: Words of a statement, the rarest first, by which others are looked up, and the most that may share one.
LOOKED_UP, HOLDERS = 24, 200
#: Tellings of one story that may have been fetched on one day, and how many times as many the story must have.
FETCHED = 2
#: Days around its own date in which no other telling lies of one that stands alone.
ALONE = 7
WEEK = 7
#: Sentences of a telling that name the weekday after its date, from which it was written then.
SENTENCES = 2
#: The sentences that open a telling.
OPENING = 6


@dataclass(frozen=True, slots=True)
class Written:
    """The day by which a telling is to be read, and the first and the last day on which it may have been written."""

    day: date
    first: date
    last: date


def redated(
    tellings: Sequence[Telling], told: Sequence[Statement], words: Words, weights: Mapping[str, float], most: int
) -> list[Statement]:
    """The statements `told` of `tellings`; those of tellings whose date the others contradict are read once more, by
    the days of writing that they speak for. `words`: what the words are worth; `weights`: those of the pairs; `most`:
    as `statements` has it."""
    written = _written(tellings, told, words, weights)
    of_telling: dict[str, list[Statement]] = defaultdict(list)
    for one in told:
        of_telling[one.telling].append(one)
    return [
        one
        for telling in tellings
        for one in (
            read_again(telling, written[telling.id], of_telling[telling.id], most)
            if telling.id in written
            else of_telling[telling.id]
        )
    ]


def _written(
    tellings: Sequence[Telling], told: Sequence[Statement], words: Words, weights: Mapping[str, float]
) -> dict[str, Written]:
    """Telling → when it was written, where its own date is not to be trusted."""
    by_telling: dict[str, list[Statement]] = defaultdict(list)
    for one in told:
        if is_exact(one) and one.told is not None:
            by_telling[one.telling].append(one)
    holders = holders_of(told, words)
    told_of: dict[Interval, set[date]] = defaultdict(set)
    for one in chain.from_iterable(holders.values()):
        if one.told is not None:
            told_of[one.when].add(one.told)
    days = {one.telling: one.told for one in told if one.told is not None}
    texts = {telling.id: telling for telling in tellings}
    found = {}
    for telling, own in by_telling.items():
        relative = [one for one in own if is_of_a_weekday(one, texts[telling])]
        day = days[telling]
        if _is_written_after(relative, day, told_of):
            found[telling] = Written(day + timedelta(days=1), day, day + timedelta(days=1))
        elif _stands_alone(day, list(days.values())):
            elsewhen = _elsewhen(relative, day, holders, words, weights)
            if elsewhen is not None and not _looks_back(own, texts[telling], elsewhen):
                found[telling] = elsewhen
    return found


def _stands_alone(day: date, days: Sequence[date]) -> bool:
    """Whether hardly another telling of a story was written on `day`, and none on the days around it: pages that were
    fetched together bear one day."""
    same = days.count(day)
    apart = all(abs((each - day).days) > ALONE for each in days if each != day)
    return apart and (same == 1 or (same <= FETCHED and FETCHED * same < len(days)))


def is_of_a_weekday(one: Statement, telling: Telling) -> bool:
    """Whether its day is a weekday that counts from the day of writing: no date is written beside it."""
    words = " ".join(span.of(telling.text) for span in one.found.provenance.evidence)
    return one.found.inferred and _names_a_weekday(words) and not _has_a_figure(words)


def _is_written_after(relative: Sequence[Statement], day: date, told_of: Mapping[Interval, AbstractSet[date]]) -> bool:
    """Whether a telling of `day` opens with what happened on the weekday after it, and tells of `day` or the one
    before, too; or tells of that weekday in several sentences; and no other telling tells of the one a week before.
    `told_of`: the days of the tellings that tell of a day."""
    near = any(0 <= (day - one.when.earliest).days <= 1 for one in relative)
    after = [
        one
        for one in relative
        if (day - one.when.earliest).days == WEEK - 1 and one.all_words.isdisjoint(_of_another_week())
    ]
    several = len({one.place for one in after}) >= SENTENCES
    if not several and not (near and any(one.number < OPENING for one in after)):
        return False
    # Another telling of the same day that says "on Monday" is in the same doubt.
    return day < date.max and told_of.get(after[0].when, set()) <= {day}


def _looks_back(own: Sequence[Statement], telling: Telling, written: Written) -> bool:
    """Whether a telling gives the date of a day of the week in which it would have been written: then it looks back."""
    week = [written.first + timedelta(days=days) for days in range((written.last - written.first).days + 1)]
    return any(
        (one.when.earliest.month, one.when.earliest.day) in {(day.month, day.day) for day in week}
        and _has_a_figure(" ".join(span.of(telling.text) for span in one.found.provenance.evidence))
        for one in own
    )


def _elsewhen(
    relative: Sequence[Statement],
    day: date,
    holders: Mapping[str, list[Statement]],
    words: Words,
    weights: Mapping[str, float],
) -> Written | None:
    """The days of writing that other tellings speak for, where they do not speak for `day`."""
    chances: dict[date, dict[str, float]] = defaultdict(dict)
    written: dict[date, set[date]] = defaultdict(set)
    for one in relative:
        for other, chance in like(one, holders, words, weights):
            if other.when == one.when:
                return None
            happened = other.when.earliest
            if (happened - day).days >= WEEK:
                continue
            chances[happened][other.telling] = max(chance, chances[happened].get(other.telling, 0.0))
            if other.told is not None and 0 <= (other.told - happened).days < WEEK:
                written[happened].add(other.told)
    best: tuple[float, date, date] | None = None
    for first in chances:  # a telling that names this weekday and those told so near was written in the week from it
        near = [each for each in chances if 0 <= (first - each).days < WEEK]
        of_telling: dict[str, float] = {}
        for each in near:
            for telling, chance in chances[each].items():
                of_telling[telling] = max(chance, of_telling.get(telling, 0.0))
        whole = fsum(sorted(of_telling.values()))
        if (
            whole >= ALL
            and max(of_telling.values()) >= LIKELIEST
            and (best is None or (-whole, first) < (-best[0], best[1]))
        ):
            best = whole, first, min(near) + timedelta(days=WEEK - 1)
    if best is None:
        return None
    _, first, last = best
    told = [each for days in written.values() for each in days if first <= each <= last]
    # A week that others only look back on is no week of writing.
    return Written(min(told), first, last) if told else None


def holders_of(told: Iterable[Statement], words: Words) -> dict[str, list[Statement]]:
    """Word that several statements share → those that give one day."""
    holders: dict[str, list[Statement]] = defaultdict(list)
    for one in told:
        if is_exact(one):
            for word in words.shared & set(one.vector_words):
                holders[word].append(one)
    return holders


def is_exact(one: Statement) -> bool:
    """Whether it is dated on one day, plainly, and told as past."""
    return one.dated and one.when.days == 1 and not one.announced and not one.background


def like(
    one: Statement,
    holders: Mapping[str, list[Statement]],
    words: Words,
    weights: Mapping[str, float],
    *,
    of_one_day: bool = False,
) -> Iterator[tuple[Statement, float]]:
    """Statements of other tellings on its weekday, whichever week, and how likely they tell what `one` does.
    `of_one_day`: were it of their day."""
    rarest = sorted(words.shared & set(one.vector_words), key=lambda word: (-words.rarity[word], word))[:LOOKED_UP]
    near = {
        other.place: other
        for word in rarest
        if len(holders[word]) <= HOLDERS
        for other in holders[word]
        if other.telling != one.telling and (other.when.earliest - one.when.earliest).days % WEEK == 0
    }
    for _, other in sorted(near.items()):
        # As if told together: how far apart they were told is what is asked.
        hidden, beside = replace(one, dated=False), replace(other, dated=False, told=one.told)
        if of_one_day:
            hidden, beside = replace(one, when=other.when, told=other.told), other
        chance = probability(features(hidden, beside, words), weights)
        if chance >= SLIGHT:
            yield other, chance


def read_by(telling: Telling, day: date) -> Telling:
    """A telling as if it were written on a day."""
    document, old = telling.document, telling.document.date
    by = replace(old, value=day)
    parts = tuple(replace(part, date=by) if part.date.value == old.value else part for part in telling.parts)
    document, language = replace(document, date=by), language_of(document.read_as)
    timexes = times(document, telling.blocks, parts, telling.sentences, language)
    marked, _ = quoted(telling.text, telling.blocks, language)
    dated = datings(
        document, telling.blocks, parts, telling.sentences, timexes, telling.quotes, tuple(marked), language
    )
    return replace(telling, document=document, parts=parts, timexes=timexes, datings=dated)


def read_again(telling: Telling, written: Written, before: Sequence[Statement], most: int) -> Iterator[Statement]:
    """The statements of a telling by the day on which it was written."""
    again = read_by(telling, written.day)
    as_before = {(one.place, one.when) for one in before}
    for one in statements(again, most):
        why = Provenance(one.found.provenance.stage, "redated", evidence=one.found.provenance.evidence)
        moved = one if (one.place, one.when) in as_before else replace(one, found=replace(one.found, provenance=why))
        yield _as_wide(moved, again, written)


def _as_wide(one: Statement, telling: Telling, written: Written) -> Statement:
    """A statement on all of the days that it can be of, where it counts from the day of writing itself."""
    spans = set(one.found.provenance.evidence)
    counted = one.found.inferred and not spans
    for timex in telling.timexes:
        if timex.span in spans:
            words = timex.span.of(telling.text)
            counted |= timex.anchor is None and not _names_a_weekday(words) and not _has_a_figure(words)
    if not counted or not one.dated or one.when.days > 1:
        return one
    earliest = one.when.earliest + (written.first - written.day)
    return replace(one, when=Interval(earliest, one.when.latest + (written.last - written.day)))


def _names_a_weekday(words: str) -> bool:
    return not weekdays().keys().isdisjoint(words_in(words))


def _has_a_figure(words: str) -> bool:
    return any(map(str.isdigit, words))


@cache
def _of_another_week() -> frozenset[str]:
    return load(UNDECLARED, "digest").words("of_another_week")
