"""Whether a value of a draft can be the one that a telling gives: exact, bounded, about, or in round figures."""

from __future__ import annotations

from math import floor, log10

from tellings.across.questions.answers import Answer

#: Share by which a value told as about may be off, and by which one in another unit may be.
ABOUT, TURNED = 0.07, 0.04
#: Share by which a round number may be off, and one of a single figure.
ROUNDED, ONE_FIGURE = 0.05, 0.02
#: Share by which "more than" and "less than" so many may lie from what is meant.
REACH = 0.25
#: Figures that a number has at least to be told precisely: of fewer, "about" may stand beside any near it.
PRECISE = 3
_UP = frozenset({"more than", "at least"})
_DOWN = frozenset({"less than", "nearly", "at most"})


def comparable(one: Answer, other: Answer) -> bool:
    """Whether two values are of one kind: sums of any currency, measures of one quantity."""
    return one.kind == other.kind and (one.kind == "money" or one.unit == other.unit)


def meets(one: Answer, other: Answer) -> bool:
    """Whether both can be one value. A bound stands for a number that lies near it: "more than 200" is no 400."""
    if one.kind == "money" and one.unit != other.unit:
        return False
    a, b = _told(one), _told(other)
    if a == b:
        # "Nearly 50" is what may be "about 50", and no "more than 50".
        return not {one.bound, other.bound} <= _UP | _DOWN or (one.bound in _UP) == (other.bound in _UP)
    if "vague" in (one.bound, other.bound):
        return one.meets(other)
    for mine, theirs in ((one, other), (other, one)):
        if mine.low < mine.high < float("inf") and mine.bound == "exact":
            return mine.low <= _told(theirs) <= mine.high
    if (one.bound in _UP and other.bound in _UP) or (one.bound in _DOWN and other.bound in _DOWN):
        return _off(a, b) <= _slack(one, other)
    for mine, theirs in ((one, other), (other, one)):
        if mine.bound in _UP and theirs.bound not in _UP:
            return _told(mine) < _told(theirs) <= _told(mine) * (1 + REACH) or _about(one, other)
        if mine.bound in _DOWN and theirs.bound not in _DOWN:
            return _told(mine) * (1 - REACH) <= _told(theirs) < _told(mine) or _about(one, other)
    return _off(a, b) <= _slack(one, other) or rounds(a, b) or rounds(b, a)


def bears_out(draft: Answer, given: Answer) -> bool:
    """Whether a value that a telling gives says what the draft says: it can be the same, and the draft is not told more
    precisely ("43,150" is more than "some 43,000" says, and than "at least 40,000")."""
    return meets(draft, given) and not is_more_precise(draft, given)


def is_more_precise(draft: Answer, given: Answer) -> bool:
    """Whether a value of a draft has figures that the one of a telling leaves open."""
    a, b = _told(draft), _told(given)
    if a == b or draft.kind == "clock" or draft.bound != "exact" or draft.low != draft.high:
        return False
    if draft.written_in != given.written_in:
        return False  # who turns a value into another unit makes figures of his own
    return _figures(a) >= max(PRECISE, _figures(b) + 1)


def rounds(told: float, exact: float) -> bool:
    """Whether a number is another one in fewer figures, to the nearest or cut off: 694,000 of 693,665, 15 of 15.2."""
    figures = _figures(told)
    if told <= 0 or exact <= 0 or figures >= _figures(exact):
        return False
    unit = 10.0 ** (floor(log10(told)) - figures + 1)
    return told - unit / 2 <= exact < told + unit and _off(told, exact) <= (ROUNDED if figures > 1 else ONE_FIGURE)


def _told(value: Answer) -> float:
    """The number that is written, where a bound leaves others open."""
    if value.bound in _UP or value.high == float("inf"):
        return value.low
    return value.high if value.bound in _DOWN else (value.low + value.high) / 2


def _about(one: Answer, other: Answer) -> bool:
    a, b = _told(one), _told(other)
    return "about" in (one.bound, other.bound) and _off(a, b) <= ABOUT and _is_within_its_last_figure(one, other)


def _is_within_its_last_figure(one: Answer, other: Answer) -> bool:
    """Whether two numbers are off by less than one in the last figure of the rounder: "some 42,000" are no 43,100."""
    a, b = _told(one), _told(other)
    if one.written_in != other.written_in or one.kind in ("clock", "age") or min(a, b) <= 0:
        return True
    return abs(a - b) < max(_last_figure(a), _last_figure(b))


def _last_figure(number: float) -> float:
    """What one in the last figure of a number is worth that is told: 1,000 of 42,000."""
    return float(10.0 ** (floor(log10(number)) - _figures(number) + 1))


def _slack(one: Answer, other: Answer) -> float:
    """The share by which two numbers may be off."""
    if one.kind == "clock":
        return 0.0
    if "about" in (one.bound, other.bound):
        return ABOUT if _is_within_its_last_figure(one, other) else 0.0
    if one.written_in != other.written_in and one.kind in ("measure", "duration"):
        return TURNED
    return 0.0


def _off(a: float, b: float) -> float:
    return abs(a - b) / (max(abs(a), abs(b)) or 1.0)


def _figures(number: float) -> int:
    """How many figures of a number are told, without the zeros at its end."""
    return len(f"{number:.6g}".replace(".", "").split("e")[0].strip("0") or "0")
