"""The timeline view: what stands on it, on which day, told by whom, in which order."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.across.chronology.events import can_be_of
from tellings.across.chronology.statements import statements
from tellings.across.of_the_page import is_of_its_mistakes, is_of_the_page
from tellings.edge.exports.timeline import calendar, timeline_js
from tellings.edge.writers import wording
from tellings.model.record import Record, TimelineEntry
from tellings.model.records import ANY_DAY, Document, DocumentDate, Interval, Telling
from tellings.model.text import View
from tellings.pipeline import annotate, relate
from tellings.tell.record import record
from tellings.tell.timeline import selected

#: A Wednesday.
TOLD = date(2019, 3, 6)


def told(name: str, text: str, day: date | None = TOLD) -> Telling:
    return annotate(Document(name, name, name, "text/plain", View.plain(text), DocumentDate(day, "test", "test")))


def recorded(*texts: str, day: date | None = TOLD) -> Record:
    tellings = [told("abcdef"[index], text, day) for index, text in enumerate(texts)]
    return record(relate(tellings), version="test")


def days(entry: TimelineEntry) -> tuple[str, str]:
    return entry.when.earliest.isoformat(), entry.when.latest.isoformat()


def day(text: str) -> Interval:
    first, _, last = text.partition("/")
    return Interval(date.fromisoformat(first), date.fromisoformat(last or first))


SANK = "The ferry struck the outer pier and sank with nobody on board"


@pytest.mark.parametrize(
    ("sentence", "when", "vague", "announced"),
    [
        (f"{SANK} on Sunday.", "2019-03-03", False, False),
        (f"{SANK} on March 1, 2019.", "2019-03-01", False, False),
        (f"{SANK} in February 2019.", "2019-02-01/2019-02-28", True, False),
        ("The council will meet the crew of the ferry on Friday.", "2019-03-08", False, True),
        # told as past, so it lies before the day of telling
        ("The harbour was dredged twice by the owners in March 2019.", "2019-03-01/2019-03-06", True, False),
    ],
)
def test_one_sentence(sentence: str, when: str, vague: bool, announced: bool) -> None:
    (entry,) = recorded(sentence).timeline
    assert (entry.when, entry.vague, entry.announced) == (day(when), vague, announced)
    assert [line.words.exact for line in entry.lines] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry struck the outer pier and sank with nobody on board.",
        # what somebody says counts from when it was spoken
        "“The ferry struck the outer pier and sank on Sunday,” Nora Quill said.",
        # a decade is background, a habit is no event
        f"{SANK} in the 1990s, twice.",
        "The ferry leaves the outer pier for Osk every Sunday.",
    ],
)
def test_what_does_not_stand_on_it(sentence: str) -> None:
    assert recorded(sentence).timeline == ()


def test_a_range_of_years_is_not_two_years() -> None:
    assert len(recorded("The owners dredged the harbour of Osk twice between 2011 and 2014.").timeline) <= 1


def test_a_short_sentence_can_tell_an_event() -> None:
    assert len(recorded("The ferry sank on Sunday.").timeline) == 1


def test_residue_does_not_stand_on_it() -> None:
    assert recorded("Photo by Nora Quill, taken on March 1, 2019 / Osk Images").timeline == ()


def test_with_no_document_date_only_whole_dates_stand() -> None:
    found = recorded(f"{SANK} on Sunday.\n\nNora Quill bought another ferry on March 1, 2019.", day=None).timeline
    assert [days(entry) for entry in found] == [("2019-03-01", "2019-03-01")]


def test_two_tellings_of_one_event_are_one_entry() -> None:
    found = recorded(f"{SANK} on Sunday.", "On Sunday the ferry struck the outer pier off Osk and sank within minutes.")
    (entry,) = found.timeline
    assert sorted(line.words.telling for line in entry.lines) == ["A", "B"]
    assert entry.origins == 2


REPRINT = "The mill at Varn was sold to Nora Quill on May 4, 2017 and shut on June 6, 2018."


@pytest.mark.parametrize(
    ("sentences", "entries"),
    [
        # One sentence with two days stands on both, each time as one entry.
        ([REPRINT] * 3, [3, 3]),
        ([REPRINT] * 6, [6, 6]),
        ([REPRINT, REPRINT.replace("The mill", "The old mill")] * 2, [4, 4]),
        # A year alone, and hardly a word beside it.
        (["The old mill was built in 1903."] * 4, [4]),
        # The same words with other numbers are not one event.
        (["The mill sold 4 old sacks on March 1, 2019.", "The mill sold 7 old sacks on March 1, 2019."] * 2, [2, 2]),
        (["The mill burned on March 1, 2019.", "The pier sank on March 1, 2019."], [1, 1]),
    ],
)
def test_what_several_tellings_reprint_is_one_entry(sentences: list[str], entries: list[int]) -> None:
    openings = ("A dry spring", "Rosa Weller", "Herring", "The fair", "A song", "The council")
    texts = [f"{opening} is in the news.\n\n{said}" for opening, said in zip(openings, sentences, strict=False)]
    assert sorted(len(entry.lines) for entry in recorded(*texts).timeline) == sorted(entries)


@pytest.mark.parametrize("vague", ["in November 2018", "in late November 2018", "in 2018"])
def test_an_event_stands_on_the_most_exact_day_that_its_tellings_give(vague: str) -> None:
    found = recorded(f"{SANK} {vague}.", f"{SANK} on November 24, 2018.")
    (entry,) = found.timeline
    assert days(entry) == ("2018-11-24", "2018-11-24") and len(entry.lines) == 2


def test_a_telling_that_stands_alone_with_its_date_is_dated_by_what_others_tell() -> None:
    others = [told(name, f"{SANK} on Sunday.", TOLD) for name in "abc"]
    late = told("z", "The ferry struck the outer pier off Osk and sank on Sunday.", date(2019, 4, 20))
    found = record(relate([*others, late]), version="test").timeline
    assert {days(entry) for entry in found} == {("2019-03-03", "2019-03-03")}
    (line,) = [line for entry in found for line in entry.lines if line.words.telling == "D"]
    assert line.why.rule == "redated"
    # Two tellings of that week speak for its date.
    kept = [told(name, f"{SANK} on Sunday.", date(2019, 4, 20)) for name in "xy"]
    found = record(relate([*others, *kept]), version="test").timeline
    assert {days(entry) for entry in found} == {("2019-03-03", "2019-03-03"), ("2019-04-14", "2019-04-14")}


def test_a_long_list_of_other_cases_is_left_out() -> None:
    names = [
        f"{first} {last}" for first in ("Ana", "Bea", "Cora", "Dora") for last in ("Vell", "Quill", "Weller", "Osk")
    ]
    others = "\n\n".join(
        f"{name} sold her mill in {month} {2017 - place % 4}."
        for place, (name, month) in enumerate(zip(names, ("March", "May", "June", "July") * 4, strict=True))
    )
    opening = f"{SANK} on Sunday."
    found = recorded(opening, f"{opening}\n\nDivers came.\n\nNobody was hurt.\n\n{others}").timeline
    assert [days(entry) for entry in found if "mill" in entry.lines[0].words.exact] == []
    few = "\n\n".join(others.split("\n\n")[:2])
    found = recorded(opening, f"{opening}\n\nDivers came.\n\nNobody was hurt.\n\n{few}").timeline
    assert len([entry for entry in found if "mill" in entry.lines[0].words.exact]) == 2


def test_a_telling_that_says_the_weekday_after_its_date_was_written_then() -> None:
    # TOLD is a Wednesday: what is told of "Thursday" twice is of the day after.
    text = (
        f"{SANK} on Wednesday.\n\nNora Quill praised the crew of the ferry on Thursday."
        "\n\nDivers went down to the wreck off Osk on Thursday."
    )
    assert ("2019-03-07", "2019-03-07") in map(days, recorded(text).timeline)
    # Not where another telling tells of the Thursday before.
    other = told("b", "Divers went down to the wreck off Osk on February 28, 2019.", date(2019, 3, 1))
    found = record(relate([told("a", text), other]), version="test").timeline
    assert ("2019-02-28", "2019-02-28") in map(days, found) and ("2019-03-07", "2019-03-07") not in map(days, found)


def test_a_telling_that_gives_the_date_of_the_event_looks_back_on_it() -> None:
    others = [told(name, f"{SANK} on Sunday.", TOLD) for name in "abc"]
    text = "The ferry struck the outer pier off Osk and sank on March 3.\n\nIt was raised off the outer pier on Sunday."
    late = told("z", text, date(2019, 4, 20))
    found = record(relate([*others, late]), version="test").timeline
    assert ("2019-04-14", "2019-04-14") in map(days, found)


def test_a_telling_without_a_date_is_dated_by_what_others_tell() -> None:
    others = [told(name, f"{SANK} on Sunday.", TOLD) for name in "abc"]
    late = told("z", "The ferry struck the outer pier off Osk and sank on Sunday with nobody on board.", None)
    (entry,) = record(relate([*others, late]), version="test").timeline
    assert days(entry) == ("2019-03-03", "2019-03-03") and len(entry.lines) == 4
    (line,) = [line for line in entry.lines if line.words.telling == "D"]
    assert line.why.rule == "redated"


def test_what_no_telling_dates_stands_without_a_day() -> None:
    texts = (
        "The old ferry struck the outer pier of Osk and sank on Sunday, the harbour master said.\n\nNobody was hurt.",
        "A ferry sank on Sunday when it struck the outer pier of Osk.\n\nThe harbour master said nobody was hurt.",
        "The Osk ferry sank on Sunday off the outer pier, which it struck in fog, the harbour master said.",
    )
    found = recorded(*texts, day=None)
    (entry,) = [entry for entry in found.timeline if len(entry.lines) == 3]
    assert (entry.part, entry.when) == ("undated", ANY_DAY)
    assert selected(found.timeline, since=TOLD) == ()
    assert wording.days(entry.when) == "day not given" and wording.remarks(entry) == ()
    assert "VEVENT" not in calendar(found) and json.loads(timeline_js(found, "t"))["events"] == []
    # Two weekdays are two events.
    other = texts[1].replace("Sunday", "Friday")
    told = [
        [line.words.telling for line in entry.lines] for entry in recorded(texts[0], other, texts[2], day=None).timeline
    ]
    assert ["B"] in told and any({"A", "C"} <= set(each) for each in told)


def test_what_counts_from_a_day_of_writing_that_is_not_known_is_vague() -> None:
    others = [told(name, f"{SANK} on Sunday.", TOLD) for name in "abc"]
    text = (
        "The ferry struck the outer pier off Osk and sank on Sunday.\n\nThe owners sold the wreck yesterday for $200."
    )
    found = record(relate([*others, told("z", text, date(2019, 4, 20))]), version="test").timeline
    (sold,) = [entry for entry in found if "sold" in entry.lines[0].words.exact]
    assert days(sold) == ("2019-03-02", "2019-03-08")


def test_a_telling_that_opens_with_the_day_after_its_date_was_written_then() -> None:
    text = f"The council met the crew of the ferry on Monday.\n\n{SANK} on Sunday."
    found = record(relate([told("a", text, date(2019, 3, 3))]), version="test").timeline
    assert [days(entry)[0] for entry in found] == ["2019-03-03", "2019-03-04"]


def test_what_few_tell_of_long_ago_is_background() -> None:
    found = recorded(
        f"{SANK} on Sunday.\n\nThe owners dredged the harbour of Osk in May 2009.",
        "On Sunday night the wreck of a ferry lay off the outer pier of Osk, sunk with nobody aboard.",
        "The council will meet the crew of the ferry on March 8, 2019.",
    )
    assert [(days(entry)[0], entry.part) for entry in found.timeline] == [
        ("2009-05-01", "background"),
        ("2019-03-03", "story"),
        ("2019-03-08", "ahead"),
    ]


def test_what_is_told_of_a_day_can_be_of_what_others_tell_of_that_one_day() -> None:
    """Of what is told of several days nothing says on which of them it was."""
    (mine,) = statements(told("a", "The Osk ferry sank on 4 May 2024."), 3)
    (theirs,) = statements(told("b", "The ferry of Osk sank on 4 May 2024."), 3)
    assert mine.dated and can_be_of([mine], [theirs])
    after = replace(theirs, when=day("2024-05-05"))
    assert not can_be_of([mine], [after])
    assert not can_be_of([mine], [replace(theirs, when=day("2024-05-04/2024-05-05"))])
    assert not can_be_of([mine], [replace(theirs, dated=False)])


def test_two_events_of_one_day_are_two_entries() -> None:
    found = recorded(f"{SANK} on Sunday.", "Nora Quill opened her third hostel beside the church on Sunday.")
    assert [len(entry.lines) for entry in found.timeline] == [1, 1]
    assert {days(entry) for entry in found.timeline} == {("2019-03-03", "2019-03-03")}


def test_an_announcement_is_not_joined_with_a_report() -> None:
    text = "The council will meet the crew of the ferry on March 8, 2019."
    before = told("a", text)
    after = told("b", "The council met the crew of the ferry on March 8, 2019.", date(2019, 3, 10))
    found = record(relate([before, after]), version="test").timeline
    assert sorted((entry.announced, len(entry.lines)) for entry in found) == [(False, 1), (True, 1)]


def test_a_signed_post_stands_on_the_day_it_is_signed_with() -> None:
    text = "Nora Quill waited on the quay.\n\nThe lamp stays lit tonight — Nora Quill (@noraquill) March 4, 2019\n"
    (entry,) = recorded(text).timeline
    assert (days(entry)[0], entry.lines[0].words.exact) == ("2019-03-04", "The lamp stays lit tonight")


def test_a_day_named_twice_in_a_sentence_is_one_line() -> None:
    (entry,) = recorded(f"{SANK} on Sunday, and by Sunday night the lamp was out.").timeline
    assert len(entry.lines) == 1


# ---- laws

SENTENCES = st.builds(
    "{} {}.".format,
    st.sampled_from(
        [SANK, "Nora Quill opened her third hostel beside the church", "The council will meet the crew of the ferry"]
    ),
    st.sampled_from(
        [
            "on Sunday",
            "on Monday",
            "on Friday",
            "in February",
            "last week",
            "on March 1, 2019",
            "in 2018",
            "yesterday",
            "at noon",
            "",
        ]
    ),
)
ARTICLES = st.lists(SENTENCES, max_size=4).map("\n\n".join)
PILES = st.lists(ARTICLES.filter(bool), max_size=4)


@settings(max_examples=80, deadline=None)
@given(PILES)
def test_laws(texts: list[str]) -> None:
    found = recorded(*texts)
    order = [(entry.when.earliest, entry.when.latest) for entry in found.timeline]
    assert order == sorted(order)
    assert len({entry.id for entry in found.timeline}) == len(order)
    for entry in found.timeline:
        assert entry.vague == (entry.when.earliest != entry.when.latest)
        assert entry.lines and 1 <= entry.origins <= len({line.words.telling for line in entry.lines})
        for line in entry.lines:
            text = found.telling(line.words.telling).text
            assert text is not None and text[line.words.start : line.words.end] == line.words.exact
            assert "\n" not in line.words.exact
            for mark in line.marks:
                assert mark.role == "time" and line.words.start <= mark.start < mark.end <= line.words.end
        # The words that give its day stand in one of its lines, but where it is said that none does.
        assert entry.part == "undated" or any(line.marks for line in entry.lines)


@settings(max_examples=60, deadline=None)
@given(PILES)
def test_no_sentence_stands_twice_on_one_day(texts: list[str]) -> None:
    lines = [
        (entry.when, line.words.telling, line.words.start)
        for entry in recorded(*texts).timeline
        for line in entry.lines
    ]
    assert len(lines) == len(set(lines))


def test_two_ways_of_saying_one_happening_are_one_entry() -> None:
    found = recorded(
        "The raiders of Osk freed 14 fishermen of the village on Sunday, the coast guard said.",
        "Fourteen men were released on Sunday by the raiders who held them, and came home to the village.",
    )
    assert [days(entry)[0] for entry in found.timeline] == ["2019-03-03"]


def test_what_a_page_says_to_its_reader_is_no_event() -> None:
    found = recorded(
        f"{SANK} on Sunday.\n\nCheck out the pictures that we put up on Monday in our gallery.",
        f"{SANK} on Sunday.\n\nDid the crew of the ferry know of the pier on Saturday?",
    )
    assert [days(entry)[0] for entry in found.timeline] == ["2019-03-03"]
    assert all("gallery" not in line.words.exact for line in found.brief)


@pytest.mark.parametrize(
    ("words", "of_the_page"),
    [
        ("Check out the pictures of the ferry.", True),
        ("• Subscribe to our letter of the harbour.", True),
        ("Ferry sinks at the pier of Osk Read more", True),
        ("More pictures of the ferry are in our gallery.", True),
        ("The ferry is seen on Monday at the outer pier.", True),
        ("The ferry is seen in the harbour of Osk.", True),
        ("The ferry of Osk before the fire, in an image released by the port.", True),
        ("The port released an image of the ferry.", False),
        ("The vote is seen as a test for the mayor of Osk.", False),
        ("Two men are seen on the roof before the fire, the police said.", False),
        ("Sailors voted to subscribe to the new code.", False),
        ("The mayor promised to read more.", False),
        ("The crew had to sign up for a second watch.", False),
        ("The owner was told to check out by noon.", False),
        ("Prams are seen on the pier in Osk, Norway, on Friday, July 15, 2016.", True),
        ("A man is seen on a film entering the mill on Friday.", False),
        ("Mayor Ana Lind of Osk, left, and the pilot Karl Moe at the pier on Sunday.", True),
        ("Karl Moe (second from right) with the crew of the ferry in Osk on Sunday.", True),
        ("The crowd in Osk turned right, left and right again.", False),
        ("Ana Lind, left alone by her crew, and Karl Moe sank the ferry.", False),
        ("The pilot of the Osk left, and Karl Moe took the wheel.", False),
    ],
)
def test_what_is_of_the_page(words: str, of_the_page: bool) -> None:
    assert is_of_the_page(words) is of_the_page


@pytest.mark.parametrize(
    ("words", "of_its_mistakes"),
    [
        ("Correction: The ferry sank on Monday, not on Sunday.", True),
        ("CORRECTION (March 7): On Monday we said that the ferry had sunk.", True),
        ("Editor’s note: On Thursday we named the wrong owner.", True),
        ("An earlier version of this story said that the ferry sank on Monday.", True),
        ("UPDATE: March 7: This post has been updated to reflect what the owner said.", True),
        ("The headline of this article was changed on Thursday.", True),
        ("An earlier version of the plan was presented on Monday.", False),
        ("Corrections officers said: the jail burned on Monday.", False),
        ("The owner corrected this on Monday.", False),
        ("This story was changed forever on Monday.", False),
    ],
)
def test_what_a_page_says_of_its_mistakes_is_no_event(words: str, of_its_mistakes: bool) -> None:
    assert is_of_its_mistakes(words) is of_its_mistakes
    told = f"The mill of Osk burned down on Wednesday, the mayor said.\n\n{words}"
    shown = {line.words.exact for entry in recorded(told).timeline for line in entry.lines}
    assert not (of_its_mistakes and words in shown)


@pytest.mark.parametrize(
    "words",
    [
        "The vote on Sunday is seen as a test for the mayor of Osk.",
        "Sailors voted on Sunday to subscribe to the new code.",
    ],
)
def test_what_merely_has_words_of_a_page_is_an_event(words: str) -> None:
    (entry,) = recorded(words).timeline
    assert [line.words.exact for line in entry.lines] == [words]


@pytest.mark.parametrize(("since", "found"), [("It’s been nearly seven months since ", False), ("", True)])
def test_what_is_told_to_be_long_since_is_not_of_the_telling_s_days(since: str, found: bool) -> None:
    entries = recorded(
        f"{since}the council of Merrin shut the old mill and the owner lost her licence. Nobody works there.",
        "The old mill at Merrin was shut by the council, and its owner has lost her licence, a clerk said.",
    ).timeline
    assert any(line.words.telling == "A" for entry in entries for line in entry.lines) == found


def test_a_telling_may_have_no_more_than_a_signed_post() -> None:
    post = "A post shared by ana vell (@ana.vell)\n\n— Ana Vell (@anavell) April 2, 2011"
    assert recorded(post, "The mill at Merrin burned down on Monday.").tellings
