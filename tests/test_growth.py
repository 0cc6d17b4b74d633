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
    *("Read more\n", "“a ", "“a,” she said. ", "‘a ", "Monday, ", "and that ", "O'Neil ", "Ana: a b c\n", "(", "\n"),
)


@pytest.mark.parametrize("unit", [*_TRIED, *random.Random(7).sample(growth.units(7, 60), 40)])
def test_time_grows_with_the_length(unit: str) -> None:
    short, long = growth.repeated(unit, SHORT), growth.repeated(unit, SHORT * TIMES)
    assert grows_linearly(growth.seconds, short, long, NOISE), repr(unit)


def test_many_names_take_time_in_proportion() -> None:
    """Names all different, each met again by its last word: who is meant must not be looked for among all."""

    def text(count: int) -> str:
        names = [("Abel Kor" + "aeiou"[n % 5] + "bdfgklmnprst"[n // 5 % 12] * (1 + n // 60)) for n in range(count)]
        return "".join(f"{name} spoke. She left {name.split()[1]}. " for name in names)

    assert grows_linearly(growth.seconds, text(60), text(60 * TIMES), NOISE)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [(r"[ab]", True), (r"a{1,9}b", True), (r"a*b", False)],
)
def test_what_grows_with_the_square_is_noticed(pattern: str, expected: bool) -> None:
    found = re.compile(pattern)
    size = 40_000 if expected else 12_000
    assert grows_linearly(found.findall, "a" * size, "a" * (4 * size)) is expected
