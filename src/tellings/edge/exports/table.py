"""Comma-separated values (RFC 4180), safe to open in a spreadsheet: the one way a table is written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

#: What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection"), also after spaces; apostrophes
#: before it, so that taking one off gives back every cell.
_FORMULA = re.compile("'*(?:[ \u00a0]*[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n])")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def table(fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows under a head of `fields`; what a row does not have is an empty cell, what has no field is left out.

    Numbers and days stay what they are. Words that a spreadsheet would take for a formula stand behind an apostrophe,
    which shows that they are words; it is the one character of a cell that no source wrote (`unmarked` takes it off).
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({field: _cell(row.get(field)) for field in fields} for row in rows)
    return out.getvalue()


def unmarked(cell: str) -> str:
    """The words of which `table` made `cell`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def _cell(value: Any) -> Any:
    runs = isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value)
    return f"'{value}" if runs else value
