"""What kind of file something is, by its name, else by how it begins; and how much of each kind is read."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tellings.edge.readers.telling import LONGEST_TELLING

#: The most that is read of a file of each kind (bytes). No text of a telling that is short enough takes more than 4
#: bytes a character; a JSON file is held whole, several times over; JSON Lines are read line by line.
MOST = {
    "text": 4 * LONGEST_TELLING,
    "html": 4 * LONGEST_TELLING,
    "json": 100_000_000,
    "jsonl": 1_000_000_000,
}
_ONE = f"one telling may have {LONGEST_TELLING:,} characters: split it into one file per article, or take it out"
#: What to do where a file has more.
REMEDY = {
    "text": _ONE,
    "html": _ONE,
    "json": "write it as JSON Lines, one object a line (jq -c '.[]'), or split it",
    "jsonl": "split it into several files, read one after the other",
}
SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
#: Kinds of files that hold text but no telling this reader knows, with what to do.
_OTHER_KINDS = {
    **dict.fromkeys((".csv", ".tsv"), ("a table", "export it as JSON Lines")),
    **dict.fromkeys((".rss", ".atom"), ("a feed", "save its articles as text or HTML")),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf"), ("a word processor's file", "save it as text")),
    **dict.fromkeys((".gz", ".zip", ".bz2", ".xz"), ("compressed", "unpack it")),
    **dict.fromkeys((".warc", ".wacz"), ("a web archive", "save its pages as HTML")),
    **dict.fromkeys((".css", ".js", ".py", ".toml", ".yaml", ".yml", ".svg", ".log"), ("no article", "take it out")),
    ".ics": ("a calendar", "take it out"),
    ".pdf": ("PDF", "save it as text"),
    ".xml": ("XML", "save its articles as text or HTML"),
}
_HTML_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
    r"<(?:!doctype\s+html|html|head|body|article|div|p|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


def suffix_of(name: str) -> str:
    """The last suffix of a file name, in small letters; empty where it has none."""
    return PurePosixPath(name).suffix.lower()


def named_kind(name: str) -> str | None:
    """The kind that the name of a file tells; `None` where it tells none."""
    return SUFFIXES.get(suffix_of(name))


def refused_kind(name: str, head: bytes) -> tuple[str, str] | None:
    """Why a file is not read, and what to do, where its name or how it begins tells that it holds no telling."""
    if found := _OTHER_KINDS.get(suffix_of(name)):
        what, remedy = found
        return f"{what} ({suffix_of(name)}), which is not read", remedy
    return ("a PDF, which is not read", "save it as text") if head.startswith(b"%PDF-") else None


def sniffed(content: str) -> str:
    """The kind of a file whose name does not tell: HTML, JSON, JSON Lines or text, by how its `content` begins."""
    head = content[:2000].lstrip("\ufeff \t\r\n")
    if _HTML_HEAD.match(head):
        return "html"
    if head.startswith(("{", '[{"', "[ {", "[\n")):
        first, _, rest = content.strip().partition("\n")
        return "jsonl" if first.rstrip().endswith("}") and rest.lstrip().startswith("{") else "json"
    return "text"
