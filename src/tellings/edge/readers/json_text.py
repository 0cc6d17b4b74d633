"""JSON and JSON Lines: one telling per object, under whichever of the common field names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, BinaryIO

from tellings.edge.readers.annotations import annotations_in, annotations_of
from tellings.edge.readers.archives.streams import Again, forward
from tellings.edge.readers.decode import NotTextError, decode
from tellings.edge.readers.feed_items import Items, is_json_feed, told_of_json_feed
from tellings.edge.readers.field_values import kind_of_value
from tellings.edge.readers.fields import names_of
from tellings.edge.readers.kinds import MOST, REMEDY
from tellings.edge.readers.ours import written_by_us
from tellings.edge.readers.rows import SAMPLE, Reading, Rows
from tellings.edge.readers.telling import LONGEST_TELLING, Outcome, empty, joined, too_large
from tellings.model.counted import count
from tellings.model.records import Problem

#: The most that a line may have (bytes): a telling as long as one may be, each character written as two escapes.
_LONGEST_LINE = 12 * LONGEST_TELLING + 4_000_000
#: Between values of JSON (RFC 8259, 2), and the mark before each of a sequence (RFC 7464).
_SPACES = re.compile(r"[ \t\r\n\x1e]*")
#: What may stand before and behind a JSON value, and how much of it is looked at (bytes).
_SPACE, _EDGE = b"\xef\xbb\xbf \t\r\n", 1_000
#: How much is read of the first lines to tell what their fields hold (bytes).
_MOST_OF_SAMPLE = 2_000_000
#: Lines that are shown where something is noted of them.
_SHOWN = 5
#: Objects around a list of articles.
_DEEPEST_LIST = 3
#: How deep values may be nested in what Python cannot read as it stands: no article is.
_DEEPEST = 100
#: Strings, whole or to the end, and what begins and ends a value in another.
_NESTING = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
#: What to do where JSON is damaged.
_CORRECT, _THE_REST = "correct it", "correct this place; the rest is read"


def read_json(name: str, content: str, reading: Reading) -> Outcome:
    """The tellings of a JSON file: an object, an array of objects, or an object with `articles`; the items of a JSON
    Feed.

    A file of several JSON lines under the name .json is read as JSON Lines, objects one behind the other as a list.
    """
    try:
        value = _value(content.lstrip("\ufeff"))
    except RecursionError:
        if (shallow := _shallow(content)) == content:
            return Outcome(problems=(_malformed(name, "nested too deeply", whole=True),))
        return joined([read_json(name, shallow, reading), _cut_short(name)])
    except json.JSONDecodeError as error:
        first_line = content.lstrip("\ufeff \t\r\n").partition("\n")[0]
        if _is_object(first_line):
            return read_json_lines(name, BytesIO(content.encode("utf-8", "surrogatepass")), reading)
        if (value := _sequence(content)) is None:
            if not (whole := _before_the_cut(content)):
                return Outcome(problems=(_malformed(name, _reason(error), whole=True),))
            return _cut_off(name, read_json(name, json.dumps(whole), reading), len(whole), error)
    if written_by_us(value):
        return Outcome(ours=(name,))
    if is_json_feed(value):
        return _read_json_feed(name, value, reading)
    listed = _articles(value)
    if listed is not None and not listed:
        return Outcome(problems=(empty(name),))
    objects = _objects([value] if listed is None else listed)
    if problem := annotations_of(name, annotations_in(value) or objects):
        return Outcome(problems=(problem,))
    rows = Rows(name, "json", reading, objects[:SAMPLE])
    if rows.refused:
        return Outcome(problems=rows.told())
    if listed is None:
        outcomes = [_read_entry(name, value, rows, "the object")]
    else:
        outcomes = [
            _read_entry(f"{name}#{number}", entry, rows, f"entry {number}")
            for number, entry in enumerate(listed, start=1)
        ]
    return joined([*outcomes, Outcome(problems=rows.told())])


def _read_json_feed(name: str, feed: dict[str, Any], reading: Reading) -> Outcome:
    """The items of a JSON Feed (jsonfeed.org, 1.1), each once."""
    entries = feed["items"]
    rows = Rows(name, "json", reading, _objects(entries)[:SAMPLE])
    if rows.refused:
        return Outcome(problems=rows.told())
    told, items = told_of_json_feed(feed), Items(name)
    for number, entry in enumerate(entries, start=1):
        item = str(entry.get("id") or entry.get("url") or "") if isinstance(entry, dict) else ""
        items.add(number, _read_entry(f"{name}#{number}", entry, rows, f"item {number}", told=told, item=item or None))
    return joined([items.outcome(), Outcome(problems=rows.told())])


def _objects(entries: Sequence[Any]) -> list[dict[str, Any]]:
    """What can be articles of `entries`."""
    return [_inner(entry) for entry in entries if isinstance(entry, dict)]


def read_lines(name: str, content: str, reading: Reading) -> Outcome:
    """The tellings of JSON Lines whose characters are there."""
    return read_json_lines(name, BytesIO(content.encode()), reading)


def read_json_lines(name: str, stream: BinaryIO, reading: Reading) -> Outcome:
    """The tellings of JSON Lines, one line at a time; a line that cannot be read is named, the others are kept.

    An array of objects, or one object over several lines, under the name .jsonl is read as JSON.
    """
    begun = stream.readline(_LONGEST_LINE)
    first, last = begun[:_EDGE].lstrip(_SPACE), begun[-_EDGE:].rstrip(_SPACE)
    if first.startswith(b"[") or (first.startswith(b"{") and not last.endswith(b"}")):
        begun += stream.read(MOST["json"] + 1 - len(begun))
        if len(begun) <= MOST["json"] and _is_whole(begun):
            return read_json(name, begun.decode("utf-8"), reading)
    begun = _begun(begun, stream)
    sample = _sampled(begun)
    if problem := annotations_of(name, sample, whole=len(sample) < SAMPLE):
        return Outcome(problems=(problem,))
    rows = Rows(name, "json", reading, sample)
    if rows.refused:
        return Outcome(problems=rows.told())
    outcome = _Lines(name, forward(Again(begun, stream)), rows).outcome()
    return outcome if outcome != Outcome() else Outcome(problems=(empty(name),))


def _begun(first: bytes, stream: BinaryIO) -> bytes:
    """The first lines, of which `first` was read: as many as are looked at."""
    lines, taken = [first], len(first)
    while len(lines) < SAMPLE and taken < _MOST_OF_SAMPLE and (line := stream.readline(_MOST_OF_SAMPLE)):
        lines.append(line)
        taken += len(line)
    return b"".join(lines)


def _sampled(begun: bytes) -> list[dict[str, Any]]:
    """The objects of the first lines, as far as they can be read."""
    found: list[dict[str, Any]] = []
    for line in begun[:_MOST_OF_SAMPLE].split(b"\n", SAMPLE)[:SAMPLE]:
        try:
            value, _ = _value_or_less(line.decode("utf-8", errors="replace").strip().lstrip("\ufeff") or "null")
        except (ValueError, RecursionError):
            continue
        found += _objects([value])
    return found


class _Lines:
    """JSON Lines as they are read: what each gives, and what is told of many of them in one."""

    def __init__(self, name: str, stream: BinaryIO, rows: Rows) -> None:
        self._name = name
        self._stream = stream
        self._rows = rows
        self._guessed: str | None = None  # the encoding that was guessed for an earlier line
        self._notes: dict[str, list[int]] = {}  # what was noted of encodings → the lines
        self._is_cut = False

    def outcome(self) -> Outcome:
        """What all lines give."""
        outcomes = [self._read(number, line) for number, line in self._numbered()]
        problems = []
        for note, lines in self._notes.items():
            told = f"{note} (line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:_SHOWN]))}"
            told += f" and {len(lines) - _SHOWN} more)" if len(lines) > _SHOWN else ")"
            problems.append(Problem(self._name, "encoding", told, "save it as UTF-8 if characters look wrong", False))
        if self._is_cut:
            problems.append(too_large(self._name, MOST["jsonl"], REMEDY["jsonl"]))
        found = joined([*outcomes, Outcome(problems=(*problems, *self._rows.told()))])
        if found.tellings:
            return found
        # There is no rest.
        corrected = (replace(each, remedy=_CORRECT) if each.remedy == _THE_REST else each for each in found.problems)
        return replace(found, problems=tuple(corrected))

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
            problem = too_large(place, _LONGEST_LINE, "take it out, or shorten it")
            return self._rows.kept(place, Outcome(problems=(problem,)))
        try:
            content = self._decoded(number, line).strip().lstrip("\ufeff")
            value, cut = _value_or_less(content) if content else (None, False)
        except NotTextError as error:
            remedy = "save it as UTF-8 text, or take it out"
            problem = Problem(place, "malformed", f"line {number}: {error}", remedy, lost=True)
        except RecursionError:
            problem = _malformed(place, f"line {number} is nested too deeply")
        except json.JSONDecodeError as error:
            problem = _malformed(place, f"line {number}, column {error.colno}: {error.msg}")
        else:
            if not content:
                return Outcome()
            outcome = _read_entry(place, value, self._rows, f"line {number}")
            return joined([outcome, _cut_short(place)]) if cut else outcome
        return self._rows.kept(place, Outcome(problems=(problem,)))

    def _decoded(self, number: int, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            found = decode(line, guess=self._guessed)
        self._guessed = found.encoding if found.guessed else self._guessed
        if found.note:
            self._notes.setdefault(found.note, []).append(number)
        return found.content


def _read_entry(name: str, value: Any, rows: Rows, place: str, **beside: Any) -> Outcome:
    if not isinstance(value, dict):
        message = f"{kind_of_value(value)}, not an object"
        problem = Problem(name, "malformed", message, "write one JSON object per article", lost=True)
        return rows.kept(name, Outcome(problems=(problem,)))
    if written_by_us(value):
        return Outcome(ours=(name,))
    return rows.read(name, place, _inner(value), **beside)


def _inner(value: dict[str, Any]) -> dict[str, Any]:
    """An object without what Elasticsearch puts around it."""
    inner = value.get("_source")
    return inner if isinstance(inner, dict) else value


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
    """Whether it is one value of JSON, and that an array or an object; or objects one behind the other."""
    try:
        decoded = content.decode("utf-8-sig")
        return isinstance(_value_or_less(decoded)[0], (list, dict))
    except UnicodeDecodeError:
        return False
    except (ValueError, RecursionError):
        return _sequence(decoded) is not None


def _sequence(content: str) -> list[Any] | None:
    """The objects that stand one behind the other, as programs print them; `None` where there is anything else."""
    found = []
    place = _SPACES.match(content, 1 if content.startswith("\ufeff") else 0).end()  # type: ignore[union-attr]
    while place < len(content):
        try:
            value, place = _DECODER.raw_decode(content, place)
        except (ValueError, RecursionError):
            return None
        if not isinstance(value, dict):
            return None
        found.append(value)
        place = _SPACES.match(content, place).end()  # type: ignore[union-attr]
    return found if len(found) > 1 else None


def _before_the_cut(content: str) -> list[dict[str, Any]]:
    """The whole objects that a list begins with which is never ended; none where it is damaged otherwise."""
    found = []
    place = _SPACES.match(content, 1 if content.startswith("\ufeff") else 0).end()  # type: ignore[union-attr]
    if not content.startswith("[", place):
        return []
    while content[place : place + 1] in ("[", ","):
        place = _SPACES.match(content, place + 1).end()  # type: ignore[union-attr]
        try:
            value, place = _DECODER.raw_decode(content, place)
        except (ValueError, RecursionError):
            break
        if not isinstance(value, dict):
            return []
        found.append(value)
        place = _SPACES.match(content, place).end()  # type: ignore[union-attr]
    return found


def _cut_off(name: str, outcome: Outcome, entries: int, error: json.JSONDecodeError) -> Outcome:
    """What was read of a list of which only the first entries are whole, with a note that says so."""
    message = f"{_reason(error)}; its first {count(entries, 'entry')} can be read"
    problem = Problem(name, "malformed", message, "get it once more", lost=True)
    return Outcome(outcome.tellings, (*outcome.problems, problem), outcome.ours)


def _is_object(line: str) -> bool:
    try:
        return isinstance(_value(line), dict)
    except (ValueError, RecursionError):
        return False


def _reason(error: json.JSONDecodeError) -> str:
    return f"line {error.lineno}, column {error.colno}: {error.msg}"


def _malformed(name: str, reason: str, *, whole: bool = False) -> Problem:
    """What is no JSON: one line of a file, or the `whole` of it."""
    return Problem(name, "malformed", f"no JSON: {reason}", _CORRECT if whole else _THE_REST, lost=True)


def _cut_short(name: str) -> Outcome:
    """That not all was read of what is nested without end."""
    message = f"what is nested more than {_DEEPEST} deep in it is not read"
    return Outcome(
        problems=(Problem(name, "left-out", message, "nothing to do, unless it belongs to the article", False),)
    )


def _number(digits: str) -> float:
    """A whole number; one of thousands of digits, which is none that anybody means, as one without end."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


_DECODER = json.JSONDecoder(parse_int=_number)


def _value(content: str) -> Any:
    """The value that JSON has. Raises ValueError, RecursionError."""
    return _DECODER.decode(content)


def _value_or_less(content: str) -> tuple[Any, bool]:
    """The value that JSON has, without what is nested too deeply, and whether there is such. Raises ValueError,
    RecursionError."""
    try:
        return _value(content), False
    except RecursionError:
        return _value(_shallow(content)), True


def _shallow(content: str) -> str:
    """JSON with nothing ("null") in place of each value that is nested too deeply and comes to an end."""
    pieces: list[str] = []
    done = begun = depth = 0
    for token in _NESTING.finditer(content):
        kind = token[0][0]
        if kind in "[{":
            depth += 1
            if depth == _DEEPEST + 1:
                begun = token.start()
        elif kind in "]}":
            if depth == _DEEPEST + 1:
                pieces += [content[done:begun], "null"]
                done = token.end()
            depth -= 1
    return "".join([*pieces, content[done:]])
