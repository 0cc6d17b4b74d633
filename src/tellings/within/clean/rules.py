"""The residue rules, compiled once: all whole-line rules as one pattern, inline rules one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from tellings.language.base import Language
from tellings.model import compiled
from tellings.model.records import BlockKind
from tellings.model.rules import Rule

#: The folder of the rules.
ROOM = "residue"
#: Longest line a whole-line rule looks at (characters), and longest for rules marked `long`.
LONGEST_LINE, LONGEST_BLOCK = 400, 6000


@dataclass(frozen=True, slots=True)
class LineRules:
    """Rules for whole lines: most as one alternation, whose groups tell which rule matched.

    `triggered` are rules that cost more than a look for one of their trigger words (lower case).
    """

    pattern: re.Pattern[str] | None
    rules: dict[str, Rule]
    triggered: tuple[tuple[tuple[str, ...], re.Pattern[str], Rule], ...]

    def find(self, line: str) -> Rule | None:
        """The rule that matches all of `line`, if one does."""
        if self.pattern and (match := self.pattern.fullmatch(line)):
            return next(rule for group, rule in self.rules.items() if match[group] is not None)
        lower = line.lower()
        for triggers, pattern, rule in self.triggered:
            if any(map(lower.__contains__, triggers)) and pattern.fullmatch(line):
                return rule
        return None


@dataclass(frozen=True, slots=True)
class InlineRule:
    """A rule for a stretch inside a paragraph; its group `residue` is what is cut off."""

    rule: Rule
    pattern: re.Pattern[str]
    triggers: tuple[str, ...]
    early: bool
    first: bool


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
    parts = [f"(?P<{group}>{pattern_of(rule, language, group)})" for group, rule in named.items()]
    return LineRules(
        compiled.pattern("|".join(parts)) if parts else None,
        named,
        tuple(
            (_triggers(rule), compiled.pattern(pattern_of(rule, language)), rule) for rule in chosen if _triggers(rule)
        ),
    )


@cache
def inline_rules(language: Language, scope: str) -> tuple[InlineRule, ...]:
    """The rules for stretches inside paragraphs: "start", "inside", "end" or "caption"."""
    return tuple(
        InlineRule(
            rule,
            compiled.pattern(pattern_of(rule, language) + (r"\s*\Z" if scope in ("end", "caption") else "")),
            _triggers(rule),
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
