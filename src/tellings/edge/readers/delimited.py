"""Tables as text: which delimiter, which lines are a row, what its cells are (RFC 4180, and what programs make of it).

The `csv` module of Python reads on to the end of a file after a quotation mark that is never closed, so that one bad
row costs all that follow. Here it costs itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tellings.edge.readers.fields import names_of, normal
from tellings.edge.readers.naming import ROLES

DELIMITERS = (",", ";", "\t", "|")
#: Rows and characters that are looked at to tell the delimiter, and rows that may stand before the names of columns.
_ROWS, _SAMPLE, _BEFORE = 40, 200_000, 10
#: A first line is looked at so far (characters); what parts no cells: it stands in names of fields.
_LONGEST_LINE, _NEVER, _MARKS_AND_SPACES = 5_000, frozenset("\"'_-. \ufeff()[]/"), "\"' \t\r"
#: A name of a column is no longer than this (characters).
_LONGEST_NAME = 80
_END = re.compile(r"\r\n|\r|\n")
_SPACES = re.compile(r"[ \t]*")
#: What Excel writes and reads before a table, to say its delimiter.
_SAID = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
#: How programs write a mark within a cell that do not double it.
_ESCAPED, _DOUBLED = re.compile(r'\\"[^\r\n,;|\t]'), re.compile(r'[^\s,;|\\"]""[^\s,;|"]')
_KNOWN = (*ROLES, "extract", "page")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells, the number of the line on which they begin, and what is wrong with them: then they are those of the line
    with all its marks, unless it `is_mended`. `written` are the cells with their marks, where their number is not that
    of the columns; `begins` is the place of the first, and `opened` the cells before a mark that is never closed, with
    its place."""

    line: int
    cells: tuple[str, ...]
    wrong: str | None = None
    written: tuple[str, ...] = ()
    is_mended: bool = False
    begins: int = 0
    opened: tuple[tuple[str, ...], int] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is written: `delimiter`, where it begins (characters), how many rows stand before the names of its
    columns, and whether it has such names."""

    delimiter: str
    start: int
    before: int
    named: bool


def shape_of(content: str, *, tabs: bool = False) -> Shape:
    """How `content` is written: the delimiter with which its first rows have the most known names of fields, else with
    which most of them have as many cells as the first, else the most cells. `tabs` go before others where all is alike.
    """
    if said := _SAID.match(content):
        return _shaped(content, said[1], said.end())
    start = 1 if content.startswith("\ufeff") else 0
    order = dict.fromkeys(("\t", *DELIMITERS) if tabs else DELIMITERS)
    if not any(_tells(content, each, start) for each in order):
        order |= dict.fromkeys(each for each in _others_in(content, start) if _tells(content, each, start))
    return max((_shaped(content, each, start) for each in order), key=lambda shape: _worth(content, shape))


def _others_in(content: str, start: int) -> list[str]:
    """What may be the delimiter of a first line that none of the usual ones parts."""
    end = _END.search(content, start)
    first = content[start : min(end.start() if end else len(content), start + _LONGEST_LINE)]
    return sorted({each for each in first if not (each.isalnum() or each in _NEVER)})


def _tells(content: str, delimiter: str, start: int) -> bool:
    """Whether a first line has two known names of fields, parted so."""
    end = _END.search(content, start)
    first = content[start : min(end.start() if end else len(content), start + _LONGEST_LINE)]
    return known_names([cell.strip(_MARKS_AND_SPACES) for cell in first.split(delimiter)]) >= 2


def rows_of(content: str, shape: Shape) -> Iterator[Row]:
    """The rows of a table, those without a character left out. After one with a mark that is never closed, lines that
    have not as many cells as the names of the columns belong to it, and the cell that the mark opens reaches to where
    they end. One that has as many cells, its marks in pairs, merely has marks where others have none; a table of tabs
    has them anywhere."""
    width: int | None = None
    broken: Row | None = None
    before = shape.before
    for row in _Scan(content, shape.delimiter, shape.start).rows():
        if (
            row.wrong is not None
            and len(row.cells) == width
            and (shape.delimiter == "\t" or not any(cell.count('"') % 2 for cell in row.cells))
        ):
            row = replace(row, wrong=None)
        if row.wrong is not None:
            if broken is not None:
                yield _mended(content, broken, row.begins, width)
            broken = row
            continue
        if broken is not None:
            if width is not None and len(row.cells) != width:
                continue
            yield _mended(content, broken, row.begins, width)
            broken = None
        width = width or (None if before else len(row.cells))
        before = max(0, before - 1)
        yield replace(row, written=()) if row.written and len(row.cells) == width else row
    if broken is not None:
        yield _mended(content, broken, len(content), width)


def _mended(content: str, row: Row, end: int, width: int | None) -> Row:
    """A row with a mark that is never closed, whose cell reaches to `end`, where that gives it as many cells as there
    are columns."""
    if row.opened is None or len(row.opened[0]) + 1 != width:
        return row
    before, place = row.opened
    cell = content[place + 1 : end].rstrip("\r\n").replace('""', '"')
    return replace(row, cells=(*before, cell), is_mended=True)


def known_names(cells: Sequence[str]) -> int:
    """How many of `cells` are names of fields that are known, each kind once."""
    names = {normal(cell) for cell in cells if len(cell) <= _LONGEST_NAME}
    return sum(any(name in names for name in names_of(what)) for what in _KNOWN)


def is_table(head: str) -> bool:
    """Whether a text begins with the names of the columns of a table of articles: two that are known and more, in one
    line, and a line after it."""
    first, *rest = _END.split(head.lstrip("\ufeff\r\n"), maxsplit=1)
    return (
        bool(rest and rest[0].strip())
        and len(first) <= 5_000
        and any(
            known_names([cell.strip(' "\r') for cell in first.split(delimiter)]) >= 2
            and all(len(cell) <= _LONGEST_NAME for cell in first.split(delimiter))
            for delimiter in DELIMITERS
        )
    )


def _shaped(content: str, delimiter: str, start: int) -> Shape:
    first = _first(content, Shape(delimiter, start, 0, True))
    best = max(range(min(len(first), _BEFORE)), key=lambda at: (known_names(first[at].cells), -at), default=0)
    if not first or known_names(first[best].cells) < 2:
        best = 0
    named = bool(first) and (known_names(first[best].cells) > 0 or _names_columns([row.cells for row in first]))
    return Shape(delimiter, start, best, named)


def _first(content: str, shape: Shape) -> list[Row]:
    """The first rows, without the last where it may be cut."""
    sample = content[: shape.start + _SAMPLE]
    found = [row for row, _ in zip(rows_of(sample, shape), range(_ROWS), strict=False) if row.wrong is None]
    return found[:-1] if len(sample) < len(content) and 1 < len(found) < _ROWS else found


def _worth(content: str, shape: Shape) -> tuple[int, float, int]:
    first = _first(content, shape)[shape.before :]
    if not first:
        return 0, 0.0, 0
    width = len(first[0].cells)
    alike = Counter(len(row.cells) == width for row in first)[True] / len(first) if width > 1 else 0.0
    return known_names(first[0].cells), alike, width


def _names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of `rows` has names of columns: short, each another, none a number or an address."""
    names = [cell.strip() for cell in rows[0]]
    return (
        len(set(names)) == len(names) > 0
        and all(len(name) <= _LONGEST_NAME for name in names)
        and not any(re.search(r"^\d+$|\d{3}|://|[.!?]$", name) for name in names)
        and sum(not name for name in names) <= 1
    )


class _Scan:
    """The characters of a table from left to right. Each is looked at a bounded number of times, however they are."""

    def __init__(self, content: str, delimiter: str, start: int) -> None:
        self._content, self._delimiter, self._at = content, delimiter, start
        self._line = 1 + content.count("\n", 0, start)
        sample = content[:_SAMPLE]
        self._escapes = _ESCAPED.search(sample) is not None and _DOUBLED.search(sample) is None
        self._end = (0, -1)  # a stretch without a line end, and the place of the next behind it
        #: A cell that opens before this place, and is not closed at once, is not closed before it either.
        self._open_until = 0
        self._opened: tuple[tuple[str, ...], int] | None = None  # of the last row that was not closed

    def rows(self) -> Iterator[Row]:
        """All rows."""
        while self._at < len(self._content):
            begins, line = self._at, self._line
            written: list[str] = []
            end = _END.search(self._content, begins)
            stops = end.start() if end else len(self._content)
            if self._content.find('"', begins, stops) < 0:
                cells: list[str] | None = self._content[begins:stops].split(self._delimiter)
                self._at = end.end() if end else stops
            else:
                cells = self._quoted_cells(begins, written)
            self._line += 1 if cells is None else len(_END.findall(self._content, begins, self._at)) or 1
            if cells is None:  # the row ends with its line
                self._at = end.end() if end else stops
                wrong = "a quotation mark that is never closed"
                split = tuple(self._content[begins:stops].split(self._delimiter))
                yield Row(line, split, wrong, begins=begins, opened=self._opened)
            elif any(cells):
                yield Row(line, tuple(cells), written=tuple(written), begins=begins)

    def _quoted_cells(self, at: int, written: list[str]) -> list[str] | None:
        """The cells of the row that begins at `at`, some of them between marks; `None` where one is never closed. With
        their marks they go to `written`."""
        content, delimiter = self._content, self._delimiter
        cells: list[str] = []
        while True:
            begins = at
            spaces = _SPACES.match(content, at)
            opens = spaces.end() if spaces and delimiter != "\t" else at
            if content[opens : opens + 1] == '"':
                found = self._closed(opens)
                if found is None:
                    self._opened = (tuple(cells), opens)
                    return None
                cell, at = found
            else:
                stops = self._line_end(at)
                next_one = content.find(delimiter, at, stops)
                cell, at = content[at : next_one if next_one >= 0 else stops], next_one if next_one >= 0 else stops
            cells.append(cell)
            written.append(content[begins:at])
            if content[at : at + 1] != delimiter:
                end = _END.match(content, at)
                self._at = end.end() if end else at
                return cells
            at += 1

    def _closed(self, start: int) -> tuple[str, int] | None:
        """The cell that a mark opens at `start`, and the place behind it; `None` where no mark closes it: at the end of
        the file, or where another cell begins on a later line."""
        content = self._content
        at = start + 1
        while (mark := content.find('"', at)) >= 0:
            if mark > start + 1 and start < self._open_until and mark < self._open_until:
                # What an earlier cell met from here on, this one meets too.
                return None
            run = mark
            while run < len(content) and content[run] == '"':
                run += 1
            if (run - mark) % 2:
                behind = _SPACES.match(content, run) if self._delimiter != "\t" else None
                after = behind.end() if behind else run
                escaped = self._escapes and content[mark - 1] == "\\" and mark - 1 > start
                if not escaped and (after == len(content) or content[after] in self._delimiter + "\r\n"):
                    return self._cell(start + 1, run - 1), after
                opens = not escaped and content[mark - 1] in self._delimiter + "\r\n" and mark - 1 > start
                if opens and self._line_end(start) < mark:
                    self._open_until = max(self._open_until, mark)
                    return None
            at = run
        self._open_until = len(content) + 1
        return None

    def _line_end(self, place: int) -> int:
        """Where the line that `place` stands in ends."""
        known, end = self._end
        if not known <= place <= end:
            found = _END.search(self._content, place)
            end = found.start() if found else len(self._content)
            self._end = (place, end)
        return end

    def _cell(self, start: int, end: int) -> str:
        cell = self._content[start:end].replace('""', '"')
        return cell.replace('\\"', '"') if self._escapes else cell
