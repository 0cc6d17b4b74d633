"""Addresses into a folder: each fetched once, the hosts asked in turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import heapify, heappop, heapreplace
from typing import Literal, TypeVar

from tellings.edge.fetching.fetcher import Fetcher
from tellings.edge.fetching.judging import suffix_for
from tellings.edge.fetching.keeping import Folder, Kept
from tellings.edge.fetching.pace import Pace
from tellings.edge.fetching.refusals import RefusedError
from tellings.edge.fetching.targets import target_of
from tellings.edge.readers.sidecar import FeedItem

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an address: "kept" is new in the folder; "already" was there, and nothing was asked; "unchanged"
    was there, and the server says that it is as it was, or sent the same; "same" came with the bytes of another file;
    "refused" was not fetched; "later" was not either, and will be tried again.

    `kept` is the file, but where there is none; `refusal` why there is none. `stamped` is the time that an authority
    signed, `None` where none did; `unstamped` why it did not, where it was asked.
    """

    address: str
    outcome: Literal["kept", "already", "unchanged", "same", "refused", "later"]
    kept: Kept | None = None
    refusal: RefusedError | None = None
    item: FeedItem | None = None
    stamped: datetime | None = None
    unstamped: RefusedError | None = None


def collect(
    addresses: Iterable[str],
    folder: Folder,
    fetcher: Fetcher,
    *,
    again: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Outcome, ...]:
    """What becomes of each address, in the order given, each once. `again`: those that are there are asked for anew.

    Raises:
        OSError: the folder cannot be written.
    """
    wanted = list(dict.fromkeys(addresses))
    outcomes: dict[str, Outcome] = {}
    for address in in_turn(wanted, lambda each: each, fetcher.pace):
        outcomes[address] = _settled(address, folder, fetcher, again)
        if progress:
            progress(len(outcomes), len(wanted))
    return tuple(outcomes[address] for address in wanted)


def is_settled(address: str, folder: Folder) -> bool:
    """Whether nothing has to be asked to say what becomes of `address`: it is there, or is refused as it stands."""
    try:
        return folder.of(target_of(address).address) is not None
    except RefusedError:
        return True


def _settled(address: str, folder: Folder, fetcher: Fetcher, again: bool) -> Outcome:
    try:
        return taken_in(address, folder, fetcher, again=again)
    except RefusedError as error:
        return Outcome(address, "refused", refusal=error.bare())


def taken_in(
    address: str,
    folder: Folder,
    fetcher: Fetcher,
    *,
    again: bool = False,
    once: bool = False,
    item: FeedItem | None = None,
) -> Outcome:
    """What becomes of `address`.

    1. What is there is not asked for; `again`, it is asked whether that has changed. 2. What it leads to is not kept
    where it is there, 3. nor, where each text is wanted `once`, what has the bytes of another. 4. All else is kept,
    with what a feed told of it (`item`).

    Raises:
        RefusedError: it cannot be fetched, or is no article.
        OSError: the folder cannot be written.
    """
    # 1. there, in the form in which it is asked for: folders know no other
    before = folder.of(target_of(address).address)
    if before is not None and not again:
        return Outcome(address, "already", before, item=item)
    etag, last_modified = (before.sidecar.etag, before.sidecar.last_modified) if before else ("", "")
    fetched = fetcher.fetch(address, etag=etag, last_modified=last_modified)
    if before is not None and fetched.status == 304:
        return Outcome(address, "unchanged", before, item=item)
    suffix = suffix_for(fetched)
    # 2. led to what is there
    there = folder.of(fetched.address)
    if there is not None and not again:
        return Outcome(address, "already", there, item=item)
    # 3. the same bytes
    alike = folder.alike(fetched.body)
    if alike is not None and alike in (before, there):
        return Outcome(address, "unchanged", alike, item=item)
    if alike is not None and once:
        return Outcome(address, "same", alike, item=item)
    # 4. new
    return Outcome(address, "kept", folder.keep(fetched, suffix, item), item=item)


def in_turn(items: Iterable[_Item], address: Callable[[_Item], str], pace: Pace) -> Iterator[_Item]:
    """`items` in such an order that hosts are asked in turn, and seldom one has to be waited for."""
    waiting: dict[str, deque[_Item]] = {}
    for item in items:
        waiting.setdefault(_host(address(item)), deque()).append(item)
    # When each host may be asked; of equal ones the first that was met. What leads to a host may ask it meanwhile.
    hosts = [(pace.free(host), place, host) for place, host in enumerate(waiting)]
    heapify(hosts)
    while hosts:
        _, place, host = hosts[0]
        yield waiting[host].popleft()
        if waiting[host]:
            heapreplace(hosts, (pace.free(host), place, host))
        else:
            heappop(hosts)


def _host(address: str) -> str:
    try:
        return target_of(address).host
    except RefusedError:
        return ""
