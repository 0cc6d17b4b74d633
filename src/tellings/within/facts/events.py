"""Event triggers: words that name an event of a known family, and whom it befell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tellings.model.rules import Rule, load
from tellings.model.text import Span
from tellings.within.facts.context import Context

#: Not yet, not at all, or only perhaps: such a clause gives no day of an event.
_UNREAL = re.compile(
    r"(?<!\w)(?:will|would|could|may|might|should|shall|can|cannot|to|if|not|never|expects?|expected|plans?|planned|due|set|"
    r"scheduled|likely|whether|unless)\s+(?:[a-z]+\s+){0,2}$|n['’]t\s+(?:[a-z]+\s+){0,2}$",
    re.IGNORECASE,
)
_AFTER_VERB = re.compile(r"\s+(?:[a-z]+\s+)?$")
_NOMINAL_USE = re.compile(
    r"(?<!\w)(?:a|an|the|his|her|their|its|this|that|fatal|deadly|tragic)\s+(?:[a-z]+\s+)?$", re.IGNORECASE
)
_PARTED = re.compile(r"[,.;]|\b(?:and|of|by|with|near|in|at)\b")
_JOINED = re.compile(r"(?<!\w)and\s+(?:[a-z]+\s+)?$")
_WORD_BETWEEN = re.compile(r"\s+[a-z]+(?:-[a-z]+)?\s+$")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an event. `family` is its kind, `rule` the rule's name, `form` how it is named."""

    span: Span
    family: str
    rule: str
    form: str


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, Rule]]:
    rules = {rule.name.replace("-", "_"): rule for rule in load(language, "fact").rules if "form" in rule.meaning}
    groups = "|".join(f"(?P<{name}>{rule.pattern})" for name, rule in rules.items())
    return re.compile(rf"(?<![\w-])(?:{groups})(?![\w-])", re.IGNORECASE), rules


def triggers(text: str, span: Span, language: str = "en") -> list[Trigger]:
    """The event triggers of `text` in `span`, in order, not overlapping."""
    pattern, rules = _pattern(language)
    found = []
    for match in pattern.finditer(text, span.start, span.end):
        rule = rules[str(match.lastgroup)]
        family = str(rule.meaning.get("family", rule.name))
        found.append(Trigger(Span(*match.span()), family, rule.name, str(rule.meaning["form"])))
    return found


def unreal(text: str, sentence: Span, trigger: Trigger) -> bool:
    """Whether the clause says the event has not happened, or only may."""
    start = max(sentence.start, trigger.span.start - 40)
    window = text[start : trigger.span.start]
    return trigger.form != "noun" and _UNREAL.search(window) is not None


def whom(context: Context, sentence: Span, trigger: Trigger) -> int | None:
    """The chain of whom the event befell or who did it; `None` where the clause does not say plainly."""
    if trigger.form == "object":
        after = [
            reference
            for reference in context.references_in(trigger.span.end, min(sentence.end, trigger.span.end + 40))
            if not reference.possessive and context.person(reference.chain)
        ]
        if after and not _PARTED.search(context.text[trigger.span.end : after[0].span.start]):
            return after[0].chain
        return None
    if trigger.form == "noun":
        return _owner(context, sentence, trigger)
    subject = context.subject(sentence, trigger.span.start)
    if subject is not None:
        return subject
    before = context.text[max(sentence.start, trigger.span.start - 40) : trigger.span.start]
    # A clause without a subject of its own ("after losing …", "and was admitted …") has the main one.
    if trigger.span.of(context.text).lower().split()[0].endswith("ing") or _JOINED.search(before):
        return context.sole_person(Span(sentence.start, trigger.span.start))
    return None


def _owner(context: Context, sentence: Span, trigger: Trigger) -> int | None:
    """ "her miscarriage", "her late-term miscarriage": the owner, up to one word away."""
    owner = context.possessor(sentence, trigger.span.start)
    if owner is not None:
        return owner
    match = _WORD_BETWEEN.search(context.text, max(sentence.start, trigger.span.start - 24), trigger.span.start)
    return context.possessor(sentence, match.start() + 1) if match else None
