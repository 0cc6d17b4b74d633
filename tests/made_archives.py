"""Archives and web archives made for the tests, no larger than they must be."""

from __future__ import annotations

import io
import tarfile
import time
import tracemalloc
from collections.abc import Mapping

from tellings.edge.readers import read_bytes

STORY = "The bridge over the Merrin was closed at noon, said Ada Tamm, who runs the café near it."


def page(title: str, *, head: str = "", body: str = "") -> str:
    """An article as a page."""
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}"
        '<meta property="article:published_time" content="2015-03-03"></head><body><article>'
        f"<h1>{title}</h1><p>{STORY} Nobody could say on Tuesday when {title} would be told again.</p>"
        f"<p>It will not open before Friday, the office said, and two lorries wait on its east side.</p>{body}"
        "</article></body></html>"
    )


def tarred(files: Mapping[str, str | bytes], *, links: Mapping[str, str] | None = None, form: int = 1) -> bytes:
    """A TAR archive of `files`, and of `links` (name → target); `form` is that of `tarfile`."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            archive.addfile(member)
    return out.getvalue()


def record(kind: str, address: str, block: bytes, *, media_type: str = "application/http; msgtype=response") -> bytes:
    """A WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2022-02-02T00:00:00Z\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: str | bytes, media_type: str = "text/html; charset=utf-8", status: int = 200, **fields: str) -> bytes:
    """What a server answers."""
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: {media_type}\r\n{told}\r\n"
    return head.encode() + (body.encode() if isinstance(body, str) else body)


def chunked(body: bytes, size: int = 100) -> bytes:
    """A body in chunks."""
    pieces = [body[place : place + size] for place in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def assert_it_ends_soon(bomb: bytes, *names: str) -> None:
    """That a file which unpacks into far more than may be is given up under each of `names`, in 20 seconds of processor
    time and 300 MB in all, and that this is said."""
    started = time.process_time()
    tracemalloc.start()
    try:
        for name in names:
            outcome = read_bytes(name, bomb)
            assert outcome.tellings == () and any(each.lost for each in outcome.problems)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 300_000_000 and time.process_time() - started < 20
