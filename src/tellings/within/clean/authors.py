"""What a page says of its own author below the story."""

from __future__ import annotations

import re

from tellings.language.base import Language
from tellings.within.clean.lines import Line
from tellings.within.clean.rules import ROOM

_NAMES = re.compile(r"[^,;&|]+")
_FEWEST_WORDS = 2


def mark_about_the_author(lines: list[Line], author: str | None, language: Language) -> None:
    """Name the paragraphs in the lower half of a page that begin with the name of its author, and who that is."""
    names = [
        name for each in _NAMES.findall(author or "") if len((name := each.strip().casefold()).split()) >= _FEWEST_WORDS
    ]
    about = language.pattern(ROOM, "about-somebody")
    for line in lines[(len(lines) + 1) // 2 :] if names else ():
        if line.kind == "paragraph" and any(
            (end := _end_of(name, line.text)) is not None and about.match(line.text, end) is not None for name in names
        ):
            line.kind, line.rule = "byline", "about-the-author"


def _end_of(name: str, text: str) -> int | None:
    """Where a name without case ends that a text begins with; `None` where it begins otherwise."""
    # A letter may be two without case ("ß": "ss"), so that places in a text without case are none in the text.
    left = name
    for place, character in enumerate(text):
        if not left:
            return place
        folded = character.casefold()
        if not left.startswith(folded):
            return None
        left = left[len(folded) :]
    return None if left else len(text)
