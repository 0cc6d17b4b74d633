"""What comes out of `tellings check`: every form says the same of the same words, whatever characters they are."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import jsonschema
import pytest
from check_sample import ARTICLE, DRAFT, finding, nasty, report
from check_sample import example as made_by_hand
from hypothesis import given
from hypothesis import strategies as st
from project import ROOT, Called, grows_linearly

import tellings
from tellings.edge.readers.docx import MEDIA_TYPE
from tellings.edge.readers.footnotes import footnotes, without_footnotes
from tellings.edge.readers.ours import begins_as_ours, holds_ours
from tellings.edge.readers.plain import read_plain
from tellings.edge.writers.check import FORMS, encode, github, markdown, page, sarif, schema, word, word_copy, words
from tellings.library import FormError, NotOursError, write_reports, written_as
from tellings.model.checked import Checkable, Substance
from tellings.model.record import BlockLine, Evidence
from tellings.model.records import Document, DocumentDate
from tellings.model.report import Report, ReportedEdit, Words
from tellings.model.text import Span, View
from tellings.model.verdicts import VERDICTS

Call = Callable[..., Called]
EXAMPLE = ROOT / "examples" / "ferry-fire"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def example() -> Report:
    """A report with a finding of every verdict."""
    found = made_by_hand()
    assert set(found.counts()) == set(VERDICTS)
    return found


@pytest.fixture(scope="module")
def story() -> Report:
    """The report on the draft of the example story."""
    (found,) = tellings.check(EXAMPLE / "draft.md", against=[EXAMPLE / "articles"])
    assert len(found.findings) > 10
    return found


def checked(tmp_path: Path, text: str, name: str = "d.txt") -> Report:
    """A text held against one sentence."""
    (tmp_path / "a.txt").write_text("date 2021-03-09\n“We waited an hour,” said Ada Quill, 34, of Osk.\n", "utf-8")
    (tmp_path / name).write_bytes(text.encode())
    (found,) = tellings.check(tmp_path / name, against=[tmp_path / "a.txt"])
    return found


# ---- ids and places -------------------------------------------------------------------------------


def test_every_finding_has_its_words_where_it_says(story: Report) -> None:
    text = (EXAMPLE / "draft.md").read_text("utf-8")
    lines = text.split("\n")
    for one in story.findings:
        assert one.at is not None
        assert text[one.at.start : one.at.end] == one.words.exact == story.text[one.words.start : one.words.end]
        assert one.at.line == one.at.end_line
        assert lines[one.at.line - 1][one.at.column - 1 : one.at.end_column - 1] == one.words.exact
    assert len({one.id for one in story.findings}) == len(story.findings)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_are_those_of_the_file_as_received(tmp_path: Path, end: str) -> None:
    found = checked(tmp_path, f"One\u00a0line.\u200b{end}{end}\u200b“We waited a day,” said Ada Quill.{end}")
    (quote,) = (one for one in found.findings if one.kind == "quotation")
    assert quote.at is not None and found.received is not None
    assert (quote.at.line, quote.at.column, quote.at.end_column) == (3, 3, 19)
    assert found.received[quote.at.start : quote.at.end] == quote.words.exact == "We waited a day,"


def test_an_id_stays_when_the_draft_around_it_changes(tmp_path: Path) -> None:
    once = "“We waited an hour,” said Ada Quill."
    first = checked(tmp_path, once)
    twice = checked(tmp_path, f"It was cold.\n\n{once.replace(' ', '  ')}\n\nAgain: {once}")
    ids = {one.id for one in first.findings}
    assert ids
    assert ids < {one.id for one in twice.findings}
    assert len({one.id for one in twice.findings}) == len(twice.findings)


def test_lines_are_those_of_text_alone(tmp_path: Path) -> None:
    line = json.dumps({"title": "Osk", "text": "It rained.\n\n“We waited a day,” said Ada Quill.[^t12345678]"})
    found = checked(tmp_path, f"{line}\n", "d.jsonl")
    assert found.findings and all(one.at is None for one in found.findings)
    assert found.received is None


def test_standard_input_has_lines(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We waited an hour,” said Ada Quill.\n", "utf-8")
    done = call(
        *("check", "-", "--against", tmp_path / "a.txt", "--jobs", "1", "--format", "json"),
        stdin="It rained.\n“We waited a day,” said Ada Quill.\n".encode(),
    )
    told = json.loads(done.out)
    assert told["path"] == "-"
    assert {one["at"]["line"] for one in told["findings"]} == {2}


def test_a_page_has_no_lines(tmp_path: Path) -> None:
    found = checked(tmp_path, f"<html><body><p>{'“We waited a day,” said Ada Quill. ' * 9}</p></body></html>", "d.html")
    assert found.findings and all(one.at is None for one in found.findings)
    (region,) = {"region" in one["locations"][0]["physicalLocation"] for one in results(found)}
    assert not region
    assert not re.search(r"::error [^:]*line=", github.commands([found]))


@pytest.mark.parametrize("around", ["{}", "{}<table><tr><td>Fare<td>12</table>"])
def test_a_page_that_is_a_draft_and_no_more_is_checked_from_top_to_bottom(tmp_path: Path, around: str) -> None:
    found = checked(tmp_path, around.format("<p>“We waited an hour,” said Ada Quill.</p>"), "d.html")
    assert [one.verdict for one in found.findings if one.kind == "quotation"] == ["verbatim"]
    assert not [each for each in found.problems if each.kind == "no-article"]


# ---- words ----------------------------------------------------------------------------------------


def test_every_verdict_has_its_words() -> None:
    for table in (words.VERDICT_WORDS, words.COUNTED, words.MEANING, words.SEVERITY):
        assert set(table) == set(VERDICTS)
    said = " ".join([*words.VERDICT_WORDS.values(), *words.COUNTED.values(), *words.MEANING.values()])
    assert not re.search(r"\b(false|wrong|true|fake|lie)", said)


def test_counts_in_words() -> None:
    text = "abcdef"
    found = [
        finding(text, 0, 1, "verbatim"),
        finding(text, 1, 2, "verbatim"),
        finding(text, 2, 3, "altered"),
        finding(text, 3, 4, "agrees", kind="money"),
        finding(text, 4, 5, "agrees", kind="age"),
        finding(text, 5, 6, "not found", kind="name"),
    ]
    said = "3 quotations: 2 printed so, 1 altered; 1 name, not found; 2 numbers, all told so."
    assert words.in_words(report(text, found)) == said
    assert words.in_words(report(text, [])) == "Nothing to check was found."


def test_a_change_of_form_alone_is_less_grave() -> None:
    def altered(substance: Any, marked: bool = False, reason: str = "") -> words.Severity:
        edit = ReportedEdit(Words(0, 1, "a"), Evidence("A", 1, 3, "We"), substance, marked)
        return words.severity(finding("a", 0, 1, "altered", edits=(edit,), reason=reason))

    assert [altered("none"), altered("word", marked=True)] == ["warning", "warning"]
    assert [altered("word"), altered("negation"), altered("none", reason="cut")] == ["error"] * 3


def test_who_said_it_stands_with_the_words(example: Report) -> None:
    (one,) = example.of(["another speaker"])
    said = (
        "“It is only iron,”: printed so, of another speaker; "
        "said there by the engineer, Mae Lund: Harbour Post, 14 May 2021: "
        "“It is only iron,” said the engineer, Mae Lund."
    )
    assert words.message(one, words.Articles.of(example)) == said


def test_every_kind_and_reason_has_its_words() -> None:
    assert set(words.KINDS) == set(get_args(Checkable))
    assert set(words.SUBSTANCE) == set(get_args(Substance))
    files = (ROOT / "src" / "tellings" / "across" / "checking").glob("*.py")
    codes = {code for file in files for code in re.findall(r'reason="([^"]+)"', file.read_text("utf-8"))}
    assert codes and codes <= set(words.REASONS)


def test_no_form_says_that_something_is_false(example: Report) -> None:
    for form in FORMS:
        said = written_as([example], form.name, every=True)
        if form.name == "docx":
            said = zipfile.ZipFile(BytesIO(said)).read("word/comments.xml")
        if form.name == "html":
            said = re.sub(rb"<script>.*</script>|<style>.*</style>", b"", said, flags=re.DOTALL)
        assert not re.search(rb"\b(false|untrue)\b", said.replace(b'"marked": false', b"")), form.name


# ---- JSON -----------------------------------------------------------------------------------------


def test_the_json_fits_its_schema(example: Report) -> None:
    told = json.loads(encode([example]))
    jsonschema.validate(told, schema())
    assert told == json.loads(encode([example]))
    assert json.loads(encode([example, example])) == [told, told]
    assert holds_ours(encode([example]).decode()) and begins_as_ours(encode([example, example]))


# ---- SARIF ----------------------------------------------------------------------------------------

LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = {"required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
COUNTED = {"type": "integer", "minimum": 0}
FROM_ONE = {"type": "integer", "minimum": 1}
ARTIFACT = {"properties": {"uri": {"pattern": r"^[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*$"}, "index": COUNTED}}
REGION = {
    "required": ["startLine"],
    "properties": {
        **dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), FROM_ONE),
        **dict.fromkeys(("charOffset", "charLength"), COUNTED),
    },
}
PHYSICAL = {"required": ["artifactLocation"], "properties": {"artifactLocation": ARTIFACT, "region": REGION}}
LOCATION = {
    "required": ["physicalLocation"],
    "properties": {"id": COUNTED, "message": MESSAGE, "physicalLocation": PHYSICAL},
}
RULE = {"required": ["id"], "properties": {"defaultConfiguration": {"properties": {"level": LEVEL}}}}
RESULT = {
    "required": ["message", "ruleId"],
    "properties": {
        "kind": {"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
        "level": LEVEL,
        "message": MESSAGE,
        "ruleIndex": COUNTED,
        "partialFingerprints": {"additionalProperties": {"type": "string"}},
        "locations": {"items": LOCATION},
        "relatedLocations": {"uniqueItems": True, "items": LOCATION},
    },
    # 3.27.9 and 3.27.10: only a failure has a level.
    "if": {"properties": {"kind": {"const": "fail"}}},
    "then": {"properties": {"level": {"enum": ["error", "warning", "note"]}}},
    "else": {"properties": {"level": {"const": "none"}}},
}
DRIVER = {"required": ["name", "rules"], "properties": {"rules": {"uniqueItems": True, "items": RULE}}}
RUN = {
    "required": ["tool", "results"],
    "properties": {
        "tool": {"required": ["driver"], "properties": {"driver": DRIVER}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "artifacts": {"uniqueItems": True, "items": {"properties": {"location": ARTIFACT}}},
        "results": {"items": RESULT},
    },
}
#: What SARIF 2.1.0 requires of the objects that are written (sections 3.13 to 3.58 of the standard).
SARIF: dict[str, Any] = {
    "required": ["version", "runs", "$schema"],
    "properties": {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN}},
}


def results(*reports: Report, every: bool = True) -> list[dict[str, Any]]:
    told = json.loads(sarif.encode(reports, every=every))
    jsonschema.validate(told, SARIF)
    (run,) = told["runs"]
    rules = run["tool"]["driver"]["rules"]
    for one in run["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        place = one["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][place["index"]]["location"]["uri"] == place["uri"]
    found: list[dict[str, Any]] = run["results"]
    return found


def test_sarif_has_each_finding_at_its_line(example: Report) -> None:
    found = results(example, nasty())
    assert len(found) == len(example.findings) + len(nasty().findings)
    lines = DRAFT.split("\n")
    for one, told in zip(example.findings, found, strict=False):
        region = told["locations"][0]["physicalLocation"]["region"]
        line = lines[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"] == one.words.exact
        assert told["level"] == words.severity(one)
        assert set(told["partialFingerprints"].values()) == {one.id}
    assert {one["ruleId"] for one in results(example, every=False)} <= set(map(words.slug, words.TOLD))
    assert begins_as_ours(sarif.encode([example])) and holds_ours(sarif.encode([example]).decode())


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("draft.md", "draft.md"),
        ("./drafts/a b.md", "drafts/a%20b.md"),
        ("../a%b#c.md", "../a%25b%23c.md"),
        ("/srv/é.md", "file:///srv/%C3%A9.md"),
        ("C:\\drafts\\a.md", "file:///C:/drafts/a.md"),
        ("-", "stdin"),
    ],
)
def test_paths_as_uris(path: str, uri: str) -> None:
    assert sarif.uri(path) == uri


# ---- GitHub ---------------------------------------------------------------------------------------


def test_a_command_is_one_line_that_nothing_escapes_from() -> None:
    said = github.commands([nasty()], every=True)
    lines = said.split("\n")
    assert len(lines) == len(nasty().findings) + 1
    for line in lines[:-1]:
        assert re.fullmatch(r"::(error|warning|notice) file=[^:]*::[^\r\n]+", line)
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", line)


def test_a_command_says_where(example: Report) -> None:
    first = replace(example, path="drafts/a,b:c.md", findings=example.of(["differs"])[:1])
    (line,) = github.commands([first]).splitlines()
    assert line.startswith(
        "::error file=drafts/a%2Cb%3Ac.md,line=3,endLine=3,col=47,endColumn=49,"
        "title=number%3A told otherwise::“47”: told otherwise; otherwise: Harbour Post, 14 May 2021: “There were 41"
    )
    assert "file=" not in github.commands([replace(first, path="-")])


# ---- Markdown -------------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("ab ,.”\"')]([*_\r\n\u00a0\u200bé😀^t0:"), min_size=1, max_size=60)


@given(TEXTS, st.data())
def test_without_its_footnotes_a_draft_is_what_it_was(text: str, data: st.DataObject) -> None:
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))
    chosen = data.draw(st.lists(spans.filter(lambda pair: pair[0] < pair[1]), max_size=5))
    found = [finding(text, start, end, "altered", number=number) for number, (start, end) in enumerate(chosen)]
    written = markdown.markdown(report(text, found))
    out, seen = [], 0
    for start, end in footnotes(written):
        out.append(written[seen:start])
        seen = end
    assert "".join([*out, written[seen:]]) == text
    # What is read of it is what is read of the text, whatever its view shows otherwise.
    before, after = (read_plain("a.txt", each).tellings for each in (text, written))
    if before:
        document = Document("a", "a.txt", "a", "text/plain", after[0].view, DocumentDate(None, "", ""))
        assert without_footnotes(document).text == before[0].view.text
    assert all(written.count(f"[^{one.id}]") == 2 for one in found)


def test_a_draft_with_footnotes_is_checked_as_without(tmp_path: Path, story: Report) -> None:
    for every in (False, True):
        written = markdown.markdown(story, every=every)
        path = tmp_path / "again.md"
        path.write_text(written, "utf-8")
        (again,) = tellings.check(path, against=[EXAMPLE / "articles"])
        assert again.text == story.text
        assert [(one.id, one.verdict) for one in again.findings] == [(one.id, one.verdict) for one in story.findings]
        assert markdown.markdown(again, every=every) == written
        for one in words.shown(story, every=every):
            assert (written.count(f"[^{one.id}]"), written.count(f"\n[^{one.id}]: ")) == (2, 1)


def test_a_mark_stands_behind_what_closes_the_words() -> None:
    text = "“**One**” and [two](x (y)) and three[] *four*, five"
    found = [
        finding(text, at, at + len(one), "differs")
        for one in ("One", "two", "three", "four")
        if (at := text.index(one)) >= 0
    ]
    marked = re.sub(r"\[\^t\w{8}\]", "¹", markdown.markdown(report(text, found)).split("\n")[0])
    assert marked == "“**One**”¹ and [two](x (y))¹ and three¹[] *four*¹, five"


def test_a_long_draft_is_cleared_in_time_with_its_length() -> None:
    def cleared(number: int) -> Callable[[], Document]:
        text = "".join(f"One\u00a0line{place}.[^t{place:08x}]\r\n" for place in range(number))
        text += "\r\n" + "".join(f"[^t{place:08x}]: told\u00a0so\r\n" for place in range(number))
        (read,) = read_plain("a", text).tellings
        document = Document("a", "a", "a", "text/plain", read.view, read.metadata.date)
        return lambda: without_footnotes(document)

    assert cleared(3)().text == "One line0.\nOne line1.\nOne line2.\n"
    assert grows_linearly(lambda given_: cleared(len(given_))(), range(1000), range(8000))


def test_footnotes_of_others_stay() -> None:
    text = "A[^1] b[^t12] c.\n\n[^1]: One.\n[^t12]: Two.\n"
    assert footnotes(text) == []
    document = Document("a", "a", "a", "text/plain", View.plain(text), DocumentDate(None, "", ""))
    assert without_footnotes(document) is document


def test_a_date_keeps_its_place_behind_footnotes() -> None:
    text = "Title: A[^t12345678]\nDate: 2021-03-09\n\nIt rained.\n"
    (read,) = read_plain("a", text).tellings
    given_ = Document("a", "a", "a", "text/plain", read.view, read.metadata.date)
    found = without_footnotes(given_)
    assert found.text == "Title: A\nDate: 2021-03-09\n\nIt rained.\n"
    assert found.date.span is not None and given_.date.span is not None
    assert found.date.span.of(found.text) == given_.date.span.of(text)
    assert found.view.to_source(Span(9, 13)).of(text) == "Date"


# ---- Word -----------------------------------------------------------------------------------------


def comments_of(data: bytes) -> dict[str, tuple[str, str]]:
    """Number → the words that a comment stands at, and what it says. The package must be whole."""
    file = zipfile.ZipFile(BytesIO(data))
    assert file.testzip() is None
    parts = {name: ElementTree.fromstring(file.read(name)) for name in file.namelist() if not name.endswith("bin")}
    types = {each.get("PartName"): each.get("ContentType", "") for each in parts["[Content_Types].xml"]}
    assert types["/word/comments.xml"].endswith("comments+xml")
    links = [each.get("Target") for each in parts["word/_rels/document.xml.rels"]]
    assert links.count("comments.xml") == 1
    assert len({each.get("Id") for each in parts["word/_rels/document.xml.rels"]}) == len(links)
    said = {
        each.get(f"{W}id", ""): "\n".join("".join(p.itertext()) for p in each) for each in parts["word/comments.xml"]
    }
    open_: dict[str, str] = {}
    closed: dict[str, str] = {}
    referred = []
    for element in parts["word/document.xml"].iter():
        number = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            open_[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            closed[number] = open_.pop(number)
        elif element.tag == f"{W}commentReference":
            referred.append(number)
        elif element.tag in (f"{W}t", f"{W}tab"):
            open_ = {key: value + (element.text or "\t") for key, value in open_.items()}
    assert not open_
    assert sorted(referred) == sorted(closed) == sorted(said)
    return {number: (closed[number], said[number]) for number in said}


def test_word_has_a_comment_at_the_words_of_each_finding(example: Report) -> None:
    data = word.document(example)
    assert data == word.document(example)
    assert begins_as_ours(data[:10_000])
    found = comments_of(data)
    shown = words.shown(example, every=False)
    for one, (stands_at, says) in zip(shown, found.values(), strict=True):
        assert stands_at == one.words.exact
        assert says.lower().startswith(words.told(one).lower())
        assert all(cited.sentence.exact in says for _, cited in words.cited(one, 1))
    assert len(comments_of(word.document(example, every=True))) == len(example.findings)


def test_headings_are_headings(example: Report) -> None:
    file = zipfile.ZipFile(BytesIO(word.document(example)))
    styled = {
        "".join(each.itertext()): style.get(f"{W}val")
        for each in ElementTree.fromstring(file.read("word/document.xml")).iter(f"{W}p")
        if (style := each.find(f"{W}pPr/{W}pStyle")) is not None
    }
    assert styled == {"# The bridge that stuck": "Heading1"}


@pytest.mark.parametrize("form", [form.name for form in FORMS])
def test_forms_take_time_with_the_length_of_a_draft(form: str) -> None:
    def made(number: int) -> Report:
        text = "“We waited an hour,” said Ada Quill.\n\n" * number
        step = len(text) // number
        found = [finding(text, at * step + 1, at * step + 19, VERDICTS[at % 7]) for at in range(number)]
        blocks = [BlockLine(at * step, at * step + step, "paragraph", True, "") for at in range(number)]
        return report(text, found, blocks=blocks)

    small, large = made(250), made(1000)
    assert grows_linearly(
        lambda given_: written_as([small if len(given_) == 250 else large], form), range(250), range(1000)
    )


def test_word_holds_whatever_characters_there_are() -> None:
    found = comments_of(word.document(nasty(), every=True))
    assert len(found) == len(nasty().findings)


def package(body: str, more: dict[str, str] | None = None, *, without: tuple[str, ...] = ()) -> bytes:
    """A Word document as a word processor writes it."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    xml = 'ContentType="application/xml"'
    parts = {
        "word/document.xml": f'{head}<w:document xmlns:w="{word.MAIN}" xmlns:x="urn:x" x:kept="1">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>",
        "[Content_Types].xml": f'{head}<Types xmlns="{word.TYPES}"><Default Extension="xml" {xml}/></Types>',
        "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{word.RELATIONS}"/>',
        "docProps/app.xml": f"{head}<Properties><Application>Some Writer</Application></Properties>",
        "word/media/image1.bin": "\x00picture",
        **(more or {}),
    }
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, part in parts.items():
            if name not in without:
                file.writestr(name, part)
    return written.getvalue()


RUNS = (
    '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>The wait</w:t></w:r></w:p>'
    '<w:p w:rsidR="00A1"><w:r w:rsidR="00A2"><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">“We wai</w:t><w:tab/>'
    "<w:t>ted </w:t></w:r><w:del><w:r><w:t>not </w:t></w:r></w:del><w:ins><w:r><w:t>a day,”</w:t></w:r></w:ins>"
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    "<w:hyperlink><w:r><w:t> said Ada Quill.</w:t></w:r></w:hyperlink></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Osk</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
AS_READ = "The wait\n\n“We wai\tted a day,” said Ada Quill.\n\nOsk\n\nA note below"


def at_words(*exact: str) -> Report:
    found = [finding(AS_READ, at := AS_READ.index(one), at + len(one), "altered") for one in exact]
    return replace(report(AS_READ, found, name="d.docx"), media_type=MEDIA_TYPE)


def test_a_word_document_gets_its_comments_itself() -> None:
    given_ = at_words("We wai\tted a day,", "d a day,” said Ada", "Osk", "A note below")
    copied = word_copy.commented(package(RUNS), given_)
    assert copied is not None and copied == word_copy.commented(package(RUNS), given_)
    assert begins_as_ours(copied[:10_000])
    # The comment on what stands outside of its text (the note) is the last, at its end.
    *_, (_, says) = comments_of(copied).values()
    assert says.startswith("“A note below”, outside of this text\nPrinted in other words")
    stands_at = [words_ for words_, _ in comments_of(copied).values()]
    assert [re.sub("not |hidden", "", each) for each in stands_at] == [
        "We wai\tted a day,",
        "d a day,” said Ada",
        "Osk",
        "k",
    ]
    file = zipfile.ZipFile(BytesIO(copied))
    assert file.read("word/media/image1.bin") == b"\x00picture"
    before = ElementTree.fromstring(zipfile.ZipFile(BytesIO(package(RUNS))).read("word/document.xml"))
    after = ElementTree.fromstring(file.read("word/document.xml"))
    assert "".join(after.itertext()) == "".join(before.itertext())
    assert after.get("{urn:x}kept") == "1"
    italic = [run for run in after.iter(f"{W}r") if run.find(f"{W}rPr/{W}i") is not None]
    assert "".join("".join(run.itertext()) for run in italic) == "“We waited "


def test_comments_that_are_there_stay() -> None:
    held = f'<w:comments xmlns:w="{word.MAIN}"><w:comment w:id="7" w:author="Ada"><w:p/></w:comment></w:comments>'
    mark = f"{word.starts(7)}{word.ends(7)}</w:p><w:tbl>"
    link = f'<Relationship Id="rId1" Type="{word.OFFICE}/comments" Target="comments.xml"/>'
    type_ = f'<Override PartName="/word/comments.xml" ContentType="{word.COMMENTS_TYPE}"/>'
    original = package(
        RUNS.replace("</w:p><w:tbl>", mark),
        {
            "word/comments.xml": held,
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{word.RELATIONS}">{link}</Relationships>',
            "[Content_Types].xml": f'<Types xmlns="{word.TYPES}">{type_}</Types>',
        },
    )
    copied = word_copy.commented(original, at_words("Osk"))
    assert copied is not None
    assert list(comments_of(copied)) == ["7", "8"]


@pytest.mark.parametrize("linked", [None, "docProps/app.xml", "/docProps/app0.xml", "gone.xml"])
@pytest.mark.parametrize("long", [False, True])
def test_a_copy_is_known_as_ours(linked: str | None, long: bool) -> None:
    """Though the document may not name its program, or may have a long list of types."""
    named = f'<Relationship Id="r1" Type="{word.OFFICE}/extended-properties" Target="{linked}"/>' if linked else ""
    main = f'<Relationship Id="r2" Type="{word.OFFICE}/officeDocument" Target="word/document.xml"/>'
    overrides = f'<Override PartName="/word/document.xml" ContentType="{MEDIA_TYPE}.main+xml"/>' + "".join(
        f'<Override PartName="/x/{number}.xml" ContentType="application/xml"/>' for number in range(300 if long else 1)
    )
    more = {
        "_rels/.rels": f'<Relationships xmlns="{word.RELATIONS}">{main}{named}</Relationships>',
        "[Content_Types].xml": f'<Types xmlns="{word.TYPES}">{overrides}</Types>',
    }
    if linked == "/docProps/app0.xml":
        more["docProps/app0.xml"] = "<Properties/>"
    copied = word_copy.commented(package(RUNS, more, without=("docProps/app.xml",)), at_words("Osk"))
    assert copied is not None and begins_as_ours(copied[:10_000])
    file = zipfile.ZipFile(BytesIO(copied))
    links = ElementTree.fromstring(file.read("_rels/.rels"))
    (target,) = [each.get("Target", "") for each in links if each.get("Type", "").endswith("/extended-properties")]
    assert b"<Application>tellings<" in file.read(target.lstrip("/"))
    if target == "docProps/app.xml":
        types = ElementTree.fromstring(file.read("[Content_Types].xml"))
        assert [each.get("PartName") for each in types].count("/docProps/app.xml") == 1


@pytest.mark.parametrize("kind", ["application/vnd.ms-word.document.macroEnabled", f"{MEDIA_TYPE[:-9]}.template"])
def test_a_document_of_another_type_is_no_docx(kind: str) -> None:
    override = f'<Override PartName="/word/document.xml" ContentType="{kind}.main+xml"/>'
    more = {"[Content_Types].xml": f'<Types xmlns="{word.TYPES}">{override}</Types>'}
    assert word_copy.commented(package(RUNS, more), at_words("Osk")) is None


@pytest.mark.parametrize(
    "original",
    [
        b"",
        b"PK\x03\x04 no archive",
        package(RUNS.replace("Osk", "Ask")),
        package("<w:p><w:r><w:t>broken"),
        package(RUNS + f"<w:p><w:r><w:t>{'and more ' * 9}</w:t></w:r></w:p>"),
        package('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:p/>'),
    ],
)
def test_what_does_not_fit_is_not_copied(original: bytes, tmp_path: Path) -> None:
    given_ = at_words("Osk")
    assert word_copy.commented(original, given_) is None
    path = tmp_path / "d.docx"
    path.write_bytes(original)
    there = replace(given_, path=str(path))
    # A new document stands in for it.
    assert [at for at, _ in comments_of(written_as([there], "docx")).values()] == ["Osk"]
    path.unlink()
    assert written_as([there], "docx") == word.document(there)


def test_the_file_of_a_word_draft_is_copied(tmp_path: Path) -> None:
    path = tmp_path / "d.docx"
    path.write_bytes(package(RUNS))
    copied = written_as([replace(at_words("Osk"), path=str(path))], "docx")
    assert zipfile.ZipFile(BytesIO(copied)).read("word/media/image1.bin") == b"\x00picture"


# ---- the page, as text ----------------------------------------------------------------------------


def test_the_page_is_the_same_each_time(example: Report) -> None:
    assert page.render(example) == page.render(example)
    assert begins_as_ours(page.render(example).encode())


def test_the_page_opens_with_the_counts(example: Report) -> None:
    assert f'<p class="counts">{words.in_words(example)}</p>' in page.render(example)


# ---- files and the command line -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("r.html", b"<!DOCTYPE html>"),
        ("r.json", b'{\n "format": "tellings-check/1"'),
        ("r.sarif", b'{\n "$schema"'),
        ("r.sarif.json", b'{\n "$schema"'),
        ("r.docx", b"PK\x03\x04"),
        ("r.MD", b"# The bridge that stuck"),
    ],
)
def test_the_suffix_says_the_form(example: Report, tmp_path: Path, name: str, begins: bytes) -> None:
    (written,) = write_reports([example], tmp_path / "new" / name)
    assert written.read_bytes().startswith(begins)
    if name != "r.MD":
        # An earlier report is replaced.
        assert write_reports([example], written) == (written,)
    else:
        with pytest.raises(NotOursError):
            write_reports([example], written)
        write_reports([example], written, overwrite=True)


def test_a_folder_has_a_page_for_each_draft(example: Report, tmp_path: Path) -> None:
    reports = [
        replace(example, path="a/d.md"),
        replace(example, path="b/d.md"),
        replace(example, name="draft.md-2", path="b/e"),
        replace(example, name="x/../../d.md", path="c/d.md"),
        replace(example, name="-", path="-"),
    ]
    written = write_reports(reports, tmp_path / "checks")
    assert [path.relative_to(tmp_path / "checks").as_posix() for path in written] == [
        "draft.md.check.html", "draft.md-2.check.html", "draft.md-2-2.check.html", "x/d.md.check.html",
        "draft.check.html", "check.json",
    ]  # fmt: skip
    assert len(json.loads(written[-1].read_bytes())) == 5
    (one,) = write_reports(reports[:1], tmp_path / "words", form="docx")
    assert one.name == "draft.md.check.docx"


def test_what_is_not_ours_is_not_replaced(example: Report, tmp_path: Path) -> None:
    for name in ("r.html", "r.docx", "r.json", "r.md"):
        path = tmp_path / name
        path.write_bytes(b"PK\x03\x04 mine" if name.endswith("docx") else b"mine")
        with pytest.raises(NotOursError, match="was not written by tellings"):
            write_reports([example], path)
        assert path.read_bytes().endswith(b"mine")
    # Nothing is written of a folder in which one file stands in the way.
    (tmp_path / "check.json").write_text("mine")
    with pytest.raises(NotOursError):
        write_reports([example], tmp_path)
    assert not list(tmp_path.glob("*.check.html"))


def test_a_draft_may_be_replaced_by_itself_with_footnotes(call: Call, tmp_path: Path) -> None:
    draft = tmp_path / "note.md"
    draft.write_bytes((EXAMPLE / "draft.md").read_bytes())
    words_ = ("check", draft, "--against", EXAMPLE / "articles", "--jobs", "1", "-o", draft, "--quiet")
    assert call(*words_).code == 0
    once = draft.read_bytes()
    assert once.startswith((EXAMPLE / "draft.md").read_bytes()[:20]) and b"\n[^t" in once
    assert call(*words_).code == 0
    assert draft.read_bytes() == once


def test_a_draft_of_another_encoding_is_not_replaced_unasked(call: Call, tmp_path: Path) -> None:
    draft = tmp_path / "note.md"
    words_ = ("check", draft, "--against", tmp_path / "a.txt", "--jobs", "1", "-o", draft, "--quiet", "--all")
    text = "\ufeff“Café Zoë,” said Ada Quill.\r\n"
    (tmp_path / "a.txt").write_text("“Café Zoë,” said Ada Quill.\n", "utf-8")
    for encoding, code in (("utf-16", 4), ("utf-8", 0)):
        draft.write_bytes(text.encode(encoding))
        assert call(*words_).code == code
        if code:
            assert draft.read_bytes() == text.encode(encoding)
        else:
            written = draft.read_bytes().decode()
            assert written.startswith("\ufeff“Café Zoë[^t") and ",”[^t" in written


def test_a_device_is_written_to(example: Report) -> None:
    assert write_reports([example], "/dev/null", form="json") == (Path("/dev/null"),)


def test_forms_that_do_not_fit(example: Report, tmp_path: Path) -> None:
    with pytest.raises(FormError, match="does not tell a form"):
        write_reports([example], tmp_path / "r.xyz")
    (written,) = write_reports([example], tmp_path / "r.xyz", form="json")
    assert json.loads(written.read_bytes())["name"] == "draft.md"
    for name in ("r.html", "r.docx", "r.md"):
        with pytest.raises(FormError, match="holds one draft, and 2 were read"):
            write_reports([example, example], tmp_path / name)


def test_the_exit_code_is_that_of_fail_on(call: Call, story: Report) -> None:
    given_ = {words.slug(verdict) for verdict in story.counts()}
    missing = {words.slug(verdict) for verdict in VERDICTS} - given_
    for fail_on, code in (
        (",".join(given_), 1),
        (f"{min(given_)}, {min(missing)}", 1),
        (",".join(missing), 0),
        ("", 0),
    ):
        done = call(
            *("check", EXAMPLE / "draft.md", "--against", EXAMPLE / "articles", "--jobs", "1"),
            *("--fail-on", fail_on, "--format", "github"),
        )
        assert done.code == code, fail_on
        assert done.out.startswith(b"::")


def test_how_grave_a_finding_must_be(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We waited an hour,” said Ada Quill.\n", "utf-8")
    (tmp_path / "d.txt").write_text("“Nobody ever came for the goats,” said Ada Quill.\n", "utf-8")
    codes = [
        call("check", tmp_path / "d.txt", "--against", tmp_path / "a.txt", "--jobs", "1", "--fail-on", name).code
        for name in ("error", "warning", "note")
    ]
    assert codes == [0, 1, 1]


@pytest.mark.parametrize(
    ("words_", "code", "says"),
    [
        (("--format", "docx"), 2, "give -o FILE.docx"),
        (("-o", "r.xyz"), 2, "does not tell a form"),
        (("--fail-on", "lies"), 2, "is no verdict"),
        (("-o", "taken.html"), 4, "replace it with --force"),
        (("-o", "taken.html/r.html"), 4, "Choose another name with -o"),
    ],
)
def test_errors_say_what_to_do(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words_: tuple[str, ...], code: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("It rained on 9 March 2021.\n")
    Path("d.txt").write_text("It rained.\n")
    Path("taken.html").write_text("mine")
    done = call("check", "d.txt", "--against", "a.txt", "--jobs", "1", *words_)
    assert done.code == code
    assert says in done.err
    assert Path("taken.html").read_text() == "mine"


def test_a_folder_and_annotations_at_once(call: Call, tmp_path: Path) -> None:
    done = call(
        *("check", EXAMPLE / "draft.md", "--against", EXAMPLE / "articles", "--jobs", "1"),
        *("-o", tmp_path / "out", "--format", "github"),
    )
    assert done.out.startswith(b"::")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["check.json", "draft.md.check.html"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_the_script_of_the_action(tmp_path: Path) -> None:
    action = (ROOT / "action.yml").read_text("utf-8")
    *_, indented = re.findall(r"^      run: \|\n((?:        .*\n)+)", action, re.MULTILINE)
    assert '"$SOURCE[documents]"' in action  # it reads PDF, as the documents of its inputs say
    command = tmp_path / "bin" / "tellings"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tellings "$@"\n')
    command.chmod(0o755)
    (tmp_path / "a b.txt").write_text("“We waited an hour,” said Ada Quill.\n", "utf-8")
    (tmp_path / "-d $(touch x).md").write_text("“Nobody ever came for the goats,” said Ada Quill.\n", "utf-8")

    def run(**given: str) -> subprocess.CompletedProcess[str]:
        inputs = {
            "DRAFTS": "-d $(touch x).md\n",
            "AGAINST": "a b.txt\n \n",
            "FAIL_ON": "",
            "DATE": "",
            "PAGE": "",
            **given,
        }
        paths = {"PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": os.pathsep.join(sys.path)}
        words_ = ["bash", "-e", "-o", "pipefail", "-c", textwrap.dedent(indented)]
        return subprocess.run(
            words_, cwd=tmp_path, env={**os.environ, **paths, **inputs}, capture_output=True, text=True, check=False
        )

    done = run()
    assert done.returncode == 0
    assert done.stdout.startswith("::warning file=-d $(touch x).md,line=1,endLine=1,col=2,")
    assert run(FAIL_ON="not-found", DATE="2021-03-09").returncode == 1
    assert run(FAIL_ON="error", PAGE="pages").returncode == 0
    assert (tmp_path / "pages" / "-d $(touch x).md.check.html").is_file()
    assert not (tmp_path / "x").exists()


def test_the_sentence_of_an_article_is_told_as_it_stands() -> None:
    said = words.message(nasty().findings[0], words.Articles.of(nasty()))
    assert "\n" not in said and ARTICLE.split("\r\n")[0] in said
