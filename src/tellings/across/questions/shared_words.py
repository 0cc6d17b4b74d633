"""What tellings say in the same words within sentences that are otherwise not alike: "on suspicion of arson", "flying
from Osk to Hallan".

Two sentences share a stretch where the same stems stand in the same order, at most one other between two of them: the
best such chain by the rarity of its stems (local alignment, Smith and Waterman 1981, over the stems both hold). A
stretch tells something where it holds more than a name, and gives no figure that the other lacks.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile

from tellings.across.never_for import apart, said_by
from tellings.across.questions.asked import ROOM
from tellings.across.questions.sentence_words import Word, by_place, figures, rarity, words_of
from tellings.across.questions.statements import Statement
from tellings.language.base import Language
from tellings.model.records import Place, Telling
from tellings.model.rules import lowered
from tellings.model.text import Span

#: Stems that may stand from one to the next of a stretch, this one included.
STEP = 2
#: What a stem between costs.
BETWEEN = 2.5
#: What a stretch is worth at least, by the rarity of its stems.
LEAST = 9.0
#: Stems of a stretch, and those of them without a capital: where it holds a name or a figure, and where it does not;
#: and where the rarity of its stems is worth so much.
NAMED, PLAIN, RARE_PLAIN, RARE = (3, 1), (4, 4), (3, 3), 9.5
#: Stems of a stretch that are no figures.
TOLD = 2
#: Two stems side by side that stand in more sentences say little, and cost much.
COMMON = 40
#: Places of one stem in a sentence that are looked at: bounds the work on endless repetition.
REPEATED = 8
#: Others that a sentence is held against at most, by the pairs of stems they share.
PARTNERS = 8
#: Share of the longer of two stretches that the other must be to be the same.
MOSTLY = 0.6
#: How far before a stem the one before it in a stretch may stand in either sentence, the farthest first, and what the
#: stems between cost.
_BEFORE = tuple((x, y, BETWEEN * ((x - 1) + (y - 1))) for x in range(STEP, 0, -1) for y in range(STEP, 0, -1))
#: What a stretch is worth by where it stands.
_WORTH = (1.0, 0.8, 0.6)


@dataclass(slots=True, eq=False)
class Stretch:
    """What tellings say in the same words, wherever they do; what it is worth to a reader."""

    places: list[Place]
    worth: float


def shared_words(
    found: Sequence[Statement],
    tellings: Mapping[str, Telling],
    outlets: Mapping[str, str],
    alike: Sequence[Sequence[Statement]],
    language: Language,
    most: int,
) -> tuple[tuple[Place, ...], ...]:
    """Up to `most` stretches that statements of several outlets (telling → outlet) share, the worthiest first, each by
    its places. What statements that are told `alike` in whole share is left out."""
    told = {place: number for number, group in enumerate(alike) for one in group for place in one.places}
    lines = _Lines(found, tellings, language)
    kept: list[Stretch] = []
    held: dict[str, _Held] = defaultdict(_Held)
    for worth, places in lines.stretches(outlets, told):
        over = [held[place.telling].over(place.span) for place in places]
        if any(not _mostly(span, p.span) for p, stretches in zip(places, over, strict=True) for span, _ in stretches):
            continue  # less of what is told already
        stretch = next((each for stretches in over for _, each in stretches), None)
        if stretch is None:
            stretch = Stretch([], worth)
            kept.append(stretch)
        for place, stretches in zip(places, over, strict=True):
            if not stretches:
                stretch.places.append(place)
                held[place.telling].add(place.span, stretch)
    kept.sort(key=lambda each: (-each.worth * len({outlets[place.telling] for place in each.places}), each.places[0]))
    return tuple(tuple(sorted(each.places)) for each in kept[:most])


class _Held:
    """The stretches of a telling, none of which overlaps another."""

    def __init__(self) -> None:
        self._spans: list[tuple[Span, int]] = []
        self._stretches: list[Stretch] = []

    def over(self, span: Span) -> list[tuple[Span, Stretch]]:
        """Those that a span overlaps."""
        at = max(0, bisect_left(self._spans, (span, -1)) - 1)
        near = takewhile(lambda each: each[0].start < span.end, self._spans[at:])
        return [(each, self._stretches[number]) for each, number in near if each.overlaps(span)]

    def add(self, span: Span, stretch: Stretch) -> None:
        """A stretch, over none of the others."""
        insort(self._spans, (span, len(self._stretches)))
        self._stretches.append(stretch)


def _mostly(one: Span, other: Span) -> bool:
    """Whether two spans that overlap are mostly the same characters."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= MOSTLY * max(one.end - one.start, other.end - other.start)


class _Lines:
    """The statements of a story, each as its words that say something, in their order."""

    def __init__(self, found: Sequence[Statement], tellings: Mapping[str, Telling], language: Language) -> None:
        self._found, self._tellings, self._language = found, tellings, language
        self._rare = rarity(one.stems for one in found)
        self._words = [self._said(one.places[0]) for one in found]
        self._pairs = [_neighbours(words) for words in self._words]
        #: How many statements have two stems side by side.
        self._many = Counter(both for pairs in self._pairs for both in pairs)

    def _said(self, place: Place) -> list[Word]:
        skipped = self._language.words(ROOM, "age_word")  # "34-year-old" is said of everybody
        words = words_of(self._tellings[place.telling].text, place.span, self._language)
        return [word for word in words if word.stem and word.stem not in skipped]

    def stretches(self, outlets: Mapping[str, str], told: Mapping[Place, int]) -> list[tuple[float, list[Place]]]:
        """What pairs of statements of several outlets share, wherever it is printed, with its worth, the worthiest
        first."""
        shared: list[tuple[float, list[Place]]] = []
        # Stems side by side → the statements before that have them.
        holders: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, one in enumerate(self._found):
            rare = [holders[both] for both in self._pairs[place] if 1 < self._many[both] <= COMMON]
            near = Counter(chain.from_iterable(rare))
            for held in rare:
                held.append(place)
            there = self._places(place) if near else {}
            for _, other in sorted([(-many, other) for other, many in near.items()])[:PARTNERS]:
                another = self._found[other]
                group = told.get(one.places[0])
                if (group is not None and group == told.get(another.places[0])) or one.turns != another.turns:
                    continue
                if len({outlets[telling] for telling in one.tellings | another.tellings}) > 1:
                    shared += [
                        (worth, places)
                        for worth, places in self._between(other, place, there)
                        if len({outlets[each.telling] for each in places}) > 1
                    ]
        shared.sort(key=lambda each: (-each[0], each[1]))
        return shared

    def _places(self, statement: int) -> dict[str, list[int]]:
        """The places of each stem of a statement among its words."""
        at: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._words[statement]):
            if len(at[word.stem]) < REPEATED:
                at[word.stem].append(place)
        return at

    def _between(self, a: int, b: int, at: Mapping[str, Sequence[int]]) -> list[tuple[float, list[Place]]]:
        """The stretch that two statements share, with its worth, if there is one. `at`: where the stems of the second
        stand among its words."""
        mine, theirs, rare = self._words[a], self._words[b], self._rare
        common = [(i, word.stem) for i, word in enumerate(mine) if word.stem in at]
        if sum([rare[stem] for _, stem in common]) < LEAST:
            return []  # no chain of them is worth more than all
        best, score = self._chain([(i, j, stem) for i, stem in common for j in at[stem]])
        if score < LEAST:
            return []
        first, second = (a, mine[best[0][0]]), (b, theirs[best[0][1]])
        if self._figures([first[1]]) and self._bound(*first) != self._bound(*second):
            return []  # "more than 200 people", "about 200 people"
        # A figure right before or behind a stretch is of what it tells, and so is a word ("north").
        around = [words[max(0, best[0][side] - 1) : best[-1][side] + 2] for side, words in enumerate((mine, theirs))]
        if self._figures(around[0]) != self._figures(around[1]) or not self._tells(a, mine, best, score):
            return []
        if apart(*(said_by((word.stem for word in words), self._language) for words in around)):
            return []
        places = [
            place
            for side, statement in enumerate((a, b))
            for place in self._printed(statement, best[0][side], best[-1][side])
        ]
        number = min(self._found[a].number, self._found[b].number)
        return [(score * by_place(number, _WORTH), sorted(places))]

    def _printed(self, statement: int, first: int, last: int) -> Iterator[Place]:
        """Where the words of a statement from `first` to `last` are printed: in each telling that has them in order."""
        stems = [word.stem for word in self._words[statement]]
        for place in self._found[statement].places:
            words = self._said(place)
            if [word.stem for word in words] == stems:
                yield Place(place.telling, Span(words[first].start, words[last].end))

    def _chain(self, matches: Sequence[tuple[int, int, str]]) -> tuple[list[tuple[int, int]], float]:
        """The best chain of matches (place in one, in the other, stem), and its worth."""
        best: list[float] = []
        before: list[int] = []
        places: dict[tuple[int, int], int] = {}
        for i, j, stem in matches:
            worth, last = 0.0, -1
            for back, on, cost in _BEFORE:
                place = places.get((i - back, j - on))
                if place is not None and best[place] - cost > worth:
                    worth, last = best[place] - cost, place
            places[i, j] = len(best)
            best.append(worth + self._rare[stem])
            before.append(last)
        if not best:
            return [], 0.0
        at = max(range(len(best)), key=lambda place: (best[place], -place))
        score, chain = best[at], []
        while at >= 0:
            chain.append(matches[at][:2])
            at = before[at]
        return chain[::-1], score

    def _figures(self, words: Sequence[Word]) -> frozenset[str]:
        return figures((word.stem for word in words), self._language)

    def _bound(self, statement: int, figure: Word) -> str:
        """What bounds a figure of a statement: "exact", where no word before it does."""
        where = self._found[statement].places[0]
        before = self._tellings[where.telling].text[where.span.start : figure.start]
        match = self._language.pattern("fact", "bound-before").search(before)
        bounds = self._language.rules("fact").meanings("bound")
        return str(bounds[" ".join(lowered(match["bound"]).split())]) if match else "exact"

    def _tells(self, statement: int, mine: Sequence[Word], chain: Sequence[tuple[int, int]], worth: float) -> bool:
        """Whether a stretch, of a statement with these words, says more than a name does."""
        words = [mine[i] for i, _ in chain]
        text = self._tellings[self._found[statement].places[0].telling].text
        plain = sum(not text[word.start].isupper() for word in words)
        stems, low = NAMED if plain < len(words) else RARE_PLAIN if worth >= RARE else PLAIN
        # A number in words is a value, which other lines set side by side.
        told = sum(not self._figures([word]) for word in words)
        return len(words) >= stems and plain >= low and told >= TOLD


def _neighbours(words: Sequence[Word]) -> set[tuple[str, str]]:
    """The pairs of stems that stand side by side, or with one between."""
    following = [*pairwise(words), *zip(words, words[STEP:], strict=False)]
    return {(one.stem, other.stem) for one, other in following}
