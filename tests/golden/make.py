"""Rewrite the golden record: `python3 run.py golden`. CONTRIBUTING.md says when that is right."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import tellings
from tellings.edge.writers.json import encode

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
TARGET = FOLDER / "ferry-fire.json"


def current() -> str:
    """The record of the example story without texts, paths as they are from the project's folder."""
    with chdir(ROOT):
        return encode(tellings.read("examples/ferry-fire/articles", texts=False)).decode("utf-8")


if __name__ == "__main__":
    TARGET.write_text(current(), encoding="utf-8")
    print(f"written: {TARGET}")
