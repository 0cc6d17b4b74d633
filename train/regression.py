"""A logistic regression with a pull towards zero, for features as numbers; and a calibration of its probabilities.

Newton's method over standardised features (iteratively reweighted least squares: Hastie, Tibshirani and Friedman 2009,
section 4.4.1) on plain lists, so that training needs no library. The same input gives the same weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import sqrt

from tellings.model.regression import logistic

#: Steps of Newton's method, and the change of weights (largest) at which it has ended.
STEPS, ENOUGH = 25, 1e-5
#: A feature that differs in fewer examples than this says nothing.
SEEN = 8
BIAS = "bias"


def fit(examples: Sequence[tuple[Mapping[str, float], bool]], pull: float) -> dict[str, float]:
    """Weights by feature, for features as they are; `pull` is the strength of the prior on standardised weights."""
    seen: dict[str, int] = defaultdict(int)
    total: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(float)
    for found, _ in examples:
        for name, value in found.items():
            if value:
                seen[name] += 1
                total[name] += value
                squares[name] += value * value
    number = len(examples)
    names = sorted(name for name in seen if name != BIAS and seen[name] >= SEEN)
    spread = {name: sqrt(max(squares[name] / number - (total[name] / number) ** 2, 0.0)) for name in names}
    names = [name for name in names if spread[name] > 1e-9]
    at = {name: place for place, name in enumerate(names, start=1)}
    rows = [
        (
            [(0, 1.0), *((at[name], value / spread[name]) for name, value in found.items() if name in at and value)],
            right,
        )
        for found, right in examples
    ]
    size = len(names) + 1
    weights = [0.0] * size
    for _ in range(STEPS):
        slope = [0.0] + [-pull * weight for weight in weights[1:]]
        curve = [[0.0] * size for _ in range(size)]
        for place in range(1, size):
            curve[place][place] = pull
        for row, right in rows:
            score = sum(weights[place] * value for place, value in row)
            chance = logistic(score)
            error, share = right - chance, chance * (1 - chance)
            for place, value in row:
                slope[place] += error * value
                line, part = curve[place], share * value
                for other, beside in row:
                    line[other] += part * beside
        step = _solved(curve, slope)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < ENOUGH:
            break
    found = {name: weights[at[name]] / spread[name] for name in names}
    return {BIAS: weights[0], **found}


def _solved(matrix: list[list[float]], vector: Sequence[float]) -> list[float]:
    """x of matrix · x = vector, for a positive definite matrix (Cholesky)."""
    size = len(vector)
    lower = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            rest = matrix[row][column] - sum(lower[row][k] * lower[column][k] for k in range(column))
            lower[row][column] = sqrt(max(rest, 1e-12)) if row == column else rest / lower[column][column]
    forward = [0.0] * size
    for row in range(size):
        forward[row] = (vector[row] - sum(lower[row][k] * forward[k] for k in range(row))) / lower[row][row]
    found = [0.0] * size
    for row in reversed(range(size)):
        known = sum(lower[k][row] * found[k] for k in range(row + 1, size))
        found[row] = (forward[row] - known) / lower[row][row]
    return found


def calibrated(scores: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and offset that turn scores into probabilities (Platt 1999)."""
    weights = fit([({"score": score}, right) for score, right in scores], 1e-6)
    return weights["score"], weights[BIAS]
