"""Letters that a pattern takes for plain ones where the case does not count: "Auguſt" is August, and stops nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from tellings import pipeline
from tellings.model.records import Document, DocumentDate, Telling
from tellings.model.rules import lowered
from tellings.model.text import View

DATED, UNDATED = DocumentDate(date(2020, 5, 4), "given", "given"), DocumentDate(None, "no date found", "none")
#: Examples that are read as one text.
OF_A_TEXT = 60


def _examples() -> Iterator[str]:
    """What each rule and pattern of English must find."""
    with resources.as_file(resources.files("tellings") / "data" / "en") as folder:
        for path in sorted(Path(folder).rglob("*.toml")):
            told = tomllib.loads(path.read_text(encoding="utf-8"))
            for rule in (*told.get("rule", ()), *told.get("pattern", ())):
                yield from (example for example in rule.get("yes", ()) if isinstance(example, str))


def _read(text: str, day: DocumentDate) -> Telling:
    return pipeline.annotate(Document("a", "a", "a", "text/plain", View.plain(text), day))


@pytest.mark.parametrize(("plain", "other"), [("s", "ſ"), ("i", "ı"), ("i", "İ"), ("K", "\u212a")])
@pytest.mark.parametrize("day", [DATED, UNDATED], ids=["dated", "undated"])
def test_what_a_pattern_finds_is_found_in_the_lists(plain: str, other: str, day: DocumentDate) -> None:
    examples = list(_examples())
    for first in range(0, len(examples), OF_A_TEXT):
        _read("\n\n".join(examples[first : first + OF_A_TEXT]).replace(plain, other), day)


def test_it_means_what_the_plain_word_means() -> None:
    assert lowered("AUGUſT") == "august"
    assert lowered("Fİrıng") == "firing"
    found = _read("Posted Auguſt 3, 2011 1:26 PM\n\nThe mill burned down, and leſs than six men saw it.", UNDATED)
    assert found.document.date.value == date(2011, 8, 3)


def test_what_stands_in_several_tellings_is_found_in_the_lists() -> None:
    texts = ["Chief Inſpector Ana Vell saw leſs than six boats. She waited.", "Inspector Ana Vell saw six boats."]
    documents = [
        Document(name, name, name, "text/plain", View.plain(text), DATED)
        for name, text in zip("ab", texts, strict=True)
    ]
    pipeline.relate([pipeline.annotate(document) for document in documents])
