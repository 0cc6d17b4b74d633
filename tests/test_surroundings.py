"""What stands beside a value, when two sums differ, what is held apart: cases that no other test would miss."""

from __future__ import annotations

import pytest
from test_questions import fact, one, telling

from tellings.across.questions.kept_apart import held_apart
from tellings.across.questions.subject import Given
from tellings.across.questions.surroundings import Surroundings
from tellings.model.records import Place, ValueDecision


def test_the_words_of_a_value_itself_do_not_stand_beside_it() -> None:
    """Two numbers of passengers are not of one thing because both sentences speak of passengers."""
    text = "The harbour counted 40 passengers before sunset."
    given = telling("a", text, fact(text, "40", "count", "passengers", 40, 40))
    beside = Surroundings()[Given(given, 0, given.facts[0], given.document.date)]
    assert "passe" not in beside.words
    assert {"harbo", "count", "sunse"} <= beside.words


@pytest.mark.parametrize(("whom", "expected"), [(0, "differs"), (None, "unclear")])
def test_sums_of_one_person_differ_and_sums_of_nobody_may_be_of_two_things(whom: int | None, expected: str) -> None:
    tellings = []
    for name, words, low in (("a", "£400", 400), ("b", "£900", 900)):
        text = f"Solberg paid a fine of {words} on leaving."
        found = fact(text, words, "money", "fine", low, low, unit="GBP", whom=whom)
        tellings.append(telling(name, text, found, day="2020-11-02"))
    assert one(*tellings).relation == expected


def test_what_joins_a_value_that_nobody_decided_of_still_keeps_out_what_it_was_set_apart_from() -> None:
    text = "The harbour counted 40 passengers before sunset."
    first, second, third = (
        Given(told, 0, told.facts[0], told.document.date)
        for told in (telling(name, text, fact(text, "40", "count", "passengers", 40, 40)) for name in "abc")
    )
    apart = ValueDecision(Place("b", second.fact.value_span), Place("c", third.fact.value_span))
    assert held_apart([first, second, third], [apart]) == [[first, second], [third]]
