"""Which facts the tellings share and where they differ: slots with every sentence that gives a value."""

from __future__ import annotations

from tellings.model.record import FactEntry, Line, Mark, ValueLine
from tellings.model.records import Fact, SlotValue
from tellings.tell.cite import Citations


def facts(citations: Citations) -> tuple[FactEntry, ...]:
    """The story's slots, in their order."""
    return tuple(
        FactEntry(
            id=f"f{index}",
            kind=slot.kind,
            head=slot.head,
            whom=slot.whom,
            scope=slot.scope,
            relation=slot.relation,
            explanation=slot.explanation,
            values=tuple(_value(citations, value) for value in slot.values),
        )
        for index, slot in enumerate(citations.story.slots, start=1)
    )


def _value(citations: Citations, value: SlotValue) -> ValueLine:
    found = [(telling, citations.tellings[telling].facts[index]) for telling, index in value.facts]
    lines = tuple(dict.fromkeys(_line(citations, telling, fact) for telling, fact in found))
    # A duration set against its own dates gives a second value, a day; only the first is "nearly".
    bound = "exact" if value.interval is not None and found[0][1].kind == "duration" else found[0][1].bound
    return ValueLine(value.label, bound, lines, citations.origins(telling for telling, _ in found))


def _line(citations: Citations, telling: str, fact: Fact) -> Line:
    marks = [Mark(fact.value_span.start, fact.value_span.end, "value")]
    if fact.head_span is not None and not fact.head_span.overlaps(fact.value_span):
        marks.append(Mark(fact.head_span.start, fact.head_span.end, "head"))
    return citations.line(telling, fact.span, marks)
