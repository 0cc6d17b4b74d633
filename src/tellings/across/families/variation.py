"""How one variant of an utterance differs from its fullest text, and in what kind."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz.distance import Levenshtein

from tellings.across.families.anchors import anchored
from tellings.across.families.assembly import Token
from tellings.across.families.stretches import Stretch
from tellings.across.keys import Aligned, Word
from tellings.language.base import UNDECLARED, language_of
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


def variations(own: list[Stretch], merged: list[Token], texts: Mapping[str, str]) -> tuple[tuple[Variation, ...], int]:
    """The differences of one telling's stretches against the assembled words, in order, and how many of these it has,
    in its form of them."""
    apart = sorted((s for s in own if not any(_within(s, other) for other in own)), key=lambda s: s.start)
    mine: list[tuple[Word, Stretch]] = [(word, stretch) for stretch in apart for word in stretch.words]
    if not mine:
        return (), 0
    telling = own[0].telling
    text = texts[telling]
    found: list[Variation] = []
    printed = 0
    for edit in _edits([token.normal for token in merged], [word.normal for word, _ in mine]):
        if edit.op == "equal":
            printed += edit.a2 - edit.a1
            found.extend(_punctuation(mine, merged, edit.a1, edit.b1, edit.b2 - edit.b1, texts))
            continue
        base = _base(merged, edit.a1, edit.a2)
        if edit.op == "delete":
            kind, place = _left_out(mine, edit.b1, text)
            if kind != "cut" or not _is_article([token.normal for token in merged[edit.a1 : edit.a2]]):
                found.append(Variation(kind, place, base))
            continue
        if mine[edit.b1][1] is not mine[edit.b2 - 1][1]:
            continue  # runs over two stretches: the words lie elsewhere in the assembled text
        here = Span(mine[edit.b1][0].start, mine[edit.b2 - 1][0].end)
        if edit.op == "insert":
            at_its_edge = edit.b1 == 0 or edit.b2 == len(mine)
            if (
                not at_its_edge and edit.b2 - edit.b1 <= _OTHER_WORDS
            ):  # else other words, no difference in the same ones
                found.append(Variation("insertion", Place(telling, here), base))
            continue
        printed += edit.a2 - edit.a1
        kind = _replaced([t.normal for t in merged[edit.a1 : edit.a2]], [w.normal for w, _ in mine[edit.b1 : edit.b2]])
        found.append(Variation(kind, Place(telling, here), base))
    return tuple(found), printed


def _edits(whole: list[str], mine: list[str]) -> tuple[Aligned, ...]:
    """The edits that turn the assembled words into a telling's; of a fragment too short to be aligned, where it stands
    as it is. None where nothing is shared."""
    edits = anchored(whole, mine)
    if any(edit.op == "equal" for edit in edits):
        return edits
    size = len(mine)
    at = next((at for at in range(len(whole) - size + 1) if whole[at : at + size] == mine), None)
    if at is None:
        return ()
    found = (
        Aligned("delete", 0, at, 0, 0),
        Aligned("equal", at, at + size, 0, size),
        Aligned("delete", at + size, len(whole), size, size),
    )
    return tuple(edit for edit in found if edit.a2 > edit.a1)


def _is_article(words: list[str]) -> bool:
    """Whether this is an article alone, which nobody misses at the edge of a cut."""
    return len(words) == 1 and words[0] in language_of(UNDECLARED).words("quote", "article")


def _within(stretch: Stretch, other: Stretch) -> bool:
    """Whether a stretch is quoted within another of its telling."""
    return stretch is not other and other.start <= stretch.start and stretch.end <= other.end


def _left_out(mine: list[tuple[Word, Stretch]], at: int, text: str) -> tuple[EditKind, Place]:
    """How a telling leaves out words before its word `at`, and where: it begins later or ends sooner ("cut"), says that
    words are missing, or has none there."""
    word, stretch = mine[min(at, len(mine) - 1)]
    if at == 0:
        return "cut", Place(stretch.telling, Span(stretch.start, stretch.start))
    before, its = mine[at - 1]
    if at == len(mine) or its is not stretch:
        return "cut", Place(its.telling, Span(its.end, its.end))
    between = Span(before.end, word.start)
    marked = _MARKED.search(between.of(text)) is not None
    return "marked omission" if marked else "omission", Place(its.telling, between)


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
