"""Sentences and tokens: tables of hard ends, and the laws of tiling."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import grows_linearly

from tellings.language.base import language_of
from tellings.model.records import Block, DocumentDate, Part, Provenance
from tellings.model.text import Span
from tellings.within.segment import sentences, tokens

WHY = Provenance("test", "test")
UNDATED = DocumentDate(None, "test", "test")


def split(text: str, kind: str = "paragraph") -> list[str]:
    block = Block(Span(0, len(text)), kind, WHY)  # type: ignore[arg-type]
    part = Part(Span(0, len(text)), UNDATED, WHY)
    return [sentence.span.of(text) for sentence in sentences(text, (block,), (part,), language_of("en"))]


@pytest.mark.parametrize(
    "expected",
    [
        ["The lamp is lit. ", "It stays lit."],
        ["Mr. Holm came. ", "Dr. Vell left."],
        ["J. R. Vell sang. ", "She bowed."],
        ["It was Jan. 5 and Sgt. Vell slept."],
        ["The U.S. fleet came. ", "In the U.S. ", "It rained."],
        ["He told U.S. News that it rained. ", "In the U.S. ", "News of it came late."],
        ["“We part,” said her rep. ", "The pair left."],
        ["It was Rep. Will Holm, and no other rep. ", "He left."],
        # "p.m." ends a sentence only before a word that begins one
        ["She left at 5 p.m. ", "The ferry came."],
        ["She left at 5 p.m. on Monday."],
        ["No. 5 won. ", "Nobody else did."],
        ["It cost £3.5m. ", "Nobody paid."],
        ["It fell by 3.5 per cent."],
        ["Visit osk.example.com. ", "Then go."],
        # the cue stays with its question
        ["“Who?” Nora Quill asked. ", "“Me.”"],
        ["“Stop!” she said. ", "“Now!”"],
        ["“Go home.” ", "He did."],
        ["“One. ", "Two. ", "Three,” she said."],
        ["(It was dark.) ", "The lamp was lit."],
        # a lost space, and one on the wrong side
        ["We slept a lot.”", "The doctor came."],
        ["We slept a lot.", "The doctor came."],
        ["See osk.Example/a now."],
        ["The end .”I left it."],
        # ellipses
        ["Beautiful… ", "She left."],
        ["The lamp… was lit."],
        ["What?! ", "No..."],
        # posts without capitals
        ["i am cold. ", "we are all cold."],
        # a line end ends a sentence that has ended
        ["He came.\n", "“She did not.”\n\n", "they slept."],
        [],
        ["   "],
    ],
    ids="|".join,
)
def test_sentences(expected: list[str]) -> None:
    assert split("".join(expected)) == expected


@pytest.mark.parametrize("expected", [["The owners said no. ", "The crew said yes."], ["No. ", "He lost."]])
def test_the_word_no_ends_a_sentence(expected: list[str]) -> None:
    assert split("".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        # a word that opens sentences, in capitals inside one
        ["Ice on the lower bridge ", "The mayor said that it was shut."],
        ["Merrin Features ", "She said that it was shut."],
        ["Ice in Merrin ", "A woman waits."],
        ["(MNS) ", "In the valley nobody came."],
        # which may be part of a name, a grade, a slip
        ["They read The Merrin Post and the Herald."],
        ["He was found with class A drugs."],
        ["Merrin’s A series was dear."],
        ["It was the fear of The mayor."],
        ["They told the punter In the dark."],
        # words in capitals, where they are many or several
        ["TEN THINGS YOU DID NOT KNOW ABOUT ICE ", "Ana Vell says that it floats."],
        ["NASA Director Ana Vell spoke."],
        ["ICE LINE Director Ana Vell spoke."],
        ["The ice went ", "COLD FEET ", "Man stays out ", "HOT HEADS ", "Mayor loses hat ", "NO SHOW ", "Lind is late"],
        # the title of a gallery, over each of its captions
        ["Photos: Ice on the bridge ", "Ana Vell waits. ", "Photos: Ice on the bridge ", "Nils Holm leaves."],
        ["Photos: Ana Vell waits."],
    ],
    ids="|".join,
)
def test_headings_run_into_a_sentence(expected: list[str]) -> None:
    assert split("".join(expected)) == expected


def test_residue_is_one_sentence_a_block() -> None:
    assert split("The lamp is lit. It stays lit.", "caption") == ["The lamp is lit. It stays lit."]


def test_sentences_know_the_part_they_begin_in() -> None:
    text = "One. Two. Three."
    block = Block(Span(0, len(text)), "paragraph", WHY)
    parts = (Part(Span(0, 5), UNDATED, WHY), Part(Span(5, len(text)), UNDATED, WHY))
    assert [sentence.part for sentence in sentences(text, (block,), parts, language_of("en"))] == [0, 1, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The lamp’s lit, isn't it?", ["The", "lamp’s", "lit", ",", "isn't", "it", "?"]),
        ("Jean-Luc paid £1,250.50.", ["Jean-Luc", "paid", "£", "1,250.50", "."]),
        ("See https://osk.example/a?b=1 now", ["See", "https://osk.example/a?b=1", "now"]),
        ("@noraquill #lamp_lit a_b", ["@noraquill", "#lamp_lit", "a", "_", "b"]),
        ("“Go…”", ["“", "Go", "…", "”"]),
        ("at 9:30", ["at", "9:30"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [token.of(text) for token in tokens(text)] == expected


def test_tokens_of_a_span_count_from_the_text() -> None:
    text = "The lamp is lit."
    assert [token.of(text) for token in tokens(text, Span(4, 11))] == ["lamp", "is"]


# ---- laws

PIECES = [
    ".",
    "…",
    "...",
    "?",
    "!",
    "”",
    "“",
    "’",
    "'",
    '"',
    ")",
    "(",
    " ",
    " ",
    "\n",
    "\n\n",
    "\t",
    "\u00a0",
    "—",
    "-",
    "@",
    "#",
    "Mr",
    "p.m",
    "Inc",
    "No",
    "i",
    "a",
    "word",
    "Nora",
    "Quill",
    "said",
    "asked",
    "3",
    "1,250",
    "é",
    "e\u0301",
    "文",
    "😀",
    "https://x.y/z",
    "_",
    "\u200b",
]
PROSE = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=30).map("".join)
KINDS = st.sampled_from(["paragraph", "headline", "list-item", "caption", "embed"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(PROSE, KINDS), max_size=5), st.integers(0, 40))
def test_sentences_tile_and_stay_in_their_block(pieces: list[tuple[str, str]], cut: int) -> None:
    text = "".join(stretch for stretch, _ in pieces)
    blocks, start = [], 0
    for stretch, kind in pieces:
        blocks.append(Block(Span(start, start + len(stretch)), kind, WHY))  # type: ignore[arg-type]
        start += len(stretch)
    cut = min(cut, len(text))
    parts = (Part(Span(0, cut), UNDATED, WHY), Part(Span(cut, len(text)), UNDATED, WHY))
    found = sentences(text, tuple(blocks), parts, language_of("en"))
    assert "".join(sentence.span.of(text) for sentence in found) == text
    assert all(a.span.end == b.span.start for a, b in pairwise(found))
    for sentence in found:
        assert len(sentence.span) and blocks[sentence.block].span.contains(sentence.span)
        part = parts[sentence.part].span
        assert part.start <= sentence.span.start
        assert sentence.part == len(parts) - 1 or sentence.span.start < parts[sentence.part + 1].span.start
        # White space belongs to the sentence it follows.
        begins_block = sentence.span.start == blocks[sentence.block].span.start
        assert begins_block or not text[sentence.span.start].isspace()


@settings(max_examples=400, deadline=None)
@given(PROSE)
def test_tokens_and_white_space_tile(text: str) -> None:
    found = tokens(text)
    ends = [0, *(token.end for token in found)]
    gaps = [text[end : token.start] for end, token in zip(ends, found, strict=False)]
    gaps.append(text[ends[-1] :])
    assert all(not gap.strip() for gap in gaps)
    for token in found:
        assert len(token) and not re.search(r"\s", token.of(text))


@pytest.mark.parametrize(
    "unit", [". ", "...", "a.", ".”", "A. ", "’’", "The lamp is lit. ", "no space", "! ", "“"], ids=repr
)
def test_linear_time(unit: str) -> None:
    def read(text: str) -> None:
        split(text)
        tokens(text)

    assert grows_linearly(read, unit * (50_000 // len(unit)), unit * (200_000 // len(unit)))
