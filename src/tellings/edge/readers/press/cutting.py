"""An article cut out of a file that holds many: its characters, edits and places, counted from its own start."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tellings.edge.readers.telling import Metadata, Read
from tellings.model.records import BlockKind, Hint, Locator
from tellings.model.text import Edit, Span, Text, View

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something visible: where it stands in the view, without the white space around it, and how far in."""

    text: str
    start: int
    end: int
    indent: int


@dataclass(frozen=True, slots=True)
class Cut:
    """An article as it was found: its stretch of the view, what is told of it, and what its parts are.

    `marks` are stretches of the view with what they are, sorted, and `body` those of its text.
    """

    start: int
    end: int
    told: Metadata
    marks: tuple[tuple[int, int, BlockKind], ...]
    body: tuple[int, int]


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of a stretch of `text`."""
    found = []
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        inner = match.group().strip()
        if inner:
            indent = len(match.group()) - len(match.group().lstrip())
            begins = match.start() + indent
            found.append(Line(inner, begins, begins + len(inner), indent))
    return found


def cut_out(read: Read, cuts: Sequence[Cut], rule: str) -> tuple[Read, ...]:
    """The articles that `cuts` are of `read`, each a telling of its own, numbered where there are several."""
    name = f"{read.name}#{{}}" if len(cuts) > 1 else read.name
    return tuple(_one(read, cut, name.format(number), rule) for number, cut in enumerate(cuts, start=1))


def _one(read: Read, cut: Cut, name: str, rule: str) -> Read:
    place = read.view.to_source(Span(cut.start, cut.end))
    # What an insertion shows at the very edge stands outside.
    edits = [
        Edit(edit.start - place.start, edit.end - place.start, edit.shown)
        for edit in read.view.edits
        if place.start <= edit.start < place.end and place.start < edit.end <= place.end
    ]
    view = View(Text.of(read.view.source.content[place.start : place.end]), tuple(edits))
    shift = cut.start
    behind = {start: end for start, end, _ in cut.marks}  # a mark that a paragraph begins with is no part of it
    paragraphs = ((behind.get(start, start), end) for start, end in _paragraphs(read.view.text, cut.body))
    marks = [*cut.marks, *((start, end, "paragraph") for start, end in paragraphs)]
    hints = tuple(
        Hint(Span(start - shift, end - shift), kind, f"{rule}: {kind}")
        for start, end, kind in sorted(marks)
        if start < end
    )
    locators = tuple(_within(read.locators, cut.start, cut.end, shift))
    # What the file says of itself is not said of each of its articles.
    return replace(read, name=name, view=view, metadata=cut.told, hints=hints, locators=locators)


def _paragraphs(text: str, body: tuple[int, int]) -> Iterable[tuple[int, int]]:
    """The stretches of the body that blank lines part."""
    start, end = body
    for part in re.finditer(r"\S(?:[^\n]|\n(?![ \t]*\n))*", text[start:end]):
        yield start + part.start(), start + part.start() + len(part.group().rstrip())


def _within(locators: Iterable[Locator], start: int, end: int, shift: int) -> Iterable[Locator]:
    for each in locators:
        first, last = max(each.span.start, start), min(each.span.end, end)
        if first < last:
            yield Locator(Span(first - shift, last - shift), each.name)
