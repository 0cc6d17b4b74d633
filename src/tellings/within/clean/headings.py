"""Headlines: the telling's own, those between its paragraphs, and those of other stories set into it."""

from __future__ import annotations

import re

from tellings.language.base import Language
from tellings.within.clean.lines import Line, is_wrapped
from tellings.within.clean.rules import ROOM

#: A headline has at least and at most this many words when it is told by its capitals alone.
_FEWEST, _MOST = 8, 32
#: How many words inside it must be ones that only a headline capitalises (list `headline_words`).
_TELLING = 2
#: How far from a paragraph's end another story's headline may begin (characters).
_REACH = 320
#: Of the words before it in the paragraph, this share must be in lower case: else capitals tell nothing.
_LOWER = 0.4
_LONGEST_HEADLINE, _LONGEST_SUBHEADING = 26, 13

# Begins with a set of characters, which `re` looks for by itself; so would it not behind a look back.
_SENTENCE_START = re.compile(r"[.!?\"”’]\s+(?=[A-Z\d])")
_TERMINAL_BEFORE = re.compile(r"[.!?][\"”’']?$")
_EDGES = ".,:;!?()[]–—-…"
_QUOTES = re.compile(r"[\"“”«»„]")
_ITEM = re.compile(r"(?:[•·▪●◦‣*]|[-–]\s|\(?\d{1,2}[.)]\s)\s*\S")
_WORD = re.compile(r"\w+")


def mark_headings(lines: list[Line], title: str, *, hinted: bool) -> None:
    """Name the headline, subheadings and list items of plain text.

    1. a first story line that is the title, or is short and no sentence, is the headline; 2. short
    lines alone between paragraphs that are no sentences are subheadings; 3. lines with an item's mark
    are list items.
    """
    if hinted:
        return
    story = [line for line in lines if line.kind == "paragraph"]
    # 1. headline
    if story and _is_title(story[0], title, alone=len(story) == 1) and not _begins_wrapped(story):
        story[0].mark("headline", "first line")
    for number, line in enumerate(lines):
        if line.kind != "paragraph":
            continue
        # 3. list items
        if _ITEM.match(line.text[:12]):
            line.mark("list-item", "item mark")
        # 2. subheadings
        elif number + 1 < len(lines) and _is_subheading(lines, number):
            line.mark("subheading", "short line between paragraphs")


def is_headline(text: str, language: Language) -> bool:
    """Whether `text` is a headline by its capitals: every word but the small ones has one.

    A sentence of names has capitals too, so words are asked for that sentences do not capitalise.
    """
    if _QUOTES.search(text):
        return False
    small, telling = language.words(ROOM, "small_words"), language.words(ROOM, "headline_words")
    words = []
    for written in text.split():
        word = written.strip(_EDGES)
        if word and word[0].islower() and word.lower() not in small:
            return False
        if word:
            words.append(word)
    if not _FEWEST <= len(words) <= _MOST:
        return False
    return sum(word.replace("’", "'") in telling for word in words[1:]) >= _TELLING


def trailing_headline(text: str, language: Language) -> int | None:
    """Where the headline of another story begins that ends the paragraph `text`; `None` when none does."""
    if len(text) < 2 * _FEWEST:
        return None
    # The mark that ends the sentence before may stand right before the reach.
    for match in reversed(list(_SENTENCE_START.finditer(text, max(0, len(text) - _REACH - 1)))):
        end = match.start() + 1
        if not _TERMINAL_BEFORE.search(text[max(0, end - 3) : end]):
            continue
        if is_headline(text[match.end() :], language):
            before = text[max(0, end - 600) : end].split()
            return match.end() if sum(word[0].islower() for word in before) >= _LOWER * len(before) else None
    return None


def _is_title(line: Line, title: str, *, alone: bool) -> bool:
    said, own = _WORD.findall(line.text[:400].lower()), _WORD.findall(title.lower())
    if own and said == own:
        return True
    return (
        not alone
        and line.words <= _LONGEST_HEADLINE
        and not line.text.rstrip("\"'”’)").endswith((".", "…", ":", ",", ";"))
        and line.text.lstrip("\"'“‘«")[:1].isupper()
    )


def _begins_wrapped(story: list[Line]) -> bool:
    """Whether the first line is the beginning of a hard-wrapped paragraph."""
    group = [line for line in story[:40] if line.chunk == story[0].chunk]
    return len(group) > 1 and (group[1].text[:1].islower() or is_wrapped(group))


def _is_subheading(lines: list[Line], number: int) -> bool:
    line = lines[number]
    before, after = lines[number - 1] if number else None, lines[number + 1]
    alone = (before is None or before.chunk != line.chunk) and after.chunk != line.chunk
    return (
        alone
        and line.words <= _LONGEST_SUBHEADING
        and line.text[:1].isupper()
        and not line.text.endswith((",", "-", "–", "—", "”", '"', "'", "’"))
        and not line.ends_sentence()
        and not _QUOTES.search(line.text)
    )
