"""Fetching an address: politely, within bounds, and through all that it leads to."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from tellings.edge.fetching.exchange import ENCODINGS, Answer, asked
from tellings.edge.fetching.network import Network
from tellings.edge.fetching.pace import Pace
from tellings.edge.fetching.refresh import refreshed_to
from tellings.edge.fetching.refusals import RefusedError, by_status
from tellings.edge.fetching.robots import MOST as MOST_OF_ROBOTS
from tellings.edge.fetching.robots import NAME, REDIRECTS, SECONDS, Robots
from tellings.edge.fetching.targets import Target, led_to, target_of
from tellings.edge.fetching.walls import wall

_REDIRECTING = frozenset({301, 302, 303, 307, 308})
#: Statuses whose content is what was asked for (RFC 9110, 15.3.1 and 15.3.4).
_GIVEN = frozenset({200, 203})
#: The longest header that is kept (characters).
_LONGEST_HEADER = 1_000
#: How long a host that is too busy is left alone where it does not say (seconds).
_A_WHILE = 300.0
_ACCEPTED = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.5"
ACCEPTED_FEEDS = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Limits:
    """What an address may take at the most: bytes, its packing undone; seconds, all that it leads to counted, and the
    waits between questions not; and how often it may lead elsewhere."""

    bytes: int = 50_000_000
    seconds: float = 60.0
    redirects: int = 10


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: `asked` is the address as it was asked for, `address` where it led to, `through` those between.

    `status` is 304 where nothing has changed since the `etag` or the day that it was asked with; then there is no
    `body`. `type` is the Content-Type as it stands, `at` when it came, by the clock of this machine.
    """

    asked: str
    address: str
    through: tuple[str, ...]
    status: int
    type: str
    etag: str
    last_modified: str
    headers: dict[str, str]
    body: bytes
    at: datetime


def agent(version: str, contact: str = "") -> str:
    """What this program calls itself (RFC 9110, 10.1.5), with how to reach who runs it.

    Raises:
        ValueError: `contact` cannot stand there.
    """
    if not (contact.isascii() and contact.isprintable()) or set(contact) & set("()\\"):
        raise ValueError(f"{contact!r} cannot be sent: write an address of mail or the web in ASCII")
    what = f"{NAME}/{version} (reads news articles that a person names; Python {platform.python_version()}"
    return f"{what}; {contact})" if contact else f"{what})"


class Fetcher:
    """Fetches addresses one after the other, and knows how it went with their hosts."""

    def __init__(
        self,
        agent: str,
        *,
        network: Network | None = None,
        pace: Pace | None = None,
        limits: Limits = Limits(),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._agent = agent
        self._network = network or Network()
        self.pace = pace or Pace()
        self._limits = limits
        self._now = now
        self._robots = Robots(self._asked_for_robots)

    def fetch(
        self,
        address: str,
        *,
        etag: str = "",
        last_modified: str = "",
        accepted: str = _ACCEPTED,
        most: int | None = None,
    ) -> Fetched:
        """What `address` has: all of it, or nothing. With `etag` or `last_modified` of what came before, it is asked
        whether that has changed (RFC 9110, 13.1). `most`: of fewer bytes than others may have.

        Raises:
            RefusedError: nothing came; says why, and what to do.
        """
        target = target_of(address)
        asking = {"Accept": accepted}
        if etag := _sendable(etag):
            asking["If-None-Match"] = etag
        if last_modified := _sendable(last_modified):
            asking["If-Modified-Since"] = last_modified
        most = min(most or self._limits.bytes, self._limits.bytes)
        last, through, answer = self._followed(target, asking, self._limits.redirects, most)
        told = (target.address, last.address, answer.headers, answer.body, answer.status)
        unchanged = answer.status == 304 and bool(etag or last_modified)
        if answer.status not in _GIVEN and not unchanged:
            if answer.status == 304:
                raise RefusedError("unchanged", "status 304: not changed since nobody knows when", status=304)
            refusal = self._refusal(last, answer)
            raise refusal if refusal.code == "wait" else wall(*told) or refusal
        if found := wall(*told):
            raise found
        return Fetched(
            asked=target.address,
            address=last.address,
            through=tuple(each.address for each in through),
            status=answer.status,
            type=answer.header("content-type")[:_LONGEST_HEADER],
            etag=_sendable(answer.header("etag")),
            last_modified=_sendable(answer.header("last-modified")),
            headers=dict(answer.headers),
            body=answer.body,
            at=self._now(),
        )

    def posted(self, address: str, body: bytes, type: str, most: int) -> bytes:
        """What `address` answers to `body`, of a `type`: a service that is there to be asked, so that no robots.txt is.

        Raises:
            RefusedError: as for `fetch`; what it leads to is not followed.
        """
        target = target_of(address)
        headers = {"User-Agent": self._agent, "Connection": "close", "Content-Type": type}
        self.pace.wait(target.host)
        try:
            answer = asked(target, headers, self._network, seconds=self._limits.seconds, most=most, posted=body)
        finally:
            self.pace.answered(target.host, 0.0)
        if answer.status not in _GIVEN:
            raise self._refusal(target, answer)
        return answer.body

    def _followed(
        self, target: Target, asking: dict[str, str], redirects: int, most: int, *, robots: bool = False
    ) -> tuple[Target, list[Target], Answer]:
        """The answer at the end of all redirects, where that is, and the targets before. Raises RefusedError.

        `robots`: it is a robots.txt that is asked for, which needs no permission.
        """
        through: list[Target] = []
        asked_for = target
        # Each site that an address leads to has a robots.txt of its own, and so may take this time once more.
        left = min(self._limits.seconds, SECONDS) if robots else self._limits.seconds
        while True:
            delay = 0.0 if robots else self._robots.check(target)
            self.pace.wait(target.host)
            began = monotonic()
            try:
                answer = asked(
                    target,
                    {"User-Agent": self._agent, "Accept-Encoding": ENCODINGS, "Connection": "close", **asking},
                    self._network,
                    seconds=left,
                    most=most,
                    beginning=robots,
                )
            finally:
                self.pace.answered(target.host, delay)
            left -= monotonic() - began
            location = answer.header("location") if answer.status in _REDIRECTING else ""
            if answer.status in _GIVEN and not robots:
                location = refreshed_to(answer.body)
                if location and wall(asked_for.address, target.address, answer.headers, answer.body, answer.status):
                    location = ""
            if not location:
                return target, through, answer
            through.append(target)
            target = led_to(target, location)
            if target in through:
                message = "it leads in a circle, as pages do that ask for cookies or consent"
                raise RefusedError("redirects", message, status=answer.status)
            if len(through) > redirects:
                raise RefusedError("redirects", f"it leads elsewhere more than {redirects} times", status=answer.status)
            if left <= 0:
                raise RefusedError("time", f"{through[0].host} took longer than {self._limits.seconds:.0f} seconds")

    def _asked_for_robots(self, target: Target) -> Answer:
        last, _, answer = self._followed(target, {}, REDIRECTS, MOST_OF_ROBOTS, robots=True)
        if answer.status >= 500 or answer.status == 429:
            raise self._refusal(last, answer)
        return answer

    def _refusal(self, target: Target, answer: Answer) -> RefusedError:
        """The refusal of an answer by its status; a host that is too busy is left alone from then on."""
        wait = answer.wait(self._now())
        refusal = by_status(answer.status, wait)
        if refusal.code == "wait":
            self.pace.close(target.host, refusal, _A_WHILE if wait is None else wait)
        return refusal


def _sendable(value: str) -> str:
    """What a server said, or was kept of it, where it can be the value of a header (RFC 9110, 5.5); else empty."""
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_HEADER else ""
