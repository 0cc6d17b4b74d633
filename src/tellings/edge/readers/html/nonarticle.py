"""What a page is that is no article: said, so that none becomes a telling unnoticed.

Its marks and its own words tell: what its linked data call it, how little it prints, that it is a list of links, with a
line under each or without, that it holds pictures with captions, or a film, and next to no text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from tellings.edge.readers.html.described import SelfDescription
from tellings.edge.readers.html.scan import Page, Stretch
from tellings.edge.readers.html.weighed import LEFT_OUT, size_of
from tellings.model.counted import count
from tellings.model.records import STORY_KINDS, Hint

#: A page with fewer words of text than this may say that it is no article; with fewer than that it is none.
_FEW, _NEXT_TO_NONE = 120, 15
#: A list of other articles has so many headings that are links, and so few words under each.
_LINKED_HEADINGS, _UNDER_EACH = 5, 60
#: So many lines that are links, with little beside them, are a list, too.
_LINKED_LINES = 8
#: Fewest captions of a gallery, and words of each; and the words below which a film is what a page is about.
_PICTURES, _CAPTION, _FEW_BESIDE_A_FILM = 6, 4, 60
#: Share of a heading's letters that stand in links.
_LINK = 0.8
#: So many stretches below the text, and so much of each (characters), are searched for the page's own words.
_BELOW, _LONGEST = 6, 500
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class OtherPage:
    """What a page seems to be; where it is a list of other articles, the days it prints are theirs."""

    said: str
    is_list: bool = False


def no_article(page: Page, hints: Sequence[Hint], described: SelfDescription) -> OtherPage | None:
    """What the page seems to be, or that no article was found; `None` for an article.

    1. what it says itself; 2. what its linked data call it; 3. pictures with captions, a film; 4. no text, or next to
    none; 5. links with a few words under each, or with none.
    """
    text = [hint.span for hint in hints if hint.kind in STORY_KINDS and hint.kind != "headline"]
    words = sum(size_of(span.of(page.view.text)) for span in text)
    # 1. its words
    if words < _FEW and (said := _said(page, hints, described)):
        return OtherPage(f"{count(words, 'word')} of text: this seems to be {said}")
    # 2. its linked data
    if words < _FEW and (kind := described.other_kind):
        called, is_list = _called(kind)
        return OtherPage(f"{count(words, 'word')} of text, and the page calls itself {called}", is_list)
    # 3. pictures, a film
    if words < _FEW and (captions := _captions(page, hints)) and captions[1] > words:
        seems = "this seems to be a gallery of pictures"
        return OtherPage(f"{count(words, 'word')} of text, and {captions[0]} pictures with captions: {seems}")
    if words + _left_out(page, hints) < _FEW_BESIDE_A_FILM and (film := _film(page)):
        return OtherPage(f"{count(words, 'word')} of text beside {film}: this seems to be a page of {film}")
    # 4. no text
    if words == 0:
        is_list = not described.article and _links_left_out(page, hints) >= _LINKED_LINES
        seems = ": this seems to be a list of articles" if is_list else ""
        return OtherPage(f"no article was found on the page; all of it is shown as residue{seems}", is_list)
    if words < _NEXT_TO_NONE:
        return OtherPage(f"{count(words, 'word')} of text: this seems to be no article")
    # 5. a list
    if described.article:
        return None
    linked = _linked_headings(page, hints)
    if linked >= _LINKED_HEADINGS and words / linked < _UNDER_EACH:
        what = f"{linked} headings that are links, with a few words under each"
        return OtherPage(f"{what}: this seems to be a list of articles", is_list=True)
    linked, among = _linked_lines(page, hints)
    if linked >= _LINKED_LINES and words - among < _FEW and 2 * among > words:
        return OtherPage(
            f"{linked} links, and little text beside them: this seems to be a list of articles", is_list=True
        )
    return None


def _called(kind: str) -> tuple[str, bool]:
    """What a name of schema.org or Open Graph stands for, and whether that is a list of articles."""
    told = next((each for each in _file()["kind"] if kind.startswith(each["begins"])), None)
    return (told["is"], told["lists"]) if told else (kind, False)


def _captions(page: Page, hints: Sequence[Hint]) -> tuple[int, int] | None:
    """How many captions the page has and how many words they have; `None` where there are too few for a gallery."""
    found = [size_of(hint.span.of(page.view.text)) for hint in hints if hint.kind == "caption"]
    found = [size for size in found if size >= _CAPTION]
    return (len(found), sum(found)) if len(found) >= _PICTURES else None


def _left_out(page: Page, hints: Sequence[Hint]) -> int:
    """How many words nothing but the extractor takes for no text."""
    return sum(size_of(hint.span.of(page.view.text)) for hint in hints if hint.rule == f"html: {LEFT_OUT}")


def _film(page: Page) -> str | None:
    """ "a video" or "a recording" where the page shows one, by its elements and by what it names as its player."""
    return next((each["is"] for each in _file()["player"] if re.search(each["mark"], page.content)), None)


def _links_left_out(page: Page, hints: Sequence[Hint]) -> int:
    """How many lines that are little else than a link the extractor left out, long enough for headlines."""
    return sum(
        hint.rule == f"html: {LEFT_OUT}"
        and size_of(hint.span.of(page.view.text)) >= _CAPTION
        and _is_mostly_link(stretch, page)
        for stretch, hint in zip(page.stretches, hints, strict=True)
    )


def _is_mostly_link(stretch: Stretch, page: Page) -> bool:
    return 2 * stretch.linked > stretch.characters(page.view.text)


def _linked_lines(page: Page, hints: Sequence[Hint]) -> tuple[int, int]:
    """How many lines of the text are little else than a link, and how many words they have."""
    sizes = [
        size_of(hint.span.of(page.view.text))
        for stretch, hint in zip(page.stretches, hints, strict=True)
        if hint.kind in STORY_KINDS and hint.kind != "headline" and _is_mostly_link(stretch, page)
    ]
    return len(sizes), sum(sizes)


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
        return str(_file()["says"]["paywall"]["is"])
    return None


def _linked_headings(page: Page, hints: Sequence[Hint]) -> int:
    """How many headings between the first and the last paragraph of the text are links."""
    text = [number for number, hint in enumerate(hints) if hint.kind in ("paragraph", "list-item")]
    found = 0
    for number in range(text[0], text[-1]) if text else ():
        stretch = page.stretches[number]
        found += _is_heading(stretch) and stretch.linked >= _LINK * stretch.characters(page.view.text)
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
        for kind in _file()["says"].values()
    )
