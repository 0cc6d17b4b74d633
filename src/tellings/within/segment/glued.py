"""Where a heading, a caption or a credit that lost its full stop runs into a sentence: "Ice on it |The mayor said".

Told by its capitals alone, so only where hardly anything else can be meant: a word that opens sentences and stands in
capitals inside one, words in nothing but capitals, and titles of a gallery, which stand over each of its captions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tellings.language.base import Language
from tellings.model.rules import Keyed
from tellings.model.text import Span

#: The folder of the rules.
ROOM = "segment"
#: Letters from which words in capitals are a heading, not some acronym; times that shorter ones stand in a paragraph.
_LETTERS, _TIMES = 12, 3
#: Words of a title that stands over several captions, and characters in which it is looked for.
_SHORTEST, _REACH = 2, 160


def run_in(text: str, spans: Sequence[Span], language: Language) -> list[int]:
    """Where sentences begin inside `spans` behind such a stretch, sorted."""
    rules = _rules(language)
    found = {place for span in spans for ways in (_openers, _capitals) for place in ways(text, span, rules)}
    return sorted(found | set(_titles(text, spans, rules)))


def _openers(text: str, span: Span, rules: _Rules) -> Iterator[int]:
    """Before "The …" and the like; before words that names hold as well ("A", "In") only behind a capital, a number, a
    bracket."""
    for match in rules.opener.finditer(text, span.start, span.end):
        before = _word_before(text, match.start(), span.start)
        if before.casefold() not in rules.no_end and (match["likely"] is None or not before[:1].islower()):
            yield match.end()


def _capitals(text: str, span: Span, rules: _Rules) -> Iterator[int]:
    """On both sides of words in nothing but capitals: "ICE ON THE BRIDGE |The mayor said"."""
    found = list(rules.capitals.finditer(text, span.start, span.end))
    for match in found:
        if len(found) < _TIMES and sum(map(str.isalpha, match[0])) < _LETTERS:
            continue
        before = _word_before(text, match.start() - 1, span.start)
        if before and before.casefold() not in rules.no_end and text[match.start() - 1] == " ":
            yield match.start()
        yield match.end() + 1


def _titles(text: str, spans: Sequence[Span], rules: _Rules) -> Iterator[int]:
    """On both sides of what several captions begin with: "Photos: Ice on the bridge |Ana Vell said"."""
    heads = [
        (tuple(text[match.end() : min(span.end, match.end() + _REACH)].split(" ")), match, span)
        for span in spans
        for match in rules.gallery.finditer(text, span.start, span.end)
    ]
    times = Counter(words[:length] for words, _, _ in heads for length in range(_SHORTEST, len(words)))
    for words, match, span in heads:
        often = times[words[:_SHORTEST]]
        length = next((each for each in range(len(words) - 1, 0, -1) if times[words[:each]] == often), 0)
        while length and words[length - 1].casefold() in rules.sentence_opener:
            length -= 1
        behind = match.end() + len(" ".join(words[:length])) + 1
        if often > 1 and length >= _SHORTEST and behind < span.end and not text[behind].islower():
            if match.start() > span.start:
                yield match.start()
            yield behind


def _word_before(text: str, position: int, floor: int) -> str:
    """The word that ends at `position`, with the bracket that closes it: "" where none does."""
    start = position
    while start > floor and not text[start - 1].isspace():
        start -= 1
    return text[start:position]


@dataclass(frozen=True, slots=True)
class _Rules:
    """Lists and patterns, as `data/<language>/segment` says what they are."""

    opener: re.Pattern[str]
    capitals: re.Pattern[str]
    gallery: Keyed
    no_end: frozenset[str]
    sentence_opener: frozenset[str]


@cache
def _rules(language: Language) -> _Rules:
    return _Rules(
        language.pattern(ROOM, "opener-inside"),
        language.pattern(ROOM, "words-in-capitals"),
        language.keyed(ROOM, "gallery-head"),
        language.words(ROOM, "no_heading_end"),
        language.words(ROOM, "sentence_opener"),
    )
