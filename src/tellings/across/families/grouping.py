"""Which quotations are one utterance: candidates by what they share, pairs that are one, and what these join.

1. stretches that share words as they stand (`verbatim`);
2. quotations of which one prints a fragment of the other or tells it in its own words (`retold`);
3. stretches that one telling presents as going on, and none prints apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from tellings.across.families.retold import Rule, Wording, retold, wordings
from tellings.across.families.stretches import REPORTED, Stretch, holds_words, level_of
from tellings.across.families.verbatim import same_words
from tellings.across.keys import NEIGHBOURS
from tellings.across.sets import DisjointSets
from tellings.model.records import Telling

#: What more quotations than this hold is a formula; it proposes only neighbours.
_COMMON = 60
_GRAM = 4
#: A telling and the place of a quotation in it.
_Quote = tuple[str, int]


def group(found: list[Stretch], tellings: tuple[Telling, ...]) -> list[tuple[list[Stretch], tuple[str, ...]]]:
    """Stretches joined into utterances, each group in order of telling and place, and by which rules besides that of
    the same words."""
    sets = DisjointSets(range(len(found)))
    for a, b in _candidates([_grams(stretch.context) for stretch in found], [stretch.telling for stretch in found]):
        if sets.root(a) != sets.root(b) and same_words(found[a], found[b]):  # 1
            sets.join(a, b)
    first: dict[_Quote, int] = {}
    for index, stretch in enumerate(found):
        sets.join(first.setdefault((stretch.telling, stretch.quote), index), index)
    retellings = _join_retold(sets, first, wordings(tellings, found))  # 2
    _join_going_on(sets, first, found)  # 3
    return [
        (
            sorted((found[index] for index in members), key=lambda s: (s.telling, s.place)),
            tuple(sorted({retellings[index] for index in members if index in retellings})),
        )
        for members in sets.groups()
    ]


def _join_retold(sets: DisjointSets[int], first: Mapping[_Quote, int], whole: Sequence[Wording]) -> dict[int, Rule]:
    """Join each piece and paraphrase to what it shares most with, and to nothing else: words that fit two utterances
    do not make them one. By what rule each was that no other had joined."""
    place = [first[each.telling, each.quote] for each in whole]
    root = [sets.root(index) for index in place]
    longest: dict[int, int] = defaultdict(int)
    for at, each in enumerate(whole):
        if each.type == "direct":
            longest[root[at]] = max(longest[root[at]], len(each.words))
    best: dict[int, tuple[float, int, Rule]] = {}
    for a, b in _candidates([each.keys for each in whole], [each.telling for each in whole]):
        if root[a] == root[b] or (found := retold(whole[a], whole[b])) is None:
            continue
        part, other = (a, b) if found.part is whole[a] else (b, a)
        if longest[root[part]] <= len(whole[part].words):  # else it stands with the whole words already
            fits = (found.shared, -place[other], found.rule)
            best[place[part]] = max(best.get(place[part], fits), fits)
    rules: dict[int, Rule] = {}
    for part, (_, other, rule) in sorted(best.items()):
        if sets.root(part) != sets.root(-other):
            sets.join(part, -other)
            rules[part] = rule
    return rules


def _join_going_on(sets: DisjointSets[int], first: Mapping[_Quote, int], found: Sequence[Stretch]) -> None:
    """Join what a telling presents as going on, but where another telling prints both apart: posts that one outlet
    runs together are not one."""
    goes_on = DisjointSets(range(len(found)))
    links = []
    for (telling, _), index in first.items():
        before = found[index].continues
        if before is not None and (telling, before) in first:
            links.append((first[telling, before], index))
            goes_on.join(*links[-1])
    held: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for index in first.values():
        if _is_direct(found[index]):  # pieces picked for a paraphrase stand apart whatever they are of
            held[sets.root(index)][found[index].telling].add(goes_on.root(index))
    for before, after in sorted(links):
        one, other = sets.root(before), sets.root(after)
        if one == other:
            continue
        if all(
            not held[one][telling].isdisjoint(held[other][telling]) for telling in held[one].keys() & held[other].keys()
        ):
            sets.join(one, other)
            joined = sets.root(one)
            for telling, runs in held.pop(other if joined == one else one).items():
                held[joined][telling] |= runs


def _is_direct(stretch: Stretch) -> bool:
    return stretch.level != REPORTED and len(stretch.words) == len(stretch.context)


def within_one(telling: Telling) -> list[tuple[int, ...]]:
    """The quotations (indices) of one telling that `families` makes one utterance of where there is no other: those
    that go on from one another. Faster than to ask it, which counts words."""
    kept = [index for index, quote in enumerate(telling.quotes) if holds_words(telling.text, quote)]
    sets, held = DisjointSets(kept), frozenset(kept)
    for index in kept:
        before = telling.quotes[index].continues
        if before is not None and before in held:
            sets.join(before, index)
    groups = map(tuple, sets.groups())
    return [group for group in groups if level_of(telling.quotes[group[0]]) != REPORTED]


def _grams(normal: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(normal[i : i + _GRAM]) for i in range(max(1, len(normal) - _GRAM + 1)))


def _candidates(keys: Sequence[Iterable[Hashable]], owners: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places of different owners that share a key, in order. A key that many hold proposes, for each, only
    the next few, so that cost stays linear and the places stay connected."""
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for place, held in enumerate(keys):
        for key in set(held):
            holders[key].append(place)
    pairs: set[tuple[int, int]] = set()
    for places in holders.values():
        most = len(places) if len(places) <= _COMMON else NEIGHBOURS
        for at, a in enumerate(places):
            pairs.update((a, b) for b in places[at + 1 : at + 1 + most] if owners[a] != owners[b])
    return sorted(pairs)
