"""Where words stand: as a search of the whole text for each of them would say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.model.rules import words_in
from tellings.model.tokens import DIGITS, Tokens

TOKEN = re.compile(r"[^\W\d_]+|\d+")
PIECES = st.sampled_from(
    ["Ada", "ada", "5", "21st", "MAY", "may", "_may_", "é", "½", "İ", " ", ", ", "\n", "’s", "٣", "x"]
)


def slowly(text: str, words: frozenset[str], start: int, end: int) -> list[tuple[int, str]]:
    """The same by going through the text."""
    every = [(match.start(), DIGITS if match[0][0].isdecimal() else match[0].lower()) for match in TOKEN.finditer(text)]
    return [(place, word) for place, word in every if word in words and start <= place < end]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Ada saw 5 boats on May 5.", {"ada", "may"}, [(0, "ada"), (19, "may")]),
        ("On the 21st of May", {DIGITS, "st"}, [(7, DIGITS), (9, "st")]),
        ("a_may_b", {"may"}, [(2, "may")]),
        ("İda may", {"may"}, [(4, "may")]),
        ("Maybe", {"may"}, []),
        ("", {"may"}, []),
    ],
    ids=["words", "a run of both", "underscores", "a letter that is two in lower case", "inside a word", "nothing"],
)
def test_words_stand_where_they_are(text: str, words: set[str], found: list[tuple[int, str]]) -> None:
    assert list(Tokens(text).between(frozenset(words), 0, len(text))) == found


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30), st.sets(st.sampled_from(["ada", "may", "st", "x", "é", DIGITS])), st.data())
def test_words_stand_where_a_search_finds_them(pieces: list[str], words: set[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    tokens = Tokens(text)
    assert list(tokens.between(frozenset(words), start, end)) == slowly(text, frozenset(words), start, end)
    assert tokens.any_of(frozenset(words), start, end) is bool(slowly(text, frozenset(words), start, end))
    assert list(tokens.between(frozenset(words), 0, len(text))) == slowly(text, frozenset(words), 0, len(text))
    found = {word for _, word in slowly(text, frozenset(words), start, end)}
    for _ in ("first", "kept"):
        assert tokens.words(start, end) & words == found


@pytest.mark.parametrize(
    ("text", "position", "many", "found"),
    [
        ("He then said it", 8, 2, {"he", "then"}),
        ("He then said it", 8, 1, {"then"}),
        ("He then said it", 0, 4, set()),
        ("He hadn’t said", 10, 2, {"hadn", "t"}),
        ("The “end,” said", 11, 4, {"the", "end"}),
    ],
)
def test_the_words_before_a_place(text: str, position: int, many: int, found: set[str]) -> None:
    assert Tokens(text).before(position, many) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It shut on the 21st.", {"it", "shut", "on", "the", "st", DIGITS}),
        ("Ada’s 5", {"ada", "s", DIGITS}),
        (" , ", set()),
    ],
)
def test_the_words_of_a_stretch(text: str, found: set[str]) -> None:
    around = f"Before {text} behind"
    assert Tokens(around).words(7, 7 + len(text)) == words_in(text) == found
