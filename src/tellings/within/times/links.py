"""Ties between expressions: the two ends of a range, and the points a length of time begins or ends at.

TIMEX3 (ISO-TimeML) writes these as beginPoint and endPoint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tellings.model.records import Timex
from tellings.within.times.grammar import Grammar

#: Characters between two expressions of one range, and before the first, that are looked at.
REACH = 16


def linked(found: Sequence[Timex], text: str, grammar: Grammar) -> list[Timex]:
    """`found` (one paragraph's expressions, in order) with their `begin_point` and `end_point`."""
    tied = list(found)
    for index, timex in enumerate(tied):
        after = tied[index + 1] if index + 1 < len(tied) else None
        if timex.type in ("DATE", "TIME"):
            if after is not None and after.type == timex.type and _is_range(timex, after, text, grammar):
                tied[index] = replace(tied[index], end_point=after.span)
                tied[index + 1] = replace(after, begin_point=timex.span)
        elif timex.type == "DURATION":
            tied[index] = _anchored(timex, after, text, grammar)
    return tied


def _is_range(one: Timex, other: Timex, text: str, grammar: Grammar) -> bool:
    between = text[one.span.end : other.span.start]
    if len(between) > REACH or (one.interval and other.interval and one.interval.earliest > other.interval.latest):
        return False
    if between.strip() in ("-", "–", "—"):
        return True
    link = grammar.pattern("range-link").fullmatch(between)
    if link is None:
        return False
    opening = grammar.pattern("range-opens-before").search(text[max(0, one.span.start - REACH) : one.span.start])
    between_them = opening is not None and grammar.holds("range_between", opening["range_opens"])
    if link["and"]:
        return between_them
    return opening is not None or one.type == "TIME" or grammar.holds("range_sure", link["range_links"])


def _anchored(timex: Timex, after: Timex | None, text: str, grammar: Grammar) -> Timex:
    if after is not None and after.type in ("DATE", "TIME"):
        between = text[timex.span.end : after.span.start]
        if len(between) <= REACH and (tie := grammar.pattern("begins-at").fullmatch(between)):
            runs_on = grammar.holds("runs_on", tie["begins_at"])
            return replace(timex, begin_point=after.span, end_point="dct" if runs_on else None)
        if len(between) <= REACH and grammar.pattern("ends-at").fullmatch(between):
            return replace(timex, end_point=after.span)
    written = timex.span.of(text)
    if grammar.pattern("ends-now").search(written) or grammar.pattern("still-running-after").match(
        text, timex.span.end
    ):
        return replace(timex, end_point="dct")
    if grammar.pattern("begins-now").search(written):
        return replace(timex, begin_point="dct")
    return timex
