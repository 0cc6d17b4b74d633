"""Readers: files in, documents out, and every trouble named.

`read_paths` takes text, HTML, JSON and JSON Lines. No exception leaves it for a file that cannot be
read: that file becomes a `Problem`, the others are read.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from tellings.edge.readers.addresses import without_bad_address
from tellings.edge.readers.decode import NotTextError, decode
from tellings.edge.readers.gather import STANDARD_INPUT, Found, gather, printable, unreadable
from tellings.edge.readers.html import read_html
from tellings.edge.readers.json_text import read_json, read_json_lines
from tellings.edge.readers.plain import read_plain
from tellings.edge.readers.telling import LONGEST_TELLING, Outcome, Read, empty, too_large
from tellings.model.records import Attested, Document, Problem

__all__ = ["read_bytes", "read_paths"]

_READERS: dict[str, Callable[[str, str], Outcome]] = {
    "text": read_plain,
    "html": read_html,
    "json": read_json,
    "jsonl": read_json_lines,
}
_HALVES = re.compile("[\ud800-\udfff]")
_SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
#: Kinds of files that hold text but no telling this reader knows, with what to do.
_OTHER_KINDS = {
    **dict.fromkeys((".csv", ".tsv"), "a table: export it as JSON Lines"),
    **dict.fromkeys((".rss", ".atom"), "a feed: save its articles as text or HTML"),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf"), "a word processor's file: save it as text"),
    **dict.fromkeys((".gz", ".zip", ".bz2", ".xz"), "compressed: unpack it"),
    **dict.fromkeys((".warc", ".wacz"), "a web archive: save its pages as HTML"),
    **dict.fromkeys((".css", ".js", ".py", ".toml", ".yaml", ".yml", ".svg", ".log"), "no article: take it out"),
    ".pdf": "PDF: save it as text",
    ".xml": "XML: save its articles as text or HTML",
}
_HTML_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
    r"<(?:!doctype\s+html|html|head|body|article|div|p|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
#: No text of a telling that is short enough takes more bytes (UTF-8 and UTF-32 need 4 at most).
_LONGEST_TEXT_FILE = 4 * LONGEST_TELLING


def read_paths(
    paths: Sequence[str | Path],
    *,
    stdin: bytes | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The tellings under `paths`, sorted by name, and what could not be read as it stands.

    A path is a file, a folder (read through and through) or "-" for `stdin` (the process's own
    standard input where `stdin` is None). The order of `paths` changes nothing. `progress` is
    called with the files read and the files there are.

    1. find the files; 2. read each, whatever happens; 3. give each telling its id and place;
    4. name tellings with the same characters.
    """
    # 1. find
    found, problems = gather(paths)
    all_problems = list(problems)
    # 2. read
    read: list[tuple[Read, str]] = []
    for number, file in enumerate(found, start=1):
        outcome = _read_file(file, stdin)
        read.extend((telling, file.origin) for telling in outcome.tellings)
        all_problems.extend(outcome.problems)
        if progress:
            progress(number, len(found))
    # 3. name and order
    documents = _documents(read)
    # 4. duplicates
    all_problems.extend(_duplicates(documents))
    return documents, tuple(sorted(all_problems, key=lambda problem: (problem.place, problem.kind, problem.message)))


def read_bytes(name: str, data: bytes) -> Outcome:
    """What the bytes of one file hold; its kind is told by the suffix of `name`, else by the content."""
    try:
        return _read_bytes(name, data)
    except Exception as error:  # one file's trouble must not end the reading of the others
        reason = f"reading it failed: {type(error).__name__}: {error}"[:300]
        return Outcome(problems=(unreadable(name, reason, "please report this with the file"),))


def _read_file(file: Found, stdin: bytes | None) -> Outcome:
    name = printable(file.name)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _OTHER_KINDS:
        what, _, remedy = _OTHER_KINDS[suffix].partition(": ")
        return Outcome(problems=(unreadable(name, f"{what} ({suffix}), which is not read", remedy),))
    try:
        if file.origin == STANDARD_INPUT:
            data = sys.stdin.buffer.read() if stdin is None else stdin
        else:
            path = Path(file.origin)
            size = path.stat().st_size
            if _SUFFIXES.get(suffix) == "text" and size > _LONGEST_TEXT_FILE:
                return Outcome(problems=(too_large(name, size, "bytes"),))
            data = path.read_bytes()
    except (OSError, ValueError, MemoryError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return Outcome(problems=(unreadable(name, reason, "see its permissions"),))
    return read_bytes(name, data)


def _read_bytes(name: str, data: bytes) -> Outcome:
    if not data.strip():
        return Outcome(problems=(empty(name),))
    suffix = PurePosixPath(name).suffix.lower()
    if data.startswith(b"%PDF-"):
        return Outcome(problems=(unreadable(name, "a PDF, which is not read", "save it as text"),))
    kind = _SUFFIXES.get(suffix)
    try:
        decoded = decode(data, markup=kind in (None, "html"))
    except NotTextError as error:
        return Outcome(problems=(unreadable(name, str(error), "save it as UTF-8 text, or take it out"),))
    outcome = without_bad_address(_READERS[kind or _sniffed(decoded.content)](name, decoded.content))
    if decoded.note:
        note = Problem(name, "encoding", decoded.note, "save it as UTF-8 if characters look wrong", lost=False)
        outcome = Outcome(outcome.tellings, (*outcome.problems, note))
    return outcome


def _sniffed(content: str) -> str:
    """The kind of a file whose name does not tell: HTML, JSON, JSON Lines or text."""
    head = content[:2000].lstrip("\ufeff \t\r\n")
    if _HTML_HEAD.match(head):
        return "html"
    if head.startswith(("{", '[{"', "[ {", "[\n")):
        first, _, rest = content.strip().partition("\n")
        return "jsonl" if first.rstrip().endswith("}") and rest.lstrip().startswith("{") else "json"
    return "text"


def _documents(read: list[tuple[Read, str]]) -> tuple[Document, ...]:
    documents = []
    given: dict[str, int] = {}
    for telling, origin in sorted(read, key=lambda entry: (entry[0].name, entry[0].view.source.digest, entry[1])):
        identity = hashlib.sha256(
            f"{telling.name}\0{telling.view.source.digest}".encode("utf-8", "replace")
        ).hexdigest()[:12]
        count = given[identity] = given.get(identity, 0) + 1
        documents.append(
            Document(
                id=identity if count == 1 else f"{identity}-{count}",
                name=telling.name,
                origin=printable(origin),
                media_type=telling.media_type,
                view=telling.view,
                date=telling.metadata.date,
                title=_whole(telling.metadata.title),
                publisher=_whole(telling.metadata.publisher),
                author=_whole(telling.metadata.author),
                url=_whole(telling.metadata.url),
                language=telling.metadata.language,
                hints=telling.hints,
            )
        )
    return tuple(documents)


def _whole(found: Attested | None) -> Attested | None:
    """Metadata with halves of surrogate pairs shown as U+FFFD: no file can hold them."""
    return found and Attested(_HALVES.sub("\ufffd", found.value), _HALVES.sub("\ufffd", found.evidence))


def _duplicates(documents: tuple[Document, ...]) -> list[Problem]:
    """A problem for each telling whose characters another, earlier by name, has too."""
    first: dict[str, str] = {}
    problems = []
    for document in documents:
        digest = document.view.source.digest
        if digest in first:
            problems.append(
                Problem(
                    document.name,
                    "duplicate",
                    f"the same characters as {first[digest]}; both are kept",
                    "take one out if it was meant to be read once",
                    lost=False,
                )
            )
        else:
            first[digest] = document.name
    return problems
