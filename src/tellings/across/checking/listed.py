"""Names of a list: "Osk, Hallan and Lark", where the tellings have Osk, Hallan and Pell.

A list of three names and more says of all what it says. One of them is exchanged where tellings have the others in one
list with another, and nowhere in a sentence with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tellings.across.checking.alike import Alike
from tellings.across.checking.fillers import bare, countries
from tellings.across.checking.locating import ROOM
from tellings.across.checking.roles import is_short_of
from tellings.across.checking.sources import Sources, language_of_telling, starting_in
from tellings.across.checking.verdicts import SHOWN, verdict_on
from tellings.across.keys import words
from tellings.across.word_vectors import stem
from tellings.language.base import Language
from tellings.model.checked import Checked
from tellings.model.records import Place, Telling
from tellings.model.text import Span

#: Names of a list, at least, and those of it that another must have to be the same one.
NAMES, OTHERS = 3, 2
#: How rare the words are together that a sentence must share with the draft's besides.
SAID = 4.0


def check_listed(alike: Alike) -> Iterator[Checked]:
    """What speaks against names of the draft that stand in a list with others."""
    draft, sources = alike.draft, alike.sources
    language = language_of_telling(draft)
    given: list[tuple[str, Sequence[Span], list[frozenset[str]]]] | None = None
    for row in lists_in(draft, language):
        if not alike.in_own_words(row[0]):
            continue
        if given is None:
            given = [
                (telling.id, theirs, [_plain(telling, each, language) for each in theirs])
                for telling in sources.read
                for theirs in lists_in(telling, language)
            ]
        names = [_plain(draft, each, language) for each in row]
        for at, span in enumerate(row):
            others = [name for place, name in enumerate(names) if place != at]
            around = alike.around(span)
            said = around.stems - frozenset(map(stem, set().union(*names))) if around is not None else frozenset()
            if against := _instead(span.of(draft.text), names[at], others, said, given, sources, language):
                yield verdict_on(
                    *(sources, "name", span, "differs", "another-in-its-list", (), against[:SHOWN]),
                    reason="exchanged",
                )


def lists_in(telling: Telling, language: Language) -> Iterator[Sequence[Span]]:
    """The lists of names of a telling: those that commas and a joining word part, with the word that begins a sentence
    with one."""
    joins = language.pattern(ROOM, "joins-a-list")
    for sentence in telling.sentences:
        names = [each.span for each in starting_in(telling.mentions, sentence.span) if each.kind == "name"]
        first = next(iter(words(telling.text, (sentence.span,))), None) if len(names) >= OTHERS else None
        if first is not None and first.end <= names[0].start and telling.text[first.start].isupper():
            names.insert(0, first.span)
        row: list[Span] = []
        for span in names:
            if row and span.start < row[-1].end:
                continue
            if row and not joins.fullmatch(telling.text, row[-1].end, span.start):
                if len(row) >= NAMES:
                    yield row
                row = []
            row.append(span)
        if len(row) >= NAMES:
            yield row


def _instead(
    written: str,
    name: frozenset[str],
    others: Sequence[frozenset[str]],
    said: frozenset[str],
    given: Sequence[tuple[str, Sequence[Span], list[frozenset[str]]]],
    sources: Sources,
    language: Language,
) -> tuple[Place, ...]:
    """The names that stand in lists of tellings with the others of one of the draft, where none has this one; `said`:
    what the draft says of them, of which a sentence with such a list has some."""
    found: list[Place] = []
    for telling_id, row, theirs in given:
        held = [at for at, each in enumerate(theirs) if any(not each.isdisjoint(other) for other in others)]
        if len(held) < OTHERS:
            continue
        telling = sources.by_id[telling_id]
        sentence = telling.sentence_around(row[0])
        if not name.isdisjoint(_plain(telling, sentence, language)):
            return ()
        stems = sources.stems_of(Place(telling_id, sentence))
        if len(held) == len(others) and len(row) == len(held) + 1 and sources.weigh(stems & said) >= SAID:
            if is_short_of(written, sentence.of(telling.text)):
                return ()
            found.extend(Place(telling_id, each) for at, each in enumerate(row) if at not in held)
    return tuple(found)


def _plain(telling: Telling, span: Span, language: Language) -> frozenset[str]:
    """Words as they are compared: without a genitive, those of a people as its country."""
    known, small = countries(language), language.lexicon.words("small_word")
    return frozenset(
        known.get(word, word) for each in words(telling.text, (span,)) if (word := bare(each)) not in small
    )
