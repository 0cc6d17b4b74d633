"""Exports: each takes a saved record alone, keeps to its format, and points at the words of the tellings."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import Called

import tellings
from tellings.edge.exports import EXPORTS, FORMS, VIEWS, Export, NoSuchExportError, export, find
from tellings.edge.exports.table import table
from tellings.edge.writers.json import encode
from tellings.library.checks.consistency import strays
from tellings.model.record import Evidence, Record

Call = Callable[..., Called]
TABLES = [each for each in EXPORTS if each.form == "csv"]


def read(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written)))


@pytest.mark.parametrize("each", EXPORTS, ids=lambda each: f"{each.view}-{each.form}")
def test_every_export_of_a_saved_record(call: Call, example: Record, tmp_path: Path, each: object) -> None:
    tellings.write(example, tmp_path)
    path = tmp_path / "record.json"
    view, form = each.view, each.form  # type: ignore[attr-defined]
    done = call("export", path, "--to", form, "--view", view)
    assert (done.code, done.err) == (0, "") and done.out.decode() == export(example, form, view)
    assert len(done.out) > 100
    called = call("export", path, "--to", form, "--view", view, "-o", tmp_path / "out")
    assert (called.code, (tmp_path / "out").read_bytes()) == (0, done.out)


def test_a_record_that_lacks_a_telling_is_refused_by_name(call: Call, example: Record, tmp_path: Path) -> None:
    whole = json.loads(encode(example))
    told = list(strays(replace(example, tellings=())))
    # Evidence of every view, and what else names a telling.
    assert {path.partition("[")[0].partition(".")[0] for path, _ in told} >= {
        "head", "timeline", "quotes", "facts", "passages", "near_duplicates", "origins", "brief"
    }  # fmt: skip
    assert not list(strays(example))
    gone = whole["tellings"].pop()["label"]
    (tmp_path / "record.json").write_text(json.dumps(whole), encoding="utf-8")
    for each in EXPORTS:
        done = call("export", tmp_path / "record.json", "--to", each.form, "--view", each.view)
        assert done.code == 4 and f"speaks of telling {gone}, which is not in it" in done.err and not done.out


@pytest.mark.parametrize(
    ("view", "emptied"),
    [
        ("people", "names"),
        ("timeline", "lines"),
        ("quotes", "variants"),
        ("quotes", "variants.stretches"),
        ("facts", "values"),
        ("facts", "values.lines"),
    ],
)
def test_a_record_with_a_line_of_no_words_is_refused_by_name(
    call: Call, example: Record, tmp_path: Path, view: str, emptied: str
) -> None:
    whole = json.loads(encode(example))
    *above, last = emptied.split(".")
    entry = whole[view][0]
    (entry[above[0]][0] if above else entry)[last] = []
    (tmp_path / "record.json").write_text(json.dumps(whole), encoding="utf-8")
    for each in EXPORTS:
        done = call("export", tmp_path / "record.json", "--to", each.form, "--view", each.view)
        assert done.code == 4 and f"{view}[{entry['id']}] rests on no words" in done.err and not done.out
    done = call("verify", tmp_path / "record.json")
    assert done.code == 1 and f"FAILED {view}[{entry['id']}]: it rests on no words" in done.err


@pytest.mark.parametrize("each", EXPORTS, ids=lambda each: f"{each.view}-{each.form}")
def test_a_record_of_somebody_else_drives_no_terminal(
    call: Call, example: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, each: Export
) -> None:
    told = re.sub(rb'("(?:exact|name)": ")', rb"\1\\u001b[2J\\u202e", encode(example))
    (tmp_path / "record.json").write_bytes(told)
    words = ("export", tmp_path / "record.json", "--to", each.form, "--view", each.view)
    if each.form == "csv":
        assert "\x1b[2J\u202e" in call(*words).out.decode(), "into a file it goes as it is"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = call(*words).out.decode()
    assert shown and "\x1b" not in shown and "\u202e" not in shown


@pytest.mark.parametrize("each", TABLES, ids=lambda each: each.view)
def test_rows_of_a_table_point_at_the_words(example: Record, each: object) -> None:
    rows = read(each.write(example))  # type: ignore[attr-defined]
    texts = {telling.label: telling.text or "" for telling in example.tellings}
    assert rows
    for row in rows:
        for prefix in ("", "other_"):
            if f"{prefix}start" in row:
                start, end = int(row[f"{prefix}start"]), int(row[f"{prefix}end"])
                words = texts[row[f"{prefix}telling"]][start:end]
                # csv writes a line end as it is, so a cell is the words, or the words behind our apostrophe.
                assert row[f"{prefix}exact"] in (words, f"'{words}")


def test_tables_have_a_row_for_each_line(example: Record) -> None:
    count = {view: len(read(export(example, "csv", view))) for view in ("timeline", "quotes", "facts", "copies")}
    assert count == {
        "timeline": sum(len(entry.lines) for entry in example.timeline),
        "quotes": sum(len(variant.stretches) for entry in example.quotes for variant in entry.variants),
        "facts": sum(len(value.lines) for entry in example.facts for value in entry.values),
        "copies": len(example.passages),
    }


@given(st.lists(st.one_of(st.text(), st.integers(), st.dates(), st.none()), min_size=1, max_size=4))
def test_no_cell_is_a_formula_and_nothing_else_is_changed(values: list[object]) -> None:
    fields = [f"field{index}" for index in range(len(values))]
    written = table(fields, [dict(zip(fields, values, strict=True))])
    (row,) = csv.reader(io.StringIO(written.partition("\r\n")[2], newline=""))
    for value, cell in zip(values, row, strict=True):
        if isinstance(value, str):
            assert not cell or cell[0] not in "=+-@\t\r\n"
            assert cell in (value, f"'{value}")
        else:
            assert cell == ("" if value is None else str(value))


def test_annotations_select_the_words_both_ways(example: Record) -> None:
    told = json.loads(export(example, "annotations"))
    assert told["@context"] == "http://www.w3.org/ns/anno.jsonld" and told["type"] == "AnnotationPage"
    assert export(example, "annotations").startswith('{\n "@context": ')
    assert len(told["items"]) == len(list(example.evidence())) > 200
    texts = [telling.text or "" for telling in example.tellings]
    for item in told["items"]:
        position, quote = item["target"]["selector"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert any(
            text[position["start"] : position["end"]] == quote["exact"]
            and text[max(0, position["start"] - 32) : position["end"] + 32] == around
            for text in texts
        )
    bare = replace(example, tellings=tuple(replace(telling, text=None) for telling in example.tellings))
    (first, *_) = json.loads(export(bare, "annotations"))["items"]
    assert "prefix" not in first["target"]["selector"][1]


def test_words_of_others_are_no_markup(example: Record) -> None:
    entry = example.timeline[0]
    line = entry.lines[0]
    hostile = Evidence(line.words.telling, 0, 1, "*a* [b](c) <i>d</i> | # e\n\n## f")
    changed = replace(example, timeline=(replace(entry, lines=(replace(line, words=hostile, marks=()),)),))
    (told,) = [each for each in export(changed, "markdown", "timeline").splitlines() if each.startswith("- **")]
    assert r"\*a\* \[b\](c) \<i\>d\</i\> \| \# e \#\# f" in told
    slides = json.loads(export(changed, "timelinejs"))
    assert "&lt;i&gt;" in slides["events"][0]["text"]["text"]


def test_what_there_is_not_is_named(call: Call, example: Record, tmp_path: Path) -> None:
    tellings.write(example, tmp_path)
    path = tmp_path / "record.json"
    for words, said in (
        (("--to", "csv"), "several views"),
        (("--to", "ical", "--view", "quotes"), "it takes timeline"),
        (("--to", "xml"), "there are: markdown"),
    ):
        done = call("export", path, *words)
        assert done.code == 2 and said in done.err and done.out == b""
    assert call("export", path).code == 2
    assert call("export", tmp_path / "none.json", "--to", "ical").code == 4
    assert call("export", path, "--to", "ical", "-o", tmp_path / "no" / "where").code == 4
    listed = call("export", "--list").out.decode()
    assert all(view in listed for view in VIEWS) and all(form in listed for form in FORMS)


def test_a_form_that_one_view_has_needs_no_name() -> None:
    assert find("ical").view == "timeline" and find("markdown").view == "record"
    with pytest.raises(NoSuchExportError):
        find("csv")
