"""Independent origins: tellings grouped by the text they share (DESIGN, "independent origin").

Tellings that copy one report are one origin, however many outlets print it. Two are joined when they
are near-duplicates, when what they share as *reporting* covers much of the smaller one, or when one credits the
other with the report, or both credit a third ("(AP)" at the head, "first reported by the Post"). Shared
quotations join nothing: two outlets that quote one speaker may each have heard the words. Where only
one of them marks the words as quoted, they still are a speaker's, and join nothing either.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tellings.across import keys
from tellings.across.sets import DisjointSets
from tellings.model.records import Credit, NearDuplicate, Passage, Telling
from tellings.model.text import Span

#: Share of the smaller telling's story words that shared reporting must cover. On planted copies of news
#: (development corpus of `eval/copies.py`, whose quotations are not marked) unrelated tellings share at most .27 of
#: their words, unless these are a site's stock lines, and tellings that took over one speaker's words at most .29;
#: whole copies .49 or more, two in three partial copies .3 or more.
COVERED = 0.3
#: Share of a passage in quotations, in either telling, from which it is a speaker's words to one of them, and no
#: sign that one outlet took its report from the other.
QUOTED = 0.8


def by_telling(origins: Iterable[Iterable[str]]) -> dict[str, int]:
    """Telling → the number of its independent origin, by its id or its label as `origins` have it."""
    return {telling: number for number, group in enumerate(origins) for telling in group}


def origins(
    tellings: tuple[Telling, ...],
    near_duplicates: tuple[NearDuplicate, ...],
    passages: tuple[Passage, ...],
    credits: tuple[Credit, ...] = (),
) -> tuple[tuple[str, ...], ...]:
    """The ids of `tellings`, parted into groups of one origin each; sorted, ids within a group too.

    Connected components: what A shares with B and B with C makes one origin of the three.

    Raises:
        KeyError: a pair or a passage names a telling that is not among `tellings`.
    """
    sets = DisjointSets(sorted(telling.id for telling in tellings))
    for pair in near_duplicates:
        sets.join(pair.a, pair.b)
    shared: defaultdict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.kind == "reporting":
            shared[passage.a.telling, passage.b.telling].append(passage)
    involved = {identifier for pair in shared for identifier in pair}
    stories = {telling.id: _Story.of(telling) for telling in tellings if telling.id in involved}
    for (a, b), of_pair in shared.items():
        story_a, story_b = stories[a], stories[b]
        spans = [
            (passage.a.span, passage.b.span)
            for passage in of_pair
            if max(story_a.quoted_share(passage.a.span), story_b.quoted_share(passage.b.span)) < QUOTED
        ]
        words_a, words_b = len(story_a.table), len(story_b.table)
        small, side = (story_a, 0) if words_a <= words_b else (story_b, 1)
        if small.covered([pair[side] for pair in spans]) >= COVERED * min(words_a, words_b):
            sets.join(a, b)
    for credit in credits:
        for other in credit.tellings[1:]:
            sets.join(credit.tellings[0], other)
    return tuple(sorted(tuple(group) for group in sets.groups()))


@dataclass(frozen=True, slots=True)
class _Story:
    """The story words of a telling, and which of them stand in quotations."""

    table: keys.WordTable
    quoted: bytearray

    @classmethod
    def of(cls, telling: Telling) -> _Story:
        """The story words of `telling`."""
        table = keys.story_words(telling)
        return cls(table, keys.quoted_words(telling, table))

    def words(self, span: Span) -> tuple[int, int]:
        """The words that begin in `span`, as a half-open range."""
        return bisect_left(self.table.starts, span.start), bisect_left(self.table.starts, span.end)

    def quoted_share(self, span: Span) -> float:
        """The share of the words in `span` that stand in quotations, 0 where there are no words."""
        first, last = self.words(span)
        return sum(self.quoted[first:last]) / (last - first) if last > first else 0.0

    def covered(self, spans: list[Span]) -> int:
        """How many words lie in at least one of `spans`."""
        count = reached = 0
        for first, last in sorted(map(self.words, spans)):
            count += max(0, last - max(first, reached))
            reached = max(reached, last)
        return count
