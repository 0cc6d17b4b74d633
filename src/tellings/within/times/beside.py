"""Days told by what happened on them or beside them: "the third day of the strike", "the day after the vote", and parts
of a day that stand without it ("by mid-afternoon")."""

from __future__ import annotations

from dataclasses import replace

from tellings.model.text import Span
from tellings.within.times.calendar import Period
from tellings.within.times.context import Context, Told
from tellings.within.times.dates import part_of
from tellings.within.times.grammar import Compiled
from tellings.within.times.sense import NOTHING_TOLD, Groups, Sense, at, placed, unplaced

#: Characters before an expression in which the date is looked for that it explains ("May 3, the third day of …").
_REACH = 12


def resolve_beside(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """The day it explains, the document's where it says so ("today is the third day"), else a day that is not placed.

    A part of a day alone is one of the day told last, else of the document's.
    """
    part = part_of(groups, context)
    if "of_this" in groups:
        told = context.last_told(span.start, ("day",))
        here = told is not None and told.paragraph == context.paragraph
        return at(placed(told.period, inferred=True, anchor=told.span), part) if told and here else None
    if "of_told" in groups:
        return at(_last_day(span, context), part)
    told = _explained(span, context)
    if told is not None:
        return at(placed(told.period, inferred=True, anchor=told.span), part)
    if context.dct is not None and context.grammar.pattern("it-is-before").search(context.left(span.start)):
        return at(placed(Period("day", context.dct), inferred=True), part)
    return unplaced("TIME" if part else "DATE", None, NOTHING_TOLD)


def _explained(span: Span, context: Context) -> Told | None:
    told = context.told[-1] if context.told else None
    if told is None or told.period.unit != "day" or not 0 < span.start - told.span.end <= _REACH:
        return None
    return told if context.grammar.pattern("explains").fullmatch(context.text, told.span.end, span.start) else None


def _last_day(span: Span, context: Context) -> Sense | None:
    told = context.last_told(span.start, ("day",))
    if told is not None and told.paragraph == context.paragraph:
        return placed(told.period, inferred=True, anchor=told.span)
    if context.dct is None or context.history:
        return unplaced("TIME", None, NOTHING_TOLD)
    sense = placed(Period("day", context.dct), inferred=True, ambiguous=True)
    return replace(sense, interval=None, period=None) if sense else None  # a guess, by which nothing is dated
