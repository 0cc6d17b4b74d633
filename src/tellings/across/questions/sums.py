"""Parts of one telling that are another's whole: "17 men and one woman", "18 people".

Two counts of people side by side, with nothing that befell the first between them, are added up; another telling that
counts so many people in a sentence of like words gives their sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tellings.across.questions.asked import ROOM
from tellings.across.questions.kept_apart import spoken_of
from tellings.across.questions.sentence_words import words_of
from tellings.language.base import Language, language_of
from tellings.model.records import Fact, Place, Provenance, Question, QuestionValue, Relation, Telling, ValueDecision
from tellings.model.text import Span

STAGE, RULE = "questions", "parts-add-up"
#: Words between two parts at most, the least that is told as a sum, and words that its sentences share.
BETWEEN, LEAST, SHARED = 6, 4, 3


@dataclass(frozen=True, slots=True)
class _Counted:
    """Who is counted where: how many, the stems of the sentence, and what says what befell them: by the words of the
    lists, and by the word right before the number."""

    number: float
    place: Place
    stems: frozenset[str]
    befell: frozenset[str]


def sums(tellings: Sequence[Telling], decisions: Sequence[ValueDecision], most: int) -> Iterator[Question]:
    """Up to `most` questions of kind "count" of which one value is the sum of the parts that are another; none of which
    a person said that they are not of one thing."""
    texts = {telling.id: telling.text for telling in tellings}
    parts: dict[tuple[tuple[str, float], ...], list[_Counted]] = defaultdict(list)
    wholes: dict[float, list[_Counted]] = defaultdict(list)
    for telling in tellings:
        for who, counted in _counted(telling):
            if len(who) > 1:
                parts[who].append(counted)
            else:
                wholes[counted.number].append(counted)
    found = 0
    for _, added in sorted(parts.items()):
        alike = [(part, whole) for whole in wholes[added[0].number] for part in added if _of_one(part, whole)]
        told = [whole for _, whole in alike]
        sides = tuple(tuple(sorted({each.place for each in side})) for side in (added, told))
        if not told or found == most or spoken_of(sides[0], sides[1], decisions):
            continue
        found += 1
        values = tuple(
            QuestionValue(" ".join(places[0].span.of(texts[places[0].telling]).split()), (), places=places)
            for places in sides
        )
        # Two arrested men and three women, and five people that were seen, are not said to be the same five.
        same = any(not part.befell.isdisjoint(whole.befell) for part, whole in alike)
        relation: Relation = "compatible" if same else "to compare"
        yield Question("count", "person", None, "", values, relation, Provenance(STAGE, RULE))


def _of_one(part: _Counted, whole: _Counted) -> bool:
    """Whether a whole of another telling is told in like words."""
    return part.place.telling != whole.place.telling and len(part.stems & whole.stems) >= SHARED


def _counted(telling: Telling) -> Iterator[tuple[tuple[tuple[str, float], ...], _Counted]]:
    """Who is counted in a telling (noun and number), and where; and each two that are parts of one whole."""
    language = language_of(telling.document.read_as)
    people = language.words("fact", "human_head")
    story = frozenset(telling.story)
    facts = sorted(
        (
            fact
            for fact in telling.facts
            if fact.kind == "count"
            and fact.head in people
            and fact.sentence in story
            and fact.bound == "exact"
            and fact.low is not None
            and fact.low == fact.high
        ),
        key=lambda fact: fact.value_span,
    )
    for fact in facts:
        yield (_who(fact),), _placed(telling, fact, fact, language)
    for one, other in pairwise(facts):
        if one.sentence == other.sentence and _joined(telling, one, other, language):
            counted = _placed(telling, one, other, language)
            if counted.number >= LEAST:
                yield (_who(one), _who(other)), counted


def _who(fact: Fact) -> tuple[str, float]:
    return fact.head, fact.low or 0.0


def _joined(telling: Telling, one: Fact, other: Fact, language: Language) -> bool:
    """Whether two counts stand side by side, and nothing befell the first that did not befall the other."""
    if one.value_span.end > other.value_span.start:
        return False
    between = Span(one.value_span.end, other.value_span.start)
    words = [word.written for word in words_of(telling.text, between, language)]
    befell = language.words("fact", "befell", "befalls")
    joints = language.words(ROOM, "joining_parts")
    plain = telling.text[between.start : between.end].replace("-", " ").replace("’", "'")
    return (
        1 < len(words) <= BETWEEN
        and joints.isdisjoint(words[:1])
        and not joints.isdisjoint(words[1:])
        and befell.isdisjoint(words)
        and all(letter.isalnum() or letter in " '" for letter in plain)
    )


def _placed(telling: Telling, one: Fact, other: Fact, language: Language) -> _Counted:
    """A number, or two of which each is a part."""
    sentence = telling.sentences[one.sentence].span
    words = words_of(telling.text, sentence, language)
    stems = frozenset(word.stem for word in words if word.stem)
    before = [word.stem for word in words if word.start < one.value_span.start][-1:]
    befell = frozenset((*before, one.scope, other.scope)) - {""}
    if one is other:
        return _Counted(one.low or 0.0, Place(telling.id, one.value_span), stems, befell)
    end = max(other.value_span.end, other.head_span.end if other.head_span else 0)
    place = Place(telling.id, Span(one.value_span.start, end))
    return _Counted((one.low or 0.0) + (other.low or 0.0), place, stems, befell)
