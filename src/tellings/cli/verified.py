"""What a check of a record found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from tellings.library.checks import Verification
from tellings.model.counted import count


def findings(found: Verification) -> Iterator[str]:
    """A line for each thing that failed, is other than it was, or could not be checked."""
    for failure in found.failures:
        of = f" ({failure.telling})" if failure.telling else ""
        yield f"FAILED {failure.line}{of}: {failure.message}"
    for note in found.notes:
        yield f"note {note}"
    for what in found.unchecked:
        yield f"NOT CHECKED {what}"


def summary(found: Verification) -> Iterator[str]:
    """What was checked, and the verdict."""
    for what in found.checked:
        yield f"checked: {what}"
    for what in found.only_again:
        yield f"only --again can tell: {what}"
    verdict = {
        "holds": "every line holds",
        "fails": f"{count(len(found.failures), 'thing')} {'does' if len(found.failures) == 1 else 'do'} not hold",
        "incomplete": "nothing failed, but not everything could be checked",
    }[found.outcome]
    yield f"{count(found.lines, 'line')} of {count(found.tellings, 'article')}: {verdict}."


def objects(found: Verification) -> dict[str, Any]:
    """The same as plain objects, with the `outcome` in a word."""
    return {"outcome": found.outcome, **asdict(found)}
