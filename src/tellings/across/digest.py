"""A story in a few sentences, and what is new in it: chosen from the tellings, nothing written.

1. map: the sentences of a telling that can stand in a digest (`sentences_of`).
2. brief: sentences near to what the openings of all independent origins say together, each adding to those before it
   (centroid and maximal marginal relevance: Radev et al. 2004; Carbonell and Goldstein 1998).
3. news: of the tellings since a day, the sentences of which no earlier telling says the greater part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, fsum, log, sqrt

from tellings.across.space import Space, cosine, stems
from tellings.model.records import Telling
from tellings.model.text import Span

#: Words of a sentence that a digest may hold, and the length that reads best.
SHORTEST, LONGEST, GOOD_LENGTH, OFF_LENGTH = 8, 55, 25, 0.3
#: Sentences that open a telling: what it holds to be the news.
OPENING = 4
#: What a sentence is worth that opens no telling, and one that cannot be read by itself, beside one that does.
LATER, LEANS = 0.7, 0.4
#: Cosine from which two sentences say one thing, and what each is worth the less for being like one before.
ALIKE, LIKE_BEFORE = 0.5, 0.8
#: Share of a sentence's words, by their rarity, that one earlier sentence holds, from which it is not new.
KNOWN = 0.5
#: Words of earlier sentences that a new one is compared by: the rarest of its own.
_LOOKED_UP, _HOLDERS = 8, 400
#: The best sentences that are looked at for others of what was chosen.
_SEARCHED = 5000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may stand in a digest; `place` counts the story's sentences of its telling from 0. `leans`: it
    cannot be read by itself; `ahead`: it tells of what is still to come."""

    telling: str
    sentence: Span
    words: tuple[str, ...]
    size: int
    place: int
    told: date | None
    leans: bool
    ahead: bool


@dataclass(frozen=True, slots=True)
class Picked:
    """A sentence of a digest, and those of other tellings that say the same."""

    best: Candidate
    alike: tuple[Candidate, ...]


def sentences_of(telling: Telling, leans: Sequence[bool] | None = None) -> tuple[Candidate, ...]:
    """The sentences of a telling's story paragraphs. `leans` says of each of its sentences whether it cannot be read by
    itself (default: all can)."""
    found = []
    place = 0
    announced = {dating.sentence for dating in telling.datings if dating.status == "announced"}
    told = telling.document.date.value
    for index, sentence in enumerate(telling.sentences):
        block = telling.blocks[sentence.block] if sentence.block < len(telling.blocks) else None
        if block is not None and (not block.story or block.kind in ("headline", "subheading")):
            continue
        span = sentence.span.trimmed(telling.text)
        words = span.of(telling.text)
        size = len(words.split())
        if SHORTEST <= size <= LONGEST and words[-1:] in ".!?”\"’'":
            leaning = bool(leans[index]) if leans is not None else False
            found.append(Candidate(telling.id, span, stems(words), size, place, told, leaning, span in announced))
        place += 1
    return tuple(found)


def brief(told: Sequence[Candidate], most: int, origin_of: Mapping[str, int]) -> tuple[Picked, ...]:
    """Up to `most` sentences that tell the story, the weightiest first."""
    space = _space(told)
    middle: dict[str, float] = defaultdict(float)
    openings: dict[int, list[Candidate]] = defaultdict(list)
    for one in told:
        if one.place < OPENING:
            openings[origin_of.get(one.telling, -1)].append(one)
    for _, group in sorted(openings.items()):
        for one in group:
            for word, value in space.vector(_key(one)).items():
                middle[word] += value / len(group)
    return _picked(told, most, space, middle, origin_of)


def news(told: Sequence[Candidate], since: date, most: int, origin_of: Mapping[str, int]) -> tuple[Picked, ...]:
    """Up to `most` sentences of tellings after `since` of which no telling up to then says the greater part, the
    weightiest first. Tellings without a date are taken for earlier ones."""
    space = _space(told)
    fresh = [one for one in told if one.told is not None and one.told > since]
    index = _Known(space, [one for one in told if one.told is None or one.told <= since])
    new = [one for one in fresh if not index.holds(one)]
    middle: dict[str, float] = defaultdict(float)
    for one in new:
        for word, value in space.vector(_key(one)).items():
            middle[word] += value * (1.0 if one.place < OPENING else LATER)
    return _picked(new, most, space, middle, origin_of)


def _space(told: Sequence[Candidate]) -> Space:
    return Space(((_key(one), one.words) for one in told), more=1)


def _key(one: Candidate) -> tuple[str, Span]:
    return one.telling, one.sentence


class _Known:
    """The earlier sentences, looked up by the rarest words of a new one."""

    def __init__(self, space: Space, earlier: Sequence[Candidate]) -> None:
        self._space, self._earlier = space, [frozenset(one.words) for one in earlier]
        self._ahead = [one.ahead for one in earlier]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._earlier):
            for word in words:
                self._holders[word].append(place)

    def holds(self, one: Candidate) -> bool:
        """Whether one earlier sentence says the greater part of `one`. What was only announced is not known yet."""
        rarity = self._space.rarity
        words = sorted(set(one.words), key=lambda word: (-rarity[word], word))
        whole = fsum(rarity[word] for word in words)
        places = {place for word in words[:_LOOKED_UP] for place in self._holders.get(word, ())[:_HOLDERS]}
        return any(
            fsum(rarity[word] for word in words if word in self._earlier[place]) >= KNOWN * whole
            for place in places
            if one.ahead or not self._ahead[place]
        )


def _picked(
    told: Sequence[Candidate], most: int, space: Space, middle: Mapping[str, float], origin_of: Mapping[str, int]
) -> tuple[Picked, ...]:
    length = sqrt(fsum(value * value for value in middle.values())) or 1.0
    scores: dict[int, float] = {}
    for index, one in enumerate(told):
        near = fsum(value * middle.get(word, 0.0) for word, value in space.vector(_key(one)).items()) / length
        near *= exp(-OFF_LENGTH * abs(log(one.size / GOOD_LENGTH)))
        near *= 1.0 if one.place < OPENING else LATER
        scores[index] = near * (LEANS if one.leans else 1.0)
    order = sorted(scores, key=lambda index: (-scores[index], told[index].telling, told[index].sentence))
    # Only the better half of a large pile is looked at again: a sentence far from the middle is never chosen.
    pool = order[: max(200, 20 * most)]
    rank = {index: place for place, index in enumerate(pool)}
    chosen: list[int] = []
    while pool and len(chosen) < most:
        best = max(
            pool,
            key=lambda index: (
                scores[index] * (1 - LIKE_BEFORE * _nearest(space, told[index], [told[other] for other in chosen])),
                -rank[index],
            ),
        )
        pool.remove(best)
        if _nearest(space, told[best], [told[other] for other in chosen]) < ALIKE:
            chosen.append(best)
    found = []
    for index in chosen:
        mine = space.vector(_key(told[index]))
        alike: dict[str, Candidate] = {}
        for other in order[:_SEARCHED]:
            one = told[other]
            other_telling = one.telling != told[index].telling and one.telling not in alike
            if other_telling and cosine(mine, space.vector(_key(one))) >= ALIKE:
                alike[one.telling] = one
        found.append(Picked(told[index], tuple(alike.values())))
    return tuple(found)


def _nearest(space: Space, one: Candidate, others: Sequence[Candidate]) -> float:
    return max((cosine(space.vector(_key(one)), space.vector(_key(other))) for other in others), default=0.0)
