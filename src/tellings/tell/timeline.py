"""What happened when: the events of a story laid out, sentences verbatim, and the weightiest of them selected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tellings.across.standing_alone import who_is_meant
from tellings.model.record import Line, Mark, TimelineEntry
from tellings.model.records import ANY_DAY, Event, EventStatement
from tellings.tell.cite import Citations
from tellings.tell.line_ids import named


def timeline(citations: Citations) -> tuple[TimelineEntry, ...]:
    """The entries of the story's events, in their order."""
    events = enumerate(citations.story.events, start=1)
    return named(citations.anchors, [_entry(citations, number, event) for number, event in events])


def _entry(citations: Citations, number: int, event: Event) -> TimelineEntry:
    lines = tuple(_line(citations, statement) for statement in event.statements)
    first = event.statements[0].place
    telling = citations.tellings[first.telling]
    return TimelineEntry(
        id=_name(number),
        when=event.when,
        vague=event.when.days > 1,
        inferred=all(statement.inferred for statement in event.statements),
        announced=event.announced,
        lines=lines,
        origins=event.origins,
        weight=event.weight,
        who=who_is_meant(telling, telling.sentence_around(first.span)),
        then=tuple(_name(place + 1) for place in event.came_true),
        part=event.part,
        why=citations.why(event.provenance),
    )


def _name(number: int) -> str:
    return f"t{number}"


def _line(citations: Citations, statement: EventStatement) -> Line:
    marks = (Mark(span.start, span.end, "time") for span in statement.times)
    return citations.line(statement.place.telling, statement.place.span, marks, statement.provenance)


def selected(
    entries: Sequence[TimelineEntry],
    most: int | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    about: str | None = None,
) -> tuple[TimelineEntry, ...]:
    """The weightiest `most` entries (`None`: all) that touch the days from `since` to `until` and, with `about`, have
    all of its words in one of their lines; in their order. What is told without any day touches none."""
    wanted = [re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE) for word in (about or "").split()]
    fitting = [
        entry
        for entry in entries
        if (entry.when != ANY_DAY or since is until is None)
        and (since is None or entry.when.latest >= since)
        and (until is None or entry.when.earliest <= until)
        and any(all(word.search(f"{line.words.exact} {entry.who or ''}") for word in wanted) for line in entry.lines)
    ]
    if most is None or len(fitting) <= most:
        return tuple(fitting)
    kept = {entry.id for entry in sorted(fitting, key=lambda entry: (-entry.weight, entry.when, entry.id))[:most]}
    return tuple(entry for entry in fitting if entry.id in kept)
