"""Sentences of a draft beside those of tellings that are nearly the same: what stands where.

Where a draft takes over a sentence, or tells it closely, a changed figure, day or name stands opposite to the one that
the telling has. That says more than whatever else the tellings give of that kind.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from tellings.across.checking.edits import in_one_style
from tellings.across.checking.sources import Near, Sentence, Sources, language_of_telling, sentences_of
from tellings.across.keys import Aligned, Word, align, words
from tellings.across.questions.answers import Reading, readings
from tellings.model.records import Block, Place, Telling
from tellings.model.text import Span
from tellings.within.marks import quoted

#: How near a sentence must be for its words to stand opposite to the draft's; where it tells more than the draft's, how
#: much of this it must have, and in how many stems.
CLOSE, WITHIN, STEMS = 0.6, 0.7, 4


@dataclass(frozen=True, slots=True)
class Beside:
    """A sentence of the draft aligned word by word with one of a telling."""

    near: Near
    mine: tuple[Word, ...]
    theirs: tuple[Word, ...]
    edits: tuple[Aligned, ...]

    def opposite(self, span: Span) -> tuple[Place | None, bool]:
        """The words of the telling that stand where those of `span` stand in the draft, `None` where none do; and
        whether they are the same."""
        first = bisect_left(self.mine, span.start + 1, key=_end)
        last = bisect_left(self.mine, span.end, key=_start)
        low: int | None = None
        high, same = 0, True
        for edit in self.edits:
            a1, a2 = max(edit.a1, first), min(edit.a2, last)
            if a1 >= a2:
                continue
            if edit.op == "equal" or edit.a2 - edit.a1 == edit.b2 - edit.b1:
                b1, b2 = edit.b1 + a1 - edit.a1, edit.b1 + a2 - edit.a1
            else:
                b1, b2 = edit.b1, edit.b2
            same = same and edit.op == "equal"
            low, high = b1 if low is None else low, b2
        if low is None or high <= low:
            return None, False
        place = Place(self.near.sentence.place.telling, Span(self.theirs[low].start, self.theirs[high - 1].end))
        return place, same


def _block_start(block: Block) -> int:
    return block.span.start


def _span_start(span: Span) -> int:
    return span.start


def _start(word: Word) -> int:
    return word.start


def _end(word: Word) -> int:
    return word.end


@dataclass
class Alike:
    """The sentences of a draft with those of tellings that are near them, each looked for once. `marks`: what stands in
    quotation marks, without them; what is nested in another stretch is part of it."""

    draft: Telling
    sources: Sources
    sentences: tuple[Sentence, ...]
    marks: tuple[Span, ...]
    _near: dict[Span, tuple[Near, ...]] = field(default_factory=dict)
    _beside: dict[Span, tuple[Beside, ...]] = field(default_factory=dict)
    _by_span: dict[Span, Sentence] = field(default_factory=dict)

    @classmethod
    def of(cls, draft: Telling, sources: Sources) -> Alike:
        """The sentences of a draft."""
        sentences = sentences_of(draft)
        stretches, _ = quoted(draft.text, draft.blocks, language_of_telling(draft))
        marks = tuple(
            each.content for each in stretches if each.outer is None and each.content.end > each.content.start
        )
        return cls(draft, sources, sentences, marks, {}, {}, {one.place.span: one for one in sentences})

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The values that the draft gives."""
        return readings((self.draft,), ())

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of the names of the draft (normal forms)."""
        named = tuple(each.span for each in self.draft.mentions if each.kind == "name")
        return frozenset(word.normal for span in named for word in words(self.draft.text, (span,)))

    def told(self, span: Span) -> bool:
        """Whether a span of the draft stands in what tells its story, and in no caption or notice."""
        at = bisect_right(self.draft.blocks, span.start, key=_block_start) - 1
        return at >= 0 and self.draft.blocks[at].story and self.draft.blocks[at].span.contains(span)

    def in_own_words(self, span: Span) -> bool:
        """Whether a span of the draft stands in its story, and not in quotation marks: what stands there is held
        against what was said word by word."""
        at = bisect_right(self.marks, span.start, key=_span_start) - 1
        return self.told(span) and not (at >= 0 and self.marks[at].contains(span))

    def around(self, span: Span) -> Sentence | None:
        """The sentence of the draft around a span; `None` where it runs over several."""
        return self._by_span.get(self.draft.sentence_around(span))

    def near(self, span: Span) -> tuple[Near, ...]:
        """The sentences that share most with the one around a span."""
        sentence = self.around(span)
        if sentence is None:
            return ()
        found = self._near.get(sentence.place.span)
        if found is None:
            found = self._near[sentence.place.span] = self.sources.near(sentence.stems)
        return found

    def beside(self, span: Span) -> tuple[Beside, ...]:
        """Those of them that are close, aligned with the one around a span."""
        sentence = self.around(span)
        if sentence is None:
            return ()
        found = self._beside.get(sentence.place.span)
        if found is None:
            mine = words(self.draft.text, (sentence.place.span,))
            found = self._beside[sentence.place.span] = tuple(
                self._aligned(mine, near) for near in self.near(span) if _is_close(near, sentence)
            )
        return found

    def _aligned(self, mine: tuple[Word, ...], near: Near) -> Beside:
        place = near.sentence.place
        theirs = words(self.sources.by_id[place.telling].text, (place.span,))
        return Beside(near, mine, theirs, align(_forms(mine), _forms(theirs)))

    def opposites(self, span: Span, is_another: Callable[[Place], bool]) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """Where close sentences have the same words as `span` in its place, and where they have others that are of its
        kind (`is_another`)."""
        same: list[Place] = []
        others: list[Place] = []
        for beside in self.beside(span):
            place, equal = beside.opposite(span)
            if place is not None and equal:
                same.append(place)
            elif place is not None and is_another(place):
                others.append(place)
        return tuple(same), tuple(others)


def _is_close(near: Near, sentence: Sentence) -> bool:
    """Whether a sentence is nearly the draft's, or has nearly all of it and more."""
    if near.both >= CLOSE:
        return True
    return near.covers >= WITHIN and len(near.sentence.stems & sentence.stems) >= STEMS


def _forms(row: tuple[Word, ...]) -> list[str]:
    return [" ".join(in_one_style([word.normal])) for word in row]
