"""Feeds, items of agencies and references: what of them is an article, and that each is read once."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import zipped
from project import grows_linearly

from tellings.edge.readers import read_bytes, read_paths
from tellings.edge.readers.telling import Outcome, Read
from tellings.model.records import Problem

STORY = "The bridge over the Merrin was closed at noon, said Ada Quill. Nobody was hurt, and the mill stood empty."
_SPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
SPACES = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())
BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "word " * 10}">' for n in range(9))


def rss(*items: str, about: str = "<title>The Quay</title><link>https://quay.example/</link>") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel>{about}{inner}</channel></rss>'


def whole(number: int, text: str = STORY) -> str:
    """An item with the text of an article."""
    return (
        f"<title>Number {number}</title><guid isPermaLink='false'>g{number}</guid><link>/{number}</link>"
        "<pubDate>Mon, 09 Mar 2015 23:00:00 -0500</pubDate>"
        f"<content:encoded><![CDATA[<p>{text} It was boat {number}.</p>]]></content:encoded>"
    )


def one(outcome: Outcome) -> Read:
    assert len(outcome.tellings) == 1, outcome.problems
    return outcome.tellings[0]


def read(content: str, name: str = "a.xml") -> Outcome:
    return read_bytes(name, content.encode())


def kinds(problems: tuple[Problem, ...]) -> list[tuple[str, bool]]:
    return sorted((problem.kind, problem.lost) for problem in problems)


def told(read: Read) -> tuple[object, ...]:
    about = read.metadata
    rest = (about.title, about.publisher, about.author, about.url)
    return (about.date.value, *(each and each.value for each in rest))


# ---- feeds

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>The Quay</title>
<link rel="self" href="https://quay.example/feed"/><link href="https://quay.example/"/>
<entry><id>tag:1</id><title type="html">Bridge &amp;amp; mill</title><link href="1"/>
<author><name>Ada Quill</name></author>
<updated>2015-03-11T10:00:00Z</updated><published>2015-03-09T23:00:00-05:00</published>{}</entry></feed>"""
FEEDS = {
    "RSS 2.0": rss(
        "<title>Bridge &amp;amp; mill</title><link>https://quay.example/1</link><description>Short.</description>"
        "<pubDate>Mon, 09 Mar 2015 23:00:00 -0500</pubDate><dc:creator>Ada Quill</dc:creator>"
        f"<content:encoded><![CDATA[<p>{STORY}</p>]]></content:encoded><media:title>A picture</media:title>"
    ),
    "RSS 0.91": '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://quay.example/rss.dtd">'
    "<rss version='0.91'><channel><title>The Quay</title><item><title>Bridge &amp; mill</title>"
    f"<link>https://quay.example/1</link><description>{STORY * 12}</description><pubDate>9 Mar 2015</pubDate>"
    "<author>ada@quay.example (Ada Quill)</author></item></channel></rss>",
    "RSS 1.0": f'<rdf:RDF {SPACES} xmlns="http://purl.org/rss/1.0/">'
    '<channel rdf:about="x"><title>The Quay</title></channel>'
    f'<item rdf:about="https://quay.example/1"><title>Bridge &amp; mill</title><dc:date>2015-03-09T10:00:00Z</dc:date>'
    f"<dc:creator>Ada Quill</dc:creator><content:encoded>&lt;p&gt;{STORY}&lt;/p&gt;</content:encoded></item></rdf:RDF>",
    "Atom, as HTML": ATOM.format(f'<content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</content>'),
    "Atom, as XHTML": ATOM.format(
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p></div></content>'
    ),
    "Atom, as text": ATOM.format(f"<content>{STORY}</content>"),
    "JSON Feed": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "The Quay",
            "items": [
                {"id": "1", "url": "https://quay.example/1", "title": "Bridge & mill",
                 "content_html": f"<p>{STORY}</p>",
                 "content_text": STORY, "date_published": "2015-03-09T10:00:00Z", "authors": [{"name": "Ada Quill"}]}
            ],
        }
    ),
}  # fmt: skip


@pytest.mark.parametrize("content", FEEDS.values(), ids=list(FEEDS))
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_whole_article_of_an_item_is_read(content: str, named: bool, encoding: str) -> None:
    name = ("a.json" if content.startswith("{") else "a.xml") if named else "a"
    outcome = read_bytes(name, content.encode(encoding))
    found = one(outcome)
    assert told(found) == (date(2015, 3, 9), "Bridge & mill", "The Quay", "Ada Quill", "https://quay.example/1")
    assert found.view.text.strip().startswith(STORY) and STORY in found.view.source.content
    assert found.name == f"{name}#1" and found.locators[0].name.startswith("item 1, ")
    assert outcome.problems == ()


EXTRACTS = [
    rss(f"<description>{STORY}</description><link>https://quay.example/1</link>"),
    rss(f"<description><![CDATA[<p>{STORY * 12} [...]</p>]]></description>"),
    ATOM.format(f"<summary>{STORY * 12}</summary>"),
    json.dumps({
        "version": "https://jsonfeed.org/version/1",
        "items": [{"id": "1", "url": "https://quay.example/1", "summary": STORY}],
    }),
]  # fmt: skip


@pytest.mark.parametrize("content", EXTRACTS)
def test_a_summary_is_said_to_be_an_extract(content: str) -> None:
    outcome = read(content, "a")
    assert STORY in one(outcome).view.text and kinds(outcome.problems) == [("left-out", False)]
    assert "extract" in outcome.problems[0].message


def test_an_item_without_a_text_is_named_with_its_address() -> None:
    outcome = read(rss(whole(1), "<title>Two</title><link>https://quay.example/2</link>"))
    assert one(outcome).name == "a.xml#1"
    (problem,) = outcome.problems
    assert problem.lost and problem.place == "a.xml#2" and "https://quay.example/2" in problem.remedy


def test_an_item_that_says_its_title_again_has_no_text() -> None:
    link = "&lt;a href='https://courier.example/1'&gt;Bridge shut&lt;/a&gt;&amp;nbsp;&lt;b&gt;The Courier&lt;/b&gt;"
    item = f"<title>Bridge shut - The Courier</title><description>{link}</description><source>The Courier</source>"
    outcome = read(rss(item, whole(1)))
    assert one(outcome).name == "a.xml#2" and kinds(outcome.problems) == [("malformed", True)]


def test_each_item_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "monday.xml").write_text(rss(whole(1), whole(2), whole(1)), encoding="utf-8")
    (tmp_path / "tuesday.xml").write_text(rss(whole(2), whole(3), whole(1, f"{STORY} It reopened.")), encoding="utf-8")
    found, problems = read_paths([tmp_path])
    assert [each.name for each in found] == ["monday.xml#1", "monday.xml#2", "tuesday.xml#2", "tuesday.xml#3"]
    assert [(each.place, each.kind, each.lost) for each in problems] == [
        ("monday.xml", "duplicate", False),
        ("tuesday.xml", "duplicate", False),
    ]
    assert "monday.xml has the same" in problems[1].message
    assert read_paths([tmp_path / "tuesday.xml", tmp_path / "monday.xml"])[0][1].name == "monday.xml#2"


def test_each_item_of_feeds_in_an_archive_is_read_once(tmp_path: Path) -> None:
    feeds = {"monday.xml": rss(whole(1), whole(2)), "tuesday.xml": rss(whole(2), whole(3))}
    (tmp_path / "feeds.zip").write_bytes(zipped(feeds))
    found, problems = read_paths([tmp_path])
    assert [each.name for each in found] == [
        f"feeds.zip/{name}" for name in ("monday.xml#1", "monday.xml#2", "tuesday.xml#2")
    ]
    assert [(each.place, each.kind) for each in problems] == [("feeds.zip/tuesday.xml", "duplicate")]


def test_who_published_an_item_is_told_by_its_source() -> None:
    content = whole(1) + '<source url="https://courier.example/feed">The Courier</source>'
    assert told(one(read(rss(content))))[2] == "The Courier"
    assert told(one(read(rss(whole(1)))))[4] == "https://quay.example/1"


def test_a_feed_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    content = rss(whole(1), whole(2))
    outcome = read(content[: content.index("Number 2") + 4])
    assert one(outcome).name == "a.xml#1"
    assert ("malformed", False) in kinds(outcome.problems)


@pytest.mark.parametrize("flaw", ["&nbsp;", "& more", "\x0b", "<br>"])
def test_a_feed_that_is_not_well_formed_is_read_and_that_is_said(flaw: str) -> None:
    outcome = read(rss(f"<title>One {flaw} two</title>{whole(1)}", whole(2)))
    assert len(outcome.tellings) >= 1 and ("malformed", False) in kinds(outcome.problems)


def test_text_between_tags_is_kept_as_it_is_shown() -> None:
    atom = ATOM.format(
        '<content type="html">&lt;p&gt;Five &amp;lt; six &amp;amp; &lt;b&gt;seven&lt;/b&gt;.&lt;/p&gt;</content>'
    )
    assert one(read(atom)).view.text.strip() == "Five < six & seven."
    plain = ATOM.format('<content type="text">Five &lt;b&gt; six.</content>')
    assert one(read(plain)).view.text.strip() in ("Five <b> six.", "Five six.")


# ---- what is refused

REFUSED = [
    (
        "<opml version='2.0'><body><outline xmlUrl='https://quay.example/feed'/></body></opml>",
        "a list of 1 feed (OPML)",
    ),
    ("<urlset><url><loc>https://quay.example/</loc></url></urlset>", "sitemap"),
    ("<catalog><book/></catalog>", "'catalog'"),
    ("<rss><channel/></rss>", "without an item"),
    (f"<!DOCTYPE rss [{BOMB}]><rss><channel><title>&a8;</title></channel></rss>", "bombs"),
    (f"<!DOCTYPE rss [<!-- ]> -->{BOMB}]><rss a='&a8;'><channel/></rss>", "bombs"),
    (
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><title>&x;</title></channel></rss>",
        "bombs",
    ),
    ("<a" * 50_000, "'a'"),
    ("<rss><channel>" + "<a>" * 100_000, "without an item"),
]


@pytest.mark.parametrize(("content", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_xml_without_an_article_is_refused_by_name(content: str, said: str) -> None:
    outcome = read(content)
    assert outcome.tellings == ()
    assert any(problem.lost and said in problem.message and problem.remedy for problem in outcome.problems), outcome


def test_a_page_and_a_text_under_a_name_of_xml_are_read() -> None:
    page = (
        f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{f"<p>{STORY}</p>" * 4}</body></html>'
    )
    assert STORY in one(read(page)).view.text and one(read(STORY, "a.xml")).view.text == STORY


# ---- agencies

NITF = f"""<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>Slug</title><docdata>
<date.issue norm="20150309T100000Z"/><doc.copyright holder="The Quay"/></docdata></head><body><body.head>
<hedline><hl1>Bridge shut</hl1><hl2>Mill too</hl2></hedline><byline>By <person>Ada Quill</person></byline></body.head>
<body.content><block><p>{STORY} <em>Really.</em></p><media><media-reference source="x"/>
<media-caption>A bridge</media-caption></media><hl2>Later</hl2><p>It rained.</p></block></body.content></body></nitf>"""


def test_nitf_is_read_block_by_block() -> None:
    found = one(outcome := read(f'<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">{NITF}'))
    assert outcome.problems == ()
    assert told(found) == (date(2015, 3, 9), "Bridge shut", "The Quay", "Ada Quill", None)
    assert [(hint.kind, hint.span.of(found.view.text)) for hint in found.hints] == [
        ("headline", "Bridge shut"),
        ("subheading", "Mill too"),
        ("byline", "By Ada Quill"),
        ("paragraph", f"{STORY} Really."),
        ("caption", "A bridge"),
        ("subheading", "Later"),
        ("paragraph", "It rained."),
    ]
    assert [each.name for each in found.locators][-1] == "block 7, p"


def newsml(*contents: str, status: str = "usable") -> str:
    items = "".join(
        f"""<newsItem xml:lang="en"><rightsInfo><copyrightHolder><name>The Quay</name></copyrightHolder></rightsInfo>
        <itemMeta><itemClass qcode="ninat:{"text" if "inline" in content else "picture"}"/>
        <versionCreated>2015-03-11T10:00:00Z</versionCreated><firstCreated>2015-03-09T10:00:00Z</firstCreated>
        <pubStatus qcode="stat:{status}"/></itemMeta>
        <contentMeta><by>Ada Quill</by><headline>Bridge</headline></contentMeta>
        <contentSet>{content}</contentSet></newsItem>"""
        for content in contents
    )
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{items}</itemSet></newsMessage>'


CONTENTS = [
    f'<inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML>',
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
    f"<body><p>{STORY}</p></body></html></inlineXML>",
    f'<inlineData contenttype="text/plain">{STORY}</inlineData>',
    f'<inlineData contenttype="text/html">&lt;p&gt;{STORY}&lt;/p&gt;</inlineData>',
]


def test_the_items_of_newsml_that_carry_a_text_are_read() -> None:
    outcome = read(newsml(*CONTENTS, "<remoteContent href='x.jpg'/>"))
    assert [each.name for each in outcome.tellings] == [f"a.xml#{number}" for number in range(1, 5)]
    for each in outcome.tellings:
        assert told(each) == (date(2015, 3, 9), "Bridge", "The Quay", "Ada Quill", None)
        assert STORY in each.view.text
    assert [problem.message for problem in outcome.problems] == ["not read: items without a text (1 picture)"]


def test_an_item_that_was_withdrawn_says_so_and_further_texts_are_counted() -> None:
    outcome = read(newsml(CONTENTS[2] + "<inlineData>A few more words.</inlineData>", status="canceled"))
    assert one(outcome).view.text.strip() == STORY
    assert ["canceled" in problem.message for problem in outcome.problems] == [True, False] or [
        "1 more text" in problem.message for problem in outcome.problems
    ] == [True, False]


def test_newsml_1_is_read_as_far_as_it_carries_texts() -> None:
    parts = "".join(
        f"<NewsComponent><ContentItem><MimeType FormalName='{kind}'/><DataContent>{text}</DataContent></ContentItem>"
        "</NewsComponent>"
        for kind, text in (("text/css", f".a {{margin: 0}} {'.b {} ' * 200}"), ("text/plain", STORY))
    )
    content = (
        "<NewsML><NewsItem><NewsManagement><FirstCreated>20150309T100000+0000</FirstCreated></NewsManagement>"
        f"<NewsComponent><NewsLines><HeadLine>Bridge</HeadLine></NewsLines>{parts}</NewsComponent></NewsItem></NewsML>"
    )
    found = one(read(content))
    assert found.view.text.strip() == STORY and told(found)[:2] == (date(2015, 3, 9), "Bridge")


# ---- references

ZOTERO = f"""<rdf:RDF {SPACES} xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/">
<bib:Article rdf:about="https://quay.example/1"><z:itemType>newspaperArticle</z:itemType>
<dcterms:isPartOf><bib:Newspaper><dc:title>The Quay</dc:title></bib:Newspaper></dcterms:isPartOf>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Quill</foaf:surname><foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li></rdf:Seq>
</bib:authors><dcterms:abstract>{STORY}</dcterms:abstract><dc:title>Bridge</dc:title>
<dc:date>2015-03-09</dc:date></bib:Article>
<bib:Article rdf:about="#2"><z:itemType>newspaperArticle</z:itemType><dcterms:isReferencedBy rdf:resource="#n"/>
<dc:title>Mill</dc:title></bib:Article>
<bib:Memo rdf:about="#n"><rdf:value>&lt;p&gt;A note.&lt;/p&gt;</rdf:value></bib:Memo>
<bib:Article rdf:about="#3"><z:itemType>newspaperArticle</z:itemType>
<dc:title>Weir</dc:title></bib:Article></rdf:RDF>"""


def test_references_are_read_as_far_as_they_have_abstracts_or_notes() -> None:
    outcome = read(ZOTERO, "a.rdf")
    first, second = outcome.tellings
    assert told(first) == (date(2015, 3, 9), "Bridge", "The Quay", "Ada Quill", "https://quay.example/1")
    assert (first.view.text, second.view.text.strip()) == (STORY, "A note.")
    assert kinds(outcome.problems) == [("left-out", False), ("left-out", False), ("malformed", True)]


def test_damaged_names_of_elements_do_not_cost_the_item() -> None:
    atom = ATOM.format(f'<content type="xhtml"><div><p>{STORY}</p><:i>And more.</:i></div></content>')
    assert STORY in one(read(atom)).view.text


# ---- whatever comes

FILES = [*(each for each in FEEDS.values() if each.startswith("<")), NITF, newsml(*CONTENTS), ZOTERO]


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(FILES))
def test_damaged_xml_is_read_or_named(chance: random.Random, content: str) -> None:
    data = bytearray(content.encode())
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] = chance.choice([*b"<>&/\"'=]!", chance.randrange(256)])
    cut = chance.randrange(1, len(data) + 1) if chance.random() < 0.3 else len(data)
    outcome = read_bytes("a.xml", bytes(data[:cut]))
    assert outcome.tellings or outcome.problems
    assert all("please report" not in problem.remedy for problem in outcome.problems), outcome.problems


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n<>&]\"'"), max_size=120))
def test_the_text_of_an_item_comes_out_as_it_went_in(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    outcome = read(ATOM.format(f'<content type="text">x{escaped}</content>'))
    assert one(outcome).view.source.content == f"x{text}"


@pytest.mark.parametrize(
    "unit",
    [
        "<item><description>A few words of an item.</description></item>",
        "<item>",
        "<a>&amp;",
        "&",
        "<!-- ",
        "<item><title>x</title><link>y</link></item>",
    ],
)
def test_feeds_take_linear_time(unit: str) -> None:
    content = "<rss><channel>" + unit * (120_000 // len(unit))
    assert grows_linearly(read, content[: len(content) // 4], content)


def test_prefixes_that_stand_for_nothing_are_read_as_what_is_meant() -> None:
    content = rss(whole(1) + f"<media:description>{STORY} It is a picture.</media:description>")
    outcome = read(content.replace(f" {SPACES}", ""))
    assert "boat 1" in one(outcome).view.text
    assert kinds(outcome.problems) == [("malformed", False)]


def test_names_of_feeds_and_titles_are_unescaped() -> None:
    about = "<title>Tom &amp;amp; Ann</title><link>https://quay.example/</link>"
    told = one(read(rss(whole(1).replace("Number 1", "<![CDATA[The <b>new</b> boat]]>"), about=about))).metadata
    assert told.publisher is not None and told.publisher.value == "Tom & Ann"
    assert told.title is not None and told.title.value == "The new boat"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"&amp;lt;p&amp;gt;{STORY}&amp;lt;/p&amp;gt;", STORY),
        ("In HTML &amp;lt;p&amp;gt; begins a paragraph.", "In HTML <p> begins a paragraph."),
    ],
)
def test_a_text_that_was_escaped_twice_is_read_as_meant(written: str, shown: str) -> None:
    assert one(read(rss(f"<title>x</title><description>{written}</description>"))).view.text == shown


def test_a_tag_of_more_attributes_than_any_has_is_refused() -> None:
    attributes = " ".join(f'a{number}=""' for number in range(20_000))
    (problem,) = read(rss(whole(1)).replace("<rss ", f"<rss {attributes} ")).problems
    assert problem.lost and "2,000 attributes" in problem.message


def test_what_stands_behind_a_block_of_nitf_is_not_lost() -> None:
    content = f"<nitf><body><body.content><block><p>{STORY}</p>And then it rained.</block></body.content></body></nitf>"
    assert one(read(content)).view.text.split("\n\n") == [STORY, "And then it rained."]


def test_an_item_of_an_agency_within_another_is_read_once() -> None:
    inner = f"<NewsItem><NewsComponent><DataContent><p>{STORY}</p></DataContent></NewsComponent></NewsItem>"
    content = (
        f"<NewsML><NewsItem><NewsComponent>{inner}{inner.replace('closed', 'shut')}</NewsComponent></NewsItem></NewsML>"
    )
    assert [each.view.text for each in read(content).tellings] == [STORY, STORY.replace("closed", "shut")]
