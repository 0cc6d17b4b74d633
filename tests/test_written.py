"""The day that the head of a telling says it was written on."""

from __future__ import annotations

from datetime import date

import pytest

from tellings.language.base import language_of
from tellings.model.records import Attested, Document, DocumentDate
from tellings.model.text import View
from tellings.within.written import with_date

UNKNOWN = DocumentDate(None, "no date found", "none")
STORY = "The mill at Merrin burned down on Monday.\nNobody was hurt."


def written(text: str, title: str | None = None, known: DocumentDate = UNKNOWN) -> DocumentDate:
    attested = Attested(title, "field") if title is not None else None
    return with_date(Document("a", "a", "a", "text/plain", View.plain(text), known, attested), language_of("en")).date


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published April 11, 2011", date(2011, 4, 11)),
        ("POSTED: 1052 GMT (1852 HKT), April 10, 2011", date(2011, 4, 10)),
        ("Updated 4 / 11 / 2011 1: 26 PM", date(2011, 4, 11)),
        ("11 / 4 / 2011 13:26 GMT", date(2011, 4, 11)),
        ("Updated 4/19/2011", date(2011, 4, 19)),
        ("11 / 28 / 05", date(2005, 11, 28)),
        ("on April 30, 2011 at 4: 31 AM, updated May 1, 2011 at 8: 33 AM", date(2011, 4, 30)),
        ("Monday, 28 November 2011, 02:24 GMT", date(2011, 11, 28)),
        ("Updated 4/11/2011", None),  # which of them is the month?
        ("Published April 11, 2011, updated June 3, 2011", None),  # written on which of them?
        ("Published April 31, 2011", None),
        ("April 2011", None),
        ("Merrin remembers April 11, 2011", None),
    ],
)
def test_a_line_at_the_head(line: str, day: date | None) -> None:
    assert written(f"{line}\n{STORY}").value == day
    assert written(f"Mill burns down\n\n{line}\n{STORY}").value == day
    assert written(STORY, title=line).value == day


def test_what_somebody_else_says_stays() -> None:
    known = DocumentDate(date(2011, 4, 12), "field date", "json-field")
    assert written(f"Published April 11, 2011\n{STORY}", known=known) is known
    refused = DocumentDate(None, "field date: the 40th (refused)", "refused")
    assert written(f"Published April 11, 2011\n{STORY}", known=refused) is refused


def test_a_line_within_the_story_says_nothing() -> None:
    assert written(f"{STORY}\n" * 6 + "April 11, 2011").value is None


def test_it_says_where_it_stands() -> None:
    text = f"Mill burns down\n\nPublished April 11, 2011\n{STORY}"
    found = written(text)
    assert found.span is not None
    assert found.span.of(text) == "Published April 11, 2011"
    assert found.evidence == "Published April 11, 2011"
    assert written(STORY, title="April 11, 2011").evidence == "April 11, 2011"


def test_a_note_below_the_story_that_it_was_amended() -> None:
    found = written(f"{STORY}\n• This article was amended on 12 April 2011. An earlier version had another mill.")
    assert (found.value, found.rule) == (date(2011, 4, 12), "amended-line")
    assert written(
        f"Published April 11, 2011\n{STORY}\n{STORY}\nThis story was updated on April 14, 2011."
    ).value == date(2011, 4, 11)
    assert written(f"{STORY}\nThis law was amended on 12 April 2011.").value is None
