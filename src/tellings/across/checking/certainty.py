"""Clauses that a draft tells as so, and tellings only as what may be so: "may have caused", "whether he had slept".

A clause of the draft is held against the sentences that tell most of it (`clauses`). It is told as surer than it is
only where each of them leaves open what they share, and neither the draft's sentence leaves it open, nor speaks of what
is still to come.
"""

from __future__ import annotations

from collections.abc import Iterator

from tellings.across.checking.alike import Alike
from tellings.across.checking.clauses import STEMS, Clause, clauses_of, telling_it
from tellings.across.checking.locating import ROOM
from tellings.across.checking.sources import Sources, language_of_telling
from tellings.across.checking.verdicts import SHOWN, verdict_on
from tellings.across.questions.sentence_words import words_of
from tellings.language.base import Language
from tellings.model.checked import Checked
from tellings.model.records import Place
from tellings.model.text import Span

#: Stems that say something behind the words that leave a clause open, of which one must be what it shares.
LEFT_OPEN = 2


def check_certainty(alike: Alike) -> Iterator[Checked]:
    """What speaks against clauses of the draft by being told as no more than possible."""
    draft, sources = alike.draft, alike.sources
    language = language_of_telling(draft)
    open_in_draft = language.pattern(ROOM, "leaves-open")
    for sentence in alike.sentences:
        if open_in_draft.search(sentence.place.span.of(draft.text)):
            continue
        for clause in clauses_of(draft.text, sentence.words, language):
            if clause.negation is not None or len(clause.stems) < STEMS or not alike.in_own_words(clause.span):
                continue
            if places := _left_open(clause, sources, language):
                yield verdict_on(
                    *(sources, "statement", clause.span, "differs", "a-clause-is-told-as-possible"),
                    *((), places[:SHOWN]),
                    reason="certainty",
                )


def _left_open(clause: Clause, sources: Sources, language: Language) -> tuple[Place, ...]:
    """Where sentences leave a clause open; none where one does not."""
    found: list[Place] = []
    for sentence, told in telling_it(clause, sources, language):
        text = sources.by_id[sentence.place.telling].text
        opening = language.pattern(ROOM, "only-possible").search(told.span.of(text))
        if opening is None:
            return ()
        behind = words_of(text, Span(told.span.start + opening.end(), told.span.end), language)
        stems = [word.stem for word in behind if word.stem][:LEFT_OPEN]
        if clause.stems.isdisjoint(stems):
            return ()  # something else is left open
        found.append(Place(sentence.place.telling, told.span))
    return tuple(found)
