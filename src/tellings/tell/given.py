"""What was given to be read, so that a telling that is missing from the record shows."""

from __future__ import annotations

from collections.abc import Iterable

from tellings.model.record import Given
from tellings.model.text import digest


def given(paths: tuple[str, ...], articles: Iterable[tuple[str, str]], fields: tuple[str, ...] = ()) -> Given:
    """What was read from `paths`: articles as (name, digest of their characters), by the `fields` that were named."""
    lines = sorted(f"{name}\t{characters}\n" for name, characters in articles)
    return Given(paths, len(lines), digest("".join(lines)), fields)
