"""JSON and JSON Lines: one telling per object, under whichever of the common field names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.html import read_html
from tellings.edge.readers.plain import language_code, plain_view, read_head
from tellings.edge.readers.telling import (
    LONGEST_TELLING,
    NO_DATE,
    Metadata,
    Outcome,
    Read,
    bad_date,
    empty,
    too_large,
)
from tellings.model.records import Attested, DocumentDate, Problem

#: Field names in the order they are tried; compared without case, "_" and "-".
_TEXT = ("text", "body", "content", "articlebody", "article", "maintext", "fulltext", "bodytext", "story", "bodyxhtml")
_TITLE = ("title", "headline", "name")
_DATE = (
    "date", "datepublished", "published", "publishedat", "publisheddate", "publishdate", "pubdate", "publicationdate",
    "publishedon", "publicationtime", "publishtime", "firstpublished", "datecreated", "createdat", "timestamp", "time",
)  # fmt: skip
_PUBLISHER = ("publisher", "source", "outlet", "sourcename", "sitename", "site", "sourcedomain", "domain")
_AUTHOR = ("author", "authors", "byline", "creator")
_URL = ("url", "link", "uri", "weburl", "permalink", "canonicalurl")
_LANGUAGE = ("language", "lang", "inlanguage")
#: Members of an object that may hold the list of articles.
_LISTS = ("articles", "items", "documents", "docs", "results", "data")

_MARKUP = re.compile(
    r"</?(?:p|div|br|span|a|h[1-6]|ul|ol|li|blockquote|figure|figcaption|img|em|strong|section|article|html|body)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)


def read_json(name: str, content: str) -> Outcome:
    """The tellings of a JSON file: an object, an array of objects, or an object with `articles`.

    A file of several JSON lines under the name .json is read as JSON Lines.
    """
    try:
        value = json.loads(content)
    except RecursionError:
        return Outcome(problems=(_malformed(name, "nested too deeply"),))
    except ValueError as error:
        first_line = content.lstrip().partition("\n")[0]
        if _is_object(first_line):
            return read_json_lines(name, content)
        return Outcome(problems=(_malformed(name, _reason(error)),))
    listed = _articles(value)
    if listed is None:
        return _read_object(name, value) if isinstance(value, dict) else _not_an_object(name, value)
    if not listed:
        return Outcome(problems=(empty(name),))
    return _joined(
        _read_object(f"{name}#{number}", entry)
        if isinstance(entry, dict)
        else _not_an_object(f"{name}#{number}", entry)
        for number, entry in enumerate(listed, start=1)
    )


def read_json_lines(name: str, content: str) -> Outcome:
    """The tellings of a JSON Lines file; a line that cannot be read is named, the others are kept."""
    if content.lstrip("\ufeff \t\r\n").startswith("["):
        try:
            json.loads(content.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            pass
        else:
            return read_json(name, content.lstrip("\ufeff"))
    outcome = _joined(_lines(name, content))
    return outcome if outcome.tellings or outcome.problems else Outcome(problems=(empty(name),))


def _lines(name: str, content: str) -> Iterator[Outcome]:
    # Only U+000A ends a line: U+2028 and the like may stand inside a JSON string.
    for number, line in enumerate(content.split("\n"), start=1):
        line = line.strip().lstrip("\ufeff")
        if not line:
            continue
        place = f"{name}#{number}"
        try:
            value = json.loads(line)
        except RecursionError:
            yield Outcome(problems=(_malformed(place, f"line {number} is nested too deeply"),))
        except json.JSONDecodeError as error:
            yield Outcome(problems=(_malformed(place, f"line {number}, column {error.colno}: {error.msg}"),))
        except ValueError as error:
            yield Outcome(problems=(_malformed(place, f"line {number}: {error}"),))
        else:
            yield _read_object(place, value) if isinstance(value, dict) else _not_an_object(place, value)


def _read_object(name: str, entry: Mapping[str, Any]) -> Outcome:
    fields = {re.sub(r"[_\-\s]", "", key).lower(): value for key, value in reversed(list(entry.items()))}
    text = next((found for key in _TEXT if (found := _as_text(fields.get(key)))), None)
    if text is None:
        if any(key in fields for key in _TEXT):
            return Outcome(problems=(empty(name),))
        return Outcome(
            problems=(
                Problem(
                    name,
                    "malformed",
                    "no field holds the text of an article",
                    "name the field text, body, content or articleBody",
                    lost=True,
                ),
            )
        )
    if len(text) > LONGEST_TELLING:
        return Outcome(problems=(too_large(name, len(text)),))
    metadata, problems = _metadata(name, fields)
    if _MARKUP.search(text):
        outcome = read_html(name, text, fragment=True)
        if not outcome.tellings:
            return outcome
        read = outcome.tellings[0]
        return Outcome((replace(read, metadata=_over(metadata, read.metadata)),), (*problems, *outcome.problems))
    view, view_problems = plain_view(name, text)
    if not view.text.strip():
        return Outcome(problems=(empty(name),))
    if metadata.date is NO_DATE:
        head, head_problems = read_head(name, view.text)
        metadata, problems = _over(metadata, head), (*problems, *head_problems)
    return Outcome((Read(name, "text/plain", view, metadata),), (*problems, *view_problems))


def _metadata(name: str, fields: Mapping[str, Any]) -> tuple[Metadata, tuple[Problem, ...]]:
    date = NO_DATE
    problems: tuple[Problem, ...] = ()
    for key in _DATE:
        value = fields.get(key)
        if value is None or value == "" or not isinstance(value, str | int | float):
            continue
        evidence = f"json {key} {value}"[:100]
        try:
            date = DocumentDate(parse_date(value), evidence, "json-field")
        except DateError as error:
            date = DocumentDate(None, f"{evidence} (refused: {error})", "refused")
            problems = (bad_date(name, f"json {key}", error),)
        break
    language = _attested(fields, _LANGUAGE)
    return (
        Metadata(
            date,
            title=_attested(fields, _TITLE),
            publisher=_attested(fields, _PUBLISHER),
            author=_attested(fields, _AUTHOR),
            url=_attested(fields, _URL),
            language=language_code(language.value) if language else "en",
        ),
        problems,
    )


def _over(first: Metadata, second: Metadata) -> Metadata:
    """`first`, with what it does not tell taken from `second`."""
    return Metadata(
        second.date if first.date is NO_DATE else first.date,
        first.title or second.title,
        first.publisher or second.publisher,
        first.author or second.author,
        first.url or second.url,
        second.language if first.language == "en" else first.language,
    )


def _attested(fields: Mapping[str, Any], keys: tuple[str, ...]) -> Attested | None:
    for key in keys:
        if value := _as_name(fields.get(key)):
            return Attested(value, f"json {key}")
    return None


def _as_name(value: Any) -> str:
    """A name from a string, an object with a name, or a list of either; empty where there is none."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return _as_name(
            next((value[key] for key in ("name", "title", "url", "@id") if isinstance(value.get(key), str)), "")
        )
    if isinstance(value, list):
        return ", ".join(name for entry in value[:50] if not isinstance(entry, list) and (name := _as_name(entry)))
    return ""


def _as_text(value: Any) -> str | None:
    """The text of a string or of a list of paragraphs; `None` where there is none."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
        return "\n\n".join(value) if any(entry.strip() for entry in value) else None
    return None


def _articles(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for key in _LISTS:
            entries = value.get(key)
            if isinstance(entries, list) and any(isinstance(entry, dict) for entry in entries):
                return entries
    return None


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {error.msg}"
    return str(error)


def _malformed(name: str, reason: str) -> Problem:
    return Problem(name, "malformed", f"no JSON: {reason}", "correct this place; the rest is read", lost=True)


def _not_an_object(name: str, value: Any) -> Outcome:
    kind = {str: "a string", list: "a list", bool: "true or false", type(None): "null"}.get(type(value), "a number")
    return Outcome(
        problems=(Problem(name, "malformed", f"{kind}, not an object", "write one JSON object per article", lost=True),)
    )


def _joined(outcomes: Iterator[Outcome]) -> Outcome:
    tellings: list[Read] = []
    problems: list[Problem] = []
    for outcome in outcomes:
        tellings.extend(outcome.tellings)
        problems.extend(outcome.problems)
    return Outcome(tuple(tellings), tuple(problems))
