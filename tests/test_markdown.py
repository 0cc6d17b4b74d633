"""Markdown of web clippers and note programs: front matter is read, marks are no words."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.edge.readers import read_bytes
from tellings.edge.readers.telling import Metadata, Read
from tellings.model.records import Attested

STORY = "The bridge over the Merrin was closed at noon, and nobody may cross it before Friday."


def read(content: str, name: str = "a.md") -> Read:
    (found,) = read_bytes(name, content.encode()).tellings
    return found


def value(found: Attested | None) -> str | None:
    return found and found.value


FRONT = [
    (
        'title: "Bridge closed: what we know"\nsource: "https://courier.example/bridge"\nauthor:\n  - "[[Ada Quill]]"\n'
        '  - "[[people/Tam|Tam Reed]]"\npublished: 2015-03-03\ncreated: 2020-01-01\ntags:\n  - clippings',
        (
            "Bridge closed: what we know",
            "Ada Quill, Tam Reed",
            None,
            "https://courier.example/bridge",
            date(2015, 3, 3),
        ),
    ),
    (
        "Title: Bridge closed\nsource: The Courier\nurl: https://courier.example/b\ndate: March 3, 2015\n"
        "authors: [Ada Quill, Tam Reed]",
        ("Bridge closed", "Ada Quill, Tam Reed", "The Courier", "https://courier.example/b", date(2015, 3, 3)),
    ),
    ("created: 2020-01-01\nupdated: 2020-01-01\nauthor: 'Ada ''Q'' Quill'", (None, "Ada 'Q' Quill", None, None, None)),
    ("date_published: '[[2015-03-03]]'\ndescription: |\n  one\n  two", (None, None, None, None, date(2015, 3, 3))),
]


@pytest.mark.parametrize(("front", "wanted"), FRONT)
def test_front_matter_is_read(front: str, wanted: tuple[object, ...]) -> None:
    for line_end in ("\n", "\r\n"):
        found = read(f"---\n{front}\n---\n\n{STORY}\n".replace("\n", line_end))
        told: Metadata = found.metadata
        got = value(told.title), value(told.author), value(told.publisher), value(told.url), told.date.value
        assert got == wanted
        assert [hint.kind for hint in found.hints] == ["metadata"]
        assert found.view.text.endswith(f"---\n\n{STORY}\n")


def test_a_date_that_cannot_be_used_is_named() -> None:
    outcome = read_bytes("a.md", f"---\npublished: 03/04/2015\n---\n{STORY}".encode())
    assert [problem.kind for problem in outcome.problems] == ["date"]


@pytest.mark.parametrize(
    "content", [f"---\n{STORY}\n---\n\nMore.", f"---\n\n{STORY}", f"{STORY}\n---\ntitle: x\n---\n"]
)
def test_lines_that_are_no_front_matter(content: str) -> None:
    assert "metadata" not in {hint.kind for hint in read(content).hints}


def test_head_lines_are_read_without_front_matter() -> None:
    found = read(f"Title: Bridge closed\nDate: 2015-03-03\n\n{STORY}")
    assert value(found.metadata.title) == "Bridge closed" and found.metadata.date.value == date(2015, 3, 3)


MARKS = [
    ("A **bold** and *fine* word, __both__ and _this_.", "A bold and fine word, both and this."),
    ('See [the *bridge*](https://x.example/a_(b) "title") now.', "See the bridge now."),
    ("![A picture](https://x.example/p.jpg)\n\nWords.", "\n\nWords."),
    ("snake_case_name and 2 * 3 * 4 and a*b*c", "snake_case_name and 2 * 3 * 4 and a*b*c"),
    ("1\\. No list, \\*no\\* emphasis.", "1. No list, *no* emphasis."),
    ("A note.[^1]\n\n[^1]: Below.", "A note.\n\n[^1]: Below."),
    ("> “It rained,” said Ada.\n> For days.", "“It rained,” said Ada.\nFor days."),
    ("Before.\n\n***\n\nBehind.", "Before.\n\n\n\nBehind."),
    ("[broken](x and **open", "[broken](x and **open"),
]


@pytest.mark.parametrize(("written", "shown"), MARKS)
def test_marks_are_not_shown(written: str, shown: str) -> None:
    found = read(written)
    assert found.view.text == shown
    assert found.view.source.content == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# Shut #", "Shut"), ("# Shut  ## \t", "Shut"), ("# Shut#", "Shut#"), ("# #", "#"), ("#  ", ""),
        ("## C# ##", "C#"), ("# Shut  ", "Shut  "), ("# a # b", "a # b"),
    ],
)  # fmt: skip
def test_marks_that_close_a_heading(written: str, shown: str) -> None:
    assert read(f"{written}\n\n{STORY}").view.text == f"{shown}\n\n{STORY}"


def test_a_heading_of_spaces_is_read_in_time() -> None:
    began = time.process_time()
    read(f"# a{' ' * 100_000}b\n\n{STORY}")
    assert time.process_time() - began < 5


def test_headings_lists_and_paragraphs_are_known() -> None:
    found = read(f"# Bridge closed #\n\n{STORY}\nIt rains.\n\n## Next\n- one\n- two\n\n# More\n\n```\n# code\n```\n")
    assert [(hint.kind, hint.span.of(found.view.text).strip()) for hint in found.hints] == [
        ("headline", "Bridge closed"),
        ("paragraph", f"{STORY}\nIt rains."),
        ("subheading", "Next"),
        ("list-item", "- one"),
        ("list-item", "- two"),
        ("subheading", "More"),
        ("paragraph", "# code"),
    ]


def test_a_file_of_front_matter_alone_is_empty() -> None:
    assert [problem.kind for problem in read_bytes("a.md", b"---\ntitle: x\n---\n").problems] == ["empty"]


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab *_[](){}!#>-\\`~.1\n\r\t:\"'^|é\u200b"), max_size=120))
def test_nothing_is_shown_that_the_source_has_not(content: str) -> None:
    for found in read_bytes("a.md", content.encode()).tellings:
        assert found.view.source.content == content
        letters = [character for character in found.view.text if character.isalnum()]
        given = iter(content)
        assert all(letter in given for letter in letters)
        spans = [hint.span for hint in found.hints]
        assert all(before.end <= after.start for before, after in pairwise(spans))
