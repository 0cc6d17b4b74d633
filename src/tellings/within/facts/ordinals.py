"""Ordinals: the how-manieth of somebody's things ("her third child") or of a kind since a year.

"The third fire on the company's ferries since 2019" counts occasions within a stretch that the
sentence itself names; without such a stretch a rank of an event is of nothing that can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tellings.model.records import Fact, Provenance
from tellings.model.text import Span
from tellings.within.facts.context import Context

#: How far (characters) after the event its "since 2019" may stand.
REACH = 80


def ordinals(context: Context, sentence: int) -> list[Fact]:
    """The ordinals of one sentence that have an owner, or a year since which they count."""
    span, keyed = context.sentences[sentence].span, context.lists.keyed
    # Both have the same keys.
    if not keyed["ordinal-of-a-thing"].may_stand(context.words[span.start]):
        return []
    return [context.placed(fact, sentence) for fact in (*_owned(context, span), *_since(context, span))]


def _owned(context: Context, span: Span) -> Iterator[Fact]:
    lists, text = context.lists, context.text
    for match in lists.keyed["ordinal-of-a-thing"].finditer(text, span.start, span.end):
        whom = context.possessor(span, match.start())
        couple = lists.pattern["their-before"].search(text, max(span.start, match.start() - 8), match.start())
        # "their third child" is both parents': whose it is, is found among all tellings.
        if (whom is None and couple is None) or context.in_timex(Span(*match.span())):
            continue
        yield _fact(
            match,
            str(lists.meaning("ordinal_head", match["ordinal_head"])),
            float(lists.meaning("ordinal", match["ordinal"])),
            "ordinal-owned" if whom is not None else "ordinal-of-a-couple",
            Span(*match.span("ordinal_head")),
            whom,
        )


def _since(context: Context, span: Span) -> Iterator[Fact]:
    lists, text = context.lists, context.text
    for match in lists.keyed["ordinal-of-an-event"].finditer(text, span.start, span.end):
        year = lists.pattern["since-a-year-after"].match(text, match.end(), min(span.end, match.end() + REACH))
        if year is None or not lists.pattern["the-before"].search(
            text, max(span.start, match.start() - 6), match.start()
        ):
            continue
        yield _fact(
            match,
            str(lists.meaning("ordinal_event", match["ordinal_event"])),
            float(lists.meaning("ordinal", match["ordinal"])),
            "ordinal-since",
            Span(*match.span("ordinal_event")),
            None,
            " ".join(match["modifiers"].lower().split()),
            year.end(),
            since=int(year["year"]),
        )


def _fact(
    match: re.Match[str],
    head: str,
    rank: float,
    rule: str,
    head_span: Span,
    whom: int | None,
    scope: str = "",
    end: int | None = None,
    since: int | None = None,
) -> Fact:
    return Fact(
        Span(match.start(), match.end() if end is None else end),
        "ordinal",
        head,
        Provenance("facts", rule),
        Span(*match.span("ordinal")),
        head_span,
        whom=whom,
        low=rank,
        high=rank,
        scope=scope,
        since=since,
    )
