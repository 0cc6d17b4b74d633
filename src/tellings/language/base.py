"""A language as the stages see it: its lexicon, the rules of each room, and patterns that a room asks for by name.

Lists, rules and patterns are files under `data/<code>/`; what no list can say (the order of a date, agreement) is a
small function of the language in a module of this package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from tellings.model import compiled
from tellings.model.rules import LEXICON, Keyed, RuleError, RuleSet, languages, load

__all__ = ["UNDECLARED", "Language", "language_of"]

#: The language of a text that declares none and is too short to show one.
UNDECLARED = "en"
#: Words of so many letters and fewer are taken whole.
SHORTEST_WITH_ENDING = 5


@dataclass(frozen=True, slots=True)
class Language:
    """A language there are rules for. `code` is ISO 639-1.

    Equal and hashable by its code, so that what a room compiles can be kept for each language.
    """

    code: str

    @property
    def lexicon(self) -> RuleSet:
        """The lists that every room has: months, numbers, words of saying, given names, …"""
        return load(self.code, LEXICON)

    def rules(self, room: str) -> RuleSet:
        """The lists and rules of `room`, with the lists of the lexicon.

        Raises:
            RuleError: there is no such folder, or a file in it that cannot be used.
        """
        return load(self.code, room)

    def words(self, room: str, *names: str) -> frozenset[str]:
        """The words of lists of `room`. Raises RuleError, naming the lists there are."""
        return load(self.code, room).words(*names)

    def pattern(self, room: str, name: str) -> re.Pattern[str]:
        """The pattern `name` of `room`, compiled once; without case, unless it says `case = true`.

        Raises:
            RuleError: there is no such pattern, or it is wrong.
        """
        return _pattern(self.code, room, name)

    def keyed(self, room: str, name: str) -> Keyed:
        """The pattern `name` of `room` with the words of its `keys` and `starts`, where "{NAME}" stands for those of a
        list: of each its longest run of letters as a key, its first as a start.

        Raises:
            RuleError: there is no such pattern, or it is wrong, or it has no keys.
        """
        return _keyed(self.code, room, name)

    def stem(self, word: str) -> str:
        """A lower-case word without its ending, where it is long enough to have one: for comparing, not for showing."""
        return _stem(self.code, word)


@cache
def _pattern(code: str, room: str, name: str) -> re.Pattern[str]:
    rules = load(code, room)
    rule = rules.patterns.get(name)
    if rule is None:
        raise RuleError(f"{code}/{room}: no pattern {name!r}; there are: {', '.join(sorted(rules.patterns))}")
    try:
        return compiled.pattern(rules.expand(rule.pattern), 0 if rule.meaning.get("case") else re.IGNORECASE)
    except re.error as error:
        raise RuleError(f"{rule.file}: pattern {name!r}: {error}; mend it") from error


@cache
def _keyed(code: str, room: str, name: str) -> Keyed:
    pattern, rules = _pattern(code, room, name), load(code, room)
    rule = rules.patterns[name]
    starts = _words(rule.meaning.get("starts", ()), rules.first_words)
    keys = _words(rule.meaning.get("keys", ()), rules.telling_words) or starts
    if not keys:
        raise RuleError(f"{rule.file}: pattern {name!r} has no keys; add the words of which it holds one")
    return Keyed(pattern, keys, starts)


def _words(written: Iterable[str], of_list: Callable[[str], frozenset[str]]) -> frozenset[str]:
    """The words `written`, those of a list for "{NAME}"."""
    words: set[str] = set()
    for word in written:
        words.update(of_list(word[1:-1]) if word.startswith("{") else (word,))
    return frozenset(words)


@lru_cache(maxsize=1 << 16)
def _stem(code: str, word: str) -> str:
    if len(word) > SHORTEST_WITH_ENDING:
        for ending in load(code, LEXICON).meanings("ending"):
            if word.endswith(ending):
                return word[: -len(ending)]
    return word


@cache
def language_of(code: str) -> Language:
    """The language `code`.

    Raises:
        KeyError: there are no rules for it; ask `languages` first.
    """
    if code not in languages():
        raise KeyError(f"no rules for language {code!r}; there are: {', '.join(languages())}")
    return Language(code)
