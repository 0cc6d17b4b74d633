"""Time expressions for people and for programs: a table, and plain objects for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tellings.edge.writers.wording import one_line, shorten
from tellings.model.counted import count
from tellings.model.records import Document, TimePoint, Timex
from tellings.model.text import Span

if TYPE_CHECKING:
    from rich.console import Console

HEADINGS = ("line:col", "expression", "type", "value", "mod", "days", "remarks", "rule")
#: The columns that are folded where a console is narrow.
FOLDED = ("expression", "remarks", "rule")
#: Characters of an expression that a table shows.
WIDEST = 40


def table(document: Document, timexes: Sequence[Timex], console: Console) -> None:
    """Print a table of `timexes` to `console`: where, what, TIMEX3, the days it can lie on, rule and remarks."""
    from rich.table import Table
    from rich.text import Text

    date = document.date
    told = f"{date.value} ({date.evidence})" if date.value else "unknown: give it with --dct"
    console.print(Text(f"{one_line(document.name)}: document date {told}"))
    rows = []
    for line, column, timex in _placed(document.text, timexes):
        written, _ = shorten(one_line(timex.span.of(document.text)), WIDEST)
        value, remarks = timex.value or "—", _remarks(timex, document.text)
        rows.append(
            (
                f"{line}:{column}",
                written,
                timex.type,
                value,
                timex.mod or "",
                _days(timex),
                remarks,
                timex.provenance.rule,
            )
        )
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    shown = [place for place in range(len(HEADINGS)) if any(row[place] for row in rows)]
    for place in shown:
        drawn.add_column(HEADINGS[place], no_wrap=HEADINGS[place] not in FOLDED, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(row[place]) for place in shown))
    console.print(drawn)
    console.print(Text(count(len(timexes), "time expression")))


def objects(document: Document, timexes: Sequence[Timex]) -> dict[str, Any]:
    """`document` and its `timexes` as plain objects; offsets in code points of the document's text."""
    found = []
    for line, column, timex in _placed(document.text, timexes):
        days = timex.interval
        found.append(
            {
                "start": timex.span.start,
                "end": timex.span.end,
                "line": line,
                "column": column,
                "exact": timex.span.of(document.text),
                "type": timex.type,
                "value": timex.value,
                "mod": timex.mod,
                "quant": timex.quant,
                "freq": timex.freq,
                "earliest": days.earliest.isoformat() if days else None,
                "latest": days.latest.isoformat() if days else None,
                "inferred": timex.inferred,
                "ambiguous": timex.ambiguous,
                "reason": timex.reason,
                "anchor": _point(timex.anchor),
                "begin_point": _point(timex.begin_point),
                "end_point": _point(timex.end_point),
                "rule": timex.provenance.rule,
            }
        )
    date = document.date
    dct = {"value": date.value.isoformat() if date.value else None, "evidence": date.evidence}
    return {"name": document.name, "dct": dct, "timexes": found}


def _placed(text: str, timexes: Sequence[Timex]) -> Iterator[tuple[int, int, Timex]]:
    """Each expression with its line and column, both from 1."""
    line, start, place = 1, 0, 0
    for timex in sorted(timexes, key=lambda each: each.span):
        line += text.count("\n", place, timex.span.start)
        start = max(start, text.rfind("\n", place, timex.span.start) + 1)
        place = timex.span.start
        yield line, timex.span.start - start + 1, timex


def _point(point: TimePoint | None) -> list[int] | str | None:
    return [point.start, point.end] if isinstance(point, Span) else point


def _days(timex: Timex) -> str:
    days = timex.interval
    if days is None:
        return ""
    return f"{days.earliest}" if days.earliest == days.latest else f"{days.earliest} – {days.latest}"


def _remarks(timex: Timex, text: str) -> str:
    said = [name for name, holds in (("inferred", timex.inferred), ("ambiguous", timex.ambiguous)) if holds]
    for what, point in (("from", timex.begin_point), ("to", timex.end_point)):
        if point is not None:
            said.append(f"{what} {one_line(point.of(text)) if isinstance(point, Span) else 'the document date'}")
    if timex.reason:
        said.append(timex.reason)
    return "; ".join(said)
