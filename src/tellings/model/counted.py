"""How many of what, in English."""

from __future__ import annotations

_IRREGULAR = {"person": "people"}


def count(number: int, noun: str) -> str:
    """A number with its noun, of which the last word takes the plural: "1 telling", "2 tellings", "3 more entries"."""
    if number == 1:
        return f"1 {noun}"
    before, space, last = noun.rpartition(" ")
    return f"{number:,} {before}{space}{_plural(last)}"


def _plural(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("y") and not noun.endswith(("ay", "ey", "oy", "uy")):
        return f"{noun[:-1]}ies"
    return f"{noun}s"
