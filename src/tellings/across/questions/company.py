"""The values of a story beside one another: how alike what stands around two of them is, and what else a telling gives.

What is asked of a value again and again (the words around it, with their weights) is worked out once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

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


class Company:
    """The readings of a story, and what each telling gives beside a value: of two values of a telling only one can be
    what another telling's value is set beside."""

    def __init__(self, readings: Sequence[Reading], language: Language) -> None:
        self.language = language
        self.rarity = rarity({word for word, _, _ in reading.around.words} for reading in readings)
        self._squares = {word: rarity**2 for word, rarity in self.rarity.items()}
        self._profiles = {id(reading): self._profile(reading.around) for reading in readings}
        self._given: dict[tuple[str, str, str], list[tuple[Reading, Profile]]] = defaultdict(list)
        for reading in readings:
            answer, given = reading.answer, (reading, self.profile(reading))
            for telling in sorted(reading.tellings):
                self._given[telling, answer.kind, answer.unit].append(given)
        self._near: dict[tuple[int, int], float] = {}
        self._gives: dict[tuple[int, int], float] = {}
        self._fits: dict[tuple[int, str], tuple[tuple[float, Reading], ...]] = {}

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

    def cosine(self, a: Bag, b: Bag) -> float:
        """How alike two sets of stems are, from 0 to 1."""
        return self._cosine(a, b, a.stems & b.stems)

    def shared(self, a: Bag, b: Bag) -> tuple[float, float]:
        """How alike two sets of stems are, from 0 to 1, and how rare the rarest stem of both is."""
        both = a.stems & b.stems
        return self._cosine(a, b, both), max(map(self.rarity.__getitem__, both), default=0.0)

    def _cosine(self, a: Bag, b: Bag, both: frozenset[str]) -> float:
        if not both or not a.length or not b.length:
            return 0.0
        return fsum(map(self._squares.__getitem__, both)) / (a.length * b.length)

    def likeness(self, a: Reading, b: Reading) -> float:
        """How alike the words around two values are, the nearer the heavier, from 0 to 1."""
        key = (id(a), id(b)) if id(a) < id(b) else (id(b), id(a))
        found = self._near.get(key)
        if found is None:
            found = self._near[key] = _likeness(self.profile(a), self.profile(b))
        return found

    def _fitting(self, a: Reading, telling: str) -> tuple[tuple[float, Reading], ...]:
        """The values of a telling of the kind of `a` that fit where `a` stands, with how well, the best first."""
        key = (id(a), telling)
        found = self._fits.get(key)
        if found is None:
            one, mine, me, near = a.answer, self.profile(a), id(a), self._near
            head, scope = one.head, one.scope
            fits: list[tuple[float, Reading]] = []
            for c, theirs in self._given.get((telling, one.kind, one.unit), ()):
                if c is a:
                    continue
                both = (me, id(c)) if me < id(c) else (id(c), me)
                fit = near.get(both)
                if fit is None:
                    fit = near[both] = _likeness(mine, theirs)
                if head and head == c.answer.head and scope == c.answer.scope:
                    fit += ONE_NOUN
                if fit:
                    fits.append((fit, c))
            found = self._fits[key] = tuple(sorted(fits, key=lambda each: -each[0]))
        return found

    def prints(self, telling: str, answer: Answer) -> bool:
        """Whether a telling gives a value for its noun, whatever stands around it."""
        held = self._given.get((telling, answer.kind, answer.unit), ())
        return any(c.answer.head == answer.head and c.answer.stated == answer.stated for c, _ in held)

    def both_give(self, a: Reading, b: Reading) -> bool:
        """Whether the tellings of two values that differ each give the other's too, beside like words: then they are
        of two things."""
        return not a.answer.meets(b.answer) and self.gives(a, b) >= BOTH and self.gives(b, a) >= BOTH

    def nearer(self, a: Reading, b: Reading) -> float:
        """How much better to `a` than `b` another value of `b`'s telling fits; 0 where none does."""
        here = best = 0.0
        for fit, c in self._fitting(a, b.answer.telling):
            if c is b:
                here = fit
            elif not best:
                best = fit
        return max(0.0, best - here)

    def gives(self, a: Reading, b: Reading) -> float:
        """How well a value of `b`'s telling that is the same as `a`'s fits there, 0 where there is none."""
        key = (id(a), id(b))
        found = self._gives.get(key)
        if found is None:
            one, found = a.answer, 0.0
            for fit, c in self._fitting(a, b.answer.telling):
                other = c.places[0]
                if other.head == one.head and c is not b and one.meets(other):
                    found = GIVEN + fit
                    break
            self._gives[key] = found
        return found


def _likeness(mine: Profile, theirs: Profile) -> float:
    both = mine.whole.stems & theirs.whole.stems
    if not both:
        return 0.0
    one, other = mine.weighed, theirs.weighed
    return fsum([one[word] * other[word] for word in both]) / (mine.length * theirs.length or 1.0)
