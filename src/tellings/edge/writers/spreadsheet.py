"""Comma-separated values (RFC 4180) in which no cell of a source's words can run as a formula of a spreadsheet.

A cell that begins as a formula would ("=", "+", "-", "@", a tab, a line end, their wide forms, each also after spaces)
has an apostrophe before it, as OWASP advises against CSV injection; so has one that begins with apostrophes and goes on
like that, so that taking off one apostrophe there gives back any cell exactly. Numbers stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

_FORMULA = re.compile("'*(?:[ \u00a0]*[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n])")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def written(fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """The `rows` with a head of `fields`; `None` is an empty cell. Raises ValueError for a row with other fields."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fields)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: marked(value) if isinstance(value, str) else value for name, value in row.items()})
    return out.getvalue()


def marked(cell: str) -> str:
    """`cell` so that a spreadsheet takes it for text, or for the number that it is."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unmarked(cell: str) -> str:
    """The words of which `marked` made `cell`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell
