"""Which quotations are one utterance although their words differ: one prints a fragment of it, or tells it in its own.

Words weigh by how rare they are in a fixed background and how seldom their own telling has them: what a story is
about is in all that is said of it. Both weights hang on the pair alone, so no other telling joins or parts two.

- fragment: what one has in marks stands as it is in the other's words;
- paraphrase: a clause in the outlet's words has most of what the other says, and one speaker is named for both.

Two direct quotations that only resemble each other are two statements: who quotes keeps the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import fsum
from typing import Literal

from tellings.across.families.speakers import Sameness, Speaker
from tellings.across.families.stretches import Stretch
from tellings.across.families.telling_words import stem, tells, times_told, weight
from tellings.across.families.when import When
from tellings.across.keys import normal_form
from tellings.model.records import QuoteType, Stance, Telling
from tellings.model.text import Span

#: Stances of words that are not meant as said: one utterance has one side.
_AGAINST: frozenset[Stance] = frozenset({"denies", "retracts"})
Rule = Literal["words in marks", "paraphrase"]

#: What a fragment of one, two, three, more words in a row must weigh where one speaker is named for both.
_FRAGMENT = (5.5, 5.5, 2.0, 1.0)
#: The same where it is not known who speaks, and what all words must weigh that both share.
_BY_ANYBODY, _SHARED = 8.0, 10.0
#: ... and those beside the fragment: "touch and go" is anybody's. What so much weighs is nobody else's.
_BESIDE, _RARE = 1.0, 13.0
#: What all shared words must weigh where only one of them is in marks.
_ONE_WORD = 8.0
#: Words of a direct quotation that may be a fragment of another.
_SHORT = 8
#: What the words that a paraphrase shares must weigh, and their share of the lighter one's weight, by how sure it is
#: that one speaker is meant: any of these.
_PARAPHRASE = {
    Sameness.SAME: ((6.0, 0.9), (9.0, 0.6), (13.0, 0.45)),
    Sameness.LIKELY: ((11.0, 0.65),),
    Sameness.UNKNOWN: ((16.0, 0.8), (10.0, 0.95)),
    Sameness.FOR_ANOTHER: (),
}
#: Words that a paraphrase shares, unless it has nearly all of the lighter one.
_SEVERAL, _ALL = 3, 0.9
#: Weight of shared words from which a paraphrase may be told at any time.
_LASTING = 18.0
#: How much a word of a name weighs beside another: whoever speaks of somebody names them.
_NAME = 0.5
#: Weight of a word by which alone a quotation is looked up.
_KEY = 6.0


@dataclass(frozen=True, slots=True)
class Wording:
    """A quotation as a whole: all its `words`, what it has in `marks`, and the weights of the words that tell."""

    telling: str
    quote: int
    words: tuple[str, ...]
    marks: tuple[tuple[str, ...], ...]
    weights: Mapping[str, float]
    speaker: Speaker
    type: QuoteType
    stance: Stance
    when: When

    @property
    def weight(self) -> float:
        """What all its telling words weigh."""
        return fsum(self.weights.values())

    @property
    def keys(self) -> Iterable[tuple[str, str]]:
        """What it is looked up by: a name of the speaker with a telling word, and two telling words in a row."""
        yield from ((name, word) for name in self.speaker.name for word in self.weights)
        yield from pairwise(word for word in map(stem, self.words) if word in self.weights)
        yield from (("", word) for word, held in self.weights.items() if held >= _KEY)


def wordings(tellings: Iterable[Telling], stretches: Iterable[Stretch]) -> list[Wording]:
    """The quotations of these stretches, which are in order of the tellings, in order."""
    told = {telling.id: telling for telling in tellings}
    found: list[Wording] = []
    for name, own in groupby(stretches, key=lambda stretch: stretch.telling):
        telling = told[name]
        times = times_told(telling)
        names = [each.span for each in telling.mentions if each.kind == "name"]
        found.extend(
            _wording(telling, index, list(parts), times, names)
            for index, parts in groupby(own, key=lambda stretch: stretch.quote)
        )
    return found


def _wording(
    telling: Telling, index: int, parts: Sequence[Stretch], times: Mapping[str, int], names: Sequence[Span]
) -> Wording:
    quote, said = telling.quotes[index], parts[0].context
    named = {
        word for span in names if quote.content.overlaps(span) for word in map(normal_form, _words_at(telling, span))
    }
    weights: dict[str, float] = {}
    for word in said:
        if tells(word):
            weights[stem(word)] = weight(word, times) * (_NAME if word in named else 1.0)
    marks = () if quote.type == "indirect" else tuple(tuple(w.normal for w in part.words) for part in parts)
    return Wording(telling.id, index, said, marks, weights, parts[0].speaker, quote.type, quote.stance, parts[0].when)


def _words_at(telling: Telling, span: Span) -> list[str]:
    return span.of(telling.text).split()


@dataclass(frozen=True, slots=True)
class Retelling:
    """`part` prints a piece of `whole`, or tells it in its own words; `shared` is the weight of the words of both."""

    part: Wording
    whole: Wording
    rule: Rule
    shared: float


def retold(a: Wording, b: Wording) -> Retelling | None:
    """Whether one of two quotations of two tellings is a piece of the other, or tells it; `None` where that is not
    sure."""
    sameness = a.speaker.sameness(b.speaker)
    if (a.stance in _AGAINST) != (b.stance in _AGAINST) or a.when.differs(b.when) or sameness is Sameness.OTHER:
        return None
    shared = fsum([min(held, b.weights[word]) for word, held in a.weights.items() if word in b.weights])
    both = ((a, b), (b, a))
    for part, whole in both:
        if _fragment(part, whole, shared, sameness):
            return Retelling(part, whole, "words in marks", shared)
    told = [least_share for least, least_share in _PARAPHRASE[sameness] if shared >= least]
    if a.type == b.type == "direct" or not told or not (shared >= _LASTING or a.when.near(b.when)):
        return None
    alone = min(fsum(held for word, held in one.weights.items() if word not in other.weights) for one, other in both)
    share = shared / max(shared + alone, 1.0)
    several = share >= _ALL or len(a.weights.keys() & b.weights.keys()) >= _SEVERAL
    if not several or share < min(told):
        return None
    part, whole = sorted((a, b), key=lambda one: (one.type == "direct", one.weight, one.telling, one.quote))
    return Retelling(part, whole, "paraphrase", shared)


def _fragment(part: Wording, whole: Wording, shared: float, sameness: Sameness) -> bool:
    """Whether a stretch that a mixed or short quotation has in marks stands in the words of another."""
    if part.type == "indirect" or (part.type == "direct" and len(part.words) > _SHORT):
        return False
    for run in part.marks:
        held = fsum(part.weights.get(stem(word), 0.0) for word in run)
        near = part.when.near(whole.when)
        if len(run) == 1 and not (shared >= _ONE_WORD and near):
            continue
        if sameness is Sameness.SAME:
            enough = held >= (_FRAGMENT[min(len(run), len(_FRAGMENT)) - 1] if near else _FRAGMENT[0])
        else:
            common = {stem(word) for word in run} & part.weights.keys() & whole.weights.keys()
            beside = shared - fsum(min(part.weights[word], whole.weights[word]) for word in common)
            enough = held >= _RARE or (held >= _BY_ANYBODY and shared >= _SHARED and beside >= _BESIDE)
        if enough and _stands(run, whole.words):
            return True
    return False


def _stands(run: Sequence[str], whole: Sequence[str]) -> bool:
    size = len(run)
    return run[0] in whole and any(tuple(whole[at : at + size]) == run for at in range(len(whole) - size + 1))
