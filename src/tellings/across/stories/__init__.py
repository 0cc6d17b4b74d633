"""A mixed pile sorted into stories: tellings of one event together, as they come.

1. map: each telling becomes a sketch, a function of its title, its beginning and its day;
2. group: a new telling is compared with those that share its weightiest words;
3. join: average linkage over how likely pairs are of one event, rerun on the stories that the new ones touch; then a
   telling left alone joins the one story that it is clearly nearest to.
What a person decided ("these two are one story", "these two are not") holds whatever the numbers say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tellings.across.stories.index import Index
from tellings.across.stories.linkage import average_linkage
from tellings.across.stories.pairs import features, probability, score
from tellings.across.stories.sketch import Sketch
from tellings.across.word_vectors import cosine

#: Mean likelihood of one event from which two groups are one story; set by leave-one-corpus-out.
JOINED = 0.45
#: Pairs less likely than this are as good as unlike.
LEAST = 0.05
#: Cosine of all words below which two tellings are unlike without looking further.
FAR = 0.07
#: A telling alone joins a story whose three nearest members are this likely on average, and this many times as likely
#: as those of any other story: where the pile is dense, the second is what tells.
NEAREST, CLEARLY = 0.15, 2.0
_NEAREST_MEMBERS = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of two tellings, by their ids: of one story ("same"), or not ("apart")."""

    kind: Literal["same", "apart"]
    a: str
    b: str


class Stories:
    """Stories of a pile that grows. The same tellings in the same order give the same pairs, one by one or at once; the
    stories differ from those of all at once only where an early join would not have been made with all at hand
    (`eval/stories.py` measures it).
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._index = Index()
        self._places: dict[str, int] = {}
        self._near: list[dict[int, float]] = []
        self._story: list[int] = []
        self._members: dict[int, list[int]] = {}
        self._next = 0
        self._decisions = tuple(decisions)

    def add(self, sketches: Sequence[Sketch]) -> None:
        """Enter new tellings, and sort anew the stories they touch.

        Raises:
            ValueError: a telling of that id was entered before.
        """
        new = []
        for sketch in sketches:
            if sketch.id in self._places:
                raise ValueError(f"telling {sketch.id!r} is there already")
            place = len(self._near)
            near = {}
            for other in self._index.near(sketch):
                likely = self._likely(self._index.sketches[other], sketch)
                if likely >= LEAST:
                    near[other] = likely
                    self._near[other][place] = likely
            self._index.add(sketch)
            self._places[sketch.id] = place
            self._near.append(near)
            self._story.append(self._next)
            self._members[self._next] = [place]
            self._next += 1
            new.append(place)
        self._sort(new)

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The stories: the ids of each, in the order they came; stories by their first telling."""
        kept = sorted(self._members.values())
        return tuple(tuple(self._index.sketches[place].id for place in members) for members in kept)

    def _likely(self, a: Sketch, b: Sketch) -> float:
        return probability(score(features(a, b)))

    def _sort(self, new: list[int]) -> None:
        """Rerun linkage on the new tellings and every story that one of them, or a decision of it, leads to."""
        touched = {self._story[place] for place in new}
        for place in new:
            touched.update(self._story[other] for other in self._near[place])
        said = [
            (decision.kind, self._places[decision.a], self._places[decision.b])
            for decision in self._decisions
            if decision.a in self._places and decision.b in self._places
        ]
        for _, a, b in said:
            if self._story[a] in touched or self._story[b] in touched:
                touched.update((self._story[a], self._story[b]))
        places = sorted(place for story in touched for place in self._members[story])
        local = {place: index for index, place in enumerate(places)}
        edges = [
            (local[other], index, likely)
            for place, index in local.items()
            for other, likely in self._near[place].items()
            if other < place and other in local
        ]
        together = [(local[a], local[b]) for kind, a, b in said if kind == "same" and a in local and b in local]
        apart = [(local[a], local[b]) for kind, a, b in said if kind == "apart" and a in local and b in local]

        def alike(a: int, b: int) -> float:
            first, second = self._index.sketches[places[a]], self._index.sketches[places[b]]
            return self._likely(first, second) if cosine(first.body, second.body) >= FAR else 0.0

        found = average_linkage(len(places), edges, alike, JOINED, together=together, apart=apart)
        found = _settle(found, edges, apart)
        for story in touched:
            del self._members[story]
        for members in found:
            self._members[self._next] = [places[index] for index in members]
            for index in members:
                self._story[places[index]] = self._next
            self._next += 1


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
