"""How likely it is that two values answer one question: features of the pair, for a logistic regression.

What a value is of is said by the words around it, the nearer the more; whether two are of one thing is not seen in the
values themselves but for their size. The weights are trained by train/questions.py on stories whose questions were
noted by reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp, log, log1p, sqrt

import msgspec

from tellings.across.questions.answers import ROOM, Answer, Around, Reading, rarity
from tellings.language.base import Language

#: How many words off a word says half as much of a value as the one beside it.
HALF = 3.0
#: Words that stand right beside a value.
NEXT = 3
#: Sentences that open a telling.
LEAD = 3
#: How near another telling must give a value to give it for the same thing.
BOTH = 0.6
Rarity = Mapping[str, float]


class Company:
    """The readings of a story, and what each telling gives beside a value: of two values of a telling only one can be
    what another telling's value is set beside."""

    def __init__(self, readings: Sequence[Reading], language: Language) -> None:
        self.language = language
        self.rarity = rarity(reading.around for reading in readings)
        self._given: dict[tuple[str, str, str], list[Reading]] = defaultdict(list)
        for reading in readings:
            for telling in sorted(reading.tellings):
                self._given[telling, reading.answer.kind, reading.answer.unit].append(reading)
        self._near: dict[tuple[int, int], float] = {}

    def beside(self, reading: Reading, telling: str) -> Sequence[Reading]:
        """The values of a telling that can be set beside a reading's: of its kind."""
        return self._given.get((telling, reading.answer.kind, reading.answer.unit), ())

    def near(self, a: Reading, b: Reading) -> float:
        """How alike the words right around two values are, from 0 to 1."""
        key = (id(a), id(b)) if id(a) < id(b) else (id(b), id(a))
        found = self._near.get(key)
        if found is None:
            found = self._near[key] = _near_cosine(a.around, b.around, self.rarity) + (
                0.15 if a.answer.head and (a.answer.head, a.answer.scope) == (b.answer.head, b.answer.scope) else 0.0
            )
        return found

    def both_give(self, a: Reading, b: Reading) -> bool:
        """Whether the tellings of two values that differ each give the other's too, beside like words: then they are
        of two things."""
        return not a.answer.meets(b.answer) and min(self.gives(a, b), self.gives(b, a)) >= BOTH

    def nearer(self, a: Reading, b: Reading) -> float:
        """How much nearer to `a` than `b` another value of `b`'s telling is; 0 where none is."""
        here = self.near(a, b)
        others = (self.near(a, c) for c in self.beside(a, b.answer.telling) if c is not b)
        return max(0.0, max(others, default=0.0) - here)

    def gives(self, a: Reading, b: Reading) -> float:
        """How near to `a` a value of `b`'s telling stands that is the same as `a`'s, 0 where there is none."""
        return max(
            (
                0.1 + self.near(a, c)
                for c in self.beside(a, b.answer.telling)
                if c is not b and c.answer.head == a.answer.head and a.answer.meets(c.answer)
            ),
            default=0.0,
        )


def features(a: Reading, b: Reading, company: Company) -> dict[str, float]:
    """What speaks for and against that two readings of one kind answer one question; the order does not matter."""
    one, other = a.answer, b.answer
    rarity = company.rarity
    mine, theirs = a.around, b.around
    kind = one.kind
    near = _near_cosine(mine, theirs, rarity)
    whole = _cosine(_all(mine), _all(theirs), rarity)
    found = {
        "bias": 1.0,
        kind: 1.0,
        "words_near": near,
        "words_whole": whole,
        "words_next": _cosine(_next(mine), _next(theirs), rarity),
        "words_before": _cosine(_next(mine, before=True), _next(theirs, before=True), rarity),
        "words_after": _cosine(_next(mine, after=True), _next(theirs, after=True), rarity),
        "words_beside": _cosine(mine.beside | _all(mine), theirs.beside | _all(theirs), rarity),
        "rarest_shared": max((rarity.get(word, 0.0) for word in _all(mine) & _all(theirs)), default=0.0) / 5,
        "rarest_shared_near": max((rarity.get(word, 0.0) for word in _close(mine) & _close(theirs)), default=0.0) / 5,
    }
    found["near_" + kind] = near
    if one.head and other.head:
        same = one.head == other.head
        of_head = "head_same" if same else "head_other"
        found[of_head] = 1.0
        if kind in ("count", "money", "measure", "duration"):
            found[f"{of_head}_{kind}"] = 1.0
        if not same and (one.head in _stems_near(theirs) or other.head in _stems_near(mine)):
            found["head_beside"] = 1.0
    if mine.names and theirs.names:
        shared = mine.names & theirs.names
        found["names"] = len(shared) / sqrt(len(mine.names) * len(theirs.names))
        if not shared:
            found["names_other"] = 1.0
    if one.person is not None and other.person is not None:
        found["person_same" if one.person == other.person else "person_other"] = 1.0
    elif one.person is not None or other.person is not None:
        found["one_person"] = 1.0
    if one.scope and other.scope:
        found["scope_same" if one.scope == other.scope else "scope_other"] = 1.0
    elif one.scope or other.scope:
        found["one_scope"] = 1.0
    if not one.meets(other):
        gives = sorted((company.gives(a, b), company.gives(b, a)))
        found["gives_both"], found["gives_one"] = gives
        nearer = sorted((company.nearer(a, b), company.nearer(b, a)))
        found["nearer_both"], found["nearer_one"] = nearer
        if nearer == [0.0, 0.0]:
            found["nearest"] = 1.0
    found["senses_shared"] = min(3, len(mine.senses & theirs.senses)) / 3
    found["senses_apart"] = min(3, len(mine.senses ^ theirs.senses)) / 3
    if _opposed(mine.senses, theirs.senses, company.language):
        found["senses_opposed"] = 1.0
    if mine.denied != theirs.denied:
        found["one_denied"] = 1.0
    if kind == "clock":
        found.pop(kind)  # too few were read to learn what goes for them alone
    found.update(_meeting(one, other) if one.meets(other) else _sizes(one.low, one.high, other.low, other.high, kind))
    if one.bound != "exact" or other.bound != "exact":
        found["bounded"] = 1.0
    if a.tellings & b.tellings:
        found["one_telling"] = 1.0
        if abs(one.number - other.number) == 0:
            found["one_sentence"] = 1.0
    lead = (one.number < LEAD) + (other.number < LEAD)
    found[f"lead_{lead}"] = 1.0
    if (one.quote is None) != (other.quote is None):
        found["one_quoted"] = 1.0
    return found


def _opposed(mine: frozenset[str], theirs: frozenset[str], language: Language) -> bool:
    """Whether the words beside one value say the opposite of those beside the other ("rose", "fell")."""
    return any(
        {a, b} & mine and {a, b} & theirs and not {a, b} & mine & theirs
        for a, b in language.rules(ROOM).meanings("opposite").items()
    )


def _meeting(one: Answer, other: Answer) -> dict[str, float]:
    """How near two values are that one number satisfies: what is open to one side meets too much."""
    if (one.low, one.high) == (other.low, other.high):
        return {"size_equal": 1.0}
    small, large = sorted((one.stated, other.stated))
    near = small > 0 and large <= 1.25 * small
    return {"size_meets_near" if near or one.kind in ("date", "clock") else "size_meets_far": 1.0}


def _sizes(low: float, high: float, other_low: float, other_high: float, kind: str) -> dict[str, float]:
    """How far two values are apart."""
    if kind in ("date", "clock"):
        gap = max(other_low - high, low - other_high)
        return {"gap": min(log1p(gap), 6.0) / 6} if kind == "date" else {}
    ones, others = _middle(low, high), _middle(other_low, other_high)
    small, large = sorted((ones, others))
    ratio = log((large + 1e-9) / (small + 1e-9)) if small > 0 else 5.0
    found = {"ratio": min(ratio, 5.0) / 5}
    if ratio < 0.3:
        found["size_near"] = 1.0
    if small < 10 and kind == "count":
        found["size_small"] = 1.0
    return found


def _middle(low: float, high: float) -> float:
    return low if high == float("inf") else high if low == 0 else (low + high) / 2


def _all(around: Around) -> frozenset[str]:
    return frozenset(word for word, _, _ in around.words)


def _close(around: Around) -> frozenset[str]:
    return frozenset(word for word, off, _ in around.words if abs(off) <= 2 * NEXT)


def _stems_near(around: Around) -> frozenset[str]:
    return frozenset(word for word, off, _ in around.words if abs(off) <= NEXT)


def _next(around: Around, *, before: bool = False, after: bool = False) -> frozenset[str]:
    return frozenset(
        word
        for word, off, _ in around.words
        if abs(off) <= 2 * NEXT and not (before and off > 0) and not (after and off < 0)
    )


def _near_cosine(a: Around, b: Around, rarity: Rarity) -> float:
    """The cosine of the words around two values, the nearer the heavier."""
    mine, theirs = _weighed(a, rarity), _weighed(b, rarity)
    product = sum(value * theirs[word] for word, value in sorted(mine.items()) if word in theirs)
    return product / (_length(mine.values()) * _length(theirs.values()) or 1.0)


def _weighed(around: Around, rarity: Rarity) -> dict[str, float]:
    found: dict[str, float] = {}
    for word, off, _ in around.words:
        weight = rarity.get(word, 0.0) * HALF / (HALF + abs(off) - 1)
        if weight > found.get(word, 0.0):
            found[word] = weight
    return found


def _cosine(a: frozenset[str], b: frozenset[str], rarity: Rarity) -> float:
    if not a or not b:
        return 0.0
    product = sum(rarity.get(word, 0.0) ** 2 for word in sorted(a & b))
    return product / (
        _length(rarity.get(w, 0.0) for w in sorted(a)) * _length(rarity.get(w, 0.0) for w in sorted(b)) or 1.0
    )


def _length(values: Iterable[float]) -> float:
    return sqrt(sum(value * value for value in values))


@cache
def weights(language: Language) -> Mapping[str, float]:
    """The trained weights by feature. Raises msgspec.DecodeError where the file is broken."""
    file = resources.files("tellings").joinpath("data", language.code, "question", "pairs.json")
    return dict(msgspec.json.decode(file.read_bytes(), type=dict[str, float]))


def probability(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """From 0 to 1."""
    score = sum(weights.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + exp(-score))
