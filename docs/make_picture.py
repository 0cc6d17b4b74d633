"""Take the pictures of the example, 1280 pixels wide: of its record, docs/record-light.png, and of its checked draft,
docs/check-light.png."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import tellings
from tellings import library

FOLDER = Path(__file__).resolve().parent
EXAMPLE = FOLDER.parent / "examples" / "ferry-fire"
RECORD, CHECK = FOLDER / "record-light.png", FOLDER / "check-light.png"


def main() -> int:
    """Write the pictures; 1 where there is no Chromium to take them with."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("no Chromium: install one, or name it in the environment variable CHROMIUM", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        record = tellings.read(EXAMPLE / "articles")
        page_file, _ = tellings.write(record, folder)
        reports = tellings.check(EXAMPLE / "draft.md", against=[EXAMPLE / "articles"])
        (checked,) = library.write_reports(reports, Path(folder) / "check.html")
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
        page.goto(page_file.as_uri())
        page.screenshot(path=RECORD)
        page.set_viewport_size({"width": 1280, "height": 1080})
        page.goto(checked.as_uri())
        # A finding stands open, as a reader opens it: the first quotation with other words.
        page.locator("a.w.altered").first.click()
        page.evaluate("scrollTo(0, 0)")
        page.mouse.move(0, 0)
        page.screenshot(path=CHECK)
        browser.close()
    print(f"written: {RECORD}, {CHECK}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
