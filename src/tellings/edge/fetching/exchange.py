"""One question to a server and its answer: all of it within a time and a size, whatever the server does."""

from __future__ import annotations

import http.client
import logging
import re
import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from tellings.edge.fetching.network import Deadline, Network
from tellings.edge.fetching.refusals import RefusedError
from tellings.edge.fetching.targets import Target

if TYPE_CHECKING:
    from datetime import datetime

    from urllib3 import HTTPResponse
    from urllib3.connection import HTTPConnection

#: How much is asked of a connection at once (bytes).
_PIECE = 64 * 1024
#: Encodings of content that are asked for (RFC 9110, 8.4.1); "x-gzip" is an old name.
ENCODINGS = "gzip, deflate"
_ENCODINGS = frozenset({"gzip", "x-gzip", "deflate"})
#: Statuses between these are said before the answer, but for the change to another protocol; so many are passed over.
_CONTINUE, _SWITCHING, _OK, _MOST_INTERIM = 100, 101, 200, 20
#: Statuses whose answers have no content (RFC 9110, 6.4.1).
_BARE = frozenset({204, 205, 304})
#: Errors behind an error that are looked at.
_MOST_CAUSES = 5
_SECONDS = re.compile(r"\s*(\d{1,9})\s*")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: `headers` by their names in small letters, `body` with all encodings undone."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """A header; empty where there is none."""
        return self.headers.get(name, "")

    def wait(self, now: datetime) -> float | None:
        """Seconds that it asks to be left alone (Retry-After: RFC 9110, 10.2.3); `None` where it does not."""
        written = self.header("retry-after")
        if match := _SECONDS.fullmatch(written):
            return float(match[1])
        try:
            return max(0.0, (parsedate_to_datetime(written) - now).total_seconds())
        except (ValueError, TypeError, OverflowError):
            return None


def asked(
    target: Target,
    headers: Mapping[str, str],
    network: Network,
    *,
    seconds: float,
    most: int,
    beginning: bool = False,
    posted: bytes | None = None,
) -> Answer:
    """The answer to GET `target`, in `seconds` at the longest and with a body of `most` bytes at the most.

    `beginning`: of a longer body the first `most` bytes are taken. `posted`: it is POST, with these.

    Raises:
        RefusedError: it cannot be reached, is not who it says, takes longer, sends more, or ends before its end.
    """
    from urllib3.exceptions import HTTPError  # imported late: 60 ms

    logging.getLogger("urllib3").setLevel(logging.CRITICAL)
    with Deadline(seconds) as deadline:
        connection = _connection(target, network, deadline)
        response = None
        try:
            connection.request(
                "GET" if posted is None else "POST",
                target.path,
                body=posted,
                headers=dict(headers),
                preload_content=False,
                decode_content=False,
            )
            response = connection.getresponse()
            # Some are folded over several lines, as old ones may be (RFC 9112, 5.2).
            told = {name.lower(): " ".join(value.split()) for name, value in response.headers.items()}
            body = b"" if response.status in _BARE else _body(response, told, deadline, most, beginning)
            return Answer(response.status, told, body)
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            if deadline.over or isinstance(error, TimeoutError):
                raise RefusedError("time", f"{target.host} took longer than {seconds:.0f} seconds") from None
            raise _broken(target, error) from None
        finally:
            if response is not None:
                response.close()
            connection.close()


class _Final(http.client.HTTPResponse):
    """The final answer: what a server says before it ("103 Early Hints") is passed over (RFC 9110, 15.2)."""

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(_MOST_INTERIM):
            told: tuple[str, int, str] = super()._read_status()  # type: ignore[misc]
            if not _CONTINUE < told[1] < _OK or told[1] == _SWITCHING:
                return told
            http.client.parse_headers(self.fp)
        raise http.client.HTTPException("more answers before the answer than are read")


def _connection(target: Target, network: Network, deadline: Deadline) -> HTTPConnection:
    """A connection not yet made, which `network` will make."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    def _new_conn(_self: HTTPConnection) -> socket.socket:
        connection = network.connected(target.host, target.port, deadline)
        # From here on the deadline alone says how long: this is for what it cannot shut.
        connection.settimeout(deadline.left + 1)
        return connection

    if target.scheme == "http":
        plain = type("Plain", (HTTPConnection,), {"_new_conn": _new_conn, "response_class": _Final})
        made: HTTPConnection = plain(target.host, target.port, timeout=deadline.left)
        return made
    secure = type("Secure", (HTTPSConnection,), {"_new_conn": _new_conn, "response_class": _Final})
    made = secure(target.host, target.port, timeout=deadline.left, ssl_context=network.tls)
    return made


def _body(response: HTTPResponse, headers: Mapping[str, str], deadline: Deadline, most: int, beginning: bool) -> bytes:
    """The content of an answer, its encoding undone. Raises RefusedError, and what urllib3 raises."""
    undo = _undoing(headers.get("content-encoding", ""))
    found, received = bytearray(), 0
    while piece := response.read(_PIECE, decode_content=False):
        if deadline.over:
            raise TimeoutError
        received += len(piece)
        # Never more than one byte beyond the most: a few bytes may unpack into gigabytes.
        found += undo.given(piece, most + 1 - len(found)) if undo else piece
        if max(received, len(found)) > most:
            if beginning:
                return bytes(found[:most])
            raise RefusedError("too-large", f"more than {most:,} bytes, the most that is fetched")
    if deadline.over:
        raise TimeoutError
    if undo and not undo.complete:
        raise RefusedError("cut-off", "its content was cut off: the end of what was packed is missing")
    return bytes(found)


def _undoing(written: str) -> _Unpacking | None:
    """What undoes the Content-Encoding of an answer; `None` where there is nothing to undo. Raises RefusedError."""
    names = [name for each in written.lower().split(",") if (name := each.strip()) not in ("", "identity")]
    if not names:
        return None
    if len(names) > 1 or names[0] not in _ENCODINGS:
        raise RefusedError("encoding", f"it is packed as {written[:60]!a}, which was not asked for")
    return _Unpacking(names[0])


class _Unpacking:
    """Undoes gzip (RFC 1952; several members are one content) or deflate (RFC 1950; also bare, as some send it)."""

    def __init__(self, name: str) -> None:
        self._gzip = name != "deflate"
        self._inner = zlib.decompressobj(31 if self._gzip else 15)
        self._begun = False

    @property
    def complete(self) -> bool:
        """Whether the end was there; of nothing at all, that nothing came."""
        return self._inner.eof or not self._begun

    def given(self, piece: bytes, most: int) -> bytes:
        """What `piece` unpacks into, `most` bytes of it. Raises RefusedError."""
        found = bytearray()
        while piece and len(found) < most:
            if self._inner.eof:
                if not self._gzip or not piece.startswith(b"\x1f"):
                    break  # what follows is no content, as in browsers
                self._inner = zlib.decompressobj(31)
            found += self._unpacked(piece, most - len(found))
            piece = self._inner.unused_data or self._inner.unconsumed_tail
        return bytes(found)

    def _unpacked(self, piece: bytes, most: int) -> bytes:
        try:
            try:
                return self._inner.decompress(piece, most)
            except zlib.error:
                if self._begun or self._gzip:
                    raise
                self._inner = zlib.decompressobj(-15)
                return self._inner.decompress(piece, most)
        except zlib.error as error:
            raise RefusedError("encoding", "its content is not packed as it says") from error
        finally:
            self._begun = True


def _broken(target: Target, error: Exception) -> RefusedError:
    """What went wrong with an exchange, as a refusal."""
    from urllib3.exceptions import IncompleteRead

    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None and len(causes) < _MOST_CAUSES:
        causes.append(cause)
    for each in causes:
        if isinstance(each, RefusedError):
            return each
        if isinstance(each, ssl.SSLCertVerificationError):
            return RefusedError("certificate", f"{target.host} does not show who it is: {each.verify_message}")
        if isinstance(each, ssl.SSLError):
            return RefusedError("connection", f"{target.host}: no secure connection came about ({each.reason})")
        if isinstance(each, (IncompleteRead, http.client.IncompleteRead)):
            return RefusedError("cut-off", "it was cut off: less came than was announced")
        if isinstance(each, OSError):  # one without an answer is of this kind, too
            why = "it ended without an answer" if isinstance(each, http.client.RemoteDisconnected) else each.strerror
            return RefusedError("connection", f"{target.host}: the connection broke ({why or type(each).__name__})")
    return RefusedError("connection", f"{target.host}: what it answers is no HTTP that can be read")
