"""Ages: of the person a name refers to, never of a surname."""

from __future__ import annotations

import re
from functools import cache

from tellings.model.records import Fact, Provenance
from tellings.model.rules import DIGITS, load
from tellings.model.text import Span
from tellings.within.facts.context import Context, Reference

#: No person's age lies above this (the oldest age attested is 122 years).
OLDEST = 122
_YEAR_OLD = r"[-\s]year[-\s]olds?(?!\w)"
_BETWEEN = re.compile(r"(?:\s+[a-z][a-z'’-]*){0,4}\s+")
_NOT_BETWEEN = frozenset(
    {
        "of",
        "for",
        "to",
        "by",
        "with",
        "from",
        "in",
        "at",
        "on",
        "was",
        "is",
        "said",
        "says",
        "told",
        "who",
        "that",
        "whose",
        "had",
        "has",
        "against",
        "but",
        "as",
        "when",
    }
)
_SECOND_AGE = re.compile(r"\s+and\s+(?P<second>\d{1,3})(?=\s*[,.;)]|\s+respectively)")
_AND = re.compile(r"\s+(?:and|&)\s+")
_KIN = re.compile(r"['’]s?\s")


@cache
def _number_words(language: str) -> frozenset[str]:
    """Words of which one stands wherever an age does."""
    return load(language, "fact").first_words("number_word") | {DIGITS}


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    word = load(language, "fact").alternatives("number_word")
    number = rf"(?P<age>\d{{1,3}}|(?:{word})(?:-(?:{word}))?)"
    # A word may go on as something else ("Name, one of …"); a figure between comma and "of" is an age.
    close = r"(?=\s*[.;)]|\s*,(?!\d)|(?<=\d)\s+(?:and|of|from|who|was|is|told|said|has)\s|\s*[–—]|\s*$|\s*[\"”’])"
    bracketed, turned, now, turning = (
        number.replace("age>", f"{name}>", 1) for name in ("bracketed", "turned", "now", "turning")
    )
    return (
        re.compile(
            rf"(?:\s*,\s*(?:who\s+is\s+|who\s+was\s+|now\s+)?(?:aged?\s+)?{number}(?!\w){close}"
            rf"|\s*\(aged?\s+{bracketed}\))",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<![\w.,-]){number}{_YEAR_OLD}", re.IGNORECASE),
        re.compile(
            r",?\s+(?:who\s+)?(?:(?:is|was|turned|turns|has\s+turned|just\s+turned)\s+"
            rf"(?P<old>{number}\s+years?\s+old(?!\w|\s+(?:when|at\s+the|in\s+\d))|{turned}(?=\s*[,.;]|\s+(?:on|in|last|this|today)\s)"
            rf"|{now}\s+now(?!\w))|(?:(?:is|was)\s+)?(?:about|due)\s+to\s+turn\s+{turning}(?=\s*[,.;]|\s+(?:on|in|next|this|tomorrow)\s))",
            re.IGNORECASE,
        ),
    )


def ages(context: Context, sentence: int) -> list[Fact]:
    """The ages of one sentence."""
    text, span = context.text, context.sentences[sentence].span
    if _number_words(context.language).isdisjoint(context.words[sentence]):
        return []
    after_name, year_old, clause = _patterns(context.language)
    references = [ref for ref in context.references_in(span.start, span.end) if context.person(ref.chain)]
    found: list[Fact] = []
    for reference in references:
        if not _named(context, reference):
            continue
        # Longer spans of one name first: two references of one name end alike.
        if match := after_name.match(text, reference.span.end, span.end):
            if second := _SECOND_AGE.match(
                text, Span(*match.span("age" if match["age"] else "bracketed")).end, span.end
            ):
                found += _two_ages(context, sentence, references, reference, match, second)
                continue
            group = "age" if match["age"] else "bracketed"
            found += _age(
                context,
                sentence,
                reference,
                Span(*match.span(group)),
                Span(reference.span.start, match.end()),
                "age-apposition",
            )
        elif match := clause.match(text, reference.span.end, span.end):
            group = next(name for name in ("age", "turned", "now", "turning") if match[name] is not None)
            if group == "turned" and "turn" not in match[0]:
                continue
            found += _age(
                context,
                sentence,
                reference,
                Span(*match.span(group)),
                Span(reference.span.start, match.end()),
                "age-turning" if group == "turning" else "age-clause",
            )
    # Most sentences hold no "-old": asking first costs a hundredth of the pattern.
    old = text.find("old", span.start, span.end) >= 0
    for match in year_old.finditer(text, span.start, span.end) if old else ():
        near = [
            ref
            for ref in context.references_in(max(span.start, match.start() - 4), min(span.end, match.end() + 80))
            if context.person(ref.chain)
        ]
        found += _year_old(context, sentence, match, near)
    return _once(found)


def _two_ages(
    context: Context,
    sentence: int,
    references: list[Reference],
    reference: Reference,
    match: re.Match[str],
    second: re.Match[str],
) -> list[Fact]:
    """ "Ida and Nils Berg, aged 16 and 13": the first is the first one's; where that is not plain, neither is read."""
    before = [one for one in references if one.span.end <= reference.span.start and _named(context, one)]
    if not match["age"] or not before or not _AND.fullmatch(context.text, before[-1].span.end, reference.span.start):
        return []
    first = before[-1]
    whole = Span(first.span.start, second.end())
    return [
        *_age(context, sentence, first, Span(*match.span("age")), whole, "age-of-two"),
        *_age(context, sentence, reference, Span(*second.span("second")), whole, "age-of-two"),
    ]


def _named(context: Context, reference: Reference) -> bool:
    """A name, or a described person ("the singer") whose chain is known."""
    described = context.text[reference.span.start].isupper() or reference.words.startswith("the ")
    return described and reference.words not in (
        "he",
        "she",
        "they",
        "i",
        "it",
        "we",
        "you",
    )


def _year_old(context: Context, sentence: int, match: re.Match[str], references: list[Reference]) -> list[Fact]:
    """ "the 34-year-old Name", "34-year-old nurse Name", or "the 34-year-old" where it refers."""
    text = context.text
    value = Span(*match.span("age"))
    for reference in references:
        if reference.span.start < match.end():
            continue
        gap = _BETWEEN.fullmatch(text, match.end(), reference.span.start)
        words = set(gap[0].split()) if gap else set()
        if gap is None or words & _NOT_BETWEEN or not _named(context, reference):
            break
        if _KIN.match(text, reference.span.end) or reference.possessive:
            break
        # "a 21-year-old Dane": only what is known to be a person's name.
        if context.chains[reference.chain].kind != "person":
            break
        return _age(context, sentence, reference, value, Span(match.start(), reference.span.end), "age-year-old")
    for reference in references:
        if reference.span.start <= match.start() and reference.span.end == match.end():
            return _age(context, sentence, reference, value, reference.span, "age-nominal")
    return []


def _age(context: Context, sentence: int, reference: Reference, value: Span, span: Span, rule: str) -> list[Fact]:
    years = _years(value.of(context.text), context.language)
    if years is None or not 0 < years <= OLDEST:
        return []
    # "about to turn 64" is 63 until then.
    turning = rule == "age-turning"
    fact = Fact(
        span,
        "age",
        "age",
        Provenance("facts", rule, evidence=(reference.span,)),
        value,
        None,
        whom=reference.chain,
        low=float(years - turning),
        high=float(years),
        unit="years",
        bound="nearly" if turning else "exact",
    )
    return [context.placed(fact, sentence)]


def _years(words: str, language: str) -> int | None:
    if words.isdigit():
        return int(words)
    small = load(language, "fact").meanings("number_word")
    parts = words.lower().split("-")
    values = [int(small[part]) for part in parts]
    if len(values) == 2 and not (values[0] >= 20 and values[0] % 10 == 0 and 0 < values[1] < 10):
        return None
    return sum(values)


def _once(found: list[Fact]) -> list[Fact]:
    """One fact for each value; nested references of one name give the same age twice."""
    kept: dict[Span, Fact] = {}
    for fact in found:
        if fact.value_span not in kept or len(fact.span) > len(kept[fact.value_span].span):
            kept[fact.value_span] = fact
    return list(kept.values())
