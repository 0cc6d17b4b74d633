"""The timeline and the brief for other programs: CSV, Markdown, TimelineJS, iCalendar."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from html import escape
from typing import Any

from tellings.edge.exports.lines import Articles, carried, escaped, page, place, said, told_by
from tellings.edge.exports.table import table
from tellings.edge.writers import wording
from tellings.model.record import DigestLine, Evidence, Record, TimelineEntry
from tellings.model.records import ANY_DAY, Interval

FIELDS = (
    *("entry", "earliest", "latest", "announced", "inferred", "weight", "origins", "who", "part"),
    *("telling", "article", "published", "start", "end", "exact"),
)
#: Octets of a line of iCalendar (RFC 5545, 3.1), and characters of an event's summary.
_FOLD, _SUMMARY = 75, 120


def rows(record: Record) -> str:
    """One row a sentence."""
    articles = Articles(record)
    return table(
        FIELDS,
        (
            {
                **{"entry": entry.id, "earliest": entry.when.earliest, "latest": entry.when.latest},
                **{
                    "announced": entry.announced,
                    "inferred": entry.inferred,
                    "weight": entry.weight,
                    "part": entry.part,
                },
                **{"origins": entry.origins, "who": entry.who},
                **articles.columns(line.words.telling),
                **place(line.words),
            }
            for entry in record.timeline
            for line in entry.lines
        ),
    )


def markdown(record: Record) -> str:
    """The entries by month, with the articles at the end."""
    return page("Timeline", by_month(record.timeline), record)


def by_month(entries: Iterable[TimelineEntry]) -> Iterator[str]:
    """The entries as lines of Markdown under their months."""
    heading = ""
    for entry in entries:
        if (month := wording.month(entry.when)) != heading:
            heading = month
            yield f"\n## {month}\n"
        remarks = "".join(f" *{word}*" for word in wording.remarks(entry))
        words = escaped(said(entry.lines[0].words, entry.who))
        told_by = carried((line.words for line in entry.lines), entry.origins)
        yield f"- **{wording.days(entry.when)}**{remarks} {words} ({told_by})"


def brief(record: Record) -> str:
    """The sentences of the brief, with the articles at the end."""
    return sentences(record, record.brief, "The story in brief")


def sentences(record: Record, found: Sequence[DigestLine], title: str) -> str:
    """The sentences of a brief, or of news, with the articles at the end."""
    return page(title, (_sentence(line) for line in found), record)


def _sentence(line: DigestLine) -> str:
    when = f"**{wording.days(line.when)}** " if line.when else ""
    return f"- {when}{escaped(said(line.words, line.who))} ({told_by(line)})"


def timeline_js(record: Record, title: str = "Timeline") -> str:
    """The JSON that TimelineJS 3 reads: a slide for each entry, its words as printed, its tellings below."""
    articles = Articles(record)
    slides = [_slide(entry, articles) for entry in record.timeline if entry.when != ANY_DAY]
    told = {"title": {"text": {"headline": escape(title)}}, "events": slides}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _slide(entry: TimelineEntry, articles: Articles) -> dict[str, Any]:
    headline, _ = wording.shorten(said(entry.lines[0].words, entry.who), _SUMMARY)
    return {
        "unique_id": entry.id,
        "start_date": _js_day(entry.when.earliest),
        **({"end_date": _js_day(entry.when.latest)} if entry.when.days > 1 else {}),
        "display_date": wording.days(entry.when),
        "group": wording.month(entry.when),
        "text": {
            "headline": escape(headline),
            "text": "".join(_js_line(line.words, articles) for line in entry.lines),
        },
    }


def _js_line(words: Evidence, articles: Articles) -> str:
    return f"<blockquote>{escape(words.exact)}</blockquote><p>{escape(articles.named(words.telling))}</p>"


def _js_day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def calendar(record: Record) -> str:
    """An iCalendar object (RFC 5545) with an all-day event for each entry. No clock is read: the stamp of an event is
    its own day."""
    articles = Articles(record)
    out = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tellings//timeline//EN", "CALSCALE:GREGORIAN"]
    for entry in record.timeline:
        if entry.when == ANY_DAY:
            continue
        first = entry.lines[0].words
        told = "\n".join(f"{line.words.exact} ({articles.named(line.words.telling)})" for line in entry.lines)
        key = sha256(f"{entry.when}{articles.id(first.telling)}{first.start}".encode()).hexdigest()[:24]
        out += [
            "BEGIN:VEVENT",
            f"UID:{key}@tellings",
            f"DTSTAMP:{entry.when.earliest:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{entry.when.earliest:%Y%m%d}",
            f"DTEND;VALUE=DATE:{_day_after(entry.when):%Y%m%d}",
            f"SUMMARY:{_ical(wording.shorten(said(first, entry.who), _SUMMARY)[0])}",
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
