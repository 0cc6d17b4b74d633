"""Plain text: a telling whose head lines may say when, where and by whom it was published."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tellings.edge.characters import plain_edits, worded
from tellings.edge.readers.dates import DateError, dated_line, parse_date, says_published, written_days
from tellings.edge.readers.telling import (
    NO_DATE,
    Metadata,
    Outcome,
    Read,
    bad_date,
    beyond,
    empty,
    encoded_twice,
    is_visible,
    unseen_characters,
)
from tellings.model.records import Attested, DocumentDate, Hint, Problem
from tellings.model.text import Edit, Span, Text, View

#: The head of our own plain format: "date 2015-03-09", before the first words or on its own line.
_HEAD_DATE = re.compile(r"\s{0,200}(?P<head>date[ \t]{1,20}(?P<date>\d{4}-\d{1,2}-\d{1,2}))(?=\s|$)")
#: "Name: value" lines before the first line of story.
_HEAD_LINE = re.compile(r"[ \t]{0,20}(?P<key>[A-Za-z][A-Za-z _-]{1,20}?)[ \t]{0,5}:[ \t]{1,20}(?P<value>\S.{0,500})$")
_FENCE = "---"
#: Head names and what they tell. Other names end the head: they may be the story's own words.
_HEAD_NAMES = {
    "date": "date", "published": "date", "publication date": "date",
    "title": "title", "headline": "title",
    "source": "publisher", "publisher": "publisher", "outlet": "publisher",
    "author": "author", "authors": "author", "byline": "author",
    "url": "url", "link": "url",
    "language": "language", "lang": "language",
}  # fmt: skip
#: No head is longer than this (lines).
_LONGEST_HEAD = 16
#: Codes of ISO 639-2 and English names, as services write them, of languages that have shorter ones.
_CODES = {
    "eng": "en", "english": "en", "deu": "de", "ger": "de", "german": "de", "fra": "fr", "fre": "fr", "french": "fr",
    "spa": "es", "spanish": "es", "ita": "it", "italian": "it", "por": "pt", "portuguese": "pt", "nld": "nl",
    "dut": "nl", "dutch": "nl", "rus": "ru", "russian": "ru", "ara": "ar", "arabic": "ar", "zho": "zh", "chi": "zh",
    "chinese": "zh", "jpn": "ja", "japanese": "ja", "tur": "tr", "turkish": "tr", "pol": "pl", "polish": "pl",
    "ukr": "uk", "ukrainian": "uk",
}  # fmt: skip
#: A line that tells when a page was published is no longer than this (characters).
_LONGEST_CREDIT = 160
#: Among so many of the first lines one that is a date alone tells when the text was published.
_DATE_LINES = 12
_LINE = re.compile(r"[^\n]+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*$")


def read_plain(name: str, content: str) -> Outcome:
    """The one telling of a plain text file."""
    if (refused := beyond(name, content)) is not None:
        return Outcome(problems=(refused,))
    view, problems = plain_view(name, content)
    if not is_visible(view.text):
        return Outcome(problems=(empty(name),))
    metadata, head_problems = read_head(name, view.text)
    metadata = metadata.over(Metadata(date_line(view.text)))
    return Outcome((Read(name, "text/plain", view, metadata),), (*problems, *head_problems))


def plain_view(name: str, content: str, undone: Sequence[Edit] = ()) -> tuple[View, tuple[Problem, ...]]:
    """`content` as it is read, and a problem when characters were left out that nobody sees.

    `undone` shows character references in it as what they stand for: they are ASCII, and so touch no other edit.
    """
    edits, counts, twice = plain_edits(content)
    if undone:
        edits = tuple(sorted((*edits, *undone), key=lambda edit: edit.start))
    view = View(Text.of(content), edits)
    problems = [unseen_characters(name, worded(counts))] if counts else []
    if twice:
        problems.append(encoded_twice(name, twice))
    return view, tuple(problems)


def read_head(name: str, text: str) -> tuple[Metadata, tuple[Problem, ...]]:
    """What the first lines say of the telling. Spans are in `text`, the view."""
    if match := _HEAD_DATE.match(text):
        date, problem = _date(
            name, match["date"], f"first line: {match['head']}", "head-date", Span(*match.span("head"))
        )
        is_line = text[match.end("head") :].partition("\n")[0].strip() == ""
        values, spans = _head_lines(text, match.end("head")) if is_line else ({}, {})
    else:
        date, problem = Metadata().date, ()
        values, spans = _head_lines(text)
    if match is None and "date" in values:
        key, value = values["date"]
        date, problem = _date(name, value, f"head line: {key}: {value}", "head-line", spans["date"])
    return (
        Metadata(
            date,
            title=_attested(values, "title"),
            publisher=_attested(values, "publisher"),
            author=_attested(values, "author"),
            url=_attested(values, "url"),
            language=language_code(values["language"][1]) if "language" in values else "en",
        ),
        problem,
    )


def date_line(text: str, hints: Sequence[Hint] = (), start: int = 0) -> DocumentDate:
    """The date of a line that is a date alone, among the first lines of `text` from `start` on.

    `NO_DATE` without one, and where another such line has another: then these are headings of what happened when.
    """
    residue = [hint.span for hint in hints if hint.kind == "boilerplate"]
    found: DocumentDate | None = None
    seen = 0
    for match in _LINE.finditer(text, start):
        span = Span(*match.span()).trimmed(text)
        if not span:
            continue
        seen += len(span) > 0
        day = dated_line(span.of(text))
        if day is None or any(span.overlaps(each) for each in residue):
            continue
        if found is None and seen <= _DATE_LINES:
            found = DocumentDate(day, f"line: {span.of(text)}"[:100], "date-line", span)
        elif found is None or found.value != day:
            return NO_DATE
    return found or NO_DATE


def published_line(text: str, *, day_first: bool = False) -> DocumentDate | None:
    """The day that a short line of `text` says it was published on, in so many words; `None` without such a line, or
    where such lines give several. `day_first`: as of `parse_date`."""
    found: DocumentDate | None = None
    for match in _LINE.finditer(text):
        if len(match.group()) > _LONGEST_CREDIT or not says_published(match.group()):
            continue
        for each in written_days(match.group(), day_first=day_first):
            if each.said != "published":
                continue
            if found is not None and found.value != each.day:
                return None
            span = Span(match.start() + each.start, match.start() + each.end)
            found = found or DocumentDate(each.day, f"line: {span.of(text)}"[:100], "published-line", span)
    return found


def language_code(value: str) -> str:
    """The language of a BCP 47 tag ("en-GB" → "en"), of an older code ("eng") or name; "en" where it is none."""
    match = _LANGUAGE.match(value.strip()[:40])
    code = match.group(1).lower() if match else value.strip()[:40].lower()
    return _CODES.get(code, code if match else "en")


def _head_lines(text: str, position: int = 0) -> tuple[dict[str, tuple[str, str]], dict[str, Span]]:
    """What the lines of a head say, from a place in `text` on, and where they say it."""
    values: dict[str, tuple[str, str]] = {}
    spans: dict[str, Span] = {}
    for _ in range(_LONGEST_HEAD):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position : min(end, position + 600)]
        match = _HEAD_LINE.match(line) if end - position <= 600 else None
        field = _HEAD_NAMES.get(match["key"].lower()) if match else None
        if match and field:
            values.setdefault(field, (match["key"], match["value"].strip()))
            spans.setdefault(field, Span(position + match.start("key"), position + len(line.rstrip())))
        elif line.strip() not in ("", _FENCE):
            break
        if end >= len(text):
            break
        position = end + 1
    return values, spans


def _attested(values: Mapping[str, tuple[str, str]], field: str) -> Attested | None:
    if field not in values:
        return None
    key, value = values[field]
    return Attested(value, f"head line {key}")


def _date(name: str, value: str, evidence: str, rule: str, span: Span) -> tuple[DocumentDate, tuple[Problem, ...]]:
    try:
        return DocumentDate(parse_date(value), evidence, rule, span), ()
    except DateError as error:
        return DocumentDate(None, f"{evidence} (refused: {error})", "refused"), (bad_date(name, "head", error),)
