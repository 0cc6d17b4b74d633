"""Regions of a page: what the name, the role and the class names of an element say of all that stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tellings.edge.readers.html.elements import Element, is_hidden
from tellings.model.records import BlockKind
from tellings.model.rules import load

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = re.compile(r"[-_\s/:]+")
_HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)

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
#: Regions whose text is never the article's, however long: choices, drawings and fields to write in.
APART_TAGS = frozenset({"select", "svg svg", "textarea"})
#: The rules of regions that are not shown: as the attribute says, and as the style does, which scripts often change.
NOT_SHOWN, HIDDEN = "hidden attribute", "hidden"
APART = frozenset({NOT_SHOWN, *(_TAG_REGIONS[tag][1] for tag in APART_TAGS)})

#: Kinds whose mark-up is specific enough to be believed inside the article too.
BELIEVED = frozenset({"embed", "caption", "credit", "byline", "updated"})
_BY_CLASS = "class names"


@dataclass(frozen=True, slots=True)
class Region:
    """A kind of block and the rule that names it, made by the element of that `number`; `words` are its class names."""

    kind: BlockKind
    rule: str
    element: int
    words: str

    @property
    def is_by_class(self) -> bool:
        """Whether nothing but class names make it."""
        return self.rule.startswith(_BY_CLASS)


def regions_of(element: Element, known: dict[int, Region | None]) -> list[Region]:
    """The regions an element stands in, innermost first. `known` keeps what each element of the page makes."""
    found = []
    for around in element.ancestors():
        if around.number not in known:
            known[around.number] = _region(around)
        if region := known[around.number]:
            found.append(region)
    return found


def is_named(element: Element, words: str) -> bool:
    """Whether class names, id or property of an element hold one of the `words` list."""
    return bool(_pattern(words).search(_names(element)))


def _region(element: Element) -> Region | None:
    """The region that an element makes; `None` where it makes none."""
    attributes = element.attributes
    names = "" if element.tag in _UNNAMED else _names(element)
    kind_and_rule = _by_names(element.tag, attributes.get("role", ""), names)
    if is_hidden(element):
        kind_and_rule = ("boilerplate", NOT_SHOWN)
    elif _HIDDEN_STYLE.search(attributes.get("style", "")[:500]):
        kind_and_rule = ("boilerplate", HIDDEN)
    return Region(*kind_and_rule, element.number, names or element.tag) if kind_and_rule else None


def _names(element: Element) -> str:
    """Class names, id, property and relation of an element, cut into words."""
    value = element.attributes.get
    written = f"{value('class', '')[:300]} {value('id', '')[:100]} {value('itemprop', '')[:50]} {value('rel', '')[:50]}"
    return _SEPARATORS.sub(" ", _CAMEL.sub(" ", written)).lower().strip()


def _by_names(tag: str, role: str, names: str) -> tuple[BlockKind, str] | None:
    """The region that an element's name, role or class names make."""
    if role in _ROLES:
        return _ROLES[role]
    if tag in APART_TAGS:
        return _TAG_REGIONS[tag]
    if names:
        for list_, kind in _CLASS_LISTS:
            if _pattern(list_).search(names):
                return kind, f"{_BY_CLASS} ({list_.removeprefix('markup_')})"
    return _TAG_REGIONS.get(tag)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{load('en', 'residue').alternatives(words)})\b")
