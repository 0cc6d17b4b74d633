"""Word alignment that trusts runs, not single words: two long texts share "the" and "I" by chance.

Anchors are the longest common runs, found longest first (Ratcliff and Metzener 1988, as in Python's
difflib); between two anchors, words are paired only where both sides are short and of like length.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein

from tellings.across.keys import Aligned, align

#: Fewest words of an anchor. Four in a row are seldom chance inside one utterance.
_ANCHOR = 4
#: Longest stretch between anchors, in words, that may hold a rewording rather than other words.
_REWORDED = 8


def anchored(a: Sequence[str], b: Sequence[str]) -> tuple[Aligned, ...]:
    """Edits that turn `a` into `b`. "replace" is a rewording; other words are a "delete" and an "insert"."""
    matches = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    blocks = _extended(a, b, [(m.a, m.b, m.size) for m in matches if m.size >= _ANCHOR])
    if not blocks and min(len(a), len(b)) <= _REWORDED and max(len(a), len(b)) <= 2 * _REWORDED:
        return align(a, b)
    found: list[Aligned] = []
    at_a = at_b = 0
    for a1, b1, size in blocks:
        found.extend(_between(a, b, at_a, a1, at_b, b1))
        found.append(Aligned("equal", a1, a1 + size, b1, b1 + size))
        at_a, at_b = a1 + size, b1 + size
    found.extend(_between(a, b, at_a, len(a), at_b, len(b)))
    return tuple(found)


def _extended(a: Sequence[str], b: Sequence[str], blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """`blocks` with short runs added that lie one or two changed words behind an anchor: "never raised his
    voice" beside "never lost his voice"."""
    found: list[tuple[int, int, int]] = []
    for index, (start_a, start_b, size) in enumerate(blocks):
        stop_a, stop_b = (blocks[index + 1][0], blocks[index + 1][1]) if index + 1 < len(blocks) else (len(a), len(b))
        if left := _left_step(a, b, start_a, start_b, found[-1] if found else (0, 0, 0)):
            found.append(left)
        found.append((start_a, start_b, size))
        at_a, at_b = start_a + size, start_b + size
        while (step := _step(a, b, at_a, at_b, stop_a, stop_b)) is not None:
            found.append(step)
            at_a, at_b = step[0] + step[2], step[1] + step[2]
    return found


def _left_step(
    a: Sequence[str], b: Sequence[str], start_a: int, start_b: int, before: tuple[int, int, int]
) -> tuple[int, int, int] | None:
    """The run before an anchor, one word of another spelling away: "the honor | of my life" beside "the honour"."""
    floor_a, floor_b = before[0] + before[2], before[1] + before[2]
    x, y = start_a - 1, start_b - 1
    if x <= floor_a or y <= floor_b or a[x] == b[y] or not _spelt_alike(a[x], b[y]):
        return None
    size = 0
    while x - size - 1 >= floor_a and y - size - 1 >= floor_b and a[x - size - 1] == b[y - size - 1]:
        size += 1
    return (x - size, y - size, size) if size else None


def _spelt_alike(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= 4 and a[0] == b[0] and Levenshtein.distance(a, b, score_cutoff=2) <= 1


def _step(
    a: Sequence[str], b: Sequence[str], at_a: int, at_b: int, stop_a: int, stop_b: int
) -> tuple[int, int, int] | None:
    """The next run of two equal words (or one that ends both) after at most two changed words on each side."""
    for skip_a, skip_b in ((1, 1), (0, 1), (1, 0), (1, 2), (2, 1), (2, 2)):
        x, y, size = at_a + skip_a, at_b + skip_b, 0
        while x + size < stop_a and y + size < stop_b and a[x + size] == b[y + size]:
            size += 1
        if size >= 2 or (size == 1 and x + 1 == len(a) and y + 1 == len(b)):
            return x, y, size
    return None


def _between(a: Sequence[str], b: Sequence[str], a1: int, a2: int, b1: int, b2: int) -> list[Aligned]:
    """The edits of a stretch between two anchors (or an anchor and an end)."""
    left, right = a2 - a1, b2 - b1
    if left == 0 and right == 0:
        return []
    if left == 0:
        return [Aligned("insert", a1, a1, b1, b2)]
    if right == 0:
        return [Aligned("delete", a1, a2, b1, b1)]
    inner = bool(a1 or b1) and a2 < len(a) and b2 < len(b)
    like = inner or left == right or bool(set(a[a1:a2]) & set(b[b1:b2]))
    if max(left, right) <= _REWORDED and like and max(left, right) <= 2 * min(left, right) + 2:
        return [Aligned(e.op, e.a1 + a1, e.a2 + a1, e.b1 + b1, e.b2 + b1) for e in align(a[a1:a2], b[b1:b2])]
    return [Aligned("delete", a1, a2, b1, b1), Aligned("insert", a2, a2, b1, b2)]
