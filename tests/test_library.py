"""The library's own decisions: what is not analysed and why, and which source belongs to which telling."""

from __future__ import annotations

from pathlib import Path

import pytest

import tellings
from tellings import pipeline
from tellings.library import verify
from tellings.model.records import Document, Telling

SAID = "Ana Vell said on 3 May 2021 that the boat was safe. “It never sank,” she said.\n"


def test_sources_of_one_name_in_two_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed source is held against its own telling, not against another file of the same name."""
    for folder, words in (("a", SAID), ("b", "Omar Quill said that the bridge was shut on 4 May 2021.\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "story.txt").write_text(words, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    tellings.write(tellings.read("a", "b"), "record")
    assert verify("record/record.json").verification.holds
    Path("a/story.txt").write_text(SAID.replace("safe", "sale"), encoding="utf-8")
    failures = verify("record/record.json").verification.failures
    assert any("digest" in failure.message for failure in failures)
    assert any("sale" in failure.message for failure in failures)
    assert not any("runs past" in failure.message for failure in failures)


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("قال الرئيس إن الاتفاق تم يوم الاثنين.", "en", "Latin letters"),
        ("Le maire a dit que le pont était fermé.", "fr", "'fr'"),
    ],
    ids=["another script", "another language"],
)
def test_other_languages_are_named(tmp_path: Path, text: str, language: str, said: str) -> None:
    (tmp_path / "other.txt").write_text(f"Language: {language}\n\n{text}\n", encoding="utf-8")
    (tmp_path / "ours.txt").write_text(SAID, encoding="utf-8")
    record = tellings.read(tmp_path)
    (problem,) = record.problems
    assert (problem.place, problem.kind, problem.lost) == ("other.txt", "language", False)
    assert said in problem.message
    assert len(record.tellings) == 2 and record.quotes


def test_a_rule_that_fails_costs_one_telling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.txt").write_text("Nothing here but a stumble.\n", encoding="utf-8")
    (tmp_path / "ours.txt").write_text(SAID, encoding="utf-8")
    annotate = pipeline.annotate

    def stumbles(document: Document) -> Telling:
        if document.name == "bad.txt":
            raise KeyError("a slip of ours")
        return annotate(document)

    monkeypatch.setattr(pipeline, "annotate", stumbles)
    record = tellings.read(tmp_path)
    (problem,) = record.problems
    assert problem.place == "bad.txt" and "KeyError" in problem.message
    assert len(record.tellings) == 2 and record.quotes
