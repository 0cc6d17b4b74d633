"""The parts room: one part, a page of several days, and the rules' own examples."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tellings.language.base import language_of
from tellings.model.records import Block, BlockKind, Document, DocumentDate, Part, Provenance
from tellings.model.rules import load
from tellings.model.text import Span, View
from tellings.within.parts import _rules, parts

WHY = Provenance("test", "test")
UNKNOWN = DocumentDate(None, "not said", "none")
UPDATED: tuple[BlockKind, str] = ("updated", "Updated February 22, 2021.")
LEAD: tuple[BlockKind, str] = ("paragraph", "Ada Brook opened the mill on Monday. Brook sang.")


def split(*pieces: tuple[BlockKind, str], known: DocumentDate = UNKNOWN) -> tuple[str, tuple[Part, ...]]:
    text, blocks = "", []
    for kind, words in pieces:
        blocks.append(Block(Span(len(text), len(text) + len(words) + 2), kind, WHY))
        text += words + "\n\n"
    document = Document("a", "a", "a", "text/plain", View.plain(text), known)
    found = parts(document, tuple(blocks), language_of("en"))
    assert "".join(part.span.of(text) for part in found) == text
    return text, found


def test_one_part_without_an_update_line() -> None:
    known = DocumentDate(date(2020, 11, 2), "first line", "head")
    _, found = split(LEAD, ("paragraph", "Yesterday it rained."), known=known)
    assert [part.date for part in found] == [known]


def test_no_text_is_one_empty_part() -> None:
    assert [part.span for part in split()[1]] == [Span(0, 0)]


def test_updated_page_without_signs_is_one_part() -> None:
    _, (part,) = split(UPDATED, LEAD, ("paragraph", "The wheel is of oak."))
    assert part.date.value == date(2021, 2, 22)
    assert "published is not said" in part.date.evidence


@pytest.mark.parametrize(
    ("piece", "rule"),
    [
        (("paragraph", "Earlier in November, Brook shared a song."), "stitched/clash"),
        (("paragraph", "Yesterday, Brook shared a song."), "stitched/deictic"),
        (("paragraph", "A song was sung by singer Ada Brook in the mill."), "stitched/introduced-again"),
        (("subheading", "The song of the mill"), "stitched/subheading"),
    ],
)
def test_lower_text_of_other_days_is_a_part_of_unknown_date(piece: tuple[BlockKind, str], rule: str) -> None:
    text, (lead, lower) = split(UPDATED, LEAD, ("paragraph", "Brook sang."), piece, ("paragraph", "It was loud."))
    assert lead.date.value == date(2021, 2, 22) and lead.date.span is not None
    assert lead.date.span.of(text).startswith("Updated February 22, 2021")
    assert lower.span.of(text).startswith(piece[1]) and lower.provenance.rule == rule
    assert lower.date.value is None and lower.date.not_after == date(2021, 2, 22)
    assert lower.date.evidence == "page updated 22 February 2021; when this part was written is not said"


def test_words_inside_quotations_are_no_signs() -> None:
    _, found = split(UPDATED, LEAD, ("paragraph", "“I sang yesterday,” she said."))
    assert len(found) == 1


def test_a_date_told_as_past_bounds_its_part() -> None:
    _, found = split(UPDATED, LEAD, ("paragraph", "Yesterday she sang. The mill burned on May 3, 2019."))
    assert found[1].date.not_before == date(2019, 5, 3)


def test_a_part_with_its_own_date_line_has_that_date() -> None:
    _, found = split(
        UPDATED,
        LEAD,
        ("paragraph", "Yesterday she sang."),
        ("updated", "Originally published Nov. 9, 2020"),
        ("paragraph", "On Sunday it rained."),
    )
    assert [part.date.value for part in found] == [date(2021, 2, 22), None, date(2020, 11, 9)]


def test_an_update_of_the_next_day_is_the_same_text() -> None:
    _, (part,) = split(
        ("updated", "Published February 21, 2021 | Updated February 22, 2021"),
        LEAD,
        ("paragraph", "Yesterday she sang."),
    )
    assert part.date.value == date(2021, 2, 21)


def test_a_date_of_publication_known_otherwise_stays() -> None:
    known = DocumentDate(date(2020, 9, 30), "json-ld datePublished", "metadata")
    _, (part,) = split(UPDATED, LEAD, ("paragraph", "Yesterday she sang."), known=known)
    assert part.date == known


@pytest.mark.parametrize(
    "rule",
    [rule for rule in load("en", "time").rules if rule.meaning.get("room") == "parts"],
    ids=lambda rule: rule.name,
)
def test_rule_examples(rule: object) -> None:
    name = rule.name  # type: ignore[attr-defined]
    compiled = dict(_rules(language_of("en")).deictics)
    pattern: re.Pattern[str] = compiled.get(name) or dict(_rules(language_of("en")).marks)[rule.meaning["mark"]]  # type: ignore[attr-defined]
    assert rule.yes and rule.no  # type: ignore[attr-defined]
    for text in rule.yes:  # type: ignore[attr-defined]
        assert pattern.search(text), text
    for text in rule.no:  # type: ignore[attr-defined]
        found = pattern.search(text)
        assert not (found and (name in compiled or _rules(language_of("en")).date.match(text, found.end()))), text
