"""The whole path on one screen: one telling at a time, then all of them together.

Within a telling:            Across tellings:
1. clean     → blocks       10. near-duplicates
2. parts     → parts        11. passages
3. segment   → sentences    12. origins
4. marks     → quoted       13. people
5. times     → timexes      14. families
6. mentions  → chains       15. questions
7. quotes    → quotes
8. facts     → facts        16. chronology
9. dating    → datings      17. brief

Within a telling all is a function of its document, and across tellings all is a function of the tellings of one story,
but for what sorts a pile into stories: so documents, and then stories, can be given to any engine (`model/engine.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from tellings.across import digest
from tellings.across.checking import checked as checked_against
from tellings.across.checking.sources import Sources
from tellings.across.chronology import chronology, told_events
from tellings.across.credits import credits
from tellings.across.duplicates import near_duplicates
from tellings.across.families import families
from tellings.across.furniture import furniture, stock
from tellings.across.origins import origins
from tellings.across.people import people
from tellings.across.questions import questions
from tellings.across.reuse import passages
from tellings.across.stories import Stories
from tellings.across.stories.sketch import Sketch, sketch
from tellings.language.base import language_of
from tellings.model.checked import CheckedDraft
from tellings.model.records import (
    Block,
    DigestSentence,
    Document,
    Part,
    PersonDecision,
    Problem,
    Provenance,
    Story,
    Telling,
    Timex,
    ValueDecision,
)
from tellings.model.text import Span
from tellings.within.clean import clean
from tellings.within.dating import datings
from tellings.within.dating.bounds import bounded
from tellings.within.facts import facts
from tellings.within.marks import quoted
from tellings.within.mentions import mentions
from tellings.within.parts import parts
from tellings.within.quotes import quotes
from tellings.within.quotes.context import Context
from tellings.within.segment import sentences
from tellings.within.times import times
from tellings.within.written import with_date


def annotate(document: Document) -> Telling:
    """One telling with all its within-records. A function of the document alone."""
    document = with_date(document, language_of(document.read_as))
    written, context = named(document)  # 1 to 6
    blocks, told, timexes, mentioned, chains = (
        *(context.blocks, context.sentences, context.timexes),
        *(context.mentions, context.chains),
    )
    language = language_of(document.read_as)
    said = quotes(context, model=False)  # 7
    stated = facts(document, blocks, told, timexes, mentioned, chains, said, language)  # 8
    dated = datings(document, blocks, written, told, timexes, said, context.quoted, language)  # 9
    since = replace(document, date=bounded(document.date, dated, timexes))
    return Telling(since, blocks, written, told, timexes, mentioned, chains, said, stated, dated)


def spoken(document: Document, *, model: bool = True) -> Telling:
    """One telling with its quotations and what they rest on: stages 1 to 7. With `model`, also the reported clauses
    that no rule finds, as unsure; the record does without them."""
    document = with_date(document, language_of(document.read_as))
    written, context = named(document)
    return Telling(
        document,
        context.blocks,
        written,
        context.sentences,
        context.timexes,
        context.mentions,
        context.chains,
        quotes(context, model=model),
    )


def named(document: Document) -> tuple[tuple[Part, ...], Context]:
    """The parts of one telling, and all that its quotations are read from: stages 1 to 6."""
    text = document.text
    language = language_of(document.read_as)
    blocks = clean(document, language)  # 1
    written = parts(document, blocks, language)  # 2
    told = sentences(text, blocks, written, language)  # 3
    in_marks, _ = quoted(text, blocks, language)  # 4
    timexes = times(document, blocks, written, told, language)  # 5
    mentioned, chains = mentions(document, blocks, told, tuple(q.span for q in in_marks), language)  # 6
    return written, Context.of(document, blocks, told, timexes, mentioned, chains, in_marks)


def timed(document: Document, country: str | None = None) -> tuple[Timex, ...]:
    """The time expressions of one telling alone: stages 1, 2, 3 and 5."""
    language = language_of(document.read_as)
    document = with_date(document, language)
    blocks = clean(document, language)
    written = parts(document, blocks, language)
    return times(document, blocks, written, sentences(document.text, blocks, written, language), language, country)


def sketched(document: Document) -> Sketch:
    """What one telling is sorted into stories by: its title or headline, the beginning of its text, and its day."""
    text = document.text
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    # A head ("Source: …", "date 2020-11-02") is like that of unrelated tellings; it has a figure or a colon.
    if any(character == ":" or character.isdigit() for character in text[start:end]):
        start = next((block.span.start for block in clean(document) if block.kind != "metadata"), start)
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
    if document.title is not None:
        return sketch(document.id, document.title.value, text[start:], document.date.value)
    first = text[start:end].rstrip()
    if end == len(text) or len(first) > LONGEST_HEADLINE or first.endswith("."):
        return sketch(document.id, "", text[start:], document.date.value)
    return sketch(document.id, first, text[end:], document.date.value)


#: Characters from which a first line is a paragraph, not a headline.
LONGEST_HEADLINE = 200


def unread(document: Document) -> Telling:
    """A telling shown as it stands, with nothing found in it."""
    whole = Span(0, len(document.text))
    why = Provenance("pipeline", "not analysed")
    return Telling(document, (Block(whole, "boilerplate", why),), (Part(whole, document.date, why),))


def relate(
    tellings: Iterable[Telling],
    problems: tuple[Problem, ...] = (),
    decisions: Iterable[ValueDecision] = (),
    of_persons: Iterable[PersonDecision] = (),
) -> Story:
    """All tellings of one story with the records across them; their order does not matter. `decisions` and
    `of_persons` are what a person said of values and of persons, and the story keeps them."""
    ordered = tuple(sorted(tellings, key=_order))
    decided = tuple(sorted(set(decisions)))
    duplicates = near_duplicates(ordered)  # 10
    shared = passages(ordered)  # 11
    credited = credits(ordered)
    independent = origins(ordered, duplicates, shared, credited)  # 12
    persons = tuple(sorted(set(of_persons)))
    known = people(ordered, persons)  # 13
    uttered = families(ordered, independent)  # 14
    compared = questions(ordered, known, decided, uttered, independent)  # 15
    happened, words = told_events(ordered, independent)
    events = chronology(ordered, independent, happened, words)  # 16
    told = digest.brief(ordered, independent, happened)  # 17
    return Story(
        *(ordered, known, duplicates, shared, independent, credited, uttered, compared, events, told, problems),
        decisions=decided,
        of_persons=persons,
    )


def with_origins(tellings: Iterable[Telling], problems: tuple[Problem, ...] = ()) -> Story:
    """Tellings of one story with their origins alone: what its events, a brief and news are counted by."""
    ordered = tuple(sorted(tellings, key=_order))
    duplicates, shared, credited = near_duplicates(ordered), passages(ordered), credits(ordered)
    independent = origins(ordered, duplicates, shared, credited)
    return Story(ordered, (), duplicates, shared, independent, credited, problems=problems)


def chronicled(story: Story) -> Story:
    """A story with its events: stage 16."""
    found, words = told_events(story.tellings, story.origins)
    return replace(story, events=chronology(story.tellings, story.origins, found, words))


def briefed(story: Story, most: int) -> Story:
    """A story with a brief of up to `most` sentences: stage 17."""
    found, _ = told_events(story.tellings, story.origins)
    return replace(story, brief=digest.brief(story.tellings, story.origins, found, most))


def news(story: Story, since: date | Collection[str], most: int) -> tuple[DigestSentence, ...]:
    """Up to `most` sentences of what the tellings of `story` after `since`, or those of these ids, say, and no earlier
    one does."""
    return digest.news(story.tellings, story.origins, since, most)


def checked(
    drafts: Iterable[Telling], tellings: Iterable[Telling], problems: tuple[Problem, ...] = ()
) -> tuple[CheckedDraft, ...]:
    """Drafts held against tellings. Where these are from is counted by their origins; a draft is none of them."""
    story = with_origins(tellings)
    sources = Sources(replace(story, people=people(story.tellings)))
    return tuple(CheckedDraft(draft, checked_against(draft, sources), sources.story, problems) for draft in drafts)


def copied(tellings: Iterable[Telling], problems: tuple[Problem, ...] = ()) -> Story:
    """Tellings of a pile, of one story or of many, with the records of copies alone: near-duplicates, passages and
    origins. Stock lines that stand under several stories of the pile are left out."""
    ordered = tuple(sorted(tellings, key=_order))
    sorted_in = Stories()
    sorted_in.add([sketched(telling.document) for telling in ordered])
    story_of = {member: group[0] for group in sorted_in.groups() for member in group}
    left_out = furniture(ordered, story_of) | stock(ordered)
    duplicates = near_duplicates(ordered, left_out)
    shared = passages(ordered, left_out)
    return Story(
        ordered,
        near_duplicates=duplicates,
        passages=shared,
        origins=origins(ordered, duplicates, shared),
        problems=problems,
    )


def _order(telling: Telling) -> tuple[bool, date, str]:
    """By document date (unknown ones last), then id: a file's name says nothing."""
    value = telling.document.date.value
    return (value is None, value or date.max, telling.id)
