"""Web archives: each page in them is a telling, with the address that it was fetched from.

The day on which a page was fetched says nothing of the day on which it was published, so it dates nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO

from tellings.edge.readers.archives.early import broken_off, ended_early
from tellings.edge.readers.archives.streams import Budget, Trouble, Unpacked, forward, unpacked
from tellings.edge.readers.archives.webpacked import INSTALL, UNPACK, is_installed
from tellings.edge.readers.archives.zip import Zip
from tellings.edge.readers.decode import glimpse
from tellings.edge.readers.gather import unreadable
from tellings.edge.readers.kinds import MOST, SUFFIXES, sniffed, suffix_of
from tellings.edge.readers.received import Reader, Received
from tellings.edge.readers.telling import Outcome, Read, joined, left_out
from tellings.edge.readers.web_archives.http import EncodingError, Head, body, read_head
from tellings.edge.readers.web_archives.warc import Record, Warc
from tellings.model.counted import count
from tellings.model.identity import article_address
from tellings.model.records import Attested, Locator, Problem
from tellings.model.text import Span

#: The suffix of files of a type; other types are not read.
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/epub+zip": ".epub",
}
#: Records that hold what was fetched: with what the server said, and without (WET files hold the text of pages).
_ANSWER, _BARE = "response", ("resource", "conversion")
#: How much is read of an answer to see what it is (bytes).
_HEAD = 65_536
#: What other records are called, and types of what belongs to a page.
_NOUNS = {
    "revisit": "revisit",
    "request": "request",
    "metadata": "metadata record",
    "warcinfo": "crawl record",
    "continuation": "continued record",
}
_OF_PAGES = frozenset({
    "text/css", "text/javascript", "application/javascript", "application/x-javascript", "application/manifest+json",
    "application/font-woff", "application/font-woff2", "application/x-font-ttf", "application/vnd.ms-fontobject",
})  # fmt: skip
#: A plain text with fewer words is one for programs ("ok"), as are those of these names.
_FEWEST_WORDS, _FOR_PROGRAMS = 20, re.compile(r"/(?:robots|ads|app-ads|humans|security|llms)\.txt(?:\?.*)?$")
_WORD = re.compile(r"\w+")
_AMP = re.compile(rb"<html\b[^>]{0,1000}?\s(?:amp|\xe2\x9a\xa1)(?:4\w+)?[\s=>]", re.IGNORECASE)
#: What is said of pages that an extra would unpack.
_MISSING = "and what unpacks that is not installed"
_INSTALL = f"{INSTALL}, or save them as HTML"
#: How many kinds of things that were not read are named.
_NAMED = 6
#: In a WACZ file (WACZ 1.1.1, 5.2): the web archives, and the lists of pages; the most that is read of such a list.
_ARCHIVE = re.compile(r"archive/.*\.warc(?:\.gz|\.zst)?", re.IGNORECASE)
_PAGES, _MOST_OF_PAGES = re.compile(r"pages/.*\.jsonl"), 40_000_000


def read_warc(file: Received, read: Reader) -> Outcome:
    """The tellings of a WARC file, `file.stream` being what it unpacks into."""
    crawl = _Crawl(file, read)
    crawl.add(file)
    return crawl.outcome()


def is_wacz(known_as: str, names: Sequence[str]) -> bool:
    """Whether a ZIP archive with members of these names is a WACZ file."""
    has_archives = any(_ARCHIVE.fullmatch(name) for name in names)
    return (has_archives and "datapackage.json" in names) or (
        suffix_of(known_as) == ".wacz" and (has_archives or not names)
    )


def read_wacz(file: Received, archive: Zip, read: Reader) -> Outcome:
    """The tellings of a WACZ file: those of the web archives in it.

    A page without an article that is not in its list of pages is a frame of one that is.
    """
    crawl = _Crawl(file, read)
    pages: set[str] = set()
    for member in archive:
        if member.kind != "file":
            continue
        if _PAGES.fullmatch(member.name):
            pages |= _listed(forward(member.opened()).read(_MOST_OF_PAGES))
        elif _ARCHIVE.fullmatch(member.name):
            stream = forward(member.opened())
            if member.name.lower().endswith(".gz"):
                stream = forward(Unpacked(stream, "gzip", crawl.budget))
            elif member.name.lower().endswith(".zst"):
                if not is_installed("zstd"):
                    reason = f"packed with Zstandard, {_MISSING}"
                    crawl.problems.append(unreadable(f"{file.name}/{member.name}", reason, UNPACK))
                    continue
                stream = forward(unpacked(stream, "zstd", crawl.budget))
            crawl.add(replace(file, name=f"{file.name}/{member.name}", stream=stream))
    if archive.trouble:
        crawl.problems.append(ended_early(file.name, archive.trouble, crawl.read_so_far, crawl.budget))
    return crawl.outcome(pages)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A page as a server sent it: the suffix of files of its type, its encoding as told, and its bytes."""

    suffix: str
    encoding: str
    data: bytes
    is_whole: bool


class _Crawl:
    """Web archives as they are read: what each page gives, and what was not read, counted."""

    def __init__(self, file: Received, read: Reader) -> None:
        self._file = file
        self._read = read
        self._found: list[tuple[str, Outcome]] = []  # the address of a page, and what it gives
        self._seen: set[tuple[str, str]] = set()  # addresses, and the digests of what was there
        self._unread: Counter[str] = Counter()
        self._statuses: Counter[int] = Counter()
        self._types: Counter[str] = Counter()
        self._packed: Counter[tuple[str, bool]] = Counter()  # pages, by the packing, and whether an extra undoes it
        self.budget = file.budget or Budget(file.size or 0)
        self.problems: list[Problem] = []

    @property
    def read_so_far(self) -> str:
        """How many pages were read."""
        return count(len(self._found), "page")

    def add(self, file: Received) -> None:
        """Read all records of a WARC file."""
        records = Warc(file.stream)
        trouble: Trouble | None = None
        for record in records:
            if (sent := self._sent(record)) is None:
                continue
            if not self.budget.take_file():
                trouble = "too many"
                break
            self._read_page(f"{file.name}#{record.number}", record, sent)
        if trouble := trouble or records.trouble:
            self.problems.append(ended_early(file.name, trouble, self.read_so_far, self.budget))

    def outcome(self, pages: Collection[str] = ()) -> Outcome:
        """What all pages give, and one note of what is no page; `pages` are the addresses of those that are listed."""
        found = []
        for address, outcome in self._found:
            named = {problem.kind for problem in outcome.problems}
            if not outcome.tellings and named == {"empty"}:
                self._unread["empty page"] += 1
            elif pages and "no-article" in named and (article_address(address) or address) not in pages:
                self._unread["page frame"] += 1
            else:
                found.append(outcome)
        read = joined(found)
        problems = [*read.problems, *self.problems]
        for (packing, is_missing), number in sorted(self._packed.items()):
            why, remedy = (_MISSING, _INSTALL) if is_missing else ("which is not read", "save them as HTML")
            reason = f"{count(number, 'page')} packed as {packing!a}, {why}"
            problems.append(unreadable(self._file.name, reason, remedy))
        if told := self._told():
            problems.append(left_out(self._file.name, told))
        if not read.tellings and not any(problem.lost for problem in problems):
            problems.append(unreadable(self._file.name, "a web archive without a page", "look at the file"))
        return replace(read, problems=tuple(problems))

    def _told(self) -> str:
        """What was not read, in words; empty where all was."""
        told = [count(number, noun) for noun, number in sorted(self._unread.items())]
        if self._statuses:
            numbers = f"{count(sum(self._statuses.values()), 'answer')} other than 200"
            told.append(f"{numbers} ({', '.join(map(str, sorted(self._statuses)))})")
        if self._types:
            named = [f"{name[:60]!a}" for name, _ in self._types.most_common(_NAMED)]
            told.append(f"{count(sum(self._types.values()), 'answer')} of types that are not read ({', '.join(named)})")
        return ", ".join(told)

    def _sent(self, record: Record) -> _Sent | None:
        """What a record holds that was fetched; `None` where that is no page, which is counted.

        1. whether it was fetched; 2. what the server said of it; 3. its bytes; 4. whether they were there before.
        """
        # 1. fetched
        address = record.address
        if record.kind not in (_ANSWER, *_BARE) or not address.startswith(("http:", "https:")):
            self._unread[_NOUNS.get(record.kind, "other record")] += 1
            return None
        # 2. said
        stream = forward(record.content)
        begun = stream.read(_HEAD)
        bare = Head(200, {"content-type": record.fields.get("content-type", "")}, 0)
        head = bare if record.kind in _BARE else read_head(begun)
        if head is None:
            self._unread["unreadable answer"] += 1
            return None
        if head.status != 200:
            self._statuses[head.status] += 1
            return None
        begun = begun[head.length :]
        suffix = _suffix(head, address, begun)
        if suffix is None:
            self._count_type(head.media_type)
            return None
        # 3. bytes
        most = MOST[SUFFIXES[suffix]]
        try:
            data, is_whole = body(head, begun + stream.read(most), self.budget, most)
        except EncodingError as error:
            self._packed[str(error), error.is_missing] += 1
            return None
        # 4. before
        key = (article_address(address) or address, sha256(data).hexdigest())
        if key in self._seen:
            self._unread["repeat"] += 1
            return None
        self._seen.add(key)
        is_whole = is_whole and not record.content.trouble and "warc-truncated" not in record.fields
        return _Sent(suffix, head.charset, data, is_whole)

    def _read_page(self, place: str, record: Record, sent: _Sent) -> None:
        """What a page tells."""
        size = len(sent.data)
        depth = self._file.depth + 1
        page = Received(place, BytesIO(sent.data), size, f"page{sent.suffix}", sent.encoding, self.budget, depth)
        outcome = self._read(page)
        words = max((len(_WORD.findall(each.view.text)) for each in outcome.tellings), default=0)
        if sent.suffix == ".txt" and words < _FEWEST_WORDS:
            self._unread["short text"] += 1
            return
        is_amp = _AMP.search(sent.data[:_HEAD]) is not None
        tellings = tuple(_placed(each, record, keeps_address=is_amp) for each in outcome.tellings)
        problems = outcome.problems if sent.is_whole else (*outcome.problems, broken_off(place, "cut"))
        self._found.append((record.address, replace(outcome, tellings=tellings, problems=problems)))

    def _count_type(self, kind: str) -> None:
        """Count an answer of a type that is not read."""
        family = kind.partition("/")[0]
        if family == "image":
            self._unread["image"] += 1
        elif family in ("audio", "video", "font") or kind in _OF_PAGES:
            self._unread["page resource"] += 1
        else:
            self._types[kind or "none"] += 1


def _suffix(head: Head, address: str, begun: bytes) -> str | None:
    """The suffix of files such as an answer; `None` where it is of a type that is not read."""
    kind = head.media_type
    if not kind:
        return ".html" if sniffed(glimpse(begun)) == "html" else None
    if kind == "text/plain" and _FOR_PROGRAMS.search(address):
        return None
    return _TYPES.get(kind)


def _placed(read: Read, record: Record, *, keeps_address: bool) -> Read:
    """A telling with its address, and its place in the web archive. The short form of a page for phones (AMP) keeps the
    address that it names: that of the article."""
    url = read.metadata.url if keeps_address else None
    metadata = replace(read.metadata, url=url or Attested(record.address, "WARC-Target-URI"))
    locators = read.locators or (Locator(Span(0, len(read.view.text)), f"record {record.number}"),)
    return replace(read, metadata=metadata, locators=locators)


def _listed(data: bytes) -> set[str]:
    """The addresses in a list of pages (JSON Lines)."""
    found = set()
    for line in data.split(b"\n"):
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and isinstance(address := entry.get("url"), str):
            found.add(article_address(address) or address)
    return found
