"""In which language a text is written: sure, or silent."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from project import ROOT

import tellings
from tellings.language.base import Language, language_of
from tellings.language.detect import UNKNOWN, detect, name_of
from tellings.model.rules import languages
from tellings.model.text import Span

TABLE = tomllib.loads((ROOT / "src/tellings/data/languages.toml").read_text(encoding="utf-8"))

CASES = tomllib.loads((ROOT / "tests/language.toml").read_text(encoding="utf-8"))
TEXTS: dict[str, str] = CASES["language"]
ENGLISH: dict[str, str] = CASES["english"]


@pytest.mark.parametrize("code", TEXTS)
def test_a_few_lines_tell_the_language(code: str) -> None:
    found = detect(TEXTS[code])
    assert found is not None and found.language == code
    assert (found.provenance.score or 0) > 0.1
    for span in found.provenance.evidence:
        assert span.of(TEXTS[code]).lower() in TABLE["language"][code]["words"]


@pytest.mark.parametrize("kind", ENGLISH)
def test_english_is_never_foreign(kind: str) -> None:
    found = detect(ENGLISH[kind])
    assert found is None or found.language == "en"


@pytest.mark.parametrize("text", ["Pier kaputt.", "Le pont est fermé.", "12 345", "", "…"])
def test_too_little_says_nothing(text: str) -> None:
    assert detect(text) is None


def test_of_a_page_in_two_languages_the_longer_text_counts() -> None:
    german, english = TEXTS["de"], TEXTS["en"]
    for many, few, code in ((german, english, "de"), (english, german, "en")):
        for page in ("\n".join([many] * 3 + [few] * 2), "\n".join([few] * 2 + [many] * 3)):
            found = detect(page)
            assert found is not None and found.language == code
    assert detect("\n".join([german, english])) is None


def test_only_the_spans_asked_for_are_read() -> None:
    text = TEXTS["de"] * 5 + "\n" + TEXTS["en"]
    found = detect(text, [Span(text.rindex("\n"), len(text))])
    assert found is not None and found.language == "en"


def test_a_long_text_is_read_all_over() -> None:
    notice = TEXTS["de"] + "\n"
    found = detect(notice * 5 + (TEXTS["en"] + "\n") * 500 + notice * 5)
    assert found is not None and found.language == "en"


def test_prose_without_any_small_word_is_in_none_of_the_languages() -> None:
    words = "mbuvu lokelo sinta gavuru petilo zandaka womure tilipo kesante bodaru nivelo rakusa telimo dovari sukela. "
    found = detect(words * 8)
    assert found is not None and (found.language, found.provenance.rule) == (UNKNOWN, "no small words")


def test_another_script_is_told_even_where_its_language_is_not() -> None:
    found = detect("Сюрприз.")
    assert found is not None and (found.language, found.provenance.rule) == (UNKNOWN, "letters")


# ---- the table


@pytest.mark.parametrize("code", TABLE["language"])
def test_a_language_of_the_table_can_be_told(code: str) -> None:
    entry = TABLE["language"][code]
    script = entry.get("script", "Latin")
    assert entry["name"] and name_of(code) == entry["name"]
    siblings = [other for other, told in TABLE["language"].items() if told.get("script", "Latin") == script]
    words = entry.get("words", [])
    assert len(siblings) == 1 or len(words) >= 20, "it needs words to be told from others of its script"
    assert len(set(words)) == len(words) and all(word == word.lower() for word in words)


def test_scripts_are_ranges_of_single_characters() -> None:
    for ranges in TABLE["script"].values():
        for first, last in ranges:
            assert len(first) == len(last) == 1 and first <= last


def test_every_language_with_rules_is_in_the_table() -> None:
    assert set(languages()) <= set(TABLE["language"])
    assert language_of("en") == Language("en")
    with pytest.raises(KeyError, match="no rules for language 'xx'"):
        language_of("xx")


# ---- what is read


@pytest.mark.parametrize(
    ("head", "text", "said"),
    [
        ("", TEXTS["de"], "its text is German; nothing was looked for in it"),
        ("Language: en\n\n", TEXTS["fr"], "its text is French"),
        ("Language: fr\n\n", TEXTS["de"], "its text is German"),
        ("Language: fr\n\n", "Pont fermé.", "its language is 'fr'"),
        ("", "Сюрприз.", "not written in Latin letters"),
    ],
    ids=["undeclared", "declared English", "another declared", "too short to tell", "another script"],
)
def test_a_foreign_text_is_shown_and_named_and_nothing_is_found(
    tmp_path: Path, head: str, text: str, said: str
) -> None:
    (tmp_path / "other.txt").write_text(f"{head}{text} 3 März 2020.\n", encoding="utf-8")
    record = tellings.read(tmp_path)
    (problem,) = record.problems
    assert problem.kind == "language" and said in problem.message and not problem.lost
    (telling,) = record.tellings
    assert telling.text is not None and text in telling.text
    assert not record.timeline and not record.quotes and not record.facts


def test_english_that_is_declared_another_language_is_read(tmp_path: Path) -> None:
    story = f"<p>{TEXTS['en']}</p><p>“Three boats are lost,” Mayor Ada Brook said on 3 March 2020.</p>"
    (tmp_path / "page.html").write_text(
        f"<html lang='de'><body><article>{story}</article></body></html>", encoding="utf-8"
    )
    record = tellings.read(tmp_path)
    assert not [problem for problem in record.problems if problem.kind == "language"]
    (telling,) = record.tellings
    assert telling.language == "de" and telling.detected is not None and telling.detected.value == "en"
    assert telling.read_as == "en"
    assert record.quotes and record.timeline
