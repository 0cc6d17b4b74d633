"""A timeline, a brief and news, for people and for programs: terminal, Markdown, CSV, JSON, TimelineJS, iCalendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any

from tellings.edge.writers import spreadsheet, wording
from tellings.model.record import DigestLine, Evidence, TimelineEntry
from tellings.model.records import Document, Interval

if TYPE_CHECKING:
    from rich.console import Console

Documents = Mapping[str, Document]

FIELDS = (
    *("entry", "earliest", "latest", "announced", "inferred", "weight", "origins", "who"),
    *("telling", "article", "published", "start", "end", "exact"),
)
#: Octets of a line of iCalendar (RFC 5545, 3.1), and characters of an event's summary.
_FOLD, _SUMMARY = 75, 120
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


# ---- for people --------------------------------------------------------------------------


def table(entries: Sequence[TimelineEntry], documents: Documents, console: Console) -> None:
    """Print the entries by month, each with its tellings."""
    from rich.text import Text

    _key(documents, console)
    heading = ""
    for entry in entries:
        if (month := wording.month(entry.when)) != heading:
            heading = month
            console.print()
            console.print(Text(month, style="bold underline"))
        line = entry.lines[0].words
        remarks = ", ".join(_remarks(entry))
        console.print(Text(f"{wording.days(entry.when)}{f' ({remarks})' if remarks else ''}", style="bold"))
        console.print(Text(f"  {_said(line, entry.who)}  ({_carried(entry)})"))
    console.print()
    console.print(Text(wording.count(len(entries), "entry").replace("entrys", "entries")))


def lines(found: Sequence[DigestLine], documents: Documents, console: Console) -> None:
    """Print the sentences of a brief, or of news, each with its tellings."""
    from rich.text import Text

    _key(documents, console)
    console.print()
    for line in found:
        labels = dict.fromkeys((line.words.telling, *(words.telling for words in line.also)))
        when = f"{wording.days(line.when)}: " if line.when else ""
        carried = wording.carried_by(labels, line.origins)
        console.print(Text(f"• {when}{_said(line.words, line.who)}  ({', '.join(labels)}: {carried})"))
    console.print()
    console.print(Text(wording.count(len(found), "sentence")))


def _key(documents: Documents, console: Console) -> None:
    from rich.text import Text

    for label, document in documents.items():
        day = document.date.value.isoformat() if document.date.value else "no date"
        console.print(Text(f"{label}  {wording.one_line(document.name)}, {day}", style="dim"))


def _said(words: Evidence, who: str | None) -> str:
    """The words on one line; whom a first "he" means stands before them in brackets, as ours."""
    return f"{f'[{wording.one_line(who)}] ' if who else ''}{wording.one_line(words.exact)}"


def _remarks(entry: TimelineEntry) -> list[str]:
    told = (("vague", entry.vague), ("inferred", entry.inferred), ("announced", entry.announced))
    return [word for word, holds in told if holds]


def _carried(entry: TimelineEntry) -> str:
    labels = dict.fromkeys(line.words.telling for line in entry.lines)
    return f"{', '.join(labels)}: {wording.carried_by(labels, entry.origins)}"


def markdown(entries: Sequence[TimelineEntry], documents: Documents) -> str:
    """The entries as Markdown, by month, with the articles at the end."""
    out, heading = [], ""
    for entry in entries:
        if (month := wording.month(entry.when)) != heading:
            heading = month
            out.append(f"\n## {month}\n")
        remarks = "".join(f" *{word}*" for word in _remarks(entry))
        said = _escaped(_said(entry.lines[0].words, entry.who))
        out.append(f"- **{wording.days(entry.when)}**{remarks} {said} ({_carried(entry)})")
    return "\n".join(["# Timeline", *out, "", *_articles(documents)]) + "\n"


def markdown_lines(found: Sequence[DigestLine], documents: Documents, title: str) -> str:
    """The sentences of a brief, or of news, as Markdown, with the articles at the end."""
    out = []
    for line in found:
        labels = dict.fromkeys((line.words.telling, *(words.telling for words in line.also)))
        when = f"**{wording.days(line.when)}** " if line.when else ""
        carried = wording.carried_by(labels, line.origins)
        out.append(f"- {when}{_escaped(_said(line.words, line.who))} ({', '.join(labels)}: {carried})")
    return "\n".join([f"# {title}", "", *out, "", *_articles(documents)]) + "\n"


def _articles(documents: Documents) -> Iterator[str]:
    yield "## Articles\n"
    for label, document in documents.items():
        day = document.date.value.isoformat() if document.date.value else "no date"
        publisher = f"{document.publisher.value}, " if document.publisher else ""
        yield f"- {label}: {_escaped(publisher + document.name)}, {day}"


def _escaped(words: str) -> str:
    return _MARKDOWN.sub(r"\\\1", words)


# ---- for programs ------------------------------------------------------------------------


def objects(entries: Sequence[TimelineEntry], documents: Documents) -> dict[str, Any]:
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
                **{"weight": entry.weight, "origins": entry.origins, "who": entry.who},
                "lines": [_place(line.words) for line in entry.lines],
            }
            for entry in entries
        ],
        "articles": _described(documents),
    }


def line_objects(found: Sequence[DigestLine], documents: Documents) -> dict[str, Any]:
    """The sentences of a brief, or of news, and the articles as plain objects."""
    return {
        "sentences": [
            {
                **{"id": line.id, **_place(line.words), "origins": line.origins, "who": line.who},
                "earliest": line.when.earliest.isoformat() if line.when else None,
                "latest": line.when.latest.isoformat() if line.when else None,
                "also": [_place(words) for words in line.also],
            }
            for line in found
        ],
        "articles": _described(documents),
    }


def _place(words: Evidence) -> dict[str, Any]:
    return {"telling": words.telling, "start": words.start, "end": words.end, "exact": words.exact}


def _described(documents: Documents) -> list[dict[str, Any]]:
    return [
        {"label": label, "name": document.name, "date": document.date.value and document.date.value.isoformat()}
        for label, document in documents.items()
    ]


def rows(entries: Sequence[TimelineEntry], documents: Documents) -> str:
    """Comma-separated values, one row a sentence, with a head of `FIELDS`."""
    return spreadsheet.written(FIELDS, _rows(entries, documents))


def _rows(entries: Sequence[TimelineEntry], documents: Documents) -> Iterator[dict[str, Any]]:
    for entry in entries:
        for line in entry.lines:
            document = documents[line.words.telling]
            yield {
                **{"entry": entry.id, "earliest": entry.when.earliest, "latest": entry.when.latest},
                **{"announced": entry.announced, "inferred": entry.inferred, "weight": entry.weight},
                **{"origins": entry.origins, "who": entry.who, "article": document.name},
                **{"published": document.date.value, **_place(line.words)},
            }


def timeline_js(entries: Sequence[TimelineEntry], documents: Documents, title: str) -> dict[str, Any]:
    """The JSON that TimelineJS 3 reads: a slide for each entry, its words as printed, its tellings below."""
    return {
        "title": {"text": {"headline": escape(title)}},
        "events": [
            {
                "unique_id": entry.id,
                "start_date": _js_day(entry.when.earliest),
                **({"end_date": _js_day(entry.when.latest)} if entry.when.days > 1 else {}),
                "display_date": wording.days(entry.when),
                "group": wording.month(entry.when),
                "text": {
                    "headline": escape(wording.shorten(_said(entry.lines[0].words, entry.who), _SUMMARY)[0]),
                    "text": "".join(_js_line(line.words, documents) for line in entry.lines),
                },
            }
            for entry in entries
        ],
    }


def _js_line(words: Evidence, documents: Documents) -> str:
    return f"<blockquote>{escape(words.exact)}</blockquote><p>{escape(_source(words, documents))}</p>"


def _js_day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _source(words: Evidence, documents: Documents) -> str:
    document = documents[words.telling]
    publisher = document.publisher.value if document.publisher else document.name
    return f"{words.telling}: {publisher}"


def calendar(entries: Sequence[TimelineEntry], documents: Documents) -> str:
    """An iCalendar object (RFC 5545) with an all-day event for each entry. No clock is read: the stamp of an event is
    its own day."""
    out = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tellings//timeline//EN", "CALSCALE:GREGORIAN"]
    for entry in entries:
        first = entry.lines[0].words
        said = _said(first, entry.who)
        told = "\n".join(f"{line.words.exact} ({_source(line.words, documents)})" for line in entry.lines)
        key = sha256(f"{entry.when}{documents[first.telling].id}{first.start}".encode()).hexdigest()[:24]
        out += [
            "BEGIN:VEVENT",
            f"UID:{key}@tellings",
            f"DTSTAMP:{entry.when.earliest:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{entry.when.earliest:%Y%m%d}",
            f"DTEND;VALUE=DATE:{_day_after(entry.when):%Y%m%d}",
            f"SUMMARY:{_ical(wording.shorten(said, _SUMMARY)[0])}",
            f"DESCRIPTION:{_ical(told)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{folded}\r\n" for line in [*out, "END:VCALENDAR"] for folded in _folded(line))


def _day_after(when: Interval) -> date:
    return when.latest + timedelta(days=1) if when.latest < date.max else when.latest


def _ical(words: str) -> str:
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        words = words.replace(mark, written)
    return re.sub(r"\r\n?|\n|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\\\\n", re.sub(r"[\x00-\x08\x0e-\x1b]", "", words))


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, each but the first after a space, none cut inside a character."""
    piece = ""
    for character in line:
        if len((piece + character).encode("utf-8", "replace")) > _FOLD:
            yield piece
            piece = " "
        piece += character
    yield piece
