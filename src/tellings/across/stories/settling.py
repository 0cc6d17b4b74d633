"""The last step of sorting: a telling left alone joins the one group that it is clearly nearest to.

Where the pile is dense, "clearly" is what tells. A telling that wants to join another that is alone, too, waits for
what that one does: of two that want each other the later joins, and nobody joins one that has gone elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from heapq import heapify, heappop, heappush

from tellings.across.stories.ranked import Rank
from tellings.across.stories.shelf import LEAST, Shelf

#: A telling alone joins a group whose three nearest members are this likely on average, and this many times as likely
#: as those of any other.
NEAREST, CLEARLY = 0.15, 2.0
_NEAREST_MEMBERS = 3


class Settling:
    """What tellings that are alone want and do, kept on a shelf and brought in line with groups that changed."""

    def __init__(self, shelf: Shelf, rank: Callable[[str], Rank], apart: Mapping[str, Collection[str]]) -> None:
        """`rank`: the place of a telling in order; `apart`: tellings that a person said are not of one story."""
        self._shelf = shelf
        self._rank = rank
        self._apart = apart

    def settle(self, regrouped: Collection[str], asked: Collection[str], gone: Collection[str]) -> set[str]:
        """Bring all in line with tellings that were `regrouped`, others `asked` because their pairs or what was decided
        of them are other, and tellings that are `gone`; returns the ids of all whose story may be another now."""
        freed: set[str] = set()
        for identifier in (*regrouped, *gone):
            if (identifier in gone or not self._alone(identifier)) and self._shelf.wanted.pop(identifier, ""):
                freed.update(self._apart.get(identifier, ()))
        changed = self._want(self._whose_wish_may_change(regrouped, {*asked, *freed}))
        moved = self._do({*regrouped, *gone, *changed})
        return {*regrouped, *moved, *(each for first in regrouped for each in self._shelf.joined_by.get(first, ()))}

    # ---- what they want ------------------------------------------------------------------

    def _whose_wish_may_change(self, regrouped: Collection[str], asked: Collection[str]) -> set[str]:
        """Those alone among both, and those alone that are near to one regrouped."""
        near = (other for identifier in regrouped for other, _ in self._near(identifier))
        return {each for each in {*regrouped, *asked, *near} if self._alone(each)}

    def _want(self, waiting: Collection[str]) -> set[str]:
        """Ask each what it wants, in their order, and those that wait for one that wants something else now; returns
        those that do."""
        changed: set[str] = set()
        queue = [(self._rank(each), each) for each in waiting]
        queued = set(waiting)
        heapify(queue)
        while queue:
            at, identifier = heappop(queue)
            queued.discard(identifier)
            wish = self._wish(identifier)
            if wish == self._shelf.wanted.get(identifier):
                continue
            changed.add(identifier)
            if wish is None:
                del self._shelf.wanted[identifier]
            else:
                self._shelf.wanted[identifier] = wish
            for other in {*(each for each, _ in self._near(identifier)), *self._apart.get(identifier, ())}:
                if other not in queued and self._alone(other) and (place := self._rank(other)) > at:
                    heappush(queue, (place, other))
                    queued.add(other)
        return changed

    def _wish(self, identifier: str) -> str | None:
        """The group that a telling alone is clearly nearest to, where no earlier wish stands against it."""
        near: dict[str, list[float]] = {}
        for other, likely in self._near(identifier):
            near.setdefault(self._shelf.group_of[other], []).append(likely)
        if not near:
            return None
        ranked = sorted(((self._likely(group, found), group) for group, found in near.items()), reverse=True)
        best, group = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        if best < NEAREST or best < CLEARLY * second or self._barred(identifier, group):
            return None
        waits = group in self._shelf.wanted and self._rank(group) < self._rank(identifier)
        return None if waits else group

    def _likely(self, group: str, found: list[float]) -> float:
        return sum(sorted(found)[-_NEAREST_MEMBERS:]) / min(_NEAREST_MEMBERS, len(self._shelf.groups[group]))

    def _barred(self, identifier: str, group: str) -> bool:
        """Whether a person said that the telling is not of the story of one of the group, or of an earlier one that
        wants to join it, too."""
        return any(
            self._shelf.group_of.get(other) == group
            or (self._shelf.wanted.get(other) == group and self._rank(other) < self._rank(identifier))
            for other in self._apart.get(identifier, ())
        )

    # ---- what they do --------------------------------------------------------------------

    def _do(self, asked: Collection[str]) -> set[str]:
        """Let all join what they want, where it is there to be joined; returns those that do something else now."""
        moved: set[str] = set()
        looked_at = set(asked)
        for identifier in asked:
            looked_at.update(each for each, _ in self._near(identifier) if self._shelf.wanted.get(each) == identifier)
            # Who joined a group that is no more, or no longer goes by this telling.
            looked_at.update(self._shelf.joined_by.get(identifier, ()))
        for identifier in sorted(looked_at):
            wish = self._shelf.wanted.get(identifier)
            goes = None if wish is None or wish in self._shelf.wanted else wish
            before = self._shelf.joined.get(identifier)
            if goes == before:
                continue
            moved.add(identifier)
            if before is not None:
                moved.update(self._shelf.groups.get(before, ()), self._shelf.joined_by[before])
                self._leave(identifier, before)
            if goes is not None:
                self._join(identifier, goes)
                moved.update(self._shelf.groups[goes], self._shelf.joined_by[goes])
        return {each for each in moved if each in self._shelf.scores}

    def _join(self, identifier: str, group: str) -> None:
        self._shelf.joined[identifier] = group
        self._shelf.joined_by[group] = tuple(sorted({*self._shelf.joined_by.get(group, ()), identifier}))

    def _leave(self, identifier: str, group: str) -> None:
        del self._shelf.joined[identifier]
        left = tuple(each for each in self._shelf.joined_by[group] if each != identifier)
        if left:
            self._shelf.joined_by[group] = left
        else:
            del self._shelf.joined_by[group]

    # ---- what both ask -------------------------------------------------------------------

    def _alone(self, identifier: str) -> bool:
        return self._shelf.groups.get(identifier) == (identifier,)

    def _near(self, identifier: str) -> Iterator[tuple[str, float]]:
        """Those that a telling is not as good as unlike, with their scores."""
        known = self._shelf.scores.get(identifier, {})
        yield from ((other, likely) for other, likely in known.items() if likely >= LEAST)
