"""Which words of a page are its article.

That is trafilatura's decision (Barbaresi 2021, "Trafilatura: a web scraping library and command-line tool for text
discovery and extraction", ACL demo), with its precision setting; its usual one is asked where that leaves out much of
the running text; where neither finds an article, or it cannot run, the densest container of running text is taken (in
the manner of Readability). What the page's linked data give as the article's body counts as well.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence

from tellings.edge.readers.html.scan import Page
from tellings.edge.readers.html.weighed import Weighed, words_of

#: Share of a stretch's 4-word shingles that must stand in the extracted text. 4 words and .6 let
#: through a paragraph from which the extractor dropped a link or a footnote mark.
_SHINGLE, _ENOUGH = 4, 0.6
#: Fewest words of running text that make an article.
_SHORTEST_ARTICLE = 20
#: Fewest words of a paragraph.
_PARAGRAPH = 8
#: A page with more stretches of text than this is not given to trafilatura, which takes minutes for such pages.
#: Of 749 news pages the longest has 2,734.
_MOST_STRETCHES = 20_000
#: Words of running text that the extractor may leave out before its usual setting is asked as well: this many, and
#: this share of what it found.
_LOSS, _LOSS_SHARE = 50, 0.3

_RUNNING = frozenset(
    {"p", "div", "td", "li", "blockquote", "section", "article", "main", "body", "#page", "dd", "span"}
)


class Words:
    """The words of a text in which stretches are looked for."""

    def __init__(self, text: str) -> None:
        self._lines = {words_of(line) for line in text.split("\n")} - {""}
        self._joined = f" {words_of(text)} "
        self._shingles = set(_shingles(self._joined.split()))

    def hold(self, words: str, *, loosely: bool = True) -> bool:
        """Whether `words` stand there: as a line, or four and more of them.

        `loosely`: of eight and more, it is enough that most of their shingles do.
        """
        if not words or not self._lines:
            return False
        if words in self._lines:
            return True
        tokens = words.split()
        if len(tokens) < _SHINGLE:
            return False
        own = _shingles(tokens)
        shared = sum(shingle in self._shingles for shingle in own)
        if shared == len(own) and f" {words} " in self._joined:  # a search of the whole text, where it may succeed
            return True
        return loosely and len(tokens) >= 2 * _SHINGLE and shared >= _ENOUGH * len(own)


def extract(page: Page, stretches: Sequence[Weighed], body: str) -> str | None:
    """Mark the stretches that are inside the article; a note where it was found in another way.

    `body` is what the page's linked data give as the article's text, empty where they give none.

    1. trafilatura, precise; 2. where that loses much, its usual setting; 3. the linked data; 4. density.
    """
    # 1. precision
    extracted, note = _extracted(page, stretches, precise=True)
    found = Words(extracted)
    for each in stretches:
        each.inside = found.hold(each.words)
    # 2. usual
    if note is None and _loses_much(stretches):
        more = Words(_extracted(page, stretches, precise=False)[0])
        articles = {each.article for each in stretches if each.inside}  # a page may have further ones
        for each in stretches:
            each.inside = each.inside or (
                (each.article in articles or not articles)
                and all(region.is_by_class for region in each.regions)
                and more.hold(each.words)
            )
    # 3. linked data
    if body:
        told = Words(body)
        for each in stretches:
            if each.size >= _PARAGRAPH and told.hold(each.words, loosely=False):
                each.inside = each.is_told = True
    _whole_tables(stretches, found)
    # 4. density
    if sum(each.size for each in stretches if each.inside) < _SHORTEST_ARTICLE:
        _densest(stretches)
    return note


def _extracted(page: Page, stretches: Sequence[Weighed], *, precise: bool) -> tuple[str, str | None]:
    if len(stretches) > _MOST_STRETCHES:
        return "", f"{len(stretches):,} stretches of text; the article was found by text density"
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        reason = str(error).partition("\n")[0]
        return "", f"trafilatura cannot be imported ({reason}): see to its installation; text density was used instead"
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(page.content, favor_precision=precise, include_comments=False, with_metadata=False)
    except Exception as error:  # a parser's failure on one page must not end the reading
        return "", f"trafilatura failed ({type(error).__name__}); the article was found by text density"
    return (getattr(found, "text", None) or ""), None


def _loses_much(stretches: Sequence[Weighed]) -> bool:
    """Whether many words of paragraphs were left out, of which class names at most say that they are something else.

    These say it of most pages' sidebars; here they are doubted where what they name is as much as what was found.
    """
    found = sum(each.size for each in stretches if each.inside)
    left_out = [each for each in stretches if not each.inside and _is_running(each)]
    lost = sum(each.size for each in left_out if not each.regions)
    doubted = sum(each.size for each in left_out if all(region.is_by_class for region in each.regions))
    return (lost >= _LOSS and lost >= _LOSS_SHARE * found) or doubted >= max(_LOSS, found)


def _whole_tables(stretches: Sequence[Weighed], found: Words) -> None:
    """A table of which the extracted text has the rows is inside with all of its cells, which are too short to tell."""
    tables: dict[int, list[Weighed]] = {}
    for each in stretches:
        if each.block.tag in ("td", "th") and each.size < _PARAGRAPH:
            table = next((element.number for element in each.block.ancestors() if element.tag == "table"), 0)
            tables.setdefault(table, []).append(each)
    for cells in tables.values():
        if found.hold(" ".join(cell.words for cell in cells if cell.words)):
            for cell in cells:
                cell.inside = True


def _is_running(each: Weighed) -> bool:
    return (
        each.stretch.element.tag in _RUNNING
        and each.size >= _PARAGRAPH
        and not each.is_mostly_link
        and each.is_sentence
    )


def _densest(stretches: Sequence[Weighed]) -> None:
    """Put the stretches of running text inside that stand under the container which has most of it."""
    weights: Counter[int] = Counter()
    running = {each.stretch.start for each in stretches if _is_running(each) and not each.regions}
    for each in stretches:
        if each.stretch.start in running:
            # A container is given all of its own paragraphs and half of those one level further in.
            around = [element.number for element in each.stretch.element.ancestors(3)]
            for number, share in zip(around[-2:], (2, 1), strict=False):
                weights[number] += share * each.size
    best = min(weights, key=lambda number: (-weights[number], number)) if weights else None
    total = 0
    for each in stretches:
        each.inside = best in each.element_numbers() and not each.regions and not each.is_mostly_link
        total += each.size if each.inside and each.stretch.start in running else 0
    if total < _SHORTEST_ARTICLE:
        for each in stretches:
            each.inside = False


def _shingles(tokens: list[str]) -> list[tuple[str, ...]]:
    return [tuple(tokens[start : start + _SHINGLE]) for start in range(len(tokens) - _SHINGLE + 1)]
