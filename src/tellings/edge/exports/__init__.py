"""Exports: a record, or one view of it, in a form that another program reads.

Each export is a function of a `Record` alone, so that a saved record can be exported without its articles. A new one is
a function in a module here and a line in `EXPORTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tellings.edge.exports import copies, facts, quotes, tellings, timeline, whole
from tellings.model.record import Record


@dataclass(frozen=True, slots=True)
class Export:
    """How one view is written in one form; `suffix` is that of its files."""

    view: str
    form: str
    suffix: str
    write: Callable[[Record], str]


EXPORTS = (
    Export("record", "markdown", ".md", whole.markdown),
    Export("record", "annotations", ".jsonld", whole.web_annotations),
    Export("timeline", "csv", ".csv", timeline.rows),
    Export("timeline", "markdown", ".md", timeline.markdown),
    Export("timeline", "timelinejs", ".json", timeline.timeline_js),
    Export("timeline", "ical", ".ics", timeline.calendar),
    Export("brief", "markdown", ".md", timeline.brief),
    Export("quotes", "csv", ".csv", quotes.rows),
    Export("quotes", "markdown", ".md", quotes.markdown),
    Export("facts", "csv", ".csv", facts.rows),
    Export("facts", "markdown", ".md", facts.markdown),
    Export("copies", "csv", ".csv", copies.rows),
    Export("copies", "markdown", ".md", copies.markdown),
    Export("tellings", "csv", ".csv", tellings.rows),
)
VIEWS = tuple(dict.fromkeys(export.view for export in EXPORTS))
FORMS = tuple(dict.fromkeys(export.form for export in EXPORTS))


class NoSuchExportError(ValueError):
    """There is no export of this view in this form; the message says which there are."""


def export(record: Record, form: str, view: str | None = None) -> str:
    """`view` of `record` in `form`; without a view the one that has this form, or the whole record.

    Raises:
        NoSuchExportError: there is none, or several views have this form and none was named.
    """
    return find(form, view).write(record)


def find(form: str, view: str | None = None) -> Export:
    """The export of `view` in `form`. Arguments and errors as for `export`."""
    having = [each for each in EXPORTS if each.form == form]
    fitting = [each for each in having if each.view == view] if view else having
    if len(fitting) > 1:
        fitting = [each for each in fitting if each.view == "record"] or fitting
    if len(fitting) == 1:
        return fitting[0]
    if not having:
        raise NoSuchExportError(f"there is no export to {form}; there are: {', '.join(FORMS)}")
    views = ", ".join(each.view for each in having)
    what = f"{view} cannot be exported to {form}" if view else f"several views can be exported to {form}: name one"
    raise NoSuchExportError(f"{what}; it takes {views}")
