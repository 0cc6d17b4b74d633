"""The sidecar: what stands beside a file that was fetched and says where it is from.

Of `NAME` it is `NAME.fetched.json`, JSON with the members of `Sidecar`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from tellings.edge.readers.gather import opened

FORMAT = "tellings-fetched/1"
SUFFIX = ".fetched.json"
#: What a stamp of the sidecar's time is called (RFC 3161); it is in DER, and so begins with a sequence.
STAMP_SUFFIX, _STAMP_BEGINS = ".fetched.tsr", b"\x30"
#: How a sidecar begins.
_BEGINNING = re.compile(rb'\s{0,20}\{\s{0,20}"format"\s{0,5}:\s{0,5}"tellings-fetched/')
#: The most that is read of one (bytes): a dozen addresses of the longest kind take a tenth of it.
_MOST = 1_000_000


class FeedItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a feed told of an article: the feed's address, the item's id and title, the day as the feed has it."""

    feed: str
    id: str = ""
    title: str = ""
    published: str = ""


class Sidecar(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a file is from.

    `address` is the one that was asked for, `final` where it led to, by way of `redirects`. `fetched` is when it came
    (ISO 8601, UTC). `digest` is the SHA-256 of the file in hexadecimal figures, `bytes` its size. `type`, `etag` and
    `last_modified` are the server's words.
    """

    format: str
    address: str
    final: str
    redirects: tuple[str, ...] = ()
    status: int
    fetched: str
    digest: str
    bytes: int
    type: str = ""
    etag: str = ""
    last_modified: str = ""
    item: FeedItem | None = None

    @property
    def encoding(self) -> str:
        """The encoding of characters that the server named; empty where it named none."""
        match = re.search(r";\s*charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", self.type, re.IGNORECASE)
        return match[1] if match else ""


def is_sidecar(head: bytes) -> bool:
    """Whether a file that begins with `head` is a sidecar."""
    return _BEGINNING.match(head) is not None


def belongs_to_a_file(name: str, head: bytes) -> bool:
    """Whether a file of this name, which begins with `head`, is a sidecar, or a stamp of one."""
    return is_sidecar(head) or (name.endswith(STAMP_SUFFIX) and head.startswith(_STAMP_BEGINS))


def path_beside(path: Path) -> Path:
    """Where the sidecar of the file at `path` stands."""
    return path.with_name(path.name + SUFFIX)


def encoded(sidecar: Sidecar) -> bytes:
    """A sidecar as it is written."""
    return msgspec.json.format(msgspec.json.encode(sidecar), indent=1) + b"\n"


def load(path: Path) -> Sidecar | None:
    """The sidecar at `path`; `None` where there is none, or none that can be read."""
    try:
        with opened(str(path)) as file:
            data = file.read(_MOST + 1)
        found = msgspec.json.decode(data, type=Sidecar) if is_sidecar(data) and len(data) <= _MOST else None
    except (OSError, ValueError):
        return None
    return found if found is not None and found.format == FORMAT else None


def moment(at: datetime) -> str:
    """A moment as sidecars have it: to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
