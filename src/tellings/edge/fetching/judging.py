"""Whether what came can be an article, and what kind of file it is."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tellings.edge.fetching.fetcher import Fetched
from tellings.edge.fetching.refusals import RefusedError
from tellings.edge.readers.decode import glimpse
from tellings.edge.readers.kinds import kind_of_bytes, sniffed
from tellings.model.identity import article_address

#: Types of content that can hold an article, with the suffix that a file of it gets.
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
}
#: Types that tell nothing.
_SAYING_NOTHING = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/download", "unknown/unknown"}
)
FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
#: What may stand before the first element of XML: comments, instructions, a document type.
BEFORE_XML = r"\s*(?:<!--(?:(?!-->).){0,2000}-->\s*|<[!?](?!--)[^>]{0,1000}>\s*){0,10}"
#: How feeds begin: RSS, RDF and Atom; a JSON Feed (1.1, "version").
_FEED = re.compile(
    BEFORE_XML + r"<(?:rss|rdf:RDF|(?:\w{1,20}:)?feed)\b"
    r'|\s*\{[^{}\[\]]{0,2000}"version"\s{0,9}:\s{0,9}"https://jsonfeed\.org/',
    re.DOTALL,
)
#: What suffixes of ours stand for kinds that the first bytes tell.
_BY_BYTES = {"pdf": ".pdf", "rtf": ".rtf", "message": ".eml", "mailbox": ".mbox"}
_SNIFFED = {"html": ".html", "json": ".json", "jsonl": ".jsonl"}
_AS_FILE = "if it holds articles, download it, and give the file"
#: How much is looked at to tell what it is (bytes).
_HEAD = 4096


def bare_type(written: str) -> str:
    """The type of a Content-Type, without its parameters, in small letters."""
    # A field that a server sends twice comes as one, with a comma between.
    return written.partition(";")[0].partition(",")[0].strip().lower()


def is_feed(body: bytes, type: str) -> bool:
    """Whether something is a feed, by its type or by how it begins."""
    return bare_type(type) in FEED_TYPES or _FEED.match(_head(body)) is not None


def suffix_for(fetched: Fetched) -> str:
    """The suffix that a file of it gets, by its first bytes, else its type, else by how it begins.

    1. Nothing came; 2. the front page of a site came for an article; 3. a feed; 4. what can be an article.

    Raises:
        RefusedError: it can be no article; says what it is.
    """
    # 1. nothing
    if not fetched.body.strip():
        raise RefusedError("empty", "nothing came: the answer has no content", status=fetched.status)
    # 2. front page
    if fetched.through and article_address(fetched.address) is None and article_address(fetched.asked) is not None:
        raise RefusedError("front-page", f"it leads to the front page of {urlsplit(fetched.address).hostname}")
    # 3. feed
    if is_feed(fetched.body, fetched.type):
        raise RefusedError("feed", "a feed, which lists articles and is none")
    # 4. kind
    type = bare_type(fetched.type)
    kind = kind_of_bytes(fetched.body[:_HEAD])
    if kind == "package":
        if type in _SUFFIXES:
            return _SUFFIXES[type]
        name = urlsplit(fetched.address).path.lower()
        found = next((each for each in (".docx", ".odt", ".epub") if name.endswith(each)), None)
        if found is None:
            raise RefusedError("type", f"{type or 'a file of no type'}, a package of files, is no article", _AS_FILE)
        return found
    if kind in _BY_BYTES:
        return _BY_BYTES[kind]
    if kind is not None:
        raise RefusedError("type", f"{type or 'a file of no type'}, an archive, is no article", _AS_FILE)
    if type in _SUFFIXES:
        return _SUFFIXES[type]
    if type in _SAYING_NOTHING:
        if b"\0" in fetched.body[:_HEAD]:
            raise RefusedError("type", "it does not say what it is, and is no text")
        return _SNIFFED.get(sniffed(_head(fetched.body)), ".txt")
    raise RefusedError("type", f"{type[:80]} is no article")


def _head(body: bytes) -> str:
    return glimpse(body[:_HEAD]).lstrip("\ufeff")
