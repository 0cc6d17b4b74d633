"""What a person decides on the command line, kept in a file."""

from __future__ import annotations

from pathlib import Path

from tellings.cli.exits import NOTHING, stop

Pairs = tuple[tuple[str, str], ...]


def of_values(decisions: Path | None, not_the_same: Pairs, undo: Pairs) -> Pairs:
    """What is decided of values after these changes; stops where the file is no such file."""
    from tellings.edge import decisions as kept

    if decisions is None:
        return ()
    try:
        return kept.of_values(kept.changed(decisions, {"not the same thing": not_the_same}, undo))
    except kept.DecisionsError as error:
        stop(str(error), NOTHING)
