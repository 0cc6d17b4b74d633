"""Numbers in words and figures, vague amounts and the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tellings.model.records import Bound
from tellings.model.rules import DIGITS, Keyed, RuleSet, load
from tellings.model.text import Span

#: What "nearly" and "about" allow, as shares of the number. Ours: "nearly 250" is over 225.
NEARLY = 0.9
NEARLY_FEW = 0.85
ABOUT = 0.15
#: So many things are few.
FEW = 10


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or vague amount. `span` includes its bound words, `core` only the number.

    `high` is `None` where open-ended. `figure`: written in digits. `article`: "a" before a unit of
    time. `additional`: "another 12". `year_like`: four digits that may be a year. `vague`: the
    vague word in normal form. `core_low`: the number itself, before its bound widens it.
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
    core_low: float = 0.0


@dataclass(frozen=True, slots=True)
class _Patterns:
    core: Keyed
    bound: re.Pattern[str]
    additional: re.Pattern[str]
    label: re.Pattern[str]


_RANGE = re.compile(r"\s?[-–—]\s?|\s+(?:to|or)\s+")
_AND = re.compile(r"\s+and\s+")
_BETWEEN = re.compile(r"(?<!\w)between\s+$", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)from\s+$", re.IGNORECASE)
_OR_MORE = re.compile(r"\+(?!\w)|\s+or\s+(more|so|fewer|less)(?!\w)|\s+plus(?=\s)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
# What stands right after a number that is no number of things: more digits, units of other rooms.
_NOT_AFTER = re.compile(r"[\w%°′″]|[-/:]\w|[.,]\d|['’](?:s|clock)|\s?(?:%|per\s?cent|percent|o['’]clock|[ap]\.?m\b)")


@cache
def _patterns(language: str) -> _Patterns:
    rules = load(language, "fact")
    word = rules.alternatives("number_word")
    vague = rules.alternatives("vague")
    big = rules.alternatives("magnitude")
    parts = frozenset(["dozen", "hundred", "thousand", "million", "billion"])
    units = "hour|day|night|week|month|year|decade"
    core = re.compile(
        r"(?<![\w.,:/#@+$£€%°–—-])(?:"
        rf"(?P<figure>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,12}}(?:\.\d{{1,6}})?)(?P<half>½|\s1/2)?(?:[\s-](?P<scale>{big})s?(?!\w))?"
        rf"|(?P<vague>{vague})(?!\w)"
        rf"|(?P<dozen>half\s+a\s+(?:dozen|million|billion)|an?\s+(?:dozen|hundred|thousand|million|billion))(?!\w)"
        rf"|(?P<words>(?:{word})(?:[\s-]+(?:and\s+)?(?:{word}|{big}))*(?:\s+and\s+a\s+half(?:\s+(?:{big}))?)?)(?!\w)"
        rf"|(?P<article>an?)(?=\s+(?:{units})(?!\w))"
        r")",
        re.IGNORECASE,
    )
    keys = rules.first_words("number_word") | rules.telling_words("vague") | parts | {*units.split("|"), DIGITS}
    return _Patterns(
        Keyed(core, keys),
        re.compile(rf"(?<!\w)(?P<bound>{rules.alternatives('bound')})\s+$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{rules.alternatives('additional_before')})\s+$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{rules.alternatives('label_before')})\.?\s+$", re.IGNORECASE),
    )


def quantities(text: str, amounts: Iterable[Quantity]) -> list[Quantity]:
    """Those of `amounts` (see `amounts_in`) that may count things by what stands right behind them."""
    return [number for number in amounts if _counts(text, number)]


def _counts(text: str, number: Quantity) -> bool:
    """Whether nothing right after a figure shows that it is no number of things."""
    return not (number.figure and _NOT_AFTER.match(text, number.core.end) and text[number.core.end] != "+")


def amounts_in(text: str, span: Span, words: frozenset[str], language: str = "en") -> list[Quantity]:
    """All numbers and vague amounts of `text` in `span` but labels ("page 12"), scores and codes.

    `words`: those of the span (`words_in`).
    """
    rules, patterns = load(language, "fact"), _patterns(language)
    if not patterns.core.may_stand(words):
        return []
    found: list[Quantity] = []
    skip_to = span.start
    for match in patterns.core.pattern.finditer(text, span.start, span.end):
        if match.start() < skip_to or _FROM.search(text, max(span.start, match.start() - 8), match.start()):
            continue
        number = _number(match, rules)
        if number is None:
            continue
        ranged, skip_to = _with_range(text, span, number, match, rules, patterns)
        if ranged is None:
            continue
        number = ranged
        if number.figure and patterns.label.search(text, max(span.start, match.start() - 14), match.start()):
            continue
        found.append(_bounded(text, span, number, rules, patterns))
    return found


def _number(match: re.Match[str], rules: RuleSet) -> Quantity | None:
    core = Span(match.start(), match.end())
    if match["figure"]:
        digits = match["figure"]
        value = float(digits.replace(",", "")) + (0.5 if match["half"] else 0.0)
        scale = rules.meanings("magnitude")[match["scale"].lower()] if match["scale"] else 1
        year = not match["scale"] and len(digits) == 4 and digits.isdigit() and 1000 <= int(digits) <= 2100
        # Leading zeros are codes, not numbers of things.
        if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
            return None
        value = round(value * scale, 6)
        return Quantity(core, core, value, value, figure=True, year_like=year)
    if match["vague"]:
        words = _SPACE.sub(" ", match["vague"].lower())
        meaning: Mapping[str, Any] = rules.meanings("vague")[words]
        high = meaning.get("high")
        return Quantity(core, core, float(meaning["low"]), None if high is None else float(high), "vague", vague=words)
    if match["article"]:
        return Quantity(core, core, 1.0, 1.0, article=True)
    words = _SPACE.sub(" ", (match["dozen"] or match["words"]).lower())
    if match["dozen"]:
        head, scale_word = words.rsplit(" ", 1)
        value = rules.meanings("magnitude")[scale_word] * (0.5 if head.startswith("half") else 1.0)
        return Quantity(core, core, value, value)
    in_words = _in_words(words, rules)
    return None if in_words is None else Quantity(core, core, in_words, in_words)


def _in_words(words: str, rules: RuleSet) -> float | None:
    """The value of a cardinal in words, or `None` where the words do not make one number."""
    small, big = rules.meanings("number_word"), rules.meanings("magnitude")
    half = 0.0
    if " and a half" in words:
        words = words.replace(" and a half", "", 1)
        half = 0.5
    total, group = 0.0, 0.0
    last = 0.0
    for word in words.replace("-", " ").split():
        if word == "and":
            continue
        if word in small:
            value = float(small[word])
            if last and not (last >= 20 > 10 > value > 0 and last % 10 == 0) and last < 100:
                return None
            group += value
            last = value
        else:
            scale = float(big[word])
            if scale == 100:
                group = (group or 1) * 100
            else:
                total += (group + half or 1) * scale
                group, half = 0.0, 0.0
            last = scale
    return total + group + half


def _with_range(
    text: str, span: Span, number: Quantity, match: re.Match[str], rules: RuleSet, patterns: _Patterns
) -> tuple[Quantity | None, int]:
    """`number`, the range it begins, or `None` for a score; and where reading goes on."""
    end = match.end()
    if number.high is None or number.article or number.vague:
        return number, end
    between = _BETWEEN.search(text, max(span.start, match.start() - 10), match.start())
    gap = (_AND if between else _RANGE).match(text, end)
    if not gap:
        return number, end
    # The pattern's left guard refuses a digit after a dash, so the second number is read on its own.
    second = patterns.core.pattern.match(text[gap.end() : min(span.end, gap.end() + 40)])
    upper = _number(second, rules) if second else None
    if second is None or upper is None or upper.high is None or upper.article or upper.vague:
        return number, end
    low = number.low
    if second["scale"] and not match["scale"]:
        low *= rules.meanings("magnitude")[second["scale"].lower()]
    stop = gap.end() + second.end()
    if upper.high <= low:
        # "3-2" is a score, "2019-20" a season: nothing of it counts things. "5 or 3" is no range either.
        return None, stop
    core = Span(number.core.start, stop)
    start = between.start() if between else core.start
    year = number.year_like and upper.year_like
    return replace(number, span=Span(start, stop), core=core, low=low, high=upper.high, year_like=year), stop


def _bounded(text: str, span: Span, number: Quantity, rules: RuleSet, patterns: _Patterns) -> Quantity:
    """`number` with the words right before and after it that bound it."""
    start, end = number.span.start, number.core.end
    bound: Bound = number.bound
    additional = False
    for _ in range(2):
        window = max(span.start, start - 22)
        if not text[window:start].rstrip()[-1:].isalpha():
            break  # what bounds a number are words
        if match := patterns.additional.search(text, window, start):
            additional, start = True, match.start()
        elif match := patterns.bound.search(text, window, start):
            bound = rules.meanings("bound")[_SPACE.sub(" ", match["bound"].lower())]
            start = match.start()
        else:
            break
    if match := _OR_MORE.match(text, end):
        word = (match[1] or "more").lower()
        bound = {"more": "at least", "so": "about", "fewer": "at most", "less": "at most"}[word]  # type: ignore[assignment]
        end = match.end()
    low, high = limits(number.low, number.high, bound)
    return Quantity(
        *(Span(start, end), number.core, low, high, bound, number.figure, number.article, additional),
        *(number.year_like, number.vague, number.low),
    )


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
