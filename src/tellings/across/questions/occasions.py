"""Which facts of one subject speak of one occasion: by the days and the places in their sentences.

A toll of an earlier attack, told as background, must neither meet the toll of the story nor keep it
from being compared. Days decide first; a place parts two facts only where both tellings know both
places, or where no day says that the occasion is one. What stays in doubt stays together and is
"unclear" later, never dropped.

Facts are entered one by one; what is asked of all facts of an occasion (its days, its values, its words) is kept with
it, so that each is asked once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from tellings.across.questions.subject import Given, Subject, once
from tellings.across.questions.surroundings import ONE_OCCASION, Surroundings
from tellings.across.questions.values import Value, facts_overlap, overlap, values
from tellings.model.records import Fact, Interval
from tellings.model.rules import load

#: Values that a telling gives for one subject and that are held against one another.
TABLE = 100
#: Bounds in one telling further apart than this (ratio) are of two things.
ONE_THING = 1.5


def occasions(about: Subject, given: list[Given], around: Surroundings) -> list[list[Given]]:
    """`given` apart by occasion.

    Raises:
        RuleError: there are no fact rules for a telling's language, or they cannot be used.
    """
    if about.kind == "date":
        return _far_days(about, given)
    if about.kind == "money" and about.head in load(given[0].telling.document.read_as, "fact").words("growing_sum"):
        return [given]
    if about.kind in ("count", "money", "measure") and len(given) > 1:
        return [part for linked in by_occasion(given, around) for part in _unmixed(linked, around)]
    return [given]


def _far_days(about: Subject, given: list[Given]) -> list[list[Given]]:
    """An event that can recur has another question for days far off."""
    if about.head in once(given[0].telling.document.read_as):
        return [given]
    placed = sorted(
        (one for one in given if one.fact.interval is not None),
        key=lambda one: (one.fact.interval or Interval(date.min, date.min), one.reference),
    )
    found: list[list[Given]] = []
    latest = date.min
    for one in placed:
        assert one.fact.interval is not None
        if not found or (one.fact.interval.earliest - latest).days > ONE_OCCASION:
            found.append([])
        found[-1].append(one)
        latest = max(latest, one.fact.interval.latest)
    return found


def by_occasion(given: Iterable[Given], around: Surroundings) -> list[list[Given]]:
    """`given` apart where days or places part them, and nothing links them through others.

    Facts with a day of their own come first; one without joins the first occasion it fits in full, so
    that a sentence without a day never links two days. What one telling gives beyond a table's worth of values is each
    of an occasion of its own.
    """
    found: list[_Occasion] = []
    beyond: list[list[Given]] = []
    seen: Counter[str] = Counter()
    for one in sorted(given, key=lambda one: not around[one].news_days):
        seen[one.telling.id] += 1
        if seen[one.telling.id] > TABLE:
            beyond.append([one])
            continue
        fitting = [occasion for occasion in found if not occasion.clashes(one) and occasion.meets(one)]
        equal = [occasion for occasion in fitting if occasion.gives(one.fact)]
        if best := equal or fitting:
            best[0].enter(one)
        else:
            found.append(_Occasion(around, one))
    return [*(occasion.given for occasion in found), *beyond]


class _Occasion:
    """Facts of one occasion, with what tells whether another is of it."""

    def __init__(self, around: Surroundings, first: Given) -> None:
        self.given: list[Given] = []
        self._around = around
        self._days: set[tuple[Interval, ...]] = set()
        self._values: dict[tuple[object, ...], Fact] = {}
        self._told: dict[tuple[object, ...], Given] = {}
        self.enter(first)

    def enter(self, one: Given) -> None:
        """Take a fact for one of this occasion."""
        self.given.append(one)
        if days := self._around[one].news_days:
            self._days.add(days)
        self._values.setdefault(_value(one.fact), one.fact)
        self._told.setdefault(_same_told(one), one)

    def clashes(self, one: Given) -> bool:
        """Whether a fact stands beside days that exclude those beside one of these."""
        mine = self._around[one].news_days
        return bool(mine) and any(not any(x.overlaps(y) for x in mine for y in days) for days in self._days)

    def meets(self, one: Given) -> bool:
        """Whether neither days nor places part a fact from one of these."""
        return _same_told(one) in self._told or any(not self._around.apart(one, other) for other in self._told.values())

    def gives(self, fact: Fact) -> bool:
        """Whether one of these can be the same number."""
        return any(facts_overlap(fact, other) for other in self._values.values())


def _value(fact: Fact) -> tuple[object, ...]:
    return fact.low, fact.high, fact.interval


def _same_told(one: Given) -> tuple[object, ...]:
    """What is equal for facts that nothing can part: those of one sentence and value."""
    return one.telling.id, one.sentence, *_value(one.fact)


def _unmixed(given: list[Given], around: Surroundings) -> list[list[Given]]:
    """`given` apart where one name stands for several things within a telling.

    A telling that gives several values for a name speaks of several things by it. Its main one, given
    first and the largest, is compared with the others'; of the rest only those meet another telling's
    that are equal to it and stand in a like sentence.
    """
    by_telling: dict[str, list[Given]] = defaultdict(list)
    for one in given:
        by_telling[one.telling.id].append(one)
    mixed = {name for name, told in by_telling.items() if _is_mixed(told)}
    if not mixed:
        return [given]
    main = {one.reference for name in mixed for one in _main(by_telling[name])}
    rest = [one for one in given if one.telling.id in mixed and one.reference not in main]
    compared = _Equals(around, [one for one in given if one.telling.id not in mixed or one.reference in main])
    found = [compared]
    for one in rest:
        home = next((equals for equals in found if equals.hold_like(one)), None)
        if home is None:
            found.append(_Equals(around, [one]))
        else:
            home.enter(one)
    return [equals.given for equals in found if equals.given]


def _is_mixed(told: Sequence[Given]) -> bool:
    """Whether a telling gives two values that cannot be of one thing."""
    return any(not _one_thing(a, b) for a, b in combinations(values(told), 2))


class _Equals:
    """Facts set side by side, with the tellings and the words of each of their values."""

    def __init__(self, around: Surroundings, given: Iterable[Given]) -> None:
        self.given: list[Given] = []
        self._around = around
        self._tellings: dict[tuple[object, ...], set[str]] = defaultdict(set)
        self._words: dict[tuple[object, ...], set[str]] = defaultdict(set)
        for one in given:
            self.enter(one)

    def enter(self, one: Given) -> None:
        """Set a fact beside these."""
        self.given.append(one)
        numbers = one.fact.low, one.fact.high
        self._tellings[numbers].add(one.telling.id)
        self._words[numbers] |= self._around[one].words

    def hold_like(self, one: Given) -> bool:
        """Whether one of these gives the same value, in the same telling or in a sentence that shares a word."""
        numbers = one.fact.low, one.fact.high
        if numbers not in self._tellings:
            return False
        return one.telling.id in self._tellings[numbers] or not self._words[numbers].isdisjoint(self._around[one].words)


def _main(given: list[Given]) -> list[Given]:
    """The facts that give a telling's main value: the first one, where no later one is larger; else none."""
    first = min(given, key=lambda one: one.fact.span)
    equal = [one for one in given if facts_overlap(one.fact, first.fact)]
    largest = max(one.fact.low or 0.0 for one in given)
    if any((one.fact.low or 0.0) >= largest for one in equal) and len(equal) < len(given):
        return equal
    return []


def _one_thing(a: Value, b: Value) -> bool:
    """Whether two values that one telling gives can be one: "at least 58" and "58", not "72" and "1,400"."""
    if not overlap(a, b):
        return False
    if "vague" in (a.fact.bound, b.fact.bound) or not a.low or not b.low:
        return True
    return max(a.low, b.low) <= ONE_THING * min(a.low, b.low)


def one_occasion(given: Sequence[Given], around: Surroundings) -> bool:
    """Whether no two facts stand beside days or places that exclude one another (`Surroundings.meet`)."""
    alike: dict[tuple[object, ...], list[Given]] = defaultdict(list)
    for one in given:
        beside = around[one]
        alike[beside.days, beside.places, beside.background].append(one)
    groups = list(alike.values())
    return all(_all_meet(a, b, around) for place, a in enumerate(groups) for b in groups[place:])


def _all_meet(a: Sequence[Given], b: Sequence[Given], around: Surroundings) -> bool:
    """Whether each fact of `a` meets each of `b`, where those of either stand beside the same days and places."""
    days_alike = bool(around[a[0]].days) == bool(around[b[0]].days)
    places_alike = bool(around[a[0]].places) == bool(around[b[0]].places)
    if days_alike and places_alike:
        # Then nothing hangs on what else their tellings name.
        return around.meet(a[0], b[0])
    return all(around.meet(one, other) for one in a for other in b)
