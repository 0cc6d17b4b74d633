"""Which quoted stretches are one utterance."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from tellings.across.keys import Word, align, words
from tellings.across.sets import DisjointSets
from tellings.model.records import EntityKind, Quote, Telling
from tellings.model.text import Span

#: Words in a row that two stretches must share. Eight are no chance in running English; fewer count
#: when they are most of the shorter stretch. Set on invented examples; floors.json watches it.
_LONG_RUN = 8
_SHORT_RUN = 4
#: Share of the shorter stretch's words that must be equal where the common run is short.
_SHARE = 0.6
#: ... and of a short fragment, or where it is not known that one person speaks both.
_NEARLY = 0.8
#: Words in a row that two people who are named differently are not both thought to say.
_TWO_MOUTHS = 10
#: The level of indirect quotations: an outlet's own words, one utterance only where copies print nearly the same.
REPORTED = 2
#: Share of the longer clause's words that two reported clauses must have in common.
_COPIED = 0.8
#: A run of words that more stretches than this hold is a formula; it proposes no pairs.
_COMMON = 60
_GRAM = 4

#: Words two different names share all the same.
_UNTELLING = frozenset({"a", "an", "the", "of", "for", "in", "s"})
_WORD = re.compile(r"[^\W_]+")
_IN_MARKS = re.compile('[“"«„‘]([^“”"«»„]+?)(?:[”"»]|’(?!\\w)|\\Z)')


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of somebody's own words: `words` of `telling`, quotation index `quote`, bounds, and what it continues.

    `context` are the normal forms of all words of its quotation, those outside marks too. `place` orders
    the stretches of a telling; `level` keeps quotations, those nested in them, and reported clauses apart. `who` are
    the words of the speaker's name, empty where none is known; `kind` what that name is of.
    """

    telling: str
    quote: int
    place: int
    start: int
    end: int
    words: tuple[Word, ...]
    context: tuple[str, ...]
    continues: int | None
    level: int
    who: frozenset[str]
    kind: EntityKind | None


def stretches(tellings: tuple[Telling, ...]) -> list[Stretch]:
    """The stretches of all tellings, in order; of an indirect quotation, in the outlet's words, all of it."""
    found: list[Stretch] = []
    for telling in tellings:
        place = 0
        for index, quote in enumerate(telling.quotes):
            if quote.status == "not-a-statement":
                continue
            context = tuple(word.normal for word in words(telling.text, (quote.content,)))
            for span in _own_words(telling.text, quote):
                normal = words(telling.text, (span,))
                if normal:
                    found.append(
                        Stretch(
                            telling.id,
                            index,
                            place,
                            span.start,
                            span.end,
                            normal,
                            context,
                            quote.continues,
                            _level(quote),
                            _who(telling, quote),
                            telling.chains[quote.speaker].kind if quote.speaker is not None else None,
                        )
                    )
                    place += 1
    return found


def _own_words(text: str, quote: Quote) -> list[Span]:
    if quote.type != "mixed":
        return [quote.content]
    start = quote.content.start
    # The closing mark of the last fragment may stand just outside the content.
    return [
        Span(start + m.start(1), start + m.end(1)).trimmed(text) for m in _IN_MARKS.finditer(quote.content.of(text))
    ]


def _who(telling: Telling, quote: Quote) -> frozenset[str]:
    """The words by which two named speakers can be compared; empty where no name is known."""
    if quote.speaker is None:
        return frozenset()
    return frozenset(_WORD.findall(telling.chains[quote.speaker].name.casefold())) - _UNTELLING


def _level(quote: Quote) -> int:
    if quote.type == "indirect":
        return REPORTED
    return 0 if quote.within is None else 1


def group(found: list[Stretch]) -> list[list[Stretch]]:
    """Stretches joined into utterances; each group in order of telling and place."""
    sets = DisjointSets(range(len(found)))
    for a, b in sorted(_candidates(found)):
        if sets.root(a) != sets.root(b) and _same(found[a], found[b]):
            sets.join(a, b)
    by_quote: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, stretch in enumerate(found):
        by_quote[(stretch.telling, stretch.quote)].append(index)
    for index, stretch in enumerate(found):
        if stretch.continues is not None:
            for before in by_quote.get((stretch.telling, stretch.continues), ()):
                sets.join(before, index)
        sets.join(by_quote[(stretch.telling, stretch.quote)][0], index)
    return [
        sorted((found[index] for index in members), key=lambda s: (s.telling, s.place)) for members in sets.groups()
    ]


def within_one(telling: Telling) -> list[tuple[int, ...]]:
    """The quotations (indices) of one telling that `families` makes one utterance of where there is no other: those
    that go on from one another. Faster than to ask it, which counts words."""
    kept = [index for index, quote in enumerate(telling.quotes) if _holds_words(telling.text, quote)]
    sets, held = DisjointSets(kept), frozenset(kept)
    for index in kept:
        before = telling.quotes[index].continues
        if before is not None and before in held:
            sets.join(before, index)
    groups = map(tuple, sets.groups())
    return [group for group in groups if _level(telling.quotes[group[0]]) != REPORTED]


def _holds_words(text: str, quote: Quote) -> bool:
    return quote.status != "not-a-statement" and any(
        _WORD.search(text, span.start, span.end) for span in _own_words(text, quote)
    )


def _candidates(found: list[Stretch]) -> set[tuple[int, int]]:
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, stretch in enumerate(found):
        normal = stretch.context
        grams = {tuple(normal[i : i + _GRAM]) for i in range(max(1, len(normal) - _GRAM + 1))}
        for gram in grams:
            holders[gram].append(index)
    pairs: set[tuple[int, int]] = set()
    for held in holders.values():
        if 1 < len(held) <= _COMMON:
            for i, a in enumerate(held):
                pairs.update((a, b) for b in held[i + 1 :] if found[a].telling != found[b].telling)
    return pairs


def _same(a: Stretch, b: Stretch) -> bool:
    """Whether two stretches are cuts of one utterance."""
    if a.level != b.level:
        return False
    first, second = [w.normal for w in a.words], [w.normal for w in b.words]
    shorter = min(len(first), len(second))
    if a.level == REPORTED:
        equal = sum(e.a2 - e.a1 for e in align(first, second) if e.op == "equal")
        return shorter >= _SHORT_RUN and equal >= _COPIED * max(len(first), len(second)) and not _two_sources(a, b)
    if shorter < _SHORT_RUN and first == second and shorter >= 2:
        return not _two_sources(a, b)
    if (len(a.context) > len(first) or len(b.context) > len(second)) and _same_in_context(a, b):
        return True
    if shorter < _SHORT_RUN:
        return False
    equal = longest = 0
    for edit in align(first, second):
        if edit.op == "equal":
            equal += edit.a2 - edit.a1
            longest = max(longest, edit.a2 - edit.a1)
    if longest >= _LONG_RUN:
        return longest >= _TWO_MOUTHS or not _two_sources(a, b)
    # Fewer words in a row: nearly all of the shorter, or more than half of it where both are one speaker's.
    known = bool(a.who and b.who) and not _two_names(a.who, b.who)
    enough = equal >= _NEARLY * shorter or (known and longest > _SHORT_RUN and equal >= _SHARE * shorter)
    return longest >= _SHORT_RUN and enough and not _two_sources(a, b)


def _two_sources(a: Stretch, b: Stretch) -> bool:
    """Whether two people, or two bodies, are named. Words that few would choose alike are one utterance whoever is said
    to speak them; a few words may be two speakers'. (A description may mean anybody.)"""
    return a.kind is not None and b.kind is not None and bool(a.who and b.who) and _two_names(a.who, b.who)


def _two_names(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two names cannot be one person's: no word in common, or a surname with two different first names (but
    "Vicente" and "Vincente" are spellings of one)."""
    if first <= second or second <= first:
        return False
    if not first & second:
        return True
    return not any(
        Levenshtein.distance(word, other, score_cutoff=1) <= 1 for word in first - second for other in second - first
    )


def _same_in_context(a: Stretch, b: Stretch) -> bool:
    """Whether a mixed quotation paraphrases the other around words both print: a long run, some of it in marks."""
    mine, other = {w.normal for w in a.words}, {w.normal for w in b.words}
    for edit in align(a.context, b.context):
        run = a.context[edit.a1 : edit.a2]
        if (
            edit.op == "equal"
            and len(run) >= (_TWO_MOUTHS if _two_sources(a, b) else _LONG_RUN - 2)
            and sum(word in mine and word in other for word in run) >= 2
        ):
            return True
    return False
