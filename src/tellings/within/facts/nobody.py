"""Counts of nobody: "no one was hurt", "there were no deaths"."""

from __future__ import annotations

from tellings.model.records import Fact, Provenance
from tellings.model.text import Span
from tellings.within.facts.context import Context
from tellings.within.facts.lists import folded
from tellings.within.facts.nouns import singular


def nobody(context: Context, sentence: int) -> list[Fact]:
    """The counts of one sentence that are 0: of people whom something did not befall, and of harm that was not done."""
    span, lists = context.sentences[sentence].span, context.lists
    if not context.may_stand("nobody-befell", span):
        return []
    found = []
    for match in lists.pattern["nobody-befell"].finditer(context.text, span.start, span.end):
        scope = str(lists.rules.meanings("befell")[folded(match["befell"])])
        found.append(_none(match.span(), match.span("value"), None, "person", scope))
    for match in lists.pattern["no-harm"].finditer(context.text, span.start, span.end):
        head = singular(match["harm"].lower(), context.language)
        found.append(_none(match.span(), match.span("value"), match.span("harm"), head, ""))
    return [context.placed(fact, sentence) for fact in found]


def _none(
    span: tuple[int, int], value: tuple[int, int], head_at: tuple[int, int] | None, head: str, scope: str
) -> Fact:
    why = Provenance("facts", "count-nobody")
    at = Span(*head_at) if head_at else None
    return Fact(Span(*span), "count", head, why, Span(*value), at, low=0.0, high=0.0, scope=scope)
