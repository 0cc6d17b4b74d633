"""What stands between a program and a page: consent walls, checks for bots, doors to log in at.

They are told by signs, a list, `walls.toml`: of services that make them, and of the addresses that one is led to.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from tellings.edge.fetching.refusals import RefusedError

#: A page of this many words is one that can be read, whatever scripts it has.
_READABLE = 150
#: How much of a page is looked at (bytes).
_LOOKED_AT = 300_000
#: Elements whose content nobody reads.
_SILENT = (b"<script", b"<style", b"<template", b"<svg", b"<!--")
_WORD = re.compile(rb"[^\s<>&;{}()=]{2,}")
_SAID = {
    "consent": "a page that asks for consent, put there by {by}, and no article",
    "bot-check": "a page that asks whether this is a person, put there by {by}, and no article",
    "login": "it leads to a page that asks to log in or to subscribe",
    "missing": "it leads to a page that says that there is none",
}


@dataclass(frozen=True, slots=True)
class Wall:
    """One kind of wall and its signs; `marks` and `address` are patterns, `headers` patterns by name."""

    kind: Literal["consent", "bot-check", "login", "missing"]
    by: str
    headers: Mapping[str, re.Pattern[str]]
    marks: re.Pattern[bytes] | None
    address: re.Pattern[str] | None


@cache
def walls() -> tuple[Wall, ...]:
    """All that are known."""
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(
        Wall(
            kind=each["kind"],
            by=each["by"],
            headers={name: re.compile(value, re.IGNORECASE) for name, value in each.get("headers", {}).items()},
            marks=re.compile("|".join(each["marks"]).encode()) if "marks" in each else None,
            address=re.compile(each["address"], re.IGNORECASE) if "address" in each else None,
        )
        for each in told["wall"]
    )


def wall(asked: str, address: str, headers: Mapping[str, str], body: bytes, status: int) -> RefusedError | None:
    """The refusal of an answer that is a wall; `None` where it is none that is known.

    An address that was `asked` for is what somebody wants, whatever it is called: only one that it led to tells.
    """
    where = _where(address)
    looked_at = body[:_LOOKED_AT]
    readable: bool | None = None
    for each in walls():
        found = any(name in headers and value.search(headers[name]) for name, value in each.headers.items())
        if not found and each.address is not None and each.address.search(where):
            found = not each.address.search(_where(asked))
        if not found and each.marks is not None and each.marks.search(looked_at):
            readable = words_of(looked_at) >= _READABLE if readable is None else readable
            found = not readable
        if found:
            return RefusedError(each.kind, _SAID[each.kind].format(by=each.by), status=status)
    return None


def _where(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.hostname or ''}{parts.path}"


def words_of(page: bytes) -> int:
    """How many words of a page somebody can read, in time with its length."""
    count, place, lowered = 0, 0, page.lower()
    while place < len(page):
        begins = page.find(b"<", place)
        if begins < 0:
            begins = len(page)
        count += sum(1 for _ in _WORD.finditer(page, place, begins))
        silent = next((name for name in _SILENT if lowered.startswith(name, begins)), None)
        ends = b">" if silent is None else b"-->" if silent == b"<!--" else b"</" + silent[1:]
        found = lowered.find(ends, begins + 1)
        if found < 0:
            break
        place = found + len(ends)
    return count
