"""The mutation run: what it changes, that each change is one, and that a mutant nobody notices is called a survivor."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from project import ROOT, script

mutants = script("eval/mutants.py")
SOURCE = '''"""A module: 1 + 1."""

from typing import Literal

Kind = Literal["a"]


def chosen(found: list[int], least: int = 2) -> int | None:
    """The first that is large: a docstring with `and` in it."""
    for each in found:
        if not each and "é" != "e":
            continue
        if each >= least:
            return each + 1
    raise ValueError(f"none of {len(found) + 1}")
'''


def test_each_mutant_is_one_small_change(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(SOURCE, encoding="utf-8")
    found = mutants.mutants(file)
    assert {mutant.kind for mutant in found} == {
        *("2 → 3", "And → Or", "operand 1 left out", "operand 2 left out", "not left out", "NotEq → Eq"),
        *("continue → break", "GtE → Gt", "GtE → Lt", "Add → Sub", "1 → 2", "returns None"),
    }
    for mutant in found:
        changed = mutant.applied(SOURCE).splitlines()
        differ = [one for one, other in zip(SOURCE.splitlines(), changed, strict=True) if one != other]
        assert len(differ) == 1 and '"""' not in differ[0] and "raise" not in differ[0]


def test_the_draw_is_the_same_for_a_seed_and_takes_a_place_once(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(SOURCE, encoding="utf-8")
    drawn = mutants.drawn([tmp_path], 100, 3)
    assert drawn == mutants.drawn([tmp_path], 100, 3) != mutants.drawn([tmp_path], 100, 4)
    assert len({mutant.start for mutant in drawn}) == len(drawn)


def test_a_mutant_dies_by_a_test_that_fails_and_lives_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "root"
    (root / "src" / "tellings" / "room").mkdir(parents=True)
    (root / "tests").mkdir()
    file = root / "src" / "tellings" / "room" / "adding.py"
    file.write_text("def more(n: int) -> int:\n    return n + 1\n\n\ndef less(n: int) -> int:\n    return n - 1\n")
    (root / "src" / "tellings" / "__init__.py").touch()
    (root / "tests" / "test_adding.py").write_text(
        "from tellings.room.adding import more\n\n\ndef test_more():\n    assert more(1) == 2\n"
    )
    (root / "eval").mkdir()
    shutil.copy(ROOT / "eval" / "reached_lines.py", root / "eval")
    monkeypatch.setattr(mutants, "ROOT", root)
    tests = mutants.Tests(root, [file])
    outcome = {
        (mutant.start[0], mutant.kind): mutants.killed_by(mutant, root, tests.reaching(mutant))
        for mutant in mutants.mutants(file)
    }
    assert outcome[2, "Add → Sub"] == "tests/test_adding.py::test_more"
    assert outcome[6, "Sub → Add"] is None
    assert file.read_text().count("n + 1") == 1, "the place is as it was"


REACHING = """
from functools import cache

import pytest
from tellings.room.adding import less, more


@pytest.fixture(scope="session")
def three():
    return more(2)


@cache
def one():
    return less(2)


def test_directly():
    assert more(1) == 2


@pytest.mark.parametrize("number", [1, 2])
def test_first_by_a_fixture(three, number):
    assert three == 3


def test_again_by_a_fixture(three):
    assert three == 3


def test_first_by_a_cache():
    assert one() == 1


def test_again_by_a_cache():
    assert one() == 1


def test_nothing():
    assert True
"""


def test_a_mutant_meets_the_tests_that_run_its_statement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those that another test has made something for: by a shared fixture, or by a cache of the tests."""
    root = tmp_path.resolve()
    (root / "src" / "tellings" / "room").mkdir(parents=True)
    (root / "tests").mkdir()
    (root / "eval").mkdir()
    shutil.copy(ROOT / "eval" / "reached_lines.py", root / "eval")
    file = root / "src" / "tellings" / "room" / "adding.py"
    file.write_text("BY = 1\n\n\ndef more(n):\n    return n + BY\n\n\ndef less(n):\n    return n - BY\n")
    (root / "src" / "tellings" / "__init__.py").touch()
    (root / "tests" / "test_adding.py").write_text(REACHING)
    monkeypatch.setattr(mutants, "ROOT", root)
    tests = mutants.Tests(root, [file])
    reached = {
        mutant.kind: {test.partition("::")[2] for test in tests.reaching(mutant)} for mutant in mutants.mutants(file)
    }
    adding = {"test_directly", "test_first_by_a_fixture", "test_again_by_a_fixture"}
    taking = {"test_first_by_a_cache", "test_again_by_a_cache"}
    assert reached["Add → Sub"] == adding and reached["Sub → Add"] == taking
    assert reached["1 → 2"] == adding | taking, "a constant is loaded with its module"
