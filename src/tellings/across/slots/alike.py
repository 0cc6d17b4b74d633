"""Values that are read and not set side by side (`within.facts.plain`), where tellings agree in value and words.

Two tellings that write "364 yards" in sentences of like words tell one thing; that they write different numbers of a
common noun shows nothing, so that such values are never said to differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tellings.across.slots.about import Given, as_of
from tellings.across.slots.occasions import Surroundings
from tellings.model.records import Telling

#: Other words that two sentences must share: in full, and as a share of the shorter one's.
WORDS, SHARE = 4, 0.4
#: Two sentences that share so many words are alike, however long they are.
MANY = 6


def agreeing(tellings: Iterable[Telling]) -> list[list[Given]]:
    """Groups of equal plain values of several tellings, each in sentences like those of another."""
    by_value: dict[tuple[object, ...], list[Given]] = defaultdict(list)
    for telling in tellings:
        for index, fact in enumerate(telling.facts):
            # "The first" and "one of" are said of too much to tell anything.
            if fact.compared or (fact.kind in ("ordinal", "count") and fact.high == 1):
                continue
            about = (fact.kind, fact.head if fact.kind in ("count", "ordinal") else fact.unit, fact.low, fact.high)
            by_value[about].append(Given(telling, index, fact, as_of(telling, fact)))
    found = []
    for given in by_value.values():
        if len({one.telling.id for one in given}) > 1:
            found.extend(_linked(given))
    return found


def _linked(given: list[Given]) -> list[list[Given]]:
    around = Surroundings(given)
    groups: list[list[Given]] = []
    for one in sorted(given, key=lambda each: (each.telling.id, each.fact.span)):
        homes = [group for group in groups if any(_alike(one, other, around) for other in group)]
        merged = [one, *(other for group in homes for other in group)]
        groups = [group for group in groups if group not in homes] + [merged]
    return [group for group in groups if len({one.telling.id for one in group}) > 1]


def _alike(one: Given, other: Given, around: Surroundings) -> bool:
    if one.telling.id == other.telling.id or around.apart(one, other):
        return False
    a, b = around[one].words, around[other].words
    shared = len(a & b)
    return shared >= MANY or (shared >= WORDS and shared >= SHARE * min(len(a), len(b)))
