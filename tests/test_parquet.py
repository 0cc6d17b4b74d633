"""Parquet: records as articles, in a process of its own; and what is said where they cannot be read."""

from __future__ import annotations

import importlib.util
import io
import random
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tellings.edge.readers import parquet_worker, read_bytes
from tellings.edge.readers.field_values import day_of
from tellings.edge.readers.naming import named
from tellings.edge.readers.parquet import _answers, _records
from tellings.edge.readers.parquet_worker import answers
from tellings.edge.readers.rows import Reading
from tellings.model.records import Problem

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

STORY = "The bridge over the Merrin was closed at noon, said Ada Quill. Nobody was hurt, and the mill stood empty."


def written(columns: dict[str, Any], **options: Any) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), out, **options)
    return out.getvalue()


def articles(number: int) -> dict[str, Any]:
    return {
        "text": [f"{STORY} Boat {each}." for each in range(number)],
        "title": [f"Number {each}" for each in range(number)],
        "published": [datetime(2015, 3, 9, 10, tzinfo=UTC)] * number,
        "authors": [["Ada Quill", "Rolf Ash"]] * number,
        "source": [{"name": "The Quay", "uri": "quay.example"}] * number,
        "embedding": [[0.1, 0.2]] * number,
    }


@pytest.mark.parametrize("name", ["a.parquet", "a"])
def test_records_are_articles(name: str) -> None:
    outcome = read_bytes(name, written(articles(300)))
    assert [each.name for each in outcome.tellings] == [f"{name}#{number}" for number in range(1, 301)]
    last = outcome.tellings[-1]
    about = last.metadata
    assert last.view.text == f"{STORY} Boat 299." and last.locators[0].name == "record 300, text" and last.file_digest
    assert about.date.value == date(2015, 3, 9) and about.author and about.author.value == "Ada Quill, Rolf Ash"
    assert about.publisher and about.publisher.value == "The Quay"
    (problem,) = outcome.problems
    assert "embedding" in problem.message and not problem.lost


@pytest.mark.parametrize(
    "days",
    [
        pyarrow.array([date(2015, 3, 9)]),
        pyarrow.array([1425895200_000_000_001], pyarrow.timestamp("ns", "UTC")),
        pyarrow.array(["2015-03-09"]).dictionary_encode(),
        pyarrow.array([b"2015-03-09"]),
        pyarrow.array([1425895200]),
    ],
)
def test_days_of_any_type_are_read(days: Any) -> None:
    *_, record = answers(written({"text": [STORY], "date": days}))
    assert day_of(record["record"]["date"]) == date(2015, 3, 9)


def test_one_bad_value_costs_itself() -> None:
    bad = pyarrow.array([b"\xff\xfe", STORY.encode()], pyarrow.binary()).view(pyarrow.string())
    *_, first, second = answers(written({"text": bad, "title": ["One", "Two"]}))
    assert first["record"] == {"text": None, "title": "One"} and second["record"]["text"] == STORY


def test_fields_are_guessed_and_named() -> None:
    data = written({"inhalt": [STORY], "wann": ["2015-03-09"]})
    outcome = read_bytes("a.parquet", data)
    assert outcome.tellings[0].metadata.date.value == date(2015, 3, 9) and outcome.problems[0].kind == "fields"
    outcome = read_bytes("a.parquet", data, Reading.of(named({"text": "wann"})))
    assert outcome.problems == () or outcome.problems[0].kind != "fields"
    (problem,) = read_bytes("a.parquet", data, Reading.of(named({"text": "words"}))).problems
    assert problem.lost and "inhalt, wann" in problem.message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (written({"a": [1], "b": ["x"]}), "its fields are a, b"),
        (written({"a": [[1.5]]}), "without a column of texts"),
        (written({"text": pyarrow.array([], pyarrow.string())}), "no text"),
        (b"PAR1" + b"\0" * 100 + b"PAR1", "damaged"),
        (written(articles(3))[:-200], "damaged"),
        (b"PARE" + b"\0" * 100 + b"PARE", "Parquet"),
    ],
)
def test_what_holds_no_articles_is_named(data: bytes, said: str) -> None:
    outcome = read_bytes("a.parquet", data)
    assert outcome.tellings == ()
    assert any(problem.lost and said in problem.message for problem in outcome.problems), outcome.problems


def test_a_small_file_that_unpacks_into_gigabytes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 20_000), pyarrow.array(["word " * 50_000]))
    data = written({"text": texts})
    assert len(data) < 20_000
    out = io.BytesIO()
    monkeypatch.setattr(parquet_worker, "ALWAYS_WRITTEN", 1_000_000)
    monkeypatch.setattr(parquet_worker, "bound", lambda memory, seconds: None)
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": io.BytesIO(data)}))
    monkeypatch.setattr("sys.stdout", type("Stdout", (), {"buffer": out}))
    assert parquet_worker.main() == 0
    assert len(out.getvalue()) < 1_500_000
    notes: list[Problem] = []
    records = list(_records("a.parquet", _answers(out.getvalue().splitlines()), notes))
    assert len(records) == 4
    assert [(each.kind, each.lost) for each in notes] == [("too-large", True)] and "beyond record 4" in notes[0].message


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    (problem,) = read_bytes("a.parquet", b"PAR1").problems
    assert problem.lost and "pip install 'tellings[parquet]'" in problem.remedy


def test_a_damaged_file_is_read_or_named() -> None:
    chance = random.Random(5)
    whole = written(articles(5))
    for _ in range(4):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        outcome = read_bytes("a.parquet", bytes(data))
        assert outcome.tellings or any(problem.lost for problem in outcome.problems)
        assert all("please report" not in problem.remedy for problem in outcome.problems), outcome.problems
