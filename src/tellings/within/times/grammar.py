"""The rules of the room "time", each compiled when it is first tried: which expressions can begin at a word, and how
far they run.

A rule is tried only where its first word stands (`starts`), so that the cost grows with the words
that can begin a time, not with the number of rules. Field names and meanings: head of dates.toml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import Any

from tellings.language.base import Language
from tellings.model import compiled
from tellings.model.rules import Asked, Rule, RuleError, RuleSet, lowered
from tellings.model.tokens import DIGITS

#: The folder of the rules.
ROOM = "time"
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
#: Characters before an expression that its `before` pattern may look at.
REACH = 48
_GROUP = re.compile(r"\(\?P<([a-z_]+\d*)>")
_SLOT = re.compile(r"\{([a-z_]+?)(_plain)?(?:#(\d+))?\}")


@dataclass(frozen=True, eq=False)
class Compiled:
    """A rule ready to match."""

    rule: Rule
    rules: RuleSet
    det: bool
    rank: int
    history: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What it matches, from where it begins. Raises RuleError where that is wrong."""
        return self._made(_told_apart(_expanded(self.rules, self.rule.pattern)))

    @cached_property
    def before(self) -> re.Pattern[str] | None:
        """What must stand before it. Raises RuleError where that is wrong."""
        return self._ending("before")

    @cached_property
    def not_before(self) -> re.Pattern[str] | None:
        """What must not stand before it. Raises RuleError where that is wrong."""
        return self._ending("not_before")

    def _ending(self, name: str) -> re.Pattern[str] | None:
        pattern = self.rule.meaning.get(name)
        if pattern is None:
            return None
        return self._made(rf"(?:{_expanded(self.rules, pattern.removesuffix('$'))})\Z")

    def _made(self, pattern: str) -> re.Pattern[str]:
        try:
            return compiled.pattern(pattern, re.IGNORECASE)
        except re.error as error:
            raise RuleError(f"{self.rule.file}: rule {self.rule.name!r}: {error}; mend its pattern") from error

    def allows(self, text: str, found: re.Match[str]) -> bool:
        """Whether what the pattern has found is an expression: it is not empty, and the characters before allow it."""
        start, end = found.span()
        if end == start:
            return False
        if self.before is not None or self.not_before is not None:
            reach = text[max(0, start - REACH) : start]
            if self.before is not None and not self.before.search(reach):
                return False
            if self.not_before is not None and self.not_before.search(reach):
                return False
        return True


Tries = tuple[tuple[Callable[[str, int, int], re.Match[str] | None], Compiled], ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules of a language by the first word they can begin with (`starts`: those words), each with what tries its
    pattern at a place, made when the word first stands in a text; those of `after_length`, which begin with one of
    `lengths_start`, only where a length of time (`length_opening`) begins, which is looked for once. `rules` has the
    lists."""

    rules: RuleSet
    by_start: Asked[Tries]
    after_length: Asked[Tries]
    lengths_start: frozenset[str]
    starts: frozenset[str]
    length_opening: re.Pattern[str]
    year_ahead: re.Pattern[str]
    length_of_several: re.Pattern[str]
    needs_capital: frozenset[str]
    name_month: frozenset[str]
    numbers: Mapping[str, int]
    patterns: Mapping[str, re.Pattern[str]]
    _lists: dict[str, Mapping[str, Any]] = field(default_factory=dict, repr=False, compare=False)

    def meaning(self, list_name: str, word: str) -> Any:
        """What `word` (as it stands in a text) means in list `list_name`."""
        return self._folded(list_name)[fold(word)]

    def known(self, list_name: str, word: str) -> Any | None:
        """What `word` means in list `list_name`, `None` where it does not stand there."""
        return self._folded(list_name).get(fold(word))

    def holds(self, list_name: str, word: str) -> bool:
        """Whether `word` stands in list `list_name`."""
        return fold(word) in self._folded(list_name)

    def pattern(self, name: str) -> re.Pattern[str]:
        """A pattern of the room, by its name."""
        return self.patterns[name]

    def _folded(self, list_name: str) -> Mapping[str, Any]:
        found = self._lists.get(list_name)
        if found is None:
            meanings = self.rules.meanings(list_name)
            found = self._lists[list_name] = {fold(word): value for word, value in meanings.items()}
        return found


def fold(word: str) -> str:
    """`word` as lists have it: lower case, straight apostrophes, single spaces."""
    return " ".join(lowered(word).replace("’", "'").replace("-", " ").split())


@cache
def grammar(language: Language) -> Grammar:
    """The grammar of `language`. Raises RuleError where there is none."""
    rules = language.rules(ROOM)
    by_start: dict[str, list[Compiled]] = {}
    after_length: dict[str, list[Compiled]] = {}
    for rule in rules.rules:
        if rule.meaning.get("room") == "parts":  # of the room that tells parts apart
            continue
        made = _compiled(rules, rule)
        for key in _start_keys(rules, rule):
            (after_length if rule.meaning.get("opening") else by_start).setdefault(key, []).append(made)

    def macro(name: str) -> re.Pattern[str]:
        return compiled.pattern(_told_apart(_expanded(rules, str(rules.meanings("macro")[name]))), re.IGNORECASE)

    return Grammar(
        rules,
        Asked(partial(_tries, by_start)),
        Asked(partial(_tries, after_length)),
        frozenset(after_length),
        frozenset(by_start) | frozenset(after_length),
        macro("length_opening"),
        macro("year_ahead"),
        macro("length_of_several"),
        frozenset(rules.words("needs_capital")),
        frozenset(rules.words("name_month")),
        {**rules.meanings("number_word"), **rules.meanings("number_scale")},
        Asked(partial(language.pattern, ROOM)),
    )


def _tries(by_start: Mapping[str, list[Compiled]], word: str) -> Tries:
    return tuple((each.pattern.match, each) for each in sorted(by_start.get(word, ()), key=lambda each: each.rank))


def _compiled(rules: RuleSet, rule: Rule) -> Compiled:
    return Compiled(
        rule,
        rules,
        bool(rule.meaning.get("det", False)),
        int(rule.meaning.get("rank", 0 if rule.meaning["meaning"] == "none" else 5)),
        bool(rule.meaning.get("history", False)),
    )


def _expanded(rules: RuleSet, pattern: str) -> str:
    """`pattern` with its slots filled; see `[lists.macro]` and `[lists.phrase]` for those that are no lists."""
    macros, phrases = rules.meanings("macro"), rules.meanings("phrase")

    def slot(match: re.Match[str]) -> str:
        name, plain, number = match.group(1), match.group(2), match.group(3)
        if name in phrases:
            return _expanded(rules, str(phrases[name]))
        inner = _expanded(rules, str(macros[name])) if name in macros else rf"(?:{rules.alternatives(name)})(?!\w)"
        return f"(?:{inner})" if plain else f"(?P<{name}{'_' + number if number else ''}>{inner})"

    return _SLOT.sub(slot, pattern)


def _told_apart(pattern: str) -> str:
    """`pattern` with repeated group names numbered: alternatives may each have a {weekday}."""
    seen: dict[str, int] = {}

    def named(match: re.Match[str]) -> str:
        name = match.group(1)
        seen[name] = seen.get(name, 0) + 1
        return match.group() if seen[name] == 1 else f"(?P<{name}__{seen[name]}>"

    return _GROUP.sub(named, pattern)


def slots(match: re.Match[str]) -> dict[str, str]:
    """The slots of a match that are filled, by name."""
    return {name.partition("__")[0]: value for name, value in match.groupdict().items() if value is not None}


def _start_keys(rules: RuleSet, rule: Rule) -> set[str]:
    keys = set()
    for start in rule.meaning["starts"]:
        words = rules.words(start[1:-1]) if start.startswith("{") else [start]
        for word in words:
            token = _TOKEN.match(word)
            keys.add(DIGITS if word.startswith(DIGITS) or token is None or token[0][0].isdigit() else token[0].lower())
    return keys
