"""Short texts on both sides of what the program asks of quotations, drafts and stories: `golden/tables` has them, and
what is found in each. What rows decide stands above them there, and is the name of their test."""

from __future__ import annotations

import pytest
from golden.tables import FOLDER, decided, otherwise, rows

TABLES = sorted(table.name for table in FOLDER.glob("*.txt"))


@pytest.mark.parametrize(("table", "decides"), [(table, decides) for table in TABLES for decides in decided(table)])
def test_both_sides_of(table: str, decides: str) -> None:
    if told := otherwise(table, decides):
        pytest.fail(told, pytrace=False)


@pytest.mark.parametrize("table", TABLES)
def test_each_text_stands_there_once_below_what_it_decides(table: str) -> None:
    texts = [row.text for row in rows(table)]
    assert texts and len(texts) == len(set(texts))
    assert all(row.decides and row.found for row in rows(table))
