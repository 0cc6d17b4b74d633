"""Which facts the tellings share and where they differ: slots with every sentence that gives a value."""

from __future__ import annotations

from collections.abc import Iterable

from tellings.model.record import Evidence, FactEntry, Line, Mark, ValueLine
from tellings.model.records import Fact, QuestionValue
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
            apart=tuple(citations.at(place) for place in slot.apart),
        )
        for index, slot in enumerate(citations.story.questions, start=1)
    )


def _value(citations: Citations, value: QuestionValue) -> ValueLine:
    if value.places:
        marked = (
            citations.line(place.telling, place.span, [Mark(place.span.start, place.span.end, "value")])
            for place in value.places
        )
        return ValueLine(
            value.label, "exact", _once(marked), citations.origins(place.telling for place in value.places)
        )
    found = [(telling, citations.tellings[telling].facts[index]) for telling, index in value.facts]
    # A duration set against its own dates gives a second value, a day; only the first is "nearly".
    day = value.interval is not None and value.low is None and found[0][1].kind == "duration"
    lines = _once(_line(citations, telling, fact, day) for telling, fact in found)
    bound = "exact" if day else found[0][1].bound
    return ValueLine(value.label, bound, lines, citations.origins(telling for telling, _ in found))


def _once(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Each sentence once, with the marks of all its facts."""
    marks: dict[Evidence, set[Mark]] = {}
    for line in lines:
        marks.setdefault(line.words, set()).update(line.marks)
    return tuple(
        Line(words, tuple(sorted(found, key=lambda mark: (mark.start, mark.end, mark.role))))
        for words, found in marks.items()
    )


def _line(citations: Citations, telling: str, fact: Fact, day: bool) -> Line:
    """The sentence of a fact; for the `day` a length of time runs from, that day is the value marked."""
    if day and fact.head_span is not None:
        return citations.line(telling, fact.head_span, [Mark(fact.head_span.start, fact.head_span.end, "value")])
    marks = [Mark(fact.value_span.start, fact.value_span.end, "value")]
    if fact.head_span is not None and not fact.head_span.overlaps(fact.value_span):
        marks.append(Mark(fact.head_span.start, fact.head_span.end, "head"))
    return citations.line(telling, fact.span, marks)
