"""The page of a checked draft in a browser: marks lead to their findings, by mouse and by key, on screen and paper."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from check_sample import example, nasty
from held_to import LOW, SMALL

from tellings.edge.writers.check import words
from tellings.edge.writers.verbatim import printable
from tellings.model.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

UNFOLD = "() => { for (const item of document.querySelectorAll('details')) item.open = true; }"
#: What stands in an element without what the page has added.
OWN = """(selector) => { const copy = document.querySelector(selector).cloneNode(true);
  for (const ours of copy.querySelectorAll("[data-ours]")) ours.remove();
  return copy.textContent; }"""


def told() -> list[str]:
    """The ids of the findings that have a card of their own."""
    return [finding.id for finding in words.shown(example(), every=False)]


def focused(page: Page) -> str | None:
    found: str | None = page.evaluate("document.activeElement.dataset.f ?? null")
    return found


@pytest.mark.parametrize(("name", "report"), [("check", example), ("hard check", nasty)])
def test_no_character_of_the_draft_is_lost(
    open_page: Callable[..., Any], name: str, report: Callable[[], Report]
) -> None:
    page = open_page(name).page
    assert page.evaluate(OWN, "#draft") == printable(report().text)


@pytest.mark.parametrize("script", [True, False])
def test_every_mark_leads_to_its_card(open_page: Callable[..., Any], script: bool) -> None:
    page = open_page("check", script=script).page
    for finding in words.shown(example(), every=False):
        page.locator(f'a.w[data-f="{finding.id}"]').first.click()
        inside = page.locator(f"#f-{finding.id}")
        assert inside.is_visible()
        for _, one in words.cited(finding, 1):
            assert one.sentence.exact in inside.text_content()
            assert one.words.exact in inside.locator("mark").all_text_contents()
    page.locator("a.back:visible").first.click()
    assert "#w-" in page.url


def test_marks_cover_the_words_of_their_findings(open_page: Callable[..., Any]) -> None:
    page = open_page("check").page
    for finding in words.shown(example(), every=False):
        pieces = page.evaluate(
            """(id) => Array.from(document.querySelectorAll(`a.w[data-f="${id}"]`), (item) => {
            const copy = item.cloneNode(true);
            for (const ours of copy.querySelectorAll("[data-ours]")) ours.remove();
            return copy.textContent; }).join("")""",
            finding.id,
        )
        assert pieces == finding.words.exact


def test_edits_are_shown_in_the_words(open_page: Callable[..., Any]) -> None:
    page = open_page("check").page
    afraid, groan = example().of(["altered"])
    page.locator(f'a.w[data-f="{afraid.id}"]').click()
    assert page.locator(f"#f-{afraid.id} .changed").inner_html() == "I was <del>not</del> afraid,"
    assert page.locator(f"#f-{afraid.id} .edits").inner_text() == "left out in the draft: “not” (turns it round)"
    changed = page.locator(f"#f-{groan.id} .changed").inner_html()
    assert changed == "We heard a groan<del>;</del><ins>,</ins> then it moved,"


def test_sentences_in_the_same_words_stand_once(open_page: Callable[..., Any]) -> None:
    page = open_page("check").page
    (cars,) = example().of(["differs"])
    page.locator(f'a.w[data-f="{cars.id}"]').click()
    assert page.locator(f"#f-{cars.id} blockquote").all_text_contents() == ["There were 41 cars on the deck."]
    assert page.locator(f"#f-{cars.id} .from b").all_text_contents() == ["Harbour Post", "c.txt"]


def test_the_keys_go_from_finding_to_finding(open_page: Callable[..., Any]) -> None:
    page = open_page("check").page
    seen = []
    for _ in told():
        page.keyboard.press("j")
        seen.append(focused(page))
        assert page.locator(f"#f-{seen[-1]}").is_visible()
        assert page.locator(".notes > .card[open]").count() == 1
    assert seen == told()
    page.keyboard.press("j")
    assert focused(page) == told()[0]
    page.keyboard.press("k")
    assert focused(page) == told()[-1]
    assert (
        words.VERDICT_WORDS[words.shown(example(), every=False)[-1].verdict] in page.locator("#status").text_content()
    )
    page.keyboard.press("Escape")
    assert page.locator(".card[open]").count() == 0


def test_the_keys_pass_over_what_is_filtered(open_page: Callable[..., Any]) -> None:
    page = open_page("check").page
    page.uncheck("#only-altered")
    altered = {finding.id for finding in example().of(["altered"])}
    assert altered
    for _ in told():
        page.keyboard.press("j")
        assert focused(page) not in altered


@pytest.mark.parametrize("script", [True, False])
def test_filters_by_verdict(open_page: Callable[..., Any], script: bool) -> None:
    page = open_page("check", script=script).page
    page.evaluate(UNFOLD)
    for verdict, number in example().counts().items():
        slug = words.slug(verdict)
        box = page.locator(f"#only-{slug}")
        assert page.locator(f"label:has(#only-{slug}) .number").inner_text() == str(number)
        assert page.locator(f".card.{slug}:visible").count() == number
        box.uncheck()
        assert page.locator(f".card.{slug}:visible").count() == 0
        line = "(items) => items.map((item) => getComputedStyle(item).textDecorationLine)"
        assert set(page.locator(f"a.w.{slug}").evaluate_all(line)) <= {"none"}
        box.check()
        assert page.locator(f".card.{slug}:visible").count() == number


def test_an_address_opens_a_card_that_a_filter_folds(open_page: Callable[..., Any]) -> None:
    agreed = example().of(["agrees"])[0]
    page = open_page("check", fragment=f"#f-{agreed.id}").page
    assert page.locator(f"#f-{agreed.id}").is_visible()


def test_cards_stand_beside_their_lines_and_not_over_one_another(open_page: Callable[..., Any]) -> None:
    page = open_page("check").page
    boxes = {one: page.locator(f'.card[data-f="{one}"]').bounding_box() for one in told()}
    for one, box in boxes.items():
        mark = page.locator(f'a.w[data-f="{one}"]').first.bounding_box()
        assert mark and box
        assert box["x"] > mark["x"] + mark["width"] - 1
        assert mark["y"] - 6 <= box["y"] < mark["y"] + 120
    for before, after in pairwise(boxes.values()):
        assert before and after and before["y"] + before["height"] <= after["y"] + 1


def test_on_a_phone_cards_stand_below_their_paragraph(open_page: Callable[..., Any]) -> None:
    page = open_page("check", width=390, height=844).page
    for row in page.locator(".row:has(.notes)").all():
        text, notes = row.locator(".words").bounding_box(), row.locator(".notes").bounding_box()
        assert text and notes and text["y"] + text["height"] <= notes["y"]


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
@pytest.mark.parametrize("name", ["check", "hard check"])
def test_nothing_scrolls_sideways(open_page: Callable[..., Any], width: int, name: str) -> None:
    page = open_page(name, width=width, height=740).page
    page.evaluate(UNFOLD)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("toggled", [False, True])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out(open_page: Callable[..., Any], scheme: str, toggled: bool) -> None:
    page = open_page("check", scheme=scheme).page
    if toggled:
        page.click("#theme")
    page.evaluate(UNFOLD)
    page.keyboard.press("j")
    dark = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert dark == ({"light": "dark", "dark": "light"}[scheme] if toggled else scheme)
    assert page.evaluate(LOW) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_targets_are_large_enough(open_page: Callable[..., Any], width: int) -> None:
    page = open_page("check", width=width, height=844).page
    page.evaluate(UNFOLD)
    assert page.evaluate(SMALL) == []


def test_how_grave_a_finding_is_is_told_without_colour(open_page: Callable[..., Any]) -> None:
    page = open_page("check").page
    styles = {
        grave: page.locator(f"footer .w.{grave}").evaluate("(item) => getComputedStyle(item).textDecorationStyle")
        for grave in ("error", "warning", "note", "none")
    }
    assert len(set(styles.values())) == 4
    # The words are told to those who hear the page, too.
    spoken = page.locator("a.w.altered").first.text_content()
    assert spoken == "I was afraid, (printed in other words, finding 2)"


def test_it_is_whole_without_script(open_page: Callable[..., Any]) -> None:
    page = open_page("check", script=False).page
    assert not page.locator("#theme").is_visible()
    assert not page.locator(".keys").is_visible()
    assert page.locator(".notes > .card:visible").count() == len(told())
    page.locator(".notes > .card summary").first.click()
    assert page.locator(".notes > .card .inside").first.is_visible()


def test_on_paper_the_findings_are_numbered_notes(open_page: Callable[..., Any]) -> None:
    page = open_page("check").page
    assert not page.locator("#endnotes").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#endnotes > ol > li:visible").count() == len(told())
    for spoken in page.locator("#draft sup .vh").all():
        spoken.evaluate("(item) => item.replaceChildren()")
    numbers = page.locator("#draft sup:visible").all_text_contents()
    assert numbers == [str(number) for number in range(1, len(told()) + 1)]
    for hidden in (".filters", ".notes", "button", "#articles"):
        assert not page.locator(hidden).first.is_visible(), hidden


def test_headings_landmarks_and_names(open_page: Callable[..., Any]) -> None:
    page = open_page("check").page
    page.evaluate(UNFOLD)
    levels = page.evaluate("Array.from(document.querySelectorAll('h1,h2,h3,h4,h5,h6'), (item) => +item.tagName[1])")
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for selector in ("body > header", "body > form[aria-label]", "main", "body > footer"):
        assert page.locator(selector).count() == 1, selector
    unnamed = page.evaluate(
        """() => Array.from(document.querySelectorAll("a, button, input, summary"))
        .filter((item) => !(item.textContent.trim() || item.labels?.length || item.ariaLabel)).length"""
    )
    assert unnamed == 0


@pytest.mark.parametrize("name", ["check", "hard check"])
def test_ids_are_of_one_element_and_lead_somewhere(open_page: Callable[..., Any], name: str) -> None:
    page = open_page(name).page
    ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), (item) => item.id)")
    assert [one for one, number in Counter(ids).items() if number > 1] == []
    targets = page.evaluate("Array.from(document.querySelectorAll('a[href^=\"#\"]'), (item) => item.hash.slice(1))")
    assert set(targets) <= set(ids)


def test_nothing_of_a_draft_or_an_article_runs(open_page: Callable[..., Any]) -> None:
    page = open_page("hard check").page
    page.evaluate(UNFOLD)
    assert page.locator("img, iframe, script:not(:last-child)").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0


def test_the_page_is_valid(open_page: Callable[..., Any]) -> None:
    import html5lib

    opened = open_page("check")
    opened.page.keyboard.press("j")
    written = Path(opened.address.removeprefix("file://")).read_text(encoding="utf-8")
    for source in (written, "<!DOCTYPE html>" + opened.page.evaluate("document.documentElement.outerHTML")):
        parser = html5lib.HTMLParser()
        parser.parse(source)
        assert parser.errors == []
