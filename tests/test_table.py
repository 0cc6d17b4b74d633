"""CSV: no cell runs as a formula, none is lost, numbers stay numbers."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.edge.exports.table import table, unmarked


def marked(cell: str) -> str:
    """A cell as it stands in the file."""
    (row,) = csv.DictReader(io.StringIO(table(["a", "b"], [{"a": "x", "b": cell}]), newline=""))
    return row["b"]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 1 23", "-A", "@Ada", "\tx", "\r=1", "\n=1", " =1", "'=1", "''@x", "\uff1d1"]
)
def test_what_would_run_is_marked(cell: str) -> None:
    assert marked(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "12", "-12", "+3.5", "a=b", "'Tis late", "\u2014 A", "5 - 3", "2021-03-09"])
def test_what_would_not_is_left(cell: str) -> None:
    assert marked(cell) == cell


@given(st.lists(st.text(st.sampled_from("'=+-@ \t\r\n,\"a1.\u2014"), max_size=6), min_size=1))
def test_every_cell_can_be_had_back(cells: list[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(table(["a", "b"], [{"a": "x", "b": cell} for cell in cells]), newline="")))
    assert [unmarked(row["b"]) for row in rows] == cells
    assert all(row["b"][:1] not in ("=", "+", "-", "@", "\t", "\r") or float(row["b"]) is not None for row in rows)


def test_numbers_and_days_stay() -> None:
    out = table(["n", "day", "none"], [{"n": -5, "day": date(2021, 3, 9), "none": None}])
    assert out == "n,day,none\r\n-5,2021-03-09,\r\n"
