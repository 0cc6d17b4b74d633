"""Which questions of a single telling are worth a line: what a reader may want to check elsewhere."""

from __future__ import annotations

from tellings.across.questions.subject import Given, Subject
from tellings.model.rules import load


def worth_a_line(about: Subject, given: list[Given]) -> bool:
    """Whether a value that only one telling gives is told.

    Counts of people something befell, ages, measures in a named unit, sums of money, and lengths of
    time and ranks of something named are; two debaters and ten moments are not (the facts stay).
    """
    if about.kind == "count":
        rules = load(given[0].telling.document.read_as, "fact")
        befell = {*rules.meanings("befell").values(), *rules.meanings("befalls").values()}
        return about.head in rules.words("human_head") and any(scope in about.scope for scope in befell)
    if about.kind == "date":
        # The timeline has the day already.
        return False
    if about.kind in ("measure", "money"):
        return bool(about.unit)
    return bool(about.head)
