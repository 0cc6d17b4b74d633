"""Short texts on both sides of what the program asks of a text, table by table: `golden/tables` has them, and what is
found in each. What a row decides stands above it, and is the name of its test."""

from __future__ import annotations

import pytest
from golden.tables import TABLES, found_in, rows

DECIDED = [
    pytest.param(table, decides, id=f"{table.removesuffix('.txt')}, {decides}")
    for table in TABLES
    for decides in dict.fromkeys(row.decides for row in rows(table))
]


@pytest.mark.parametrize(("table", "decides"), DECIDED)
def test_both_sides_of(table: str, decides: str) -> None:
    wrong: list[str] = []
    for row in rows(table):
        if row.decides == decides and (found := found_in(table, row.text)) != row.found:
            wrong += [row.text, *(f"- {line}" for line in row.found), *(f"+ {line}" for line in found)]
    if wrong:
        told = "\n".join(wrong)
        pytest.fail(f"{told}\nRead each. All right? Then: python3 run.py golden", pytrace=False)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_says_what_is_decided_and_each_text_once(table: str) -> None:
    texts = [row.text for row in rows(table)]
    assert len(texts) == len(set(texts))
    assert all(row.decides and row.found for row in rows(table))
