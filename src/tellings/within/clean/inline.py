"""Residue inside a paragraph, cut out so that the words around it stay story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tellings.language.base import Language
from tellings.model.records import BlockKind
from tellings.within.clean.headings import trailing_headline
from tellings.within.clean.lines import Line
from tellings.within.clean.rules import inline_rules, kind_of

#: How much of a paragraph's start and end is looked at (characters).
_START, _END = 300, 400


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one kind, told by its start; it reaches to the start of the next one."""

    start: int
    kind: BlockKind
    rule: str


def cut(text: str, line: Line, language: Language, *, first: bool, early: bool) -> list[Piece]:
    """The pieces of a line: itself, or its story and the residue cut out of it.

    `first`: it is the first; `early`: it is among the first lines, where datelines and heads stand.
    """
    if line.kind not in ("paragraph", "list-item"):
        return [Piece(line.start, line.kind, line.rule)]
    residue = list(_residue(text, line, language, first, early))
    if not residue:
        return [Piece(line.start, line.kind, line.rule)]
    pieces: list[Piece] = []
    position = line.start
    for start, end, kind, rule in sorted(residue, key=lambda found: (found[0], -found[1])):
        if start < position:
            continue  # two rules met: the earlier one stands
        if start > position:
            pieces.append(Piece(position, line.kind, line.rule))
        pieces.append(Piece(start, kind, rule))
        position = end
        while position < line.end and text[position].isspace():
            position += 1
    if position < line.end:
        pieces.append(Piece(position, line.kind, line.rule))
    return pieces


def _residue(
    text: str, line: Line, language: Language, first: bool, early: bool
) -> Iterator[tuple[int, int, BlockKind, str]]:
    position = line.start
    for rule in inline_rules(language, "start"):
        if (rule.early and not early) or (rule.first and not first):
            continue
        if match := rule.pattern.match(text, position, min(line.end, position + _START)):
            yield (*match.span("residue"), kind_of(rule.rule), rule.rule.name)
            position = match.end("residue")
            while position < line.end and text[position].isspace():
                position += 1
    written = text[line.start : line.end]
    for rule in inline_rules(language, "inside"):
        if rule.triggers and not any(map(written.__contains__, rule.triggers)):
            continue
        for match in rule.pattern.finditer(text, line.start, line.end):
            yield (*match.span("residue"), kind_of(rule.rule), rule.rule.name)
    tail = max(line.start, line.end - _END)
    if text[line.end - 1] in ")]":
        for rule in inline_rules(language, "end"):
            if match := rule.pattern.search(text, tail, line.end):
                yield (*match.span("residue"), kind_of(rule.rule), rule.rule.name)
    reach = max(line.start, tail - 600)
    if (offset := trailing_headline(text[reach : line.end], language)) is not None:
        yield reach + offset, line.end, "related", "headline of another story"
