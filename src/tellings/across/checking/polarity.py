"""Clauses that a draft tells as so and tellings as not so, or the other way round, in whatever words.

A clause of the draft is held against the sentences that tell most of it: in each of these the clause that shares most
with it is negated or is not. It is told otherwise only where all of them have it the other way round, and what the one
negates (the word behind "not" that says something) stands in the other without negation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tellings.across import keys
from tellings.across.checking.alike import Alike
from tellings.across.checking.clauses import STEMS, Clause, clauses_of, telling_it
from tellings.across.checking.fillers import saying
from tellings.across.checking.sources import Sentence, Sources, language_of_telling, starting_in
from tellings.across.checking.verdicts import SHOWN, verdict_on
from tellings.across.families.speakers import Sameness, Speaker, speaker_of
from tellings.language.base import Language
from tellings.model.checked import Checked
from tellings.model.records import Place
from tellings.model.text import Span


def check_polarity(alike: Alike) -> Iterator[Checked]:
    """What speaks against clauses of the draft by being told as not so, or as so."""
    draft, sources = alike.draft, alike.sources
    language = language_of_telling(draft)
    telling_verbs = language.lexicon.words("telling_verb")
    reported = [quote for quote in draft.quotes if quote.type == "indirect"]
    for sentence in alike.sentences:
        within = starting_in(reported, sentence.place.span)
        bounds = {at for quote in within for at in (quote.content.start, quote.content.end)}
        for clause in clauses_of(draft.text, sentence.words, language, bounds):
            if len(clause.stems) < STEMS or not alike.in_own_words(clause.span):
                continue
            speakers = [speaker_of(draft, quote) for quote in within if quote.content.overlaps(clause.span)]
            if not speakers and not telling_verbs.isdisjoint(word.written for word in sentence.words):
                speakers = _named(sentence, alike)
                if len(speakers) != 1:
                    continue  # who says it may be anybody
            if places := _otherwise(clause, speakers, sources, language):
                span = Span(clause.negation.start, clause.negation.end) if clause.negation is not None else clause.span
                yield verdict_on(
                    *(sources, "statement", span, "differs", "a-clause-is-told-the-other-way-round"),
                    *((), places[:SHOWN]),
                    reason="negation",
                )


def _named(sentence: Sentence, alike: Alike) -> list[Speaker]:
    """The people named in a sentence of the draft."""
    found = []
    for mention in starting_in(alike.draft.mentions, sentence.place.span):
        if mention.kind == "name":
            name = frozenset(word.normal for word in keys.words(alike.draft.text, (mention.span,)))
            if alike.sources.is_person(name):
                found.append(Speaker(name, "person", frozenset()))
    return found


def _otherwise(clause: Clause, speakers: Sequence[Speaker], sources: Sources, language: Language) -> tuple[Place, ...]:
    """Where sentences tell a clause the other way round; none where one tells it as the draft does. What `speakers` say
    in the draft may be otherwise where nobody or somebody else says it."""
    found: list[Place] = []
    for sentence, told in telling_it(clause, sources, language):
        if (told.negation is None) == (clause.negation is None):
            return ()
        negated = told.negated or clause.negated
        if negated not in told.stems & clause.stems or negated in saying(language):
            continue  # what is not said in one place may be said in another
        telling = sources.by_id[sentence.place.telling]
        said = [speaker_of(telling, quote) for quote in starting_in(telling.quotes, sentence.place.span)]
        if all(any(one.sameness(other) >= Sameness.LIKELY for other in said) for one in speakers):
            found.append(Place(telling.id, told.span))
    return tuple(found)
