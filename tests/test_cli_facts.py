"""`tellings facts`, `tellings.compare` and `tellings.facts.find`: what a reader sees, decisions, and bad input."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import tellings
from tellings.edge.writers.wording import explained
from tellings.facts import find

FIRST = (
    "date 2011-04-02\nThe bridge at Lower Merrin was closed on Saturday after ice moved a pier.\n\n"
    "Nora Quill, 34, was taken to hospital. Nora Quill had two blood transfusions there.\n\n"
    "Nora Quill was on bed rest for 10 days.\n"
)
SECOND = (
    "date 2011-04-02\nBuses took the long way round after the bridge at Lower Merrin closed.\n\n"
    "Nora Quill, 34, a baker, had six blood transfusions, her brother said.\n\n"
    "Nora Quill was on bed rest for 10 days.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tellings", "facts", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def differing(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [slot for slot in json.loads(done.stdout)["slots"] if slot["relation"] == "differs"]


def test_the_table_begins_with_what_differs(folder: Path) -> None:
    out = run(folder).stdout
    assert "Reports differ: blood transfusions, Nora Quill" in out
    assert out.index("Reports differ") < out.index("Told alike")
    assert f"b.txt@{SECOND.index('six')}" in out


def test_the_spelling_of_a_name_stands_behind_what_weighs_more_and_shows_few_of_its_places(tmp_path: Path) -> None:
    ice = "".join(f"\nCapt. Tobias Verrow spoke of ice on pier {number}.\n" for number in range(2, 8))
    (tmp_path / "a.txt").write_text(FIRST + ice, "utf-8")
    (tmp_path / "b.txt").write_text(f"{SECOND}\nCapt. Tobias Varrow, its keeper, shut it.\n", "utf-8")
    few, every = run(tmp_path).stdout, run(tmp_path, "--all").stdout
    assert "how many" not in few and few.index("blood transfusions") < few.index("Spelled in several ways: ")
    assert few.count("Verrow spoke of ice") == 1 and "5 more places, with --all" in few
    assert every.count("Verrow spoke of ice") >= 6 and "with --all" not in every


def test_json_and_csv_have_offsets_of_the_values(folder: Path) -> None:
    told = json.loads(run(folder, "--format", "json").stdout)
    by_name = {"a.txt": FIRST, "b.txt": SECOND}
    texts = {article["label"]: by_name[article["name"]] for article in told["articles"]}
    for slot in told["slots"]:
        for value in slot["values"]:
            for given in value["given"]:
                assert texts[given["telling"]][given["start"] : given["end"]] == given["exact"]
    for article in told["articles"]:
        for fact in article["facts"]:
            assert texts[article["label"]][fact["start"] : fact["end"]] == fact["exact"]
    rows = list(csv.DictReader(io.StringIO(run(folder, "--format", "csv").stdout)))
    assert {row["article"] for row in rows} == {"a.txt", "b.txt"}
    assert all(texts[row["telling"]][int(row["start"]) : int(row["end"])] == row["exact"] for row in rows)


def test_what_is_not_the_same_thing_stays_apart_until_undone(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mine" / "decisions.jsonl"
    kept.parent.mkdir()
    pair = (f"a.txt@{FIRST.index('two')}", f"b.txt@{SECOND.index('six')}")
    files = (folder / "a.txt", folder / "b.txt")
    assert len(differing(run(*files, "--format", "json"))) == 1
    assert differing(run(*files, "--format", "json", "--decisions", kept, "--not-the-same", *pair)) == []
    assert differing(run(*files, "--format", "json", "--decisions", kept)) == []
    assert "decided: “" in run(*files, "--all", "--decisions", kept).stdout
    record = tellings.read(*files, not_the_same=[pair])
    assert not any(entry.relation == "differs" for entry in record.facts)
    assert any(entry.apart for entry in record.facts)
    assert len(differing(run(*files, "--format", "json", "--decisions", kept, "--undo", *pair))) == 1


def test_bad_words_are_refused(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "--not-the-same", "a.txt@1", "b.txt@2").returncode == 2
    done = run(folder, "--decisions", tmp_path / "d.jsonl", "--not-the-same", "a.txt", "b.txt@2")
    assert done.returncode == 2 and "NAME@PLACE" in done.stderr and "Traceback" not in done.stderr
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"kind": "perhaps", "a": "x", "b": "y"}\n', encoding="utf-8")
    done = run(folder, "--decisions", broken)
    assert done.returncode == 4 and "line 1" in done.stderr
    assert run(tmp_path / "absent").returncode == 4


def test_compare_gives_slots_and_facts(folder: Path) -> None:
    found = tellings.compare(folder / "a.txt", folder / "b.txt")
    assert {slot.relation for slot in found.slots} >= {"differs", "same"}
    facts = next(facts for document, facts in found.articles.values() if document.name == "a.txt")
    assert any(fact.kind == "age" and fact.low == 34 for fact in facts)


def test_find_needs_only_a_text() -> None:
    (fact,) = find("At least 12 passengers were injured, police said.")
    assert (fact.kind, fact.head, fact.scope, fact.low, fact.high) == ("count", "passenger", "injured", 12, None)
    assert find("") == ()


def test_names_spelled_otherwise_and_weekdays_of_another_date(tmp_path: Path) -> None:
    texts = {
        "a.txt": "date 2011-04-02\nCapt. Tobias Verrow shut it. He spoke of ice on Friday, April 1, 2011.\n",
        "b.txt": "date 2011-04-03\nThe bridge was shut by Capt. Tobias Verrow, on Saturday, April 2.\n",
        "c.txt": "date 2011-04-04\nCapt. Tobias Varrow, its keeper, shut it on Sunday, April 2, 2011.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    slots = tellings.compare(tmp_path).slots
    (name,) = [slot for slot in slots if slot.kind == "name"]
    assert name.relation == "differs" and [value.label for value in name.values] == ["Tobias Verrow", "Tobias Varrow"]
    assert {line.words.telling for line in name.values[1].lines} == {"C"}
    pair = [(f"a.txt@{texts['a.txt'].index('Tobias')}", f"c.txt@{texts['c.txt'].index('Tobias')}")]
    (apart,) = [slot for slot in tellings.compare(tmp_path, not_the_same=pair).slots if slot.kind == "name"]
    assert apart.relation == "single" and [words.telling for words in apart.apart] == ["C"]
    (day,) = [slot for slot in slots if slot.head == "weekday"]
    assert day.relation == "does not add up"
    assert day.explanation is not None and explained(day.explanation) == "2 Apr 2011 is a Saturday"
    assert day.values[0].label == "Sunday, April 2, 2011"
