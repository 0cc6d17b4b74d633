"""Sums of money and physical measures, where what they are of stands right beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from tellings.model.records import Bound, Fact, Provenance
from tellings.model.rules import lowered
from tellings.model.text import Span
from tellings.model.tokens import DIGITS
from tellings.within.facts.context import Context
from tellings.within.facts.lists import FactLists
from tellings.within.facts.nouns import phrase
from tellings.within.facts.quantities import PARTING, Quantity, bounded_behind, limits

#: How far (characters) before a sum its noun or verb may begin, before a sum its fund, and before a share its bound.
_REACH, _FUND_REACH, _BOUND_REACH = 60, 140, 24
#: How far before a sum a word begins that makes a range of it, and one that makes a change of it.
_BETWEEN, _MOVED = 10, 16
#: Bounds that a range of sums may have: "more than $5 to $10" is a change.
_OF_A_RANGE: frozenset[Bound] = frozenset({"exact", "about"})
#: How many times the least of a range its most is.
_FARTHEST = 10


def amounts(context: Context, sentence: int, numbers: Sequence[Quantity]) -> list[Fact]:
    """The sums and measures of one sentence."""
    span, text = context.sentences[sentence].span, context.text
    words = context.words[span.start]
    found = [fact for number in numbers if (fact := _measure(context, span, number))]
    if DIGITS in words:
        keyed = context.lists.keyed
        # Asking for the sign or the word first costs a hundredth of the patterns.
        signs, codes = _currencies(context.lists)
        if not codes.isdisjoint(words) or any(text.find(sign, span.start, span.end) >= 0 for sign in signs):
            found += _sums(context, span, "money")
        if keyed["money-in-words"].may_stand(words):
            found += _sums(context, span, "money-in-words")
        if keyed["share"].may_stand(words) or text.find("%", span.start, span.end) >= 0:
            found += _percentages(context, span)
        if keyed["magnitude-of-a-quake"].may_stand(words):
            found += _magnitudes(context, span)
    return [context.placed(fact, sentence) for fact in found]


@dataclass(frozen=True, slots=True)
class _OfWhat:
    """What a sum is of: the words that say it, its normal form, what narrows it, whose it is, and by which rule."""

    span: Span
    head: str
    rule: str
    scope: str = ""
    whom: int | None = None


@cache
def _currencies(lists: FactLists) -> tuple[tuple[str, ...], frozenset[str]]:
    """The signs and the codes that stand before a sum, in lower case."""
    written = lists.words["currency"]
    signs = {bare for each in written if (bare := each.strip(ascii_lowercase))}
    return tuple(sorted(signs)), frozenset(each for each in written if each.isalpha())


def _sums(context: Context, span: Span, pattern: str) -> Iterator[Fact]:
    """Sums of money, each with what it is of; one that nothing beside it says that of is read, and not compared."""
    text, lists, done = context.text, context.lists, span.start
    for match in lists.pattern[pattern].finditer(text, span.start, span.end):
        if match.start() < done:
            continue  # the upper end of a range
        unit = _unit(match, lists)
        start, bound = _bounded(text, max(span.start, match.start() - _REACH), match.start(), lists)
        low = high = round(_value(match, lists), 2)
        done = match.end()
        if bound in _OF_A_RANGE and (ranged := _ranged(context, span, match, unit, start)):
            start, low, high, done = ranged
        of = _of_what(context, span, start, done)
        end, bound = bounded_behind(text, done, bound, lists)
        least, most = limits(low, high, bound)
        if of is None:
            at, why = Span(start, end), Provenance("facts", "plain-money")
            yield Fact(at, "money", "sum", why, at, low=least, high=most, unit=unit, bound=bound, compared=False)
            continue
        yield Fact(
            Span(min(start, of.span.start), max(end, of.span.end)),
            "money",
            of.head,
            Provenance("facts", of.rule),
            Span(start, end),
            of.span,
            whom=of.whom,
            low=least,
            high=most,
            unit=unit,
            bound=bound,
            scope=of.scope,
        )


def _unit(match: re.Match[str], lists: FactLists) -> str:
    """The currency of a sum (ISO 4217)."""
    found = match.groupdict()
    name = "currency" if "currency" in found else "currency_word"
    return str(lists.meaning(name, found[name]))


def _bounded(text: str, reach: int, start: int, lists: FactLists) -> tuple[int, Bound]:
    """Where a value that begins at `start` begins with the words that bound it, and the bound."""
    stated = lists.pattern["bound-before"].search(text, reach, start)
    if stated is None:
        return start, "exact"
    bound: Bound = lists.meaning("bound", stated["bound"])
    return stated.start(), bound


def _value(match: re.Match[str], lists: FactLists) -> float:
    value = _figure(match)
    scale = lowered(match["scale"] or "")
    if not scale:
        return value
    short = lists.rules.meanings("short_magnitude")
    return value * float(short[scale] if scale in short else lists.rules.meanings("magnitude")[scale])


def _ranged(
    context: Context, span: Span, sum_: re.Match[str], unit: str, start: int
) -> tuple[int, float, float, int] | None:
    """The range of sums that a sum opens, which begins at `start` with what bounds it: where it begins, its least and
    most, where it ends; `None` where it opens none."""
    text, lists, pattern = context.text, context.lists, context.lists.pattern
    between = pattern["between-before"].search(text, max(span.start, start - _BETWEEN), start)
    gap = pattern["and-after-between" if between else "range-between"].match(text, sum_.end(), span.end)
    reach = max(span.start, start - _MOVED)
    if gap is None or any(pattern[each].search(text, reach, start) for each in ("from-before", "moved-before")):
        return None  # "from $5 to $10", and "rose $5 to $10", is a change
    upper = pattern["money"].match(text, gap.end(), span.end)
    if upper is not None and _unit(upper, lists) != unit:
        return None
    upper = upper or pattern["upper-sum"].match(text, gap.end(), span.end)
    if upper is None or (sum_["scale"] and not upper["scale"]):
        return None
    low, high = _value(sum_, lists), _value(upper, lists)
    if upper["scale"] and not sum_["scale"]:
        low *= high / _figure(upper)  # "$5 to $10 million"
    if not low < high <= low * _FARTHEST:
        return None
    return between.start() if between else start, round(low, 2), round(high, 2), upper.end()


def _figure(sum_: re.Match[str]) -> float:
    """The number of a sum, without the word or the letter behind it."""
    return float(PARTING.sub("", sum_["figure"]) + (sum_["decimals"] or ""))


def _of_what(context: Context, span: Span, start: int, end: int) -> _OfWhat | None:
    """What a sum from `start` to `end` is of, by the noun beside it, the fund it has come to, or the verb before it."""
    text, lists, pattern = context.text, context.lists, context.lists.pattern
    reach = max(span.start, start - _REACH)
    beside = pattern["money-head-after"].match(text, end, span.end)
    beside = beside or pattern["money-head-before"].search(text, reach, start)
    if beside is not None:
        return _OfWhat(Span(*beside.span("head")), str(lists.meaning("money_head", beside["head"])), "money-beside")
    fund = pattern["fund-given-after"].match(text, end, span.end) or pattern["fund-stands-before"].search(
        text, max(span.start, start - _FUND_REACH), start
    )
    if fund is not None:
        return _OfWhat(Span(*fund.span("head")), "fund", "money-fund", fund["scope"].strip().lower())
    raised = pattern["money-verb-before"].search(text, reach, start)
    if raised is None:
        return None
    verb = Span(*raised.span("verb"))
    head = str(lists.meaning("money_verb", raised["verb"]))
    return _OfWhat(verb, head, "money-verb", whom=context.subject(span, verb.start))


def _measure(context: Context, span: Span, number: Quantity) -> Fact | None:
    text, lists = context.text, context.lists
    unit = lists.pattern["measure-unit-after"].match(text, number.span.end, span.end)
    if unit is None or number.vague or (number.year_like and number.bound == "exact"):
        return None
    if match := lists.pattern["dimension-after"].match(text, unit.end(), span.end):
        head, head_span, rule = (
            str(lists.meaning("dimension", match["dimension"])),
            Span(*match.span("dimension")),
            "measure-dimension",
        )
    elif (match := lists.pattern["measure-of-after"].match(text, unit.end(), span.end)) and match[
        "head"
    ] not in lists.words["no_substance"]:
        head, head_span, rule = match["head"], Span(*match.span("head")), "measure-of"
    else:
        return None
    return Fact(
        Span(number.span.start, match.end()),
        "measure",
        head,
        Provenance("facts", rule),
        number.span,
        head_span,
        low=number.low,
        high=number.high,
        unit=str(lists.meaning("measure_unit", unit["unit"])),
        bound=number.bound,
    )


def _percentages(context: Context, span: Span) -> Iterator[Fact]:
    """Shares with what they are of: "35% of voters", "nearly 12 per cent of the island's homes" is read to its noun."""
    text, pattern = context.text, context.lists.pattern
    for match in pattern["share"].finditer(text, span.start, span.end):
        of = pattern["share-of-after"].match(text, match.end(), span.end)
        whole = phrase(text, of.end() - 1, span.end, context.language) if of else None
        if whole is None:
            continue
        value = float(match["figure"])
        start, bound = _bounded(text, max(span.start, match.start() - _BOUND_REACH), match.start(), context.lists)
        low, high = limits(value, value, bound)
        yield Fact(
            Span(start, whole.head_span.end),
            "measure",
            whole.head,
            Provenance("facts", "measure-share"),
            Span(start, match.end()),
            whole.head_span,
            low=low,
            high=None if high is None else min(high, 100.0),
            unit="%",
            bound=bound,
            scope=" ".join(whole.modifiers),
        )


def _magnitudes(context: Context, span: Span) -> Iterator[Fact]:
    pattern = context.lists.pattern["magnitude-of-a-quake"]
    for match in pattern.finditer(context.text, span.start, span.end):
        figure, head = ("after", "head") if match["after"] else ("before", "head_before")
        value = float(match[figure])
        yield Fact(
            Span(*match.span()),
            "measure",
            "magnitude",
            Provenance("facts", "measure-magnitude"),
            Span(*match.span(figure)),
            Span(*match.span(head)),
            low=value,
            high=value,
            unit="magnitude",
        )
