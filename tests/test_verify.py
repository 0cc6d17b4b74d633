"""`verify`: a record holds on its sources, and one changed character is found and named."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import ROOT

import tellings
from tellings.edge.readers import read_paths
from tellings.edge.writers.json import encode
from tellings.library.checks import verify
from tellings.model.record import Evidence, Record, TellingLine
from tellings.model.text import Edit, Span, View

STORY = (
    "date 2015-03-09\n\nThe lock was closed on Monday after 14 people were hurt.\n\n“It moved,” Ada Brook, 41, said.\n"
)


@cache
def of_example() -> tuple[Record, dict[str, str]]:
    """The example's record, and its sources by label."""
    articles = ROOT / "examples" / "ferry-fire" / "articles"
    record = tellings.read(articles)
    contents = {document.name: document.view.source.content for document in read_paths([articles])[0]}
    return record, {telling.label: contents[telling.name] for telling in record.tellings}


@cache
def view_of(telling: TellingLine, source: str) -> View:
    return View.plain(source, (Edit(edit.start, edit.end, edit.shown) for edit in telling.edits))


def test_the_example_holds() -> None:
    record, sources = of_example()
    found = verify(record, sources)
    assert found.holds and found.unsourced == ()
    assert found.tellings == 14 and found.lines == sum(1 for _ in record.evidence()) > 500
    for _, words in record.evidence():
        text = record.telling(words.telling).text
        assert text is not None and text[words.start : words.end] == words.exact


@settings(max_examples=150)
@given(st.data())
def test_a_changed_character_fails_every_line_that_cites_it(data: st.DataObject) -> None:
    record, sources = of_example()
    lines = list(record.evidence())
    # Where a variant lacks words, the line cites the empty place between two characters: nothing there can change.
    path, words = data.draw(st.sampled_from([line for line in lines if line[1].exact]))
    at = data.draw(st.integers(words.start, words.end - 1))
    telling = record.telling(words.telling)
    source = sources[telling.label]
    place = view_of(telling, source).to_source(Span(at, at + 1))
    # A character that mark-up stands for is no single character of the source: any of those may be changed.
    changed = data.draw(st.integers(place.start, max(place.start, place.end - 1)))
    other = data.draw(st.characters(exclude_characters=source[changed], exclude_categories=("Cs",)))
    broken = {**sources, telling.label: source[:changed] + other + source[changed + 1 :]}

    found = verify(record, broken)
    failed = {failure.line for failure in found.failures}
    assert f"tellings[{telling.label}]" in failed, "the digest tells, whatever the character"
    assert {failure.telling for failure in found.failures} == {telling.label}
    if len(place) == 1 and view_of(telling, source).text[at] == source[changed]:
        citing = {
            line
            for line, evidence in lines
            if evidence.telling == telling.label and evidence.start <= at < evidence.end
        }
        assert path in citing
        assert citing | {f"tellings[{telling.label}]", f"tellings[{telling.label}].text"} >= failed >= citing


@settings(max_examples=60)
@given(st.data(), st.integers(-3, 3).filter(bool))
def test_a_line_moved_or_reworded_in_the_record_fails(data: st.DataObject, by: int) -> None:
    record, sources = of_example()
    index = data.draw(st.integers(0, len(record.passages) - 1))
    passage = record.passages[index]
    a = passage.a
    forged = data.draw(
        st.sampled_from(
            [
                dataclasses.replace(a, start=max(0, a.start + by), end=a.end + by),
                dataclasses.replace(a, exact=a.exact[:-1] + "\u2603"),
                dataclasses.replace(a, end=a.end + 10_000_000),
                Evidence("ZZ", a.start, a.end, a.exact),
            ]
        )
    )
    passages = (*record.passages[:index], dataclasses.replace(passage, a=forged), *record.passages[index + 1 :])
    found = verify(dataclasses.replace(record, passages=passages), sources)
    failed = {failure.line for failure in found.failures}
    assert f"passages[{passage.id}].a" in failed
    # Of a passage that lies elsewhere, the counts of shared words no longer hold either.
    assert all(line.startswith(("tellings[", f"passages[{passage.id}]")) for line in failed)


def test_without_sources_the_texts_in_the_record_are_checked() -> None:
    record, sources = of_example()
    found = verify(record, {})
    assert found.outcome == "incomplete" and found.failures == () and found.unsourced == tuple(sources)
    bare = dataclasses.replace(
        record, tellings=tuple(dataclasses.replace(telling, text=None) for telling in record.tellings)
    )
    assert verify(bare, sources).holds
    without = verify(bare, {})
    assert without.outcome == "incomplete" and "keeps no text" in without.unchecked[0]


def test_a_text_changed_in_the_record_fails() -> None:
    record, sources = of_example()
    (first, *rest) = record.tellings
    assert first.text is not None
    forged = dataclasses.replace(record, tellings=(dataclasses.replace(first, text=first.text + "!"), *rest))
    assert [failure.line for failure in verify(forged, sources).failures] == [f"tellings[{first.label}].text"]
    assert f"tellings[{first.label}].text" in {failure.line for failure in verify(forged, {}).failures}


# ---- with files: how sources are found


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record on disk beside its one source."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lock.txt").write_text(STORY, encoding="utf-8")
    return tellings.write(tellings.read("lock.txt"), "record")[1]


def test_sources_are_found_where_the_record_says(saved: Path) -> None:
    outcome = tellings.verify(saved)
    assert outcome.verification.holds and outcome.verification.unsourced == ()


def test_a_source_renamed_is_found_by_its_characters(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "lock.txt").rename(tmp_path / "moved.txt")
    assert tellings.verify(saved).verification.unsourced == ("A",)
    outcome = tellings.verify(saved, tmp_path / "moved.txt")
    assert outcome.verification.holds and outcome.verification.unsourced == ()


def test_a_source_moved_and_changed_is_found_by_its_name(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "lock.txt").write_text(STORY.replace("14", "15"), encoding="utf-8")
    (tmp_path / "lock.txt").unlink()
    failures = tellings.verify(saved, "archive").verification.failures
    assert "the source lock.txt has changed" in failures[0].message
    assert any(failure.line.startswith("timeline[t-") for failure in failures)


def test_a_source_grown_or_cut_fails(saved: Path, tmp_path: Path) -> None:
    for content in (STORY + ".", STORY[:-30], "", "x"):
        (tmp_path / "lock.txt").write_text(content, encoding="utf-8")
        outcome = tellings.verify(saved)
        # An empty file is no telling: it is said, and the record's own text is what is left to check.
        assert outcome.verification.outcome == ("fails" if content else "incomplete")
        assert content or outcome.problems


def test_loaded_is_what_was_saved(saved: Path) -> None:
    record = tellings.load(saved)
    assert encode(record) == saved.read_bytes()
    assert record == tellings.read("lock.txt")


def test_a_headline_that_repeats_what_nobody_named_says_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fog.txt").write_text(
        "Fog fears grow on the coast – ‘The harbour is closing’\n\ndate 2019-03-06\n\nThe fog came back on Monday.\n\n"
        "Another reportedly said: “First the boats went. Then the trains went. The harbour is closing.”\n",
        encoding="utf-8",
    )
    record = tellings.read("fog.txt")
    repeated = next(entry for entry in record.quotes if entry.variants[0].why.rule == "a headline repeats it")
    assert repeated.speaker.name is None and repeated.reason == "who says this is not told beside it"
    assert tellings.verify(tellings.write(record, "record")[1]).verification.holds
