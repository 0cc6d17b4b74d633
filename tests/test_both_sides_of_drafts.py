"""Short texts on both sides of what the program asks of drafts: `golden/tables/drafts.txt` has them, and what is
found in each. What rows decide stands above them there, and is the name of their test."""

from __future__ import annotations

import pytest
from golden.tables import decided, otherwise, rows

TABLE = "drafts.txt"


@pytest.mark.parametrize("decides", decided(TABLE))
def test_both_sides_of(decides: str) -> None:
    if told := otherwise(TABLE, decides):
        pytest.fail(told, pytrace=False)


def test_each_text_stands_there_once_below_what_it_decides() -> None:
    texts = [row.text for row in rows(TABLE)]
    assert len(texts) == len(set(texts))
    assert all(row.decides and row.found for row in rows(TABLE))
