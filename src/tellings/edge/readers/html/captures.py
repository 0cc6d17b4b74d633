"""What programs add to a page that they keep: the Wayback Machine and archives like it, SingleFile, browsers, HTTrack.

They tell of the address that the page had, and of the day on which it was kept, which says nothing of the day on which
it was published.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tellings.edge.readers.html.references import decoded_value
from tellings.edge.readers.telling import Metadata
from tellings.model.records import Attested

#: How far into a page its address is looked for (characters): programs write it at the beginning.
_BEGINNING = 100_000
#: What an address is rewritten to, so that it leads into the archive: a day and time, of which four digits at least, a
#: sign for how it is shown ("id_", "im_"), and the address as it was.
_INTO_ARCHIVE = r"/(?:19|20)\d{2,12}(?:[a-z]{2}_|\*)?/"
_KEPT = re.compile(
    rf"(?:https?:)?(?://[^/\s\"'<>]{{1,200}})?(?:/[\w.:@-]{{1,60}}){{0,3}}?{_INTO_ARCHIVE}(?P<address>https?:/{{1,2}}\S+)",
    re.IGNORECASE,
)
#: Old captures have the port in the address, which no page has.
_DEFAULT_PORT = re.compile(r"(?<=\w):80(?=/|$)")
_PREFIX = re.compile(
    rf"(?:(?:https?:)?//[^/\s\"'<>]{{1,200}})?/(?:web|wayback|all|archive)\b{_INTO_ARCHIVE}(?=https?:/)", re.IGNORECASE
)
#: Copies of pages that a search engine serves (AMP caches, and its own viewer).
_CACHED = re.compile(
    r"https?://(?:[\w-]{1,100}\.cdn\.ampproject\.org/[civ]/|(?:www\.)?google\.[a-z.]{2,6}/amp/)(?P<secure>s/)?"
    r"(?P<rest>[^\s/]+\.[^\s]+)",
    re.IGNORECASE,
)
#: Where programs write the address of a page that they keep, and what this is called.
_SAYS = (
    (re.compile(r"<!--\s{0,20}(?:Page saved with|Archive processed by) SingleFile\s{0,20}url: (\S+)"), "SingleFile"),
    (re.compile(r"<!-- saved from url=\(\d{4}\)(https?://\S+)"), "saved from"),
    (re.compile(r"<!-- Mirrored from (\S+) by HTTrack"), "HTTrack"),
    (re.compile(r"__wm\.wombat\(\"(https?://[^\"\s]+)\""), "Wayback Machine"),
    (re.compile(r"wbCurrentUrl = \"(https?://[^\"\s]+)\""), "Wayback Machine"),
)
#: What archives and programs add to a page: how it begins, and what ends it.
_ADDED = (
    (re.compile(r"<!--\s{0,5}BEGIN WAYBACK TOOLBAR INSERT\s{0,5}-->"), "END WAYBACK TOOLBAR INSERT"),
    (
        re.compile(
            r"<!--\s{0,20}(?:(?:Page saved with|Archive processed by) SingleFile|saved from url|Mirrored from"
            r"|Added by HTTrack|FILE ARCHIVED ON|playback timings)\b"
        ),
        "-->",
    ),
)
#: Files that are written into an address (RFC 2397): pictures, type faces, pages in frames.
_EMBEDDED = re.compile(r"data:[\w.+-]{0,60}(?:/[\w.+-]{1,100})?(?:;[\w=.+-]{1,60}){0,4},[^\s\"'<>()\\]{100,}+")


def original_address(address: str) -> str:
    """The address that a page had before an archive, or a cache, rewrote it; `address` itself where none did."""
    if kept := _KEPT.fullmatch(address):
        found = kept["address"]
        return _DEFAULT_PORT.sub("", found if "://" in found else found.replace(":/", "://", 1), count=1)
    if cached := _CACHED.fullmatch(address):
        return f"http{'s' if cached['secure'] else ''}://{cached['rest']}"
    return address


def with_original_address(told: Metadata, content: str) -> Metadata:
    """What a page tells of itself, with the address that it had before it was kept."""
    if told.url is None:
        return replace(told, url=saved_address(content))
    return replace(told, url=replace(told.url, value=original_address(told.url.value)))


def saved_address(content: str) -> Attested | None:
    """The address that the program which kept a page wrote into it; `None` where none did."""
    beginning = content[:_BEGINNING]
    for pattern, program in _SAYS:
        if found := pattern.search(beginning):
            address = _DEFAULT_PORT.sub("", original_address(decoded_value(found[1])), count=1)
            return Attested(address if "://" in address else f"http://{address}", program)
    return None


def embedded_size(content: str) -> int:
    """How many characters of a page are files that are written into its addresses."""
    return sum(match.end() - match.start() for match in _EMBEDDED.finditer(content))


def as_published(content: str) -> str:
    """A page as other programs should see it: without what was added when it was kept, without files in its addresses
    and NUL characters. Places in it are none in `content`."""
    content = _EMBEDDED.sub("data:,", content).replace("\0", "")
    for begins, end in _ADDED:
        content = _without(content, begins, end)
    if "/web/" in content or "/wayback/" in content:
        content = _PREFIX.sub("", content)
    return content


def _without(content: str, begins: re.Pattern[str], end: str) -> str:
    """`content` without the stretches that begin so, up to what ends them and the comment that it stands in."""
    pieces = []
    place = 0
    while found := begins.search(content, place):
        last = content.find(end, found.end())
        last = content.find("-->", last) if last >= 0 else last
        if last < 0:
            break
        pieces.append(content[place : found.start()])
        place = last + len("-->")
    return "".join((*pieces, content[place:]))
