"""Files that hold addresses and no article: tabs and bookmarks that were saved, lists for fetching."""

from __future__ import annotations

import re

from tellings.edge.readers.gather import unreadable
from tellings.model.counted import count
from tellings.model.records import Problem

#: An address in its line, alone, with a title behind it, or as a link of Markdown; and a file of bookmarks.
_ADDRESS = re.compile(
    r"[ \t]*(?:[-*+][ \t]+|\d{1,4}[.)][ \t]+)?(?:<?https?://\S{1,2000}(?:[ \t]+[|–—-][ \t]+[^\n]{0,300})?"
    r"|\[[^\]\n]{0,300}\]\(https?://[^\s)]{1,2000}\))[ \t]*",
    re.IGNORECASE,
)
_BOOKMARKS = re.compile(r"[\ufeff\s]*<!DOCTYPE NETSCAPE-Bookmark-file-1>", re.IGNORECASE)
_LINK = re.compile(r"<a[^>]{1,200}?href=[\"']https?://", re.IGNORECASE)
#: So much of a file is looked at (characters): a list of more addresses begins with a list.
_LOOKED = 200_000


def list_of_addresses(name: str, content: str) -> Problem | None:
    """The problem that a file holds nothing but addresses; `None` for any other."""
    if _BOOKMARKS.match(content):
        message = f"bookmarks of a browser, {count(len(_LINK.findall(content)), 'address')} and no article"
        remedy = "write those that you want into a file, one a line, and fetch them: tellings fetch --list FILE"
        return unreadable(name, message, remedy)
    head = content[:_LOOKED]
    lines = [line for line in head.split("\n") if line.strip()]
    if len(head) < len(content):
        lines.pop()
    if not lines or not all(_ADDRESS.fullmatch(line.rstrip("\r")) for line in lines):
        return None
    message = f"{count(len(lines), 'address')} and no article"
    return unreadable(name, message, "fetch them, and read what is fetched: tellings fetch --list FILE")
