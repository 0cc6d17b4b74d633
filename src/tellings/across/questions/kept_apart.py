"""What a person said of two values: that they are not of the same thing, or that they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tellings.across.questions.subject import Given
from tellings.model.records import Fact, Place, ValueDecision

#: Numbers of the decisions that speak of a fact at their first place, and at their second.
_Sides = tuple[frozenset[int], frozenset[int]]


def held_apart(given: list[Given], decisions: Sequence[ValueDecision]) -> list[list[Given]]:
    """`given` apart, so that no two facts that stand at the places of a decision are together.

    A telling's other facts of the same value go with the one decided of; the rest stays with the first.
    """
    if not any(_at(one, each.a) for one in given for each in decisions):
        return [given]
    groups: list[tuple[list[Given], list[_Sides]]] = []
    for one in sorted(given, key=lambda each: (each.telling.id, each.fact.span)):
        mine = _sides(one, decisions)
        home = next((group for group in groups if not any(_bar(mine, other) for other in group[1])), None)
        if home is None:
            groups.append(([one], [mine]))
        else:
            home[0].append(one)
            if mine not in home[1]:
                home[1].append(mine)
    return [members for members, _ in groups]


def spoken_of(a: Iterable[Place], b: Iterable[Place], decisions: Sequence[ValueDecision]) -> bool:
    """Whether `decisions` speak of what stands at one of the places `a` and at one of `b`: that they are not of one
    thing, or that they are, as these decisions do."""
    ones, others = tuple(a), tuple(b)
    return any(
        (_stands(each.a, ones) and _stands(each.b, others)) or (_stands(each.b, ones) and _stands(each.a, others))
        for each in decisions
    )


def _stands(decided: Place, places: Iterable[Place]) -> bool:
    return any(place.telling == decided.telling and place.span.overlaps(decided.span) for place in places)


def other_things(given: list[Given], decisions: Sequence[ValueDecision], all_given: list[Given]) -> tuple[Place, ...]:
    """The values among `all_given` that a person kept apart from `given`, where they stand; sorted."""
    if not decisions:
        return ()
    mine = {_sides(one, decisions) for one in given}
    found = {
        Place(other.telling.id, other.fact.value_span)
        for other in all_given
        if any(_bar(sides, _sides(other, decisions)) for sides in mine)
    }
    return tuple(sorted(found))


def _sides(one: Given, decisions: Sequence[ValueDecision]) -> _Sides:
    return (
        frozenset(number for number, each in enumerate(decisions) if _says(one, each.a)),
        frozenset(number for number, each in enumerate(decisions) if _says(one, each.b)),
    )


def _bar(mine: _Sides, other: _Sides) -> bool:
    """Whether a decision speaks of one fact at one of its places and of the other at the other."""
    return not mine[0].isdisjoint(other[1]) or not mine[1].isdisjoint(other[0])


def _says(one: Given, place: Place) -> bool:
    """Whether a fact stands at `place`, or repeats in its telling the value that stands there."""
    return _at(one, place) or (
        one.telling.id == place.telling
        and any(
            place.span.overlaps(fact.value_span) and _stated(fact) == _stated(one.fact) for fact in one.telling.facts
        )
    )


def _stated(fact: Fact) -> tuple[object, ...]:
    return fact.kind, fact.head, fact.narrowed, fact.low, fact.high, fact.interval


def _at(one: Given, place: Place) -> bool:
    return one.telling.id == place.telling and place.span.overlaps(one.fact.value_span)
