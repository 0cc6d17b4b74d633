"""Comma-separated values (RFC 4180), safe to open in a spreadsheet: the one way a table is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

#: What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows under a head of `fields`; what a row does not have is an empty cell, what has no field is left out.

    Numbers and days stay what they are. Words that a spreadsheet would take for a formula stand behind an apostrophe,
    which shows that they are words; it is the one character of a cell that no source wrote.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({field: _cell(row.get(field)) for field in fields} for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
