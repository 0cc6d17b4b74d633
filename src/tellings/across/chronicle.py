"""Which days made a story, and which sentences tell them best.

1. map: every sentence of a telling that names a day, or opens an undated report, is a statement about that day.
2. group: a day weighs by how many tellings speak of it afterwards, and how long afterwards; tellings of one
   publication day count less each, for they echo one another, and those of one independent origin count once.
3. choose: the weightiest days; on each the sentences nearest to what all statements of that day say together (the
   centroid of their words), none much like one chosen before.

Days by mentions in later documents go back to Tran et al. 2015, "Timeline summarization from relevant headlines", and
date-wise centroid choice to Ghalandari and Ifrim 2020, "Examining the state-of-the-art in news timeline
summarization"; weighing by the time until a day is spoken of again, and by event dating, are ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, fsum, log, log1p, sqrt
from typing import Literal

from tellings.across.space import Space, Vector, cosine, shared_words, stems
from tellings.model.records import Interval, Telling
from tellings.model.text import Span

#: What ties a sentence to a day: a clause of it is dated so; is announced for it; it only names the day; it is undated
#: and opens a report of that day or the next.
Tie = Literal["dated", "announced", "named", "opens"]
#: How far a statement is taken for one of its day.
TRUST: Mapping[Tie, float] = {"dated": 1.0, "announced": 0.5, "named": 0.3, "opens": 0.8}
#: Undated sentences from the beginning of a telling that open it.
OPENING = 5
#: What a telling of the same day, or of one before it, adds to a day's weight beside one that looks back (1).
SAME_DAY = 0.1
#: What a telling that only names a day adds, beside one that dates an event by it.
ONLY_NAMED = 0.5
#: How much more it adds the later it looks back: by the logarithm of weeks.
LATER, WEEK = 1.0, 7
#: Days after which it is history that it looks back to, and no part of the story by that alone.
HISTORY = 1100
#: The weights of tellings of one publication day are summed and raised to this power.
ECHO = 0.5
#: Cosine of two sentences from which they say one thing.
ALIKE = 0.5
#: Share of content words (of the shorter sentence) that two sentences of one day share when they tell one event, and
#: the fewest such words.
SAME_EVENT, FEWEST_SHARED = 0.34, 3
#: Words of a sentence that reads best in a timeline, and how much others cost; shorter and longer ones are left out.
GOOD_LENGTH, OFF_LENGTH = 25, 0.2
SHORTEST, LONGEST = 6, 69


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence of a telling says of a day or an interval; `told` is the telling's own day."""

    telling: str
    sentence: Span
    when: Interval
    tie: Tie
    told: date | None
    words: tuple[str, ...]
    size: int

    @property
    def trust(self) -> float:
        """How far it is taken for one of its day."""
        return TRUST[self.tie]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A day of the chronicle with its weight, and the statements chosen for it, best first."""

    when: Interval
    weight: float
    statements: tuple[Statement, ...]


def statements(telling: Telling, *, opening: bool = False, longest: int = 1) -> tuple[Statement, ...]:
    """The statements of `telling` about days, in order; with `opening`, also those of its undated first sentences,
    which are taken for the day of the telling or the one before. Intervals of more than `longest` days are left out."""
    dated: dict[Span, dict[Interval, Tie]] = defaultdict(dict)
    for dating in telling.datings:
        when = dating.interval
        if when is not None and when.days <= longest and not dating.background and dating.status != "hypothetical":
            tie: Tie = "announced" if dating.status == "announced" else "dated"
            if dated[dating.sentence].get(when) != "dated":
                dated[dating.sentence][when] = tie
    told, text = telling.document.date.value, telling.text
    found: list[Statement] = []
    timexes = sorted(telling.timexes, key=lambda timex: timex.span)
    place = position = 0
    for sentence in telling.sentences:
        if sentence.block < len(telling.blocks) and not telling.blocks[sentence.block].story:
            continue
        while position < len(timexes) and timexes[position].span.start < sentence.span.start:
            position += 1
        named: dict[Interval, Tie] = {}
        while position < len(timexes) and timexes[position].span.start < sentence.span.end:
            timex = timexes[position]
            if timex.interval is not None and timex.type in ("DATE", "TIME") and timex.interval.days <= longest:
                named[timex.interval] = "named"
            position += 1
        opens = opening and told is not None and not named and place < OPENING
        place += 1
        span = sentence.span.trimmed(text)
        named.update(dated.get(span, {}))
        if opens and told is not None:
            for day in (told, told - timedelta(days=1)):
                named.setdefault(Interval(day, day), "opens")
        if named:
            found.extend(statement(telling, span, when, tie) for when, tie in sorted(named.items()))
    return tuple(found)


def statement(telling: Telling, sentence: Span, when: Interval, tie: Tie) -> Statement:
    """The statement of one sentence."""
    exact = sentence.of(telling.text)
    return Statement(telling.id, sentence, when, tie, telling.document.date.value, stems(exact), len(exact.split()))


def weights(told: Iterable[Statement], origin_of: Mapping[str, int] | None = None) -> dict[Interval, float]:
    """How much each day, or interval, made the story: who speaks of it, how long afterwards."""
    by_day: dict[Interval, dict[tuple[date | None, object], float]] = defaultdict(dict)
    for each in told:
        if each.tie == "opens":
            continue
        lag = None if each.told is None else (each.told - each.when.latest).days
        if lag is not None and lag <= 0:
            weight = SAME_DAY
        else:
            weight = 1.0 + SAME_DAY
            weight *= 1.0 + LATER * log1p((lag or 0) / WEEK) if (lag or 0) <= HISTORY else 1.0
        if each.tie == "named":
            weight *= ONLY_NAMED
        origin = each.telling if origin_of is None else origin_of.get(each.telling, each.telling)
        held = by_day[each.when]
        held[each.told, origin] = max(weight, held.get((each.told, origin), 0.0))
    found = {}
    for when, held in by_day.items():
        on: dict[date | None, list[float]] = defaultdict(list)
        for (day, _), weight in held.items():
            on[day].append(weight)
        found[when] = fsum(fsum(sorted(group)) ** ECHO for group in on.values())
    return found


def chronicle(
    told: Sequence[Statement],
    *,
    days: int,
    each: int,
    since: date | None = None,
    until: date | None = None,
    about: Collection[str] = (),
    origin_of: Mapping[str, int] | None = None,
) -> tuple[Chosen, ...]:
    """Up to `days` days with up to `each` statements on each, in the order of the calendar.

    `since` and `until` bound the days, both included. `about`: words of which a statement must hold one to be chosen.
    `origin_of` gives the independent origin of a telling, by its id: those of one origin count once a day.
    """
    measure = Measure(told)
    weighed = weights(told, origin_of)
    by_day: dict[Interval, list[Statement]] = defaultdict(list)
    wanted = frozenset(word for name in about for word in stems(name))
    for statement in told:
        if SHORTEST <= statement.size <= LONGEST and (not wanted or not wanted.isdisjoint(statement.words)):
            by_day[statement.when].append(statement)
    found: list[Chosen] = []
    used: list[Statement] = []
    for when in sorted(weighed, key=lambda when: (-weighed[when], when)):
        if (since is not None and when.latest < since) or (until is not None and when.earliest > until):
            continue
        if chosen := measure.best(by_day.get(when, []), each, used):
            used.extend(chosen)
            found.append(Chosen(when, weighed[when], chosen))
        if len(found) == days:
            break
    return tuple(sorted(found, key=lambda day: day.when))


def one_event(a: Collection[str], b: Collection[str]) -> float:
    """How far two sentences of one day, by their content words, tell one event; from `SAME_EVENT` they do. Words that
    the whole story shares, such as its names, are to be left out before."""
    return shared_words(a, b, FEWEST_SHARED)


class Measure:
    """Likeness of statements by words that are rare among all of them."""

    def __init__(self, told: Iterable[Statement]) -> None:
        self._space = Space((((one.telling, one.sentence), one.words) for one in told), more=2)

    def vector(self, statement: Statement) -> Vector:
        """The weighted words of a statement, of length 1."""
        return self._space.vector((statement.telling, statement.sentence))

    def best(self, told: Sequence[Statement], most: int, used: Sequence[Statement] = ()) -> tuple[Statement, ...]:
        """The statements nearest to what all of `told` say together, none like one before or the same as one `used`."""
        vectors = [self.vector(one) for one in told]
        chosen: list[int] = []
        said = {one.words for one in used}
        for index in self._order(told, vectors):
            if told[index].words not in said and all(
                cosine(vectors[index], vectors[other]) < ALIKE for other in chosen
            ):
                chosen.append(index)
                said.add(told[index].words)
            if len(chosen) == most:
                break
        return tuple(told[index] for index in chosen)

    def order(self, told: Sequence[Statement]) -> list[int]:
        """The places of `told`, those that say most of what all say together first."""
        return self._order(told, [self.vector(one) for one in told])

    @staticmethod
    def _order(told: Sequence[Statement], vectors: Sequence[Vector]) -> list[int]:
        parts: dict[str, list[float]] = defaultdict(list)
        for one, vector in zip(told, vectors, strict=True):
            for word, value in vector.items():
                parts[word].append(value * one.trust)
        # Exact sums do not hang on the order of the statements.
        middle = {word: fsum(values) for word, values in parts.items()}
        scores = []
        for index, (one, vector) in enumerate(zip(told, vectors, strict=True)):
            near = fsum(value * middle[word] for word, value in vector.items())
            length = exp(-OFF_LENGTH * abs(log(max(one.size, 1) / GOOD_LENGTH)))
            scores.append((-near * length * sqrt(one.trust), one.telling, one.sentence, one.tie, one.words, index))
        return [index for *_, index in sorted(scores)]
