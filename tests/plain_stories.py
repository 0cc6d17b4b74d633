"""Stories of a pile sorted at once, step by step over the whole of it: what sorting that grows must come to, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tellings.across.sets import DisjointSets
from tellings.across.stories.casts import cast_of, two_casts
from tellings.across.stories.grouping import JOINED
from tellings.across.stories.index import Index
from tellings.across.stories.linkage import average_linkage
from tellings.across.stories.pairs import score_of
from tellings.across.stories.ranked import rank
from tellings.across.stories.settling import CLEARLY, NEAREST
from tellings.across.stories.shelf import LEAST
from tellings.across.stories.sketch import Sketch
from tellings.model.records import StoryDecision

Edges = list[tuple[int, int, float]]


def plain_stories(given: Iterable[Sketch], *decisions: StoryDecision) -> tuple[tuple[str, ...], ...]:
    """The stories of `given`: the ids of each in order."""
    sketches = sorted(given, key=rank)
    place = {each.id: at for at, each in enumerate(sketches)}
    index = Index()
    index.add(sketches)
    edges: Edges = sorted(
        (a, b, score_of(sketches[a], sketches[b]))
        for a, b in {
            (min(place[each.id], place[other]), max(place[each.id], place[other]))
            for each in sketches
            for other in index.nearest(each.id)
        }
    )
    said = {
        kind: [(place[d.a], place[d.b]) for d in decisions if d.kind == kind and d.a in place and d.b in place]
        for kind in ("same", "apart")
    }
    sets = DisjointSets(range(len(sketches)))
    for a, b in [(a, b) for a, b, score in edges if score >= JOINED] + said["same"]:
        sets.join(a, b)
    groups = [group for members in sets.groups() for group in _linked(members, sketches, edges, said)]
    settled = settle(sorted(groups), [edge for edge in edges if edge[2] >= LEAST], said["apart"])
    return tuple(tuple(sketches[at].id for at in group) for group in settled)


def _linked(
    members: list[int], sketches: Sequence[Sketch], edges: Edges, said: dict[str, list[tuple[int, int]]]
) -> list[list[int]]:
    local = {at: number for number, at in enumerate(members)}

    def inside(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(local[a], local[b]) for a, b in pairs if a in local and b in local]

    found = average_linkage(
        len(members),
        [(local[a], local[b], score) for a, b, score in edges if a in local and b in local and score >= LEAST],
        lambda a, b: score_of(sketches[members[a]], sketches[members[b]]),
        JOINED,
        together=inside(said["same"]),
        apart=inside(said["apart"]),
        unlike=lambda a, b: two_casts(a, b, lambda at: cast_of(sketches[members[at]])),
    )
    return [[members[number] for number in group] for group in found]


def settle(groups: list[list[int]], edges: Edges, apart: list[tuple[int, int]]) -> list[list[int]]:
    """Let items that are alone join the group they are clearly nearest to, one after the other."""
    of = {item: number for number, members in enumerate(groups) for item in members}
    near: dict[int, dict[int, list[float]]] = {}
    for a, b, score in edges:
        for item, other in ((a, b), (b, a)):
            if len(groups[of[item]]) == 1 and of[other] != of[item]:
                near.setdefault(item, {}).setdefault(of[other], []).append(score)
    barred = {(a, of[b]) for a, b in apart} | {(b, of[a]) for a, b in apart}
    joins: dict[int, int] = {}
    held = {pair for a, b in apart for pair in ((a, b), (b, a))}
    for item, by_group in sorted(near.items()):
        ranked = sorted(
            ((sum(sorted(found)[-3:]) / min(3, len(groups[number])), -number) for number, found in by_group.items()),
            reverse=True,
        )
        best, number = ranked[0][0], -ranked[0][1]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        # Of two that are held apart and want to join one group, the earlier does.
        taken = any(wish == number and (item, groups[alone][0]) in held for alone, wish in joins.items())
        barring = taken or (item, number) in barred
        if best >= NEAREST and best >= CLEARLY * second and not barring and number not in joins:
            joins[of[item]] = number
    out = [list(members) for members in groups]
    for alone, number in joins.items():
        if number not in joins:
            out[number] += out[alone]
            out[alone] = []
    return sorted(sorted(members) for members in out if members)
