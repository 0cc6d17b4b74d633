"""Lengths of time, with what lasted so long or since which event they run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from tellings.language.base import Language
from tellings.model import compiled
from tellings.model.records import Fact, Provenance
from tellings.model.rules import Rule, RuleSet, lowered
from tellings.model.text import Span
from tellings.within.facts.context import Context
from tellings.within.facts.dates import content_of
from tellings.within.facts.events import triggers, unreal, whom
from tellings.within.facts.lists import ROOM, folded
from tellings.within.facts.quantities import Quantity, limits

#: How far (characters) the clause after "since" is read for its event.
CLAUSE = 200
#: How far (characters) before a length its rule looks.
REACH = 70
#: So many units are counted one by one, so that "nearly" leaves out less than one of them.
COUNTED_OFF = 12
#: A length runs from a day or a vague day, not from a year (days).
WIDEST_DAY = 31


@dataclass(frozen=True, eq=False)
class _Rule:
    """A rule of what lasted. `needed`: what must stand on the other side of the length."""

    rule: Rule
    rules: RuleSet
    before: bool
    hyphen: bool
    needed: re.Pattern[str] | None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words beside the length, compiled when they are looked for first."""
        return compiled.pattern(self.rules.expand(self.rule.pattern) + (r"\s+$" if self.before else ""), re.IGNORECASE)


@cache
def _rules(language: Language) -> tuple[_Rule, ...]:
    rules = language.rules(ROOM)
    compiled = []
    for rule in rules.rules:
        side, needed = rule.meaning.get("side"), None
        if side is None:
            continue
        if "needs_after" in rule.meaning:
            needed = re.compile(str(rule.meaning["needs_after"]), re.IGNORECASE)
        elif "needs_before" in rule.meaning:
            needed = re.compile(str(rule.meaning["needs_before"]))
        hyphen = bool(rule.meaning.get("hyphen", False))
        compiled.append(_Rule(rule, rules, side == "before", hyphen, needed))
    return tuple(compiled)


def durations(context: Context, sentence: int, numbers: Sequence[Quantity]) -> list[Fact]:
    """The durations of one sentence."""
    span = context.sentences[sentence].span
    return [
        context.placed(fact, sentence) for number in numbers if (fact := _duration(context, span, number)) is not None
    ]


def _duration(context: Context, span: Span, number: Quantity) -> Fact | None:
    text, pattern = context.text, context.lists.pattern
    unit = _unit(text, number.span.end, span.end, pattern)
    if unit is None:
        return None
    half = pattern["half-after"].match(text, unit.end(), span.end)
    low, high = _days(context, number, lowered(unit["unit"]), 0.5 if half else 0.0)
    length = Span(number.span.start, half.end() if half else unit.end())
    for rule in _rules(context.language):
        match = _beside(text, span, length, rule) if rule.hyphen == bool(unit["hyphen"]) else None
        if match is None:
            continue
        if rule.rule.meaning.get("since"):
            return _since(context, span, number, length.end, match.end(), low, high)
        return _lasted(context, span, number, length.end, rule.rule, match, low, high)
    return None


def _unit(text: str, start: int, end: int, pattern: Mapping[str, re.Pattern[str]]) -> re.Match[str] | None:
    """The unit of time behind a number that ends at `start`."""
    if unit := pattern["time-unit-after"].match(text, start, end):
        return unit
    gap = pattern["unit-gap"].match(text, start, end)
    return pattern["time-unit-after"].match(text, gap.end(), end) if gap else None


def _beside(text: str, span: Span, length: Span, rule: _Rule) -> re.Match[str] | None:
    """The words beside a length of time by which `rule` says what lasted."""
    before = max(span.start, length.start - REACH)
    if rule.before:
        match = rule.pattern.search(text, before, length.start) if length.start > before else None
        if match is None or match.end() != length.start:
            return None
        fits = rule.needed is None or rule.needed.match(text, length.end, span.end)
    else:
        match = rule.pattern.match(text, length.end, span.end)
        fits = rule.needed is None or rule.needed.search(text[before : length.start])
    return match if fits else None


def _lasted(
    context: Context,
    span: Span,
    number: Quantity,
    unit_end: int,
    rule: Rule,
    match: re.Match[str],
    low: float,
    high: float | None,
) -> Fact | None:
    rules = context.lists.rules
    groups = match.groupdict()
    head_span = Span(*match.span("head")) if groups.get("head") else Span(*match.span())
    if groups.get("head"):
        words = folded(groups["head"])
        head = str(rules.meanings("lasting").get(words, rules.meanings("lasting_event").get(words, words)))
    else:
        head = str(rule.meaning["head"])
    idle, idle_ending = rules.words("idle_lasting"), context.lists.endings("idle_lasting_ending")
    modifiers = [
        word
        for word in (groups.get("modifiers") or "").lower().split()
        if word not in idle and not word.endswith(idle_ending)
    ]
    subject = None
    # A fire burns by itself: whoever is named beside it is not whom it is about.
    if not rule.meaning.get("nobody"):
        subject = context.subject(span, min(match.start(), number.span.start))
        if subject is None:
            subject = context.nearest_subject(span, number.span.start)
    return Fact(
        Span(min(match.start(), number.span.start), max(match.end(), unit_end)).trimmed(context.text),
        "duration",
        head,
        Provenance("facts", f"duration-{rule.name}"),
        Span(number.span.start, unit_end),
        head_span.trimmed(context.text),
        whom=subject,
        low=low,
        high=high,
        unit="days",
        bound=number.bound,
        scope=" ".join(modifiers),
    )


def _since(
    context: Context, span: Span, number: Quantity, unit_end: int, clause: int, low: float, high: float | None
) -> Fact | None:
    """A time elapsed since an event of a known family, the first that the clause names."""
    if (elapsed := _since_day(context, span, number, unit_end, clause, low, high)) is not None:
        return elapsed
    events = triggers(context.text, Span(clause, min(span.end, clause + CLAUSE)), context.language)
    events = [event for event in events if not unreal(context, Span(clause, span.end), event)]
    if not events:
        return None
    event = events[0]
    return Fact(
        Span(number.span.start, event.span.end),
        "duration",
        event.family,
        Provenance("facts", "duration-since"),
        Span(number.span.start, unit_end),
        event.span,
        whom=whom(context, Span(clause, span.end), event),
        low=low,
        high=high,
        unit="days",
        bound=number.bound,
        scope=content_of(context, event, events),
        event=event.family,
    )


def _since_day(
    context: Context, span: Span, number: Quantity, unit_end: int, clause: int, low: float, high: float | None
) -> Fact | None:
    """A time elapsed since a day that is itself written there."""
    for timex in context.timexes_in(Span(clause, min(span.end, clause + 40))):
        if timex.interval is None or timex.type not in ("DATE", "TIME") or timex.interval.days > WIDEST_DAY:
            return None
        if not context.lists.pattern["to-the-day"].fullmatch(context.text, clause, timex.span.start):
            return None
        return Fact(
            Span(number.span.start, timex.span.end),
            "duration",
            "time elapsed",
            Provenance("facts", "duration-since-day", evidence=(timex.span,)),
            Span(number.span.start, unit_end),
            timex.span,
            low=low,
            high=high,
            unit="days",
            bound=number.bound,
            interval=timex.interval,
            event="time elapsed",
        )
    return None


def _days(context: Context, number: Quantity, unit: str, half: float) -> tuple[float, float | None]:
    rules = context.lists.rules
    length = rules.meanings("time_unit")[unit]
    low, high = number.low, number.high
    if half:
        # "about an hour and a half": the bound is of the whole.
        whole = (number.core_low or low) + half
        low, high = limits(whole, None if high is None else whole, number.bound)
    if number.vague in rules.meanings("vague_duration"):
        meaning = rules.meanings("vague_duration")[number.vague]
        low, high = float(meaning["low"]), float(meaning["high"])
    if number.bound == "nearly" and high is not None and high <= COUNTED_OFF:
        # "nearly eight months" are more than seven.
        low = max(low, high - 1)
    shortest = low * length["low"] - length.get("less", 0)
    longest = None if high is None else high * length["high"] + length.get("more", 0)
    return round(max(0.0, shortest), 5), None if longest is None else round(longest, 5)
