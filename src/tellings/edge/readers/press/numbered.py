"""Exports whose articles end with a number, or an address, that holds their day: Europresse as RTF, DOCX, PDF or text,
and what one copies or saves from PressReader.

Europresse sets an article out as outlet, section and day, headline, author, text, copyright, number; PressReader as
headline, a line with outlet, day and author, text, and the address of the article, or its data in lines of their own.
"""

from __future__ import annotations

import re
from datetime import date

from tellings.edge.readers.bylines import without_by
from tellings.edge.readers.dates import DateError, parse_date, written_days
from tellings.edge.readers.press.cutting import Cut, Line, lines_of
from tellings.edge.readers.press.europresse import without_issue
from tellings.edge.readers.press.formats import Mark, joined_marks, kept
from tellings.edge.readers.telling import Metadata, attested
from tellings.model.records import DocumentDate

#: The line with an article's number: "news·20150303·MC·1", maybe with a label and a proof of authorship before it.
_NUMBER = re.compile(
    r"^[^\n]{0,120}?\b(?:news|bio|web|soc)·(?P<day>(?:19|20)\d{6})·\w{1,14}·[\w-]{1,40}[ \t]*$", re.MULTILINE
)
_ADDRESS = re.compile(
    r"^[^\n]{0,60}?\bhttps?://(?:www\.)?pressreader\.com/(?P<country>[\w-]{1,60})/(?P<outlet>[\w-]{1,80})/"
    r"(?P<day>(?:19|20)\d{6})(?:/page/\d{1,4})?/\d{6,20}(?:/textview)?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
#: The data of an article behind its text, one in each line.
_FIELD = re.compile(
    r"(?P<name>Article Name|Publication|Author|Section|Start Page|End Page)[ \t]*:[ \t]*(?P<value>.*)", re.IGNORECASE
)
_RIGHTS = re.compile(r"(?:©|\(c\)|Copyright\b)|.{0,80}(?:Tous droits réservés|All rights reserved)", re.IGNORECASE)
#: What stands between outlet, day, page and author in a line.
_BETWEEN = re.compile(r"^[\s·•|,;:–—-]+|[\s·•|,;:–—-]+$")
_PAGE = re.compile(r"^(?:[A-Z]{0,2}\d{1,3}|p(?:age|g)?\.?\s*[A-Z]{0,2}\d{1,3})(?=[\s·•|,;:–—-]|$)")
_RUN_TOGETHER = re.compile(r".*?[^\W\d_](?P<day>\d{1,2}\s[^\W\d_]{3,12}\.?\s(?:19|20)\d\d)")
#: A line with outlet and day is no longer than this (characters).
_LONGEST = 160
#: Among so many of its first lines an article's day stands; a line with names of authors has at most so many words.
_TOP, _NAMES = 6, 8
_ENDS = (".", "!", "?", "…", ":", "”", "»")


def europresse_text(text: str) -> list[Cut]:
    """The articles of an export of Europresse as text, each ended by its number."""
    stops = list(_NUMBER.finditer(text))
    starts = [0, *(each.end() for each in stops)]
    stretches = [(start, stop.end()) for start, stop in zip(starts, stops, strict=False)]
    days = [_day(stop["day"]) for stop in stops]
    found = [_europresse(text, *stretch, day) for stretch, day in zip(stretches, days, strict=True)]
    return kept(text, stretches, found)


def _europresse(text: str, start: int, end: int, day: date | None) -> Cut | None:
    lines = lines_of(text, start, end)
    place = next((n for n, line in enumerate(lines[:_TOP]) if _gives(line, day)), None)
    if place is None or place == 0 or place + 2 >= len(lines):
        return None
    outlet, header, title = lines[place - 1 : place + 2]
    behind = lines[place + 2]
    has_author = len(behind.text.split()) <= _NAMES and not behind.text.endswith(_ENDS) and place + 3 < len(lines)
    begins = place + 2 + has_author
    tail = next((n for n in range(begins + 1, len(lines)) if _RIGHTS.match(lines[n].text)), len(lines) - 1)
    if begins >= tail:
        return None
    number = lines[-1].text
    told = Metadata(
        DocumentDate(day, f"Europresse number {number[-40:]}", "press-database"),
        title=attested(title.text, "Europresse title"),
        publisher=attested(without_issue(outlet.text), "Europresse source"),
        author=attested(without_by(behind.text) if has_author else "", "Europresse author"),
    )
    head: list[Mark] = [(line.start, line.end, "metadata") for line in (outlet, header)]
    head.append((title.start, title.end, "headline"))
    head.extend((behind.start, behind.end, "byline") for _ in range(has_author))
    foot: list[Mark] = [(line.start, line.end, "metadata") for line in lines[tail:]]
    body = lines[begins].start, lines[tail - 1].end
    return Cut(outlet.start, lines[-1].end, told, tuple(joined_marks([*head, *foot])), body)


def pressreader(text: str) -> list[Cut]:
    """The articles of a text that was copied or saved from PressReader, each ended by its address, or by its data."""
    if stops := list(_ADDRESS.finditer(text)):
        starts = [0, *(each.end() for each in stops)]
        stretches = [(start, stop.end()) for start, stop in zip(starts, stops, strict=False)]
        found = [
            _pressreader(text, *stretch, _day(stop["day"]), stop["outlet"])
            for stretch, stop in zip(stretches, stops, strict=True)
        ]
        return kept(text, stretches, found)
    one = _pressreader(text, 0, len(text), None, "") if "Publication" in text else None
    return [one] if one is not None else []


def _pressreader(text: str, start: int, end: int, day: date | None, slug: str) -> Cut | None:
    lines = lines_of(text, start, end)
    fields = [_FIELD.match(line.text) for line in lines]
    tail = len(lines) - bool(day)
    while tail > 0 and fields[tail - 1]:
        tail -= 1
    values = {found["name"].lower(): found["value"].strip() for found in fields[tail:] if found}
    if day is None and not {"article name", "publication"} <= values.keys():
        return None
    days = [_sole_day(line, day) for line in lines[: min(_TOP, tail)]]
    place = next((n for n, found in enumerate(days) if found), 0)
    found_day = days[place] if days else None
    begins = place + 1
    if begins >= tail or (day is None and found_day is None):
        return None
    title = lines[0]
    outlet, author = values.get("publication", ""), values.get("author", "")
    if found_day is not None and place > 0:
        day, first, last = found_day
        outlet = outlet or _BETWEEN.sub("", lines[place].text[:first])
        behind = _BETWEEN.sub("", lines[place].text[last:])
        author = author or without_by(_BETWEEN.sub("", _PAGE.sub("", behind)))
    outlet = outlet or slug.replace("-", " ").title()
    told = Metadata(
        DocumentDate(day, f"PressReader {lines[place or -1].text}"[:100], "press-database"),
        title=attested(values.get("article name", "") or title.text, "PressReader title"),
        publisher=attested(outlet, "PressReader publication"),
        author=attested(author, "PressReader author"),
    )
    marks: list[Mark] = [(title.start, title.end, "headline")]
    marks.extend((line.start, line.end, "metadata") for line in (*lines[1:begins], *lines[tail:]))
    return Cut(title.start, lines[-1].end, told, tuple(joined_marks(marks)), (lines[begins].start, lines[tail - 1].end))


def _day(figures: str) -> date | None:
    try:
        return parse_date(figures)
    except DateError:
        return None


def _gives(line: Line, day: date | None) -> bool:
    return _may_be_head(line) and any(each.day == day for each in written_days(line.text, day_first=True))


def _may_be_head(line: Line) -> bool:
    """Whether a line can be one over an article, and is no sentence of it."""
    return len(line.text) <= _LONGEST and not line.text.endswith(_ENDS)


def _sole_day(line: Line, day: date | None) -> tuple[date, int, int] | None:
    """The only day of a short line with its place there; where `day` is known, it has to be that.

    Copied, the line runs together ("The Merrin Courier3 Mar 2015Ada Quill").
    """
    if not _may_be_head(line):
        return None
    found = [(each.day, each.start, each.end) for each in written_days(line.text, day_first=True)]
    if not found and (joined := _RUN_TOGETHER.match(line.text)) and (own := _day(joined["day"])):
        found = [(own, *joined.span("day"))]
    return found[0] if len(found) == 1 and day in (None, found[0][0]) else None
