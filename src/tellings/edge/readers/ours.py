"""What tellings itself has written, and what must not be read as an article: records, exports, decisions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tellings.edge.readers.gather import opened
from tellings.model.records import Problem

#: How the files begin that say, or show, that they are ours.
_BEGINNINGS = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s{0,20}(?:
      \{\s{0,20}"format"\s{0,5}:\s{0,5}"tellings-record/                                  # record.json
    | (?:\[\s{0,20})?\{\s{0,20}"format"\s{0,5}:\s{0,5}"tellings-check/                     # the report on a draft
    | \{\s{0,20}"format"\s{0,5}:\s{0,5}"tellings-fetched/                                  # where a file is from
    | \{\s{0,20}"\$schema":\s?"[^"]{1,200}sarif[^"]{1,100}",\s{0,20}"version":\s?"2\.1\.0",\s{0,20}"runs":\s?  # SARIF
      \[\s{0,20}\{\s{0,20}"tool":\s?\{\s{0,20}"driver":\s?\{\s{0,20}"name":\s?"tellings"
    | PK\x03\x04[\s\S]{0,9000}?<Application>tellings</Application>            # Word
    | (?i:<!doctype\ html>)(?:(?!<body)[\s\S]){0,4000}?<meta\ name="?generator"?\ content="?tellings\b  # a page
    | (?:article,index,start|slot,relation,kind|entry,earliest,latest|entry,speaker,status|passage,kind,words),  # CSV
    | telling,id,article,published,
    | \{"stage":"[^"]{1,40}","version":"[^"]{1,80}"\}\n                                      # what --stages keeps
    | BEGIN:VCALENDAR\r?\nVERSION:2\.0\r?\nPRODID:-//tellings//                           # iCalendar
    | <\?xml\ version="1\.0"\ encoding="UTF-8"\?>\s<TimeML>\s<DOCID>                       # TimeML
    | \{\s{0,20}"@context"\s?:\s?"[^"]{1,100}",\s{0,20}"id"\s?:\s?"urn:tellings:                 # annotations
    | \#\ [^\n]{1,1000}\n[\s\S]*?\n\#\#\ Articles\n\n-\ A:\ [^\n]+,\ (?:\d{4}-\d\d-\d\d|no\ date)\n      # Markdown
    )""",
    re.VERBOSE,
)
#: How much of a file is looked at (bytes).
_HEAD = 10_000
#: What is looked at of a file that may be an export (bytes); a larger one is none.
_MOST = 200_000_000
#: Files of ours that are named before the rest are counted.
_SHOWN = 5
#: Kinds of decisions.
_DECISIONS = ("same", "apart", "not the same thing", "the same thing")
#: Members of the objects that we write as JSON, and what else must hold of them.
_MEMBERS: tuple[tuple[frozenset[str], Callable[[Mapping[str, Any]], bool]], ...] = (
    (frozenset({"format", "tellings"}), lambda told: str(told["format"]).startswith("tellings-record/")),
    (frozenset({"format", "findings"}), lambda told: str(told["format"]).startswith("tellings-check/")),
    (frozenset({"$schema", "runs"}), lambda told: _our_runs(told["runs"])),
    (frozenset({"name", "quotations"}), lambda told: isinstance(told["quotations"], list)),
    (frozenset({"name", "dct", "timexes"}), lambda told: isinstance(told["timexes"], list)),
    (frozenset({"id", "running", "headline", "tellings"}), lambda told: isinstance(told["tellings"], list)),
    (frozenset({"tellings", "near_duplicates", "passages", "origins"}), lambda told: True),
    (frozenset({"entries", "articles"}), lambda told: _labelled(told["articles"])),
    (frozenset({"sentences", "articles"}), lambda told: _labelled(told["articles"])),
    (frozenset({"slots", "articles"}), lambda told: _labelled(told["articles"])),
    (frozenset({"lines", "tellings", "failures", "unsourced"}), lambda told: True),
    (frozenset({"title", "events"}), lambda told: _slides(told["events"])),
    (frozenset({"address", "outcome", "file", "code"}), lambda told: True),
    (frozenset({"feeds", "items", "waiting"}), lambda told: isinstance(told["items"], list)),
    (frozenset({"kind", "a", "b"}), lambda told: told["kind"] in _DECISIONS),
)


def begins_as_ours(head: bytes) -> bool:
    """Whether a file that begins with `head` was written by tellings: a record, its page, or an export that is no
    JSON."""
    return _BEGINNINGS.match(head) is not None


def is_ours(path: Path) -> bool:
    """Whether the file at `path` was written by tellings, or is empty, by how it begins. Raises OSError."""
    with opened(str(path)) as file:
        head = file.read(_HEAD)
    return not head or begins_as_ours(head)


def is_ours_throughout(path: Path) -> bool:
    """Whether the file at `path` was written by tellings, or is empty, by all of it: an export in JSON, too, and
    Markdown that tells only at its end. Raises OSError."""
    if is_ours(path):
        return True
    with opened(str(path)) as file:
        data = file.read(_MOST + 1)
    return len(data) <= _MOST and (begins_as_ours(data) or holds_ours(data.decode("utf-8", "replace")))


def written_by_us(value: Any) -> bool:
    """Whether a JSON value was written by tellings: a record, what a command gives, a decision."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(entry, dict) and written_by_us(entry) for entry in value)
    return isinstance(value, dict) and any(members <= value.keys() and holds(value) for members, holds in _MEMBERS)


def holds_ours(content: str) -> bool:
    """Whether the characters of a file, whatever its name, are JSON or JSON Lines that tellings wrote."""
    content = content.strip("\ufeff \t\r\n")
    if not content.startswith(("{", "[")):
        return False
    try:
        return written_by_us(json.loads(content))
    except json.JSONDecodeError:
        return all(_line_of_ours(line) for line in content.splitlines())
    except (ValueError, RecursionError):
        return False


def _line_of_ours(line: str) -> bool:
    try:
        return not line.strip() or written_by_us(json.loads(line))
    except (ValueError, RecursionError):
        return False


def passed_over(names: list[str]) -> Problem:
    """That files of ours were not read, all of them in one."""
    shown, more = ", ".join(names[:_SHOWN]), len(names) - _SHOWN
    return Problem(
        f"{shown} and {more} more" if more > 0 else shown,
        "own-output",
        "written by tellings, so it is no article and was passed over",
        "nothing to do; to check a record: tellings verify RECORD",
        lost=False,
    )


def _labelled(articles: Any) -> bool:
    return isinstance(articles, list) and all(isinstance(each, dict) and "label" in each for each in articles)


def _our_runs(runs: Any) -> bool:
    """Whether what SARIF says was found by this program."""
    try:
        return bool(runs) and all(run["tool"]["driver"]["name"] == "tellings" for run in runs)
    except (TypeError, KeyError):
        return False


def _slides(events: Any) -> bool:
    return isinstance(events, list) and all(
        isinstance(each, dict) and {"unique_id", "start_date", "display_date"} <= each.keys() for each in events
    )
