"""The facts of one telling, each by itself: what it is of, its value, who says so and when it was told."""

from __future__ import annotations

from dataclasses import dataclass

from tellings.across.questions.subject import told_dates
from tellings.model.records import Bound, DocumentDate, Fact, FactKind, Interval, Telling
from tellings.model.text import Span


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A value that a telling gives for something; spans in code points of its text.

    `head` is what is counted or measured, in a normal form; `whom` who or what it is of. `low` and `high` bound the
    number (in `unit`; days for durations; `high` is `None` where open-ended, both where the words give no number); a
    fact of kind "date" has `when`. `scope` is a normal form of the words that narrow the head. `attribution` is who is
    cited for it, `told` the days on which it can have been told, `None` where nothing is known.
    """

    kind: FactKind
    head: str
    whom: str | None
    low: float | None
    high: float | None
    unit: str | None
    bound: Bound
    scope: str
    when: Interval | None
    span: Span
    value: Span
    head_at: Span | None
    attribution: Span | None
    told: Interval | None
    rule: str


def stated_facts(telling: Telling) -> tuple[StatedFact, ...]:
    """The facts of `telling`, in the order of its text."""
    return tuple(_stated(telling, fact, dated) for fact, dated in zip(telling.facts, told_dates(telling), strict=True))


def _stated(telling: Telling, fact: Fact, dated: DocumentDate) -> StatedFact:
    told = Interval(dated.value, dated.value) if dated.value else None
    if told is None and dated.not_before is not None and dated.not_after is not None:
        told = Interval(dated.not_before, dated.not_after)
    return StatedFact(
        fact.kind,
        fact.head,
        fact.whom_text,
        fact.low,
        fact.high,
        fact.unit,
        fact.bound,
        fact.narrowed,
        fact.interval,
        fact.span,
        fact.value_span,
        fact.head_span,
        telling.quotes[fact.quote].source if fact.quote is not None else None,
        told,
        fact.provenance.rule,
    )
