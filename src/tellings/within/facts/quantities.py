"""Numbers in words and figures, vague amounts and the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tellings.model.records import Bound
from tellings.model.rules import lowered, words_in
from tellings.model.text import Span
from tellings.within.facts.lists import FactLists, folded

#: What "nearly" and "about" allow, as shares of the number. Ours: "nearly 250" is over 225.
NEARLY = 0.9
NEARLY_FEW = 0.85
ABOUT = 0.15
#: So many things are few.
FEW = 10
#: From so many on the thousands of a figure are parted.
THOUSAND = 1000
#: What parts the thousands of a figure.
PARTING = re.compile(r"[,\s]+")
#: What "+" and "plus" behind a number say, where no word does.
_AND_MORE: Bound = "at least"
#: Patterns of what stands before a number, asked for where a word of theirs stands in the sentence.
_BEFORE = ("from-before", "between-before", "share-before", "label-before", "additional-before", "bound-before")
#: "Nine in ten" is a share; "nine in 40 boats" are nine.
_OF_SO_MANY = 10
_BOUNDING = frozenset(("additional-before", "bound-before"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or vague amount. `span` includes its bound words, `core` only the number.

    `high` is `None` where open-ended. `figure`: written in digits. `article`: "a" before a unit of
    time. `additional`: "another 12". `year_like`: four digits that may be a year. `vague`: the
    vague word in normal form. `core_low`: the number itself, where words beside it bound it.
    """

    span: Span
    core: Span
    low: float
    high: float | None
    bound: Bound = "exact"
    figure: bool = False
    article: bool = False
    additional: bool = False
    year_like: bool = False
    vague: str = ""
    core_low: float | None = None


def quantities(text: str, amounts: Iterable[Quantity], lists: FactLists) -> list[Quantity]:
    """Those of `amounts` (see `amounts_in`) that may count things by what stands right behind them."""
    behind = lists.pattern["no-count-after"]
    return [number for number in amounts if not (number.figure and behind.match(text, number.core.end))]


def amounts_in(text: str, span: Span, lists: FactLists, words: frozenset[str] | None = None) -> list[Quantity]:
    """All numbers and vague amounts of `text` in `span` but labels ("page 12"), scores and codes.

    `words`: those of the span (`words_in`), where they are known.
    """
    words = words_in(span.of(text)) if words is None else words
    amount, pattern = lists.keyed["amount"], lists.pattern
    if not amount.may_stand(words):
        return []
    beside = frozenset(name for name in _BEFORE if lists.keyed[name].may_stand(words))
    found: list[Quantity] = []
    skip_to = span.start
    for match in amount.finditer(text, span.start, span.end):
        start = match.start()
        if start < skip_to:
            continue
        if "from-before" in beside and pattern["from-before"].search(text, max(span.start, start - 8), start):
            continue
        number = _number(match, lists)
        if number is None or ("share-before" in beside and _is_of_so_many(text, span, number, lists)):
            continue
        ranged, skip_to = _with_range(text, span, number, match, lists, beside)
        if ranged is None or (ranged.figure and _is_label(text, span, start, lists, beside)):
            continue
        found.append(_bounded(text, span, ranged, lists, beside))
    return found


def _is_of_so_many(text: str, span: Span, number: Quantity, lists: FactLists) -> bool:
    """Whether a number is that of which another is a share ("one in three", "nine in 10"), and no length of time."""
    start, end, pattern = number.core.start, number.core.end, lists.pattern
    share = pattern["share-before"].search(text, max(span.start, start - 18), start)
    if share is None or (share["one"] is None and number.low > _OF_SO_MANY):
        return False
    gap = pattern["unit-gap"].match(text, end, span.end)
    return pattern["time-unit-after"].match(text, gap.end() if gap else end, span.end) is None


def _is_label(text: str, span: Span, start: int, lists: FactLists, beside: frozenset[str]) -> bool:
    """Whether a word right before a figure says that it names something ("page 12")."""
    reach = max(span.start, start - 14)
    return "label-before" in beside and lists.pattern["label-before"].search(text, reach, start) is not None


def _number(match: re.Match[str], lists: FactLists) -> Quantity | None:
    """The number at a match of "amount"; `None` for codes, and for words that make no one number."""
    core = Span(match.start(), match.end())
    if match["figure"]:
        return _figure(core, match, lists)
    if match["vague"]:
        words = folded(match["vague"])
        meaning: Mapping[str, Any] = lists.rules.meanings("vague")[words]
        high = meaning.get("high")
        return Quantity(core, core, float(meaning["low"]), None if high is None else float(high), "vague", vague=words)
    if match["article"]:
        return Quantity(core, core, 1.0, 1.0, article=True)
    if match["dozen"]:
        of = lists.rules.meanings("magnitude")[folded(match["dozen"]).rsplit(" ", 1)[1]]
        value = of * (0.5 if match["half_of_it"] else 1.0)
        return Quantity(core, core, value, value)
    in_words = _in_words(folded(match["words"]), lists)
    return None if in_words is None else Quantity(core, core, in_words, in_words)


def _figure(core: Span, match: re.Match[str], lists: FactLists) -> Quantity | None:
    digits = match["figure"]
    # Leading zeros are codes, not numbers of things.
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return None
    scale = _scale(match, lists)
    value = round((float(PARTING.sub("", digits)) + (0.5 if match["half"] else 0.0)) * scale, 6)
    year = scale == 1 and len(digits) == 4 and digits.isdigit() and 1000 <= int(digits) <= 2100
    return Quantity(core, core, value, value, figure=True, year_like=year)


def _scale(match: re.Match[str], lists: FactLists) -> float:
    """By what a number is multiplied that is written behind it: in a word, by a letter, or as the last of its words."""
    magnitudes = lists.rules.meanings("magnitude")
    if match["scale"]:
        return float(magnitudes[lowered(match["scale"])])
    if match["short"]:
        return float(lists.rules.meanings("short_magnitude")[lowered(match["short"])])
    last = folded(match["words"]).replace("-", " ").split()[-1] if match["words"] else ""
    return float(magnitudes.get(last, 1))


def _in_words(words: str, lists: FactLists) -> float | None:
    """The value of a cardinal in words, or `None` where the words do not make one number."""
    small, big = lists.rules.meanings("number_word"), lists.rules.meanings("magnitude")
    joints, halves = lists.words["number_joint"], lists.words["half_word"]
    total, group, last, half = 0.0, 0.0, 0.0, 0.0
    for word in words.replace("-", " ").split():
        if word in joints:
            continue
        if word in halves:
            half = 0.5
        elif word in small:
            value = float(small[word])
            if last and not (last >= 20 > 10 > value > 0 and last % 10 == 0) and last < 100:
                return None
            group += value
            last = value
        else:
            last = float(big[word])
            if last == 100:
                group = (group or 1) * 100
            else:
                total += (group + half or 1) * last
                group, half = 0.0, 0.0
    return total + group + half


def _with_range(
    text: str, span: Span, number: Quantity, match: re.Match[str], lists: FactLists, beside: frozenset[str]
) -> tuple[Quantity | None, int]:
    """`number`, the range it begins, or `None` for a score; and where reading goes on."""
    end, pattern = match.end(), lists.pattern
    if number.high is None or number.article or number.vague:
        return number, end
    between = None
    if "between-before" in beside:
        between = pattern["between-before"].search(text, max(span.start, match.start() - 10), match.start())
    gap = pattern["and-after-between" if between else "range-between"].match(text, end)
    if not gap:
        return number, end
    # The pattern's left guard refuses a digit after a dash, so the second number is read on its own.
    second = pattern["amount"].match(text[gap.end() : min(span.end, gap.end() + 40)])
    upper = _number(second, lists) if second else None
    if second is None or upper is None or upper.high is None or upper.article or upper.vague:
        return number, end
    low = number.low
    if _scale(match, lists) == 1:
        low *= _scale(second, lists)  # "three or four hundred"
    if second["figure"] and "," in second["figure"] and low < THOUSAND and low * THOUSAND < upper.high:
        low *= THOUSAND  # "10-15,000"
    stop = gap.end() + second.end()
    if upper.high <= low:
        # "3-2" is a score, "2019-20" a season: nothing of it counts things. "5 or 3" is no range either.
        return None, stop
    core = Span(number.core.start, stop)
    start = between.start() if between else core.start
    year = number.year_like and upper.year_like
    return replace(number, span=Span(start, stop), core=core, low=low, high=upper.high, year_like=year), stop


def _bounded(text: str, span: Span, number: Quantity, lists: FactLists, beside: frozenset[str]) -> Quantity:
    """`number` with the words right before and after it that bound it."""
    start, end, pattern = number.span.start, number.core.end, lists.pattern
    bound: Bound = number.bound
    additional = False
    for _ in range(2 if _BOUNDING & beside else 0):
        window = max(span.start, start - 22)
        if not text[window:start].rstrip()[-1:].isalpha():
            break  # what bounds a number are words
        if match := pattern["additional-before"].search(text, window, start):
            additional, start = True, match.start()
        elif match := pattern["bound-before"].search(text, window, start):
            bound = lists.meaning("bound", match["bound"])
            start = match.start()
        else:
            break
    end, bound = bounded_behind(text, end, bound, lists)
    if (start, end, bound, additional) == (number.span.start, number.span.end, number.bound, False):
        return number  # most stand by themselves
    low, high = limits(number.low, number.high, bound)
    return Quantity(
        *(Span(start, end), number.core, low, high, bound, number.figure, number.article, additional),
        *(number.year_like, number.vague, number.low),
    )


def bounded_behind(text: str, end: int, bound: Bound, lists: FactLists) -> tuple[int, Bound]:
    """Where a number ends with the words behind it that bound it, and what bounds it, which is `bound` without any."""
    match = lists.pattern["bound-after"].match(text, end)
    if match is None:
        return end, bound
    behind: Bound = lists.meaning("bound_after", match["bound_after"]) if match["bound_after"] else _AND_MORE
    return match.end(), behind


def limits(low: float, high: float | None, bound: Bound) -> tuple[float, float | None]:
    """The least and most that a number from `low` to `high` can mean under `bound`; `None` where open-ended."""
    if bound in ("at least", "more than"):
        return low, None
    if bound in ("at most", "less than"):
        return 0.0, high
    if bound == "nearly":
        return round(low * (NEARLY_FEW if low <= FEW else NEARLY), 6), high
    if bound == "about":
        return round(low * (1 - ABOUT), 6), None if high is None else round(high * (1 + ABOUT), 6)
    return low, high
