"""Texts that are kept as a page writes them: their character references are undone, unless they tell of code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from tellings.edge.characters import as_seen
from tellings.edge.readers.html.references import decoded
from tellings.edge.readers.telling import MOST_EDITS
from tellings.model.text import Edit

_ONE = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
#: A whole reference: without ";" it is none here ("AT&T").
_REFERENCE = re.compile(_ONE)
#: What texts are written with: what pages must escape, spaces, Latin letters, marks, signs of money. References to
#: other characters stay, as those that no page knows do ("R&D;").
_OF_TEXTS = re.compile("[\"'<>&\u00a0-\u017f\u2002-\u2044\u20ac\u2122]")
#: Signs of code: backquotes, braces, tags, calls; a reference in marks or brackets of its own, or given to a name; a
#: sign of a tag by itself.
_CODE = re.compile(
    rf"[`{{}}]|</?[A-Za-z!]|\);|[\"'\u2018\u201c(\[]{_ONE}[\"'\u2019\u201d)\]]|=\s?{_ONE}|\s&[lg]t;\s",
)
#: Mark-up that begins and ends with a tag, the first one of a paragraph or of more.
_IN_TAGS = re.compile(r"<(?:p|div|h[1-6]|ul|ol|figure|blockquote|section|article)\b.*>", re.DOTALL | re.IGNORECASE)


def reference_edits(text: str) -> Iterator[Edit]:
    """What shows the references of a text as the characters that they stand for; nothing where it tells of code."""
    if "&" not in text or _REFERENCE.search(text) is None or _CODE.search(text):
        return
    for match in islice(_REFERENCE.finditer(text), MOST_EDITS):
        meant, length = decoded(match.group())
        if length == len(match.group()) and _OF_TEXTS.fullmatch(meant):
            yield Edit(*match.span(), as_seen(meant))


def meant_markup(text: str) -> str | None:
    """The mark-up that a text without a tag is when its references are undone; `None` where it is none."""
    meant = unescape(text).strip() if "&lt;" in text else ""
    return meant if _IN_TAGS.fullmatch(meant) else None
