"""What stands beside a value, and when two sums differ: cases that a small fault in the program once went by."""

from __future__ import annotations

import pytest
from test_questions import fact, one, telling

from tellings.across.questions.subject import Given
from tellings.across.questions.surroundings import Surroundings


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
