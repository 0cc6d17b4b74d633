"""Ordinals: the how-manieth of somebody's things ("her third child") or of a kind since a year.

"The third fire on the company's ferries since 2019" counts occasions within a stretch that the
sentence itself names; without such a stretch a rank of an event is of nothing that can be compared.
"""

from __future__ import annotations

import re
from functools import cache

from tellings.model.records import Fact, Provenance
from tellings.model.rules import Keyed, load
from tellings.model.text import Span
from tellings.within.facts.context import Context

#: How far (characters) after the event its "since 2019" may stand.
REACH = 80
_SINCE = re.compile(r"[^.;:,]{0,60}?\ssince\s+(?:the\s+start\s+of\s+)?(?P<year>(?:19|20)\d\d)(?![\w-])")
_THE = re.compile(r"(?<!\w)the\s+$", re.IGNORECASE)
_COUPLE = re.compile(r"(?<!\w)their\s+$", re.IGNORECASE)


@cache
def _patterns(language: str) -> tuple[Keyed, re.Pattern[str]]:
    rules = load(language, "fact")
    owned = rules.expand(r"(?<![\w-]){ordinal}\s+(?:and\s+final\s+|unborn\s+)?{ordinal_head}(?![\w-])")
    event = rules.expand(
        r"(?<![\w-]){ordinal}\s+(?P<modifiers>(?:[a-z]+(?:-[a-z]+)*\s+){0,2}?){ordinal_event}(?![\w-])"
    )
    return Keyed(re.compile(owned, re.IGNORECASE), rules.first_words("ordinal")), re.compile(event, re.IGNORECASE)


def ordinals(context: Context, sentence: int) -> list[Fact]:
    """The ordinals of one sentence that have an owner, or a year since which they count."""
    return [context.placed(fact, sentence) for fact in (*_owned(context, sentence), *_since(context, sentence))]


def _owned(context: Context, sentence: int) -> list[Fact]:
    rules, span, found = load(context.language, "fact"), context.sentences[sentence].span, []
    pattern = _patterns(context.language)[0]
    if not pattern.may_stand(context.words[sentence]):
        return []
    for match in pattern.pattern.finditer(context.text, span.start, span.end):
        whom = context.possessor(span, match.start())
        couple = _COUPLE.search(context.text, max(span.start, match.start() - 8), match.start())
        # "their third child" is both parents': whose it is, is found among all tellings.
        if (whom is None and couple is None) or context.in_timex(Span(*match.span())):
            continue
        found.append(
            _fact(
                match,
                str(rules.meanings("ordinal_head")[re.sub(r"\s+", " ", match["ordinal_head"].lower())]),
                float(rules.meanings("ordinal")[match["ordinal"].lower()]),
                "ordinal-owned" if whom is not None else "ordinal-of-a-couple",
                Span(*match.span("ordinal_head")),
                whom,
            )
        )
    return found


def _since(context: Context, sentence: int) -> list[Fact]:
    rules, span, found = load(context.language, "fact"), context.sentences[sentence].span, []
    # Most sentences hold no "since": asking first costs a hundredth of the pattern.
    if "since" not in context.words[sentence]:
        return []
    for match in _patterns(context.language)[1].finditer(context.text, span.start, span.end):
        year = _SINCE.match(context.text, match.end(), min(span.end, match.end() + REACH))
        if year is None or _THE.search(context.text, max(span.start, match.start() - 6), match.start()) is None:
            continue
        modifiers = " ".join(match["modifiers"].lower().split())
        found.append(
            _fact(
                match,
                str(rules.meanings("ordinal_event")[match["ordinal_event"].lower()]),
                float(rules.meanings("ordinal")[match["ordinal"].lower()]),
                "ordinal-since",
                Span(*match.span("ordinal_event")),
                None,
                modifiers,
                year.end(),
                since=int(year["year"]),
            )
        )
    return found


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
