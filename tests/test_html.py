"""The page and the terminal summary: nothing of a source can run, and no line of the record is missing."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from page_sample import ATTACK, build
from rich.console import Console

from tellings.edge.writers import html, terminal, verbatim, wording
from tellings.model.record import Evidence, Head, Record, Stated
from tellings.model.records import Interval

VOID = {"meta", "br", "img", "input", "link", "hr"}


class Page(HTMLParser):
    """Elements, the lines with their words (ours left out), the texts of tellings, scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.lines: list[tuple[str, int, int, str]] = []
        self.segments: list[tuple[int, int, str]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag in VOID:
            return
        self.stack.append((tag, found))
        if "data-t" in found:
            self.lines.append((found["data-t"] or "", int(found["data-s"] or -1), int(found["data-e"] or -1), ""))
        if "data-start" in found:
            self.segments.append((int(found["data-start"] or -1), int(found["data-end"] or -1), ""))

    def handle_endtag(self, tag: str) -> None:
        opened, found = self.stack.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"
        if "data-exact" in found:
            label, start, end, _ = self.lines[-1]
            self.lines[-1] = (label, start, end, found["data-exact"] or "")

    def handle_data(self, data: str) -> None:
        tag = self.stack[-1][0] if self.stack else ""
        if tag in self.raw:
            self.raw[tag].append(data)
            return
        self.words += data
        names = [found for _, found in self.stack]
        if any("data-ours" in found for found in names):
            return
        if any("data-t" in found for found in names) and not any("data-exact" in found for found in names):
            label, start, end, words = self.lines[-1]
            self.lines[-1] = (label, start, end, words + data)
        if any("data-start" in found for found in names):
            start, end, words = self.segments[-1]
            self.segments[-1] = (start, end, words + data)


@pytest.fixture(scope="module")
def record() -> Record:
    return build()


@pytest.fixture(scope="module")
def text(record: Record) -> str:
    return html.render(record)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_every_evidence_of_the_record_is_a_line_with_exactly_its_words(record: Record, page: Page) -> None:
    shown = set(page.lines)
    missing = [
        (path, evidence)
        for path, evidence in record.evidence()
        if (evidence.telling, evidence.start, evidence.end, evidence.exact) not in shown
    ]
    assert not missing
    assert len(shown) > 40


def test_every_line_leads_to_an_element_of_its_telling(page: Page) -> None:
    ids = [found["id"] for _, found in page.tags if found.get("id")]
    assert len(ids) == len(set(ids))
    for _, found in page.tags:
        if "data-t" in found:
            target = (found["href"] or "")[1:]
            assert target in ids
            assert target.startswith(f"{found['data-t']}-")
    assert all(
        (found["href"] or "")[1:] in ids for tag, found in page.tags if tag == "a" and (found["href"] or "")[:1] == "#"
    )


def test_segments_of_a_telling_are_its_text_character_for_character(record: Record, page: Page) -> None:
    whole = "".join(telling.text or "" for telling in record.tellings)
    assert "".join(words for _, _, words in page.segments) == whole
    assert all(end - start == len(words) for start, end, words in page.segments)


def test_nothing_of_a_source_becomes_markup(text: str, page: Page) -> None:
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not [tag for tag, _ in page.tags if tag in ("img", "iframe", "link", "object", "base")]
    assert ATTACK in page.words
    assert ATTACK not in text
    handlers = [name for _, found in page.tags for name in found if name.startswith("on") or name == "style"]
    assert not handlers
    addresses = [value for _, found in page.tags for name, value in found.items() if name in ("href", "src")]
    assert not [value for value in addresses if value and value.startswith(("javascript", "data"))]
    assert "javascript:alert(1)" in page.words


def test_policy_allows_only_what_is_in_the_page(page: Page) -> None:
    policy = next(found["content"] or "" for _, found in page.tags if "http-equiv" in found)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        (content,) = page.raw[kind]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "http://" not in "".join(page.raw["script"] + page.raw["style"])
    assert "url(" not in page.raw["style"][0]
    assert "@import" not in page.raw["style"][0]


def test_same_record_same_bytes_whatever_the_hash_seed() -> None:
    here = Path(__file__).parent
    program = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); from page_sample import build; "
        "from tellings.edge.writers import html; "
        "print(hashlib.sha256(html.render(build()).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, str(here)],
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin", "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert digests == {hashlib.sha256(html.render(build()).encode()).hexdigest() + "\n"}


def test_without_texts_the_cited_words_are_shown_and_lead_somewhere() -> None:
    record = build(texts=False)
    page = Page(html.render(record))
    assert page.words.count("This record was written without texts.") == len(record.tellings)
    assert "ten harbour walks" not in page.words
    ids = {found["id"] for _, found in page.tags if found.get("id")}
    for _, evidence in record.evidence():
        assert f"{evidence.telling}-c{evidence.start}-{evidence.end}" in ids
    cited = {(start, end, words) for start, end, words in page.segments}
    assert {(item.start, item.end, item.exact) for _, item in record.evidence()} <= cited


def test_what_html_cannot_hold_keeps_its_place() -> None:
    record = build()
    (first, *rest) = record.tellings
    text = "a\x00b\ud800c\r\nd \u202e\x85"
    changed = replace(first, text=text, blocks=())
    page = Page(html.render(replace(record, tellings=(changed, *rest), timeline=(), quotes=(), facts=(), passages=())))
    start, end, words = page.segments[0]
    assert (start, end) == (0, len(text))
    assert words == "a\ufffdb\ufffdc\r\nd \u202e\x85"


@pytest.mark.parametrize(
    "attack", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:x", "data:text/html,x", "//x", "http://["]
)
def test_only_web_addresses_become_links(attack: str) -> None:
    record = build()
    tellings = tuple(replace(item, url=Stated(attack, "feed")) for item in record.tellings)
    page = Page(html.render(replace(record, tellings=tellings)))
    assert all((found["href"] or "").startswith("#") for tag, found in page.tags if tag == "a")


def test_an_empty_record_is_a_page_that_says_so() -> None:
    empty = Record("tellings-record/2", "0", Head(0, 0, 0, 0, None, None, 0, None), (), (), (), (), (), (), (), ())
    page = Page(html.render(empty))
    assert "The record of 0 tellings" in page.words
    for said in ("No dated line was found", "No quotation was found", "No value was found", "No passage"):
        assert said in page.words


def test_findings_are_worded_without_a_verdict(page: Page) -> None:
    for word in ("contradict", "false", "copied", "copy of", "wrong"):
        assert not re.search(rf"\b{word}", page.words, re.IGNORECASE), word
    for said in (
        "Reports differ",
        "Does not add up",
        "only in C",
        "printed only by B",
        "2 more tellings (B, D)",
        "vague",
    ):
        assert said in page.words


def test_a_mark_that_overlaps_another_is_left_out_and_no_word_is_lost() -> None:
    from tellings.model.record import Mark

    evidence = Evidence("A", 10, 20, "ten <letters"[:10])
    marks = (Mark(10, 14, "time"), Mark(12, 16, "value"), Mark(18, 25, "head"), Mark(14, 15, "cue"))
    assert (
        str(verbatim.marked(evidence, marks))
        == '<mark class="at-time">ten </mark><mark class="at-cue">&lt;</mark>lette'
    )


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2020-09-12", "2020-09-12", "12 Sept 2020"),
        ("2020-09-20", "2020-09-30", "20–30 Sept 2020"),
        ("2020-09-01", "2020-09-30", "September 2020"),
        ("2020-02-01", "2020-02-28", "1–28 Feb 2020"),
        ("2021-02-01", "2021-02-28", "February 2021"),
        ("2020-06-01", "2020-08-31", "June–August 2020"),
        ("2020-09-28", "2020-10-02", "28 Sept – 2 Oct 2020"),
        ("2020-12-30", "2021-01-02", "30 Dec 2020 – 2 Jan 2021"),
        ("2020-01-01", "2020-12-31", "2020"),
        ("1990-01-01", "1999-12-31", "1990–1999"),
    ],
)
def test_days_are_said_as_short_as_they_can_be(first: str, last: str, said: str) -> None:
    assert wording.days(Interval(date.fromisoformat(first), date.fromisoformat(last))) == said


@pytest.mark.parametrize(
    ("words", "width", "short"),
    [
        ("one two three", 13, ("one two three", False)),
        ("one two three", 12, ("one two…", True)),
        ("one two three", 8, ("one two…", True)),
        ("one  two\nthree", 13, ("one two three", False)),
        ("unbreakable", 6, ("unbre…", True)),
    ],
)
def test_words_are_shortened_at_a_word_boundary(words: str, width: int, short: tuple[str, bool]) -> None:
    assert wording.shorten(words, width) == short


@pytest.mark.parametrize("width", [40, 72, 120])
def test_the_summary_fits_the_terminal_and_says_what_the_record_says(record: Record, width: int) -> None:
    out = io.StringIO()
    files = [Path("/somewhere/a/long/way/down/the/tree/of/folders/record.html")]
    terminal.summary(record, Console(file=out, width=width, color_system=None), written=files)
    printed = out.getvalue()
    assert "\x1b" not in printed
    lines = [line for line in printed.splitlines() if not line.startswith("Written: ")]
    assert max(map(len, lines)) <= width
    assert f"Written: {files[0]}\n" in printed
    joined = " ".join(printed.split())
    for said in (
        "4 tellings",
        "1 undated",
        "Reports differ",
        "41 (A, D)",
        "Ana Brandt",
        "telling missing",
        "shortened here",
    ):
        assert said in joined


def test_the_summary_prints_words_of_sources_as_data(record: Record) -> None:
    out = io.StringIO()
    people = replace(record.quotes[0].speaker, name="[red]Ana[/red] :smile: \x1b[31m\u202e")
    quotes = (replace(record.quotes[0], speaker=people),)
    console = Console(file=out, width=100, force_terminal=True, color_system="truecolor")
    terminal.summary(replace(record, quotes=quotes), console, written=[])
    assert "[red]Ana[/red] :smile: [31m" in out.getvalue()
    assert "\u202e" not in out.getvalue()


def test_the_sample_itself_is_true(record: Record) -> None:
    for path, evidence in record.evidence():
        text = record.telling(evidence.telling).text
        assert text is not None
        assert text[evidence.start : evidence.end] == evidence.exact, path
