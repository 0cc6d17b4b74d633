"""The noun phrase after a number: its modifiers and its head, without a tagger.

Closed-class words end the phrase and a plural noun is its head; where neither rule decides, there
is no phrase (Abney 1991 calls the stretch a chunk; ours reads only what precision allows).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tellings.language.base import Language
from tellings.model.text import Span
from tellings.within.facts.lists import fact_lists

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_GAP = re.compile(r"[ \t\u00a0]+|\s(?!\s)")
#: A head further from its number than this many words is not looked for.
LONGEST = 5


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: words that narrow it, its head, and whether it adds to others counted elsewhere."""

    modifiers: tuple[str, ...]
    head: str
    head_span: Span
    additional: bool


@dataclass(frozen=True, slots=True)
class _Words:
    end: frozenset[str]
    not_plural: frozenset[str]
    attributive: frozenset[str]
    idle: frozenset[str]
    participles: frozenset[str]
    additional: Mapping[str, bool]
    no_head: frozenset[str]
    irregular: Mapping[str, str]
    befell: frozenset[str]
    human: frozenset[str]
    participle_ending: tuple[str, ...]
    adverb_ending: tuple[str, ...]
    plural_ending: Mapping[str, Mapping[str, Any]]
    plural: re.Pattern[str]
    people: re.Pattern[str]
    undone: re.Pattern[str]


@cache
def words_of(language: Language) -> _Words:
    """The lists and patterns of `language` that noun phrases need."""
    lists = fact_lists(language)
    words, meanings = lists.words, lists.rules.meanings
    return _Words(
        words["phrase_end"],
        words["not_plural"],
        words["attributive_plural"],
        words["idle_modifier"],
        words["adjective_participle"],
        meanings("additional"),
        words["no_head"],
        meanings("irregular"),
        words["befell"],
        words["human_head"],
        lists.endings("participle_ending"),
        lists.endings("adverb_ending"),
        meanings("plural_ending"),
        lists.pattern["plural"],
        lists.pattern["formed-as-people"],
        lists.pattern["undone"],
    )


def plural(word: str, language: Language) -> bool:
    """Whether a lower-case word is a plural noun by its form."""
    lists = words_of(language)
    return word in lists.irregular or (word not in lists.not_plural and lists.plural.match(word) is not None)


def singular(word: str, language: Language) -> str:
    """The singular of a lower-case plural noun, in the project's normal form ("kids" → "child")."""
    lists = words_of(language)
    if word in lists.irregular:
        return lists.irregular[word]
    if "-" in word:
        head, last = word.rsplit("-", 1)
        return f"{head}-{singular(last, language)}"
    for ending, meaning in lists.plural_ending.items():
        if word.endswith(ending) and len(word) >= meaning.get("from", 0):
            return word[: -len(ending)] + str(meaning["singular"])
    return word


def phrase(text: str, start: int, end: int, language: Language, *, definite: bool = False) -> Phrase | None:
    """The noun phrase that begins at `start` (white space before it allowed), its head a plural.

    `definite`: the number stands after "the" or the like and may be a noun phrase by itself
    ("the two announced plans"), so only a head right after it is believed.
    """
    lists = words_of(language)
    modifiers: list[str] = []
    additional = False
    for _ in range(LONGEST):
        word, lower = _next(text, start, end)
        if word is None or lower in lists.end:
            return None
        if plural(lower, language):
            return _with_head(text, word, lower, end, tuple(modifiers), additional, language)
        if lower in lists.additional:
            additional = additional or lists.additional[lower]
        else:
            if lower in lists.befell and not modifiers and not plural(_next(text, word.end, end)[1], language):
                return None
            if definite or _verb_like(lower, lists) or lower.endswith(lists.adverb_ending):
                return None
            if lower not in lists.idle:
                modifiers.append(lower)
        start = word.end
    return None


def _verb_like(lower: str, lists: _Words) -> bool:
    """Whether a word may be a verb; "undocumented" is none, "united" and the like stand in a list."""
    if not lower.endswith(lists.participle_ending) or lower in lists.participles or "-" in lower:
        return False
    return not lists.undone.match(lower)


def _with_head(
    text: str, word: Span, lower: str, end: int, modifiers: tuple[str, ...], additional: bool, language: Language
) -> Phrase | None:
    lists = words_of(language)
    after, after_lower = _next(text, word.end, end)
    if after is not None and lower in lists.attributive and plural(after_lower, language):
        if after_lower in lists.end:
            return None
        if singular(lower, language) == f"{lower} {singular(after_lower, language)}":
            # "crew members" and "crew" are one head.
            return Phrase(modifiers, singular(lower, language), Span(word.start, after.end), additional)
        return _with_head(text, after, after_lower, end, (*modifiers, singular(lower, language)), additional, language)
    # "three Rolling Pins members": a name runs on, and its head cannot be told.
    capital = text[word.start].isupper()
    if after is not None and capital and text[after.start].isupper() and after_lower not in lists.end:
        return None
    head = singular(lower, language)
    # A name, unless it is formed as a people's, or is a common word of a headline.
    if capital and not lists.people.search(head) and head not in lists.human:
        return None
    if head in lists.no_head:
        return None
    return Phrase(modifiers, head, word, additional or lists.additional.get(lower, False))


def _next(text: str, start: int, end: int) -> tuple[Span | None, str]:
    """The next word after one stretch of white space, and its lower-case form ("" for none)."""
    gap = _GAP.match(text, start, end)
    match = _WORD.match(text, gap.end() if gap else start, end)
    if match is None:
        return None, ""
    return Span(match.start(), match.end()), match[0].lower()
