"""How a record differs from one made again: every field, each by its path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from tellings.library.checks.outcome import Failure
from tellings.model.record import Record, TellingLine

#: Fields that say something of the file, not of the story.
_OF_THE_FILE = ("digest",)


def differences(recorded: Record, anew: Record) -> Iterator[Failure]:
    """Each field of `recorded` that `anew` has otherwise, each entry that only one of them has."""
    for field in fields(Record):
        if field.name not in _OF_THE_FILE:
            yield from _differences(field.name, getattr(recorded, field.name), getattr(anew, field.name))


def differences_of_telling(recorded: TellingLine, anew: TellingLine, names: Iterable[str]) -> Iterator[Failure]:
    """The same of the fields `names` of a telling."""
    for name in names:
        path = f"tellings[{recorded.label}].{name}"
        yield from _differences(path, getattr(recorded, name), getattr(anew, name))


def _differences(path: str, recorded: Any, anew: Any) -> Iterator[Failure]:
    if recorded == anew and type(recorded) is type(anew):
        return
    if is_dataclass(recorded) and type(recorded) is type(anew):
        for field in fields(recorded):
            yield from _differences(f"{path}.{field.name}", getattr(recorded, field.name), getattr(anew, field.name))
    elif isinstance(recorded, tuple) and isinstance(anew, tuple):
        yield from _of_entries(path, recorded, anew)
    else:
        yield Failure(path, "", f"the record says {_short(recorded)}, the sources read again give {_short(anew)}")


def _of_entries(path: str, recorded: tuple[Any, ...], anew: tuple[Any, ...]) -> Iterator[Failure]:
    """Entries are compared by their ids, where all have one of their own; else by their place."""
    mine, other = _by_id(recorded), _by_id(anew)
    if mine is None or other is None:
        mine, other = dict(enumerate(recorded)), dict(enumerate(anew))
    elif [key for key in mine if key in other] != [key for key in other if key in mine]:
        yield Failure(path, "", "its entries stand in another order than the sources read again give")
    for key in mine:
        if key in other:
            yield from _differences(f"{path}[{key}]", mine[key], other[key])
        else:
            yield Failure(f"{path}[{key}]", "", f"the sources read again do not give {_short(mine[key])}")
    for key in other:
        if key not in mine:
            yield Failure(f"{path}[{key}]", "", f"the record leaves out {_short(other[key])}")


def _by_id(entries: tuple[Any, ...]) -> dict[Any, Any] | None:
    found = {getattr(entry, "id", None): entry for entry in entries}
    return None if None in found or len(found) != len(entries) else found


def _short(value: Any) -> str:
    told = repr(value)
    return told if len(told) <= 120 else f"{told[:90]}…{told[-28:]}"
