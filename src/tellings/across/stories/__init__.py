"""A mixed pile sorted into stories: tellings of one event together, in whatever order they come.

1. map: each telling becomes a sketch, a function of its title, its beginning and its day;
2. group: a telling is compared with those that share its weightiest words and are nearest in time;
3. join: average linkage over the scores of pairs (`linked`), rerun where new ones changed what hangs together; then
   a telling left alone joins the one story that it is clearly nearest to (`settled`).
What a person decided ("these two are one story", "these two are not") holds whatever the numbers say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tellings.across.sets import DisjointSets
from tellings.across.stories.casts import two_casts
from tellings.across.stories.index import Index
from tellings.across.stories.linkage import average_linkage
from tellings.across.stories.pairs import score_of
from tellings.across.stories.ranked import Rank
from tellings.across.stories.settling import Settling
from tellings.across.stories.shelf import LEAST, Memory, Shelf
from tellings.across.stories.sketch import Sketch
from tellings.model.records import StoryDecision

#: Mean score (uncalibrated) from which two groups are one story; set by leave-one-corpus-out.
JOINED = 0.45


class Stories:
    """Stories of a pile that grows: a function of the tellings and decisions alone, in whatever order and in how many
    steps they came. What a step costs depends on what it touches, not on the pile.

    A *component* is what hangs together by pairs likely enough to join two, or by decision: no group goes beyond one. A
    *group* is what linkage makes of a part of it. Both go by the id of their first telling.
    """

    def __init__(self, decisions: Iterable[StoryDecision] = (), shelf: Shelf | None = None) -> None:
        """`shelf`: where all that is known of the pile lies, by default in memory."""
        self._shelf: Shelf = Memory() if shelf is None else shelf
        self._index = Index(self._shelf)
        self._same: dict[str, set[str]] = defaultdict(set)
        self._apart: dict[str, set[str]] = defaultdict(set)
        for each in decisions:
            said = self._same if each.kind == "same" else self._apart
            said[each.a].add(each.b)
            said[each.b].add(each.a)

    def add(self, sketches: Sequence[Sketch]) -> frozenset[str]:
        """Enter new tellings; returns the ids of all whose story may be another now, theirs among them.

        Raises:
            ValueError: a telling of that id was entered before.
        """
        for sketch in sketches:
            if sketch.id in self._shelf.scores:
                raise ValueError(f"telling {sketch.id!r} is there already")
            self._shelf.scores[sketch.id] = {}
        touched = {sketch.id for sketch in sketches}
        for identifier in sorted(self._index.add(sketches)):
            touched.update(self._compare(identifier))
        return self._regroup(touched)

    def remove(self, identifiers: Iterable[str]) -> frozenset[str]:
        """Take tellings out, as if they had never been there; returns the ids of all others whose story may be another
        now."""
        gone = frozenset(identifiers)
        touched: set[str] = set()
        for identifier in sorted(gone):
            touched.update(self._forget(identifier))
        return self._regroup(touched - gone, gone)

    def decide(self, touched: Iterable[str]) -> frozenset[str]:
        """Sort anew what decisions that came or went are of; returns the ids of all whose story may be another now."""
        return self._regroup({identifier for identifier in touched if identifier in self._shelf.scores})

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The stories: the ids of each, by day and id; stories by their first telling."""
        found = {first: self.story(first) for first in sorted(self._shelf.groups) if first not in self._shelf.joined}
        return tuple(sorted(found.values(), key=lambda members: self._rank(members[0])))

    def story(self, identifier: str) -> tuple[str, ...]:
        """The ids of the story that a telling is in, by day and id."""
        first = self._shelf.group_of[identifier]
        first = self._shelf.joined.get(first, first)
        members = (*self._shelf.groups[first], *self._shelf.joined_by.get(first, ()))
        return tuple(sorted(members, key=self._rank))

    # ---- pairs ---------------------------------------------------------------------------

    def _compare(self, identifier: str) -> set[str]:
        """Bring what is known of a telling's pairs in line with what it is to be compared with; returns the ids of
        those whose pairs changed."""
        scores, sketches = self._shelf.scores, self._index.sketches
        known, nearest, touched = scores[identifier], self._index.nearest(identifier), set()
        for other in [other for other in known if other not in nearest]:
            if not self._index.compares(other, identifier):
                del known[other]
                self._change(other, identifier, None)
                touched.add(other)
        for other in nearest - known.keys():
            known[other] = score_of(sketches[identifier], sketches[other])
            self._change(other, identifier, known[other])
            touched.add(other)
        if touched:
            scores[identifier] = known
            touched.add(identifier)
        return touched

    def _change(self, of: str, other: str, score: float | None) -> None:
        """Set the score of a pair on the side of `of`, or take it out."""
        known = self._shelf.scores[of]
        if score is None:
            del known[other]
        else:
            known[other] = score
        self._shelf.scores[of] = known

    def _forget(self, identifier: str) -> set[str]:
        """Take one telling out of all but its component; returns the ids of those whose pairs changed."""
        touched = set(self._shelf.scores.pop(identifier))
        for other in touched:
            self._change(other, identifier, None)
        for other in sorted(self._index.remove(identifier)):
            touched.update(self._compare(other))
        return touched

    # ---- what hangs together -------------------------------------------------------------

    def _regroup(self, touched: Collection[str], gone: Collection[str] = ()) -> frozenset[str]:
        """Group anew what hangs together with tellings whose pairs changed, or did so before, or did with some that are
        gone."""
        area, before = self._area(touched, {self._shelf.component_of[identifier] for identifier in gone})
        for component in before:
            for first in self._shelf.components.pop(component):
                del self._shelf.groups[first]
        for identifier in gone:
            del self._shelf.component_of[identifier], self._shelf.group_of[identifier]
        for members in self._components(sorted(area, key=self._rank)):
            groups = sorted((sorted(group, key=self._rank) for group in self._linked(members)), key=self._first)
            self._shelf.components[members[0]] = tuple(group[0] for group in groups)
            for group in groups:
                self._shelf.groups[group[0]] = tuple(group)
                for identifier in group:
                    self._shelf.component_of[identifier] = members[0]
                    self._shelf.group_of[identifier] = group[0]
        return frozenset(Settling(self._shelf, self._rank, self._apart).settle(area, gone))

    def _area(self, touched: Iterable[str], before: set[str]) -> tuple[set[str], set[str]]:
        """All tellings that hang together with `touched` ones or with those of the components `before`, now or earlier,
        and the components they were in."""
        area: set[str] = set()
        before = set(before)
        waiting = [*touched, *(each for component in before for each in self._members(component))]
        while waiting:
            identifier = waiting.pop()
            if identifier in area or identifier not in self._shelf.scores:
                continue
            area.add(identifier)
            component = self._shelf.component_of.get(identifier)
            if component is not None and component not in before:
                before.add(component)
                waiting.extend(self._members(component))
            waiting.extend(self._strongly(identifier))
        return area, before

    def _members(self, component: str) -> Iterator[str]:
        for first in self._shelf.components[component]:
            yield from self._shelf.groups[first]

    def _strongly(self, identifier: str) -> Iterator[str]:
        """Those that a telling hangs together with, by numbers or by decision."""
        yield from (other for other, likely in self._shelf.scores[identifier].items() if likely >= JOINED)
        yield from (other for other in self._same.get(identifier, ()) if other in self._shelf.scores)

    def _components(self, ordered: list[str]) -> list[list[str]]:
        """What hangs together of an area that nothing outside hangs together with, each in order."""
        sets = DisjointSets(ordered)
        for identifier in ordered:
            for other in self._strongly(identifier):
                sets.join(identifier, other)
        return sets.groups()

    def _linked(self, members: list[str]) -> list[list[str]]:
        """The groups that average linkage makes of tellings that hang together."""
        if len(members) == 1:
            return [members]
        local = {identifier: index for index, identifier in enumerate(members)}
        sketches = [self._index.sketches[identifier] for identifier in members]

        def alike(a: int, b: int) -> float:
            return score_of(sketches[a], sketches[b])

        def unlike(a: Sequence[int], b: Sequence[int]) -> bool:
            return two_casts([sketches[index] for index in a], [sketches[index] for index in b])

        edges = self._edges(members, local)
        together, apart = (_said(said, members, local) for said in (self._same, self._apart))
        found = average_linkage(len(members), edges, alike, JOINED, together=together, apart=apart, unlike=unlike)
        return [[members[index] for index in group] for group in found]

    def _edges(self, members: list[str], local: Mapping[str, int]) -> list[tuple[int, int, float]]:
        """The pairs among `members` that are not as good as unlike, by their places in it."""
        return sorted(
            (local[other], index, likely)
            for index, identifier in enumerate(members)
            for other, likely in self._shelf.scores[identifier].items()
            if likely >= LEAST and other in local and local[other] < index
        )

    def _rank(self, identifier: str) -> Rank:
        return self._index.rank(identifier)

    def _first(self, group: Sequence[str]) -> Rank:
        return self._rank(group[0])


def _said(said: Mapping[str, set[str]], members: list[str], local: Mapping[str, int]) -> list[tuple[int, int]]:
    """What a person said of pairs of `members`, by their places."""
    return sorted(
        (local[each], local[other])
        for each in members
        for other in said.get(each, ())
        if other in local and local[each] < local[other]
    )
