"""Values that are read and not set side by side (`within.facts.plain`), where tellings agree in value and words.

Two tellings that write "364 yards" in sentences of like words tell one thing; that they write different numbers of a
common noun shows nothing, so that such values are never said to differ.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from tellings.across.questions.subject import Given, told_dates
from tellings.across.questions.surroundings import Surroundings
from tellings.model.records import Telling

#: Other words that two sentences must share: in full, and as a share of the shorter one's.
WORDS, SHARE = 4, 0.4
#: Two sentences that share so many words are alike, however long they are.
MANY = 6


def agreeing(tellings: Iterable[Telling], around: Surroundings) -> list[list[Given]]:
    """Groups of equal plain values of several tellings, each in sentences like those of another."""
    by_value: dict[tuple[object, ...], list[Given]] = defaultdict(list)
    for telling in tellings:
        for index, (fact, told) in enumerate(zip(telling.facts, told_dates(telling), strict=True)):
            # "The first" and "one of" are said of too much to tell anything.
            if fact.compared or (fact.kind in ("ordinal", "count") and fact.high == 1):
                continue
            about = (fact.kind, fact.head if fact.kind in ("count", "ordinal") else fact.unit, fact.low, fact.high)
            by_value[about].append(Given(telling, index, fact, told))
    found = []
    for given in by_value.values():
        if len({one.telling.id for one in given}) > 1:
            found.extend(_linked(given, around))
    return found


def _linked(given: list[Given], around: Surroundings) -> list[list[Given]]:
    """Facts in groups of which each is alike another one's sentence (single linkage), by the words they share."""
    groups: dict[int, list[Given]] = {}
    joined = list(range(len(given)))
    with_word: dict[str, list[int]] = defaultdict(list)
    ordered = sorted(given, key=lambda each: (each.telling.id, each.fact.span))
    for place, one in enumerate(ordered):
        words = around[one].words
        shared = Counter(other for word in words for other in with_word[word])
        homes: set[int] = set()
        for other, count in shared.items():
            if count >= WORDS:
                group = _group(other, joined)
                if group not in homes and _alike(one, ordered[other], count, around):
                    homes.add(group)
        merged = [one]
        for number in [number for number in groups if number in homes]:
            merged += groups.pop(number)
            joined[number] = place
        groups[place] = merged
        for word in words:
            with_word[word].append(place)
    return [group for group in groups.values() if len({one.telling.id for one in group}) > 1]


def _group(member: int, joined: list[int]) -> int:
    """The number of the group that holds a member, with the way to it made short (Tarjan 1975)."""
    while joined[member] != member:
        joined[member] = joined[joined[member]]
        member = joined[member]
    return member


def _alike(one: Given, other: Given, shared: int, around: Surroundings) -> bool:
    """Whether two facts, whose sentences share so many words, tell one thing."""
    if shared < MANY and shared < SHARE * min(len(around[one].words), len(around[other].words)):
        return False
    return one.telling.id != other.telling.id and not around.apart(one, other)
