"""Saved feeds: RSS 0.9 to 2.0 and Atom (RFC 4287), one telling for each item, each once.

The source of a telling is the text of the element that is read: the whole article where the feed has it ("content",
"content:encoded"), else its summary, which is said to be an extract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tellings.edge.readers.containers import attribute, child, local
from tellings.edge.readers.days_told import first_day
from tellings.edge.readers.escaped import meant_markup
from tellings.edge.readers.feed_items import Items
from tellings.edge.readers.field_values import Written, holds_markup
from tellings.edge.readers.plain import language_code
from tellings.edge.readers.rows import an_extract, as_telling
from tellings.edge.readers.telling import Metadata, Outcome, attested
from tellings.edge.readers.xml_text import inner_markup, text_of
from tellings.model.records import Attested, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: Elements that hold a whole article, and those that hold a summary or either, the first to be tried first.
_WHOLE, _SHORT = ("encoded", "content", "body"), ("description", "summary")
#: Elements with the day of publication; where none has it, that of the last change.
_DAYS = ("pubDate", "published", "issued", "date", "created", "updated", "modified")
#: A description of so many words, which nothing cuts, is taken for the whole article.
_WHOLE_WORDS = 150
_ENDS_CUT = re.compile(r"(?:\u2026|\.\.\.|\[[^\]]{0,20}\])\s*(?:</?\w[^<>]{0,200}>\s*|&#8230;\s*)*\Z")
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,12});")
#: "ada@quay.example (Ada Quill)", as RSS 2.0 has authors.
_MAILED = re.compile(r"\S+@\S+\s+\((?P<name>[^()]{1,200})\)\s*\Z")
#: Types of content that are text (RFC 4287, 4.1.3.1, and those of Atom 0.3).
_TEXTS = re.compile(r"text|html|xhtml|text/.+|application/(?:.+\+)?xml")
_MEDIA = "http://search.yahoo.com/mrss/"
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
#: What these are called where a feed says nowhere what its prefixes stand for.
_PREFIXES = {"media": _MEDIA, "itunes": _ITUNES}


@dataclass(frozen=True, slots=True)
class _Feed:
    """What a feed says of all its items."""

    form: str
    title: str
    language: str
    base: str


def read_feed(name: str, root: Element) -> Outcome:
    """The tellings of a feed: 1. what it says of itself; 2. its items, in their order, each once."""
    # 1. itself
    is_atom = local(root) == "feed"
    channel = root if is_atom or local(root) == "channel" else child(root, "channel")
    about = root if channel is None else channel
    link = _link(about)
    language = _plain(about, "language") or attribute(root, "lang") or attribute(about, "lang")
    feed = _Feed(
        "atom" if is_atom else "rss", _unescaped(about, "title"), language_code(language) if language else "en", link
    )
    # 2. items
    items = Items(name)
    found = (each for each in root.iter() if local(each) in ("item", "entry"))
    for number, element in enumerate(found, start=1):
        items.add(number, _item(f"{name}#{number}", f"item {number}", element, feed))
    return items.outcome()


@dataclass(frozen=True, slots=True)
class Listed:
    """An item as a feed lists it: what the feed calls it, its address made whole, its title and day as written. Each
    may be empty."""

    id: str
    address: str
    title: str
    published: str


def listed(root: Element, base: str) -> Iterator[Listed]:
    """The items of the feed at the address `base`, in its order."""
    for element in root.iter():
        if local(element) not in ("item", "entry"):
            continue
        identity = _plain(element, "guid") or _plain(element, "id") or attribute(element, "about")
        link = _link(element, base) or (identity if identity.startswith(("http:", "https:")) else "")
        published = next(filter(None, (_plain(element, what) for what in _DAYS)), "")
        yield Listed(identity, link, _plain(element, "title"), published)


def _item(name: str, place: str, element: Element, feed: _Feed) -> Outcome:
    """The telling of an item: 1. its text; 2. what is told of it; 3. whether it is an extract."""
    # 1. text
    found = next((each for what in (*_WHOLE, *_SHORT) if (each := _content(element, what)) is not None), None)
    if found is None or _says_no_more(found[1].text, _plain(element, "title"), _plain(element, "source")):
        message = "it has neither a text nor a summary"
        remedy = f"get the article itself{': ' + link if (link := _link(element, feed.base)) else ''}"
        return Outcome(problems=(Problem(name, "malformed", message, remedy, lost=True),))
    what, written = found
    # 2. told
    # The day of publication goes before that of the last change; its evidence says which it is.
    date, problems = first_day(name, feed.form, ((what, _plain(element, what)) for what in _DAYS))
    source = child(element, "source")
    outlet = _unescaped(source, "title") or text_of(source).strip() if source is not None else ""
    identity = _plain(element, "guid") or _plain(element, "id") or attribute(element, "about")
    link = _link(element, feed.base)
    metadata = Metadata(
        date,
        title=attested(_unescaped(element, "title"), f"{feed.form} title"),
        publisher=attested(outlet, f"{feed.form} source")
        or attested(_plain(element, "publisher"), f"{feed.form} publisher")
        or attested(feed.title, f"{feed.form} feed title"),
        author=_author(element, feed.form),
        url=attested(link or (identity if identity.startswith(("http:", "https:")) else ""), f"{feed.form} link"),
        language=language_code(attribute(element, "lang")) if attribute(element, "lang") else feed.language,
    )
    outcome = as_telling(name, written, metadata, f"{place}, {what}", item=identity or link or None)
    # 3. extract
    if outcome.tellings and what in _SHORT and (what == "summary" or _is_short(written.text)):
        problems = (*problems, an_extract(name, what))
    return replace(outcome, problems=(*problems, *outcome.problems))


# ---- text --------------------------------------------------------------------------------


def _content(element: Element, what: str) -> tuple[str, Written] | None:
    """The text in the element `what` of an item; `None` where there is none."""
    for found in element:
        if local(found) != what or _namespace(found) in (_MEDIA, _ITUNES):
            continue
        kind = attribute(found, "type").lower()
        if kind and not _TEXTS.fullmatch(kind):
            continue
        if len(found) or kind == "xhtml":
            text, is_html = inner_markup(found), True
        else:
            text = text_of(found)
            # RSS does not say whether it is HTML, and nearly all of it is; Atom does.
            plain = kind in ("text", "text/plain") or (not kind and what in ("content", "summary"))
            is_html = not plain or holds_markup(text)
            is_html = is_html and (holds_markup(text) or bool(_REFERENCE.search(text)) or "html" in kind)
            if is_html and not holds_markup(text):
                text = meant_markup(text) or text  # it was escaped twice
        if text.strip():
            return what, Written(text, is_html)
    return None


def _says_no_more(text: str, title: str, source: str) -> bool:
    """Whether a text has no words but those of the title and of the outlet, as feeds of searches have."""
    shown = _REFERENCE.sub(" ", _TAG.sub(" ", text))
    return set(_WORD.findall(shown.casefold())) <= set(_WORD.findall(f"{title} {source}".casefold()))


def _is_short(text: str) -> bool:
    """Whether a description is no whole article: it has few words, or was cut."""
    words = _TAG.sub(" ", text).split()
    return len(words) < _WHOLE_WORDS or _ENDS_CUT.search(text[-500:]) is not None


# ---- what is told ------------------------------------------------------------------------


def _plain(element: Element | None, what: str) -> str:
    """The characters of the first element of a name, with single spaces; media about it apart."""
    for found in () if element is None else element:
        if local(found) == what and _namespace(found) not in (_MEDIA, _ITUNES):
            return " ".join(text_of(found).split())[:2_000]
    return ""


def _unescaped(element: Element, what: str) -> str:
    """A title, which may be HTML in RSS and says so in Atom."""
    text = _plain(element, what)
    if not _REFERENCE.search(text) and not holds_markup(text):
        return text
    from tellings.edge.readers.html.scan import scan

    return " ".join(scan(text).view.text.split())


def _namespace(element: Element) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag[1:].partition("}")[0] if tag.startswith("{") else _PREFIXES.get(tag.partition(":")[0], "")


def _link(element: Element, base: str = "") -> str:
    """The address of an item or a feed, made whole; that which stood there before a service counted its readers."""
    found = ""
    # Where the feed is damaged, what belongs to an item may have come to stand deeper in it.
    within = element if any(local(each) == "link" for each in element) else element.iter()
    for each in within:
        if local(each) == "origLink":
            found = text_of(each).strip()
            break
        if local(each) != "link":
            continue
        href = attribute(each, "href").strip()
        if href and attribute(each, "rel") in ("", "alternate") and not found:
            found = href
        elif not href and not found:
            found = text_of(each).strip()
    if not found:
        guid = next((each for each in element if local(each) == "guid"), None)
        if guid is not None and attribute(guid, "isPermaLink") != "false":
            found = text_of(guid).strip()
            return found if found.startswith(("http:", "https:")) else ""
        return ""
    try:
        return urljoin(_base_of(element) or base, found) if found else ""
    except ValueError:  # an address of brackets that do not close
        return found


def _base_of(element: Element) -> str:
    """The address that those in an element are relative to (XML Base); empty where nothing says so."""
    around: Element | None = element
    while around is not None:
        if found := attribute(around, "base"):
            return found
        around = around.getparent()
    return ""


def _author(element: Element, form: str) -> Attested | None:
    """The authors of an item, each once."""
    names: dict[str, None] = {}
    for each in element:
        if local(each) not in ("author", "creator") or _namespace(each) == _MEDIA:
            continue
        name = _plain(each, "name") or " ".join(text_of(each).split())
        mailed = _MAILED.match(name)
        names[mailed["name"] if mailed else name] = None
    return attested(", ".join(name for name in names if name and "@" not in name), f"{form} author")
