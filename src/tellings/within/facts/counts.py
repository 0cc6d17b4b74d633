"""Counts: a number with the noun it counts, and what befell the people counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tellings.model.records import Counted, Fact, Provenance
from tellings.model.rules import load
from tellings.model.text import Span
from tellings.within.facts.context import Context
from tellings.within.facts.nouns import Phrase, phrase, words_of
from tellings.within.facts.quantities import Quantity

STAGE = "facts"


@dataclass(frozen=True, slots=True)
class _Patterns:
    befell: re.Pattern[str]
    headless: re.Pattern[str]
    befalls: re.Pattern[str]
    undergo: re.Pattern[str]
    put_at: re.Pattern[str]
    perpetrator: re.Pattern[str]
    any: re.Pattern[str]
    any_scope: dict[str, str]
    stuff: re.Pattern[str]
    of_stuff: re.Pattern[str]
    befell_scope: dict[str, str]
    befalls_scope: dict[str, str]
    human: frozenset[str]
    measures: frozenset[str]
    units: frozenset[str]


_SPACE = re.compile(r"\s+")
_AUXILIARY = (
    r"(?:(?:who|that|have|has|had|were|was|are|is|been|being|be|also|now|reportedly|feared|believed|confirmed|reported|left|still|"
    r"remain|remains|remained|to|later|then|either|both|attended|a|blood|drive)\s+)"
)
_HEADLESS_AUXILIARY = (
    r"(?:(?:have|has|had|were|was|are|been|being|be|also|now|reportedly|feared|believed|confirmed|left|still|"
    r"more|others?)\s+){0,4}"
)
_INCLUDED = re.compile(
    r"(?:[,(]\s*|\s)(?:including|among\s+them|of\s+whom)\s+(?:the\s+|her\s+|his\s+|their\s+)?$", re.IGNORECASE
)
_INCLUDING = re.compile(
    r",?\s+(?:including|among\s+them)\s+(?:[a-z]+\s+){0,3}?(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Sir)\.?\s+)?(?P<name>[^\W\d_a-z][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*){0,2})"
)
_NAME = r"[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)*"
_AGE = r"(?:,\s*(?:aged\s+)?[\w-]+(?=,|\s+and\s|\s*[.;)]))?"
_NAMED = re.compile(
    rf",?(?:\s+[-–—:]|\s*\()?\s+(?P<first>{_NAME}){_AGE}(?P<more>(?:,\s+{_NAME}{_AGE})*),?\s+(?:and|&)\s+(?P<last>{_NAME})(?!\s+[^\W\d_a-z])"
)
_NAME_ONLY = re.compile(_NAME)
_PARTITIVE = re.compile(r"\s+of\s+(?:(?P<whose>my|her|his|their|our|your|its)|the|these|those)\s+")
_OF_DEFINITE = re.compile(r"(?<!\w)of\s+(?:the|these|those|its|her|his|their|my|our|all)\s+$", re.IGNORECASE)
#: "a mother of two was hurt": the number is not of those hurt.
_OF = re.compile(r"(?<!total)(?<!toll)\s+of\s+$|-of-$", re.IGNORECASE)
_DEFINITE = re.compile(r"(?<!\w)(?:the|these|those|all|both)\s+$", re.IGNORECASE)
#: "raised its earlier toll of 15": a number that the sentence itself sets aside.
_SUPERSEDED = re.compile(
    r"(?<!\w)(?:earlier|previous|initial|provisional|preliminary|original)\s+(?:death\s+)?(?:toll|figure|count|estimate|tally|number)\s+of\s+$",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\s+(?P<times>times)(?!\w|\s+(?:more|less|as|the|higher|larger|bigger|greater|faster|better|worse)\b)",
    re.IGNORECASE,
)
#: The verb, with at most one object or adverb between it and the number.
_DONE = re.compile(
    r"(?<![\w-])(?P<verb>[a-z]{2,}ed|shot|hit|struck|bitten|bit|rang|rung|won|beaten|beat|sent|met|sang|been|went|fell|came|wrote)"
    r"(?:\s+(?:him|her|them|it|me|us|you|[A-Z][\w-]+|the\s+[a-z]+|a\s+[a-z]+|his\s+[a-z]+))?\s+$"
)
#: How far (characters) back it is looked for what befell others: a sentence and the one before it.
_CLAUSES = 300
_TOLL = re.compile(
    r"(?<!\w)death\s+toll[^.;,\d]{0,50}?(?:\s(?:to|at|of|reached|reaching|is|was|hit|passed|exceeded|stands\s+at))\s+$"
    # A toll by itself may be of a road: only one that rises or is counted is of the dead.
    r"|(?<!injury\s)(?<!road\s)(?<!\w)toll[^.;,\d]{0,40}?\s(?:rises|rose|risen|rising|climbs|climbed|climbing|jumps|jumped|stands|stood|revised)\s+(?:at|to)\s+$",
    re.IGNORECASE,
)
#: After a participle these show it to be an active verb: "three gunmen killed two guards".
_OBJECT = re.compile(
    r"\s+(?:(?:an?|the|his|her|their|its|some|several|many|at\s+least|more\s+than|up\s+to|about|nearly|him|them|himself|themselves|"
    r"each|one|two|three|four|five|six|seven|eight|nine|ten)(?!\w)|\d|[A-Z])",
)
_YEAR_FREE = re.compile(r"(?<!\w)(?:in|since|of|by|from|until|during|before|after|early|late|mid)\s+$", re.IGNORECASE)
_ONE_HEAD = re.compile(r"\s+(?:other\s+)?(?P<head>[a-z]+)(?!\w)")
_NO_NOUN_AFTER = re.compile(r"\s+(?:and|in|at|on|near|after|when|since|others?|more)(?!\w)")
_OTHERS = re.compile(r"\s+(others?|more)(?!\w)")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|are|is|be|left|reported|confirmed|feared|believed)\s")
_LABEL = re.compile(r"[A-Z][\w-]*\s$")


@cache
def _patterns(language: str) -> _Patterns:
    rules = load(language, "fact")
    befell, befalls = rules.alternatives("befell"), rules.alternatives("befalls")
    stuff = rules.alternatives("stuff")
    return _Patterns(
        re.compile(
            rf"(?:,\s+(?:including|among\s+them)[^,.;]{{1,60}},)?\s+{_AUXILIARY}{{0,6}}(?P<befell>{befell})(?!\w)",
            re.IGNORECASE,
        ),
        re.compile(rf"\s+{_HEADLESS_AUXILIARY}(?P<befell>{befell})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?P<befalls>{befalls})(?:\s+and\s+(?P<second>{befalls}))?\s+$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{rules.alternatives('undergo')})\s+(?:the\s+)?$", re.IGNORECASE),
        re.compile(
            rf"(?<!\w)(?:the\s+(?:number\s+of\s+)?(?:people\s+)?|those\s+|number\s+of\s+(?:the\s+)?)(?P<befell>{befell})"
            r"\s+(?:(?:now\s+)?(?:stood|stands|rose|risen|put|was\s+put|is\s+put|was|is)\s+)?(?:at|to)\s+$",
            re.IGNORECASE,
        ),
        re.compile(
            rf",?\s+(?:including|among\s+them)\s+(?:(?:the|a|an|alleged|suspected|lone|two|both)\s+){{0,3}}(?:{rules.alternatives('perpetrator')})(?!\w)",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<!\w)(?:{befell}|{befalls})(?!\w)", re.IGNORECASE),
        {word: str(meaning) for name in ("befell", "befalls") for word, meaning in rules.meanings(name).items()},
        re.compile(rf"(?<!\w)(?:{stuff})(?!\w)", re.IGNORECASE),
        re.compile(rf"\s+of\s+(?:[a-z]+(?:-[a-z]+)?\s+)?(?P<stuff>{stuff})(?!\w)", re.IGNORECASE),
        {word: str(meaning) for word, meaning in rules.meanings("befell").items()},
        {word: str(meaning) for word, meaning in rules.meanings("befalls").items()},
        rules.words("human_head"),
        rules.words("measure_noun"),
        rules.words("measure_unit"),
    )


def counts(context: Context, sentence: int, numbers: Sequence[Quantity]) -> list[Fact]:
    """The counts of one sentence."""
    found = []
    for number in numbers:
        fact = _count(context, context.sentences[sentence].span, number)
        if fact is not None:
            found.append(context.placed(fact, sentence))
    return found


def _count(context: Context, span: Span, number: Quantity) -> Fact | None:
    text = context.text
    if number.article or context.in_timex(number.span) or (number.low == 0 and number.bound == "exact"):
        return None
    before = text[max(span.start, number.span.start - 80) : number.span.start]
    if number.year_like and (number.bound == "exact" and (_YEAR_FREE.search(before) or number.low >= 1900)):
        return None
    partitive = _PARTITIVE.match(text, number.core.end, span.end)
    if partitive:
        return _partitive(context, span, number, partitive)
    if (times := _TIMES.match(text, number.span.end, span.end)) is not None:
        return _repeated(context, span, number, times, before)
    definite = _DEFINITE.search(before) is not None
    found = phrase(text, number.span.end, span.end, definite=definite, language=context.language)
    if found and found.head_span.of(text).lower() in _patterns(context.language).units:
        return None
    if found is None or (number.low <= 1 == number.high):
        return _headless(context, span, number, before)
    if (
        number.figure
        and number.bound == "exact"
        and _labelled(text, span, number, context.language)
        and found.head not in _patterns(context.language).human
    ):
        return None
    return _with_head(context, span, number, found, before)


def _with_head(context: Context, span: Span, number: Quantity, found: Phrase, before: str) -> Fact | None:
    text, patterns = context.text, _patterns(context.language)
    rule, scope = "count-head", list(found.modifiers)
    counted: list[Counted] = []
    names: tuple[str, ...] = ()
    including = ""
    end = found.head_span.end
    whom = context.possessor(span, number.span.start)
    if found.head in patterns.measures:
        if match := patterns.of_stuff.match(text, end, span.end):
            rule, end = "count-measure", match.end()
            scope.append(match["stuff"].lower())
        elif not scope and (near := _stuff_nearby(text, span, patterns)):
            rule = "count-measure-nearby"
            scope.append(near)
    event = _befell(text, span, number, end, before, patterns) if found.head in patterns.human else None
    if event:
        rule = f"{rule}-befell"
        scope.append(event)
        befell = patterns.befell.match(text, end, span.end)
        if patterns.perpetrator.match(text, befell.end() if befell else end, span.end):
            counted.append("attacker included")
    if (number.additional or found.additional) and not _complements(context, span, number, event, patterns):
        counted.append("additional")
    if _INCLUDED.search(before):
        counted.append("included")
    elif names := _named(text, end, span.end, number):
        rule, scope, counted = "count-named", [], []
    elif match := _INCLUDING.match(text, end, span.end):
        rule, including = "count-including", match["name"]
    if whom is None and patterns.undergo.search(before):
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
    match = _DONE.search(before)
    if match is None or match["verb"].lower() in words_of(context.language).end:
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
        scope=match["verb"].lower(),
    )


def _headless(context: Context, span: Span, number: Quantity, before: str) -> Fact | None:
    """Counts of people that name no people: "22 injured", "killing 12", "the death toll rose to 12"."""
    text, patterns = context.text, _patterns(context.language)
    singular_human = _ONE_HEAD.match(text, number.span.end, span.end)
    one = number.low <= 1 == number.high or (number.low == 1 and number.high is None)
    scope = None
    end, head, head_span = number.span.end, "person", None
    additional = number.additional
    if one:
        # "one" counts only people something befell; else it is an article ("one fan wrote").
        if singular_human is None or singular_human["head"] not in patterns.human:
            return None
        head = singular_human["head"]
        head_span = Span(*singular_human.span("head"))
        end = singular_human.end()
        scope = _befell(text, span, number, end, before, patterns)
        if scope is None and not (number.bound == "at least" and patterns.befalls.search(before)):
            return None
    elif not _OF.search(before) and (match := patterns.headless.match(text, number.span.end, span.end)):
        words = _SPACE.sub(" ", match["befell"].lower())
        # "died", "killed" after a bare number need the number to be their subject or their whole phrase.
        if not _OBJECT.match(text, match.end(), span.end):
            scope, end = patterns.befell_scope[words], match.end()
            additional = additional or "other" in match[0] or "more" in match[0].split()
    if scope is None and not one:
        follows = text[number.span.end : number.span.end + 1]
        if _TOLL.search(before):
            scope = "killed"
        elif match := patterns.put_at.search(before):
            scope = patterns.befell_scope[_SPACE.sub(" ", match["befell"].lower())]
        elif (match := patterns.befalls.search(before)) and (
            follows in ",.;" or _NO_NOUN_AFTER.match(text, number.span.end)
        ):
            scope = _befalls_scope(match, patterns)
            tail = _OTHERS.match(text, number.span.end)
            if tail:
                additional, end = True, tail.end()
    if scope is None or number.vague in ("a few", "a couple") or _SUPERSEDED.search(before):
        return None
    counted: list[Counted] = []
    if patterns.perpetrator.match(text, end, span.end):
        counted.append("attacker included")
    if additional and not _complements(context, span, number, scope, patterns):
        counted.append("additional")
    if _INCLUDED.search(before):
        counted.append("included")
    return Fact(
        Span(number.span.start, end),
        "count",
        head,
        Provenance(STAGE, "count-headless"),
        number.span,
        head_span,
        low=number.low,
        high=number.high,
        bound=number.bound,
        scope=scope,
        counted=tuple(counted),
    )


def _partitive(context: Context, span: Span, number: Quantity, match: re.Match[str]) -> Fact | None:
    """ "six of my friends": a part of a whole that somebody owns; "two of the …" is not read."""
    if match["whose"] is None or number.vague or number.low <= 1:
        return None
    found = phrase(context.text, match.end() - 1, span.end, language=context.language)
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


def _befell(text: str, span: Span, number: Quantity, end: int, before: str, patterns: _Patterns) -> str | None:
    """What befell the people counted, from the words right after the head or right before the number."""
    if match := patterns.befalls.search(before):
        return _befalls_scope(match, patterns)
    match = patterns.befell.match(text, end, span.end)
    # "two of the 14 passengers were hurt": what follows befell the two.
    if match is None or _OF_DEFINITE.search(before):
        return None
    words = _SPACE.sub(" ", match["befell"].lower())
    passive = _PASSIVE.search(match[0][: match.start("befell") - match.start()])
    if passive is None and words not in ("dead", "died", "missing") and _OBJECT.match(text, match.end(), span.end):
        return None
    return patterns.befell_scope[words]


def _complements(context: Context, span: Span, number: Quantity, scope: str | None, patterns: _Patterns) -> bool:
    """Whether "others" and "more" are others than those something else befell: "killed 3 and injured 120 others"."""
    if scope is None:
        return False
    start = max(context.before(span.start), number.span.start - _CLAUSES)
    told = {
        patterns.any_scope[_SPACE.sub(" ", match[0].lower())]
        for match in patterns.any.finditer(context.text, start, number.span.start)
    }
    if befalls := patterns.befalls.search(context.text, max(span.start, number.span.start - 40), number.span.start):
        told = {
            patterns.any_scope[_SPACE.sub(" ", match[0].lower())]
            for match in patterns.any.finditer(context.text, start, befalls.start())
        }
    return bool(told) and scope not in told and not any(scope in one for one in told)


def _befalls_scope(match: re.Match[str], patterns: _Patterns) -> str:
    first = patterns.befalls_scope[match["befalls"].lower()]
    if match["second"] is None:
        return first
    second = patterns.befalls_scope[match["second"].lower()]
    return (
        first
        if first == second
        else " or ".join(sorted((first, second), key=("killed", "injured").__contains__, reverse=True))
    )


def _named(text: str, start: int, end: int, number: Quantity) -> tuple[str, ...]:
    """The names that spell out who is counted ("children Ida and Noor"), sorted, where they are as many."""
    match = _NAMED.match(text, start, min(end, start + 200))
    if match is None or number.low != number.high:
        return ()
    names = [match["first"], *_NAME_ONLY.findall(match["more"]), match["last"]]
    return tuple(sorted(names)) if len(names) == number.low else ()


def _stuff_nearby(text: str, span: Span, patterns: _Patterns) -> str | None:
    """The one stuff the sentence speaks of, for a measure that does not say of what ("seven pints")."""
    kinds = {match[0].lower() for match in patterns.stuff.finditer(text, span.start, span.end)}
    return kinds.pop() if len(kinds) == 1 else None


def _labelled(text: str, span: Span, number: Quantity, language: str) -> bool:
    """Whether a capitalised word right before it makes the figure part of a name ("Falcon 20 jets")."""
    match = _LABEL.search(text, max(span.start, number.span.start - 30), number.span.start)
    return match is not None and match[0].strip().lower() not in words_of(language).end
