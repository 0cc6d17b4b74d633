"""The noun phrase after a number: its modifiers and its head, without a tagger.

Closed-class words end the phrase and a plural noun is its head; where neither rule decides, there
is no phrase (Abney 1991 calls the stretch a chunk; ours reads only what precision allows).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tellings.model.rules import load
from tellings.model.text import Span

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_GAP = re.compile(r"[ \t\u00a0]+|\s(?!\s)")
_PEOPLE = re.compile(r"(?:[^aeiou]ian|[a-z]an|ist|crat|[a-z]er|ur|[aeiou]?[nlrqt]i|[a-z]ese|woman|man)$")
_UNDONE = re.compile(r"un[a-z]{3,}ed")
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
    additional: frozenset[str]
    no_head: frozenset[str]
    irregular: dict[str, str]
    befell: frozenset[str]
    human: frozenset[str]


@cache
def words_of(language: str) -> _Words:
    """The word lists of `language` that noun phrases need."""
    rules = load(language, "fact")
    return _Words(
        rules.words("phrase_end"),
        rules.words("not_plural"),
        rules.words("attributive_plural"),
        rules.words("idle_modifier"),
        rules.words("adjective_participle"),
        rules.words("additional"),
        rules.words("no_head"),
        {word: str(meaning) for word, meaning in rules.meanings("irregular").items()},
        rules.words("befell"),
        rules.words("human_head"),
    )


def plural(word: str, language: str = "en") -> bool:
    """Whether a lower-case word is a plural noun by its form."""
    lists = words_of(language)
    if word in lists.irregular:
        return True
    if len(word) < 4 or not word.endswith("s") or word in lists.not_plural or "'" in word or "’" in word:
        return False
    return not word.endswith(("ss", "us", "is"))


def singular(word: str, language: str = "en") -> str:
    """The singular of a lower-case plural noun, in the project's normal form ("kids" → "child")."""
    lists = words_of(language)
    if word in lists.irregular:
        return lists.irregular[word]
    if "-" in word:
        head, last = word.rsplit("-", 1)
        return f"{head}-{singular(last, language)}"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    if word.endswith("oes"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def phrase(text: str, start: int, end: int, *, definite: bool = False, language: str = "en") -> Phrase | None:
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
            additional = additional or lower != "new"
        elif lower in lists.befell and not modifiers and not plural(_next(text, word.end, end)[1], language):
            return None
        else:
            # "undocumented" is no verb, "united" and the like stand in the list.
            verb_like = lower.endswith(("ed", "ing")) and not _UNDONE.fullmatch(lower)
            verb_like = verb_like and lower not in lists.participles and "-" not in lower
            if definite or verb_like or lower.endswith("ly"):
                return None
            if lower not in lists.idle:
                modifiers.append(lower)
        start = word.end
    return None


def _with_head(
    text: str, word: Span, lower: str, end: int, modifiers: tuple[str, ...], additional: bool, language: str
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
    if (
        after is not None
        and text[word.start].isupper()
        and text[after.start].isupper()
        and after_lower not in lists.end
    ):
        return None
    head = singular(lower, language)
    # A capitalised word in -s is a name ("nine Hollis trucks") unless it is formed as a people's, a
    # party's or a trade's, or is a common word of a headline.
    if text[word.start].isupper() and not _PEOPLE.search(head) and head not in lists.human:
        return None
    if head in lists.no_head:
        return None
    return Phrase(modifiers, head, word, additional or lower == "others")


def _next(text: str, start: int, end: int) -> tuple[Span | None, str]:
    """The next word after one stretch of white space, and its lower-case form ("" for none)."""
    gap = _GAP.match(text, start, end)
    match = _WORD.match(text, gap.end() if gap else start, end)
    if match is None:
        return None, ""
    return Span(match.start(), match.end()), match[0].lower()
