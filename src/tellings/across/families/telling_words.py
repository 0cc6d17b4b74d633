"""Which words tell something of what is said, and how much."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from math import sqrt

from tellings.across.keys import story_spans
from tellings.across.stories.sketch import rarity
from tellings.language.base import UNDECLARED, language_of
from tellings.model.records import Telling

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def tells(word: str) -> bool:
    """Whether a word (its normal form) is none that any two sayings may share."""
    return len(word) > 1 and word not in _function()


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its ending: what is compared."""
    return language_of(UNDECLARED).stem(_bare(word))


def times_told(telling: Telling) -> Mapping[str, int]:
    """How often the story of a telling has each stem."""
    text = telling.text
    found: Counter[str] = Counter()
    for span in story_spans(telling):
        found.update(map(stem, _WORD.findall(span.of(text).casefold())))
    return found


def weight(word: str, times: Mapping[str, int]) -> float:
    """How much a word tells: the rarer in a fixed background, and the fewer `times` its telling has its stem, the
    more. What a story is about is in all that is said of it."""
    return rarity(_bare(word)) / sqrt(max(1, times.get(stem(word), 1)))


def _bare(word: str) -> str:
    return word.split("'")[0]


@cache
def _function() -> frozenset[str]:
    return language_of(UNDECLARED).words("family", "function")
