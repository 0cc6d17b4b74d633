"""Which sentence tells an event best, and which event a day: the one nearest to what all of a theme say together.

The centroid of the sentences of a day goes back to Ghalandari and Ifrim 2020, "Examining the state-of-the-art in news
timeline summarization".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import exp, fsum, log

from tellings.across.chronology.likeness import Words
from tellings.across.chronology.statements import Statement

#: Words of a sentence that reads best in a timeline, and how much others cost.
GOOD_LENGTH, OFF_LENGTH = 25, 0.2


def best_first(told: Sequence[Statement], words: Words) -> list[Statement]:
    """The sentences that say most of what all of `told` say first, those read by themselves before others."""
    vectors = [words.sentence(one) for one in told]
    parts: dict[str, list[float]] = defaultdict(list)
    for vector in vectors:
        for word, value in vector.items():
            parts[word].append(value)
    # Exact sums do not hang on the order of the statements.
    middle = {word: fsum(values) for word, values in parts.items()}
    scores = []
    for place, (one, vector) in enumerate(zip(told, vectors, strict=True)):
        near = fsum(value * middle[word] for word, value in vector.items())
        length = exp(-OFF_LENGTH * abs(log(max(one.size, 1) / GOOD_LENGTH)))
        scores.append((one.leans, -near * length, one.place, one.vector_words, place))
    return [told[place] for *_, place in sorted(scores)]
