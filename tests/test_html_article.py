"""What is read out of a page: its article, its day, its headline, outlet and authors; and what is no article."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import grows_linearly

from tellings.edge.readers import read_bytes
from tellings.edge.readers.dates import DateError, parse_date, written_days
from tellings.edge.readers.html import read_html
from tellings.edge.readers.html.scan import scan
from tellings.edge.readers.page import read_page
from tellings.edge.readers.telling import Outcome, Read
from tellings.model.records import STORY_KINDS
from tellings.model.text import Span

#: Eight paragraphs of a story; no two are alike.
PARAGRAPHS = [
    f"{who} of {town} told the harbour office that the ferry {what} before the wind fell on that day."
    for who, town, what in (
        ("The captain", "Merrin", "did not sail"),
        ("A cook", "Osk", "turned round"),
        ("Two sisters", "Lower Valley", "was late"),
        ("The mayor", "Varn", "took on water"),
        ("A painter", "Tarn", "lay at the quay"),
        ("One pilot", "Hale", "lost its lamp"),
        ("The engineer", "Brae", "needed a new pump"),
        ("An old sailor", "Skarn", "had been sold"),
    )
]
STORY = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
HEAD = "<h1>The ferry that stayed at home</h1>"


def page(body: str, head: str = "", lang: str = "en") -> str:
    return (
        f"<!doctype html><html lang={lang}><head><title>The ferry that stayed at home</title>{head}</head><body>{body}"
    )


def one(content: str) -> tuple[Read, Outcome]:
    outcome = read_page("a.html", content)
    (read,) = outcome.tellings
    return read, outcome


def told(read: Read) -> str:
    return "\n".join(hint.span.of(read.view.text) for hint in read.hints if hint.kind in STORY_KINDS)


def linked_data(**members: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **members})}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta {"property" if ":" in name else "name"}="{name}" content="{content}">'


# ---- the article

EXTRA = "Nobody was hurt when the second ferry left in the evening, said the office."
WITHIN = [
    # what an extractor leaves out of an article, with what stands around it: {} is the extra text
    ("a paragraph that is a link", f"<article>{HEAD}{STORY}<p><a href=/x>{{}}</a></p></article>"),
    ("a paragraph of bold links", f"<article>{HEAD}{STORY}<p><a href=/x><b>{{}}</b></a></p></article>"),
    ("a div among paragraphs", f"<article>{HEAD}{STORY}<div>{{}}</div></article>"),
    ("a paragraph in a class of sidebars", f'<div class="sidebar-grid">{HEAD}{STORY}<p>{{}}</p></div>'),
    ("paragraphs behind a paywall's class", f'<article><div class="paywall">{HEAD}{STORY}<p>{{}}</p></div></article>'),
    ("an article in a dialog", f'<div role="dialog"><article>{HEAD}{STORY}<p>{{}}</p></article></div>'),
    (
        "bare text among paragraphs",
        f"<article><div>{HEAD}{STORY}<img src=a.png>{{}}<h2>Later</h2>{STORY[:200]}</div></article>",
    ),
    (
        "a shadow root",
        f"<article>{HEAD}{STORY}<x-box><template shadowrootmode=open><p>{{}}</p></template></x-box></article>",
    ),
    ("a standfirst by its class", f'<article>{HEAD}<p class="standfirst">{{}}</p><div>{STORY}</div></article>'),
    (
        "a standfirst in the header",
        f'<header>{HEAD}<p class="article-intro">{{}}</p></header><article>{STORY}</article>',
    ),
]


@pytest.mark.parametrize(("what", "body"), WITHIN, ids=[what for what, _ in WITHIN])
def test_what_belongs_to_an_article_is_its_text(what: str, body: str) -> None:
    read, _ = one(page(body.format(EXTRA)))
    assert EXTRA in told(read)
    assert all(each in told(read) for each in PARAGRAPHS)


def test_a_template_is_not_shown() -> None:
    read, _ = one(page(f"<article>{HEAD}{STORY}<template><p>{EXTRA}</p></template></article>"))
    assert EXTRA not in read.view.text


def test_small_boxes_of_one_class_that_hold_the_article_mean_nothing() -> None:
    boxes = "".join(f'<div class="related-grid"><p>{each}</p></div>' for each in PARAGRAPHS)
    read, _ = one(page(f"<main>{HEAD}{boxes}</main>"))
    assert all(each in told(read) for each in PARAGRAPHS)


def test_a_standfirst_is_known_by_the_description() -> None:
    head = f'<meta name="description" content="{EXTRA}">'
    body = f'<div class="x1">{HEAD}<div class="x2">{EXTRA}</div></div><article>{STORY}</article>'
    assert EXTRA in told(one(page(body, head))[0])
    assert EXTRA not in told(one(page(body))[0])


def test_a_table_of_results_is_read_with_all_of_its_cells() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{name}</td><td>{60 - n}</td></tr>" for n, name in enumerate("ABCDEFGH", 1))
    read, _ = one(page(f"<article>{HEAD}{STORY}<table><tr><th>Place<th>Boat<th>Points</tr>{rows}</table></article>"))
    assert all(f"\n{60 - n}" in told(read) for n in range(1, 9))


def test_the_body_of_the_linked_data_is_looked_for_on_the_page() -> None:
    body = f'<article>{HEAD}{STORY}</article><section class="promo"><p>{EXTRA}</p></section>'
    assert EXTRA in told(one(page(body, linked_data(articleBody=" ".join([*PARAGRAPHS, EXTRA]))))[0])
    assert EXTRA not in told(one(page(body))[0])


OUTSIDE = [
    ("a link alone", '<p><a href="/x">The mayor sells the harbour to his sister</a></p>'),
    ("a line above a link", '<p>Read on:</p><p><a href="/x">The mayor sells the harbour to his sister</a></p>'),
    ("a heading above links", '<h3>More boats</h3><ul><li><a href="/x">The mayor sells the harbour</a></ul>'),
    ("the author's line", "<p>by Ada Quill</p>"),
    ("a heading over nothing", "<h3>Your view of it</h3>"),
    ("comments", '<ul class="comments"><li><p>I was on that ferry and it was terrible, I can tell you all.</p></ul>'),
]


@pytest.mark.parametrize(("what", "extra"), OUTSIDE, ids=[what for what, _ in OUTSIDE])
def test_what_belongs_to_the_site_is_residue(what: str, extra: str) -> None:
    head = '<meta name="author" content="Ada Quill">'
    read, _ = one(page(f"<article>{HEAD}{STORY}{extra}</article>", head))
    shown = [hint.span.of(read.view.text) for hint in read.hints if hint.kind not in STORY_KINDS]
    assert told(read).count("\n") == len(PARAGRAPHS), told(read)
    assert shown, "nothing is thrown away"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('<div class="desktop">', '<div class="mobile">'),
        ('<div style="display: none">', "<div>"),
        ("<div hidden>", "<div>"),
    ],
)
def test_a_text_that_is_printed_twice_is_told_once(first: str, second: str) -> None:
    read, _ = one(page(f"<article>{HEAD}{first}{STORY}</div>{second}{STORY}</div></article>"))
    assert [told(read).count(each) for each in PARAGRAPHS] == [1] * len(PARAGRAPHS)
    if "none" in first or "hidden" in first:
        kept = next(hint.span.start for hint in read.hints if PARAGRAPHS[0] in hint.span.of(read.view.text))
        assert read.hints[1].kind not in STORY_KINDS and kept < len(read.view.text) / 2, "the shown copy is kept"


LONG = (
    "The harbour office, which had not been asked before, said on the next morning that two of its boats had gone out "
    "to look for the ferry, and that both had come back without a trace of it."
)
IN_VAIN = [
    ("class names of its own", f'<article>{HEAD}{STORY}<p class="lead paywall">{{}}</p>{STORY[:300]}</article>'),
    (
        "the opening, in a box called a teaser",
        f'<article>{HEAD}<div class="teaser-content"><p class="copy">{{}}</p></div><div class="rest">'
        f"{STORY.replace('<p>', '<p class=copy>')}</div></article>",
    ),
]


def test_a_text_that_is_printed_twice_in_one_element_is_told_once() -> None:
    read, _ = one(page(f"<article>{HEAD}<div>{STORY}{STORY}</div></article>"))
    assert [told(read).count(each) for each in PARAGRAPHS] == [1] * len(PARAGRAPHS)


ASKED = "What would you have done otherwise if the ferry had been ready on that day?"


@pytest.mark.parametrize("around", ["{}", '<div class="entry"><section class="talk">{}</section></div>'])
def test_a_question_that_is_asked_again_is_told_each_time(around: str) -> None:
    asked = "".join(around.format(f"<p><b>{ASKED}</b></p><p>{each}</p>") for each in PARAGRAPHS)
    read, _ = one(page(f"<article>{HEAD}{asked}</article>"))
    assert told(read).count(ASKED) == len(PARAGRAPHS)


@pytest.mark.parametrize(("what", "body"), IN_VAIN, ids=[what for what, _ in IN_VAIN])
def test_class_names_of_a_long_paragraph_set_as_the_others_mean_nothing(what: str, body: str) -> None:
    read, _ = one(page(body.format(LONG)))
    assert LONG in told(read)


def test_class_names_mean_nothing_for_what_the_linked_data_hold() -> None:
    story = STORY.replace("<p>", "<p class=paywall>")
    body = f'<article>{HEAD}<div class="paywall"><h3>Evening</h3>{story}</div></article>'
    read, _ = one(page(body, linked_data(articleBody=" ".join(PARAGRAPHS[:6]))))
    assert all(each in told(read) for each in PARAGRAPHS)


BOATS = ["Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple"]
BOX = [each.replace("ferry", "bridge").replace("told", "wrote to") for each in PARAGRAPHS]
EMBEDDED = "<blockquote class=twitter-tweet><p>{}</p>&mdash; Harbour (@harbour) <a href=/x>1 May 2024</a></blockquote>"
LEFT = [
    # what is left to the residue, and what is said of it
    ("a line of a box", f"<aside><p>{BOX[0]}</p></aside>", ""),
    ("a box", f"<aside>{''.join(f'<p>{each}</p>' for each in BOX[:5])}</aside>", "110 words of text between"),
    ("the same box twice", f"<aside><p>{BOX[0]}</p></aside>" * 2, ""),
    (
        "lines that are no sentences",
        "<div class=box>" + "".join(f"<div>{boat} with its {men} men of Osk</div>" for men, boat in enumerate(BOATS)),
        "56 words of text between",
    ),
    ("two such lines", "<div class=box><div>Alder with 3 men</div><div>Birch with 4 men</div></div>", ""),
    ("a post", EMBEDDED.format(LONG), "43 words of posts that the article shows"),
    ("a hidden box", f"<aside hidden>{''.join(f'<p>{each}</p>' for each in BOX[:5])}</aside>", ""),
    ("comments", f"<ul class=comments>{''.join(f'<li><p>{each}</p>' for each in BOX[:5])}</ul>", ""),
    ("captions", f"<figure><img src=a.png><figcaption>{LONG}</figcaption></figure>", ""),
]


@pytest.mark.parametrize(("what", "extra", "said"), LEFT, ids=[what for what, _, _ in LEFT])
def test_what_is_left_out_among_paragraphs_is_said(what: str, extra: str, said: str) -> None:
    _, outcome = one(page(f"<article>{HEAD}{STORY}{extra}<p>{EXTRA}</p></article>"))
    assert [problem.kind for problem in outcome.problems] == ["left-out"] * bool(said)
    assert said in "".join(problem.message for problem in outcome.problems)


@pytest.mark.parametrize(
    ("attribute", "kind"),
    [
        ("hidden", "boilerplate"),
        ("hidden=''", "boilerplate"),
        ("hidden=until-found", "paragraph"),
        ("id=hidden", "paragraph"),
    ],
)
@pytest.mark.parametrize("before", [PARAGRAPHS[:6], PARAGRAPHS[:1]])
def test_a_long_paragraph_that_no_browser_shows_is_no_story(before: list[str], attribute: str, kind: str) -> None:
    long = f"{LONG} {LONG}"
    content = f"<article>{HEAD}{''.join(f'<p>{each}</p>' for each in before)}<p {attribute}>{long}</p></article>"
    read, _ = one(page(content))
    assert [hint.kind for hint in read.hints if LONG in hint.span.of(read.view.text)] == [kind]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("The mill <span hidden>at Tarn </span>burned down", "The mill burned down"),
        ("The mill <b hidden=''>never</b> <i>burned</i> down", "The mill burned down"),
        ("The <span hidden>old <span>grey</span> mill </span>mill burned down", "The mill burned down"),
        ("The mill <i hidden><b>or not</i></b> burned down", "The mill burned down"),
        ("The mill <span hidden=until-found>burned</span> down", "The mill burned down"),
        ("The mill <span class=hidden>burned</span> down", "The mill burned down"),
        ("The mill <span title=hidden>burned</span> down", "The mill burned down"),
        ("The mill <span hidden>burned down", "The mill burned down"),
    ],
)
def test_a_part_of_a_sentence_that_no_browser_shows_is_not_read(inside: str, shown: str) -> None:
    assert scan(f"<p>{inside}</p><p>It was old.</p>").view.text == f"{shown}\n\nIt was old."


def test_paragraphs_in_a_hidden_part_of_a_sentence_are_told_by_what_stands_in_them() -> None:
    assert "burned down" in scan("<p>The mill.</p><span hidden><p>It burned down.</p></span>").view.text


def test_an_article_that_is_hidden_until_a_script_shows_it_is_story() -> None:
    read, _ = one(page(f"<article>{HEAD}<div hidden>{STORY}</div></article>"))
    kinds = [hint.kind for hint in read.hints if hint.span.of(read.view.text) in PARAGRAPHS]
    assert kinds == ["paragraph"] * len(PARAGRAPHS)


def test_a_post_behind_the_article_is_said_and_a_box_there_is_none_of_it() -> None:
    box = "".join(f"<p>{each}</p>" for each in BOX[:5])
    _, outcome = one(page(f"<article>{HEAD}<div>{STORY}{EMBEDDED.format(LONG)}</div></article><aside>{box}</aside>"))
    assert [problem.message.split(";")[0] for problem in outcome.problems] == [
        "not read: 43 words of posts that the article shows"
    ]


@pytest.mark.parametrize(
    ("end", "is_said"),
    [
        ("and then the rope of the second boat …", True),
        ("and then the rope [...]", True),
        ("and that was that. ", False),
    ],
)
def test_an_article_that_breaks_off_with_dots_is_said_to(end: str, is_said: bool) -> None:
    _, outcome = one(page(f"<article>{HEAD}{STORY}<p>{LONG} They looked, {end}</p></article>"))
    assert [problem.message.partition(":")[0] for problem in outcome.problems] == [
        "its last paragraph breaks off with dots"
    ] * is_said


@pytest.mark.parametrize(("text", "is_said"), [(LONG, True), (EXTRA, False), (f"<style>{LONG}</style>", False)])
def test_words_in_frames_that_were_kept_within_a_page_are_said(text: str, is_said: bool) -> None:
    frame = f'<iframe srcdoc="{escape(f"<html><body><p>{text}</p></body></html>")}"></iframe>'
    read, outcome = one(page(f"<article>{HEAD}{STORY}{frame}<p>{EXTRA}</p></article>"))
    assert LONG not in read.view.text
    assert [problem.message for problem in outcome.problems] == [
        "not read: 38 words in frames that were kept within the page"
    ] * is_said


def test_another_article_further_down_is_not_taken_in() -> None:
    other = "".join(f"<p>{each.replace('ferry', 'bridge')}</p>" for each in PARAGRAPHS)
    read, _ = one(page(f"<article>{HEAD}{STORY}</article><aside><article><h2>Bridge</h2>{other}</article></aside>"))
    assert "bridge" not in told(read)


# ---- the article that stands only in data

TEXT = " ".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "script",
    [
        linked_data(articleBody=TEXT),
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"a": [{"body": TEXT}]})}</script>',
        f"<script>var q = q || [];q.push({json.dumps({'data': {'contentHtml': f'<p>{TEXT}</p>'}})});</script>",
    ],
)
def test_an_article_in_the_data_of_a_script_is_read_from_there(script: str) -> None:
    read, outcome = one(
        page(f'<div id="root"></div>{script}', '<meta property="article:published_time" content="2021-03-10">')
    )
    assert read.view.text.strip() == TEXT
    assert read.metadata.date.value == date(2021, 3, 10)
    assert read.metadata.title and read.metadata.title.value == "The ferry that stayed at home"
    assert [problem.kind for problem in outcome.problems] == ["left-out"]
    assert [locator.name for locator in read.locators] == ["data in a script"]


def test_data_beside_an_article_is_left_alone() -> None:
    read, outcome = one(
        page(
            f"<article>{HEAD}{STORY * 1}{STORY.replace('day', 'night')}</article>{linked_data(articleBody='x ' * 2000)}"
        )
    )
    assert PARAGRAPHS[0] in told(read) and not outcome.problems


# ---- what is no article

SHORT = f"<article><h1>Ferry</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article>"
TEASERS = "".join(
    f"<div><h2><a href=/{n}>Boat {n} is sold</a></h2><p>{each}</p></div>" for n, each in enumerate(PARAGRAPHS)
)
LINKS = "".join(f"<li><a href=/{n}>Boat number {n} of the old ferry line is sold</a>, {n} May</li>" for n in range(12))
PICTURES = "".join(
    f"<figure><img src={n}.png><figcaption>Boat number {n} lies at the quay of Merrin</figcaption></figure>"
    for n in range(8)
)
KIND = '<script type="application/ld+json">{{"@type": "{}", "name": "Boats"}}</script>'
NO_ARTICLES = [
    ("Page not found", "<h1>404</h1><p>There is nothing at this address, we are sorry to say.", "none at its address"),
    ("Just a moment...", "<p>Checking your browser before you go on to the Harbour Post, please wait.", "robots"),
    ("Harbour Post", "<h1>We value your privacy</h1><p>We and our 400 partners store things. Do you agree?", "consent"),
    ("Ferry", f"{SHORT}<p>Subscribe to continue reading.", "subscribers"),
    ("Boats", "<nav><a href=/a>One</a><a href=/b>Two</a></nav>", "no article"),
    ("Boats", meta("og:type", "video.other") + SHORT, "video"),
    ("Boats", f"<main>{TEASERS}</main>", "list of articles"),
    ("Boats", f"<main><ul>{LINKS}</ul></main>", "list of articles"),
    ("Boats", f"<main><h1>Boats</h1>{PICTURES}</main>", "gallery of pictures"),
    ("Boats", f"{KIND.format('ImageGallery')}<main><h1>Boats</h1><p>{PARAGRAPHS[0]}</p></main>", "gallery of pictures"),
    ("Boats", f"{KIND.format('CollectionPage')}<main><h1>Boats</h1><p>{PARAGRAPHS[0]}</p></main>", "list of articles"),
    ("Boats", f"<main><h1>Boats</h1><video src=a.mp4></video><p>{PARAGRAPHS[0]}</p></main>", "a page of a video"),
    ("Boats", f"<main><h1>Boats</h1><audio src=a.mp3></audio><p>{PARAGRAPHS[0]}</p></main>", "a page of a recording"),
    ("Log in", "<main><h1>Log in</h1><p>Your name and your word.</p><p>Forgot your password?</p></main>", "log in at"),
]


@pytest.mark.parametrize(("title", "body", "said"), NO_ARTICLES)
def test_what_is_no_article_is_said_to_be_none(title: str, body: str, said: str) -> None:
    outcome = read_page("a.html", f"<title>{title}</title>{body}")
    notes = [problem.message for problem in outcome.problems if problem.kind == "no-article"]
    assert notes and said in notes[0], outcome.problems


@pytest.mark.parametrize(
    "extra",
    [
        "<video src=a.mp4></video>",
        '<iframe src="https://www.youtube.com/embed/a"></iframe>',
        PICTURES,
        f"<aside><ul>{LINKS}</ul></aside>",
        f"<p>{'</p><p>'.join(f'<a href=/{n}>{each}</a>' for n, each in enumerate(PARAGRAPHS[:3]))}</p>",
    ],
)
def test_an_article_with_a_film_pictures_or_links_is_an_article(extra: str) -> None:
    _, outcome = one(page(f"<article>{HEAD}{STORY}{extra}</article>"))
    assert not [each for each in outcome.problems if each.kind == "no-article"]


def test_several_days_of_publication_date_a_list() -> None:
    times = [f'<div><time class="published" datetime="2021-05-0{n}">x</time></div>' for n in (3, 4)]
    for shown, day in ((times, None), (times[:1], date(2021, 5, 3))):
        read, _ = one(page(f"<article>{HEAD}{STORY}</article><div>{''.join(shown)}</div>"))
        assert read.metadata.date.value == day


def test_what_a_list_of_articles_prints_is_no_day_of_the_page() -> None:
    body = f"<main><p>3 May 2021</p>{TEASERS}</main>"
    assert read_page("a.html", page(body)).tellings[0].metadata.date.value is None
    named = page(body, '<meta property="article:published_time" content="2021-05-04">')
    assert read_page("a.html", named).tellings[0].metadata.date.value == date(2021, 5, 4)


GERMAN = "".join(
    f"<p>{who} sagte dem Hafenamt, dass die Fähre an diesem Tag {what}, bevor der Wind nachließ.</p>"
    for who in ("Der Kapitän", "Eine Köchin", "Der Bürgermeister", "Ein Maler")
    for what in ("nicht ausgelaufen ist", "umgekehrt ist", "zu spät kam")
)


@pytest.mark.parametrize(("story", "day"), [(GERMAN, date(2021, 5, 3)), (STORY, None)])
def test_day_and_month_stand_as_in_the_language_that_the_text_is_in(story: str, day: date | None) -> None:
    bare = f"<!doctype html><html><head><title>x</title></head><body><article>{HEAD}<p>03.05.2021</p>{story}"
    assert one(bare)[0].metadata.date.value == day


@pytest.mark.parametrize(
    ("data", "day"), [('{"publishedAt": "2021-05-03"}', date(2021, 5, 3)), ('{"startDate": "2021-05-03"}', None)]
)
def test_a_day_in_the_data_of_a_page_that_begins_something_is_none(data: str, day: date | None) -> None:
    body = f"<article>{HEAD}{STORY}</article><script>var x = {data};</script>"
    found = one(page(body))[0].metadata.date.value
    assert found in (day, None) if day else found is None


def test_a_short_article_is_an_article() -> None:
    read, outcome = one(page(f"<article>{HEAD}{STORY[:700]}</article><footer>Subscribe to continue. Cookies.</footer>"))
    assert not outcome.problems and PARAGRAPHS[0] in told(read)


# ---- the day

UTC_EVENING = '<meta property="article:published_time" content="2021-03-11T02:30:00Z">'
TODAY = "<p>March 11, 2021</p>"
UTC_MOMENT = '<meta property="article:published_time" content="2021-03-11T02:30:17Z">'
DAYS = [
    # head, what stands between headline and story, behind it; language; the day
    ("", "<p>10 March 2021</p>", "", "en", date(2021, 3, 10)),
    ("", "<div>Mo., 03.05.2021, 21:30 Uhr</div>", "", "de", date(2021, 5, 3)),
    ("", "<div>03.05.2021</div>", "", "en", None),
    ("", "<div>le 3 mai 2021 à 10h30</div>", "", "fr", date(2021, 5, 3)),
    ("", "<div>3 мая 2021 г.</div>", "", "ru", date(2021, 5, 3)),
    ("", "<div>2021年5月3日 10:30</div>", "", "ja", date(2021, 5, 3)),
    ("", "<div>Updated 12 May 2021</div>", "", "en", None),
    ("", "<div>Updated 12 May 2021 | Published 3 May 2021</div>", "", "en", date(2021, 5, 3)),
    ("", "<div>Aktualisiert: 12. Mai 2021</div><div>Veröffentlicht am 3. Mai 2021</div>", "", "de", date(2021, 5, 3)),
    ("", "", "<p>Ada Quill, 3 May 2021</p>", "en", date(2021, 5, 3)),
    ("", "", "<footer>Harbour Post, established 1 May 1999</footer>", "en", None),
    ("", "", '<div class="comments"><p>3 May 2021</p><p>I was on it.</p></div>', "en", None),
    ("", "", '<ul class="related"><li><time datetime="2021-05-03">3 May 2021</time> Boats</ul>', "en", None),
    ('<meta property="og:updated_time" content="2021-05-03">', "", "", "en", None),
    ('<meta name="date" content="03/10/2021">', "", "", "en", None),
    ('<meta name="date" content="03/10/2021">', "", "", "es", date(2021, 10, 3)),
    ('<meta name="date" content="2021-05-12">', "<p>Published 3 May 2021</p>", "", "en", date(2021, 5, 3)),
    ('<meta name="date" content="2021-05-12">', "<p>No day here</p>", "", "en", date(2021, 5, 12)),
    (UTC_EVENING, "<p>March 10, 2021, 9:30 p.m. EST</p>", "", "en", date(2021, 3, 10)),
    (UTC_EVENING, "<p>March 8, 2021</p>", "", "en", date(2021, 3, 11)),
    (UTC_EVENING.replace("Z", "-05:00"), "<p>March 10, 2021</p>", "", "en", date(2021, 3, 11)),
    ('<link rel="canonical" href="https://post.example/2021/05/03/ferry">', "", "", "en", date(2021, 5, 3)),
    ('<link rel="canonical" href="https://post.example/news/03-05-2021-ferry">', "", "", "de", date(2021, 5, 3)),
    ("", '<time datetime="2021-05-03">today</time>', "", "en", date(2021, 5, 3)),
    ("", '<time class="updated" datetime="2021-05-03">today</time>', "", "en", None),
    # the same moment in local time, though the page prints today's day at its top
    (UTC_MOMENT, TODAY + '<time datetime="2021-03-10 21:30:17">x</time>', "", "en", date(2021, 3, 10)),
    (UTC_MOMENT, TODAY + '<time datetime="2021-03-10 21:30:18">x</time>', "", "en", date(2021, 3, 11)),
    (UTC_MOMENT, TODAY + '<time datetime="2021-03-10T21:30:17-05:00">x</time>', "", "en", date(2021, 3, 11)),
    # a stretch of days is the day of nothing
    ("", "<p>Fair of the valley, 12. – 15. May 2021</p>", "", "en", None),
    ("", "<p>12.05. - 15.05.2021</p>", "", "de", None),
    ("", "<p>10:30 – 15. Mai 2021</p>", "", "de", date(2021, 5, 15)),
]  # fmt: skip


@pytest.mark.parametrize(("head", "above", "below", "lang", "day"), DAYS)
def test_the_day_of_a_page(head: str, above: str, below: str, lang: str, day: date | None) -> None:
    read, _ = one(page(f"<article>{HEAD}{above}{STORY}{below}</article>", head, lang))
    found = read.metadata.date
    assert found.value == day, found.evidence
    if found.span:
        assert found.span.of(read.view.text) in found.evidence


def test_the_day_of_a_change_is_kept_beside_that_of_publication() -> None:
    head = linked_data(datePublished="2021-03-10", dateModified="2021-03-12")
    found = one(page(f"<article>{HEAD}{STORY}</article>", head))[0].metadata.date
    assert found.value == date(2021, 3, 10) and "dateModified 2021-03-12" in found.evidence


@pytest.mark.parametrize(
    ("head", "above", "certainty"),
    [
        (meta("article:published_time", "2021-03-10"), "", "stated"),
        ("", "<p>Published 10 March 2021</p>", "stated"),
        ("", "<p>10 March 2021</p>", "printed"),
        (meta("date", "2021-03-10"), "", "printed"),
        ("", "", None),
    ],
)
def test_how_sure_the_day_is_is_kept_with_it(head: str, above: str, certainty: str | None) -> None:
    found = one(page(f"<article>{HEAD}{above}{STORY}</article>", head))[0].metadata.date
    assert found.certainty == certainty and (found.value is None) == (certainty is None)


WRITTEN = [
    ("Mo., 03.03.2025", date(2025, 3, 3)), ("3. März 2025", date(2025, 3, 3)), ("le 1er mars 2025", date(2025, 3, 1)),
    ("3 de marzo de 2025", date(2025, 3, 3)), ("2025년 3월 3일", date(2025, 3, 3)), ("3 mars, 2025", date(2025, 3, 3)),
    ("22 tháng 10, 2025", date(2025, 10, 22)), ("2025. március 3.", date(2025, 3, 3)),
    ("3 marca 2025", date(2025, 3, 3)),
    ("01:38:07 PM IST Nov 20, 2019", date(2019, 11, 20)), ("03/04/2025", None), ("30 February 2025", None),
    ("FEBRUARİ 3, 2025", None), ("3 Mayhem 2025", None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "day"), WRITTEN)
def test_days_as_languages_write_them(written: str, day: date | None) -> None:
    assert {each.day for each in written_days(f"x {written} x")} == ({day} if day else set())
    if day:
        assert parse_date(written) == day
    else:
        with pytest.raises(DateError):
            parse_date(written)


@given(
    st.dates(date(1700, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y"]),
    st.text(max_size=10),
)
def test_a_day_is_found_wherever_it_stands_and_its_place_is_exact(day: date, form: str, around: str) -> None:
    written = day.strftime(form)
    line = f"{around} | {written} | {around}"
    found = list(written_days(line))
    assert day in [each.day for each in found]
    assert all(0 <= each.start < each.end <= len(line) for each in found)
    assert any(
        written.split(", ", 1)[-1] in line[each.start : each.end] or written in line[each.start : each.end]
        for each in found
    )


# ---- the posts of a live page


def live(first: str, second: str) -> str:
    post = "<div class=post><time datetime='{}'>x</time><p>{}</p></div>"
    posts = post.format(first, PARAGRAPHS[0]) + post.format(second, PARAGRAPHS[1])
    return page(f"<article>{HEAD}{posts}</article>", '<meta property="article:published_time" content="2021-03-10">')


def test_each_post_of_a_live_page_has_its_own_day() -> None:
    read, _ = one(live("2021-03-11T09:00:00Z", "2021-03-10T21:00:00Z"))
    assert [post.date.value for post in read.posts] == [date(2021, 3, 11), date(2021, 3, 10)]
    assert [PARAGRAPHS[n] in post.span.of(read.view.text) for n, post in enumerate(read.posts)] == [True, True]
    assert read.posts[0].span.end <= read.posts[1].span.start


def listed(*posts: tuple[str, str, str]) -> str:
    """Linked data of a live page: headline, text and time of each post."""
    updates = [
        {"@type": "BlogPosting", "headline": headline, "articleBody": text, "datePublished": moment}
        for headline, text, moment in posts
    ]
    told = {"@type": "LiveBlogPosting", "headline": TITLE, "liveBlogUpdate": updates}
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


def test_posts_that_linked_data_list_have_their_days() -> None:
    posts = [
        ("Back at noon", PARAGRAPHS[0], "2021-03-11T09:00:00+01:00"),
        ("", PARAGRAPHS[1], "2021-03-10T23:30:00+01:00"),
        ("Never shown", "The words of this one stand nowhere on the page at all.", "2021-03-09T09:00:00+01:00"),
        ("No day", PARAGRAPHS[2], "soon"),
    ]
    shown = "".join(
        f"<div><span>12:00</span><h3>{headline}</h3><p>{text}</p><p>More of it was to be told on that day.</p></div>"
        for headline, text, _ in posts[:2]
    )
    read, _ = one(page(f"<article>{HEAD}{shown}</article>", listed(*posts)))
    assert [post.date.value for post in read.posts] == [date(2021, 3, 11), date(2021, 3, 10)]
    texts = [post.span.of(read.view.text) for post in read.posts]
    assert texts[0].startswith("Back at noon") and PARAGRAPHS[0] in texts[0] and PARAGRAPHS[1] not in texts[0]
    assert texts[1].startswith(PARAGRAPHS[1])
    assert not one(page(f"<article>{HEAD}{STORY}</article>", listed(posts[0])))[0].posts, "one post makes no live page"
    assert not one(page(f"<article>{HEAD}{STORY}</article>", listed(posts[2])))[0].posts, "it stands nowhere"


def test_posts_that_microdata_mark_have_their_days() -> None:
    told = '<meta itemprop="datePublished" content="{}">'
    post = f'<div itemprop="liveBlogUpdate" itemscope>{told}<h2>Later</h2><p>{{}}</p></div>'
    days = ("2021-03-11T09:00:00Z", "2021-03-10T21:00:00Z", "soon")
    shown = "".join(post.format(day, text) for day, text in zip(days, PARAGRAPHS, strict=False))
    read, _ = one(page(f'<div itemscope itemtype="https://schema.org/LiveBlogPosting">{HEAD}{shown}{STORY}</div>'))
    assert [post.date.value for post in read.posts] == [date(2021, 3, 11), date(2021, 3, 10)]
    assert [PARAGRAPHS[n] in post.span.of(read.view.text) for n, post in enumerate(read.posts)] == [True, True]


CLOCK = [("16:20", "14:05", "9:30"), ("9.30 Uhr: The lock", "14.05 Uhr: The quay", "16.20 Uhr: The ferry")]


@pytest.mark.parametrize("times", CLOCK)
def test_posts_by_the_clock_are_of_the_day_of_the_page(times: tuple[str, ...]) -> None:
    shown = "".join(f"<h3>{time}</h3><p>{text}</p>" for time, text in zip(times, PARAGRAPHS, strict=False))
    day = linked_data(datePublished="2021-03-10T08:00:00Z", dateModified="2021-03-10T18:00:00Z")
    read, _ = one(page(f"<article>{HEAD}{shown}</article>{day}"))
    assert [post.date.value for post in read.posts] == [date(2021, 3, 10)] * 3
    assert [PARAGRAPHS[n] in post.span.of(read.view.text) for n, post in enumerate(read.posts)] == [True] * 3


@pytest.mark.parametrize(
    ("times", "changed"),
    [
        (("16:20", "14:05", "9:30"), "2021-03-12T18:00:00Z"),  # written on for days: which one is not known
        (("16:20", "14:05", "9:30"), ""),
        (("1:10", "0:05", "23:50"), "2021-03-10T18:00:00Z"),  # past midnight
        (("16:20", "17:05"), "2021-03-10T18:00:00Z"),
    ],
)
def test_posts_by_the_clock_whose_day_is_not_sure_are_none(times: tuple[str, ...], changed: str) -> None:
    shown = "".join(f"<h3>{time}</h3><p>{text}</p>" for time, text in zip(times, PARAGRAPHS, strict=False))
    day = linked_data(datePublished="2021-03-10T08:00:00Z", **({"dateModified": changed} if changed else {}))
    assert not one(page(f"<article>{HEAD}{shown}{STORY}</article>{day}"))[0].posts


def test_one_time_makes_no_live_page() -> None:
    assert not one(page(f"<article>{HEAD}<time datetime=2021-03-10>x</time>{STORY}</article>"))[0].posts
    assert not one(live("2021-03-11", "yesterday"))[0].posts


# ---- title, outlet, authors, address

TITLE = "The ferry that stayed at home"


def published_by(name: str, site: str = "") -> str:
    """Linked data of an article, and of its site."""
    objects = [{"@type": "NewsArticle", "headline": TITLE, "publisher": {"@type": "Organization", "name": name}}]
    objects += [{"@type": "WebSite", "name": site}] if site else []
    return f'<script type="application/ld+json">{json.dumps(objects)}</script>'


POST = meta("og:site_name", "Harbour Post")
SITE = meta("og:url", "https://www.a.example/1")
NAMES: list[tuple[str, str, str, str | None]] = [
    # head, what stands above the story; what is told, and what it is
    (meta("og:title", f"{TITLE} | Harbour Post"), "", "title", TITLE),
    (meta("og:title", f"{TITLE} - Harbour Post"), "", "publisher", "Harbour Post"),
    (meta("og:title", "Harbour Post") + POST, "", "title", TITLE),
    (meta("og:site_name", "Blogger") + meta("og:title", f"{TITLE} – Quay"), "", "publisher", "Quay"),
    (meta("og:site_name", "Post &amp;amp; Quay"), "", "publisher", "Post & Quay"),
    (published_by("Quay Verlag GmbH") + POST, "", "publisher", "Harbour Post"),
    (published_by("Blogger") + POST, "", "publisher", "Harbour Post"),
    (published_by("Quay Media Ltd.", site="The Quay | News of the harbour"), "", "publisher", "The Quay"),
    (published_by("Quay Media Ltd."), "", "publisher", "Quay Media Ltd."),
    (published_by("AB"), "", "publisher", "AB"),
    (published_by("", site="https://a.example"), "", "publisher", None),
    (meta("og:title", f"{TITLE}--Harbour--Quay"), "", "publisher", "Quay"),
    (meta("author", "Ada Quill, (Image: Ash Pictures, Quay)"), "", "author", "Ada Quill"),
    (meta("author", "105092"), "", "author", None),
    (meta("author", "Post www.a.example, Ada Quill") + SITE, "", "author", "Ada Quill"),
    (meta("author", "By Ada Quill and Rolf Ash"), "", "author", "Ada Quill, Rolf Ash"),
    (meta("author", "Ada Quill") + meta("author", "Rolf Ash"), "", "author", "Ada Quill, Rolf Ash"),
    (meta("author", "José Ortega y Gasset"), "", "author", "José Ortega y Gasset"),
    (meta("author", "admin"), '<p class="byline">By Ada Quill</p>', "author", "Ada Quill"),
    (meta("author", "desk@post.example"), '<span class="author-name">Ada Quill</span>', "author", "Ada Quill"),
    (meta("author", "Harbour Post") + POST, '<a rel="author">Ada Quill</a>', "author", "Ada Quill"),
    (meta("og:url", "https://a.example/x") + '<link rel=canonical href="/b/1">', "", "url", "https://a.example/b/1"),
    ('<base href="https://a.example/b/"><link rel=canonical href="c/1">', "", "url", "https://a.example/b/c/1"),
    (linked_data(mainEntityOfPage="https://a.example/b/1"), "", "url", "https://a.example/b/1"),
    (linked_data(mainEntityOfPage={"@id": "https://a.example/b/1"}), "", "url", "https://a.example/b/1"),
    (linked_data(mainEntityOfPage="https://a.example/#page"), "", "url", None),
    (published_by("Quay Nature Ltd.") + meta("prism.publicationName", "Quay"), "", "publisher", "Quay"),
    (meta("author", "Di Maio"), "", "author", "Di Maio"),
    (meta("author", "Von Ada Quill"), "", "author", "Ada Quill"),
    (meta("author", "von der Leyen"), "", "author", "von der Leyen"),
    (meta("author", "Redaktion"), "", "author", None),
    ("", '<p class="byline">By Ada Quill | 3 May 2021</p>', "author", "Ada Quill"),
    ("", '<p class="byline">By Ada Quill Sa 3 May 2021</p>', "author", None),
]


@pytest.mark.parametrize(("head", "above", "what", "value"), NAMES)
def test_what_a_page_says_of_itself(head: str, above: str, what: str, value: str | None) -> None:
    read, _ = one(page(f"<article>{HEAD}{above}{STORY}</article>", head))
    found = getattr(read.metadata, what)
    assert (found and found.value) == value


def test_a_title_of_two_words_is_parted_from_the_site_where_nothing_else_stands_behind_it() -> None:
    body = f"<article><h1>Ferry stays</h1>{STORY}</article>"
    for title, wanted in (("Ferry stays – Quay", ("Ferry stays", "Quay")), ("Ferry stays » Blog » Tides", None)):
        content = page(body, published_by("Quay Media Ltd.").replace(TITLE, "")).replace(
            "<title>The ferry that stayed at home", f"<title>{title}"
        )
        told_of = one(content)[0].metadata
        found = (told_of.title and told_of.title.value, told_of.publisher and told_of.publisher.value)
        assert found == (wanted or (title, "Quay Media Ltd."))


# ---- characters that were encoded twice


def test_characters_of_a_page_that_were_encoded_twice_are_put_right() -> None:
    twice = "“Brändt’s ferry” — twice".encode().decode("latin-1")
    read, outcome = one(page(f"<article>{HEAD}{STORY}<p>{twice} was said by all of them.</p></article>"))
    place = read.view.text.index("“Brändt’s ferry” — twice")
    assert read.view.to_source(Span(place, place + 24)).of(read.view.source.content) == twice
    assert [problem.kind for problem in outcome.problems] == ["encoding"]


# ---- any page

PIECES = [
    HEAD, *(f"<p>{each}</p>" for each in PARAGRAPHS[:4]), "<div class=related>", "</div>", "<article>", "</article>",
    "<time datetime=2021-03-10>10 March 2021</time>", "<div hidden>", "<ul><li><a href=/x>Boats</a></ul>",
    "<table><td>1", "<script>q({\"text\": \"", "\"})</script>", "<aside>", "<h2><a>Boats</a></h2>", "03/04/2021 ",
    "Ã©â€™",
    '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "a b", "description": "d"}</script>',
    "<p class=lead>", meta("author", "A y B"), "<link rel=canonical href='//['>", "<base href='http://['>", "\x00",
    "&#x110000;",
]  # fmt: skip


def holds(content: str) -> None:
    outcome = read_page("a.html", content)
    for read in outcome.tellings:
        end = 0
        for hint in read.hints:
            assert end <= hint.span.start < hint.span.end <= len(read.view.text)
            end = hint.span.end
        end = 0
        for post in read.posts:
            assert end <= post.span.start < post.span.end <= len(read.view.text)
            end = post.span.end
        if read.metadata.date.span:
            assert read.metadata.date.span.end <= len(read.view.text)
    assert not any("failed" in problem.message for problem in outcome.problems)


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_page_is_read_into_stretches_in_order(pieces: list[str]) -> None:
    holds("".join(pieces))


@pytest.mark.parametrize("seed", range(60))
def test_a_page_with_characters_lost_and_put_in_is_read(seed: int) -> None:
    rng = random.Random(seed)
    content = list(page("".join(rng.choices(PIECES, k=20)), rng.choice(NAMES)[0]))
    for _ in range(rng.randrange(30)):
        content[rng.randrange(len(content))] = rng.choice(
            ["", "<", ">", '"', "{", "}", "\\", "é", "\ud800", "\x00", "/"]
        )
    holds("".join(content))


@pytest.mark.parametrize(
    "piece",
    [
        "<p>Published 1 May 2020 1.1.2020 ", "<div class=post><time datetime=2021-03-01>x</time><p>one two.</p></div>",
        '<script>[{"text":"a b"},', "<h2><a>ab</a></h2>", "<p>â€œa ", "<div class=related><p>one two.",
    ],
)  # fmt: skip
def test_reading_takes_linear_time(piece: str) -> None:
    assert grows_linearly(lambda content: read_page("a.html", content), piece * 300 + STORY, piece * 1200 + STORY)


@pytest.mark.parametrize(
    ("piece", "times", "most"),
    [
        ("<p>a", 130_000, "50,000 paragraphs"), ("<b>", 260_000, "250,000 tags and comments"),
        ("<!--a-->", 260_000, "250,000 tags and comments"),
        ("<script>1</script>", 260_000, "250,000 tags and comments"),
        ("&amp;", 510_000, "500,000 characters that are not shown as they are written"),
        ("â€™", 510_000, "500,000 characters that are not shown as they are written"),
    ],
)  # fmt: skip
def test_a_page_of_more_than_any_article_has_is_refused(piece: str, times: int, most: str) -> None:
    outcome = read_page("a.html", HEAD + piece * times)
    assert outcome.tellings == ()
    (problem,) = outcome.problems
    assert (problem.kind, problem.message) == ("too-large", f"more than {most}, the most that is read of a page")


@pytest.mark.parametrize("around", ["<p {}>", "<p {}", "<noscript><p {}></noscript>", "<textarea><p {}></textarea>"])
def test_a_tag_of_more_attributes_than_any_has_is_refused(around: str) -> None:
    (problem,) = read_page("a.html", HEAD + around.format(" ".join(f"a{n}=b" for n in range(2_001))) + STORY).problems
    assert problem.kind == "too-large" and "2,000 attributes in one tag" in problem.message
    few = around.format(" ".join(f"a{n}=b" for n in range(1_900)))
    assert "too-large" not in [each.kind for each in read_page("a.html", HEAD + STORY + few).problems]
    code = "<script>" + "a<b " * 3_000 + "</script>"
    assert "too-large" not in [each.kind for each in read_page("a.html", HEAD + code + STORY).problems]


def test_a_page_with_as_many_paragraphs_as_are_read_is_read() -> None:
    (read,) = read_page("a.html", HEAD + "<p>a" * 49_999).tellings
    assert len(read.hints) == 50_000


def test_a_page_is_read_the_same_whatever_its_suffix() -> None:
    content = page(f"<article>{HEAD}{STORY}</article>").encode()
    assert [read.hints for read in read_bytes("a.html", content).tellings] == [
        read.hints for read in read_bytes("a", content).tellings
    ]


def test_a_fragment_is_an_article_as_it_is() -> None:
    (read,) = read_html("a", f"<p>{EXTRA}</p><p>{EXTRA}</p>", fragment=True).tellings
    assert [hint.kind for hint in read.hints] == ["paragraph"] * 2


# ---- links among paragraphs

LINKED = [
    '<p><a href="/r">The report says that the beam had been rusting for years.</a></p>',
    '<p><a href="/r">“The beam had been rusting for years and nobody looked at it”</a></p>',
    '<p><a href="/r">“The beam had been rusting for years and nobody looked at it” – Ada Tamm</a></p>',
    '<blockquote><p><a href="/r">“The beam had been rusting and nobody ever looked at it”</a></p></blockquote>',
    '<div><a href="/r">The report says that the beam had been rusting for years.</a></div>',
    '<p><a href="/r">The report says that the beam had been rusting, in its own words</a>:</p>',
    '<div><a href="/s"><span><span>The beam had been rusting for years and nobody looked.</span></span></a></div>',
    '<a href="/s"><span>The beam had been rusting for years and nobody looked.</span><span>Share this</span></a>',
]
OF_OTHERS = [
    '<p><a href="/o">Bridge beam rusted for years while the council looked on</a></p>',
    '<p><a href="/o">Who looked at the bridge? What we know about the council</a></p>',
    '<p><a href="/o">https://a.example/2015/03/why-the-beam-of-the-bridge-rusted-for-years-and-years.html</a></p>',
    '<ul><li><a href="/o">Bridge beam rusted for years</a></li><li><a href="/o">Ferry to run from May</a></li></ul>',
    '<div><a href="/o">The Long Story Of The Bridge That Nobody Wanted To Mend In Time.</a></div>',
]


def among(box: str) -> tuple[str, str]:
    """A page with a box between paragraphs of its article, and the words of the box."""
    before = "".join(
        f"<p>The council closed the bridge over the Merrin for the {each} time, and nobody was hurt there.</p>"
        for each in ("first", "second", "third")
    )
    words = " ".join(re.sub(r"<[^>]+>", " ", box).split()[:5])
    return page(f"<article><h1>Bridge shut</h1>{before}{box}{before.replace('council', 'town')}</article>"), words


@pytest.mark.parametrize("box", LINKED)
def test_a_paragraph_that_is_a_link_and_reads_as_text_is_story(box: str) -> None:
    content, words = among(box)
    assert words in told(one(content)[0])


@pytest.mark.parametrize("box", OF_OTHERS)
def test_a_link_that_reads_as_a_headline_is_residue(box: str) -> None:
    content, words = among(box)
    assert words not in told(one(content)[0])
