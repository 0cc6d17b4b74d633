"""Copies for themselves alone: who shares text with whom, how much, and two tellings side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tellings.across.keys import align, words
from tellings.model.record import NearDuplicateLine, PassageLine
from tellings.model.records import Passage, Story, Telling
from tellings.model.text import Span
from tellings.tell import shared_text
from tellings.tell.cite import Citations

#: What a stretch of one side is beside the other: the same words, in other words or marks, or only there.
Side = Literal["same", "changed", "only"]


@dataclass(frozen=True, slots=True)
class CopiedTelling:
    """One telling: its label, document id and name, words of story, and how many of them it shares with another.

    `nearest` is the label of the telling seen before it, by their dates, that it shares most words with, `None` where
    there is none: which came first is evidence of who took from whom, and no proof.
    """

    label: str
    id: str
    name: str
    words: int
    shared: int
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Copies:
    """Who shares text with whom; `origins` are labels, those of one independent origin together."""

    tellings: tuple[CopiedTelling, ...]
    near_duplicates: tuple[NearDuplicateLine, ...]
    passages: tuple[PassageLine, ...]
    origins: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one telling as it stands beside the other; `passage` is the number of the passage it lies in."""

    span: Span
    exact: str
    side: Side
    passage: int | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two tellings, each cut into pieces that together are all of its text; passages are numbered from 1."""

    names: tuple[str, str]
    first: tuple[Piece, ...]
    second: tuple[Piece, ...]
    passages: tuple[tuple[Span, Span], ...]
    shared: tuple[int, int]
    words: tuple[int, int]


def copies(story: Story) -> Copies:
    """The copies of a story."""
    citations = Citations.of(story)
    covered = shared_text.coverage(citations)
    nearest = nearest_before(story)
    return Copies(
        tuple(
            CopiedTelling(
                *(citations.labels[each.id], each.id, each.document.name, *covered[each.id]),
                citations.labels.get(nearest.get(each.id, "")),
            )
            for each in story.tellings
        ),
        shared_text.near_duplicates(citations),
        shared_text.passages(citations),
        tuple(sorted(tuple(sorted(citations.labels[member] for member in group)) for group in story.origins)),
    )


#: Share of the most words that any telling shares from which another holds nearly as much.
_NEARLY = 0.97


def nearest_before(story: Story) -> dict[str, str]:
    """telling id → the id of the telling of an earlier day that it shares most words with; of those that hold nearly as
    many, the one that holds them in fewest pieces (what was cut or changed on the way is another's doing), then the
    earliest. Tellings whose day is not known, or that share nothing, are left out."""
    days = {each.id: each.document.date.value for each in story.tellings}
    shared: dict[str, dict[str, tuple[int, int]]] = {}
    for passage in story.passages:
        a, b = passage.a.telling, passage.b.telling
        for one, other in ((a, b), (b, a)):
            first, second = days[other], days[one]
            if first is not None and second is not None and first < second:
                pieces, words = shared.setdefault(one, {}).get(other, (0, 0))
                shared[one][other] = pieces + 1, words + passage.words
    found = {}
    for one, counts in shared.items():
        most = max(words for _, words in counts.values())
        ranked = [
            (pieces, -words, days[other] or date.max, other)
            for other, (pieces, words) in counts.items()
            if words >= _NEARLY * most
        ]
        found[one] = min(ranked)[-1]
    return found


def side_by_side(story: Story, first: str, second: str) -> SideBySide:
    """The tellings of `story` with the ids `first` and `second`, in this order whatever that of the story is.

    Raises:
        KeyError: the story has no such telling.
        ValueError: the two are one.
    """
    if first == second:
        raise ValueError(f"a telling does not stand beside itself: {first!r}")
    citations = Citations.of(story)
    a, b = citations.tellings[first], citations.tellings[second]
    passages = _apart(_spans(story.passages, first, second))
    covered = shared_text.coverage(citations)
    inside: tuple[list[Piece], list[Piece]] = ([], [])
    for number, (left, right) in enumerate(passages, 1):
        for side, pieces in zip(inside, _edited(a.text, left, b.text, right, number), strict=True):
            side.extend(pieces)
    return SideBySide(
        _names(a, b),
        tuple(_filled(a, inside[0])),
        tuple(_filled(b, inside[1])),
        tuple(passages),
        (covered[a.id][1], covered[b.id][1]),
        (covered[a.id][0], covered[b.id][0]),
    )


def _names(a: Telling, b: Telling) -> tuple[str, str]:
    """What the two are called: by their names, where these are one by where each came from."""
    names = a.document.name, b.document.name
    return names if names[0] != names[1] else (a.document.origin, b.document.origin)


def _spans(passages: Iterable[Passage], first: str, second: str) -> Iterator[tuple[Span, Span]]:
    """The spans of the passages of two tellings, in `first` and in `second`; the longest first. A passage has its own
    order of sides, which says nothing of which telling is asked for first."""
    for passage in sorted(passages, key=lambda passage: -passage.words):
        if (passage.a.telling, passage.b.telling) == (first, second):
            yield passage.a.span, passage.b.span
        elif (passage.a.telling, passage.b.telling) == (second, first):
            yield passage.b.span, passage.a.span


def _apart(passages: Iterable[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    """Of pairs of spans the earlier ones, none over another on either side; in order of the first side."""
    kept: list[tuple[Span, Span]] = []
    for first, second in passages:
        if not any(first.overlaps(one) or second.overlaps(other) for one, other in kept):
            kept.append((first, second))
    return sorted(kept)


def _edited(a: str, first: Span, b: str, second: Span, number: int) -> tuple[list[Piece], list[Piece]]:
    """The pieces of a passage on both sides: words that are equal, and those that are not."""
    mine, other = words(a, (first,)), words(b, (second,))
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for edit in align([word.normal for word in mine], [word.normal for word in other]):
        for side, text, found, low, high in (
            (sides[0], a, mine, edit.a1, edit.a2),
            (sides[1], b, other, edit.b1, edit.b2),
        ):
            if high > low:
                span = Span(found[low].start, found[high - 1].end)
                side.append(Piece(span, span.of(text), "same" if edit.op == "equal" else "changed", number))
    return sides


def _filled(telling: Telling, pieces: Sequence[Piece]) -> list[Piece]:
    """`pieces` in order, with what stands between them as pieces of its own: within a passage part of it, else only
    there."""
    text = telling.text
    found: list[Piece] = []
    reached = 0
    ordered = sorted(pieces, key=lambda piece: piece.span)
    for index, piece in enumerate(ordered):
        if piece.span.start > reached:
            before = ordered[index - 1] if index else None
            inside = before is not None and before.passage == piece.passage
            span = Span(reached, piece.span.start)
            found.append(Piece(span, span.of(text), "same" if inside else "only", piece.passage if inside else None))
        found.append(piece)
        reached = piece.span.end
    if reached < len(text):
        found.append(Piece(Span(reached, len(text)), text[reached:], "only", None))
    return found
