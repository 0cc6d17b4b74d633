"""Pages that a program kept: their address, no day of keeping, pictures written into them; characters encoded twice."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_archives import STORY, page

from tellings.edge.readers import read_bytes
from tellings.edge.readers.html import captures
from tellings.edge.readers.html.captures import as_published, original_address, saved_address
from tellings.edge.readers.html.scan import scan
from tellings.edge.readers.telling import LONGEST_TELLING, Read
from tellings.edge.twice import encoded_once
from tellings.model.records import STORY_KINDS
from tellings.model.text import Span

A = "http://courier.example/a"
UNDATED = page("Alpha").replace("2015-03-03", "")
TOOLBAR = """<!-- BEGIN WAYBACK TOOLBAR INSERT -->
<div id="wm-ipp-base" lang="en" style="display:none;direction:ltr;"><div id="wm-ipp-inside"><td>5 captures</td>
<div class="r">16 Jul 2010 - 22 Mar 2015</div><p>The archive is kept by a body that means to keep all of the web, and
it asks for gifts so that it can go on.</p></div></div>
<div id="wm-ipp-print">The Wayback Machine - https://web.archive.org/web/20150322034217/http://courier.example/a</div>
<!-- END WAYBACK TOOLBAR INSERT -->"""
FOOT = "<!--\n FILE ARCHIVED ON 03:42:17 Mar 22, 2015 AND RETRIEVED FROM THE\n ARCHIVE ON 22:26:55 Oct 20, 2020.\n-->"


def one(content: str | bytes) -> Read:
    data = content.encode() if isinstance(content, str) else content
    (read,) = read_bytes("a.html", data).tellings
    return read


def address(content: str) -> str | None:
    url = one(content).metadata.url
    return url.value if url else None


def story(read: Read) -> str:
    return "\n".join(hint.span.of(read.view.text) for hint in read.hints if hint.kind in STORY_KINDS)


@pytest.mark.parametrize(
    ("written", "original"),
    [
        (f"https://web.archive.org/web/20150322034217/{A}", A),
        (f"//web.archive.org/web/2015id_/{A}?b=1&c", f"{A}?b=1&c"),
        (f"/web/20150322034217im_/{A}", A),
        (f"https://web.archive.org/web/2015*/{A}", A),
        ("https://web.archive.org/web/2015/http:/courier.example/a", A),
        ("https://web.archive.org/web/2015/http://courier.example:80/a", A),
        (f"https://archive.example/ukgwa/20150322034217/{A}", A),
        ("https://courier-example.cdn.ampproject.org/c/s/courier.example/a", "https://courier.example/a"),
        ("https://courier-example.cdn.ampproject.org/v/courier.example/a", A),
        ("https://www.google.com/amp/s/courier.example/a", "https://courier.example/a"),
        *((same, same) for same in (A, f"{A}/2015/03/22/b", "/web/2015/b", "https://x.example/web/20150322/http", "")),
    ],
)
def test_an_address_is_the_one_that_the_page_had(written: str, original: str) -> None:
    assert original_address(written) == original
    if original.startswith("http"):
        assert address(page("Alpha", head=f'<link rel="canonical" href="{written}">')) == original


def test_the_bar_of_an_archive_is_residue_and_its_days_date_nothing() -> None:
    kept = UNDATED.replace("<body>", f"<body>{TOOLBAR}") + FOOT
    kept = kept.replace("</article>", f'<p><a href="/web/20150322034217/{A}/b">{STORY}</a></p></article>')
    read = one(kept)
    assert "Alpha" in story(read) and "gifts" not in story(read) and "captures" not in story(read)
    assert "gifts" in read.view.text, "it is shown as residue"
    assert read.metadata.date.value is None, read.metadata.date
    dated = one(page("Alpha").replace("<body>", f"<body>{TOOLBAR}") + FOOT)
    assert dated.metadata.date.value == date(2015, 3, 3)


@pytest.mark.parametrize(
    "mark",
    [
        f"<!--\n Page saved with SingleFile \n url: {A} \n saved date: Wed Mar 10 2021 10:00:00 GMT+0100\n-->",
        f"<!-- saved from url=(0025){A} -->",
        "<!-- Mirrored from courier.example/a by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 03 Mar 2020 -->",
        f'<script>__wm.wombat("{A}","20150322034217","https://web.archive.org/","web","/_static/","1");</script>',
        f'<script>var wbCurrentUrl = "{A}";</script>',
    ],
)
def test_the_program_that_kept_a_page_tells_its_address(mark: str) -> None:
    kept = UNDATED.replace("<head>", f"<head>{mark}")
    assert address(kept) == A
    assert one(kept).metadata.date.value is None
    own = kept.replace("<head>", f'<head><link rel="canonical" href="{A}/own">')
    assert address(own) == f"{A}/own", "what the page says of itself goes before"


def test_pictures_written_into_a_page_do_not_count() -> None:
    picture = "data:image/png;base64," + "iVBO" * (LONGEST_TELLING // 4)
    kept = page("Alpha", body=f'<img src="{picture}">', head=f"<style>:root {{--i: url({picture})}}</style>")
    started = time.process_time()
    read = one(kept)
    assert time.process_time() - started < 5
    assert read.view.source.content == kept and "Alpha" in story(read)
    place = read.view.text.index("It will not")
    assert read.view.to_source(Span(place, place + 7)).of(kept) == "It will"
    (problem,) = read_bytes("a.html", page("Alpha", body=f"<p>{picture[30:]}</p>").encode()).problems
    assert problem.kind == "too-large"


def test_characters_that_were_encoded_twice_are_shown_as_meant() -> None:
    wrong = (
        "“The café’s roof fell — twice,” said Jörg Brändt.".encode()
        .decode("cp1252", "replace")
        .replace("\ufffd", "\x9d")
    )
    assert wrong.startswith("â€œ")
    for title in ("Alpha", "The cafÃ© of Oster"):
        outcome = read_bytes("a.html", page(title, body=f"<p>{wrong} {STORY}</p>").encode())
        (read,) = outcome.tellings
        assert "“The café’s roof fell — twice,” said Jörg Brändt." in story(read)
        assert read.metadata.title is not None and read.metadata.title.value == encoded_once(title)
        place = read.view.text.index("café’s")
        assert read.view.to_source(Span(place, place + 6)).of(read.view.source.content) == "cafÃ©â€™s"
        assert [each.kind for each in outcome.problems] == ["encoding"]


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(["a", " ", "<p>", "é", "’", "—", "\xa0", "â€™", "Ã©", "Â\xa0", "&amp;", "<b", ">", "data:"])
    )
)
def test_of_a_view_every_character_stands_where_it_says(pieces: list[str]) -> None:
    content = "".join(pieces)
    view = scan(content).view
    assert view.source.content == content
    for place, character in enumerate(view.text):
        span = view.to_source(Span(place, place + 1))
        assert 0 <= span.start <= span.end <= len(content)
        if span.end - span.start == 1 and character.isalpha() and content[span.start].isascii():
            assert span.of(content) == character


@pytest.mark.parametrize(
    "piece",
    [
        "<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- saved from url", "<!-- Page saved with SingleFile", "data:",
        "data:image/png;base64,", ";a=b", "//a", "/web/2015", "/web/20150305/https:/", "__wm.wombat(", "â€™", "Ã",
    ],
)  # fmt: skip
def test_no_page_takes_longer_than_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        content = piece * (size // len(piece))
        started = time.process_time()
        as_published(content)
        captures.embedded_size(content)
        saved_address(content)
        original_address(content[:8_000])
        return time.process_time() - started

    few = min(seconds(50_000) for _ in range(3))
    assert seconds(500_000) < 40 * few + 0.2
