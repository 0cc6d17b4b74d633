"""What a person decided, kept in a file of JSON Lines that one can read and undo.

    {"kind": "same", "a": ID, "b": ID}
    {"kind": "apart", "a": ID, "b": ID}
    {"kind": "not the same thing", "a": {"telling": ID, "start": 120, "end": 123}, "b": …}
    {"kind": "the same thing", "a": {"telling": ID, "start": 120, "end": 123}, "b": …}

The first two kinds are of articles (one story or not), by their ids; the others are of values, by the id of their
article and their span in its text, in code points; the page of a record writes them, too. So a decision outlives a new
name or place of the files.

Evidence is found anew each time; decisions stay until they are taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tellings.edge.saving import save
from tellings.model.identity import is_document_id
from tellings.model.records import Place, StoryDecision, ValueDecision
from tellings.model.text import Span


class DecisionsError(ValueError):
    """A file of decisions, or of known stories, cannot be read or written; the message names it and the remedy."""


Decision = StoryDecision | ValueDecision

#: Kinds of decisions about values → whether they are said to be of one thing.
_OF_VALUES = {"not the same thing": False, "the same thing": True}
_FORM = (
    'A line is {"kind": "same" or "apart", "a": ID, "b": ID}, or '
    '{"kind": "not the same thing" or "the same thing", "a": {"telling": ID, '
    '"start": …, "end": …}, "b": …}.'
)


def read(path: Path) -> tuple[Decision, ...]:
    """The decisions in `path`. Raises DecisionsError, naming the line."""
    found = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_decision(json.loads(line)))
        except DecisionsError as error:
            raise DecisionsError(f"{path}, line {number}: {error}") from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise DecisionsError(f"{path}, line {number}: no decision. {_FORM}") from error
    return tuple(found)


def write(path: Path, decisions: Iterable[Decision]) -> None:
    """Write `decisions` to `path`, one a line, all of them or none. Raises DecisionsError."""
    lines = "".join(json.dumps(_object(each)) + "\n" for each in decisions)
    try:
        save(path, lines.encode())
    except OSError as error:
        raise DecisionsError(f"cannot write {path}: {error.strerror or error}. Choose another file.") from error


def known_stories(path: Path) -> dict[str, str]:
    """telling id → story id of an earlier output of `tellings stories --format json`. Raises DecisionsError."""
    try:
        told = json.loads(_text(path))
        known = {_id(member["id"]): _id(story["id"]) for story in told for member in story["tellings"]}
    except DecisionsError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DecisionsError(
            f"{path}: no output of tellings stories. Make it with: tellings stories PATH… --format json"
        ) from error
    if not known:
        raise DecisionsError(f"{path}: no story stands in it. Leave --known away, or give an earlier output.")
    return known


def _id(told: Any) -> str:
    if not isinstance(told, str) or not told:
        raise TypeError(told)
    return told


def _decision(told: Any) -> Decision:
    kind, a, b = told["kind"], told["a"], told["b"]
    if kind not in ("same", "apart", *_OF_VALUES):
        raise DecisionsError(f"{kind!r} is no kind of decision. {_FORM}")
    for side in (a, b):
        if isinstance(side, str) and (kind in _OF_VALUES or not is_document_id(side)):
            raise DecisionsError(
                f"{side!r} goes by the name of a file, as an earlier version kept it, and not by the id of an article. "
                "Delete the line, and decide anew with --same, --apart or --not-the-same"
            )
    if kind in _OF_VALUES:
        return ValueDecision(_place(a), _place(b), _OF_VALUES[kind])
    if not isinstance(a, str) or not isinstance(b, str):
        raise TypeError(kind)
    return StoryDecision(kind, a, b)


def _place(told: Any) -> Place:
    identifier, start, end = told["telling"], told["start"], told["end"]
    if not isinstance(identifier, str) or not is_document_id(identifier):
        raise TypeError(identifier)
    if type(start) is not int or type(end) is not int:
        raise TypeError(start, end)
    return Place(identifier, Span(start, end))


def _object(decision: Decision) -> dict[str, Any]:
    if isinstance(decision, StoryDecision):
        return {"kind": decision.kind, "a": decision.a, "b": decision.b}
    sides = (
        {"telling": place.telling, "start": place.span.start, "end": place.span.end}
        for place in (decision.a, decision.b)
    )
    kind = next(kind for kind, same in _OF_VALUES.items() if same == decision.same)
    return {"kind": kind, **dict(zip(("a", "b"), sides, strict=True))}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DecisionsError(f"cannot read {path}: {error.strerror or error}. Give another file.") from error
    except UnicodeDecodeError as error:
        raise DecisionsError(f"{path}: no UTF-8 text. Save it as UTF-8.") from error
