"""Which conditions decide: what is counted, what is left alone, and that what is watched answers as before."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

from project import ROOT, script

deciding = script("eval/deciding.py")
SOURCE = """
def chosen(a, b, c) -> bool:
    return a and (b or c)


def first(a, b):
    return a or b


def found(rows, name):
    if rows and rows[0] == name and len(rows) > 0:
        return [row for row in rows if not (row == name or row is None)]
    return (same := name) and same or rows
"""


def watched() -> tuple[Any, dict[str, Any]]:
    count = deciding.Deciding()
    names: dict[str, Any] = {"_deciding": count}
    exec(compile(count.watched(SOURCE, "module.py"), "module.py", "exec"), names)
    return count, names


def never(count: Any, least: int = 1) -> list[str]:
    return [words for _, words, _ in count.never(least)]


def test_each_operand_decides_where_the_others_leave_it_the_outcome() -> None:
    count, names = watched()
    assert not names["chosen"](False, True, False) and never(count) == ["b or c", "c"]
    for a, b, c in product((False, True), repeat=3):
        assert names["chosen"](a, b, c) is (a and (b or c))
    assert never(count) == []


def test_what_says_what_another_says_never_decides() -> None:
    count, names = watched()
    for rows in ([], ["b"], ["a", "b", None]):
        names["found"](rows, "a")
    # An empty list has no first row, so "rows" decides; where it has one its length is no question.
    assert "len(rows) > 0" in never(count) and "rows" not in never(count)
    assert names["found"](["a", "b", None], "a") == ["b"]
    assert never(count, 5) == []


def test_a_value_and_a_name_given_inside_are_left_alone() -> None:
    count, names = watched()
    assert names["first"]([], "b") == "b" and names["first"]("", 0) == 0
    assert names["found"]([], "a") == "a"
    assert "a" not in never(count) and "same" not in never(count)


def test_articles_are_read_with_what_is_watched(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“It was late,” Ida Moe said. “Nobody came,” she added.", encoding="utf-8")
    words = [sys.executable, ROOT / "eval/deciding.py", tmp_path, "--least", "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1].startswith("1 articles read; ")
    assert all(line.startswith("src/tellings/within/quotes/") for line in done.stdout.splitlines()[:-1])
    (tmp_path / "b.docx").write_bytes(b"PK\3\4")
    for path, said in ((tmp_path / "absent", "no such file or folder"), (tmp_path / "b.docx", "b.docx: it is damaged")):
        failed = subprocess.run([*words[:2], path], capture_output=True, text=True, encoding="utf-8")
        assert failed.returncode == 2 and said in failed.stderr and "Traceback" not in failed.stderr
