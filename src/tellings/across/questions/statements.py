"""The sentences of a story as statements: what each speaks of, and whether it denies.

A sentence that tellings print in one wording is one statement in several places.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum, sqrt

from tellings.across.questions.sentence_words import COMMON, rarity, words_of
from tellings.language.base import Language, language_of
from tellings.model.records import Place, Quote, Telling
from tellings.model.text import Span

ROOM = "question"
#: Stems of a sentence from which it says something, and to which it is one statement.
FEWEST, MOST = 3, 60
#: Words on either side of a word that denies within which its clause stands.
REACH = 6
#: How sure it is that something is denied: by the stance of a quotation, by a word, by a "not" in what somebody says.
BY_STANCE, BY_WORD, BY_NOT = 1.0, 0.85, 0.4


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the story, wherever tellings print it, as stems. `turned`: those near a word that denies; `denied`:
    how sure it is that something is denied, 0 where nothing is; `claims`: it speaks of a claim."""

    places: tuple[Place, ...]
    number: int
    stems: frozenset[str]
    turned: frozenset[str]
    denied: float
    turns: bool
    claims: bool

    @property
    def tellings(self) -> frozenset[str]:
        """The tellings that print it."""
        return frozenset(place.telling for place in self.places)


def statements(tellings: Sequence[Telling]) -> tuple[Statement, ...]:
    """The sentences of the story that say something, each wording once, in the order of the tellings."""
    found: dict[tuple[frozenset[str], frozenset[str]], list[Statement]] = defaultdict(list)
    for telling in tellings:
        for one in _of(telling):
            found[one.stems, one.turned].append(one)
    return tuple(
        Statement(
            tuple(place for one in ones for place in one.places),
            min(one.number for one in ones),
            *(ones[0].stems, ones[0].turned, max(one.denied for one in ones), ones[0].turns, ones[0].claims),
        )
        for ones in found.values()
    )


def _of(telling: Telling) -> list[Statement]:
    language, text = language_of(telling.document.read_as), telling.text
    turning, denying, claiming, dismissing, dismissed = _words(language)
    said = _Said(telling)
    found: list[Statement] = []
    for number, index in enumerate(telling.story):
        span = telling.sentences[index].span.trimmed(text)
        words = words_of(text, span, language)
        written, says = [word.written for word in words], [word.stem for word in words]
        stems = frozenset(filter(None, says))
        if not FEWEST <= len(stems) <= MOST:
            continue
        at = [place for place, word in enumerate(written) if word in turning]
        turned = frozenset(each for place in at for each in says[max(0, place - REACH) : place + REACH + 1] if each)
        quotes = said.over(span)
        denied = 0.0
        if not dismissing.isdisjoint(written) and not dismissed.isdisjoint(written):
            pass  # a lawsuit is dismissed, and nothing denied
        elif any(quote.stance in ("denies", "retracts") for quote in quotes):
            denied = BY_STANCE
        elif any(written[place] in denying for place in at):
            denied = BY_WORD
        elif at and quotes:
            denied = BY_NOT
        claims = any(word in claiming for word in written)
        place = Place(telling.id, span)
        found.append(Statement((place,), number, stems, turned or stems, denied, bool(at), claims))
    return found


@cache
def _words(language: Language) -> tuple[frozenset[str], ...]:
    rules = language.rules(ROOM)
    return (
        *(rules.words("denying", "negation"), rules.words("denying"), rules.words("claiming")),
        *(rules.words("dismissing"), rules.words("dismissed")),
    )


class _Said:
    """The quotations of a telling, asked for by sentences in their order."""

    def __init__(self, telling: Telling) -> None:
        said = (quote for quote in telling.quotes if quote.status != "not-a-statement")
        self._ahead = deque(sorted(said, key=lambda quote: quote.content))
        self._open: list[Quote] = []

    def over(self, span: Span) -> list[Quote]:
        """Those of which part stands in a sentence, which begins no earlier than the one asked for before."""
        while self._ahead and self._ahead[0].content.start < span.end:
            self._open.append(self._ahead.popleft())
        self._open = [quote for quote in self._open if quote.content.end > span.start]
        return [quote for quote in self._open if quote.content.overlaps(span)]


class Likeness:
    """How alike statements of a story are, by the stems they share, the rarer the more."""

    def __init__(self, found: Sequence[Statement]) -> None:
        self._rare = rarity(one.stems for one in found)
        self._lengths = [self.length(dict.fromkeys(one.stems, 1.0)) for one in found]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(found):
            for word in sorted(one.stems):
                self._holders[word].append(place)

    def length(self, weights: Mapping[str, float]) -> float:
        """The length of the vector of stems with these weights."""
        return sqrt(fsum((self._rare[word] * weight) ** 2 for word, weight in weights.items())) or 1.0

    def alike(self, a: Statement, b: Statement) -> float:
        """The cosine of two statements."""
        shared = fsum(self._rare[word] ** 2 for word in a.stems & b.stems)
        return shared / (self.length(dict.fromkeys(a.stems, 1.0)) * self.length(dict.fromkeys(b.stems, 1.0)))

    def near(self, weights: Mapping[str, float]) -> Iterator[tuple[int, float]]:
        """The statements, by their places, that share a stem with these weights, with the cosine; stems that stand
        nearly everywhere count for nothing."""
        products: dict[int, float] = defaultdict(float)
        for word in sorted(weights):
            holders = self._holders[word]
            if len(holders) <= COMMON:
                for other in holders:
                    products[other] += weights[word] * self._rare[word] ** 2
        length = self.length(weights)
        for other in sorted(products):
            yield other, products[other] / (length * self._lengths[other])
