"""The headline of a telling."""

from __future__ import annotations

from collections.abc import Iterable

from tellings.model.records import Telling


def headline(telling: Telling) -> str:
    """The headline of a telling: its title, else the first block that is one; "" where it has none."""
    if telling.document.title is not None:
        return telling.document.title.value
    found = next((block.span for block in telling.blocks if block.kind == "headline"), None)
    return "" if found is None else found.of(telling.text)


def headlines(tellings: Iterable[Telling]) -> dict[str, str]:
    """Telling → its headline, of those that have one."""
    return {telling.id: words for telling in tellings if (words := headline(telling))}
