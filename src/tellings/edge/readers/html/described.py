"""What a page says of itself in JSON-LD (schema.org) and in meta elements, before anything is made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from tellings.edge.readers.html.elements import Element
from tellings.edge.readers.html.scan import Page

#: What hides a script from old browsers, or from readers of XML: marks of comments and of CDATA around it.
_BEFORE = ("<!--", "<![CDATA[", "-->", "//", "/*", "*/", ">")
_BEHIND = ("-->", "]]>", "<!--", "<!", "//", "/*", "*/")
#: Marks that are taken off on either side.
_MOST_MARKS = 12
#: Members of an article that may only refer to an object elsewhere.
_REFERRING = ("author", "publisher")
#: Under which names of JSON-LD and meta elements a page is described.
_SUMMARIES = ("description", "og:description", "twitter:description", "abstract")
#: Kinds of schema.org and Open Graph that are no article.
_OTHER_KINDS = frozenset(
    {"CollectionPage", "ImageGallery", "ItemList", "ProfilePage", "SearchResultsPage", "VideoObject"}
)
#: Kinds that have the name of the site.
_SITES = frozenset({"NewsMediaOrganization", "WebSite"})
#: What parts the name of a site from its motto.
_BEFORE_MOTTO = re.compile(r"\s+[|–—·•»:-]\s+")
_VIDEO = re.compile(r"video\b")
_TAG = re.compile(r"<[^<>]{1,500}>")
_HALVES = re.compile("[\ud800-\udfff]")
#: Lists and objects around a name; deeper ones are no names.
_DEEPEST_NAME = 4


@dataclass(frozen=True, slots=True)
class SelfDescription:
    """The JSON-LD object that is the page's article, the same with what it only refers to put in, and meta elements.

    Without such an object `article` and `referred` are empty. `metas` has the first content of each name (lower case),
    `kinds` the kinds of all JSON-LD objects, `site` the name of the one that is the site; empty where none is.
    """

    article: Mapping[str, Any]
    referred: Mapping[str, Any]
    metas: Mapping[str, str]
    kinds: frozenset[str]
    site: str = ""

    @property
    def body(self) -> str:
        """The article's text as JSON-LD has it, without mark-up; empty where it has none."""
        return _plain(self.article.get("articleBody"))

    @property
    def other_kind(self) -> str | None:
        """What it calls itself (a name of schema.org or Open Graph) where that is something else than an article."""
        if self.article:
            return None
        told = self.kinds & _OTHER_KINDS
        return (
            min(told) if told else next((kind for kind in (self.metas.get("og:type", ""),) if _VIDEO.match(kind)), None)
        )

    @property
    def summary(self) -> str:
        """What it says it tells, each in its line."""
        told = (
            *(_plain(self.article.get(key)) for key in _SUMMARIES),
            *(self.metas.get(key, "") for key in _SUMMARIES),
        )
        return "\n".join(each for each in told if each)


def described(page: Page) -> SelfDescription:
    """What the page says of itself."""
    nodes = list(_nodes(page.scripts))
    article = _article(nodes)
    sites = (unescape(named(node.get("name"))) for node in nodes if _SITES & set(_kinds_of(node)))
    site = next((_BEFORE_MOTTO.split(name)[0].strip() for name in sites if name and "://" not in name), "")
    return SelfDescription(article, _put_in(article, nodes), _metas(page.elements), _kinds(nodes), site)


def _plain(value: Any) -> str:
    return " ".join(_TAG.sub(" ", unescape(value)).split()) if isinstance(value, str) else ""


def writable(value: str) -> str:
    """A string of JSON without halves of surrogate pairs, which no file can hold."""
    return _HALVES.sub("\ufffd", value)


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


def _kinds(nodes: Sequence[dict[str, Any]]) -> frozenset[str]:
    return frozenset(kind for node in nodes for kind in _kinds_of(node))


def _kinds_of(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _article(nodes: Sequence[dict[str, Any]]) -> Mapping[str, Any]:
    """The first JSON-LD object that is an article; empty where there is none."""
    for entry in nodes:
        if any(kind.endswith(("Article", "Posting", "Report")) for kind in _kinds_of(entry)):
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


def named(value: Any, depth: int = 0) -> str:
    """A value of JSON-LD as text: a string, the name of an object, or those of a list with commas between."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict) and depth < _DEEPEST_NAME:
        return named(value.get("name"), depth + 1) if not isinstance(value.get("name"), dict) else ""
    if isinstance(value, list):
        names = (named(entry, depth + 1) for entry in value[:50] if not isinstance(entry, list))
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
