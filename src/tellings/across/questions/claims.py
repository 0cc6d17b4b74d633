"""What tellings claim, sentence beside sentence: what they tell alike, what one leaves open and another answers, what a
speaker is quoted with in other words, and denials with what they may deny."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tellings.across.questions.denials import Denial, denials
from tellings.across.questions.kept_apart import spoken_of
from tellings.across.questions.open_questions import Open, open_questions
from tellings.across.questions.shared_words import shared_words
from tellings.across.questions.statements import Likeness, Statement, statements
from tellings.across.questions.told_alike import told_alike
from tellings.across.questions.wordings import Worded, wordings
from tellings.language.base import language_of
from tellings.model.records import (
    Family,
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
#: Lines of a story at most: of what is told alike, and in the same words, left open, worded otherwise, and denied.
ALIKE, SHARED, OPEN, WORDINGS, DENIALS = 45, 30, 5, 6, 8
#: How near what is said to be denied must be to a denial whose source denies in so many words.
SURELY_DENIED = 0.5
#: Characters of a sentence that stand for it as a label.
LABEL = 80


def claims(
    tellings: Sequence[Telling],
    people: Sequence[Person],
    decisions: Sequence[ValueDecision],
    families: Sequence[Family],
) -> Iterator[Question]:
    """Questions of kind "claim" whose values are sentences; none of two of which `decisions` say that they are not of
    one thing."""
    by_id = {telling.id: telling for telling in tellings}
    texts = {name: telling.text for name, telling in by_id.items()}
    outlets = {t.id: t.document.publisher.value.casefold() if t.document.publisher else t.id for t in tellings}
    said = statements(tellings, people)
    likeness = Likeness(said)
    language = language_of(tellings[0].document.read_as)
    alike = told_alike(said, likeness, outlets, language)
    for group in alike[:ALIKE]:
        if not _said_of_two(group, group, decisions):
            why = Provenance(STAGE, "told-alike")
            yield Question("claim", "statement", None, "", (_side(group, texts),), "same", why)
    for places in shared_words(said, by_id, outlets, alike, language, SHARED):
        if not spoken_of(places, places, decisions):
            value = QuestionValue(_short(places[0].span.of(texts[places[0].telling])), (), places=places)
            yield Question("claim", "statement", None, "", (value,), "same", Provenance(STAGE, "in-the-same-words"))
    for question in open_questions(said, likeness, by_id, OPEN):
        if not _said_of_two(question.left_open, question.answers, decisions):
            yield _left_open(question, texts)
    for worded in wordings(tellings, people, families, WORDINGS):
        if not spoken_of([worded.first], [worded.second], decisions):
            yield _worded(worded, texts)
    for denial in denials(said, likeness, language, DENIALS):
        if not _said_of_two(denial.denials, denial.claims, decisions):
            yield _denied(denial, texts)


def _denied(denial: Denial, texts: Mapping[str, str]) -> Question:
    why = Provenance(STAGE, "denial", round(denial.score, 3))
    if not denial.claims:
        content = tuple(place for each in denial.denials for place in each.content)
        values = (_of(tuple(_until(denial.denials, content, texts)), texts), _of(content, texts))
        return Question("claim", "denial", None, "", values, "denied", why, weight=denial.score)
    claim = denial.claims[0]
    # Who denies is named in what is said of them.
    named = not denial.denials[0].sources.isdisjoint(claim.stems)
    sure = denial.by_stance and denial.likeness >= SURELY_DENIED and claim.claims and named
    values = (_side(denial.denials, texts), _side(denial.claims, texts))
    return Question("claim", "denial", None, "", values, "denied" if sure else "to compare", why, weight=denial.score)


def _until(denials: Sequence[Statement], content: Sequence[Place], texts: Mapping[str, str]) -> Iterator[Place]:
    """The sentences of denials, each up to what it says that is denied: who denies it."""
    for place in (place for each in denials for place in each.places):
        within = [each.span for each in content if each.telling == place.telling and place.span.contains(each.span)]
        begins = min((span.start for span in within), default=place.span.start)
        before = Span(place.span.start, begins).trimmed(texts[place.telling])
        yield Place(place.telling, before) if before.start < before.end else place


def _worded(worded: Worded, texts: Mapping[str, str]) -> Question:
    values = tuple(
        QuestionValue(_short(place.span.of(texts[place.telling])), (), places=(place,))
        for place in (worded.first, worded.second)
    )
    why = Provenance(STAGE, "one-speaker-in-other-words", worded.likeness)
    return Question("claim", "wording", worded.speaker or None, "", values, "to compare", why, weight=worded.score)


def _left_open(question: Open, texts: Mapping[str, str]) -> Question:
    why = Provenance(STAGE, question.kind, round(question.likeness, 3))
    values = (_side(question.left_open, texts), _side(question.answers, texts))
    relation: Relation = "updated" if question.later else "to compare"
    return Question("claim", "open", None, "", values, relation, why, weight=min(1.0, question.likeness))


def _said_of_two(a: Sequence[Statement], b: Sequence[Statement], decisions: Sequence[ValueDecision]) -> bool:
    """Whether a person said of statements of two sides that they are not of one thing."""
    ones, others = ([place for statement in side for place in statement.places] for side in (a, b))
    return spoken_of(ones, others, decisions)


def _side(statements: Sequence[Statement], texts: Mapping[str, str]) -> QuestionValue:
    return _of(tuple(place for statement in statements for place in statement.places), texts)


def _of(places: tuple[Place, ...], texts: Mapping[str, str]) -> QuestionValue:
    return QuestionValue(_short(places[0].span.of(texts[places[0].telling])), (), places=places)


def _short(text: str) -> str:
    """The first words of a sentence, as a label."""
    words = " ".join(text.split())
    return words if len(words) <= LABEL else words[:LABEL].rsplit(" ", 1)[0] + " …"
