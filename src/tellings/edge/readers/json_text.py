"""JSON and JSON Lines: one telling per object, under whichever of the common field names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any, BinaryIO

from tellings.edge.readers.archives.streams import Again, forward
from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.decode import NotTextError, decode
from tellings.edge.readers.fields import OtherDays, flattened, names_of
from tellings.edge.readers.html import read_html
from tellings.edge.readers.kinds import MOST, REMEDY
from tellings.edge.readers.ours import written_by_us
from tellings.edge.readers.plain import date_line, language_code, plain_view, read_head
from tellings.edge.readers.telling import (
    LONGEST_TELLING,
    NO_DATE,
    Metadata,
    Outcome,
    Read,
    bad_date,
    empty,
    joined,
    too_large,
    too_long,
)
from tellings.model.records import Attested, DocumentDate, Problem

#: The most that a line may have (bytes): a telling as long as one may be, each character written as two escapes.
_LONGEST_LINE = 12 * LONGEST_TELLING + 4_000_000
#: Lines of one file that are named one by one where they are lost, and shown where something is noted of them.
_NAMED, _SHOWN = 1000, 5
#: Objects around a list of articles.
_DEEPEST_LIST = 3
#: How services end a text that they cut.
_CUT = re.compile(r"\[\+(?P<number>\d{1,9}) chars\]\s*\Z")
_WEB = re.compile(r"https?://", re.IGNORECASE)

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
        value = json.loads(content.lstrip("\ufeff"))
    except RecursionError:
        return Outcome(problems=(_malformed(name, "nested too deeply"),))
    except ValueError as error:
        first_line = content.lstrip("\ufeff \t\r\n").partition("\n")[0]
        if _is_object(first_line):
            return read_json_lines(name, BytesIO(content.encode("utf-8", "surrogatepass")))
        return Outcome(problems=(_malformed(name, _reason(error)),))
    if written_by_us(value):
        return Outcome(ours=(name,))
    listed = _articles(value)
    if listed is None:
        return _read_entry(name, value, OtherDays())
    if not listed:
        return Outcome(problems=(empty(name),))
    days = OtherDays()
    outcomes = [_read_entry(f"{name}#{number}", entry, days) for number, entry in enumerate(listed, start=1)]
    return joined([*outcomes, Outcome(problems=days.told(name))])


#: What may stand before and behind a JSON value, and how much of it is looked at (bytes).
_SPACE, _EDGE = b"\xef\xbb\xbf \t\r\n", 1_000


def read_json_lines(name: str, stream: BinaryIO) -> Outcome:
    """The tellings of JSON Lines, one line at a time; a line that cannot be read is named, the others are kept.

    An array of objects, or one object over several lines, under the name .jsonl is read as JSON.
    """
    begun = stream.readline(_LONGEST_LINE)
    first, last = begun[:_EDGE].lstrip(_SPACE), begun[-_EDGE:].rstrip(_SPACE)
    if first.startswith(b"[") or (first.startswith(b"{") and not last.endswith(b"}")):
        begun += stream.read(MOST["json"] + 1 - len(begun))
        if len(begun) <= MOST["json"] and _is_whole(begun):
            return read_json(name, begun.decode("utf-8"))
    outcome = _Lines(name, forward(Again(begun, stream))).outcome()
    return outcome if outcome != Outcome() else Outcome(problems=(empty(name),))


class _Lines:
    """JSON Lines as they are read: what each gives, and what is told of many of them in one."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self._name = name
        self._stream = stream
        self._guessed: str | None = None  # the encoding that was guessed for an earlier line
        self._notes: dict[str, list[int]] = {}  # what was noted of encodings → the lines
        self._named = 0  # lines that were lost and named
        self._days = OtherDays()
        self._is_cut = False
        self._lost: list[int] = []  # the first and the last of those lost beyond them

    def outcome(self) -> Outcome:
        """What all lines give."""
        outcomes = [self._kept(number, self._read(number, line)) for number, line in self._numbered()]
        problems = []
        for note, lines in self._notes.items():
            told = f"{note} (line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:_SHOWN]))}"
            told += f" and {len(lines) - _SHOWN} more)" if len(lines) > _SHOWN else ")"
            problems.append(Problem(self._name, "encoding", told, "save it as UTF-8 if characters look wrong", False))
        if self._is_cut:
            problems.append(too_large(self._name, MOST["jsonl"], REMEDY["jsonl"]))
        if self._lost:
            problems.append(_malformed(self._name, f"more lines, from {self._lost[0]} to {self._lost[-1]}"))
        return joined([*outcomes, Outcome(problems=(*problems, *self._days.told(self._name)))])

    def _numbered(self) -> Iterator[tuple[int, bytes | None]]:
        """Each line with its number; `None` for one that is longer than any may be, which is passed over."""
        # Only U+000A ends a line: U+2028 and the like may stand inside a JSON string.
        number, taken = 0, 0
        while line := self._stream.readline(_LONGEST_LINE + 1):
            number, whole, taken = number + 1, len(line) <= _LONGEST_LINE, taken + len(line)
            yield number, line if whole else None
            while not whole and taken <= MOST["jsonl"] and not line.endswith(b"\n"):
                line = self._stream.readline(_LONGEST_LINE)
                taken += len(line)
                whole = not line
            if taken > MOST["jsonl"]:
                self._is_cut = True
                return

    def _read(self, number: int, line: bytes | None) -> Outcome:
        place = f"{self._name}#{number}"
        if line is None:
            return Outcome(problems=(too_large(place, _LONGEST_LINE, "take it out, or shorten it"),))
        try:
            content = self._decoded(number, line).strip().lstrip("\ufeff")
            return _read_entry(place, json.loads(content), self._days) if content else Outcome()
        except NotTextError as error:
            remedy = "save it as UTF-8 text, or take it out"
            return Outcome(problems=(Problem(place, "malformed", f"line {number}: {error}", remedy, lost=True),))
        except RecursionError:
            return Outcome(problems=(_malformed(place, f"line {number} is nested too deeply"),))
        except json.JSONDecodeError as error:
            return Outcome(problems=(_malformed(place, f"line {number}, column {error.colno}: {error.msg}"),))
        except ValueError as error:
            return Outcome(problems=(_malformed(place, f"line {number}: {error}"),))

    def _decoded(self, number: int, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            found = decode(line, guess=self._guessed)
        self._guessed = found.encoding if found.guessed else self._guessed
        if found.note:
            self._notes.setdefault(found.note, []).append(number)
        return found.content

    def _kept(self, number: int, outcome: Outcome) -> Outcome:
        """`outcome`; of very many lines that are lost, the later ones are told of in one."""
        if not any(problem.lost for problem in outcome.problems):
            return outcome
        self._named += 1
        if self._named <= _NAMED:
            return outcome
        self._lost = [*self._lost[:1], number]
        return Outcome()


def _read_entry(name: str, value: Any, days: OtherDays) -> Outcome:
    if not isinstance(value, dict):
        message = f"{_kind(value)}, not an object"
        return Outcome(problems=(Problem(name, "malformed", message, "write one JSON object per article", lost=True),))
    if written_by_us(value):
        return Outcome(ours=(name,))
    inner = value.get("_source")  # what Elasticsearch puts around it
    return read_object(name, inner if isinstance(inner, dict) else value, days)


def read_object(name: str, entry: Mapping[str, Any], days: OtherDays) -> Outcome:
    """The one telling of an object that has the fields of an article; `days` notes those of one without a date."""
    fields = flattened(entry)
    text = next((found for key in names_of("text") if (found := as_text(fields.get(key)))), None)
    page = next(
        (found for key in names_of("page") if isinstance(found := fields.get(key), str) and found.strip()), None
    )
    if text is None and page is None:
        return Outcome(problems=(_without_text(name, fields),))
    content = text or page or ""
    if len(content) > LONGEST_TELLING:
        return Outcome(problems=(too_long(name, len(content)),))
    metadata, problems = _metadata(name, fields)
    if text is None or _MARKUP.search(text):
        outcome = read_html(name, content, fragment=text is not None)
        if not outcome.tellings:
            return outcome
        read = outcome.tellings[0]
        metadata = metadata.over(read.metadata)
        outcome = Outcome((replace(read, metadata=metadata),), (*problems, *outcome.problems))
    else:
        view, view_problems = plain_view(name, text)
        if not view.text.strip():
            return Outcome(problems=(empty(name),))
        if metadata.date is NO_DATE:
            head, head_problems = read_head(name, view.text)
            metadata = metadata.over(head).over(Metadata(date_line(view.text)))
            problems = (*problems, *head_problems)
        outcome = Outcome((Read(name, "text/plain", view, metadata),), (*problems, *view_problems))
    if metadata.date.rule == NO_DATE.rule:
        days.note(fields)
    if cut := _CUT.search(content):
        outcome = replace(outcome, problems=(*outcome.problems, _extract(name, int(cut["number"]))))
    return outcome


def _extract(name: str, more: int) -> Problem:
    """A text that the service which gave it has cut."""
    message = f"the text is an extract: {more:,} more characters of it are not in the file"
    return Problem(name, "left-out", message, "get the article itself", lost=False)


def _without_text(name: str, fields: Mapping[str, Any]) -> Problem:
    """Why an object gives no telling: no field of text, one of another kind, or an empty one."""
    given = [key for key in names_of("text") if key in fields]
    filled = [key for key in given if not _is_nothing(fields[key]) and not isinstance(fields[key], str)]
    if given and not filled:
        return empty(name)
    message = "no field holds the text of an article"
    if filled:
        message = f"its {filled[0]} is {_kind(fields[filled[0]])}, which is no text"
    return Problem(name, "malformed", message, "name the field text, body, content or articleBody", lost=True)


def _metadata(name: str, fields: Mapping[str, Any]) -> tuple[Metadata, tuple[Problem, ...]]:
    date = NO_DATE
    problems: list[Problem] = []
    for key in names_of("date"):
        value = fields.get(key)
        if isinstance(value, dict) and "date-parts" in value:  # CSL JSON
            value = _date_parts(value["date-parts"])
        if _is_nothing(value):
            continue
        if not isinstance(value, str | int | float):
            problems.append(bad_date(name, f"json {key}", f"it is {_kind(value)}, which is no date"))
            continue
        evidence = f"json {key} {value}"[:100]
        try:
            date = DocumentDate(parse_date(value), evidence, "json-field")
        except DateError as error:
            date = DocumentDate(None, f"{evidence} (refused: {error})", "refused")
            problems.append(bad_date(name, f"json {key}", error))
        break

    def told(
        keys: tuple[str, ...], read: Callable[[Any], str] = _as_name, *, web: bool | None = None
    ) -> Attested | None:
        for key in keys:
            value = read(fields.get(key))
            # Under "source" some write the outlet and some the address.
            if value and (key != "source" or web is None or bool(_WEB.match(value)) is web):
                return Attested(value, f"json {key}")
        unread = next((key for key in keys if not _is_nothing(fields.get(key)) and not read(fields[key])), None)
        if unread is not None:
            message = f"its {unread} is {_kind(fields[unread])}, which cannot be read"
            problems.append(Problem(name, "malformed", message, "write it as text", lost=False))
        return None

    language = told(names_of("language"))
    metadata = Metadata(
        date,
        title=told(names_of("title")),
        publisher=told(names_of("publisher"), web=False),
        author=told(names_of("author")),
        url=told(names_of("url"), _as_address, web=True),
        language=language_code(language.value) if language else "en",
    )
    return metadata, tuple(problems)


def _date_parts(value: Any) -> str:
    """The day of "date-parts" of CSL JSON; empty where it is no whole day."""
    first = value[0] if isinstance(value, list) and value else None
    if isinstance(first, list) and len(first) == 3 and all(isinstance(part, int | str) for part in first):
        return "-".join(str(part) for part in first)
    return ""


def _as_name(value: Any) -> str:
    """A name from a string, an object with a name, or a list of either; empty where there is none."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return _as_name(next((value[key] for key in names_of("names") if isinstance(value.get(key), str)), ""))
    if isinstance(value, list):
        return ", ".join(name for entry in value[:50] if not isinstance(entry, list) and (name := _as_name(entry)))
    return ""


def _as_address(value: Any) -> str:
    """An address as `_as_name` gives a name; of several, the first."""
    return _as_name(next(iter(value), None) if isinstance(value, list) else value)


def _is_nothing(value: Any) -> bool:
    """Whether a value says nothing; a number, even 0, says something."""
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)


def _kind(value: Any) -> str:
    """What a JSON value is, in words."""
    kinds = {str: "a string", list: "a list", dict: "an object", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def as_text(value: Any) -> str | None:
    """The text of a string or of a list of paragraphs; `None` where there is none."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
        return "\n\n".join(value) if any(entry.strip() for entry in value) else None
    return None


def _articles(value: Any, depth: int = 0) -> list[Any] | None:
    """The list of articles that a value is or holds; `None` where there is none."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for key in names_of("lists"):
            entries = value.get(key)
            if isinstance(entries, list) and any(isinstance(entry, dict) for entry in entries):
                return entries
        for key in names_of("around"):
            inner = value.get(key) if depth < _DEEPEST_LIST else None
            if isinstance(inner, dict) and (found := _articles(inner, depth + 1)) is not None:
                return found
    return None


def _is_whole(content: bytes) -> bool:
    """Whether it is one value of JSON, and that an array or an object."""
    try:
        return isinstance(json.loads(content.decode("utf-8-sig")), (list, dict))
    except (ValueError, RecursionError):
        return False


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
