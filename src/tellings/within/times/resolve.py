"""What a found expression means: a function for each meaning named in the files of the room.

Every function gives a `Sense`. A date that cannot be placed gets value `None` (or a value with X for
what is unknown) and the reason; it is never placed against a date that is not known.
"""

from __future__ import annotations

from collections.abc import Callable

from tellings.model.text import Span
from tellings.within.times.beside import resolve_beside
from tellings.within.times.clock import resolve_clock
from tellings.within.times.context import Context
from tellings.within.times.counted import resolve_offset, resolve_this, resolve_told
from tellings.within.times.dates import resolve_date
from tellings.within.times.deictic import resolve_but_one, resolve_day, resolve_deictic, resolve_weekend
from tellings.within.times.distance import resolve_distance
from tellings.within.times.grammar import Compiled
from tellings.within.times.lengths import resolve_duration, resolve_set
from tellings.within.times.reports import resolve_report
from tellings.within.times.sense import NOTHING_TOLD, Groups, Sense, unplaced
from tellings.within.times.stretches import resolve_nth, resolve_up_to

Resolver = Callable[[Compiled, Groups, Span, Context], Sense | None]


def resolve_reference(rule: Compiled, groups: Groups, span: Span, context: Context) -> Sense | None:
    """Now, once, some day: the standard's three references. "Soon" in a story of the past is no time of its own."""
    if "bound_reference" in groups:
        value = str(context.grammar.meaning("bound_reference", groups["bound_reference"]))
        return Sense("DATE", value) if value else unplaced("DATE", None, NOTHING_TOLD)
    if "history_reference" in groups:
        if not context.history:
            return None
        return Sense("DATE", str(context.grammar.meaning("history_reference", groups["history_reference"])))
    if context.grammar.holds("coming_only", groups["reference"]) and context.way(span.start, span.end) != "future":
        return None
    return Sense("DATE", str(context.grammar.meaning("reference", groups["reference"])))


RESOLVERS: dict[str, Resolver] = {
    "date": resolve_date,
    "deictic": resolve_deictic,
    "told": resolve_told,
    "this": resolve_this,
    "offset": resolve_offset,
    "distance": resolve_distance,
    "but_one": resolve_but_one,
    "nth": resolve_nth,
    "up_to": resolve_up_to,
    "report": resolve_report,
    "beside": resolve_beside,
    "day": resolve_day,
    "weekend": resolve_weekend,
    "reference": resolve_reference,
    "duration": resolve_duration,
    "set": resolve_set,
    "clock": resolve_clock,
}
