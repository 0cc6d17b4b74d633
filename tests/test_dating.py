"""Event dating: which clause a date belongs to, what stays in force, and when to say nothing."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.language.base import language_of
from tellings.model.records import Dating, Document, DocumentDate
from tellings.model.rules import load
from tellings.model.text import Span, View
from tellings.pipeline import annotate
from tellings.within.dating import POINTS_BACK
from tellings.within.dating.clauses import clauses

THURSDAY = date(2021, 5, 6)


def read(text: str, dct: date | None = THURSDAY) -> tuple[Dating, ...]:
    dated = DocumentDate(dct, "test", "test")
    return annotate(Document("x", "x", "x", "text/plain", View.plain(text), dated)).datings


def days(text: str, dct: date | None = THURSDAY) -> list[tuple[str, str | None, str]]:
    """Basis, days and status of each dating that is not background."""
    found = []
    for each in read(text, dct):
        if not each.background:
            when = each.interval
            shown = None if when is None else f"{when.earliest}/{when.latest}" if when.days > 1 else f"{when.earliest}"
            found.append((each.basis, shown, each.status))
    return found


UNDATED = ("undated", None, "told")


@pytest.mark.parametrize(
    ("text", "rule", "day"),
    [
        ("Sacks stolen by raiders on Monday were found.", "participle", "2021-05-03"),
        ("The miller wept at the council's May 3 meeting.", "modifier", "2021-05-03"),
        ("The miller wept at the council's May 13 meeting.", "modifier", "2021-05-13"),
        ("The mill has been shut after it burned on Monday.", "subordinate-event", "2021-05-03"),
        ("The guards left before the mill burned down on Monday.", "subordinate-event", "2021-05-03"),
        (
            "Ana Vell said she wept over the milk she got while she was there on Monday.",
            "subordinate-state",
            "2021-05-03",
        ),
    ],
)
def test_what_stands_on_the_side_is_dated_there(text: str, rule: str, day: str) -> None:
    (found,) = [each for each in read(text) if each.background]
    assert found.provenance.rule == rule and found.interval is not None
    assert (found.interval.earliest.isoformat(), found.interval.days) == (day, 1)
    assert (found.status == "announced") == (found.interval.earliest > THURSDAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill burned down on Monday.", [("own", "2021-05-03", "told")]),
        ("The mill was hit in Monday's storm.", [("own", "2021-05-03", "told")]),
        (
            "The mill shut on Monday and opened on Tuesday.",
            [("own", "2021-05-03", "told"), ("own", "2021-05-04", "told")],
        ),
        ("The mill will open on Friday.", [("own", "2021-05-07", "announced")]),
        ("The mill did not open on Monday.", [("own", "2021-05-03", "negated")]),
        ("The mill ran from 12 to 14 April.", [("own", "2021-04-12/2021-04-14", "told")]),
        ("The mill will stay shut until May 13.", [("own", "2021-05-06/2021-05-13", "announced")]),
        ("The mill has been shut since Monday.", [("own", "2021-05-03", "told")]),
        ("The mill was shut on Monday and Tuesday.", [("own", "2021-05-03/2021-05-04", "told")]),
        ("The mill was shut in 2008 and 2009.", [("own", "2008-01-01/2009-12-31", "told")]),
        ("In its 2014 and 2016 reports, 2016 favourite Ann Kelly won.", [("undated", None, "told")]),
        ("It was seen in a 2007 BBC film.", [("undated", None, "told")]),
        ("The mill burned down this year.", [("own", "2021-01-01/2021-05-06", "told")]),
        # nothing is dated by a bound, a thing's name or a plain past
        ("By Monday the mill had burned down.", [("undated", None, "told")]),
        ("The mill has ground corn since 1988.", [("undated", None, "told")]),
        ("The judge cited the 2014 harbour act.", [("undated", None, "told")]),
        ("The mill burned down.", [("undated", None, "told")]),
        ("The mayor said the city would pay.", [("undated", None, "told")]),
        # the document's day only where the tense says that it goes on
        ("Firefighters are still searching the ruins.", [("document", "2021-05-06", "told")]),
        ("The mill is in Osk.", [("undated", None, "told")]),
        # what somebody says in marks counts from when they spoke
        ("“It burned on Monday,” the miller said.", [("undated", None, "told")]),
        # but a date with its year
        ("“The mill burned down in 2009,” the miller said.", [("own", "2009-01-01/2009-12-31", "told")]),
        # a clause on the side
        ("The miller, who bought it in 2009, wept.", [("undated", None, "told")]),
        ("If it rains on Friday, the mill stays shut.", [("own", "2021-05-07", "hypothetical")]),
        # what happened is told first
        ("On Monday the bank shut its doors, amid fears that it could fail.", [("own", "2021-05-03", "told")]),
        ("The mill will be ready by May 13.", [("own", "2021-05-06/2021-05-13", "announced")]),
        # the main clause has no day, whatever stands on the side
        ("Sacks stolen by raiders on Monday were found.", [("undated", None, "told")]),
        ("The mill has been shut after it burned on Monday.", [("undated", None, "told")]),
        ("The miller wept at the council's May 3 meeting.", [("undated", None, "told")]),
        ("According to a letter sent on Monday, the mill burned down.", [UNDATED]),
        # the day of what the verb only leads up to
        ("Guards were sent to the mill before a vote on Friday.", [UNDATED]),
        ("The millers met ahead of talks on Friday.", [UNDATED]),
        ("The mill burned down before dawn on Monday.", [("own", "2021-05-03", "told")]),
        # what compares with a time before
        ("The mill has sold the fewest sacks since April 1.", [UNDATED]),
        ("The mill fell silent in the wake of the storm overnight.", [("own", "2021-05-05/2021-05-06", "told")]),
        ("The owners shut the mill for a month starting in April.", [UNDATED]),
        # what is decided, and when
        ("The council announced it would shut the mill last week.", [("own", "2021-04-26/2021-05-02", "told")]),
        ("The council announced it would shut the mill next week.", [("own", "2021-05-10/2021-05-16", "announced")]),
        # a month without its year that may be the last one or the next
        ("The owners led a judge in June to shut the mill.", [UNDATED]),
        ("The owners paid in April when they agreed to shut it.", [("own", "2021-04-01/2021-04-30", "told")] * 2),
        # a date and "when" behind it
        ("It is the first fire since 1959, when two women died there.", [("own", "1959-01-01/1959-12-31", "told")]),
    ],
)
def test_which_date_is_the_events(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("Three engines drove to the docks.", ("in force", "2021-05-03")),
        ("Nobody was hurt.", ("in force", "2021-05-03")),
        ("The miller said it was the wind.", ("undated", None)),
        ("The roof has been mended.", ("undated", None)),
        ("It had stood empty for years.", ("undated", None)),
        ("It will be rebuilt.", ("undated", None)),
        ("The owners wanted a new one.", ("undated", None)),
        ("Engines once drove there.", ("undated", None)),
        ("On Tuesday the roof fell.", ("own", "2021-05-04")),
    ],
)
def test_how_long_a_date_stays_in_force(second: str, expected: tuple[str, str | None]) -> None:
    basis, when, _ = days(f"The mill burned down on Monday. {second}")[1]
    assert (basis, when) == expected


@pytest.mark.parametrize(
    "first", ["In April the mill burned down.", "On Monday the miller said it was shut.", "The trial began on Monday."]
)
def test_what_puts_no_day_in_force(first: str) -> None:
    assert days(f"{first} Three engines drove to the docks.")[1][0] == "undated"


def test_a_paragraph_ends_what_is_in_force() -> None:
    text = "The mill burned down on Monday night and fell.\n\nThree engines drove to the docks of the town."
    assert [basis for basis, _, _ in days(text)] == ["own", "undated"]


def test_background_is_marked() -> None:
    (aside,) = (each for each in read("The miller, who bought it in 2009, wept.") if each.basis == "own")
    assert aside.background
    assert aside.interval is not None


@pytest.mark.parametrize(
    ("before", "day"),
    [
        ("It was the first fire since 1959.", "1959-01-01/1959-12-31"),
        ("The old mill burned on March 3, 1998.", "1998-03-03"),
        ("The mill burned on Monday.", None),  # not long past
        ("It was the first fire since 1959 and the second since 1907.", None),  # which?
        ("It was the first fire in years.", None),
    ],
)
def test_words_that_point_back_mean_the_time_told_before(before: str, day: str | None) -> None:
    (found,) = [
        each for each in read(f"{before} On that occasion two millers died.") if each.provenance.rule == POINTS_BACK
    ]
    when = found.interval
    shown = None if when is None else f"{when.earliest}/{when.latest}" if when.days > 1 else f"{when.earliest}"
    assert (found.basis, shown, found.background) == (("in force", day, True) if day else ("undated", None, False))


def test_words_that_point_back_mean_nothing_above_a_heading() -> None:
    text = "The old mill at Merrin burned on March 3, 1998.\n\n{}On that occasion two millers died, a clerk said."
    assert [each.basis for each in read(text.format("")) if each.provenance.rule == POINTS_BACK] == ["in force"]
    text = text.format("Related stories\n\n")
    assert [each.basis for each in read(text) if each.provenance.rule == POINTS_BACK] == ["undated"]


def test_without_a_document_date_nothing_counts_from_it() -> None:
    assert days("Firefighters are still searching the ruins.", None) == [("undated", None, "told")]


def test_every_dating_says_why() -> None:
    for each in read("The mill burned down on Monday. It was old. The miller, who came in 2009, wept."):
        assert (each.interval is None) == (each.basis == "undated") == (each.reason is not None)
        assert each.sentence.contains(each.clause)
        assert each.provenance.stage == "dating"


WORDS = sorted(
    {
        word
        for name in ("relative", "subordinate", "coordinate", "participle", "state")
        for word in load("en", "dating").words(name)
    }
    | {"the", "mill", "was", "had", "has", "will", "said", "burned", ",", ";", "that", "not", "0000"}
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_clauses_lie_in_order_inside_their_sentence(words: list[str]) -> None:
    text = " ".join(words)
    found = clauses(text, Span(7, 7 + len(text)), language_of("en"))
    for one in found:
        assert 7 <= one.span.start <= one.span.end <= 7 + len(text)
    for one, other in itertools.pairwise(found):
        assert one.span.end <= other.span.start


def test_a_very_long_sentence_is_read_in_time() -> None:
    text = "The mill burned, and " * 60000
    assert len(clauses(text, Span(0, len(text)), language_of("en"))) == 1
