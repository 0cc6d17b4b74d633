"""Groups of tellings by average linkage, brought in line with what is other now, at the cost of what that touches.

Linkage is local: a group comes out as it was where no pair within it is other, and two groups stay two where no pair
between them is other, either, and both come to be as they did before. So what holds something other is linked anew,
together with all that it might join. What comes out otherwise of the latter is linked anew together with all that *it*
might join; and so on, until all comes out as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count

from tellings.across.sets import DisjointSets
from tellings.across.stories.casts import Cast, cast_of, two_casts
from tellings.across.stories.linkage import average_linkage
from tellings.across.stories.pairs import score_of
from tellings.across.stories.ranked import Rank
from tellings.across.stories.shelf import LEAST, Shelf
from tellings.across.stories.sketch import Sketch

#: Mean score (uncalibrated) from which two groups are one story; set by leave-one-corpus-out.
JOINED = 0.45
#: Rounds after which all that was linked is linked together, so that two groups cannot undo each other for ever.
_ROUNDS = 8

#: Two tellings by their ids, the lesser first.
Pair = tuple[str, str]
_Group = tuple[str, ...]


class Grouping:
    """The groups of a pile, kept on a shelf; each goes by the id of its first telling."""

    def __init__(
        self,
        shelf: Shelf,
        rank: Callable[[str], Rank],
        same: Mapping[str, Collection[str]],
        apart: Mapping[str, Collection[str]],
    ) -> None:
        """`rank`: the place of a telling in order; `same`, `apart`: what a person said is of one story, and is not."""
        self._shelf = shelf
        self._rank = rank
        self._same = same
        self._apart = apart

    def regroup(
        self, pairs: Collection[Pair], new: Collection[str], gone: Collection[str], decided: Collection[str]
    ) -> set[str]:
        """Bring the groups in line with `pairs` that say something else, with tellings that are `new` or `gone`, and
        with some that something was `decided` of; returns the ids of those whose group is another now."""
        groups, of = self._shelf.groups, self._shelf.group_of
        opened, beside = self._other(pairs, new, gone, decided)
        was: dict[str, _Group] = {}
        self._take_out(opened, was)
        for identifier in gone:
            del of[identifier]
        other = {*new, *(each for group in was.values() for each in group)}.difference(gone)
        made: set[str] = set()
        seen: set[str] = set()
        for turn in count(1):
            beside |= self._might_join(other)
            area = other.union(self._members(beside))
            found = {group[0]: group for part in self._parts(area) for group in self._linked(part)}
            beside.update(first for each in other if (first := of.get(each, "")) in groups)
            self._take_out({first for first in beside if found.get(first) != groups[first]}, was)
            fresh = {first: group for first, group in found.items() if first not in groups}
            self._enter(fresh)
            made.update(fresh)
            # Whatever one of `other` might join was there; one that was beside it may have more beside itself.
            beyond = {each for group in fresh.values() if not other.issuperset(group) for each in group}
            if not beyond:
                break
            seen |= area
            other, beside = (beyond if turn < _ROUNDS else seen), set()
        now = {first: groups[first] for first in made if first in groups}
        return {each for first, group in now.items() if was.get(first) != group for each in group}

    def _take_out(self, firsts: Iterable[str], was: dict[str, _Group]) -> None:
        """Take groups out; what they were at first goes into `was`."""
        for first in firsts:
            was.setdefault(first, self._shelf.groups.pop(first))

    def _most_likely(self, identifier: str) -> str:
        """The one that a telling is most like, where the two are likely enough to go together; else itself."""
        scores = self._shelf.scores[identifier]
        most = max(scores, key=lambda other: (scores[other], other), default=identifier)
        return most if scores.get(most, 0.0) >= JOINED else identifier

    def _other(
        self, pairs: Collection[Pair], new: Collection[str], gone: Collection[str], decided: Collection[str]
    ) -> tuple[set[str], set[str]]:
        """Groups that hold something other, or most likely will, and groups of which two might join otherwise."""
        of = self._shelf.group_of
        # Most new ones join the one that they are most like: opened at once, it saves a round.
        likeliest = (self._most_likely(each) for each in new)
        opened = {of[each] for each in (*gone, *decided, *likeliest) if each in of}
        between: set[Pair] = set()
        for a, b in pairs:
            first, second = of.get(a), of.get(b)
            if first is not None and first == second:
                opened.add(first)
            elif first is not None and second is not None:
                between.add((min(first, second), max(first, second)))
        might = (pair for pair in between if opened.isdisjoint(pair) and self._might_be_one(*pair))
        return opened, {first for pair in might for first in pair}

    def _might_be_one(self, a: str, b: str) -> bool:
        """Whether some of two groups are likely enough to go together."""
        fewer, more = sorted((a, b), key=lambda first: len(self._shelf.groups[first]))
        return any(self._shelf.group_of.get(other) == more for other in self._likely(self._shelf.groups[fewer]))

    def _might_join(self, identifiers: Collection[str]) -> set[str]:
        """The groups, but their own, that tellings might join."""
        return {self._shelf.group_of[other] for other in self._likely(identifiers) if other not in identifiers}

    def _likely(self, identifiers: Iterable[str]) -> Iterator[str]:
        """Those that are likely enough to go with one of `identifiers`, by numbers or by decision."""
        scores = self._shelf.scores
        for identifier in identifiers:
            yield from (other for other, likely in scores[identifier].items() if likely >= JOINED)
            yield from (other for other in self._same.get(identifier, ()) if other in scores)

    def _members(self, firsts: Iterable[str]) -> Iterator[str]:
        for first in firsts:
            yield from self._shelf.groups[first]

    def _parts(self, area: Collection[str]) -> list[_Group]:
        """An area in parts that cannot come together, each in order."""
        sets = DisjointSets(sorted(area, key=self._rank))
        for identifier in area:
            for other in self._likely((identifier,)):
                if other in area:
                    sets.join(identifier, other)
        return [tuple(part) for part in sets.groups()]

    def _linked(self, members: _Group) -> list[_Group]:
        """The groups that average linkage makes of tellings in order."""
        if len(members) == 1:
            return [members]
        local = {identifier: index for index, identifier in enumerate(members)}

        # Few are looked at, and a store reads what is.
        def sketch(index: int) -> Sketch:
            return self._shelf.sketches[members[index]]

        def alike(a: int, b: int) -> float:
            return score_of(sketch(a), sketch(b))

        @cache
        def cast(index: int) -> Cast:
            return cast_of(sketch(index))

        def unlike(a: Sequence[int], b: Sequence[int]) -> bool:
            return two_casts(a, b, cast)

        edges = self._edges(members, local)
        together, apart = (_said(said, members, local) for said in (self._same, self._apart))
        found = average_linkage(len(members), edges, alike, JOINED, together=together, apart=apart, unlike=unlike)
        return [tuple(members[index] for index in group) for group in found]

    def _edges(self, members: _Group, local: Mapping[str, int]) -> list[tuple[int, int, float]]:
        """The pairs among `members` that are not as good as unlike, by their places in it."""
        return sorted(
            (local[other], index, likely)
            for index, identifier in enumerate(members)
            for other, likely in self._shelf.scores[identifier].items()
            if likely >= LEAST and other in local and local[other] < index
        )

    def _enter(self, groups: Mapping[str, _Group]) -> None:
        for first, group in groups.items():
            self._shelf.groups[first] = group
            for identifier in group:
                if self._shelf.group_of.get(identifier) != first:
                    self._shelf.group_of[identifier] = first


def _said(said: Mapping[str, Collection[str]], members: _Group, local: Mapping[str, int]) -> list[tuple[int, int]]:
    """What a person said of pairs of `members`, by their places."""
    return sorted(
        (local[each], local[other])
        for each in members
        for other in said.get(each, ())
        if other in local and local[each] < local[other]
    )
