"""What values and statements are compared by: words as stems, how rare each is, and where in a telling they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from tellings.across.word_vectors import stem
from tellings.language.base import Language
from tellings.model.records import Telling
from tellings.model.text import Span

#: Sentences that are thought to be there besides, so that in a handful no word weighs nothing.
MORE = 40
#: A stem that stands around more values, or in more sentences, than this says little, and costs much.
COMMON = 400
#: Sentences that open a telling, and those soon after.
LEAD, SOON = 3, 8
#: Sentences of which the words are kept, and words of which the stems are.
KEPT, KEPT_WORDS = 1 << 13, 1 << 16
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DIGIT = re.compile(r"\d")


class Word(NamedTuple):
    """A word: its stem ("" where it says nothing), as written in lower case, where it starts and ends (code points)."""

    stem: str
    written: str
    start: int
    end: int


@lru_cache(maxsize=KEPT)
def words_of(text: str, span: Span, language: Language) -> tuple[Word, ...]:
    """The words of a sentence. Values, statements and quotations of one story ask for the same ones."""
    read = _reader(language)
    found = _WORD.finditer(text, span.start, span.end)
    return tuple([Word._make((*read(match[0]), *match.span())) for match in found])


@cache
def _reader(language: Language) -> Callable[[str], tuple[str, str]]:
    """What gives the stem of a word and its lower case; the words of a story are few, and stand again and again."""
    function, countries = language.words("digest", "function"), _countries(language)

    @lru_cache(maxsize=KEPT_WORDS)
    def read(word: str) -> tuple[str, str]:
        written = word.lower().replace("’", "'")
        bare = written.removesuffix("'s")
        says = bare not in function and (len(bare) > 1 or bare.isdigit())
        # "us" is a country only as "US".
        country = countries.get(bare) if word[0].isupper() else None
        return country or (stem(bare) if says else ""), written

    return read


@cache
def _countries(language: Language) -> dict[str, str]:
    """What is of a country, and its people, → the stem of the country."""
    return {
        word: stem(country)
        for country, words in language.rules("question").meanings("people_of").items()
        for word in words
    }


def figures(stems: Iterable[str], language: Language) -> frozenset[str]:
    """The figures among stems, in figures or words; "one" is said of much that is not counted."""
    spelled = _spelled(language)
    return frozenset(spelled.get(each, each) for each in stems if each in spelled or _DIGIT.search(each))


@cache
def _spelled(language: Language) -> dict[str, str]:
    """Stems of words of number → the figure."""
    numbers = language.rules("fact").meanings("number_word")
    return {stem(word): str(number) for word, number in numbers.items() if number > 1}


def rarity(found: Iterable[Collection[str]]) -> dict[str, float]:
    """How rare each stem is among sets of stems, as the logarithm of one in so many."""
    counts: Counter[str] = Counter()
    number = 0
    for stems in found:
        number += 1
        counts.update(stems)
    return {word: log((number + MORE) / count) for word, count in counts.items()}


def numbered(telling: Telling) -> Callable[[int], int]:
    """Where something starts in a telling → how many sentences of its story stand before that one."""
    starts = [telling.sentences[index].span.start for index in telling.story]
    return lambda start: max(0, bisect_right(starts, start) - 1)


def by_place(number: int, worth: tuple[float, float, float]) -> float:
    """What the sentence with this number is worth: where it opens its telling, where it stands soon after, later."""
    return worth[0] if number < LEAD else worth[1] if number < SOON else worth[2]
