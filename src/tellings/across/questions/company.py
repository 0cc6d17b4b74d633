"""The values of a story beside one another: how alike what stands around two of them is, and what else a telling gives.

What is asked of a value again and again (the words around it, with their weights) is worked out once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import NamedTuple

from tellings.across.questions.answers import Answer, Around, Reading
from tellings.across.questions.sentence_words import rarity
from tellings.language.base import Language

#: How many words off a word says half as much of a value as the one beside it.
HALF = 3.0
#: Words beside a value that are next to it, and near it.
NEXT, NEAR = 3, 6
#: What it is worth beside like words that two values have one noun and scope.
ONE_NOUN = 0.15
#: What it is worth that another telling gives the value itself, and how near it must stand to be of the same thing.
GIVEN, BOTH = 0.1, 0.6


@dataclass(frozen=True, slots=True)
class Bag:
    """Stems with the length of their vector, each weighed by its rarity."""

    stems: frozenset[str]
    length: float


@dataclass(frozen=True, slots=True)
class Profile:
    """What stands around a value: in its sentence, near it, before and after, in the sentences beside; and each stem of
    its sentence weighed by how near it stands."""

    whole: Bag
    near: Bag
    before: Bag
    after: Bag
    beside: Bag
    next: frozenset[str]
    weighed: Mapping[str, float]
    length: float


class Shared(NamedTuple):
    """How alike the words around two values are, from 0 to 1, and how rare the rarest word of both is: those of their
    sentences, near them, right before and right after, and with the sentences beside."""

    whole: float
    rarest: float
    near: float
    rarest_near: float
    before: float
    after: float
    beside: float


_NOTHING = Shared(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


class Company:
    """The readings of a story, and what each telling gives beside a value: of two values of a telling only one can be
    what another telling's value is set beside."""

    def __init__(self, readings: Sequence[Reading], language: Language) -> None:
        self.language = language
        self.rarity = rarity({word for word, _, _ in reading.around.words} for reading in readings)
        self._squares = {word: rarity**2 for word, rarity in self.rarity.items()}
        self._profiles = {id(reading): self._profile(reading.around) for reading in readings}
        #: What each telling gives, by kind and unit, and by its noun.
        self._given: dict[tuple[str, str, str], list[Reading]] = defaultdict(list)
        self._headed: dict[tuple[str, str, str, str], list[Reading]] = defaultdict(list)
        for reading in readings:
            answer = reading.answer
            for telling in sorted(reading.tellings):
                self._given[telling, answer.kind, answer.unit].append(reading)
                self._headed[telling, answer.kind, answer.unit, answer.head].append(reading)
        self._near: dict[tuple[int, int], float] = {}
        self._fits: dict[tuple[int, str], tuple[float, Reading | None, float]] = {}

    def profile(self, reading: Reading) -> Profile:
        """What stands around a reading."""
        return self._profiles[id(reading)]

    def _profile(self, around: Around) -> Profile:
        weighed: dict[str, float] = {}
        for word, off, _ in around.words:
            weight = self.rarity[word] * HALF / (HALF + abs(off) - 1)
            if weight > weighed.get(word, 0.0):
                weighed[word] = weight
        near = [(word, off) for word, off, _ in around.words if abs(off) <= NEAR]
        return Profile(
            self._bag(word for word, _, _ in around.words),
            self._bag(word for word, _ in near),
            self._bag(word for word, off in near if off < 0),
            self._bag(word for word, off in near if off > 0),
            self._bag((*around.beside, *(word for word, _, _ in around.words))),
            frozenset(word for word, off in near if abs(off) <= NEXT),
            weighed,
            sqrt(fsum(value * value for value in weighed.values())),
        )

    def _bag(self, words: Iterable[str]) -> Bag:
        # What stands around no value weighs nothing.
        stems = self._squares.keys() & words
        return Bag(frozenset(stems), sqrt(fsum(map(self._squares.__getitem__, stems))))

    def shared(self, a: Profile, b: Profile) -> Shared:
        """How alike what stands around two values is."""
        beside = a.beside.stems & b.beside.stems
        if not beside:
            return _NOTHING
        # What is near a value stands in its sentence, and what is before it or after it is near it.
        whole = a.whole.stems & b.whole.stems
        near = a.near.stems & b.near.stems if whole else whole
        return Shared(
            self._cosine(a.whole, b.whole, whole),
            self._rarest(whole),
            self._cosine(a.near, b.near, near),
            self._rarest(near),
            self._cosine(a.before, b.before, a.before.stems & b.before.stems) if near else 0.0,
            self._cosine(a.after, b.after, a.after.stems & b.after.stems) if near else 0.0,
            self._cosine(a.beside, b.beside, beside),
        )

    def _cosine(self, a: Bag, b: Bag, both: frozenset[str]) -> float:
        if not both:
            return 0.0
        return fsum(map(self._squares.__getitem__, both)) / (a.length * b.length)

    def _rarest(self, stems: frozenset[str]) -> float:
        return max(map(self.rarity.__getitem__, stems)) if stems else 0.0

    def likeness(self, a: Reading, b: Reading) -> float:
        """How alike the words around two values are, the nearer the heavier, from 0 to 1."""
        key = (id(a), id(b)) if id(a) < id(b) else (id(b), id(a))
        found = self._near.get(key)
        if found is None:
            found = self._near[key] = _likeness(self.profile(a), self.profile(b))
        return found

    def _best(self, a: Reading, telling: str) -> tuple[float, Reading | None, float]:
        """How well the value of a telling fits best where `a` stands, of those of its kind, and which that is; and how
        well the next one does; 0 where none does."""
        key = (id(a), telling)
        found = self._fits.get(key)
        if found is None:
            best = second = 0.0
            first: Reading | None = None
            for c in self._given.get((telling, a.answer.kind, a.answer.unit), ()):
                fit = 0.0 if c is a else self._fit(a, c)
                if fit > best:
                    best, first, second = fit, c, best
                elif fit > second:
                    second = fit
            found = self._fits[key] = best, first, second
        return found

    def _fit(self, a: Reading, c: Reading) -> float:
        """How well a value fits where another stands."""
        one, other = a.answer, c.answer
        fit = self.likeness(a, c)
        return fit + ONE_NOUN if one.head and one.head == other.head and one.scope == other.scope else fit

    def prints(self, telling: str, answer: Answer) -> bool:
        """Whether a telling gives a value for its noun, whatever stands around it."""
        held = self._given.get((telling, answer.kind, answer.unit), ())
        return any(c.answer.head == answer.head and c.answer.stated == answer.stated for c in held)

    def both_give(self, a: Reading, b: Reading) -> bool:
        """Whether the tellings of two values that differ each give the other's too, beside like words: then they are
        of two things."""
        return not a.answer.meets(b.answer) and self.gives(a, b) >= BOTH and self.gives(b, a) >= BOTH

    def nearer(self, a: Reading, b: Reading) -> float:
        """How much better to `a` than `b` another value of `b`'s telling fits; 0 where none does."""
        best, first, second = self._best(a, b.answer.telling)
        return max(0.0, (second if first is b else best) - self._fit(a, b)) if best else 0.0

    def gives(self, a: Reading, b: Reading) -> float:
        """How well a value of `b`'s telling that is the same as `a`'s fits there, 0 where there is none."""
        one = a.answer
        fits = [
            self._fit(a, c)
            for c in self._headed.get((b.answer.telling, one.kind, one.unit, one.head), ())
            if c is not b and c is not a and one.meets(c.answer)
        ]
        best = max(fits, default=0.0)
        return GIVEN + best if best else 0.0


def _likeness(mine: Profile, theirs: Profile) -> float:
    both = mine.whole.stems & theirs.whole.stems
    if not both:
        return 0.0
    one, other = mine.weighed, theirs.weighed
    return fsum([one[word] * other[word] for word in both]) / (mine.length * theirs.length or 1.0)
