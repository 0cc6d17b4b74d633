"""Where all that is known of a pile lies: in memory, or in a store that reads what is asked for and writes what is set.

What is changed in place is set anew, so that a store knows of it, before the same is read again.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import MutableMapping, Sequence
from typing import Protocol

from tellings.across.stories.ranked import Holder, Place, Ranked
from tellings.across.stories.sketch import Sketch

#: Pairs of a lower score are as good as unlike.
LEAST = 0.05


class Shelf(Protocol):
    """What `Stories` keeps; groups go by the id of their first telling."""

    @property
    def sketches(self) -> MutableMapping[str, Sketch]:
        """id → sketch."""

    @property
    def places(self) -> MutableMapping[str, tuple[int, str]]:
        """id → its place in time, but for the id: its day and its weightiest name."""

    @property
    def ranked(self) -> MutableMapping[str, Ranked]:
        """id → those that share most with it."""

    @property
    def scores(self) -> MutableMapping[str, dict[str, float]]:
        """id → the ids it was compared with → the score of the pair; the same both ways."""

    @property
    def group_of(self) -> MutableMapping[str, str]:
        """id → its group."""

    @property
    def groups(self) -> MutableMapping[str, tuple[str, ...]]:
        """Group → its tellings in order."""

    @property
    def wanted(self) -> MutableMapping[str, str]:
        """Telling alone → the group that it is clearly nearest to."""

    @property
    def joined(self) -> MutableMapping[str, str]:
        """Telling alone → the group that it has joined."""

    @property
    def joined_by(self) -> MutableMapping[str, tuple[str, ...]]:
        """Group → the tellings that have joined it."""

    @property
    def waiting(self) -> MutableMapping[str, tuple[str, ...]]:
        """Telling that is other than when groups were last made → the tellings that its pairs with say something else;
        itself among them where it came, went, or was decided of."""

    def around(self, word: str, place: Place, most: int) -> tuple[Sequence[Holder], Sequence[Holder]]:
        """The last `most` holders of `word` before a place and the first `most` from it on, both in order."""

    def enter(self, word: str, holder: Holder) -> None:
        """Enter a holder of `word`."""

    def leave(self, word: str, place: Place) -> None:
        """Take the holder of `word` at a place out."""


class Memory:
    """A shelf in memory."""

    def __init__(self) -> None:
        self.sketches: dict[str, Sketch] = {}
        self.places: dict[str, tuple[int, str]] = {}
        self.ranked: dict[str, Ranked] = {}
        self.scores: dict[str, dict[str, float]] = {}
        self.group_of: dict[str, str] = {}
        self.groups: dict[str, tuple[str, ...]] = {}
        self.wanted: dict[str, str] = {}
        self.joined: dict[str, str] = {}
        self.joined_by: dict[str, tuple[str, ...]] = {}
        self.waiting: dict[str, tuple[str, ...]] = {}
        self._holders: defaultdict[str, list[Holder]] = defaultdict(list)

    def around(self, word: str, place: Place, most: int) -> tuple[Sequence[Holder], Sequence[Holder]]:
        """The last `most` holders of `word` before a place and the first `most` from it on, both in order."""
        holders = self._holders[word]
        at = bisect_left(holders, (place,))
        return holders[max(0, at - most) : at], holders[at : at + most]

    def enter(self, word: str, holder: Holder) -> None:
        """Enter a holder of `word`."""
        insort(self._holders[word], holder)

    def leave(self, word: str, place: Place) -> None:
        """Take the holder of `word` at a place out."""
        holders = self._holders[word]
        del holders[bisect_left(holders, (place,))]
