"""Lengths of time, and what comes again: DURATION and SET."""

from __future__ import annotations

from itertools import pairwise

from tellings.model.text import Span
from tellings.within.times import numbers
from tellings.within.times.context import Context
from tellings.within.times.grammar import Compiled, slots
from tellings.within.times.sense import Groups, Sense


def counted_in(groups: Groups, context: Context) -> float | str | None:
    """How many: a number, "X" where vague, 1 for an article, `None` where nothing is said."""
    if "vague" in groups:
        meaning = context.grammar.meaning("vague", groups["vague"])
        return "X" if meaning == "X" else float(meaning)
    if "number" in groups:
        counted = numbers.count(groups["number"], context.grammar)
        return counted if counted is None else counted + _more(groups, context)
    if "half" in groups:
        return 0.5
    if "article" in groups or context.grammar.holds("one_unit", groups.get("unit", "")):
        return 1.0 + _more(groups, context)
    return "X"


def _more(groups: Groups, context: Context) -> float:
    """What "and a half" after the unit adds."""
    return float(context.grammar.known("half_more", groups.get("or_so", "")) or 0.0)


def each_length(written: str, context: Context) -> list[tuple[float | str, str, Span]]:
    """The lengths that `written` joins ("two years and a month"): count, unit, and where in `written` each stands."""
    found: list[tuple[float | str, str, Span]] = []
    for match in context.grammar.length_of_several.finditer(written):
        groups = slots(match)
        count = counted_in(groups, context)
        if count is not None:
            found.append((count, str(context.grammar.meaning("unit", groups["unit"])), Span(*match.span())))
    return found


#: Units from coarse to fine, as one length of several units tells them.
_COARSE_TO_FINE = (
    "century",
    "decade",
    "year",
    "quarter",
    "month",
    "fortnight",
    "week",
    "day",
    "hour",
    "minute",
    "second",
)


def descends(lengths: list[tuple[float | str, str, Span]]) -> bool:
    """Whether each length is told in a finer unit than the one before: together they are one."""
    places = [_COARSE_TO_FINE.index(unit) if unit in _COARSE_TO_FINE else -1 for _, unit, _ in lengths]
    return all(place >= 0 for place in places) and all(one < two for one, two in pairwise(places))


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


#: Half of a unit in the next finer one: "half a year ago" is told to the month.
HALVES = {"century": ("year", 50.0), "decade": ("year", 5.0), "year": ("month", 6.0), "month": ("week", 2.0)}


def length(count: float | str, unit: str) -> str:
    """An ISO 8601-1 duration; TIMEX3 adds decades (E), centuries (C), quarters (Q), weekends (WE)."""
    if isinstance(count, str):
        return _CODES["year" if unit == "decade" else unit].format("X")
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


def _joined(lengths: list[tuple[float | str, str, Span]]) -> str:
    """One duration of several lengths: "P1Y2M", "P17D" for two weeks and three days, "P1DT6H"."""
    values = [length(count, unit) for count, unit, _ in lengths]
    if len(lengths) == 2 and lengths[0][1] == "week" and lengths[1][1] == "day":
        weeks, days = lengths[0][0], lengths[1][0]
        if not isinstance(weeks, str) and not isinstance(days, str):
            return length(weeks * 7 + days, "day")
    dates = "".join(value[1:] for value in values if not value.startswith("PT"))
    clocks = "".join(value[2:] for value in values if value.startswith("PT"))
    return f"P{dates}" + (f"T{clocks}" if clocks else "")


def resolve_duration(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """A length of time."""
    if "some_time" in groups:
        return Sense("DURATION", "PXX")
    if "lengths" in groups:
        return Sense("DURATION", _joined(each_length(groups["lengths"], context)))
    written = groups.get("unit") or groups["units"]
    unit = str(context.grammar.meaning("unit", written))
    counted = counted_in(groups, context)
    mod = None
    if "vague" in groups and counted == 2.0:
        mod = "APPROX"
    if rule.rule.name == "units-long":
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
    freq = str(lists("times", groups["times"])) if "times" in groups else _frequency(groups, context)
    if "adverb_set" in groups:
        return Sense("SET", str(lists("adverb_set", groups["adverb_set"])), freq=freq)
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
    elif "ordinal" in groups:
        counted = float(lists("ordinal", groups["ordinal"]))
    value = "P1E" if unit == "decade" else length(counted, unit)
    return Sense("SET", value, quant=quant, freq=freq)


def _frequency(groups: Groups, context: Context) -> str | None:
    """How often in each period ("three days a week"): "3D", "12X" as TIMEX3 has it."""
    if "freq" not in groups:
        return None
    counted = numbers.count(groups["freq"], context.grammar)
    unit = context.grammar.known("unit", groups["freq_unit"])
    return ("X" if counted is None else numbers.shown(counted)) + (str(unit)[0].upper() if unit else "X")


def _set_part(groups: Groups, context: Context) -> str:
    written = groups.get("daypart_2") or groups.get("daypart")
    grammar = context.grammar
    return str(grammar.known("daypart", written) or grammar.meaning("dayparts", written)) if written else ""
