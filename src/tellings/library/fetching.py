"""Addresses to files: fetched into a folder, from lists and feeds too, or kept up with feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tellings.edge.fetching import FOLDER
from tellings.edge.fetching.collecting import Outcome, collect, is_settled
from tellings.edge.fetching.feeds import MOST, FeedError, addresses_in
from tellings.edge.fetching.fetcher import ACCEPTED_FEEDS, Fetcher, agent
from tellings.edge.fetching.keeping import Folder
from tellings.edge.fetching.lock import Lock, LockedError
from tellings.edge.fetching.network import Network
from tellings.edge.fetching.pace import Pace
from tellings.edge.fetching.refusals import RefusedError
from tellings.edge.fetching.stamps import stamped
from tellings.edge.fetching.targets import is_address
from tellings.edge.fetching.watching import Round, Watch
from tellings.edge.readers.gather import opened, reason_of
from tellings.library.inputs import Progress

#: How long a run waits for another that is at work in the same folder (seconds).
_PATIENCE = 60.0

__all__ = ["ListError", "LockedError", "Outcome", "Round", "fetch", "listed", "watch", "watching"]


class ListError(ValueError):
    """A list of addresses, or of feeds, that cannot be read; the message names it and the remedy."""


def fetch(
    *addresses: str,
    into: str | Path = FOLDER,
    again: bool = False,
    allow_private: bool = False,
    contact: str = "",
    stamp: str = "",
    progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Fetch each address into the folder `into`, with a sidecar that says where it is from; what became of each.

    Args:
        addresses: Of http or https. One that is in the folder is not fetched again.
        into: Made when something is kept. Where another run is at work in it, that is waited for, for a minute.
        again: Ask anew for what is there; what has changed is kept beside it.
        allow_private: Also fetch from this machine and its own network.
        contact: How the sites that are asked can reach you: an address of mail or the web.
        stamp: Address of an authority that signs that each file was there at a time (RFC 3161); none unless told.
        progress: Called as the work goes on.

    Raises:
        LockedError: another run is at work in the folder, and did not end.
        OSError: the folder cannot be read or written.
        ValueError: `contact` cannot be sent.
    """
    report = None if progress is None else lambda done, total: progress("fetching", done, total)
    fetcher = _fetcher(allow_private, contact)
    folder = Path(into)
    kept = Folder(folder)
    if not (again or stamp) and all(is_settled(each, kept) for each in addresses):
        return collect(addresses, kept, fetcher, progress=report)
    waits = None if progress is None else lambda: progress("waiting for another run", 0, 0)
    with Lock(folder, _PATIENCE, waits):
        # Listed anew: another run may have been at work in it until now.
        outcomes = collect(addresses, Folder(folder), fetcher, again=again, progress=report)
        return tuple(_stamped(outcome, stamp, fetcher) for outcome in outcomes) if stamp else outcomes


def _stamped(outcome: Outcome, authority: str, fetcher: Fetcher) -> Outcome:
    if outcome.kept is None:
        return outcome
    try:
        return replace(outcome, stamped=stamped(outcome.kept, authority, fetcher))
    except RefusedError as error:
        return replace(outcome, unstamped=error.bare())


def listed(place: str, stdin: bytes | None = None, *, allow_private: bool = False, contact: str = "") -> Sequence[str]:
    """The addresses that a list holds: a file, "-" for `stdin`, or an address; lines, a feed (its items) or OPML (its
    feeds).

    Raises:
        ListError: it cannot be read, or holds none.
    """
    found, kind = _list(place, stdin, _fetcher(allow_private, contact))
    if kind == "opml":
        raise ListError(f"{place} is a collection of feeds: give it to tellings watch")
    if not found:
        raise ListError(f"{place} holds no address: one a line, or the items of a feed")
    return found


def feeds_of(given: Sequence[str], fetcher: Fetcher) -> Sequence[str]:
    """The addresses of feeds in `given`: addresses, and files that hold some (OPML, or lines). Raises ListError."""
    found: list[str] = []
    for place in given:
        if is_address(place):
            found.append(place)
            continue
        held, kind = _list(place, None, fetcher)
        if kind == "feed":
            raise ListError(f"{place} is a feed that was saved: give its address, or fetch its items with fetch --list")
        found.extend(held)
    if not found:
        raise ListError(f"{', '.join(given)}: no feed in it; give addresses of feeds, OPML, or a file with one a line")
    return found


@dataclass(frozen=True, slots=True)
class Watcher:
    """A folder that is kept up with feeds; `round` does so once."""

    given: Sequence[str]
    allow_private: bool
    contact: str
    watch: Watch

    def round(self, progress: Progress | None = None) -> Round:
        """Fetch what is new in the feeds. What robots.txt say and which feeds a file has is seen anew each time.

        Raises:
            ListError: a file of feeds cannot be read.
            OSError: the folder cannot be read or written.
        """
        report = None if progress is None else lambda done, total: progress("fetching", done, total)
        fetcher = _fetcher(self.allow_private, self.contact)
        return self.watch.round(feeds_of(self.given, fetcher), fetcher, report)


@contextmanager
def watching(*feeds: str, into: str | Path, allow_private: bool = False, contact: str = "") -> Iterator[Watcher]:
    """Keep the folder `into` up with `feeds`, round by round, while no other run can.

    Raises:
        LockedError: another run is at work in the folder.
        OSError: the folder cannot be read or written.
    """
    with Watch(Path(into)) as watch:
        yield Watcher(feeds, allow_private, contact, watch)


def watch(
    *feeds: str,
    into: str | Path,
    allow_private: bool = False,
    contact: str = "",
    progress: Progress | None = None,
) -> Round:
    """Fetch what is new in `feeds` (addresses, or files of them: OPML or lines) into the folder `into`, each once.

    What was there at an earlier call is not fetched again, and what failed for what may pass is tried once more.
    Arguments as for `fetch`.

    Raises:
        ListError: a file of feeds cannot be read.
        LockedError: another run is at work in the folder.
        OSError: the folder cannot be read or written.
    """
    with watching(*feeds, into=into, allow_private=allow_private, contact=contact) as watcher:
        return watcher.round(progress)


def _fetcher(allow_private: bool, contact: str) -> Fetcher:
    from tellings import __version__

    network = Network(permits=lambda _: True) if allow_private else Network()
    return Fetcher(agent(__version__, contact), network=network, pace=Pace())


def _list(place: str, stdin: bytes | None, fetcher: Fetcher) -> tuple[Sequence[str], str]:
    """What a list holds, and of what kind it is. Raises ListError."""
    try:
        if is_address(place):
            fetched = fetcher.fetch(place, accepted=ACCEPTED_FEEDS, most=MOST)
            return addresses_in(fetched.body, fetched.type, fetched.address)
        if place == "-":
            return addresses_in(stdin or b"")
        with opened(place) as file:
            return addresses_in(file.read(MOST + 1))
    except RefusedError as error:
        raise ListError(f"{place}: {error.message} ({error.remedy})") from None
    except FeedError as error:
        raise ListError(f"{place}: {error}; give a file with one address a line, a feed, or OPML") from None
    except (OSError, ValueError) as error:
        raise ListError(f"{place}: {reason_of(error)}; see whether the path is right") from None
