"""When something was said, and told: two days' sayings are two, however like each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tellings.model.records import Interval, Quote, Telling

#: Days between two tellings within which words that are only like each other may be one utterance.
_DAYS = 4


@dataclass(frozen=True, slots=True)
class When:
    """The days on which a quotation was `said`, as its text says, and the day its telling is of; `None` if unknown."""

    said: Interval | None
    told: date | None

    @classmethod
    def of(cls, telling: Telling, quote: Quote) -> When:
        """When a quotation was said and told."""
        return cls(quote.said, telling.document.date.value)

    def differs(self, other: When) -> bool:
        """Whether two texts name different days for what was said."""
        return self.said is not None and other.said is not None and not self.said.overlaps(other.said)

    def near(self, other: When) -> bool:
        """Whether both were told within a few days, as far as is known."""
        return self.told is None or other.told is None or abs((self.told - other.told).days) <= _DAYS
