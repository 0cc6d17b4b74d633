"""Sentences and tokens, on offsets: nothing is changed, so nothing is lost.

Sentences tile the text: each starts where the one before ends, white space belongs to the sentence
it follows, and no sentence crosses the edge of a block. A heading or a caption that ran into the
sentence behind it is one of its own (`glued`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tellings.language.base import Language
from tellings.model.records import Block, Part, Sentence
from tellings.model.text import Span
from tellings.within.segment.glued import run_in

#: The folder of the rules.
ROOM = "segment"
#: Characters a sentence may have. Longer runs are no sentences (a table, a list, noise); cutting them bounds the
#: cost of every rule that looks at a whole sentence.
LONGEST = 2000
_CLOSERS = "\"'’”»)]"
# A run of terminators, what closes after it, and the white space that follows (or none before a
# capital: a missing space). It begins with one character of a set, which `re` looks for by itself.
_END = re.compile(r"[.!?…][.!?…]*(?P<close>[\"'’”»)\]]*)(?P<space>\s*)")
# "the bank.The doctor": a space lost behind a word; "Osk.com", "e.g.Osk" and "site.Osk/now" are none.
_UNSPACED = re.compile(r"[a-z]{3}\.[A-Z][a-z’']+[ ,]")
_FIRST_WORD = re.compile(r"[“‘\"']?([A-Z][a-z]+)\b")
_INITIALS = re.compile(r"[a-z]\.[a-z](?:\.[a-z])?")
_TOKEN = re.compile(
    r"https?://\S+"
    r"|[@#]\w+"
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W_]+(?:['’‘.-][^\W_]+)*"
    r"|[^\w\s]|_"
)


def sentences(
    text: str, blocks: tuple[Block, ...], parts: tuple[Part, ...], language: Language
) -> tuple[Sentence, ...]:
    """The sentences of `text`, tiling it; each inside one block and marked with the part it begins in."""
    words = _words(language)
    part_starts = [part.span.start for part in parts]
    inside = run_in(text, [block.span for block in blocks if block.story], language)
    found: list[Sentence] = []
    for index, block in enumerate(blocks):
        start = block.span.start
        # Residue is not read sentence by sentence: one sentence a block keeps the tiling.
        for end in _ends(text, block.span, words, inside) if block.story else [block.span.end]:
            if end > start:
                part = bisect_right(part_starts, start) - 1
                found.append(Sentence(Span(start, end), index, max(part, 0)))
                start = end
    return tuple(found)


def tokens(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """Words, numbers, handles, links and single marks, in order; white space lies between them."""
    start, end = (span.start, span.end) if span else (0, len(text))
    return tuple(Span(*match.span()) for match in _TOKEN.finditer(text, start, end))


def _ends(text: str, span: Span, words: _Words, inside: list[int]) -> list[int]:
    """Where sentences end inside `span`, its own end the last."""
    found = _END.finditer(text, span.start, span.end)
    ends = [match.end() for match in found if match.end() < span.end and _is_end(text, match, span, words)]
    ends = sorted({*ends, *inside[bisect_right(inside, span.start) : bisect_right(inside, span.end - 1)]})
    return [cut for start, end in pairwise([span.start, *ends, span.end]) for cut in _cuts(text, start, end)]


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where a run of more than `LONGEST` characters is cut, at white space where there is some; then its end."""
    found = []
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        start = space + 1 if space >= 0 else start + LONGEST
        found.append(start)
    return [*found, end]


def _is_end(text: str, match: re.Match[str], span: Span, words: _Words) -> bool:
    """Whether a sentence ends at a run of terminators, what closes behind it, and white space.

    1. without white space; 2. at a line's end; 3. after a word with a stop: an abbreviation, or the last word;
    4. before a capital, but not before the clause that says who spoke
    """
    mark, close, following = text[match.start()], match["close"], text[match.end()]
    # 1. no white space
    if not match["space"]:
        return _ends_unspaced(text, match, following)
    # 2. a line's end
    if "\n" in match["space"]:
        return True
    # 3. after a word
    opener = following in "“‘«\"'([„@#*" or not (following.isalnum() or following in ",;:.!?…)]”’»–—-/&")
    capital = following.isupper() or following.isdigit() or opener
    if mark == "." and not close:
        decided = _ends_after(text, match, span, words, capital=capital)
        if decided is not None:
            return decided
    # 4. before a capital
    if not capital:
        return False
    if close and mark in "!?…" and _cue_follows(text, match.end(), span.end, words):
        return False
    # "just... I" and "Beautiful… She": an ellipsis ends a sentence only before a capital.
    return mark != "…" or following.isupper() or opener


def _ends_unspaced(text: str, match: re.Match[str], following: str) -> bool:
    """ "a lot.”The doctor", "a lot.The doctor": a capital with the space before it lost. But " .”I" has the space on
    the wrong side: there the mark opens the next quotation."""
    close = match["close"]
    if not close:
        return _UNSPACED.match(text, max(0, match.start() - 3)) is not None
    misplaced = text[match.start() - 1 : match.start()].isspace()
    return not misplaced and following.isupper() and close[-1] in '”»"'


def _ends_after(text: str, match: re.Match[str], span: Span, words: _Words, *, capital: bool) -> bool | None:
    """Whether a sentence ends at the stop after a word; `None` where the word does not tell."""
    following, word = text[match.end()], _word_before(text, match.start(), span.start)
    if word in words.abbreviation and not (word in words.before_number and not following.isdigit()):
        is_noun = word in words.noun_too and text[match.start() - len(word) : match.start()] == word
        return is_noun and capital and _starts_sentence(text, match.end(), words)
    if len(word) == 1 and word.isalpha() and word not in words.one_letter:
        return False
    if _INITIALS.fullmatch(word) and word not in words.abbreviation_or_end and following.isupper():
        return False  # "Rep. G.K. Moll"
    if word in words.half_day and words.weekday.match(text, match.end()):
        return False  # "at 11:20 p.m. Wednesday"
    if word in words.country and words.outlet.match(text, match.end()):
        return False  # "U.S. News"
    if word in words.abbreviation_or_end:
        return capital and not following.isdigit() and _starts_sentence(text, match.end(), words)
    if following.islower():
        # Posts are written without capitals: an ordinary word before the stop ends a sentence.
        return word.isalpha() and word.islower() and len(word) > 2 and text[match.start() - len(word)].islower()
    return None


def _cue_follows(text: str, position: int, end: int, words: _Words) -> bool:
    """“How are you?” Ana asked. — the cue clause belongs to the sentence of the quotation."""
    return words.cue.match(text, position, min(end, position + 80)) is not None


def _word_before(text: str, position: int, floor: int) -> str:
    start = position
    while start > floor and (text[start - 1].isalnum() or text[start - 1] in ".’'"):
        start -= 1
    return text[start:position].casefold().strip("’'.")


def _starts_sentence(text: str, position: int, words: _Words) -> bool:
    """After "Inc." or "p.m.": only a word that seldom stands inside a sentence begins a new one."""
    match = _FIRST_WORD.match(text, position)
    return match is not None and match.group(1).casefold() in words.sentence_opener


@dataclass(frozen=True, slots=True)
class _Words:
    """Lists and patterns of the room, as `data/<language>/segment` says what they are."""

    abbreviation: frozenset[str]
    abbreviation_or_end: frozenset[str]
    before_number: frozenset[str]
    one_letter: frozenset[str]
    noun_too: frozenset[str]
    country: frozenset[str]
    half_day: frozenset[str]
    sentence_opener: frozenset[str]
    weekday: re.Pattern[str]
    outlet: re.Pattern[str]
    cue: re.Pattern[str]


@cache
def _words(language: Language) -> _Words:
    words = language.rules(ROOM).words
    return _Words(
        words("abbreviation"),
        words("abbreviation_or_end"),
        words("before_number"),
        words("one_letter"),
        words("noun_too"),
        words("country"),
        words("half_day"),
        words("sentence_opener"),
        language.pattern(ROOM, "weekday-next"),
        language.pattern(ROOM, "outlet-next"),
        language.pattern(ROOM, "cue-clause-next"),
    )
