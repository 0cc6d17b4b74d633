"""Proof of time (RFC 3161): an authority signs that a sidecar, and with it the digest of its file, was there at a time.

The authority sees the digest of the sidecar and nothing else. Its reply stands beside the file, under `SUFFIX`. That it
is about this sidecar is checked here; that it is signed by whom one trusts, `openssl ts -verify` checks.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from tellings.edge.fetching.fetcher import Fetcher
from tellings.edge.fetching.keeping import Kept
from tellings.edge.fetching.refusals import RefusedError
from tellings.edge.readers.sidecar import STAMP_SUFFIX, path_beside
from tellings.edge.saving import save

#: The most that a reply may have (bytes): it holds a few certificates.
_MOST = 100_000
#: Figures of a number by which a reply is known to be one to this question (bits).
_NONCE = 63
#: Tags of DER (X.690, 8.1.2), and names of what is written (OIDs as DER has them).
_BOOLEAN, _INTEGER, _OCTETS, _NULL, _NAME, _TIME, _SEQUENCE, _FIRST = 1, 2, 4, 5, 6, 0x18, 0x30, 0xA0
_SHA256 = bytes.fromhex("608648016503040201")
_SIGNED_DATA, _STAMP = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d0109100104")
_GRANTED = (b"\0", b"\1")
_MOMENT = re.compile(rb"(\d{14})(?:\.\d{1,9})?Z")


def stamped(kept: Kept, authority: str, fetcher: Fetcher) -> datetime:
    """When the sidecar of a file was there, as the authority at an address signs it: by a reply that stands beside it
    already, else by one that is asked for and kept.

    Raises:
        RefusedError: there is no stamp; says why.
        OSError: it cannot be written.
    """
    sidecar = path_beside(kept.path)
    digest = sha256(sidecar.read_bytes()).digest()
    path = stamp_beside(kept.path)
    if path.is_file():
        try:
            return moment_of(path.read_bytes()[: _MOST + 1], digest)
        except RefusedError:
            pass  # it is about something else, or none: a new one is asked for
    nonce = secrets.randbits(_NONCE)
    reply = fetcher.posted(authority, question(digest, nonce), "application/timestamp-query", _MOST)
    moment = moment_of(reply, digest, nonce)
    save(path, reply, lasting=True)
    return moment


def stamp_beside(path: Path) -> Path:
    """Where the stamp of the file at `path` stands."""
    return path.with_name(path.name + STAMP_SUFFIX)


def question(digest: bytes, nonce: int) -> bytes:
    """The question for a stamp of a SHA-256 `digest`, with the authority's certificate (RFC 3161, 2.4.1)."""
    algorithm = _der(_SEQUENCE, _der(_NAME, _SHA256) + _der(_NULL, b""))
    imprint = _der(_SEQUENCE, algorithm + _der(_OCTETS, digest))
    return _der(_SEQUENCE, _der(_INTEGER, b"\1") + imprint + _der(_INTEGER, _number(nonce)) + _der(_BOOLEAN, b"\xff"))


def moment_of(reply: bytes, digest: bytes, nonce: int | None = None) -> datetime:
    """The time that a reply gives for `digest`, to the second (RFC 3161, 2.4.2); `nonce` is that of the question.

    Raises:
        RefusedError: it gives none, or for something else.
    """
    try:
        status, *token = _parts(_inside(reply, _SEQUENCE))
        (_, granted), *_ = _parts(status[1])
        if granted not in _GRANTED:
            raise RefusedError("stamp", f"the authority refuses to stamp it (status {int.from_bytes(granted, 'big')})")
        told = _told(token[0][1])
        _, _, (_, imprint), _, (kind, written), *rest = _parts(_inside(told, _SEQUENCE))
        (_, algorithm), (_, stamped_digest) = _parts(imprint)
        ((_, name), *_) = _parts(algorithm)
        match = _MOMENT.fullmatch(written) if kind == _TIME else None
        if match is None:
            raise ValueError("it gives no time")
        moment = datetime.strptime(match[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except (ValueError, IndexError) as error:
        raise RefusedError("stamp", f"what came is no stamp: {error}") from None
    if (name, stamped_digest) != (_SHA256, digest):
        raise RefusedError("stamp", "the stamp is of something else")
    if nonce is not None and _number(nonce) not in (content for tag, content in rest if tag == _INTEGER):
        raise RefusedError("stamp", "the stamp answers another question")
    return moment


def _told(token: bytes) -> bytes:
    """What a token signs (RFC 5652, 5.1). Raises ValueError."""
    (_, kind), (tag, held) = list(_parts(token))[:2]
    if (kind, tag) != (_SIGNED_DATA, _FIRST):
        raise ValueError("nothing is signed in it")
    _, _, (_, content), *_ = _parts(_inside(held, _SEQUENCE))
    (_, kind), (tag, held) = list(_parts(content))[:2]
    if (kind, tag) != (_STAMP, _FIRST):
        raise ValueError("what is signed is no time")
    return _inside(held, _OCTETS)


# ---- DER (X.690)


def _der(tag: int, content: bytes) -> bytes:
    """One value of fewer than 128 bytes."""
    return bytes([tag, len(content)]) + content


def _number(value: int) -> bytes:
    return value.to_bytes(value.bit_length() // 8 + 1, "big")


def _inside(data: bytes, tag: int) -> bytes:
    """The content of the one value that `data` begins with. Raises ValueError where that has another tag."""
    found, content = next(_parts(data), (None, b""))
    if found != tag:
        raise ValueError("its form is another")
    return content


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The tag and content of each value that `data` consists of. Raises ValueError where one is cut off."""
    place = 0
    while place < len(data):
        if place + 2 > len(data):
            raise ValueError("it is cut off")
        tag, size = data[place], data[place + 1]
        place += 2
        if size >= 0x80:
            figures = size & 0x7F
            if not 1 <= figures <= 4:
                raise ValueError("its form is another")
            size = int.from_bytes(data[place : place + figures], "big")
            place += figures
        if place + size > len(data):
            raise ValueError("it is cut off")
        yield tag, data[place : place + size]
        place += size
