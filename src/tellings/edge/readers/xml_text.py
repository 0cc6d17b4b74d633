"""XML as a file: parsed within bounds, and read as what its root element says that it is.

No entity is ever expanded: a document type may be named, as old RSS and NITF do, but not declare any. Of XML that is
damaged, what can be told is read, as feed readers do, and that is said.
"""

from __future__ import annotations

import re
from copy import deepcopy
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from tellings.edge.readers.gather import unreadable
from tellings.edge.readers.telling import Outcome, empty
from tellings.edge.readers.xml_damage import damage
from tellings.model.counted import count
from tellings.model.records import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DECLARED = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)\b")
_PROLOGUE = re.compile(r"\s{0,1000}<\?xml[^>]{0,1000}\?>", re.DOTALL)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
#: Before the root element stand a declaration, comments, instructions and the document type; no more of it is looked at
#: (characters).
_MOST_BEFORE = 20_000
_BEFORE = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]|\[[^\]]*\])*>", re.DOTALL)
#: References that HTML knows and XML does not; those of XML itself are not among them.
_NAMED_CHARACTER = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,12});")
#: Ampersands that begin no reference, as addresses have them.
BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);)")
_OF_XML = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NAMED_OF_XML = re.compile(rf"&({'|'.join(_OF_XML)});")
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
#: Tags of so many characters are looked at, and may have so many attributes: the parser compares each with all others.
_LONG_TAG, _MOST_ATTRIBUTES = re.compile(r"<[^<>]{50000,}"), 2_000
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: Root elements of what is read, by which a file is known whose name does not tell.
XML_ROOTS = frozenset((
    "rss", "RDF", "feed", "opml", "nitf", "NewsML",
    "newsMessage", "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem",
))  # fmt: skip
#: What the root elements are of kinds that hold no article, and what to do.
_OTHERS = {
    "urlset": ("a sitemap, which lists addresses", "save the pages it lists, and read those"),
    "sitemapindex": ("a list of sitemaps", "save the pages they list, and read those"),
    "svg": ("a picture", "take it out"),
    "plist": ("a list of properties", "take it out"),
    "kml": ("a map", "take it out"),
    "TEI": ("TEI", "save its text as .txt"),
    "TimeML": ("TimeML", "save its text as .txt"),
}


class NoXmlError(ValueError):
    """Characters that are no XML that can be read; the message says why, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = "get it once more") -> None:
        super().__init__(message)
        self.remedy = remedy


def read_xml(name: str, content: str) -> Outcome:
    """The tellings of an XML file: a feed, items of an agency, references of Zotero, a page; any other is named."""
    try:
        root, note = parsed(content)
    except NoXmlError as error:
        return Outcome(problems=(unreadable(name, str(error), error.remedy),))
    outcome = _read(name, content, root)
    if note is None:
        return outcome
    remedy = "get it once more if something is missing"
    problem = Problem(name, "malformed", note, remedy, lost=False)
    return Outcome(outcome.tellings, (*outcome.problems, problem), outcome.ours)


def _read(name: str, content: str, root: Element) -> Outcome:
    # Each is imported where it is met: no file is all of them.
    from tellings.edge.readers.containers import local

    kind = local(root)
    if kind in ("rss", "feed", "channel") or (kind == "RDF" and any(local(each) == "item" for each in root)):
        from tellings.edge.readers.feed import read_feed

        return read_feed(name, root)
    if kind == "RDF":
        from tellings.edge.readers.zotero import read_zotero

        return read_zotero(name, root)
    if kind == "opml":
        feeds = sum(1 for each in root.iter() if local(each) == "outline" and each.get("xmlUrl"))
        message = f"a list of {count(feeds, 'feed')} (OPML), which holds no article"
        return Outcome(problems=(unreadable(name, message, "save the feeds that it lists, and read those"),))
    if kind in ("newsMessage", "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "NewsML"):
        from tellings.edge.readers.newsml import read_newsml

        return read_newsml(name, root)
    if kind == "nitf":
        from tellings.edge.readers.nitf import read_nitf

        return read_nitf(name, root)
    if kind.lower() == "html":
        from tellings.edge.readers.html import read_html

        return read_html(name, content)
    what, remedy = _OTHERS.get(kind, (f"XML of the kind {kind[:40]!r}, which is not known", "save its text as .txt"))
    return Outcome(problems=(unreadable(name, f"{what}, which is not read" if kind in _OTHERS else what, remedy),))


def root_name(head: str) -> str:
    """The name, without its prefix, of the first element of XML; empty where `head` does not begin as XML."""
    before = _prologue(head)
    found = _ROOT.match(head, before)
    return found[1] if found else ""


def parsed(content: str) -> tuple[Element, str | None]:
    """The root element, and what is damaged, if anything.

    Raises:
        NoXmlError: it has no element, or its document type declares something, as XML bombs do.
    """
    from lxml import etree  # imported late: 30 ms

    content = content.lstrip("\ufeff \t\r\n")
    begins = _prologue(content)
    if _DECLARED.search(content, 0, begins):
        raise _bomb()
    if any(tag.group().count("=") > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(content)):
        raise NoXmlError(f"it has a tag of more than {_MOST_ATTRIBUTES:,} attributes", "take it out")
    bare = _PROLOGUE.sub("", content, count=1)
    if "<!DOCTYPE" in content[:begins]:  # what it declares elsewhere is not loaded
        bare = _NAMED_CHARACTER.sub(_character, bare)
    options = {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "remove_comments": True,
        "remove_pis": True,
        "encoding": "utf-8",
    }
    note = None
    try:
        root = etree.fromstring(bare.encode("utf-8"), etree.XMLParser(**options))
    except (etree.XMLSyntaxError, ValueError) as error:
        note = f"it is damaged ({damage(error)}); what could be told was read"
        mended = BARE_AMPERSAND.sub("&#38;", _NAMED_CHARACTER.sub(_character, bare))
        # Behind a damaged place the parser drops references by name, those of XML too.
        mended = _NAMED_OF_XML.sub(lambda match: f"&#{ord(_OF_XML[match[1]])};", mended)
        mended = _NO_CHARACTER.sub("\ufffd", mended)
        try:
            root = etree.fromstring(mended.encode("utf-8"), etree.XMLParser(recover=True, **options))
        except (etree.XMLSyntaxError, ValueError):
            root = None
    if root is None:
        raise NoXmlError("it is no XML that can be read")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise _bomb()
    return root, note


def inner_markup(element: Element, *, keep: bool = False) -> str:
    """What stands in an element, as HTML without prefixes and name spaces; with its own tags where `keep`."""
    from lxml import etree

    copied = deepcopy(element)
    for each in copied.iter():
        if isinstance(each.tag, str):
            name = each.tag.rpartition("}")[2]
            each.tag = name if _NAME.fullmatch(name) else "span"  # damaged XML has names that may not be written
            for key in [key for key in each.attrib if "}" in key]:
                del each.attrib[key]
    etree.cleanup_namespaces(copied)
    written: str = etree.tostring(copied, encoding="unicode", method="html", with_tail=False)
    if keep:
        return written
    start, end = written.find(">") + 1, written.rfind("</")
    return written[start:end] if end >= start else ""


def text_of(element: Element | None) -> str:
    """The characters in an element and those within it; empty without one."""
    if element is None:
        return ""
    return "".join(str(part) for part in element.itertext())


def nothing_in(name: str, what: str) -> Outcome:
    """That a file of a kind that is read has nothing in it."""
    return Outcome(problems=(Problem(name, "empty", f"{what} without an article", empty(name).remedy, lost=True),))


def _bomb() -> NoXmlError:
    return NoXmlError("it declares entities or elements of its own, by which XML bombs are made", "take it out")


def _prologue(content: str) -> int:
    """Where the root element begins."""
    at = len(content) - len(content.lstrip("\ufeff \t\r\n"))
    while at < _MOST_BEFORE and (found := _BEFORE.match(content, at, at + _MOST_BEFORE)):
        at = found.end()
        at += len(content[at : at + _MOST_BEFORE]) - len(content[at : at + _MOST_BEFORE].lstrip())
    return at


def _character(match: re.Match[str]) -> str:
    name = match[1]
    return match.group() if name in _OF_XML or name not in name2codepoint else chr(name2codepoint[name])
