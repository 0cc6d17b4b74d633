"""A timeline, a brief and news: tables for the terminal, plain objects for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tellings.edge.exports.lines import carried, place, said, told_by
from tellings.edge.writers import wording
from tellings.edge.writers.outlets import short_names
from tellings.edge.writers.why import objects as why_objects
from tellings.edge.writers.why import printed
from tellings.model.counted import count
from tellings.model.record import DigestLine, Record

if TYPE_CHECKING:
    from rich.console import Console


def table(record: Record, console: Console, *, why: bool = False) -> None:
    """Print the entries of the timeline by month, each with its tellings; with `why`, why it stands there."""
    from rich.text import Text

    _key(record, console)
    for part, entries in wording.by_parts(record.timeline):
        heading = part
        if part:
            console.print()
            console.print(Text(part, style="bold underline"))
        for entry in entries:
            if not part and (month := wording.month(entry.when)) != heading:
                heading = month
                console.print()
                console.print(Text(month, style="bold underline"))
            remarks = ", ".join(wording.remarks(entry))
            told_by = carried((line.words for line in entry.lines), entry.origins)
            console.print(Text(f"{wording.days(entry.when)}{f' ({remarks})' if remarks else ''}", style="bold"))
            console.print(Text(f"  {said(entry.lines[0].words, entry.who)}  ({told_by})"))
            for each in (entry.why, entry.lines[0].why) if why else ():
                console.print(Text(f"    {printed(each)}", style="dim"))
    console.print()
    console.print(Text(count(len(record.timeline), "entry")))


def lines(record: Record, found: Sequence[DigestLine], console: Console, *, why: bool = False) -> None:
    """Print the sentences of a brief, or of news, each with its tellings; with `why`, why it stands there."""
    from rich.text import Text

    _key(record, console)
    console.print()
    for line in found:
        when = f"{wording.days(line.when)}: " if line.when else ""
        console.print(Text(f"• {when}{said(line.words, line.who)}  ({told_by(line)})"))
        if why:
            console.print(Text(f"    {printed(line.why)}", style="dim"))
    console.print()
    console.print(Text(count(len(found), "sentence")))


def _key(record: Record, console: Console) -> None:
    from rich.text import Text

    outlet = short_names(record.tellings)
    for telling in record.tellings:
        called = (outlet[telling.label], wording.one_line(telling.name), wording.dated(telling))
        known = ", ".join(each for each in called if each != telling.label)
        console.print(Text(f"{telling.label}  {known}", style="dim"))


def objects(record: Record) -> dict[str, Any]:
    """The entries and the articles as plain objects; offsets in code points of the article's text."""
    return {
        "entries": [
            {
                **{
                    "id": entry.id,
                    "earliest": entry.when.earliest.isoformat(),
                    "latest": entry.when.latest.isoformat(),
                },
                **{"vague": entry.vague, "inferred": entry.inferred, "announced": entry.announced},
                **{"weight": entry.weight, "origins": entry.origins, "who": entry.who, "part": entry.part},
                "lines": [{**place(line.words), "why": why_objects(line.why)} for line in entry.lines],
                "why": why_objects(entry.why),
            }
            for entry in record.timeline
        ],
        "articles": _described(record),
    }


def line_objects(record: Record, found: Sequence[DigestLine]) -> dict[str, Any]:
    """The sentences of a brief, or of news, and the articles as plain objects."""
    return {
        "sentences": [
            {
                **{"id": line.id, **place(line.words), "origins": line.origins, "who": line.who},
                "earliest": line.when.earliest.isoformat() if line.when else None,
                "latest": line.when.latest.isoformat() if line.when else None,
                "also": [place(words) for words in line.also],
                "same": line.same,
                "why": why_objects(line.why),
            }
            for line in found
        ],
        "articles": _described(record),
    }


def _described(record: Record) -> list[dict[str, Any]]:
    return [
        {"label": telling.label, "name": telling.name, "date": telling.date.value and telling.date.value.isoformat()}
        for telling in record.tellings
    ]
