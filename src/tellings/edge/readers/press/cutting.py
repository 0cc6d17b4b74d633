"""An article cut out of a file that holds many: its characters, edits and places, counted from its own start."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tellings.edge.readers.telling import Metadata, Read, left_out
from tellings.model.counted import count
from tellings.model.records import BlockKind, Hint, Locator, Problem
from tellings.model.text import Edit, Span, Text, View

_LINE = re.compile(r"[^\n]+")
#: Characters outside of the articles, of a cover page or a search, that are told of; fewer are lines between articles.
_TOLD = 200
_Mark = tuple[int, int, BlockKind]


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
    marks: tuple[_Mark, ...]
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
    paragraphs = _unmarked(_paragraphs(read.view.text, cut.body), read.view.text, cut.marks)
    marks = [*cut.marks, *((start, end, "paragraph") for start, end in paragraphs)]
    hints = tuple(
        Hint(Span(start - shift, end - shift), kind, f"{rule}: {kind}")
        for start, end, kind in sorted(marks)
        if start < end
    )
    locators = tuple(_within(read.locators, cut.start, cut.end, shift))
    # What the file says of itself is not said of each of its articles.
    return replace(read, name=name, view=view, metadata=cut.told, hints=hints, locators=locators)


def outside(name: str, rest: Sequence[str], articles: int) -> Iterable[Problem]:
    """What of a file is in none of its articles, told where it is more than lines between them."""
    letters = sum(len(each.strip()) for each in rest)
    if letters > _TOLD:
        begins = " ".join(max(rest, key=len).split())[:60]
        yield left_out(name, f"{letters:,} characters outside of its {count(articles, 'article')}: “{begins} …”")


def _unmarked(paragraphs: Iterable[tuple[int, int]], text: str, marks: Sequence[_Mark]) -> Iterable[tuple[int, int]]:
    """What of paragraphs no mark is on: one may stand before each of their lines."""
    starts = [start for start, _, _ in marks]
    for begin, end in paragraphs:
        at = begin
        for start, behind, _ in (
            *marks[max(0, bisect_left(starts, begin) - 1) : bisect_left(starts, end)],
            (end, end, ""),
        ):
            inner = text[at:start]
            if inner.strip():
                at += len(inner) - len(inner.lstrip())
                yield at, at + len(inner.strip())
            at = max(at, behind)


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
