"""Counts: a number with the noun it counts, and what befell the people counted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tellings.language.base import Language
from tellings.model.records import Counted, Fact, Provenance
from tellings.model.rules import lowered
from tellings.model.text import Span
from tellings.within.facts.context import Context
from tellings.within.facts.lists import FactLists, fact_lists, folded
from tellings.within.facts.nouns import Phrase, phrase, words_of
from tellings.within.facts.quantities import Quantity

STAGE = "facts"
#: How far (characters) before a number the words are looked at that say of what it is.
_REACH = 80
#: How far (characters) back it is looked for what befell others: a sentence and the one before it.
_CLAUSES = 300
#: Patterns one of which stands wherever people are counted whom no noun names.
_OF_PEOPLE = ("befell-after-number", "befalls-before", "death-toll-before")
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LABEL = re.compile(r"[A-Z][\w-]*\s$")


@dataclass(frozen=True, slots=True)
class _Scopes:
    """Word → what befell: of words behind a head ("killed"), of verbs before a number ("killing"), and of either."""

    befell: Mapping[str, str]
    befalls: Mapping[str, str]
    either: Mapping[str, str]


@cache
def _scopes(language: Language) -> _Scopes:
    meanings = fact_lists(language).rules.meanings
    befell, befalls = meanings("befell"), meanings("befalls")
    return _Scopes(befell, befalls, {**befell, **befalls})


def counts(context: Context, sentence: int, numbers: Sequence[Quantity]) -> list[Fact]:
    """The counts of one sentence."""
    found = []
    for number in numbers:
        fact = _count(context, context.sentences[sentence].span, number)
        if fact is not None:
            found.append(context.placed(fact, sentence))
    return found


def _count(context: Context, span: Span, number: Quantity) -> Fact | None:
    text, lists = context.text, context.lists
    if number.article or context.in_timex(number.span) or (number.low == 0 and number.bound == "exact"):
        return None
    before = text[max(span.start, number.span.start - _REACH) : number.span.start]
    a_year = number.year_like and number.bound == "exact"
    if a_year and (number.low >= 1900 or lists.pattern["year-word-before"].search(before)):
        return None
    partitive = lists.pattern["partitive-after"].match(text, number.core.end, span.end)
    if partitive:
        return _partitive(context, span, number, partitive)
    if (times := lists.pattern["times-after"].match(text, number.span.end, span.end)) is not None:
        return _repeated(context, span, number, times, before)
    definite = context.may_stand("known-before", span) and lists.pattern["known-before"].search(before) is not None
    found = phrase(text, number.span.end, span.end, context.language, definite=definite)
    if found and found.head_span.of(text).lower() in lists.words["measure_unit"]:
        return None
    if found is None or (number.low <= 1 == number.high):
        return _headless(context, span, number, before)
    exact_figure = number.figure and number.bound == "exact"
    if exact_figure and found.head not in lists.words["human_head"] and _labelled(text, span, number, context.language):
        return None
    return _with_head(context, span, number, found, before)


def _with_head(context: Context, span: Span, number: Quantity, found: Phrase, before: str) -> Fact | None:
    text, lists, pattern = context.text, context.lists, context.lists.pattern
    rule, scope = "count-head", list(found.modifiers)
    counted: list[Counted] = []
    names: tuple[str, ...] = ()
    including = ""
    end = found.head_span.end
    whom = context.possessor(span, number.span.start)
    if found.head in lists.words["measure_noun"]:
        if match := pattern["of-stuff-after"].match(text, end, span.end):
            rule, end = "count-measure", match.end()
            scope.append(match["stuff"].lower())
        elif not scope and (near := _stuff_nearby(text, span, lists)):
            rule = "count-measure-nearby"
            scope.append(near)
    event = _befell(text, span, number, end, before, lists) if found.head in lists.words["human_head"] else None
    if event:
        rule = f"{rule}-befell"
        scope.append(event)
        befell = pattern["befell-after"].match(text, end, span.end)
        if pattern["perpetrator-after"].match(text, befell.end() if befell else end, span.end):
            counted.append("attacker included")
    if (number.additional or found.additional) and not _complements(context, span, number, event):
        counted.append("additional")
    if pattern["included-before"].search(before):
        counted.append("included")
    elif names := _named(text, end, span.end, number, lists):
        rule, scope, counted = "count-named", [], []
    elif match := pattern["including-name-after"].match(text, end, span.end):
        rule, including = "count-including", match["name"]
    if whom is None and pattern["undergo-before"].search(before):
        whom = context.nearest_subject(span, number.span.start)
    return Fact(
        Span(number.span.start, end),
        "count",
        found.head,
        Provenance(STAGE, rule),
        number.span,
        found.head_span,
        whom=whom,
        low=number.low,
        high=number.high,
        bound=number.bound,
        scope=" ".join(scope),
        counted=tuple(counted),
        named=names,
        including=including,
    )


def _repeated(context: Context, span: Span, number: Quantity, times: re.Match[str], before: str) -> Fact | None:
    """How often something was done: "was hit twelve times", "called her 12 times"."""
    match = context.lists.pattern["done-before"].search(before)
    if match is None or lowered(match["verb"]) in words_of(context.language).end:
        return None
    head_span = Span(*times.span("times"))
    verb = number.span.start - len(before) + match.start("verb")
    return Fact(
        Span(number.span.start, head_span.end),
        "count",
        "time",
        Provenance(STAGE, "count-times"),
        number.span,
        head_span,
        whom=context.subject(span, verb),
        low=number.low,
        high=number.high,
        bound=number.bound,
        scope=lowered(match["verb"]),
    )


@dataclass(slots=True)
class _People:
    """People counted whom no plural noun names: what befell them, the noun there is, and where the words end."""

    scope: str
    end: int
    additional: bool
    head: str = "person"
    head_span: Span | None = None


def _headless(context: Context, span: Span, number: Quantity, before: str) -> Fact | None:
    """Counts of people that name no people: "22 injured", "killing 12", "the death toll rose to 12"."""
    lists, pattern = context.lists, context.lists.pattern
    if number.low <= 1 == number.high or (number.low == 1 and number.high is None):
        people = _one(context.text, span, number, before, lists)
    elif any(context.may_stand(name, span) for name in _OF_PEOPLE):
        people = _behind(context.text, span, number, before, lists) or _in_front(context.text, number, before, lists)
    else:
        people = None
    if people is None or number.vague in lists.words["few"] or pattern["superseded-before"].search(before):
        return None
    counted: list[Counted] = []
    if pattern["perpetrator-after"].match(context.text, people.end, span.end):
        counted.append("attacker included")
    if people.additional and not _complements(context, span, number, people.scope):
        counted.append("additional")
    if pattern["included-before"].search(before):
        counted.append("included")
    return Fact(
        Span(number.span.start, people.end),
        "count",
        people.head,
        Provenance(STAGE, "count-headless"),
        number.span,
        people.head_span,
        low=number.low,
        high=number.high,
        bound=number.bound,
        scope=people.scope,
        counted=tuple(counted),
    )


def _one(text: str, span: Span, number: Quantity, before: str, lists: FactLists) -> _People | None:
    """ "One" counts only people something befell; else it is an article ("one fan wrote")."""
    noun = lists.pattern["one-head-after"].match(text, number.span.end, span.end)
    if noun is None or noun["head"] not in lists.words["human_head"]:
        return None
    scope = _befell(text, span, number, noun.end(), before, lists)
    return _People(scope, noun.end(), number.additional, noun["head"], Span(*noun.span("head"))) if scope else None


def _behind(text: str, span: Span, number: Quantity, before: str, lists: FactLists) -> _People | None:
    """What befell them, told right behind the number: "22 injured"."""
    pattern = lists.pattern
    if pattern["of-before-number"].search(before):
        return None
    match = pattern["befell-after-number"].match(text, number.span.end, span.end)
    # "died", "killed" after a bare number need the number to be their subject or their whole phrase.
    if match is None or pattern["object-after"].match(text, match.end(), span.end):
        return None
    others = pattern["others-among"].search(match[0]) is not None
    scope = _scopes(lists.language).befell[folded(match["befell"])]
    return _People(scope, match.end(), number.additional or others)


def _in_front(text: str, number: Quantity, before: str, lists: FactLists) -> _People | None:
    """What befell them, told right before the number: "the death toll rose to 12", "killing 12"."""
    pattern, end = lists.pattern, number.span.end
    if pattern["death-toll-before"].search(before):
        return _People("killed", end, number.additional)
    if match := pattern["toll-put-before"].search(before):
        return _People(_scopes(lists.language).befell[folded(match["befell"])], end, number.additional)
    match = pattern["befalls-before"].search(before)
    if match is None or not (text[end : end + 1] in ",.;" or pattern["no-noun-after-number"].match(text, end)):
        return None
    scope = _befalls_scope(match, lists)
    if others := pattern["others-after"].match(text, end):
        return _People(scope, others.end(), True)
    return _People(scope, end, number.additional)


def _partitive(context: Context, span: Span, number: Quantity, match: re.Match[str]) -> Fact | None:
    """ "six of my friends": a part of a whole that somebody owns; "two of the …" is not read."""
    if match["whose"] is None or number.vague or number.low <= 1:
        return None
    found = phrase(context.text, match.end() - 1, span.end, context.language)
    if found is None:
        return None
    whom = context.possessor(span, match.end())
    return Fact(
        Span(number.span.start, found.head_span.end),
        "count",
        found.head,
        Provenance(STAGE, "count-partitive"),
        number.span,
        found.head_span,
        whom=whom,
        low=number.low,
        high=number.high,
        bound=number.bound,
        scope=" ".join(found.modifiers),
        counted=("some of them",),
    )


def _befell(text: str, span: Span, number: Quantity, end: int, before: str, lists: FactLists) -> str | None:
    """What befell the people counted, from the words right after the head or right before the number."""
    pattern = lists.pattern
    if match := pattern["befalls-before"].search(before):
        return _befalls_scope(match, lists)
    match = pattern["befell-after"].match(text, end, span.end)
    # "two of the 14 passengers were hurt": what follows befell the two.
    if match is None or pattern["of-definite-before"].search(before):
        return None
    words = folded(match["befell"])
    passive = pattern["passive"].search(match[0][: match.start("befell") - match.start()])
    active = passive is None and words not in lists.words["befell_without_object"]
    if active and pattern["object-after"].match(text, match.end(), span.end):
        return None
    return _scopes(lists.language).befell[words]


def _complements(context: Context, span: Span, number: Quantity, scope: str | None) -> bool:
    """Whether "others" and "more" are others than those something else befell: "killed 3 and injured 120 others"."""
    if scope is None:
        return False
    text, pattern = context.text, context.lists.pattern
    start, end = max(context.before(span.start), number.span.start - _CLAUSES), number.span.start
    if befalls := pattern["befalls-before"].search(text, max(span.start, end - _REACH // 2), end):
        end = befalls.start()
    either = _scopes(context.language).either
    told = {either[folded(match[0])] for match in pattern["befell-anywhere"].finditer(text, start, end)}
    return bool(told) and scope not in told and not any(scope in one for one in told)


def _befalls_scope(match: re.Match[str], lists: FactLists) -> str:
    befalls = _scopes(lists.language).befalls
    first = befalls[lowered(match["befalls"])]
    second = befalls[lowered(match["second"])] if match["second"] else first
    if first == second:
        return first
    return " or ".join(sorted((first, second), key=("killed", "injured").__contains__, reverse=True))


def _named(text: str, start: int, end: int, number: Quantity, lists: FactLists) -> tuple[str, ...]:
    """The names that spell out who is counted ("children Ida and Noor"), sorted, where they are as many."""
    match = lists.pattern["named-after"].match(text, start, min(end, start + 200))
    if match is None or number.low != number.high:
        return ()
    names = [match["first"], *_NAME.findall(match["more"]), match["last"]]
    return tuple(sorted(names)) if len(names) == number.low else ()


def _stuff_nearby(text: str, span: Span, lists: FactLists) -> str | None:
    """The one stuff the sentence speaks of, for a measure that does not say of what ("seven pints")."""
    kinds = {match[0].lower() for match in lists.pattern["stuff"].finditer(text, span.start, span.end)}
    return kinds.pop() if len(kinds) == 1 else None


def _labelled(text: str, span: Span, number: Quantity, language: Language) -> bool:
    """Whether a capitalised word right before it makes the figure part of a name ("Falcon 20 jets")."""
    match = _LABEL.search(text, max(span.start, number.span.start - 30), number.span.start)
    return match is not None and match[0].strip().lower() not in words_of(language).end
