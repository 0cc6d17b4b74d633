"""Where the words of a text stand, looked for once: what asks for some of them need not go through the text again."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

#: Stands for any digits.
DIGITS = "#"
#: A run of letters and digits, which `re` finds in half the time of its pieces.
_RUN = re.compile(r"(\w+)")
#: Runs of letters, and runs of digits.
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


def unaccented(word: str) -> str:
    """A word without its accents: "François" and "Francois" are one name."""
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


class Tokens:
    """The runs of letters and of digits of a text: which word begins where."""

    def __init__(self, text: str) -> None:
        lower = text.lower()
        if len(lower) != len(text):  # some letters are two in lower case
            lower = "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)
        # Runs and what lies between them take turns.
        pieces = _RUN.split(lower)
        self._runs = pieces[1::2]
        self._starts = list(accumulate(map(len, pieces)))[::2]
        # Runs that hold more than letters, in their pieces.
        self._mixed = [
            (start + token.start(), DIGITS if token[0][0].isdecimal() else token[0])
            for run, start in zip(self._runs, self._starts, strict=False)
            if not run.isalpha()
            for token in _TOKEN.finditer(run)
        ]
        self._found: dict[frozenset[str], tuple[list[int], list[str]]] = {}
        self._places: dict[str, list[int]] | None = None
        self._words: dict[tuple[int, int], frozenset[str]] = {}

    def between(self, words: frozenset[str], start: int, end: int) -> Iterator[tuple[int, str]]:
        """Where those of `words` (in lower case; `DIGITS` for any digits) begin in `[start, end)`, in order."""
        places, names = self._of(words)
        first = bisect_left(places, start)
        last = bisect_left(places, end, first)
        return zip(places[first:last], names[first:last], strict=True)

    def any_of(self, words: frozenset[str], start: int, end: int) -> bool:
        """Whether one of `words` begins in `[start, end)`."""
        places, _ = self._of(words)
        first = bisect_left(places, start)
        return first < len(places) and places[first] < end

    def words(self, start: int, end: int) -> frozenset[str]:
        """The runs of letters that begin in `[start, end)`, in lower case; `DIGITS` where there are digits. Kept, so
        that every stage that asks for those of a sentence has them at once."""
        found = self._words.get((start, end))
        if found is None:
            first = bisect_left(self._starts, start)
            runs = self._runs[first : bisect_left(self._starts, end, first)]
            mixed = self._mixed[bisect_left(self._mixed, (start,)) : bisect_left(self._mixed, (end,))]
            found = self._words[start, end] = frozenset((*filter(str.isalpha, runs), *(word for _, word in mixed)))
        return found

    def before(self, position: int, many: int) -> frozenset[str]:
        """The last `many` runs of letters and digits that begin before a position."""
        last = bisect_left(self._starts, position)
        return frozenset(self._runs[max(0, last - many) : last])

    def _of(self, words: frozenset[str]) -> tuple[list[int], list[str]]:
        """The places of `words` in the whole text, and which of them stands at each."""
        found = self._found.get(words)
        if found is None:
            places = self._by_word()
            there = sorted((place, word) for word in places.keys() & words for place in places[word])
            found = self._found[words] = [place for place, _ in there], [word for _, word in there]
        return found

    def _by_word(self) -> dict[str, list[int]]:
        """Each word of the text with its places: made once for all sets of words that are asked for."""
        if self._places is None:
            self._places = defaultdict(list)
            for words in (zip(self._starts, self._runs, strict=False), self._mixed):
                for place, word in words:
                    self._places[word].append(place)
        return self._places


@lru_cache(maxsize=4)
def tokens_of(text: str) -> Tokens:
    """The tokens of `text`, kept while the stages of one telling ask for them."""
    return Tokens(text)
