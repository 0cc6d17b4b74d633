"""A mixed pile sorted into stories: tellings of one event together, in whatever order they come.

1. map: each telling becomes a sketch, a function of its title, its beginning and its day;
2. group: a telling is compared with those that share its weightiest words and are nearest in time;
3. join: average linkage over the scores of pairs, rerun where new ones changed what hangs together; then
   a telling left alone joins the one story that it is clearly nearest to.
What a person decided ("these two are one story", "these two are not") holds whatever the numbers say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from tellings.across.sets import DisjointSets
from tellings.across.stories.casts import two_casts
from tellings.across.stories.index import Index, rank
from tellings.across.stories.linkage import average_linkage
from tellings.across.stories.pairs import score_of
from tellings.across.stories.sketch import Sketch
from tellings.model.records import StoryDecision

#: Mean score (uncalibrated) from which two groups are one story; set by leave-one-corpus-out.
JOINED = 0.45
#: Pairs of a lower score are as good as unlike.
LEAST = 0.05
#: A telling alone joins a story whose three nearest members are this likely on average, and this many times as likely
#: as those of any other story: where the pile is dense, the second is what tells.
NEAREST, CLEARLY = 0.15, 2.0
_NEAREST_MEMBERS = 3


class Stories:
    """Stories of a pile that grows: a function of the tellings and decisions alone, in whatever order and in how many
    steps they came."""

    def __init__(self, decisions: Iterable[StoryDecision] = ()) -> None:
        self._index = Index()
        # id → the ids it was compared with → the score of the pair; the same both ways
        self._scores: dict[str, dict[str, float]] = {}
        self._decisions = tuple(decisions)
        # a set of tellings that hang together → the groups that linkage makes of it
        self._linked: dict[frozenset[str], list[list[str]]] = {}

    def add(self, sketches: Sequence[Sketch]) -> None:
        """Enter new tellings.

        Raises:
            ValueError: a telling of that id was entered before.
        """
        for sketch in sketches:
            if sketch.id in self._scores:
                raise ValueError(f"telling {sketch.id!r} is there already")
            self._scores[sketch.id] = {}
        for identifier in sorted(self._index.add(sketches)):
            self._compare(identifier)

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The stories: the ids of each, by day and id; stories by their first telling."""
        place = {identifier: rank(sketch) for identifier, sketch in self._index.sketches.items()}
        ordered = sorted(place, key=place.__getitem__)
        # What no longer hangs together is forgotten; what does and was linked before is not linked again.
        linked = {}
        for members in self._components(ordered):
            key = frozenset(members)
            linked[key] = self._linked[key] if key in self._linked else self._link(members)
        self._linked = linked
        return self._settled(ordered, [group for groups in linked.values() for group in groups])

    def _compare(self, identifier: str) -> None:
        """Bring what is known of a telling's pairs in line with what it is to be compared with."""
        known = self._scores[identifier]
        nearest = self._index.nearest(identifier)
        for other in [other for other in known if other not in nearest]:
            if identifier not in self._index.nearest(other):
                del known[other], self._scores[other][identifier]
        sketches = self._index.sketches
        for other in nearest - known.keys():
            known[other] = self._scores[other][identifier] = score_of(sketches[identifier], sketches[other])

    def _said(self, kind: Literal["same", "apart"]) -> list[tuple[str, str]]:
        """What a person said of tellings that are there."""
        return [
            (each.a, each.b)
            for each in self._decisions
            if each.kind == kind and each.a in self._scores and each.b in self._scores
        ]

    def _components(self, ordered: list[str]) -> list[list[str]]:
        """Tellings that hang together by pairs likely enough to join two, or by decision: no story goes beyond one."""
        sets = DisjointSets(ordered)
        for identifier in ordered:
            for other, likely in self._scores[identifier].items():
                if likely >= JOINED:
                    sets.join(identifier, other)
        for a, b in self._said("same"):
            sets.join(a, b)
        return sets.groups()

    def _link(self, members: list[str]) -> list[list[str]]:
        """The groups that average linkage makes of tellings that hang together."""
        if len(members) == 1:
            return [members]
        local = {identifier: index for index, identifier in enumerate(members)}
        sketches = [self._index.sketches[identifier] for identifier in members]
        together, apart = (
            [(local[a], local[b]) for a, b in self._said(kind) if a in local and b in local]
            for kind in ("same", "apart")
        )

        def alike(a: int, b: int) -> float:
            return score_of(sketches[a], sketches[b])

        def unlike(a: Sequence[int], b: Sequence[int]) -> bool:
            return two_casts([sketches[index] for index in a], [sketches[index] for index in b])

        edges = self._edges(members, local)
        found = average_linkage(len(members), edges, alike, JOINED, together=together, apart=apart, unlike=unlike)
        return [[members[index] for index in group] for group in found]

    def _settled(self, ordered: list[str], linked: list[list[str]]) -> tuple[tuple[str, ...], ...]:
        """The stories, once tellings left alone have joined the one they are clearly nearest to."""
        local = {identifier: index for index, identifier in enumerate(ordered)}
        groups = sorted(sorted(local[identifier] for identifier in group) for group in linked)
        apart = [(local[a], local[b]) for a, b in self._said("apart")]
        settled = _settle(groups, self._edges(ordered, local), apart)
        return tuple(tuple(ordered[index] for index in group) for group in settled)

    def _edges(self, members: list[str], local: dict[str, int]) -> list[tuple[int, int, float]]:
        """The pairs among `members` that are not as good as unlike, by their places in it."""
        return sorted(
            (local[other], index, likely)
            for index, identifier in enumerate(members)
            for other, likely in self._scores[identifier].items()
            if likely >= LEAST and other in local and local[other] < index
        )


def _settle(
    groups: list[list[int]], edges: list[tuple[int, int, float]], apart: list[tuple[int, int]]
) -> list[list[int]]:
    """Let items that are alone join the group they are clearly nearest to."""
    of = {item: number for number, members in enumerate(groups) for item in members}
    near: dict[int, dict[int, list[float]]] = {}
    for a, b, likely in edges:
        for item, other in ((a, b), (b, a)):
            if len(groups[of[item]]) == 1 and of[other] != of[item]:
                near.setdefault(item, {}).setdefault(of[other], []).append(likely)
    barred = {(a, of[b]) for a, b in apart} | {(b, of[a]) for a, b in apart}
    joins: dict[int, int] = {}
    for item, by_group in sorted(near.items()):
        ranked = sorted(
            (
                (sum(sorted(found)[-_NEAREST_MEMBERS:]) / min(_NEAREST_MEMBERS, len(groups[number])), -number)
                for number, found in by_group.items()
            ),
            reverse=True,
        )
        best, number = ranked[0][0], -ranked[0][1]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        if best >= NEAREST and best >= CLEARLY * second and (item, number) not in barred and number not in joins:
            joins[of[item]] = number
    out = [list(members) for members in groups]
    for alone, number in joins.items():
        if number not in joins and len(out[alone]) == 1:
            out[number].extend(out[alone])
            out[alone] = []
    return sorted(sorted(members) for members in out if members)
