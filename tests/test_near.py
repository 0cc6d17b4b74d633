"""What is near a statement: looking it up by the rarer stems finds what going through all statements finds."""

from __future__ import annotations

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from tellings.across.questions.statements import Likeness, Statement

_STEMS = st.sampled_from(["lock", "boat", "fire", "crew", "quay", "hurt", "mayor", "night", "harbour", "closed"])
_SAID = st.lists(st.frozensets(_STEMS, min_size=1), min_size=1, max_size=8)
_WEIGHTS = st.floats(0.1, 3.0)
#: What lies so close to the bound may fall on either side by rounding.
_CLOSE = 1e-6


def statement(stems: frozenset[str]) -> Statement:
    return Statement((), 0, stems, stems, 0.0, False, False)


@given(_SAID, st.data(), st.floats(0.0, 1.0))
def test_what_is_near_is_found(said: list[frozenset[str]], data: st.DataObject, least: float) -> None:
    likeness = Likeness([statement(stems) for stems in said])
    known = st.sampled_from(sorted(frozenset().union(*said)))
    weights = data.draw(st.dictionaries(known, _WEIGHTS, min_size=1))
    every = dict(likeness.near(weights))
    assert every.keys() == {place for place, stems in enumerate(said) if not stems.isdisjoint(weights)}
    found = dict(likeness.near(weights, least))
    for place, cosine in every.items():
        if abs(cosine - least) > _CLOSE:
            assert (place in found) is (cosine >= least)
    assert all(isclose(cosine, every[place]) for place, cosine in found.items())
    before = data.draw(st.integers(0, len(said)))
    assert likeness.near(weights, least, before) == [
        (place, cosine) for place, cosine in found.items() if place < before
    ]
    also = data.draw(st.sets(st.sampled_from(range(len(said)))))
    with_those = dict(likeness.near(weights, least, also=also))
    assert with_those.keys() == found.keys() | (also & every.keys())
    assert all(isclose(cosine, every[place]) for place, cosine in with_those.items())


@given(_SAID)
def test_a_statement_is_nearest_itself(said: list[frozenset[str]]) -> None:
    statements = [statement(stems) for stems in said]
    likeness = Likeness(statements)
    for place, one in enumerate(statements):
        assert isclose(dict(likeness.near(dict.fromkeys(one.stems, 1.0)))[place], 1.0)
        assert isclose(likeness.alike(one, one), 1.0)
