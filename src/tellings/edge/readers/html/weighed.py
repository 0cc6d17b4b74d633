"""A stretch of a page as the search for the article weighs it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from tellings.edge.readers.html.elements import Element
from tellings.edge.readers.html.regions import HIDDEN, NOT_SHOWN, Region, regions_of
from tellings.edge.readers.html.scan import Page, Stretch
from tellings.model.records import BlockKind

#: The rules of what is printed twice, and of what nothing but the extractor takes for another thing than the article.
COPY, LEFT_OUT = "printed before", "left out by the extractor"

_WORD = re.compile(r"\w+")
#: Han, Kana, Thai, Lao, Khmer and Burmese letters.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
#: What ends a sentence, and what may stand behind it.
_ENDS, _CLOSING = (".", "!", "?", "…", "。", "！", "？", "؟", "।"), "\"'”’»«›)] "
#: Elements that are part of the sentence around them.
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "tt", "u",
})  # fmt: skip
#: Elements between a paragraph and what holds the text.
_BETWEEN = frozenset({"blockquote", "dl", "li", "ol", "table", "tbody", "td", "th", "thead", "tr", "ul"})
#: Share of the letters in links from which a stretch is one.
_LINK, _MOSTLY_LINK = 0.9, 0.5
#: Fewest words of a sentence; the share of words with a capital above which it is a headline; the most words that stand
#: behind one, or behind a quotation.
_SENTENCE, _IN_CAPITALS, _BEHIND = 8, 0.6, 5
_QUOTED = re.compile(r"[“„«‘\"'][^“„«\"]{20,2000}[”“»’\"']")
#: A full stop behind a word in small letters.
_FULL_STOP = re.compile(r"[^\W\d_A-Z]{2}[.][”“»’\"')\]]{0,2}")


@dataclass(eq=False)
class Weighed:
    """A stretch, its text, its words and the regions it stands in, innermost first.

    `inside`: it is taken for the article's; `is_told`: the page's linked data say so. `kind` and `rule`: the role that
    it is given. `is_hidden`: it is not shown.
    """

    stretch: Stretch
    text: str
    words: str
    regions: list[Region]
    inside: bool = False
    is_told: bool = False
    kind: BlockKind = "boilerplate"
    rule: str = ""
    size: int = field(init=False)
    is_hidden: bool = field(init=False)

    def __post_init__(self) -> None:
        self.size = size_of(self.words)
        self.is_hidden = any(region.rule in (HIDDEN, NOT_SHOWN) for region in self.regions)

    @property
    def linked(self) -> float:
        """Which share of its letters stands in links."""
        return self.stretch.linked / max(1, len(self.text) - self.text.count(" "))

    @property
    def is_link(self) -> bool:
        """Whether it is a link and nothing else."""
        return self.linked >= _LINK

    @property
    def is_mostly_link(self) -> bool:
        """Whether more than half of it stands in links."""
        return self.linked > _MOSTLY_LINK

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text.rstrip(_CLOSING)[-1:] in _ENDS

    @cached_property
    def block(self) -> Element:
        """The element that it is the text of, elements within a sentence left out."""
        element = self.stretch.element
        while element.tag in _INLINE and element.parent is not None:
            element = element.parent
        return element

    @cached_property
    def holder(self) -> Element:
        """The element around it, lists, tables and quotations left out."""
        element = self.block.parent or self.block
        while element.tag in _BETWEEN and element.parent is not None:
            element = element.parent
        return element

    @cached_property
    def article(self) -> int:
        """The number of the innermost `article` element around it; 0 without one."""
        return next((element.number for element in self.block.ancestors() if element.tag == "article"), 0)

    @cached_property
    def tags(self) -> list[str]:
        """The names of the elements around it, innermost first."""
        return [element.tag for element in self.stretch.element.ancestors(6)]

    def element_numbers(self) -> list[int]:
        """The elements around it, innermost first."""
        return [element.number for element in self.stretch.element.ancestors()]


def reads_as_text(each: Weighed) -> bool:
    """Whether a stretch reads as running text, not as the headline of another article: it stands between quotation
    marks, leads in to what follows, or has a sentence with at most a few words behind it, such as to share it."""
    text = each.text.strip()
    words = text.split()
    if len(words) < _SENTENCE or sum(word[:1].isupper() for word in words) > _IN_CAPITALS * len(words):
        return False
    quoted = _QUOTED.match(text)
    if quoted is not None and len(quoted[0].split()) >= _SENTENCE and _few(text, quoted.end()):
        return True
    ends = [match.end() for match in _FULL_STOP.finditer(text)]
    return text.endswith(":") or (bool(ends) and _few(text, ends[-1]))


def _few(text: str, place: int) -> bool:
    return len(text[place:].split()) <= _BEHIND


def weighed(page: Page) -> list[Weighed]:
    """The stretches of a page, none taken for the article's yet."""
    known: dict[int, Region | None] = {}
    found = []
    for stretch in page.stretches:
        text = page.view.text[stretch.start : stretch.end]
        found.append(Weighed(stretch, text, words_of(text), regions_of(stretch.element, known)))
    return found


def size_of(text: str) -> int:
    """How many words a text has; two letters of a script that is written without spaces count as one."""
    return len(_WORD.findall(_DENSE.sub(" ", text))) + len(_DENSE.findall(text)) // 2


def words_of(text: str) -> str:
    """The words of a text, lower case, one space between them."""
    return " ".join(_WORD.findall(text.lower()))
