"""Which facts the tellings share and where they differ: slots with every sentence that gives a value."""

from __future__ import annotations

from collections.abc import Iterable

from tellings.model.record import Evidence, FactEntry, Line, Mark, ValueLine, Why
from tellings.model.records import Fact, Provenance, Question, QuestionValue
from tellings.tell.cite import Citations
from tellings.tell.line_ids import named


def facts(citations: Citations) -> tuple[FactEntry, ...]:
    """The story's slots, in their order."""
    entries = [
        FactEntry(
            id=f"f{index}",
            kind=slot.kind,
            head=slot.head,
            whom=slot.whom,
            scope=slot.scope,
            relation=slot.relation,
            explanation=slot.explanation,
            values=tuple(_value(citations, value, slot.provenance) for value in slot.values),
            apart=tuple(citations.at(place) for place in slot.apart),
            why=_why(citations, slot),
            probability=slot.probability,
            weight=slot.weight,
        )
        for index, slot in enumerate(citations.story.questions, start=1)
    ]
    return named(citations.anchors, entries)


def _why(citations: Citations, question: Question) -> Why:
    """Why the values stand together; what the rule leaned on lies in the telling of the first of them."""
    first = question.values[0] if question.values else None
    places = [*(telling for telling, _ in first.facts), *(place.telling for place in first.places)] if first else []
    return citations.why(question.provenance, places[0] if places else "")


def _value(citations: Citations, value: QuestionValue, found: Provenance) -> ValueLine:
    if value.places:
        marked = (
            citations.line(place.telling, place.span, [Mark(place.span.start, place.span.end, "value")], found)
            for place in value.places
        )
        lines = _once(marked)
        origins = citations.origins(place.telling for place in value.places)
        return ValueLine(value.label, "exact", lines, origins, why=lines[0].why)
    given = [(telling, citations.tellings[telling].facts[index]) for telling, index in value.facts]
    # A duration set against its own dates gives a second value, a day; only the first is "nearly".
    day = value.interval is not None and value.low is None and given[0][1].kind == "duration"
    lines = _once(_line(citations, telling, fact, day) for telling, fact in given)
    bound = "exact" if day else given[0][1].bound
    return ValueLine(value.label, bound, lines, citations.origins(telling for telling, _ in given), why=lines[0].why)


def _once(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Each sentence once, with the marks of all its facts."""
    marks: dict[Evidence, set[Mark]] = {}
    why: dict[Evidence, Why] = {}
    for line in lines:
        marks.setdefault(line.words, set()).update(line.marks)
        why.setdefault(line.words, line.why)
    return tuple(
        Line(words, tuple(sorted(found, key=lambda mark: (mark.start, mark.end, mark.role))), why=why[words])
        for words, found in marks.items()
    )


def _line(citations: Citations, telling: str, fact: Fact, day: bool) -> Line:
    """The sentence of a fact; for the `day` a length of time runs from, that day is the value marked."""
    if day and fact.head_span is not None:
        return citations.line(
            telling, fact.head_span, [Mark(fact.head_span.start, fact.head_span.end, "value")], fact.provenance
        )
    marks = [Mark(fact.value_span.start, fact.value_span.end, "value")]
    if fact.head_span is not None and not fact.head_span.overlaps(fact.value_span):
        marks.append(Mark(fact.head_span.start, fact.head_span.end, "head"))
    return citations.line(telling, fact.span, marks, fact.provenance)
