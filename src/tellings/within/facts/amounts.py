"""Sums of money and physical measures, where what they are of stands right beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tellings.model.records import Bound, Fact, Provenance
from tellings.model.rules import DIGITS, load
from tellings.model.text import Span
from tellings.within.facts.context import Context
from tellings.within.facts.nouns import phrase
from tellings.within.facts.quantities import Quantity, limits

_CURRENCY = {"$": "USD", "US$": "USD", "A$": "AUD", "C$": "CAD", "£": "GBP", "€": "EUR"}
_SIGNS = ("$", "£", "€")
#: The fund and what it has come to, with no other noun phrase that could have come to it.
_STANDS = re.compile(
    r"(?<!\w)(?:the|a|her|his|their)\s+(?P<scope>(?:[a-z]+\s+){0,2}?)(?P<head>fund|fundraiser|appeal)"
    r"(?:,?\s+which\s+(?:she|he|they)\s+(?:says?|said))?,?\s+(?:now\s+)?(?:stands\s+at|stood\s+at|has\s+reached|had\s+reached|"
    r"has\s+raised|had\s+raised|raised)\s+(?:(?:nearly|almost|about|over|more\s+than|some|around)\s+)?$",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?<![\w.,-])(?P<figure>\d{1,3}(?:\.\d{1,2})?)\s?(?:%|per\s?cent(?!\w)|percent(?!\w))", re.IGNORECASE
)
_OF_WHAT = re.compile(r"\s+of\s+(?:the\s+|its\s+|their\s+|all\s+)?")
_NAME = re.compile(r"\s+of\s+(?:[a-z]+(?:-[a-z]+)?\s+)?(?P<head>[a-z]{3,})(?!\w)")


@dataclass(frozen=True, slots=True)
class _Patterns:
    money: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    verb: re.Pattern[str]
    given_to: re.Pattern[str]
    unit: re.Pattern[str]
    dimension: re.Pattern[str]
    magnitude: re.Pattern[str]
    bound: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns:
    rules = load(language, "fact")
    scale = f"(?:{rules.alternatives('magnitude')})(?!\\w)|(?:{rules.alternatives('short_magnitude')})(?!\\w)"
    head = rules.alternatives("money_head")
    return _Patterns(
        re.compile(
            r"(?<![\w$£€])(?P<currency>US\$|A\$|C\$|[$£€])\s?(?P<figure>\d{1,3}(?:,\d{3})+|\d{1,12})"
            rf"(?P<decimals>\.\d{{1,3}})?(?!\d)(?:[\s-]?(?P<scale>{scale}))?",
            re.IGNORECASE,
        ),
        re.compile(rf"(?:\s+|-)(?:[a-z]+\s+)?(?P<head>{head})(?!\w)", re.IGNORECASE),
        re.compile(
            rf"(?<!\w)(?P<head>{head})(?:\s+(?:money|fund|package|deal))?\s+"
            r"(?:of|at|to|for|worth|was|is|(?:was|is|been)\s+set\s+at)\s+$",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<!\w)(?P<verb>{rules.alternatives('money_verb')})\s+(?:him\s+|her\s+|them\s+|it\s+)?$", re.IGNORECASE
        ),
        re.compile(
            r"\s+(?:has\s+been\s+|had\s+been\s+|have\s+been\s+|was\s+|were\s+)?(?:given|donated|paid)\s+(?:to|into)\s+(?:the|a|her|his|their)\s+"
            r"(?P<scope>(?:[a-z]+\s+){0,2}?)(?P<head>fund|fundraiser|appeal)(?!\w)",
            re.IGNORECASE,
        ),
        re.compile(rf"[\s-]?(?P<unit>{rules.alternatives('measure_unit')})(?!\w)", re.IGNORECASE),
        re.compile(rf"[\s-](?P<dimension>{rules.alternatives('dimension')})(?!\w)", re.IGNORECASE),
        re.compile(
            r"(?<!\w)magnitude[\s-]+(?:of\s+)?(?P<after>\d{1,2}\.\d)(?!\d)"
            r"|(?<![\w.])(?P<before>\d{1,2}\.\d)[\s-]magnitude(?!\w)",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<!\w)(?P<bound>{rules.alternatives('bound')})\s+$", re.IGNORECASE),
    )


def amounts(context: Context, sentence: int, numbers: Sequence[Quantity]) -> list[Fact]:
    """The sums and measures of one sentence."""
    found = [fact for number in numbers if (fact := _measure(context, context.sentences[sentence].span, number))]
    span = context.sentences[sentence].span
    if DIGITS not in context.words[sentence]:
        return [context.placed(fact, sentence) for fact in found]
    # Asking for the sign or the word first costs a hundredth of the patterns.
    if any(context.text.find(sign, span.start, span.end) >= 0 for sign in _SIGNS):
        found += _money(context, span)
    if any(context.text.find(sign, span.start, span.end) >= 0 for sign in ("%", "cent")):
        found += _percentages(context, span)
    if context.text.find("agnitude", span.start, span.end) >= 0:
        found += _magnitudes(context, span)
    return [context.placed(fact, sentence) for fact in found]


def _money(context: Context, span: Span) -> list[Fact]:
    text, rules, patterns = context.text, load(context.language, "fact"), _patterns(context.language)
    found: list[Fact] = []
    for match in patterns.money.finditer(text, span.start, span.end):
        after = patterns.after.match(text, match.end(), span.end)
        window = text[max(span.start, match.start() - 60) : match.start()]
        start, bound = match.start(), "exact"
        if stated := patterns.bound.search(window):
            bound = str(rules.meanings("bound")[re.sub(r"\s+", " ", stated["bound"].lower())])
            start -= len(window) - stated.start()
            window = window[: stated.start()]
        before = patterns.before.search(window)
        beside = after or before
        raised = patterns.verb.search(window) if beside is None else None
        fund = _of_a_fund(text, span, start, match.end(), patterns) if beside is None else None
        if beside is None and raised is None and fund is None:
            continue
        value = float(match["figure"].replace(",", "") + (match["decimals"] or ""))
        if scale := match["scale"]:
            meanings = {**rules.meanings("magnitude"), **rules.meanings("short_magnitude")}
            value *= meanings[scale.lower()]
        whom, scope, rule = None, "", "money-beside"
        if beside is not None:
            offset = 0 if after else start - len(window)
            head_span = Span(beside.start("head") + offset, beside.end("head") + offset)
            head = str(rules.meanings("money_head")[beside["head"].lower()])
        elif fund is not None:
            head_span, head, scope, rule = fund[0], "fund", fund[1], "money-fund"
        else:
            assert raised is not None
            head_span = Span(start - len(window) + raised.start("verb"), start - len(window) + raised.end("verb"))
            head = str(rules.meanings("money_verb")[re.sub(r"\s+", " ", raised["verb"].lower())])
            whom, rule = context.subject(span, head_span.start), "money-verb"
        low, high = limits(round(value, 2), round(value, 2), _bound(bound))
        found.append(
            Fact(
                Span(min(start, head_span.start), max(match.end(), head_span.end)),
                "money",
                head,
                Provenance("facts", rule),
                Span(start, match.end()),
                head_span,
                whom=whom,
                low=low,
                high=high,
                unit=_CURRENCY[match["currency"].upper()],
                bound=_bound(bound),
                scope=scope,
            )
        )
    return found


def _of_a_fund(text: str, span: Span, start: int, end: int, patterns: _Patterns) -> tuple[Span, str] | None:
    """The words that name the fund whose sum it is, and which: "$900 has been given to the roof fund"."""
    if match := patterns.given_to.match(text, end, span.end):
        return Span(*match.span("head")), match["scope"].strip().lower()
    if match := _STANDS.search(text, max(span.start, start - 140), start):
        return Span(*match.span("head")), (match["scope"] or "").strip().lower()
    return None


def _measure(context: Context, span: Span, number: Quantity) -> Fact | None:
    text, rules, patterns = context.text, load(context.language, "fact"), _patterns(context.language)
    unit = patterns.unit.match(text, number.span.end, span.end)
    if unit is None or number.vague or (number.year_like and number.bound == "exact"):
        return None
    name = str(rules.meanings("measure_unit")[unit["unit"].lower()])
    if match := patterns.dimension.match(text, unit.end(), span.end):
        head, head_span, rule = (
            str(rules.meanings("dimension")[match["dimension"].lower()]),
            Span(*match.span("dimension")),
            "measure-dimension",
        )
        scope = ""
    elif (match := _NAME.match(text, unit.end(), span.end)) and match["head"] not in (
        "the",
        "his",
        "her",
        "their",
        "its",
        "each",
    ):
        head, head_span, rule = match["head"], Span(*match.span("head")), "measure-of"
        scope = ""
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
        unit=name,
        bound=number.bound,
        scope=scope,
    )


def _percentages(context: Context, span: Span) -> list[Fact]:
    """Shares with what they are of: "35% of voters", "nearly 12 per cent of the island's homes" is read to its noun."""
    text, found = context.text, []
    for match in _SHARE.finditer(text, span.start, span.end):
        of = _OF_WHAT.match(text, match.end(), span.end)
        whole = phrase(text, of.end() - 1, span.end, language=context.language) if of else None
        if whole is None:
            continue
        value = float(match["figure"])
        window = text[max(span.start, match.start() - 24) : match.start()]
        start, bound = match.start(), "exact"
        if stated := _patterns(context.language).bound.search(window):
            bound = str(load(context.language, "fact").meanings("bound")[re.sub(r"\s+", " ", stated["bound"].lower())])
            start -= len(window) - stated.start()
        low, high = limits(value, value, _bound(bound))
        found.append(
            Fact(
                Span(start, whole.head_span.end),
                "measure",
                whole.head,
                Provenance("facts", "measure-share"),
                Span(start, match.end()),
                whole.head_span,
                low=low,
                high=None if high is None else min(high, 100.0),
                unit="%",
                bound=_bound(bound),
                scope=" ".join(whole.modifiers),
            )
        )
    return found


def _magnitudes(context: Context, span: Span) -> list[Fact]:
    found = []
    for match in _patterns(context.language).magnitude.finditer(context.text, span.start, span.end):
        group = "after" if match["after"] else "before"
        value = float(match[group])
        head = match[0].lower().index("magnitude") + match.start()
        found.append(
            Fact(
                Span(*match.span()),
                "measure",
                "magnitude",
                Provenance("facts", "measure-magnitude"),
                Span(*match.span(group)),
                Span(head, head + len("magnitude")),
                low=value,
                high=value,
                unit="magnitude",
            )
        )
    return found


def _bound(words: str) -> Bound:
    bounds: tuple[Bound, ...] = ("exact", "at least", "at most", "about", "nearly", "more than", "less than", "vague")
    return next(bound for bound in bounds if bound == words)
