"""The units that numbers of drafts and tellings are told in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tellings.across.checking.locating import ROOM
from tellings.across.checking.sources import language_of_telling
from tellings.across.keys import words
from tellings.language.base import Language
from tellings.model.records import Telling
from tellings.model.text import Span

#: Characters behind a number among which its unit stands, and words behind what multiplies it.
BEHIND, WORDS = 30, 2


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number is told in: the units that may be meant ("pounds" are of weight or of money), none where none is
    told, and what multiplies it."""

    named: frozenset[str]
    times: frozenset[str]

    def is_another(self, other: Unit) -> bool:
        """Whether both are told, and cannot be one."""
        return any(
            bool(mine and theirs) and mine.isdisjoint(theirs)
            for mine, theirs in ((self.named, other.named), (self.times, other.times))
        )

    def __bool__(self) -> bool:
        return bool(self.named or self.times)


def unit_at(telling: Telling, span: Span) -> Unit:
    """What a number is told in: the sign of a currency before it, or a word at its end or behind it."""
    text, language = telling.text, language_of_telling(telling)
    known, by = units(language), magnitudes(language)
    row = [word.normal for word in words(text, (Span(span.start, min(len(text), span.end + BEHIND)),))]
    at = next((at for at, word in enumerate(row) if at and word not in by), len(row))
    signs = text[max(0, span.start - 1) : span.end]
    named = next((each for each in (*signs, *row[: at + WORDS]) if each in known and each not in by), "")
    also = language.rules(ROOM).meanings("also_money").get(named)
    units_named = {known[named]} if named else set()
    return Unit(
        frozenset(units_named | ({str(also)} if also else set())),
        frozenset(known[each] for each in row[:at] if each in by),
    )


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
