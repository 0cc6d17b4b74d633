"""When a telling without a date was written: not before what it tells as past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tellings.model.records import Dating, DocumentDate, Timex


def bounded(found: DocumentDate, dated: Iterable[Dating], timexes: Iterable[Timex]) -> DocumentDate:
    """`found`, and where no day is known the latest of the days that the telling's own words tell as past, whole days
    with their year alone: it was written on that day or later."""
    if found.value is not None or found.not_before is not None:
        return found
    sure = {timex.span for timex in timexes if timex.type == "DATE" and not timex.ambiguous}
    days = [
        each.interval.earliest
        for each in dated
        if each.interval is not None
        and each.interval.days == 1
        and each.basis == "own"
        and each.status == "told"
        and sure.issuperset(each.timexes)
    ]
    latest = max(days, default=None)
    if latest is None or (found.not_after is not None and latest > found.not_after):
        return found
    return replace(found, not_before=latest)
