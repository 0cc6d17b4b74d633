"""Lengths of time, with what lasted so long or since which event they run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tellings.model.records import Fact, Provenance
from tellings.model.rules import Rule, load
from tellings.model.text import Span
from tellings.within.facts.context import Context
from tellings.within.facts.dates import content_of
from tellings.within.facts.events import triggers, unreal, whom
from tellings.within.facts.quantities import Quantity, limits

#: How far (characters) the clause after "since" is read for its event.
CLAUSE = 200
#: So many units are counted one by one, so that "nearly" leaves out less than one of them.
COUNTED_OFF = 12
#: A length runs from a day or a vague day, not from a year (days).
WIDEST_DAY = 31
_TO_DAY = re.compile(r"\s+(?:(?:the\s+)?(?:night|morning|evening|day|afternoon)\s+of\s+)?(?:on\s+)?")
_HALF = re.compile(r"\s+and\s+a\s+half(?!\w)", re.IGNORECASE)
_GAP = re.compile(r"\s+(?:straight\s+|full\s+|consecutive\s+|whole\s+|long\s+|more\s+)?")


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], tuple[tuple[Rule, re.Pattern[str]], ...]]:
    rules = load(language, "fact")
    unit = re.compile(rf"(?P<hyphen>-)?(?P<unit>{rules.alternatives('time_unit')})(?![\w])(?!-old)", re.IGNORECASE)
    compiled = []
    for rule in rules.rules:
        if "side" not in rule.meaning:
            continue
        pattern = rule.pattern
        for name in ("lasting", "lasting_noun", "lasting_event"):
            pattern = pattern.replace(f"{{{name}}}", rules.alternatives(name))
        compiled.append(
            (rule, re.compile(pattern + (r"\s+$" if rule.meaning["side"] == "before" else ""), re.IGNORECASE))
        )
    return unit, tuple(compiled)


def durations(context: Context, sentence: int, numbers: Sequence[Quantity]) -> list[Fact]:
    """The durations of one sentence."""
    span = context.sentences[sentence].span
    return [
        context.placed(fact, sentence) for number in numbers if (fact := _duration(context, span, number)) is not None
    ]


def _duration(context: Context, span: Span, number: Quantity) -> Fact | None:
    text = context.text
    unit_pattern, rules = _patterns(context.language)
    start = number.span.end
    gap = _GAP.match(text, start, span.end)
    unit = unit_pattern.match(text, start, span.end) or (unit_pattern.match(text, gap.end(), span.end) if gap else None)
    if unit is None:
        return None
    half = _HALF.match(text, unit.end(), span.end)
    low, high = _days(context, number, unit["unit"].lower(), 0.5 if half else 0.0)
    unit_end = half.end() if half else unit.end()
    before_start = max(span.start, number.span.start - 70)
    for rule, pattern in rules:
        meaning = rule.meaning
        if bool(unit["hyphen"]) != bool(meaning.get("hyphen", False)):
            continue
        if meaning["side"] == "before":
            match = pattern.search(text, before_start, number.span.start) if number.span.start > before_start else None
            match = match if match and match.end() == number.span.start else None
            after = meaning.get("needs_after")
            if match and after and not re.compile(str(after), re.IGNORECASE).match(text, unit_end, span.end):
                continue
        else:
            match = pattern.match(text, unit_end, span.end)
            needed = meaning.get("needs_before")
            if match and needed and not re.compile(str(needed)).search(text[before_start : number.span.start]):
                continue
        if match is None:
            continue
        if meaning.get("since"):
            return _since(context, span, number, unit_end, match.end(), low, high)
        return _lasted(context, span, number, unit_end, rule, match, low, high)
    return None


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
    rules = load(context.language, "fact")
    groups = match.groupdict()
    head_span = Span(*match.span("head")) if groups.get("head") else Span(*match.span())
    if groups.get("head"):
        words = re.sub(r"\s+", " ", groups["head"].lower())
        head = str(rules.meanings("lasting").get(words, rules.meanings("lasting_event").get(words, words)))
    else:
        head = str(rule.meaning["head"])
    idle = rules.words("idle_lasting")
    modifiers = [
        word
        for word in (groups.get("modifiers") or "").lower().split()
        if word not in idle and not word.endswith("-ordered")
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
    events = [event for event in events if not unreal(context.text, Span(clause, span.end), event)]
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
        if not _TO_DAY.fullmatch(context.text, clause, timex.span.start):
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
    rules = load(context.language, "fact")
    length = rules.meanings("time_unit")[unit]
    low, high = number.low, number.high
    if half:
        # "about an hour and a half": the bound is of the whole.
        low, high = limits(
            (number.core_low or low) + half, None if high is None else number.core_low + half, number.bound
        )
    if number.vague in rules.meanings("vague_duration"):
        meaning = rules.meanings("vague_duration")[number.vague]
        low, high = float(meaning["low"]), float(meaning["high"])
    if number.bound == "nearly" and high is not None and high <= COUNTED_OFF:
        # "nearly eight months" are more than seven.
        low = max(low, high - 1)
    shortest = low * length["low"] - length.get("less", 0)
    longest = None if high is None else high * length["high"] + length.get("more", 0)
    return round(max(0.0, shortest), 5), None if longest is None else round(longest, 5)
