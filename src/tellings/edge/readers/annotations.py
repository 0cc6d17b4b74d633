"""Exports of Hypothesis: annotations of pages, as JSON or CSV. They are what somebody wrote on an article, and none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tellings.edge.readers.fields import normal
from tellings.model.counted import count
from tellings.model.records import Problem

#: Members of an annotation (Hypothesis API, v1), and columns of the two tables that programs write of them.
_OBJECT = frozenset({"uri", "text", "target", "user"})
_TABLES = (
    frozenset({"annotation/replytype", "quote", "body"}),
    frozenset({"quote", "comment", "tags", "url"}),
    frozenset({"exact", "text", "tags", "uri"}),
)
#: Where a table has the address, and pages that are named before the rest are counted.
_ADDRESSES, _SHOWN = ("uri", "url"), 3


def annotations_in(value: Any) -> Sequence[Mapping[str, Any]]:
    """The annotations that an export of the Hypothesis client holds; none of any other value."""
    found = value.get("annotations") if isinstance(value, dict) and "export_date" in value else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else ()


def annotations_of(name: str, rows: Sequence[Mapping[str, Any]], *, whole: bool = True) -> Problem | None:
    """That the rows of a file (the `whole` of them, or the first) are annotations, with the pages that they are of;
    `None` where any is something else."""
    if not rows or not all(_is_annotation(row) for row in rows):
        return None
    pages = list(dict.fromkeys(_pages(rows)))
    shown = ", ".join(pages[:_SHOWN]) + (f" and {len(pages) - _SHOWN} more" if len(pages) > _SHOWN else "")
    where = f" on {count(len(pages), 'page')}: {shown}" if pages else ""
    number = count(len(rows), "annotation") if whole else f"more than {count(len(rows), 'annotation')}"
    message = f"{number} (Hypothesis){where}; they are no articles"
    return Problem(name, "no-article", message, "save the pages themselves, and read those", lost=True)


def _is_annotation(row: Mapping[str, Any]) -> bool:
    names = {normal(column) for column in row}
    return any(table <= names for table in _TABLES) or (row.keys() >= _OBJECT and isinstance(row["target"], list))


def _pages(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for row in rows:
        fields = {normal(key): value for key, value in row.items()}
        found = next((fields[key] for key in _ADDRESSES if isinstance(fields.get(key), str) and fields[key]), None)
        if found:
            yield str(found)[:200]
