"""How often a host is asked: once a second at the most, less often where it says so, not while it asks to wait."""

from __future__ import annotations

import time
from collections.abc import Callable

from tellings.edge.fetching.refusals import RefusedError

#: Seconds between the end of one answer of a host and the next question to it.
INTERVAL = 1.0


class Pace:
    """When each host may be asked again."""

    def __init__(
        self,
        interval: float = INTERVAL,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval = interval
        self._clock = clock
        self._sleep = sleep
        self._free: dict[str, float] = {}
        self._closed: dict[str, tuple[float, RefusedError]] = {}

    def wait(self, host: str) -> None:
        """Until `host` may be asked. Raises RefusedError where it asked to be left alone, and that time is not over."""
        until, refusal = self._closed.get(host, (0.0, None))
        if refusal is not None and self._clock() < until:
            raise RefusedError("wait", f"{host} asked to wait", refusal.remedy, status=refusal.status)
        if (left := self._free.get(host, 0.0) - self._clock()) > 0:
            self._sleep(left)

    def answered(self, host: str, delay: float) -> None:
        """That `host` has answered just now, and asks for `delay` seconds between questions."""
        self._free[host] = self._clock() + max(self._interval, delay)

    def close(self, host: str, refusal: RefusedError, seconds: float) -> None:
        """Leave `host` alone for so long, for what it said."""
        self._closed[host] = (self._clock() + seconds, refusal)

    def free(self, host: str) -> float:
        """When `host` may be asked again, by the clock; 0 for one that was not asked yet."""
        return self._free.get(host, 0.0)
