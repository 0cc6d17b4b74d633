"""Statements that tell one event, whichever telling tells it and however exactly it gives the day.

1. candidates   pairs that share rare words, and whose days can be one
2. likeness     how likely each pair tells one event (`likeness`, a trained model)
3. groups       the likeliest pairs first; two groups become one where their statements are, on average, likely enough
                of one event, and all of their days can be one (average linkage: Sokal and Michener 1958)

Statements of the same words and days are one from the start, so that a story of many reprints costs no more than its
originals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tellings.across.chronology.likeness import Words, differ_in_a_number, features, reprinted
from tellings.across.chronology.statements import RECENT, Statement, before
from tellings.model.records import ANY_DAY, Interval
from tellings.model.regression import probability

#: Probability, on average over two groups, from which they tell one event, and where that says of one of them another
#: day than its own words do; that of a pair that shares no rare word.
ONE_EVENT, ELSEWHEN, UNLIKE = 0.15, 0.4, 0.02
#: Words of a statement, the rarest first, by which others are looked up, the most that are looked at for one of them,
#: and how many of these words two statements share that are compared, if they are not of one day.
LOOKED_UP, HOLDERS, SHARED = 12, 40, 2
#: Days before its telling on which something happened that one without any date may tell of.
NEAR = 7
#: Where all statements are entered for those of which nothing says when they were.
EVERY = -1
#: Statements of a story up to which all of their words are looked up, and one that they share is enough for two that
#: give days which can be one.
FEW = 1500


@dataclass(frozen=True, slots=True)
class _Node:
    """Statements of the same words and days, told apart only by who tells them."""

    first: Statement
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that tell one event. `echo`: telling → the probability that one of its statements tells it, too,
    where none of the group is its own; `beside`: place of another group → that of the likeliest pair of statements."""

    statements: tuple[Statement, ...]
    echo: Mapping[str, float]
    beside: Mapping[int, float]


def one_event_each(told: Sequence[Statement], words: Words, weights: Mapping[str, float]) -> list[Group]:
    """The statements in groups that tell one event each. `weights`: those of the pairs."""
    nodes = _nodes(told)
    likely = {
        pair: probability(features(nodes[pair[0]].first, nodes[pair[1]].first, words), weights)
        for pair in candidates([node.first for node in nodes], words)
    }
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (a, b), chance in likely.items():
        near[a].append((b, chance))
        near[b].append((a, chance))
    found = []
    groups = _groups(nodes, likely)
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    for number, group in enumerate(groups):
        members = tuple(one for place in group for one in nodes[place].statements)
        own = {one.telling for one in members}
        echo: dict[str, float] = {}
        beside: dict[int, float] = {}
        for place in group:
            for other, chance in near[place]:
                if group_of[other] != number:
                    beside[group_of[other]] = max(chance, beside.get(group_of[other], 0.0))
                for one in nodes[other].statements:
                    if one.telling not in own:
                        echo[one.telling] = max(chance, echo.get(one.telling, 0.0))
        found.append(Group(members, echo, beside))
    return found


def _nodes(told: Sequence[Statement]) -> list[_Node]:
    same: dict[object, list[Statement]] = defaultdict(list)
    for one in told:
        same[one.when if one.dated else one.told, one.dated, one.announced, one.background, one.all_words].append(one)
    return [_Node(group[0], tuple(group)) for group in same.values()]


def candidates(told: Sequence[Statement], words: Words) -> Iterator[tuple[int, int]]:
    """The pairs of places of statements that share some of their rarest words and can be of one day, each once."""
    # word → where (see `_places`) → the statements entered there
    holders: dict[str, dict[object, list[int]]] = defaultdict(lambda: defaultdict(list))
    few, any_open = len(told) <= FEW, any(one.open for one in told)
    for place, one in enumerate(told):
        near: dict[int, int] = defaultdict(int)
        places = frozenset(_places(one))
        rarest: Collection[str] = words.shared.intersection(one.vector_words)
        if not few:
            rarest = sorted(rarest, key=lambda word: (-words.rarity[word], word))[:LOOKED_UP]
        for word in rarest:
            if held := holders.get(word):
                for where in places if len(places) < len(held) else held:
                    if where in held and where in places:
                        for other in held[where][-HOLDERS:]:
                            near[other] += 1
        for other in sorted(near):
            if near[other] < SHARED and not _may_share_one(told[other], one, few):
                continue
            if can_be_one(told[other], one) and not differ_in_a_number(told[other].all_words, one.all_words):
                yield other, place
        for word in rarest:
            holders[word][_at(one)].append(place)
            if any_open:
                holders[word][EVERY].append(place)


def _may_share_one(a: Statement, b: Statement, few: bool) -> bool:
    """Whether one word that two statements share is enough to compare them."""
    return a.dated and b.dated and (few or (a.when == b.when and a.when.days == 1))


def _at(one: Statement) -> object:
    """Where a statement is entered: its day, the day it was told where it gives none, or with all vague ones."""
    if one.open:
        return None
    if not one.dated:
        return "undated", one.told
    return one.when.earliest if one.when.days == 1 else None


def _places(one: Statement) -> Iterator[object]:
    """Where those are entered that may be of its day."""
    if one.open:
        yield EVERY
        return
    yield None
    if not one.dated and one.told is not None:
        yield from (("undated", day) for day in _around(one.told, RECENT, RECENT))
        yield from _around(one.told, RECENT, 0)
    elif one.when.days == 1:
        yield one.when.earliest
        yield from (("undated", day) for day in _around(one.when.earliest, 0, RECENT))
    else:
        yield from _around(one.when.earliest, 0, min(one.when.days, LONGEST_LOOKED_AT) - 1)
        if one.told is not None:
            yield from (("undated", day) for day in _around(one.told, RECENT, RECENT))


#: Days of a vague date that are looked at for statements of one day.
LONGEST_LOOKED_AT = 62


def _around(day: date, back: int, on: int) -> list[date]:
    first, last = max(1, day.toordinal() - back), min(date.max.toordinal(), day.toordinal() + on)
    return [date.fromordinal(each) for each in range(first, last + 1)]


def can_be_one(a: Statement, b: Statement) -> bool:
    """Whether the days of two statements allow that they tell one event. What is to come is not what came, and what
    one sentence tells of two days are two events."""
    if a.announced != b.announced or a.place == b.place:
        return False
    if (a.open or b.open) and a.weekdays and b.weekdays and a.weekdays.isdisjoint(b.weekdays):
        return False
    if a.dated and b.dated:
        return a.when.overlaps(b.when)
    if a.dated or b.dated:
        dated, other = (a, b) if a.dated else (b, a)
        if other.open:  # of the days near the writing of what is dated
            return dated.told is None or dated.when.latest >= before(dated.told, NEAR)
        return other.told is not None and dated.when.earliest <= other.told and _looks_back_on(other, dated)
    return True


def _looks_back_on(undated: Statement, dated: Statement) -> bool:
    """Whether a sentence without a day can tell of that day: one of those near its telling, but for what had happened
    before."""
    near = dated.when.latest >= before(undated.when.earliest, RECENT)
    return near or undated.tense == "pluperfect" or reprinted(undated.all_words, dated.all_words)


def _groups(nodes: Sequence[_Node], likely: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Places of nodes that tell one event, in the order of their first ones."""
    group_of = list(range(len(nodes)))
    members: dict[int, list[int]] = {place: [place] for place in group_of}
    days: dict[int, Interval | None] = {
        place: node.first.when if node.first.dated else None for place, node in enumerate(nodes)
    }
    weekdays = {place: node.first.weekdays for place, node in enumerate(nodes)}
    any_open = {place for place, node in enumerate(nodes) if node.first.open}
    sentences = {place: {one.place for one in node.statements} for place, node in enumerate(nodes)}
    for (a, b), chance in sorted(likely.items(), key=lambda item: (-item[1], item[0])):
        if chance < ONE_EVENT:
            break
        one, other = sorted((group_of[a], group_of[b]))
        if one == other:
            continue
        both = _meeting(days[one], days[other])
        if both is None and days[one] is not None and days[other] is not None:
            continue
        if not sentences[one].isdisjoint(sentences[other]):
            continue
        common = weekdays[one] & weekdays[other]
        if weekdays[one] and weekdays[other] and not common and not any_open.isdisjoint((one, other)):
            continue
        # What is told without a day is beside: two groups that give days are held against each other by what does.
        mine, theirs = members[one], members[other]
        if days[one] is not None and days[other] is not None:
            mine = [place for place in mine if nodes[place].first.dated]
            theirs = [place for place in theirs if nodes[place].first.dated]
        mean = sum(likely.get((x, y) if x < y else (y, x), UNLIKE) for x in mine for y in theirs) / (
            len(mine) * len(theirs)
        )
        moves = days[one] is not None and days[other] is not None and days[one] != days[other]
        if mean < (ELSEWHEN if moves else ONE_EVENT):
            continue
        for place in members[other]:
            group_of[place] = one
        members[one] += members.pop(other)
        sentences[one] |= sentences.pop(other)
        weekdays[one] = common or weekdays[one] or weekdays[other]
        if other in any_open:
            any_open.add(one)
        days[one] = both
    return [sorted(group) for _, group in sorted(members.items())]


def _meeting(a: Interval | None, b: Interval | None) -> Interval | None:
    """The days that lie in both; one of them where the other is not known, `None` where none does."""
    if a is None or b is None:
        return a or b
    return Interval(max(a.earliest, b.earliest), min(a.latest, b.latest)) if a.overlaps(b) else None


def days_of(group: Iterable[Statement]) -> Interval:
    """The days of an event: the most exact that all of its dated statements support; where none is dated, from the
    first on which it may have happened to the day of the first telling that tells it."""
    group = list(group)
    found: Interval | None = None
    for one in group:
        if one.dated:
            found = _meeting(found, one.when)
    if found is not None:
        return found
    group = [one for one in group if not one.open]
    if not group:
        return ANY_DAY
    latest = min(one.when.latest for one in group)
    return Interval(min(latest, min(one.when.earliest for one in group)), latest)
