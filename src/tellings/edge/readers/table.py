"""Tables as text (CSV, TSV): one telling per row, under whichever of the common names its columns have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from tellings.edge.readers.annotations import annotations_of
from tellings.edge.readers.dates import DateError
from tellings.edge.readers.delimited import Row, Shape, is_table, rows_of, shape_of
from tellings.edge.readers.field_values import day_of
from tellings.edge.readers.fields import names_of, normal
from tellings.edge.readers.rows import SAMPLE, Reading, Rows
from tellings.edge.readers.telling import Outcome, empty, joined
from tellings.model.counted import count
from tellings.model.records import Problem

#: Lines of rows that have more or fewer cells than there are columns, which are shown.
_SHOWN = 5
#: Columns that a table may have, and with how many it is tried where a cell was parted: tables of articles have dozens.
_MOST_COLUMNS, _MOST_TRIED = 10_000, 100
#: A line of a text that stands without marks has so many words.
_FEWEST_WORDS = 3


def read_table(name: str, content: str, reading: Reading) -> Outcome:
    """The tellings of a table of articles: 1. how it is written; 2. its columns; 3. which hold what; 4. its rows."""
    # 1. how it is written
    shape = shape_of(content, tabs=name.lower().endswith((".tsv", ".tab")))
    found = list(rows_of(content, shape))
    whole = [row for row in found if row.wrong is None]
    if inner := _lines_within(whole):
        message = "each of its lines stands between quotation marks: they were read as the lines of a table"
        said = Problem(name, "malformed", message, "save it once more as CSV", lost=False)
        outcome = read_table(name, inner, reading)
        return replace(outcome, problems=(*outcome.problems, said))
    if not whole:
        return Outcome(problems=tuple(_unread(name, row) for row in found) or (empty(name),))
    # 2. columns
    if len(whole[min(shape.before, len(whole) - 1)].cells) > _MOST_COLUMNS:
        message = f"more than {_MOST_COLUMNS:,} columns, the most that is read of a table"
        return Outcome(
            problems=(Problem(name, "too-large", message, "take out those that hold no articles", lost=True),)
        )
    columns = _Columns(name, shape, whole)
    rows_with = whole[shape.before + shape.named :]
    sample = [columns.fields(row.cells) for row in islice(rows_with, SAMPLE)]
    if problem := annotations_of(name, sample, whole=len(rows_with) <= SAMPLE):
        return Outcome(problems=(problem,))
    # 3. which hold what
    rows = Rows(name, "column", reading, sample or [dict.fromkeys(columns.names, "")])
    if rows.refused:
        return Outcome(problems=rows.told())
    if not rows.tells_of_texts:
        return Outcome(problems=(rows.no_text(), *columns.told()))
    # 4. rows
    outcomes = []
    begins = whole[shape.before].line + shape.named
    of_articles = columns.with_their_lines([row for row in found if row.line >= begins])
    for number, row in enumerate(of_articles, start=1):
        place = f"{name}#{number}"
        if row.wrong is not None and row.is_mended:
            columns.closed(row)
            fields = columns.fields(row.cells)
            outcomes.append(rows.read(place, f"row {number}, line {row.line}", fields))
        elif row.wrong is not None:
            outcomes.append(rows.kept(place, Outcome(problems=(_unread(place, row),))))
        else:
            fields = columns.fields(columns.mended(row))
            outcomes.append(rows.read(place, f"row {number}, line {row.line}", fields))
    if not outcomes:
        return Outcome(problems=(empty(name), *columns.told()))
    return joined([*outcomes, Outcome(problems=(*rows.told(), *columns.told()))])


class _Columns:
    """The names of the columns of a table, and the rows that do not fit them."""

    def __init__(self, name: str, shape: Shape, rows: Sequence[Row]) -> None:
        self._name, self._shape = name, shape
        first = rows[min(shape.before, len(rows) - 1)].cells
        cells = first if shape.named else [""] * len(first)
        names: dict[str, None] = {}
        for place, cell in enumerate(cells, start=1):
            column = cell.strip().strip("\ufeff") or f"column{place}"
            names[column if column not in names else f"{column} ({place})"] = None
        self.names = tuple(names)
        self._before = [row.line for row in rows[: shape.before]]
        self._more: list[int] = []
        self._fewer: list[int] = []
        self._joined: list[int] = []
        self._closed: list[int] = []
        self._lines: list[int] = []

    def fields(self, cells: Sequence[str]) -> dict[str, str]:
        """Column → what a row has in it; nothing where that says so, or where the row ends before."""
        fields = dict(zip(self.names, cells, strict=False))
        return {key: "" if value.strip().lower() in names_of("nothing") else value for key, value in fields.items()}

    def with_their_lines(self, rows: Sequence[Row]) -> Iterator[Row]:
        """`rows`, those of a text that comes last and stands without marks on several lines put together again."""
        is_last = len(self.names) > 1 and normal(self.names[-1]) in names_of("text")
        before: Row | None = None
        for row in map(self._with_marks_within, rows):
            if (
                is_last
                and before is not None
                and len(row.cells) < len(self.names) <= len(before.cells)
                and row.wrong is before.wrong is None
                and self._goes_on(row)
            ):
                more = "\n\n" + self._shape.delimiter.join(row.written or row.cells)
                cells = (*before.cells[:-1], before.cells[-1] + more)
                written = (*before.written[:-1], before.written[-1] + more) if before.written else ()
                before = replace(before, cells=cells, written=written)
                self._lines.append(row.line)
                continue
            if before is not None:
                yield before
            before = row
        if before is not None:
            yield before

    def _goes_on(self, row: Row) -> bool:
        """Whether a row of few cells is a line of a text: of one cell, or no day stands where days do."""
        if sum(map(len, (cell.split() for cell in row.cells))) < _FEWEST_WORDS:
            return False
        days = [place for place, name in enumerate(self.names) if normal(name) in names_of("date")]
        told = [row.cells[place].strip() for place in days if place < len(row.cells)]
        return len(row.cells) == 1 or (bool(days) and not any(map(_is_day, told)))

    def _with_marks_within(self, row: Row) -> Row:
        """A row of few cells, since a mark in one of them was taken for its own, with the cells that it has without."""
        beyond = -len(self.names)
        if row.wrong is None and row.written and len(row.cells) < len(self.names):
            split = tuple(self._shape.delimiter.join(row.written).split(self._shape.delimiter))
            beyond += len(split)
        if beyond < 0:
            return row
        apart = replace(row, cells=split, written=split)
        cells = self._joined_again(apart, beyond) if beyond else list(split)
        if cells is None or not self._fits(cells):
            return row
        self._closed.append(row.line)
        return replace(row, cells=tuple(cell.strip(' "') for cell in cells), written=())

    def closed(self, row: Row) -> None:
        """A row whose mark is never closed was read up to the next."""
        self._closed.append(row.line)

    def mended(self, row: Row) -> Sequence[str]:
        """The cells of a row; of one that has too many, those joined again that a delimiter within a text parted."""
        beyond = len(row.cells) - len(self.names)
        if beyond < 0:
            self._fewer.append(row.line)
        if beyond <= 0:
            return row.cells
        if not any(cell.strip() for cell in row.cells[len(self.names) :]):
            return row.cells[: len(self.names)]
        joined_again = self._joined_again(row, beyond)
        (self._more if joined_again is None else self._joined).append(row.line)
        return row.cells if joined_again is None else joined_again

    def _joined_again(self, row: Row, beyond: int) -> list[str] | None:
        """The cells of a row with `beyond` fewer, where it can be told which a delimiter parted.

        Those that begin with a space, as words behind a comma do; else where one column alone puts day and address into
        theirs; else a text that comes last.
        """
        spaced = [place for place, cell in enumerate(row.cells) if place and cell.startswith(" ")]
        if len(spaced) == beyond and any(not cell.startswith(" ") for cell in row.cells[1:]):
            starts = [place for place in range(len(row.cells)) if place not in spaced]
            return [self._cell(row, start, end) for start, end in pairwise([*starts, len(row.cells)])]
        tried = (
            self._with(row, place, beyond)
            for place in (range(len(self.names)) if len(self.names) <= _MOST_TRIED else ())
        )
        fitting = [found for found in tried if self._fits(found)]
        if len(fitting) == 1:
            return fitting[0]
        return self._with(row, len(self.names) - 1, beyond) if normal(self.names[-1]) in names_of("text") else None

    def _with(self, row: Row, place: int, beyond: int) -> list[str]:
        """The cells of a row with the one at a place, and as many behind it, joined."""
        end = place + beyond + 1
        return [*row.cells[:place], self._cell(row, place, end), *row.cells[end:]]

    def _cell(self, row: Row, start: int, end: int) -> str:
        """The cell that those from `start` to `end` are parts of, with marks within it that were taken for its own."""
        if end - start == 1 or not any('"' in each for each in row.written[start:end]):
            return self._shape.delimiter.join(row.cells[start:end])
        whole = self._shape.delimiter.join(row.written[start:end]).strip()
        inner = whole[1:-1] if len(whole) > 1 and whole[0] == whole[-1] == '"' else whole
        return inner.replace('""', '"')

    def told(self) -> tuple[Problem, ...]:
        """What does not fit, and what was made of it."""
        said = (
            (self._before, "before the names of the columns, not read"),
            (self._fewer, "with fewer cells than there are columns: what is missing is taken for empty"),
            (self._joined, "with more cells than there are columns: those that a delimiter parted were joined again"),
            (self._closed, "with a quotation mark that is never closed: its cell was read up to the next"),
            (self._lines, "with fewer cells than there are columns, and no day: read as lines of the text before them"),
            (self._more, "with more cells than there are columns: what is beyond them was left out"),
        )
        problems = [self._said(lines, what) for lines, what in said if lines]
        if not self._shape.named:
            message = f"it does not name its columns; they are called {self.names[0]} to {self.names[-1]}"
            problems.append(Problem(self._name, "fields", message, "give it a first row with their names", lost=False))
        return tuple(problems)

    def _said(self, lines: Sequence[int], what: str) -> Problem:
        shown = ", ".join(map(str, lines[:_SHOWN])) + (
            f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
        )
        message = f"{count(len(lines), 'row')} (line{'s' if len(lines) > 1 else ''} {shown}) {what}"
        remedy = "see whether a text stands without quotation marks"
        return Problem(self._name, "malformed", message, remedy, lost=False)

    def _fits(self, cells: Sequence[str]) -> bool:
        """Whether days and addresses stand in their columns, of which there is one at least."""
        fields = {normal(name): cell.strip() for name, cell in zip(self.names, cells, strict=True)}
        days = [fields[name] for name in names_of("date") if fields.get(name)]
        addresses = [fields[name] for name in names_of("url") if fields.get(name) and name != "source"]
        return (
            bool(days or addresses) and all(map(_is_day, days)) and all(each.startswith("http") for each in addresses)
        )


def _lines_within(rows: Sequence[Row]) -> str | None:
    """The lines of a table each of which stands between marks as if it were one cell; `None` where rows are none."""
    if any(len(row.cells) != 1 for row in rows) or not is_table(f"{rows[0].cells[0] if rows else ''}\n1"):
        return None
    return "\n".join(row.cells[0] for row in rows)


def _is_day(value: str) -> bool:
    try:
        day_of(value)
    except DateError:
        return False
    return True


def _unread(place: str, row: Row) -> Problem:
    begins = " ".join(" ".join(row.cells)[:200].split())[:60]
    message = f"line {row.line}: {row.wrong}: “{begins} …”"
    return Problem(place, "malformed", message, "correct this row; the others are read", lost=True)
