"""Documents of bytes: DOCX and PDF, what is read of them, what is left out and said, what is refused."""

from __future__ import annotations

import dataclasses
import importlib.util
import random
import time
import zipfile
from datetime import date
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import Line, docx, paragraph, pdf, set_lines, zipped

import tellings
from tellings.edge.readers import read_bytes, read_paths
from tellings.edge.readers.containers import Container, ContainerError
from tellings.edge.readers.dates import dated_line
from tellings.edge.readers.pdf.layout import columns, laid_out
from tellings.edge.readers.pdf.sheets import Run, Sheet
from tellings.edge.readers.telling import Outcome, Read
from tellings.edge.writers.json import encode, sealed
from tellings.model.records import Problem
from tellings.model.text import Span

STORY = "The bridge over the Merrin was closed at noon, and nobody may cross it before Friday."
WORDS = ("the", "bridge", "over", "merrin", "was", "closed", "at", "noon", "tuesday", "officials", "flooding", "said")

needs_pdfium = pytest.mark.skipif(importlib.util.find_spec("pypdfium2") is None, reason="the extra is not installed")


def one(outcome: Outcome) -> Read:
    assert len(outcome.tellings) == 1, outcome.problems
    return outcome.tellings[0]


def refusal(name: str, data: bytes) -> Problem:
    outcome = read_bytes(name, data)
    assert outcome.tellings == ()
    (problem,) = outcome.problems
    assert problem.lost and problem.remedy
    return problem


def told(read: Read) -> list[tuple[str, str]]:
    """Kind and words of each hint."""
    return [(hint.kind, hint.span.of(read.view.text)) for hint in read.hints]


# ---- DOCX


def test_a_draft_is_read_with_its_headings_lists_and_tables() -> None:
    table = (
        "<w:tbl><w:tr><w:tc>" + paragraph("Town") + "</w:tc><w:tc>" + paragraph("Dead") + "</w:tc></w:tr>"
        "<w:tr><w:tc>" + paragraph("Oster") + "</w:tc><w:tc>" + paragraph("12") + "</w:tc></w:tr></w:tbl>"
    )
    data = docx([
        paragraph("Bridge closed", "Title"),
        paragraph(STORY),
        paragraph("What comes next", "Heading2"),
        paragraph("A first step", "ListParagraph", "<w:numPr/>"),
        table,
        paragraph('<w:hyperlink><w:r><w:t>A linked word</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> '
                  "and<w:tab/>more</w:t></w:r>"),
    ])  # fmt: skip
    read = one(read_bytes("draft.docx", data))
    assert told(read) == [
        ("headline", "Bridge closed"),
        ("paragraph", STORY),
        ("subheading", "What comes next"),
        ("list-item", "A first step"),
        ("list-item", "Town"),
        ("list-item", "Dead"),
        ("list-item", "Oster"),
        ("list-item", "12"),
        ("paragraph", "A linked word and"),
    ]
    assert read.view.text == read.view.source.content
    assert read.metadata.title is not None and read.metadata.title.value == "Bridge closed"


def test_a_heading_that_a_document_opens_with_is_its_title() -> None:
    read = one(read_bytes("a.docx", docx([paragraph("Bridge closed", "Heading1"), paragraph(STORY)])))
    assert read.metadata.title is not None and read.metadata.title.value == "Bridge closed"
    below = one(read_bytes("a.docx", docx([paragraph(STORY), paragraph("What comes next", "Heading1")])))
    assert below.metadata.title is None


def test_without_styles_nothing_is_known_and_plain_rules_decide() -> None:
    read = one(read_bytes("draft.docx", docx([paragraph("Bridge closed"), paragraph(STORY)])))
    assert read.hints == ()
    assert read.view.text == f"Bridge closed\n\n{STORY}"


def test_tracked_deletions_are_left_out_insertions_kept_and_both_said() -> None:
    change = (
        "<w:r><w:t>Closed at </w:t></w:r><w:del><w:r><w:delText>noon</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>one</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> gone</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> sharp</w:t></w:r></w:moveTo>"
    )
    joined = paragraph("The mayor said", properties="<w:rPr><w:del/></w:rPr>")
    outcome = read_bytes("a.docx", docx([paragraph(change), joined, paragraph(" nothing.")]))
    assert one(outcome).view.text == "Closed at one sharp\n\nThe mayor said nothing."
    (problem,) = outcome.problems
    assert (problem.kind, problem.lost) == ("left-out", False)
    assert "2 tracked deletions" in problem.message


def test_a_paragraph_that_nothing_goes_on_with_stands_for_itself() -> None:
    def open_end(text: str) -> str:
        return paragraph(text, properties="<w:rPr><w:del/></w:rPr>")

    cells = "".join(f"<w:tc>{inner}</w:tc>" for inner in (open_end("Left cell."), paragraph("Right cell.")))
    box = "<w:r><w:t>Beside it, </w:t></w:r><w:txbxContent>" + open_end("In the box.") + "</w:txbxContent>"
    body = [open_end("Over the table."), f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", open_end(box), open_end("an end.")]
    note = (
        f'<w:footnote w:id="2">{open_end("A note.")}</w:footnote><w:footnote w:id="3">{paragraph("Two")}</w:footnote>'
    )
    outcome = read_bytes("a.docx", docx(body, parts={"footnotes": note, "header": open_end("Draft")}))
    assert one(outcome).view.text.split("\n\n") == [
        "Over the table.", "Left cell.", "Right cell.", "In the box.", "Beside it, an end.", "A note.", "Two", "Draft",
    ]  # fmt: skip
    assert one(read_bytes("b.docx", docx([open_end(STORY)]))).view.text == STORY


def test_notes_come_last_heads_are_residue_comments_and_hidden_words_are_said() -> None:
    hidden = "<w:r><w:t>Seen.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Not seen.</w:t></w:r>"
    mark = '<w:r><w:t>Twelve died</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r>'
    outcome = read_bytes("a.docx", docx([paragraph(hidden), paragraph(mark)], parts={
        "footnotes": '<w:footnote w:type="separator" w:id="0">' + paragraph("—") + "</w:footnote>"
                     '<w:footnote w:id="2">' + paragraph("So the ministry says.") + "</w:footnote>",
        "header": paragraph("Draft, not for release"),
        "comments": "<w:comment>" + paragraph("Check this") + "</w:comment>",
    }))  # fmt: skip
    read = one(outcome)
    assert read.view.text == "Seen.\n\nTwelve died.\n\nSo the ministry says.\n\nDraft, not for release"
    assert told(read) == [("list-item", "So the ministry says."), ("boilerplate", "Draft, not for release")]
    assert "1 comment, 1 hidden run" in outcome.problems[0].message


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent>" + paragraph("In the box.") + "</w:txbxContent>"
    twice = (
        '<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing>' + box + "</w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent><w:t>Beside it.</w:t></w:r>"
    )
    assert one(read_bytes("a.docx", docx([paragraph(twice)]))).view.text == "Beside it.\n\nIn the box."


@pytest.mark.parametrize(
    ("core", "wanted", "evidence"),
    [
        ("<dcterms:created>2024-05-02T09:00:00Z</dcterms:created>", date(2024, 5, 2), "created 2024-05-02"),
        (
            "<dcterms:created>2019-05-02T09:00:00Z</dcterms:created><dcterms:modified>2024-05-02</dcterms:modified>",
            None,
            "too far apart",
        ),
        ("<dcterms:created>2013-12-23T23:15:00Z</dcterms:created>", None, "no date"),
        ("<dcterms:created>soon</dcterms:created>", None, "refused"),
        ("", None, "no date"),
    ],
)
def test_the_day_of_a_draft(core: str, wanted: date | None, evidence: str) -> None:
    found = one(read_bytes("a.docx", docx([paragraph(STORY)], core=core))).metadata.date
    assert found.value == wanted
    assert evidence in found.evidence


def test_properties_and_a_date_that_is_shown() -> None:
    core = (
        "<dc:title>Bridge closed</dc:title><dc:creator>Ada Quill</dc:creator>"
        "<dcterms:created>2024-05-02T09:00:00Z</dcterms:created>"
    )
    data = docx(
        [paragraph("Bridge closed"), paragraph("Published: March 3, 2015, 9 p.m."), paragraph(STORY)], core=core
    )
    metadata = one(read_bytes("a.docx", data)).metadata
    assert metadata.title is not None and metadata.title.value == "Bridge closed"
    assert metadata.author is not None and metadata.author.value == "Ada Quill"
    assert metadata.date.value == date(2015, 3, 3)
    assert metadata.date.rule == "date-line"


def test_defaults_of_programs_are_no_title_and_no_author() -> None:
    core = "<dc:title>Microsoft Word - draft.docx</dc:title><dc:creator>python-docx</dc:creator>"
    metadata = one(read_bytes("a.docx", docx([paragraph(STORY)], core=core))).metadata
    assert metadata.title is None and metadata.author is None


def test_a_document_is_known_by_its_content_and_a_page_under_its_name_too(tmp_path: Path) -> None:
    (tmp_path / "no_suffix").write_bytes(docx([paragraph(STORY)]))
    (tmp_path / "wrong.txt").write_bytes(docx([paragraph(STORY + " It rains.")]))
    (tmp_path / "page.docx").write_bytes(b"<!doctype html><title>Bridge</title><p>" + STORY.encode() * 3)
    found, _ = read_paths([tmp_path])
    assert {each.name: each.media_type.rpartition(".")[2] for each in found} == {
        "no_suffix": "document",
        "wrong.txt": "document",
        "page.docx": "text/html",
    }


def test_places_in_the_file_are_told_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    table = "<w:tbl><w:tr><w:tc>" + paragraph("Town") + "</w:tc><w:tc>" + paragraph("Dead") + "</w:tc></w:tr></w:tbl>"
    body = [paragraph("Bridge closed", "Title"), paragraph(STORY), table, paragraph("It rains.")]
    data = docx(body, parts={"footnotes": '<w:footnote w:id="1">' + paragraph("So they say.") + "</w:footnote>"})
    Path("a.docx").write_bytes(data)
    page, path = tellings.write(tellings.read("a.docx"), "record")
    record = tellings.load(path)
    (telling,) = record.tellings
    assert telling.text is not None
    assert telling.file_digest == sha256(data).hexdigest()
    assert [(each.name, telling.text[each.start : each.end]) for each in telling.locators] == [
        ("paragraph 1", "Bridge closed"),
        ("paragraph 2", STORY),
        ("table 1, row 1, cell 1", "Town"),
        ("table 1, row 1, cell 2", "Dead"),
        ("paragraph 3", "It rains."),
        ("footnote 1", "So they say."),
    ]
    shown = page.read_text(encoding="utf-8")
    assert 'title="table 1, row 1, cell 2"' in shown and telling.file_digest in shown
    assert tellings.verify(path, again=True).verification.holds
    for changed in (
        dataclasses.replace(telling, file_digest="0" * 64),
        dataclasses.replace(telling, locators=telling.locators[1:]),
    ):
        path.write_bytes(encode(sealed(dataclasses.replace(record, tellings=(changed,)))))
        assert not tellings.verify(path).verification.holds


BOMB = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": b"<a>" + b" " * 50_000_000 + b"</a>"})
ENTITIES = (
    '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><w:document xmlns:w="w"><w:body>&c;</w:body></w:document>'
)
BAD = [
    ("cut.docx", docx([paragraph(STORY)])[:400], "cut off"),
    ("bomb.docx", BOMB, "unpacks into more"),
    ("entities.docx", zipped({"[Content_Types].xml": "", "word/document.xml": ENTITIES}), "document type"),
    ("xml.docx", zipped({"[Content_Types].xml": "", "word/document.xml": "<a>"}), "no XML"),
    ("empty.docx", zipped({"[Content_Types].xml": "<Types/>"}), "text is missing"),
    ("bodiless.docx", zipped({"[Content_Types].xml": "", "word/document.xml": "<a/>"}), "no text body"),
    ("sheet.xlsx", zipped({"[Content_Types].xml": "", "xl/workbook.xml": "<a/>"}), "spreadsheet"),
    ("slides.docx", zipped({"[Content_Types].xml": "", "ppt/presentation.xml": "<a/>"}), "presentation"),
    ("silent.docx", docx([paragraph(" ")]), "no text"),
    ("binary.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word document of before 2007"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BAD, ids=[name for name, *_ in BAD])
def test_bad_documents_are_named(name: str, data: bytes, reason: str) -> None:
    assert reason in refusal(name, data).message


def test_nothing_outside_the_document_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    entity = (
        f'<!DOCTYPE a [<!ENTITY s SYSTEM "{tmp_path.as_uri()}/secret.txt">]><w:document xmlns:w="w">&s;</w:document>'
    )
    problem = refusal("a.docx", zipped({"[Content_Types].xml": "", "word/document.xml": entity}))
    assert "secret" not in problem.message


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 30))
def test_a_damaged_document_is_read_or_named(chance: random.Random, faults: int) -> None:
    core = "<dc:title>Bridge</dc:title><dcterms:created>2024-05-02</dcterms:created>"
    data = bytearray(docx([paragraph(STORY, "Title"), paragraph(STORY)], core=core, parts={"footnotes": ""}))
    for _ in range(faults):
        data[chance.randrange(len(data))] = chance.randrange(256)
    outcome = read_bytes("a.docx", bytes(data[: chance.randrange(1, len(data) + 1)] if faults % 3 == 0 else data))
    assert outcome.tellings or outcome.problems
    assert all("please report" not in problem.remedy for problem in outcome.problems)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="<>&"), max_size=60)))
def test_hints_lie_on_their_paragraphs_whatever_these_hold(texts: list[str]) -> None:
    outcome = read_bytes("a.docx", docx([paragraph("Head", "Title"), *(paragraph(text) for text in texts)]))
    read = one(outcome)
    shown = [read.view.to_source(hint.span) for hint in read.hints]
    assert all(before.end <= after.start for before, after in pairwise(shown))
    kept = [text for text in ("Head", *texts) if text.strip()]
    got = [hint.span.of(read.view.text) for hint in read.hints]
    assert len(got) <= len(kept)
    assert got[0] == "Head"


# ---- ODT


_OFFICE = 'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:meta="m" xmlns:dc="d" xmlns:draw="w"'


def odt(body: str, *, meta: str = "", styles: str = "", manifest: str = "") -> bytes:
    automatic = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        "content.xml": f"<office:document-content {_OFFICE}><office:automatic-styles>{automatic}"
        "</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_OFFICE}>{styles}</office:document-styles>",
        "meta.xml": f"<office:document-meta {_OFFICE}>{meta}</office:document-meta>",
    })  # fmt: skip


def test_an_odt_is_read_as_its_reader_sees_it() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        '</text:changed-region></text:tracked-changes><text:p text:style-name="P1">Bridge closed</text:p>'
        f"<text:p>{STORY}<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>So they say."
        '</text:p></text:note-body></text:note> And<text:s text:c="2"/>more.<office:annotation><text:p>Check'
        "</text:p></office:annotation></text:p><text:h>What comes next</text:h>"
        "<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Oster</text:p></table:table-cell>"
        "<table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>"
    )
    meta = "<dc:title>Bridge</dc:title><meta:initial-creator>Ada Quill</meta:initial-creator>"
    meta += "<meta:creation-date>2024-05-02T10:00:00</meta:creation-date><dc:date>2024-05-03T10:00:00</dc:date>"
    outcome = read_bytes("a", odt(body, meta=meta, styles="<style:header><text:p>The Courier</text:p></style:header>"))
    read = one(outcome)
    assert told(read) == [
        ("headline", "Bridge closed"),
        ("paragraph", f"{STORY} And  more."),
        ("subheading", "What comes next"),
        ("list-item", "One"),
        ("list-item", "Oster"),
        ("list-item", "12"),
        ("list-item", "So they say."),
        ("boilerplate", "The Courier"),
    ]
    assert read.metadata.date.value == date(2024, 5, 2)
    assert read.metadata.title is not None and read.metadata.author is not None
    assert [problem.message for problem in outcome.problems] == ["not read: 1 comment, 1 tracked deletion"]
    assert [each.name for each in read.locators][3:6] == [
        "paragraph 4",
        "table 1, row 1, cell 1",
        "table 1, row 1, cell 2",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odt("<text:p/>", manifest="<encryption-data/>"), "encrypted"),
        (odt("<text:p> </text:p>"), "no text"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a spreadsheet"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "no text body"),
    ],
)
def test_bad_odts_are_named(data: bytes, reason: str) -> None:
    assert reason in refusal("a.odt", data).message


# ---- RTF


@pytest.mark.parametrize("picture", [rb"\bin5 abc}d", b"\\bin4 abc\\", rb"\bin6 {{{{{{", rb"\bin3 \'e"])
def test_behind_raw_bytes_of_an_rtf_its_text_goes_on(picture: bytes) -> None:
    outcome = read_bytes("a.rtf", rb"{\rtf1\ansi A bridge{\pict" + picture + rb"} closed.\par " + picture + rb" Next.}")
    assert one(outcome).view.text.split() == ["A", "bridge", "closed.", "Next."]
    assert outcome.problems == ()


def test_an_rtf_is_read_as_its_reader_sees_it() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times CYR;}}"
        rb"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s5 Title;}}"
        rb"{\info{\title Br\'fccke \u8212- shut}{\author Ada Quill}"
        rb"{\creatim\yr2015\mo3\dy3\hr10}}{\header\pard The Courier\par}"
        rb"\pard\s5 Bridge closed\par\pard\s0 Plain caf\'e9 and {\f1 \'ec\'ee\'f1\'f2} \u-10179?\u-8704? end."
        rb"{\deleted gone}{\v secret}{\super\chftn}{\footnote\chftn\pard So they say.\par}\par"
        rb"{\*\annotation check}\pard\s1 Next\par\pard{\listtext\bullet\tab}One\par{\pict\bin5 }{}}}}"
        rb"\trowd\pard\intbl Oster\cell 12\cell\row\pard Last \ldblquote word\rdblquote"
        rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt  linked}}.\par}"
    )
    outcome = read_bytes("a.doc", data)
    read = one(outcome)
    assert told(read) == [
        ("headline", "Bridge closed"),
        ("paragraph", "Plain café and мост 😀 end."),
        ("subheading", "Next"),
        ("list-item", "One"),
        ("list-item", "Oster"),
        ("list-item", "12"),
        ("paragraph", "Last “word” linked."),
        ("list-item", "So they say."),
        ("boilerplate", "The Courier"),
    ]
    metadata = read.metadata
    assert metadata.title is not None and metadata.title.value == "Brücke — shut"
    assert metadata.author is not None and metadata.date.value == date(2015, 3, 3)
    assert [problem.message for problem in outcome.problems] == [
        "not read: 1 comment, 1 hidden run, 1 tracked deletion"
    ]
    assert {"table 1, row 1, cell 2", "footnote 1"} <= {each.name for each in read.locators}


def test_an_rtf_that_was_cut_off_is_read_and_that_is_said() -> None:
    outcome = read_bytes("a.rtf", rb"{\rtf1 The bridge {\b closed")
    assert one(outcome).view.text == "The bridge closed"
    assert [problem.kind for problem in outcome.problems] == ["malformed"]
    assert refusal("b.rtf", rb"{\rtf1{\pict 00ff}}").kind == "empty"


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Co"))).filter(str.strip))
def test_any_text_comes_out_of_an_rtf_as_it_went_in(text: str) -> None:
    def escaped(character: str) -> str:
        if character in "\\{}":
            return "\\" + character
        units = character.encode("utf-16-le")
        codes = [int.from_bytes(units[place : place + 2], "little", signed=True) for place in range(0, len(units), 2)]
        return character if character.isascii() else "".join(f"\\u{code}?" for code in codes)

    data = "{\\rtf1 " + "".join(map(escaped, text)) + "\\par}"
    outcome = read_bytes("a.rtf", data.encode("ascii"))
    contents = [read.view.source.content for read in outcome.tellings]
    assert contents == [text.strip()] or (not contents and outcome.problems)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_of_an_rtf_are_read_or_named(data: bytes) -> None:
    outcome = read_bytes("a.rtf", rb"{\rtf1 " + data)
    assert outcome.tellings or outcome.problems
    assert all("please report" not in problem.remedy for problem in outcome.problems), outcome.problems


def test_a_font_that_is_not_named_is_that_of_the_document() -> None:
    fonts = rb"{\rtf1\ansi\ansicpg1252\deff1{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times CYR;}}"
    title = rb"{\info{\title Br\'fccke}}"
    data = fonts + title + rb"\'ec\'ee\'f1\'f2 {\f0 caf\'e9 \plain \'ec\'ee\'f1\'f2}\par}"
    read = one(read_bytes("a.rtf", data))
    assert read.view.text == "мост café мост"
    assert read.metadata.title is not None and read.metadata.title.value == "Brücke"


def test_what_is_not_shown_of_an_rtf_is_counted_by_its_stretches() -> None:
    data = (
        rb"{\rtf1 Seen{\deleted gone {\b with} caf\'e9s}{\deleted too}{\v hidden{\deleted gone} hidden}\v a\v0 .\par}"
    )
    outcome = read_bytes("a.rtf", data)
    assert one(outcome).view.text == "Seen."
    assert [each.message for each in outcome.problems] == ["not read: 2 hidden runs, 3 tracked deletions"]


# ---- EPUB


def epub(pages: dict[str, str], *, metadata: str = "", more: dict[str, str] | None = None) -> bytes:
    items = "".join(
        f'<item id="i{place}" href="{name}" media-type="application/xhtml+xml"/>' for place, name in enumerate(pages)
    )
    order = "".join(f'<itemref idref="i{place}"/>' for place in range(len(pages)))
    return zipped({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="E/a.opf"/></rootfiles></container>',
        "E/a.opf": f'<package xmlns:dc="d"><metadata>{metadata}</metadata><manifest>{items}</manifest>'
        f"<spine>{order}</spine></package>",
        **{f"E/{name}": page for name, page in pages.items()},
        **(more or {}),
    })  # fmt: skip


CHAPTER = f"<html><head><title>t</title></head><body><h1>Bridge {{}}</h1><p>{STORY} {STORY}</p></body></html>"


def test_each_document_of_a_book_is_a_telling() -> None:
    pages = {
        "cover.xhtml": "<html><body><img/></body></html>",
        "a.xhtml": CHAPTER.format("a"),
        "b.xhtml": CHAPTER.format("b"),
    }
    metadata = "<dc:title>The Courier</dc:title><dc:date>2015-03-03</dc:date><dc:creator>Ada Quill</dc:creator>"
    outcome = read_bytes("news.epub", epub(pages, metadata=metadata))
    assert [(read.name, told(read)[0]) for read in outcome.tellings] == [
        ("news.epub#2", ("headline", "Bridge a")),
        ("news.epub#3", ("headline", "Bridge b")),
    ]
    first = outcome.tellings[0]
    assert first.metadata.date.value == date(2015, 3, 3)
    assert first.metadata.publisher is not None and first.metadata.publisher.value == "The Courier"
    assert [each.name for each in first.locators] == ["E/a.xhtml"]


def test_a_book_of_one_document_is_named_by_its_title() -> None:
    outcome = read_bytes("a", epub({"a.xhtml": CHAPTER}, metadata="<dc:title>Bridge closed</dc:title>"))
    read = one(outcome)
    assert read.name == "a" and read.metadata.title is not None and read.metadata.title.value == "Bridge closed"


def test_what_a_book_without_a_text_has_is_told_whole() -> None:
    pages = {"a.xhtml": "<p>caf\u00e9 shut", "b.xhtml": "<p>Short.</p><!-- never closed"}
    data = epub(pages, metadata="<dc:date>soon</dc:date>")
    outcome = read_bytes("news.epub", data)
    assert [(each.kind, each.lost) for each in outcome.problems] == [
        ("malformed", False),
        ("date", False),
        ("empty", True),
    ]


def test_the_encoding_of_a_document_of_a_book_is_told() -> None:
    page = CHAPTER.format("café").encode("cp1252").decode("latin-1")
    data = epub({"a.xhtml": "", "b.xhtml": CHAPTER.format("b")})
    container = zipfile.ZipFile(BytesIO(data))
    parts: dict[str, str | bytes] = {name: container.read(name) for name in container.namelist()}
    outcome = read_bytes("news.epub", zipped({**parts, "E/a.xhtml": page.encode("latin-1")}))
    assert [(each.place, each.kind, each.lost) for each in outcome.problems] == [("news.epub#1", "encoding", False)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"mimetype": "application/epub+zip"}), "contents is missing"),
        (epub({}), "no text"),
        (epub({"a.xhtml": "<p>Short.</p>"}), "no text"),
        (
            epub({"a.xhtml": CHAPTER}, more={"META-INF/encryption.xml": '<e><EncryptionMethod Algorithm="aes"/></e>'}),
            "DRM",
        ),
    ],
)
def test_bad_books_are_named(data: bytes, reason: str) -> None:
    assert reason in refusal("a.epub", data).message


# ---- the order of a page, without a PDF


def run(text: str, left: float, base: float, size: float = 10) -> Run:
    return Run(text, left, left + 0.6 * size * len(text), base, 1.2 * size)


def sheet(*lines: Line) -> Sheet:
    return Sheet(tuple(run(text, left, base, size) for left, base, size, text in lines), 0, 800)


def words(count: int, seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize() + "."


@pytest.mark.parametrize("number", [1, 2, 3])
def test_columns_are_read_one_after_the_other_under_a_headline(number: int) -> None:
    texts = [words(90, seed) for seed in range(number)]
    width = 90 // number - 2
    lines: list[Line] = [(40, 740, 24, "Bridge closed after the flood"), (40, 712, 24, "and nobody may cross")]
    for place, text in enumerate(texts):
        lines.extend(set_lines(text, left=40 + place * 6 * (width + 3), top=680, width=width))
    random.Random(number).shuffle(lines)
    blocks = laid_out([sheet(*lines)]).blocks
    assert [" ".join(row.text for row in block.rows) for block in blocks] == [
        "Bridge closed after the flood and nobody may cross",
        *texts,
    ]
    assert blocks[0].kind == "headline"


def test_columns_whose_lines_stand_at_other_heights_over_a_section_of_two() -> None:
    texts = [words(100, seed) for seed in range(5)]
    lines: list[Line] = [(200, 760, 30, "The Merrin Courier"), (40, 720, 22, "Bridge closed after the flood")]
    for place, top in enumerate((700, 697, 694)):
        lines.extend(set_lines(texts[place], left=40 + 180 * place, top=top, width=28))
    lowest = min(line[1] for line in lines)
    lines.append((40, lowest - 30, 16, "Lock shut, too"))
    for place in range(2):
        lines.extend(set_lines(texts[3 + place], left=40 + 270 * place, top=lowest - 50, width=43))
    for seed in range(3):
        random.Random(seed).shuffle(lines)
        blocks = laid_out([sheet(*lines)]).blocks
        assert [(block.kind, " ".join(row.text for row in block.rows)) for block in blocks] == [
            ("subheading", "The Merrin Courier"),
            ("headline", "Bridge closed after the flood"),
            *(("paragraph", text) for text in texts[:3]),
            ("subheading", "Lock shut, too"),
            *(("paragraph", text) for text in texts[3:]),
        ]


def test_a_table_with_long_names_and_many_figures_is_read_row_by_row() -> None:
    towns = ("The Long Valley Town", "Oster on the Merrin", "The Upper Lock Lands", "Merrin by the Water")
    rows = [(town, "112", "1,030", "17", "2,204", "8") for town in towns]
    lines = [
        (40 + (0 if column == 0 else 150 + 60 * (column - 1)), 600 - 14 * number, 10.0, cell)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    blocks = laid_out([sheet(*lines)]).blocks
    assert [block.rows[0].text for block in blocks] == ["\t".join(row) for row in rows]


def test_short_lines_under_one_another_stay_apart() -> None:
    lines = ["Copyright 2015 The Merrin Courier", "All Rights Reserved", "Length: 812 words", "Byline: By Ada Quill"]
    placed = [(40.0, 700.0 - 12 * number, 10.0, line) for number, line in enumerate(lines)]
    blocks = laid_out([sheet(*placed, *set_lines(words(60, 9), left=40, top=600, width=80))]).blocks
    assert [" ".join(row.text for row in block.rows) for block in blocks[:4]] == lines


def test_lines_in_the_middle_of_a_column_are_one_block() -> None:
    body = set_lines(words(80, 7), left=40, top=700, width=50)
    caption = [(100.0, 560.0, 8.0, "The closed bridge on Monday. Photo"), (156.0, 551.0, 8.0, "by Tam Reed")]
    below = set_lines(words(80, 8), left=40, top=530, width=50)
    blocks = laid_out([sheet(*body, *caption, *below)]).blocks
    assert [len(block.rows) for block in blocks if block.rows[0].height < 10] == [2]


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Town", "Dead", "Hurt"), ("Oster", "12", "30"), ("Merrin", "3", "17"), ("Long Valley", "112", "9")]
    lines = [
        (40 + 150 * column, 600 - 14 * number, 10.0, cell)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    blocks = laid_out([sheet(*set_lines(words(60, 1), left=40, top=740, width=60), *lines)]).blocks
    assert [block.rows[0].text for block in blocks[-4:]] == ["\t".join(row) for row in rows]
    assert {block.kind for block in blocks[-4:]} == {"list-item"}


def test_heads_feet_and_numbers_of_pages_are_residue_and_text_runs_on_over_them() -> None:
    text = words(200, 3)
    lines = set_lines(text, left=40, top=700, width=70)
    pages = []
    for number, body in enumerate((lines[:8], lines[8:]), start=1):
        moved = [(left, 700 - 12 * place, size, line) for place, (left, _, size, line) in enumerate(body)]
        head = [(40.0, 770.0, 9.0, "The Merrin Courier"), (300.0, 30.0, 9.0, f"- {number} -")]
        pages.append(sheet(*head, *moved))
    layout = laid_out(pages)
    assert [" ".join(row.text for row in block.rows) for block in layout.blocks] == [text]
    assert sorted(block.rows[0].text for block in layout.furniture) == ["- 1 -", "- 2 -", *["The Merrin Courier"] * 2]


def test_paragraphs_are_told_by_their_first_line() -> None:
    lines: list[Line] = []
    top = 700.0
    for seed in range(4):
        body = set_lines(words(50, seed), left=40, top=top, width=60)
        body[0] = (54, body[0][1], 10, body[0][3])
        lines.extend(body)
        top -= 12 * len(body)
    assert len(laid_out([sheet(*lines)]).blocks) == 4


def test_an_initial_belongs_to_its_word() -> None:
    body = set_lines(words(60, 5), left=40, top=700, width=60)
    first, *rest = body
    lines = [(64.0, first[1], 10.0, first[3][1:]), *((64.0, base, 10.0, text) for _, base, _, text in rest[:2])]
    lines.extend(rest[2:])
    blocks = laid_out([sheet((40, rest[1][1], 34, first[3][0]), *lines)]).blocks
    assert blocks[0].rows[0].text == first[3]


def test_an_initial_beside_another_one_loses_no_letter() -> None:
    high = Run("A", 0, 30, 120, 60), Run("B", 31, 50, 112, 24), Run("efore noon it rained", 52, 200, 114, 12)
    blocks = laid_out([Sheet(high, 0, 800)]).blocks
    assert "".join(row.text for block in blocks for row in block.rows) == "ABefore noon it rained"


def test_a_page_of_capitals_alone_is_read_in_time() -> None:
    for count in (5_000, 8_000):
        places = (divmod(number, 80) for number in range(count))
        letters = tuple(run("A", 7.0 * column, 7.0 * row) for row, column in places)
        began = time.process_time()
        laid_out([Sheet(letters, 0, 800)])
        assert time.process_time() - began < 2


runs = st.lists(
    st.builds(
        run,
        st.one_of(
            st.text(st.sampled_from("ab .-12AE"), min_size=1, max_size=40).filter(str.strip), st.sampled_from("AE")
        ),
        st.floats(0, 600),
        st.floats(0, 800),
        st.sampled_from([6.0, 10.0, 24.0, 60.0]),
    ),
    max_size=60,
)


@settings(max_examples=200, deadline=None)
@given(runs)
def test_every_run_is_in_one_column(found: list[Run]) -> None:
    parted = [each for column in columns(found) for each in column]
    assert sorted(parted, key=repr) == sorted(found, key=repr)


@settings(max_examples=200, deadline=None)
@given(st.lists(runs, max_size=4))
def test_every_letter_of_a_page_is_in_one_block(pages: list[list[Run]]) -> None:
    layout = laid_out([Sheet(tuple(found), 0, 800) for found in pages])
    given_letters = sorted("".join(each.text for found in pages for each in found).replace(" ", ""))
    read_letters = sorted(
        "".join(row.text for block in (*layout.blocks, *layout.furniture) for row in block.rows)
        .replace(" ", "")
        .replace("\t", "")
    )
    assert read_letters == given_letters


def test_the_order_in_the_file_changes_nothing() -> None:
    lines = [*set_lines(words(90, 1), left=40, top=700), *set_lines(words(90, 2), left=320, top=700)]
    wanted = laid_out([sheet(*lines)])
    for seed in range(5):
        random.Random(seed).shuffle(lines)
        assert laid_out([sheet(*lines)]) == wanted


# ---- PDF


@needs_pdfium
@pytest.mark.parametrize(("first", "dated"), [("Bridge closed", True), ("", False)])
def test_a_day_below_the_headline_dates_a_pdf_and_one_at_the_edge_does_not(first: str, dated: bool) -> None:
    lines: list[Line] = [*([(40.0, 780.0, 20.0, first)] if first else []), (40, 750, 10, "18 July 2015")]
    read = one(read_bytes("a.pdf", pdf([[*lines, *set_lines(STORY, left=40, top=600)]])))
    assert (read.metadata.date.value == date(2015, 7, 18)) is dated


@needs_pdfium
def test_a_pdf_is_read_with_its_words_whole() -> None:
    lines: list[Line] = [
        (40, 740, 20, "Bridge closed"),
        (40, 700, 10, "The governor said that the govern-"),
        (40, 688, 10, "ment would act, and that a well-"),
        (40, 676, 10, "known Anglo-"),
        (40, 664, 10, "Saxon bridge is a well-known one."),
    ]
    information = {"Title": "Bridge closed", "Author": "Ada Quill", "CreationDate": "D:20240502"}
    read = one(read_bytes("a.pdf", pdf([lines], information=information)))
    assert told(read) == [
        ("headline", "Bridge closed"),
        (
            "paragraph",
            "The governor said that the government would act, and that a well-known Anglo-Saxon bridge "
            "is a well-known one.",
        ),
    ]
    assert "govern-\nment" in read.view.source.content
    start = read.view.text.index("government")
    assert read.view.to_source(Span(start, start + 10)).of(read.view.source.content) == "govern-\nment"
    assert read.metadata.title is not None and read.metadata.author is not None
    assert read.metadata.date.value is None
    assert "made on 2024-05-02" in read.metadata.date.evidence


@needs_pdfium
@pytest.mark.parametrize("turned", [0, 90])
def test_two_columns_of_a_pdf(turned: int) -> None:
    left, right = words(80, 1), words(80, 2)
    lines = [*set_lines(left, left=40, top=500, width=40), *set_lines(right, left=320, top=500, width=40)]
    rows = sorted(lines, key=lambda line: (-line[1], line[0]))  # row by row, as some programs write it
    read = one(read_bytes("a", pdf([rows], size=(600, 800), turned=turned)))
    assert read.view.text == f"{left}\n\n{right}"


@needs_pdfium
def test_an_address_printed_by_a_browser_is_the_address() -> None:
    address = "https://example.org/news/bridge"
    pages = [
        [(20.0, 780.0, 8.0, "3/4/15, 10:00 AM"), *set_lines(STORY, left=40, top=600), (20.0, 15.0, 8.0, address)],
    ]
    read = one(read_bytes("a.pdf", pdf(pages)))
    assert read.metadata.url is not None and read.metadata.url.value == address
    assert [words for kind, words in told(read) if kind == "boilerplate"] == ["3/4/15, 10:00 AM", address]


WHOLE = pdf([set_lines(STORY, left=40, top=700)])
BAD_PDF = [
    ("scan.pdf", pdf([[], []], picture=True), "a scan"),
    ("stamped.pdf", pdf([[(500, 20, 8, "AB 12")]], picture=True), "a scan"),
    ("blank.pdf", pdf([[]]), "no text"),
    ("encrypted.pdf", pdf([set_lines(STORY, left=40, top=700)], encrypted=True), "encrypted"),
    ("none.pdf", pdf([]), "without a page"),
    ("cut.pdf", WHOLE[:300], "cut off"),
    ("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged"),
]


@needs_pdfium
@pytest.mark.parametrize(("name", "data", "reason"), BAD_PDF, ids=[name for name, *_ in BAD_PDF])
def test_bad_pdfs_are_named(name: str, data: bytes, reason: str) -> None:
    problem = refusal(name, data)
    assert reason in problem.message
    assert "OCR" in problem.remedy or reason != "a scan"


@needs_pdfium
def test_pages_without_text_and_a_missing_end_are_noted() -> None:
    data = pdf([set_lines(STORY, left=40, top=700), []], picture=True)
    outcome = read_bytes("a.pdf", data.replace(b"%%EOF", b""))
    assert STORY in one(outcome).view.text
    assert [(each.kind, each.lost) for each in outcome.problems] == [("malformed", False), ("left-out", False)]
    assert "1 page without text, maybe scanned: 2" in outcome.problems[1].message


@needs_pdfium
@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_damaged_pdf_is_read_or_named(chance: random.Random) -> None:
    data = bytearray(WHOLE)
    for _ in range(chance.randrange(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    outcome = read_bytes("a.pdf", bytes(data))
    assert outcome.tellings or outcome.problems
    assert all("please report" not in problem.remedy for problem in outcome.problems)


def test_without_what_reads_pdf_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "pip install 'tellings[documents]'" in refusal("a.pdf", WHOLE).remedy


def test_a_pdf_that_ends_its_reader_loses_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: True)
    monkeypatch.setattr("tellings.edge.readers.pdf._WORKER", "tellings.no_such_module")
    assert "ends the program" in refusal("a.pdf", WHOLE).message


# ---- lines that are dates


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Tuesday, March 3, 2015", date(2015, 3, 3)),
        ("Published: 3 March 2015 at 10:00 GMT", date(2015, 3, 3)),
        ("Posted on Mar. 3, 2015 | 9:30 p.m. EST", date(2015, 3, 3)),
        ("2015-03-03", date(2015, 3, 3)),
        ("Updated: March 3, 2015", None),
        ("On March 3, 2015 the bridge closed.", None),
        ("March 3, 2015 was a Tuesday", None),
        ("03/04/2015", None),
        ("20150303", None),
        ("March 33, 2015", None),
    ],
)
def test_a_line_that_is_a_date(line: str, wanted: date | None) -> None:
    assert dated_line(line) == wanted


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_a_part_of_more_tags_than_are_read_is_refused(name: str) -> None:
    part = "word/document.xml" if name == "a.docx" else "content.xml"
    head = {"mimetype": "application/vnd.oasis.opendocument.text"} if name == "a.odt" else {}
    data = zipped({**head, part: "<a>" + "<p/>" * 1_000_001 + "</a>"})
    (problem,) = read_bytes(name, data).problems
    assert problem.lost and "1,000,000 tags" in problem.message


def test_what_the_parts_of_a_file_unpack_into_is_bounded() -> None:
    container = Container(zipped({f"{number}": b" " * 30_000_000 for number in range(17)}))
    with pytest.raises(ContainerError, match="500,000,000 bytes"):
        for name in container.names:
            container.read(name)
