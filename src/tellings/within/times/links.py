"""Ties between expressions: the two ends of a range, and the points a length of time begins or ends at.

TIMEX3 (ISO-TimeML) writes these as beginPoint and endPoint.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tellings.model.records import Timex
from tellings.model.rules import load

#: Characters between two expressions of one range, and before the first, that are looked at.
REACH = 16


@dataclass(frozen=True, slots=True)
class _Words:
    opens: re.Pattern[str]
    link: re.Pattern[str]
    begins_at: re.Pattern[str]
    ends_at: re.Pattern[str]
    ends_now: re.Pattern[str]
    begins_now: re.Pattern[str]
    now_after: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    rules = load(language, "time")

    def either(name: str) -> str:
        return f"(?:{rules.alternatives(name)})"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Words(
        compiled(rf"(?<!\w){either('range_opens')}\s+(?:the\s+)?\Z"),
        compiled(rf"\s+(?:(?P<to>{either('range_links')})|(?P<and>and))\s+(?:the\s+)?"),
        compiled(rf"\s+{either('begins_at')}\s+(?:the\s+)?"),
        compiled(rf"\s+{either('ends_at')}\s+(?:the\s+)?"),
        compiled(rf"(?<!\w){either('ends_now')}(?!\w)"),
        compiled(rf"(?<!\w){either('begins_now')}(?!\w)"),
        compiled(r"\s+(?:since|now)(?!\w)"),
    )


def linked(found: Sequence[Timex], text: str, language: str) -> list[Timex]:
    """`found` (one paragraph's expressions, in order) with their `begin_point` and `end_point`."""
    words, tied = _words(language), list(found)
    for index, timex in enumerate(tied):
        after = tied[index + 1] if index + 1 < len(tied) else None
        if timex.type in ("DATE", "TIME"):
            if after is not None and after.type == timex.type and _is_range(timex, after, text, words):
                tied[index] = replace(tied[index], end_point=after.span)
                tied[index + 1] = replace(after, begin_point=timex.span)
        elif timex.type == "DURATION":
            tied[index] = _anchored(timex, after, text, words)
    return tied


def _is_range(one: Timex, other: Timex, text: str, words: _Words) -> bool:
    between = text[one.span.end : other.span.start]
    if len(between) > REACH or (one.interval and other.interval and one.interval.earliest > other.interval.latest):
        return False
    if between.strip() in ("-", "–", "—"):
        return True
    link = words.link.fullmatch(between)
    if link is None:
        return False
    opening = words.opens.search(text[max(0, one.span.start - REACH) : one.span.start])
    between_them = opening is not None and opening.group().lower().startswith("between")
    if link["and"]:
        return between_them
    return opening is not None or one.type == "TIME" or link["to"].lower() in ("through", "until", "till", "thru")


def _anchored(timex: Timex, after: Timex | None, text: str, words: _Words) -> Timex:
    if after is not None and after.type in ("DATE", "TIME"):
        between = text[timex.span.end : after.span.start]
        if len(between) <= REACH and words.begins_at.fullmatch(between):
            since = between.strip().lower().startswith("since")
            return replace(timex, begin_point=after.span, end_point="dct" if since else None)
        if len(between) <= REACH and words.ends_at.fullmatch(between):
            return replace(timex, end_point=after.span)
    written = timex.span.of(text)
    if words.ends_now.search(written) or words.now_after.match(text, timex.span.end):
        return replace(timex, end_point="dct")
    if words.begins_now.search(written):
        return replace(timex, begin_point="dct")
    return timex
