"""A page's title, publisher, author, address and language: by its JSON-LD first, then by its meta elements.

Each value keeps where it was read. schema.org (Article), Open Graph protocol, Dublin Core, and the
older Parsely and Sailthru names are known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from tellings.edge.readers.addresses import AddressError, bad_address, check_address
from tellings.edge.readers.html.described import SelfDescription, named
from tellings.edge.readers.html.elements import Element
from tellings.edge.readers.html.printed import is_outlet
from tellings.edge.readers.html.scan import Page
from tellings.edge.readers.plain import language_code
from tellings.edge.readers.telling import Metadata
from tellings.model.records import Attested, Problem

_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TITLE_NAMES = ("og:title", "headline", "twitter:title", "parsely-title", "dc.title", "title")
#: What holds the name of the outlet itself, and never that of the house behind it.
_OUTLET_NAMES = ("prism.publicationname", "citation_journal_title")
_PUBLISHER_NAMES = ("og:site_name", "publisher", "dc.publisher", "application-name", "article:publisher")
_AUTHOR_NAMES = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")


def read_metadata(name: str, page: Page, described: SelfDescription) -> tuple[Metadata, tuple[Problem, ...]]:
    """The page's title, publisher, author, address and language, and addresses that were refused; no date yet."""
    article, referred, metas = described.article, described.referred, described.metas
    url, problems = _address(
        name, page.elements, _meta(metas, ("og:url",)), _json_ld(article, "url"), _of_page(article)
    )
    return (
        Metadata(
            title=_first_attested(_json_ld(article, "headline"), _meta(metas, _TITLE_NAMES), _title(page)),
            # What the linked data only refer to is often the company behind the outlet.
            publisher=_outlet(
                _meta(metas, _OUTLET_NAMES),
                _json_ld(article, "publisher"),
                *(_meta(metas, (name,)) for name in _PUBLISHER_NAMES),
                _json_ld(referred, "publisher"),
                Attested(described.site, "json-ld name of the site") if described.site else None,
            ),
            author=_first_attested(_json_ld(referred, "author"), _meta_authors(page.elements)),
            url=url,
            language=_language(page.elements),
        ),
        problems,
    )


def _json_ld(article: Mapping[str, Any], key: str) -> Attested | None:
    value = named(article.get(key))
    return (
        Attested(value, f"json-ld {key}" + (".name" if isinstance(article.get(key), dict) else "")) if value else None
    )


def _of_page(article: Mapping[str, Any]) -> Attested | None:
    """The address of the page that the article is the main entity of."""
    page = article.get("mainEntityOfPage")
    address = (page.get("@id") or page.get("url")) if isinstance(page, dict) else page
    is_address = isinstance(address, str) and address.startswith(("http://", "https://")) and "#" not in address
    return Attested(address.strip(), "json-ld mainEntityOfPage") if is_address and isinstance(address, str) else None


def _meta_authors(elements: tuple[Element, ...]) -> Attested | None:
    """All that meta elements of the first name that has any name as authors."""
    for name in _AUTHOR_NAMES:
        found = [
            " ".join(element.attributes.get("content", "").split())
            for element in elements
            if element.tag == "meta"
            and name in (element.attributes.get(key, "").strip().lower() for key in ("property", "name", "itemprop"))
        ]
        names = dict.fromkeys(each for each in found if each and not each.startswith(("http://", "https://")))
        if names:
            return Attested(", ".join(names), f"meta {name}")
    return None


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


def _address(
    name: str, elements: tuple[Element, ...], *others: Attested | None
) -> tuple[Attested | None, tuple[Problem, ...]]:
    """The first of the addresses found that can be used, the canonical one before `others`, and a problem for each
    before it. One without a host is made whole by that of the page's base, or of the others."""
    bases = [element.attributes.get("href", "") for element in elements if element.tag == "base"]
    whole = [address for address in (*bases, *(other.value for other in others if other)) if _HOST.match(address)]
    problems = []
    for address in (_canonical(elements), *others):
        if address:
            value = address.value
            try:
                if whole and not _HOST.match(value):
                    value = urljoin(whole[0], value)
                check_address(value)
            except (AddressError, ValueError) as error:
                problems.append(bad_address(name, address.evidence, error))
            else:
                return replace(address, value=value), tuple(problems)
    return None, tuple(problems)


def _language(elements: tuple[Element, ...]) -> str:
    for element in elements:
        if element.tag == "html":
            return language_code(element.attributes.get("lang") or element.attributes.get("xml:lang") or "en")
    return "en"


def _outlet(*values: Attested | None) -> Attested | None:
    """The first that can be the name of an outlet; else the first that there is, a platform or a company."""
    return _first_attested(*(each for each in values if each and is_outlet(each.value)), *values)


def _first_attested(*values: Attested | None) -> Attested | None:
    return next((value for value in values if value), None)
