"""Who shares text with whom: passages side by side, near-duplicates, and how much of each telling is shared."""

from __future__ import annotations

from collections.abc import Iterable

from tellings.across.keys import story_spans, word_table
from tellings.model.record import CreditLine, NearDuplicateLine, PassageLine
from tellings.model.records import Passage, Place
from tellings.model.text import Span
from tellings.tell.cite import Citations
from tellings.tell.line_ids import named


def passages(citations: Citations) -> tuple[PassageLine, ...]:
    """Shared passages, reporting before quotations, longest first; `a` is the telling that stands first in the
    story."""
    rank = citations.rank
    sided: list[tuple[Passage, Place, Place]] = []
    for passage in citations.story.passages:
        turned = rank[passage.b.telling] < rank[passage.a.telling]
        sided.append((passage, passage.b, passage.a) if turned else (passage, passage.a, passage.b))

    def order(found: tuple[Passage, Place, Place]) -> tuple[bool, int, int, int, Span, Span]:
        passage, a, b = found
        return passage.kind != "reporting", -passage.words, rank[a.telling], rank[b.telling], a.span, b.span

    lines = [
        PassageLine(
            f"s{index}",
            citations.at(a),
            citations.at(b),
            passage.words,
            passage.kind,
            why=citations.why(passage.provenance),
        )
        for index, (passage, a, b) in enumerate(sorted(sided, key=order), start=1)
    ]
    return named(citations.anchors, lines)


def near_duplicates(citations: Citations) -> tuple[NearDuplicateLine, ...]:
    """Pairs of tellings whose story text largely agrees."""
    rank = citations.rank
    lines: list[tuple[int, int, NearDuplicateLine]] = []
    for pair in citations.story.near_duplicates:
        a, b = sorted((pair.a, pair.b), key=rank.__getitem__)
        shares = round(pair.containment, 3), round(pair.resemblance, 3)
        labels = citations.labels[a], citations.labels[b]
        why = citations.why(pair.provenance)
        line = NearDuplicateLine(f"n{len(lines)}", *labels, *shares, pair.provenance.rule, why=why)
        lines.append((rank[a], rank[b], line))
    return named(citations.anchors, [line for _, _, line in sorted(lines, key=lambda found: found[:2])])


def credits(citations: Citations) -> tuple[CreditLine, ...]:
    """The credits that make several tellings one origin."""
    lines = [
        CreditLine(
            f"c{index}",
            tuple(citations.labels[telling] for telling in citations.in_order(credit.tellings)),
            tuple(citations.at(place) for place in credit.places),
            why=citations.why(credit.provenance),
        )
        for index, credit in enumerate(citations.story.credits, start=1)
    ]
    return named(citations.anchors, lines)


def coverage(citations: Citations) -> dict[str, tuple[int, int]]:
    """Telling id → (words of story, those of them in a shared passage)."""
    stretches: dict[str, list[Span]] = {telling.id: [] for telling in citations.story.tellings}
    for passage in citations.story.passages:
        stretches[passage.a.telling].append(passage.a.span)
        stretches[passage.b.telling].append(passage.b.span)
    return {
        telling.id: covered(telling.text, story_spans(telling), stretches[telling.id])
        for telling in citations.story.tellings
    }


def covered(text: str, story: Iterable[Span], stretches: list[Span]) -> tuple[int, int]:
    """How many words of `text` lie in its `story`, and how many of them in `stretches` that it shares."""
    table = word_table(text, _union(list(story)))
    spans = _union(stretches)
    shared = position = 0
    for start, end in zip(table.starts, table.ends, strict=True):
        while position < len(spans) and spans[position].end <= start:
            position += 1
        shared += position < len(spans) and spans[position].start <= start and end <= spans[position].end
    return len(table), shared


def _union(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
