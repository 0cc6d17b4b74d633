"""Quotation marks: which stretches they hold, on sound and broken pages, and in linear time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import grows_linearly

from tellings.language.base import language_of
from tellings.model.records import Block, Provenance, Quoted, Stray
from tellings.model.text import Span
from tellings.within.marks import quoted

WHY = Provenance("test", "test")
ENGLISH = language_of("en")


def paragraph(text: str) -> tuple[Block, ...]:
    return (Block(Span(0, len(text)), "paragraph", WHY),)


def read(text: str) -> tuple[tuple[Quoted, ...], tuple[Stray, ...]]:
    return quoted(text, paragraph(text), ENGLISH)


def contents(text: str) -> list[str]:
    return [stretch.content.of(text) for stretch in read(text)[0]]


# ---- a table: text → (contents, rules)


@pytest.mark.parametrize(
    ("text", "expected", "rules"),
    [
        ("“The lamp is lit,” she said.", ["The lamp is lit,"], ["balanced"]),
        ('"The lamp is lit," she said.', ["The lamp is lit,"], ["balanced"]),
        ("«The lamp is lit,» she said.", ["The lamp is lit,"], ["balanced"]),
        ("„The lamp is lit,“ she said.", ["The lamp is lit,"], ["balanced"]),
        ("‟The lamp is lit,” she said.", ["The lamp is lit,"], ["balanced"]),
        ("``The lamp is lit,” she said.", ["The lamp is lit,"], ["balanced"]),
        ("‘The lamp is lit,’ she said.", ["The lamp is lit,"], ["balanced"]),
        ("'The lamp is lit,' she said.", ["The lamp is lit,"], ["balanced"]),
        ("“The lamp is lit,“ she said.", ["The lamp is lit,"], ["balanced"]),
        ("“One,” she said, “and two.”", ["One,", "and two."], ["balanced"] * 2),
        ("“One.” “Two.”", ["One.", "Two."], ["balanced"] * 2),
        ("“One.”“Two.”", ["One.", "Two."], ["balanced"] * 2),
        # broken pages
        (
            "“One.” ‘The lamp is lit,” she said.",
            ["One.", "The lamp is lit,"],
            ["balanced", "closed with the other mark"],
        ),
        ("She said, ”The lamp is lit.”", ["The lamp is lit."], ["balanced"]),
        ("She wrote, The lamp is lit.”", ["The lamp is lit."], ["opened by its cue, without a mark"]),
        ("She said: “The lamp is lit", ["The lamp is lit"], ["never closed"]),
        # no quotation at all
        ("The sailors’ home is full, and the ’90s are over.", [], []),
        ("It’s Nora’s lamp, rock ’n’ roll, o’clock.", [], []),
        ("He is 6' 2\" tall.", [], []),
        ("The lamp is lit.”", [], []),
        ("", [], []),
    ],
)
def test_stretches(text: str, expected: list[str], rules: list[str]) -> None:
    found, _ = read(text)
    assert [stretch.content.of(text) for stretch in found] == expected
    assert [stretch.rule for stretch in found] == rules


@pytest.mark.parametrize("text", ["''The lamp is lit,'' she said.", "“The lamp is lit,'' she said."])
def test_typewriter_apostrophes(text: str) -> None:
    (stretch,) = read(text)[0]
    assert (stretch.span.start, stretch.span.end) == (0, text.index(" she"))
    assert stretch.content.of(text) == "The lamp is lit,"


def test_nested_in_the_other_marks() -> None:
    text = "“He said ‘stay where you are’ and left,” she said."
    outer, inner = read(text)[0]
    assert (outer.outer, inner.outer) == (None, 0)
    assert inner.content.of(text) == "stay where you are"
    assert outer.span.contains(inner.span)


def test_double_marks_nest_in_single_ones_and_stand_in_order() -> None:
    text = "‘He said “stay where you are” and left,’ she said. ‘So I stayed.’"
    found = read(text)[0]
    assert [(stretch.content.of(text), stretch.outer) for stretch in found] == [
        ("He said “stay where you are” and left,", None),
        ("stay where you are", 0),
        ("So I stayed.", None),
    ]


def test_nested_in_the_same_marks() -> None:
    text = "“He said “stay where you are” and left,” she said."
    found = read(text)[0]
    assert found[0].content.of(text) == "He said “stay where you are” and left,"


def test_an_apostrophe_inside_single_marks_does_not_close_them() -> None:
    text = "‘We can’t take the owners’ promises,’ she said. ‘It’s the crews’ money.’"
    assert contents(text) == ["We can’t take the owners’ promises,", "It’s the crews’ money."]


def test_a_quotation_runs_on_over_paragraphs() -> None:
    text = "“The lamp is lit.\n\n“It stays lit.\n\n“For good.”"
    assert [(stretch.content.of(text), stretch.runs_on) for stretch in read(text)[0]] == [
        ("The lamp is lit.", True),
        ("It stays lit.", True),
        ("For good.", False),
    ]


def test_a_forgotten_mark_does_not_swallow_the_next_quotation() -> None:
    text = "“The lamp is lit, Nora Quill said. “It stays lit.”"
    found, strays = read(text)
    assert found[-1].content.of(text) == "It stays lit."
    assert [stray.span.start for stray in strays] == [0] or found[0].span.end < text.index("“It")


def test_a_mark_with_nothing_that_opens_is_a_stray() -> None:
    text = "the lamp is lit” and so on"
    (stray,) = read(text)[1]
    assert (stray.span.of(text), stray.reason) == ("”", "a closing mark with nothing that opens")


@pytest.mark.parametrize(
    "said",
    [
        '"Lamp {}," she said, "is lit."',
        "“Lamp {},” she said. “It is ‘lit’ by ‘hand’,” he added.",
        "‘Lamp {},’ she said. ‘It is “lit” by “hand”,’ he added.",
    ],
)
def test_a_paragraph_of_many_quotations_is_read_to_its_end(said: str) -> None:
    alone = [contents(said.format(number)) for number in range(700)]
    assert contents(" ".join(said.format(number) for number in range(700))) == [each for some in alone for each in some]


def test_residue_is_not_read() -> None:
    text = "“One.”\n“Two.”"
    blocks = (Block(Span(0, 7), "caption", WHY), Block(Span(7, len(text)), "paragraph", WHY))
    assert [stretch.content.of(text) for stretch in quoted(text, blocks, ENGLISH)[0]] == ["Two."]


# ---- laws

PIECES = [
    "“",
    "”",
    "„",
    "‟",
    '"',
    "«",
    "»",
    "‘",
    "’",
    "‚",
    "'",
    "''",
    "``",
    " ",
    " ",
    ". ",
    ", ",
    "? ",
    "! ",
    "…",
    ": ",
    "—",
    "-",
    "(",
    ")",
    "\n",
    "\n\n",
    "a",
    "word",
    "The lamp",
    "crews",
    " she said",
    " Nora Quill said",
    " wrote, ",
    "90s",
    "7",
]
BROKEN = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def check(text: str, blocks: tuple[Block, ...]) -> None:
    found, strays = quoted(text, blocks, ENGLISH)
    assert [(q.span.start, -q.span.end) for q in found] == sorted((q.span.start, -q.span.end) for q in found)
    for index, stretch in enumerate(found):
        assert stretch.span.contains(stretch.content)
        assert stretch.content == stretch.content.trimmed(text)
        # Never over the edge of a paragraph, never outside the blocks that tell the story.
        assert "\n" not in stretch.span.of(text)
        assert any(block.story and block.span.contains(stretch.span) for block in blocks)
        if stretch.outer is not None:
            assert stretch.outer != index and found[stretch.outer].span.contains(stretch.span)
        for later in found[index + 1 :]:
            if stretch.span.overlaps(later.span):
                assert later.outer is not None
                # Two nested in one quotation may still cross; see the case that fails below.
                assert stretch.span.contains(later.span) or stretch.outer == later.outer
    for stray in strays:
        assert stray.reason and 1 <= len(stray.span) <= 2
        assert not stray.span.of(text).isalnum()


def test_two_nested_in_one_quotation_do_not_cross() -> None:
    first, second = (stretch.span for stretch in read("“‘“’““")[0] if stretch.outer is not None)
    assert not first.overlaps(second) or first.contains(second)


@settings(max_examples=400, deadline=None)
@given(BROKEN)
def test_laws(text: str) -> None:
    check(text, paragraph(text))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(BROKEN, st.sampled_from(["paragraph", "headline", "caption", "embed"])), max_size=6))
def test_laws_over_blocks(pieces: list[tuple[str, str]]) -> None:
    text, blocks = "", []
    for stretch, kind in pieces:
        blocks.append(Block(Span(len(text), len(text) + len(stretch) + 1), kind, WHY))  # type: ignore[arg-type]
        text += stretch + "\n"
    check(text, tuple(blocks))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["The lamp is lit.", "It stays lit!", "Who, then?"]), min_size=1, max_size=5))
def test_sound_marks_give_back_what_was_put_in(sentences: list[str]) -> None:
    """The oracle: words put into sound marks are found, whatever kind of marks they are."""
    for opening, closing in ("“”", '""', "«»", "‘’"):
        text = " ".join(f"{opening}{sentence}{closing} She nodded." for sentence in sentences)
        assert contents(text) == sentences, text


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "“",
            "”",
            '"',
            '" ',
            "“”",
            "'",
            "''",
            " ‘a",
            '"a" ',
            "«a» ",
            "“a ‘b \"c' ",
            "” she said ",
            "” Nora Quill said, “",
        ),
        *("“The lamp is lit,” Nora Quill said.\n", "“The lamp is lit, Nora Quill said.\n", "“a ‘b\n", "”\n", "‘\n"),
    ],
    ids=repr,
)
def test_linear_time(unit: str) -> None:
    assert grows_linearly(read, unit * (50_000 // len(unit)), unit * (200_000 // len(unit)))
