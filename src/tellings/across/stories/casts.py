"""Two like events of one day: a fire here and a fire there are told in like words, by two casts of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from math import sqrt
from sys import intern
from typing import NamedTuple, TypeVar

from tellings.across.stories.linkage import sampled
from tellings.across.stories.sketch import Sketch, rarity

_Member = TypeVar("_Member")
#: Names a cast has at least; the share of a group's tellings that must print a name of its cast, and never one alone.
LEAST, HELD = 6, 0.5
#: Cosine of two casts below which they are of two events. On the corpora of `eval/stories.py` it costs no story its
#: tellings; at twice this it does.
UNLIKE = 0.15
#: Days between two groups up to which they may be two events at once; later, the cast of one event may have changed.
AT_ONCE = 1
#: Tellings of a large group that stand for all of it.
_LOOKED_AT = 12


class Cast(NamedTuple):
    """What of a sketch says who takes part: its day, and the names that it prints."""

    day: date | None
    names: tuple[str, ...]


def cast_of(sketch: Sketch) -> Cast:
    """Whom a sketch names. What many name is kept once: casts are held for a whole pile, sketches are too many."""
    return Cast(sketch.day, tuple(map(intern, sketch.names)))


def two_casts(a: Sequence[_Member], b: Sequence[_Member], cast: Callable[[_Member], Cast]) -> bool:
    """Whether two groups of tellings of the same days each agree on names of their own that the other lacks; `cast` is
    asked for those alone that stand for all of a group."""
    if min(len(a), len(b)) < 2:
        return False
    first, second = ([cast(each) for each in sampled(group, _LOOKED_AT)] for group in (a, b))
    if not _at_once(first, second):
        return False
    mine, theirs = _agreed(first), _agreed(second)
    if min(len(mine), len(theirs)) < LEAST:
        return False
    common = sum(mine[name] ** 2 for name in mine.keys() & theirs.keys())
    return common < UNLIKE * sqrt(sum(w * w for w in mine.values()) * sum(w * w for w in theirs.values()))


def _at_once(a: Sequence[Cast], b: Sequence[Cast]) -> bool:
    first, second = ([each.day.toordinal() for each in group if each.day is not None] for group in (a, b))
    if not first or not second:
        return False
    return max(min(first) - max(second), min(second) - max(first)) <= AT_ONCE


def _agreed(group: Sequence[Cast]) -> dict[str, float]:
    """The names that a group agrees on, with their rarity."""
    held = Counter(name for each in group for name in each.names)
    least = max(2.0, HELD * len(group))
    return {name: rarity(name) for name, count in sorted(held.items()) if count >= least}
