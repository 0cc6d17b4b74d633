"""How many of what, in English."""

from __future__ import annotations

_IRREGULAR = {"person": "people", "child": "children", "man": "men", "woman": "women", "life": "lives"}


def count(number: int, noun: str) -> str:
    """A number with its noun, of which the last word takes the plural: "1 telling", "2 tellings", "3 more entries"."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {plural(noun)}"


def plural(noun: str) -> str:
    """The plural of an English noun, of which the last word takes it."""
    before, space, noun = noun.rpartition(" ")
    if noun in _IRREGULAR:
        return f"{before}{space}{_IRREGULAR[noun]}"
    if noun.endswith("y") and not noun.endswith(("ay", "ey", "oy", "uy")):
        return f"{before}{space}{noun[:-1]}ies"
    return f"{before}{space}{noun}{'es' if noun.endswith(('s', 'x', 'z', 'ch', 'sh')) else 's'}"
