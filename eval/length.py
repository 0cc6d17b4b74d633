"""Measure how much one has to read: the page of a record as it opens, beside the articles that it replaces.

    python eval/length.py STORY… [--most 0.6] [--save DIR]

A STORY is what `tellings read` takes (a folder, a file of articles), or a `record.html` with its `record.json` beside
it. Each page is opened in Chromium. Its words are those that stand on the screen at DESK when a view is opened, view by
view; what is folded does not count, what stands above all views counts once. Screens are heights of the window: of all
views together, and of the articles as plain text in the same measure of line. `ratio` is the words of all views by
those of the articles as they were received. With `--most`, a story of ARTICLES or more with a higher ratio fails.
`--save` keeps a picture of each view.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tellings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: Windows in CSS pixels: a small laptop, a phone.
DESK, PHONE = (1280, 800), (390, 844)
#: Articles from which a story has to be shorter than they are.
ARTICLES = 5

#: Words that stand on the screen within an element: of a choice the one that is chosen, nothing that is only for
#: screen readers (one pixel), nothing that is folded.
_WORDS = r"""(selector) => {
  let many = 0;
  for (const box of document.querySelectorAll(selector)) {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const holder = walker.currentNode.parentElement;
      if (holder.closest("option:not(:checked), script, style, .vh")) continue;
      if (!holder.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      if (![...range.getClientRects()].some((part) => part.width > 1 && part.height > 1)) continue;
      many += walker.currentNode.data.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    }
  }
  return many;
}"""

_ARTICLES = """<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>body { font: 17px/1.55 Georgia, "Liberation Serif", serif; max-width: 42rem; margin: 0 auto; padding: 0 16px;
white-space: pre-wrap; overflow-wrap: anywhere }</style><body></body>"""


@dataclass(frozen=True, slots=True)
class Length:
    """What one has to read of a story: `words` and `screens` (at DESK, at PHONE) of each view, with "head" for what
    stands above all; `articles` are words of all articles, `text` their screens."""

    name: str
    many: int
    articles: int
    text: tuple[float, float]
    words: dict[str, int]
    screens: dict[str, tuple[float, float]]

    @property
    def open(self) -> int:
        """Words of all views as they open."""
        return sum(self.words.values())

    @property
    def ratio(self) -> float:
        """Words of all views by those of the articles."""
        return self.open / max(1, self.articles)


def measured(browser: Browser, name: str, page_file: Path, texts: Sequence[str], save: Path | None = None) -> Length:
    """The lengths of one page, whose articles have these `texts`."""
    words: dict[str, int] = {}
    screens: dict[str, list[float]] = {}
    plain: list[float] = []
    for width, height in (DESK, PHONE):
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_content(_ARTICLES)
        page.evaluate("(text) => { document.body.textContent = text }", "\n\n".join(texts))
        plain.append(_height(page) / height)
        page.goto(page_file.as_uri())
        views = page.evaluate("Array.from(document.querySelectorAll('nav.views a'), (link) => link.hash.slice(1))")
        above = page.evaluate("document.querySelector('main').getBoundingClientRect().top + scrollY")
        for place, view in enumerate(view for view in views if view != "main"):
            page.evaluate("(hash) => document.querySelector(`nav.views a[href='#${hash}']`).click()", view)
            page.wait_for_timeout(120)
            # What stands above all views is passed once.
            screens.setdefault(view, []).append((_height(page) - (above if place else 0)) / height)
            if width == DESK[0]:
                words[view] = page.evaluate(_WORDS, f"#{view}")
            if save:
                save.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=save / f"{name}-{view}-{width}.png", full_page=True)
        if width == DESK[0]:
            words = {"head": page.evaluate(_WORDS, "body > header, nav.views"), **words}
        page.close()
    both = {view: (found[0], found[1]) for view, found in screens.items()}
    return Length(name, len(texts), sum(len(text.split()) for text in texts), (plain[0], plain[1]), words, both)


def _height(page: Page) -> float:
    return float(page.evaluate("document.documentElement.scrollHeight"))


def pages(stories: Sequence[Path], folder: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """The name of each story, its page, and the texts of its articles; pages that are not there are written."""
    for story in stories:
        if story.suffix == ".html":
            record: dict[str, Any] = json.loads(story.with_suffix(".json").read_text(encoding="utf-8"))
            yield story.parent.name, story, [telling["text"] or "" for telling in record["tellings"]]
        else:
            read = tellings.read(story)
            name = story.parent.name if story.is_file() else story.resolve().name
            written, _ = tellings.write(read, folder / name)
            yield name, written, [telling.text or "" for telling in read.tellings]


def table(found: Sequence[Length]) -> str:
    """The lengths as a table, one row a story."""
    views = list(found[0].words) if found else []
    lines = [
        f"{'story':<14} {'n':>3} {'articles':>8} "
        + " ".join(f"{view[:9]:>9}" for view in views)
        + f" {'open':>6} {'ratio':>6}  screens: desk (articles), phone (articles)"
    ]
    for each in found:
        desk, phone = (sum(both[place] for both in each.screens.values()) for place in (0, 1))
        words = " ".join(f"{each.words.get(view, 0):>9,}" for view in views)
        screens = f"{desk:.1f} ({each.text[0]:.1f}), {phone:.1f} ({each.text[1]:.1f})"
        told = f"{each.name[:14]:<14} {each.many:>3} {each.articles:>8,} {words} {each.open:>6,} {each.ratio:>6.2f}"
        lines.append(f"{told}  {screens}")
    whole, articles = sum(each.open for each in found), sum(each.articles for each in found)
    lines.append(f"all: {whole:,} of {articles:,} words, ratio {whole / max(1, articles):.2f}")
    return "\n".join(lines)


def main() -> int:
    """Print the table; 1 where a story is longer than `--most` allows, 2 without a Chromium."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", nargs="+", type=Path, metavar="STORY")
    parser.add_argument("--most", type=float, help="fail where a story of several articles has a higher ratio")
    parser.add_argument("--save", type=Path, metavar="DIR", help="keep a picture of each view")
    told = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("no Chromium: install one, or name it in the environment variable CHROMIUM", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        found = [measured(browser, *each, told.save) for each in pages(told.stories, Path(folder))]
        browser.close()
    print(table(found))
    too_long = [each.name for each in found if told.most and each.many >= ARTICLES and each.ratio > told.most]
    if too_long:
        print(f"longer than {told.most:g} of their articles: {', '.join(too_long)}", file=sys.stderr)
    return 1 if too_long else 0


if __name__ == "__main__":
    sys.exit(main())
