"""Exports of press databases: each article is a telling of its own, and nothing of the file is lost in silence."""

from __future__ import annotations

import re
from datetime import date
from html import escape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import docx, paragraph, pdf, set_lines

from tellings.edge.readers import read_bytes
from tellings.edge.readers.telling import Read
from tellings.model.records import STORY_KINDS, Document
from tellings.within.clean import clean

LEAD = "The bridge over the Merrin was closed at noon on Tuesday after a flood hit the valley."
QUOTE = "“It rained for three days,” said Ada Tamm, 41."
SECOND = "The lock is shut, too, the office said on Wednesday."

OLD_NEXIS = f"""
                               1 of 2 DOCUMENTS


                             The Merrin Courier

                           March 3, 2015 Tuesday
                              Late Edition - Final

Bridge Closed After
Flood in the Valley

BYLINE: By ADA QUILL

SECTION: Section A; Column 0; National Desk; Pg. 1

LENGTH: 812 words

DATELINE: MERRIN

   {LEAD}

   {QUOTE}

GRAPHIC: PHOTO: The closed bridge.

LOAD-DATE: March 3, 2015

LANGUAGE: ENGLISH

                     Copyright 2015 The Merrin Courier
                              All Rights Reserved


                               2 of 2 DOCUMENTS


                             The Valley Post

                           March 4, 2015 Wednesday

Lock shut

LENGTH: 120 words

BODY:

   {SECOND}

LOAD-DATE: March 5, 2015
"""

NEW_NEXIS = f"""User Name: Ada

Date and Time: Monday, November 30, 2020 10:00:00 AM

Documents (2)

1. Bridge Closed After Flood in the Valley

Client/Matter: -None-

Search Terms: bridge and a long list of words that were searched for, and not found in any of these articles at all

Narrowed by:

Timeline: Mar 01, 2015 to Mar 31, 2015

Bridge Closed After Flood in the Valley

The Merrin Courier

March 3, 2015 Tuesday

Late Edition - Final

Copyright 2015 The Merrin Courier

All Rights Reserved

Section: Section A; Column 0; National Desk; Pg. 1

Length: 812 words

Byline: By Ada Quill

Dateline: MERRIN

Body

{LEAD}

{QUOTE}

Classification

Language: ENGLISH

Load-Date: March 3, 2015

End of Document

Lock shut

The Valley Post

March 4, 2015

Copyright 2015 The Valley Post

Length: 120 words

Body

{SECOND}

Load-Date: March 5, 2015

End of Document
"""

CODED_FACTIVA = f"""HD Bridge Closed After Flood in the Valley
BY By Ada Quill
WC 812 words
PD 3 March 2015
ET 10:15
SN The Merrin Courier
SC MERCO
LA English
CY Copyright 2015. The Merrin Courier.

LP {LEAD}

TD {QUOTE}

CO merbri : Merrin Bridge
NS gcat : Political/General News
PUB Merrin Press
AN Document MERCO00020150303eb330002t

HD Lock shut
WC 120 words
PD 4 March 2015
SN The Valley Post
LA English
LP {SECOND}
AN Document VALPO00020150304eb340001a

Search Summary
"""

PLAIN_FACTIVA = f"""Bridge Closed After Flood in the Valley

By Ada Quill
812 words
3 March 2015
10:15
The Merrin Courier
MERCO
A1
English
Copyright 2015. The Merrin Courier.

{LEAD}

{QUOTE}

Document MERCO00020150303eb330002t

Lock shut

120 words
4 March 2015
The Valley Post
VALPO
English
(c) 2015 The Valley Post

{SECOND}

Document VALPO00020150304eb340001a
"""

PROQUEST = f"""Report Information from ProQuest

Document 1 of 2

Bridge Closed After Flood in the Valley

Author: Quill, Ada

Publication info: The Merrin Courier ; Merrin [Merrin]. 03 Mar 2015: A1.

Full text: {LEAD}

{QUOTE}

Subject: Bridges; Floods

Publication title: The Merrin Courier; Merrin

Publication date: Mar 3, 2015

Document 2 of 2

Lock shut

Publication info: The Valley Post. 04 Mar 2015.

Full text: {SECOND}

Publication title: The Valley Post
"""

EUROPRESSE = f"""<html><body><article><header><span class="DocPublicationName">The Merrin Courier</span>
<span class="DocHeader">News, mardi 3 mars 2015 812 mots, p. 12</span>
<p class="titreArticleVisu rdp__articletitle">Bridge Closed After Flood in the Valley</p>
<div class="docAuthors">Ada Quill</div></header><div class="docOcurrContainer"><p>{LEAD}</p><p>{QUOTE}</p></div>
<div class="publiC-lblNodoc">news·20150303·MC·1</div></article>
<article><div class="DocPublicationName">The Valley Post</div><p class="titreArticleVisu">Lock shut</p>
<div class="docOcurrContainer"><p>{SECOND}</p></div><div>news·20150304·VP·2</div></article></body></html>"""


NUMBERED = f"""The Merrin Courier, no. 43018

News, mardi 3 mars 2015 812 mots, p. 12

Bridge Closed After Flood in the Valley

Ada Quill

{LEAD}

{QUOTE}

© 2015 The Merrin Courier. Tous droits réservés.

news·20150303·MC·1234

The Valley Post

News, mercredi 4 mars 2015, p. 3

Lock shut

{SECOND}

(c) 2015 The Valley Post

news·20150304·VP·2
"""

COPIED = f"""Bridge Closed After Flood in the Valley

The Merrin Courier3 Mar 2015Ada Quill

{LEAD}

{QUOTE}

https://www.pressreader.com/merrin/the-merrin-courier/20150303/281552291234567

Lock shut

{SECOND}

https://www.pressreader.com/merrin/the-valley-post/20150304/281552291234568
"""


def as_docx(text: str) -> bytes:
    return docx(
        paragraph(escape(line), "Heading1" if line in ("Lock shut", "Bridge Closed After Flood in the Valley") else "")
        for line in text.split("\n")
        if line.strip()
    )


def as_rtf(text: str) -> bytes:
    def coded(line: str) -> str:
        return "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in line)

    return ("{\\rtf1 " + "".join(f"{coded(line)}\\par\n" for line in text.split("\n") if line.strip()) + "}").encode()


def as_rows(text: str) -> bytes:
    """The codes of Factiva and their values as cells of a table."""
    rows = []
    for line in text.split("\n"):
        code, _, value = line.partition(" ")
        if code.isupper() and len(code) in (2, 3):
            rows.append(f"<tr><td><b>{code}</b></td><td>{escape(value)}</td></tr>")
    return f"<html><body><table>{''.join(rows)}</table></body></html>".encode()


def as_pages(text: str) -> bytes:
    """A PDF in which each line is a paragraph of its own, further from the next than the lines of a paragraph are, and
    each article begins on a page of its own."""
    pages: list[list[tuple[float, float, float, str]]] = [[]]
    top = 740.0
    for line in (each.strip() for each in text.split("\n")):
        if not line:
            continue
        begins = line.endswith("of 2 DOCUMENTS") or line.startswith("Document 2 of")
        if (begins or (pages[-1] and _ENDED.match(pages[-1][-1][3]))) and pages[-1]:
            pages.append([])
            top = 740.0
        set_ = set_lines(line, left=60, top=top, width=70)
        pages[-1].extend(set_)
        top -= 12 * len(set_) + 14
    return pdf(pages)


_ENDED = re.compile(r"news·|(?:AN )?Document MERCO")

EUROPRESSE_HEADERS = (
    EUROPRESSE.replace("news·20150303·MC·1", "")
    .replace("news·20150304·VP·2", "")
    .replace(
        '<p class="titreArticleVisu">Lock',
        '<span class="DocHeader">News, 4 mars 2015</span><p class="titreArticleVisu">Lock',
    )
)
#: With the headline in one line, as it is where no indent parts it from the edition over it.
OLD_NEXIS_ONE_LINE = OLD_NEXIS.replace("Bridge Closed After\nFlood", "Bridge Closed After Flood")

EXPORTS: list[tuple[str, bytes]] = [
    ("old_nexis.txt", OLD_NEXIS.encode()),
    ("old_nexis_lines.txt", OLD_NEXIS.replace("\n", "\r\n").encode()),
    ("new_nexis.txt", NEW_NEXIS.encode()),
    ("new_nexis.docx", as_docx(NEW_NEXIS)),
    ("new_nexis.rtf", as_rtf(NEW_NEXIS)),
    ("coded_factiva.txt", CODED_FACTIVA.encode()),
    ("coded_factiva.html", as_rows(CODED_FACTIVA)),
    ("plain_factiva.txt", PLAIN_FACTIVA.encode()),
    ("plain_factiva.rtf", as_rtf(PLAIN_FACTIVA)),
    ("proquest.txt", PROQUEST.encode()),
    ("europresse.html", EUROPRESSE.encode()),
    ("europresse_quotes.html", EUROPRESSE.replace('"', "'").encode()),
    ("europresse_header.html", EUROPRESSE_HEADERS.encode()),
    ("europresse.txt", NUMBERED.encode()),
    ("europresse.docx", as_docx(NUMBERED)),
    ("europresse.pdf", as_pages(NUMBERED)),
    ("pressreader.txt", COPIED.encode()),
    ("pressreader.rtf", as_rtf(COPIED)),
    ("old_nexis_flush.docx", as_docx("\n".join(line.strip() for line in OLD_NEXIS_ONE_LINE.split("\n")))),
    ("old_nexis.pdf", as_pages(OLD_NEXIS_ONE_LINE)),
    ("coded_factiva.pdf", as_pages(CODED_FACTIVA)),
    ("proquest.pdf", as_pages(PROQUEST)),
]


def story(read: Read) -> str:
    """What of an article is story in the end, in one line."""
    named = Document("d", read.name, read.name, read.media_type, read.view, read.metadata.date, hints=read.hints)
    blocks = (block for block in clean(named) if block.kind in STORY_KINDS and block.kind != "headline")
    return " ".join(" ".join(block.span.of(read.view.text).split()) for block in blocks)


def parts(read: Read, kind: str) -> list[str]:
    return [" ".join(hint.span.of(read.view.text).split()) for hint in read.hints if hint.kind == kind]


@pytest.mark.parametrize(("name", "data"), EXPORTS, ids=[name for name, _ in EXPORTS])
def test_each_article_of_an_export_is_a_telling(name: str, data: bytes) -> None:
    outcome = read_bytes(name, data)
    first, second = outcome.tellings
    assert (first.name, second.name) == (f"{name}#1", f"{name}#2")
    told = [
        (each.title and each.title.value, each.publisher and each.publisher.value, each.date.value)
        for each in (first.metadata, second.metadata)
    ]
    assert told == [
        ("Bridge Closed After Flood in the Valley", "The Merrin Courier", date(2015, 3, 3)),
        ("Lock shut", "The Valley Post", date(2015, 3, 4)),
    ]
    author = first.metadata.author
    assert author is not None and author.value.casefold() == "ada quill"
    assert second.metadata.author is None
    assert parts(first, "headline") == ["Bridge Closed After Flood in the Valley"]
    assert parts(first, "paragraph") == [LEAD, QUOTE]
    assert parts(second, "paragraph") == [SECOND]
    assert [story(read) for read in outcome.tellings] == [f"{LEAD} {QUOTE}", SECOND]
    for read in outcome.tellings:
        assert all(before.span.end <= after.span.start for before, after in pairwise(read.hints))
    assert all(not problem.lost for problem in outcome.problems)


@pytest.mark.parametrize("code", ["MERCO", "LBA"])
@pytest.mark.parametrize(("language", "wanted"), [("German", "de"), ("English", "en")])
def test_the_language_of_an_article_is_not_the_code_of_its_outlet(code: str, language: str, wanted: str) -> None:
    data = PLAIN_FACTIVA.replace("\nMERCO\n", f"\n{code}\n").replace("\nEnglish\n", f"\n{language}\n")
    assert [each.metadata.language for each in read_bytes("a.txt", data.encode()).tellings] == [wanted, wanted]


def test_a_cover_page_is_named() -> None:
    (problem,) = read_bytes("a.txt", NEW_NEXIS.encode()).problems
    assert problem.kind == "left-out" and "outside of its 2 articles: “User Name: Ada" in problem.message


def test_what_stands_before_the_articles_of_a_page_is_named() -> None:
    before = "<div><p>Search of Ada Quill</p>" + "<p>A line of the search.</p>" * 10 + "</div><script>no()</script>"
    outcome = read_bytes("a.html", EUROPRESSE.replace("<body>", f"<body>{before}").encode())
    assert len(outcome.tellings) == 2
    (problem,) = outcome.problems
    assert problem.kind == "left-out" and "outside of its 2 articles: “Search of Ada Quill A line" in problem.message


def test_each_line_of_a_paragraph_may_have_its_code() -> None:
    data = CODED_FACTIVA.replace(f"LP {LEAD}\n\nTD {QUOTE}", f"LP {LEAD}\nTD {QUOTE}")
    first, _ = read_bytes("a.txt", data.encode()).tellings
    assert parts(first, "paragraph") == [LEAD, QUOTE]
    assert all(before.span.end <= after.span.start for before, after in pairwise(first.hints))


def test_an_article_that_is_set_out_otherwise_is_kept() -> None:
    odd = f"{LEAD} {QUOTE} " * 3
    data = PROQUEST.replace("Document 2 of 2", f"Document 2 of 3\n\n{odd}\n\nDocument 3 of 3").encode()
    outcome = read_bytes("a.txt", data)
    assert [each.metadata.date.value for each in outcome.tellings] == [date(2015, 3, 3), None, date(2015, 3, 4)]
    assert parts(outcome.tellings[1], "paragraph") == [odd.strip()]


def test_the_data_behind_a_text_of_pressreader_tell_of_it() -> None:
    data = f"""Lock shut\nThe Valley Post · 4 Mar 2015 · A4 · Ada Quill\n\n{SECOND}\n
Article Name: Lock shut\nPublication: The Valley Post\nAuthor: Ada Quill\nStart Page: 4\n"""
    (read,) = read_bytes("a.txt", data.encode()).tellings
    told = read.metadata
    assert (told.title and told.title.value, told.publisher and told.publisher.value) == (
        "Lock shut",
        "The Valley Post",
    )
    assert (told.author and told.author.value, told.date.value) == ("Ada Quill", date(2015, 3, 4))
    assert story(read) == SECOND


@pytest.mark.parametrize(
    "end", ["news·20150303·MC·1", "https://www.pressreader.com/merrin/the-post/20150303/281552291234567"]
)
def test_a_day_in_the_text_of_an_article_is_not_that_over_it(end: str) -> None:
    text = f"{LEAD}\n\nOn 3 March 2015 it was opened again.\n\n{QUOTE}\n\n{SECOND}\n\n{end}\n"
    (read,) = read_bytes("a.txt", text.encode()).tellings
    assert all(each in story(read) for each in ("On 3 March 2015 it was opened again.", QUOTE, SECOND))


def test_what_is_said_of_a_page_is_not_said_of_the_articles_in_it() -> None:
    extra = "<p>" + "A word of the search, and another. " * 8 + "</p>"
    outcome = read_bytes("a.html", as_rows(CODED_FACTIVA).replace(b"<table>", f"{extra}<table>".encode()))
    assert len(outcome.tellings) == 2
    assert not [each for each in outcome.problems if each.kind == "no-article"]


def test_an_export_of_one_article_keeps_the_name_of_its_file() -> None:
    data = NEW_NEXIS[NEW_NEXIS.index("Lock shut") :].encode()
    assert [each.name for each in read_bytes("a.txt", data).tellings] == ["a.txt"]


@pytest.mark.parametrize(
    "text",
    [
        f"{LEAD}\n\nEnd of Document\n\n{SECOND}",
        f"It was 1 of 2 DOCUMENTS that she signed.\n\n{LEAD}",
        f"Document 1 of 2\n\n{LEAD}\n\nDocument 2 of 2\n\n{SECOND}",
        f"{LEAD}\n\nDocument MERCO00020150303eb330002t\n",
        f"{LEAD}\n\nShe read news·20150303·MC·1 and went home.\n\n{SECOND}",
        f"{LEAD}\n\nhttps://www.pressreader.com/merrin/the-merrin-courier/20150303/281552291234567",
        f"Lock shut\n\n{SECOND}\n\nPublication: The Valley Post\n",
    ],
)
def test_what_is_no_export_stays_one_telling(text: str) -> None:
    (read,) = read_bytes("a.txt", text.encode()).tellings
    assert read.view.text == text


_PIECES = [
    *(
        "1 of 2 DOCUMENTS",
        "End of Document",
        "Document 1 of 2",
        "AN Document MERCO00020150303eb330002t",
        "Body",
        "BODY:",
    ),
    *(
        "LENGTH: 12 words",
        "March 3, 2015 Tuesday",
        "3 March 2015",
        "The Courier",
        "BYLINE: By Ada",
        "HD A head",
        "PD 3 March 2015",
    ),
    *(
        "SN The Post",
        "LP A word.",
        "TD More.",
        "Full text: Words.",
        "Publication date: Mar 3, 2015",
        "12 words",
        "By Ada",
    ),
    "Word after word of a cover, and then some words more. " * 4,
    "news·20150303·MC·1",
    "Le Courier, no. 1",
    "News, mardi 3 mars 2015 812 mots, p. 12",
    "https://www.pressreader.com/merrin/the-courier/20150303/281552291234567",
    "The Courier3 Mar 2015Ada",
    *("Article Name: A head", "Publication: The Post"),
    *("Copyright 2015 X", "Load-Date: March 3, 2015", "A line of text.", "", "\u200b", "\tIn", "Search Terms: x"),
]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_any_lines_are_read_and_what_is_left_out_is_said(lines: list[str], line_end: str) -> None:
    content = line_end.join(lines)
    outcome = read_bytes("a.txt", content.encode())
    assert all("please report" not in problem.remedy for problem in outcome.problems), outcome.problems
    for read in outcome.tellings:
        assert read.view.source.content in content
        for hint in read.hints:
            assert hint.span.of(read.view.text).strip()
        assert all(before.span.end <= after.span.start for before, after in pairwise(read.hints))
    # What is in no article is told of from so many characters on; white space and unseen ones are not counted here.
    kept = sum(_letters(read.view.source.content) for read in outcome.tellings)
    if outcome.tellings and _letters(content) - kept > 200:
        assert any(problem.kind == "left-out" for problem in outcome.problems)


def _letters(text: str) -> int:
    return len("".join(text.replace("\u200b", "").split()))
