"""Tables of short texts that stand on both sides of what the program asks of a text: each with what is found in it.

A table is a text file that a person can read and write:

    # What the rows below it decide
    - a text, its line ends as ¶
      what is found in it, one finding a line
    - its twin, on the other side
      nothing

What is found is written anew by `python3 run.py golden`; a row is a line that begins with "- ", with nothing below it
as yet. A row of drafts begins with the story that the draft is held against; one of stories has several tellings, each
behind its day in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import chdir
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from golden.lines import lines
from golden.stories import articles

import tellings
from tellings.library.records import tell
from tellings.model.record import Evidence
from tellings.model.records import Document, DocumentDate, Story, Telling
from tellings.model.report import Finding, Report
from tellings.model.text import Span, View
from tellings.pipeline import annotate, checked, relate
from tellings.quotes import Quotation, find
from tellings.tell import checking

FOLDER = Path(__file__).parent / "tables"
ROOT = Path(__file__).parents[2]
NOTHING = "nothing"
DRAFTS = "drafts.txt"
_LINE_END, _DAY = " ¶ ", date(2019, 3, 6)
#: What of a record its rows show, and what of that is left out: other tests hold it, or it says nothing here.
_SHOWN = (*("origins", "near_duplicates", "credits", "people", "timeline", "quotes", "facts", "passages", "brief"),)
_LEFT = frozenset({"id", "person", "terms", "blocks"})
_TELLING = re.compile(r"\[([\d-]+|undated)\] (.*?)(?= \[(?:\d{4}-\d\d-\d\d|undated)\] |\Z)", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """A text, with what it is to decide and what was found in it."""

    decides: str
    text: str
    found: tuple[str, ...]


@cache
def rows(table: str) -> list[Row]:
    """The rows of a table, in its order."""
    found: list[Row] = []
    decides = ""
    for line in (FOLDER / table).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            decides = line[2:]
        elif line.startswith("- "):
            found.append(Row(decides, line[2:], ()))
        elif line:
            found[-1] = Row(decides, found[-1].text, (*found[-1].found, line.removeprefix("  ")))
    return found


def anew(table: str) -> str:
    """A table with what is found now."""
    told: list[str] = []
    decides = ""
    for row in rows(table):
        if row.decides != decides:
            decides = row.decides
            told += ["", f"# {decides}"]
        told += [f"- {row.text}", *(f"  {line}" for line in found_in(table, row.text))]
    return "\n".join(told[1:]) + "\n"


def found_in(table: str, text: str) -> tuple[str, ...]:
    """What is found in the text of a row now, one finding a line."""
    return tuple(line.replace("\n", _LINE_END).rstrip() for line in TABLES[table](text)) or (NOTHING,)


# ---- quotations


def _quotations(row: str) -> Iterator[str]:
    text = row.replace(_LINE_END, "\n")
    for each in find(text, dct=_DAY, model=False):
        yield " | ".join(_fields(each, text))


def _fields(each: Quotation, text: str) -> Iterator[str]:
    def words(span: Span | None) -> str:
        return "-" if span is None else span.of(text)

    yield f"{each.status} {each.type}"
    yield each.speaker or "-"
    yield words(each.source)
    yield words(each.cue)
    yield each.words(text)
    if each.continues is not None:
        yield f"after {each.continues}"
    if each.within is not None:
        yield f"in {each.within}"
    if each.rank != "said by":
        yield " or ".join((each.rank, *each.others))
    if each.stance != "says" or each.marker:
        yield f"{each.stance} {words(each.marker) if each.marker else ''}".strip()
    if each.said is not None:
        yield f"on {each.said.earliest}…{each.said.latest}"
    for name in ("medium", "audience", "lead"):
        if (span := getattr(each, name)) is not None:
            yield f"{name} {words(span)}"
    if each.circumstances:
        yield "circumstances " + ", ".join(map(words, each.circumstances))
    if each.earlier:
        yield "earlier"
    if each.reason:
        yield each.reason
    yield f"<{each.why.rule}>"


# ---- drafts


@cache
def _story(name: str) -> Story:
    with chdir(ROOT):
        return tellings.story(articles(name))


@cache
def _telling(name: str, text: str, day: date | None) -> Telling:
    told = DocumentDate(day, "given" if day else "not given", "given" if day else "none")
    return annotate(Document(name, name, name, "text/plain", View.plain(text), told))


@cache
def _reports(story: str) -> Mapping[str, Report]:
    """The reports on all drafts of the table that are held against a story, which is made ready once for them."""
    texts = [row.text.partition(": ")[2] for row in rows(DRAFTS) if row.text.startswith(f"{story}: ")]
    drafts = [_telling("draft", text.replace(_LINE_END, "\n"), None) for text in texts]
    found = checked(drafts, _story(story).tellings)
    return {text: checking.report(each, version="") for text, each in zip(texts, found, strict=True)}


def _findings(row: str) -> Iterator[str]:
    story, _, draft = row.partition(": ")
    for each in _reports(story)[draft].findings:
        yield " | ".join(_judged(each))


def _judged(each: Finding) -> Iterator[str]:
    yield f"{each.kind} {each.verdict}"
    yield each.words.exact
    if each.places:
        yield f"{each.origins}: " + " / ".join(_cited(place.words) for place in each.places)
    if each.against:
        yield "against " + " / ".join(_cited(place.words) for place in each.against)
    for edit in each.edits:
        marked = " marked" if edit.marked else ""
        yield f"{edit.substance}{marked}: {edit.draft.exact} for {edit.source.exact}"
    if each.speaker:
        yield f"speaker {each.speaker.exact}"
    if each.reason:
        yield each.reason
    yield f"<{each.why.rule}>"


def _cited(words: Evidence) -> str:
    return f"{words.telling} {words.exact}"


# ---- stories


def _record(row: str) -> Iterator[str]:
    told = [
        _telling(
            "abcdefgh"[number], text.replace(_LINE_END, "\n"), None if day == "undated" else date.fromisoformat(day)
        )
        for number, (day, text) in enumerate(_TELLING.findall(row))
    ]
    record = tell(relate(told))
    for name in _SHOWN:
        yield from lines(getattr(record, name), name, leave=_LEFT)


TABLES: Mapping[str, Callable[[str], Iterable[str]]] = {
    "quotations.txt": _quotations,
    DRAFTS: _findings,
    "stories.txt": _record,
}


# ---- tests


def decided(table: str) -> tuple[str, ...]:
    """What the rows of a table decide, in its order."""
    return tuple(dict.fromkeys(row.decides for row in rows(table)))


def otherwise(table: str, decides: str) -> str:
    """What is found otherwise now in the rows that decide this, as text; empty where all is as it stands there."""
    told: list[str] = []
    for row in rows(table):
        if row.decides == decides and (found := found_in(table, row.text)) != row.found:
            told += [row.text, *(f"- {line}" for line in row.found), *(f"+ {line}" for line in found)]
    return "\n".join([*told, "Read each. All right? Then: python3 run.py golden"] if told else [])
