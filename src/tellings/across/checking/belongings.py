"""Whose somebody is: the house, the office or the place that a draft gives to a person, "a researcher for the Osk
Institute", where the tellings have her at another.

What is named right beside a name, before it or in the apposition behind it, is looked for around that name in the
tellings. Only where it stands nowhere near it, and they name another beside it with the same word for what she is, is
she another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from tellings.across.checking.alike import Alike
from tellings.across.checking.fillers import bare, countries
from tellings.across.checking.locating import ROOM
from tellings.across.checking.roles import clauses_beside, is_short_of, named, nouns
from tellings.across.checking.sources import Sources, language_of_telling, starting_in
from tellings.across.checking.verdicts import SHOWN, verdict_on
from tellings.across.families.telling_words import tells
from tellings.across.keys import Word, words
from tellings.across.word_vectors import stem
from tellings.language.base import Language, language_of
from tellings.model.checked import Checked
from tellings.model.records import Mention, Place, Telling
from tellings.model.text import Span

#: Sentences before one with a name, and behind it, that may say whose he is.
BESIDE = 1
_LETTERS = re.compile(r"[A-Z]{2,6}")
#: How alike two names are that may be one in two spellings, of 100.
ALIKE = 75.0
#: Words of a name in full.
FULL = 2


def check_belongings(alike: Alike) -> Iterator[Checked]:
    """What speaks against the names that the draft gives to people as those of their house."""
    draft, sources = alike.draft, alike.sources
    language = language_of(draft.document.read_as)
    for mention in draft.mentions:
        if mention.kind != "name" or not alike.in_own_words(mention.span):
            continue
        name = [bare(word) for word in words(draft.text, (mention.span,))]
        if len(name) < FULL or not sources.is_person(name):
            continue
        for house in _houses(draft, mention, sources):
            if against := _of_another(draft, house, name[-1], sources, language):
                yield verdict_on(sources, "role", house.span, "differs", "of-another-house", (), against[:SHOWN])


@dataclass(frozen=True, slots=True)
class _House:
    """A name beside one of a person: where it stands, and the stems of what says with it what the person is; `None`
    where it stands right behind the name, "Ada Quill of the Osk Institute"."""

    span: Span
    says: frozenset[str] | None


def _houses(telling: Telling, mention: Mention, sources: Sources) -> Iterator[_House]:
    """The names beside one of a person that are of no person."""
    language = language_of_telling(telling)
    if match := language.pattern(ROOM, "of-a-house").match(telling.text, mention.span.end):
        for other in starting_in(telling.mentions, Span(match.end(), match.end() + 1)):
            if other.kind == "name" and not _is_of_a_person(telling, other, sources):
                yield _House(other.span, None)
    another, leading = language.words(ROOM, "begins_another"), language.words(ROOM, "leads_to_a_person")
    for clause in clauses_beside(telling, mention.span):
        row = list(clause)
        if not row:
            continue
        if row[0].start < mention.span.start:
            begins = max((at + 1 for at, word in enumerate(row) if word.normal in another | leading), default=0)
            row = row[begins:]
        else:
            row = row[: next((at for at, word in enumerate(row) if word.normal in another), len(row))]
        if not row:
            continue
        within = Span(row[0].start, row[-1].end)
        houses = [each for each in starting_in(telling.mentions, within) if each.kind == "name"]
        names = [each.span for each in houses]
        says = frozenset(
            stem(bare(word))
            for word in row
            if tells(word.normal) and not any(span.contains(word.span) for span in names)
        )
        for house in houses:
            if not within.contains(house.span) or house.span.overlaps(mention.span):
                continue
            named_so = [bare(word) for word in words(telling.text, (house.span,))]
            if not _is_of_a_person(telling, house, sources) and nouns(language).isdisjoint(named_so):
                yield _House(house.span, says)


def _is_of_a_person(telling: Telling, mention: Mention, sources: Sources) -> bool:
    """Whether a name, or a word of it, is of a person."""
    if mention.chain is not None and telling.chains[mention.chain].kind == "person":
        return True
    return any(sources.is_person((bare(word),)) for word in words(telling.text, (mention.span,)))


def _of_another(draft: Telling, house: _House, surname: str, sources: Sources, language: Language) -> tuple[Place, ...]:
    """The names beside a surname in tellings, where that of the draft stands nowhere near it."""
    written = house.span.of(draft.text)
    mine = _plain(words(draft.text, (house.span,)), language)
    if not mine or _LETTERS.fullmatch(written) or not mine.isdisjoint(countries(language).values()):
        return ()  # first letters may stand for words without a capital; a country many are of
    others: list[Place] = []
    for telling, name, _ in named(surname, sources):
        beside = around(telling, name, sources)
        capital = tuple(each for each in words(telling.text, (beside,)) if telling.text[each.start].isupper())
        if not mine.isdisjoint(_plain(capital, language)):
            return ()
        if is_short_of(written, beside.of(telling.text)):
            return ()
        theirs = next((each for each in telling.mentions if each.span == name), None)
        if theirs is not None:
            others.extend(
                Place(telling.id, each.span)
                for each in _houses(telling, theirs, sources)
                if _of_one_kind(house, each) and not _is_spelled_alike(written, each.span.of(telling.text))
            )
    return tuple(others)


def _of_one_kind(one: _House, other: _House) -> bool:
    """Whether two names may be of houses of one kind, by what is said with them."""
    return one.says is None or other.says is None or not one.says.isdisjoint(other.says)


def _is_spelled_alike(one: str, other: str) -> bool:
    """Whether two names may be one in two spellings."""
    return ratio(one, other) >= ALIKE


def around(telling: Telling, name: Span, sources: Sources) -> Span:
    """The sentence of a name with those beside it."""
    at = sources.number_of.get(Place(telling.id, telling.sentence_around(name)))
    if at is None:
        return telling.sentence_around(name)
    near = [
        each.place.span
        for each in sources.sentences[max(0, at - BESIDE) : at + BESIDE + 1]
        if each.place.telling == telling.id
    ]
    return Span(near[0].start, near[-1].end)


def _plain(row: tuple[Word, ...], language: Language) -> frozenset[str]:
    """Words as they are compared: without a genitive, those of a people as its country."""
    known, small = countries(language), language.lexicon.words("small_word")
    return frozenset(known.get(word, word) for each in row if (word := bare(each)) not in small)
