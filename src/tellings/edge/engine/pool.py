"""A pool of worker processes beside this one.

1. What is needed is handed to a worker once, when it starts (where processes are forked, it is there already); after
   that only the places of items go there, and results come back.
2. A worker that is killed costs nobody else anything: the items that were under way are worked on again, one by one in
   a worker of their own; one that ends this worker, too, is named (`Ended`), and the rest go on.
3. No worker outlives this process, however it ends.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from tellings.model.engine import Ended, Item, Result

#: Items that are sent to a worker at once, at most; chunks that wait for each worker, so that none stands idle.
CHUNK, AHEAD = 32, 2
#: Seconds between two looks whether the parent is still there, where the system does not tell.
_LOOK = 1.0
#: `PR_SET_PDEATHSIG` of prctl(2): the signal a process gets when its parent ends.
_PARENT_ENDED = 1

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Done(Generic[_Value]):
    """The results of a chunk up to the first error, and that error."""

    results: list[_Value]
    error: Exception | None


class Pool:
    """`jobs` worker processes."""

    def __init__(self, jobs: int) -> None:
        """`jobs`: at least 1."""
        self._jobs = jobs

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Ended]:
        """`function` of each item, in their order; `Ended` for an item that ends its worker."""
        given = list(items)
        size = max(1, min(CHUNK, len(given) // (self._jobs * 4)))
        waiting = deque(range(start, min(start + size, len(given))) for start in range(0, len(given), size))
        while waiting:
            broken = yield from self._together(function, given, waiting)
            # Nobody knows which of the chunks under way it was.
            for chunk in broken:
                yield from self._singly(function, given, chunk)

    def _together(
        self, function: Callable[[Item], Result], items: list[Item], waiting: deque[range]
    ) -> Generator[Result, None, list[range]]:
        """The results of `waiting` chunks, taken from its left, until all are done or a worker ends; returns the
        chunks that were under way then."""
        pool = _pool(self._jobs, function, items)
        under_way: deque[tuple[range, Future[_Done[Result]]]] = deque()
        try:
            while waiting or under_way:
                while waiting and len(under_way) < AHEAD * self._jobs:
                    chunk = waiting.popleft()
                    try:
                        under_way.append((chunk, pool.submit(_chunk, chunk.start, chunk.stop)))
                    except BrokenProcessPool:
                        waiting.appendleft(chunk)
                        break
                if not under_way:
                    return []
                chunk, future = under_way[0]
                try:
                    done = future.result()
                except BrokenProcessPool:
                    return [chunk for chunk, _ in under_way]
                under_way.popleft()
                yield from done.results
                if done.error is not None:
                    raise done.error
            return []
        finally:
            # An interrupt must not wait for all the work still queued.
            pool.shutdown(wait=not under_way, cancel_futures=True)

    def _singly(self, function: Callable[[Item], Result], items: list[Item], chunk: range) -> Iterator[Result | Ended]:
        """The results of a chunk, one item at a time in one worker, which is made anew whenever an item ends it."""
        left = deque(chunk)
        while left:
            with _pool(1, function, items) as pool:
                while left:
                    place = left.popleft()
                    try:
                        done = cast("_Done[Result]", pool.submit(_chunk, place, place + 1).result())
                    except BrokenProcessPool:
                        yield Ended(place)
                        break
                    yield from done.results
                    if done.error is not None:
                        raise done.error


def _pool(jobs: int, function: Callable[[Item], Result], items: list[Item]) -> ProcessPoolExecutor:
    # Forked processes have the items already; others are sent them once.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(os.getpid(), function, items))


# What a worker works on: set once when it starts, and nowhere else.
_function: Callable[[Any], Any]
_items: list[Any]


def _begin(parent: int, function: Callable[[Any], Any], items: list[Any]) -> None:
    """Make this process a worker of `parent`."""
    global _function, _items
    _function, _items = function, items
    # Ctrl-C goes to every process of the terminal; the workers leave it to their parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PARENT_ENDED, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:  # it ended before we could ask to be told
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _chunk(start: int, stop: int) -> _Done[Any]:
    results: list[Any] = []
    for item in _items[start:stop]:
        try:
            results.append(_function(item))
        except Exception as error:
            return _Done(results, error)
    return _Done(results, None)
