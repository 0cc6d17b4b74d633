"""Whether two tellings can mean the same speaker: by names, by how they describe somebody, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import Levenshtein

from tellings.language.base import language_of
from tellings.model.records import EntityKind, Quote, Telling

#: Words two different names share all the same.
_UNTELLING = frozenset({"a", "an", "the", "of", "for", "in", "s"})
_WORD = re.compile(r"[^\W_]+")
#: "The harbour's warden" is not the harbour.
_DESCRIBING = re.compile(r"[^\W_]+(?:['’]\w+)?")
#: Words of a name that may be written by their first letters alone.
_ABBREVIATED = 3


class Sameness(IntEnum):
    """How sure it is that two tellings mean one speaker."""

    OTHER = 0
    #: A person and a body, or two descriptions: people speak for bodies.
    FOR_ANOTHER = 1
    UNKNOWN = 2
    LIKELY = 3
    SAME = 4


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as far as a telling says: the words of a `name`, empty where none is known, and what it names; the
    words of a description ("a harbour clerk"), empty where there is a name. First letters of a long name are in it."""

    name: frozenset[str]
    kind: EntityKind | None
    described: frozenset[str]

    def sameness(self, other: Speaker) -> Sameness:
        """Whether another telling means the same one."""
        if self.name and other.name:
            if not two_names(self.name, other.name):
                return Sameness.SAME
            both_known = self.kind is not None and other.kind is not None
            return Sameness.OTHER if both_known and self.kind == other.kind else Sameness.FOR_ANOTHER
        mine, theirs = self.name or self.described, other.name or other.described
        if mine and theirs and (mine <= theirs or theirs <= mine):
            return Sameness.LIKELY
        return Sameness.FOR_ANOTHER if mine and theirs else Sameness.UNKNOWN

    def differs(self, other: Speaker) -> bool:
        """Whether two people, or two bodies, are named. (A description may mean anybody.)"""
        return (
            self.kind is not None
            and other.kind is not None
            and bool(self.name and other.name)
            and two_names(self.name, other.name)
        )


def speaker_of(telling: Telling, quote: Quote) -> Speaker:
    """Who speaks a quotation, as its telling says."""
    if quote.speaker is not None:
        chain = telling.chains[quote.speaker]
        return Speaker(_name(chain.name, chain.kind), chain.kind, frozenset())
    described = quote.described.of(telling.text).casefold() if quote.described is not None else ""
    language = language_of(telling.document.read_as)
    if described in language.words("quote", "personal_pronoun"):
        return Speaker(frozenset(), None, frozenset())
    # A statement is anybody's.
    untelling = _UNTELLING | language.words("quote", "medium_noun")
    return Speaker(frozenset(), None, frozenset(_DESCRIBING.findall(described)) - untelling)


def _name(name: str, kind: EntityKind) -> frozenset[str]:
    """The words of a name that tell it from others; of a body's long name its first letters, too."""
    words = name_words(name)
    abbreviated = kind != "person" and len(words) >= _ABBREVIATED
    return frozenset(words) | ({"".join(word[0] for word in words)} if abbreviated else frozenset())


def name_words(name: str) -> list[str]:
    """The words of a name that tell it from others, in lower case."""
    return [word for word in _WORD.findall(name.casefold()) if word not in _UNTELLING]


def two_names(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two names cannot be one's: no word in common, or a surname with two different first names (but
    "Vicente" and "Vincente" are spellings of one)."""
    if first <= second or second <= first:
        return False
    if not first & second:
        return True
    return not any(
        Levenshtein.distance(word, other, score_cutoff=1) <= 1 for word in first - second for other in second - first
    )
