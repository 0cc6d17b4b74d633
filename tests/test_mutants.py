"""The mutation run: what it changes, that each change is one, and that a mutant nobody notices is called a survivor."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from project import ROOT, script

reached_by = script("eval/reached_by.py")  # which the other imports
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


ADDING = "BY = 1\n\n\ndef more(n):\n    return n + BY\n\n\ndef less(n):\n    return n - BY\n"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of one module, `ADDING`, whose tests are still to be written."""
    root = tmp_path.resolve() / "root"
    (root / "src" / "tellings" / "room").mkdir(parents=True)
    (root / "src" / "tellings" / "__init__.py").touch()
    (root / "src" / "tellings" / "room" / "adding.py").write_text(ADDING)
    (root / "tests").mkdir()
    (root / "eval").mkdir()
    shutil.copy(ROOT / "eval" / "reached_lines.py", root / "eval")
    monkeypatch.setattr(mutants, "ROOT", root)
    return root


def with_tests(checkout: Path, tests: str, name: str = "test_adding.py") -> Any:
    (checkout / "tests" / name).write_text(tests)
    return mutants.Reached.by_tests_of(checkout, checkout / "kept" / "lines.json")


def outcome(checkout: Path, reached: Any, kind: str) -> str | None:
    found = mutants.mutants(checkout / "src" / "tellings" / "room" / "adding.py")
    (mutant,) = (mutant for mutant in found if mutant.kind == kind)
    return mutants.killed_by(mutant, checkout, mutants.reaching(mutant, reached), reached)


def test_a_mutant_dies_by_a_test_that_fails_and_lives_without(checkout: Path) -> None:
    reached = with_tests(
        checkout,
        "from tellings.room.adding import less, more\n\n\n"
        "def test_more():\n    assert more(1) == 2\n\n\ndef test_less():\n    less(1)\n",
    )
    assert outcome(checkout, reached, "Add → Sub") == "tests/test_adding.py::test_more"
    assert outcome(checkout, reached, "Sub → Add") is None, "it runs, but nothing is asked of it"
    assert (checkout / "src" / "tellings" / "room" / "adding.py").read_text() == ADDING, "the place is as it was"


def test_a_mutant_that_makes_a_test_hang_is_dead(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutants, "_SPARE", 1.0)
    reached = with_tests(
        checkout,
        "from tellings.room.adding import less\n\n\n"
        "def test_all_are_taken():\n    left = 2\n    while left:\n        left = less(left)\n",
    )
    assert outcome(checkout, reached, "Sub → Add") == "too slow"


def test_a_test_that_fails_without_a_mutant_judges_none(checkout: Path) -> None:
    reached = with_tests(
        checkout, "from tellings.room.adding import more\n\n\ndef test_more():\n    assert more(1) == 3\n"
    )
    assert reached.failing == ["tests/test_adding.py::test_more"]
    assert outcome(checkout, reached, "Add → Sub") is None


def test_what_the_tests_run_is_kept_until_they_or_the_program_change(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[list[str]] = []
    told = reached_by._told
    monkeypatch.setattr(reached_by, "_told", lambda copy, files, jobs: run.append(files) or told(copy, files, jobs))
    first = "from tellings.room.adding import more\n\n\ndef test_more():\n    assert more(1) == 2\n"
    with_tests(checkout, first)
    assert with_tests(checkout, first).tests("src/tellings/room/adding.py", [5]) == ["tests/test_adding.py::test_more"]
    both = with_tests(checkout, first.replace("more", "less").replace("== 2", "== 0"), "test_taking.py")
    assert both.tests("src/tellings/room/adding.py", [5, 9]) == sorted(
        ["tests/test_adding.py::test_more", "tests/test_taking.py::test_less"], key=both.seconds.__getitem__
    )
    (checkout / "src" / "tellings" / "room" / "adding.py").write_text(ADDING + "\n")
    with_tests(checkout, first)
    assert run == [["tests/test_adding.py"], ["tests/test_taking.py"], ["tests/test_adding.py", "tests/test_taking.py"]]


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


def test_a_mutant_meets_the_tests_that_run_its_statement(checkout: Path) -> None:
    """Also those that another test has made something for: by a shared fixture, or by a cache of the tests."""
    reached = with_tests(checkout, REACHING)
    met = {
        mutant.kind: {test.partition("::")[2] for test in mutants.reaching(mutant, reached)}
        for mutant in mutants.mutants(checkout / "src" / "tellings" / "room" / "adding.py")
    }
    adding = {"test_directly", "test_first_by_a_fixture", "test_again_by_a_fixture"}
    taking = {"test_first_by_a_cache", "test_again_by_a_cache"}
    assert met["Add → Sub"] == adding and met["Sub → Add"] == taking
    assert met["1 → 2"] == adding | taking, "a constant is loaded with its module"


def test_tests_that_may_tell_soonest_come_first() -> None:
    def seen(seconds: float, rows: int, elsewhere: int) -> dict[str, Any]:
        lines = {"src/room.py": [1, 2], "src/else.py": list(range(elsewhere))}
        return {"passed": True, "rows": rows, "seconds": seconds, "lines": lines}

    tests = {"slow": seen(4.0, 1, 2), "wide": seen(1.0, 1, 98), "table": seen(4.0, 8, 2), "quick": seen(0.1, 1, 2)}
    reached = mutants.Reached._of({**tests, "failing": {**seen(0.1, 1, 2), "passed": False}})
    found = reached.tests("src/room.py", [2, 3])
    assert found == ["quick", "table", "slow", "wide"] == reached.tests("src/room.py", None)
    assert reached.tests("src/room.py", [3]) == [] == reached.tests("src/none.py", None)
    assert [list(reached.first(found, most)) for most in (0, 4.1, 9)] == [[], ["quick", "table"], found[:3]]
    assert reached.failing == ["failing"]


def test_whole_records_are_met_whatever_the_others_take() -> None:
    lines = {"src/room.py": [1]}
    of_file = {
        "tests/test_golden.py::test_whole": {"passed": True, "rows": 1, "seconds": 90.0, "lines": lines},
        "tests/test_a.py::test_a": {"passed": True, "rows": 1, "seconds": 15.0, "lines": lines},
        "tests/test_b.py::test_b": {"passed": True, "rows": 1, "seconds": 16.0, "lines": lines},
    }
    reached = mutants.Reached._of(of_file)
    whole, a, b = of_file
    assert mutants.met([a, b, whole], reached, 20.0) == [whole, a]
    # What is quick comes first all the same, and what is slow last.
    assert mutants._runs([whole, a, b], reached) == [[a], [whole], [b]]
    assert mutants._runs([a], reached) == [[a]]
