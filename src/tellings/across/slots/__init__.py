"""Slots: what several tellings give a value for, and how the values relate.

Facts fall into one slot only when kind, head, unit, scope and the person they are about agree in
full. No value is preferred to another.

1. about      each fact → what it is about, or nothing where that is too vague
2. occasions  facts of one key → those of one occasion
3. relations  their values → one relation, with its arithmetic
4. calendar   a telling's elapsed times against its own dates
5. worth      what one telling alone says is told where a reader may want to check it
6. alike      values nothing else can place: told where tellings agree in value and words
7. spellings  names of one person spelled otherwise; weekdays that are not their date's
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from tellings.across.slots.about import Given, Key, as_of, joined, key
from tellings.across.slots.alike import agreeing
from tellings.across.slots.apart import NotTheSame, held_apart, other_things
from tellings.across.slots.calendar import misfits
from tellings.across.slots.occasions import occasions
from tellings.across.slots.relations import relate
from tellings.across.slots.spellings import spellings, weekdays
from tellings.across.slots.values import Value, values
from tellings.across.slots.worth import worth_a_line
from tellings.model.records import Person, Provenance, Relation, Slot, SlotValue, Telling

__all__ = ["ORDER", "NotTheSame", "slots"]

STAGE = "slots"
#: The order slots are told in: what a reader must look at first comes first.
ORDER: tuple[Relation, ...] = (
    "does not add up",
    "differs",
    "updated",
    "explained by time",
    "compatible",
    "same",
    "unclear",
    "single",
)


def slots(
    tellings: tuple[Telling, ...], people: tuple[Person, ...], not_the_same: Iterable[NotTheSame] = ()
) -> tuple[Slot, ...]:
    """The slots of one story, most telling relation first, then by kind, head, person and scope.

    `people` say which chains are one person; a chain that is nobody's stays in its own telling. Values that a person
    said are `not_the_same` thing never meet. The order of `tellings` and `people` changes nothing.

    Raises:
        RuleError: there are no fact rules for a telling's language, or they cannot be used.
    """
    someone = {chain: index for index, person in enumerate(people) for chain in person.chains}
    gathered: dict[Key, list[Given]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda telling: telling.id):
        for index, fact in enumerate(telling.facts):
            about = key(telling, fact, someone)  # 1
            if about is not None:
                gathered[about].append(Given(telling, index, fact, as_of(telling, fact)))
    groups = joined(gathered, someone)
    found = [
        _slot(odd.about, odd.values, people, "does not add up", "elapsed-time", odd.explanation)
        for odd in misfits(groups)  # 4
    ]
    told = {fact for slot in found for value in slot.values for fact in value.facts}
    barred = tuple(not_the_same)
    for about, given in groups.items():
        for occasion in (part for one in occasions(about, given) for part in held_apart(one, barred)):  # 2
            stated = values(occasion)
            slot = _slot(about, stated, people, *relate(about, stated))  # 3
            alone = len({one.telling.id for one in occasion}) == 1
            # A single value that stands in a sum already needs no line of its own.
            if kept := other_things(occasion, barred, given):
                slot = replace(slot, apart=kept)
            elif alone and (told.issuperset(slot.values[0].facts) or not worth_a_line(about, occasion)):  # 5
                continue
            found.append(slot)
    for alike in agreeing(sorted(tellings, key=lambda telling: telling.id)):  # 6
        for occasion in held_apart(alike, barred):
            if len({one.telling.id for one in occasion}) > 1:
                fact = occasion[0].fact
                about = Key(fact.kind, fact.head, fact.unit or "", fact.scope, None)
                slot = _slot(about, values(occasion), people, "same", "like-sentences", "")
                found.append(replace(slot, apart=other_things(occasion, barred, alike)))
    found += [*spellings({telling.id: telling for telling in tellings}, people, barred), *weekdays(tellings)]  # 7
    return tuple(sorted(found, key=_order))


def _order(slot: Slot) -> tuple[int, str, str, str, str, tuple[tuple[str, int], ...]]:
    first = slot.values[0] if slot.values else None
    where = first.facts or tuple((place.telling, place.span.start) for place in first.places) if first else ()
    return ORDER.index(slot.relation), slot.kind, slot.head, slot.whom or "", slot.scope, where


def _slot(
    about: Key, stated: Iterable[Value], people: tuple[Person, ...], relation: Relation, rule: str, explanation: str
) -> Slot:
    stated = tuple(stated)
    first = stated[0].given[0].fact
    whom = people[about.whom].name if about.whom is not None else first.whom_text if about.local else None
    return Slot(
        first.kind,
        first.head,
        whom,
        first.scope,
        tuple(
            SlotValue(value.label, tuple(one.reference for one in value.given), value.low, value.high, value.interval)
            for value in stated
        ),
        relation,
        Provenance(STAGE, rule),
        explanation,
    )
