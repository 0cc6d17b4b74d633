"""Ages: of the person a name refers to, never of a surname."""

from __future__ import annotations

import re
from functools import cache

from tellings.model.records import Fact, Provenance
from tellings.model.rules import lowered
from tellings.model.text import Span
from tellings.model.tokens import DIGITS
from tellings.within.facts.context import Context, Reference
from tellings.within.facts.lists import FactLists

#: No person's age lies above this (the oldest age attested is 122 years).
OLDEST = 122
_BETWEEN = re.compile(r"(?:\s+[a-z][a-z'’-]*){0,4}\s+")
#: Groups of "age-clause-after", one of which holds the age.
_CLAUSE_AGES = ("age", "turned", "now", "turning")


def ages(context: Context, sentence: int) -> list[Fact]:
    """The ages of one sentence."""
    span = context.sentences[sentence].span
    words = context.words[span.start]
    if _number_words(context.lists).isdisjoint(words):
        return []
    references = [ref for ref in context.references_in(span.start, span.end) if context.person(ref.chain)]
    found: list[Fact] = []
    for reference in references:
        # Longer spans of one name first: two references of one name end alike.
        if _named(context, reference):
            found += _behind_name(context, sentence, references, reference)
    year_old = context.lists.keyed["year-old"]
    for match in year_old.finditer(context.text, span.start, span.end) if year_old.may_stand(words) else ():
        near = [
            ref
            for ref in context.references_in(max(span.start, match.start() - 4), min(span.end, match.end() + 80))
            if context.person(ref.chain)
        ]
        found += _year_old(context, sentence, match, near)
    return _once(found) if found else found


@cache
def _number_words(lists: FactLists) -> frozenset[str]:
    """Words of which one stands wherever an age does."""
    return lists.rules.first_words("number_word") | {DIGITS}


def _behind_name(context: Context, sentence: int, references: list[Reference], reference: Reference) -> list[Fact]:
    """The ages right behind a name: ", 34," and "is 34 years old"."""
    text, pattern, end = context.text, context.lists.pattern, context.sentences[sentence].span.end
    if match := pattern["age-after-name"].match(text, reference.span.end, end):
        value = Span(*match.span("age" if match["age"] else "bracketed"))
        if second := pattern["second-age-after"].match(text, value.end, end):
            return _two_ages(context, sentence, references, reference, match, second)
        return _age(context, sentence, reference, value, Span(reference.span.start, match.end()), "age-apposition")
    match = pattern["age-clause-after"].match(text, reference.span.end, end)
    if match is None:
        return []
    group = next(name for name in _CLAUSE_AGES if match[name] is not None)
    if group == "turned" and match["turns"] is None:
        return []
    rule = "age-turning" if group == "turning" else "age-clause"
    return _age(context, sentence, reference, Span(*match.span(group)), Span(reference.span.start, match.end()), rule)


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
    if (
        not match["age"]
        or not before
        or not context.lists.pattern["and-between"].fullmatch(context.text, before[-1].span.end, reference.span.start)
    ):
        return []
    first = before[-1]
    whole = Span(first.span.start, second.end())
    return [
        *_age(context, sentence, first, Span(*match.span("age")), whole, "age-of-two"),
        *_age(context, sentence, reference, Span(*second.span("second")), whole, "age-of-two"),
    ]


def _named(context: Context, reference: Reference) -> bool:
    """A name, or a described person ("the singer") whose chain is known."""
    if reference.words in context.lists.words["no_description"]:
        return False
    capital = context.text[reference.span.start].isupper()
    return capital or context.lists.pattern["described"].match(reference.words) is not None


def _year_old(context: Context, sentence: int, match: re.Match[str], references: list[Reference]) -> list[Fact]:
    """ "the 34-year-old Name", "34-year-old nurse Name", or "the 34-year-old" where it refers."""
    text = context.text
    value = Span(*match.span("age"))
    for reference in references:
        if reference.span.start < match.end():
            continue
        gap = _BETWEEN.fullmatch(text, match.end(), reference.span.start)
        words = set(gap[0].split()) if gap else set()
        if gap is None or words & context.lists.words["not_between"] or not _named(context, reference):
            break
        if context.lists.pattern["possessive-before-noun"].match(text, reference.span.end) or reference.possessive:
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
    years = _years(value.of(context.text), context.lists)
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


def _years(words: str, lists: FactLists) -> int | None:
    if words.isdigit():
        return int(words)
    small = lists.rules.meanings("number_word")
    parts = lowered(words).split("-")
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
