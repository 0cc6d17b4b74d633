"""What may answer a question: every value of a telling, with the words around it that say what it is of.

Facts are values already; days and clock times are read off the time expressions. Where tellings print one sentence, its
values are one reading given in several places: so a story of a thousand reprints costs no more than its originals.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from tellings.across.questions.asked import ROOM, types_of
from tellings.across.questions.sentence_words import Word, words_of
from tellings.language.base import Language, language_of
from tellings.model.records import Bound, Fact, FactKind, Person, Telling, Timex
from tellings.model.text import Span

#: A stretch of days this long answers no question of when.
WIDEST = 400
#: Days before a telling's own from which a day is long past.
LONG_PAST = 60
#: Minutes by which "about six" may be off.
ABOUT_A_CLOCK = 15
#: Share by which a value in another unit may be off.
TURNED = 0.04
#: Words on either side of a value, and of the sentences beside, that may say what it is of: no sentence of news is
#: longer.
WINDOW = 80
#: Values of one kind in a telling that are set beside others: what gives more is a table, or no text.
OF_A_KIND = 100
_EXACT: Bound = "exact"
_ABOUT: Bound = "about"
#: What stands behind a number of some among others.
PART = "part-after"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OPENS = frozenset({"(", "[", "/"})
_CLOCK = re.compile(r"T(\d\d):?(\d\d)?")


@dataclass(frozen=True, slots=True)
class Answer:
    """A value where it stands.

    `fact` is its index among the telling's facts, `None` for a day or a clock time. `low` and `high` bound it in
    `unit`: days since year 1 for a day, minutes of the day for a clock time, metres and kilograms and the like for
    measures, which were `written_in` another. `number` counts the sentences that tell the story; `quoted`: it stands in
    a quotation; `person` whose it is, among the people of the story; `scope` what narrows the head.
    """

    telling: str
    kind: FactKind
    unit: str
    head: str
    span: Span
    low: float
    high: float
    bound: Bound
    fact: int | None
    number: int
    quoted: bool
    person: int | None
    scope: str
    written_in: str

    def meets(self, other: Answer) -> bool:
        """Whether one number can satisfy both; one that was turned into another unit was rounded."""
        slack = TURNED if self.written_in != other.written_in or self.kind == "duration" else 0.0
        return self.low * (1 - slack) <= other.high and other.low * (1 - slack) <= self.high

    @property
    def stated(self) -> float:
        """The number that is written, where a bound leaves others open; the middle of a range."""
        if self.high == float("inf"):
            return self.low
        return self.high if self.low == 0 else (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a value.

    `words`: the stems of its sentence but for the value's own, with how many words off each stands (below 0: before),
    and as it is written; `beside`: stems of the sentences next to it; `names`: words with a capital; `senses`: what
    narrows it; `denied`: a word near it denies; `asked`: the type of question it answers, "" where nothing says it;
    `past`: its sentence tells of a day long before the telling's own; `part`: it counts some among others ("nine of the
    dead").
    """

    words: tuple[tuple[str, int, str], ...]
    beside: frozenset[str]
    names: frozenset[str]
    senses: frozenset[str]
    denied: bool
    asked: str
    past: bool = False
    part: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One value in one wording, wherever it is printed: `places` in the order of the tellings, never empty. `written`:
    the value as it is printed, in lower case.

    `answer` is its first place, `tellings` are those that print it: each is asked for with every other reading that
    this one is held against.
    """

    places: tuple[Answer, ...]
    around: Around
    written: str
    answer: Answer = field(init=False, repr=False, compare=False)
    tellings: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "answer", self.places[0])
        object.__setattr__(self, "tellings", frozenset(place.telling for place in self.places))


def tellings_of(readings: Iterable[Reading]) -> frozenset[str]:
    """The tellings that print one of the readings."""
    return frozenset[str]().union(*(reading.tellings for reading in readings))


def readings(tellings: Sequence[Telling], people: Sequence[Person]) -> tuple[Reading, ...]:
    """All that tellings of one story say in values, each wording once, in the order of the tellings."""
    someone = {chain: index for index, person in enumerate(people) for chain in person.chains}
    found: dict[tuple[object, ...], list[Answer]] = defaultdict(list)
    around: dict[tuple[object, ...], Around] = {}
    written: dict[tuple[object, ...], str] = {}
    for telling in tellings:
        page = Page(telling, someone)
        seen: Counter[tuple[str, str]] = Counter()
        for answer in page.answers():
            seen[answer.kind, answer.unit] += 1
            if seen[answer.kind, answer.unit] > OF_A_KIND:
                continue
            beside = page.around(answer)
            key = (answer.kind, answer.unit, answer.head, answer.low, answer.high, answer.bound, beside.words)
            found[key].append(answer)
            around.setdefault(key, beside)
            written.setdefault(key, " ".join(answer.span.of(telling.text).lower().split()))
    return tuple(Reading(tuple(places), around[key], written[key]) for key, places in found.items())


class Page:
    """A telling with its story sentences as stems."""

    def __init__(self, telling: Telling, someone: Mapping[tuple[str, int], int]) -> None:
        self.telling = telling
        self._someone = someone
        self.language = language_of(telling.document.read_as)
        self._story = telling.story
        self._number = {index: place for place, index in enumerate(self._story)}
        self._starts = [sentence.span.start for sentence in telling.sentences]
        self._quoted = _outermost(quote.content for quote in telling.quotes)
        self._words: dict[int, Sequence[Word]] = {}
        self._besides: dict[int, frozenset[str]] = {}
        self._values: dict[tuple[int, FactKind], list[int]] = defaultdict(list)
        self._starts_of: dict[int, list[int]] = {}
        self._past = self._long_past()

    def answers(self) -> Iterator[Answer]:
        """The values of the story, in their order."""
        found = [
            answer
            for index, fact in enumerate(self.telling.facts)
            if (answer := self._of_fact(index, fact)) is not None
        ]
        found += [answer for timex in self.telling.timexes if (answer := self._of_timex(timex)) is not None]
        found.sort(key=lambda answer: (answer.span, answer.kind))
        for answer in found:
            self._values[answer.number, answer.kind].append(answer.span.start)
        before: Answer | None = None
        for answer in found:
            if before is None or not self._repeats(before, answer):
                yield answer
            before = answer

    def _repeats(self, one: Answer, other: Answer) -> bool:
        """Whether a measure is another in other units: "2,700 km (1,680 miles)"."""
        if one.kind != "measure" or (other.kind, other.unit) != (one.kind, one.unit):
            return False
        between = self.telling.text[one.span.end : other.span.start]
        return between.strip() in _OPENS and one.meets(other)

    def _of_fact(self, index: int, fact: Fact) -> Answer | None:
        number = self._number.get(fact.sentence)
        if number is None or fact.kind == "date" or fact.low is None:
            return None
        unit, factor = _unit(self.language, fact.unit or "")
        high = float("inf") if fact.high is None else fact.high * factor
        return Answer(
            *(self.telling.id, fact.kind, unit, fact.head, fact.value_span, fact.low * factor, high, fact.bound),
            *(index, number, fact.quote is not None, self._person(fact), fact.scope, fact.unit or ""),
        )

    def _of_timex(self, timex: Timex) -> Answer | None:
        sentence = bisect_left(self._starts, timex.span.start + 1) - 1
        number = self._number.get(sentence)
        if number is None or timex.value is None:
            return None
        quoted, at = self._is_quoted(timex.span), timex.span
        if timex.type == "TIME" and (clock := _CLOCK.search(timex.value)):
            opens = at.start <= self.telling.sentences[sentence].span.start + 1
            if opens or _YEAR.search(self.telling.text, at.start, at.end):
                return None  # a stamp, by which a page says when it was told
            minutes = 60.0 * int(clock[1]) + int(clock[2] or 0)
            slack = ABOUT_A_CLOCK if timex.mod == "APPROX" else 0
            low, high, bound = minutes - slack, minutes + slack, _ABOUT if slack else _EXACT
            return Answer(
                self.telling.id, "clock", "minute", "", at, low, high, bound, None, number, quoted, None, "", ""
            )
        if timex.type in ("DATE", "TIME") and timex.interval is not None and timex.interval.days <= WIDEST:
            low, high = float(timex.interval.earliest.toordinal()), float(timex.interval.latest.toordinal())
            return Answer(self.telling.id, "date", "day", "", at, low, high, _EXACT, None, number, quoted, None, "", "")
        return None

    def _person(self, fact: Fact) -> int | None:
        """The person of the story that a value is of; one that is of none there is a number below 0."""
        if fact.whom is None:
            return None
        return self._someone.get((self.telling.id, fact.whom), -1 - fact.whom)

    def _is_quoted(self, span: Span) -> bool:
        """Whether a span lies in a quotation."""
        at = bisect_right(self._quoted, span.start, key=_start) - 1
        return at >= 0 and self._quoted[at].contains(span)

    def around(self, answer: Answer) -> Around:
        """What stands around a value of this telling."""
        senses, denying = _senses(self.language)
        text = self.telling.text
        words = self._sentence(self._story[answer.number])
        starts = self._starts_of[self._story[answer.number]]
        before, last = bisect_left(starts, answer.span.start), bisect_left(starts, answer.span.end)
        first = max(0, before - WINDOW)
        begins, ends = answer.span.start, answer.span.end
        placed = tuple(
            [
                (each, place - before if place < before else place - last + 1, text[start:end])
                for place, (each, _, start, end) in enumerate(words[first : last + WINDOW], start=first)
                if each and not begins <= start < ends
            ]
        )
        near = [word.written for word in words[max(0, before - _NARROWS) : last + _NARROWS]]
        beside = self._beside(answer.number)
        names = frozenset(
            each for each, _, start, _ in words[max(1, first) : last + WINDOW] if each and text[start].isupper()
        )
        return Around(
            placed,
            beside,
            names,
            frozenset(senses[written] for written in near if written in senses),
            any(written in denying for written in near),
            self._asked(answer, words, before, last),
            answer.number in self._past,
            answer.kind == "count" and bool(self.language.pattern(ROOM, PART).match(text, answer.span.end)),
        )

    def _beside(self, number: int) -> frozenset[str]:
        """The stems of the sentences before and behind one of the story."""
        found = self._besides.get(number)
        if found is None:
            near: set[str] = set()
            for other, part in ((number - 1, slice(-WINDOW, None)), (number + 1, slice(WINDOW))):
                if 0 <= other < len(self._story):
                    near.update([word.stem for word in self._sentence(self._story[other])[part]])
            near.discard("")
            found = self._besides[number] = frozenset(near)
        return found

    def _long_past(self) -> frozenset[int]:
        """The sentences of the story that tell of a day long before the telling's own; where that is not known, before
        the last day it tells of."""
        days: dict[int, date] = {}
        for timex in self.telling.timexes:
            if timex.type == "DATE" and timex.interval is not None and timex.interval.days <= WIDEST:
                number = self._number.get(bisect_left(self._starts, timex.span.start + 1) - 1)
                if number is not None:
                    days[number] = max(timex.interval.latest, days.get(number, timex.interval.latest))
        own = self.telling.document.date.value or max(days.values(), default=None)
        return frozenset(number for number, day in days.items() if own is not None and (own - day).days > LONG_PAST)

    def _asked(self, answer: Answer, words: Sequence[Word], first: int, last: int) -> str:
        """The type of question that the value `words[first:last]` of a sentence answers."""
        types = types_of(self.language, answer.kind, answer.unit)
        if types is None:
            return ""
        starts = self._starts_of[self._story[answer.number]]
        values = self._values[answer.number, answer.kind]
        others = [bisect_left(starts, start) for start in values if start != answer.span.start]
        return types.of(words, first, last, others)

    def number_at(self, start: int) -> int:
        """How many sentences of the story stand before the one that holds a place of the telling."""
        return self._number[bisect_left(self._starts, start + 1) - 1]

    def words(self, index: int) -> Sequence[Word]:
        """The words of a sentence of the telling."""
        return self._sentence(index)

    def _sentence(self, index: int) -> Sequence[Word]:
        """The words of a sentence."""
        found = self._words.get(index)
        if found is None:
            found = self._words[index] = words_of(self.telling.text, self.telling.sentences[index].span, self.language)
            self._starts_of[index] = [word.start for word in found]
        return found


def _outermost(spans: Iterable[Span]) -> list[Span]:
    """The spans that lie in no other, in their order."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if not found or not found[-1].contains(span):
            found.append(span)
    return found


def _start(span: Span) -> int:
    return span.start


#: Words on either side of a value among which one narrows it.
_NARROWS = 6


@cache
def _senses(language: Language) -> tuple[dict[str, str], frozenset[str]]:
    rules = language.rules(ROOM)
    return dict(rules.meanings("sense")), rules.words("denying", "negation")


@cache
def _unit(language: Language, unit: str) -> tuple[str, float]:
    """What a unit measures and the factor that turns it into the first of its kind; other units stay."""
    rules = language.rules(ROOM)
    for quantity in rules.meanings("quantity"):
        if unit in rules.meanings(quantity):
            return quantity, float(rules.meanings(quantity)[unit])
    return unit, 1.0
