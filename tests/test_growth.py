"""No text may take longer than in proportion to its length: repetitions of words, marks, examples, and pairs of them.

`bench/growth.py` tries all of them at full length; here are a few, short. What is compared is processor time of a text
and of a quarter of it, so that a busy machine fails nothing.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import growth
from project import grows_linearly

#: Characters of the shorter text, and how often it goes into the longer one.
SHORT, TIMES = 6_000, 6
#: Differences within so many seconds tell nothing.
NOISE = 0.15
_TRIED = (
    *(
        "J. ",
        "Ana Vell ",
        "Oct. ",
        "5 May ",
        "said ",
        "she said ",
        "the singer ",
        "5 people were killed, ",
        "1 ",
        "a\n",
    ),
    *("say ", "he said she said it said ", "it said that a boat ", "She said say say say. ", "“a b c d e f.”\n"),
    *("Read more\n", "“a ", "“a,” she said. ", "‘a ", "Monday, ", "and that ", "O'Neil ", "Ana: a b c\n", "(", "\n"),
)


@pytest.mark.parametrize("unit", [*_TRIED, *random.Random(7).sample(growth.units(7, 60), 40)])
def test_time_grows_with_the_length(unit: str) -> None:
    short, long = growth.repeated(unit, SHORT), growth.repeated(unit, SHORT * TIMES)
    assert grows_linearly(growth.seconds, short, long, NOISE), repr(unit)


@pytest.mark.parametrize(("words", "text"), growth.mixtures(3, 12, SHORT * TIMES), ids=lambda value: value[:60])
def test_time_grows_with_the_length_of_any_mixture(words: str, text: str) -> None:
    """A few short words of our lists in any order, as no page has them."""
    assert grows_linearly(growth.seconds, text[:SHORT], text, NOISE), words


@pytest.mark.parametrize("sentence", growth.SENTENCES)
def test_time_grows_with_the_length_where_all_names_differ(sentence: str) -> None:
    """Who is meant, or was quoted before, must not be looked for among all."""
    short, long = growth.different(sentence, SHORT), growth.different(sentence, SHORT * TIMES)
    assert grows_linearly(growth.seconds, short, long, NOISE), sentence


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [(r"[ab]", True), (r"a{1,9}b", True), (r"a*b", False)],
)
def test_what_grows_with_the_square_is_noticed(pattern: str, expected: bool) -> None:
    found = re.compile(pattern)
    size = 40_000 if expected else 12_000
    assert grows_linearly(found.findall, "a" * size, "a" * (4 * size)) is expected
