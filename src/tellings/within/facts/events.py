"""Event triggers: words that name an event of a known family, and whom it befell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tellings.language.base import Language
from tellings.model.rules import Keyed, Rule
from tellings.model.text import Span
from tellings.within.facts.context import Context
from tellings.within.facts.lists import ROOM

_WORD_BETWEEN = re.compile(r"\s+[a-z]+(?:-[a-z]+)?\s+$")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an event. `family` is its kind, `rule` the rule's name, `form` how it is named."""

    span: Span
    family: str
    rule: str
    form: str


@cache
def _events(language: Language) -> tuple[Keyed, dict[str, Rule]]:
    """All rules of events as one pattern whose groups tell which has found something, and the rules by their groups."""
    rules = {rule.name.replace("-", "_"): rule for rule in language.rules(ROOM).rules if "form" in rule.meaning}
    groups = "|".join(f"(?P<{name}>{rule.pattern})" for name, rule in rules.items())
    starts = frozenset(word for rule in rules.values() for word in rule.meaning["starts"])
    return Keyed(re.compile(rf"(?<![\w-])(?:{groups})(?![\w-])", re.IGNORECASE), starts), rules


def triggers(text: str, span: Span, language: Language, words: frozenset[str] | None = None) -> list[Trigger]:
    """The event triggers of `text` in `span`, in order, not overlapping. `words`: those of the span, or of more."""
    events, rules = _events(language)
    if words is not None and not events.may_stand(words):
        return []
    found = []
    for match in events.finditer(text, span.start, span.end):
        rule = rules[str(match.lastgroup)]
        family = str(rule.meaning.get("family", rule.name))
        found.append(Trigger(Span(*match.span()), family, rule.name, str(rule.meaning["form"])))
    return found


def unreal(context: Context, sentence: Span, trigger: Trigger) -> bool:
    """Whether the clause says the event has not happened, or only may."""
    start = max(sentence.start, trigger.span.start - 40)
    window = context.text[start : trigger.span.start]
    return trigger.form != "noun" and context.lists.pattern["unreal-before"].search(window) is not None


def whom(context: Context, sentence: Span, trigger: Trigger) -> int | None:
    """The chain of whom the event befell or who did it; `None` where the clause does not say plainly."""
    if trigger.form == "object":
        after = [
            reference
            for reference in context.references_in(trigger.span.end, min(sentence.end, trigger.span.end + 40))
            if not reference.possessive and context.person(reference.chain)
        ]
        if after and not context.lists.pattern["parted"].search(context.text[trigger.span.end : after[0].span.start]):
            return after[0].chain
        return None
    if trigger.form == "noun":
        return _owner(context, sentence, trigger)
    subject = context.subject(sentence, trigger.span.start)
    if subject is not None:
        return subject
    before = context.text[max(sentence.start, trigger.span.start - 40) : trigger.span.start]
    # A clause without a subject of its own ("after losing …", "and was admitted …") has the main one.
    lists, first = context.lists, trigger.span.of(context.text).lower().split()[0]
    if first.endswith(lists.endings("progressive_ending")) or lists.pattern["joined-before"].search(before):
        return context.sole_person(Span(sentence.start, trigger.span.start))
    return None


def _owner(context: Context, sentence: Span, trigger: Trigger) -> int | None:
    """ "her miscarriage", "her late-term miscarriage": the owner, up to one word away."""
    owner = context.possessor(sentence, trigger.span.start)
    if owner is not None:
        return owner
    match = _WORD_BETWEEN.search(context.text, max(sentence.start, trigger.span.start - 24), trigger.span.start)
    return context.possessor(sentence, match.start() + 1) if match else None
