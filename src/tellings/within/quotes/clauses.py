"""Where the sentence that runs into a position begins."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.!?…][”\"’')]*\s+(?=[A-Z“\"‘])")


def clause_floor(text: str, floor: int, position: int) -> int:
    """The start of the sentence that runs into the quotation."""
    if text[floor:position].rstrip()[-1:] in (".", "!", "?", "…"):
        return position
    start = floor
    for match in _SENTENCE_END.finditer(text, floor, position + 1):
        start = match.end()
    return start


def ends_sentence(stretch: str) -> bool:
    """Whether a sentence ends inside `stretch`."""
    return _SENTENCE_END.search(stretch) is not None
