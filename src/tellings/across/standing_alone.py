"""Whether a sentence can be read by itself, and whom its first word means where it cannot."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from tellings.model.records import Telling
from tellings.model.rules import load
from tellings.model.text import Span


def leans(words: str) -> bool:
    """Whether a sentence begins with a word that leans on what stands before it: "he", "this", "but"."""
    return _first_word("leaning_first_word").match(words) is not None


def who_is_meant(telling: Telling, sentence: Span) -> str | None:
    """The name, as the telling prints it, of the person whom a sentence that begins with a pronoun speaks of; `None`
    where it begins otherwise, or that is not known."""
    match = _first_word("personal_first_word").match(telling.text, sentence.start, sentence.end)
    if match is None:
        return None
    place = Span(*match.span("word"))
    at = bisect_left(telling.mentions, place, key=lambda mention: mention.span)
    for mention in telling.mentions[at:]:
        if mention.span != place:
            return None
        if mention.kind == "pronoun" and mention.chain is not None:
            return telling.chains[mention.chain].name
    return None


@cache
def _first_word(name: str) -> re.Pattern[str]:
    # No letter may follow, also after an apostrophe or a hyphen: the "they" of "they'd" is no word by itself.
    return re.compile(rf"[\W_]*(?P<word>{load('en', 'digest').alternatives(name)})(?![\w'’-]*\w)", re.IGNORECASE)
