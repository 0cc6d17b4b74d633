"""What a reader may want to compare, beside what rules say: values that probably answer one question, posts,
and claims.

What rules have told already is not told again, and what they left unclear is never claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from tellings.across.questions.answers import Answer, Reading, readings
from tellings.across.questions.asked import ROOM
from tellings.across.questions.blame import blame
from tellings.across.questions.claimed import COMPARED, claimed, of_one_kind
from tellings.across.questions.claims import claims
from tellings.across.questions.company import Company
from tellings.across.questions.corrections import Correction, corrections
from tellings.across.questions.posts import posts
from tellings.across.questions.slots import slots
from tellings.across.questions.sums import sums
from tellings.across.questions.surroundings import Surroundings
from tellings.across.questions.together import Apart, Compared, Things, compared, equal, likely, of_years
from tellings.across.questions.values import days
from tellings.across.word_vectors import stem
from tellings.language.base import language_of
from tellings.model.records import (
    Family,
    Interval,
    Person,
    Place,
    Provenance,
    Question,
    QuestionValue,
    Relation,
    Telling,
    ValueDecision,
)
from tellings.model.regression import shipped

STAGE = "questions"
_AGREE = ("same", "compatible")
#: Rules that found that values may be of two things; others found only that too little is said.
DOUBTED = frozenset(
    {"part-of-a-whole", "several-values-in-one-telling", "told-on-different-days", "other-time-or-place"}
)
#: Lines of values that differ in a story, of answers that are one of a few words, and of parts that add up.
VALUES, SLOTS, SUMS = 20, 6, 5
#: What a line of values is worth at least, and how likely its first two are of one question; where one is asked of
#: something, and the other is not.
LEAST, LIKELY, ODD = 0.1, 0.22, 0.4
#: The same of years, of which less is told.
LEAST_YEAR, OF_YEARS = 0.05, 0.12
#: Words that name what is compared, and how near a value they stand.
NAMED_BY, NEAR = 3, 6
#: Letters of a word that names what is compared.
NAMING = 4


def to_compare(
    tellings: Sequence[Telling],
    people: Sequence[Person],
    decisions: Sequence[ValueDecision],
    told: Sequence[Question],
    families: Sequence[Family],
    around: Surroundings,
) -> Iterator[Question]:
    """Questions beside those `told` by rules."""
    tellings = [telling for telling in tellings if telling.sentences]
    if not tellings:
        return
    texts = {telling.id: telling.text for telling in tellings}
    yield from _Values(tellings, people, decisions, texts, around).questions(told)
    yield from posts(tellings, people, decisions)
    yield from slots(tellings, people, decisions, SLOTS)
    yield from sums(tellings, decisions, SUMS)
    yield from blame(tellings, decisions)
    yield from claims(tellings, people, decisions, families)


class _Values:
    """The values of a story, with how likely each two of them answer one question."""

    def __init__(
        self,
        tellings: Sequence[Telling],
        people: Sequence[Person],
        decisions: Sequence[ValueDecision],
        texts: Mapping[str, str],
        around: Surroundings,
    ) -> None:
        self._texts = texts
        self._dates = {telling.id: telling.document.date.value for telling in tellings}
        self._facts = {telling.id: telling.facts for telling in tellings}
        self._tellings = tellings
        self._readings = readings(tellings, people)
        self._number = {place: number for number, reading in enumerate(self._readings) for place in reading.places}
        self._language = language_of(tellings[0].document.read_as)
        self._company = Company(self._readings, self._language)
        self._apart = _apart(self._readings, decisions)
        weights = shipped(self._language.code, ROOM, "pairs")
        pair = likely(self._readings, self._company, weights, Things(tellings, around))
        self._pair = {both: likelihood for both, likelihood in pair.items() if both not in self._apart}

    def questions(self, told: Sequence[Question]) -> Iterator[Question]:
        """Values that differ, the weightiest first, and values that are equal; none that are `told` already."""
        agree = self._where(told, lambda question: question.relation in _AGREE)
        unclear = self._where(told, lambda question: question.provenance.rule in DOUBTED)
        differ = self._where(told, lambda question: question.relation not in (*_AGREE, "unclear", "single"))
        known = self._corrected()
        for line in compared(self._readings, self._pair, self._apart, VALUES, tuple(known)):
            if correction := known.get((self._place(line, 0), self._place(line, 1))):
                yield self._differing(line, (correction.relation, correction.rule))
            elif (
                line.score >= (LEAST_YEAR if _is_of_years(line) else LEAST)
                and line.probability >= (OF_YEARS if _is_of_years(line) else ODD if _is_odd(line) else LIKELY)
                and not _stands(line, differ)
                and not _stands(line, agree, first=2)
            ):
                related = COMPARED if _stands(line, unclear) else claimed(line, self._dates, self._company)
                yield self._differing(line, related)
        for group in equal(self._readings, self._pair, self._apart):
            if not _stand_together(group, (*agree, *differ)):
                yield self._equal(group)

    def _corrected(self) -> dict[tuple[int, int], Correction]:
        """What the tellings themselves correct, by the readings of the earlier value and of the one that holds now."""
        at = self._number
        found = {(at[each.earlier], at[each.now]): each for each in corrections(self._tellings, self._readings)}
        return {both: each for both, each in found.items() if both not in self._apart}

    def _place(self, line: Compared, value: int) -> int:
        """The place among the readings of the first reading of a value of a line."""
        return self._number[line.values[value][0].answer]

    def _where(
        self, told: Sequence[Question], which: Callable[[Question], bool]
    ) -> tuple[frozenset[tuple[str, int]], ...]:
        """Where the values stand of each question of a kind."""
        return tuple(
            frozenset(
                (telling, self._facts[telling][index].value_span.start)
                for value in question.values
                for telling, index in value.facts
            )
            for question in told
            if which(question)
        )

    def _differing(self, line: Compared, related: tuple[Relation, str]) -> Question:
        first, second = (value[0] for value in line.values[:2])
        head, scope = self._named(first, second)
        relation, rule = related
        told = line.values if relation == COMPARED[0] else of_one_kind(line, self._language)
        values = tuple(self._value(value) for value in told)
        why = Provenance(STAGE, rule, round(line.score, 3))
        kind = first.answer.kind
        return Question(kind, head, None, scope, values, relation, why, probability=line.probability, weight=line.score)

    def _equal(self, group: Sequence[Reading]) -> Question:
        head, scope = self._named(group[0], group[-1])
        why = Provenance(STAGE, "likely-of-one-question")
        return Question(group[0].answer.kind, head, None, scope, (self._value(group),), "same", why)

    def _value(self, readings: Sequence[Reading]) -> QuestionValue:
        first = readings[0].answer
        label = " ".join(first.span.of(self._texts[first.telling]).split())
        interval = None
        if first.kind == "date":
            interval = Interval(date.fromordinal(int(first.low)), date.fromordinal(int(first.high)))
            label = days(interval)
        places = sorted(Place(place.telling, place.span) for reading in readings for place in reading.places)
        return QuestionValue(label, (), interval=interval, places=tuple(places))

    def _named(self, first: Reading, second: Reading) -> tuple[str, str]:
        """What two values are of: the noun, and what is asked of them, else the rarest words near both as the first has
        them, in its order."""
        own = {stem(word) for word in (*first.answer.head.split(), *second.answer.head.split())}
        near = {word for word, off, _ in second.around.words if abs(off) <= NEAR}
        shared = {
            word: written
            for word, off, written in reversed(first.around.words)
            if abs(off) <= NEAR and word in near and word not in own and word.isalpha() and len(written) >= NAMING
        }
        rarity = self._company.rarity
        chosen = sorted(shared, key=lambda word: (-rarity.get(word, 0.0), word))[:NAMED_BY]
        named = list(dict.fromkeys(shared[word] for word, _, _ in first.around.words if word in chosen))
        head = first.answer.head
        if not named and not head:
            telling = [word for word in first.around.words if word[0].isalpha() and len(word[2]) >= NAMING]
            beside = sorted(telling, key=lambda word: abs(word[1]))[:NAMED_BY]
            named = list(dict.fromkeys(written for _, _, written in sorted(beside, key=lambda word: word[1])))
        if head in ("", "sum", first.answer.unit, first.answer.written_in) and named:
            head = named.pop(0)
        asked = {reading.around.asked for reading in (first, second)}
        return head, asked.pop() if len(asked) == 1 and not asked & {"", head} else ", ".join(named)


def _is_of_years(line: Compared) -> bool:
    """Whether the two values that begin a line are years a few years apart."""
    return of_years(*(value[0] for value in line.values[:2]))


def _is_odd(line: Compared) -> bool:
    """Whether only one of the two values that begin a line has a type of question, and they are not of one noun."""
    first, second = (value[0] for value in line.values[:2])
    one_head = first.answer.head and first.answer.head == second.answer.head
    return bool(first.around.asked) != bool(second.around.asked) and not one_head


def _apart(found: Sequence[Reading], decisions: Sequence[ValueDecision]) -> Apart:
    """The pairs of readings, by their places and either way, that a person said are not of one thing. A telling's other
    readings of the same value go with the one decided of."""
    pairs: set[tuple[int, int]] = set()
    for each in decisions:
        ones, others = (_decided(found, place) for place in (each.a, each.b))
        pairs.update((a, b) for a in ones for b in others if a != b)
        pairs.update((b, a) for a in ones for b in others if a != b)
    return frozenset(pairs)


def _decided(found: Sequence[Reading], place: Place) -> list[int]:
    """The readings that give a telling's value at a place."""
    values = {
        _value(each)
        for reading in found
        for each in reading.places
        if each.telling == place.telling and each.span.overlaps(place.span)
    }
    return [
        number
        for number, reading in enumerate(found)
        if any(each.telling == place.telling and _value(each) in values for each in reading.places)
    ]


def _value(answer: Answer) -> tuple[str, str, str, float, float]:
    return answer.kind, answer.unit, answer.head, answer.low, answer.high


def _stands(line: Compared, questions: Sequence[frozenset[tuple[str, int]]], first: int | None = None) -> bool:
    """Whether two of the values of a line, or of the `first` of them, stand in one of these questions."""
    values = [{_key(place) for reading in value for place in reading.places} for value in line.values[:first]]
    return any(sum(not each.isdisjoint(value) for value in values) > 1 for each in questions)


def _stand_together(group: Sequence[Reading], questions: Sequence[frozenset[tuple[str, int]]]) -> bool:
    """Whether values of two tellings stand in one of these questions."""
    keys = [_key(place) for reading in group for place in reading.places]
    return any(len({key[0] for key in keys if key in each}) > 1 for each in questions)


def _key(place: Answer) -> tuple[str, int]:
    return place.telling, place.span.start
