"""Reading HTML: what a browser shows stands in the view, in order, whatever is wrong with the mark-up."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from browser_text import browser_text
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from project import grows_linearly

from tellings.edge.characters import ODD, shown
from tellings.edge.readers import read_bytes
from tellings.edge.readers.html import read_html
from tellings.edge.readers.html.scan import scan
from tellings.model.text import Span
from tellings.within.times.countries import country_of

PAGE = (Path(__file__).parent / "cases" / "clean" / "page.html").read_text(encoding="utf-8")


def bare(text: str) -> str:
    """A text without white space and what no reader sees."""
    return "".join(ODD.sub(shown, text).split()).replace("\ufffd", "")


def lost(page: str) -> list[str]:
    """Runs of text that a browser shows and the view has not, or not in that place."""
    view, place, missing = bare(scan(page).view.text), 0, []
    for text, is_shown in browser_text(page).runs:
        run = bare(text)
        if is_shown and run:
            found = view.find(run, place)
            if found < 0:
                missing.append(run)
            else:
                place = found + len(run)
    return missing


# ---- the kinds of broken mark-up, as a table: mark-up, what the view shows

SHOWN = [
    # stray quotation marks in a tag
    ('<img src="a.png""/>one<p class="x">two', "one\n\ntwo"),
    ("<ul role=”x”><li>one</ul>two", "one\n\ntwo"),
    ('<ul role=”x"><li>one</ul>two"', 'one\n\ntwo"'),
    ('<a class="x" y" href=z>one</a> "two"', 'one "two"'),
    ("<a title='it's' href='z'>one</a> isn't two", "one isn't two"),
    ('<p ">one<p \'>two', "one\n\ntwo"),
    ('<p ="x>one</p>two" y', 'one\n\ntwo" y'),
    ('<p class=a"b>one"', 'one"'),
    ("<p title='unclosed>one</p>two", "one\n\ntwo"),
    ('<p a="b>c" title="unclosed>one', "one"),
    # attributes without spaces, twice, without values
    ('<a href="x"title="y>z"class=w>one</a>', "one"),
    ("<a b= >one<p a = 'x>y' / c>two", "one\n\ntwo"),
    ("<p/class=x/>one<p\fid=a\n>two", "one\n\ntwo"),
    # comments, and what browsers take for comments
    ("a<!-->b<!--->c<!---->d<!----!>e<!-- x --!>f", "abcdef"),
    ("a<!-- <!-- x -->b<!--x--->c<!--x--y-->d", "abcd"),
    ("a<!-- x -- > y ->z-->b", "ab"),
    ("a<!x>b<!>c<?php echo '>'?>d</3>e</>f</ x>g", "abc'?>defg"),
    ("a<![CDATA[b]]>c", "ac"),
    ("a<![CDATA[<b>b</b>]]>c", "ab]]>c"),
    ("<!doctype html \"-//x>y\">a", 'y">a'),
    ("a<!-- b", "a"),
    # "<" that begins nothing, and the end of the page inside a tag
    ("a < b <3 <", "a < b <3 <"),
    ("a</", "a</"),
    ("one<p", "one"),
    ("one</p class='x", "one"),
    # SVG and MathML
    ("<svg><title>x</title><p>one</p>two", "one\n\ntwo"),
    ("<p>one <svg><text>drawn</text></svg> two", "one\n\ndrawn\n\ntwo"),
    ("<p>one <svg><desc>x</desc><path/></svg>two", "one two"),
    ("<svg><![CDATA[one <p> two]]></svg>three", "one <p> two\n\nthree"),
    ("<svg><style>x</style><script>y</script><title/>one</svg>", "one"),
    ("<svg/>one<math/>two", "onetwo"),
    ("<p>if <math><mi>x</mi><mo>&lt;</mo><mn>2</mn></math> then", "if x<2 then"),
    ("<math><semantics><mi>x</mi><annotation>y</annotation></semantics></math> one", "x one"),
    ("<svg><foreignObject><p>one</p></foreignObject><g>two</svg>three", "one\n\ntwo\n\nthree"),
    ("<math><annotation-xml encoding=text/html><p>x</p></annotation-xml><mi>y</math>one", "yone"),
    ("<svg><font>one</font><font color=red>two", "one\n\ntwo"),
    ("<svg></p>one<svg><g></div>two", "one\n\ntwo"),
    # elements never ended
    ("<object>one<p>two", "one\n\ntwo"),
    ("<select><option>one<option>two</select>three", "one\n\ntwo\n\nthree"),
    ("<select><option>one<p>two", "one\n\ntwo"),
    ("<math><mi>one<p>two", "one\n\ntwo"),
    ("<xmp><b>one</xmp>two<xmp>&amp;<p>three", "<b>one\n\ntwo\n\n&amp;<p>three"),
    ("<div><video>one</div>two<canvas>three", "one\n\ntwothree"),
    ("<p><video>one</video>two", "two"),
    ("<template>one<p>two", "one\n\ntwo"),
    ("<div>one<template>two</div></template>three</div>", "onethree"),
    ("<iframe>one<p>two", "one\n\ntwo"),
    ("<title>one<p>two", "one\n\ntwo"),
    ("one<script>two<p>three", "one"),
    # text that is not mark-up
    ("<textarea><p>one &amp;</textarea>two<iframe><p>x</iframe>", "<p>one &\n\ntwo"),
    ("<iframe><p>x</iframe><noembed>x</noembed><noscript><p>x</noscript><noframes>x</noframes>one", "one"),
    ("<style>x</style ><script>'</script x>one</SCRIPT>", "one"),
    ("<script><!-- <script>x</script> y --></script>one", "one"),
    ("<script><!-- <script>x</script> y </script>one", "one"),
    ("<script><!--> <script></script>one", "one"),
    ("<script><!-- </script>one --></script>", "one -->"),
    ("<plaintext>one<p>&amp;</plaintext>", "one<p>&amp;</plaintext>"),
    # characters
    ("a\0b<p\0>c<p>d\0", "abc\n\nd"),
    ("&#0000000000000000065;&#x0000000000041;&#99999999999;&#xD800;&#0;&#x80;&#150;", "AA\ufffd\ufffd\ufffd€–"),
    ("&notit; &notin; &amp &ampx &copy=1 &nosuch; &#; &#x; &;", "¬it; ∉ & &x ©=1 &nosuch; &#; &#x; &;"),
    # misnested and left out
    ("<b>one<p>two</b>three<p>four", "one\n\ntwothree\n\nfour"),
    ("<table><tr><td><canvas></tr>one</table>two</canvas>three", "one\n\ntwothree"),
    ("</p></div></b>one</br>two", "one\ntwo"),
]  # fmt: skip


@pytest.mark.parametrize(("mark_up", "seen"), SHOWN)
def test_what_broken_mark_up_shows(mark_up: str, seen: str) -> None:
    assert scan(mark_up).view.text == seen
    assert lost(mark_up) == []


# ---- the law, on mark-up as bad as it can be made

NAMES = [
    "a", "abbr", "address", "annotation", "annotation-xml", "applet", "article", "aside", "audio", "b", "base", "big",
    "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup",
    "datalist", "dd", "desc", "details", "dialog", "div", "dl", "dt", "em", "embed", "fieldset", "figure", "font",
    "footer", "foreignobject", "form", "g", "h1", "h2", "head", "header", "hr", "html", "i", "iframe", "image", "img",
    "input", "label", "li", "link", "listing", "main", "marquee", "math", "meta", "mi", "mo", "ms", "mtext", "nav",
    "nobr", "noembed", "noframes", "noscript", "object", "ol", "optgroup", "option", "p", "path", "plaintext", "pre",
    "ruby", "rp", "rt", "s", "script", "section", "select", "small", "source", "span", "strong", "style", "sub",
    "svg", "table", "tbody", "td", "template", "text", "textarea", "tfoot", "th", "thead", "title", "tr", "tt", "u",
    "ul", "unknown-name", "var", "video", "wbr", "xmp",
]  # fmt: skip
ATTRIBUTES = st.sampled_from([
    "", "", "", " ", "/", " /", ' class="x"', " id=x", " hidden", ' x="', ' "', " '", ' class="x" y"', ' src="a""',
    " role=”x”", " a=b/", ' a="1"b=\'2\'', " = ", ' =">"', ' title="WORD > WORD"', " a=<", ' encoding="text/html"',
    " color=red", ' type="application/ld+json"', "\n\0x=y", " x='WORD", " <",
])  # fmt: skip
LOOSE = st.sampled_from([
    "<", ">", '"', "'", "/", "-", "--", "<!--", "-->", "--!>", "<!-->", "<!--->", "<!", "<?WORD>", "</3 WORD>", "</>",
    "</", "<![CDATA[", "]]>", "<!doctype html>", "<!WORD", "&amp;", "&amp", "&#65;", "&lt;p&gt;", "\0", "\r\n", " ",
    "<!-- WORD -->", "<script>WORD</script>", "<title>WORD</title>", "<video>WORD</video>", "<svg><g>WORD</g></svg>",
    "<table><tr><td>WORD</table>", "<select><option>WORD</select>", "<script><!--<script>WORD</script>",
])  # fmt: skip
START = st.builds("<{}{}>".format, st.sampled_from(NAMES), ATTRIBUTES)
END = st.builds("</{}{}>".format, st.sampled_from(NAMES), st.sampled_from(["", "", "", " ", " x", "/"]))
#: html5lib knows nothing of `template`, so it stands only where its end is sure.
NASTY = st.lists(
    st.one_of(st.just("WORD"), st.just(" WORD "), START.filter(lambda tag: "template" not in tag), END, LOOSE),
    max_size=25,
).map(lambda pieces: _numbered("".join(pieces)))


def _numbered(mark_up: str) -> str:
    count = iter(range(10_000))
    return re.sub("WORD", lambda _: f"w{next(count)}w", mark_up)


@given(NASTY)
@settings(max_examples=500, deadline=None)
def test_a_view_has_what_a_browser_shows(mark_up: str) -> None:
    assert lost(mark_up) == []


@given(NASTY)
@settings(max_examples=300, deadline=None)
def test_a_view_shows_no_word_that_is_no_text(mark_up: str) -> None:
    browser = browser_text(mark_up)
    assume(not browser.is_cut)
    text = "".join(text for text, _ in browser.runs)
    assert set(re.findall(r"w\d+w", scan(mark_up).view.text)) <= set(re.findall(r"w\d+w", text))


@given(NASTY)
@settings(max_examples=200, deadline=None)
def test_each_character_of_a_view_leads_back_to_its_place(mark_up: str) -> None:
    view = scan(mark_up).view
    shown_by = {edit.start: edit.shown for edit in view.edits}
    before = 0
    for place, character in enumerate(view.text):
        span = view.to_source(Span(place, place + 1))
        assert span.of(mark_up) == character or character in shown_by[span.start]
        assert span.start >= before
        before = span.start


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=40))
@settings(max_examples=120, deadline=None)
def test_a_page_with_characters_lost_doubled_and_put_in_shows_what_browsers_show(seed: int, changes: int) -> None:
    assert lost(mutated(PAGE, random.Random(seed), changes)) == []


def mutated(page: str, rng: random.Random, changes: int) -> str:
    """The page with `changes` of its quotation marks, brackets, slashes and dashes lost, doubled or put in."""
    for _ in range(changes):
        places = [match.start() for match in re.finditer(r"[\"'<>/!-]", page)]
        place = rng.choice(places or [0])
        mark = rng.choice("\"'<>/!-”")
        page = rng.choice((
            page[:place] + page[place + 1 :],
            page[:place] + page[place : place + 1] + page[place:],
            page[:place] + mark + page[place:],
        ))  # fmt: skip
    return page


# ---- what the page says of itself

PARAGRAPHS = "".join(
    f"<p>On day {day} the harbour office said that the ferry would not sail before the wind fell.</p>"
    for day in "12345"
)
BAD_ADDRESSES = [
    "http://[x/a", "http://a:b/", "http://a:99999/", "http:///a", "http://a@[", "//[", "http://ex℀mple/",
    "javascript:alert(1)", "data:text/html,x",
    "http://quay.example/\x01", "https://quay.example/" + "a" * 1_000_000,
]  # fmt: skip


@pytest.mark.parametrize("address", BAD_ADDRESSES, ids=lambda address: ascii(address[:30]))
@pytest.mark.parametrize(
    "where",
    [
        '<link rel=canonical href="{}">',
        '<meta property="og:url" content="{}">',
        '<script type="application/ld+json">{{"@type": "NewsArticle", "url": "{}"}}</script>',
    ],
)
def test_a_bad_address_costs_the_address_only(where: str, address: str) -> None:
    page = where.format(address) + "<title>Ferry</title>" + PARAGRAPHS
    outcome = read_html("a.html", page)
    (read,) = outcome.tellings
    assert read.metadata.url is None
    assert read.metadata.title
    assert [(problem.kind, problem.lost) for problem in outcome.problems] == [("address", False)]
    assert len(outcome.problems[0].message) <= 300


def test_the_next_address_takes_the_place_of_a_bad_one() -> None:
    page = (
        '<link rel=canonical href="http://[x/a"><meta property="og:url" content="https://quay.example/1">' + PARAGRAPHS
    )
    (read,) = read_html("a.html", page).tellings
    assert read.metadata.url and read.metadata.url.evidence == "meta og:url"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps({"text": "The ferry sank.", "url": "http://[x/a"})),
        ("a.jsonl", json.dumps({"text": "<p>The ferry sank.</p>", "link": "http://a:b/"})),
        ("a.txt", "URL: http://[x/a\n\nThe ferry sank."),
    ],
)
def test_a_bad_address_of_any_reader_is_named(name: str, content: str) -> None:
    outcome = read_bytes(name, content.encode())
    assert [read.metadata.url for read in outcome.tellings] == [None]
    assert [problem.kind for problem in outcome.problems if problem.kind != "no-article"] == ["address"]


def test_a_bad_address_is_of_no_country() -> None:
    assert country_of("http://[x/a") is None
    assert country_of("http://a.fr:b/") == "FR"


@pytest.mark.parametrize(
    "address", ["https://quay.example/ferry?a=1&b=[2]", "//quay.example/a", "/a/b", "http://[::1]:80/"]
)
def test_addresses_that_can_be_used_are_kept(address: str) -> None:
    (read,) = read_html("a.html", f'<link rel=canonical href="{address}">{PARAGRAPHS}').tellings
    assert read.metadata.url and read.metadata.url.value == address


def test_an_ampersand_in_an_address_is_kept() -> None:
    page = f'<link rel=canonical href="https://quay.example/?a=1&copy=2&amp;lt=3&notit;">{PARAGRAPHS}'
    (read,) = read_html("a.html", page).tellings
    assert read.metadata.url and read.metadata.url.value == "https://quay.example/?a=1&copy=2&lt=3&notit;"


HOSTILE_VALUES = [
    '"a\\ud800"', '"2021-03-10\\ud800"', "1" * 400, "1" * 5000, "NaN", "[" * 400 + "]" * 400, "[" * 50_000,
    '[{"name": ' * 480 + '"x"' + "}]" * 480, "null", '["x", ["y"], {"name": ["z"]}]',
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE_VALUES, ids=lambda value: value[:20])
@pytest.mark.parametrize("key", ["headline", "datePublished", "dateModified", "author", "publisher", "url", "@type"])
def test_a_hostile_value_in_json_ld_costs_no_article(key: str, value: str) -> None:
    page = f'<script type="application/ld+json">{{"@type": "NewsArticle", "{key}": {value}}}</script>{PARAGRAPHS}'
    outcome = read_bytes("a.html", page.encode())
    (read,) = outcome.tellings
    assert sum(hint.kind == "paragraph" for hint in read.hints) == 5
    read.metadata.date.evidence.encode("utf-8")
    assert {problem.kind for problem in outcome.problems} <= {"date", "address"}


@pytest.mark.parametrize(
    "end", ["<!-- never closed <p>x", "<script>never closed <p>x", '<p class="x', "<style>p{}<p>x"]
)
def test_a_page_that_breaks_off_is_named(end: str) -> None:
    outcome = read_html("a.html", f"<title>Ferry</title>\n{PARAGRAPHS}{end}")
    (read,) = outcome.tellings
    assert read.view.text.endswith("the wind fell.")
    (problem,) = [problem for problem in outcome.problems if problem.kind == "malformed"]
    assert "line 2" in problem.message and not problem.lost


# ---- the article


@pytest.mark.parametrize(
    "aside",
    [
        "<textarea>{}</textarea>",
        '<form><textarea class="form-control">{}</textarea></form>',
        "<select><option class=item>{}</select>",
        "<svg><text>{}</text></svg>",
        "<object>{}</object>",
    ],
)
def test_boxes_beside_the_article_are_no_part_of_it(aside: str) -> None:
    text = "The ferry that does not sail before the wind falls is shown in this box once more, said the office. " * 3
    text *= 5 if "textarea" in aside else 1  # longer than all the article
    (read,) = read_html("a.html", f"<article>{PARAGRAPHS}{aside.format(text)}{PARAGRAPHS}</article>").tellings
    kinds = [hint.kind for hint in read.hints if "once more" in hint.span.of(read.view.text)]
    assert kinds in (["boilerplate"], ["embed"])


def test_a_page_of_countless_paragraphs_is_read_without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("was called")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    (read,), (problem, *_) = (
        (outcome := read_html("a.html", "<p>word" * 20_001 + PARAGRAPHS)).tellings,
        outcome.problems,
    )
    assert (problem.kind, problem.message.split()[0]) == ("no-article", "20,006")
    assert [hint.kind for hint in read.hints[-5:]] == ["paragraph"] * 5


# ---- hostile pages

HOSTILE = [
    '<a"', '<a b="', "<a b='>", "<!--", "<!", "<?", "</", "&#1", "<svg>", "<svg><g>", "<svg></x>", "<math><mi>",
    "<svg><![CDATA[", "<title>", "<textarea>", "<iframe>", "<script><!--", "<script>", "<b><div>", "</b>", "<canvas>",
    "<template>", "<p><a></p><video>", "<object><p>", "</p>", "<table>", "<table><td>", "<tr>", "<select>", "<button>",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_scanning_takes_linear_time(piece: str) -> None:
    assert grows_linearly(scan, piece * 4_000 + "x", piece * 16_000 + "x")


@pytest.mark.parametrize(
    ("opened", "closed"), [("<b>", "</b>"), ("<b><div>", "</b>"), ("<svg><g>", "</x>"), ("<p>", "</p>")]
)
def test_closing_what_is_deeply_nested_takes_linear_time(opened: str, closed: str) -> None:
    def page(size: int) -> str:
        return opened * size + "<div>" * size + closed * size + "x"

    assert grows_linearly(scan, page(3_000), page(12_000))
