"""The times room: time expressions as TIMEX3, each placed on the calendar as far as the text allows.

`find` reads any text; `times` is the stage. Rules and word lists: the room "time" of a language. The method is that of
rule-based taggers such as HeidelTime (Strötgen and Gertz 2010), with intervals and reasons added.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tellings.language.base import Language, language_of
from tellings.model.records import Block, Document, Interval, Part, Provenance, Sentence, Timex
from tellings.model.text import Span
from tellings.within.times.calendar import Period, moved
from tellings.within.times.context import Context, is_history
from tellings.within.times.countries import country_of
from tellings.within.times.grammar import Grammar, grammar
from tellings.within.times.scan import STAGE, scan

__all__ = ["Period", "find", "times"]

#: Residue that is read for dates written out in full: a post's signature, a page's own date.
_DATED_RESIDUE = frozenset({"embed", "updated"})
#: A bare date this many days around an anniversary belongs to its year.
ANNIVERSARY_DAYS = 45
#: The anniversary is looked for in so many story blocks from the top (headline, lead, and one more).
LEAD_BLOCKS = 3
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![^\S\n]*(?:\n|\Z))[^\n]+)*")
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BARE_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)(T.*)?")
_YEARS = re.compile(r"P(\d{1,3})Y")


def find(
    text: str,
    *,
    dct: date | None = None,
    country: str | None = None,
    spans: Sequence[Span] | None = None,
    language: str = "en",
) -> tuple[Timex, ...]:
    """The time expressions of `text`, in order, not overlapping.

    `dct` is the document creation time; without it, expressions that need it get value `None` and a
    reason. `country` (ISO 3166-1 alpha-2) is the publisher's: it decides "4/3/2014" and "Mother's Day"; where it
    is not known, such dates are marked ambiguous. `spans` are the paragraphs to read (default: the text cut at
    blank lines).

    >>> [(found.value, found.span) for found in find("It shut on May 3, 2014.")]
    [('2014-05-03', Span(start=11, end=22))]
    """
    rules = grammar(language_of(language))
    context = Context(text, rules, dct, history=is_history(text, dct, rules), country=country)
    found: list[Timex] = []
    for span in spans if spans is not None else _paragraphs(text):
        found.extend(scan(context, span.start, span.end))
    return tuple(found)


def times(
    document: Document,
    blocks: tuple[Block, ...],
    parts: tuple[Part, ...],
    sentences: tuple[Sentence, ...],
    language: Language,
    country: str | None = None,
) -> tuple[Timex, ...]:
    """The time expressions of a telling's story blocks, each against the date of its part.

    `country` (ISO 3166-1) is the publisher's; by default that of the telling's address.

    1. scan the story blocks of each part in order
    2. take full dates from embedded posts and update lines (rule "embed/…", "updated/…")
    3. where no date is known, give bare days their year from an anniversary told in the lead
    """
    rules, text = grammar(language), document.text
    if country is None and document.url is not None:
        country = country_of(document.url.value)
    starts = [part.span.start for part in parts]
    contexts = [
        Context(
            text,
            rules,
            part.date.value,
            not_after=part.date.not_after,
            not_before=part.date.not_before,
            history=is_history(part.span.of(text), part.date.value, rules),
            country=country,
        )
        for part in parts
    ]
    found: list[Timex] = []
    lead: list[Span] = []
    for block in blocks:
        index = max(0, bisect_right(starts, block.span.start) - 1)
        if block.story:
            lead.append(block.span)
            context = contexts[index] if contexts else Context(text, rules, document.date.value)
            found.extend(scan(context, block.span.start, block.span.end))
        elif block.kind in _DATED_RESIDUE:
            found.extend(_written_out(text, rules, block))
    if all(part.date.value is None and part.date.not_after is None for part in parts):
        found = _anniversary(text, rules, found, lead)
    return tuple(found)


def _paragraphs(text: str) -> Iterable[Span]:
    for match in _PARAGRAPH.finditer(text):
        yield Span(match.start(), match.end())


def _written_out(text: str, rules: Grammar, block: Block) -> Iterable[Timex]:
    """Days and months with their year, which need no context, marked as from residue."""
    for timex in scan(Context(text, rules, None), block.span.start, block.span.end):
        if timex.interval is not None and not timex.inferred:
            provenance = replace(timex.provenance, rule=f"{block.kind}/{timex.provenance.rule}")
            yield replace(timex, provenance=provenance)


def _anniversary(text: str, rules: Grammar, found: list[Timex], lead: list[Span]) -> list[Timex]:
    """Bare days near "N years after" the one dated year of the telling, with that year concluded.

    Only where the full days of the story lie in one year: else which of them it was is a guess.
    """
    words = rules.pattern("years-anniversary")
    top = lead[min(len(lead), LEAD_BLOCKS) - 1].end if lead else 0
    marks = [
        (timex, int(length[1]))
        for timex in found
        if timex.type == "DURATION"
        and timex.span.end <= top
        and (length := _YEARS.fullmatch(timex.value or ""))
        and words.match(text, timex.span.end)
    ]
    full = [
        timex
        for timex in found
        if timex.type == "DATE"
        and not timex.inferred
        and _FULL_DAY.fullmatch(timex.value or "")
        and "/" not in timex.provenance.rule
    ]
    if len({years for _, years in marks}) != 1 or len({timex.value[:4] for timex in full if timex.value}) != 1:
        return found
    mark, years = marks[0]
    return [_with_year(timex, mark, years, full) for timex in found]


def _with_year(timex: Timex, mark: Timex, years: int, full: list[Timex]) -> Timex:
    bare = _BARE_DAY.fullmatch(timex.value or "")
    if bare is None:
        return timex
    for told in full:
        day = moved(told.interval.earliest, "year", years) if told.interval else None
        if day is None:
            continue
        for year in (day.year, day.year - 1, day.year + 1):
            try:
                placed = date(year, int(bare[1]), int(bare[2]))
            except ValueError:
                continue
            if abs((placed - day).days) <= ANNIVERSARY_DAYS:
                return replace(
                    timex,
                    value=placed.isoformat() + (bare[3] or ""),
                    interval=Interval(placed, placed),
                    inferred=True,
                    reason=None,
                    anchor=told.span,
                    provenance=Provenance(
                        STAGE, f"{timex.provenance.rule}+anniversary", evidence=(mark.span, told.span)
                    ),
                )
    return timex
