"""What kind of file something is, and how much of each kind is read.

First bytes that are a format's own go before the name, the name before how it begins."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tellings.edge.readers.decode import glimpse
from tellings.edge.readers.delimited import is_table, known_names
from tellings.edge.readers.telling import LONGEST_TELLING
from tellings.edge.readers.xml_text import XML_ROOTS, root_name

#: The most that is read of a file of each kind (bytes). No text of a telling that is short enough takes more than 4
#: bytes a character; a JSON file is held whole, several times over; JSON Lines are read line by line.
MOST = {
    "text": 4 * LONGEST_TELLING,
    "markdown": 4 * LONGEST_TELLING,
    "html": 100_000_000,  # with the pictures that some programs write into a page
    "json": 100_000_000,
    "jsonl": 1_000_000_000,
    "table": 200_000_000,
    "xml": 100_000_000,
    "references": 100_000_000,
    "parquet": 500_000_000,
    "pdf": 200_000_000,
    "package": 200_000_000,
    "rtf": 100_000_000,
    "message": 100_000_000,
    "mailbox": 500_000_000,
    "archive": 4_000_000_000,
    "web-archive": 4_000_000_000,
}
#: Kinds that are read from their bytes; all others are read from characters.
OF_BYTES = frozenset({"pdf", "package", "parquet", "rtf", "message", "mailbox", "archive", "web-archive"})
#: Kinds whose source is neither the file nor a field of it that one could look up in it as it stands.
OF_FIELDS = frozenset({"table", "xml", "references"})
_ONE = f"one telling may have {LONGEST_TELLING:,} characters: split it into one file per article, or take it out"
#: What to do where a file has more.
REMEDY = {
    "text": _ONE,
    "markdown": _ONE,
    "html": _ONE,
    "json": "write it as JSON Lines, one object a line (jq -c '.[]'), or split it",
    "jsonl": "split it into several files, read one after the other",
    "table": "write it as JSON Lines, or split it",
    "xml": "split it",
    "references": "split it",
    "parquet": "split it into several files",
    "pdf": "save its text as .txt, or print its pages without pictures",
    "package": "save its text as .txt",
    "rtf": "save its text as .txt, or without its pictures",
    "message": "save its text as .txt, or without its attachments",
    "mailbox": "split it into several files",
    "archive": "unpack it, and read its files",
    "web-archive": "split it into several files",
}
SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "table", ".tsv": "table", ".tab": "table", ".parquet": "parquet",
    ".xml": "xml", ".rss": "xml", ".atom": "xml", ".rdf": "xml", ".opml": "xml", ".nitf": "xml", ".newsml": "xml",
    ".docx": "package", ".docm": "package", ".odt": "package", ".epub": "package",
    ".pdf": "pdf", ".rtf": "rtf", ".ris": "references",
    ".eml": "message", ".mht": "message", ".mhtml": "message",
    ".mbox": "mailbox", ".mbx": "mailbox",
    ".zip": "archive", ".tar": "archive", ".tgz": "archive", ".tbz2": "archive", ".txz": "archive",
    ".gz": "archive", ".bz2": "archive", ".xz": "archive", ".zst": "archive", ".zstd": "archive", ".tzst": "archive",
    ".wacz": "archive", ".warc": "web-archive",
}  # fmt: skip
#: Kinds of files that hold text but no telling this reader knows, with what to do.
_OTHER_KINDS = {
    **dict.fromkeys((".xls", ".ods", ".numbers"), ("a spreadsheet", "save it as CSV")),
    ".doc": ("a word processor's file", "save it as .docx, or as text"),
    **dict.fromkeys((".7z", ".rar", ".br", ".lz", ".z", ".lzma"), ("an archive", "unpack it, and read its files")),
    **dict.fromkeys((".css", ".js", ".py", ".toml", ".yaml", ".yml", ".svg", ".log"), ("no article", "take it out")),
    **dict.fromkeys((".url", ".webloc", ".desktop"), ("a shortcut to an address", "give the address itself")),
    ".msg": ("a message of Outlook", "save it as .eml"),
    ".ics": ("a calendar", "take it out"),
    **dict.fromkeys((".bib", ".enw"), ("a list of references", "export it as RIS, CSV or CSL JSON")),
}
#: How a WARC file begins (ISO 28500, 4).
_WARC = re.compile(rb"\s{0,10}WARC/\d\.\d{1,2}\r?\n")
#: How a file begins that is packed with Zstandard: with a frame, or one that is skipped (RFC 8878, 3.1).
ZSTANDARD = rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"
#: First bytes that no other kind of file has: a PDF may have others before them (ISO 32000-2, 7.5.2 and annex H).
_MAGIC = (
    (re.compile(rb"[\x00-\x20\xef\xbb\xbf]{0,1020}%PDF-"), "pdf"),
    (re.compile(rb"PK\x03\x04|PK\x05\x06"), "package"),
    (re.compile(rb"[\xef\xbb\xbf\s]{0,20}\{\\rtf\d?"), "rtf"),
    (re.compile(rb"PAR[1E]"), "parquet"),
    # RFC 1952, 2.3.1; bzip2, before its first block or its end; the .xz file format, 2.1.1.1; POSIX "ustar".
    (re.compile(rb"\x1f\x8b\x08|BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)|\xfd7zXZ\0|[\s\S]{257}ustar"), "archive"),
    (re.compile(ZSTANDARD), "archive"),
    (_WARC, "web-archive"),
    # The line before each message of a mailbox, as its oldest readers wrote it (RFC 4155), and the first of its fields.
    (re.compile(rb"From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d[^\n]{0,40}\n>?[A-Za-z-]{1,50}:"), "mailbox"),
)
#: The line before a message of a mailbox, whatever it says of sender and day, and the first of its fields behind it.
FROM_LINE = rb"From [^\n]{0,500}\n(?=>?[!-9;-~]{1,76}:)"
_FROM_LINE = re.compile(FROM_LINE)
#: A field of the head of a message (RFC 5322, 2.2); fields that only programs write, and those that a person might.
_FIELD = re.compile(rb"([!-9;-~]{1,76}):[^\n]{0,20000}(?:\n[ \t][^\n]{0,20000}){0,500}(?:\n|\Z)")
_OF_PROGRAMS = frozenset((
    b"mime-version", b"message-id", b"received", b"return-path", b"delivered-to", b"snapshot-content-location",
))  # fmt: skip
_OF_MESSAGES = frozenset((b"from", b"date", b"subject", b"to", b"content-type"))
_MOST_FIELDS = 200
#: How files of the old Office begin (MS-CFB, 2.2): documents of Word, and new ones that are encrypted.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How much is looked at to tell XML and tables (characters).
_XML_HEAD, _TABLE_HEAD = 25_000, 10_000
#: Kinds under whose names data and pages are met, and how a page begins that is no text about one.
_OF_WORDS = frozenset({"text", "html"})
_WHOLE_PAGE = re.compile(
    r"[\ufeff\s]*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
#: How an object, or a list of them, begins in JSON.
_OBJECT = re.compile(r"[\ufeff\s]*(?:\[\s*)?\{\s*\"")
#: The name of a member of an object, and so many that an article's have, before text that begins so is data.
_MEMBER, _FEWEST_MEMBERS = re.compile(r"\"([^\"\\\n]{1,60})\"\s*:"), 2
#: How archives begin that are not read: 7-Zip, RAR; and ARC, in which the web was kept before WARC.
_OTHER_ARCHIVES = re.compile(rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07")
_ARC = re.compile(rb"filedesc://\S{0,1000} [\d.]{7,15} \d{14} ")
#: How references in RIS begin.
_RIS = re.compile(r"[\ufeff\s]{0,20}(?:[A-Z][A-Z0-9] {1,2}- [^\n]{0,500}\n){0,3}TY {1,2}- [A-Z]{2,10}\s")
_HTML_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
    r"<(?:!doctype\s+html|html|head|body|article|div|p|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


def suffix_of(name: str) -> str:
    """The last suffix of a file name, in small letters; empty where it has none."""
    return PurePosixPath(name).suffix.lower()


def kind_of(name: str, head: bytes) -> str:
    """The kind of a file that begins with `head`, as well as these can tell.

    1. its first bytes; 2. its name, where these may be of such a file: programs give a page or a text the name of a
    document, and data the name of a text; 3. how it begins.
    """
    # 1. first bytes
    if kind := kind_of_bytes(head):
        return kind
    # 2. name
    kind = named_kind(name)
    if kind in _OF_WORDS and (other := _data(kind, head)):
        return other
    if kind is not None and ((kind not in OF_BYTES and kind not in OF_FIELDS) or b"\0" in head or _may_be(kind, head)):
        return kind
    # 3. how it begins
    return sniffed(glimpse(head))


def _data(kind: str, head: bytes) -> str | None:
    """The kind of data, or of a page, under the name of a text or a page; `None` where it may be one."""
    begins = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1]
    if kind != "text" and begins not in (b"<", b"{", b"["):
        return None
    content = glimpse(head[:_XML_HEAD])
    found = sniffed(content)
    if found == "html":
        return "html" if _WHOLE_PAGE.match(content) else None
    if found == "xml":
        return "xml" if root_name(content) in XML_ROOTS else None
    if found in ("json", "jsonl"):
        return found if _OBJECT.match(content) and known_names(_MEMBER.findall(content)) >= _FEWEST_MEMBERS else None
    return found if found == "table" else None


def _may_be(kind: str, head: bytes) -> bool:
    """Whether a file that is named as mail, XML or a table begins as such."""
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if kind in OF_FIELDS:
        if kind == "references":
            return _RIS.match(glimpse(head[:_TABLE_HEAD])) is not None
        return begins == b"<" if kind == "xml" else begins not in b"{[<"
    return bool(_fields(head) if kind == "message" else kind == "mailbox" and _FROM_LINE.match(head))


def kind_of_bytes(head: bytes) -> str | None:
    """The kind that the first bytes of a file tell, whatever its name; `None` where they may be of any text."""
    if kind := next((kind for pattern, kind in _MAGIC if pattern.match(head)), None):
        return kind
    fields = _fields(head)
    return "message" if fields & _OF_PROGRAMS and fields & _OF_MESSAGES else None


def is_warc(head: bytes) -> bool:
    """Whether a file that begins with `head` is a web archive, not packed."""
    return _WARC.match(head) is not None


def named_kind(name: str) -> str | None:
    """The kind that the name of a file tells; `None` where it tells none."""
    return SUFFIXES.get(suffix_of(name))


def refused_kind(name: str, head: bytes) -> tuple[str, str] | None:
    """Why a file is not read, and what to do, where its first bytes, or its name, tell that it holds no telling."""
    other = _OTHER_KINDS.get(suffix_of(name))
    if head.startswith(_COMPOUND) and other is None:
        return "a Word document of before 2007, or one with a password", "save it as .docx, without a password"
    if _ARC.match(head):
        return "a web archive in the old form ARC, which is not read", "convert it to WARC"
    if _OTHER_ARCHIVES.match(head) and other is None:
        return "an archive in a form that is not read", "unpack it, and read its files"
    if other and kind_of_bytes(head) is None:
        what, remedy = other
        return f"{what} ({suffix_of(name)}), which is not read", remedy
    return None


def _fields(head: bytes) -> frozenset[bytes]:
    """The names of the fields, in small letters, that a file begins with."""
    place = len(head) - len(head.lstrip(b"\xef\xbb\xbf\r\n"))
    found = set()
    for _ in range(_MOST_FIELDS):
        if not (match := _FIELD.match(head, place)):
            break
        found.add(match[1].lower())
        place = match.end()
    return frozenset(found)


def sniffed(content: str) -> str:
    """The kind of a file whose name does not tell: HTML, XML, JSON, JSON Lines, references, a table or text, by how its
    `content` begins."""
    head = content[:2000].lstrip("\ufeff \t\r\n")
    if _HTML_HEAD.match(head):
        return "html"
    if head.startswith("<?xml") or root_name(content[:_XML_HEAD]) in XML_ROOTS:
        return "xml"
    if head.startswith(("{", '[{"', "[ {", "[\n")):
        first, _, rest = content.strip().partition("\n")
        return "jsonl" if first.rstrip().endswith("}") and rest.lstrip().startswith("{") else "json"
    if _RIS.match(head):
        return "references"
    return "table" if is_table(content[:_TABLE_HEAD]) else "text"
