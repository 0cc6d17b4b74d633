"""What a page says of itself: JSON-LD first, then meta elements, then `time`, then htmldate.

Each value keeps where it was read. schema.org (Article), Open Graph protocol, Dublin Core, and the
older Parsely and Sailthru names are known.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tellings.edge.readers.addresses import AddressError, bad_address, check_address
from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.html.elements import Element
from tellings.edge.readers.html.scan import Page
from tellings.edge.readers.plain import language_code, published_line
from tellings.edge.readers.telling import Metadata, bad_date
from tellings.model.records import Attested, DocumentDate, Problem

_DATE_NAMES = (
    "article:published_time", "datepublished", "og:published_time", "og:article:published_time", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "date.published",
    "article.published", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
    "citation_publication_date",
    "cxenseparse:recs:publishtime", "originalpublicationdate", "displaydate", "ptime", "date",
)  # fmt: skip
_TITLE_NAMES = ("og:title", "headline", "twitter:title", "parsely-title", "dc.title", "title")
_PUBLISHER_NAMES = ("og:site_name", "publisher", "dc.publisher", "application-name", "article:publisher")
_AUTHOR_NAMES = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
#: What hides a script from old browsers, or from readers of XML: marks of comments and of CDATA around it.
_BEFORE = ("<!--", "<![CDATA[", "-->", "//", "/*", "*/", ">")
_BEHIND = ("-->", "]]>", "<!--", "<!", "//", "/*", "*/")
#: Marks that are taken off on either side.
_MOST_MARKS = 12
#: Members of an article that may only refer to an object elsewhere.
_REFERRING = ("author", "publisher")
_HALVES = re.compile("[\ud800-\udfff]")
#: Lists and objects around a name; deeper ones are no names.
_DEEPEST_NAME = 4
#: htmldate's own default bounds end today; these do not depend on the clock.
_EARLIEST, _LATEST = "1600-01-01", "2200-12-31"


def read_metadata(name: str, page: Page, *, dated_by_text: bool = True) -> tuple[Metadata, tuple[Problem, ...]]:
    """The page's date, title, publisher, author, address and language, and dates that were refused.

    `dated_by_text`: let htmldate look for a date when no mark-up gives one.
    """
    nodes = list(_nodes(page.scripts))
    article = _article(nodes)
    referred = _put_in(article, nodes)
    metas = _metas(page.elements)
    date, problems = _date(name, page, article, metas, dated_by_text)
    url, url_problems = _address(name, _canonical(page.elements), _meta(metas, ("og:url",)), _json_ld(article, "url"))
    return (
        Metadata(
            date,
            title=_first_attested(_json_ld(article, "headline"), _meta(metas, _TITLE_NAMES), _title(page)),
            # What the linked data only refer to is often the company behind the outlet.
            publisher=_first_attested(
                _json_ld(article, "publisher"), _meta(metas, _PUBLISHER_NAMES), _json_ld(referred, "publisher")
            ),
            author=_first_attested(_json_ld(referred, "author"), _meta(metas, _AUTHOR_NAMES)),
            url=url,
            language=_language(page.elements),
        ),
        (*problems, *url_problems),
    )


def _date(
    name: str, page: Page, article: Mapping[str, Any], metas: Mapping[str, str], dated_by_text: bool
) -> tuple[DocumentDate, tuple[Problem, ...]]:
    problems: list[Problem] = []
    modified = article.get("dateModified")
    also = f"; dateModified {_writable(modified)}"[:60] if isinstance(modified, str) and modified else ""
    for evidence, rule, written in _dates(page, article, metas):
        value = _writable(written)
        try:
            return DocumentDate(parse_date(value), f"{evidence} {value}"[:100] + also, rule), tuple(problems)
        except DateError as error:
            problems.append(bad_date(name, evidence, error))
    if dated_by_text and (line := published_line(page.view.text)) is not None:
        return replace(line, evidence=line.evidence + also), tuple(problems)
    if dated_by_text and (found := _by_htmldate(page.content)):
        return DocumentDate(parse_date(found), f"htmldate {found}{also}", "htmldate"), tuple(problems)
    return DocumentDate(None, f"no date found{also}", "none"), tuple(problems)


def _dates(page: Page, article: Mapping[str, Any], metas: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Dates the mark-up gives, the most telling first: evidence, rule, value."""
    for key in ("datePublished", "dateCreated", "uploadDate"):
        if isinstance(value := article.get(key), str) and value.strip():
            yield f"json-ld {key}", "json-ld", value
    for key in _DATE_NAMES:
        if key in metas:
            yield f"meta {key}", "meta", metas[key]
    times = [element for element in page.elements if element.tag in ("time", "abbr") and _machine_date(element)]
    for element in times:
        names = " ".join(element.attributes.get(key, "") for key in ("itemprop", "class")).lower()
        if "pubdate" in element.attributes or "publish" in names:
            yield "time element (published)", "time", _machine_date(element)
    for element in times:
        around = {ancestor.tag for ancestor in element.ancestors()}
        if element.tag == "time" and around & {"article", "main", "header"} and not around & {"aside", "nav", "footer"}:
            # The first one only: later ones date comments and other articles.
            yield "time element", "time", _machine_date(element)
            return


def _writable(value: str) -> str:
    """A string of JSON without halves of surrogate pairs, which no file can hold."""
    return _HALVES.sub("\ufffd", value)


def _machine_date(element: Element) -> str:
    return (element.attributes.get("datetime") or element.attributes.get("title") or "").strip()


def _by_htmldate(content: str) -> str | None:
    from htmldate import find_date  # imported late: 60 ms

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        return find_date(content, extensive_search=False, original_date=True, min_date=_EARLIEST, max_date=_LATEST)
    except Exception:  # a parser's failure on one page must not end the reading
        return None


def _nodes(scripts: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The objects of all JSON-LD scripts, without the comments that hide a script from old browsers and XML."""
    for script in scripts:
        try:
            found = json.loads(_bare(script), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _flat(found)


def _bare(script: str) -> str:
    """A script without the marks around it that hide it."""
    script = script.strip()
    for _ in range(_MOST_MARKS):
        before = next((mark for mark in _BEFORE if script.startswith(mark)), "")
        behind = next((mark for mark in _BEHIND if script.endswith(mark)), "")
        if not before and not behind:
            break
        script = script.removeprefix(before).removesuffix(behind).strip()
    return script


def _article(nodes: Sequence[dict[str, Any]]) -> Mapping[str, Any]:
    """The first JSON-LD object that is an article; empty where there is none."""
    for entry in nodes:
        kinds = entry.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and kind.endswith(("Article", "Posting", "Report")) for kind in kinds):
            return entry
    return {}


def _put_in(article: Mapping[str, Any], nodes: Sequence[dict[str, Any]]) -> Mapping[str, Any]:
    """An article with what it only refers to put in."""
    named = {each["@id"]: each for each in nodes if isinstance(each.get("@id"), str)}
    return {**article, **{key: _referred(article[key], named) for key in _REFERRING if key in article}}


def _referred(value: Any, named: Mapping[str, Any]) -> Any:
    """A value, or those of a list, with each reference that holds nothing but its "@id" taken for what that names."""
    if isinstance(value, list):
        return [_referred(each, named) for each in value[:50] if not isinstance(each, list)]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return named.get(value["@id"], value)
    return value


def _flat(found: Any) -> Iterator[dict[str, Any]]:
    for entry in found if isinstance(found, list) else [found]:
        if isinstance(entry, dict):
            yield entry
            for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                inner = entry.get(key)
                for one in inner if isinstance(inner, list) else [inner]:
                    if isinstance(one, dict):
                        yield one


def _json_ld(article: Mapping[str, Any], key: str) -> Attested | None:
    value = _name(article.get(key))
    return (
        Attested(value, f"json-ld {key}" + (".name" if isinstance(article.get(key), dict) else "")) if value else None
    )


def _name(value: Any, depth: int = 0) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict) and depth < _DEEPEST_NAME:
        return _name(value.get("name"), depth + 1) if not isinstance(value.get("name"), dict) else ""
    if isinstance(value, list):
        names = (_name(entry, depth + 1) for entry in value[:50] if not isinstance(entry, list))
        return ", ".join(name for name in names if name)
    return ""


def _metas(elements: tuple[Element, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in elements:
        if element.tag == "meta":
            content = " ".join(element.attributes.get("content", "").split())
            for key in ("property", "name", "itemprop"):
                if (label := element.attributes.get(key, "").strip().lower()) and content:
                    found.setdefault(label, content)
    return found


def _meta(metas: Mapping[str, str], names: tuple[str, ...]) -> Attested | None:
    for name in names:
        value = metas.get(name, "")
        # A profile's address is no name.
        if value and not (value.startswith(("http://", "https://")) and "url" not in name):
            return Attested(value, f"meta {name}")
    return None


def _title(page: Page) -> Attested | None:
    return Attested(page.title, "title element") if page.title else None


def _canonical(elements: tuple[Element, ...]) -> Attested | None:
    for element in elements:
        is_canonical = element.tag == "link" and "canonical" in element.attributes.get("rel", "").lower().split()
        if is_canonical and (address := element.attributes.get("href", "").strip()):
            return Attested(address, "link canonical")
    return None


def _address(name: str, *found: Attested | None) -> tuple[Attested | None, tuple[Problem, ...]]:
    """The first of the addresses found that can be used, and a problem for each before it."""
    problems = []
    for address in found:
        if address:
            try:
                check_address(address.value)
            except AddressError as error:
                problems.append(bad_address(name, address.evidence, error))
            else:
                return address, tuple(problems)
    return None, tuple(problems)


def _language(elements: tuple[Element, ...]) -> str:
    for element in elements:
        if element.tag == "html":
            return language_code(element.attributes.get("lang") or element.attributes.get("xml:lang") or "en")
    return "en"


def _first_attested(*values: Attested | None) -> Attested | None:
    return next((value for value in values if value), None)
