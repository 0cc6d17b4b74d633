"""From runs of letters with places to blocks in the order in which they are read.

A PDF says where each letter stands and nothing else. What is told here from places and sizes: which rows are heads and
feet of pages; where columns run (recursive cuts along gutters, in the manner of Nagy & Seth 1984, "Hierarchical
representation of optically scanned documents", ICPR, and bands between what crosses a gutter); which lines are one
paragraph; which are headings. Columns are told from tables by their lines, which fill their width.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from tellings.edge.readers.dates import dated_line
from tellings.edge.readers.pdf.sheets import Run, Sheet
from tellings.edge.readers.press.bounds import begins_article, ends_article
from tellings.model.records import BlockKind

#: Runs whose base lines differ by less than this share of their height stand in one row.
_ROW = 0.45
#: A gutter is at least this wide (in heights of a line); cells of a row stand at least so far apart.
_GUTTER, _CELL, _ALIGNED = 0.6, 1.6, 0.3
#: Words stand at least so far apart (in heights); gaps of a line that was spread differ by no more than this.
_WORD, _EVEN = 0.12, 1.25
#: A gutter may be crossed by at most this share of the rows (a headline, a picture's caption).
_CROSSED = 0.34
#: A column of prose has at least so many lines; most of them have this share of the width of a full one and so many
#: letters (medians).
_FEWEST_ROWS, _FILLED, _LETTERS = 3, 0.6, 14
#: On pages with more runs than this no columns are looked for, and no initials: no page of a newspaper has so many.
_MOST_RUNS = 6_000
#: Lines that cross a gutter follow one another up to this distance (in heights); columns within columns have an end.
_FOLLOWS, _DEEPEST = 2.2, 12
#: A line directly under another is at most so far below it (in its height).
_DIRECTLY = 1.45
#: A heading stands over its lines by at most this (in its height).
_OVER = 2.5
#: How many places for a gutter are looked at closely, the emptiest first.
_TRIED = 12
#: Heads and feet stand within this share of the page from its edge, among its first or last rows.
_MARGIN, _EDGE_ROWS = 0.13, 3
#: A head that stands on so many pages, and on this share of them, is no story.
_REPEATED, _SHARE = 2, 0.25
#: A new paragraph: lines further apart than this (in usual distances), one set in by this (in heights), a size or its
#: inverse beyond this, a line that leaves this share of the width free.
_APART, _INDENT, _SIZE, _SHORT = 1.32, 0.6, 1.12, 0.4
#: Where most lines are shorter than this share of the longest it is not these that fill the column.
_RAGGED = 0.75
#: A line is full that ends so near the edge of its column (share of its width); so many tell how far lines are apart.
_NEARLY_FULL, _FEWEST_FULL = 0.15, 3
#: A letter as high as several lines is higher than they by this, and they stand beside it no further off than this.
_INITIAL, _BESIDE = 1.7, 1.5
#: A heading is higher than the body by this, and has at most so many lines.
_LARGER, _LONGEST_HEADING, _HEADLINE_WORDS = 1.14, 6, 4
_BULLET = re.compile(r"[•·▪●◦‣■□–*]\s|\(?\d{1,2}[.)]\s")
_PAGE_NUMBER = re.compile(r"\W*(?:[^\W\d_]{1,6}\.?\s*)?#(?:\s*(?:/|[^\W\d_]{2,4})\s*#)?\W*")
_ADDRESS = re.compile(r"(https?://\S+)(?:\s+\d+\s*/\s*\d+)?")
_PRINTED = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_HYPHENS = ("-", "\u00ad", "\u2010")


@dataclass(slots=True)
class Row:
    """A line of a column: its text, its place, and the `cells` that wide gaps cut it into."""

    text: str
    left: float
    right: float
    base: float
    height: float
    bold: bool
    page: int
    cells: tuple[Run, ...] = ()


@dataclass(slots=True)
class Block:
    """Rows that are one paragraph, heading or item; `kind` is `None` where nothing tells what it is."""

    rows: list[Row]
    kind: BlockKind | None = None
    rule: str = "pdf: paragraph"
    full: float = field(default=0.0)  # the right edge of its column
    column: int = 0  # the number of its column

    @property
    def height(self) -> float:
        """Height of its letters: that of most of its rows."""
        return median(row.height for row in self.rows)


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of all pages in reading order, what stands at their edges, and an address that is printed there."""

    blocks: tuple[Block, ...]
    furniture: tuple[Block, ...]
    address: str | None = None


def laid_out(pages: Sequence[Sheet]) -> Layout:
    """The text of `pages` in the order in which it is read.

    1. heads and feet; 2. columns; 3. rows; 4. paragraphs; 5. paragraphs that run on over columns and pages;
    6. headings.
    """
    # 1. heads and feet
    rows_of = [_rows(sheet.runs, number) for number, sheet in enumerate(pages, start=1)]
    edges, address = _edges(pages, rows_of)
    furniture = [Block([row], "boilerplate", rule) for row, rule in edges]
    found: list[list[Row]] = []
    for number, sheet in enumerate(pages, start=1):
        taken = {(round(row.base, 1), row.text) for row, _ in edges if row.page == number}
        runs = _with_initials([run for row in _grouped(sheet.runs) if not _is_taken(row, number, taken) for run in row])
        # 2. columns, 3. rows
        found.extend([_row(group, number) for group in _grouped(column)] for column in columns(runs))
        furniture.extend(
            Block([Row(text, 0, 0, 0, 0, False, number)], "boilerplate", "pdf: turned text") for text in sheet.turned
        )
    # 4. paragraphs
    blocks: list[Block] = []
    widest = _widest(found)
    usual = _usual_distance([row for rows in found for row in rows], widest)
    for count, rows in enumerate(found):
        for block in _paragraphs(rows, widest, usual):
            block.column = count
            blocks.append(block)
    # 5. over columns and pages
    body = _body(blocks)
    blocks = _run_on(blocks, body)
    # 6. headings
    _mark_headings(blocks, body)
    return Layout(tuple(blocks), tuple(sorted(furniture, key=_place)), address)


def _place(block: Block) -> tuple[int, float]:
    return block.rows[0].page, -block.rows[0].base


# ---- rows --------------------------------------------------------------------------------


def _grouped(runs: Iterable[Run]) -> list[list[Run]]:
    """`runs` by rows, from top to bottom, each from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda each: (-each.base, each.left)):
        if rows and rows[-1][0].base - run.base < _ROW * min(rows[-1][0].height, run.height):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda each: (each.left, each.right)) for row in rows]


def _with_initials(runs: Sequence[Run]) -> list[Run]:
    """`runs`, a letter that is as high as several lines set before the line that it begins."""
    if len(runs) > _MOST_RUNS:
        return list(runs)
    kept = list(runs)
    gone = set[int]()
    by_base = sorted(range(len(runs)), key=lambda place: runs[place].base)
    bases = [runs[place].base for place in by_base]
    for number, initial in enumerate(runs):
        if not (len(initial.text) == 1 and initial.text.isupper()):
            continue
        # What is lower than it by `_INITIAL` stands no further below its base line, nor above it, than this.
        lowest = bisect_left(bases, initial.base - _ROW * initial.height)
        highest = bisect_right(bases, initial.base + initial.height)
        beside = [
            place
            for place in sorted(by_base[lowest:highest])
            if place not in gone and _stands_beside(kept[place], initial)
        ]
        if beside:
            # An initial may have been set before another one's line itself: then it goes on with what it holds by now.
            held = kept[number]
            first = max(beside, key=lambda place: kept[place].base)
            for place in beside:
                text = held.text + kept[place].text if place == first else kept[place].text
                kept[place] = replace(kept[place], text=text, left=held.left)
            gone.add(number)
    return [run for place, run in enumerate(kept) if place not in gone]


def _stands_beside(run: Run, initial: Run) -> bool:
    """Whether `run` is of one of the lines that stand beside a high letter."""
    return (
        0 <= run.base - initial.base + _ROW * run.height < initial.height
        and -run.height < run.left - initial.right < _BESIDE * run.height
        and initial.height > _INITIAL * run.height
    )


def _row(runs: Sequence[Run], page: int) -> Row:
    text, cells = runs[0].text, [runs[0]]
    for before, after in pairwise(runs):
        gap = after.left - before.right
        # A letter set higher or in another font can stand right beside the last one.
        between = " " if gap > _WORD * after.height else ""
        text += between + after.text
        last = cells[-1]
        if gap > _CELL * max(before.height, after.height):
            cells.append(after)
        else:
            cells[-1] = replace(last, text=last.text + between + after.text, right=max(last.right, after.right))
    widest = max(runs, key=lambda run: len(run.text))
    return Row(
        text,
        min(run.left for run in runs),
        max(run.right for run in runs),
        widest.base,
        widest.height,
        all(run.bold for run in runs),
        page,
        tuple(cells) if len(cells) > 1 else (),
    )


def _is_spread(cells: Sequence[Run]) -> bool:
    """Whether these may be words of a line that was spread to fill its width: then all gaps are alike."""
    gaps = [after.left - before.right for before, after in pairwise(cells)]
    return all(" " not in cell.text for cell in cells) and max(gaps) <= _EVEN * min(gaps)


def _rows(runs: Iterable[Run], page: int) -> list[Row]:
    return [_row(group, page) for group in _grouped(runs)]


# ---- heads and feet ----------------------------------------------------------------------


def _edges(pages: Sequence[Sheet], rows_of: Sequence[Sequence[Row]]) -> tuple[list[tuple[Row, str]], str | None]:
    """Rows at the edges of pages that are no story, with the rule that says so, and an address printed there."""
    candidates: list[tuple[Row, bool]] = []  # and whether it stands at the bottom
    for sheet, rows in zip(pages, rows_of, strict=True):
        margin = _MARGIN * (sheet.top - sheet.bottom)
        candidates.extend((row, False) for row in rows[:_EDGE_ROWS] if row.base > sheet.top - margin)
        candidates.extend((row, True) for row in rows[-_EDGE_ROWS:] if row.base < sheet.bottom + margin)
    # A day below a headline is the article's; at the very edge it is that of printing.
    outermost = {id(row) for rows in rows_of if rows for row in (rows[0], rows[-1])}
    said: defaultdict[tuple[str, bool], set[int]] = defaultdict(set)
    for row, bottom in candidates:
        said[_normal(row), bottom].add(row.page)
    found: dict[int, tuple[Row, str]] = {}
    address = None
    for row, bottom in candidates:
        on = said[_normal(row), bottom]
        if match := _ADDRESS.fullmatch(row.text.strip()):
            address = address or match[1]
            found[id(row)] = (row, "pdf: address at the edge")
        elif _PAGE_NUMBER.fullmatch(_normal(row)) and (id(row) in outermost or dated_line(row.text.strip()) is None):
            found[id(row)] = (row, "pdf: page number")
        elif len(on) >= _REPEATED and len(on) >= _SHARE * len(pages):
            found[id(row)] = (row, "pdf: running head" if not bottom else "pdf: running foot")
    marked = _of_exports(rows_of)
    found = {place: (row, rule) for place, (row, rule) in found.items() if row.page not in marked or _is_number(row)}
    if address is not None:  # a page printed by a browser: its day and title stand over it
        for row, bottom in candidates:
            if not bottom and _PRINTED.match(row.text):
                found.setdefault(id(row), (row, "pdf: running head"))
    return list(found.values()), address


def _of_exports(rows_of: Sequence[Sequence[Row]]) -> frozenset[int]:
    """The pages of an export of a press database on which an article may begin: what stands at their edges tells of it,
    and is often that of other articles, too."""
    pages: set[int] = set()
    for rows in rows_of:
        for place, row in enumerate(rows):
            if begins_article(row.text.strip()):
                pages.add(row.page)
            elif ends_article(row.text.strip()):
                pages.update((row.page, row.page + 1) if place >= len(rows) - _EDGE_ROWS else (row.page,))
    return frozenset(pages)


def _is_number(row: Row) -> bool:
    return _PAGE_NUMBER.fullmatch(_normal(row)) is not None


def _normal(row: Row) -> str:
    return _DIGITS.sub("#", " ".join(row.text.split()).casefold())


def _is_taken(runs: Sequence[Run], page: int, taken: set[tuple[float, str]]) -> bool:
    row = _row(runs, page)
    return (round(row.base, 1), row.text) in taken


# ---- columns -----------------------------------------------------------------------------


def columns(runs: Sequence[Run], depth: int = 0) -> list[list[Run]]:
    """`runs` by columns, in the order in which these are read; every run is in one of them."""
    if len(runs) > _MOST_RUNS or depth > _DEEPEST or (found := _gutter(runs)) is None:
        return [list(runs)] if runs else []
    left, right = found
    zones = _whole(_zones([run for run in runs if run.left < left and run.right > right]), runs)
    # From top to bottom: what stands on the two sides over a zone, then the zone with all that is beside it.
    parts: list[list[Run]] = [[] for _ in range(3 * len(zones) + 2)]
    for run in runs:
        place = sum(bottom > run.base + _ROW * run.height for _, bottom in zones)
        if place < len(zones) and run.base <= zones[place][0] + _ROW * run.height:
            parts[3 * place + 2].append(run)
        else:
            parts[3 * place + (run.right > right)].append(run)
    if any(len(part) == len(runs) for part in parts):
        return [list(runs)]
    return [column for part in parts for column in columns(part, depth + 1)]


def _zones(crossing: Sequence[Run]) -> list[tuple[float, float]]:
    """Highest and lowest base line of what crosses a gutter, top first, lines that follow one another as one."""
    zones: list[tuple[float, float]] = []
    for run in sorted(crossing, key=lambda each: -each.base):
        if zones and zones[-1][1] - run.base <= _FOLLOWS * run.height:
            zones[-1] = zones[-1][0], run.base
        else:
            zones.append((run.base, run.base))
    return zones


def _whole(zones: Sequence[tuple[float, float]], runs: Sequence[Run]) -> list[tuple[float, float]]:
    """`zones`, each with what belongs to it though it crosses nothing.

    That is its heading, lines of larger letters right over it, and the last lines of a column in it that is longer than
    the one beside it.
    """
    usual = median(run.height for run in runs)
    rows = [(row[0].base, min(run.height for run in row), [run.left for run in row]) for row in _grouped(runs)]
    found = []
    for top, bottom in zones:
        highest, lowest = top, bottom
        for base, height, _ in reversed([each for each in rows if each[0] > top]):
            if height <= _LARGER * usual or base - highest > _OVER * height:
                break
            highest = base
        lefts = [left for base, _, row in rows if bottom <= base <= top for left in row]
        for base, height, row in [each for each in rows if each[0] < bottom]:
            aligned = all(any(abs(left - other) < _ALIGNED * height for other in lefts) for left in row)
            if lowest - base > _DIRECTLY * height or not aligned:
                break
            lowest = base
        found.append((highest, lowest))
    return found


def _gutter(runs: Sequence[Run]) -> tuple[float, float] | None:
    """Left and right edge of the gutter that most plainly parts `runs` into two columns of prose; `None` for none."""
    if len(runs) < 2 * _FEWEST_ROWS:
        return None
    height = median(run.height for run in runs)
    most = _CROSSED * len(_grouped(runs))
    changes: Counter[float] = Counter()
    for run in runs:
        changes[run.left] += 1
        changes[run.right] -= 1
    places = sorted(changes)
    crossed, gaps = 0, []
    for place, after in pairwise(places):
        crossed += changes[place]
        if after - place >= _GUTTER * height and crossed <= most:
            gaps.append((crossed, place - after, place, after))
    for _, _, left, right in sorted(gaps)[:_TRIED]:
        before = [run for run in runs if run.right <= left]
        behind = [run for run in runs if run.left >= right]
        if _is_prose(before) and _is_prose(behind) and _side_by_side(before, behind):
            return left, right
    return None


def _is_prose(runs: Sequence[Run]) -> bool:
    """Whether most lines of `runs` are about as wide as a full one: cells of a table are not.

    A line is a row; or, where most rows are cut by wide gaps, as those of several columns side by side, a piece of one.
    """
    rows = _rows(runs, 0)
    cut = [bool(row.cells) and not _is_spread(row.cells) for row in rows]
    if 2 * sum(cut) < len(rows) and _are_even(rows):
        return True
    return _are_even([line for row in rows for line in row.cells or (row,)])


def _are_even(lines: Sequence[Row | Run]) -> bool:
    if len(lines) < _FEWEST_ROWS:
        return False
    widths = sorted(line.right - line.left for line in lines)
    full = widths[3 * len(widths) // 4]
    return median(widths) >= _FILLED * full and median(len(line.text) for line in lines) >= _LETTERS


def _side_by_side(left: Sequence[Run], right: Sequence[Run]) -> bool:
    top = min(max(run.base for run in left), max(run.base for run in right))
    bottom = max(min(run.base for run in left), min(run.base for run in right))
    return top > bottom


# ---- paragraphs --------------------------------------------------------------------------


def _widest(columns: Iterable[Sequence[Row]]) -> dict[int, float]:
    """Left edge (in whole points) → the right edge of the widest column that begins there, on any page."""
    found: dict[int, float] = {}
    for rows in columns:
        edge = round(_usual_left(rows))
        found[edge] = max(found.get(edge, 0.0), *(row.right for row in rows))
    return found


def _paragraphs(rows: Sequence[Row], widest: Mapping[int, float], usual: float) -> Iterator[Block]:
    """The rows of one column, put together to paragraphs. `widest` as `_widest` gives it: a page may have short lines
    alone."""
    edge = _usual_left(rows)
    full = max(row.right for row in rows)
    if median(row.right for row in rows) - edge < _RAGGED * (full - edge):
        full = widest[round(edge)]
    _forget_spread(rows, edge, full)
    usual = _usual_distance(rows, {**widest, round(edge): full}, usual)
    in_table = _table_rows(rows)
    block = Block([rows[0]], full=full)
    for number, (before, row) in enumerate(pairwise(rows), start=1):
        if in_table[number - 1] or in_table[number] or _begins(block, before, row, edge, full, usual):
            yield _named(block, in_table=in_table[number - 1])
            block = Block([], full=full)
        block.rows.append(row)
    yield _named(block, in_table=in_table[-1])


def _usual_distance(rows: Sequence[Row], widest: Mapping[int, float], otherwise: float | None = None) -> float:
    """How far the lines of a paragraph are from one another, in heights of a line; 0.0 where nothing tells.

    Behind a full line that is what is usual: on a page of paragraphs of one line each most distances are those between
    paragraphs. Where too few are full it is `otherwise`, what is usual in the document.
    """
    below = [
        (before, (before.base - after.base) / after.height)
        for before, after in pairwise(rows)
        if before.page == after.page and _alike(before, after) and before.base > after.base and after.height
    ]
    full = [distance for row, distance in below if _is_full(row, widest.get(round(row.left), row.right + 1))]
    if len(full) < _FEWEST_FULL and otherwise:
        return otherwise
    found = full or [distance for _, distance in below]
    return median(found) if found else 0.0


def _is_full(row: Row, right: float) -> bool:
    return row.right >= right - _NEARLY_FULL * (right - row.left)


def _forget_spread(rows: Sequence[Row], left: float, right: float) -> None:
    """Take words of lines that were spread to fill a justified column for no cells."""
    filled = [right - row.right < _ALIGNED * row.height for row in rows]
    if 2 * sum(filled) < len(rows):
        return
    for row, is_filled in zip(rows, filled, strict=True):
        if row.cells and is_filled and abs(row.left - left) < row.height and _is_spread(row.cells):
            row.cells = ()


def _table_rows(rows: Sequence[Row]) -> list[bool]:
    """Which rows are those of a table: a row over or under them has cells that begin, or end, at the same places."""
    aligned = [_is_aligned(before, row) for before, row in pairwise(rows)]
    return [before or after for before, after in zip([False, *aligned], [*aligned, False], strict=True)]


def _is_aligned(one: Row, other: Row) -> bool:
    if not one.cells or not other.cells:
        return False
    near = [
        any(min(abs(a.left - b.left), abs(a.right - b.right)) < _ALIGNED * one.height for b in other.cells[1:])
        for a in one.cells[1:]
    ]
    return all(near) if _is_spread(one.cells) or _is_spread(other.cells) else any(near)


def _begins(block: Block, before: Row, row: Row, edge: float, full: float, usual: float) -> bool:
    """Whether a new paragraph begins with `row`, which stands under `before`."""
    if not _alike(before, row) or _BULLET.match(row.text):
        return True
    if before.text.endswith(_HYPHENS):
        return False
    distance = before.base - row.base
    if distance < 0 or (usual and distance > _APART * usual * row.height):
        return True
    set_in = _INDENT * row.height
    if _is_centred(before, row, edge, full):
        return False
    if row.left > before.left + set_in and before.left <= edge + set_in:
        return not _BULLET.match(block.rows[0].text)  # the lines of an item hang under its first
    if row.left < before.left - set_in and len(block.rows) > 1:
        return True
    first = len(row.text.split(" ", 1)[0]) * (row.right - row.left) / max(1, len(row.text))
    free = full - before.right
    if free > first + 0.5 * row.height and _ENDS.search(before.text) and not row.text[:1].islower():
        return True
    return free > _SHORT * (full - edge) and not row.text[:1].islower()


def _is_centred(before: Row, row: Row, edge: float, full: float) -> bool:
    """Whether two lines stand in the middle of their column, both free on both sides."""
    middle, other = (before.left + before.right) / 2, (row.left + row.right) / 2
    free = min(before.left, row.left) - edge > 0.2 * row.height and full - max(before.right, row.right) > 0
    return free and abs(middle - other) < 0.15 * row.height and abs(middle - (edge + full) / 2) < row.height


def _alike(one: Row, other: Row) -> bool:
    """Whether two rows are set in one size and weight."""
    return max(one.height, other.height) <= _SIZE * min(one.height, other.height) and one.bold == other.bold


def _usual_left(rows: Sequence[Row]) -> float:
    """Where most rows begin."""
    begins = Counter(round(row.left) for row in rows)
    return float(min(begins, key=lambda left: (-begins[left], left)))


def _named(block: Block, *, in_table: bool) -> Block:
    if in_table:
        row = block.rows[0]
        row.text = "\t".join(cell.text for cell in row.cells) or row.text
        block.kind, block.rule = "list-item", "pdf: row of a table"
    elif _BULLET.match(block.rows[0].text):
        block.kind, block.rule = "list-item", "pdf: list item"
    return block


def _body(blocks: Sequence[Block]) -> float:
    """Height of most letters."""
    heights: Counter[float] = Counter()
    for block in blocks:
        for row in block.rows:
            heights[round(row.height, 1)] += len(row.text)
    return max(heights, key=lambda height: (heights[height], -height), default=0.0)


def _run_on(blocks: Sequence[Block], body: float) -> list[Block]:
    """Paragraphs that a column or a page cuts put together."""
    joined: list[Block] = []
    for block in blocks:
        if joined and _goes_on(joined[-1], block, body):
            joined[-1].rows.extend(block.rows)
            joined[-1].full, joined[-1].column = block.full, block.column
        else:
            joined.append(block)
    return joined


def _goes_on(before: Block, block: Block, body: float) -> bool:
    last, first = before.rows[-1], block.rows[0]
    if before.column == block.column or before.kind is not None or block.kind is not None or not _alike(last, first):
        return False
    if block.height > _LARGER * body and last.page == first.page:  # a headline of which one line crosses a gutter
        return abs(last.left - first.left) < first.height and 0 < last.base - first.base < 1.6 * first.height
    below = last.base - first.base
    if last.page == first.page and 0 < below <= _DIRECTLY * first.height and not _ENDS.search(last.text):
        return abs(last.left - first.left) < 0.3 * first.height  # a column that is longer than the one beside it
    elsewhere = last.page != first.page or first.base > last.base
    if not elsewhere or max(block.height, body) > _SIZE * min(block.height, body) or _ENDS.search(last.text):
        return False
    if last.text.endswith(_HYPHENS) or first.text[:1].islower():
        return True
    return last.right >= before.full - 0.1 * (last.right - last.left) and len(last.text) > _LETTERS


# ---- headings ----------------------------------------------------------------------------


def _headline_rank(block: Block) -> tuple[bool, float]:
    """A title of a paper is set larger than its headlines, and has fewer words than they."""
    return sum(row.text.count(" ") + 1 for row in block.rows) >= _HEADLINE_WORDS, block.height


def _mark_headings(blocks: Sequence[Block], body: float) -> None:
    """Name what is set larger than the body, or bold on its own.

    The largest on the first page is the headline, of those that have the words of one.
    """
    larger = [
        block
        for block in blocks
        if block.kind is None and block.height > _LARGER * body and len(block.rows) <= _LONGEST_HEADING
    ]
    first = [block for block in larger if block.rows[0].page == 1 and any(c.isalpha() for c in block.rows[0].text)]
    are_larger = {id(block) for block in larger}
    headline = max(first, key=_headline_rank, default=None)
    bold = sum(len(row.text) for block in blocks for row in block.rows if row.bold)
    plain = sum(len(row.text) for block in blocks for row in block.rows if not row.bold)
    for block in blocks:
        if block is headline:
            block.kind, block.rule = "headline", "pdf: largest letters of the first page"
        elif id(block) in are_larger:
            block.kind, block.rule = "subheading", "pdf: larger letters"
        elif (
            block.kind is None
            and plain > bold
            and len(block.rows) <= 2
            and all(row.bold for row in block.rows)
            and not _ENDS.search(block.rows[-1].text)
        ):
            block.kind, block.rule = "subheading", "pdf: bold letters"
        elif block.kind is None and headline is not None:
            block.kind = "paragraph"
