"""What a person said of two values that stand beside one another: that they answer one question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tellings.across.questions.kept_apart import spoken_of
from tellings.model.records import Provenance, Question, Relation, ValueDecision

STAGE, RULE = "questions", "a-person-said-so"


def said_same(found: Sequence[Question], decisions: Sequence[ValueDecision]) -> Iterator[Question]:
    """The lines `found`; where a person said of the first two values of a line to compare that they answer one
    question, it is claimed: the one is denied by the other, or they differ."""
    for question in found:
        beside = [value.places for value in question.values[:2]]
        if question.relation == "to compare" and spoken_of(beside[0], beside[1], decisions):
            relation: Relation = "denied" if question.kind == "claim" and question.head == "denial" else "differs"
            question = replace(question, relation=relation, provenance=Provenance(STAGE, RULE), probability=None)
        yield question
