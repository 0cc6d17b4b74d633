"""Sentences that describe a picture, which tell nothing by themselves."""

from __future__ import annotations

import re
from functools import cache

from tellings.language.base import UNDECLARED
from tellings.model.rules import load


def is_caption(words: str) -> bool:
    """Whether a sentence says what a picture shows: "The bridge is seen in April"."""
    return _of_a_picture().search(words) is not None


@cache
def _of_a_picture() -> re.Pattern[str]:
    names = load(UNDECLARED, "digest").alternatives("of_a_picture")
    return re.compile(rf"(?<![\w-]){names}(?![\w-])", re.IGNORECASE)
