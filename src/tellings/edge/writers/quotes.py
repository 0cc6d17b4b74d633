"""Quotations for people and for programs: a table, rows for CSV, and plain objects for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tellings.edge.exports.table import table as table_of
from tellings.edge.writers.saying import saying
from tellings.edge.writers.why import objects_within, printed_within
from tellings.edge.writers.wording import one_line, shorten, speaker
from tellings.model.counted import count
from tellings.model.record import SpeakerLine
from tellings.model.records import Document
from tellings.model.text import Span
from tellings.tell.quotations import Quotation

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

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
    *("said_earliest", "said_latest", "reason", "score", "probability", "continues", "within"),
    *("rank", "others", "stance", "earlier", "lead", "marker", "circumstances"),
)
#: Fields that are a span of the text, or none.
_CITED = ("source", "cue", "medium", "audience", "lead", "marker")
#: What is said of a quotation that is not simply shown.
_STATUS = {"shown": "", "unsure": "unsure", "not-a-statement": "no statement"}
#: Characters of a quotation and of a speaker that a table shows.
WIDEST, SPEAKER = 100, 40


def table(document: Document, found: Sequence[Quotation], console: Console, *, why: bool = False) -> None:
    """Print a table of `found` to `console`: who, how, what, where it stands, when and where it was said, and why one
    is unsure; with `why`, why it was found."""
    from rich.table import Table
    from rich.text import Text

    console.print(Text(one_line(document.name)))
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("speaker", "type", "words", "place", "remarks"):
        drawn.add_column(heading, overflow="fold", no_wrap=heading in ("type", "place"))
    for quotation in found:
        place = f"{quotation.span.start}–{quotation.span.end}"
        words, remarks = _words(document.text, quotation), _remarks(document.text, quotation)
        drawn.add_row(Text(_speaker(quotation)), quotation.type, words, place, Text(remarks))
        if why:
            drawn.add_row("", "", Text(printed_within(quotation.why, document.text), style="dim"), "", "")
    console.print(drawn)
    console.print(Text(count(len(found), "quotation")))


def _speaker(quotation: Quotation) -> str:
    named = SpeakerLine(quotation.speaker, None, quotation.rank, quotation.others)
    return shorten(one_line(speaker(named) if quotation.speaker else "—"), SPEAKER)[0]


def _words(text: str, quotation: Quotation) -> Text:
    """The words, after how they are said."""
    from rich.text import Text

    lead = one_line(quotation.lead.of(text)) if quotation.lead is not None else ""
    marked = quotation.marker is not None
    line = Text()
    for part, strong in saying(quotation.stance, lead, marked=marked, earlier=quotation.earlier).parts():
        line.append(f"{part} ", style="bold" if strong else "")
    words, cut = shorten(one_line(quotation.words(text)), WIDEST)
    if quotation.type == "direct":
        words = f"“{words.removesuffix('…') if cut else words}”{'…' if cut else ''}"
    return line.append(words)


def _remarks(text: str, quotation: Quotation) -> str:
    """When, where and to whom, and why it is unsure."""
    told = ", ".join(one_line(span.of(text)) for span in quotation.circumstances)
    state = _STATUS[quotation.status]
    if not state and quotation.rank == "unsure":
        state = "speaker not sure"
    return "; ".join(filter(None, (told, state, quotation.reason)))


def objects(document: Document, found: Sequence[Quotation]) -> dict[str, Any]:
    """`document` and its quotations as plain objects; offsets in code points of the document's text."""
    return {"name": document.name, "quotations": [_object(document.text, each) for each in found]}


def rows(articles: Sequence[tuple[Document, Sequence[Quotation]]]) -> str:
    """Comma-separated values (RFC 4180), one row a quotation, with a head of `FIELDS`."""
    return table_of(FIELDS, (_row(document, each) for document, found in articles for each in found))


def _row(document: Document, each: Quotation) -> dict[str, Any]:
    told = _object(document.text, each)
    spans = {name: told[name]["exact"] if told[name] else None for name in _CITED}
    place = {"article": document.name, "start": each.span.start, "end": each.span.end}
    several = {"others": "; ".join(each.others), "content": each.words(document.text)}
    how = "; ".join(span.of(document.text) for span in each.circumstances)
    return {**told, **spans, **several, "circumstances": how, **place}


def _object(text: str, quotation: Quotation) -> dict[str, Any]:
    said = quotation.said
    return {
        "index": quotation.index,
        "speaker": quotation.speaker,
        "type": quotation.type,
        "status": quotation.status,
        "spans": [[span.start, span.end] for span in quotation.spans],
        "content": [_span(text, content) for content in quotation.contents],
        "rank": quotation.rank,
        "others": list(quotation.others),
        "stance": quotation.stance,
        "earlier": quotation.earlier,
        **{name: _span(text, getattr(quotation, name)) for name in _CITED},
        "circumstances": [_span(text, span) for span in quotation.circumstances],
        "said_earliest": said.earliest.isoformat() if said else None,
        "said_latest": said.latest.isoformat() if said else None,
        "reason": quotation.reason,
        "score": quotation.score,
        "probability": quotation.probability,
        "why": objects_within(quotation.why, text),
        "continues": quotation.continues,
        "within": quotation.within,
    }


def _span(text: str, span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "exact": span.of(text)} if span is not None else None
