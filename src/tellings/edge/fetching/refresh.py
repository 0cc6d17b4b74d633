"""Pages that do nothing but lead on: those of services that shorten or count links, which browsers follow at once."""

from __future__ import annotations

import re
from html import unescape

from tellings.edge.fetching.walls import words_of

#: A page that leads on is short (bytes), has few words, and does not let its reader wait long (seconds).
_LONGEST, _MOST_WORDS, _LONGEST_WAIT = 20_000, 50, 5.0
_META = re.compile(rb"<meta\b[^<>]{0,4000}>", re.IGNORECASE)
_IS_REFRESH = re.compile(rb"""http-equiv\s{0,5}=\s{0,5}["']?refresh\b""", re.IGNORECASE)
_CONTENT = re.compile(rb"""\bcontent\s{0,5}=\s{0,5}("[^"]{0,4000}"|'[^']{0,4000}')""", re.IGNORECASE)
#: Seconds and address, as HTML, 4.2.5.3 has them; white space is one space here.
_TO = re.compile(r"""(\d{1,4}(?:\.\d{0,4})?) ?[;, ] ?(?:url ?= ?)?+["']? ?([^"' ][^"']*)(?:["'].*)?""", re.IGNORECASE)


def refreshed_to(body: bytes) -> str:
    """Where a page leads that has little else, by its "refresh"; empty where it leads nowhere."""
    if len(body) > _LONGEST:
        return ""
    for meta in _META.finditer(body):
        content = _CONTENT.search(meta[0]) if _IS_REFRESH.search(meta[0]) else None
        written = unescape(content[1][1:-1].decode("utf-8", "replace")) if content else ""
        to = _TO.fullmatch(" ".join(written.split()))
        if to and float(to[1]) <= _LONGEST_WAIT:
            return to[2].strip() if words_of(body) < _MOST_WORDS else ""
    return ""
