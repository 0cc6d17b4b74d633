"""The units that numbers of drafts and tellings are told in."""

from __future__ import annotations

from functools import cache

from tellings.across.checking.sources import language_of_telling
from tellings.across.keys import words
from tellings.language.base import Language
from tellings.model.records import Telling
from tellings.model.text import Span

#: Characters behind a number among which its unit stands.
BEHIND = 14


def unit_at(telling: Telling, span: Span) -> str:
    """The unit that a number is told in: the sign of a currency before it, or the word at its end or behind it; ""
    where there is none."""
    text, known = telling.text, units(language_of_telling(telling))
    before = text[max(0, span.start - 1) : span.end]
    row = [word.normal for word in words(text, (Span(span.start, min(len(text), span.end + BEHIND)),))]
    return next((known[each] for each in (*before, *row) if each in known), "")


@cache
def units(language: Language) -> dict[str, str]:
    """What a number may be told in → its normal form: signs and names of currencies, units, lengths of time, and words
    that multiply it."""
    rules = language.rules("fact")
    lists = ("plain_unit", "currency", "currency_word")
    named = {word: str(unit) for name in lists for word, unit in rules.meanings(name).items()}
    named |= {word: word for name in ("plain_time", "magnitude") for word in rules.meanings(name)}
    return {f"{word}s": unit for word, unit in named.items() if word.isalpha()} | named


@cache
def magnitudes(language: Language) -> dict[str, float]:
    """Words that multiply the number before them → by what."""
    by = language.rules("fact").meanings("magnitude")
    return {each: float(times) for word, times in by.items() for each in (word, f"{word}s")}
