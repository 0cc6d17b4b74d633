"""Mails that do nothing but forward another: its head, which stands in the text, tells who wrote it and when."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr
from functools import cache
from importlib import resources
from typing import Any

from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.telling import Metadata, attested
from tellings.model.records import DocumentDate, Problem

#: What stands before the head of a forwarded mail is a covering note: so many words, and lines that are looked at.
_NOTE, _LINES = 60, 60
#: Lines of a head, and the longest of them (characters).
_HEAD, _LONGEST = 12, 500
_FIELD = re.compile(r"[>*\s]{0,8}(?P<key>[^:：*]{1,30}?)\s{0,3}[*]?\s{0,3}[:：][*]?\s*(?P<value>.*)")
_PREFIX = re.compile(r"\s*(?P<what>[^\s:\[\]]{1,12})\s?[:：]\s*")
_NO_LETTERS = re.compile(r"[^\w']+")
_MAIL_ADDRESS = re.compile(r"\s*(?:<[^<>]*>|\[[^\[\]]*\]|\S+@\S+)\s*")
_WHAT = "of the mail that was forwarded"


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What the head of a forwarded mail tells, and the address of its sender."""

    told: Metadata
    address: str


def forwarded(text: str, subject: str) -> Forwarded | None:
    """What a mail's `text` says of another that it forwards; `None` where it forwards none, or answers one.

    1. a line says so, or the `subject` does; 2. little stands above, and more below; 3. who wrote it and when.
    """
    lines = text.split("\n", _LINES)
    # 1. said
    by_subject = _begins(subject, "subjects")
    if _begins(subject, "answers"):
        return None
    marked = next((place for place, line in enumerate(lines[:_LINES]) if _is_mark(line)), None)
    if marked is None and not by_subject:
        return None
    begins = marked + 1 if marked is not None else 0
    found, first, last = _head(lines, begins)
    if "from" not in found or "date" not in found:
        return None
    # 2. above and below
    above = sum(len(line.split()) for line in lines[: first if marked is None else marked])
    below = len("\n".join(lines[last + 1 :]).split())
    if above > _NOTE or below <= above:
        return None
    # 3. who and when
    sender, address = _sender(found["from"])
    written = found["date"]
    try:
        date = DocumentDate(parse_date(written), f"Date {_WHAT}: {written}"[:100], "mail")
    except DateError as error:
        date = DocumentDate(None, f"Date {_WHAT}: {written} (refused: {error})"[:150], "refused")
    told = Metadata(
        date,
        title=attested(found.get("subject", "") or _without_prefix(subject), f"Subject {_WHAT}"),
        author=attested(sender, f"From {_WHAT}"),
    )
    return Forwarded(told, address)


def as_forwarded(told: Metadata, found: Forwarded, publisher: str) -> Metadata:
    """What is told of a mail, with what is told of the one that it forwards in its place."""
    return replace(
        told,
        date=found.told.date,
        title=found.told.title,
        publisher=attested(publisher, f"From {_WHAT}"),
        author=found.told.author,
    )


def forwards(name: str) -> Problem:
    """That a mail is taken for the one that it forwards."""
    message = "it forwards another mail: its title, sender and day are those of that one"
    return Problem(name, "fields", message, "nothing to do, unless the covering note is what you want", lost=False)


def _head(lines: Sequence[str], begins: int) -> tuple[dict[str, str], int, int]:
    """The fields of the first head from a line on, and its first and last line."""
    known = {word: key for key, words in _words()["fields"].items() for word in words}
    found: dict[str, str] = {}
    first = last = begins
    for place in range(begins, min(len(lines), _LINES)):
        line = lines[place].strip()
        match = _FIELD.fullmatch(line) if len(line) <= _LONGEST else None
        key = known.get(match["key"].strip().lower()) if match else None
        if match and key and key not in found and match["value"].strip():
            first = place if not found else first
            found[key], last = match["value"].strip(" *"), place
        elif found and (place - first >= _HEAD or (line and not match)):
            break
    return found, first, last


def _sender(written: str) -> tuple[str, str]:
    """The name and the address of a sender."""
    address = parseaddr(written)[1] or next(iter(re.findall(r"[^\s<>\[\]:]+@[^\s<>\[\]]+", written)), "")
    name = _MAIL_ADDRESS.sub(" ", written).strip(" \"'")
    return ("" if "@" in name else name), address if "@" in address else ""


def _is_mark(line: str) -> bool:
    return len(line) <= _LONGEST and _NO_LETTERS.sub(" ", line.lower().replace("’", "'")).strip() in _marks()


@cache
def _marks() -> frozenset[str]:
    begun = (f"{begin} {mark}" for begin in ("begin", "start of") for mark in _words()["marks"])
    return frozenset([*_words()["marks"], *begun])


def _begins(subject: str, what: str) -> bool:
    """Whether a subject begins with one of the words before its colon that say `what` the mail is."""
    match = _PREFIX.match(subject)
    return match is not None and match["what"].lower() in _words()[what]


def _without_prefix(subject: str) -> str:
    match = _PREFIX.match(subject)
    return subject[match.end() :] if match and _begins(subject, "subjects") else subject


@cache
def _words() -> dict[str, Any]:
    text = (resources.files("tellings.edge.readers") / "forwarded.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
