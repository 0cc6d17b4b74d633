"""Where the words of a quotation stand in the tellings: as they are, or nearly so.

1. Rare words of the quotation say where it may stand: places of a telling that hold several at the right distances.
2. There the words are aligned by the fewest edits, and what is equal is weighed by whether the words tell something.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tellings.across.checking.sources import Sources
from tellings.across.families.telling_words import tells
from tellings.across.keys import Aligned, Operation, align
from tellings.model.records import Place

#: The folder of the words and rules.
ROOM = "check"
#: Places of a word beyond which it says nothing of where a quotation stands.
COMMON = 60
#: Words by which a place may be shifted against another and still be of one stretch.
DRIFT = 6
#: Stretches that are looked at closely.
CANDIDATES = 8
#: Share of the best's words that a stretch must hold to be looked at.
HALF = 0.5
#: Words times words beyond which alignment by the fewest edits takes too long.
LONGEST = 20_000
EQUAL: Operation = "equal"
REPLACE: Operation = "replace"
DELETE: Operation = "delete"
#: What a function word weighs beside one that tells something.
FUNCTION = 0.25
#: What it costs that a word is another one, is put in, or is left out by the draft.
CHANGED, PUT_IN, LEFT_OUT = 1.0, 1.0, 0.4


@dataclass(frozen=True, slots=True)
class Located:
    """Words of a draft beside a stretch `[first, last)` of the words of a telling: the edits between them, the share of
    the draft's words, and of the telling's, that are equal, weighed, and how many stand equal in the longest run."""

    telling: str
    first: int
    last: int
    edits: tuple[Aligned, ...]
    share: float
    of_the_telling: float
    run: int


def exactly(words: Sequence[str], sources: Sources) -> tuple[Located, ...]:
    """Where the words stand as they are, in the order of the tellings."""
    if not words:
        return ()
    rarest = min(range(len(words)), key=lambda place: (len(sources.where(words[place])), place))
    found = []
    for telling, at in sources.where(words[rarest]):
        first = at - rarest
        if first >= 0 and list(sources.words[telling].normal[first : first + len(words)]) == list(words):
            edits = (Aligned("equal", 0, len(words), 0, len(words)),)
            found.append(Located(telling, first, first + len(words), edits, 1.0, 1.0, len(words)))
    return tuple(found)


def nearly(words: Sequence[str], sources: Sources, most: int = 3) -> tuple[Located, ...]:
    """Where most of the words stand, if not all: the stretches that share most, the nearest first."""
    telling_words = [place for place, word in enumerate(words) if tells(word)]
    # telling, about where the quotation would begin → weight of the words that say so
    found: dict[tuple[str, int], float] = defaultdict(float)
    for place in telling_words or range(len(words)):
        where = sources.where(words[place])
        if len(where) <= COMMON:
            for telling, at in where:
                found[telling, (at - place) // DRIFT] += 1.0
    both = {(telling, bin_): weight + found.get((telling, bin_ + 1), 0.0) for (telling, bin_), weight in found.items()}
    first = sorted(both, key=lambda key: (-both[key], key))[: CANDIDATES * 2]
    first = [key for key in first if both[key] >= HALF * both[first[0]]]
    located = [_at(words, telling, bin_ * DRIFT, sources) for telling, bin_ in first]
    best: list[Located] = []
    for one in sorted((each for each in located if each is not None), key=lambda each: (-each.share, -each.run)):
        if not any(
            one.telling == other.telling and one.first < other.last and other.first < one.last for other in best
        ):
            best.append(one)
    return tuple(best[:most])


def _at(words: Sequence[str], telling: str, start: int, sources: Sources) -> Located | None:
    """The words beside a telling's from about `start` on."""
    table = sources.words[telling].normal
    begin = max(0, start - DRIFT)
    end = min(len(table), start + len(words) + len(words) // 2 + 2 * DRIFT)
    first, edits = fitted(words, table[begin:end])
    last = first + max((edit.b2 for edit in edits), default=0)
    if not any(edit.op == "equal" for edit in edits):
        return None
    same = sum(_weight(words[edit.a1 : edit.a2]) for edit in edits if edit.op == "equal")
    theirs = _weight(table[begin + first : begin + last])
    run = max(edit.a2 - edit.a1 for edit in edits if edit.op == "equal")
    return Located(telling, begin + first, begin + last, edits, same / _weight(words), same / theirs, run)


def fitted(words: Sequence[str], among: Sequence[str]) -> tuple[int, tuple[Aligned, ...]]:
    """All of `words` aligned with the stretch of `among` that takes the fewest edits: where this begins, and the edits,
    whose places in `among` count from there (Sellers 1980, "The theory and computation of evolutionary distances").

    >>> fitted(["a", "big", "dog"], ["is", "a", "small", "dog", "here"])[0]
    1
    """
    if len(words) * len(among) > LONGEST:
        return _fitted_long(words, among)
    rows: list[list[float]] = [[0.0] * (len(among) + 1)]
    for word in words:
        above = rows[-1]
        row = [above[0] + PUT_IN]
        for b, other in enumerate(among, start=1):
            row.append(
                min(above[b - 1] + (0.0 if word == other else CHANGED), above[b] + PUT_IN, row[b - 1] + LEFT_OUT)
            )
        rows.append(row)
    a, b = len(words), min(range(len(among) + 1), key=lambda end: (rows[-1][end], -end))
    steps: list[Aligned] = []
    while a:
        here = rows[a][b]
        if b and words[a - 1] == among[b - 1] and here == rows[a - 1][b - 1]:
            a, b = a - 1, b - 1
            steps.append(Aligned("equal", a, a + 1, b, b + 1))
        elif b and here == rows[a - 1][b - 1] + CHANGED:
            a, b = a - 1, b - 1
            steps.append(Aligned("replace", a, a + 1, b, b + 1))
        elif here == rows[a - 1][b] + PUT_IN:
            a -= 1
            steps.append(Aligned("delete", a, a + 1, b, b))
        else:
            b -= 1
            steps.append(Aligned("insert", a, a, b, b + 1))
    return b, tuple(_joined(step, b) for step in _runs(reversed(steps)))


def _fitted_long(words: Sequence[str], among: Sequence[str]) -> tuple[int, tuple[Aligned, ...]]:
    """The same by the longest common subsequence, without what `among` has before and behind it: nearly as good where
    many words are the same."""
    edits = list(align(words, among))
    if edits and edits[-1].op != EQUAL:
        last = edits.pop()
        edits += _clipped(last, last.b1, min(last.b2, last.b1 + last.a2 - last.a1))
    start = 0
    if edits and edits[0].op != EQUAL:
        first = edits.pop(0)
        start = max(first.b1, first.b2 - (first.a2 - first.a1))
        edits = [*_clipped(first, start, first.b2), *edits]
    return start, tuple(_joined(edit, start) for edit in edits)


def _clipped(edit: Aligned, low: int, high: int) -> list[Aligned]:
    """An edit with the stretch `[low, high)` of the other text alone; none where nothing is left of it."""
    if edit.a2 == edit.a1:
        return []
    return [Aligned(REPLACE if high > low else DELETE, edit.a1, edit.a2, low, high)]


def _runs(steps: Iterable[Aligned]) -> list[Aligned]:
    """Steps in runs: equal ones, and what lies between them."""
    found: list[Aligned] = []
    for step in steps:
        before = found[-1] if found else None
        if before is None or (before.op == "equal") != (step.op == "equal"):
            found.append(step)
            continue
        op: Operation = before.op if before.op == step.op else "replace"
        found[-1] = Aligned(op, before.a1, step.a2, before.b1, step.b2)
    return found


def _joined(edit: Aligned, start: int) -> Aligned:
    """An edit whose places in the other text count from `start`."""
    return Aligned(edit.op, edit.a1, edit.a2, edit.b1 - start, edit.b2 - start)


def place_of(located: Located, sources: Sources) -> Place:
    """The characters of a stretch."""
    return Place(located.telling, sources.words[located.telling].span(located.first, located.last - 1))


def _weight(words: Iterable[str]) -> float:
    """What words count for in a quotation."""
    return sum(1.0 if tells(word) else FUNCTION for word in words)
