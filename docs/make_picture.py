"""Take the picture of the example's record that the README shows: docs/record-light.png, 1280 by 900 pixels."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import tellings

FOLDER = Path(__file__).resolve().parent
TARGET = FOLDER / "record-light.png"


def main() -> int:
    """Write the picture; 1 where there is no Chromium to take it with."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("no Chromium: install one, or name it in the environment variable CHROMIUM", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        record = tellings.read(FOLDER.parent / "examples" / "ferry-fire" / "articles")
        page_file, _ = tellings.write(record, folder)
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
        page.goto(page_file.as_uri())
        page.screenshot(path=TARGET)
        browser.close()
    print(f"written: {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
