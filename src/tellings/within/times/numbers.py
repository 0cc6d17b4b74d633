"""Counts in figures and words: "21", "2,000", "2 1/2", "twenty-one", "two and a half"."""

from __future__ import annotations

import re

from tellings.model.rules import lowered
from tellings.within.times.grammar import Grammar

_FRACTION = re.compile(r"(?:\s+([1-9])/([1-9])|([½¼¾]))$")
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def count(written: str, grammar: Grammar) -> float | None:
    """The number that `written` gives in the words of `grammar`; `None` where it is none."""
    words, joins = grammar.numbers, grammar.rules.words("number_join")
    extra = 0.0
    written = lowered(written.strip())
    if half := grammar.pattern("and-a-half").search(written):
        written, extra = written[: half.start()], 0.5
    if fraction := _FRACTION.search(written):
        extra += _SIGNS[fraction[3]] if fraction[3] else int(fraction[1]) / int(fraction[2])
        written = written[: fraction.start()]
    if written[:1].isdigit():
        try:
            return float(written.replace(",", "")) + extra
        except ValueError:
            return None
    total = current = 0
    for word in _WORD.findall(written):
        if word in joins:  # "a hundred and ten"
            continue
        if word not in words:
            return None
        value = words[word]
        if value >= 100:
            current = max(current, 1) * value
            if value >= 1000:
                total, current = total + current, 0
        else:
            current += value
    return total + current + extra


def shown(number: float) -> str:
    """`number` without a needless ".0"."""
    return str(int(number)) if number == int(number) else f"{number:g}"
