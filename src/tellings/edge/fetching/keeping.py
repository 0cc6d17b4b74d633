"""A folder of what was fetched: each file as it came, under a name that tells where it is from, with its sidecar.

A file that is there is never replaced: what came from one address another time, and is not the same, is a file of its
own. The sidecar is written first and each file whole or not at all, so that at any moment a file has its sidecar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tellings.edge.fetching.fetcher import Fetched
from tellings.edge.readers.sidecar import FORMAT, SUFFIX, FeedItem, Sidecar, encoded, load, moment, path_beside
from tellings.edge.saving import save
from tellings.model.identity import article_address

#: Letters of a file's name that are taken of the host and of the path, and figures that tell addresses apart.
_OF_HOST, _OF_PATH, _TELLING = 60, 70, 8
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_ENDING = re.compile(r"\.(?:[xs]?html?|php|aspx?|jsp|pdf|txt|amp)$")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the folder and its sidecar."""

    path: Path
    sidecar: Sidecar


class Folder:
    """The files in `path` that have sidecars, not those in folders within it. It is made when something is kept.

    Raises:
        OSError: it is there and cannot be listed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._by_address: dict[str, Kept] = {}
        self._by_digest: dict[str, Kept] = {}
        try:
            found = sorted(each for each in path.iterdir() if each.name.endswith(SUFFIX))
        except FileNotFoundError:
            found = []
        for each in found:
            file = each.with_name(each.name.removesuffix(SUFFIX))
            if file.is_file() and (sidecar := load(each)) is not None:
                self._enter(Kept(file, sidecar))

    def of(self, address: str) -> Kept | None:
        """What was kept last of `address`, or of one that led to it, and is there as it came."""
        found = self._by_address.get(key(address))
        return found if found is not None and _is_whole(found) else None

    def alike(self, body: bytes) -> Kept | None:
        """A file with these bytes, from whatever address."""
        found = self._by_digest.get(sha256(body).hexdigest())
        return found if found is not None and _is_whole(found) else None

    def keep(self, fetched: Fetched, suffix: str, item: FeedItem | None = None) -> Kept:
        """Write what came, and its sidecar. Raises OSError."""
        sidecar = Sidecar(
            format=FORMAT,
            address=fetched.asked,
            final=fetched.address,
            redirects=fetched.through[1:],
            status=fetched.status,
            fetched=moment(fetched.at),
            digest=sha256(fetched.body).hexdigest(),
            bytes=len(fetched.body),
            type=fetched.type,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            item=item,
        )
        self.path.mkdir(parents=True, exist_ok=True)
        name, number = _name(fetched.address), 1
        path = self.path / f"{name}{suffix}"
        while path.exists():
            number += 1
            path = self.path / f"{name}_{number}{suffix}"
        save(path_beside(path), encoded(sidecar), lasting=True)
        save(path, fetched.body, lasting=True)
        kept = Kept(path, sidecar)
        self._enter(kept)
        return kept

    def _enter(self, kept: Kept) -> None:
        for address in (kept.sidecar.address, kept.sidecar.final):
            before = self._by_address.get(key(address))
            if before is None or before.sidecar.fetched <= kept.sidecar.fetched:
                self._by_address[key(address)] = kept
        self._by_digest.setdefault(kept.sidecar.digest, kept)


def key(address: str) -> str:
    """What all spellings of an address have in common; of one that names no article, itself."""
    return article_address(address) or address


def _is_whole(kept: Kept) -> bool:
    try:
        return sha256(kept.path.read_bytes()).hexdigest() == kept.sidecar.digest
    except OSError:
        return False


def _name(address: str) -> str:
    """The name of a file from `address`, without its suffix: host, the last words of the path, figures."""
    parts = urlsplit(address)
    host = _letters(parts.hostname or "")[:_OF_HOST]
    last = next((part for part in reversed(parts.path.split("/")) if _letters(_ENDING.sub("", unquote(part)))), "")
    words = _letters(_ENDING.sub("", unquote(last).lower()))[:_OF_PATH].strip("-")
    figures = sha256(key(address).encode("utf-8", "surrogatepass")).hexdigest()[:_TELLING]
    return "_".join(filter(None, (host, words, figures)))


def _letters(written: str) -> str:
    return _NO_LETTERS.sub("-", written.lower()).strip("-")
