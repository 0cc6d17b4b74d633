"""How well two tellings go together as of one event: a logistic model over nineteen features of two sketches.

After Miranda et al. (2018), whose features are cosines of sparse vectors and nearness in time; weights by
`train/stories.py`, on pairs of the corpora that `Weights.about` names, weighted so that all groups count the same. Its
value is a score, for ranking and thresholds; it is not calibrated on any data.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache
from importlib import resources
from math import fsum, log

import msgspec

from tellings.across.stories.sketch import Sketch, rarity
from tellings.across.word_vectors import cosine
from tellings.model.regression import logistic

NAMES = (
    *("title", "lead", "body", "names", "pairs", "crossed", "numbers", "rarest", "second", "third", "contained"),
    *("days", "dated", "short", "body²", "title²", "body·title", "names·body", "pairs·body"),
)

#: Cosine of all words below which two tellings are unlike without looking further.
FAR = 0.07


class Weights(msgspec.Struct, frozen=True):
    """The model: a bias and a weight for each of `NAMES`."""

    about: str
    bias: float
    weights: tuple[float, ...]


def score_of(a: Sketch, b: Sketch) -> float:
    """The score of a pair; 0 where it is unlike without looking further."""
    common = a.body.keys() & b.body.keys()
    body = fsum([a.body[word] * b.body[word] for word in common])
    return logistic(logit(_features(a, b, common, body))) if body >= FAR else 0.0


def features(a: Sketch, b: Sketch) -> tuple[float, ...]:
    """The features of a pair, in the order of `NAMES`; those of (a, b) are those of (b, a)."""
    return _features(a, b, a.body.keys() & b.body.keys(), cosine(a.body, b.body))


def _features(a: Sketch, b: Sketch, common: Set[str], body: float) -> tuple[float, ...]:
    """The features of a pair whose bodies have the words `common`, and the cosine `body`."""
    title, lead = cosine(a.title, b.title), cosine(a.lead, b.lead)
    names, pairs = cosine(a.names, b.names), cosine(a.pairs, b.pairs)
    crossed = (cosine(a.title, b.body) + cosine(b.title, a.body)) / 2
    fewer = min(len(a.numbers), len(b.numbers))
    numbers = len(a.numbers & b.numbers) / fewer if fewer else 0.0
    rarest, second, third = (*sorted(map(rarity, common), reverse=True)[:3], 0.0, 0.0, 0.0)[:3]
    small, large = (a, b) if a.size <= b.size else (b, a)
    held = fsum([small.body[word] ** 2 for word in common])
    if small.size == large.size:
        held = (held + fsum([large.body[word] ** 2 for word in common])) / 2
    days, dated = 0.0, 0.0
    if a.day is not None and b.day is not None:
        days, dated = log(1 + abs((a.day - b.day).days)), 1.0
    short = log(1 + small.size) / 6
    return (
        *(title, lead, body, names, pairs, crossed, numbers, rarest / 10, second / 10, third / 10, held),
        *(days, dated, short, body * body, title * title, body * title, names * body, pairs * body),
    )


def logit(found: Sequence[float]) -> float:
    """The bias and the weighted features of a pair, summed."""
    model = weights()
    return model.bias + sum([weight * value for weight, value in zip(model.weights, found, strict=True)])


@cache
def weights() -> Weights:
    """The trained model. Raises msgspec.DecodeError where its file is broken."""
    file = resources.files("tellings").joinpath("data", "en", "story", "pairs.json")
    return msgspec.json.decode(file.read_bytes(), type=Weights)
