"""What a person decides on the command line, kept in a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tellings.cli.exits import NOTHING, USAGE, stop

Pairs = tuple[tuple[str, str], ...]


def need_a_file(decisions: Path | None, **options: Pairs) -> None:
    """Refuse to decide something without a file that keeps it. Raises click.UsageError."""
    if decisions is None and any(options.values()):
        names = [f"--{name.replace('_', '-')}" for name in options]
        told = f"{', '.join(names[:-1])} and {names[-1]}"
        raise click.UsageError(f"{told} need --decisions FILE, which keeps what was decided")


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
