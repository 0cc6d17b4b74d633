"""Rewrite the golden record: `python3 run.py golden`. CONTRIBUTING.md says when that is right."""

from __future__ import annotations

from pathlib import Path

import tellings
from tellings.edge.writers.json import encode

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
TARGET = FOLDER / "ferry-fire.json"


def current() -> str:
    """The record of the example story without texts, paths as they are from the project's folder."""
    articles = ROOT / "examples" / "ferry-fire" / "articles"
    data = encode(tellings.read(articles, texts=False)).decode("utf-8")
    return data.replace(f"{articles.as_posix()}/", f"{articles.relative_to(ROOT).as_posix()}/")


if __name__ == "__main__":
    TARGET.write_text(current(), encoding="utf-8")
    print(f"written: {TARGET}")
