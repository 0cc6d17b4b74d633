"""Facts: the values a telling gives for things (counts, ages, lengths of time, dates of events, …).

A number is a fact only when it is attached to something: a head noun, a person, an event. Readers
run in the order below and each number is read once, by the first that can say what it is of; one
that none can place is left alone. Word lists and rules are in `data/<language>/fact`.

1. quantities: every number and vague amount, with its bound
2. ages, 3. ordinals, 4. durations, 5. money and measures, 6. counts
7. dates of events
8. counts of nobody; 9. what is left, with a unit or a noun: read, and not set side by side
"""

from __future__ import annotations

from collections.abc import Sequence

from tellings.language.base import Language
from tellings.model.records import Block, Chain, Document, Fact, Mention, Quote, Sentence, Timex
from tellings.model.tokens import DIGITS
from tellings.within.facts.ages import ages
from tellings.within.facts.amounts import amounts
from tellings.within.facts.context import Context
from tellings.within.facts.counts import counts
from tellings.within.facts.dates import dates
from tellings.within.facts.durations import durations
from tellings.within.facts.nobody import nobody
from tellings.within.facts.ordinals import ordinals
from tellings.within.facts.plain import plain, taken_by
from tellings.within.facts.quantities import amounts_in, quantities

__all__ = ["facts"]

#: The words of a sentence in which figures stand and no word.
_FIGURES = frozenset((DIGITS,))


def facts(
    document: Document,
    blocks: Sequence[Block],
    sentences: Sequence[Sentence],
    timexes: Sequence[Timex],
    mentions: Sequence[Mention],
    chains: Sequence[Chain],
    quotes: Sequence[Quote],
    language: Language,
) -> tuple[Fact, ...]:
    """The facts of one telling's story blocks, in the order they stand in the text.

    Indices in the facts (`whom`, `sentence`, `quote`) are into the tuples given.

    Raises:
        RuleError: the fact rules of `language` cannot be used.
    """
    context = Context.of(document, blocks, sentences, timexes, mentions, chains, quotes, language)
    found: list[Fact] = []
    for index in context.story:
        if not context.lists.numeral.isdisjoint(context.words[sentences[index].span.start]):
            found += _by_numbers(context, index)
        else:
            found += dates(context, index)
        found += nobody(context, index)
    return tuple(sorted(found, key=lambda fact: (fact.span, fact.kind, fact.head)))


def _by_numbers(context: Context, index: int) -> list[Fact]:
    """The facts of a sentence in which numbers may stand."""
    text, lists, span = context.text, context.lists, context.sentences[index].span
    words = context.words[span.start]
    if words == _FIGURES and not any(map(text[span.start : span.end].__contains__, lists.signs)):
        return []  # nothing stands there that they could be of
    # 1. quantities
    every = amounts_in(text, span, lists, words)
    numbers = quantities(text, every, lists)
    # 2. ages, 3. ordinals
    read = [*ages(context, index), *ordinals(context, index)]
    # 4. durations, 5. money and measures, 6. counts
    for reader in (durations, amounts, counts):
        if numbers and read:
            taken = taken_by(read)
            numbers = [number for number in numbers if taken.isdisjoint(range(number.span.start, number.span.end))]
        read += reader(context, index, numbers)
    # 7. dates of events
    read += dates(context, index)
    # 8. what is left
    return [*read, *plain(context, index, every, taken_by(read))]
