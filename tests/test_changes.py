"""The list of gains and losses: what came, what went, what says something else, between two records of one story."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from project import ROOT, script

changes = script("eval/changes.py")


def quote(start: int, words: str, speaker: str | None, status: str = "shown") -> dict[str, Any]:
    stretch = {"telling": "A", "start": start, "end": start + len(words), "exact": words}
    variant = {"type": "direct", "stretches": [stretch]}
    return {"id": "q1", "speaker": {"name": speaker}, "status": status, "variants": [variant]}


def record(*quotes: dict[str, Any]) -> dict[str, Any]:
    return {"tellings": [{"label": "A", "name": "a.txt"}], "quotes": list(quotes), "facts": [], "timeline": []}


def listed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [str(each) for each in changes.changes("story", changes.findings(before), changes.findings(after))]


def test_what_came_and_went_and_changed_is_told_apart() -> None:
    before = record(quote(10, "It sank.", "Ana Lind"), quote(40, "Never.", None), quote(70, "We left.", "Moe"))
    after = record(quote(10, "It sank.", "Karl Moe"), quote(70, "We left.", "Moe"), quote(90, "Soon.", "Ana Lind"))
    assert listed(before, after) == [
        "~ quotes   a.txt[000010]  shown, direct, Ana Lind  →  shown, direct, Karl Moe: “It sank.”",
        "- quotes   a.txt[000040]  shown, direct, nobody named: “Never.”",
        "+ quotes   a.txt[000090]  shown, direct, Ana Lind: “Soon.”",
    ]
    assert listed(after, before)[0].startswith("~") and listed(before, before) == []


def test_a_line_keeps_its_place_whatever_it_is_called() -> None:
    before = record(quote(10, "It sank.", "Ana Lind"))
    after = record({**quote(10, "It sank.", "Ana Lind"), "id": "another"})
    assert listed(before, after) == []


def test_the_example_is_listed_whole(articles: Path) -> None:
    told = changes.record_by(ROOT / "src", str(articles))
    found = changes.findings(told)
    assert {finding.view for finding in found} == {"quotes", "facts", "timeline"}
    stretches = [s for entry in told["quotes"] for variant in entry["variants"] for s in variant["stretches"]]
    assert sum(finding.view == "quotes" for finding in found) == len(stretches) > 60
    without = {**told, "quotes": told["quotes"][1:]}
    gone = changes.changes("story", found, changes.findings(without))
    assert {change.sign for change in gone} == {"-"} and len(gone) == sum(
        len(variant["stretches"]) for variant in told["quotes"][0]["variants"]
    )


def test_two_commits_are_compared_and_a_wrong_one_is_named(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert changes.main([".", ".", str(articles), "--views", "facts"]) == 0
    assert "facts: 0 came, 0 went, 0 changed" in capsys.readouterr().out
    assert changes.main(["no-such-commit", ".", str(articles)]) == 4
    assert "no-such-commit" in capsys.readouterr().err
