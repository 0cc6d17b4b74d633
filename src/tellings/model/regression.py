"""Logistic regressions that are shipped as weights by feature: how they are read, and the probabilities they give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp, fsum

import msgspec

#: The score, of either sign, from which more says no more: no power of it overflows.
MOST = 40.0


def logistic(score: float) -> float:
    """The logistic function of a score, from 0 to 1."""
    return 1 / (1 + exp(-max(-MOST, min(MOST, score))))


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability, from 0 to 1, that the weights give to features; one without a weight says nothing."""
    return logistic(fsum([value * weights.get(name, 0.0) for name, value in found.items() if value]))


def softmax(scores: Sequence[float]) -> list[float]:
    """Values from 0 to 1 that sum to 1, one for each score, the order kept; of at least one score."""
    top = max(scores)
    raised = [exp(each - top) for each in scores]
    total = sum(raised)
    return [each / total for each in raised]


@cache
def shipped(language: str, room: str, name: str) -> Mapping[str, float]:
    """The weights by feature of data/`language`/`room`/`name`.json. Raises msgspec.DecodeError where the file is
    broken, FileNotFoundError where there is none."""
    file = resources.files("tellings").joinpath("data", language, room, f"{name}.json")
    return msgspec.json.decode(file.read_bytes(), type=dict[str, float])
