"""Archives and packed files: each file in them read as one of a folder.

Nothing is unpacked to disk, and no more is held than the file that is read. What is unpacked of one file, archives
within it included, is bounded in bytes, in files and in depth. Names in an archive are names: nothing is looked for
under them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tellings.edge.readers.archives.early import broken_off, ended_early
from tellings.edge.readers.archives.members import NOT_UNPACKED, Kind, Member
from tellings.edge.readers.archives.streams import Again, Budget, Packing, Trouble, Unpacked, forward, unpacked
from tellings.edge.readers.archives.tar import BLOCK, Tar, is_tar
from tellings.edge.readers.archives.webpacked import UNPACK, is_installed
from tellings.edge.readers.archives.zip import Zip
from tellings.edge.readers.gather import PAGES, beside_pages, page_beside, unreadable
from tellings.edge.readers.kinds import ZSTANDARD, is_warc, named_kind, suffix_of
from tellings.edge.readers.received import Reader, Received
from tellings.edge.readers.telling import Outcome, empty, joined, left_out
from tellings.edge.readers.web_archives.reading import is_wacz, read_wacz, read_warc
from tellings.model.counted import count
from tellings.model.records import Problem

#: An archive may hold archives, and these archives; no deeper.
_DEEPEST = 3
#: How packed files begin (RFC 1952, 2.3.1; bzip2; the .xz file format, 2.1.1.1; RFC 8878, 3.1), and their suffixes.
_PACKINGS: tuple[tuple[re.Pattern[bytes], Packing], ...] = (
    (re.compile(rb"\x1f\x8b\x08"), "gzip"),
    (re.compile(rb"BZh"), "bzip2"),
    (re.compile(rb"\xfd7zXZ\0"), "xz"),
    (re.compile(ZSTANDARD), "zstd"),
)
_SUFFIXES = frozenset({".gz", ".bz2", ".xz", ".zst", ".zstd"})
#: The page in a file that is both a page and an archive.
_PAGE = "index.html"
#: Folders of members that programs write for themselves; so are those that begin with a dot.
_FOR_THEMSELVES = "__MACOSX"
#: Members of a kind that are named before the rest are counted.
_NAMED = 12
#: Problems of members that are told one by one.
_MOST_PROBLEMS = 1_000
#: Members that cannot be read, so that a telling may be missing, with what to do.
_LOST: dict[Kind, str] = {
    "encrypted": "unpack it with its password, and read its files",
    "packed in a way that is not known": "unpack it, and read its files",
    NOT_UNPACKED: UNPACK,
}


def read_archive(file: Received, read: Reader) -> Outcome:
    """The tellings of a TAR archive, or of a packed file.

    1. whether it is too deep; 2. what it is; 3. what it holds.
    """
    # 1. depth
    if file.depth >= _DEEPEST:
        return Outcome(problems=(unreadable(file.name, "an archive within archives within archives", "unpack it"),))
    # 2. what it is
    budget = file.budget or Budget(file.size or 0)
    head = file.stream.read(BLOCK)
    stream = forward(Again(head, file.stream))
    # 3. what it holds
    if is_tar(head):
        return _Archive(file, budget, read).outcome(Tar(stream))
    packing = next((how for begins, how in _PACKINGS if begins.match(head)), None)
    if packing is None:
        return Outcome(problems=(unreadable(file.name, "no archive, whatever its name says", "look at the file"),))
    if packing == "zstd" and not is_installed(packing):
        return Outcome(problems=(unreadable(file.name, NOT_UNPACKED, UNPACK),))
    return _read_packed(file, unpacked(stream, packing, budget), budget, read)


def read_zip(file: Received, read: Reader) -> Outcome | None:
    """The tellings of a ZIP archive or a WACZ file; `None` where a ZIP file is a document in parts.

    `file.stream` is one that can be read at any place.
    """
    budget = file.budget or Budget(file.size or 0)
    archive = Zip(file.stream, budget)
    if archive.is_document or (not archive.names and named_kind(file.known_as) == "package"):
        return None
    if file.depth >= _DEEPEST:
        return Outcome(problems=(unreadable(file.name, "an archive within archives within archives", "unpack it"),))
    if is_wacz(file.known_as, archive.names):
        return read_wacz(replace(file, budget=budget), archive, read)
    return _Archive(file, budget, read).outcome(archive)


def read_page_in_zip(file: Received, read: Reader) -> Outcome | None:
    """The page in a file that is a page and a ZIP archive at once, as SingleFile writes them: in a browser it unpacks
    itself. `None` where a page is no such file."""
    budget = file.budget or Budget(file.size or 0)
    archive = Zip(file.stream, budget)
    pages = (each for each in archive if each.name == _PAGE and each.kind == "file")
    member = next(pages, None) if _PAGE in archive.names else None
    if member is None:
        return None
    return read(Received(file.name, forward(member.opened()), member.size, _PAGE, "", budget, file.depth + 1))


def _read_packed(file: Received, packed: Unpacked, budget: Budget, read: Reader) -> Outcome:
    """What a packed file holds: an archive, a web archive, or one file."""
    stream = forward(packed)
    head = stream.read(BLOCK)
    stream = forward(Again(head, stream))
    if is_tar(head):
        return _Archive(file, budget, read).outcome(Tar(stream))
    suffix = suffix_of(file.known_as)
    name = file.known_as[: -len(suffix)] if suffix in _SUFFIXES else file.known_as
    inner = Received(file.name, stream, None, name, "", budget, file.depth + 1)
    if is_warc(head):
        return read_warc(inner, read)
    outcome = read(inner)
    if packed.trouble:
        outcome = replace(outcome, problems=(*outcome.problems, broken_off(file.name, packed.trouble)))
    return outcome


class _Archive:
    """An archive as it is read: what each member gives, and what is told of many of them in one."""

    def __init__(self, file: Received, budget: Budget, read: Reader) -> None:
        self._file = file
        self._budget = budget
        self._read = read
        self._found: list[tuple[str, Outcome]] = []  # the name of a member, and what it gives
        self._unread: dict[Kind, list[str]] = {}
        self._names: set[str] = set()  # as far as they are known
        self._times: Counter[str] = Counter()

    def outcome(self, archive: Zip | Tar) -> Outcome:
        """What all members give: 1. each of them; 2. without what belongs to saved pages; 3. what is told of it all."""
        # 1. each
        self._names.update(archive.names)
        passed = set()
        trouble: Trouble | None = None
        for member in archive:
            if not self._budget.take_file():
                trouble = "too many"
                break
            self._names.add(member.name)
            if folder := self._folder_of_page(member.name):
                passed.add(folder)
            elif not _is_hidden(member.name):
                self._add(member)
            if not self._budget.left:
                trouble = "too much"
                break
        trouble = trouble or archive.trouble
        # 2. saved pages: in an archive that is read forward a page may come after its folder
        folders = [self._folder_of_page(name) for name, _ in self._found]
        passed.update(folder for folder in folders if folder)
        outcome = joined(each for (_, each), folder in zip(self._found, folders, strict=True) if not folder)
        # 3. told of it all
        problems = [*outcome.problems[:_MOST_PROBLEMS], *self._not_read()]
        if more := outcome.problems[_MOST_PROBLEMS:]:
            problems.append(self._more(more))
        if passed:
            problems.append(beside_pages([f"{self._file.name}/{folder}" for folder in sorted(passed)]))
        if trouble:
            problems.append(ended_early(self._file.name, trouble, count(len(self._found), "file"), self._budget))
        if outcome == Outcome() and not problems:
            problems.append(empty(self._file.name))
        return replace(outcome, problems=tuple(problems))

    def _more(self, problems: Sequence[Problem]) -> Problem:
        """That there are more problems of members than are told one by one."""
        lost = sum(problem.lost for problem in problems)
        message = f"{count(len(problems), 'more problem')} of files in it, {lost:,} of which could not be read"
        return Problem(self._file.name, "unreadable", message, "unpack it, and read its files", lost=lost > 0)

    def _add(self, member: Member) -> None:
        """Read a member, or keep its name where it is none that can be read."""
        if member.kind != "file":
            self._unread.setdefault(member.kind, []).append(member.name)
            return
        self._times[member.name] += 1
        times = self._times[member.name]
        place = f"{self._file.name}/{member.name}" + (f" ({times})" if times > 1 else "")
        known_as = member.name.rpartition("/")[2]
        stream = member.opened()
        inner = Received(place, forward(stream), member.size, known_as, "", self._budget, self._file.depth + 1)
        outcome = self._read(inner)
        if stream.trouble:
            outcome = replace(outcome, problems=(*outcome.problems, broken_off(place, stream.trouble)))
        self._found.append((member.name, outcome))

    def _folder_of_page(self, name: str) -> str | None:
        """The folder around a member that a browser saved beside a page that is in the archive too."""
        place = name.find("/")
        while place > 0:
            page = page_beside(name[:place])
            if page and any(page + suffix in self._names for suffix in PAGES):
                return name[:place]
            place = name.find("/", place + 1)
        return None

    def _not_read(self) -> Iterator[Problem]:
        """Members that were not read, in one problem those of a kind of which a telling may be missing, in one all
        others."""
        others = []
        for kind, names in sorted(self._unread.items()):
            told = f"{', '.join(names[:_NAMED])}" + (f" and {len(names) - _NAMED:,} more" if names[_NAMED:] else "")
            if remedy := _LOST.get(kind):
                verb = "is" if len(names) == 1 else "are"
                yield unreadable(self._file.name, f"{count(len(names), 'file')} in it {verb} {kind}: {told}", remedy)
            else:
                others.append(f"{count(len(names), kind)} ({told})")
        if others:
            yield left_out(self._file.name, ", ".join(others))


def _is_hidden(name: str) -> bool:
    """Whether a member is hidden, as files in folders are, or stands in a hidden folder."""
    return any(part.startswith(".") or part == _FOR_THEMSELVES for part in name.split("/"))
