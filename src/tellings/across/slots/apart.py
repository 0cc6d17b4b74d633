"""What a person said of two values: that they are not of the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tellings.across.slots.about import Given
from tellings.model.records import Place


@dataclass(frozen=True, slots=True)
class NotTheSame:
    """Two places that hold values: what is told there is not one thing, whatever the words say."""

    a: Place
    b: Place


def held_apart(given: list[Given], decisions: Sequence[NotTheSame]) -> list[list[Given]]:
    """`given` apart, so that no two facts that stand at the places of a decision are together.

    A telling's other facts of the same value go with the one decided of; the rest stays with the first.
    """
    if not any(_at(one, each.a) for one in given for each in decisions):
        return [given]
    groups: list[list[Given]] = []
    for one in sorted(given, key=lambda each: (each.telling.id, each.fact.span)):
        home = next((group for group in groups if not any(_barred(one, other, decisions) for other in group)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def other_things(given: list[Given], decisions: Sequence[NotTheSame], all_given: list[Given]) -> tuple[Place, ...]:
    """The values among `all_given` that a person kept apart from `given`, where they stand; sorted."""
    found = {
        Place(other.telling.id, other.fact.value_span)
        for one in given
        for other in all_given
        if _barred(one, other, decisions)
    }
    return tuple(sorted(found))


def _barred(one: Given, other: Given, decisions: Sequence[NotTheSame]) -> bool:
    return any(
        (_says(one, each.a) and _says(other, each.b)) or (_says(one, each.b) and _says(other, each.a))
        for each in decisions
    )


def _says(one: Given, place: Place) -> bool:
    """Whether a fact stands at `place`, or repeats in its telling the value that stands there."""
    return _at(one, place) or (
        one.telling.id == place.telling
        and any(
            place.span.overlaps(fact.value_span)
            and (fact.kind, fact.head, fact.scope, fact.low, fact.high, fact.interval)
            == (one.fact.kind, one.fact.head, one.fact.scope, one.fact.low, one.fact.high, one.fact.interval)
            for fact in one.telling.facts
        )
    )


def _at(one: Given, place: Place) -> bool:
    return one.telling.id == place.telling and place.span.overlaps(one.fact.value_span)
