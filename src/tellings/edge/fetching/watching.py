"""What is new in feeds, into a folder: each story once, whatever happens in between.

What is written: 1. a feed's new items, as waiting, together with what the feed will be known again by; 2. of each item
its sidecar, 3. its file, 4. that it is settled. The run after one that was ended between 3 and 4 finds the file by its
sidecar; ended anywhere else, it has left the item waiting. So the next run goes on where it stopped.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Literal

from tellings.edge.fetching.collecting import Outcome, in_turn, taken_in
from tellings.edge.fetching.feeds import MOST, FeedError, feed_of, items_of
from tellings.edge.fetching.fetcher import ACCEPTED_FEEDS, Fetched, Fetcher
from tellings.edge.fetching.judging import is_feed
from tellings.edge.fetching.keeping import Folder, key
from tellings.edge.fetching.lock import Lock
from tellings.edge.fetching.refusals import RefusedError
from tellings.edge.fetching.state import NAME, State, Waiting
from tellings.edge.readers.sidecar import FeedItem

#: How often an item is tried that fails for what may pass.
_MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class FeedOutcome:
    """What became of a feed: "read", "unchanged" by the server's word, or "refused"; its items and those of them that
    are new."""

    address: str
    outcome: Literal["read", "unchanged", "refused"]
    items: int = 0
    new: int = 0
    refusal: RefusedError | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """What became of the feeds, and of what waited; `waiting` items are left for the next round. `set_aside` is where
    a memory went that could not be read."""

    feeds: tuple[FeedOutcome, ...]
    items: tuple[Outcome, ...]
    waiting: int
    set_aside: Path | None


class Watch:
    """A folder that is kept up with feeds, by this process alone within the context.

    Raises:
        LockedError: another run is at work in it.
        OSError: it cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder
        self._lock = Lock(folder)

    def __enter__(self) -> Watch:
        self._lock.__enter__()
        try:
            with _told(self._path):
                self._state = State(self._path)
            self._folder = Folder(self._path)
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._state.__exit__(kind, value, trace)
        self._lock.__exit__(kind, value, trace)

    def round(
        self, feeds: Sequence[str], fetcher: Fetcher, progress: Callable[[int, int], None] | None = None
    ) -> Round:
        """1. See what is new in each feed; 2. fetch what waits, new or left from before. Raises OSError."""
        with _told(self._path):
            # 1. feeds
            wanted: dict[str, str] = {}
            for address in feeds:
                wanted.setdefault(key(address), address)
            told = [self._feed(each, fetcher) for each in in_turn(wanted.values(), str, fetcher.pace)]
            # 2. items
            waiting = self._state.waiting(wanted)
            outcomes: list[Outcome] = []
            for each in in_turn(waiting, lambda found: found.item.address, fetcher.pace):
                outcomes.append(self._item(each, wanted[each.feed], fetcher))
                if progress:
                    progress(len(outcomes), len(waiting))
            left = len(self._state.waiting(wanted))
            aside, self._state.set_aside = self._state.set_aside, None
            return Round(tuple(told), tuple(outcomes), left, aside)

    def _feed(self, address: str, fetcher: Fetcher) -> FeedOutcome:
        """What becomes of a feed, or of the feed that a page names: many lists have the pages of sites."""
        etag, last_modified = self._state.validators(key(address))
        try:
            fetched = _asked(address, fetcher, etag, last_modified)
            if fetched.status == 304:
                return FeedOutcome(address, "unchanged")
            if not is_feed(fetched.body, fetched.type) and (named := feed_of(fetched.body, fetched.address)):
                # What the feed is known by again would be sent to the page.
                fetched = replace(_asked(named, fetcher), etag="", last_modified="")
            items = items_of(fetched.body, fetched.type, fetched.address)
        except RefusedError as error:
            return FeedOutcome(address, "refused", refusal=error.bare())
        except FeedError as error:
            refusal = RefusedError("type", str(error), "give the address of a feed, or of a page that names one")
            return FeedOutcome(address, "refused", refusal=refusal.bare())
        # The oldest first: that is the order in which they waited.
        new = self._state.enter(key(address), reversed(items), fetched.etag, fetched.last_modified)
        return FeedOutcome(address, "read", len(items), new)

    def _item(self, waiting: Waiting, feed: str, fetcher: Fetcher) -> Outcome:
        """What becomes of an item, settled where it is."""
        item = waiting.item
        told = FeedItem(feed=feed, id=item.id, title=item.title, published=item.published)
        try:
            if not item.address:
                raise RefusedError("address", "an item without an address", "nothing to do")
            outcome = taken_in(item.address, self._folder, fetcher, once=True, item=told)
        except RefusedError as error:
            if error.code == "wait":  # its host is busy: that is no try of this one
                return Outcome(item.address, "later", refusal=error.bare(), item=told)
            self._state.tried(waiting.number)
            if error.passing and waiting.tries + 1 < _MOST_TRIES:
                return Outcome(item.address, "later", refusal=error.bare(), item=told)
            self._state.settle(waiting.number, "refused")
            return Outcome(item.address or item.id, "refused", refusal=error.bare(), item=told)
        self._state.settle(waiting.number, "kept")
        return outcome


def _asked(address: str, fetcher: Fetcher, etag: str = "", last_modified: str = "") -> Fetched:
    return fetcher.fetch(address, etag=etag, last_modified=last_modified, accepted=ACCEPTED_FEEDS, most=MOST)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """What the memory cannot do, as what a file cannot."""
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(errno.EIO, str(error), str(folder / NAME)) from error
