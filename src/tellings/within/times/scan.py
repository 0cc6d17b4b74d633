"""Find expressions in a stretch of text, left to right, and resolve each in its context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from tellings.model.records import Interval, Provenance, Timex
from tellings.model.text import Span
from tellings.model.tokens import tokens_of
from tellings.within.times import calendar as cal
from tellings.within.times.context import Context, Told
from tellings.within.times.grammar import Compiled, fold, slots
from tellings.within.times.lengths import descends, each_length
from tellings.within.times.links import linked
from tellings.within.times.resolve import RESOLVERS
from tellings.within.times.sense import Groups, Sense

STAGE = "times"
_NOUN_AFTER = re.compile(r"\s+[A-Za-z]")
_HOUR = re.compile(r"[\d:.]*\d")
_LISTED_DAY = re.compile(r"\d{1,2}[a-z]*")
_HYPHENED = re.compile(r"\w-\w+\Z")
#: Slots whose places are asked for where an expression is several.
_PLACES = frozenset(
    (
        "day",
        "days_more",
        "days_before",
        "year_2",
        "bc_first",
        "bc",
        "clock",
        "clock_first",
        "lengths",
        "number",
        "length_first",
        "ordinal",
        "ordinal_first",
    )
)
#: Days to either side that "around" adds to a day, a week or weekend, a month, anything longer. Set by us.
AROUND = {"day": 3, "week": 7, "weekend": 7, "month": 15}
AROUND_LONGER = 182
#: Two years with a dash between them are a range where they lie at most so many years apart.
LONGEST_RANGE = 120
#: Characters before an expression in which its modifier is looked for.
MOD_REACH = 36


@dataclass(frozen=True, slots=True)
class Found:
    """An expression: the rule, its slots as written, where it stands."""

    rule: Compiled
    groups: Groups
    span: Span
    places: Mapping[str, Span]


def scan(context: Context, start: int, end: int) -> list[Timex]:
    """The time expressions of `context.text[start:end]` (one paragraph), in order.

    1. find what the grammar allows at each word, the longest first
    2. resolve it; take in the words before that modify it
    3. remember it for the words after that count from it
    4. tie the ends of ranges, and lengths of time to their dates
    """
    return linked(list(_resolved(context, start, end)), context.text, context.grammar)


def _resolved(context: Context, start: int, end: int) -> Iterator[Timex]:
    context.enter(start, end)
    free = start
    for found in _found(context, start, end):
        if found.span.start < free:
            continue
        for one in _split(found, context):
            sense = RESOLVERS[str(one.rule.rule.meaning["meaning"])](one.rule, one.groups, one.span, context)
            if sense is None:
                continue
            span, sense = _modified(one, sense, context, free)
            if context.history and (sense.type == "DURATION" or "filled" in one.groups):
                span = _with_complement(span, context)
            yield Timex(
                span,
                sense.type,
                sense.value,
                Provenance(STAGE, one.rule.rule.name, evidence=(sense.anchor,) if sense.anchor else ()),
                mod=sense.mod,
                quant=sense.quant,
                freq=sense.freq,
                interval=sense.interval if sense.type in ("DATE", "TIME") else None,
                inferred=sense.inferred,
                ambiguous=sense.ambiguous,
                reason=sense.reason,
                anchor=sense.anchor,
            )
            free = span.end
            if sense.period is not None and sense.type in ("DATE", "TIME"):
                explicit = sense.full or sense.anchor is not None
                context.remember(Told(span, sense.period, explicit, context.paragraph, sense.compared, sense.full))
    context.paragraph += 1


def _found(context: Context, start: int, end: int) -> Iterator[Found]:
    text, grammar = context.text, context.grammar
    free = start
    for position, word in tokens_of(text).between(grammar.starts, start, end):
        if position < free or (position > start and text[position - 1] == "_"):
            continue
        best = None
        tries = grammar.by_start[word]
        if word in grammar.lengths_start and grammar.length_opening.match(text, position, end):
            tries += grammar.after_length[word]
        for try_at, rule in tries:
            match = try_at(text, position, end)
            if match is None:
                continue
            if best is not None:
                longest = best[1].end()
                if match.end() < longest or (match.end() == longest and rule.rank >= best[0].rank):
                    continue
            if rule.history and not context.history:
                continue
            if rule.allows(text, match) and _capitals(slots(match), context):
                best = rule, match
        if best is None:
            continue
        rule, match = best
        free = match.end()
        if rule.rule.meaning["meaning"] != "none":
            groups = slots(match)
            places = {
                name: Span(*match.span(key))
                for key, value in match.groupdict().items()
                if value is not None and (name := key.partition("__")[0]) in _PLACES
            }
            yield Found(rule, groups, Span(position, match.end()).trimmed(text), places)


def _capitals(groups: Groups, context: Context) -> bool:
    """Whether no word stands in small letters that counts only with a capital."""
    for key in ("month", "month_2", "weekday"):
        word = groups.get(key)
        if word and word[0].islower() and fold(word) in context.grammar.needs_capital:
            return False
    if (named := groups.get("named", "")) and not any(letter.isupper() for letter in named):
        return False  # "lent", "the fourth of july": words, or a date for another rule
    weekday = groups.get("weekday", "")
    if 0 < len(weekday) < 5 and not weekday.endswith("."):  # "Sun" is a day only beside a date or a time of day
        return any(key in groups for key in ("month", "day", "clock", "daypart"))
    return True


def _split(found: Found, context: Context) -> list[Found]:
    """Each date of "Sept. 3-5", "3, 4 and 5 September", "1914-18", "480-479 BC", each hour of "7 to 9 p.m.", each of
    lengths that do not make one ("two days and two nights", "between 60 and 90 days"), each of "the first and second
    quarters", else the one."""
    groups, span, places = found.groups, found.span, found.places
    if "year_2" in places:
        year, written = groups["year"], groups["year_2"]
        until = year[: 4 - len(written)] + written
        opening = Found(found.rule, {"year": year}, Span(span.start, span.start + len(year)), {})
        if not int(year) < int(until) <= int(year) + LONGEST_RANGE:
            return [opening]
        return [opening, Found(found.rule, {"year": until}, places["year_2"], {})]
    if "bc_first" in places:
        return [
            Found(found.rule, {"bc": groups["bc_first"]}, places["bc_first"], {}),
            Found(found.rule, {"bc": groups["bc"]}, Span(places["bc"].start, span.end), {}),
        ]
    for key, shared in (("number", ("unit",)), ("ordinal", ("quarter", "year", "which_year"))):
        key_of_first = "length_first" if key == "number" else "ordinal_first"
        if key_of_first in places:
            of_both = {name: groups[name] for name in shared if name in groups}
            return [
                Found(
                    found.rule, of_both | {key: groups[key_of_first]}, Span(span.start, places[key_of_first].end), {}
                ),
                Found(found.rule, groups, Span(places[key].start, span.end), {}),
            ]
    if "lengths" in places and found.rule.rule.meaning["meaning"] == "duration":
        lengths = each_length(groups["lengths"], context)
        if len(lengths) < 2 or not descends(lengths):
            begin = places["lengths"].start
            return [
                Found(
                    found.rule, {"lengths": each.of(groups["lengths"])}, Span(begin + each.start, begin + each.end), {}
                )
                for _, _, each in lengths
            ]
    if "clock_first" in places:
        kept = {key: value for key, value in groups.items() if key not in ("clock_first", "zone")}
        hour = _HOUR.match(groups["clock_first"])
        half = groups["clock_first"][hour.end() :].strip() if hour else ""
        told = {"clock_until": groups["clock"]}
        if half:
            told = {"half_day": half, "half_day_until": groups["half_day"]}
        first = kept | {"clock": hour[0] if hour else ""} | told
        return [
            Found(found.rule, first, places["clock_first"], {}),
            Found(found.rule, groups, Span(places["clock"].start, span.end), {}),
        ]
    if "days_more" in places or "days_before" in places:
        return _days_of_a_month(found)
    return [found]


def _days_of_a_month(found: Found) -> list[Found]:
    """ "Nov. 8, 9 and 10, 2011", "8-10 November": each day for itself, the month and year with one of them."""
    groups, places, span = found.groups, found.places, found.span
    kept = {key: value for key, value in groups.items() if key not in ("days_more", "days_before")}
    key = "days_more" if "days_more" in places else "days_before"
    listed = [
        (match.group(), Span(places[key].start + match.start(), places[key].start + match.end()))
        for match in _LISTED_DAY.finditer(groups[key])
    ]
    if key == "days_more":
        days = [(groups["day"], Span(span.start, places["day"].end)), *listed]
        days[-1] = (days[-1][0], Span(days[-1][1].start, span.end))
    else:
        days = [*listed, (groups["day"], Span(places["day"].start, span.end))]
        days[0] = (days[0][0], Span(span.start, days[0][1].end))
    without_weekday = {key: value for key, value in kept.items() if key != "weekday"}
    return [
        Found(found.rule, (without_weekday if index else kept) | {"day": day}, place, {})
        for index, (day, place) in enumerate(days)
    ]


def _modified(found: Found, sense: Sense, context: Context, free: int) -> tuple[Span, Sense]:
    """The span and sense of `found` with the determiner and the modifier before it taken in."""
    text, span, meaning = context.text, found.span, str(found.rule.rule.meaning["meaning"])
    reach = max(free, span.start - MOD_REACH, context.paragraph_start)
    before = text[reach : span.start]
    counted = meaning in ("offset", "distance", "duration")
    grammar = context.grammar
    list_name = "mod_duration" if counted else "mod_date"
    match = grammar.pattern("mod-duration-before" if counted else "mod-date-before").search(before)
    if match is None and (meaning == "clock" or (meaning == "date" and "weekday" not in found.groups)):
        match, list_name = grammar.pattern("mod-near-before").search(before), "mod_near"
    written = match[list_name] if match is not None else ""
    if match is not None and grammar.holds("bound_or_span", written):
        match = match if _over(found, before[: match.start()], context) else None
    taken = meaning in ("set", "reference") or sense.mod in ("START", "END") or "stretch" in found.groups
    if match is not None and not taken:
        mod = str(grammar.meaning(list_name, written)) or sense.mod
        if mod in ("EARLIER", "LATER") and "weekday" in found.groups:  # "Later Thursday, two men …": an adverb
            return span, sense
        if mod == "APPROX" and grammar.pattern("preposition-after-adverb").search(match.group()):  # "around in 1995"
            return span, sense
        start = reach + match.start()
        joined = match.group().endswith("-") and _NOUN_AFTER.match(text, span.end)  # "the late-November trip"
        begins = grammar.pattern("the-before").match(match.group())
        if (
            not counted
            and not joined
            and not begins
            and (the := grammar.pattern("the-before").search(text, reach, start))
        ):
            start = the.start()
        if mod:
            return Span(start, span.end), _with_mod(sense, mod, meaning, context)
    # An adjective's determiner belongs to its noun: "the third-quarter loss".
    adjective = _NOUN_AFTER.match(text, span.end) and (
        _HYPHENED.search(text, span.start, span.end) or _counts_one(found, context)
    )
    if found.rule.det and not adjective and (the := grammar.pattern("the-before").search(before)):
        return Span(reach + the.start(), span.end), sense
    return span, sense


def _with_complement(span: Span, context: Context) -> Span:
    """A length with what filled it ("two months of hard fighting"): one phrase, as TIDES 2001 has it.

    Histories alone follow that: TIMEX3 of news ends where the unit does.
    """
    filled = context.grammar.pattern("filled-with").match(context.text, span.end, context.paragraph_end)
    return Span(span.start, filled.end()) if filled else span


def _counts_one(found: Found, context: Context) -> bool:
    """Whether a number stands before a unit that is not counted: "the two day rally", as an adjective."""
    unit, number = found.groups.get("unit", ""), found.groups.get("number")
    if number is None or not unit or not found.span.of(context.text).endswith(unit):
        return False
    return context.grammar.holds("span_unit", unit) and not context.grammar.holds("one_number", number)


def _over(found: Found, before: str, context: Context) -> bool:
    """Whether "over" says "more than" and not "in the course of": before a number, after a word that asks for one."""
    if "number" not in found.groups and "article" not in found.groups:
        return False
    if found.rule.rule.name == "period-of-length":
        return False
    return (
        found.rule.rule.meaning["meaning"] == "offset"
        or context.grammar.pattern("more-than-before").search(before) is not None
    )


#: What a bound on the count says of a point counted back, and of one counted on (TIMEX3 mod of points).
_POINT_MODS = {
    "MORE_THAN": ("BEFORE", "AFTER"),
    "LESS_THAN": ("AFTER", "BEFORE"),
    "EQUAL_OR_MORE": ("ON_OR_BEFORE", "ON_OR_AFTER"),
    "EQUAL_OR_LESS": ("ON_OR_AFTER", "ON_OR_BEFORE"),
}


def _with_mod(sense: Sense, mod: str, meaning: str, context: Context) -> Sense:
    interval, period = sense.interval, sense.period
    if mod in ("EARLIER", "LATER"):
        dct = context.dct
        sense = replace(sense, mod="START" if mod == "EARLIER" else "END")
        if interval and dct and interval.earliest <= dct <= interval.latest:
            interval = Interval(interval.earliest, dct) if mod == "EARLIER" else Interval(dct, interval.latest)
        return replace(sense, interval=interval)
    if meaning == "offset" and mod in _POINT_MODS:
        past = sense.value == "PAST_REF" or (interval and context.dct and interval.earliest <= context.dct)
        sense = replace(sense, mod=_POINT_MODS[mod][0 if past else 1])
    else:
        sense = replace(sense, mod=mod)
    if interval is None or period is None:
        return sense
    if mod in ("START", "MID", "END") and period.unit != "day":
        low, high = context.grammar.rules.meanings("share")[mod]
        return replace(sense, interval=cal.part(interval, low, high))
    if meaning == "offset" and mod in ("LESS_THAN", "MORE_THAN"):
        middle = interval.earliest + timedelta(days=(interval.days - 1) // 2)
        past = context.dct is not None and middle <= context.dct
        nearer = (mod == "LESS_THAN") == past
        return replace(
            sense, interval=Interval(middle, interval.latest) if nearer else Interval(interval.earliest, middle)
        )
    if mod == "APPROX" and meaning not in ("offset", "clock"):
        days = AROUND.get(period.unit, AROUND_LONGER)
        low, high = cal.moved(interval.earliest, "day", -days), cal.moved(interval.latest, "day", days)
        return replace(sense, interval=Interval(low, high)) if low and high else sense
    return sense
