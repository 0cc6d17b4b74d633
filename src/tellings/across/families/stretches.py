"""The runs of somebody's own words that utterances are made of: what stands in marks, and reported clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tellings.across.families.speakers import Speaker, speaker_of
from tellings.across.families.when import When
from tellings.across.keys import Word, words
from tellings.model.records import Quote, Telling
from tellings.model.text import Span

#: The level of indirect quotations: an outlet's own words, which no fullest text is made of.
REPORTED = 2

_WORD = re.compile(r"[^\W_]+")
#: What stands in marks; a straight single one opens only before a word, and closes only behind one.
_IN_MARKS = re.compile("""[“"«„‘]([^“”"«»„]+?)(?:[”"»]|’(?!\\w)|\\Z)|(?<![\\w.])'(?=\\w)([^“”"«»„]+?)'(?!\\w)""")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of somebody's own words: `words` of `telling`, quotation index `quote`, bounds, and what it continues.

    `context` are the normal forms of all words of its quotation, those outside marks too. `place` orders
    the stretches of a telling; `level` keeps quotations, those nested in them, and reported clauses apart; `when` it
    was said and told.
    """

    telling: str
    quote: int
    place: int
    start: int
    end: int
    words: tuple[Word, ...]
    context: tuple[str, ...]
    continues: int | None
    level: int
    speaker: Speaker
    when: When


def stretches(tellings: tuple[Telling, ...]) -> list[Stretch]:
    """The stretches of all tellings, in order; of an indirect quotation, in the outlet's words, all of it."""
    found: list[Stretch] = []
    for telling in tellings:
        place = 0
        for index, quote in enumerate(telling.quotes):
            if quote.status == "not-a-statement":
                continue
            all_words = words(telling.text, (quote.content,))
            context = tuple(word.normal for word in all_words)
            speaker, level, when = speaker_of(telling, quote), level_of(quote), When.of(telling, quote)
            for span in own_words(telling.text, quote):
                if normal := all_words if span == quote.content else words(telling.text, (span,)):
                    bounds = (place, span.start, span.end)
                    found.append(
                        Stretch(telling.id, index, *bounds, normal, context, quote.continues, level, speaker, when)
                    )
                    place += 1
    return found


def own_words(text: str, quote: Quote) -> list[Span]:
    """What of a quotation stands in marks; all of it where it is direct, or reported as a whole."""
    if quote.type != "mixed":
        return [quote.content]
    start = quote.content.start
    # The closing mark of the last fragment may stand just outside the content.
    return [
        Span(start + m.start(m.lastindex or 1), start + m.end(m.lastindex or 1)).trimmed(text)
        for m in _IN_MARKS.finditer(quote.content.of(text))
    ]


def level_of(quote: Quote) -> int:
    """0 for what is quoted, 1 for what is quoted within it, `REPORTED` for a reported clause."""
    if quote.type == "indirect":
        return REPORTED
    return 0 if quote.within is None else 1


def holds_words(text: str, quote: Quote) -> bool:
    """Whether there is a stretch of a quotation."""
    return quote.status != "not-a-statement" and any(
        _WORD.search(text, span.start, span.end) for span in own_words(text, quote)
    )
