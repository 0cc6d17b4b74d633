"""What a day and an event weigh by who tells of them, and what several say together, as vectors of words."""

from __future__ import annotations

from datetime import date, timedelta
from math import fsum, sqrt
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.across.chronology.weight import HISTORY, day_weights, event_weight
from tellings.across.word_vectors import Together, Vector
from tellings.model.records import Interval

DAY = date(2021, 5, 3)
WHEN = Interval(DAY, DAY)


def weight(*told: tuple[int, int | None]) -> float:
    """What a day weighs that is told of by these (independent origin, days after it, `None` where not known)."""
    statements: list[tuple[Interval, Any]] = [
        (WHEN, SimpleNamespace(telling=f"{origin}", told=None if days is None else DAY + timedelta(days=days)))
        for origin, days in told
    ]
    return day_weights(statements, {f"{origin}": origin for origin, _ in told})[WHEN]


def test_a_day_that_is_looked_back_to_weighs_more_than_one_told_of_at_once() -> None:
    at_once = weight((1, 0), (2, 0), (3, 0))
    assert weight((1, 0)) < at_once < weight((1, 1)) < weight((1, 30)) < weight((1, HISTORY))
    assert weight((1, -1)) == weight((1, 0)), "what is announced is told of no later"
    assert weight((1, HISTORY + 1)) < weight((1, 30)), "history made no story"
    assert weight((1, 0)) < weight((1, None)) < weight((1, 30))


def test_one_origin_counts_once_on_a_day_of_publication_by_what_it_says_most() -> None:
    assert weight((1, 7), (1, 7)) == weight((1, 7))
    assert weight((1, 7)) < weight((1, 7), (2, 7)) < weight((1, 7), (1, 8)), "those of one day echo one another"


@given(st.permutations([(1, 0), (1, 7), (2, 7), (2, None), (3, 400)]))
def test_the_order_of_those_who_tell_changes_no_weight(told: list[tuple[int, int | None]]) -> None:
    assert weight(*told) == weight(*sorted(told, key=repr))


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ((1, 3.0, 0, 1), (2, 3.0, 0, 1)),  # origins
        ((2, 1.0, 0, 1), (2, 3.0, 0, 1)),  # the weight of its day
        ((2, 3.0, 1, 1), (2, 3.0, 0, 1)),  # another of its day weighs more
        ((2, 3.0, 2, 1), (2, 3.0, 1, 1)),
        ((2, 3.0, 0, 31), (2, 3.0, 0, 1)),  # vague
        ((2, 3.0, 0, 365), (2, 3.0, 0, 31)),
    ],
)
def test_what_makes_an_event_weigh_more(less: tuple[int, float, int, int], more: tuple[int, float, int, int]) -> None:
    assert 0 < event_weight(*less) < event_weight(*more)


def length_one(row: dict[str, float]) -> Vector:
    length = sqrt(fsum(value * value for value in row.values()))
    return {word: value / length for word, value in row.items()}


VECTORS = st.dictionaries(st.sampled_from("abcd"), st.floats(0.1, 1.0), min_size=1).map(length_one)


@given(VECTORS, st.lists(st.lists(VECTORS, max_size=3), min_size=1, max_size=4), st.integers(0, 3))
def test_how_near_a_vector_is_to_what_the_others_say(vector: Vector, groups: list[list[Vector]], group: int) -> None:
    """Beside the plain way: the mean of each group, the sum of those of the others, the cosine."""
    said = {name: vectors for name, vectors in enumerate(groups) if vectors}
    others = [vectors for name, vectors in said.items() if name != group or len(said) == 1]
    summed = {
        word: fsum(fsum(each.get(word, 0.0) for each in vectors) / len(vectors) for vectors in others)
        for word in "abcd"
    }
    length = sqrt(fsum(value * value for value in summed.values()))
    expected = fsum(vector.get(word, 0.0) * value for word, value in summed.items()) / length if length else 0.0
    assert Together(dict(enumerate(groups))).near(vector, group) == pytest.approx(expected, abs=1e-6)
