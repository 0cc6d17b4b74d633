"""The cleaning room: laws, rule examples, and golden cases readable beside their input."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import grows_linearly

from tellings.edge.readers import read_paths
from tellings.language.base import language_of
from tellings.model.records import Attested, Block, Document, DocumentDate, Hint
from tellings.model.rules import Rule, load
from tellings.model.text import Span, View
from tellings.within.clean import clean
from tellings.within.clean.headings import is_headline, trailing_headline
from tellings.within.clean.lines import split_lines
from tellings.within.clean.rules import inline_rules, kind_of, pattern_of

ENGLISH = language_of("en")
CASES = Path(__file__).parent / "cases" / "clean"


def document(text: str, *, title: str | None = None, hints: tuple[Hint, ...] = ()) -> Document:
    return Document(
        id="x",
        name="x",
        origin="x",
        media_type="text/plain",
        view=View.plain(text),
        date=DocumentDate(None, "no date found", "none"),
        title=Attested(title, "test") if title else None,
        hints=hints,
    )


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(text).strip()) for block in clean(document(text, title=title))]


def tiles(text: str, blocks: tuple[Block, ...]) -> bool:
    ends = [0, *(block.span.end for block in blocks)]
    return [block.span.start for block in blocks] == ends[:-1] and ends[-1] == len(text)


# ---- golden cases: NAME.txt or NAME.html beside NAME.blocks


@pytest.mark.parametrize("case", sorted(CASES.glob("*.blocks")), ids=lambda path: path.stem)
def test_golden(case: Path) -> None:
    source = next(path for path in CASES.iterdir() if path.stem == case.stem and path != case)
    (telling,), _ = read_paths([source])
    blocks = clean(telling)
    found = [f"{block.kind:11} {block.span.of(telling.text).strip()}".replace("\n", " ⏎ ") for block in blocks]
    assert found == case.read_text(encoding="utf-8").splitlines()


def test_every_golden_input_has_its_blocks() -> None:
    inputs = {path.stem for path in CASES.iterdir() if path.suffix != ".blocks"}
    assert inputs == {path.stem for path in CASES.glob("*.blocks")}
    assert len(inputs) >= 4


# ---- rules: each example of each rule runs


def found_by(rule: Rule, text: str) -> bool:
    scope = rule.meaning["scope"]
    if scope in ("line", "head"):
        triggers = [word for word in rule.meaning.get("trigger", "").split("|") if word]
        let_through = not triggers or any(word in text.lower() for word in triggers)
        return let_through and re.fullmatch(pattern_of(rule, ENGLISH), text) is not None
    (compiled,) = [one for one in inline_rules(ENGLISH, scope) if one.rule.name == rule.name]
    if compiled.triggers and not any(trigger in text for trigger in compiled.triggers):
        return False
    if scope == "start":
        return compiled.pattern.match(text) is not None
    return compiled.pattern.search(text) is not None


@pytest.mark.parametrize("rule", load("en", "residue").rules, ids=lambda rule: rule.name)
def test_rule_examples(rule: Rule) -> None:
    assert rule.yes and rule.no and rule.source
    kind_of(rule)
    assert [example for example in rule.yes if not found_by(rule, example)] == []
    assert [example for example in rule.no if found_by(rule, example)] == []


LINE_RULES = [rule for rule in load("en", "residue").rules if rule.meaning["scope"] == "line"]


@pytest.mark.parametrize("rule", LINE_RULES, ids=lambda rule: rule.name)
def test_rule_holds_between_paragraphs(rule: Rule) -> None:
    before = "The bridge over the Merrin was closed at noon, and a crowd had come to see it before the ice took it."
    for example in rule.yes:
        text = f"{before}\n\n{example}\n\nNobody was hurt when it fell, and the crowd went home."
        assert [kind for kind, _ in kinds(text)] == ["paragraph", kind_of(rule), "paragraph"], example
    for example in rule.no:
        text = f"{before}\n\n{example}\n\nNobody was hurt when it fell, and the crowd went home."
        assert all(kind in ("paragraph", "subheading", "list-item") for kind, _ in kinds(text)), example


# ---- what must stay story


@pytest.mark.parametrize(
    "line",
    [
        "“Sign up for our newsletter,” the mayor told the crowd.",
        'Photo: "I took it myself," she said.',
        "RELATED: “It was never closed,” he insisted.",
        "Her brothers Nils and Jon, Ada Quill, Rolf Ash, Tom Ash and Olga Brandt came.",
        "Share prices of the ferry line fell by a third.",
        "The Associated Press was told of it on Monday.",
        "By Monday the water had gone down.",
        "He works for Getty Images.",
        "The road was shut at noon. (The other one stayed open.)",
        "She watched Gone With The Wind, All About Eve and It Happened One Night with Olga Brandt.",
    ],
)
def test_story_stays_story(line: str) -> None:
    text = f"The bridge was closed at noon and the ferry did not run.\n\n{line}\n\nNobody was hurt, the council said."
    assert [kind for kind, _ in kinds(text)] == ["paragraph"] * 3


def test_long_quoted_paragraph_with_a_credit_word_stays_story() -> None:
    words = "“It was *EXCLUSIVE* to nobody,” she said, and the crowd on the quay laughed for a long time. " * 12
    assert [kind for kind, _ in kinds(words.strip())] == ["paragraph"]


# ---- headlines of other stories


@pytest.mark.parametrize(
    ("paragraph", "headline"),
    [
        (
            "They have always kept to the island. Mara Lindqvist Shares Her First Photo From The Boat After The Storm.",
            "Mara Lindqvist Shares Her First Photo From The Boat After The Storm.",
        ),
        (
            'She laughed and said "not again." Council Says It Will Not Reopen the Bridge Before the Spring Thaw',
            "Council Says It Will Not Reopen the Bridge Before the Spring Thaw",
        ),
    ],
)
def test_trailing_headline(paragraph: str, headline: str) -> None:
    offset = trailing_headline(paragraph, ENGLISH)
    assert offset is not None
    assert paragraph[offset:] == headline


@pytest.mark.parametrize(
    "paragraph",
    [
        "They came by boat. Mara Lindqvist, Jon Tarn, Ada Quill, Rolf Ash and Olga Brandt of Lower Merrin.",
        "They came by boat. Mara Lindqvist shared her first photo from the boat after the storm.",
        "They came by boat. “Mara Lindqvist Shares Her First Photo From The Boat After The Storm.”",
        "Mara Lindqvist Shares Her First Photo From The Boat After The Storm.",
        "ALL OF THIS WAS SAID. MARA LINDQVIST SHARES HER FIRST PHOTO FROM THE BOAT AFTER IT.",
    ],
)
def test_no_trailing_headline(paragraph: str) -> None:
    assert trailing_headline(paragraph, ENGLISH) is None


def test_names_alone_are_no_headline() -> None:
    assert not is_headline("Mara Lindqvist Jon Tarn Ada Quill Rolf Ash Olga Brandt", ENGLISH)
    assert is_headline("Mara Lindqvist and Jon Tarn Reveal Why They Never Came Back", ENGLISH)


# ---- structure


def test_title_makes_the_headline() -> None:
    text = "The bridge is closed.\n\nIt was closed at noon on Monday by the council.\n"
    assert kinds(text, title="The Bridge Is Closed")[0] == ("headline", "The bridge is closed.")
    assert kinds(text)[0][0] == "paragraph"


def test_lines_of_their_own_are_paragraphs_and_wrapped_lines_are_one() -> None:
    own = "The bridge over the Merrin was closed at noon.\nThe ferry did not run for the rest of the day.\nNobody came."
    wrapped = (
        "The bridge over the river Merrin was closed at noon by the\n"
        "council, which had been warned of the ice for weeks by\n"
        "the engineers."
    )
    assert len(kinds(own)) == 3
    assert kinds(wrapped) == [("paragraph", wrapped)]


@pytest.mark.parametrize(
    ("many", "cell", "column"), [(40, "12 points", True), (39, "12 points", False), (40, "Twelve points", False)]
)
def test_a_column_of_very_short_lines_is_one_block_of_residue(many: int, cell: str, column: bool) -> None:
    text = (
        "The table of the league stood like this on Friday evening.\n\n"
        + f"{cell}\n" * many
        + "\nNobody had expected it."
    )
    blocks = clean(document(text))
    assert tiles(text, blocks)
    columns = [block for block in blocks if block.provenance.rule == "column-of-cells"]
    assert [block.span.of(text).split() for block in columns] == ([f"{cell} ".split() * many] if column else [])
    assert [block.story for block in columns] == [False] * column
    assert len(blocks) == (3 if column else many + 2)


def test_white_space_alone() -> None:
    assert clean(document("")) == ()
    assert [block.kind for block in clean(document(" \n\t\n"))] == ["boilerplate"]


def test_hints_are_kept_and_searched() -> None:
    paragraph_text = "MERRIN — The bridge was closed. pic.twitter.com/AbC123 — olga (@olga) April 2, 2011"
    text = f"Home\n\n{paragraph_text}\n\nRelated articles"
    paragraph = text.index("MERRIN"), text.index("\n\nRelated")
    hints = (
        Hint(Span(0, 4), "boilerplate", "html: nav"),
        Hint(Span(*paragraph), "paragraph", "article text"),
        Hint(Span(paragraph[1] + 2, len(text)), "paragraph", "article text"),
    )
    blocks = clean(document(text, hints=hints))
    assert [block.kind for block in blocks] == ["boilerplate", "dateline", "paragraph", "embed", "related"]
    assert blocks[0].provenance.rule == "html: nav"


# ---- laws

PHRASES = st.sampled_from(
    [
        "date 2011-04-02 ",
        "Updated April 2, 2011",
        "View gallery",
        "Photo: Tom Ash",
        "Pictured: Olga",
        "MERRIN (AP) — ",
        "pic.twitter.com/Ab1 — olga (@olga) April 2, 2011",
        "You Might Also Like",
        "“No,” she said.",
        "(Tom Ash/Getty Images)",
        "Olga Brandt",
        "The bridge was closed.",
        "• one",
        "\n",
        "\n\n",
        " ",
        "\t",
        "\u2028",
        "Read more: The Bridge",
        "(Reuters)",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PHRASES, st.text(max_size=8)), max_size=25).map("".join))


@given(TEXTS)
@settings(max_examples=250, deadline=None)
def test_blocks_tile_the_text(text: str) -> None:
    blocks = clean(document(text))
    assert tiles(text, blocks)
    assert all(len(block.span) > 0 for block in blocks)
    assert clean(document(text)) == blocks


@given(TEXTS, st.lists(st.integers(0, 120), max_size=8))
@settings(max_examples=150, deadline=None)
def test_blocks_tile_whatever_the_hints(text: str, cuts: list[int]) -> None:
    places = sorted({min(place, len(text)) for place in cuts})
    made = ("paragraph", "caption", "headline", "boilerplate", "list-item")
    hints = tuple(
        Hint(Span(start, end), made[number % len(made)], "test")  # type: ignore[arg-type]
        for number, (start, end) in enumerate(pairwise(places))
    )
    assert tiles(text, clean(document(text, hints=hints)))


@pytest.mark.parametrize(
    "unit", ["word and more. ", "“x", "(", "Aa Bb ", "pic.twitter.com/x ", "— x (@y) ", "By A", "1 "]
)
def test_a_long_line_takes_linear_time(unit: str) -> None:
    def tiled(text: str) -> None:
        assert tiles(text, clean(document(text)))

    assert grows_linearly(tiled, unit * (75_000 // len(unit)), unit * (300_000 // len(unit)))


def test_what_is_said_of_the_author_below_the_story_is_no_story() -> None:
    text = (
        "The bridge was closed.\n\nNobody came.\n\nIt rained.\n\nADA BROOK is a writer in Merrin.\n\nAda Brook said so."
    )
    found = document(text)
    (byline,) = [
        block
        for block in clean(replace(found, author=Attested("Olga Brandt, Ada Brook", "test")))
        if block.kind == "byline"
    ]
    assert byline.span.of(text).strip() == "ADA BROOK is a writer in Merrin."
    assert all(block.kind != "byline" for block in clean(found))


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("Jörg Groß is a writer in Merrin.", True),
        ("JÖRG GROSS is a writer in Merrin.", True),
        ("Jörg Grosz is a writer in Merrin.", False),
        ("Jörg Groß", False),
    ],
)
def test_the_author_is_known_whose_name_is_longer_without_case(line: str, about: bool) -> None:
    found = replace(document(f"The bridge was closed.\n\nNobody came.\n\n{line}"), author=Attested("Jörg Groß", "test"))
    assert any(block.provenance.rule == "about-the-author" for block in clean(found)) is about


def test_a_line_in_which_residue_and_story_meet_is_parted_there() -> None:
    text = "LP The bridge was closed at noon. Full text\nNothing else."
    name, words, behind = Span(0, 3), Span(3, 33), Span(34, 43)
    hints = (
        Hint(name, "metadata", "a: metadata"),
        Hint(words, "paragraph", "a: paragraph"),
        Hint(behind, "metadata", "a: metadata"),
        Hint(Span(44, len(text)), "paragraph", "a: paragraph"),
    )
    lines = split_lines(text, hints)
    assert [(line.text, line.kind) for line in lines] == [
        ("LP", "metadata"),
        ("The bridge was closed at noon.", "paragraph"),
        ("Full text", "metadata"),
        ("Nothing else.", "paragraph"),
    ]
    assert [line.text for line in lines] == [text[line.start : line.end] for line in lines]
