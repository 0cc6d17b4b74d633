"""What stands among an article's paragraphs and is residue all the same: counted, so that nothing goes in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tellings.edge.readers.html.weighed import COPY, LEFT_OUT, Weighed
from tellings.model.counted import count

#: Fewest words of residue that may be a paragraph of the story, of one that ends as no sentence does, and of a post.
_RUNNING, _LONG, _POST = 8, 25, 5
#: Short lines one behind the other are a list from so many lines and words on.
_LINES, _LISTED = 3, 30
#: Fewest words of a paragraph that says which element holds paragraphs, and of an item of a list or table beside it.
_PARAGRAPH, _ITEM = 8, 2
_ITEMS = frozenset({"dd", "dt", "li", "td", "th"})
#: Dots that end a text that goes on elsewhere, in brackets or not.
_DOTS = re.compile(r"(?:…|\.{3})\s*\]?\s*\Z")
#: Regions of these kinds hold nothing of the article.
_OF_THE_SITE = frozenset({"boilerplate", "promotion"})


@dataclass(frozen=True, slots=True)
class Left:
    """Words that are residue and may be the article's: of boxes, lists and paragraphs among its own, and of `posts` it
    shows; and whether the article `breaks_off`, as the beginning of one that is shown as a sample."""

    running: int = 0
    posts: int = 0
    breaks_off: bool = False

    @property
    def size(self) -> int:
        """All of them."""
        return self.running + self.posts

    def __str__(self) -> str:
        """What they are, in words."""
        told = (
            (self.running, "of text between paragraphs of the article"),
            (self.posts, "of posts that the article shows"),
        )
        return " and ".join(f"{count(number, 'word')} {what}" for number, what in told if number)


def left_in(stretches: Sequence[Weighed]) -> Left:
    """What is residue in the element that holds the article, from its first paragraph to its last; posts behind it too.

    What stands there twice counts once; copies, links, captions, what is hidden and what is the site's do not.
    """
    text = [place for place, each in enumerate(stretches) if each.kind in ("paragraph", "list-item")]
    if not text:
        return Left()
    own = _own_element(stretches)
    holders = frozenset(stretches[place].holder.number for place in text if stretches[place].size >= _PARAGRAPH)
    running: dict[str, int] = {}
    posts: dict[str, int] = {}
    lines: list[Weighed] = []
    for place, each in enumerate(stretches[text[0] :], start=text[0]):
        is_post = each.kind == "embed" and each.size >= _POST
        may_be = place < text[-1] and _may_be_its(each)
        if not (is_post or may_be) or own not in each.element_numbers():
            running.update(_listed(lines))
            lines = []
        elif is_post:
            posts[each.words] = each.size
        elif _is_running(each) or (each.size >= _ITEM and each.block.tag in _ITEMS and each.holder.number in holders):
            running[each.words] = each.size
        elif each.rule == LEFT_OUT:
            lines.append(each)
    last = stretches[text[-1]]
    breaks_off = last.size >= _PARAGRAPH and bool(_DOTS.search(last.text))
    return Left(sum(running.values()), sum(posts.values()), breaks_off)


def _may_be_its(each: Weighed) -> bool:
    """Whether residue may be text of the article."""
    if each.kind not in ("boilerplate", "related") or each.rule == COPY or each.is_hidden or each.is_mostly_link:
        return False
    return not any(region.kind in _OF_THE_SITE for region in each.regions)


def _is_running(each: Weighed) -> bool:
    return each.size >= _LONG or (each.size >= _RUNNING and each.is_sentence)


def _listed(lines: Sequence[Weighed]) -> dict[str, int]:
    """The words of lines one behind the other, with how many they are, where they are a list; nothing of others."""
    is_list = len(lines) >= _LINES and sum(each.size for each in lines) >= _LISTED
    return {each.words: each.size for each in lines if each.size >= _ITEM} if is_list else {}


def _own_element(stretches: Sequence[Weighed]) -> int:
    """The number of the innermost element that holds all paragraphs of the article."""
    text = (each for each in stretches if each.kind in ("paragraph", "list-item"))
    around = next(text).element_numbers()
    for each in text:
        held = frozenset(each.element_numbers())
        around = [number for number in around if number in held]
    return around[0] if around else 0
