"""Sentences of a page, and not of its story: what a picture shows, and what the reader is told to do."""

from __future__ import annotations

import re
from functools import cache

from tellings.language.base import UNDECLARED
from tellings.model.rules import load


def is_of_the_page(words: str) -> bool:
    """Whether a sentence says what a picture shows ("The bridge is seen in April"), or speaks to the reader ("You can
    read our full list here")."""
    return _of_the_page().search(words) is not None


@cache
def _of_the_page() -> re.Pattern[str]:
    rules = load(UNDECLARED, "digest")
    names = f"(?:{rules.alternatives('of_a_picture')}|{rules.alternatives('to_the_reader')})"
    return re.compile(rf"(?<![\w-]){names}(?![\w-])", re.IGNORECASE)
