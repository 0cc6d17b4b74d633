"""What is kept of a telling to tell whether another is of the same event: a few weighted words.

A sketch is a function of the title, the beginning of the text and the date alone, so it never changes when other
tellings come. Words weigh by their rarity in a fixed background (`data/en/story/words.json`), not in the pile.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from math import log, sqrt

import msgspec

from tellings.across.word_vectors import Vector
from tellings.language.base import UNDECLARED, language_of

#: Words of the text that are looked at, those that count as its lead, and terms that are kept for looking others up.
BODY, LEAD, LOOKED_UP = 320, 60, 24
#: The folder of the lists, and characters from which a word may have the ending of a plural.
_ROOM, _SHORTEST_PLURAL = "story", 5
#: Weight of a title's word beside one of the text.
TITLE = 2.0

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Sketch:
    """One telling's words by where they stand; each vector has length 1, or is empty.

    `title`, `lead`, `body`: words; `names`: words with a capital inside a sentence; `pairs`: two words that follow each
    other; `numbers`: figures of two digits or more; `keys`: the words it is looked up by, weightiest first; `day` of
    publication, where known; `size`: words looked at.
    """

    id: str
    title: Vector
    lead: Vector
    body: Vector
    names: Vector
    pairs: Vector
    numbers: frozenset[str]
    keys: tuple[str, ...]
    day: date | None
    size: int


class Background(msgspec.Struct, frozen=True):
    """In how many of `texts` news texts each word stands; words in fewer than a handful are not listed."""

    about: str
    texts: int
    words: dict[str, int]


def sketch(identifier: str, title: str, text: str, day: date | None = None) -> Sketch:
    """The sketch of one telling."""
    headline = _WORD.findall(title)
    words = _WORD.findall(text[: BODY * 9])[:BODY]
    if words[: len(headline)] == headline:
        words = words[len(headline) :]
    heads, body = [_normal(word) for word in headline], [_normal(word) for word in words]
    weights: dict[str, float] = {}
    for word in body:
        weights[word] = weights.get(word, 0.0) + 1.0
    for word in heads:
        weights[word] = weights.get(word, 0.0) + TITLE
    whole = {word: (1.0 + log(count)) * rarity(word) for word, count in weights.items() if word}
    names: dict[str, float] = {}
    previous_ends = True
    for word, normal in zip(words, body, strict=True):
        if word[0].isupper() and normal and not previous_ends:
            names[normal] = names.get(normal, 0.0) + 1.0
        previous_ends = False
    pairs: dict[str, float] = {}
    told = [word for word in (*heads, *body[: LEAD * 2]) if word]
    for first, second in pairwise(told):
        if first != second:
            pairs[f"{first} {second}"] = rarity(first) * rarity(second)
    return Sketch(
        identifier,
        unit({word: rarity(word) for word in heads if word}),
        unit({word: rarity(word) for word in body[:LEAD] if word}),
        unit(whole),
        unit({word: (1.0 + log(count)) * rarity(word) for word, count in names.items()}),
        unit(pairs),
        frozenset(word for word in (*headline, *words) if word.isdigit() and len(word) > 1),
        keys_of(whole),
        day,
        len(words) + len(headline),
    )


def keys_of(words: Vector) -> tuple[str, ...]:
    """The words that something is looked up by, weightiest first."""
    return tuple(sorted(words, key=lambda word: (-words[word], word))[:LOOKED_UP])


@lru_cache(maxsize=200_000)
def rarity(word: str) -> float:
    """How much a word tells: its inverse document frequency in the background."""
    found = background()
    return log((found.texts + 1) / (found.words.get(word, 0) + 1))


@lru_cache(maxsize=200_000)
def _normal(word: str) -> str:
    """A word without case, possessive and plural ending; "" for one that tells nothing."""
    folded = word.casefold().replace("’", "'")
    endings = language_of(UNDECLARED).rules(_ROOM)
    for ending in endings.meanings("possessive_ending"):
        folded = folded.removesuffix(ending)
    if len(folded) >= _SHORTEST_PLURAL:
        for ending, instead in endings.meanings("plural_ending").items():
            if folded.endswith(ending):
                folded = folded.removesuffix(ending) + instead
                break
    if len(folded) < 2 or rarity(folded) < _LEAST:
        return ""
    return folded


#: In so many parts of one are weights counted: a product of two has 44 binary places, and a sum of such fits a float.
_PARTS = 1 << 22
#: Words rarer than this say something: about all but the hundred commonest.
_LEAST = 1.2


def unit(vector: dict[str, float]) -> Vector:
    """A vector made of length 1, its weights rounded to multiples of 2⁻²²: sums of products of two are exact, the same
    in whatever order they are added and taken away."""
    parts = sqrt(sum(weight * weight for weight in vector.values())) / _PARTS
    return {word: round(weight / parts) / _PARTS for word, weight in vector.items()} if parts else {}


@cache
def background() -> Background:
    """The background, read once. Raises msgspec.DecodeError where its file is broken."""
    file = resources.files("tellings").joinpath("data", "en", "story", "words.json")
    return msgspec.json.decode(file.read_bytes(), type=Background)
