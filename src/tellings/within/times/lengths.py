"""Lengths of time, and what comes again: DURATION and SET."""

from __future__ import annotations

from tellings.model.text import Span
from tellings.within.times import numbers
from tellings.within.times.context import Context
from tellings.within.times.grammar import Compiled
from tellings.within.times.sense import Groups, Sense


def counted_in(groups: Groups, context: Context) -> float | str | None:
    """How many: a number, "X" where vague, 1 for an article, `None` where nothing is said."""
    if "vague" in groups:
        meaning = context.grammar.meaning("vague", groups["vague"])
        return "X" if meaning == "X" else float(meaning)
    if "number" in groups:
        counted = numbers.count(groups["number"], context.grammar)
        return counted if counted is None else counted + _more(groups, context)
    if "article" in groups or "half" in groups or context.grammar.holds("one_unit", groups.get("unit", "")):
        return 1.0 + _more(groups, context)
    return "X"


def _more(groups: Groups, context: Context) -> float:
    """What "and a half" after the unit adds."""
    return float(context.grammar.known("half_more", groups.get("or_so", "")) or 0.0)


_CODES = {
    "second": "PT{}S", "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "week": "P{}W", "weekend": "P{}WE",
    "fortnight": "P{}W", "month": "P{}M", "quarter": "P{}Q", "year": "P{}Y", "decade": "P{}E", "century": "P{}C",
}  # fmt: skip


_FINER = {
    "year": ("month", 12),
    "hour": ("minute", 60),
    "minute": ("second", 60),
    "day": ("hour", 24),
    "decade": ("year", 10),
    "century": ("year", 100),
}


def length(count: float | str, unit: str) -> str:
    """An ISO 8601-1 duration; TIMEX3 adds decades (E), centuries (C), quarters (Q), weekends (WE)."""
    if isinstance(count, str):
        return _CODES[unit].format("X")
    if unit == "decade":
        return f"P{numbers.shown(count * 10)}Y"
    if unit == "century":
        return f"P{numbers.shown(count * 100)}Y"
    if unit == "fortnight":
        count *= 2
    whole = int(count)
    if count != whole and unit in _FINER:
        finer, times = _FINER[unit]
        rest = (count - whole) * times
        if rest == int(rest):
            tail = _CODES[finer].format(int(rest))
            if not whole:
                return tail
            head = _CODES[unit].format(whole)
            return head + (tail[1:] if "T" not in head else tail[2:])
    return _CODES[unit].format(numbers.shown(count))


def resolve_duration(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """A length of time."""
    if "some_time" in groups:
        return Sense("DURATION", "PXX")
    written = groups.get("unit") or groups["units"]
    unit = str(context.grammar.meaning("unit", written))
    counted = counted_in(groups, context)
    mod = None
    if "vague" in groups and counted == 2.0:
        mod = "APPROX"
    if "half" in groups:
        counted = 0.5
    elif rule.rule.name == "units-long":
        counted = 1.0 if "unit" in groups else "X"
    elif counted is None:
        return None
    if "number_2" in groups:
        second = numbers.count(groups["number_2"], context.grammar)
        if second is None or not isinstance(counted, float) or second <= counted:
            return None
        counted, mod = second, "EQUAL_OR_LESS"
    tail = context.grammar.pattern("counted-tail").search(context.text, span.start, span.end)
    if tail:
        mod = str(context.grammar.meaning("counted_tail", tail["counted_tail"]))
    return Sense("DURATION", length(counted, unit), mod=mod)


def resolve_set(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """What comes again."""
    lists = context.grammar.meaning
    if "adverb_set" in groups:
        return Sense("SET", str(lists("adverb_set", groups["adverb_set"])))
    if "weekdays" in groups:
        day = lists("weekdays", groups["weekdays"])
        return Sense("SET", f"XXXX-WXX-{day}" + _set_part(groups, context))
    quant = str(lists("every", groups["every"])) if "every" in groups else None
    if "weekday" in groups:
        return Sense("SET", f"XXXX-WXX-{lists('weekday', groups['weekday'])}" + _set_part(groups, context), quant=quant)
    if "month" in groups:
        return Sense("SET", f"XXXX-{int(lists('month', groups['month'])):02d}", quant=quant)
    if "season" in groups:
        return Sense("SET", f"XXXX-{lists('season', groups['season'])}", quant=quant)
    if "unit" not in groups and "span_unit" not in groups:
        return Sense("SET", "XXXX-XX-XX" + _set_part(groups, context), quant=quant)
    unit = str(lists("unit", groups.get("unit") or groups["span_unit"]))
    counted: float | str = 1.0
    if "number" in groups:
        counted = numbers.count(groups["number"], context.grammar) or 1.0
    if context.grammar.holds("every_second", groups.get("every", "")):
        counted = 2.0
    freq = str(lists("times", groups["times"])) if "times" in groups else None
    value = "P1E" if unit == "decade" else length(counted, unit)
    return Sense("SET", value, quant=quant, freq=freq)


def _set_part(groups: Groups, context: Context) -> str:
    written = groups.get("daypart_2") or groups.get("daypart")
    grammar = context.grammar
    return str(grammar.known("daypart", written) or grammar.meaning("dayparts", written)) if written else ""
