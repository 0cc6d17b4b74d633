"""How the values of one question relate, by which rule, and the terms of its arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from tellings.model.records import Explanation, Relation, Term


@dataclass(frozen=True, slots=True)
class Related:
    """A relation with the rule that says so; `terms` where it rests on an arithmetic."""

    relation: Relation
    rule: str
    terms: tuple[Term, ...] = ()

    @property
    def explanation(self) -> Explanation | None:
        """The arithmetic, by the name of the rule; `None` where there is none."""
        return Explanation(self.rule, self.terms) if self.terms else None
