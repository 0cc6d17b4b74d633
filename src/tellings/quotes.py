"""Quotations in English news text: who said what, as spans (PARC 3.0: source, cue, content).

>>> import tellings.quotes
>>> text = "“We saw smoke,” said Ana Lind, a cook. She added that nobody was hurt."
>>> [(found.speaker, found.words(text), found.type) for found in tellings.quotes.find(text)]
[('Ana Lind', 'We saw smoke,', 'direct'), ('Ana Lind', 'nobody was hurt', 'indirect')]

`find` needs nothing but the text. What it finds and what it leaves out: docs/quotes.md.
"""

from __future__ import annotations

from datetime import date

from tellings.model.records import Document, DocumentDate, Interval
from tellings.model.text import Span, View
from tellings.pipeline import spoken
from tellings.tell.quotations import Quotation, quotations

__all__ = ["Interval", "Quotation", "Span", "find"]


def find(text: str, *, dct: date | None = None, model: bool = True) -> tuple[Quotation, ...]:
    """The quotations of `text`, in order; spans in code points of it.

    `dct` is the document creation time, which "on Monday" in "told reporters on Monday" counts from. Without
    `model`, only what the rules find: what the trained model adds is unsure, with a `score`.
    """
    told = DocumentDate(dct, "given" if dct else "not given", "given")
    document = Document("text", "text", "text", "text/plain", View.plain(text), told)
    return quotations(spoken(document, model=model))
