"""What a page is that is no article: said, so that none becomes a telling unnoticed.

Its marks and its own words tell: what its linked data call it, how little it prints, that it is a list of links with a
line under each.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from tellings.edge.readers.html.described import SelfDescription
from tellings.edge.readers.html.scan import Page, Stretch
from tellings.edge.readers.html.weighed import size_of
from tellings.model.counted import count
from tellings.model.records import STORY_KINDS, Hint

#: A page with fewer words of text than this may say that it is no article; with fewer than that it is none.
_FEW, _NEXT_TO_NONE = 120, 15
#: A list of other articles has so many headings that are links, and so few words under each.
_LINKED_HEADINGS, _UNDER_EACH = 5, 60
#: Share of a heading's letters that stand in links.
_LINK = 0.8
#: So many stretches below the text, and so much of each (characters), are searched for the page's own words.
_BELOW, _LONGEST = 6, 500
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def no_article(page: Page, hints: Sequence[Hint], described: SelfDescription) -> str | None:
    """A note what the page seems to be, or that no article was found; `None` for an article."""
    text = [hint.span for hint in hints if hint.kind in STORY_KINDS and hint.kind != "headline"]
    words = sum(size_of(span.of(page.view.text)) for span in text)
    if words < _FEW and (said := _said(page, hints, described)):
        return f"{count(words, 'word')} of text: this seems to be {said}"
    if words == 0:
        return "no article was found on the page; all of it is shown as residue"
    if words < _FEW and (kind := described.other_kind):
        return f"{count(words, 'word')} of text, and the page calls itself {kind}"
    if words < _NEXT_TO_NONE:
        return f"{count(words, 'word')} of text: this seems to be no article"
    linked = _linked_headings(page, hints)
    if linked >= _LINKED_HEADINGS and words / linked < _UNDER_EACH and not described.article:
        return f"{linked} headings that are links, with a few words under each: this seems to be a list of articles"
    return None


def _said(page: Page, hints: Sequence[Hint], described: SelfDescription) -> str | None:
    """What a page with little text says that it is: in its title, its headings, its text and the lines below that."""
    last = max((number for number, hint in enumerate(hints) if hint.kind in STORY_KINDS), default=0)
    told = [page.title]
    for number, (stretch, hint) in enumerate(zip(page.stretches, hints, strict=True)):
        if hint.kind in STORY_KINDS or last < number <= last + _BELOW or _is_heading(stretch):
            told.append(hint.span.of(page.view.text)[:_LONGEST])
    shown = "\n".join(told).lower().replace("’", "'")
    for is_, pattern in _words():
        if pattern.search(shown):
            return is_
    if str(described.article.get("isAccessibleForFree", "")).lower() == "false":
        return str(_file()["paywall"]["is"])
    return None


def _linked_headings(page: Page, hints: Sequence[Hint]) -> int:
    """How many headings between the first and the last paragraph of the text are links."""
    text = [number for number, hint in enumerate(hints) if hint.kind in ("paragraph", "list-item")]
    found = 0
    for number in range(text[0], text[-1]) if text else ():
        stretch = page.stretches[number]
        letters = len("".join(stretch.span.of(page.view.text).split()))
        found += _is_heading(stretch) and stretch.linked >= _LINK * letters
    return found


def _is_heading(stretch: Stretch) -> bool:
    return any(element.tag in _HEADINGS for element in stretch.element.ancestors(3))


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(
        (resources.files("tellings.edge.readers.html") / "nonarticles.toml").read_text(encoding="utf-8")
    )


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind["is"], re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, kind['words']))})(?!\w)"))
        for kind in _file().values()
    )
