"""Days of a draft on which something was said, and did not happen: "On May 3 the port said that ...", "May 3: The port
says that ..."."""

from __future__ import annotations

import re

from tellings.across.checking.alike import Alike
from tellings.model.text import Span

#: What stands before the day of an entry of a timeline, and behind it.
_LEADING, _ENTRY = re.compile(r"[\s*_#>•–—-]*"), re.compile(r"[*_]*\s*[:–—-]")


def is_of_what_is_said(alike: Alike, day: Span, told: Span | None = None) -> bool:
    """Whether a day of the draft is that on which somebody said something, as the entry of a timeline or in the same
    sentence, outside of his words; `told`: what has to be part of these, wherever it stands in the entry."""
    draft = alike.draft
    sentence = draft.sentence_around(day)
    block = next((each.span for each in draft.blocks if each.span.contains(day)), sentence)
    entry = _LEADING.fullmatch(draft.text, block.start, day.start) and _ENTRY.match(draft.text, day.end)
    said = [each.content for each in draft.quotes if (block if entry else sentence).overlaps(each.content)]
    if told is not None:
        said = [each for each in said if each.contains(told)]
    return bool(said) and not any(each.overlaps(day) for each in said)
