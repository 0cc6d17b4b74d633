"""Slots: what several tellings give a value for, and how the values relate.

Facts fall into one slot only when kind, head, unit, scope and the person they are about agree in
full. How the values of a slot relate is decided by the bounds they state; what the bounds leave
open (another occasion, a running total, a subset) is "unclear", never "differs". No value is
preferred to another.

1. key    each fact → what it is about, or nothing where that is too vague
2. group  facts with one key → values
3. relate the values → one relation, with its arithmetic
4. check  a telling's elapsed times against its own dates
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, groupby, pairwise, product

from tellings.model.records import (
    DocumentDate,
    Fact,
    Interval,
    Person,
    Provenance,
    Relation,
    Slot,
    SlotValue,
    Telling,
)
from tellings.model.rules import load
from tellings.model.text import Span

STAGE = "slots"
#: The order slots are told in: what a reader must look at first comes first.
ORDER: tuple[Relation, ...] = (
    "does not add up",
    "differs",
    "updated",
    "explained by time",
    "compatible",
    "same",
    "unclear",
    "single",
)
#: Counts below this are exact to the unit; larger round figures are compared by their last stated digit.
ROUNDED_FROM = 1000
#: Two days for one event further apart than this (days) may be two occasions of it.
ONE_OCCASION = 31
#: A telling without a day beside a number speaks of these days (before its own) or of days it names.
NEWS_DAYS = 7
#: Bounds in one telling further apart than this (ratio) are of two things.
ONE_THING = 1.5
#: Slack (days) when a stated length is held against the calendar: both ends may be counted or not.
CALENDAR_SLACK = 2

#: Counts of nobody's are of one thing when their sentences share so many other words.
SHARED_WORDS = 3

#: How far (characters) around a number words of an update are looked for, within its sentence.
_UPDATE_CLAUSE = 240
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_PLACE = re.compile(
    r"(?<!\w)(?:in|at|near|outside|(?:province|city|town|village|district|region|state)\s+of)\s+(?:the\s+)?"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|"
    r"Aug|Sept?|Oct|Nov|Dec|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?(?!\w))([A-Z][\w-]+)"
)


@dataclass(frozen=True, slots=True)
class _Given:
    """A fact with the telling that gives it and the day it speaks from."""

    telling: Telling
    index: int
    fact: Fact
    date: DocumentDate

    @property
    def reference(self) -> tuple[str, int]:
        return self.telling.id, self.index


@dataclass(frozen=True, slots=True)
class _Key:
    """What a fact is about. `whom`: a person's index, `None` for nobody; `local`: one telling's own chain.

    `part`: a part of a whole, or an addition to it, which may be another one in every telling.
    """

    kind: str
    head: str
    unit: str
    scope: str
    whom: int | None
    local: tuple[str, int] | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class _Value:
    """Facts that state one value. `given` is never empty."""

    label: str
    given: tuple[_Given, ...]
    low: float | None
    high: float | None
    interval: Interval | None

    @property
    def fact(self) -> Fact:
        return self.given[0].fact

    @property
    def tellings(self) -> frozenset[str]:
        return frozenset(one.telling.id for one in self.given)


_Decision = tuple[Relation, str, str]
"""Relation, rule, explanation."""


def slots(tellings: tuple[Telling, ...], people: tuple[Person, ...]) -> tuple[Slot, ...]:
    """The slots of one story, most telling relation first, then by kind, head, person and scope.

    `people` say which chains are one person; a chain that is nobody's stays in its own telling.
    The order of `tellings` and `people` changes nothing.

    Raises:
        RuleError: there are no fact rules for a telling's language, or they cannot be used.
    """
    ordered = sorted(tellings, key=lambda telling: telling.id)
    someone = {chain: index for index, person in enumerate(people) for chain in person.chains}
    groups: dict[_Key, list[_Given]] = defaultdict(list)
    for telling in ordered:
        for index, fact in enumerate(telling.facts):
            key = _key(telling, fact, someone)
            if key is not None:
                groups[key].append(_Given(telling, index, fact, _as_of(telling, fact)))
    found = _sums(groups, people)
    told = {fact for slot in found for value in slot.values for fact in value.facts}
    for key, given in groups.items():
        for occasion in [part for apart in _occasions(key, given) for part in _unmixed(key, apart)]:
            slot = _slot(key, occasion, people)
            # A single value that stands in a sum already needs no line of its own.
            if slot.relation != "single" or not told.issuperset(slot.values[0].facts):
                found.append(slot)
    return tuple(sorted(found, key=_order))


def _order(slot: Slot) -> tuple[int, str, str, str, str, tuple[tuple[str, int], ...]]:
    where = slot.values[0].facts if slot.values else ()
    return ORDER.index(slot.relation), slot.kind, slot.head, slot.whom or "", slot.scope, where


# ---- 1. key ------------------------------------------------------------------------------


def _key(telling: Telling, fact: Fact, someone: Mapping[tuple[str, int], int]) -> _Key | None:
    rules = load(telling.document.language, "fact")
    scope = fact.scope
    named = scope.startswith("namely ")
    part = False
    if fact.kind == "count":
        words = scope.split()
        part = bool({"additional", "included"} & set(words)) or "some of them" in scope
        if fact.head in rules.words("vague_head") and not scope and fact.whom is None:
            return None
    if fact.kind == "date":
        recurs = {str(rule.meaning.get("family", rule.name)) for rule in rules.rules if rule.meaning.get("recurs")}
        if fact.head in recurs and not scope:
            return None
        # A death is somebody's; a fire is an event by itself.
        forms = {
            str(rule.meaning["form"]) for rule in rules.rules if rule.meaning.get("family", rule.name) == fact.head
        }
        if fact.whom is None and forms != {"noun"}:
            return None
    if fact.kind == "duration" and fact.event and fact.head == fact.event:
        # The time since an event depends on the day it is told: compared with the calendar, not with other tellings.
        scope = f"since {scope}".strip()
    if fact.kind == "ordinal":
        # A first and a second child are two things, not two values of one.
        scope = f"{scope} {fact.low:g}".strip()
    if fact.kind == "age" and fact.whom is None:
        return None
    whom = None if named or fact.whom is None else someone.get((telling.id, fact.whom))
    local = None if named or fact.whom is None or whom is not None else (telling.id, fact.whom)
    return _Key(fact.kind, fact.head, fact.unit or "", scope, whom, local, part)


def _as_of(telling: Telling, fact: Fact) -> DocumentDate:
    """The day a fact is told: its part's date where known, else the document's, else what it tells as past."""
    part = _part(telling, fact)
    dated = telling.document.date
    if part is not None and part < len(telling.parts):
        dated = telling.parts[part].date
    if dated.value is not None or dated.not_before is not None:
        return dated
    # What it gives the day of has happened: it was told no earlier.
    past = [
        other.interval.earliest
        for other in telling.facts
        if other.interval is not None and other.quote is None and _part(telling, other) == part
    ]
    latest = max(past, default=None)
    if latest is None or (dated.not_after is not None and latest > dated.not_after):
        return dated
    return replace(dated, not_before=latest)


def _part(telling: Telling, fact: Fact) -> int | None:
    return telling.sentences[fact.sentence].part if fact.sentence < len(telling.sentences) else None


# ---- 2. group ----------------------------------------------------------------------------


def _occasions(key: _Key, given: list[_Given]) -> list[list[_Given]]:
    """`given` apart by occasion: an event that can recur has another slot for days far off."""
    if key.kind != "date" or key.head in _once(given[0].telling):
        return [given]
    placed = sorted(
        (one for one in given if one.fact.interval is not None),
        key=lambda one: (one.fact.interval or Interval(date.min, date.min), one.reference),
    )
    occasions: list[list[_Given]] = []
    latest = date.min
    for one in placed:
        assert one.fact.interval is not None
        if not occasions or (one.fact.interval.earliest - latest).days > ONE_OCCASION:
            occasions.append([])
        occasions[-1].append(one)
        latest = max(latest, one.fact.interval.latest)
    return occasions


def _unmixed(key: _Key, given: list[_Given]) -> list[list[_Given]]:
    """`given` apart where one name stands for several things or times.

    A telling that itself gives several values for a name speaks of several things by it: of its facts
    only those meet another telling's that are equal to it and stand in a like sentence. The others
    are compared, occasion by occasion.
    """
    values = _values(given)
    if key.kind != "count" or len(values) < 2 or _updated(key, values):
        return [given]
    mixed = {
        name for a, b in combinations(values, 2) for name in a.tellings & b.tellings if not _one_thing(a, b)
    }  # fmt: skip
    if not mixed:
        return [given] if all(_overlap(a, b) for a, b in combinations(values, 2)) else _by_occasion(given)
    words = {one.reference: _content_words(one) for one in given}
    plain = [one for one in given if one.telling.id not in mixed]
    compared = _by_occasion(plain)
    apart: list[list[_Given]] = []
    for one in (one for one in given if one.telling.id in mixed):
        home = next((group for group in (*compared, *apart) if any(_alike(one, other, words) for other in group)), None)
        if home is None:
            apart.append([one])
        else:
            home.append(one)
    return [*compared, *apart]


def _one_thing(a: _Value, b: _Value) -> bool:
    """Whether two values that one telling gives can be one: "at least 58" and "58", not "72" and "1,400"."""
    if not _overlap(a, b):
        return False
    if "vague" in (a.fact.bound, b.fact.bound) or not a.low or not b.low:
        return True
    return max(a.low, b.low) <= ONE_THING * min(a.low, b.low)


def _alike(one: _Given, other: _Given, words: Mapping[tuple[str, int], frozenset[str]]) -> bool:
    """Whether two facts give one value, in one telling or in sentences that share a word."""
    equal = (one.fact.low, one.fact.high) == (other.fact.low, other.fact.high)
    return equal and (one.telling.id == other.telling.id or bool(words[one.reference] & words[other.reference]))


def _by_occasion(given: list[_Given]) -> list[list[_Given]]:
    """`given` apart where neither days nor places link them, directly or through others."""
    groups: list[list[_Given]] = []
    beside = {one.reference: (_days_beside(one), _places_beside(one)) for one in given}
    for one in given:
        linked = [group for group in groups if any(_occasions_meet(one, other, beside) for other in group)]
        merged = [*(other for group in linked for other in group), one]
        groups = [*(group for group in groups if group not in linked), merged]
    return groups


def _once(telling: Telling) -> frozenset[str]:
    """Families of events that cannot happen twice to one person."""
    rules = load(telling.document.language, "fact").rules
    return frozenset(str(rule.meaning.get("family", rule.name)) for rule in rules if rule.meaning.get("once"))


def _slot(key: _Key, given: list[_Given], people: tuple[Person, ...]) -> Slot:
    values = _values(given)
    relation, rule, explanation = _relate(key, values)
    return _made(key, values, people, relation, rule, explanation)


def _made(
    key: _Key, values: Iterable[_Value], people: tuple[Person, ...], relation: Relation, rule: str, explanation: str
) -> Slot:
    values = tuple(values)
    first = values[0].given[0].fact
    whom = people[key.whom].name if key.whom is not None else first.whom_text if key.local else None
    return Slot(
        first.kind,
        first.head,
        whom,
        first.scope,
        tuple(
            SlotValue(value.label, tuple(one.reference for one in value.given), value.low, value.high, value.interval)
            for value in values
        ),
        relation,
        Provenance(STAGE, rule),
        explanation,
    )


def _values(given: list[_Given]) -> list[_Value]:
    grouped: dict[tuple[object, ...], list[_Given]] = defaultdict(list)
    for one in given:
        fact = one.fact
        grouped[fact.low, fact.high, fact.interval, fact.bound].append(one)
    values = [
        _Value(
            _label(ones[0]),
            tuple(sorted(ones, key=lambda one: one.reference)),
            ones[0].fact.low,
            ones[0].fact.high,
            ones[0].fact.interval,
        )
        for ones in grouped.values()
    ]
    return sorted(
        values,
        key=lambda value: (
            value.interval or Interval(date.min, date.min),
            value.low or 0.0,
            value.high or float("inf"),
        ),
    )


_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[A-Za-z]+")


def _label(one: _Given) -> str:
    """The value in figures with its bound; a date as ISO days; a duration in its own unit."""
    fact = one.fact
    if fact.kind == "date" and fact.interval is not None:
        return _dates(fact.interval)
    if fact.kind == "duration":
        small = load(one.telling.document.language, "fact").meanings("number_word")
        words = _SPACE.sub(" ", fact.value_span.of(one.telling.text).lower())
        return _WORD.sub(lambda match: str(small.get(match[0], match[0])), words)
    unit = f" {fact.unit}" if fact.unit and fact.kind in ("money", "measure") and fact.unit != "magnitude" else ""
    if fact.bound == "vague":
        words = _SPACE.sub(" ", fact.value_span.of(one.telling.text).lower())
        span = f"{_number(fact.low)}+" if fact.high is None else f"{_number(fact.low)}–{_number(fact.high)}"
        return f"{words.removesuffix(' of')} ({span}){unit}"
    if fact.bound in ("at least", "more than"):
        return f"{fact.bound} {_number(fact.low)}{unit}"
    if fact.bound in ("at most", "less than", "nearly"):
        return f"{fact.bound} {_number(fact.high)}{unit}"
    if fact.bound == "about" and fact.low is not None and fact.high is not None:
        return f"about {_number(round((fact.low + fact.high) / 2, 6))}{unit}"
    if fact.low == fact.high:
        return f"{_number(fact.low)}{unit}"
    return f"{_number(fact.low)}–{_number(fact.high)}{unit}"


def _number(value: float | None) -> str:
    if value is None:
        return "?"
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{round(value / size, 3):g} {word}"
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


# ---- 3. relate ---------------------------------------------------------------------------


def _relate(key: _Key, values: list[_Value]) -> _Decision:
    """How the values of one slot relate, with the rule that says so and its arithmetic."""
    if len(frozenset().union(*(value.tellings for value in values))) == 1:
        if all(_overlap(a, b) for a, b in combinations(values, 2)):
            return "single", "one-telling", ""
        return "unclear", "several-values-in-one-telling", ""
    if key.kind == "age":
        return _relate_ages(values)
    if len(values) == 1:
        if key.kind == "count" and key.part:
            return "unclear", "part-of-a-whole", ""
        if key.kind == "duration" and key.scope.startswith("since"):
            return "unclear", "told-on-different-days", ""
        if values[0].interval is not None and values[0].interval.days > ONE_OCCASION:
            return "compatible", "wide-interval", ""
        return "same", "equal-values", ""
    if key.kind == "count" and key.part:
        return "unclear", "part-of-a-whole", ""
    if key.kind == "duration" and key.scope.startswith("since"):
        return "unclear", "told-on-different-days", ""
    if all(_overlap(a, b) for a, b in combinations(values, 2)):
        return "compatible", "bounds-overlap", ""
    if _several_in_one(values):
        updated = _updated(key, values)
        return updated or ("unclear", "several-values-in-one-telling", "")
    return _RELATIONS[key.kind](key, values)


def _several_in_one(values: list[_Value]) -> bool:
    """Whether one telling gives two values that exclude one another: totals and parts, or two occasions."""
    return any(a.tellings & b.tellings and not _overlap(a, b) for a, b in combinations(values, 2))


def _overlap(a: _Value, b: _Value) -> bool:
    """Whether one number or one day can satisfy both values."""
    if a.interval is not None and b.interval is not None:
        return a.interval.overlaps(b.interval)
    low_a, low_b = a.low or 0.0, b.low or 0.0
    high_a = float("inf") if a.high is None else a.high
    high_b = float("inf") if b.high is None else b.high
    slack = 0.0
    if a.fact.kind != "duration" and min(low_a, low_b) >= ROUNDED_FROM:
        slack = max(_grain(low_a), _grain(low_b)) / 2
    return low_a <= high_b + slack and low_b <= high_a + slack


def _grain(value: float) -> float:
    """The place value of the last digit that is not zero: 35,400,000 → 100,000."""
    whole = int(value)
    grain = 1
    while whole and whole % (grain * 10) == 0:
        grain *= 10
    return float(grain)


def _relate_counts(key: _Key, values: list[_Value]) -> _Decision:
    if updated := _updated(key, values):
        return updated
    given = [one for value in values for one in value.given]
    days = {one.date.value for one in given}
    language = given[0].telling.document.language
    if _casualty(key, given) and (None in _exact_days(values) or (len(days) > 1 and not _falls_back(given))):
        return "unclear", "told-on-different-days", ""
    if key.local is not None:
        return "unclear", "person-open", ""
    if key.head in load(language, "fact").words("growing_head") and len(days | {None}) > 1:
        return "unclear", "told-on-different-days", ""
    if key.whom is None and not key.scope:
        return "unclear", "scope-open", ""
    beside = {one.reference: (_days_beside(one), _places_beside(one)) for one in given}
    words = {one.reference: _content_words(one) for one in given}
    least = SHARED_WORDS if key.whom is None else 0
    for a, b in combinations(values, 2):
        if _overlap(a, b):
            continue
        for one, other in product(a.given, b.given):
            if _occasions_meet(one, other, beside) and len(words[one.reference] & words[other.reference]) >= least:
                return "differs", "bounds-exclude", ""
    return "unclear", "context-open", ""


def _exact_days(values: list[_Value]) -> set[date | None]:
    """The days of the values that another of them excludes."""
    return {
        one.date.value
        for a, b in combinations(values, 2)
        if not _overlap(a, b)
        for value in (a, b)
        for one in value.given
    }


def _relate_durations(key: _Key, values: list[_Value]) -> _Decision:
    given = [one for value in values for one in value.given]
    if key.whom is None:
        return "unclear", "person-open", ""
    if not _one_occasion(given):
        return "unclear", "other-time-or-place", ""
    return "differs", "bounds-exclude", ""


def _relate_dates(key: _Key, values: list[_Value]) -> _Decision:
    if key.whom is None:
        return "unclear", "person-open", ""
    return "differs", "days-exclude", ""


def _relate_amounts(key: _Key, values: list[_Value]) -> _Decision:
    given = [one for value in values for one in value.given]
    if not _one_occasion(given) or len({one.date.value for one in given}) > 1:
        return "unclear", "other-time-or-place", ""
    return (
        "unclear" if key.head not in ("magnitude",) and not key.scope and key.whom is None else "differs",
        "bounds-exclude",
        "",
    )


def _relate_ordinals(key: _Key, values: list[_Value]) -> _Decision:
    return "unclear", "ordinal", ""


_RELATIONS: Mapping[str, Callable[[_Key, list[_Value]], _Decision]] = {
    "count": _relate_counts,
    "duration": _relate_durations,
    "date": _relate_dates,
    "money": _relate_amounts,
    "measure": _relate_amounts,
    "ordinal": _relate_ordinals,
}


def _casualty(key: _Key, given: list[_Given]) -> bool:
    casualty = load(given[0].telling.document.language, "fact").words("casualty_scope")
    return any(scope in key.scope for scope in casualty)


def _updated(key: _Key, values: list[_Value]) -> _Decision | None:
    """Whether the values only rise as the days go on, with words of an update beside a later one.

    The as-of day must be known for every fact, and no day may carry two values that exclude each other.
    """
    given = sorted(
        (one for value in values for one in value.given), key=lambda one: (one.date.value or date.min, one.reference)
    )
    if (
        key.kind != "count"
        or not _casualty(key, given)
        or any(one.date.value is None or one.fact.low is None for one in given)
    ):
        return None
    if len(_by_occasion(given)) > 1:
        return None
    by_day: dict[date, set[tuple[float, float | None]]] = defaultdict(set)
    for one in given:
        assert one.date.value is not None and one.fact.low is not None
        by_day[one.date.value].add((one.fact.low, one.fact.high))
    if len(by_day) < 2 or any(len(stated) > 1 for stated in by_day.values()):
        return None
    steps = [(day, stated.copy().pop()) for day, stated in sorted(by_day.items())]
    if any(later[1][0] < earlier[1][0] for earlier, later in pairwise(steps)):
        return None
    first = steps[0][1][0]
    if not any(one.fact.low is not None and one.fact.low > first and _update_words(one) for one in given):
        return None
    labels = {one.date.value: _label(one) for one in given}
    return "updated", "rises-with-the-days", ", ".join(f"{labels[day]} on {day.isoformat()}" for day, _ in steps)


def _falls_back(given: list[_Given]) -> bool:
    """Whether a later day's telling gives less than an earlier one, so that no running count explains both."""
    by_day = sorted(given, key=lambda one: one.date.value or date.min)
    most = 0.0
    for _, same_day in groupby(by_day, key=lambda one: one.date.value):
        stated = list(same_day)
        if any(one.fact.high is not None and one.fact.high < most and not _update_words(one) for one in stated):
            return True
        most = max(most, *(one.fact.low or 0.0 for one in stated))
    return False


def _update_words(one: _Given) -> bool:
    """Whether words of an update stand beside the number, or in the headline where it has the same figure."""
    text = one.telling.text
    sentence = _sentence(one)
    start = max(sentence.start, one.fact.span.start - _UPDATE_CLAUSE)
    clauses = [text[start : min(sentence.end, one.fact.span.end + _UPDATE_CLAUSE)]]
    blocks = one.telling.blocks
    told = (part for part in one.telling.sentences if part.block >= len(blocks) or blocks[part.block].story)
    if first := next(told, None):
        headline = first.span.of(text)
        if re.search(rf"(?<!\w){re.escape(_number(one.fact.low))}(?!\w)", headline):
            clauses.append(headline)
    words = load(one.telling.document.language, "fact").words("update_word")
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words)))})(?!\w)", re.IGNORECASE)
    return any(pattern.search(clause) for clause in clauses)


def _sentence(one: _Given) -> Span:
    if one.fact.sentence < len(one.telling.sentences):
        return one.telling.sentences[one.fact.sentence].span
    return one.fact.span


_Beside = Mapping[tuple[str, int], tuple[list[Interval], frozenset[str]]]
"""For each fact the placed days and the names of places in its sentence."""


def _one_occasion(given: list[_Given]) -> bool:
    """Whether no two facts of different tellings stand beside days or places that exclude one another."""
    beside = {one.reference: (_days_beside(one), _places_beside(one)) for one in given}
    return all(_occasions_meet(one, other, beside) for one, other in combinations(given, 2))


def _occasions_meet(one: _Given, other: _Given, beside: _Beside) -> bool:
    (days, places), (other_days, other_places) = beside[one.reference], beside[other.reference]
    if days and other_days and not any(x.overlaps(y) for x in days for y in other_days):
        return False
    if places and other_places and not places & other_places:
        return False
    if one.telling.id == other.telling.id:
        return True
    if bool(days) != bool(other_days) and not _names_day(other if days else one, days or other_days):
        return False
    return bool(places) == bool(other_places) or _names_any(other if places else one, places or other_places)


def _days_beside(one: _Given) -> list[Interval]:
    """Placed days in the fact's sentence."""
    span = _sentence(one)
    return [
        timex.interval
        for timex in one.telling.timexes
        if timex.interval is not None and timex.type in ("DATE", "TIME") and span.contains(timex.span)
    ]


def _names_day(one: _Given, days: list[Interval]) -> bool:
    """Whether the telling was told within a week after one of `days`, or places something on one of them."""
    near = [
        timex.interval
        for timex in one.telling.timexes
        if timex.interval is not None and timex.type in ("DATE", "TIME") and timex.interval.days <= ONE_OCCASION
    ]
    if one.date.value is not None:
        near.append(Interval(one.date.value - timedelta(days=NEWS_DAYS), one.date.value))
    return any(day.overlaps(other) for day in days for other in near)


def _places_beside(one: _Given) -> frozenset[str]:
    """Names of places in the fact's sentence: chains known as such, and names after "in", "at", "near"."""
    span, telling = _sentence(one), one.telling
    known = {
        telling.chains[mention.chain].name.lower()
        for mention in telling.mentions
        if mention.chain is not None and span.contains(mention.span) and telling.chains[mention.chain].kind == "place"
    }
    written = {match[1].lower() for match in _PLACE.finditer(telling.text, span.start, span.end)}
    return frozenset(known | written)


def _names_any(one: _Given, places: frozenset[str]) -> bool:
    text = one.telling.text.lower()
    return any(place in text for place in places)


def _content_words(one: _Given) -> frozenset[str]:
    """The other words of the sentence of a fact, by their first five letters: "donate" meets "donated"."""
    span, fact = _sentence(one), one.fact
    ends = load(one.telling.document.language, "fact").words("phrase_end")
    own = {word[:5] for word in f"{fact.head} {fact.scope}".lower().split()}
    words = {match[0].lower() for match in _LONG_WORD.finditer(one.telling.text, span.start, span.end)}
    return frozenset({word[:5] for word in words - ends} - own)


# ---- ages --------------------------------------------------------------------------------


def _relate_ages(values: list[_Value]) -> _Decision:
    """Ages against a birthday: each age told on a known day leaves a year in which the birth can lie."""
    given = [one for value in values for one in _dated(value)]
    told = sorted(
        {(int(one.fact.low or 0), _told(one.date)) for one in given}, key=lambda pair: (pair[1][0] or date.min, pair[0])
    )
    ages = [f"{age} {_when(days)}" for age, days in told]
    if any(earliest is None and latest is None for _, (earliest, latest) in told):
        if len(values) == 1:
            return "same", "equal-values", ""
        return "unclear", "day-not-known", "; ".join(ages)
    births = [_births(age, days) for age, days in told]
    low = max((birth[0] for birth in births if birth[0] is not None), default=None)
    high = min((birth[1] for birth in births if birth[1] is not None), default=None)
    fits = low is None or high is None or low <= high
    if len(values) == 1:
        return (
            ("same", "equal-values", "")
            if fits
            else ("unclear", "one-age-over-a-year", f"{', '.join(ages)}: more than one year apart")
        )
    if _several_in_one(values) and len({(one.telling.id, one.date.value) for one in given}) < len(given):
        return "unclear", "several-values-in-one-telling", ", ".join(ages)
    if fits and low is not None and high is not None:
        return (
            "explained by time",
            "birthday-between",
            f"{', '.join(ages)}: fits a birthday between (born {low.isoformat()}…{high.isoformat()})",
        )
    if fits:
        return "unclear", "day-not-known", "; ".join(ages)
    exact = all(earliest == latest for _, (earliest, latest) in told)
    if not exact:
        return "unclear", "day-not-known", "; ".join(ages)
    births_told = (f"{age}: born {birth[0]}…{birth[1]}" for age, birth in zip(ages, births, strict=True))
    return "differs", "no-birthday-fits", "; ".join(births_told)


def _dated(value: _Value) -> list[_Given]:
    """The facts of a value told on a known day, where there are any; else all of them."""
    return [one for one in value.given if _told(one.date) != (None, None)] or list(value.given)


def _told(dated: DocumentDate) -> tuple[date | None, date | None]:
    """Earliest and latest day of telling, `None` where open."""
    if dated.value is not None:
        return dated.value, dated.value
    return dated.not_before, dated.not_after


def _when(days: tuple[date | None, date | None]) -> str:
    earliest, latest = days
    if earliest is not None and earliest == latest:
        return f"on {earliest.isoformat()}"
    if earliest is not None and latest is not None:
        return f"between {earliest.isoformat()} and {latest.isoformat()}"
    if earliest is not None:
        return f"on or after {earliest.isoformat()}"
    return f"on or before {latest.isoformat()}" if latest is not None else "on a day not known"


def _births(age: int, days: tuple[date | None, date | None]) -> tuple[date | None, date | None]:
    """Earliest and latest day of birth of somebody aged `age` on some day of `days`."""
    earliest, latest = days
    return (
        None if earliest is None else _years_before(earliest, age + 1) + timedelta(days=1),
        None if latest is None else _years_before(latest, age),
    )


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


# ---- 4. check ----------------------------------------------------------------------------


def _sums(groups: Mapping[_Key, list[_Given]], people: tuple[Person, ...]) -> list[Slot]:
    """Elapsed times that do not fit the same telling's own date for the event and its own date."""
    found = []
    for key, given in groups.items():
        if key.kind != "duration" or not key.scope.startswith("since"):
            continue
        for one in given:
            slot = _sum(key, one, groups, people)
            if slot is not None:
                found.append(slot)
    return found


def _sum(key: _Key, stated: _Given, groups: Mapping[_Key, list[_Given]], people: tuple[Person, ...]) -> Slot | None:
    told, fact = stated.date.value, stated.fact
    if told is None or fact.low is None:
        return None
    if fact.interval is not None:
        # "nearly two years since 3 May": the day stands beside the length.
        return _compared(
            key, stated, fact.interval, [_Value(_dates(fact.interval), (stated,), None, None, fact.interval)], people
        )
    event = _Key("date", key.head, "", fact.scope, key.whom, key.local)
    own = [one for one in groups.get(event, ()) if one.telling.id == stated.telling.id]
    intervals = {one.fact.interval for one in own if one.fact.interval is not None}
    # Two dates for one event in one telling: which of them the time runs from cannot be told.
    if len(intervals) != 1 or (key.whom is None and key.local is not None):
        return None
    return _compared(key, stated, next(iter(intervals)), _values(own), people)


def _compared(
    key: _Key, stated: _Given, interval: Interval, own: list[_Value], people: tuple[Person, ...]
) -> Slot | None:
    """The slot of a stated elapsed time that the calendar does not bear out, `None` where it does."""
    told, fact = stated.date.value, stated.fact
    if told is None or fact.low is None or interval.earliest > told:
        return None
    shortest, longest = (told - interval.latest).days, (told - interval.earliest).days
    high = float("inf") if fact.high is None else fact.high
    if fact.low - CALENDAR_SLACK <= longest and shortest <= high + CALENDAR_SLACK:
        return None
    measured = f"{longest}" if shortest == longest else f"{shortest}–{longest}"
    most = "" if fact.high is None else f"–{_number(round(fact.high))}"
    label = _label(stated)
    explanation = (
        f"{_dates(interval)} to {told.isoformat()} is {measured} days; {label} is {_number(round(fact.low))}{most} days"
    )
    return _made(key, [*_values([stated]), *own], people, "does not add up", "elapsed-time", explanation)


def _dates(interval: Interval) -> str:
    earliest, latest = interval.earliest.isoformat(), interval.latest.isoformat()
    return earliest if earliest == latest else f"{earliest}…{latest}"
