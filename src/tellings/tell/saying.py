"""Which of a telling's own words are shown with what it quotes: those that lead to it ("has denied", "accused"), and
those that tell when, where and to whom it was said ("told reporters on Monday")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tellings.model.records import Quote, Telling
from tellings.model.rules import RuleSet, load
from tellings.model.text import Span

#: Characters that may stand between the words that lead and what is quoted ("denied |reports that| …"); characters
#: before a cue or a circumstance that are looked at.
_BETWEEN, _BEFORE = 60, 60
_STOP = re.compile(r"[“”\"\n;]|[.!?:]\s")
_SPACE = re.compile(r"\s+")


def told_in(stretches: Sequence[Quote]) -> Quote:
    """The stretch of a quotation that says most of who spoke, how, where and when: the first with a cue of its own."""
    with_source = (quote for quote in stretches if quote.source is not None)
    return next((quote for quote in stretches if quote.cue is not None), None) or next(with_source, stretches[0])


def lead(telling: Telling, quote: Quote) -> Span | None:
    """The words up to what is quoted that say what its source does with it: where the verb tells of a stance, where
    what is quoted is the verb's object ("accused |China of …"), or was said before. `None` where it is simply said, and
    where no such words stand before it."""
    if quote.cue is None or quote.cue.end > quote.span.start:
        return None
    by_its_verb = quote.marker is None and (quote.stance != "says" and _verb(telling, quote.cue) in _stances())
    if not (by_its_verb or quote.earlier or _is_object(telling, quote)):
        return None
    text = telling.text
    floor = telling.sentence_around(quote.cue).start
    if quote.source is not None and quote.source.end <= quote.cue.start:
        floor = max(floor, quote.source.end)
    floor = max(floor, quote.cue.start - _BEFORE)
    group = pattern("verb group").search(text, floor, quote.cue.start)
    start = group.start() if group else quote.cue.start
    end = quote.content.start if quote.type == "indirect" else quote.span.start
    between = text[quote.cue.end : end]
    inverted = quote.source is not None and quote.cue.end <= quote.source.start < end
    if len(between) > _BETWEEN or inverted or _STOP.search(between.rstrip(" “\"‘'")):
        end = quote.cue.end
    return Span(start, end).trimmed(text)


def circumstances(telling: Telling, quotes: Sequence[Quote]) -> tuple[Span, ...]:
    """The words that tell when, where and to whom the stretches of a quotation were said, in the order of the text."""
    found: set[Span] = set()
    for quote in quotes:
        told = (_day(telling, quote), _place(telling, quote), _listener(quote))
        found.update(span for span in told if span and not any(span.overlaps(each.content) for each in quotes))
    joined: list[Span] = []
    for span in sorted(found):
        before = joined[-1].end if joined else -1
        if span.start <= before or telling.text[before : span.start].isspace():
            joined[-1] = Span(joined[-1].start, max(before, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _day(telling: Telling, quote: Quote) -> Span | None:
    """The words of the day it was said on, the nearest to the cue in its sentence."""
    if quote.said is None or quote.cue is None:
        return None
    cue, around = quote.cue, telling.sentence_around(quote.cue)
    days = [each.span for each in telling.timexes if each.interval == quote.said and around.contains(each.span)]
    nearest = min(days, key=lambda day: (abs(day.start - cue.start), day), default=None)
    return None if nearest is None else _widened(telling, nearest, pattern("before a day"))


def _place(telling: Telling, quote: Quote) -> Span | None:
    """The words of where it was said, with their preposition: "in a statement". Words of a medium without one, and
    those that are the source, tell something else of it. Of a post's signature, all."""
    medium = quote.medium
    if medium is None or (quote.source is not None and quote.source.overlaps(medium)):
        return None
    widened = _widened(telling, medium, pattern("before a medium"))
    return widened if widened != medium or medium.of(telling.text).startswith("@") else None


def _listener(quote: Quote) -> Span | None:
    """To whom it was said, with the verb where it stands right before: "told reporters"."""
    if quote.audience is None:
        return None
    told = quote.cue is not None and quote.cue.end + 1 == quote.audience.start
    return Span(quote.cue.start, quote.audience.end) if told and quote.cue is not None else quote.audience


def _widened(telling: Telling, span: Span, before: re.Pattern[str]) -> Span:
    """`span` with the words before it that `before` finds."""
    floor = max(telling.sentence_around(span).start, span.start - _BEFORE)
    match = before.search(telling.text, floor, span.start)
    return Span(match.start() if match else span.start, span.end)


def _verb(telling: Telling, cue: Span) -> str:
    return _SPACE.sub(" ", cue.of(telling.text).casefold())


def _is_object(telling: Telling, quote: Quote) -> bool:
    """Whether what is quoted is the object of its verb, and says nothing without it."""
    if quote.type == "direct" or quote.cue is None:
        return False
    verb = _verb(telling, quote.cue)
    group = _rules().meanings("speech_verb").get(verb) or _rules().meanings("act_verb").get(verb)
    by_rule = quote.provenance.rule.split(";")[0] in _rules().words("object_rule")
    return by_rule or group in _rules().words("object_group")


def _stances() -> frozenset[str]:
    return _rules().words("stance")


def _rules() -> RuleSet:
    return load("en", "quote")


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the room of quotations."""
    return re.compile(_rules().expand(_rules().patterns[name].pattern))
