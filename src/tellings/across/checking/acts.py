"""Acts that a draft tells and no telling does, by whatever word: somebody was arrested, hurt, sued.

Only acts of weight are looked for, by lists of all words that may tell them (`act_…`): where one of them stands in any
telling, the act may be told there. Words that say much else count only in a sentence like the draft's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tellings.across.checking.alike import Alike
from tellings.across.checking.locating import ROOM
from tellings.across.checking.sources import language_of_telling
from tellings.across.checking.verdicts import verdict_on
from tellings.across.keys import Word, words
from tellings.language.base import Language
from tellings.model.checked import Checked
from tellings.model.records import Place

#: How the lists begin of the words that tell an act; what those say that claim it, and that only may tell it.
LIST, CLAIMS, MAY_TELL = "act_", "claims-it", "may-tell"
#: Words before one among which one negates it.
NEGATED = 5
#: Characters before one in which something leaves it open.
LEADING = 60


def check_acts(alike: Alike) -> Iterator[Checked]:
    """What speaks against acts of the draft: no telling has a word by which they may be told."""
    draft, sources = alike.draft, alike.sources
    language = language_of_telling(draft)
    claims = _claims(language)
    left_open, negation = language.pattern(ROOM, "leaves-open"), language.words("question", "negation")
    seen: set[str] = set()
    for sentence in alike.sentences:
        row = words(draft.text, (sentence.place.span,))
        for at, word in enumerate(row):
            act = claims.get(word.normal)
            if act is None or act in seen or not alike.in_own_words(word.span) or _is_named(alike, word):
                continue
            said = max((mark.end for mark in alike.marks if mark.end <= word.start), default=0)
            if left_open.search(draft.text, max(sentence.place.span.start, said, word.start - LEADING), word.start):
                continue  # "may have been"
            if not negation.isdisjoint(each.normal for each in row[max(0, at - NEGATED) : at]):
                continue  # that nobody was hurt, a telling need not say
            if not _is_told(act, word, alike, language):
                seen.add(act)
                yield verdict_on(
                    sources, "statement", word.span, "not found", "an-act-in-no-telling", _near(alike, word)
                )


def _near(alike: Alike, word: Word) -> Sequence[Place]:
    return [one.sentence.place for one in alike.near(word.span)[:1]]


def _is_named(alike: Alike, word: Word) -> bool:
    """Whether a word is part of a name: "the Blast Theory"."""
    return any(each.span.contains(word.span) for each in alike.draft.mentions if each.kind == "name")


def _is_told(act: str, word: Word, alike: Alike, language: Language) -> bool:
    """Whether a telling has a word by which an act is told, or a sentence that tells what the draft's does one by which
    it may be."""
    telling = language.rules(ROOM).meanings(act)
    if any(alike.sources.where(each) for each, says in telling.items() if says != MAY_TELL):
        return True
    near = {each.written for one in alike.near(word.span) for each in one.sentence.words}
    return not near.isdisjoint(telling)


@cache
def _claims(language: Language) -> Mapping[str, str]:
    """A word that claims an act → the list of it."""
    rules = language.rules(ROOM)
    return {
        word: name
        for name in rules.lists
        if name.startswith(LIST)
        for word, says in rules.meanings(name).items()
        if says == CLAIMS
    }
