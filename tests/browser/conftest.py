"""A browser, the page on disk, and a watch on everything the page asks for or complains about."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# The invented story is shared with the tests one folder up.
sys.path.insert(0, str(Path(__file__).parents[1]))

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route


@dataclass
class Opened:
    """A page as opened from disk, with what went on meanwhile."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, from the environment variable CHROMIUM or the path; the test is skipped without one."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("no Chromium: install one, or name it in the environment variable CHROMIUM")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page with texts ("whole"), without ("bare"), with every character that is hard to print ("nasty"), with more
    rows than are shown at once ("long"), of the example story ("example"), with passages that are hard to align
    ("rewritten"), with reasons ("why"), with quotations that are not simply said, and a speaker who is only probable
    ("said"), with two sums that may be of one thing ("bids": its articles lie beside it); the page of a checked draft
    ("check"), and of one of hard characters ("hard check")."""
    from check_sample import example as checked
    from check_sample import nasty as hard
    from page_sample import build, explained, long, nasty, rewritten
    from small_record import small_record

    import tellings
    from tellings.edge.writers import html
    from tellings.edge.writers.check import page as check_page

    folder = tmp_path_factory.mktemp("page")
    records = {
        "whole": build(),
        "bare": build(texts=False),
        "nasty": nasty(),
        "long": long(),
        "example": tellings.read(Path(__file__).parents[2] / "examples" / "ferry-fire" / "articles"),
        "rewritten": rewritten(),
        "why": explained(),
        "said": small_record(),
        "bids": tellings.read(_bids(folder / "bids")),
    }
    paths = {name: folder / f"{name}.html" for name in records}
    for name, record in records.items():
        paths[name].write_text(html.render(record), encoding="utf-8", newline="")
    for name, report in (("check", checked()), ("hard check", hard())):
        paths[name] = folder / f"{name}.html"
        paths[name].write_text(check_page.render(report), encoding="utf-8", newline="")
    return paths


def _bids(folder: Path) -> Path:
    """Two articles that give two sums for what may be one thing."""
    folder.mkdir()
    told = "Osk Marine made its $38 million bid for the Dunlow yard by letter, its owners said.\n"
    (folder / "one.txt").write_text(f"The Dunlow yard has a suitor.\n\n{told}", encoding="utf-8")
    told = "The firm said that its $47 million bid for the Dunlow yard stood, come what may.\n"
    (folder / "other.txt").write_text(f"Osk Marine will not give up.\n\n{told}", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[bool, BrowserContext]]:
    """One context with script and one without: a page of its own for each test is far cheaper than a context."""
    opened = {script: browser.new_context(java_script_enabled=script) for script in (True, False)}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def open_page(contexts: dict[bool, BrowserContext], files: dict[str, Path]) -> Iterator[Any]:
    """Opens a page; at the end nothing may have been complained about, and nothing asked for but the page."""
    seen: list[Opened] = []

    def open_(
        name: str = "whole",
        *,
        width: int = 1280,
        height: int = 900,
        scheme: Any = "light",
        script: bool = True,
        fragment: str = "",
    ) -> Opened:
        page = contexts[script].new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        opened = Opened(page, files[name].as_uri())
        seen.append(opened)

        def answer(route: Route) -> None:
            if route.request.url.partition("#")[0] == opened.address:
                route.continue_()
            else:
                opened.requests.append(route.request.url)
                route.abort()

        page.route("**/*", answer)
        page.on("console", lambda message: opened.complaints.append(message.text))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on("dialog", lambda dialog: opened.complaints.append(dialog.message))
        page.goto(opened.address + fragment)
        return opened

    yield open_
    for opened in seen:
        complaints, requests = opened.complaints, opened.requests
        opened.page.close()
        assert complaints == []
        assert requests == []
