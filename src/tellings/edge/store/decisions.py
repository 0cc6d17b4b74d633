"""What people decided: rows that stay when all that was found is found anew, each with who and when, until undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tellings.model.kept import Decision, DecisionKind
from tellings.model.records import Decided, DecidedKind, PersonDecision, Place, StoryDecision, ValueDecision
from tellings.model.text import Span

#: Kinds of which the last word holds: of the same two, or of the same one.
_LAST_WORD: tuple[tuple[DecisionKind, ...], ...] = (
    ("one story", "other story"),
    ("one thing", "other thing"),
    ("one person", "other person"),
    ("residue", "no residue"),
    ("speaker",),
    ("title",),
    ("date",),
)
#: Kinds that are of places: their value are the words that stood there.
OF_PLACES: frozenset[DecisionKind] = frozenset(
    {"one thing", "other thing", "one person", "other person", "residue", "no residue", "speaker"}
)
_OF_STRETCHES: dict[DecisionKind, DecidedKind] = {"residue": "residue", "no residue": "story", "speaker": "speaker"}


def decide(
    connection: sqlite3.Connection, kind: DecisionKind, a: str, b: str | None, value: str | None, *, who: str, at: str
) -> int:
    """Keep a decision; of the same things the last word holds, and earlier ones are undone by it. Returns its
    number."""
    kinds = last_word_of(kind)
    connection.execute(
        f"UPDATE decisions SET undone_by = ?1, undone_at = ?2 WHERE kind IN ({', '.join(map(repr, kinds)) or 'NULL'}) "
        "AND ((a = ?3 AND b IS ?4) OR (a = ?4 AND b = ?3)) AND undone_at IS NULL",
        (who, at, a, b),
    )
    made = connection.execute(
        "INSERT INTO decisions (kind, a, b, value, who, at) VALUES (?, ?, ?, ?, ?, ?)", (kind, a, b, value, who, at)
    )
    return int(made.lastrowid or 0)


def last_word_of(kind: DecisionKind) -> tuple[DecisionKind, ...]:
    """The kinds that say the opposite, or another thing, of the same; none where one may say as many as one likes."""
    return next((kinds for kinds in _LAST_WORD if kind in kinds), ())


def undo(connection: sqlite3.Connection, number: int, *, who: str, at: str) -> Decision | None:
    """Take a decision back; returns it, `None` where there is none of that number that holds."""
    found = next((each for each in decisions(connection) if each.number == number), None)
    if found is not None:
        connection.execute("UPDATE decisions SET undone_by = ?, undone_at = ? WHERE number = ?", (who, at, number))
    return found


def decisions(connection: sqlite3.Connection, *, undone: bool = False) -> tuple[Decision, ...]:
    """All decisions in their order, those that hold, or the `undone` ones too."""
    rows = connection.execute(
        "SELECT number, kind, a, b, value, who, at, undone_by, undone_at FROM decisions "
        f"{'' if undone else 'WHERE undone_at IS NULL'} ORDER BY number"
    )
    return tuple(Decision(*row) for row in rows)


def of_stories(connection: sqlite3.Connection) -> tuple[StoryDecision, ...]:
    """What holds of which tellings are of one story."""
    kinds: dict[DecisionKind, Literal["same", "apart"]] = {"one story": "same", "other story": "apart"}
    return tuple(
        StoryDecision(kinds[each.kind], each.a, each.b)
        for each in decisions(connection)
        if each.kind in kinds and each.b is not None
    )


def of_values(connection: sqlite3.Connection, texts: Mapping[str, str]) -> tuple[ValueDecision, ...]:
    """What holds of which values are of one thing, in tellings of these `texts`, by their ids: where the values still
    stand there."""
    pairs = _pairs(connection, ("one thing", "other thing"), texts)
    return tuple(ValueDecision(a, b, kind == "one thing") for kind, a, b in pairs)


def of_persons(connection: sqlite3.Connection, texts: Mapping[str, str]) -> tuple[PersonDecision, ...]:
    """What holds of who is one person, likewise."""
    pairs = _pairs(connection, ("one person", "other person"), texts)
    return tuple(PersonDecision(a, b, kind == "one person") for kind, a, b in pairs)


def _pairs(
    connection: sqlite3.Connection, kinds: tuple[DecisionKind, ...], texts: Mapping[str, str]
) -> Iterator[tuple[DecisionKind, Place, Place]]:
    for each in decisions(connection):
        if each.kind in kinds and each.b is not None and stands(each, texts):
            yield each.kind, place_of(each.a), place_of(each.b)


@dataclass(frozen=True, slots=True)
class OfTelling:
    """What holds of a telling: its day (YYYY-MM-DD), and of stretches of it, each with the words that stood there."""

    day: str | None = None
    stretches: tuple[tuple[Decided, str], ...] = ()


def of_tellings(connection: sqlite3.Connection) -> dict[str, OfTelling]:
    """Telling → what holds of it; tellings of which nothing does are left out."""
    found: dict[str, OfTelling] = {}
    for each in decisions(connection):
        if each.kind == "date":
            found[each.a] = replace(found.get(each.a, OfTelling()), day=each.value)
        elif (kind := _OF_STRETCHES.get(each.kind)) is not None:
            place, (words, *name) = place_of(each.a), json.loads(each.value or '[""]')
            stretch = Decided(place.span, kind, *name), words
            known = found.get(place.telling, OfTelling())
            found[place.telling] = replace(known, stretches=(*known.stretches, stretch))
    return found


def stands(decision: Decision, texts: Mapping[str, str]) -> bool:
    """Whether the words that were decided of stand in the texts, at the places where they stood."""
    places = [place_of(each) for each in (decision.a, decision.b) if each is not None]
    words = json.loads(decision.value or "[]")[: len(places)]
    return len(words) == len(places) and all(
        place.telling in texts and texts[place.telling][place.span.start : place.span.end] == said
        for place, said in zip(places, words, strict=True)
    )


def told(place: Place) -> str:
    """A place as a decision has it."""
    return f"{place.telling}@{place.span.start}-{place.span.end}"


def place_of(told: str) -> Place:
    """The place that a decision has so. Raises ValueError where it is none."""
    telling, _, span = told.rpartition("@")
    start, _, end = span.partition("-")
    return Place(telling, Span(int(start), int(end)))


def state(connection: sqlite3.Connection, identifiers: frozenset[str]) -> str:
    """What holds of the values and persons of these tellings, as one string that changes when it does."""
    held = [
        (each.kind, each.a, each.b)
        for each in decisions(connection)
        if each.kind in OF_PLACES and place_of(each.a).telling in identifiers
    ]
    return json.dumps(held)
