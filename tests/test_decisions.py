"""Decisions: typed by names, kept by ids and spans, holding whatever the files are called, and in the record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from project import Called

import tellings
from tellings import library
from tellings.across.questions.said_same import said_same
from tellings.edge.decisions import DecisionsError, read, write
from tellings.library import UnfitReferenceError
from tellings.model.records import Place, Provenance, Question, QuestionValue, StoryDecision, ValueDecision
from tellings.model.text import Span

FIRST = "date 2011-04-02\nThe bridge at Lower Merrin closed.\n\nNora Quill had two blood transfusions in hospital.\n"
SECOND = "date 2011-04-02\nBuses took the long way round.\n\nNora Quill had six blood transfusions, her brother said.\n"
THIRD = "date 2011-04-05\nA bakery in Ostrow won the county prize for bread on Tuesday.\n"
TWO, SIX = f"a.txt@{FIRST.index('two')}", f"b.txt@{SECOND.index('six')}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pile = tmp_path / "pile"
    pile.mkdir()
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND), ("c.txt", THIRD)):
        (pile / name).write_text(text, encoding="utf-8")
    return pile


def differing(record: tellings.Record) -> int:
    return sum(entry.relation == "differs" for entry in record.facts)


def test_the_file_names_ids_and_spans(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mine.jsonl"
    record = tellings.read(folder, decisions=kept, not_the_same=[(SIX, TWO)])
    ids = {telling.name: telling.id for telling in record.tellings}
    tellings.stories(folder, decisions=kept, apart=[("a.txt", ids["c.txt"])])
    of_values, of_stories = map(json.loads, kept.read_text(encoding="utf-8").splitlines())
    assert of_values["kind"] == "not the same thing"
    places = {(side["telling"], side["start"], side["end"]) for side in (of_values["a"], of_values["b"])}
    assert places == {
        (ids["a.txt"], FIRST.index("two"), FIRST.index("two") + 3),
        (ids["b.txt"], SECOND.index("six"), SECOND.index("six") + 3),
    }
    assert of_stories == {"kind": "apart", "a": ids["a.txt"], "b": ids["c.txt"]}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    one, other = "0123456789abcdef", "0123456789abcdef-89abcdef-2"
    decisions = (
        StoryDecision("same", one, other),
        StoryDecision("apart", one, other),
        ValueDecision(Place(one, Span(3, 5)), Place(other, Span(0, 9))),
        ValueDecision(Place(one, Span(30, 35)), Place(other, Span(0, 9)), same=True),
    )
    write(tmp_path / "mine.jsonl", decisions)
    assert read(tmp_path / "mine.jsonl") == decisions


def test_a_decision_outlives_new_names_and_places(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mine.jsonl"
    assert differing(tellings.read(folder)) == 1
    before = tellings.read(folder, decisions=kept, not_the_same=[(TWO, SIX)])
    assert differing(before) == 0
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for old, new in (("a.txt", "zebra.txt"), ("b.txt", "moth.txt"), ("c.txt", "adder.txt")):
        (folder / old).rename(moved / new)
    after = tellings.read(moved, decisions=kept)
    assert differing(after) == 0 and after.facts == before.facts and after.decisions == before.decisions


def test_what_is_decided_of_other_articles_is_kept_and_passed_over(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mine.jsonl"
    tellings.read(folder, decisions=kept, not_the_same=[(TWO, SIX)])
    tellings.stories(folder, decisions=kept, apart=[("a.txt", "b.txt")])
    held = kept.read_bytes()
    assert tellings.read(folder / "a.txt", folder / "c.txt", decisions=kept).decisions == ()
    tellings.stories(folder / "c.txt", decisions=kept)
    assert kept.read_bytes() == held
    # By its ids it can be taken back all the same.
    told = next(each for each in read(kept) if isinstance(each, StoryDecision))
    tellings.stories(folder / "c.txt", decisions=kept, undo=[(told.b, told.a)])
    (left,) = read(kept)
    assert isinstance(left, ValueDecision)
    places = [f"{place.telling}@{place.span.start}" for place in (left.b, left.a)]
    tellings.compare(folder / "c.txt", decisions=kept, undo=[(places[0], places[1])])
    assert read(kept) == ()


def test_the_last_word_holds(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mine.jsonl"
    tellings.stories(folder, decisions=kept, same=[("a.txt", "c.txt")])
    joined = tellings.stories(folder, decisions=kept).stories
    tellings.stories(folder, decisions=kept, apart=[("c.txt", "a.txt")])
    parted = tellings.stories(folder, decisions=kept).stories
    ids = {name: found.id for found in tellings.stories(folder).documents.values() for name in [found.name]}
    pair = {ids["a.txt"], ids["c.txt"]}
    assert any(pair <= set(line.tellings) for line in joined)
    assert not any(pair <= set(line.tellings) for line in parted)
    assert len(read(kept)) == 1


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("d.txt@3", SIX), "'d.txt' fits no article"),
        ((TWO, "b.txt@1"), "no value stands there"),
        ((TWO, f"b.txt@{len(SECOND) + 5}"), "no value stands there"),
        (("a.txt", SIX), "NAME@PLACE"),
        (("a.txt@two", SIX), "NAME@PLACE"),
        (("a.txt@²", SIX), "NAME@PLACE"),
        (("a.txt@" + "9" * 5000, SIX), "NAME@PLACE"),
        ((TWO, f"a.txt@{FIRST.index('two') + 1}"), "one and the same"),
    ],
)
def test_what_fits_no_value_is_named_and_nothing_kept(
    call: Callable[..., Called], folder: Path, tmp_path: Path, pair: tuple[str, str], said: str
) -> None:
    kept = tmp_path / "mine.jsonl"
    with pytest.raises(UnfitReferenceError, match=said):
        tellings.compare(folder, decisions=kept, not_the_same=[(TWO, SIX), pair])
    done = call("facts", folder, "--decisions", kept, "--not-the-same", *pair)
    assert done.code == 2 and said in done.err and not kept.exists()


def test_what_fits_no_article_or_two_is_named(call: Callable[..., Called], folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mine.jsonl"
    again = tmp_path / "again"
    again.mkdir()
    (again / "a.txt").write_text(f"{THIRD}\nIt was the first for Ostrow.\n", encoding="utf-8")
    files = (folder / "a.txt", again / "a.txt", folder / "b.txt")
    done = call("stories", *files, "--decisions", kept, "--same", "a.txt", "b.txt")
    ids = [found.id for found in tellings.stories(*files).documents.values() if found.name == "a.txt"]
    told = f"fits 2 articles; give the id: {', '.join(sorted(ids))}"
    assert len(ids) == 2 and done.code == 2 and told in done.err
    assert call("stories", *files, "--decisions", kept, "--same", ids[0], "b.txt").code == 0
    for option, *pair in (("--same", "a.txt", "e.txt"), ("--apart", "b.txt", "b.txt"), ("--undo", "b.txt", "c.txt")):
        done = call("stories", folder, "--decisions", tmp_path / "none.jsonl", option, *pair)
        assert done.code == 2 and repr(pair[1]) in done.err
    assert not (tmp_path / "none.jsonl").exists()


@pytest.mark.parametrize(
    "line",
    [
        '{"kind": "same", "a": "monday.txt", "b": "tuesday.txt"}',
        '{"kind": "not the same thing", "a": "monday.txt@120", "b": "tuesday.txt@88"}',
    ],
)
def test_a_file_that_goes_by_names_of_files_is_refused_with_the_remedy(
    call: Callable[..., Called], tmp_path: Path, folder: Path, line: str
) -> None:
    kept = tmp_path / "mine.jsonl"
    kept.write_text(line, encoding="utf-8")
    with pytest.raises(DecisionsError, match=r"line 1: 'monday.txt.*' goes by the name of a file.*Delete the line"):
        read(kept)
    for command in ("facts", "stories"):
        done = call(command, folder, "--decisions", kept)
        assert done.code == 4 and "monday.txt" in done.err
    assert call("read", folder, "-o", tmp_path / "out", "--decisions", kept).code == 4


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "3",
        '{"kind": "same", "a": 1, "b": 2}',
        '{"kind": ["same"], "a": "0123456789abcdef", "b": "0123456789abcdef"}',
        '{"kind": "same", "a": {"telling": "0123456789abcdef"}, "b": "0123456789abcdef"}',
        '{"kind": "not the same thing", "a": {"telling": "0123456789abcdef", "start": 5, "end": 3}, "b": {}}',
        '{"kind": "not the same thing", "a": {"telling": "0123456789abcdef", "start": true, "end": 3}, "b": {}}',
        '{"kind": "not the same thing", "a": {"telling": "x", "start": 1, "end": 3}, "b": {}}',
    ],
)
def test_what_is_no_decision_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    kept = tmp_path / "mine.jsonl"
    kept.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(DecisionsError, match="line 2"):
        read(kept)


def test_a_record_made_with_decisions_is_made_again_with_them(folder: Path, tmp_path: Path) -> None:
    record = tellings.read(folder, not_the_same=[(TWO, SIX)])
    assert [(each.a.exact, each.b.exact) for each in record.decisions] in ([("two", "six")], [("six", "two")])
    _, data = tellings.write(record, tmp_path / "out")
    assert tellings.load(data) == record
    assert library.verify(data, again=True).verification.outcome == "holds"
    told = json.loads(data.read_bytes())
    told["decisions"] = []
    data.write_text(json.dumps(told), encoding="utf-8")
    failed = library.verify(data, again=True).verification
    assert failed.outcome == "fails"
    lines = {failure.line for failure in failed.failures}
    assert "digest" in lines and any(line.startswith("facts") for line in lines)


def test_what_is_said_to_be_one_question_is_claimed() -> None:
    def question(kind: str) -> Question:
        values = tuple(QuestionValue(label, (), places=(Place(label, Span(0, 3)),)) for label in ("a", "b"))
        return Question(kind, "denial", None, "", values, "to compare", Provenance("test", "likely"), probability=0.6)

    same = ValueDecision(Place("b", Span(1, 2)), Place("a", Span(0, 3)), same=True)
    asked = [question("count"), question("claim")]
    assert [each.relation for each in said_same(asked, [same])] == ["differs", "denied"]
    assert list(said_same(asked, [])) == asked
    elsewhere = ValueDecision(Place("b", Span(3, 4)), Place("a", Span(0, 3)), same=True)
    assert list(said_same(asked, [elsewhere])) == asked


def test_the_record_keeps_that_two_values_are_of_one_thing(folder: Path, tmp_path: Path) -> None:
    record = tellings.read(folder)
    a, b = (next(each for each in record.tellings if each.name == name).id for name in ("a.txt", "b.txt"))
    kept = tmp_path / "mine.jsonl"
    write(kept, [ValueDecision(Place(a, Span(0, 3)), Place(b, Span(0, 3)), same=True)])
    again = tellings.read(folder, decisions=kept)
    assert [each.kind for each in again.decisions] == ["the same thing"]
    assert again.facts == record.facts
    tellings.write(again, tmp_path / "record")
    assert tellings.verify(tmp_path / "record" / "record.json", again=True).verification.holds
