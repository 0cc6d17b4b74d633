"""Questions that several tellings answer with a value, and how the values relate.

By rules, facts answer one question only when kind, head, unit, scope and the person they are about agree in full; a
model says which others probably do. No value is preferred to another.

1. subject          each fact → what it is about, or nothing where that is too vague
2. occasions        facts of one subject → those of one occasion, by what stands in their surroundings
3. relations        their values → one relation, with its arithmetic
4. elapsed_times    a telling's elapsed times against its own dates
5. worth_telling    what one telling alone says is told where a reader may want to check it
6. like_sentences   values nothing else can place: told where tellings agree in value and words
7. spellings        names of one person spelled otherwise, name_forms, joined_names and long_names those of anything;
                    weekdays that are not their date's
8. to_compare       values that probably answer one question, posts; claims: sentences set beside one another
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tellings.across.questions import elapsed_times
from tellings.across.questions.joined_names import joined_names
from tellings.across.questions.kept_apart import held_apart, other_things
from tellings.across.questions.like_sentences import agreeing
from tellings.across.questions.long_names import long_names
from tellings.across.questions.name_forms import name_forms
from tellings.across.questions.occasions import occasions
from tellings.across.questions.relations import relate
from tellings.across.questions.said_same import said_same
from tellings.across.questions.spellings import spellings
from tellings.across.questions.subject import Given, Subject, joined, subject_of, told_dates
from tellings.across.questions.surroundings import Surroundings
from tellings.across.questions.to_compare import to_compare
from tellings.across.questions.values import Value, values
from tellings.across.questions.weekdays import weekdays
from tellings.across.questions.weight import Weights
from tellings.across.questions.worth_telling import worth_a_line
from tellings.model.records import (
    Explanation,
    Family,
    Person,
    Provenance,
    Question,
    QuestionValue,
    Relation,
    Telling,
    ValueDecision,
)

__all__ = ["ORDER", "by_rules", "questions"]

STAGE = "questions"
#: The order questions are told in: what a reader must look at first comes first.
ORDER: tuple[Relation, ...] = (
    "does not add up",
    "differs",
    "corrected",
    "denied",
    "updated",
    "explained by time",
    "to compare",
    "compatible",
    "same",
    "unclear",
    "single",
)


def questions(
    tellings: tuple[Telling, ...],
    people: tuple[Person, ...],
    decisions: Iterable[ValueDecision] = (),
    families: Sequence[Family] = (),
    origins: Sequence[Sequence[str]] = (),
) -> tuple[Question, ...]:
    """The questions of one story, most telling relation first, then by weight, kind, head, person and scope: those that
    rules put together, and those that a model thinks likely to be one. `families` are the utterances that several
    tellings give, which need not be compared again, `origins` the groups of tellings that are one origin each; other
    arguments as for `by_rules`."""
    decided = tuple(decisions)
    barred = tuple(each for each in decided if not each.same)
    ordered = _ordered(tellings)
    around = Surroundings()
    ruled = by_rules(tellings, people, barred, around)
    beside = tuple(to_compare(ordered, people, barred, ruled, families, around))
    likely = tuple(said_same(beside, [each for each in decided if each.same]))
    kept = (question for question in ruled if not _is_set_beside(question, likely, tellings))
    weights = Weights(ordered, origins)
    return tuple(sorted(map(weights.weighed, (*kept, *likely)), key=_order))


def _is_set_beside(question: Question, likely: Sequence[Question], tellings: Iterable[Telling]) -> bool:
    """Whether values that are unclear by rule all stand in one line that sets them side by side."""
    if question.relation != "unclear" or question.apart:
        return False
    facts = {telling.id: telling.facts for telling in tellings}
    places = {(name, facts[name][index].value_span.start) for value in question.values for name, index in value.facts}
    return any(
        places <= {(place.telling, place.span.start) for value in line.values for place in value.places}
        for line in likely
        if len(line.values) > 1
    )


def _ordered(tellings: Iterable[Telling]) -> list[Telling]:
    return sorted(tellings, key=lambda telling: (telling.document.date.value or date.max, telling.id))


def by_rules(
    tellings: tuple[Telling, ...],
    people: tuple[Person, ...],
    decisions: Iterable[ValueDecision] = (),
    around: Surroundings | None = None,
) -> tuple[Question, ...]:
    """The questions of one story whose values agree in all that they are of, in the order of `questions`.

    `people` say which chains are one person; a chain that is nobody's stays in its own telling. Values that a person
    decided to be of two things never meet. `around`: what stands beside the facts, for whoever asks for it again. The
    order of `tellings` and `people` changes nothing.

    Raises:
        RuleError: there are no fact rules for a telling's language, or they cannot be used.
    """
    someone = {chain: index for index, person in enumerate(people) for chain in person.chains}
    ordered = _ordered(tellings)
    gathered: dict[Subject, list[Given]] = defaultdict(list)
    for telling in ordered:
        for index, (fact, told) in enumerate(zip(telling.facts, told_dates(telling), strict=True)):
            about = subject_of(telling, fact, someone)  # 1
            if about is not None:
                gathered[about].append(Given(telling, index, fact, told))
    groups = joined(gathered, someone)
    found = [
        _question(odd.about, odd.values, people, "does not add up", elapsed_times.RULE, odd.explanation)
        for odd in elapsed_times.misfits(groups)  # 4
    ]
    in_a_sum = {fact for question in found for value in question.values for fact in value.facts}
    barred = tuple(each for each in decisions if not each.same)
    around = around or Surroundings()
    for about, given in groups.items():
        for occasion in (part for one in occasions(about, given, around) for part in held_apart(one, barred)):  # 2
            stated = values(occasion)
            related = relate(about, stated, around)  # 3
            question = _question(about, stated, people, related.relation, related.rule, related.explanation)
            alone = len({one.telling.id for one in occasion}) == 1
            # A single value that stands in a sum already needs no line of its own.
            if kept := other_things(occasion, barred, given):
                question = replace(question, apart=kept)
            elif alone and (in_a_sum.issuperset(question.values[0].facts) or not worth_a_line(about, occasion)):  # 5
                continue
            found.append(question)
    for alike in agreeing(ordered, around):  # 6
        for occasion in held_apart(alike, barred):
            if len({one.telling.id for one in occasion}) > 1:
                fact = occasion[0].fact
                about = Subject(fact.kind, fact.head, fact.unit or "", fact.scope, None)
                question = _question(about, values(occasion), people, "same", "like-sentences", None)
                found.append(replace(question, apart=other_things(occasion, barred, alike)))
    spelled = spellings({telling.id: telling for telling in tellings}, people, barred)  # 7
    formed = [*spelled, *name_forms(ordered, spelled, barred)]
    formed += joined_names(ordered, formed, barred)
    found += [*formed, *long_names(ordered, formed, barred), *weekdays(tellings)]
    return tuple(sorted(found, key=_order))


def _order(question: Question) -> tuple[int, float, str, str, str, str, tuple[tuple[str, int], ...]]:
    first = question.values[0] if question.values else None
    where = first.facts or tuple((place.telling, place.span.start) for place in first.places) if first else ()
    return (
        ORDER.index(question.relation),
        -question.weight,
        question.kind,
        question.head,
        question.whom or "",
        question.scope,
        where,
    )


def _question(
    about: Subject,
    stated: Sequence[Value],
    people: tuple[Person, ...],
    relation: Relation,
    rule: str,
    explanation: Explanation | None,
) -> Question:
    first = stated[0].given[0].fact
    whom = people[about.whom].name if about.whom is not None else first.whom_text if about.local else None
    return Question(
        first.kind,
        first.head,
        whom,
        first.narrowed,
        tuple(
            QuestionValue(
                value.label, tuple(one.reference for one in value.given), value.low, value.high, value.interval
            )
            for value in stated
        ),
        relation,
        Provenance(STAGE, rule),
        explanation,
    )
