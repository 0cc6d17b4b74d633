"""Whether every line of a record still stands at its place in the sources, character for character."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tellings.model.record import Record, TellingLine
from tellings.model.text import Edit, SpanError, Text, View, digest


@dataclass(frozen=True, slots=True)
class Failure:
    """A line (or a whole telling) that does not hold: `line` is its path in the record."""

    line: str
    telling: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome: how many lines were checked, in how many tellings, and each that failed.

    `unsourced` are labels of tellings whose source was not given: their lines were checked only against
    the text kept in the record.
    """

    lines: int
    tellings: int
    failures: tuple[Failure, ...]
    unsourced: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return not self.failures


def verify(record: Record, sources: Mapping[str, str]) -> Verification:
    """Check every line of `record` against `sources`: telling label → the characters of its source as read now.

    A source's digest must be the one recorded; its characters with the recorded edits applied must hold
    each line's words at the line's span. A telling without a source is checked against the record's own text.
    """
    failures: list[Failure] = []
    texts: dict[str, str | None] = {}
    unsourced = []
    for telling in record.tellings:
        content = sources.get(telling.label)
        if content is None:
            unsourced.append(telling.label)
            texts[telling.label] = telling.text
            if telling.text is None:
                failures.append(
                    Failure(
                        f"tellings[{telling.label}]",
                        telling.label,
                        f"the source of {telling.name} was not found and the record keeps no text",
                    )
                )
            continue
        if digest(content) != telling.digest:
            failures.append(
                Failure(
                    f"tellings[{telling.label}]",
                    telling.label,
                    f"the source {telling.name} has changed: its digest is not the one recorded",
                )
            )
        texts[telling.label] = _view(telling, content)
        if telling.text is not None and texts[telling.label] != telling.text and digest(content) == telling.digest:
            failures.append(
                Failure(
                    f"tellings[{telling.label}].text",
                    telling.label,
                    "the text kept in the record is not what the source gives",
                )
            )
    count = 0
    for path, words in record.evidence():
        count += 1
        text = texts.get(words.telling)
        if words.telling not in texts:
            failures.append(Failure(path, words.telling, f"there is no telling {words.telling} in the record"))
        elif text is not None:
            if not 0 <= words.start <= words.end <= len(text):
                failures.append(
                    Failure(
                        path,
                        words.telling,
                        f"[{words.start}, {words.end}) runs past the text, which has {len(text)} characters",
                    )
                )
            elif text[words.start : words.end] != words.exact:
                there = _short(text[words.start : words.end])
                message = f"[{words.start}, {words.end}) reads {there}, not {_short(words.exact)}"
                failures.append(Failure(path, words.telling, message))
    return Verification(count, len(record.tellings), tuple(failures), tuple(unsourced))


def _view(telling: TellingLine, content: str) -> str | None:
    """The source with the recorded edits applied; the source itself where they no longer fit."""
    try:
        return View(Text(content, ""), tuple(Edit(e.start, e.end, e.shown) for e in telling.edits)).text
    except SpanError:
        return content


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else f"{words[:40]}…{words[-18:]}")
