"""Time expressions in English text, found and placed on the calendar as TIMEX3 (ISO-TimeML).

>>> import tellings.times
>>> from datetime import date
>>> text = "The ferry sank on Monday, two days after the inspection."
>>> [(found.span.of(text), found.value) for found in tellings.times.find(text, dct=date(2020, 11, 4))]
[('Monday', '2020-11-02'), ('two days', 'P2D')]

`find` needs nothing but the text; with the document creation time (`dct`) it resolves what counts from
it. `to_timeml` and `from_timeml` write and read TimeML. How it works: docs/times.md.
"""

from __future__ import annotations

from tellings.edge.timeml import TimeML, TimeMLError, from_timeml, to_timeml
from tellings.model.records import Interval, Timex
from tellings.model.text import Span
from tellings.within.times import find

__all__ = ["Interval", "Span", "TimeML", "TimeMLError", "Timex", "find", "from_timeml", "to_timeml"]
