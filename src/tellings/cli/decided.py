"""What a person decides on the command line, kept in a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tellings.cli.exits import NOTHING, USAGE, stop
from tellings.cli.output import say

Pairs = tuple[tuple[str, str], ...]


def need_a_file(decisions: Path | None, **options: Pairs) -> None:
    """Refuse to decide something without a file that keeps it. Raises click.UsageError."""
    if decisions is None and any(options.values()):
        names = [f"--{name.replace('_', '-')}" for name in options]
        told = f"{', '.join(names[:-1])} and {names[-1]}"
        raise click.UsageError(f"{told} need --decisions FILE, which keeps what was decided")


def say_if_empty(decisions: Path | None, *made: Pairs) -> None:
    """Say that nothing is decided in a file that is there, where nothing is decided now either: perhaps another was
    meant."""
    if decisions is not None and decisions.is_file() and not any(made) and not decisions.read_bytes().strip():
        say(f"note {decisions}: no decision stands in it")


@contextmanager
def decided() -> Iterator[None]:
    """Where a file of decisions is no such file, or what was typed fits nothing that was read, say why, and end."""
    from tellings.library import DecisionsError, UnfitReferenceError

    try:
        yield
    except DecisionsError as error:
        stop(str(error), NOTHING)
    except UnfitReferenceError as error:
        stop(str(error), USAGE)
