"""What a person decided, kept in a file of JSON Lines that one can read and undo.

    {"kind": "same", "a": "monday.txt", "b": "tuesday.txt"}
    {"kind": "not the same thing", "a": "monday.txt@120", "b": "tuesday.txt@88"}

The first two kinds are of articles (one story or not), the third of values, each by the name of its article and the
place where it begins.

Evidence is found anew each time; decisions stay until they are taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from tellings.across.stories import Decision


class DecisionsError(ValueError):
    """A file of decisions, or of known stories, cannot be read or written; the message names it and the remedy."""


Kind = Literal["same", "apart", "not the same thing"]
_KINDS: tuple[Kind, ...] = get_args(Kind)
_FORM = f'A line is {{"kind": {" or ".join(map(repr, _KINDS))}, "a": …, "b": …}}.'.replace("'", '"')


@dataclass(frozen=True, slots=True)
class Decided:
    """One line of the file."""

    kind: Kind
    a: str
    b: str


def changed(
    path: Path, said: Mapping[Kind, Iterable[tuple[str, str]]], undo: Iterable[tuple[str, str]] = ()
) -> tuple[Decided, ...]:
    """The decisions in `path` after these changes, which are written there; the last word on two things holds.

    Raises:
        DecisionsError: the file is no such file, or cannot be written.
    """
    held = {frozenset((each.a, each.b)): each for each in read(path)} if path.exists() else {}
    before = dict(held)
    for a, b in undo:
        held.pop(frozenset((a, b)), None)
    for kind, pairs in said.items():
        for a, b in pairs:
            held[frozenset((a, b))] = Decided(kind, a, b)
    if held != before:
        lines = "".join(
            json.dumps({"kind": each.kind, "a": each.a, "b": each.b}, ensure_ascii=False) + "\n"
            for each in held.values()
        )
        try:
            path.write_text(lines, encoding="utf-8")
        except OSError as error:
            raise DecisionsError(f"cannot write {path}: {error.strerror or error}. Choose another file.") from error
    return tuple(held.values())


def read(path: Path) -> tuple[Decided, ...]:
    """The decisions in `path`. Raises DecisionsError, naming the line."""
    found = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            told: Any = json.loads(line)
            kind, a, b = told["kind"], str(told["a"]), str(told["b"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise DecisionsError(f"{path}, line {number}: no decision. {_FORM}") from error
        if kind not in _KINDS:
            raise DecisionsError(f"{path}, line {number}: {kind!r} is no kind of decision. {_FORM}")
        found.append(Decided(kind, a, b))
    return tuple(found)


def of_stories(decided: Iterable[Decided]) -> tuple[Decision, ...]:
    """What was decided of articles."""
    return tuple(Decision(each.kind, each.a, each.b) for each in decided if each.kind != "not the same thing")


def of_values(decided: Iterable[Decided]) -> tuple[tuple[str, str], ...]:
    """What was decided of values, as pairs of "NAME@PLACE"."""
    return tuple((each.a, each.b) for each in decided if each.kind == "not the same thing")


def known_stories(path: Path) -> dict[str, str]:
    """telling id → story id of an earlier output of `tellings stories --format json`. Raises DecisionsError."""
    try:
        told = json.loads(_text(path))
        return {str(member["id"]): str(story["id"]) for story in told for member in story["tellings"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DecisionsError(
            f"{path}: no output of tellings stories. Make it with: tellings stories PATH… --format json"
        ) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DecisionsError(f"cannot read {path}: {error}") from error
