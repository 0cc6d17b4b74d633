"""Sentences and tokens, on offsets: nothing is changed, so nothing is lost.

Sentences tile the text: each starts where the one before ends, white space belongs to the sentence
it follows, and no sentence crosses the edge of a block.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise

from tellings.model.records import Block, Part, Sentence
from tellings.model.rules import load
from tellings.model.text import Span

#: Characters a sentence may have. Longer runs are no sentences (a table, a list, noise); cutting them bounds the
#: cost of every rule that looks at a whole sentence.
LONGEST = 2000
_CLOSERS = "\"'’”»)]"
# A run of terminators, what closes after it, and the white space that follows (or none before a
# capital: a missing space).
_END = re.compile(r"(?:[.!?…]+|\.{3,})(?P<close>[\"'’”»)\]]*)(?P<space>\s*)")
_FIRST_WORD = re.compile(r"[“‘\"']?([A-Z][a-z]+)\b")
_WEEKDAY_NEXT = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_INITIALS = re.compile(r"[a-z]\.[a-z](?:\.[a-z])?")
_WORD_BEFORE = re.compile(r"[\w.’'-]*\Z")
_TOKEN = re.compile(
    r"https?://\S+"
    r"|[@#]\w+"
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W_]+(?:['’‘.-][^\W_]+)*"
    r"|[^\w\s]|_"
)


def sentences(text: str, blocks: tuple[Block, ...], parts: tuple[Part, ...]) -> tuple[Sentence, ...]:
    """The sentences of `text`, tiling it; each inside one block and marked with the part it begins in."""
    part_starts = [part.span.start for part in parts]
    found: list[Sentence] = []
    for index, block in enumerate(blocks):
        start = block.span.start
        # Residue is not read sentence by sentence: one sentence a block keeps the tiling.
        for end in _ends(text, block.span) if block.story else [block.span.end]:
            if end > start:
                part = bisect_right(part_starts, start) - 1
                found.append(Sentence(Span(start, end), index, max(part, 0)))
                start = end
    return tuple(found)


def tokens(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """Words, numbers, handles, links and single marks, in order; white space lies between them."""
    start, end = (span.start, span.end) if span else (0, len(text))
    return tuple(Span(*match.span()) for match in _TOKEN.finditer(text, start, end))


def _ends(text: str, span: Span) -> list[int]:
    """Where sentences end inside `span` (its own end not included)."""
    found = _END.finditer(text, span.start, span.end)
    ends = [match.end() for match in found if match.end() < span.end and _is_end(text, match, span)]
    return [cut for start, end in pairwise([span.start, *ends, span.end]) for cut in _cuts(text, start, end)]


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where a run of more than `LONGEST` characters is cut, at white space where there is some; then its end."""
    found = []
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        start = space + 1 if space >= 0 else start + LONGEST
        found.append(start)
    return [*found, end]


def _is_end(text: str, match: re.Match[str], span: Span) -> bool:
    mark = text[match.start()]
    close, space = match.group("close"), match.group("space")
    following = text[match.end()]
    if not space:
        # "a lot.”The doctor": a closing mark and a capital with the space lost. But " .”I" has the
        # space on the wrong side: there the mark opens the next quotation.
        misplaced = text[match.start() - 1 : match.start()].isspace()
        return bool(close) and not misplaced and following.isupper() and close[-1] in '”»"'
    if "\n" in space:
        return True
    opener = following in "“‘«\"'([„@#*" or not (following.isalnum() or following in ",;:.!?…)]”’»–—-/&")
    capital = following.isupper() or following.isdigit() or opener
    if _WORD_BEFORE.search(text, max(span.start, match.start() - 24), match.start()) and mark == "." and not close:
        word = _word_before(text, match.start(), span.start)
        if (word in _abbreviations() and not (word in ("no", "nos") and not following.isdigit())) or (
            len(word) == 1 and word.isalpha() and word != "i"
        ):
            return False
        if _INITIALS.fullmatch(word) and word not in _abbreviations_or_end() and following.isupper():
            return False  # "Rep. G.K. Moll"
        if word in ("a.m", "p.m") and _WEEKDAY_NEXT.match(text, match.end()):
            return False  # "at 11:20 p.m. Wednesday"
        if word in _abbreviations_or_end():
            return capital and not following.isdigit() and _starts_sentence(text, match.end())
        if following.islower():
            # Posts are written without capitals: an ordinary word before the stop ends a sentence.
            return word.isalpha() and word.islower() and len(word) > 2 and text[match.start() - len(word)].islower()
    if not capital:
        return False
    # “How are you?” Ana asked. — the cue clause belongs to the sentence of the quotation.
    if close and mark in "!?…" and _cue_follows().match(text, match.end(), min(span.end, match.end() + 80)):
        return False
    # "just... I" and "Beautiful… She": an ellipsis ends a sentence only before a capital.
    return mark != "…" or following.isupper() or opener


def _word_before(text: str, position: int, floor: int) -> str:
    start = position
    while start > floor and (text[start - 1].isalnum() or text[start - 1] in ".’'"):
        start -= 1
    return text[start:position].casefold().strip("’'.")


def _starts_sentence(text: str, position: int) -> bool:
    """After "Inc." or "p.m.": only a word that seldom stands inside a sentence begins a new one."""
    match = _FIRST_WORD.match(text, position)
    return match is not None and match.group(1).casefold() in load("en", "name").words("sentence_opener")


@cache
def _abbreviations() -> frozenset[str]:
    return load("en", "segment").words("abbreviation")


@cache
def _abbreviations_or_end() -> frozenset[str]:
    return load("en", "segment").words("abbreviation_or_end")


@cache
def _cue_follows() -> re.Pattern[str]:
    verbs = load("en", "quote").alternatives("speech_verb")
    return re.compile(rf"(?:[A-Z][\w’'-]+\s+){{1,3}}(?:\w+ly\s+)?(?:{verbs})\b(?!\s*[,:]?\s*[“\"‘])")
