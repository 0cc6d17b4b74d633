"""What a reader may want to compare: values that probably answer one question, and denials beside what they may deny.

Nothing is claimed of them but how likely they belong together. What the strict rules say already is not said again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from tellings.across.questions.answers import Answer, Reading, readings
from tellings.across.questions.denials import Denial, Statement, denials
from tellings.across.questions.likeness import Company, weights
from tellings.across.questions.together import Compared, compared, likely
from tellings.language.base import language_of
from tellings.model.records import (
    Person,
    Place,
    Provenance,
    Question,
    QuestionValue,
    Relation,
    Telling,
    ValueDecision,
)
from tellings.model.text import Span

STAGE = "questions"
#: Lines of values and of denials in a story.
VALUES, DENIALS = 24, 6
#: What a line is worth at least.
LEAST = 0.05
#: Probability from which two values are said to answer one question, and of which kinds.
CLAIMED = 0.7
_CLAIMED = frozenset({"count", "money", "measure", "age"})
#: Senses of words by which one of two values may be of another thing: a part, an earlier state.
_NARROWING = frozenset(
    {"first", "before", "new", "last", "total", "including", "excluding", "each", "more", "half", "quarter", "foreign", "local", "debt", "still", "average", "ahead", "high", "low"}
)
#: How far apart tellings may be that speak of one time.
FEW_DAYS = timedelta(days=3)
#: How many times as much one of two values that differ may be.
SIZE = 2.0
#: Words that name what is compared, and how near a value they stand.
NAMED_BY, NEAR = 3, 6
#: How near a sentence must be to a denial, whose source denies in so many words, to be said to be denied.
SURE = 0.35


def to_compare(
    tellings: Sequence[Telling],
    people: Sequence[Person],
    decisions: Sequence[ValueDecision],
    told: Sequence[Question],
) -> Iterator[Question]:
    """Lines to compare, and denials, beside the questions `told` already."""
    if not tellings:
        return
    found = readings(tellings, people)
    company = Company(found)
    pair = likely(found, company, weights(language_of(tellings[0].document.read_as)))
    if decisions:
        pair = {
            (a, b): likelihood
            for (a, b), likelihood in pair.items()
            if not any(_said_apart(found[a], found[b], each) for each in decisions)
        }
    texts = {telling.id: telling.text for telling in tellings}
    dates = {telling.id: telling.document.date.value for telling in tellings}
    known = _known(tellings, told)
    for line in compared(found, pair, VALUES):
        if line.score >= LEAST and not _is_told(line, known):
            yield _question(line, company, texts, dates)
    for denial in denials(tellings, DENIALS):
        yield _denied(denial, texts)


def _said_apart(a: Reading, b: Reading, decision: ValueDecision) -> bool:
    return any(
        _at(a, first) and _at(b, second) for first, second in ((decision.a, decision.b), (decision.b, decision.a))
    )


def _at(reading: Reading, place: Place) -> bool:
    return any(each.telling == place.telling and each.span.overlaps(place.span) for each in reading.places)


def _known(tellings: Sequence[Telling], told: Sequence[Question]) -> list[frozenset[tuple[str, int]]]:
    """Where the values stand of each question that claims how they relate."""
    facts = {telling.id: telling.facts for telling in tellings}
    return [
        frozenset((telling, facts[telling][index].value_span.start) for v in question.values for telling, index in v.facts)
        for question in told
        if question.relation not in ("unclear", "single")
    ]


def _is_told(line: Compared, known: Collection[frozenset[tuple[str, int]]]) -> bool:
    """Whether the two values that begin a line stand in one question already."""
    first, second = (value[0].places for value in line.values[:2])
    return any(any(_key(a) in each for a in first) and any(_key(b) in each for b in second) for each in known)


def _key(place: Answer) -> tuple[str, int]:
    return place.telling, place.span.start


def _question(
    line: Compared, company: Company, texts: Mapping[str, str], told: Mapping[str, date | None]
) -> Question:
    first = line.values[0][0]
    head, named = first.answer.head, _named_by(line, company)
    if head in ("", "sum", first.answer.unit, first.answer.written_in) and named:
        head, named = named[0], named[1:]
    values = tuple(
        QuestionValue(
            _written(value[0].answer, texts),
            (),
            places=tuple(sorted(Place(place.telling, place.span) for reading in value for place in reading.places)),
        )
        for value in line.values
    )
    relation, rule = _related(line, told)
    why = Provenance(STAGE, rule, round(line.score, 3))
    return Question(
        *(first.answer.kind, head, None, ", ".join(named), values, relation, why),
        probability=line.probability,
        weight=line.score,
    )


def _related(line: Compared, told: Mapping[str, date | None]) -> tuple[Relation, str]:
    """How the two values that begin a line relate, as far as that can be claimed, and by which rule."""
    first, second = (value[0] for value in line.values[:2])
    one, other = first.answer, second.answer
    nothing: tuple[Relation, str] = ("to compare", "likely-of-one-question")
    if line.probability < CLAIMED or one.meets(other) or one.kind not in _CLAIMED or one.head != other.head:
        return nothing
    if one.unit == "%" or "vague" in (one.bound, other.bound) or _NARROWING & (first.around.senses ^ second.around.senses):
        return nothing
    low, high = sorted(line.values[:2], key=lambda value: value[0].answer.stated)
    before, after = _days(low, told), _days(high, told)
    if one.kind == "count" and before and after and max(before) < min(after):
        return "updated", "higher-in-a-later-telling"
    of_low, of_high = (frozenset[str]().union(*(reading.tellings for reading in value)) for value in (low, high))
    near = before and after and max(before | after) - min(before | after) <= FEW_DAYS
    if not near or of_low & of_high or high[0].answer.stated > SIZE * low[0].answer.stated:
        return nothing
    return "differs", "likely-of-one-question"


def _days(value: Sequence[Reading], told: Mapping[str, date | None]) -> set[date]:
    """The days of the tellings that give a value."""
    return {day for reading in value for telling in reading.tellings if (day := told[telling]) is not None}


def _written(answer: Answer, texts: Mapping[str, str]) -> str:
    return " ".join(answer.span.of(texts[answer.telling]).split())


def _named_by(line: Compared, company: Company) -> list[str]:
    """The rarest words that stand near both values that begin a line, as the first has them, in its order."""
    mine, theirs = (value[0].around for value in line.values[:2])
    near = {word for word, off, _ in theirs.words if abs(off) <= NEAR}
    shared = {word: written for word, off, written in reversed(mine.words) if abs(off) <= NEAR and word in near}
    shared.pop(line.values[0][0].answer.head, None)
    chosen = set(sorted(shared, key=lambda word: (-company.rarity.get(word, 0.0), word))[:NAMED_BY])
    return list(dict.fromkeys(shared[word] for word, _, _ in mine.words if word in chosen))


def _denied(denial: Denial, texts: Mapping[str, str]) -> Question:
    sure = denial.by_stance and denial.likeness >= SURE and denial.claims[0].claims
    relation: Relation = "denied" if sure else "to compare"
    why = Provenance(STAGE, "denial", round(denial.score, 3))
    values = (_side(denial.denials, texts), _side(denial.claims, texts))
    return Question("claim", "denial", None, "", values, relation, why, weight=denial.score)


def _side(statements: Sequence[Statement], texts: Mapping[str, str]) -> QuestionValue:
    places = [place for statement in statements for place in statement.places]
    first = places[0]
    return QuestionValue(_short(first.span, texts[first.telling]), (), places=tuple(places))


#: Characters of a sentence that stand for it as a label.
LABEL = 80


def _short(span: Span, text: str) -> str:
    words = " ".join(span.of(text).split())
    return words if len(words) <= LABEL else words[:LABEL].rsplit(" ", 1)[0] + " …"
