"""Naming whole lines: by the rules they match, then by what stands beside them."""

from __future__ import annotations

import re
from itertools import pairwise

from tellings.language.base import Language
from tellings.within.clean.headings import is_headline
from tellings.within.clean.lines import Line
from tellings.within.clean.rules import (
    LONGEST_BLOCK,
    LONGEST_LINE,
    ROOM,
    inline_rules,
    kind_of,
    line_rules,
    words_pattern,
)

#: How many lines at the top may be head lines.
_HEAD = 10
#: A caption is no longer than this (words); a paragraph of story may well be.
_LONGEST_CAPTION = 60
#: A line over a credit is a caption only if it is no longer than this (words).
_LONGEST_UNSIGNED_CAPTION = 40
#: A line of a list of links is no longer than this (words).
_LONGEST_LINK = 22

_QUOTED = re.compile(r"[“„«][^”»]|\"[^\"\n]{1,2000}\"|``|(?:^|\s)[‘'][^’'\n]{3,2000}[’'](?:\s|[.,]|$)")
_SENTENCE_END = re.compile(r"[.!?][\"”’']?\s+[A-Z“\"]")


def has_statement(text: str, language: Language) -> bool:
    """Whether a quotation with a verb of speech stands in `text`: then it is story, whatever else it is."""
    return bool(_QUOTED.search(text) and words_pattern(language, "news_verb").search(text))


def mark_by_rules(lines: list[Line], language: Language) -> None:
    """Name each line that a rule for whole lines matches. Mark-up that already says residue is kept."""
    anywhere, long, head = (
        line_rules(language, "line"),
        line_rules(language, "line", long=True),
        line_rules(language, "head"),
    )
    in_head = True
    for number, line in enumerate(lines):
        if not line.story or line.kind == "headline":
            continue
        size = len(line.text)
        rule = None
        if size <= LONGEST_LINE:
            rule = (head.find(line.text) if in_head and number < _HEAD else None) or anywhere.find(line.text)
        elif size <= LONGEST_BLOCK:
            rule = long.find(line.text)
        if rule and not has_statement(line.text, language):
            line.mark(kind_of(rule), rule.name)
        elif _is_signed_caption(line, language):
            line.mark("caption", "caption-credit")
        elif line.ends_sentence() and line.words > 12:
            in_head = False


def mark_by_neighbours(lines: list[Line], language: Language) -> None:
    """Name lines by the lines beside them.

    1. lines between two credits of one chunk; 2. a line right over a credit; 3. a name right over a
    caption; 4. lines under the head of a list of links.
    """
    spaced = bool(lines) and lines[-1].chunk >= len(lines) // 3
    # 1. inside a credit block
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        close = before.chunk == line.chunk == after.chunk
        credits = before.kind in ("credit", "caption") and after.kind in ("credit", "caption")
        if close and credits and spaced and _plain(line, language) and line.words <= _LONGEST_CAPTION:
            line.mark("credit", "credit-block")
    # 2. a caption over its credit
    for number, (line, after) in enumerate(pairwise(lines)):
        first = number == 0 or lines[number - 1].chunk != line.chunk
        if (
            spaced
            and first
            and number > 0
            and after.chunk == line.chunk
            and after.kind == "credit"
            and _plain(line, language)
            and line.words <= _LONGEST_UNSIGNED_CAPTION
        ):
            line.mark("caption", "caption-over-credit")
    # 3. a name over a caption
    for line, after in pairwise(lines):
        close = line.chunk == after.chunk and after.kind == "caption"
        if close and _plain(line, language) and language.pattern(ROOM, "name-alone").fullmatch(line.text[:100]):
            line.mark("caption", "name-over-caption")
    # 4. lists of links
    telling = len(lines) - 1  # the last line that tells something; marks only ever move it up
    for number, line in enumerate(lines):
        if line.rule == "related-head":
            while telling > number and not _tells(lines[telling]):
                telling -= 1
            _mark_links(lines, number + 1, language, last=telling <= number)


def _tells(line: Line) -> bool:
    return line.story and line.ends_sentence() and line.words > 8


def _mark_links(lines: list[Line], start: int, language: Language, *, last: bool) -> None:
    """Lines under a link list's head: all short ones at the end of the text (`last`), else only plain headlines."""
    for number in range(start, len(lines)):
        line = lines[number]
        short = line.words <= _LONGEST_LINK and not line.text.endswith(".")
        if (
            not _plain(line, language)
            or not short
            or has_statement(line.text, language)
            or not (last or is_headline(line.text, language))
        ):
            return
        line.mark("related", "link-list")


def _plain(line: Line, language: Language) -> bool:
    """Whether nothing has been said of a line yet, and nothing in it says that it is story."""
    return line.kind == "paragraph" and line.hint is None and not has_statement(line.text, language)


def _is_signed_caption(line: Line, language: Language) -> bool:
    """Whether a line ends with a picture credit in brackets and is no longer than a caption."""
    if line.kind != "paragraph" or not line.text.rstrip(".").endswith((")", "]")) or line.words > _LONGEST_CAPTION:
        return False
    opens = max(line.text.rfind("("), line.text.rfind("["))
    signed = opens >= 0 and any(rule.pattern.match(line.text, opens) for rule in inline_rules(language, "caption"))
    return signed and len(_SENTENCE_END.findall(line.text)) <= 2 and not has_statement(line.text, language)
