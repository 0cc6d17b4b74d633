"""The lists and patterns of facts, of one language: the files of the room "fact"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from tellings.language.base import Language
from tellings.model.rules import Asked, Keyed, RuleSet, lowered
from tellings.model.tokens import DIGITS

#: The folder of the rules.
ROOM = "fact"


@dataclass(frozen=True, slots=True, eq=False)
class FactLists:
    """The lists and patterns, each as its file says what it holds; a pattern is compiled when it is first asked for.

    `keyed`: those with their keys. `numeral`: words of which one stands in a sentence that gives any value but
    the day of an event. `signs`: those of currencies and units, one of which stands wherever a figure without a word
    gives a value.
    """

    language: Language
    rules: RuleSet
    words: Mapping[str, frozenset[str]]
    pattern: Mapping[str, re.Pattern[str]]
    keyed: Mapping[str, Keyed]
    numeral: frozenset[str]
    signs: tuple[str, ...]
    possessive_ending: tuple[str, ...]

    def endings(self, name: str) -> tuple[str, ...]:
        """The endings in a list, as `str.endswith` takes them."""
        return tuple(self.rules.meanings(name))

    def meaning(self, name: str, written: str) -> Any:
        """What `written` (as it stands in a text) means in the list `name`."""
        return self.rules.meanings(name)[folded(written)]


def folded(written: str) -> str:
    """Words as lists have them: lower case, single spaces."""
    return " ".join(lowered(written).split())


@cache
def fact_lists(language: Language) -> FactLists:
    """Those of `language`, read once. Raises RuleError where one is missing, and when a pattern is asked for that is
    wrong."""
    rules = language.rules(ROOM)
    keyed = Asked(partial(language.keyed, ROOM))
    return FactLists(
        language,
        rules,
        {name: rules.words(name) for name in rules.lists},
        Asked(partial(language.pattern, ROOM)),
        keyed,
        rules.first_words("number_word").union({DIGITS}, *(keyed[name].keys for name in _OF_NUMBERS)),
        tuple(sorted(set(filter(None, map(_sign, (*rules.words("currency"), *rules.words("plain_unit"))))))),
        tuple(rules.meanings("possessive_ending")),
    )


def _sign(written: str) -> str:
    """A currency or a unit without its letters: "$" of "us$", nothing of "mile"."""
    return "".join(character for character in written if not (character.isalpha() or character.isspace()))


#: The patterns one of which stands in every sentence that gives a value.
_OF_NUMBERS = ("amount", "fraction", "ordinal-of-a-thing", "any-ordinal")
