"""Values that no other reader can place: they are read, with what they are of, and not set side by side.

Two tellings that both write "two towns" or "the third round" need not mean one thing by it, so nothing here becomes a
question (`across.questions.subject`). A number counts only with a unit, a noun or a verb it belongs to: a clock time, a
score, a label or a number within a name has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tellings.model.records import Fact, FactKind, Provenance
from tellings.model.rules import lowered
from tellings.model.text import Span
from tellings.within.facts.ages import OLDEST
from tellings.within.facts.context import Context
from tellings.within.facts.nouns import phrase, plural, singular, words_of
from tellings.within.facts.quantities import Quantity

_WORD = re.compile(r"\s+(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)(?!\w)")
# "Falcon 20 jets": the number is part of a name; at the start of a sentence a capital shows nothing.
_NAME = re.compile(r"[^\W\d_][\w.’'-]*[ ,](?:[^\W\d_]+ )*?[A-Z][a-z]+ $")
_LONGEST_MODIFIERS = 3
#: A block from this number on is one of a street's: "the 600 block of".
_ADDRESS = 100


def taken_by(facts: Sequence[Fact]) -> frozenset[int]:
    """The positions of all characters on which the values of `facts` stand."""
    if not facts:
        return frozenset()
    return frozenset(at for fact in facts for at in range(fact.value_span.start, fact.value_span.end))


def plain(context: Context, sentence: int, numbers: Sequence[Quantity], taken: frozenset[int]) -> list[Fact]:
    """The values of one sentence, by its `numbers`, that stand on none of the characters in `taken`."""
    span = context.sentences[sentence].span
    found: list[Fact] = []
    if context.may_stand("fraction", span):
        found += _fractions(context, span, taken)
        taken |= taken_by(found)
    for number in numbers:
        if taken.isdisjoint(range(number.core.start, number.core.end)):
            found.extend(_read(context, span, number))
    if context.may_stand("any-ordinal", span):
        found.extend(_ordinals(context, span, taken | taken_by(found)))
    return [context.placed(fact, sentence) for fact in found]


def _read(context: Context, span: Span, number: Quantity) -> list[Fact]:
    """What a number gives a value for, by the first reader that can say."""
    if number.year_like and number.bound == "exact":
        return []
    for reader in (_old, _magnitude, _with_unit):
        found = reader(context, span, number)
        if found is not None:
            return found
    if number.article or context.in_timex(number.core) or _in_name(context.text, span, number.core):
        return []
    for reader in (_out_of, _aged, _size, _partitive, _compound, _counted, _headless):
        found = reader(context, span, number)
        if found is not None:
            return found
    return []


def _in_name(text: str, span: Span, core: Span) -> bool:
    """Whether a number is part of a name."""
    if text[core.start - 1 : core.start] != " " or not text[core.start - 2 : core.start - 1].islower():
        return False
    return _NAME.search(text, max(span.start, core.end - 40), core.start) is not None


def _before(pattern: str, context: Context, span: Span, number: Quantity, reach: int) -> bool:
    """Whether the words right before a number end as a pattern says, `reach` characters of the sentence looked at."""
    if not context.may_stand(pattern, span):
        return False
    start = number.span.start
    return context.lists.pattern[pattern].search(context.text, max(span.start, start - reach), start) is not None


def _behind(pattern: str, context: Context, span: Span, number: Quantity) -> re.Match[str] | None:
    """What stands right behind a number as a pattern with keys says."""
    return _right_behind(pattern, context, span, number) if context.may_stand(pattern, span) else None


def _right_behind(pattern: str, context: Context, span: Span, number: Quantity) -> re.Match[str] | None:
    """What stands right behind a number as a pattern says."""
    return context.lists.pattern[pattern].match(context.text, number.core.end, span.end)


def _old(context: Context, span: Span, number: Quantity) -> list[Fact] | None:
    """ "34-year-old", "six months old"."""
    if match := _behind("years-old-after", context, span, number):
        whole = Span(number.span.start, match.end())
        return [_fact("age", "age", "years", number, whole, number.core, "age")] if number.low <= OLDEST else []
    if match := _behind("months-old-after", context, span, number):
        share = float(context.lists.meaning("plain_time", match["unit"])) / 365
        whole = Span(number.span.start, match.end())
        return [_fact("age", "age", "years", _times(number, share), whole, number.core, "age")]
    return None


def _magnitude(context: Context, span: Span, number: Quantity) -> list[Fact] | None:
    """ "A 5.6 quake", "measuring 5.6 on the Richter scale"."""
    if number.low > 10 or number.vague:
        return None
    decimal = "." in number.core.of(context.text)
    if (
        _before("quake-before", context, span, number, 30)
        or _behind("richter-after", context, span, number)
        or (decimal and _behind("tremor-after", context, span, number))
    ):
        return [_fact("measure", "magnitude", "magnitude", number, number.span, number.span, "magnitude")]
    return None


def _with_unit(context: Context, span: Span, number: Quantity) -> list[Fact] | None:
    """ "930 miles", "two hours"."""
    unit = _unit(context, number, span.end)
    if unit is None:
        return None
    name, end, is_time = unit
    value = Span(number.span.start, end)
    head = _of(context, end, span.end)
    if is_time:
        if number.article and context.in_timex(number.core):
            return []
        days = float(context.lists.meaning("plain_time", name))
        return [_fact("duration", head or "time", "days", _times(number, days), value, value, "duration")]
    if number.article or (name == "block" and number.low >= _ADDRESS):
        return []
    return [_fact("measure", head or name, name, number, value, value, "measure")]


def _out_of(context: Context, span: Span, number: Quantity) -> list[Fact] | None:
    """ "29 of 34 passes", "29-of-34": a part, and the whole it is of."""
    match = _behind("out-of-after", context, span, number)
    if match is None:
        return None
    whole = Span(*match.span("whole"))
    head = _noun(context, whole.end, span)
    if head is None and context.text[number.core.end] == "-":
        head = "attempt", whole
    if head is None:
        return None
    name, at = head
    both = Span(number.span.start, at.end)
    size = float(match["whole"].replace(",", ""))
    other = replace(number, span=whole, core=whole, low=size, high=size, bound="exact")
    return [
        _fact("count", name, None, number, both, number.span, "part", at),
        _fact("count", name, None, other, both, whole, "whole", at),
    ]


def _aged(context: Context, span: Span, number: Quantity) -> list[Fact] | None:
    """ "Aged between nine and 16", "he is 3."."""
    if number.low > OLDEST or not (
        _before("aged-before", context, span, number, 30)
        or (_before("somebody-is-before", context, span, number, 20) and _ends_a_clause(context, span, number))
    ):
        return None
    return [_fact("age", "age", "years", number, number.span, number.core, "age")]


def _ends_a_clause(context: Context, span: Span, number: Quantity) -> bool:
    """Whether nothing of its clause stands behind a number."""
    return context.lists.pattern["clause-end-after"].match(context.text, number.core.end, span.end) is not None


def _size(context: Context, span: Span, number: Quantity) -> list[Fact] | None:
    """ "An audience of 16 million"."""
    if not _before("size-of-before", context, span, number, 20) or _noun(context, number.core.end, span):
        return None
    return [_fact("count", "person", None, number, number.span, number.span, "size")]


def _partitive(context: Context, span: Span, number: Quantity) -> list[Fact] | None:
    """ "15 of them", "four of the ferries", "four of Solberg's ferries"."""
    match = _behind("of-word-after", context, span, number)
    if match is None:
        return None
    word, lists = match["word"].lower(), context.lists
    if word in lists.words["them"]:
        head: tuple[str, Span] | None = "person", Span(*match.span("word"))
    elif word in lists.words["partitive"]:
        head = _noun(context, match.end(), span) or ("person", Span(*match.span("word")))
    else:
        head = _noun(context, match.start("word"), span)
    if head is None:
        return []
    name, at = head
    return [_fact("count", name, None, number, Span(number.span.start, at.end), number.span, "part", at)]


def _compound(context: Context, span: Span, number: Quantity) -> list[Fact] | None:
    """ "A four-town deal"."""
    # "40-odd towns": what is joined to the number bounds it.
    bounded = number.span.end > number.core.end
    match = None if number.vague or bounded else _right_behind("compound-after", context, span, number)
    if match is None:
        return None
    noun, at, lists = match["noun"].lower(), Span(*match.span("noun")), context.lists
    if noun in lists.words["no_compound"] or noun.endswith(lists.endings("compound_ending")):
        return []
    head = singular(noun, context.language)
    return [_fact("count", head, None, number, Span(number.span.start, at.end), number.span, "compound", at)]


def _counted(context: Context, span: Span, number: Quantity) -> list[Fact] | None:
    """ "Two besieged towns", "one interception"."""
    head = _noun(context, number.span.end, span)
    if head is None:
        return None
    name, at = head
    return [_fact("count", name, None, number, Span(number.span.start, at.end), number.span, "count", at)]


def _headless(context: Context, span: Span, number: Quantity) -> list[Fact] | None:
    """ "40 were wounded", "thousands have lost their houses", "the toll rose to 112": people, unnamed."""
    befell = _right_behind("befell-word-after", context, span, number)
    part = _before("of-before", context, span, number, 4)
    if befell and not part and befell["word"].lower() in context.lists.words["befell"]:
        return [_fact("count", "person", None, number, Span(number.span.start, befell.end()), number.span, "befell")]
    if number.year_like:
        return None
    definite = _before("definite-before", context, span, number, 8)
    if number.low > 1 and not definite and not part and _behind("have-after", context, span, number):
        return [_fact("count", "person", None, number, number.span, number.span, "those")]
    if _before("toll-before", context, span, number, 150):
        return [_fact("count", "person", None, number, number.span, number.span, "toll")]
    return None


def _fact(
    kind: FactKind,
    head: str,
    unit: str | None,
    number: Quantity,
    span: Span,
    value: Span,
    rule: str,
    at: Span | None = None,
) -> Fact:
    why = Provenance("facts", f"plain-{rule}")
    low, high, bound = number.low, number.high, number.bound
    return Fact(span, kind, head, why, value, at, low=low, high=high, unit=unit, bound=bound, compared=False)


def _times(number: Quantity, factor: float) -> Quantity:
    high = None if number.high is None else number.high * factor
    return replace(number, low=number.low * factor, high=high)


def _unit(context: Context, number: Quantity, stop: int) -> tuple[str, int, bool] | None:
    """The unit after a number: its normal form, where it ends, and whether it is one of time."""
    lists, end = context.lists, number.core.end
    if match := lists.pattern["plain-time-after"].match(context.text, end, stop):
        return lowered(match["unit"]), match.end(), True
    if match := lists.pattern["plain-unit-after"].match(context.text, end, stop):
        return str(lists.meaning("plain_unit", match["unit"])), match.end(), False
    return None


def _of(context: Context, end: int, stop: int) -> str | None:
    """What a length of time or a measure is of: the noun after its unit."""
    match = context.lists.pattern["of-what-after"].match(context.text, end, stop)
    if match is None:
        return None
    words = [word for word in match["word"].lower().split() if word not in words_of(context.language).end]
    return words[-1] if words else None


def _noun(context: Context, start: int, span: Span) -> tuple[str, Span] | None:
    """The noun that a number counts, in its normal form, and where it stands: a plural, after "one" any noun."""
    text, language, lists = context.text, context.language, context.lists
    found = phrase(text, start, span.end, language)
    if found is not None:
        return found.head, found.head_span
    end, stop, joints = words_of(language).end, lists.words["no_count"], lists.words["head_joint"]
    single = lists.pattern["one-before"].search(text, max(span.start, start - 4), start) is not None
    at, last = start, None
    for step in range(_LONGEST_MODIFIERS + 2):
        match = _WORD.match(text, at, span.end)
        word = match["word"].lower() if match else ""
        joint = word in joints
        if match is None or word in stop or (word in end and not (joint and step)):
            # "one" has a singular: the last word of what it stands before.
            return (last.of(text).lower(), last) if single and last else None
        if plural(word, language):
            return singular(word, language), Span(*match.span("word"))
        if not joint:
            last = Span(*match.span("word"))
            if single and step == 2:
                return None
        at = match.end()
    return None


def _fractions(context: Context, span: Span, taken: frozenset[int]) -> Iterator[Fact]:
    """ "Two-thirds of the votes", "a one-in-three chance"."""
    lists = context.lists
    small = lists.rules.meanings("number_word")
    for match in lists.keyed["fraction"].finditer(context.text, span.start, span.end):
        if not taken.isdisjoint(range(*match.span())) or context.in_timex(Span(*match.span())):
            continue
        above, below, whole = lowered(match["above"]), match["below"], match["whole"]
        upper = float(above) if above.isdigit() else float(small.get(above, 1))
        lower = float(lists.meaning("part_of_whole", below) if below else small.get(lowered(whole), 0) or whole)
        if upper < lower:
            share = upper / lower
            why, at = Provenance("facts", "plain-fraction"), Span(*match.span())
            yield Fact(at, "measure", "share", why, at, low=share, high=share, unit="share", compared=False)


def _ordinals(context: Context, span: Span, taken: frozenset[int]) -> Iterator[Fact]:
    """ "The third round", "her 21st birthday"."""
    text, lists = context.text, context.lists
    for match in lists.keyed["any-ordinal"].finditer(text, span.start, span.end):
        at = Span(*match.span("ordinal"))
        if not taken.isdisjoint(range(at.start, at.end)) or context.in_timex(at):
            continue
        if lists.pattern["month-before"].search(text, max(span.start, at.start - 14), at.start):
            continue
        written = lowered(match["ordinal"])
        rank = float(lists.rules.meanings("ordinal").get(written) or re.sub(r"\D", "", written) or 0)
        after = lists.pattern["ranked-after"].match(text, at.end, span.end)
        if not rank or after is None or (match["ordinal"][0].isupper() and after["word"][0].isupper()):
            continue
        word = after["word"].lower()
        if _unranked(word, context):
            continue
        head_at = Span(*after.span("word"))
        head = singular(word, context.language) if plural(word, context.language) else word
        why, whole = Provenance("facts", "plain-ordinal"), Span(at.start, head_at.end)
        yield Fact(whole, "ordinal", head, why, at, head_at, low=rank, high=rank, compared=False)


def _unranked(word: str, context: Context) -> bool:
    """Whether an ordinal before `word` ranks nothing."""
    lists, nouns = context.lists, words_of(context.language)
    if word in lists.words["no_rank"] or word.endswith(nouns.adverb_ending):
        return True
    return word in nouns.end and word not in lists.words["ranked_end"]
