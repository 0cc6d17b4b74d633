"""The residue rules, compiled when they are tried first: most whole-line rules as one pattern, others one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import cast

from tellings.language.base import Language
from tellings.model.records import BlockKind
from tellings.model.rules import Rule

#: The folder of the rules.
ROOM = "residue"
#: Longest line a whole-line rule looks at (characters), and longest for rules marked `long`.
LONGEST_LINE, LONGEST_BLOCK = 400, 6000


@dataclass(frozen=True, eq=False)
class Triggered:
    """A rule that is tried only where one of its trigger words stands; where it has none, everywhere. `ending` stands
    behind its pattern."""

    rule: Rule
    language: Language
    ending: str = ""

    @cached_property
    def triggers(self) -> tuple[str, ...]:
        """The words of which whatever it matches holds one."""
        return _triggers(self.rule)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What it matches."""
        return re.compile(pattern_of(self.rule, self.language) + self.ending)


@dataclass(frozen=True, eq=False)
class LineRules:
    """Rules for whole lines: most as one alternation, whose groups tell which rule matched.

    `triggered` are rules that cost more than a look for one of their trigger words (lower case).
    """

    language: Language
    rules: dict[str, Rule]
    triggered: tuple[Triggered, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """The alternation; `None` where there are none of its rules."""
        parts = [f"(?P<{group}>{pattern_of(rule, self.language, group)})" for group, rule in self.rules.items()]
        return re.compile("|".join(parts)) if parts else None

    @cached_property
    def _by_trigger(self) -> tuple[tuple[str, Triggered], ...]:
        return tuple((word, each) for each in self.triggered for word in each.triggers)

    def find(self, line: str) -> Rule | None:
        """The rule that matches all of `line`, if one does."""
        if self.pattern and (match := self.pattern.fullmatch(line)):
            return next(rule for group, rule in self.rules.items() if match[group] is not None)
        lower = line.lower()
        for each in dict.fromkeys([each for word, each in self._by_trigger if word in lower]):
            if each.pattern.fullmatch(line):
                return each.rule
        return None


@dataclass(frozen=True, eq=False)
class InlineRule(Triggered):
    """A rule for a stretch inside a paragraph; its group `residue` is what is cut off."""

    early: bool = False
    first: bool = False


def kind_of(rule: Rule) -> BlockKind:
    """The kind of block a residue rule names."""
    return cast(BlockKind, rule.meaning["kind"])


@cache
def line_rules(language: Language, scope: str, *, long: bool = False) -> LineRules:
    """The rules for whole lines of a scope: "line" anywhere, "head" among the first lines only.

    `long` takes only the rules that also hold for long lines.
    """
    chosen = [
        rule
        for rule in language.rules(ROOM).rules
        if rule.meaning.get("scope") == scope and (not long or rule.meaning.get("long"))
    ]
    named = {f"rule{number}": rule for number, rule in enumerate(chosen) if not _triggers(rule)}
    return LineRules(language, named, tuple(Triggered(rule, language) for rule in chosen if _triggers(rule)))


@cache
def inline_rules(language: Language, scope: str) -> tuple[InlineRule, ...]:
    """The rules for stretches inside paragraphs: "start", "inside", "end" or "caption"."""
    return tuple(
        InlineRule(
            rule,
            language,
            r"\s*\Z" if scope in ("end", "caption") else "",
            bool(rule.meaning.get("early")),
            bool(rule.meaning.get("first")),
        )
        for rule in language.rules(ROOM).rules
        if rule.meaning.get("scope") == scope
    )


@cache
def words_pattern(language: Language, name: str) -> re.Pattern[str]:
    """Any word of a list, as a whole word, without case."""
    return re.compile(rf"\b(?:{language.rules(ROOM).alternatives(name)})\b", re.IGNORECASE)


def _triggers(rule: Rule) -> tuple[str, ...]:
    return tuple(filter(None, str(rule.meaning.get("trigger", "")).split("|")))


def pattern_of(rule: Rule, language: Language, prefix: str = "") -> str:
    """The rule's pattern with its lists filled in (groups named with `prefix`) and its case flag."""
    expanded = language.rules(ROOM).expand(rule.pattern, prefix=f"{prefix}_" if prefix else "")
    return f"(?:{expanded})" if rule.meaning.get("case") else f"(?i:{expanded})"
