"""Ordinals that say the how-manieth of somebody's things: "her third child"."""

from __future__ import annotations

import re
from functools import cache

from tellings.model.records import Fact, Provenance
from tellings.model.rules import load
from tellings.model.text import Span
from tellings.within.facts.context import Context


@cache
def _pattern(language: str) -> re.Pattern[str]:
    rules = load(language, "fact")
    return re.compile(
        rules.expand(r"(?<![\w-]){ordinal}\s+(?:and\s+final\s+|unborn\s+)?{ordinal_head}(?![\w-])"), re.IGNORECASE
    )


def ordinals(context: Context, sentence: int) -> list[Fact]:
    """The ordinals of one sentence that have an owner."""
    rules, span, found = load(context.language, "fact"), context.sentences[sentence].span, []
    for match in _pattern(context.language).finditer(context.text, span.start, span.end):
        whom = context.possessor(span, match.start())
        if whom is None or context.in_timex(Span(*match.span())):
            continue
        rank = float(rules.meanings("ordinal")[match["ordinal"].lower()])
        head = str(rules.meanings("ordinal_head")[re.sub(r"\s+", " ", match["ordinal_head"].lower())])
        fact = Fact(
            Span(*match.span()),
            "ordinal",
            head,
            Provenance("facts", "ordinal-owned"),
            Span(*match.span("ordinal")),
            Span(*match.span("ordinal_head")),
            whom=whom,
            low=rank,
            high=rank,
        )
        found.append(context.placed(fact, sentence))
    return found
