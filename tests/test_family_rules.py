"""How much two printings must share to be one utterance, and what is assembled where several print parts of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_families import assembled, told

from tellings.across.families import families
from tellings.across.families.anchors import anchored

SHARED = "never lost sight of that light until noon came back home"
FIRST = "because our radio was broken since winter and everybody knew it already then"
SECOND = "though four strangers had sung old songs in German before breakfast on deck"
#: Who is named where the people of a case are not.
KNOWN = "Nora Quill and Paul Brandt kept the light at Merrin.\n\n"


def one(first: str, second: str) -> bool:
    """Whether two tellings' only quotations are one utterance."""
    found = families((told("a", KNOWN + first), told("b", KNOWN + second)))
    assert sum(len({variant.telling for variant in family.variants}) for family in found) == 2
    return len(found) == 1


def printed(shared: int, others: int, speaker: str, which: str) -> str:
    return f"“{' '.join([*SHARED.split()[:shared], *which.split()[:others]]).capitalize()},” {speaker} said."


@pytest.mark.parametrize(
    ("shared", "others", "speakers", "expected"),
    [
        # Eight words in a row are no chance, unless two people are named; then it takes ten.
        (8, 12, ("a clerk", "one sailor"), True),
        (7, 12, ("a clerk", "one sailor"), False),
        (8, 12, ("Nora Quill", "one sailor"), True),
        (8, 12, ("Nora Quill", "Quill"), True),
        (8, 12, ("Nora Quill", "Paul Brandt"), False),
        (9, 12, ("Nora Quill", "Paul Brandt"), False),
        (10, 12, ("Nora Quill", "Paul Brandt"), True),
        # Fewer: four in five where nobody is known, more than half where one person speaks both.
        (4, 1, ("a clerk", "one sailor"), True),
        (4, 2, ("a clerk", "one sailor"), False),
        (4, 1, ("Nora Quill", "Paul Brandt"), False),
        (6, 4, ("Nora Quill", "Quill"), True),
        (6, 5, ("Nora Quill", "Quill"), False),
        (6, 4, ("Nora Quill", "one sailor"), False),
        (6, 4, ("Nora Quill", "Paul Brandt"), False),
        (4, 2, ("Nora Quill", "Quill"), False),
    ],
)
def test_words_in_a_row(shared: int, others: int, speakers: tuple[str, str], expected: bool) -> None:
    first, second = (printed(shared, others, who, end) for who, end in zip(speakers, (FIRST, SECOND), strict=True))
    assert one(first, second) is expected and one(second, first) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Nora Ash", "Nora Ash", True),
        ("Ash", "Nora Ash", True),
        ("Nora Ash", "Paul Ash", False),
        ("Vicente Ash", "Vincente Ash", True),
        ("Nora Ash", "Nora Holm", False),
        ("Nora Ash", "Olga Holm", False),
        ("a clerk", "Olga Holm", True),
        ("a clerk of the court", "an aide of the court", True),
    ],
)
def test_a_few_words_of_two_names(first: str, second: str, expected: bool) -> None:
    few = "“We are home,” {} said."
    known = "Nora Ash was there.\n\n" if first == "Ash" else ""
    found = families((told("a", known + few.format(first)), told("b", few.format(second))))
    assert (len(found) == 1) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # Of what is reported, four in five words of the longer.
        ("the quay was shut at noon by them all", "the quay was shut at noon by them all", True),
        ("the quay was shut at noon by five men", "the quay was shut at noon by ten men", True),
        ("the quay was shut at noon by ten men", "the quay was shut by owners on Monday night", False),
        ("the quay was shut", "the quay was shut", True),
    ],
)
def test_reported_clauses(first: str, second: str, expected: bool) -> None:
    tellings = told("a", f"Nora Quill said that {first}."), told("b", f"Nora Quill said that {second}.")
    assert (len(families(tellings)) == 1) is expected


def test_what_is_quoted_inside_a_quotation_is_apart_from_the_quotation() -> None:
    inner = "The boats were old when we got them at last from the owners"
    found = families(
        (
            told("a", f"{KNOWN}“Paul Brandt told me, ‘{inner},’ and he laughed,” Quill said."),
            told("b", f"{KNOWN}“{inner},” Brandt said."),
        )
    )
    assert [variant.quotes for family in found for variant in family.variants if len(variant.quotes) > 1] == []
    assert len([family for family in found if any(variant.telling == "a" for variant in family.variants)]) == 2


def test_marks_inside_a_clause_are_found_in_the_whole_words() -> None:
    whole = "“The ferry had no lamp and no radio when the wind turned on us,” Quill said."
    assert one(whole, "Quill said the ferry had no lamp and “no radio when the wind turned.”")
    # Six words in a row as both print them, two of them in marks; ten where two people are named.
    assert one(whole, "Quill said ten of us knew that the ferry had no lamp, “and no” horn.")
    assert not one(whole, "Brandt said the ferry had no lamp and “no radio,” and that it was slow.")
    assert one(whole, "Brandt said the ferry had no lamp and no “radio when the wind turned.”")
    assert not one(whole, "Quill said that a boat had a lamp and “no radio.”")
    # Fewer, where they tell something and one speaker is named for both.
    assert one(whole, "Quill said that a boat had “no lamp and no radio.”")
    assert not one(whole, "Brandt said that a boat had “no lamp and no radio.”")


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        # What one telling leaves out and another prints is put where it stood.
        (
            [
                "“We lost the light at noon … and the crew sang until one,” Quill said.",
                "“We lost the light at noon because the lamp was old and the crew sang until one,” Quill said.",
            ],
            "We lost the light at noon because the lamp was old and the crew sang until one,",
        ),
        # A part that no telling ties to the rest stands behind a gap.
        (
            [
                "“We lost the light at noon because the lamp was old,” Quill said. “Nobody slept before the harbour.”",
                "“We lost the light at noon because the lamp was old,” Quill said.",
            ],
            "We lost the light at noon because the lamp was old, […] Nobody slept before the harbour.",
        ),
        (
            [
                "“We lost the light at noon because the lamp was old and wet,” Quill said.",
                "“My brother held a rope. We lost the light at noon because the lamp was old,” Quill said.",
            ],
            "My brother held a rope. We lost the light at noon because the lamp was old, and wet,",
        ),
        (
            [
                "“We lost the light at noon because the lamp was old. My brother held a rope,” Quill said.",
                "“We lost the light at noon because the lamp was old. Nobody slept before the harbour,” Quill said.",
            ],
            "We lost the light at noon because the lamp was old. My brother held a rope,",
        ),
        # Two in three print a word: it is taken from the first of them.
        (
            [
                "“We lost the light at noon because the lamp was bad and the crew sang all night,” Quill said.",
                "“We lost the light at noon because the lamp was old and the crew sang,” Quill said.",
                "“We lost the light at noon because the lamp was old and the crew sang,” Quill said.",
            ],
            "We lost the light at noon because the lamp was old and the crew sang all night,",
        ),
        (
            [
                "“We lost the light at noon because the lamp was bad and the crew sang all night,” Quill said.",
                "“We lost the light at noon because the lamp was old and the crew sang,” Quill said.",
            ],
            "We lost the light at noon because the lamp was bad and the crew sang all night,",
        ),
        # A fragment in the lead of the same telling adds nothing.
        (
            [
                "Quill had “lost the light.”\n\n“We lost the light at noon because the lamp was old,” she said.",
                "“We lost the light at noon because the lamp was old,” Quill said.",
            ],
            "We lost the light at noon because the lamp was old,",
        ),
    ],
    ids=["a gap filled", "a part apart", "a longer beginning", "two ends", "most print", "a tie", "a lead"],
)
def test_what_is_assembled(bodies: list[str], expected: str) -> None:
    tellings = tuple(told(label, KNOWN + body) for label, body in zip("abc", bodies, strict=False))
    whole = max(families(tellings), key=lambda family: len(family.variants))
    assert assembled(whole, tellings) == expected


@pytest.mark.parametrize(
    ("mine", "kinds"),
    [
        ("We lost the honor of the grey lamp at twelve on Monday", ["spelling"]),
        ("We lost the honour of the gray lamp at 12 on Monday", ["spelling", "spelling"]),
        ("We lost the honour of the grey lamp at noon on Monday", ["changed"]),
        ("We lost the honour of the brown lamp at twelve on Monday", ["changed"]),
        ("We lost the honour of the grey lamp at twelve on Sunday", ["changed"]),
        ("We lost the honour of the lamp at twelve on Monday", ["omission"]),
        ("We lost the honour … the grey lamp at twelve on Monday", ["marked omission"]),
        ("We lost the honour of the grey, lamp at twelve on Monday", ["punctuation"]),
        ("We, lost the honour of the grey lamp at twelve on Monday", ["punctuation"]),
        ("We lost the honour of the grey lamp at twelve on, Monday", ["punctuation"]),
        ("We lost the honour of the grey lamp at twelve", ["cut"]),
        ("Lost the honour of the grey lamp at twelve on Monday", ["cut"]),
    ],
)
def test_how_a_variant_differs(mine: str, kinds: list[str]) -> None:
    base = "We lost the honour of the grey lamp at twelve on Monday"
    tellings = tuple(
        told(label, f"{KNOWN}“{said},” Quill said.") for label, said in zip("abc", (base, base, mine), strict=True)
    )
    (family,) = families(tellings)
    assert [variation.kind for variation in family.variants[2].variations] == kinds
    assert [variant.variations for variant in family.variants[:2]] == [(), ()]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("w1 w2 w3 w4 w5", "w1 w2 w3 w4 w5", "equal 5:5"),
        ("w1 w2 w3 w4", "v1 v2 v3 v4 w1 w2 w3 w4", "insert 0:4, equal 4:4"),
        ("w1 w2 w3 w4", "w1 w2 w3 w4 v1", "equal 4:4, insert 0:1"),
        ("u1 w1 w2 w3 w4", "w1 w2 w3 w4", "delete 1:0, equal 4:4"),
        # A rewording between two runs; many words for few are other words.
        ("w1 w2 w3 w4 u1 u2 x1 x2 x3 x4", "w1 w2 w3 w4 v1 v2 x1 x2 x3 x4", "equal 4:4, replace 2:2, equal 4:4"),
        (
            "w1 w2 w3 w4 u1 x1 x2 x3 x4",
            "w1 w2 w3 w4 v1 v2 v3 v4 v5 x1 x2 x3 x4",
            "equal 4:4, delete 1:0, insert 0:5, equal 4:4",
        ),
        (
            "w1 w2 w3 w4 " + " ".join(f"u{n}" for n in range(9)) + " x1 x2 x3 x4",
            "w1 w2 w3 w4 " + " ".join(f"v{n}" for n in range(9)) + " x1 x2 x3 x4",
            "equal 4:4, delete 9:0, insert 0:9, equal 4:4",
        ),
        # Short runs count one or two changed words behind a long one, or one other spelling before it.
        ("w1 w2 w3 w4 u1 x1 x2", "w1 w2 w3 w4 v1 x1 x2", "equal 4:4, replace 1:1, equal 2:2"),
        ("w1 w2 w3 w4 u1 x1", "w1 w2 w3 w4 v1 x1", "equal 4:4, replace 1:1, equal 1:1"),
        ("x1 x2 honor w1 w2 w3 w4", "x1 x2 honour w1 w2 w3 w4", "equal 2:2, replace 1:1, equal 4:4"),
        # What shares no four words in a row: a rewording only where both are short.
        ("u1 w1 u2", "v1 w1 v2", "replace 1:1, equal 1:1, replace 1:1"),
    ],
)
def test_how_two_printings_are_aligned(first: str, second: str, expected: str) -> None:
    edits = anchored(first.split(), second.split())
    assert ", ".join(f"{e.op} {e.a2 - e.a1}:{e.b2 - e.b1}" for e in edits) == expected


@given(st.lists(st.sampled_from("abcdefgh"), max_size=24), st.lists(st.sampled_from("abcdefgh"), max_size=24))
def test_an_alignment_covers_both_and_equal_words_are_equal(first: list[str], second: list[str]) -> None:
    at_first = at_second = 0
    for edit in anchored(first, second):
        assert (edit.a1, edit.b1) == (at_first, at_second)
        assert (first[edit.a1 : edit.a2] == second[edit.b1 : edit.b2]) or edit.op != "equal"
        at_first, at_second = edit.a2, edit.b2
    assert (at_first, at_second) == (len(first), len(second))
