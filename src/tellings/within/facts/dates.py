"""Dates of events: a placed date in the same clause as words that name an event of a known family."""

from __future__ import annotations

import re
from bisect import bisect_left

from tellings.model.records import Fact, Provenance, Timex
from tellings.model.rules import words_in
from tellings.model.text import Span
from tellings.within.facts.context import Context
from tellings.within.facts.events import Trigger, triggers, unreal, whom

#: A date as wide as this or wider (days) places an event in no slot worth comparing.
WIDEST = 366
#: How far (characters) a date may stand from its trigger.
REACH = 70
_BREAK = re.compile(r"[;:.!?“”\"()–—,]")


def dates(context: Context, sentence: int) -> list[Fact]:
    """The dates of events that one sentence gives."""
    span = context.sentences[sentence].span
    timexes = context.timexes_in(span)
    placed = timexes and [
        timex
        for timex in timexes
        if timex.interval is not None
        and timex.type in ("DATE", "TIME")
        and not timex.ambiguous
        and timex.interval.days <= WIDEST
        and timex.span.end <= span.end
    ]
    if not placed:
        return []
    events = triggers(context.text, span, context.language, context.words[span.start])
    found: list[Fact] = []
    for timex in placed:
        best = _nearest(context, span, timex, events)
        if best is not None:
            found.append(context.placed(_fact(context, span, timex, best, events), sentence))
    return found


def _nearest(context: Context, span: Span, timex: Timex, events: list[Trigger]) -> Trigger | None:
    """The trigger the date belongs to: the one right before it, else the one it opens the clause of."""
    text, pattern = context.text, context.lists.pattern
    # Events are in order and do not overlap.
    following = bisect_left(events, timex.span.start, key=lambda event: event.span.end + 1)
    if following:
        event = events[following - 1]
        # Cut one longer than it may be: a paragraph without an end must not be copied for each date.
        gap = text[event.span.end : min(timex.span.start, event.span.end + REACH + 1)]
        if len(gap) <= REACH and not _broken(gap, context) and not unreal(context, span, event):
            return event
    while following < len(events) and events[following].span.start < timex.span.end:
        following += 1
    if following < len(events):
        event = events[following]
        gap = text[timex.span.end : min(event.span.start, timex.span.end + REACH + 1)]
        possessive = pattern["possessive-between"].fullmatch(gap)
        if possessive and event.form == "noun":
            return event
        gap = gap.lstrip().removeprefix(",")
        opens = pattern["opening"].fullmatch(text, span.start, timex.span.start)
        near = len(gap) <= REACH and not _broken(pattern["auxiliary-tail"].sub("", gap), context)
        if opens and near and not unreal(context, span, event):
            return event
    return None


def _broken(gap: str, context: Context) -> bool:
    if _BREAK.search(gap) or not context.lists.words["parting"].isdisjoint(words_in(gap)):
        return True
    return context.lists.pattern["past-form"].search(gap) is not None


def _fact(context: Context, span: Span, timex: Timex, event: Trigger, events: list[Trigger]) -> Fact:
    start, end = min(event.span.start, timex.span.start), max(event.span.end, timex.span.end)
    scope = content_of(context, event, events) if event.form == "agent" else ""
    return Fact(
        Span(start, end),
        "date",
        event.family,
        Provenance("facts", f"date-{event.rule}"),
        timex.span,
        event.span,
        whom=whom(context, span, event),
        scope=scope,
        interval=timex.interval,
        event=event.family,
    )


def content_of(context: Context, event: Trigger, events: list[Trigger]) -> str:
    """The family of the event an announcement is of ("shared the news that she had lost …"), else ""."""
    if event.family != "announcement":
        return ""
    for other in events[bisect_left(events, event.span.end, key=lambda one: one.span.start) :]:
        if other.family == "announcement":
            continue
        near = other.span.start - event.span.end <= 2 * REACH
        if near and context.lists.pattern["content-between"].search(context.text, event.span.end, other.span.start):
            return other.family
        return ""
    return ""
