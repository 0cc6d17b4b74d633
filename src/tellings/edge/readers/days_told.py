"""The day that a file tells beside its text, from the first of several places that gives one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from tellings.edge.readers.dates import DateError
from tellings.edge.readers.field_values import day_of, is_nothing
from tellings.edge.readers.telling import NO_DATE, bad_date
from tellings.model.records import DocumentDate, Problem


def _read(_what: str, value: Any) -> date:
    return day_of(value)


def first_day(
    name: str,
    form: str,
    given: Iterable[tuple[str, Any]],
    rule: str | None = None,
    *,
    read: Callable[[str, Any], date] = _read,
) -> tuple[DocumentDate, tuple[Problem, ...]]:
    """The day of the first of the values `given` (with what each is called) that names one; where none does, the first
    refusal, and the problem of the telling `name` that it is.

    `form` is the kind of file, and the rule unless told. `read` gives the day of a value, or raises DateError.
    """
    refused: tuple[DocumentDate, tuple[Problem, ...]] | None = None
    for what, value in given:
        if is_nothing(value):
            continue
        evidence = f"{form} {what} {value}"[:100]
        try:
            return DocumentDate(read(what, value), evidence, rule or form), ()
        except DateError as error:
            if refused is None:
                problem = bad_date(name, f"{form} {what}", error)
                refused = DocumentDate(None, f"{evidence} (refused: {error})", "refused"), (problem,)
    return refused or (NO_DATE, ())
