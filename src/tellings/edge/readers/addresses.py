"""Addresses as metadata gives them: one that can be followed, or a refusal with its reason."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from tellings.edge.readers.telling import Outcome, Read
from tellings.model.records import Attested, Problem

#: Longest address taken (characters). RFC 9110, 4.1, asks programs to take 8,000 octets at least.
LONGEST_ADDRESS = 8_000
#: What begins with these is no place, but something to do, or the thing itself.
_NO_PLACES = frozenset({"about", "blob", "data", "javascript", "vbscript"})
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


class AddressError(ValueError):
    """A value that is no address that can be used; the message says why."""


def check_address(value: str) -> None:
    """Refuse an address that no program could follow. One without a scheme ("news/1") is taken as it is.

    Raises:
        AddressError: too long, with control characters or halves of surrogate pairs, no host after http://, a host or
            port that cannot be one (RFC 3986, 3.2), or of a scheme that leads nowhere ("javascript:").
    """
    if len(value) > LONGEST_ADDRESS:
        raise AddressError(f"an address of {len(value):,} characters")
    if _UNWRITABLE.search(value):
        raise AddressError(f"{value[:80]!a} holds characters that no address may hold")
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise AddressError(f"{value[:80]!r} is no address: {error}") from None
    if parts.scheme in _NO_PLACES:
        raise AddressError(f"{value[:80]!a} leads to no place")
    if parts.scheme in ("http", "https") and not host:
        raise AddressError(f"{value[:80]!r} names no host")


def without_bad_address(outcome: Outcome) -> Outcome:
    """`outcome` with each address that cannot be used taken out and named; its telling stays."""
    read = [_checked(telling) for telling in outcome.tellings]
    problems = (*outcome.problems, *(problem for _, problem in read if problem))
    return replace(outcome, tellings=tuple(telling for telling, _ in read), problems=problems)


def bad_address(name: str, where: str, reason: object) -> Problem:
    """An address that cannot be used; its telling is kept without one."""
    return Problem(name, "address", f"{where}: {reason}"[:300], "correct the address or take it out", lost=False)


def _checked(telling: Read) -> tuple[Read, Problem | None]:
    url: Attested | None = telling.metadata.url
    if url is None:
        return telling, None
    try:
        check_address(url.value)
    except AddressError as error:
        without = replace(telling, metadata=replace(telling.metadata, url=None))
        return without, bad_address(telling.name, url.evidence, error)
    return telling, None
