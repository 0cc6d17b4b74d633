"""Who does what to whom: "Lind sued the port", where the tellings have that the port sued Lind.

Two names with one verb between them say who does it and to whom, turned round where the verb is passive ("was sued by
Lind"). What tellings only have the other way round is told otherwise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tellings.across.checking.alike import Alike
from tellings.across.checking.fillers import bare, countries
from tellings.across.checking.locating import ROOM
from tellings.across.checking.sources import language_of_telling, starting_in
from tellings.across.checking.verdicts import SHOWN, verdict_on
from tellings.across.families.telling_words import tells
from tellings.across.keys import words
from tellings.across.word_vectors import stem
from tellings.language.base import Language
from tellings.model.checked import Checked
from tellings.model.records import Mention, Place, Telling
from tellings.model.text import Span

#: Words between two names of which one is what the one does to the other.
BETWEEN = 6
_COMMA = ","
_PARTS = re.compile(r"[^\w\s'’-]")


@dataclass(frozen=True, slots=True)
class Done:
    """What one does to another: the names of both as their words, the stem of the verb, and where all of it stands."""

    who: frozenset[str]
    verb: str
    whom: frozenset[str]
    span: Span

    def turned(self, other: Done) -> bool:
        """Whether the other has it the other way round."""
        return not (self.who.isdisjoint(other.whom) or self.whom.isdisjoint(other.who))

    def same(self, other: Done) -> bool:
        """Whether the other has it so."""
        return not (self.who.isdisjoint(other.who) or self.whom.isdisjoint(other.whom))


def check_actors(alike: Alike) -> Iterator[Checked]:
    """What speaks against what people of the draft do to one another."""
    asked = [each for each in done_in(alike.draft) if alike.in_own_words(each.span)]
    if not asked:
        return
    given: Mapping[str, list[tuple[str, Done]]] = defaultdict(list)
    for telling in alike.sources.read:
        for done in done_in(telling):
            given[done.verb].append((telling.id, done))
    for mine in asked:
        beside = given.get(mine.verb, ())
        if any(mine.same(theirs) for _, theirs in beside):
            continue
        against = [Place(telling, theirs.span) for telling, theirs in beside if mine.turned(theirs)]
        if against:
            yield verdict_on(
                *(alike.sources, "statement", mine.span, "differs", "done-by-another", (), against[:SHOWN]),
                reason="exchanged",
            )


def done_in(telling: Telling) -> Iterator[Done]:
    """What somebody does to somebody in the sentences of a telling, where two names say so."""
    language = language_of_telling(telling)
    for sentence in telling.sentences:
        names = [each for each in starting_in(telling.mentions, sentence.span) if each.kind == "name"]
        for one, other in pairwise(names):
            if (done := _done(telling, one, other, language)) is not None:
                yield done


def _done(telling: Telling, one: Mention, other: Mention, language: Language) -> Done | None:
    text = telling.text
    # "The stoker, Ada Quill, praised": a comma ends the apposition that the name is.
    end = one.span.end + text.startswith(_COMMA, one.span.end)
    if end >= other.span.start or _PARTS.search(text, end, other.span.start):
        return None
    between = words(text, (Span(end, other.span.start),))
    if not 0 < len(between) <= BETWEEN or any(text[word.start].isupper() for word in between):
        return None
    row = [word.normal for word in between]
    said = [word for word in row if tells(word) and word not in _auxiliary(language)]
    idle = language.words(ROOM, "done_to_each_other") | language.words(ROOM, "begins_another")
    if len(said) != 1 or not idle.isdisjoint(row) or not language.words("question", "negation").isdisjoint(row):
        return None
    passive = row[-1] in language.words(ROOM, "done_by")
    if passive is not any(word in _being(language) for word in row[: row.index(said[0])]):
        return None  # "a book by", "is fighting"
    if not passive and row[-1] not in (said[0], *language.words(ROOM, "before_a_name")):
        return None  # "Lind talked about Moe"
    mine, theirs = _name(telling, one, language), _name(telling, other, language)
    if not mine or not theirs or not mine.isdisjoint(theirs):
        return None
    span = Span(one.span.start, other.span.end)
    return Done(theirs, stem(said[0]), mine, span) if passive else Done(mine, stem(said[0]), theirs, span)


def _name(telling: Telling, mention: Mention, language: Language) -> frozenset[str]:
    """The words of a name, those of a people as its country."""
    known = countries(language)
    return frozenset(
        known.get(bare(word), bare(word)) for word in words(telling.text, (mention.span,)) if tells(word.normal)
    )


@cache
def _being(language: Language) -> frozenset[str]:
    return language.words(ROOM, "being_done_to")


@cache
def _auxiliary(language: Language) -> frozenset[str]:
    return _being(language) | language.words(ROOM, "before_what_is_done")
