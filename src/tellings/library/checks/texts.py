"""The text that a telling's spans count in, from its source as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tellings.library.checks.outcome import Failure
from tellings.model.record import TellingLine
from tellings.model.text import Edit, SpanError, Text, View, digest

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Held:
    """The `text` that lines are held against (`None`: there is none), what is wrong with it, and what was restored."""

    text: str | None
    failures: tuple[Failure, ...] = ()
    note: str | None = None


def held(telling: TellingLine, source: str | None) -> Held:
    """The text of `telling` by the characters of its `source`, or as the record keeps it where there is no source.

    A source with other line ends, or with a byte-order mark more or less, is the one recorded when it has its digest
    once they are put back.
    """
    if source is None:
        return _kept(telling)
    note = None
    if digest(source) != telling.digest:
        restored = next((one for one in _restorations(telling, source) if digest(one) == telling.digest), None)
        if restored is None:
            message = f"the source {telling.name} has changed: its digest is not the one recorded"
            return Held(_shown(telling, source), (_failure(telling, "", message),))
        note = f"{telling.name}: line ends were changed; with them restored it is the source that was read"
        source = restored
    text = _shown(telling, source)
    if text is None:
        return Held(source, (_failure(telling, ".edits", "they do not fit the source"),), note)
    if telling.text is not None and telling.text != text:
        message = "the text kept in the record is not what the source gives"
        return Held(text, (_failure(telling, ".text", message),), note)
    return Held(text, note=note)


def _kept(telling: TellingLine) -> Held:
    if telling.text is not None and not telling.edits and digest(telling.text) != telling.digest:
        return Held(telling.text, (_failure(telling, ".text", "its digest is not the one recorded"),))
    return Held(telling.text)


def _shown(telling: TellingLine, source: str) -> str | None:
    """The source with the recorded edits applied; `None` where they do not fit."""
    try:
        return View(Text(source, ""), tuple(Edit(edit.start, edit.end, edit.shown) for edit in telling.edits)).text
    except SpanError:
        return None


def _restorations(telling: TellingLine, source: str) -> Iterator[str]:
    """What `source` may have been before its line ends, or its byte-order mark, were changed."""
    plain = _unix(source)
    for ends in ("\n", "\r\n", "\r"):
        for mark in ("", _MARK):
            yield mark + plain.replace("\n", ends)
    # Mixed line ends: only a text that the record keeps can say which they were.
    if telling.text is not None and not telling.edits and _unix(telling.text) == plain:
        yield telling.text


def _unix(text: str) -> str:
    """`text` with line feeds alone, without a byte-order mark."""
    return text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")


def _failure(telling: TellingLine, field: str, message: str) -> Failure:
    return Failure(f"tellings[{telling.label}]{field}", telling.label, message)
