"""How one variant of an utterance differs from its fullest text, and in what kind."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz.distance import Levenshtein

from tellings.across.families.anchors import anchored
from tellings.across.families.assembly import Token
from tellings.across.families.grouping import Stretch
from tellings.across.keys import Word
from tellings.model.records import EditKind, Place, Variation
from tellings.model.text import Span

#: Longest insertion, in words, that counts as an edit of the words around it.
_OTHER_WORDS = 6
_MARKED = re.compile(r"…|\.\.\.|\. \. \.|\[|—\s*—")
#: Marks that printers set as they please: their form is no difference between tellings.
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
_NUMBERS = dict(
    zip(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        map(str, range(13)),
        strict=True,
    )
)
_QUOTE_MARKS = re.compile("[\"'“”‘’«»\\s]+")


def variations(own: list[Stretch], merged: list[Token], texts: Mapping[str, str]) -> tuple[Variation, ...]:
    """The differences of one telling's stretches against the assembled words, in order."""
    mine: list[tuple[Word, Stretch]] = [(word, stretch) for stretch in own for word in stretch.words]
    telling = own[0].telling
    text = texts[telling]
    found: list[Variation] = []
    edits = anchored([token.normal for token in merged], [word.normal for word, _ in mine])
    for position, edit in enumerate(edits):
        edge = position == 0 or position == len(edits) - 1
        if edit.op == "equal":
            found.extend(_punctuation(mine, merged, edit.a1, edit.b1, edit.b2 - edit.b1, texts))
            continue
        base = _base(merged, edit.a1, edit.a2)
        if edit.op == "delete":
            if edge or not 0 < edit.b1 < len(mine) or mine[edit.b1 - 1][1] is not mine[edit.b1][1]:
                continue  # where a telling's cut begins or ends is no omission
            between = Span(mine[edit.b1 - 1][0].end, mine[edit.b1][0].start)
            kind: EditKind = "marked omission" if _MARKED.search(between.of(text)) else "omission"
            found.append(Variation(kind, Place(telling, between), base))
            continue
        here = Span(mine[edit.b1][0].start, mine[edit.b2 - 1][0].end)
        if mine[edit.b1][1] is not mine[edit.b2 - 1][1]:
            continue  # runs over two stretches: the words lie elsewhere in the assembled text
        if edit.op == "insert":
            if edge or edit.b2 - edit.b1 > _OTHER_WORDS:
                continue  # other words of the utterance, not a difference in the same ones
            found.append(Variation("insertion", Place(telling, here), base))
            continue
        kind = _replaced([t.normal for t in merged[edit.a1 : edit.a2]], [w.normal for w, _ in mine[edit.b1 : edit.b2]])
        found.append(Variation(kind, Place(telling, here), base))
    return tuple(found)


def _base(merged: list[Token], start: int, end: int) -> Place:
    """The assembled words `[start, end)` as a span of the telling they begin in; empty between two words."""
    if start >= end:
        token = merged[start - 1] if start else merged[0]
        position = token.end if start else token.start
        return Place(token.telling, Span(position, position))
    first = merged[start]
    last = first
    for token in merged[start:end]:
        if (token.telling, token.stretch) != (first.telling, first.stretch) or token.start < last.start:
            break
        last = token
    return Place(first.telling, Span(first.start, last.end))


def _replaced(base: list[str], mine: list[str]) -> EditKind:
    a, b = " ".join(base), " ".join(mine)
    if a.replace(" ", "") == b.replace(" ", "") or _NUMBERS.get(a, a) == _NUMBERS.get(b, b):
        return "spelling"
    # "honour"/"honor", "grey"/"gray": one or two letters within a word of some length.
    if len(base) == len(mine) and all(
        x == y or (min(len(x), len(y)) >= 4 and x[0] == y[0] and Levenshtein.distance(x, y) <= 1)
        for x, y in zip(base, mine, strict=True)
    ):
        return "spelling"
    return "changed"


def _punctuation(
    mine: list[tuple[Word, Stretch]], merged: list[Token], a: int, b: int, count: int, texts: Mapping[str, str]
) -> list[Variation]:
    """Marks between two equal words that differ, beyond quotation marks and their form."""
    found = []
    for offset in range(count - 1):
        (first, here), (second, there) = mine[b + offset], mine[b + offset + 1]
        left, right = merged[a + offset], merged[a + offset + 1]
        if here is not there or not right.joined or left.telling != right.telling or left.stretch != right.stretch:
            continue
        if left.telling == here.telling:
            continue
        own = Span(first.end, second.start)
        base = Span(left.end, right.start)
        if _marks(own.of(texts[here.telling])) != _marks(base.of(texts[left.telling])):
            found.append(Variation("punctuation", Place(here.telling, own), Place(left.telling, base)))
    return found


def _marks(between: str) -> str:
    return _QUOTE_MARKS.sub("", between.translate(_PLAIN).replace("…", "..."))
