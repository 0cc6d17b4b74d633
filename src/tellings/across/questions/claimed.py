"""What can be claimed of two values that a model put together: that reports differ, or that a later one updates.

Right in at least nineteen of twenty is what a claim must be; so the model must be sure, the noun the same, no word
beside one of the two may make it a part or an earlier state, and no telling may give both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tellings.across.questions.answers import Reading, tellings_of
from tellings.across.questions.asked import ROOM
from tellings.across.questions.company import Company
from tellings.across.questions.together import Compared
from tellings.language.base import Language
from tellings.model.records import Relation

#: Probability from which two values of a kind are said to answer one question; of other kinds nothing is claimed.
SURE = {"count": 0.78, "money": 0.78, "age": 0.78, "measure": 0.7}
NEVER = 2.0
#: How far apart tellings may be that speak of one time, and how many times as much one of two values may be.
FEW_DAYS, SIZE = timedelta(days=3), 1.7
#: Sentences that open a telling: counts further down are of much else, too.
OPENING = 5
#: How many times as much a later telling must give to update an earlier one's.
RISEN = 1.1
#: What nothing is claimed of.
COMPARED: tuple[Relation, str] = ("to compare", "likely-of-one-question")


def claimed(line: Compared, told: Mapping[str, date | None], company: Company) -> tuple[Relation, str]:
    """How the two values that begin a line relate, and by which rule; `told` is the day of each telling."""
    first, second = line.values[:2]
    kind = first[0].answer.kind
    if line.probability < SURE.get(kind, NEVER) or not _comparable(first[0], second[0], company.language):
        return COMPARED
    low, high = sorted((first, second), key=lambda value: value[0].answer.stated)
    before, after = _days(low, told), _days(high, told)
    if not before or not after:
        return COMPARED
    less, more = low[0].answer, high[0].answer
    if less.kind == "count" and max(before) < min(after) and more.stated >= RISEN * less.stated:
        return "updated", "higher-in-a-later-telling"
    if less.meets(more):
        return COMPARED
    near = max(before | after) - min(before | after) <= FEW_DAYS
    if less.kind == "count" and max(less.number, more.number) >= OPENING:
        return COMPARED
    if not near or _both(low, high, company) or more.stated > SIZE * less.stated:
        return COMPARED
    return "differs", "likely-of-one-question"


def of_one_kind(line: Compared, language: Language) -> tuple[tuple[Reading, ...], ...]:
    """The two values that begin a line, and those others of which nothing says that they are of another thing."""
    first, second, *others = line.values
    low, high = sorted(value[0].answer.stated for value in (first, second))
    of_a_size = (each for each in others if low / SIZE <= each[0].answer.stated <= high * SIZE)
    return (first, second, *(each for each in of_a_size if _comparable(first[0], each[0], language)))


def _comparable(a: Reading, b: Reading, language: Language) -> bool:
    """Whether two values are of one noun, and nothing beside one of them says that it is of another thing."""
    one, other = a.answer, b.answer
    if one.kind not in SURE or one.head != other.head or one.unit == "%":
        return False
    if "vague" in (one.bound, other.bound) or a.around.past != b.around.past:
        return False
    return language.words(ROOM, "narrowing").isdisjoint(a.around.senses ^ b.around.senses)


def _both(low: Sequence[Reading], high: Sequence[Reading], company: Company) -> bool:
    """Whether a telling of one value gives the other, too: then they are not one thing to it."""
    return any(company.prints(telling, high[0].answer) for telling in tellings_of(low)) or any(
        company.prints(telling, low[0].answer) for telling in tellings_of(high)
    )


def _days(value: Sequence[Reading], told: Mapping[str, date | None]) -> set[date]:
    """The days of the tellings that give a value."""
    return {day for telling in tellings_of(value) if (day := told[telling]) is not None}
