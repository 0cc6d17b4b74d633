"""Answers that are one of a few words: how badly somebody was hurt, with which weapon, accused or convicted.

The words are data (`data/<language>/question/slots.toml`), in lists of which only one word can be right of one thing.
Two tellings that use two words of a list beside the same words are set side by side, where neither also has the other's
there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest

from tellings.across.questions.answers import Answer, Page, Reading
from tellings.across.questions.asked import ROOM
from tellings.across.questions.company import Company
from tellings.across.questions.kept_apart import spoken_of
from tellings.across.questions.sentence_words import COMMON, by_place
from tellings.language.base import Language, language_of
from tellings.model.records import Person, Place, Provenance, Question, QuestionValue, Telling, ValueDecision
from tellings.model.text import Span

STAGE = "questions"
#: What the name of a list begins with.
LIST = "slot_"
#: How alike what stands around two words must be; what share of that what stands around the other's word in one of the
#: tellings may be; and from which a word stands beside them.
ALIKE, OTHERS, GOES_WITH = 0.33, 0.7, 0.4
#: What a line is worth by where its words stand.
_WORTH = (1.0, 0.75, 0.55)
#: Words of a telling that are looked at, and others that each is held against at most.
MOST, PARTNERS = 200, 12


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two readings, by their places, and how alike what stands around them is."""

    first: int
    second: int
    likeness: float


def slots(
    tellings: Sequence[Telling], people: Sequence[Person], decisions: Sequence[ValueDecision], most: int
) -> Iterator[Question]:
    """Up to `most` questions that tellings answer with two words of one list, the likeliest first."""
    language = language_of(tellings[0].document.read_as)
    texts = {telling.id: telling.text for telling in tellings}
    readings = _readings(tellings, people)
    company = Company(readings, language)
    found = 0
    taken: set[frozenset[tuple[str, str]]] = set()
    for pair in sorted(_pairs(readings, company), key=lambda pair: (-pair.likeness, pair.first, pair.second)):
        a, b = readings[pair.first], readings[pair.second]
        words = frozenset({(a.answer.unit, a.answer.head), (b.answer.unit, b.answer.head)})
        if found == most or words in taken:
            continue
        values = tuple(_value(one, other, readings, company, texts) for one, other in ((a, b), (b, a)))
        if spoken_of(values[0].places, values[1].places, decisions):
            continue
        taken.add(words)
        found += 1
        worth = pair.likeness * (by_place(a.answer.number, _WORTH) * by_place(b.answer.number, _WORTH)) ** 0.5
        why = Provenance(STAGE, "two-words-of-a-list", round(pair.likeness, 3))
        yield Question("claim", a.answer.unit.removeprefix(LIST), None, "", values, "to compare", why, weight=worth)


def _readings(tellings: Sequence[Telling], people: Sequence[Person]) -> tuple[Reading, ...]:
    """The words of the lists in the story of each telling, each wording once. The unit of an answer is its list, the
    head what the word means."""
    someone = {chain: index for index, person in enumerate(people) for chain in person.chains}
    places: dict[tuple[object, ...], list[Answer]] = defaultdict(list)
    readings: dict[tuple[object, ...], Reading] = {}
    for telling in tellings:
        page = Page(telling, someone)
        for number, (span, kind, meaning) in enumerate(_words(telling, page)):
            if number == MOST:
                break
            answer = Answer(
                *(telling.id, "claim", kind, meaning, span, 0.0, 0.0, "exact", None),
                *(page.number_at(span.start), False, None, "", ""),
            )
            around = page.around(answer)
            key = (kind, meaning, around.words)
            places[key].append(answer)
            readings.setdefault(key, Reading((answer,), around, " ".join(span.of(telling.text).lower().split())))
    return tuple(Reading(tuple(places[key]), one.around, one.written) for key, one in readings.items())


def _words(telling: Telling, page: Page) -> Iterator[tuple[Span, str, str]]:
    """The words of lists in the story of a telling: where each stands, its list, what it means."""
    known, longest = _known(page.language)
    for index in telling.story:
        words = page.words(index)
        at = 0
        while at < len(words):
            for length in range(min(longest.get(words[at].written, 0), len(words) - at), 0, -1):
                span = Span(words[at].start, words[at + length - 1].end)
                found = known.get(" ".join(span.of(telling.text).lower().split()))
                if found is not None:
                    yield span, *found
                    at += length - 1
                    break
            at += 1


@cache
def _known(language: Language) -> tuple[Mapping[str, tuple[str, str]], Mapping[str, int]]:
    """Word or words of the lists → their list and meaning, and the first word → how many may follow with it."""
    rules = language.rules(ROOM)
    known: dict[str, tuple[str, str]] = {}
    longest: dict[str, int] = {}
    for kind in rules.meanings("slot_kind"):
        for words, meaning in rules.meanings(kind).items():
            known[words] = kind, str(meaning)
            first, *rest = words.replace("-", " ").split()
            longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return known, longest


def _pairs(readings: Sequence[Reading], company: Company) -> Iterator[_Pair]:
    """The readings of two tellings with two words of a list, around which like words stand."""
    held: dict[tuple[str, str], list[int]] = defaultdict(list)
    said: dict[tuple[str, str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        for telling in sorted(reading.tellings):
            said[telling, reading.answer.unit, reading.answer.head].append(reading)
    for place, reading in enumerate(readings):
        kind = reading.answer.unit
        near = {word for word, _, _ in reading.around.words}
        shared: dict[int, float] = defaultdict(float)
        for word in sorted(near):
            others = held[kind, word]
            if len(others) <= COMMON:
                for other in others:
                    one = readings[other]
                    if one.answer.head != reading.answer.head and one.tellings.isdisjoint(reading.tellings):
                        shared[other] += company.rarity[word]
            others.append(place)
        for other in nsmallest(PARTNERS, shared, key=lambda other: (-shared[other], other)):
            likeness = company.likeness(readings[other], reading)
            if likeness >= ALIKE and _only(readings[other], reading, likeness, said, company):
                yield _Pair(other, place, likeness)


def _only(
    a: Reading, b: Reading, likeness: float, said: Mapping[tuple[str, str, str], Sequence[Reading]], company: Company
) -> bool:
    """Whether neither telling also has the other's word where like words stand, nor in the same sentence."""
    for one, other in ((a, b), (b, a)):
        for place in one.places:
            for each in said.get((place.telling, one.answer.unit, other.answer.head), ()):
                same = any(held.telling == place.telling and held.number == place.number for held in each.places)
                if same or company.likeness(each, other) >= OTHERS * likeness:
                    return False
    return True


def _value(
    one: Reading, other: Reading, readings: Sequence[Reading], company: Company, texts: Mapping[str, str]
) -> QuestionValue:
    """What tellings say with one word, set beside another: wherever it stands beside like words."""
    first = one.answer
    said = [
        each
        for each in readings
        if each is one
        or (
            (each.answer.unit, each.answer.head) == (first.unit, first.head)
            and each.tellings.isdisjoint(other.tellings)
            and company.likeness(each, other) >= GOES_WITH
        )
    ]
    places = tuple(sorted(Place(place.telling, place.span) for each in said for place in each.places))
    label = " ".join(first.span.of(texts[first.telling]).split())
    return QuestionValue(label, (), places=places)
