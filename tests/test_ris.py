"""References in RIS: what they hold of articles, and what is said of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_archives import STORY

from tellings.edge.readers import read_bytes
from tellings.edge.readers.kinds import kind_of

ONE = f"""TY  - NEWS
TI  - Bridge shut
AU  - Tamm, Ada
AU  - Brook, Rolf, Jr.
T2  - Merrin Courier
DA  - 2015/03/03/
PY  - 2015
UR  - https://merrin.example/1
AB  - {STORY}
Nobody was hurt.
ER  -

"""


@pytest.mark.parametrize("name", ["a.ris", "a.txt", "a"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_reference_is_read_with_what_it_tells(name: str, ends: str) -> None:
    outcome = read_bytes(name, ("\ufeff" + ONE * 2).replace("\n", ends).encode())
    if name == "a.txt":
        assert len(outcome.tellings) == 1, "its name says what it is"
        return
    first, second = outcome.tellings
    assert (first.name, second.name) == (f"{name}#1", f"{name}#2")
    told = first.metadata
    assert (told.title and told.title.value, told.publisher and told.publisher.value) == (
        "Bridge shut",
        "Merrin Courier",
    )
    assert told.author is not None and told.author.value == "Ada Tamm, Rolf Brook"
    assert told.url is not None and told.url.value == "https://merrin.example/1"
    assert told.date.value == date(2015, 3, 3)
    assert first.view.text == f"{STORY}\nNobody was hurt."
    assert {each.kind for each in outcome.problems} == {"left-out"}
    assert all("extract" in each.message for each in outcome.problems)


def test_what_a_reference_does_not_hold_is_said() -> None:
    outcome = read_bytes("a.ris", b"TY  - NEWS\nTI  - Bridge shut\nPY  - 2015\nER  - \n" + ONE.encode())
    assert [each.name for each in outcome.tellings] == ["a.ris#2"]
    assert [each.place for each in outcome.problems if each.lost] == ["a.ris#1"]
    for days in ("DA  - 2015///", "PY  - 2015", "DA  - March"):
        (read,) = read_bytes("a.ris", f"TY  - NEWS\n{days}\nN1  - {STORY}\n".encode()).tellings
        assert read.metadata.date.value is None and read.view.text == STORY


def test_a_file_that_only_has_the_name_is_read_as_what_it_is() -> None:
    assert kind_of("a.ris", STORY.encode()) == "text"
    assert kind_of("a", b"TY  - NEWS\n") == "references" and kind_of("a", b"TY and more\n") == "text"


@pytest.mark.parametrize("name", ["a.bib", "a.enw"])
def test_other_lists_of_references_are_refused_with_what_to_do(name: str) -> None:
    (problem,) = read_bytes(name, b"@article{a, title = {Bridge}}\n").problems
    assert problem.lost and "RIS" in problem.remedy


@given(st.lists(st.sampled_from(["TY  - NEWS", "ER  - ", "AB  - a b", "TI  -", "more", "", "DA  - 1", "N1  - <p>x"])))
def test_any_lines_give_tellings_or_problems(lines: list[str]) -> None:
    outcome = read_bytes("a.ris", "\n".join(["TY  - NEWS", *lines]).encode())
    assert outcome.tellings or outcome.problems
    assert all("please report" not in each.remedy for each in outcome.problems)
