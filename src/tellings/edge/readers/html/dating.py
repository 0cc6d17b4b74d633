"""When a page was published."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.html.described import SelfDescription, writable
from tellings.edge.readers.html.elements import Element
from tellings.edge.readers.html.scan import Page
from tellings.edge.readers.plain import published_line
from tellings.edge.readers.telling import bad_date
from tellings.model.records import DocumentDate, Problem

_DATE_NAMES = (
    "article:published_time", "datepublished", "og:published_time", "og:article:published_time", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "date.published",
    "article.published", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
    "citation_publication_date",
    "cxenseparse:recs:publishtime", "originalpublicationdate", "displaydate", "ptime", "date",
)  # fmt: skip
#: htmldate's own default bounds end today; these do not depend on the clock.
_EARLIEST, _LATEST = "1600-01-01", "2200-12-31"


def find_date(
    name: str, page: Page, described: SelfDescription, *, dated_by_text: bool
) -> tuple[DocumentDate, tuple[Problem, ...]]:
    """When the page was published, and dates that were refused."""
    article, metas = described.article, described.metas
    problems: list[Problem] = []
    modified = article.get("dateModified")
    also = f"; dateModified {writable(modified)}"[:60] if isinstance(modified, str) and modified else ""
    for evidence, rule, written in _dates(page, article, metas):
        value = writable(written)
        try:
            return DocumentDate(parse_date(value), f"{evidence} {value}"[:100] + also, rule), tuple(problems)
        except DateError as error:
            problems.append(bad_date(name, evidence, error))
    if dated_by_text and (line := published_line(page.view.text)) is not None:
        return replace(line, evidence=line.evidence + also), tuple(problems)
    if dated_by_text and (found := _by_htmldate(page.view.source.content)):
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


def _machine_date(element: Element) -> str:
    return (element.attributes.get("datetime") or element.attributes.get("title") or "").strip()


def _by_htmldate(content: str) -> str | None:
    from htmldate import find_date  # imported late: 60 ms

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        return find_date(content, extensive_search=False, original_date=True, min_date=_EARLIEST, max_date=_LATEST)
    except Exception:  # a parser's failure on one page must not end the reading
        return None
