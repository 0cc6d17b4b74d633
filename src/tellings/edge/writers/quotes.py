"""Quotations for people and for programs: a table, rows for CSV, and plain objects for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tellings.edge.exports.table import table as table_of
from tellings.edge.writers.why import objects_within, printed_within
from tellings.edge.writers.wording import one_line, shorten
from tellings.model.counted import count
from tellings.model.records import Document
from tellings.model.text import Span
from tellings.tell.quotations import Quotation

if TYPE_CHECKING:
    from rich.console import Console

FIELDS = (
    *(
        "article",
        "index",
        "start",
        "end",
        "type",
        "status",
        "speaker",
        "source",
        "cue",
        "content",
        "medium",
        "audience",
    ),
    *("said_earliest", "said_latest", "reason", "score", "continues", "within"),
)
#: Characters of a quotation and of a speaker that a table shows.
WIDEST, SPEAKER = 100, 30


def table(document: Document, found: Sequence[Quotation], console: Console, *, why: bool = False) -> None:
    """Print a table of `found` to `console`: who, how, what, and why one is unsure; with `why`, why it was found."""
    from rich.table import Table
    from rich.text import Text

    console.print(Text(one_line(document.name)))
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("speaker", "type", "words", "remarks"):
        drawn.add_column(heading, overflow="fold", no_wrap=heading == "type")
    for quotation in found:
        words, _ = shorten(one_line(quotation.words(document.text)), WIDEST)
        speaker, _ = shorten(one_line(quotation.speaker or "—"), SPEAKER)
        remarks = "; ".join(part for part in (_status(quotation), quotation.reason) if part)
        drawn.add_row(Text(speaker), Text(quotation.type), Text(words), Text(remarks))
        if why:
            drawn.add_row(Text(""), Text(""), Text(printed_within(quotation.why, document.text), style="dim"), Text(""))
    console.print(drawn)
    console.print(Text(count(len(found), "quotation")))


def objects(document: Document, found: Sequence[Quotation]) -> dict[str, Any]:
    """`document` and its quotations as plain objects; offsets in code points of the document's text."""
    return {"name": document.name, "quotations": [_object(document.text, each) for each in found]}


def rows(articles: Sequence[tuple[Document, Sequence[Quotation]]]) -> str:
    """Comma-separated values (RFC 4180), one row a quotation, with a head of `FIELDS`."""
    return table_of(FIELDS, (_row(document, each) for document, found in articles for each in found))


def _row(document: Document, each: Quotation) -> dict[str, Any]:
    told = _object(document.text, each)
    spans = {name: told[name]["exact"] if told[name] else None for name in ("source", "cue", "medium", "audience")}
    place = {"article": document.name, "start": each.span.start, "end": each.span.end}
    return {**told, **spans, "content": each.words(document.text), **place}


def _object(text: str, quotation: Quotation) -> dict[str, Any]:
    said = quotation.said
    return {
        "index": quotation.index,
        "speaker": quotation.speaker,
        "type": quotation.type,
        "status": quotation.status,
        "spans": [[span.start, span.end] for span in quotation.spans],
        "content": [_span(text, content) for content in quotation.contents],
        "source": _span(text, quotation.source),
        "cue": _span(text, quotation.cue),
        "medium": _span(text, quotation.medium),
        "audience": _span(text, quotation.audience),
        "said_earliest": said.earliest.isoformat() if said else None,
        "said_latest": said.latest.isoformat() if said else None,
        "reason": quotation.reason,
        "score": quotation.score,
        "why": objects_within(quotation.why, text),
        "continues": quotation.continues,
        "within": quotation.within,
    }


def _span(text: str, span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "exact": span.of(text)} if span is not None else None


def _status(quotation: Quotation) -> str:
    return {"shown": "", "unsure": "unsure", "not-a-statement": "no statement"}[quotation.status]
