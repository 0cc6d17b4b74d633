"""How the values of one slot relate, with the rule that says so and its arithmetic.

What the bounds leave open (another occasion, a running total, a subset) is "unclear", never "differs".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations, groupby, pairwise, product

from tellings.across.slots.about import Given, Key
from tellings.across.slots.ages import relate_ages
from tellings.across.slots.occasions import NEWS_DAYS, ONE_OCCASION, ONE_THING, Surroundings, one_occasion
from tellings.across.slots.values import Value, all_overlap, facts_overlap, label, number, overlap, several_in_one
from tellings.model.records import Relation
from tellings.model.rules import load

Decision = tuple[Relation, str, str]
"""Relation, rule, explanation."""

#: Counts of nobody's are of one thing when their sentences share so many other words.
SHARED_WORDS = 3
#: Sentences that share so many are much alike, wherever they stand.
LIKE_WORDS = 5
#: Two counts of nobody's of which one is more than so many times the other are of two things.
SAME_THING = 2.0
#: A stretch of days no longer than this names an occasion; "last month" does not.
FEW_DAYS = 10
#: The headline and so many first sentences, less one, are what a telling is about.
LEAD = 4
#: Close counts from here on, of one narrow thing ("aboard"), are of one thing without shared words.
MANY = 20
#: How far (characters) around a number words of an update are looked for, within its sentence.
_UPDATE_CLAUSE = 240


def relate(about: Key, values: list[Value]) -> Decision:
    """How the values of one slot relate. `values` is never empty.

    Raises:
        RuleError: there are no fact rules for a telling's language, or they cannot be used.
    """
    if len(frozenset().union(*(value.tellings for value in values))) == 1:
        if all_overlap(values):
            return "single", "one-telling", ""
        return "unclear", "several-values-in-one-telling", ""
    if about.kind == "age":
        return relate_ages(values)
    if about.unit == "%" and not _alike([one for value in values for one in value.given]):
        # A share of voters is of one question in one telling and of another in the next.
        return "unclear", "scope-open", ""
    if _bare(about) and len(values) < 3 and not _alike([one for value in values for one in value.given], 1):
        # "Two prisoners" and "a few prisoners" of nothing else that the tellings have in common.
        return "unclear", "scope-open", ""
    if len(values) == 1:
        return _one_value(about, values[0])
    if about.part:
        return "unclear", "part-of-a-whole", ""
    if about.since:
        return "unclear", "told-on-different-days", ""
    if _grows(about, values) and (risen := _rising(values)):
        return risen
    if all_overlap(values):
        return "compatible", "bounds-overlap", ""
    if several_in_one(values):
        updated = _updated(about, values)
        return updated or ("unclear", "several-values-in-one-telling", "")
    return _RELATIONS[about.kind](about, values)


def _bare(about: Key) -> bool:
    """Whether a count is of nobody's and of nothing in particular."""
    return about.kind == "count" and about.whom is None and not about.scope


def _one_value(about: Key, value: Value) -> Decision:
    """One value in several tellings: the same, unless each may speak of another thing by it."""
    if about.part and not _alike(value.given):
        return "unclear", "part-of-a-whole", ""
    if about.since and len({one.date.value for one in value.given}) > 1 and not _alike(value.given):
        return "unclear", "told-on-different-days", ""
    if value.interval is not None and value.interval.days > ONE_OCCASION:
        return "compatible", "wide-interval", ""
    return "same", "equal-values", ""


def _alike(given: Sequence[Given], least: int = SHARED_WORDS) -> bool:
    """Whether every fact stands in a sentence that shares `least` words with that of a fact of another telling."""
    around = Surroundings(given)
    return all(
        any(
            one.telling.id != other.telling.id and len(around[one].words & around[other].words) >= least
            for other in given
        )
        for one in given
    )


def _relate_counts(about: Key, values: list[Value]) -> Decision:
    if updated := _updated(about, values):
        return updated
    given = [one for value in values for one in value.given]
    days = {one.date.value for one in given}
    language = given[0].telling.document.read_as
    if _casualty(about, given) and (None in _days_apart(values) or (len(days) > 1 and not _falls_back(given))):
        return "unclear", "told-on-different-days", ""
    if about.local is not None:
        return "unclear", "person-open", ""
    if about.head in load(language, "fact").words("growing_head") and len(days | {None}) > 1:
        return "unclear", "told-on-different-days", ""
    if _bare(about):
        return "unclear", "scope-open", ""
    return _excluded(about, values)


def _excluded(about: Key, values: list[Value]) -> Decision:
    """ "differs" where two facts of one occasion exclude one another, else "unclear"."""
    around = Surroundings(one for value in values for one in value.given)
    dated = _casualty(about, values[0].given)
    narrow = load(values[0].given[0].telling.document.read_as, "fact").words("narrow_scope")
    for a, b in combinations(values, 2):
        if overlap(a, b) or not _comparable(about, a, b):
            continue
        for one, other in product(a.given, b.given):
            if not around.meet(one, other) or _gives_both(one, other) or _gives_both(other, one):
                continue
            if dated and _risen(one, other):
                continue
            if about.whom is not None or (about.scope in narrow and _close(a, b)):
                return "differs", "bounds-exclude", ""
            if _within(SAME_THING, a, b) and _alike_told(one, other, around, dated):
                return "differs", "bounds-exclude", ""
    return "unclear", "context-open", ""


def _risen(one: Given, other: Given) -> bool:
    """Whether the higher of two tolls says itself that it has risen, and was not told before the lower."""
    lower, higher = sorted((one, other), key=lambda each: (each.fact.low or 0.0, each.reference))
    told_before = (
        lower.date.value is not None and higher.date.value is not None and higher.date.value < lower.date.value
    )
    return not told_before and _update_words(higher)


def _comparable(about: Key, a: Value, b: Value) -> bool:
    """A vague count excludes another only where both are of one person's things: "two" and "several" of hers."""
    return about.whom is not None or "vague" not in (a.fact.bound, b.fact.bound)


def _close(a: Value, b: Value) -> bool:
    return min(a.low or 0.0, b.low or 0.0) >= MANY and _within(ONE_THING, a, b)


def _within(ratio: float, a: Value, b: Value) -> bool:
    """Whether the stated numbers are of one size: the larger at most `ratio` times the smaller."""
    low, high = sorted((a.low or a.high or 0.0, b.low or b.high or 0.0))
    return high <= ratio * low


def _alike_told(one: Given, other: Given, around: Surroundings, dated: bool) -> bool:
    """Whether two sentences tell one thing: they are much alike, or both open their telling and share words.

    `dated`: each day can have its own, such as a toll. Then the tellings must be of one day, or name one,
    or have the sentence in common.
    """
    a, b = around[one], around[other]
    shared = len(a.words & b.words)
    same_day = any(x.overlaps(y) and max(x.days, y.days) <= FEW_DAYS for x in a.days for y in b.days)
    told, other_told = one.date.value, other.date.value
    near = told is not None and other_told is not None and abs((told - other_told).days) <= 1
    if dated and not near and not same_day and 2 * shared < len(a.words | b.words):
        return False
    return shared >= LIKE_WORDS or (shared >= SHARED_WORDS and _leads(one) and _leads(other))


def _leads(one: Given) -> bool:
    """Whether the value stands in the headline or the first sentences of its telling: it is the news, no background."""
    telling = one.telling
    story = [
        index
        for index, sentence in enumerate(telling.sentences)
        if sentence.block >= len(telling.blocks) or telling.blocks[sentence.block].story
    ][:LEAD]
    return any(
        fact.sentence in story
        and (fact.kind, fact.head, fact.scope, fact.low, fact.high)
        == (one.fact.kind, one.fact.head, one.fact.scope, one.fact.low, one.fact.high)
        for fact in telling.facts
    )


def _gives_both(one: Given, other: Given) -> bool:
    """Whether the telling of `one` also gives the value of `other`: then the two are not one thing to it."""
    return any(
        fact.kind == other.fact.kind
        and fact.head == other.fact.head
        and (fact.low, fact.high) == (other.fact.low, other.fact.high)
        for fact in one.telling.facts
    )


def _days_apart(values: list[Value]) -> set[date | None]:
    """The days of the values that another of them excludes."""
    return {
        one.date.value
        for a, b in combinations(values, 2)
        if not overlap(a, b)
        for value in (a, b)
        for one in value.given
    }


def _relate_durations(about: Key, values: list[Value]) -> Decision:
    given = [one for value in values for one in value.given]
    if about.whom is None:
        return "unclear", "person-open", ""
    if not one_occasion(given):
        return "unclear", "other-time-or-place", ""
    return "differs", "bounds-exclude", ""


def _relate_dates(about: Key, values: list[Value]) -> Decision:
    if about.whom is None:
        return "unclear", "person-open", ""
    return "differs", "days-exclude", ""


def _relate_amounts(about: Key, values: list[Value]) -> Decision:
    given = [one for value in values for one in value.given]
    if _grows(about, values):
        return "unclear", "told-on-different-days", ""
    if about.unit == "%" or not one_occasion(given) or len({one.date.value for one in given}) > 1:
        return "unclear", "other-time-or-place", ""
    if about.head != "magnitude" and not about.scope and about.whom is None:
        return "unclear", "scope-open", ""
    return "differs", "bounds-exclude", ""


def _grows(about: Key, values: list[Value]) -> bool:
    """Whether it is a sum that grows by itself, such as what a fund has come to."""
    language = values[0].given[0].telling.document.read_as
    return about.kind == "money" and about.head in load(language, "fact").words("growing_sum")


def _relate_ordinals(about: Key, values: list[Value]) -> Decision:
    given = [one for value in values for one in value.given]
    days = [one.date.value for one in given]
    if about.whom is not None or "since" not in about.scope.split() or None in days:
        return "unclear", "ordinal", ""
    # A later telling may speak of the next one: only a rank that does not rise with the days is of one.
    for a, b in combinations(values, 2):
        for one, other in product(a.given, b.given):
            first, second = (one, other) if (one.fact.low or 0) < (other.fact.low or 0) else (other, one)
            assert first.date.value is not None and second.date.value is not None
            if (second.date.value - first.date.value).days <= NEWS_DAYS:
                return "differs", "ranks-exclude", ""
    return "unclear", "ordinal", ""


_RELATIONS: Mapping[str, Callable[[Key, list[Value]], Decision]] = {
    "count": _relate_counts,
    "duration": _relate_durations,
    "date": _relate_dates,
    "money": _relate_amounts,
    "measure": _relate_amounts,
    "ordinal": _relate_ordinals,
}


def _casualty(about: Key, given: Sequence[Given]) -> bool:
    casualty = load(given[0].telling.document.read_as, "fact").words("casualty_scope")
    return any(scope in about.scope for scope in casualty)


# ---- values that rise with the days ------------------------------------------------------


def _updated(about: Key, values: list[Value]) -> Decision | None:
    """Whether the values only rise as the days go on, with words of an update beside a later one.

    The as-of day must be known for every fact, and no day may carry two values that exclude each other.
    """
    given = [one for value in values for one in value.given]
    if about.kind != "count" or not _casualty(about, given):
        return None
    if any(one.date.value is None or one.fact.low is None for one in given):
        return None
    around = Surroundings(given)
    if not all(any(around.meet(one, other) for other in given if other.telling.id != one.telling.id) for one in given):
        return None
    first = min(given, key=lambda one: (one.date.value or date.min, one.reference)).fact.low or 0.0
    if not any((one.fact.low or 0.0) > first and _update_words(one) for one in given):
        return None
    return _rising(values)


def _rising(values: list[Value]) -> Decision | None:
    """ "updated" where each day has one value and no later day a lower one; `None` else."""
    by_day: dict[date, list[Given]] = defaultdict(list)
    for one in (one for value in values for one in value.given):
        if one.date.value is None or one.fact.low is None:
            return None
        by_day[one.date.value].append(one)
    if any(len({(one.fact.low, one.fact.high) for one in told}) > 1 for told in by_day.values()):
        return None
    steps = [(day, told[0]) for day, told in sorted(by_day.items())]
    if any(_lower(later.fact.low, earlier.fact.low) for (_, earlier), (_, later) in pairwise(steps)):
        return None
    # "more than 900" was meant of less than half as much again.
    first, last = steps[0][1].fact, steps[-1][1].fact
    if facts_overlap(first, last) and (last.low or 0.0) <= ONE_THING * (first.high or first.low or 0.0):
        return None
    return "updated", "rises-with-the-days", ", ".join(f"{label(one)} on {day.isoformat()}" for day, one in steps)


def _lower(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and a < b


def _falls_back(given: list[Given]) -> bool:
    """Whether a later day's telling gives less than an earlier one, so that no running count explains both."""
    by_day = sorted(given, key=lambda one: one.date.value or date.min)
    most = 0.0
    for _, same_day in groupby(by_day, key=lambda one: one.date.value):
        stated = list(same_day)
        if any(one.fact.high is not None and one.fact.high < most and not _update_words(one) for one in stated):
            return True
        most = max(most, *(one.fact.low or 0.0 for one in stated))
    return False


def _update_words(one: Given) -> bool:
    """Whether words of an update stand beside the number, or in the headline where it has the same figure."""
    text = one.telling.text
    sentence = one.sentence
    start = max(sentence.start, one.fact.span.start - _UPDATE_CLAUSE)
    clauses = [text[start : min(sentence.end, one.fact.span.end + _UPDATE_CLAUSE)]]
    blocks = one.telling.blocks
    told = (part for part in one.telling.sentences if part.block >= len(blocks) or blocks[part.block].story)
    if first := next(told, None):
        headline = first.span.of(text)
        if re.search(rf"(?<!\w){re.escape(number(one.fact.low))}(?!\w)", headline):
            clauses.append(headline)
    pattern = _update(one.telling.document.read_as)
    return any(pattern.search(clause) for clause in clauses)


@cache
def _update(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{load(language, 'fact').alternatives('update_word')})(?!\w)", re.IGNORECASE)
