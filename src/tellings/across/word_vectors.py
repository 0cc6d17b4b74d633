"""Sentences as sparse vectors of words: stems, rarity among given sentences, cosine."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from math import fsum, log, sqrt

from tellings.language.base import UNDECLARED, language_of

_WORD = re.compile(r"[^\W_]+")
Vector = Mapping[str, float]


def cosine(a: Vector, b: Vector) -> float:
    """The product of two vectors: of two of length 1 their cosine."""
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    # An exact sum does not hang on the order of the words.
    return fsum([value * longer[word] for word, value in shorter.items() if word in longer])


def summed(vectors: Iterable[Vector]) -> Vector:
    """The sum of vectors: its product with another is the sum of theirs."""
    gathered: dict[str, list[float]] = defaultdict(list)
    for vector in vectors:
        for word, value in vector.items():
            gathered[word].append(value)
    return {word: fsum(values) for word, values in gathered.items()}


def stems(text: str) -> tuple[str, ...]:
    """The words of a text that say something, without case and endings."""
    return stems_of(lower_words(text))


def lower_words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower())


def stems_of(words: Iterable[str]) -> tuple[str, ...]:
    """Those of these lower-case words that say something, without endings."""
    function = _function()
    return tuple([stem(word) for word in words if len(word) > 1 and word not in function])


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A lower-case word without its ending, where it is long enough to have one."""
    return language_of(UNDECLARED).stem(word)


@cache
def _function() -> frozenset[str]:
    return language_of(UNDECLARED).words("digest", "function")


class Together:
    """What groups of vectors say together, each weighing the same: but for one of them where that one is asked.

    What all open with is what the others open with: a page that is no telling of the story is like itself alone.
    """

    def __init__(self, groups: Mapping[int, Sequence[Vector]]) -> None:
        self._own = {name: _mean(group) for name, group in groups.items() if group}
        self._all = summed(self._own.values())
        self._length = fsum(value * value for value in self._all.values())
        # Group → the squared length of what the others say.
        self._others = {
            name: self._length - 2 * cosine(own, self._all) + cosine(own, own) for name, own in self._own.items()
        }

    def near(self, vector: Vector, group: int) -> float:
        """The cosine of a vector of length 1 with what the groups but `group` say together; with what all say, where
        there is no other; 0 where nothing is said."""
        product = cosine(vector, self._all)
        own: Vector = {}
        square = self._length
        if len(self._own) > 1 and group in self._own:
            own, square = self._own[group], self._others[group]
        return max(0.0, product - cosine(vector, own)) / sqrt(square) if square > _ROUNDING else 0.0


def _mean(vectors: Sequence[Vector]) -> Vector:
    return summed({word: value / len(vectors) for word, value in vector.items()} for vector in vectors)


class Space:
    """Vectors of sentences, each known by a key of its own, words weighed by their rarity among all of them
    (tf-idf: Salton and Buckley 1988)."""

    def __init__(self, sentences: Iterable[tuple[Hashable, Sequence[str]]], more: int) -> None:
        """`more`: sentences that are thought to be there besides, so that in a handful no word weighs nothing."""
        self._words = dict(sentences)
        counts = Counter(word for words in self._words.values() for word in set(words))
        self.rarity = {word: log((len(self._words) + more) / count) for word, count in counts.items()}
        self._vectors: dict[Hashable, Vector] = {}

    def vector(self, key: Hashable) -> Vector:
        """The vector of the sentence with this key, of length 1."""
        found = self._vectors.get(key)
        if found is None:
            raw = {word: (1 + log(n)) * self.rarity[word] for word, n in Counter(self._words[key]).items()}
            length = sqrt(fsum(value * value for value in raw.values())) or 1.0
            found = self._vectors[key] = {word: value / length for word, value in raw.items()}
        return found

    def of(self, words: Iterable[str]) -> Vector:
        """The vector of some words, each counted once, of length 1; empty where no sentence has any of them."""
        raw = {word: self.rarity[word] for word in set(words) if word in self.rarity}
        length = sqrt(fsum(sorted(value * value for value in raw.values()))) or 1.0
        return {word: value / length for word, value in raw.items()}


def shared_words(a: Collection[str], b: Collection[str], fewest: int) -> float:
    """The share of the words of the shorter of two sentences that both have, 0 where these are fewer than `fewest`."""
    common = len(set(a).intersection(b))
    return common / max(1, min(len(set(a)), len(set(b)))) if common >= fewest else 0.0


#: How far a running sum of products may lie beside the exact cosine.
_ROUNDING = 1e-9


class Neighbours:
    """Vectors of length 1 in the order they are entered, looked up by the words they share with another (an inverted
    index: Zobel and Moffat 2006)."""

    def __init__(self, vectors: Iterable[Vector] = ()) -> None:
        self._vectors: list[Vector] = []
        self._with_word: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for vector in vectors:
            self.enter(vector)

    def enter(self, vector: Vector) -> None:
        """Enter a vector; places count from 0."""
        place = len(self._vectors)
        self._vectors.append(vector)
        for word, value in vector.items():
            if value:
                self._with_word[word].append((place, value))

    def near(self, vector: Vector, least: float) -> list[int]:
        """The places, in order, of the vectors whose cosine with `vector` is at least `least`, which is above 0."""
        products: dict[int, float] = defaultdict(float)
        for word, value in vector.items():
            for place, other in self._with_word.get(word, ()):
                products[place] += value * other
        return [
            place
            for place in sorted(products)
            if products[place] >= least - _ROUNDING and cosine(vector, self._vectors[place]) >= least
        ]
