"""Lists of addresses: feeds (RSS, Atom, RDF, JSON Feed), their collections (OPML), and lines of text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.message import Message
from html import unescape
from urllib.parse import urljoin

from tellings.edge.characters import as_seen
from tellings.edge.fetching.judging import BEFORE_XML, FEED_TYPES, is_feed
from tellings.edge.readers.containers import ContainerError, local, parse_xml
from tellings.edge.readers.decode import NotTextError, decode, glimpse
from tellings.edge.readers.feed import Listed, listed
from tellings.edge.readers.xml_text import BARE_AMPERSAND, NoXmlError, parsed

#: The most that is read of a feed or a list (bytes), and of its items; feeds say what is new, and are short.
MOST, _MOST_ITEMS = 5_000_000, 2_000
#: How much is looked at to tell a page (bytes), and for the feed that it names.
_HEAD, _LOOKED_AT = 4096, 300_000
_LINK = re.compile(rb"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rb"""\b(type|href)\s{0,5}=\s{0,5}("[^"]{0,1000}"|'[^']{0,1000}'|[^\s"'<>=]{1,1000})""", re.IGNORECASE
)
_JSON_FEED = "https://jsonfeed.org/"
#: Root elements of feeds.
_ROOTS = frozenset({"rss", "feed", "RDF", "channel"})
_OPML = re.compile(BEFORE_XML + r"<opml\b", re.DOTALL | re.IGNORECASE)

#: The declaration of XML, which may name an encoding that is undone by then.
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}>")


class FeedError(ValueError):
    """What should be a feed, or a list of addresses, is none; the message says why."""


def items_of(body: bytes, type: str, address: str) -> tuple[Listed, ...]:
    """The items of the feed at `address`, in its order, no more than 2,000 of them.

    Relative addresses are made whole. `type` is the Content-Type that it came with.

    Raises:
        FeedError: it is no feed.
    """
    if len(body) > MOST:
        raise FeedError(f"more than {MOST:,} bytes, the most that is read of a feed")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        found = _json_items(body)
    else:
        found = _xml_items(body, type, address)
    return tuple(
        Listed(as_seen(each.id), _whole(address, as_seen(each.address)), as_seen(each.title), as_seen(each.published))
        for each in found[:_MOST_ITEMS]
    )


def _json_items(body: bytes) -> list[Listed]:
    """The items of a JSON Feed (version 1.1)."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise FeedError("it is no JSON that can be read") from None
    if not isinstance(told, dict) or not str(told.get("version", "")).startswith(_JSON_FEED):
        raise FeedError("JSON that is no JSON Feed")
    items = told.get("items")
    return [
        Listed(
            _word(each.get("id")),
            _word(each.get("url")) or _word(each.get("external_url")),
            _word(each.get("title")),
            _word(each.get("date_published")),
        )
        for each in (items if isinstance(items, list) else ())
        if isinstance(each, dict)
    ]


def _xml_items(body: bytes, type: str, address: str) -> list[Listed]:
    try:
        content = decode(body, markup=True, declared=_charset(type)).content
        root, _ = parsed(content)
    except (NotTextError, NoXmlError) as error:
        raise FeedError(f"it cannot be read as a feed: {error}") from None
    if local(root) not in _ROOTS:
        raise FeedError("it is no feed")
    return list(listed(root, address))


def _charset(type: str) -> str:
    """The charset that a Content-Type names; empty where it names none."""
    message = Message()
    message["Content-Type"] = type
    return str(message.get_param("charset", ""))


def _word(value: object) -> str:
    return " ".join(str(value).split())[:8_000] if isinstance(value, (str, int)) else ""


def _whole(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return address


def addresses_in(data: bytes, type: str = "", address: str = "") -> tuple[tuple[str, ...], str]:
    """The addresses that a list holds, each once, in their order, and what kind of list it is: "feed" (those of its
    items), "opml" (those of its feeds) or "lines".

    Of lines each is an address; what stands behind it, after white space, is passed over, and so are empty lines and
    those that begin with "#". A line that is no address comes as it stands, for whoever fetches it to refuse.

    Raises:
        FeedError: it is none of these.
    """
    head = glimpse(data[:_HEAD]).lstrip("\ufeff")
    if _OPML.match(head):
        return _once(_outlines(data)), "opml"
    if is_feed(data, type):
        return _once(item.address for item in items_of(data, type, address)), "feed"
    if head.lstrip().startswith("<"):
        raise FeedError("it is no list of addresses, feed or OPML")
    words = (line.split() for line in _characters(data).splitlines())
    return _once(found[0] for found in words if found and not found[0].startswith("#")), "lines"


def _characters(data: bytes) -> str:
    """The characters of a list. Raises FeedError."""
    if len(data) > MOST:
        raise FeedError(f"more than {MOST:,} bytes, the most that is read of a list")
    try:
        return decode(data, markup=True).content.lstrip("\ufeff") if data.strip() else ""
    except NotTextError as error:
        raise FeedError(f"it is no list of addresses: {error}") from None


def feed_of(page: bytes, address: str) -> str:
    """The address of the first feed that a page names (HTML, 4.6.7.1: "alternate"); empty where it names none."""
    for link in _LINK.finditer(page, 0, _LOOKED_AT):
        told = {name.decode().lower(): value.strip(b"\"'") for name, value in _ATTRIBUTE.findall(link[0])}
        if told.get("type", b"").lower().decode("ascii", "replace") in FEED_TYPES and told.get("href"):
            return _whole(address, as_seen(unescape(told["href"].decode("utf-8", "replace"))))
    return ""


def _outlines(data: bytes) -> Iterator[str]:
    """The feeds of an OPML file (OPML 2.0, "xmlUrl"); many are not well-formed, or write the name otherwise."""
    content = BARE_AMPERSAND.sub("&amp;", _DECLARATION.sub("", _characters(data), count=1))
    try:
        root = parse_xml(content.encode("utf-8", "replace"), "opml", mended=True)
    except ContainerError as error:
        raise FeedError(str(error)) from None
    for element in root.iter():
        if local(element).lower() == "outline":
            yield next((str(value).strip() for name, value in element.items() if str(name).lower() == "xmlurl"), "")


def _once(addresses: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in addresses if each))
