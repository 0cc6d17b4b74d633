"""Spellings of one person's name: told as they stand, and apart where a person said that they are of two."""

from __future__ import annotations

import pytest

from tellings.across.questions.spellings import spellings
from tellings.model.records import (
    Chain,
    Document,
    DocumentDate,
    Mention,
    Person,
    Place,
    Provenance,
    Telling,
    ValueDecision,
)
from tellings.model.text import Span, View

WHY = Provenance("test", "test")
DATED = DocumentDate(None, "test", "test")


def telling(name: str, said: str) -> Telling:
    """A telling that is one name, and its one chain."""
    whole = Span(0, len(said))
    document = Document(name, name, name, "text/plain", View.plain(said), DATED)
    chain = Chain(said, whole, "person", "unknown", (0,), WHY)
    return Telling(document, mentions=(Mention(whole, "name", 0, WHY),), chains=(chain,))


def found(*names: str, apart: str = "") -> list[tuple[str, list[str], int]]:
    """Relation, forms and places set apart of one person who is named so; `apart` is a form that is not the first's."""
    tellings = [telling(str(number), name) for number, name in enumerate(names)]
    person = Person(names[0], tuple((each.id, 0) for each in tellings), "unknown", WHY)
    decisions = [
        ValueDecision(Place("0", Span(0, len(names[0]))), Place(each.id, Span(0, len(each.text))))
        for each in tellings
        if each.text == apart
    ]
    told = spellings({each.id: each for each in tellings}, (person,), decisions)
    return [(each.relation, [value.label for value in each.values], len(each.apart)) for each in told]


@pytest.mark.parametrize(
    ("names", "apart", "expected"),
    [
        (("Nora Sandell", "Nora Sandel"), "", [("differs", ["Nora Sandel", "Nora Sandell"], 0)]),
        # What most print comes first; of one form there is nothing to tell.
        (("Nora Sandell", "Nora Sandel", "Nora Sandell"), "", [("differs", ["Nora Sandell", "Nora Sandel"], 0)]),
        (("Nora Sandell", "Nora Sandell"), "", []),
        (("Nora Sandell", "NORA SANDELL"), "", []),
        (("Nora Sandell", "Dora Sandel"), "", []),
        # One form is left, or two, once a person has said that another is not of the same one.
        (("Nora Sandell", "Nora Sandel", "Nora Sandell"), "Nora Sandel", [("single", ["Nora Sandell"], 1)]),
        (
            ("Nora Sandell", "Nora Sandel", "Nora Sandell", "Nora Zandell"),
            "Nora Sandel",
            [("differs", ["Nora Sandell", "Nora Zandell"], 1)],
        ),
    ],
)
def test_spellings(names: tuple[str, ...], apart: str, expected: list[tuple[str, list[str], int]]) -> None:
    assert found(*names, apart=apart) == expected
