"""References in RIS, as reference managers and press databases export them: a tag and a value on each line, a record
from "TY" to "ER". They hold abstracts and notes, and seldom an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tellings.edge.readers.days_told import first_day
from tellings.edge.readers.field_values import Written, holds_markup
from tellings.edge.readers.rows import an_extract, as_telling
from tellings.edge.readers.telling import Metadata, Outcome, attested, empty, joined
from tellings.model.records import Problem

#: A tag with its value.
_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)")
#: Tags, the first that says something first: programs differ in which they use.
_TITLES, _OUTLETS, _AUTHORS = ("TI", "T1", "CT"), ("T2", "JF", "JO", "JA", "PB"), ("AU", "A1")
_DAYS, _ADDRESSES = ("DA", "Y1", "PY"), ("UR", "L2", "LK")
_TEXTS = (("abstract", ("AB", "N2")), ("note", ("N1",)))
#: A day as RIS has it: year, month and day, what is not known left empty, and anything behind.
_DAY = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?:/.*)?\Z")

_Record = Mapping[str, Sequence[str]]


def read_ris(name: str, content: str) -> Outcome:
    """The tellings of a file of references: each that has an abstract, else a note."""
    found = [
        _reference(f"{name}#{number}", f"reference {number}, line {line}", record)
        for number, (line, record) in enumerate(_records(content), start=1)
    ]
    return joined(found) if found else Outcome(problems=(empty(name),))


def _records(content: str) -> Iterator[tuple[int, _Record]]:
    """Each record with the number of its first line. A line without a tag goes on with the value before it."""
    record: dict[str, list[str]] = {}
    begins = 1
    last: list[str] | None = None
    for number, line in enumerate(content.lstrip("\ufeff").splitlines(), start=1):
        tag = _TAG.match(line)
        if tag is None:
            if last and line.strip():
                last[-1] = f"{last[-1]}\n{line.strip()}"
            continue
        if tag[1] == "TY" and record:
            yield begins, record
            record = {}
        if tag[1] == "ER":
            if record:
                yield begins, record
            record, last = {}, None
            continue
        if not record:
            begins = number
        last = record.setdefault(tag[1], [])
        last.append(tag[2].strip())
    if record:
        yield begins, record


def _reference(name: str, place: str, record: _Record) -> Outcome:
    days = [(tag, _day(value)) for tag in _DAYS for value in record.get(tag, ())]
    date, problems = first_day(name, "ris", days)
    told = Metadata(
        date,
        title=attested(_first(record, _TITLES), "ris title"),
        publisher=attested(_first(record, _OUTLETS), "ris publication"),
        author=attested(", ".join(_names(record)), "ris authors"),
        url=attested(next((each for tag in _ADDRESSES for each in record.get(tag, ()) if "://" in each), ""), "ris UR"),
    )
    given = ((what, "\n\n".join(filter(None, record.get(tag, ())))) for what, tags in _TEXTS for tag in tags)
    what, text = next(((what, text) for what, text in given if text.strip()), ("", ""))
    if not text:
        message = "a reference without an abstract or a note: it says where an article is and holds none"
        return Outcome(problems=(Problem(name, "malformed", message, "get the article itself", lost=True),))
    outcome = as_telling(name, Written(text, holds_markup(text)), told, f"{place}, {what}")
    said = (an_extract(name, what),) if outcome.tellings else ()
    return replace(outcome, problems=(*problems, *said, *outcome.problems))


def _first(record: _Record, tags: Sequence[str]) -> str:
    return next((" ".join(value.split()) for tag in tags for value in record.get(tag, ()) if value.strip()), "")


def _day(value: str) -> str:
    """A day of RIS as one of ISO 8601."""
    found = _DAY.match(value)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else value.rstrip("/")


def _names(record: _Record) -> Iterator[str]:
    """The authors, given name first."""
    for written in (value for tag in _AUTHORS for value in record.get(tag, ()) if value.strip()):
        surname, comma, given = written.partition(",")
        yield f"{given.split(',')[0].strip()} {surname.strip()}".strip() if comma else written.strip()
