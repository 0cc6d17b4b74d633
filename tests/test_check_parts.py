"""What the verdicts on drafts rest on, piece by piece: days as they are written, numbers in round figures, tolls that
have risen, words left out, slips of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_check import looked, telling

from tellings.across.checking.alike import Alike
from tellings.across.checking.days import Written
from tellings.across.checking.exchanged import check_exchanged
from tellings.across.checking.locating import nearly
from tellings.across.checking.meeting import rounds
from tellings.across.checking.outdated import check_outdated
from tellings.across.checking.sources import Sources
from tellings.across.questions.answers import readings
from tellings.model.records import Interval, Telling
from tellings.model.text import Span
from tellings.pipeline import relate
from tellings.tell import checking as reports

DAYS = st.dates(date(2019, 11, 1), date(2021, 3, 1))
PARTS = ("year", "month", "day", "weekday")


def parts(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day, "weekday": day.isoweekday()}


def written(day: date, named: frozenset[str]) -> Written:
    return Written(**{part: value for part, value in parts(day).items() if part in named})


NAMED = st.frozensets(st.sampled_from(PARTS))


@given(DAYS, NAMED, st.one_of(DAYS, st.integers(-8, 8)))
def test_what_is_written_is_of_a_day_where_each_part_of_it_is(
    day: date, named: frozenset[str], other: date | int
) -> None:
    another = other if isinstance(other, date) else day + timedelta(days=other)
    alike = all(parts(day)[part] == parts(another)[part] for part in named)
    assert written(day, named).is_of(Interval(another, another)) == alike
    assert written(day, named).is_of(Interval(day, day))


@given(DAYS, st.sampled_from(("year", "month")), DAYS, st.integers(1, 500))
def test_a_month_or_a_year_is_of_a_stretch_that_has_a_day_of_it(day: date, part: str, first: date, more: int) -> None:
    stretch = [first + timedelta(days=each) for each in range(more + 1)]
    there = any(parts(each)[part] == parts(day)[part] for each in stretch)
    assert written(day, frozenset({part})).is_of(Interval(first, stretch[-1])) == there


@given(DAYS, DAYS, st.integers(1, 500))
def test_a_day_is_of_no_stretch_longer_than_a_week(day: date, first: date, more: int) -> None:
    stretch = Interval(first, first + timedelta(days=more))
    for named in ({"weekday"}, {"day"}, {"month", "day"}):
        assert not written(day, frozenset(named)).is_of(stretch) or stretch.days <= 7
    assert written(first, frozenset({"month", "day"})).is_of(stretch) == (stretch.days <= 7)


@given(DAYS, NAMED, DAYS, NAMED)
def test_days_fit_where_they_share_a_part_and_no_part_speaks_against_it(
    day: date, named: frozenset[str], other: date, also: frozenset[str]
) -> None:
    mine, theirs = written(day, named), written(other, also)
    both = named & also
    assert mine.shares(theirs) == theirs.shares(mine) == bool(both)
    alike = all(parts(day)[part] == parts(other)[part] for part in both)
    assert mine.fits(theirs) == theirs.fits(mine) == (bool(both) and alike)
    assert bool(mine) == bool(named)
    assert mine.exact == (not named.isdisjoint({"day", "weekday"}))


@pytest.mark.parametrize(
    ("told", "exact", "expected"),
    [
        # to the nearest, or cut off
        (694_000, 693_665, True),
        (693_000, 693_665, True),
        (692_000, 693_665, False),
        (695_000, 693_665, False),
        (15, 15.2, True),
        (15, 14.6, True),
        (15, 14.4, False),
        (2_000, 1_984, True),
        (2_000, 2_030, True),
        # a single figure, or two, says too little of what lies far off
        (2_000, 2_300, False),
        (2, 2.4, False),
        (11, 11.9, False),
        (110, 119, False),
        # the exact one is no round form of the other, and none is of itself
        (693_665, 694_000, False),
        (15.2, 15, False),
        (15, 15, False),
        (0, 0.4, False),
        (15, -15.2, False),
    ],
)
def test_a_number_in_round_figures(told: float, exact: float, expected: bool) -> None:
    assert rounds(told, exact) is expected


# ---- tolls that have risen

HURT = "people were hurt when the Tern struck the pier"
OSK = "The ferry Tern struck the pier at Osk."
LONG = (
    "The harbour was calm. The lamps were lit. A crane stood idle. The tide was low. Gulls sat on the wall. "
    "A tug came by. The clerk went home. The shops were shut. "
)
THIRD, SEVENTH = date(2021, 5, 3), date(2021, 5, 7)


def outdated(draft: str, *tellings: Telling) -> list[str]:
    """The words of a draft whose toll is told higher since."""
    told = telling("draft", draft)
    return [one.span.of(draft) for one in check_outdated(Alike.of(told, Sources(relate(tellings))))]


def of_several(number: str, day: date, voices: Sequence[str]) -> list[Telling]:
    return [telling(voice, f"{OSK} {number} {HURT}, said the {voice}.", day) for voice in voices]


@pytest.mark.parametrize(
    ("later", "day", "expected"),
    [
        (f"{OSK} Fourteen {HURT}.", SEVENTH, True),
        (f"{OSK} Fourteen people were hurt in all.", SEVENTH, True),  # at its head, in whatever words
        (f"{LONG}Fourteen {HURT} at Osk, the clinic said.", SEVENTH, True),
        (f"{LONG}Fourteen people were hurt in Hallan by a falling crane.", SEVENTH, False),  # not at its head, and else
        (f"{OSK} Thirty-six {HURT}.", SEVENTH, False),  # far more is of something else
        (f"{OSK} Six {HURT}.", SEVENTH, False),  # it has not risen
        (f"{OSK} Fourteen boats were lost when the Tern struck the pier.", SEVENTH, False),
        (f"{OSK} Fourteen {HURT}.", THIRD, False),  # one of the same day may be the one that errs
        (f"{OSK} Fourteen {HURT}.", THIRD - timedelta(days=1), False),
        (f"{OSK} Fourteen {HURT}.", None, False),
    ],
)
def test_a_toll_of_the_draft_that_a_later_telling_gives_higher(later: str, day: date | None, expected: bool) -> None:
    early = telling("early", f"{OSK} Nine {HURT}, the clinic said.", THIRD)
    assert outdated(f"Nine {HURT}.", early, telling("late", later, day)) == ["Nine"] * expected


@pytest.mark.parametrize("words", ["At first nine", "Of those aboard, nine", "By Monday, nine"])
def test_a_toll_that_the_draft_says_to_be_an_earlier_one_is_none(words: str) -> None:
    early = telling("early", f"{OSK} Nine {HURT}, the clinic said.", THIRD)
    late = telling("late", f"{OSK} Fourteen {HURT}.", SEVENTH)
    assert outdated(f"{words} {HURT}.", early, late) == []
    assert outdated(f"Nine {HURT}; it was fourteen people who were hurt, it turned out.", early, late) == []


@pytest.mark.parametrize(
    ("mine", "others", "days", "expected"),
    [
        (1, 3, 0, True),  # three of one day against one
        (1, 2, 0, False),
        (2, 3, 0, False),  # not twice as many
        (2, 4, 0, True),
        (1, 3, -1, False),  # told before
    ],
)
def test_a_toll_that_most_tellings_of_a_day_give_higher(mine: int, others: int, days: int, expected: bool) -> None:
    voices = ("mayor", "nurse", "clerk", "pilot")
    lower = of_several("Nine", THIRD, [f"old {voice}" for voice in voices[:mine]])
    higher = of_several("Fourteen", THIRD + timedelta(days=days), voices[:others])
    assert outdated(f"Nine {HURT}.", *lower, *higher) == ["Nine"] * expected


# ---- values


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2,700 km (1,680 miles)", ["2,700 km"]),  # once in either unit
        ("2,700 km (900 miles)", ["2,700 km", "900 miles"]),
        ("2,700 km (1,680 tons)", ["2,700 km", "1,680 tons"]),
    ],
)
def test_a_measure_turned_into_another_unit_in_brackets_is_read_once(written: str, expected: list[str]) -> None:
    text = f"The new cable is {written} long."
    assert [one.written for one in readings((telling("a", text),), ())] == expected


# ---- quotations

PIER = """The quay at Osk

“We never said that the old pier would hold the new boats through a winter of storms,” said Mara Lind, the mayor. “The
crews asked us twice in the spring, and we told them that they should not sail before the pier was mended at last.”
"""


@pytest.mark.parametrize(
    ("quotation", "cut"),
    [
        ("We never said that the old pier would … through a winter of storms", None),
        ("We … said that the old pier would hold the new boats", "never"),
        ("The crews asked us twice … and we told them that they should … sail before the pier was mended", "not"),
        ("The crews asked us twice … that they should not sail before the pier was mended", None),
        ("The old pier would hold the new boats", "We never said that"),
        ("we told them that they should not sail", None),
    ],
)
def test_words_left_out_that_turn_the_sense_are_named(quotation: str, cut: str | None) -> None:
    draft = f"“{quotation},” said Mara Lind."
    (found,) = (one for one in looked(draft, (telling("a", PIER),)).findings if one.kind == "quotation")
    named = [edit.source.span.of(PIER) for edit in found.edits]
    assert (found.verdict, named) == (("verbatim", []) if cut is None else ("altered", [cut]))


# ---- names

CREW = """The crew of the Tern

Norlandian divers met Mara Lindqvist, Davis and Karl Moe on the quay at Hallan. Lindqvist spoke to Davis.

The pilots of Bremerstadt, and Kowalczyk, were with them.
"""


@pytest.mark.parametrize(
    ("name", "slip_of"),
    [
        ("Mara Lindquist", "Mara Lindqvist"),
        ("Lindqvits", "Lindqvist"),  # two letters exchanged
        ("Bremrestadt", "Bremerstadt"),
        ("Kovalczyk", "Kowalczyk"),
        ("Karl Moo", None),  # too short to be a slip
        ("David", None),  # another name as likely
        ("Norlandia", None),  # an ending
        ("Mira Lindquist", None),  # two words are off
        ("Olga Trent", None),
    ],
)
def test_a_name_that_is_a_slip_of_one_of_the_articles(name: str, slip_of: str | None) -> None:
    draft = f"The clerk had seen {name} on the quay."
    found = [
        place.span.of(CREW)
        for one in looked(draft, (telling("a", CREW),)).findings
        if one.kind == "name" and one.verdict == "differs" and one.span.of(draft) == name
        for place in one.against
    ]
    assert found[:1] == ([] if slip_of is None else [slip_of])


# ---- what stands where

CARRIED = "The ferry Tern carried 212 passengers from Osk to Hallan on Monday, the harbour office said."


@pytest.mark.parametrize(
    ("was", "now", "words", "same", "others"),
    [
        ("212", "212", "212", ["212"], []),
        ("212", "198", "198", [], ["212"]),
        ("Osk to Hallan", "Osk and Hallan", "Osk and Hallan", [], ["Osk to Hallan"]),
        # more words or fewer in its place, and words beside it
        ("212 passengers", "some", "some", [], ["212 passengers"]),
        ("Hallan on Monday", "Lark", "Lark", [], ["Hallan on Monday"]),
        ("212", "exactly 212", "212", ["212"], []),
        ("on Monday, ", "", "Hallan", ["Hallan"], []),
        # nothing in its place
        ("212", "exactly 212", "exactly", [], []),
        # a sentence that is not near
        (CARRIED, "Nobody saw the old crane at Bremer fall.", "crane", [], []),
    ],
)
def test_what_stands_in_the_place_of_words_of_a_draft(
    was: str, now: str, words: str, same: list[str], others: list[str]
) -> None:
    draft = CARRIED.replace(was, now)
    alike = Alike.of(telling("draft", draft), Sources(relate((telling("a", CARRIED),))))
    span = Span(draft.index(words), draft.index(words) + len(words))
    found = alike.opposites(span, lambda place: True)
    assert tuple([place.span.of(CARRIED) for place in places] for places in found) == (same, others)
    assert alike.opposites(span, lambda place: False) == (found[0], ()), "what is of no such kind is none"


@pytest.mark.parametrize("worse", [0, 1, None])
@pytest.mark.parametrize("between", ["", "Nobody in the town had heard it before the winter of the storms. "])
def test_words_that_stand_twice_are_found_twice(between: str, worse: int | None) -> None:
    rang = (
        "The old bell of the fishermen in the upper town of Osk, which two brothers had cast from nails and lamps of "
        "seven wrecks, rang twice before the storm of that winter broke over the roofs, the pier, the yards and the "
        "three long sheds in which the crews of the island kept their nets. "
    )
    first, second = (rang.replace("wrecks", "ships") if place == worse else rang for place in range(2))
    sources = Sources(relate((telling("a", f"{first}{between}{second}"),)))
    sang = re.findall(r"\w+", rang.lower().replace("rang", "sang"))
    found = sorted((one.first, one.last) for one in nearly(sang, sources))
    gap = len(between.split())
    assert found == [(0, len(sang)), (len(sang) + gap, 2 * len(sang) + gap)]


BARGE = "The tug towed barge 212 to pier 14 at Osk on Monday, and the crew of the barge slept aboard, the office said."


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("212", "212", []),
        ("212", "213", [("213", "212")]),
        ("14", "15", [("15", "14")]),
        ("pier 14", "the old pier", []),
        ("212", "old", []),
    ],
)
def test_a_figure_that_counts_nothing_is_held_against_that_in_its_place(
    was: str, now: str, expected: list[tuple[str, str]]
) -> None:
    draft = BARGE.replace(was, now)
    found = [one for one in looked(draft, (telling("a", BARGE),)).findings if one.verdict == "differs"]
    assert [(one.span.of(draft), one.against[0].span.of(BARGE)) for one in found] == expected


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("The ferry Tern struck the rotten pier at Osk, so that nine people were hurt.", ["nine"]),
        ("The ferry Tern struck the rotten pier at Osk, so that fourteen people were hurt.", []),
        # the killed are others than the hurt, whatever the sentence
        ("The ferry Tern struck the rotten pier at Osk, so that nine people were killed.", []),
        ("The ferry Tern struck the rotten pier at Osk, so that nine people died.", []),
    ],
)
def test_a_number_of_others_is_not_exchanged_for_it(draft: str, expected: list[str]) -> None:
    told = (
        "When the ferry Tern struck the rotten pier at Osk, fourteen people were hurt, and the bell of the port rang."
    )
    sources = Sources(relate((telling("a", told), telling("b", "The mayor spoke of the weather. A crane stood idle."))))
    found = check_exchanged(Alike.of(telling("draft", draft), sources))
    assert [one.span.of(draft) for one in found] == expected


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("Nine divers searched the rotten keel of the Tern for cracks.", ["Nine"]),
        # of the words that both have, none stands beside it
        ("Nine red vans stood by the rotten keel of the Tern with cracks.", []),
    ],
)
def test_a_number_is_exchanged_for_one_with_the_same_words_right_beside_it(draft: str, expected: list[str]) -> None:
    told = "Fourteen divers searched the rotten keel of the Tern for cracks, and the bell of the port rang."
    sources = Sources(relate((telling("a", told), telling("b", "The mayor spoke of the weather. A crane stood idle."))))
    found = check_exchanged(Alike.of(telling("draft", draft), sources))
    assert [one.span.of(draft) for one in found] == expected


def test_findings_are_called_apart_where_their_digests_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "_DIGITS", 1)  # so that of a dozen, some are alike
    crew = ("Ada Holm", "Bea Lund", "Carl Dune", "Dora Pell", "Emil Oost", "Finn Reed", "Gerd Tolle", "Hans Brandt")
    draft = " ".join(f"{name} slept. {name.split()[1]} woke late." for name in crew)
    found = reports.report(looked(draft, (telling("a", CREW),)), version="test").findings
    assert len({one.id for one in found}) == len(found) >= len(crew)
