"""A library opens in Datasette: its tables and views are shown, described, linked and searched."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from project import ROOT
from test_keeping import library, pile  # noqa: F401 - fixtures

from tellings import Library

DESCRIBED = json.loads((ROOT / "docs" / "library.metadata.json").read_text(encoding="utf-8"))


def answered(path: Path, *addresses: str) -> list[Any]:
    """What Datasette answers at each of `addresses`, as objects, or as text where it is a page."""

    async def ask() -> list[Any]:
        shown = Datasette([str(path)], metadata=DESCRIBED)
        found = []
        for address in addresses:
            answer = await shown.client.get(address)
            assert answer.status_code == 200, (address, answer.text[:500])
            found.append(answer.json() if ".json" in address else answer.text)
        return found

    # Beside a loop that the browser's tests may have left running in this thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, ask()).result()


@pytest.fixture
def path(library: Library, tmp_path: Path) -> Path:  # noqa: F811
    library.follow(library.stories()[0].id)
    library.decide("note", library.stories()[0].id, value="seen")
    library.close()
    return library.path.rename(tmp_path / "library.db")


def test_all_tables_and_views_are_shown_and_described(path: Path) -> None:
    described = DESCRIBED["databases"]["library"]["tables"]
    shown = [name for name, each in described.items() if not each.get("hidden")]
    (front,) = answered(path, "/library.json")
    assert {each["name"] for each in front["tables"] if not each["hidden"]} <= set(shown)
    pages = answered(path, "/library", *(f"/library/{name}" for name in shown))
    for name, page in zip(shown, pages[1:], strict=True):
        assert described[name]["description"].split(".")[0].split("'")[0] in page, name


def test_tables_are_linked_by_their_keys(path: Path) -> None:
    (page,) = answered(path, "/library/tellings?_facet=publisher")
    # An article leads to its story by the story's title, and a facet to the articles of an outlet.
    assert 'href="/library/stories/s' in page and "publisher=Courier" in page


@pytest.mark.parametrize(
    ("view", "words", "found"),
    [("texts", "engine", 2), ("quotes", "smelled", 2), ("facts", "ninety", 1), ("events", "fire", 2)],
)
def test_texts_and_lines_are_searched(path: Path, view: str, words: str, found: int) -> None:
    (rows,) = answered(path, f"/library/{view}.json?_search={words}&_shape=objects")
    assert len(rows["rows"]) >= found
    assert all(words in (row.get("words") or row["text"]).lower() for row in rows["rows"])
