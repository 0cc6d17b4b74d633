"""What is asked of a value: the type of question it answers, by the words beside it.

Types are data (`data/<language>/question/types.toml`): "killed" of those who are counted, "offered" of a sum, "weight"
of a measure. Of several words the nearest to the value says it, unless another value of the kind stands between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tellings.across.questions.sentence_words import Word
from tellings.language.base import Language

ROOM = "question"
#: How many words off a word says what is asked of a value.
REACH = 12
#: What it costs a word (in words off) to stand before the value, and beyond another value of the kind.
BEFORE, BEYOND = 1, 8
#: Words between the two of a pair at most.
BETWEEN = 3
_PERCENT = "%"
#: What the names of the lists begin with.
TYPE = "type_"


@dataclass(frozen=True, slots=True)
class Types:
    """The words that say what is asked of a kind of value: a word → type, or the first of two → the second →
    type."""

    words: Mapping[str, str]
    pairs: Mapping[str, Mapping[str, str]]

    def of(self, words: Sequence[Word], first: int, last: int, others: Sequence[int]) -> str:
        """The type of the value `words[first:last]` of a sentence, "" where nothing says it; `others` are the places
        of the other values of its kind."""
        best, found = REACH + 1, ""
        for place in range(max(0, first - REACH), min(len(words), last + REACH)):
            if first <= place < last:
                continue
            asked = self._at(words, place)
            if asked:
                before = place < first
                off = first - place + BEFORE if before else place - last + 1
                low, high = (place, first) if before else (last, place)
                off += BEYOND * any(low <= other < high for other in others)
                if off < best:
                    best, found = off, asked
        return found

    def _at(self, words: Sequence[Word], place: int) -> str:
        written = words[place].written
        if asked := self.words.get(written):
            return asked
        if seconds := self.pairs.get(written):
            for other in words[place + 1 : place + 2 + BETWEEN]:
                if asked := seconds.get(other.written):
                    return asked
        return ""


def exclude(kind: str, one: str, other: str, language: Language) -> bool:
    """Whether values of two types are never of one thing: the killed and the injured, a height and a distance."""
    if one == other or not one or not other:
        return False
    befell = language.words(ROOM, "befell")
    return kind == "measure" or (one in befell and other in befell)


@cache
def types_of(language: Language, kind: str, unit: str) -> Types | None:
    """The types of a kind of value, of measures for what the unit measures; `None` where the language has none."""
    quantity = "percent" if unit == _PERCENT else unit
    name = TYPE + (quantity if kind == "measure" else kind)
    rules = language.rules(ROOM)
    if name not in rules.lists:
        return None
    words: dict[str, str] = {}
    pairs: dict[str, dict[str, str]] = {}
    for asked, said in rules.meanings(name).items():
        for each in said:
            first, _, second = each.partition(" ")
            if second:
                pairs.setdefault(first, {})[second] = asked
            else:
                words[first] = asked
    return Types(words, pairs)
