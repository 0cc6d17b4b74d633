"""Which stretches of a page are the article, and what the others are.

The decision what is article text is trafilatura's (Barbaresi 2021, "Trafilatura: a web scraping
library and command-line tool for text discovery and extraction", ACL demo), with its precision
setting; where it finds nothing or cannot run, the densest container of running text is taken
(in the manner of Readability). Roles come from the mark-up.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from tellings.edge.readers.html.elements import Element
from tellings.edge.readers.html.scan import Page, Stretch
from tellings.model.records import BlockKind, Hint
from tellings.model.rules import load

_WORD = re.compile(r"\w+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = re.compile(r"[-_\s/:]+")
_HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)

#: A stretch this long (words) that the extractor takes for article text is a paragraph, whatever the
#: class names around it say: class names are often those of a whole page.
_LONG = 25
#: An element that holds this share of the article's words wraps the article; its name says nothing.
_WRAPS = 0.4
#: Share of a stretch's 4-word shingles that must stand in the extracted text. 4 words and .6 let
#: through a paragraph from which the extractor dropped a link or a footnote mark.
_SHINGLE, _ENOUGH = 4, 0.6
#: Fewest words of running text that make an article.
_SHORTEST_ARTICLE = 20

_TAG_REGIONS: dict[str, tuple[BlockKind, str]] = {
    "nav": ("boilerplate", "nav"),
    "footer": ("boilerplate", "footer"),
    "form": ("boilerplate", "form"),
    "button": ("boilerplate", "button"),
    "menu": ("boilerplate", "menu"),
    "dialog": ("boilerplate", "dialog"),
    "aside": ("related", "aside"),
    "figcaption": ("caption", "figcaption"),
    "time": ("updated", "time"),
    "object": ("embed", "object"),
    "select": ("boilerplate", "select"),
    "svg svg": ("boilerplate", "svg"),
    "textarea": ("boilerplate", "textarea"),
}
_ROLES: dict[str, tuple[BlockKind, str]] = {
    "navigation": ("boilerplate", "role navigation"),
    "banner": ("boilerplate", "role banner"),
    "contentinfo": ("boilerplate", "role contentinfo"),
    "search": ("boilerplate", "role search"),
    "complementary": ("related", "role complementary"),
    "dialog": ("boilerplate", "role dialog"),
}
#: Word lists of class names, in the order they are tried, and the kind each gives.
_CLASS_LISTS: tuple[tuple[str, BlockKind], ...] = (
    ("markup_embed", "embed"),
    ("markup_credit", "credit"),
    ("markup_caption", "caption"),
    ("markup_promotion", "promotion"),
    ("markup_related", "related"),
    ("markup_byline", "byline"),
    ("markup_boilerplate", "boilerplate"),
)
_UNNAMED = frozenset({"html", "body", "main", "article", "#page"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_RUNNING = frozenset(
    {"p", "div", "td", "li", "blockquote", "section", "article", "main", "body", "#page", "dd", "span"}
)
#: Kinds whose mark-up is specific enough to be believed inside the article too.
_BELIEVED = frozenset({"embed", "caption", "credit", "byline", "updated"})
#: Regions whose text is never the article's, however long: choices, drawings and fields to write in.
_APART_TAGS = frozenset({"select", "svg svg", "textarea"})
_APART = frozenset(_TAG_REGIONS[tag][1] for tag in _APART_TAGS)


#: A page with more stretches of text than this is not given to trafilatura, which takes minutes for such pages.
#: Of 749 news pages the longest has 2,734.
_MOST_STRETCHES = 20_000


@dataclass(frozen=True, slots=True)
class _Region:
    kind: BlockKind
    rule: str
    element: int


def find_article(page: Page, title: str, *, whole: bool = False) -> tuple[tuple[Hint, ...], str | None]:
    """A hint for every stretch of the page, and a note when no article was found or it took a fallback.

    `title` is the page's title from its metadata; `whole` says that all of it is an article's body.

    1. ask trafilatura which words are the article; 2. else take the densest container; 3. give each
    stretch its role from the mark-up and that answer.
    """
    texts = [page.view.text[stretch.start : stretch.end] for stretch in page.stretches]
    words = [_words(text) for text in texts]
    known: dict[int, _Region | None] = {}
    regions = [_regions(stretch.element, known) for stretch in page.stretches]
    note = None
    if whole:
        inside = [True] * len(words)
    else:
        # 1. trafilatura
        extracted, note = _extract(page)
        inside = _aligned(words, extracted)
        # 2. density
        if sum(len(found) for found, yes in zip(words, inside, strict=True) if yes) < _SHORTEST_ARTICLE:
            inside = _densest(page, texts, words, regions)
        if not any(inside):
            note = "no article was found on the page; all of it is shown as residue"
    # 3. roles
    return _hints(page, texts, words, regions, inside, _words(title)), note


def _extract(page: Page) -> tuple[str, str | None]:
    if len(page.stretches) > _MOST_STRETCHES:
        return "", f"{len(page.stretches):,} stretches of text; the article was found by text density"
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        reason = str(error).partition("\n")[0]
        return "", f"trafilatura cannot be imported ({reason}): see to its installation; text density was used instead"
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(page.content, favor_precision=True, include_comments=False, with_metadata=False)
    except Exception as error:  # a parser's failure on one page must not end the reading
        return "", f"trafilatura failed ({type(error).__name__}); the article was found by text density"
    return (getattr(found, "text", None) or ""), None


def _aligned(words: list[str], extracted: str) -> list[bool]:
    """Which stretches (as normalised words) stand in the extracted text."""
    if not extracted:
        return [False] * len(words)
    lines = {_words(line) for line in extracted.split("\n")}
    joined = f" {' '.join(_words(extracted).split())} "
    shingles = set(_shingles(joined.split()))
    return [_stands_in(stretch, lines, joined, shingles) for stretch in words]


def _stands_in(stretch: str, lines: set[str], joined: str, shingles: set[tuple[str, ...]]) -> bool:
    if not stretch:
        return False
    if stretch in lines:
        return True
    tokens = stretch.split()
    if len(tokens) < _SHINGLE:
        return False
    if f" {stretch} " in joined:
        return True
    own = list(_shingles(tokens))
    return len(tokens) >= 2 * _SHINGLE and sum(shingle in shingles for shingle in own) >= _ENOUGH * len(own)


def _shingles(tokens: list[str]) -> list[tuple[str, ...]]:
    return [tuple(tokens[start : start + _SHINGLE]) for start in range(len(tokens) - _SHINGLE + 1)]


def _densest(page: Page, texts: list[str], words: list[str], regions: list[list[_Region]]) -> list[bool]:
    """The stretches of running text under the container that has most of it."""
    weights: Counter[int] = Counter()
    running = []
    for stretch, text, found, region in zip(page.stretches, texts, words, regions, strict=True):
        size = found.count(" ") + 1
        is_running = (
            stretch.element.tag in _RUNNING
            and size >= 8
            and stretch.linked * 2 < len(text)
            and not region
            and text.rstrip("\"'”’)] ")[-1:] in (".", "!", "?", "…", ":")
        )
        running.append(is_running)
        if is_running:
            # A container is given all of its own paragraphs and half of those one level further in.
            around = [element.number for element in stretch.element.ancestors()[:3]]
            for number, share in zip(around[-2:], (2, 1), strict=False):
                weights[number] += share * size
    if not weights:
        return [False] * len(words)
    best = min(weights, key=lambda number: (-weights[number], number))
    inside = []
    total = 0
    for stretch, text, found, region, is_running in zip(page.stretches, texts, words, regions, running, strict=True):
        under = any(element.number == best for element in stretch.element.ancestors())
        yes = under and not region and (is_running or stretch.linked * 2 < len(text))
        inside.append(yes)
        total += found.count(" ") + 1 if yes and is_running else 0
    return inside if total >= _SHORTEST_ARTICLE else [False] * len(words)


def _hints(
    page: Page,
    texts: list[str],
    words: list[str],
    regions: list[list[_Region]],
    inside: list[bool],
    title: str,
) -> tuple[Hint, ...]:
    wraps = _wrapping(page, words, inside)
    parents = {
        stretch.element.parent.number
        for stretch, yes, found in zip(page.stretches, inside, words, strict=True)
        if yes and stretch.element.tag == "p" and stretch.element.parent and found.count(" ") >= 8
    }
    headline = _headline(page, words, regions, inside, title)
    hints = []
    for index, (stretch, text, found) in enumerate(zip(page.stretches, texts, words, strict=True)):
        around = [region for region in regions[index] if region.element not in wraps]
        region = next((region for region in around if region.rule in _APART), around[0] if around else None)
        kind, rule = _role(stretch, text, found, region, inside[index], parents)
        if index == headline:
            kind, rule = "headline", "page headline"
        hints.append(Hint(stretch.span, kind, f"html: {rule}"))
    return tuple(hints)


def _role(
    stretch: Stretch, text: str, words: str, region: _Region | None, inside: bool, parents: set[int]
) -> tuple[BlockKind, str]:
    tags = [element.tag for element in stretch.element.ancestors()[:6]]
    size = words.count(" ") + 1
    long_text = size >= _LONG and stretch.linked * 2 < len(text)
    if region and region.rule in _APART:
        return region.kind, region.rule
    if (
        region
        and region.kind in _BELIEVED
        and not (inside and long_text and region.kind in ("byline", "credit", "updated"))
    ):
        return region.kind, region.rule
    if inside and (region is None or long_text):
        if "h1" in tags[:2]:
            return "subheading", "h1 in the article"
        if _HEADINGS & set(tags[:2]):
            return "subheading", "heading in the article"
        if "li" in tags[:4]:
            return "list-item", "list item in the article"
        return "paragraph", "article text"
    if region:
        return region.kind, region.rule
    # A paragraph beside the article's paragraphs that the extractor left out: unsure, so it stays story.
    beside = stretch.element.tag == "p" and stretch.element.parent and stretch.element.parent.number in parents
    if beside and size >= 8 and stretch.linked * 2 < len(text) and text.rstrip("\"'”’) ")[-1:] in (".", "!", "?"):
        return "paragraph", "beside article text"
    return "boilerplate", "left out by the extractor"


def _headline(page: Page, words: list[str], regions: list[list[_Region]], inside: list[bool], title: str) -> int | None:
    """The stretch that is the page's headline: one that says what the title says, else the first h1."""
    first_text = next((index for index, yes in enumerate(inside) if yes and words[index].count(" ") >= 8), len(words))
    candidates = [
        index
        for index, stretch in enumerate(page.stretches[: first_text + 1])
        if any(element.tag in ("h1", "h2") for element in stretch.element.ancestors()[:3])
    ]
    for index in candidates:
        found = words[index]
        if title and found.count(" ") >= 1 and (found == title or f" {found} " in f" {title} " or title in found):
            return index
    return next(
        (
            index
            for index in candidates
            if any(element.tag == "h1" for element in page.stretches[index].element.ancestors()[:3])
            and not regions[index]
            and any(inside)
        ),
        None,
    )


def _wrapping(page: Page, words: list[str], inside: list[bool]) -> frozenset[int]:
    held: Counter[int] = Counter()
    total = 0
    for stretch, found, yes in zip(page.stretches, words, inside, strict=True):
        if yes:
            size = found.count(" ") + 1
            total += size
            # A field to write in has no elements inside: it holds a copy, or mark-up shown as text.
            held.update({e.number: size for e in stretch.element.ancestors() if e.tag != "textarea"})
    return frozenset(number for number, size in held.items() if size > _WRAPS * total)


def _regions(element: Element, known: dict[int, _Region | None]) -> list[_Region]:
    """The regions an element stands in, innermost first. `known` keeps what each element of the page makes."""
    found = []
    for around in element.ancestors():
        if around.number not in known:
            known[around.number] = _region(around)
        if region := known[around.number]:
            found.append(region)
    return found


def _region(element: Element) -> _Region | None:
    """The region that an element makes; `None` where it makes none."""
    attributes = element.attributes
    named = _named(element.tag, *(attributes.get(key, "") for key in ("class", "id", "role", "itemprop", "rel")))
    if named is None and ("hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style", "")[:500])):
        named = ("boilerplate", "hidden")
    return _Region(*named, element.number) if named else None


def _named(tag: str, class_: str, id_: str, role: str, itemprop: str, rel: str) -> tuple[BlockKind, str] | None:
    """The region that an element's name, role or class names make."""
    if role in _ROLES:
        return _ROLES[role]
    if tag in _APART_TAGS:
        return _TAG_REGIONS[tag]
    if tag not in _UNNAMED and (class_ or id_ or itemprop or rel):
        names = _SEPARATORS.sub(" ", _CAMEL.sub(" ", f"{class_[:300]} {id_[:100]} {itemprop[:50]} {rel[:50]}")).lower()
        for kind, rule, pattern in _class_patterns():
            if pattern.search(names):
                return kind, rule
    return _TAG_REGIONS.get(tag)


@cache
def _class_patterns() -> tuple[tuple[BlockKind, str, re.Pattern[str]], ...]:
    rules = load("en", "residue")
    return tuple(
        (kind, f"class names ({name.removeprefix('markup_')})", re.compile(rf"\b(?:{rules.alternatives(name)})\b"))
        for name, kind in _CLASS_LISTS
    )


def _words(text: str) -> str:
    """The words of a text, lower case, one space between them."""
    return " ".join(_WORD.findall(text.lower()))
