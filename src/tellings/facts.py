"""Facts in English news text: the values it gives for things, as spans.

>>> import tellings.facts
>>> text = "At least 12 passengers were injured, police said. Ana Lind, 34, a cook, was in hospital for ten days."
>>> [(found.kind, found.head, found.scope, found.low, found.high, found.bound) for found in tellings.facts.find(text)]
... # doctest: +NORMALIZE_WHITESPACE
[('count', 'passenger', 'injured', 12.0, None, 'at least'), ('age', 'age', '', 34.0, 34.0, 'exact'),
 ('duration', 'hospital stay', '', 10.0, 10.0, 'exact')]

`find` needs nothing but the text; `tellings.compare` sets those of several articles side by side. What is found and
what is left out: docs/facts.md.
"""

from __future__ import annotations

from datetime import date

from tellings.model.records import Document, DocumentDate, Interval
from tellings.model.text import Span, View
from tellings.pipeline import annotate
from tellings.tell.stated import StatedFact, stated_facts

__all__ = ["Interval", "Span", "StatedFact", "find"]


def find(text: str, *, dct: date | None = None) -> tuple[StatedFact, ...]:
    """The facts of `text`, in order; spans in code points of it.

    `dct` is the document creation time, which relative dates count from and facts are told at.
    """
    told = DocumentDate(dct, "given" if dct else "not given", "given")
    return stated_facts(annotate(Document("text", "text", "text", "text/plain", View.plain(text), told)))
