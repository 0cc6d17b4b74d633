"""Whether what is dated is of after a day."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Dated(Protocol):
    """A date of a document or of a line of the record."""

    @property
    def value(self) -> date | None:
        """The day, where it is known."""

    @property
    def not_before(self) -> date | None:
        """The first day that it can be, where the text tells it."""


def is_after(dated: Dated, day: date) -> bool:
    """Whether it is certain that `dated` is after `day`: by its day, else by the first that it can be."""
    first = dated.value or dated.not_before
    return first is not None and first > day
