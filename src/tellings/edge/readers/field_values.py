"""What values of fields are: a text, a name, an address, a day. They come from JSON, from cells and from columns."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.escaped import meant_markup
from tellings.edge.readers.fields import names_of, normal

#: Names, parts and entries of a list that are looked at, and how deep they may lie.
_MOST, _DEEPEST = 200, 4
#: A list or an object that a program wrote into a cell is no longer than this (characters).
_LONGEST_WRITTEN = 5_000
#: Numbers below this (seconds since 1970, so before March 1973) may be years, days since 1900 or anything.
_FEWEST_SECONDS = 100_000_000
#: How MongoDB writes dates and numbers into JSON (Extended JSON).
_OF_MONGO = frozenset({"$date", "$numberLong", "$numberInt", "$numberDouble"})
_LETTER = re.compile(r"[^\W\d_]")
_MARKUP = re.compile(
    r"</?(?:p|div|br|span|a|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|figure|figcaption|img|em|strong|b|i|u|sub|sup|table|tr|td|th|pre"
    r"|code|hr|section|article|html|body)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A text as a field has it, and whether it is HTML."""

    text: str
    is_html: bool


def is_nothing(value: Any) -> bool:
    """Whether a value says nothing; a number, even 0, says something."""
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)


def kind_of_value(value: Any) -> str:
    """What a value is, in words."""
    kinds = {str: "a string", list: "a list", dict: "an object", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


# ---- texts -------------------------------------------------------------------------------


def as_text(value: Any, name: str = "") -> Written | None:
    """The text of a string with a letter, a list of paragraphs, a list of texts with their kinds, or an article in
    parts; `None` where there is none. A field whose `name` ends in "html" holds HTML."""
    if isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
        value = "\n\n".join(value)
    if isinstance(value, str):
        return _written(value, name) if _LETTER.search(value) else None
    if isinstance(value, list):
        return _chosen([entry for entry in value if isinstance(entry, dict)])
    if isinstance(value, dict):
        return _joined(value)
    return None


def holds_markup(text: str) -> bool:
    """Whether a text is HTML, by its tags."""
    return _MARKUP.search(text) is not None


def _written(text: str, name: str) -> Written:
    if not holds_markup(text) and (meant := meant_markup(text)):
        return Written(meant, is_html=True)
    return Written(text, name.endswith("html") or holds_markup(text))


def _chosen(entries: Sequence[Mapping[str, Any]]) -> Written | None:
    """Of one text in several forms (ninjs 2 "bodies") that with mark-up, else the longest."""
    found = []
    for entry in entries[:_MOST]:
        fields = {normal(key): value for key, value in entry.items()}
        kind = next((str(fields[key]) for key in names_of("types") if fields.get(key)), "")
        for key in names_of("texts"):
            if isinstance(value := fields.get(key), str) and value.strip():
                main = any(fields.get(role) in names_of("main_roles") for role in names_of("roles"))
                is_html = "html" in kind or key.endswith("html") or holds_markup(value)
                found.append((main, is_html, len(value), value))
                break
    if not found:
        return None
    _, is_html, _, text = max(found)
    return Written(text, is_html)


def _joined(value: Mapping[str, Any]) -> Written | None:
    """An article in parts: paragraphs under their headings (fundus), or the posts of a live blog (the Guardian)."""
    posts = value.get("body")
    if isinstance(posts, list):
        written = [found for post in posts[:_MOST] if isinstance(post, dict) and (found := _chosen([post]))]
        if written:
            return Written("\n\n".join(each.text for each in written), any(each.is_html for each in written))
    paragraphs = [each for each in _parts(value, 0) if each.strip()]
    return _written("\n\n".join(paragraphs), "") if paragraphs else None


def _parts(value: Any, depth: int) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif depth < _DEEPEST and isinstance(value, list):
        for entry in value:
            yield from _parts(entry, depth + 1)
    elif depth < _DEEPEST and isinstance(value, dict):
        for key in names_of("parts"):
            yield from _parts(value.get(key), depth + 1)


# ---- names -------------------------------------------------------------------------------


def as_name(value: Any, depth: int = 0) -> str:
    """A name from a string, an object with a name or its parts, or a list of such; empty where there is none. Of
    headlines in several roles it is the main one."""
    if isinstance(value, str):
        return as_name(_unpacked(value), depth) if _is_packed(value) else value.strip()
    if depth > _DEEPEST:
        return ""
    if isinstance(value, dict):
        fields = {normal(key): inner for key, inner in value.items()}
        parts = [
            next((fields[key] for key in names_of(what) if isinstance(fields.get(key), str)), "")
            for what in ("given_names", "family_names")
        ]
        if any(parts):
            return " ".join(part.strip() for part in parts if part.strip())
        return as_name(
            next((value[key] for key in names_of("names") if isinstance(value.get(key), str)), ""), depth + 1
        )
    if isinstance(value, list):
        entries = value[:_MOST]
        main = [each for each in entries if isinstance(each, dict) and each.get("role") in names_of("main_roles")]
        return ", ".join(
            name for each in main[:1] or entries if not isinstance(each, list) and (name := as_name(each, depth + 1))
        )
    return ""


def as_address(value: Any) -> str:
    """An address as `as_name` gives a name; of several, the first."""
    if isinstance(value, str) and _is_packed(value):
        value = _unpacked(value)
    return as_name(next(iter(value), None) if isinstance(value, list) else value)


def _is_packed(value: str) -> bool:
    """Whether a string may be a list or an object that a program wrote into a cell: "['Ada Quill', 'Rolf Ash']"."""
    inner = value.strip()
    return len(inner) <= _LONGEST_WRITTEN and inner[:1] + inner[-1:] in ("[]", "{}") and len(inner) > 1


def _unpacked(value: str) -> Any:
    """The list or object that a cell holds as JSON or as Python writes it; the words in it where it is neither."""
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(value.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
        if isinstance(found, list | dict):
            return found
    return [value.strip()[1:-1]] if not _is_packed(value.strip()[1:-1]) else []


# ---- days --------------------------------------------------------------------------------


def day_of(value: Any) -> date:
    """The day that a value names: a string, seconds since 1970, eight digits, "date-parts" of CSL JSON, a date as
    MongoDB exports it, or a list of one of these.

    Raises:
        DateError: it is none, or may be several.
    """
    for _ in range(_DEEPEST):
        if isinstance(value, list) and len(value) == 1:
            (value,) = value
        elif isinstance(value, dict) and len(value) == 1 and (key := next(iter(value))) in _OF_MONGO:
            value = value[key]
    if isinstance(value, dict) and "date-parts" in value:
        return parse_date(_date_parts(value["date-parts"]))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise DateError(f"it is {kind_of_value(value)}, which is no date")
    if not isinstance(value, str) and abs(value) < _FEWEST_SECONDS:
        if value == int(value) and len(str(int(value))) == 8:
            return parse_date(str(int(value)))
        raise DateError(f"{value!r} may be many things; a day is written YYYY-MM-DD")
    return parse_date(value)


def _date_parts(value: Any) -> str:
    """The day of "date-parts" of CSL JSON. Raises DateError where that is no whole day."""
    first = value[0] if isinstance(value, list) and value else None
    if isinstance(first, list) and len(first) == 3 and all(isinstance(part, int | str) for part in first):
        return "-".join(str(part) for part in first)
    raise DateError("it names no whole day")
