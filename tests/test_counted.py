"""How many of what: one form for one, another for none and for several."""

from __future__ import annotations

import pytest

from tellings.model.counted import count


@pytest.mark.parametrize(
    ("number", "noun", "told"),
    [
        (0, "telling", "0 tellings"),
        (1, "telling", "1 telling"),
        (2, "telling", "2 tellings"),
        (1, "running story", "1 running story"),
        (3, "running story", "3 running stories"),
        (2, "more entry", "2 more entries"),
        (2, "day", "2 days"),
        (2, "key", "2 keys"),
        (1, "person", "1 person"),
        (2, "person", "2 people"),
        (1204, "word", "1,204 words"),
    ],
)
def test_a_number_with_its_noun(number: int, noun: str, told: str) -> None:
    assert count(number, noun) == told
