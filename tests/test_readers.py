"""The readers: what is read, what is refused and named, and the laws of the view."""

from __future__ import annotations

import json
import os
import random
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import docx, paragraph
from project import grows_linearly

from tellings.edge.readers import read_bytes, read_paths
from tellings.edge.readers.bylines import without_by
from tellings.edge.readers.dates import DateError, parse_date, written_days
from tellings.edge.readers.html.scan import scan
from tellings.edge.readers.kinds import SUFFIXES
from tellings.model.records import Document, Problem
from tellings.model.text import Span, View

PAGE = (Path(__file__).parent / "cases" / "clean" / "page.html").read_bytes()
STORY = "The bridge over the Merrin was closed at noon."


def written(folder: Path, **files: bytes | str) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read_one(folder: Path, name: str, content: bytes | str) -> tuple[Document, tuple[Problem, ...]]:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    (found,), problems = read_paths([folder / name])
    return found, problems


def kinds(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.kind for problem in problems]


# ---- bad input, as a table: name, bytes, kind of problem, whether a telling is lost

BAD = [
    ("empty.txt", b"", "empty", True),
    ("white.txt", b" \n\t ", "empty", True),
    ("unseen.txt", "\ufeff\u200b".encode(), "empty", True),
    ("marks.txt", " \u0301\u0308 \u0301\n".encode(), "empty", True),
    ("marks.md", " \u0301\u0308 \u0301\n".encode(), "empty", True),
    ("marks.html", "<p>\u0301 \u0308".encode(), "empty", True),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "unreadable", True),
    ("control.txt", bytes(range(1, 32)) * 20 + b"\xff", "unreadable", True),
    ("paper.txt", b"%PDF-1.7 something", "unreadable", True),
    ("latin.txt", "The café closed at noon, said its owner, Ada.".encode("cp1252"), "encoding", False),
    ("damaged.txt", "“A” “B” “C” “D” “E”".encode() + b" \xff end", "encoding", False),
    ("page.html", b"<nav><a href=/>Home</a></nav>", "no-article", False),
    ("tags.html", b"<p> </p><script>x</script>", "empty", True),
    ("broken.json", b'{"text": "a"', "malformed", True),
    ("deep.json", b"[" * 200_000, "malformed", True),
    ("number.json", b"17", "malformed", True),
    ("none.json", b"[]", "empty", True),
    ("no_text.json", b'{"title": "a"}', "malformed", True),
    ("blank.json", b'{"text": "  "}', "empty", True),
    ("digits.jsonl", b'{"text": ' + b"1" * 5000 + b"}", "malformed", True),
    ("head.txt", b"date 2015-02-30 The bridge closed.", "date", False),
    ("early.txt", b"date 1203-02-03 The bridge closed.", "date", False),
    ("late.txt", b"Date: 2999-01-01\n\nThe bridge closed.", "date", False),
    ("unclear.json", b'{"text": "The bridge closed.", "date": "03/04/2015"}', "date", False),
    ("unseen_inside.txt", "The bri\u200bdge \u202eclosed\u202c.".encode(), "characters", False),
    ("long.txt", b"a" * 5_000_001, "too-large", True),
    ("long.jsonl", b'{"text": "' + b"a" * 5_000_001 + b'"}', "too-large", True),
    ("long.html", b"<p>" + b"a" * 5_000_001, "too-large", True),
    ("table.csv", b"a,b\n1,2\n", "malformed", True),
]


@pytest.mark.parametrize(("name", "content", "kind", "lost"), BAD, ids=[name for name, *_ in BAD])
def test_bad_input_is_named(tmp_path: Path, name: str, content: bytes, kind: str, lost: bool) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    found, problems = read_paths([tmp_path])
    (problem,) = [problem for problem in problems if problem.kind == kind]
    assert problem.lost is lost
    assert problem.place.startswith(name)
    assert problem.message and problem.remedy
    assert len(found) == (1 if lost else 2)


def test_a_malformed_line_names_its_place_and_loses_no_other(tmp_path: Path) -> None:
    lines = ['{"text": "One bridge."}', '{"text": "Two', "", "[1]", '{"text": "Three bridges.\u2028Ever."}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found, problems = read_paths([tmp_path / "a.jsonl"])
    assert [(document.name, document.text) for document in found] == [
        ("a.jsonl#1", "One bridge."),
        ("a.jsonl#5", "Three bridges.\nEver."),
    ]
    assert [problem.place for problem in problems] == ["a.jsonl#2", "a.jsonl#4"]
    assert "line 2, column" in problems[0].message


# ---- paths


def test_folders_are_read_through_and_hidden_files_are_not(tmp_path: Path) -> None:
    written(tmp_path, b_DOT_txt=STORY, sub__a_DOT_md="Other words.", _DOT_hidden_DOT_txt="x", _DOT_git__c_DOT_txt="x")
    (tmp_path / "folder.txt").mkdir()
    written(tmp_path / "folder.txt", d="A third text, without a suffix.")
    found, problems = read_paths([tmp_path])
    assert [document.name for document in found] == ["b.txt", "folder.txt/d", "sub/a.md"]
    assert problems == ()


def test_links_that_loop_and_lead_nowhere(tmp_path: Path) -> None:
    written(tmp_path, a_DOT_txt=STORY)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found, problems = read_paths([tmp_path])
    assert [document.name for document in found] == ["a.txt"]
    assert kinds(problems) == ["unreadable", "unreadable"]


def test_a_pipe_and_a_missing_path_are_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    found, problems = read_paths([tmp_path / "pipe.txt", tmp_path / "missing.txt", "nul\0byte"])
    assert found == ()
    assert kinds(problems) == ["unreadable"] * 3


@pytest.mark.parametrize("name", [b"caf\xe9.txt", "“quoted” \n name.txt".encode(), b"-.txt", b"a#3.txt", b"%41.txt"])
def test_odd_names(tmp_path: Path, name: bytes) -> None:
    (tmp_path / os.fsdecode(name)).write_text(STORY, encoding="utf-8")
    found, problems = read_paths([tmp_path])
    assert problems == ()
    found[0].name.encode("utf-8")
    assert found[0].text == STORY


def test_order_of_paths_changes_nothing_and_a_path_given_twice_is_read_once(tmp_path: Path) -> None:
    written(tmp_path, a_DOT_txt=STORY, b_DOT_json='[{"text": "B1."}, {"text": "B2."}]', c_DOT_html=PAGE, e_DOT_txt="")
    paths: list[str | Path] = [tmp_path / name for name in ("a.txt", "b.json", "c.html", "e.txt")]
    first = read_paths(paths)
    shuffled = [*paths, tmp_path / "a.txt"]
    random.Random(3).shuffle(shuffled)
    assert read_paths(shuffled) == first
    assert [document.name for document in first[0]] == ["a.txt", "b.json#1", "b.json#2", "c.html"]


def test_ids_depend_on_the_characters_only(tmp_path: Path) -> None:
    written(tmp_path, x__a_DOT_txt=STORY, y__b_DOT_txt=STORY)
    (one,), _ = read_paths([tmp_path / "x"])
    found, problems = read_paths([tmp_path / "x" / "a.txt", tmp_path / "y" / "b.txt"])
    assert [document.id for document in found] == [one.id, f"{one.id}-2"]
    (duplicate,) = problems
    assert (duplicate.kind, duplicate.lost) == ("duplicate", False)


def test_renaming_moving_and_reordering_change_no_id(tmp_path: Path) -> None:
    texts = {"a": "First words.", "b": "URL: https://quay.example/1\n\nB.", "c": "URL: http://Quay.example/1/#x\n\nC."}
    for number, names in enumerate(("abc", "cab", "bca")):
        for name, text in zip(names, texts.values(), strict=True):
            written(tmp_path, **{f"{number}__{name}_DOT_txt": text})
    piles = [read_paths([tmp_path / str(number)])[0] for number in range(3)]
    ids = [{document.id: document.text for document in pile} for pile in piles]
    assert len(ids[0]) == 3
    assert ids[0] == ids[1] == ids[2]
    at_one_address = [identifier for identifier in ids[0] if "-" in identifier]
    assert len({identifier.partition("-")[0] for identifier in at_one_address}) == 1 and len(at_one_address) == 2


def test_duplicates_name_both(tmp_path: Path) -> None:
    written(tmp_path, a_DOT_txt=STORY, b_DOT_txt=STORY)
    found, (problem,) = read_paths([tmp_path])
    assert len(found) == 2
    assert problem.place == "b.txt"
    assert "a.txt" in problem.message


@pytest.mark.parametrize(
    ("data", "media_type", "count"),
    [
        (STORY.encode(), "text/plain", 1),
        (b'{"text": "One."}\n{"text": "Two."}\n', "text/plain", 2),
        (b'{\n "articles": [{"text": "One."}, {"body": "Two."}]\n}', "text/plain", 2),
        (PAGE, "text/html", 1),
    ],
)
def test_standard_input_is_sniffed(data: bytes, media_type: str, count: int) -> None:
    found, problems = read_paths(["-"], stdin=data)
    assert [document.media_type for document in found] == [media_type] * count
    assert [problem for problem in problems if problem.lost] == []


def test_progress_counts_files(tmp_path: Path) -> None:
    written(tmp_path, a_DOT_txt=STORY, b_DOT_txt="Other words.")
    seen: list[tuple[int, int]] = []
    read_paths([tmp_path], progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


# ---- plain text


@pytest.mark.parametrize(
    ("text", "value", "rule", "words"),
    [
        (" date 2015-03-09 The bridge closed.", date(2015, 3, 9), "head-date", "date 2015-03-09"),
        ("date 2015-03-09\nThe bridge closed.", date(2015, 3, 9), "head-date", "date 2015-03-09"),
        ("\ufeffdate 2015-03-09\r\nThe bridge closed.", date(2015, 3, 9), "head-date", "date 2015-03-09"),
        ("Title: X\nDate: March 9, 2015\n\nThe bridge closed.", date(2015, 3, 9), "head-line", "Date: March 9, 2015"),
        ("The date 2015-03-09 was a Monday.", None, "none", None),
        ("The bridge closed.\nDate: 2015-03-09", None, "none", None),
    ],
)
def test_head_dates(tmp_path: Path, text: str, value: date | None, rule: str, words: str | None) -> None:
    found, _ = read_one(tmp_path, "a.txt", text)
    assert (found.date.value, found.date.rule) == (value, rule)
    assert (found.date.span.of(found.text) if found.date.span else None) == words


def test_head_lines(tmp_path: Path) -> None:
    head = "Title: Bridge closed\nSource: The Quay\nAuthor: Ada Quill\nURL: https://quay.example/1\n\n"
    found, _ = read_one(tmp_path, "a.txt", head + STORY)
    assert found.title and found.publisher and found.author and found.url
    assert (found.title.value, found.publisher.value, found.author.value, found.url.value) == (
        "Bridge closed",
        "The Quay",
        "Ada Quill",
        "https://quay.example/1",
    )
    assert found.publisher.evidence == "head line Source"


def test_head_lines_behind_a_day(tmp_path: Path) -> None:
    found, _ = read_one(tmp_path, "a.txt", f"date 2024-03-09\nTitle: Bridge closed\nSource: The Quay\n\n{STORY}")
    assert found.title and found.publisher
    assert (found.title.value, found.publisher.value) == ("Bridge closed", "The Quay")
    same_line, _ = read_one(tmp_path, "b.txt", f"date 2024-03-09 Title: Bridge closed\n\n{STORY}")
    assert same_line.title is None


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("a\r\nb\rc\u2028d\x0ce", "a\nb\nc\nd\ne"),
        ("\ufeffso\u00adft ze\u200bro wo\u2060rd \x07bell", "soft zero word bell"),
        ("ri\u200dght \u202ebidi\u202c", "right bidi"),
        ("👩\u200d🚒 می\u200cخواهم", "👩\u200d🚒 می\u200cخواهم"),
    ],
)
def test_unseen_characters(tmp_path: Path, source: str, shown: str) -> None:
    found, _ = read_one(tmp_path, "a.txt", source)
    assert found.text == shown
    assert found.view.source.content == source


def test_unseen_characters_are_counted(tmp_path: Path) -> None:
    _, (problem,) = read_one(tmp_path, "a.txt", "\ufeffThe bri\u200bdge\u200b clo\u00adsed.")
    assert "2 × U+200B ZERO WIDTH SPACE, 1 × U+00AD SOFT HYPHEN" in problem.message
    assert "FEFF" not in problem.message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(tmp_path: Path, encoding: str) -> None:
    found, problems = read_one(tmp_path, "a.txt", "“Closed” – übermorgen".encode(encoding))
    assert found.text == "“Closed” – übermorgen"
    assert problems == ()


# ---- dates


@pytest.mark.parametrize(
    "value",
    [
        "2015-03-09",
        "2015-03-09T10:00:00+01:00",
        "20150309",
        "20150309T101500Z",
        "2015/03/09",
        "March 9, 2015",
        "9 March 2015",
        "Mon, 09 Mar 2015 10:00:00 GMT",
        "Mar. 9, 2015 10:15 am",
        "9th March 2015",
        "2015.3.9",
        1425895200,
        1425895200000,
        "1425895200",
    ],
)
def test_dates(value: str | int) -> None:
    assert parse_date(value) == date(2015, 3, 9)


@pytest.mark.parametrize(
    "value", ["", "soon", "2015-13-01", "2015-02-29", "1599-12-31", "2201-01-01", "03/04/2015", True, 1e300]
)
def test_refused_dates(value: str | float) -> None:
    with pytest.raises(DateError):
        parse_date(value)


def test_days_above_twelve_tell_day_from_month() -> None:
    assert parse_date("25/03/2015") == parse_date("03/25/2015") == date(2015, 3, 25)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("Published 10 March 2021", date(2021, 3, 10)),
        ("Posted on March 10, 2021 at 9:15 a.m.", date(2021, 3, 10)),
        ("Quay Post\n10 Mar 2021", date(2021, 3, 10)),
        ("10 March 2021\n\nIt rained.\n\n10 March 2021", date(2021, 3, 10)),
        ("10 March 2021\n\nIt rained.\n\n12 March 2021\n\nIt snowed.", None),
        ("It rained on 10 March 2021", None),
    ],
)
def test_a_line_that_is_a_date_dates_a_text(tmp_path: Path, lines: str, wanted: date | None) -> None:
    found, _ = read_one(tmp_path, "a.txt", f"Mill burns\n\n{lines}\n\n{STORY}")
    assert found.date.value == wanted
    found, _ = read_one(tmp_path, "a.json", json.dumps({"text": f"Mill burns\n\n{lines}\n\n{STORY}"}))
    assert found.date.value == wanted


# ---- JSON


def test_json_field_names(tmp_path: Path) -> None:
    entry = {
        "headline": "Bridge closed",
        "articleBody": STORY,
        "datePublished": "2015-03-09T10:00:00Z",
        "publisher": {"name": "The Quay"},
        "authors": [{"name": "Ada Quill"}, "Rolf Ash"],
        "link": "https://quay.example/1",
        "lang": "en-GB",
        "id": 17,
    }
    found, problems = read_one(tmp_path, "a.json", json.dumps(entry))
    assert problems == ()
    assert found.name == "a.json"
    assert found.view.source.content == STORY
    assert found.date.value == date(2015, 3, 9)
    assert found.title and found.publisher and found.author and found.url
    assert (found.title.value, found.publisher.value) == ("Bridge closed", "The Quay")
    assert (found.author.value, found.url.value, found.language) == (
        "Ada Quill, Rolf Ash",
        "https://quay.example/1",
        "en",
    )
    assert found.title.evidence == "json headline"


def test_html_in_a_json_field_is_read_as_html(tmp_path: Path) -> None:
    text = "<p>The bridge &amp; the quay were closed.</p><h2>Next</h2><p>Nobody came.</p>"
    found, _ = read_one(tmp_path, "a.jsonl", json.dumps({"content": text, "date": "2015-03-09"}))
    assert found.text == "The bridge & the quay were closed.\n\nNext\n\nNobody came."
    assert [hint.kind for hint in found.hints] == ["paragraph", "subheading", "paragraph"]
    assert found.date.value == date(2015, 3, 9)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('It fell.\n\n"We saw <em>it</em>," he said.', 'It fell.\n\n"We saw it," he said.'),
        ('It fell.\r\n\r\nTwo were <a href="x">hurt</a>.', "It fell.\n\nTwo were hurt."),
        ("It <strong>fell</strong>.\nTwo were hurt.", "It fell.\nTwo were hurt."),
        ("It fell.<br>\nTwo\nwere hurt.\n\nNone died.", "It fell.\nTwo were hurt.\n\nNone died."),
        ("It fell.\n\nTwo were hurt.\n<h2>Next</h2>\nNone died.", "It fell.\n\nTwo were hurt.\n\nNext\n\nNone died."),
        ("It fell\n<b>\non</b> Monday.", "It fell\non Monday."),
        ("<p>It fell.\n\nTwo were hurt.</p>", "It fell. Two were hurt."),
        ("<div>It fell.\n\nTwo were hurt.</div>\n\n<b>x</b>\n\ny", "It fell. Two were hurt.\n\nx y"),
    ],
)
def test_line_ends_part_the_text_of_a_field_that_no_tag_parts(tmp_path: Path, text: str, shown: str) -> None:
    found, _ = read_one(tmp_path, "a.json", json.dumps({"text": text}))
    assert found.text == shown


def test_a_tag_in_the_text_of_a_field_changes_none_of_its_paragraphs(tmp_path: Path) -> None:
    plain, _ = read_one(tmp_path, "a.json", json.dumps({"text": "It fell.\nTwo were hurt.\nNone died."}))
    tagged, _ = read_one(tmp_path, "b.json", json.dumps({"text": "It <b>fell</b>.\nTwo were hurt.\nNone died."}))
    assert (tagged.text, tagged.hints) == (plain.text, plain.hints)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&quot;We saw,&quot; he said &amp; left &#8220;x&#x201d;", '"We saw," he said & left “x”'),
        ("AT&T&nbsp;and Bo&ccedil;a &amp; Sons: R&D;", "AT&T and Boça & Sons: R&D;"),
        ("&copy; 2024 (&lsquo;Moe&rsquo;) cost &euro;5", "© 2024 (‘Moe’) cost €5"),
        ("in&shy;visible &amp;amp; done", "invisible &amp; done"),
        ("AT&T and R&D; and ?a=1&copy=2", "AT&T and R&D; and ?a=1&copy=2"),
        ('Write "&quot;" for a mark, &amp; for and', 'Write "&quot;" for a mark, &amp; for and'),
        ("Write `&amp;` so", "Write `&amp;` so"),
        ("Then p = &reg; and call f(&copy);", "Then p = &reg; and call f(&copy);"),
        ("Where a &lt; b, &amp; is and", "Where a &lt; b, &amp; is and"),
        ("p is &pi; and &sum; so", "p is &pi; and &sum; so"),
        ("&lt;p&gt;It &amp;amp; fell.&lt;/p&gt;\n&lt;p&gt;Two.&lt;/p&gt;", "It & fell.\n\nTwo."),
    ],
)
def test_references_in_the_text_of_a_field_are_undone_unless_it_tells_of_code(
    tmp_path: Path, text: str, shown: str
) -> None:
    found, _ = read_one(tmp_path, "a.json", json.dumps({"text": text}))
    row, _ = read_one(tmp_path, "a.csv", 'text,date\n"' + text.replace('"', '""') + '",2024-03-01\n')
    assert (found.text, row.text) == (shown, shown)


def test_a_reference_that_is_undone_is_cited_whole(tmp_path: Path) -> None:
    text = "It fell. &quot;We saw,&quot; said Bo&ccedil;a."
    found, _ = read_one(tmp_path, "a.json", json.dumps({"text": text}))
    start = found.text.index('"')
    cited = found.view.to_source(Span(start, found.text.index(" said")))
    assert cited.of(text) == "&quot;We saw,&quot;"


def test_references_in_a_text_file_stay(tmp_path: Path) -> None:
    found, _ = read_one(tmp_path, "a.txt", "It fell, &quot;he said&quot;.")
    assert found.text == "It fell, &quot;he said&quot;."


#: What services and scrapers write, with their publisher, author, address and language where they tell them.
SHAPES: list[tuple[str, dict[str, object], tuple[str | None, ...]]] = [
    (
        "news-please",
        {
            "maintext": STORY,
            "text": None,
            "title": "Bridge",
            "date_publish": "2015-03-09 10:00:00",
            "authors": ["Ada Quill"],
            "date_download": "2020-01-01 00:00:00",
            "date_modify": None,
            "source_domain": "quay.example",
            "language": "en",
            "url": "https://quay.example/1",
            "filename": "x.json",
        },
        ("quay.example", "Ada Quill", "https://quay.example/1", "en"),
    ),
    (
        "newspaper4k",
        {
            "text": STORY,
            "html": "<html><p>All.</p></html>",
            "title": "Bridge",
            "publish_date": "2015-03-09T10:00:00+00:00",
            "meta_site_name": "The Quay",
            "canonical_link": "https://quay.example/1",
            "meta_lang": "en",
            "authors": [],
        },
        ("The Quay", None, "https://quay.example/1", "en"),
    ),
    (
        "trafilatura",
        {
            "title": "Bridge",
            "author": "Ada Quill",
            "hostname": "quay.example",
            "date": "2015-03-09",
            "text": STORY,
            "raw_text": "All.",
            "source": "https://quay.example/1",
            "source-hostname": "The Quay",
            "filedate": "2020-01-01",
        },
        ("The Quay", "Ada Quill", "https://quay.example/1", "en"),
    ),
    (
        "Media Cloud",
        {
            "id": "1",
            "title": "Bridge",
            "publish_date": "2015-03-09",
            "indexed_date": "2020-01-01",
            "media_name": "The Quay",
            "media_url": "quay.example",
            "url": "https://quay.example/1",
            "text": STORY,
            "language": "en",
        },
        ("The Quay", None, "https://quay.example/1", "en"),
    ),
    (
        "Event Registry",
        {
            "uri": "123",
            "lang": "eng",
            "dateTimePub": "2015-03-09T10:00:00Z",
            "url": "https://quay.example/1",
            "title": "Bridge",
            "body": STORY,
            "source": {"uri": "quay.example", "title": "The Quay"},
            "authors": [{"name": "Ada Quill", "uri": "a"}],
        },
        ("The Quay", "Ada Quill", "https://quay.example/1", "en"),
    ),
    (
        "NewsAPI",
        {
            "source": {"id": None, "name": "The Quay"},
            "author": "Ada Quill",
            "title": "Bridge",
            "content": STORY,
            "url": "https://quay.example/1",
            "publishedAt": "2015-03-09T10:00:00Z",
            "description": "Shut.",
        },
        ("The Quay", "Ada Quill", "https://quay.example/1", "en"),
    ),
    (
        "GDELT",
        {
            "url": "https://quay.example/1",
            "title": "Bridge",
            "seendate": "20150309T101500Z",
            "domain": "quay.example",
            "language": "English",
            "text": STORY,
        },
        ("quay.example", None, "https://quay.example/1", "en"),
    ),
    (
        "Guardian",
        {
            "webTitle": "Bridge",
            "webPublicationDate": "2015-03-09T10:00:00Z",
            "webUrl": "https://quay.example/1",
            "fields": {"bodyText": STORY, "byline": "Ada Quill", "headline": "Bridge"},
        },
        (None, "Ada Quill", "https://quay.example/1", "en"),
    ),
    (
        "fundus",
        {
            "title": "Bridge",
            "plaintext": STORY,
            "publishing_date": "2015-03-09 10:00:00+00:00",
            "authors": ["Ada Quill"],
        },
        (None, "Ada Quill", None, "en"),
    ),
    (
        "ninjs",
        {
            "uri": "https://quay.example/1",
            "headline": "Bridge",
            "versioncreated": "2015-03-09T10:00:00Z",
            "body_text": STORY,
            "byline": "Ada Quill",
            "copyrightholder": "The Quay",
            "language": "en",
        },
        ("The Quay", "Ada Quill", "https://quay.example/1", "en"),
    ),
    (
        "CSL",
        {
            "title": "Bridge",
            "issued": {"date-parts": [[2015, 3, 9]]},
            "container-title": "The Quay",
            "body": STORY,
            "URL": "https://quay.example/1",
        },
        ("The Quay", None, "https://quay.example/1", "en"),
    ),
]


@pytest.mark.parametrize(("entry", "wanted"), [each[1:] for each in SHAPES], ids=[each[0] for each in SHAPES])
def test_what_scrapers_and_services_write(
    tmp_path: Path, entry: dict[str, object], wanted: tuple[str | None, ...]
) -> None:
    found, problems = read_one(tmp_path, "a.jsonl", json.dumps(entry))
    assert problems == ()
    assert found.text == STORY
    assert found.date.value == date(2015, 3, 9)
    assert found.title is not None and found.title.value == "Bridge"
    told = [each and each.value for each in (found.publisher, found.author, found.url)]
    assert (*told, found.language) == wanted


@pytest.mark.parametrize(
    "around",
    [
        lambda entries: {"response": {"status": "ok", "results": entries}},
        lambda entries: {"articles": {"results": entries, "page": 1}},
        lambda entries: {"status": "ok", "articles": entries},
        lambda entries: {"hits": {"hits": [{"_id": 1, "_source": entry} for entry in entries]}},
    ],
)
def test_lists_of_articles_within_answers_of_services(tmp_path: Path, around: Callable[[object], object]) -> None:
    entries = [{"text": STORY, "title": "One"}, {"text": f"{STORY} Twice.", "title": "Two"}]
    (tmp_path / "a.json").write_text(json.dumps(around(entries)), encoding="utf-8")
    found, _ = read_paths([tmp_path / "a.json"])
    assert [each.title and each.title.value for each in found] == ["One", "Two"]


def test_a_pile_without_dates_that_has_days_is_told_loudly(tmp_path: Path) -> None:
    lines = [
        {"text": f"{STORY} {number}", "day_of_issue_date": "2015-03-09", "date_crawled": "2020-01-01"}
        for number in range(7)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found, (problem,) = read_paths([tmp_path / "a.jsonl"])
    assert {each.date.value for each in found} == {None}
    assert problem.kind == "date" and not problem.lost
    assert problem.message.startswith("7 articles without a date") and "day_of_issue_date (in 7)" in problem.message
    assert "--fields date=day_of_issue_date" in problem.remedy
    assert "crawled" not in problem.message


def test_an_extract_is_told_from_an_article(tmp_path: Path) -> None:
    _, (problem,) = read_one(
        tmp_path, "a.json", json.dumps({"content": f"{STORY}… [+1234 chars]", "date": "2015-03-09"})
    )
    assert problem.kind == "left-out" and "1,234 more characters" in problem.message


def test_a_page_in_a_field_is_read_where_there_is_no_text(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{STORY} {number}.</p>" for number in range(4))
    page = f"<html><body><nav>Home</nav><article>{paragraphs}</article></body></html>"
    found, _ = read_one(tmp_path, "a.json", json.dumps({"html": page, "text": "", "date": "2015-03-09"}))
    assert [hint.kind for hint in found.hints] == ["boilerplate", *["paragraph"] * 4]


HIDDEN = [
    '<!-- {} -->',
    '<!-- //--><![CDATA[//><!--\n{}\n//--><!]]>',
    '/* <![CDATA[ */ {} /* ]]> */',
    '//<![CDATA[\n{}\n//]]>',
]  # fmt: skip


@pytest.mark.parametrize("around", HIDDEN)
def test_linked_data_that_is_hidden_from_old_browsers_is_read(tmp_path: Path, around: str) -> None:
    data = '{"@type": "NewsArticle", "datePublished": "2015-03-09", "headline": "// Bridge"}'
    page = f'<script type="application/ld+json">{around.format(data)}</script><p>{STORY}'
    found, _ = read_one(tmp_path, "a.html", page)
    assert found.date.value == date(2015, 3, 9) and found.title and found.title.value == "// Bridge"


def test_linked_data_that_refers_to_other_objects_is_put_together(tmp_path: Path) -> None:
    article = {"@type": "NewsArticle", "publisher": {"@id": "#o"}, "author": [{"@id": "#p"}, {"name": "Rolf Ash"}, "X"]}
    others = [{"@type": "Organization", "@id": "#o", "name": "The Quay"}, {"@id": "#p", "name": "Ada Quill"}]
    scripts = [json.dumps({"@graph": [article, others[0]]}), json.dumps(others[1])]
    page = "".join(f'<script type="application/ld+json">{each}</script>' for each in scripts) + f"<p>{STORY}"
    found, _ = read_one(tmp_path, "a.html", page)
    assert found.publisher and found.author
    assert (found.publisher.value, found.author.value) == ("The Quay", "Ada Quill, Rolf Ash, X")


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("<p>Published 10 March 2021</p><p>Updated 12 March 2021 at 14:00</p>", date(2021, 3, 10)),
        ("<div>Last updated 12 March 2021 <span>First published 10 March 2021</span></div>", date(2021, 3, 10)),
        ("<p>Published 10 March 2021</p><p>Published 9 March 2021</p>", None),
    ],
)
def test_a_page_that_says_when_it_was_published(tmp_path: Path, lines: str, wanted: date | None) -> None:
    found, _ = read_one(tmp_path, "a.html", f"<article><h1>Mill burns</h1>{lines}{f'<p>{STORY}</p>' * 4}</article>")
    assert (found.date.value if found.date.rule == "published-line" else None) == wanted


# ---- what browsers save beside a page


def test_what_belongs_to_a_saved_page_is_passed_over_and_that_is_said(tmp_path: Path) -> None:
    page = PAGE.decode()
    written(
        tmp_path,
        a_DOT_html=page, a_files__frame_DOT_html="<p>An advertisement.", b_DOT_htm=page.replace("noon", "one"),
        **{"b-Dateien__x_DOT_js": "x"}, c_files__d_DOT_txt=STORY,
    )  # fmt: skip
    found, problems = read_paths([tmp_path])
    assert [each.name for each in found] == ["a.html", "b.htm", "c_files/d.txt"]
    (problem,) = [each for each in problems if each.kind == "left-out"]
    assert "a_files, b-Dateien" in problem.message and not problem.lost
    listed, problems = read_paths(sorted(tmp_path.iterdir()))
    assert [each.name for each in listed] == ["a.html", "b.htm", "d.txt"]
    assert [each.kind for each in problems if each.kind == "left-out"] == ["left-out"]
    alone, _ = read_paths([tmp_path / "a_files"])
    assert [each.name for each in alone] == ["frame.html"]


# ---- HTML


def test_metadata_of_a_page(tmp_path: Path) -> None:
    found, _ = read_one(tmp_path, "page.html", PAGE)
    assert found.date.value == date(2015, 3, 9)
    assert found.date.evidence.startswith("json-ld datePublished 2015-03-09")
    assert "dateModified 2015-03-10" in found.date.evidence
    assert found.title and found.publisher and found.author and found.url
    assert (found.title.evidence, found.publisher.evidence) == ("json-ld headline", "json-ld publisher.name")
    assert (found.author.value, found.url.value, found.language) == ("Ada Quill", "https://quay.example/ferry", "en")


PARAGRAPHS = "".join(
    f"<p>On day {day} the harbour office said that the ferry would not sail before the wind fell.</p>"
    for day in "12345"
)


@pytest.mark.parametrize(
    ("mark_up", "value", "rule"),
    [
        ('<meta property="article:published_time" content="2015-03-09T10:00Z">', date(2015, 3, 9), "meta"),
        ('<meta name=pubdate content="March 9, 2015">', date(2015, 3, 9), "meta"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Person"}, '
            '{"@type": ["NewsArticle"], "datePublished": "2015-03-09"}]}</script>',
            date(2015, 3, 9),
            "json-ld",
        ),
        (
            '<script type="application/ld+json">{broken</script><meta name=date content=2015-03-09>',
            date(2015, 3, 9),
            "meta-vague",
        ),
        ('<meta name=date content="2999-01-01"><meta name=dc.date content="x">', None, "none"),
        ("", None, "none"),
    ],
)
def test_dates_of_pages(tmp_path: Path, mark_up: str, value: date | None, rule: str) -> None:
    found, problems = read_one(tmp_path, "a.html", f"<html><head>{mark_up}</head><body>{PARAGRAPHS}</body></html>")
    assert (found.date.value, found.date.rule) == (value, rule)
    assert ("date" in kinds(problems)) is ("2999" in mark_up)


def test_time_element_dates_the_article(tmp_path: Path) -> None:
    aside = "<aside><time datetime=2001-01-01>x</time></aside>"
    page = f"{aside}<article><time datetime=2015-03-09>9 March</time>{PARAGRAPHS}</article>"
    found, _ = read_one(tmp_path, "a.html", page)
    assert (found.date.value, found.date.rule) == (date(2015, 3, 9), "time")


@pytest.mark.parametrize(
    ("mark_up", "shown"),
    [
        ("<p>one  two\n three</p>", "one two three"),
        ("<p>one<p>two", "one\n\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<p>b<b>o</b>ld, <i>it</i>alic</p>", "bold, italic"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("&lt;p&gt; &amp;amp; &eacute;&#8220;&#x201d; &nosuch; & AT&T", "<p> &amp; é“” &nosuch; & AT&T"),
        ("a&nbsp;&nbsp;b\u00a0 c", "a b c"),
        ("in&shy;visi\u200bble", "invisible"),
        ("a<!-- <p>no</p> -->b<script>'<p>no</p>'</script>c<style>p{}</style>d", "abcd"),
        ("2 < 3 > 1 <3", "2 < 3 > 1 <3"),
        ('<a title="x > y">link</a>', "link"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("<title>T</title><p>x", "x"),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("<table><tr><td>1<td>2</table>", "1\n\n2"),
        ("</p></div></b>x", "x"),
        ("<p title='unclosed>x</p>", "x"),
        ("<p><q>We knew</q> said Liv", "“We knew” said Liv"),
        ("<p>He <q>saw <q>it</q> go</q>.", "He “saw ‘it’ go”."),
        ("<q>“No”</q>, \"<q>no</q>\", <q> 'no'</q>", "“No”, \"no\", 'no'"),
        ("a <q>never closed<p>b</q>c", "a never closed\n\nbc"),
        ("a <template><q>b</q></template>c</q> d", "a c d"),
    ],
)
def test_what_a_page_shows(mark_up: str, shown: str) -> None:
    assert scan(mark_up).view.text == shown


def test_what_a_q_prints_is_cited_with_its_tags() -> None:
    content = "<p>Then <q>We knew</q> said Liv"
    view = scan(content).view
    assert view.to_source(Span(5, 14)).of(content) == "<q>We knew</q>"


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='related'>",
        "</div>",
        "<br>",
        "<h1>",
        "</h1>",
        "<li>",
        "<a href=x>",
        "</a>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "&amp;",
        "&nbsp;",
        "&#0;",
        "&#xD800;",
        "&zwj;",
        "<",
        ">",
        '"',
        "'",
        "word",
        " ",
        "\n",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "<pre>",
        "</pre>",
        "<![CDATA[",
        "]]>",
        "<blockquote class=twitter-tweet>",
        "<time datetime=2015-03-09>",
        "<svg/>",
        "<textarea>",
        "é",
        "💛",
        "<p hidden>",
        "<aside>",
        "</b>",
    ]
)
MARK_UP = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=30).map("".join)


@given(MARK_UP)
@settings(max_examples=250, deadline=None)
def test_view_of_any_mark_up(mark_up: str) -> None:
    page = scan(mark_up)
    view = page.view
    # Every character shown is the source's own or stands in an edit, and maps back to its place.
    for place, character in enumerate(view.text):
        span = view.to_source(Span(place, place + 1))
        own = span.of(mark_up)
        edit = [edit for edit in view.edits if edit.start == span.start and character in edit.shown]
        assert own == character or edit
    assert View(view.source, view.edits).text == view.text
    assert "\n\n\n" not in view.text and "  " not in view.text
    # Stretches lie in order and hold all that is visible.
    ends = [0, *(stretch.end for stretch in page.stretches)]
    assert all(stretch.start >= end for stretch, end in zip(page.stretches, ends, strict=False))
    stretches = [stretch.span.of(view.text) for stretch in page.stretches]
    assert "".join("".join(stretches).split()) == "".join(view.text.split())


@given(
    st.sampled_from(["a.txt", "a.html", "a.json", "a.jsonl", "a"]),
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
        MARK_UP.map(str.encode),
    ),
)
@settings(max_examples=250, deadline=None)
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    outcome = read_bytes(name, data)
    assert outcome.tellings or any(problem.lost for problem in outcome.problems)
    assert not any("please report" in problem.remedy for problem in outcome.problems)
    for telling in outcome.tellings:
        previous = 0
        for hint in telling.hints:
            assert previous <= hint.span.start < hint.span.end <= len(telling.view.text)
            previous = hint.span.end


@pytest.mark.parametrize(
    "content",
    [
        b"<" * 300_000,
        b"<a " * 100_000,
        b'<a ">"' * 50_000,
        b"<div>" * 60_000 + b"x",
        b"&" * 300_000,
        b"<!-- " * 60_000,
        b"<p>" + b"word. " * 170_000,
    ],
)
def test_hostile_pages_take_linear_time(content: bytes) -> None:
    assert grows_linearly(lambda page: scan(page.decode()), content[: len(content) // 4], content)


def test_a_million_characters_on_one_line(tmp_path: Path) -> None:
    def whole(line: str) -> None:
        found, problems = read_one(tmp_path, "a.txt", line)
        assert (found.text, problems) == (line.replace("\u00a0", " "), ())

    assert grows_linearly(whole, "The bridge\u00a0closed. " * 12_500, "The bridge\u00a0closed. " * 50_000)


def test_one_broken_parser_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str, content: str) -> None:
        raise RuntimeError("broken")

    monkeypatch.setitem(__import__("tellings.edge.readers", fromlist=["_READERS"])._READERS, "html", fail)
    written(tmp_path, a_DOT_html=PAGE, b_DOT_txt=STORY)
    found, (problem,) = read_paths([tmp_path])
    assert [document.name for document in found] == ["b.txt"]
    assert (problem.kind, problem.lost) == ("unreadable", True)


# ---- one bad line costs that line


NASTY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=20),
    st.sampled_from(
        ["\ud800", "\udfff x", "\x00\x1b[31m", "\u202e", "http://[x/a", "9" * 400, "<p>" * 50, "2015-02-30"]
    ),
    st.lists(st.one_of(st.text(max_size=5), st.integers(), st.none()), max_size=3),
    st.dictionaries(
        st.sampled_from(["name", "url", "@id", "x"]), st.one_of(st.integers(), st.just("\ud800")), max_size=2
    ),
)
NAMES = ["text", "body", "title", "date", "timestamp", "publisher", "source", "author", "url", "language", "articles"]


@given(st.dictionaries(st.sampled_from([*NAMES, "\ud800", ""]), NASTY, max_size=6), st.booleans())
@settings(max_examples=400)
def test_any_value_in_any_field_costs_at_most_its_line(fields: dict[str, object], has_text: bool) -> None:
    nasty = json.dumps({**fields, "text": STORY} if has_text else fields).encode()
    outcome = read_bytes("a.jsonl", b'{"text": "One."}\n' + nasty + b'\n{"text": "Three."}\n')
    names = [telling.name for telling in outcome.tellings]
    assert names == (["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"] if len(names) == 3 else ["a.jsonl#1", "a.jsonl#3"])
    assert len(names) == 3 or any(problem.lost for problem in outcome.problems)
    assert len(names) == 3 or not has_text
    for problem in outcome.problems:
        assert problem.place == "a.jsonl#2" and problem.message and problem.remedy
        assert "please report" not in problem.remedy


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 10_000,
        b'{"text": ' * 10_000,
        b'{"text": NaN}',
        b'{"text": ["a", 5]}',
        b'{"text": {"a": 1}}',
        b"\xff\xfe\x00",
        b'{"text": "' + bytes(range(256)).replace(b"\n", b"") + b'"}',
        b"\x00" * 300,
        b"NaN",
        b'{"text": ' + b"1" * 5000 + b"}",
        b'"a"',
        b"{}",
    ],
)
@pytest.mark.parametrize("suffix", ["jsonl", ""])
def test_a_line_of_junk_costs_itself(tmp_path: Path, line: bytes, suffix: str) -> None:
    name = f"a.{suffix}" if suffix else "a"
    (tmp_path / name).write_bytes(
        b'{"text": "One \xe2\x80\x94 bridge."}\n' + b'{"text": "Two."}\n' + line + b'\n{"text": "Four."}'
    )
    found, problems = read_paths([tmp_path])
    assert [document.text for document in found] == ["One — bridge.", "Two.", "Four."]
    (problem,) = problems
    assert problem.lost and problem.place == f"{name}#3" and problem.remedy


def test_a_value_that_cannot_be_used_is_named_and_its_line_kept(tmp_path: Path) -> None:
    entry = {"text": STORY, "title": [1], "publisher": {"id": 5}, "date": [2015], "author": 7, "language": 3, "url": {}}
    _, problems = read_one(tmp_path, "a.json", json.dumps(entry))
    assert sorted((problem.kind, problem.lost) for problem in problems) == [
        ("date", False),
        *[("malformed", False)] * 4,
    ]
    _, (problem,) = read_one(tmp_path, "b.json", json.dumps({"text": STORY, "date": 10**400}))
    assert "401 digits" in problem.message


def test_lines_in_another_encoding_are_noted_in_one(tmp_path: Path) -> None:
    lines = [f'{{"text": "Caf\u00e9 {number} shut."}}'.encode("cp1252") for number in range(8)]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([b'{"text": "One."}', *lines]))
    found, (problem,) = read_paths([tmp_path])
    assert found[-1].text == "Café 7 shut." and problem.place == "a.jsonl"
    assert "lines 2, 3, 4, 5, 6 and 3 more" in problem.message


def test_very_many_lost_lines_are_told_in_one() -> None:
    outcome = read_bytes("a.jsonl", b"x\n" * 3000 + b'{"text": "One."}\n')
    assert len(outcome.tellings) == 1 and len(outcome.problems) == 1001
    assert "from 1001 to 3000" in outcome.problems[-1].message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_json_lines_of_wide_characters(tmp_path: Path, encoding: str) -> None:
    found, problems = read_json_lines_of(tmp_path, '{"text": "One\u2028 😀."}\r\n{"text": "Two."}\n'.encode(encoding))
    assert ([document.text for document in found], problems) == (["One\n 😀.", "Two."], ())


def read_json_lines_of(folder: Path, data: bytes) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    (folder / "a.jsonl").write_bytes(data)
    return read_paths([folder / "a.jsonl"])


# ---- files of any size


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a", "a.csv", "a.pdf"])
def test_a_huge_file_is_refused_unread(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(2_000_000_000)
    tracemalloc.start()
    began = time.process_time()
    found, (problem,) = read_paths([tmp_path])
    assert time.process_time() - began < 2
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
    assert found == () and problem.lost and problem.remedy


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(b'{"text": "One."}\n')
        file.seek(300_000_000)
        file.write(b'\n{"text": "Three."}\n')
    tracemalloc.start()
    found, (problem,) = read_paths([tmp_path])
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()
    assert [document.name for document in found] == ["a.jsonl#1", "a.jsonl#3"]
    assert (problem.place, problem.kind, problem.lost) == ("a.jsonl#2", "too-large", True)


def test_standard_input_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/zero").open("rb") as endless:
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": endless}))
        found, (problem,) = read_paths(["-"])
    assert found == () and problem.lost and problem.kind == "too-large"


def test_devices_are_no_files() -> None:
    found, problems = read_paths(["/dev/zero", "/dev/null"])
    assert found == () and kinds(problems) == ["unreadable", "unreadable"]


def test_folders_deeper_than_the_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1500):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.txt").write_text(STORY, encoding="utf-8")
    try:
        found, problems = read_paths([tmp_path])
        assert [document.text for document in found] == [STORY] and problems == ()
    finally:
        Path("a.txt").unlink()
        for _ in range(1500):
            os.chdir("..")
            Path("d").rmdir()


# ---- a pile of everything


def test_files_that_say_they_are_huge_are_refused_unread(tmp_path: Path) -> None:
    heads = {
        "a.pdf": b"%PDF-1.7\n",
        "b.docx": b"PK\x03\x04",
        "c.rtf": b"{\\rtf1 ",
        "d.eml": b"MIME-Version: 1.0\nFrom: a@b.c\n",
    }
    for name, head in heads.items():
        with (tmp_path / name).open("wb") as file:
            file.write(head)
            file.truncate(2_000_000_000)
    started = time.process_time()
    tracemalloc.start()
    found, problems = read_paths([tmp_path])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == () and kinds(problems) == ["too-large"] * 4
    assert time.process_time() - started < 5 and peak < 50_000_000


def test_one_bad_file_of_each_kind_stops_no_run(tmp_path: Path) -> None:
    chance = random.Random(1)
    suffixes = sorted(SUFFIXES)
    for number, suffix in enumerate(suffixes):
        (tmp_path / f"noise{number}{suffix}").write_bytes(bytes(chance.randrange(256) for _ in range(300)))
        (tmp_path / f"good{number}{suffix}").write_text(f"{STORY} Number {number}.", encoding="utf-8")
    found, problems = read_paths([tmp_path])
    read = {each.name for each in found}
    assert {
        f"good{number}{suffix}"
        for number, suffix in enumerate(suffixes)
        if SUFFIXES[suffix] not in ("json", "jsonl", "table")
    } <= read
    assert {each.place for each in problems if each.lost} >= {
        f"noise{number}{suffix}" for number, suffix in enumerate(suffixes) if f"noise{number}{suffix}" not in read
    } - {f"noise{number}{suffix}" for number, suffix in enumerate(suffixes) if suffix in (".jsonl", ".ndjson")}
    assert all("please report" not in each.remedy for each in problems)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.eml", "a.csv", "a.docx"])
@pytest.mark.parametrize("piece", ["a\u200b", "a\u00a0", "a\u00ad", "â€™ "])
def test_a_text_of_odd_characters_is_refused_soon(name: str, piece: str) -> None:
    content = piece * 510_000
    head = {"a.eml": "From: a@b.example\nSubject: A\nDate: Tue, 3 Mar 2015 09:00:00 +0000\n", "a.csv": "title,text\nA,"}
    whole = (
        docx([paragraph(content)]) if name == "a.docx" else (head.get(name, "") + "\n" * (name == "a.eml") + content)
    )
    started = time.process_time()
    outcome = read_bytes(name, whole if isinstance(whole, bytes) else whole.encode())
    assert outcome.tellings == () and "500,000 characters that are not shown" in outcome.problems[0].message
    assert time.process_time() - started < 12


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Quill", "Ada Quill"),
        ("BY ADA QUILL", "ADA QUILL"),
        ("Von Ada Quill", "Ada Quill"),
        ("Author: Ada Quill", "Ada Quill"),
        ("Di Maio", "Di Maio"),
        ("de la Cruz, Ada", "de la Cruz, Ada"),
        ("Byron Quill", "Byron Quill"),
        ("By", "By"),
        ("", ""),
    ],
)
def test_the_word_before_an_author_is_no_name(line: str, names: str) -> None:
    assert without_by(line) == names


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("3 – 5 March 2021", []),
        ("March 3 - March 5, 2021", []),
        ("28.2. – 3.3.2021", []),
        ("12:30 – 5 March 2021", [date(2021, 3, 5)]),
        ("4:14 pm - 13/3/2021", [date(2021, 3, 13)]),
        ("By Ada - March 5, 2021", [date(2021, 3, 5)]),
        ("5.3.2021 – 10:00", [date(2021, 3, 5)]),
    ],
)
def test_the_end_of_a_stretch_of_days_is_no_day(line: str, days: list[date]) -> None:
    assert [each.day for each in written_days(line, day_first=True)] == days
