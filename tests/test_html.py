"""The page and the terminal summary: nothing of a source can run, and no line of the record is missing."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_sample import ATTACK, WHY, build, explained
from rich.console import Console

from tellings.edge.writers import html, packing, pictures, slim, terminal, wording
from tellings.model.record import Evidence, Head, Line, Mark, PersonLine, Record, Stated
from tellings.model.records import Interval

#: A telling, a start and a length.
Stretch = tuple[int, int, int]
VOID = {"meta", "br", "img", "input", "link", "hr"}


class Page(HTMLParser):
    """Elements, the lines with their words (ours left out), the texts of tellings, the data, scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.lines: list[tuple[str, int, int, str]] = []
        self.texts: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": [], "data": []}
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
        if found.get("class") == "text":
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.stack.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        tag = self.stack[-1][0] if self.stack else ""
        if tag in self.raw:
            self.raw["data" if self.stack[-1][1].get("id") == "data" else tag].append(data)
            return
        self.words += data
        names = [found for _, found in self.stack]
        if any("data-ours" in found for found in names):
            return
        if any("data-t" in found for found in names):
            label, start, end, words = self.lines[-1]
            self.lines[-1] = (label, start, end, words + data)
        if any(found.get("class") == "text" for found in names):
            self.texts[-1] += data

    @property
    def data(self) -> Any:
        """What the page hands to its script, its rows unpacked."""
        (content,) = self.raw["data"]
        data = json.loads(content)
        return data | {name: rows_of(data[name], data["constants"]) for name in data["packed"]}

    def evidence(self) -> list[tuple[str, int, int, str]]:
        """Every evidence that a row of the data refers to: of the table, and of the passages."""
        data, texts = self.data, iter(self.texts)
        labels = [telling[0] for telling in data["tellings"]]
        held = {label: next(texts, "") for label in labels}
        numbers, signed = unpacked(data["evidence"]), lambda told: -(told + 1) // 2 if told % 2 else told // 2
        found = []
        telling = start = 0
        for place, (step, behind, length) in enumerate(zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)):
            telling, start = telling + signed(step), signed(behind) + (0 if step else start)
            label = labels[telling]
            words = data["words"].get(str(place), held[label][start : start + length])
            found.append((label, start, start + length, words))
        for side in (side for _, *sides in passages_of(data) for side in sides):
            telling, start, length = side
            found.append((labels[telling], start, start + length, held[labels[telling]][start : start + length]))
        return found


def passages_of(data: Any) -> Iterator[tuple[tuple[int, bool, str], Stretch, Stretch]]:
    """Of each passage its words, whether both quote it and its rule, and both sides."""
    pairs, table = data["pairs"], iter(unpacked(data["pairs"]["stretches"]))
    stretches: list[list[tuple[int, int]]] = []
    for many in table:
        starts, lengths = zip(*((next(table), next(table)) for _ in range(many)), strict=True) if many else ((), ())
        stretches.append(list(zip(accumulate(starts), lengths, strict=True)))
    numbers = iter(unpacked(pairs["numbers"]))
    first = second = 0
    for behind in numbers:
        many, other = divmod(next(numbers), 2)
        first, second = first + (next(numbers) if other else 0), behind + (0 if other else second)
        for _ in range(many):
            a, b, told = next(numbers), next(numbers), next(numbers)
            why = data["whys"][pairs["whys"][next(numbers) if told % 2 else 0]][1]
            yield (told >> 2, told >> 1 & 1 == 1, why), (first, *stretches[first][a]), (second, *stretches[second][b])


def rows_of(packed: str, constants: list[Any]) -> Any:
    """Packed rows, read another way than the page does: bytes taken from the front."""
    left = list(base64.b64decode(packed))
    last = -1

    def number() -> int:
        size = next(at for at, byte in enumerate(left) if byte < 128) + 1
        taken, left[:] = left[:size], left[size:]
        return sum((byte & 127) << 7 * at for at, byte in enumerate(taken))

    def value() -> Any:
        nonlocal last
        told, what = divmod(number(), 8)
        if what == packing.EVIDENCE:
            last += 1 + (-(told + 1) // 2 if told % 2 else told // 2)
            return last
        if what == packing.ID:
            digits, left[:] = left[:5], left[5:]
            return packing.KINDS[told] + bytes(digits).hex()
        return {
            packing.INTEGER: lambda: told,
            packing.LIST: lambda: [value() for _ in range(told)],
            packing.CONSTANT: lambda: constants[told],
        }[what]()

    found = value()
    assert not left
    return found


def ids_of(pairs: Any) -> list[str]:
    """The ids of passages."""
    digits = base64.b64decode(pairs["ids"]).hex()
    told = [pairs["kind"] + digits[at : at + 10] for at in range(0, len(digits), 10)]
    return [pairs["others"].get(str(place), id) for place, id in enumerate(told)]


def unpacked(content: str) -> list[int]:
    """Numbers from LEB128 in base64, read another way than the page does."""
    bits = [f"{byte:08b}" for byte in base64.b64decode(content)]
    numbers, digits = [], ""
    for bit in bits:
        digits = bit[1:] + digits
        if bit[0] == "0":
            numbers.append(int(digits, 2))
            digits = ""
    return numbers


@pytest.fixture(scope="module")
def record() -> Record:
    return build()


@pytest.fixture(scope="module")
def text(record: Record) -> str:
    return html.render(record)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_every_evidence_of_the_record_is_in_the_data_with_exactly_its_words(record: Record, page: Page) -> None:
    shown = set(page.evidence())
    missing = [
        (path, evidence)
        for path, evidence in record.evidence()
        if not path.startswith("head") and (evidence.telling, evidence.start, evidence.end, evidence.exact) not in shown
    ]
    assert not missing
    assert len(shown) > 40


def test_words_that_do_not_stand_in_the_text_are_kept_as_the_record_has_them(record: Record) -> None:
    entry = record.timeline[0]
    words = entry.lines[0].words
    forged = (
        replace(words, exact="The bridge was built in 1850."),
        replace(words, telling="Z"),
        replace(words, start=-4),
    )
    for other in forged:
        changed = replace(entry, lines=(replace(entry.lines[0], words=other),))
        page = Page(html.render(replace(record, timeline=(changed,))))
        assert (other.telling, max(other.start, 0), other.exact) in {
            (label, start, exact) for label, start, _, exact in page.evidence()
        }


@pytest.mark.parametrize("numbers", [[], [0], [127, 128, 16383, 16384, 2**31, 0, 5_000_000]])
def test_numbers_are_packed_without_loss(numbers: list[int]) -> None:
    assert unpacked(packing.packed(numbers)) == numbers


@pytest.mark.parametrize(
    "ids",
    [
        [],
        ["s-0123456789"],
        ["s-00ff00ff00", "s-ffffffffff-2", "s-abcdef0123"],
        ["s1", "s2"],
        ["s-0123456789", "x-0123456789", "s-ABCDEF0123", ""],
    ],
)
def test_ids_are_packed_without_loss(ids: list[str]) -> None:
    assert ids_of(json.loads(json.dumps(packing.packed_ids(ids)))) == ids


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2**40) | st.floats(0.001, 2) | st.text()
    | st.from_regex(r"[a-z]-[0-9a-f]{10}", fullmatch=True) | st.integers(0, 99_999).map(packing.Cited),
    st.lists,
)  # fmt: skip


@given(st.lists(_VALUES), st.lists(_VALUES))
def test_rows_are_packed_without_loss(rows: list[Any], others: list[Any]) -> None:
    packing_of_both = packing.Rows()
    told = [packing_of_both.packed(rows), packing_of_both.packed(others)]
    constants = json.loads(json.dumps(packing_of_both.constants))
    assert [rows_of(each, constants) for each in told] == [rows, others]
    assert str([rows_of(each, constants) for each in told]) == str([rows, others])  # 1 is no 1.0 and no `True`


def test_evidence_in_its_order_takes_a_byte_each() -> None:
    cited = [packing.Cited(number) for number in range(70_000, 71_000)]
    assert len(base64.b64decode(packing.Rows().packed(cited))) < 1_010


@given(st.integers(-(10**9), 10**9))
def test_a_signed_number_is_told_by_one_from_0_up(number: int) -> None:
    told = packing.signed(number)
    assert told >= 0 and number == (-(told + 1) // 2 if told % 2 else told // 2)


def test_a_passage_has_its_words_and_its_why(record: Record, page: Page) -> None:
    data = page.data
    told = {id: said for id, (said, *_) in zip(ids_of(data["pairs"]), passages_of(data), strict=True)}
    assert told == {each.id: (each.words, each.kind == "quotation", each.why.rule) for each in record.passages}


def test_every_row_of_the_record_is_in_the_data(record: Record, page: Page) -> None:
    data = page.data
    assert [row[0] for row in data["timeline"]] == [entry.id for entry in record.timeline]
    quotes = [row[0] for _, rows in data["quotes"] for row in rows] + [row[0] for row in data["unsure"]]
    assert sorted(quotes) == sorted(entry.id for entry in record.quotes)
    assert sorted(row[0] for *_, rows in data["facts"] for row in rows) == sorted(entry.id for entry in record.facts)
    assert sorted(ids_of(data["pairs"])) == sorted(entry.id for entry in record.passages)
    assert [row[0] for row in data["people"]] == [person.id for person in record.people]


def test_every_link_leads_to_an_element_or_to_a_row(record: Record, page: Page) -> None:
    ids = [found["id"] for _, found in page.tags if found.get("id")]
    assert len(ids) == len(set(ids))
    rows = {
        entry.id for entries in (record.timeline, record.quotes, record.facts, record.passages) for entry in entries
    }
    rows |= {f"pair-{passage.a.telling}-{passage.b.telling}" for passage in record.passages}
    rows |= {person.id for person in record.people} | {f"by-{key}" for key, _ in page.data["quotes"]}
    for tag, found in page.tags:
        if "data-t" in found:
            target = (found["href"] or "")[1:]
            assert target in ids
            assert target.startswith(f"{found['data-t']}-")
        elif tag == "a" and (found["href"] or "")[:1] == "#":
            assert (found["href"] or "")[1:] in {*ids, *rows}


def test_the_opening_rows_stand_there_without_script(record: Record, page: Page) -> None:
    assert len(page.lines) > 5
    for label, start, end, words in page.lines:
        assert words == (record.telling(label).text or "")[start:end]
    many = replace(record, facts=tuple(replace(record.facts[0], id=f"x{number}") for number in range(60)))
    longer = Page(html.render(many))
    shown = sum(found.get("class") == "fact" for _, found in longer.tags)
    assert 0 < shown < 60
    assert f"{60 - shown} more: the script of this page shows them." in longer.words


def test_the_text_of_a_telling_is_there_character_for_character(record: Record, page: Page) -> None:
    assert page.texts == [telling.text for telling in record.tellings]


def test_a_line_says_why_with_stage_rule_score_and_evidence() -> None:
    data = Page(html.render(explained())).data
    assert data["whys"][data["timeline"][0][-1]] == ["dating", "<a clause>", 0.51, [0]]
    assert data["whys"][data["timeline"][1][-1]] == ["test", "by hand", None, []]


def test_what_is_drawn_does_not_grow_with_the_pile(record: Record) -> None:
    labels = [f"T{number}" for number in range(200)]
    tellings = tuple(replace(record.tellings[0], label=label, id=label) for label in labels)
    place = record.passages[0].a
    passages = tuple(
        replace(record.passages[0], id=f"s{at}", a=replace(place, telling=a), b=replace(place, telling=b))
        for at, (a, b) in enumerate(pairwise(labels))
    )
    lines = tuple(Line(replace(place, telling=label), why=WHY) for label in labels)
    values = (replace(record.facts[0].values[0], lines=lines),)
    facts = tuple(replace(record.facts[0], id=f"f{number}", values=values) for number in range(100))
    pile = replace(
        record, head=replace(record.head, title=None), tellings=tellings, passages=passages, facts=facts,
        near_duplicates=(), origins=(tuple(labels),), timeline=(), quotes=(), people=(), brief=(), credits=(),
    )  # fmt: skip
    page = Page(html.render(pile))
    drawn = sum(tag not in ("bdi", "span", "dt", "dd", "div") for tag, _ in page.tags)
    assert drawn < 30 * len(labels), "a few elements for each article, and no table of them"
    assert len(ids_of(page.data["pairs"])) == len(passages)
    # The reasons of one large origin are as many as the pairs that share something, not as all pairs.
    assert len(page.data["origins"][0][1]) == len(passages)


def test_nothing_of_a_source_becomes_markup(text: str, page: Page) -> None:
    kinds = [found.get("type") for tag, found in page.tags if tag == "script"]
    assert kinds == ["application/json", None], "the data, which does not run, and the page's own script"
    assert "<" not in page.raw["data"][0]
    assert not [tag for tag, _ in page.tags if tag in ("img", "iframe", "link", "object", "base")]
    assert ATTACK in page.words
    assert ATTACK in json.dumps(page.data).replace("\\", "") or ATTACK in page.texts[2]
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
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin", "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert digests == {hashlib.sha256(html.render(build()).encode()).hexdigest() + "\n"}


def test_without_texts_the_cited_words_are_in_the_data() -> None:
    record = build(texts=False)
    page = Page(html.render(record))
    assert page.words.count("This record was written without texts.") == len(record.tellings)
    assert "ten harbour walks" not in page.words + page.raw["data"][0]
    data = page.data
    cited = {item.exact for _, item in record.evidence()}
    assert cited <= set(data["words"].values())
    ids = {found["id"] for _, found in page.tags if found.get("id")}
    assert all((found["href"] or "")[1:] in ids for _, found in page.tags if "data-t" in found)


def test_what_html_cannot_hold_keeps_its_place() -> None:
    record = build()
    (first, *rest) = record.tellings
    text = "a\x00b\ud800c\r\nd \u202e\x85"
    changed = replace(first, text=text, blocks=())
    page = Page(html.render(replace(record, tellings=(changed, *rest), timeline=(), quotes=(), facts=(), passages=())))
    assert page.texts[0] == "a\ufffdb\ufffdc\r\nd \u202e\x85"


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
    assert "The record of 0 articles" in page.words
    for said in ("No dated line was found", "No quotation was found", "No value was found", "No passage"):
        assert said in page.words


def test_findings_are_worded_without_a_verdict(page: Page) -> None:
    for word in ("contradict", "false", "copied", "copy of", "wrong"):
        assert not re.search(rf"\b{word}", page.words, re.IGNORECASE), word
    for said in ("Reports differ", "Does not add up", "Where they differ", "near-duplicates"):
        assert said in page.words


def test_a_mark_that_overlaps_another_is_left_out(record: Record) -> None:
    entry = record.timeline[1]
    words = entry.lines[0].words
    at = words.start
    marks = (
        Mark(at, at + 4, "time"),
        Mark(at + 2, at + 6, "value"),
        Mark(words.end - 1, words.end + 5, "head"),
        Mark(at + 4, at + 5, "cue"),
    )
    changed = replace(entry, lines=(Line(words, marks, why=WHY),))
    (line,) = Page(html.render(replace(record, timeline=(changed,)))).data["timeline"][0][4]
    assert line[1:] == [slim.ROLES.index("time"), 0, 4, slim.ROLES.index("cue"), 4, 1]


@pytest.mark.parametrize(
    ("name", "said", "found"),
    [
        ("Ann", "Annual figures came", False),
        ("Ann", "Then Ann spoke.", True),
        ("Ann", "It was Ann’s house", True),
        ("Ann", "said MaryAnn", False),
        ("O’Neil", "with O’Neil there", True),
        ("D. B. Ellery", "as D. B. Ellery said", True),
        ("Ell", "the port, Ellery", False),
        ("(Ana)", "as (Ana) said", True),
    ],
)
def test_people_are_found_by_their_names_as_whole_words(record: Record, name: str, said: str, found: bool) -> None:
    person = PersonLine("p9", "Somebody", (Evidence("A", 0, len(name), name),), why=WHY)
    entry = replace(record.timeline[0], lines=(Line(Evidence("A", 0, len(said), said), why=WHY),))
    choices, by_entry = pictures.mentioned(replace(record, people=(person,), timeline=(entry,)))
    assert by_entry == {entry.id: ["p9"] if found else []}
    assert choices == ([("p9", "Somebody (1)")] if found else [])


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
    for said in ("4 articles", "1 undated", "Reports differ", "41 (", "Ana Brandt", "article missing"):
        assert said in joined
    assert ("shortened here" in joined) == ("… (" in joined or "…” (" in joined or "”… (" in joined)


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
