"""Connections: to addresses that may be asked alone, and none that outlasts its time.

The name of a host is looked up once; each address that it stands for is judged before it is connected to, and so is the
one that was connected to. The time is one for all of an exchange: a server that sends a byte now and then gets no more
of it. When it is over the connection is shut, from another thread, whatever waits on it.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from types import TracebackType

from tellings.edge.fetching.reach import is_public
from tellings.edge.fetching.refusals import RefusedError

#: An address to connect to: its family, and what the system calls it.
Place = tuple[int, tuple[str, int] | tuple[str, int, int, int]]
#: The longest that one address of a host is waited for, and the look-up of its name (seconds).
_TO_CONNECT, _TO_LOOK_UP = 10.0, 15.0
#: Addresses of one host that are tried.
_TRIED = 8


class Deadline:
    """The time that an exchange has; within the context it shuts what it was given to watch when that is over."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._end = time.monotonic() + seconds
        self._watched: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _value: object, _trace: TracebackType | None) -> None:
        self._timer.cancel()
        with self._lock:
            for each in self._watched:
                each.close()
            self._watched.clear()

    @property
    def left(self) -> float:
        """Seconds that are left, never less than a hundredth."""
        return max(0.01, self._end - time.monotonic())

    def watch(self, connection: socket.socket) -> None:
        """Shut `connection` when the time is over, whatever is wrapped around it by then."""
        with self._lock:
            self._watched.append(connection.dup())
        if self.over:
            self._shut()

    def _shut(self) -> None:
        self.over = True
        with self._lock:
            for each in self._watched:
                with suppress(OSError):  # it has ended by itself
                    each.shutdown(socket.SHUT_RDWR)


def looked_up(host: str, port: int) -> Sequence[Place]:
    """What the system says that `host` stands for. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, place) for family, _, _, _, place in found if family in (socket.AF_INET, socket.AF_INET6)]  # type: ignore[misc]


class Network:
    """Where connections are made: `look_up` tells the addresses of a host, `permits` which of them may be asked."""

    def __init__(
        self,
        look_up: Callable[[str, int], Sequence[Place]] = looked_up,
        permits: Callable[[str], bool] = is_public,
    ) -> None:
        self._look_up = look_up
        self._permits = permits

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """How a server shows that it is who it says: by a certificate that this machine trusts."""
        return ssl.create_default_context()

    def connected(self, host: str, port: int, deadline: Deadline) -> socket.socket:
        """A connection to `host`. Raises RefusedError."""
        places = self._places(host, port, deadline)
        permitted = [place for place in dict.fromkeys(places) if self._permits(place[1][0])]
        if not permitted:
            raise _private(host, places[0][1][0])
        reason = ""
        for family, place in permitted[:_TRIED]:
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                deadline.watch(connection)
                connection.settimeout(min(_TO_CONNECT, deadline.left))
                connection.connect(place)
                reached = connection.getpeername()[0]
            except OSError as error:
                connection.close()
                if deadline.over:
                    break
                reason = error.strerror or str(error)
                continue
            except BaseException:
                connection.close()
                raise
            if not self._permits(reached):
                connection.close()
                raise _private(host, reached)
            return connection
        if deadline.over:
            raise RefusedError("time", f"{host} does not answer")
        raise RefusedError("connection", f"{host} cannot be connected to: {reason}"[:300])

    def _places(self, host: str, port: int, deadline: Deadline) -> Sequence[Place]:
        """What `host` stands for, waited for no longer than a while: the system's look-up knows no end of its own."""
        found: list[Sequence[Place] | Exception] = []

        def ask() -> None:
            try:
                found.append(self._look_up(host, port))
            except Exception as error:
                found.append(error)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(min(_TO_LOOK_UP, deadline.left))
        if not found:
            raise RefusedError("name", f"{host}: its name could not be looked up in time")
        (answer,) = found
        if isinstance(answer, Exception) or not answer:
            why = getattr(answer, "strerror", None) or str(answer) or "it has no address"
            raise RefusedError("name", f"{host}: its name stands for no address ({why})"[:300])
        return answer


def _private(host: str, address: str) -> RefusedError:
    named = address if host == address else f"{host} ({address})"
    return RefusedError("private-address", f"{named} is on this machine or its own network")
