"""Sentences that tell nothing of a story: what a picture shows, what the reader is told to do, and questions."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tellings.language.base import UNDECLARED, language_of
from tellings.model.rules import load

ROOM = "digest"
#: A question: one that ends without a quotation mark, or lies within them. One that somebody is told to have
#: asked ("The mayor asked, “Who was it?”") tells something.
_QUESTION = re.compile(r"[?]\s*\Z|\A[\"“‘]*[^\"“”‘]*[?][\"”’']+\s*\Z")


@lru_cache(maxsize=1 << 13)
def is_no_telling(words: str) -> bool:
    """Whether a sentence tells nothing of its story: it is the page's, or a question."""
    return _QUESTION.search(words) is not None or is_of_the_page(words)


def is_of_the_page(words: str) -> bool:
    """Whether a sentence says what a picture shows ("The bridge is seen in April"), what the page says of itself, or
    speaks to the reader: begins so ("You can read our full list here"), or ends so as a link does, without a stop
    ("Ferry sinks at Osk Read more")."""
    return _to_the_reader().search(words) is not None or _of_the_page().search(words) is not None


def is_of_its_mistakes(words: str) -> bool:
    """Whether a sentence says what the page has corrected ("An earlier version of this story said …"). That is news to
    who read it before, and no event of the story."""
    return language_of(UNDECLARED).pattern(ROOM, "of-its-mistakes").search(words) is not None


@cache
def _to_the_reader() -> re.Pattern[str]:
    rules = load(UNDECLARED, ROOM)
    names = rules.alternatives("to_the_reader")
    return re.compile(rf"\A[\W_]*{names}(?![\w-])|(?<![\w-]){names}\s*\Z", re.IGNORECASE)


@cache
def _of_the_page() -> re.Pattern[str]:
    rules = load(UNDECLARED, ROOM)
    day = f"(?:{rules.alternatives('weekday')}|{rules.alternatives('month')})"
    on = rf"{rules.alternatives('of_a_picture_on')}\s+(?:{day}|[^.!?]*{day}\s\d{{1,2}},?\s\d{{4}}\b)"
    names = f"(?:{rules.alternatives('of_a_picture')}|{on}|{rules.alternatives('of_the_page')})"
    side, joint = rules.alternatives("side_of_a_picture"), rules.alternatives("joint_in_a_picture")
    # Behind a name alone: "the crowd turned back, right, left and centre" is no picture.
    placed = rf"(?-i:[A-Z][\w.’'-]*),?\s(?:\({side}\)|(?<=,\s){side}(?:,|\s{joint}\b))"
    return re.compile(rf"(?<![\w-]){names}(?![\w-])|{placed}", re.IGNORECASE)
