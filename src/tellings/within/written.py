"""When a telling itself says that it was written: a line at its head, or its title, that is a date and little else; or
else the note below the story that it was amended on a day.

Asked only where nobody else says when it was written. Figures alone ("4/11/2011") say a day only where it is clear
which of them is the month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from tellings.language.base import Language
from tellings.model.records import Document, DocumentDate
from tellings.model.rules import lowered
from tellings.model.text import Span
from tellings.within.times.calendar import whole_year

#: Characters from the top, and lines of them, in which a line may say the date of the page; characters of such a line.
HEAD, LINES, LONGEST = 400, 5, 120
#: Characters from the end in which a note may say when the text was amended.
FOOT = 800
#: Two days of one head so far apart are an edit of one text; farther, it says not when the text was written.
ONE_TEXT = 2


@dataclass(frozen=True, slots=True)
class _Rules:
    line: re.Pattern[str]
    written: re.Pattern[str]
    figures: re.Pattern[str]
    month_first: re.Pattern[str]
    day_first: re.Pattern[str]
    amended: re.Pattern[str]
    months: dict[str, int]


def with_date(document: Document, language: Language) -> Document:
    """`document`, with the day that its head says where it has none."""
    known = document.date
    if known.value is not None or known.rule == "refused":
        return document
    rules = _rules(language)
    days: dict[date, DocumentDate] = {}
    for line, span in _head(document):
        if rules.line.fullmatch(line):
            for day in _days(line, rules):
                days.setdefault(day, DocumentDate(day, line, "date-line", span))
    if not days:
        days = {found.value: found for found in _amended(document.text, rules) if found.value is not None}
    if not days or (max(days) - min(days)).days > ONE_TEXT:
        return document
    return replace(document, date=days[min(days)])


def _amended(text: str, rules: _Rules) -> Iterator[DocumentDate]:
    """The days on which notes at the foot say that the text was amended."""
    for note in rules.amended.finditer(text, max(0, len(text) - FOOT)):
        written = rules.written.match(text, note.end())
        for day in _days(written[0], rules) if written else ():
            span = Span(note.start(), written.end() if written else note.end()).trimmed(text)
            yield DocumentDate(day, span.of(text), "amended-line", span)


def _head(document: Document) -> Iterator[tuple[str, Span | None]]:
    """The title and the first lines, with where they stand in the text."""
    if document.title is not None and len(document.title.value) <= LONGEST:
        yield document.title.value.strip(), None
    text, position = document.text, 0
    for _ in range(LINES):
        while position < min(HEAD, len(text)) and text[position].isspace():
            position += 1
        if position >= min(HEAD, len(text)):
            return
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if end - position <= LONGEST:
            span = Span(position, end).trimmed(text)
            yield span.of(text), span
        position = end


def _days(line: str, rules: _Rules) -> Iterator[date]:
    for match in rules.written.finditer(line):
        groups = {key.rstrip("0123456789_"): value for key, value in match.groupdict().items() if value}
        month = lowered(groups["month"])
        yield from _made(int(groups["year"]), int(month) if month.isdigit() else rules.months[month], groups["day"])
    for match in rules.figures.finditer(line):
        one, other, year = int(match["one"]), int(match["other"]), whole_year(int(match["year"]))
        month_first, day_first = rules.month_first.search(line), rules.day_first.search(line)
        if one == other or other > 12 or (one <= 12 and month_first and not day_first):
            yield from _made(year, one, other)
        elif one > 12 or (day_first and not month_first):
            yield from _made(year, other, one)


def _made(year: int, month: int, day: int | str) -> Iterator[date]:
    try:
        yield date(year, month, int(day))
    except ValueError:
        return


@cache
def _rules(language: Language) -> _Rules:
    residue = language.rules("residue")
    line = next(rule for rule in residue.rules if rule.name == "date-line")
    return _Rules(
        re.compile(residue.expand(line.pattern), re.IGNORECASE),
        language.pattern("time", "written-date"),
        language.pattern("time", "date-in-figures"),
        language.pattern("time", "month-first-page"),
        language.pattern("time", "day-first-page"),
        language.pattern("time", "amended-line"),
        {word.lower(): int(number) for word, number in language.rules("time").meanings("month").items()},
    )
