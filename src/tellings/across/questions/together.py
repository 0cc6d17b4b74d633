"""Values that probably answer one question, put together: what a reader may want to compare.

Nothing is claimed of them. A line is begun by two values that differ, the likeliest and weightiest first, and takes in
what most likely goes with both; a value can stand in several lines, for whether it is of one thing is not known.

1. `pairs`: readings of one kind, each with those that share the rarest words around it.
2. `likely`: how likely the two of a pair answer one question (`likeness`).
3. `compared`: lines.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from math import sqrt

from tellings.across.questions.answers import Answer, Reading, tellings_of
from tellings.across.questions.asked import ROOM, exclude
from tellings.across.questions.company import NEAR, Company
from tellings.across.questions.likeness import features
from tellings.across.questions.sentence_words import COMMON, by_place
from tellings.across.questions.subject import Given, told_dates
from tellings.across.questions.surroundings import Surroundings
from tellings.across.sets import DisjointSets
from tellings.model.records import Bound, DocumentDate, FactKind, Telling
from tellings.model.regression import probability

#: Others that a reading is held against at most, by the rarity of the words they share.
PARTNERS = 12
#: Others at most that answer the same type of question, whatever words they share.
OF_A_TYPE = 10
#: How alike the words around two values must be at least, and around two lengths of time that nothing else joins.
LEAST, OF_ONE_LENGTH = 0.02, 0.3
#: Probability from which a value goes with the two that begin a line.
GOES_WITH = 0.45
#: Probability from which two equal values answer one question, from which few or vaguely many do, a great count, and
#: figures that are hardly told of two things.
ALIKE, SURELY, GREATLY, TELLING = 0.9, 0.97, 0.8, 0.45
#: Numbers that are told of much, and from which a count is great.
FEW, GREAT = 3, 1000
#: Digits of a figure, but for the noughts at its end, from which it is hardly told of two things.
DIGITS = 2
#: Probability from which two equal days are of one happening that both tell in the same words beside them: of a month
#: or a year, and of a day of the week.
OF_A_TIME, OF_A_DAY = 0.8, 0.93
#: Words beside two such days that both have, of them words that are no name, and for a day; and in their sentences.
BESIDE, PLAIN, OF_A_WEEK, SHARED = 2, 1, 3, 4
#: Values of a line at most, and readings that are looked at for it.
OF_A_LINE, LOOKED_AT = 8, 30
#: Minutes of an hour.
HOUR = 60
_EXACT: Bound = "exact"
#: "More than 40" are not 40, nor "up to 40", where so many are counted: more are rounded, as sums are.
COUNTED = (10, 999)
_MORE: Bound = "more than"
_STATED: frozenset[Bound] = frozenset({"exact", "about", "at most"})
_UP_TO: frozenset[Bound] = frozenset({"exact", "at most", "nearly", "less than"})
_FIGURES = re.compile(r"\d[\d.,]*")
#: Kinds that are not set side by side: a rank says little without its race.
UNCOMPARED = frozenset({"ordinal"})
#: What a value is worth by where it stands: in the first sentences, soon after, later.
_WORTH = (1.0, 0.75, 0.55)
#: What a difference is worth where one number satisfies both values ("more than 70", "85"); to how much they are one.
BOUNDED, SAME_FIGURE = 0.5, 1.02
#: Minutes from which a clock time is worth comparing with one that is told as about.
MINUTES = 5
#: Share of their words from which two sentences are one, reprinted.
ONE_SENTENCE = 0.8
#: What two values are worth that one telling gives.
IN_ONE = 0.4
#: How many times another a number is that satisfies the other's bound, too, and is of another thing: "2.6 million" and
#: "more than 20,000". Where both are bounds ("at least three", "at least 16"), one may be the later.
OUT_OF_REACH = 4.0
#: Days are given for much that nobody asks of; of what happened in which year there is less.
_KINDS = {"date": 0.45}
MONTH, YEARS = 27, 3 * 366
_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)")


#: Pairs of readings, by their places and either way, that a person said are not of one thing.
Apart = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Values that probably answer one question, each by its readings, the likeliest pair first; how likely that pair
    is of one question, and what the line is worth to a reader."""

    values: tuple[tuple[Reading, ...], ...]
    probability: float
    score: float


def pairs(readings: Sequence[Reading], company: Company) -> Iterator[tuple[int, int]]:
    """The pairs of readings, by their places, that may answer one question."""
    words = [tuple(dict.fromkeys(word for word, _, _ in reading.around.words)) for reading in readings]
    # kind and unit → word → how many readings have it
    many: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for reading, said in zip(readings, words, strict=True):
        many[reading.answer.kind, reading.answer.unit].update(said)
    # kind and unit → word → the places of the readings before that have it, in order
    holders: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    asked: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, reading in enumerate(readings):
        kind, unit = reading.answer.kind, reading.answer.unit
        if kind in UNCOMPARED:
            continue
        shared: dict[int, float] = defaultdict(float)
        held, often = holders[kind, unit], many[kind, unit]
        for word in words[place]:
            if often[word] <= COMMON:
                rarity, others = company.rarity[word], held[word]
                for other in others:
                    shared[other] += rarity
                others.append(place)
        near = _first(shared, shared, PARTNERS)
        chosen = [other for other in near if company.likeness(readings[other], reading) >= LEAST]
        alike: list[int] = []
        if reading.around.asked:
            of_one_type = asked[kind, unit, reading.around.asked]
            alike = _first(of_one_type, shared, OF_A_TYPE)
            of_one_type.append(place)
        for other in dict.fromkeys((*chosen, *alike)):
            one = readings[other]
            if one.around.part != reading.around.part and _stated(one) != _stated(reading):
                continue  # "nine of the dead" is no other number than that of the dead
            if one.answer.meets(reading.answer) or _comparable(one, reading, company):
                yield other, place


def _first(places: Iterable[int], shared: Mapping[int, float], most: int) -> list[int]:
    """Up to `most` of these places, those that share the rarest words first, of equals the first."""
    return [place for _, place in sorted([(-shared.get(place, 0.0), place) for place in places])[:most]]


def _comparable(a: Reading, b: Reading, company: Company) -> bool:
    """Whether two values that differ can be of one question by what they are of: ages of one person, or of people
    described in like words; times that the same thing took; no two quantities."""
    one, other = a.answer, b.answer
    if one.kind == "age":
        if one.person is not None and other.person is not None:
            return one.person == other.person
        if {_sex(a, company), _sex(b, company)} == {"man", "woman"}:
            return False
        shared = company.profile(a).next & company.profile(b).next
        return not shared <= company.language.words(ROOM, "age_word")
    if one.kind == "duration":
        return _one_length(a, b) or company.likeness(a, b) >= OF_ONE_LENGTH
    return not exclude(one.kind, a.around.asked, b.around.asked, company.language)


def _sex(reading: Reading, company: Company) -> str | None:
    """Whether the words next to an age are of a man or of a woman ("her son, 13"); `None` where they are of neither, or
    of both."""
    told = [
        sex
        for sex, listed in (("man", "man_noun"), ("woman", "woman_noun"))
        if not company.profile(reading).next.isdisjoint(company.language.words(ROOM, listed))
    ]
    return told[0] if len(told) == 1 else None


def likely(
    readings: Sequence[Reading], company: Company, weights: Mapping[str, float], things: Things
) -> dict[tuple[int, int], float]:
    """How likely the readings of each pair that can be of one thing answer one question."""
    return {
        (a, b): probability(features(readings[a], readings[b], company), weights)
        for a, b in pairs(readings, company)
        if things.can_be_one(readings[a].answer, readings[b].answer) and not company.both_give(readings[a], readings[b])
    }


class Things:
    """Which values of a story can be of one thing at all."""

    def __init__(self, tellings: Iterable[Telling], around: Surroundings | None = None) -> None:
        """`around`: surroundings that were looked up before, of the same tellings."""
        self._around = Surroundings() if around is None else around
        self._tellings = {telling.id: telling for telling in tellings}
        self._told: dict[str, tuple[DocumentDate, ...]] = {}
        self._facts: dict[tuple[str, int], Given] = {}

    def can_be_one(self, a: Answer, b: Answer) -> bool:
        """Not where the killed are set beside the injured, or days and places beside two numbers show two occasions."""
        if a.scope and b.scope and a.head == b.head and set(a.scope.split()).isdisjoint(b.scope.split()):
            return False
        if a.fact is None or b.fact is None or a.telling == b.telling:
            return True
        return not self._around.apart(self._given(a.telling, a.fact), self._given(b.telling, b.fact))

    def _given(self, name: str, fact: int) -> Given:
        found = self._facts.get((name, fact))
        if found is None:
            telling = self._tellings[name]
            if name not in self._told:
                self._told[name] = told_dates(telling)
            found = self._facts[name, fact] = Given(telling, fact, telling.facts[fact], self._told[name][fact])
        return found


def compared(
    readings: Sequence[Reading],
    pair: Mapping[tuple[int, int], float],
    apart: Apart,
    most: int,
    known: Sequence[tuple[int, int]] = (),
) -> tuple[Compared, ...]:
    """Up to `most` lines of values that differ, the weightiest first; none holds two that are `apart`. Pairs that are
    `known` to be of one question begin lines before all others."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), likelihood in pair.items():
        near[a][b] = near[b][a] = likelihood
    seeds = [(-_apart(readings[a].answer, readings[b].answer), a, b) for a, b in known]
    seeds += sorted(
        (-likelihood * worth, a, b)
        for (a, b), likelihood in pair.items()
        if (worth := _worth(readings[a], readings[b]))
    )
    found: list[Compared] = []
    taken: set[frozenset[tuple[FactKind, str, float, float]]] = set()
    for score, a, b in seeds:
        if len(found) == most:
            break
        if frozenset(map(_figure, (readings[a], readings[b]))) in taken:
            continue
        if (a, b) not in known and _side_by_side(readings, near, a, b):
            continue
        value_of = _together(readings, near, apart, a, b)
        values: dict[int, list[Reading]] = defaultdict(list)
        for place, value in value_of.items():
            values[value].append(readings[place])
        taken.update(frozenset(map(_figure, (one[0], other[0]))) for one, other in combinations(values.values(), 2))
        line = tuple(tuple(values[value]) for value in sorted(values))
        likelihood = 1.0 if (a, b) in known else pair[a, b]
        found.append(Compared(line, round(likelihood, 3), -score))
    return tuple(found)


def _side_by_side(readings: Sequence[Reading], near: Mapping[int, Mapping[int, float]], a: int, b: int) -> bool:
    """Whether a telling gives two values, as it may say them again, in one sentence: "21 of the more than 200" answers
    two questions."""
    mine, theirs = (
        {
            (answer.telling, answer.number)
            for place in (one, *near[one])
            if _stated(readings[place]) == _stated(readings[one])
            for answer in readings[place].places
        }
        for one in (a, b)
    )
    return not mine.isdisjoint(theirs)


def equal(
    readings: Sequence[Reading], pair: Mapping[tuple[int, int], float], apart: Apart
) -> tuple[tuple[Reading, ...], ...]:
    """Groups of readings of several tellings that give one value for what is most likely one question (single linkage),
    those of most tellings first; none holds two that are `apart`."""
    alike = DisjointSets(range(len(readings)))
    for (a, b), likelihood in sorted(pair.items()):
        if _stated(readings[a]) == _stated(readings[b]) and likelihood >= _alike(readings[a], readings[b]):
            alike.join(a, b)
    groups = [
        tuple(readings[place] for place in sorted(group))
        for group in alike.groups()
        if not apart or apart.isdisjoint(permutations(group, 2))
    ]
    several = [group for group in groups if len(tellings_of(group)) > 1]
    return tuple(sorted(several, key=lambda group: -len(tellings_of(group))))


def _alike(a: Reading, b: Reading) -> float:
    """How likely two equal values must be of one question to be told as the same: "two" is told of much, "183" is
    not."""
    answer = a.answer
    if answer.kind == "date":
        return _of_one_day(a, b)
    few = answer.kind in ("count", "duration") and (
        answer.bound == "vague" or (answer.stated <= FEW and answer.stated == int(answer.stated))
    )
    if few:
        return SURELY
    if _is_telling(a) and _is_telling(b):
        return TELLING
    return GREATLY if answer.kind == "count" and answer.stated >= GREAT else ALIKE


def _is_telling(reading: Reading) -> bool:
    """Whether a value is told of one thing only, most likely: a figure that is not round, a time to the minute."""
    answer = reading.answer
    if answer.kind == "clock":
        return answer.bound == _EXACT and answer.stated % HOUR != 0
    if answer.kind not in ("count", "money", "measure") or answer.bound == "vague":
        return False
    figures = _FIGURES.findall(reading.written)
    written = figures[0] if figures else f"{answer.stated:g}"
    return len(re.sub(r"\D", "", written).strip("0")) >= DIGITS


def _of_one_day(a: Reading, b: Reading) -> float:
    """How likely two equal days must be of one happening: less so where both tell it in the same words beside them."""
    mine, theirs = ({word for word, off, _ in each.around.words if abs(off) <= NEAR} for each in (a, b))
    beside = mine & theirs
    plain = beside - a.around.names - b.around.names
    if len(beside) < BESIDE or len(plain) < PLAIN:
        return SURELY
    if a.answer.low < a.answer.high:
        shared = {word for word, _, _ in a.around.words} & {word for word, _, _ in b.around.words}
        return OF_A_TIME if len(shared) >= SHARED else OF_A_DAY
    return OF_A_DAY if len(beside) >= OF_A_WEEK else SURELY


def _worth(a: Reading, b: Reading) -> float:
    """What it is worth to a reader that two readings differ, 0 where they do not."""
    one, other = a.answer, b.answer
    if a.written == b.written or (one.kind == "date" and _one_sentence(a, b)):
        return 0.0  # what is told by "today" in one sentence differs by when it was printed
    if one.kind == "duration" and not _one_length(a, b) and one.meets(other):
        return 0.0  # times are told of much, and "more than ten minutes" meets many
    worth = _apart(one, other) / (_KINDS["date"] if of_years(a, b) else 1.0)
    if a.tellings & b.tellings:
        # What one sentence tells side by side is of two things.
        worth *= 0.0 if one.telling == other.telling and one.number == other.number else IN_ONE
    return worth


def of_years(a: Reading, b: Reading) -> bool:
    """Whether two values are months or years that are written with their year, a few years apart."""
    return (
        a.answer.kind == b.answer.kind == "date"
        and min(each.answer.high - each.answer.low for each in (a, b)) >= MONTH
        and all(_YEAR.search(each.written) for each in (a, b))
        and abs(a.answer.low - b.answer.low) <= YEARS
    )


def _one_length(a: Reading, b: Reading) -> bool:
    """Whether two lengths of time are asked for alike: how long something lasted, a term of jail."""
    return bool(a.around.asked) and a.around.asked == b.around.asked


def _apart(one: Answer, other: Answer) -> float:
    place = sqrt(by_place(one.number, _WORTH) * by_place(other.number, _WORTH)) * _KINDS.get(one.kind, 1.0)
    if not one.meets(other):
        return place
    if one.kind == "clock":
        return place * BOUNDED if abs(one.stated - other.stated) >= MINUTES else 0.0
    if one.kind in ("date", "age") or "vague" in (one.bound, other.bound):
        return 0.0
    if one.bound == other.bound == "exact":
        return 0.0
    if any(each.bound == _EXACT and each.low < each.high for each in (one, other)):
        return 0.0  # "between 300 and 900" leaves open what "about 800" tells
    # "12" and "about a dozen" are one figure.
    small, large = sorted((one.stated, other.stated))
    if large >= OUT_OF_REACH * small and not _STATED.isdisjoint((one.bound, other.bound)):
        return 0.0
    if large > SAME_FIGURE * small:
        return place * BOUNDED
    bounds = {one.bound, other.bound}
    counted = one.kind == "count" and small == large and COUNTED[0] <= small <= COUNTED[1]
    return place * BOUNDED if counted and _MORE in bounds and bounds & _UP_TO else 0.0


def _one_sentence(a: Reading, b: Reading) -> bool:
    """Whether two values stand in one sentence, as two tellings print it."""
    mine, theirs = ({word for word, _, _ in reading.around.words} for reading in (a, b))
    return len(mine & theirs) >= ONE_SENTENCE * len(mine | theirs)


def _together(
    readings: Sequence[Reading], near: Mapping[int, Mapping[int, float]], apart: Apart, a: int, b: int
) -> dict[int, int]:
    """The readings that go with two that begin a line, each with the number of its value."""
    value_of = {a: 0, b: 1}
    stated = {_stated(readings[a]): 0, _stated(readings[b]): 1}
    others = {place: (near[a].get(place, 0.0) + near[b].get(place, 0.0)) / 2 for place in {*near[a], *near[b]} - {a, b}}
    for place in sorted(others, key=lambda place: (-others[place], place))[:LOOKED_AT]:
        value = stated.get(_stated(readings[place]))
        # What says one of the two values needs to be like it alone.
        nearest = near[place].get((a, b)[value], 0.0) if value in (0, 1) else others[place]
        if nearest < GOES_WITH or any((place, member) in apart for member in value_of):
            continue
        if value is None:
            if len(stated) == OF_A_LINE:
                continue
            value = stated[_stated(readings[place])] = len(stated)
        value_of[place] = value
    return value_of


def _figure(reading: Reading) -> tuple[FactKind, str, float, float]:
    """A value as a reader sees it: two figures that a line sets side by side need no second line."""
    answer = reading.answer
    return answer.kind, answer.unit, answer.low, answer.high


def _stated(reading: Reading) -> tuple[float, float, str]:
    answer = reading.answer
    return answer.low, answer.high, answer.bound
