"""How likely it is that a sentence tells a head fact of its story: features for a logistic regression.

A head fact is what belongs in the first paragraph of any summary. Sentences that tell one stand near the top, are near
to what all open with, are echoed by other origins, and use the words that many of them use. The weights are trained by
train/events.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import fsum, log, log1p
from typing import Protocol

from tellings.across.word_vectors import Neighbours, Space, Vector, cosine, stems
from tellings.language.base import UNDECLARED
from tellings.model.records import Place
from tellings.model.regression import probability, shipped

#: Cosine from which a sentence echoes another, and from which it says much of what that one says.
ECHOES, SAYS_MUCH = 0.2, 0.3


class Sentence(Protocol):
    """What the likelihood of a sentence is read from."""

    @property
    def place(self) -> Place:
        """Where it stands."""

    @property
    def telling(self) -> str:
        """The id of its telling."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its words that say something."""

    @property
    def figures(self) -> int:
        """How many figures it has."""

    @property
    def size(self) -> int:
        """Its words."""

    @property
    def number(self) -> int:
        """The sentences of its telling's story before it."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of happening that it tells."""

    @property
    def opens(self) -> bool:
        """Whether it is among those that open its telling."""

    @property
    def leans(self) -> bool:
        """Whether it cannot be read by itself."""


def features(
    told: Sequence[Sentence],
    space: Space,
    near: Sequence[float],
    origin_of: Mapping[str, int],
    headlines: Mapping[str, str],
    weighty: Sequence[float],
) -> list[dict[str, float]]:
    """What speaks for each sentence. `near`: the cosine of each with what the openings of all origins say together;
    `headlines`: those of the tellings; `weighty`: how likely an event that each tells is one of weight."""
    of_origin: dict[int, list[Vector]] = defaultdict(list)
    for telling, headline in sorted(headlines.items()):
        of_origin[origin_of[telling]].append(space.of(stems(headline)))
    others = max(1, len(set(origin_of.values())) - 1)
    users = users_of(told, origin_of)
    vectors = [space.vector(one.place) for one in told]
    neighbours = Neighbours(vectors)
    found = []
    for place, one in enumerate(told):
        echo: dict[int, float] = {}
        for other in neighbours.near(vectors[place], ECHOES):
            origin = origin_of[told[other].telling]
            if origin != origin_of[one.telling]:
                echo[origin] = max(cosine(vectors[place], vectors[other]), echo.get(origin, 0.0))
        own = origin_of[one.telling]
        headed = {
            origin: max(cosine(vectors[place], headline) for headline in each) for origin, each in of_origin.items()
        }
        of_its_own = headed.pop(own, 0.0)
        words: Collection[str] = set(one.words)
        count = max(1, len(words))
        found.append(
            {
                "bias": 1.0,
                "position": log1p(one.number),
                "opens_it": float(one.number == 0),
                "opens": float(one.opens),
                "centrality": near[place],
                "echo": fsum(sorted(echo.values())) / others,
                "said_elsewhere": sum(value >= SAYS_MUCH for value in echo.values()) / others,
                "headline": max(headed.values(), default=0.0),
                "headlines": fsum(sorted(headed.values())) / max(1, len(headed)),
                "own_headline": of_its_own,
                "weighty": weighty[place],
                "happens": log1p(len(one.kinds)),
                "size": log(max(1, one.size)),
                "figures": log1p(one.figures),
                "leans": float(one.leans),
                "known": sum(len(users[word]) > 1 for word in words) / count,
                "used": sum(len(users[word]) for word in words) / (count * (others + 1)),
            }
        )
    return found


def users_of(told: Iterable[Sentence], origin_of: Mapping[str, int]) -> Mapping[str, set[int]]:
    """Word → the origins that use it."""
    users: dict[str, set[int]] = defaultdict(set)
    for one in told:
        for word in one.words:
            users[word].add(origin_of[one.telling])
    return users


def head_facts(
    found: Mapping[str, float], heads: Mapping[str, float] | None, several: Mapping[str, float] | None
) -> float:
    """How many head facts a sentence probably tells: that it tells one, and that it tells another."""
    heads = heads or shipped(UNDECLARED, "timeline", "heads")
    several = several or shipped(UNDECLARED, "timeline", "more_heads")
    return probability(found, heads) + probability(found, several)
