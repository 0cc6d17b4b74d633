"""How the values of one question relate, with the rule that says so and its arithmetic.

What the bounds leave open (another occasion, a running total, a subset) is "unclear", never "differs".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations, groupby, pairwise, product

from tellings.across.questions.ages import relate_ages
from tellings.across.questions.occasions import ONE_THING, one_occasion
from tellings.across.questions.related import Related
from tellings.across.questions.subject import Given, Subject, leads
from tellings.across.questions.surroundings import NEWS_DAYS, ONE_OCCASION, Surroundings
from tellings.across.questions.tolls import risen_toll
from tellings.across.questions.values import Value, all_overlap, facts_overlap, label, number, overlap, several_in_one
from tellings.model.records import Fact, Telling, Term
from tellings.model.rules import load

#: Counts of nobody's are of one thing when their sentences share so many other words.
SHARED_WORDS = 3
#: Sentences that share so many are much alike, wherever they stand.
LIKE_WORDS = 5
#: Two counts of nobody's of which one is more than so many times the other are of two things.
SAME_THING = 2.0
#: A stretch of days no longer than this names an occasion; "last month" does not.
FEW_DAYS = 10
#: Close counts from here on, of one narrow thing ("aboard"), are of one thing without shared words.
MANY = 20
#: How far (characters) around a number words of an update are looked for, within its sentence.
_UPDATE_CLAUSE = 240


def relate(about: Subject, values: list[Value], around: Surroundings) -> Related:
    """How the values of one question relate. `values` is never empty; `around` is what stands beside their facts.

    Raises:
        RuleError: there are no fact rules for a telling's language, or they cannot be used.
    """
    if len(frozenset().union(*(value.tellings for value in values))) == 1:
        if all_overlap(values):
            return Related("single", "one-telling")
        return Related("unclear", "several-values-in-one-telling")
    if about.kind == "age":
        return relate_ages(values)
    if about.unit == "%" and not _alike([one for value in values for one in value.given], around):
        # A share of voters is of one question in one telling and of another in the next.
        return Related("unclear", "scope-open")
    if _bare(about) and len(values) < 3 and not _alike([one for value in values for one in value.given], around, 1):
        # "Two prisoners" and "a few prisoners" of nothing else that the tellings have in common.
        return Related("unclear", "scope-open")
    if len(values) == 1:
        return _one_value(about, values[0], around)
    if about.part:
        return Related("unclear", "part-of-a-whole")
    if about.elapsed:
        return Related("unclear", "told-on-different-days")
    if _grows(about, values) and (risen := _rising(values)):
        return risen
    if risen := risen_toll(about, values, around):
        return risen
    if all_overlap(values):
        return Related("compatible", "bounds-overlap")
    if several_in_one(values):
        updated = _updated(about, values, around)
        return updated or Related("unclear", "several-values-in-one-telling")
    relate = _RELATIONS.get(about.kind)
    # Values of a kind that nobody has said how to compare are shown side by side, and nothing is said of them.
    return relate(about, values, around) if relate else Related("unclear", "kind-not-compared")


def _bare(about: Subject) -> bool:
    """Whether a count is of nobody's and of nothing in particular."""
    return about.kind == "count" and about.whom is None and not about.scope and not about.narrowed_by


def _one_value(about: Subject, value: Value, around: Surroundings) -> Related:
    """One value in several tellings: the same, unless each may speak of another thing by it."""
    if about.part and not _alike(value.given, around):
        return Related("unclear", "part-of-a-whole")
    if about.elapsed and len({one.date.value for one in value.given}) > 1 and not _alike(value.given, around):
        return Related("unclear", "told-on-different-days")
    if value.interval is not None and value.interval.days > ONE_OCCASION:
        return Related("compatible", "wide-interval")
    return Related("same", "equal-values")


def _alike(given: Sequence[Given], around: Surroundings, least: int = SHARED_WORDS) -> bool:
    """Whether every fact stands in a sentence that shares `least` words with that of a fact of another telling."""
    told = {(one.telling.id, around[one].words) for one in given}
    return all(
        any(telling != other_telling and len(words & other_words) >= least for other_telling, other_words in told)
        for telling, words in told
    )


def _relate_counts(about: Subject, values: list[Value], around: Surroundings) -> Related:
    if updated := _updated(about, values, around):
        return updated
    given = [one for value in values for one in value.given]
    days = {one.date.value for one in given}
    language = given[0].telling.document.read_as
    if _casualty(about, given) and (None in _days_apart(values) or (len(days) > 1 and not _falls_back(given))):
        return Related("unclear", "told-on-different-days")
    if about.local is not None:
        return Related("unclear", "person-open")
    if about.head in load(language, "fact").words("growing_head") and len(days | {None}) > 1:
        return Related("unclear", "told-on-different-days")
    if _bare(about):
        return Related("unclear", "scope-open")
    return _excluded(about, values, around)


def _excluded(about: Subject, values: list[Value], around: Surroundings) -> Related:
    """ "differs" where two facts of one occasion exclude one another, else "unclear"."""
    dated = _casualty(about, values[0].given)
    narrow = not about.narrowed_by and about.scope in (
        load(values[0].given[0].telling.document.read_as, "fact").words("narrow_scope")
    )
    for a, b in combinations(values, 2):
        if overlap(a, b) or not _comparable(about, a, b):
            continue
        of_one_thing = about.whom is not None or (narrow and _close(a, b))
        of_one_size = _within(SAME_THING, a, b)
        if not of_one_thing and not of_one_size:
            continue
        ones, others = _sides(a, b, dated), _sides(b, a, dated)
        for (one, one_leads), (other, other_leads) in product(ones, others):
            if not around.meet(one, other) or (dated and _risen(one, other)):
                continue
            both_lead = one_leads and other_leads
            if of_one_thing or (of_one_size and _alike_told(one, other, around, dated=dated, both_lead=both_lead)):
                return Related("differs", "bounds-exclude")
    return Related("unclear", "context-open")


def _sides(value: Value, other: Value, dated: bool) -> list[tuple[Given, bool]]:
    """The facts of a value in tellings that do not give the other value, too (then the two are not one thing to them),
    and whether each leads its telling. A sentence that repeats a value is taken once; where words of an update beside
    the number count (`dated`), each time."""
    told: dict[tuple[object, ...], tuple[Given, bool]] = {}
    for one in value.given:
        key = (one.telling.id, one.sentence, one.fact.span if dated else None)
        if key not in told and not _gives(one.telling, other.fact):
            told[key] = one, leads(one)
    return list(told.values())


def _risen(one: Given, other: Given) -> bool:
    """Whether the higher of two tolls says itself that it has risen, and was not told before the lower."""
    lower, higher = sorted((one, other), key=lambda each: (each.fact.low or 0.0, each.reference))
    told_before = (
        lower.date.value is not None and higher.date.value is not None and higher.date.value < lower.date.value
    )
    return not told_before and _update_words(higher)


def _comparable(about: Subject, a: Value, b: Value) -> bool:
    """A vague count excludes another only where both are of one person's things: "two" and "several" of hers."""
    return about.whom is not None or "vague" not in (a.fact.bound, b.fact.bound)


def _close(a: Value, b: Value) -> bool:
    return min(a.low or 0.0, b.low or 0.0) >= MANY and _within(ONE_THING, a, b)


def _within(ratio: float, a: Value, b: Value) -> bool:
    """Whether the stated numbers are of one size: the larger at most `ratio` times the smaller."""
    low, high = sorted((a.low or a.high or 0.0, b.low or b.high or 0.0))
    # Nobody is of the size of any number: one denies the other.
    return low == 0 or high <= ratio * low


def _alike_told(one: Given, other: Given, around: Surroundings, *, dated: bool, both_lead: bool) -> bool:
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
    return shared >= LIKE_WORDS or (shared >= SHARED_WORDS and both_lead)


def _gives(telling: Telling, stated: Fact) -> bool:
    """Whether a telling gives the number of `stated` for its head."""
    return any(
        fact.kind == stated.kind and fact.head == stated.head and (fact.low, fact.high) == (stated.low, stated.high)
        for fact in telling.facts
    )


def _days_apart(values: list[Value]) -> set[date | None]:
    """The days of the values that another of them excludes."""
    excluded = {
        place for a, b in combinations(range(len(values)), 2) if not overlap(values[a], values[b]) for place in (a, b)
    }
    return {one.date.value for place in excluded for one in values[place].given}


def _relate_durations(about: Subject, values: list[Value], around: Surroundings) -> Related:
    given = [one for value in values for one in value.given]
    if about.whom is None:
        return Related("unclear", "person-open")
    if not one_occasion(given, around):
        return Related("unclear", "other-time-or-place")
    return Related("differs", "bounds-exclude")


def _relate_dates(about: Subject, values: list[Value], around: Surroundings) -> Related:
    if about.whom is None:
        return Related("unclear", "person-open")
    return Related("differs", "days-exclude")


def _relate_amounts(about: Subject, values: list[Value], around: Surroundings) -> Related:
    given = [one for value in values for one in value.given]
    if _grows(about, values):
        return Related("unclear", "told-on-different-days")
    if about.unit == "%" or not one_occasion(given, around) or len({one.date.value for one in given}) > 1:
        return Related("unclear", "other-time-or-place")
    if about.head != "magnitude" and not about.scope and about.whom is None:
        return Related("unclear", "scope-open")
    return Related("differs", "bounds-exclude")


def _grows(about: Subject, values: list[Value]) -> bool:
    """Whether it is a sum that grows by itself, such as what a fund has come to."""
    language = values[0].given[0].telling.document.read_as
    return about.kind == "money" and about.head in load(language, "fact").words("growing_sum")


def _relate_ordinals(about: Subject, values: list[Value], around: Surroundings) -> Related:
    given = [one for value in values for one in value.given]
    days = [one.date.value for one in given]
    if about.whom is not None or about.since is None or None in days:
        return Related("unclear", "ordinal")
    # A later telling may speak of the next one: only a rank that does not rise with the days is of one.
    for lower, higher in combinations(values, 2):  # they stand least first
        for first, second in product(lower.given, higher.given):
            assert first.date.value is not None and second.date.value is not None
            if (second.date.value - first.date.value).days <= NEWS_DAYS:
                return Related("differs", "ranks-exclude")
    return Related("unclear", "ordinal")


_RELATIONS: Mapping[str, Callable[[Subject, list[Value], Surroundings], Related]] = {
    "count": _relate_counts,
    "duration": _relate_durations,
    "date": _relate_dates,
    "money": _relate_amounts,
    "measure": _relate_amounts,
    "ordinal": _relate_ordinals,
}


def _casualty(about: Subject, given: Sequence[Given]) -> bool:
    casualty = load(given[0].telling.document.read_as, "fact").words("casualty_scope")
    return any(scope in about.scope for scope in casualty)


# ---- values that rise with the days ------------------------------------------------------


def _updated(about: Subject, values: list[Value], around: Surroundings) -> Related | None:
    """Whether the values only rise as the days go on, with words of an update beside a later one.

    The as-of day must be known for every fact, and no day may carry two values that exclude each other.
    """
    given = [one for value in values for one in value.given]
    if about.kind != "count" or not _casualty(about, given):
        return None
    if any(one.date.value is None or one.fact.low is None for one in given):
        return None
    told = list({(one.telling.id, one.sentence): one for one in given}.values())
    if not all(any(around.meet(one, other) for other in told if other.telling.id != one.telling.id) for one in told):
        return None
    first = min(given, key=lambda one: (one.date.value or date.min, one.reference)).fact.low or 0.0
    if not any((one.fact.low or 0.0) > first and _update_words(one) for one in given):
        return None
    return _rising(values)


def _rising(values: list[Value]) -> Related | None:
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
    terms = tuple(Term("value", label(one), earliest=day, latest=day) for day, one in steps)
    return Related("updated", "rises-with-the-days", terms)


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
    if story := one.telling.story:
        headline = one.telling.sentences[story[0]].span.of(text)
        if re.search(rf"(?<!\w){re.escape(number(one.fact.low))}(?!\w)", headline):
            clauses.append(headline)
    pattern = _update(one.telling.document.read_as)
    return any(pattern.search(clause) for clause in clauses)


@cache
def _update(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{load(language, 'fact').alternatives('update_word')})(?!\w)", re.IGNORECASE)
