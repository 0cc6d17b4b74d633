"""Exports of Europresse: one HTML page with an `article` element for each article."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from tellings.edge.readers.dates import DateError, parse_date, written_days
from tellings.edge.readers.html import read_html
from tellings.edge.readers.html.scan import scan
from tellings.edge.readers.press.cutting import outside
from tellings.edge.readers.telling import NO_DATE, Metadata, Outcome, Read, joined
from tellings.model.records import Attested, DocumentDate, Hint

_SIGN = re.compile(r"class=[\"'][^\"']{0,200}\b(?:DocPublicationName|titreArticleVisu|docOcurrContainer)\b")
_ARTICLE = re.compile(r"<article\b", re.IGNORECASE)
#: Elements by their class, as they are set out.
_OF_CLASS = (
    r"<(?P<tag>\w{1,10})\b[^>]{0,500}?class=[\"'](?:[^\"']{0,200}[\s_])?%s\b[^\"']{0,200}[\"'][^>]{0,500}>"
    r"(?P<inside>.{0,3000}?)</(?P=tag)>"
)
_TITLE = re.compile(_OF_CLASS % "titreArticle(?:Visu)?", re.DOTALL)
_OUTLET = re.compile(_OF_CLASS % "DocPublicationName", re.DOTALL)
_HEADER = re.compile(_OF_CLASS % "DocHeader", re.DOTALL)
_AUTHOR = re.compile(_OF_CLASS % "(?:sm-margin-bottomNews|docAuthors)", re.DOTALL)
#: The number of the issue behind the name of the outlet: "La Croix, no. 43018".
_ISSUE = re.compile(r",\s*(?:no|n°|nº|num)\.?\s*\d[\w/ -]{0,20}$", re.IGNORECASE)
#: The number of an article holds its day: "news·20150303·LM·1234567".
_NUMBER = re.compile(r"\b(?:news|bio|web|soc)[·.](?P<day>(?:19|20)\d{6})[·.]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")


def europresse(name: str, content: str) -> Outcome | None:
    """The articles of an export of Europresse; `None` where a page is none."""
    if not _SIGN.search(content[:2_000_000]):
        return None
    starts = [match.start() for match in _ARTICLE.finditer(content)]
    if not starts:
        return None
    ends = [*starts[1:], len(content)]
    places = [f"{name}#{number}" if len(starts) > 1 else name for number in range(1, len(starts) + 1)]
    read = joined(_article(place, content[start:end]) for place, start, end in zip(places, starts, ends, strict=True))
    before = scan(content[: starts[0]]).view.text
    return replace(read, problems=(*read.problems, *outside(name, [before], len(starts))))


def _article(name: str, content: str) -> Outcome:
    outcome = read_html(name, content, fragment=True)
    date = NO_DATE
    if number := _NUMBER.search(content):
        try:
            date = DocumentDate(
                parse_date(number["day"]), f"Europresse number {number.group()}"[:100], "press-database"
            )
        except DateError:
            date = NO_DATE
    header = _said(_HEADER, content, "Europresse header")
    if (
        date is NO_DATE
        and header
        and len(days := {each.day for each in written_days(header.value, day_first=True)}) == 1
    ):
        date = DocumentDate(days.pop(), f"Europresse header {header.value}"[:100], "press-database")
    outlet = _said(_OUTLET, content, "Europresse source")
    told = Metadata(
        date,
        title=_said(_TITLE, content, "Europresse title"),
        publisher=outlet and replace(outlet, value=without_issue(outlet.value)),
        author=_said(_AUTHOR, content, "Europresse author"),
    )
    read = tuple(
        replace(each, metadata=told.over(each.metadata), hints=tuple(_named(each, told))) for each in outcome.tellings
    )
    return Outcome(read, outcome.problems, outcome.ours)


def without_issue(outlet: str) -> str:
    """The name of an outlet without the number of its issue.

    >>> without_issue("The Merrin Courier, no. 43018")
    'The Merrin Courier'
    """
    return _ISSUE.sub("", outlet).strip() or outlet


def _named(read: Read, told: Metadata) -> Iterator[Hint]:
    """What the blocks of an article are: its title is the headline, what stands over that and its number tell of it."""
    words = [" ".join(hint.span.of(read.view.text).split()) for hint in read.hints]
    title = next((n for n, each in enumerate(words) if told.title is not None and each == told.title.value), None)
    for number, (hint, said) in enumerate(zip(read.hints, words, strict=True)):
        if number == title:
            yield replace(hint, kind="headline", rule="europresse: headline")
        elif (
            (title is not None and number < title) or _NUMBER.match(said) or (told.author and said == told.author.value)
        ):
            yield replace(hint, kind="metadata", rule="europresse: metadata")
        else:
            yield hint


def _said(pattern: re.Pattern[str], content: str, evidence: str) -> Attested | None:
    match = pattern.search(content)
    value = " ".join(html.unescape(_TAG.sub(" ", match["inside"])).split()) if match else ""
    return Attested(value[:500], evidence) if value else None
