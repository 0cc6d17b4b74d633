"""The mutation run: what it changes, that each change is one, and that a mutant nobody notices is called a survivor."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import script

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
    monkeypatch.setattr(mutants, "ROOT", root)
    outcome = {(mutant.start[0], mutant.kind): mutants.killed_by(mutant, root) for mutant in mutants.mutants(file)}
    assert outcome[2, "Add → Sub"] == "tests/test_adding.py::test_more"
    assert outcome[6, "Sub → Add"] is None
    assert file.read_text().count("n + 1") == 1, "the place is as it was"
