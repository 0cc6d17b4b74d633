"""The page in a browser: every line leads to exactly its words, by mouse and by key, on any screen and on paper."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from held_to import LOW, SMALL
from page_sample import NASTY, A, build, rewritten
from project import script
from small_record import small_record

import tellings
from tellings.edge.decisions import read
from tellings.model.record import Evidence, FactEntry
from tellings.model.records import ValueDecision

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

EXAMPLE = Path(__file__).parents[2] / "examples" / "ferry-fire" / "articles"
VIEWS = ("overview", "timeline", "quotes", "facts", "shared", "tellings")

# Clicks every line of the page and gives back, for each, what it cites and what was marked.
CLICK_ALL = """() => Array.from(document.querySelectorAll("a.ev"), (line) => {
  line.click();
  const marks = Array.from(document.querySelectorAll("#evidence mark.hit"));
  const { t, s, e } = line.dataset;
  return [t, +s, +e, marks.map((mark) => mark.textContent).join(""), marks.length,
          document.querySelector("#evidence .place").textContent];
})"""

# Opens everything that is folded, as long as what is made by that holds more.
UNFOLD = """async () => {
  for (const button of document.querySelectorAll("button.more[data-all]")) button.click();
  for (let left; (left = document.querySelectorAll("details:not([open])")).length; ) {
    for (const item of left) item.open = true;
    await new Promise((done) => setTimeout(done, 60));
  }
}"""


@cache
def files_record() -> tellings.Record:
    """The record of the example story."""
    return tellings.read(EXAMPLE)


def view(page: Page, name: str) -> None:
    """Opens a view by its link; all of them by the link below the page, which a phone has, too."""
    page.click(f'{"footer" if name == "main" else "nav.views"} a[href="#{name}"]')
    page.locator(f'html[data-view="{name}"]').wait_for()


def filters(page: Page, name: str) -> None:
    page.locator(f"#{name} .filters summary").click()


def marked(page: Page) -> str:
    return "".join(page.locator("#evidence mark.hit").all_text_contents())


@pytest.mark.parametrize("name", VIEWS)
def test_each_view_opens_alone(open_page: Callable[..., Any], name: str) -> None:
    page = open_page().page
    view(page, name)
    assert [other for other in VIEWS if page.locator(f"#{other}").is_visible()] == [name]
    assert page.locator("nav.views a[aria-current]").get_attribute("href") == f"#{name}"
    view(page, "main")
    assert all(page.locator(f"#{other}").is_visible() for other in VIEWS)


@pytest.mark.parametrize("name", ["whole", "bare"])
def test_a_click_on_any_line_marks_exactly_its_words(open_page: Callable[..., Any], name: str) -> None:
    page = open_page(name).page
    view(page, "main")
    page.evaluate(UNFOLD)
    clicked = page.evaluate(CLICK_ALL)
    by_place = {(item.telling, item.start, item.end): item.exact for _, item in build().evidence()}
    title = {("A", 0, 49), ("B", 0, 34)}
    assert {(label, start, end) for label, start, end, *_ in clicked} - title == set(by_place) - title
    for label, start, end, words, marks, place in clicked:
        assert words == by_place.get((label, start, end), "Forty cars wait as bridge stays up")
        assert marks >= 1
        assert "are not the words" not in place


def test_words_after_emoji_are_found_by_code_point_and_scrolled_into_sight(open_page: Callable[..., Any]) -> None:
    page = open_page(height=500).page
    view(page, "timeline")
    page.locator('#t2 a.ev[data-t="A"]').click()
    assert marked(page) == A[1][1][A[1][1].index("The Lantern") :]
    assert page.locator("#evidence mark.hit").first.is_visible()
    view(page, "facts")
    page.locator('#f1 a.ev[data-t="C"]').click()
    assert marked(page) == "the count of waiting cars was 38 by noon on 14 September."
    inside = page.evaluate(
        """() => { const box = document.querySelector("#evidence .body").getBoundingClientRect();
        const hit = document.querySelector("#evidence mark.hit").getBoundingClientRect();
        return hit.top >= box.top && hit.top < box.bottom && hit.top < innerHeight; }"""
    )
    assert inside


def test_no_character_is_lost_or_moved_whatever_it_is(open_page: Callable[..., Any]) -> None:
    page = open_page("nasty").page
    # One code point each: U+FFFD where HTML has no way to write the character.
    shown = "".join("\ufffd" if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in NASTY)
    text = """() => { const copy = document.querySelector("#telling-A .text").cloneNode(true);
      for (const ours of copy.querySelectorAll("[data-ours]")) ours.remove();
      return copy.textContent; }"""
    assert page.evaluate(text) == shown
    view(page, "main")
    page.evaluate(UNFOLD)
    clicked = page.evaluate(CLICK_ALL)
    assert len(clicked) == len(NASTY) + 1
    for _, start, end, words, _, place in clicked:
        assert words == shown[start:end]
        assert "are not the words" not in place


def test_a_line_whose_words_are_not_there_is_said_to_be_so(open_page: Callable[..., Any]) -> None:
    page = open_page().page
    view(page, "timeline")
    page.evaluate("""() => { document.querySelector("#t2 a.ev").dataset.s -= 3; }""")
    page.locator("#t2 a.ev").first.click()
    assert "are not the words of the line" in page.locator("#evidence .place").inner_text()


def test_the_whole_telling_can_be_read_from_the_panel(open_page: Callable[..., Any]) -> None:
    page = open_page().page
    view(page, "timeline")
    page.locator("#t5 a.ev").click()
    words = marked(page)
    page.get_by_role("link", name="Read the whole article").click()
    assert page.locator("#tellings").is_visible()
    assert "".join(page.locator("#telling-A mark.hit").all_text_contents()) == words
    assert page.locator("#telling-A mark.hit").first.is_visible()
    assert not page.locator("#evidence").is_visible(), "the article shows the words itself"
    assert page.evaluate("document.activeElement.id") == "telling-A"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_panel_closes_with_the_view_of_its_line(open_page: Callable[..., Any], width: int) -> None:
    page = open_page(width=width).page
    view(page, "timeline")
    page.locator("#t5 a.ev").focus()
    page.keyboard.press("Enter")
    assert page.locator("#evidence").is_visible()
    page.evaluate("location.hash = 'quotes'")
    page.locator('html[data-view="quotes"]').wait_for()
    assert not page.locator("#evidence").is_visible() and not marked(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#quotes') !== null"), "one goes on where one went"
    assert page.locator("a.ev[aria-current]").count() == 0
    view(page, "timeline")
    page.locator("#t5 a.ev").click()
    view(page, "main")
    assert page.locator("#evidence").is_visible(), "its line is shown still"
    view(page, "facts")
    assert not page.locator("#evidence").is_visible()
    assert page.evaluate("document.activeElement.hash") == "#facts"


def test_the_keyboard_is_enough(open_page: Callable[..., Any]) -> None:
    page = open_page().page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.locator("nav.views a", has_text="Timeline").focus()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#timeline a.ev')"):
            break
    first = page.evaluate("document.activeElement.dataset.s")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert marked(page) == "The bridge was built in the 1990s."
    assert page.evaluate("document.activeElement.id") == "evidence"
    page.keyboard.press("Escape")
    assert page.locator("#evidence mark.hit").count() == 0
    assert page.evaluate("document.activeElement.dataset.s") == first
    page.locator("nav.views a", has_text="Quotes").focus()
    page.keyboard.press("Enter")
    assert page.locator("#quotes").is_visible()
    page.locator("#unsure summary").first.focus()
    page.keyboard.press("Enter")
    page.locator("#q4").wait_for(state="visible")


def test_a_line_of_ours_says_why_where_the_record_does(open_page: Callable[..., Any]) -> None:
    page = open_page("why").page
    view(page, "timeline")
    page.locator("#t1 .because summary").click()
    said = page.locator("#t1 .because dl")
    told = "found by dating its rule <a clause> score 0.51 (0 to 1, no probability) rests on"
    assert " ".join(said.inner_text().split()).startswith(told)
    said.locator("a.ev").click()
    assert marked(page) == "The bridge was built in the 1990s."


def test_filters_by_speaker_telling_and_word(open_page: Callable[..., Any]) -> None:
    page = open_page().page
    view(page, "quotes")
    filters(page, "quotes")
    page.locator("#quotes select[name=speaker]").select_option(label="Tomás Okoye (1)")
    shown = page.locator("#quotes-list .quote:visible")
    assert shown.count() == 1
    assert page.locator("#quotes output").inner_text() == "1 of 3 quotations shown"
    page.locator("#quotes select[name=speaker]").select_option("")
    page.locator("#quotes select[name=telling]").select_option("B")
    assert shown.count() == 2
    page.locator("#quotes select[name=telling]").select_option("")
    page.locator("#quotes input[type=search]").fill("GROAN")
    assert shown.count() == 1
    assert page.locator("#quotes-list .group:visible").count() == 1
    view(page, "facts")
    page.locator("#facts input[type=search]").fill("has run the bridge")
    assert page.locator("#f3").is_visible()


def lines(page: Page) -> list[str]:
    """The words of each quotation on the screen, with what stands before them, on one line."""
    shown = page.locator("#quotes-list .quote > blockquote:visible").evaluate_all(
        """(items) => items.map((item) => { const copy = item.cloneNode(true);
        for (const label of copy.querySelectorAll(".lb, sup")) label.remove(); return copy.textContent; })"""
    )
    return [" ".join(text.split()) for text in shown]


def test_what_is_not_simply_said_begins_with_that(open_page: Callable[..., Any]) -> None:
    page = open_page("said").page
    view(page, "quotes")
    page.evaluate(UNFOLD)
    for line in (
        "has not denied cutting the rope",
        "a denial: any guilt was denied",
        "said earlier: the *rope* was new",
    ):
        assert line in lines(page)
    weight = "(element) => +getComputedStyle(element).fontWeight"
    strong = page.locator("#quotes-list .saying.strong")
    assert set(strong.all_inner_texts()) == {"a denial:", "has not denied"}
    assert all(one.evaluate(weight) >= 700 for one in strong.all())
    assert page.locator("#quotes-list .quote", has_text="said earlier").locator(".saying").evaluate(weight) == 400
    assert "On Monday (4 Mar 2019)" in page.locator("#quotes-list").inner_text()
    shown = " ".join(page.locator("#quotes-list").inner_text().split())
    assert "Osk_Gazette and B · 1 independent origin · from a post (Instagram" in shown


def test_a_probable_speaker_stands_apart_and_last(open_page: Callable[..., Any]) -> None:
    page = open_page("said").page
    view(page, "quotes")
    page.evaluate(UNFOLD)
    last = page.locator("#quotes-list .group").last
    assert last.locator("h3").inner_text() == "Speaker only probable"
    name = last.locator(".sayer")
    assert name.inner_text() == "probably Oster, or Ana Vell, or a clerk"
    assert name.evaluate("(element) => +getComputedStyle(element).fontWeight") == 400
    # Who asks for a speaker sees also what may be theirs.
    page.locator("#quotes select[name=speaker]").select_option(label="Ana Vell (3)")
    assert page.locator("#quotes output").inner_text() == "4 of 6 quotations shown"


def test_filters_by_stance_and_rank(open_page: Callable[..., Any]) -> None:
    page = open_page("said").page
    view(page, "quotes")
    filters(page, "quotes")
    page.locator("#quotes select[name=stance]").select_option(label="denied (1)")
    assert lines(page) == ["a denial: any guilt was denied"]
    page.locator("#quotes select[name=stance]").select_option("")
    page.locator("#quotes select[name=rank]").select_option(label="probably (1)")
    assert lines(page) == ["said earlier: the *rope* was new"]


def test_all_that_a_quotation_rests_on_can_be_chosen(open_page: Callable[..., Any]) -> None:
    page = open_page("said").page
    view(page, "quotes")
    page.evaluate(UNFOLD)
    chosen = {tuple(found[:3]) for found in page.evaluate(CLICK_ALL)}
    assert {
        (words.telling, words.start, words.end) for path, words in small_record().evidence() if "quotes" in path
    } <= chosen


def test_nothing_of_a_source_runs(open_page: Callable[..., Any]) -> None:
    opened = open_page()
    page = opened.page
    view(page, "main")
    page.evaluate(UNFOLD)
    page.evaluate(CLICK_ALL)
    assert page.title() == "Forty cars wait as bridge stays up"
    assert page.evaluate("Array.from(document.scripts, (script) => script.type)") == ["application/json", ""]
    # Even what is put in later finds the policy shut: the complaint is the policy's own.
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b onclick=\"document.title=1\" id=late>x</b>')")
    page.evaluate("document.getElementById('late').click()")
    assert page.title() == "Forty cars wait as bridge stays up"
    assert ["inline event handler" in item for item in opened.complaints] == [True]
    opened.complaints.clear()


def test_an_address_opens_its_view(open_page: Callable[..., Any]) -> None:
    page = open_page(fragment="#C-b2").page
    assert "The mayor said" in page.locator("#telling-C .text > *").nth(4).inner_text()
    assert page.locator("#telling-C .text > *").nth(4).is_visible()
    assert not page.locator("#timeline").is_visible()
    page = open_page(fragment=f"#at-A-{len(A[0][1])}-{len(A[0][1]) + 8}").page
    assert "".join(page.locator("#telling-A mark.hit").all_text_contents()) == "\n\n👩\u200d🚒🇳🇿 "
    page = open_page(fragment="#f3").page
    assert page.locator("#f3").is_visible()
    page = open_page(fragment="#%E0%A4%A").page
    assert page.locator("#overview").is_visible()


def test_a_link_leads_to_what_a_filter_hides(open_page: Callable[..., Any]) -> None:
    page = open_page().page
    view(page, "quotes")
    page.locator("#quotes input[name=text]").fill("no quotation holds these words")
    assert page.locator("#quotes-list .quote").count() == 0
    page.evaluate("() => { location.hash = 'q1' }")
    page.wait_for_timeout(100)
    assert page.locator("#q1").is_visible()


@pytest.mark.parametrize(
    ("name", "rows", "id_"), [("timeline", ".moment", "t240"), ("quotes", ".quote", "q248"), ("facts", ".fact", "f240")]
)
def test_of_many_rows_some_are_made_and_all_can_be_reached(
    open_page: Callable[..., Any], name: str, rows: str, id_: str
) -> None:
    page = open_page("long").page
    view(page, name)
    box = page.locator(f"#{name}-list")
    made = box.locator(rows)
    assert made.count() < 30, "what opens the list"
    page.evaluate(UNFOLD)
    assert made.count() <= 250
    more = box.locator("button.more:visible", has_text="Show more")
    while more.count():
        before = made.count()
        more.first.click()
        assert before < made.count() <= before + 100
        assert page.evaluate(f"document.activeElement.closest('{rows}, details') !== null")
    assert sorted(made.evaluate_all("items => items.map((item) => item.id)")) == sorted(
        f"{id_[0]}{at}" for at in range(250)
    )
    # A link leads to a row that is not made yet, and what stands before it can be had.
    page = open_page("long", fragment=f"#{id_}").page
    assert page.locator(f"#{id_}").is_visible()
    assert page.locator(f"#{name}-list {rows}").count() <= 130
    assert page.locator(f"#{id_}").count() == 1


def test_a_search_finds_rows_that_are_not_made(open_page: Callable[..., Any]) -> None:
    page = open_page("long").page
    view(page, "timeline")
    page.locator("#timeline input[type=search]").fill("6 Sept 2020")
    assert page.locator("#timeline-list .moment").evaluate_all("items => items.map((item) => item.id)") == ["t249"]
    assert page.locator("#timeline output").inner_text() == "1 of 250 dates shown"


def test_a_page_opens_with_no_row_of_other_views(open_page: Callable[..., Any]) -> None:
    page = open_page("long").page
    assert page.locator("#quotes-list .variant").count() == 0
    assert page.locator("#shared-list .own").count() == 0


def test_passages_are_aligned_as_well_as_can_be(open_page: Callable[..., Any]) -> None:
    from rapidfuzz.distance import LCSseq

    page = open_page("rewritten").page
    view(page, "shared")
    page.evaluate(UNFOLD)
    record = rewritten()
    texts = {telling.label: telling.text or "" for telling in record.tellings}
    word = re.compile(r"\w+(?:['’]\w+)*")
    for passage in record.passages:
        sides = [[match.group().lower() for match in word.finditer(side.exact)] for side in (passage.a, passage.b)]
        kept = []
        for side in (passage.a, passage.b):
            line = page.locator(f"#{passage.id} a.ev[data-t={side.telling}]")
            assert line.text_content() == texts[side.telling][side.start : side.end]
            own = line.evaluate(
                """(line) => { const copy = line.cloneNode(true);
                for (const own of copy.querySelectorAll(".own")) own.replaceWith("|");
                return copy.textContent; }"""
            )
            kept.append([match.group().lower() for match in word.finditer(own)])
        assert kept[0] == kept[1]
        assert len(kept[0]) == LCSseq.similarity(*sides)


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
def test_no_view_scrolls_sideways(open_page: Callable[..., Any], width: int) -> None:
    page = open_page(width=width, height=740).page
    for name in (*VIEWS, "main"):
        view(page, name)
        page.evaluate(UNFOLD)
        page.evaluate("() => document.querySelector('.view:not(.off) a.ev')?.click()")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.keyboard.press("Escape")


def test_the_panel_on_a_phone_leaves_the_line_in_sight(open_page: Callable[..., Any]) -> None:
    page = open_page(width=390, height=844).page
    view(page, "timeline")
    line = page.locator('#t3 a.ev[data-t="C"]').first
    line.click()
    box, panel = line.bounding_box(), page.locator("#evidence").bounding_box()
    assert box and panel
    assert box["y"] < panel["y"]
    assert panel["y"] + panel["height"] <= 844.5
    page.get_by_role("button", name="Close").click()
    assert not page.locator("#evidence").is_visible()


def test_paper_has_what_opens_the_page_whatever_is_on_the_screen(open_page: Callable[..., Any]) -> None:
    page = open_page().page
    view(page, "quotes")
    page.locator("#quotes input[type=search]").fill("groan")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for name in ("overview", "timeline", "quotes", "tellings"):
        assert page.locator(f"#{name}").is_visible(), name
    assert page.locator("#quotes-list .quote:visible").count() > 1
    assert page.locator("#contested li:visible").count() > 0
    for hidden in ("nav.views", "#evidence", "#telling-A .text", "#facts"):
        assert not page.locator(hidden).first.is_visible(), hidden
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#quotes-list .quote:visible").count() == 1


def test_a_story_is_printed_on_two_pages(open_page: Callable[..., Any]) -> None:
    page = open_page("example").page
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) <= 2


@pytest.mark.parametrize("toggled", [False, True])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_light_and_dark(open_page: Callable[..., Any], scheme: str, toggled: bool) -> None:
    page = open_page(scheme=scheme).page
    if toggled:
        page.click("#theme")
    view(page, "main")
    page.evaluate(UNFOLD)
    page.locator("#t2 a.ev").first.click()
    dark = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert dark == ({"light": "dark", "dark": "light"}[scheme] if toggled else scheme)
    # Every element that holds text of its own, not only those we think of.
    low = page.evaluate(LOW)
    assert low == []
    assert page.locator(".text > .residue").first.is_visible()


def test_it_reads_without_script(open_page: Callable[..., Any]) -> None:
    page = open_page(script=False).page
    assert all(page.locator(f"#{name}").is_visible() for name in VIEWS)
    assert not page.locator("#theme").is_visible()
    assert not page.locator("form.filters").first.is_visible()
    assert not page.locator("#evidence").is_visible()
    line = page.locator("#t5 a.ev")
    line.click()
    assert page.url.endswith("#A-b3")


@pytest.mark.parametrize("name", ["whole", "example"])
def test_headings_and_landmarks(open_page: Callable[..., Any], name: str) -> None:
    page = open_page(name).page
    view(page, "main")
    page.evaluate(UNFOLD)
    headings = "Array.from(document.querySelectorAll('h1,h2,h3,h4,h5,h6'), (item) => +item.tagName[1])"
    levels = page.evaluate(headings)
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), "no level is skipped"
    for selector in ("body > header", "body > nav[aria-label]", "main", "aside[aria-labelledby]", "body > footer"):
        assert page.locator(selector).count() == 1, selector
    for section in VIEWS:
        labelled = page.locator(f"#{section}").get_attribute("aria-labelledby")
        assert page.locator(f"#{labelled}").text_content()
    regions = page.evaluate(
        """() => Array.from(document.querySelectorAll("section[aria-labelledby], nav, aside, [role=region]"),
        (item) => item.ariaLabel || document.getElementById(item.getAttribute("aria-labelledby")).textContent.trim())"""
    )
    assert len(regions) == len(set(regions)), "landmarks have names of their own"
    unnamed = page.evaluate(
        """() => Array.from(document.querySelectorAll("a, button, input, select, summary"))
        .filter((item) => !(item.textContent.trim() || item.labels?.length || item.ariaLabel)).length"""
    )
    assert unnamed == 0
    ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), (item) => item.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("width", [390, 1280])
def test_targets_are_large_enough_to_be_hit(open_page: Callable[..., Any], width: int) -> None:
    page = open_page("example", width=width, height=844).page
    for name in VIEWS:
        view(page, name)
        page.evaluate(UNFOLD)
        assert page.evaluate(SMALL) == [], name


def test_the_page_is_valid_as_written_and_as_its_script_makes_it(open_page: Callable[..., Any]) -> None:
    import html5lib

    opened = open_page("example")
    view(opened.page, "main")
    opened.page.evaluate(UNFOLD)
    written = Path(opened.address.removeprefix("file://")).read_text(encoding="utf-8")
    for source in (written, "<!DOCTYPE html>" + opened.page.evaluate("document.documentElement.outerHTML")):
        parser = html5lib.HTMLParser()
        parser.parse(source)
        assert parser.errors == []


def test_the_page_is_shorter_than_its_articles(browser: Any, files: dict[str, Path]) -> None:
    length = script("eval/length.py")
    texts = [telling.text for telling in files_record().tellings]
    found = length.measured(browser, "example", files["example"], texts)
    assert set(found.words) == {"head", *VIEWS}
    assert all(found.words.values())
    assert found.ratio <= 0.65
    assert sum(both[1] for both in found.screens.values()) < found.text[1]


def test_the_first_screen_has_the_head_facts_and_what_differs(open_page: Callable[..., Any]) -> None:
    page = open_page("example", height=800).page
    for selector, least in (("#brief li", 4), ("#contested li", 6)):
        tops = page.locator(selector).evaluate_all("(items) => items.map((item) => item.getBoundingClientRect().top)")
        assert sum(top < 800 for top in tops) >= least, selector


# ---- decisions ------------------------------------------------------------------------------------


def test_one_key_says_whether_two_values_answer_one_question(open_page: Callable[..., Any]) -> None:
    page = open_page("bids").page
    view(page, "facts")
    line = page.locator("#facts-list .compare").first
    line.focus()
    yes, no = (line.get_by_role("button", name=name) for name in ("Yes", "No"))
    pressed = lambda: [each.get_attribute("aria-pressed") for each in (yes, no)]  # noqa: E731
    for key, shown in (("y", ["true", "false"]), ("n", ["false", "true"]), ("u", ["true", "false"])):
        page.keyboard.press(key)
        assert pressed() == shown, key
    assert page.locator("#decisions b").inner_text() == "1 decision of yours"
    # They are there when the page is opened again, and are taken back by pressing once more.
    page.reload()
    view(page, "facts")
    assert pressed() == ["true", "false"]
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    (decision,) = read(Path(str(saved.value.path())))
    assert isinstance(decision, ValueDecision) and decision.same
    yes.click()
    assert pressed() == ["false", "false"]
    assert not page.locator("#decisions").is_visible()


@pytest.mark.parametrize("kept", ["null", "[1]", "{", '{"x": null, "y": {"kind": "the same thing"}}'])
def test_what_the_browser_kept_and_cannot_be_read_counts_as_nothing(open_page: Callable[..., Any], kept: str) -> None:
    page = open_page("bids").page
    page.evaluate("(kept) => localStorage.setItem('tellings decisions', kept)", kept)
    page.reload()
    assert not page.locator("#decisions").is_visible()
    view(page, "facts")
    line = page.locator("#facts-list .compare").first
    line.get_by_role("button", name="Yes").click()
    assert page.locator("#decisions b").inner_text() == "1 decision of yours"
    line.get_by_role("button", name="Yes").click()


def lines_of(entry: FactEntry) -> list[list[Evidence]]:
    return [[line.words for line in value.lines] for value in entry.values]


def test_what_is_decided_on_the_page_holds_in_the_next_record(
    open_page: Callable[..., Any], files: dict[str, Path], tmp_path: Path
) -> None:
    page = open_page("bids").page
    view(page, "facts")
    line = page.locator("#facts-list .compare").first
    id_ = line.get_attribute("id")
    line.get_by_role("button", name="Yes").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    kept = tmp_path / "decisions.jsonl"
    kept.write_bytes(Path(str(saved.value.path())).read_bytes())
    line.get_by_role("button", name="Yes").click()
    articles = files["bids"].with_suffix("")
    before = {entry.id: entry for entry in tellings.read(articles).facts}
    again = tellings.read(articles, decisions=kept)
    asked = before[str(id_)]
    assert asked.relation == "to compare"
    (now,) = [entry for entry in again.facts if lines_of(entry) == lines_of(asked)]
    assert now.relation in ("differs", "denied") and now.why.rule == "a-person-said-so"


def test_motion_is_only_for_those_who_want_it(open_page: Callable[..., Any]) -> None:
    opened = open_page()
    opened.page.emulate_media(reduced_motion="reduce")
    assert opened.page.evaluate("getComputedStyle(document.querySelector('a.ev')).transitionDuration") == "0s"
