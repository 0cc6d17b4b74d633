"""The draft as a Word document (ECMA-376) with a comment at the words of each finding.

A few parts suffice: content types, relations, properties, styles, the document and its comments. Each paragraph of the
document is a line of the draft's text. The same report gives the same bytes: every entry of the archive has the same
time, and comments have none. A draft that is a Word document gets its comments in a copy of itself (`word_copy`).
"""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO

from tellings.edge.writers.check import words
from tellings.model.report import Finding, Report

AUTHOR, INITIALS = "tellings", "t"
#: The namespace of WordprocessingML, transitional, which every word processor reads.
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: The time of every entry: the earliest that a ZIP archive knows.
_TIME = (1980, 1, 1, 0, 0, 0)
#: Characters that XML 1.0 cannot hold.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Places of each kind that a comment shows.
_SHOWN = 2

PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"

_CONTENT_TYPES = f"""{_HEAD}<Types xmlns="{TYPES}">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>\
<Override PartName="/word/comments.xml" ContentType="{COMMENTS_TYPE}"/>\
<Override PartName="/docProps/app.xml" ContentType="{PROPERTIES_TYPE}"/>\
</Types>
"""
#: Stands near the beginning of the file, so that it is known as ours (`edge/readers/ours.py`).
APPLICATION = f"""{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>tellings</Application></Properties>
"""
_PACKAGE = f"""{_HEAD}<Relationships xmlns="{RELATIONS}">\
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>\
<Relationship Id="rId2" Type="{OFFICE}/extended-properties" Target="docProps/app.xml"/>\
</Relationships>
"""
_DOCUMENT = f"""{_HEAD}<Relationships xmlns="{RELATIONS}">\
<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>\
<Relationship Id="rId2" Type="{OFFICE}/comments" Target="comments.xml"/>\
</Relationships>
"""
_STYLES = f"""{_HEAD}<w:styles xmlns:w="{MAIN}">\
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Georgia"/><w:sz w:val="22"/>\
</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr>\
</w:pPrDefault></w:docDefaults>\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>\
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>\
<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>\
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>\
<w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>\
<w:style w:type="paragraph" w:styleId="CommentText"><w:name w:val="annotation text"/><w:basedOn w:val="Normal"/>\
<w:pPr><w:spacing w:after="60" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="20"/></w:rPr></w:style>\
<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>\
<w:rPr><w:sz w:val="16"/></w:rPr></w:style>\
</w:styles>
"""
#: Kinds of block and the style of their lines.
_STYLE_OF = {"headline": "Heading1", "subheading": "Heading2"}


def document(report: Report, *, every: bool = False) -> bytes:
    """A Word document of the draft's text, with a comment at each finding that the articles do not bear out; at all of
    them with `every`."""
    findings = words.shown(report, every=every)
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "docProps/app.xml": APPLICATION,
        "_rels/.rels": _PACKAGE,
        "word/document.xml": _body(report, findings),
        "word/_rels/document.xml.rels": _DOCUMENT,
        "word/styles.xml": _STYLES,
        "word/comments.xml": comments(report, findings),
    }
    return archive((name, part.encode()) for name, part in parts.items())


def archive(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive of parts, in their order; its bytes depend on nothing else. The first two are stored as they
    are."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for number, (name, data) in enumerate(parts):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_STORED if number < 2 else zipfile.ZIP_DEFLATED
            # As made on any system, with the rights of a file.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            file.writestr(entry, data)
    return written.getvalue()


def xml(text: str) -> str:
    """`text` as character data of XML, with U+FFFD for what XML cannot hold."""
    return escape(_NO_XML.sub("\ufffd", text), quote=False)


# ---- comments ----------------------------------------------------------------------------


def comments(report: Report, findings: Sequence[Finding], first: int = 0, apart: frozenset[str] = frozenset()) -> str:
    """The part of the comments; they are numbered from `first`. Those on findings with an id in `apart` do not stand at
    their words, and tell them."""
    articles = words.Articles.of(report)
    inside = "".join(
        _comment(finding, articles, first + number, finding.id in apart) for number, finding in enumerate(findings)
    )
    return f'{_HEAD}<w:comments xmlns:w="{MAIN}">{inside}</w:comments>\n'


def _comment(finding: Finding, articles: words.Articles, number: int, apart: bool) -> str:
    """The comment on a finding: the verdict in bold, its edits, the sentences of articles with their outlets."""
    lines = [*([f"“{finding.words.exact}”, outside of this text"] if apart else []), *_lines(finding, articles)]
    paragraphs = "".join(_paragraph(line, bold=place == int(apart)) for place, line in enumerate(lines))
    return f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="{INITIALS}">{paragraphs}</w:comment>'


def _lines(finding: Finding, articles: words.Articles) -> Iterator[str]:
    told = words.told(finding)
    yield told[:1].upper() + told[1:]
    yield from map(words.edit, finding.edits)
    for what, one in words.cited(finding, _SHOWN):
        article, called = articles.of_words(one)
        address = f" {article.url}" if article.url else ""
        about = f"{what}: " if what else ""
        yield f"{about}{words.quoted(one.sentence.exact)} ({called}, {words.dated(article)}){address}"


def _paragraph(line: str, *, bold: bool) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return (
        '<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
        f'<w:r>{look}<w:t xml:space="preserve">{xml(" ".join(line.split()))}</w:t></w:r></w:p>'
    )


def starts(number: int) -> str:
    """The mark before the words of a comment."""
    return f'<w:commentRangeStart w:id="{number}"/>'


def ends(number: int) -> str:
    """The mark behind the words of a comment, with its reference."""
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


# ---- the document ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a comment begins or ends in the text of the draft. Ends come before beginnings at one place."""

    place: int
    begins: bool
    number: int

    @property
    def order(self) -> tuple[int, bool, int]:
        return self.place, self.begins, self.number


def _body(report: Report, findings: Sequence[Finding]) -> str:
    marks = sorted(_marks(findings), key=lambda mark: mark.order)
    begins = [block.start for block in report.blocks]
    lines, start, at = [], 0, 0
    text = report.text
    for line in text.split("\n"):
        end = start + len(line)
        # A mark at the end of a line belongs to it.
        upto = at
        while upto < len(marks) and marks[upto].place <= end:
            upto += 1
        if line.strip() or upto > at:
            block = report.blocks[bisect_right(begins, start) - 1] if begins and begins[0] <= start else None
            style = _STYLE_OF.get(block.kind, "") if block and start < block.end else ""
            lines.append(_line(line, start, marks[at:upto], style))
        start, at = end + 1, upto
    inside = "".join(lines)
    return f'{_HEAD}<w:document xmlns:w="{MAIN}"><w:body>{inside}<w:sectPr/></w:body></w:document>\n'


def _marks(findings: Sequence[Finding]) -> Iterator[_Mark]:
    for number, finding in enumerate(findings):
        yield _Mark(finding.words.start, True, number)
        # A comment on no words stands at its place.
        yield _Mark(max(finding.words.end, finding.words.start + 1), False, number)


def _line(line: str, start: int, marks: Sequence[_Mark], style: str) -> str:
    look = f'<w:pPr><w:pStyle w:val="{escape(style)}"/></w:pPr>' if style else ""
    parts, seen = [], 0
    for mark in marks:
        place = min(max(mark.place - start, 0), len(line))
        parts += [_run(line[seen:place]), starts(mark.number) if mark.begins else ends(mark.number)]
        seen = place
    parts.append(_run(line[seen:]))
    return f"<w:p>{look}{''.join(parts)}</w:p>"


def _run(text: str) -> str:
    if not text:
        return ""
    inside = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{xml(piece)}</w:t>' if piece else "" for piece in text.split("\t")
    )
    return f"<w:r>{inside}</w:r>"
