"""A record, or anything else that is found, as text that a person can read and a diff shows well: one finding a line.

Each record of the program is a line of its fields, those that have their default left out, and below it, indented,
what it holds. Words of a telling are `A[12:34] “words”`, long ones shortened in the middle: their place and length
stand there anyhow. A field that is added to the program is shown without a change here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from typing import Any

from tellings.model.record import Evidence, Mark, Why
from tellings.model.records import Interval, Provenance
from tellings.model.report import Cited, FilePlace, Words
from tellings.model.text import Span

#: Characters of words that a line shows.
_WIDEST = 48


def lines(
    value: Any, name: str = "", text: str = "", depth: int = 0, *, leave: frozenset[str] = frozenset(), why: str = ""
) -> Iterator[str]:
    """A dataclass, or a sequence of them, as lines. `text` is what spans without a telling are of; fields named in
    `leave` are left out, and a reason that is that of what holds it, `why`."""
    margin = "  " * depth
    if isinstance(value, tuple | list):
        for item in value:
            yield from lines(item, name, text, depth, leave=leave, why=why)
        return
    if (plain := _plain(value, text)) is not None:
        yield f"{margin}{name} {plain}"
        return
    said, below, reason = [], [], why
    for field in fields(value):
        found = getattr(value, field.name)
        if field.name in leave or _is_default(field, found):
            continue
        plain = _plain(found, text)
        if plain is None:
            below.append((field.name, found))
        elif field.name != "why":
            said.append(f"{field.name}={plain}")
        elif plain != why:
            said.append(plain)
            reason = plain
    yield f"{margin}{name or type(value).__name__}: {' '.join(said)}"
    for each, found in below:
        yield from lines(found, each, text, depth + 1, leave=leave, why=reason)


def _is_default(field: Field[Any], found: Any) -> bool:
    return found is None or found == () or (field.default is not MISSING and found == field.default)


def _plain(value: Any, text: str) -> str | None:
    """A value as it stands in a line; `None` for what has lines of its own."""
    if isinstance(value, Evidence):
        return f"{value.telling}[{value.start}:{value.end}] “{_short(value.exact)}”"
    if isinstance(value, Mark):
        return f"{value.role} {value.start}:{value.end}"
    if isinstance(value, Words):
        return f"[{value.start}:{value.end}] “{_short(value.exact)}”"
    if isinstance(value, FilePlace):
        return f"{value.start}:{value.end}, {value.line}:{value.column} to {value.end_line}:{value.end_column}"
    if isinstance(value, Cited) and value.words.telling == value.sentence.telling:
        return f"{_plain(value.words, text)} in {_place(value.sentence)}"
    if isinstance(value, Span):
        return f"[{value.start}:{value.end}] “{_short(value.of(text))}”" if text else f"[{value.start}:{value.end}]"
    if isinstance(value, Interval):
        return str(value.earliest) if value.days == 1 else f"{value.earliest}…{value.latest}"
    if isinstance(value, Why | Provenance):
        score = "" if value.score is None else f" {value.score:.6g}"
        evidence = "".join(f" {_place(each)}" for each in value.evidence)
        return f"<{value.stage}: {value.rule}{score}{evidence}>"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if value == "" or " " in value or "\n" in value else value
    if isinstance(value, bool | int | date | datetime) or value is None:
        return str(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, tuple | list):
        told = [_plain(each, text) for each in value]
        # Words of tellings are lines of their own, so that one that goes is one line.
        if any(each is None for each in told) or any(isinstance(each, Evidence | Cited) for each in value):
            return None
        return f"({', '.join(each or '' for each in told)})"
    return None


def _place(words: Evidence | Span) -> str:
    """Where words stand that a rule leaned on: mostly they are those of the line itself."""
    return f"{words.telling if isinstance(words, Evidence) else ''}[{words.start}:{words.end}]"


def _short(words: str) -> str:
    line = " ".join(words.split())
    half = _WIDEST // 2
    return line if len(line) <= _WIDEST else f"{line[:half]}…{line[-half:]}"
