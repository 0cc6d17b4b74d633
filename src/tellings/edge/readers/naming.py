"""Which fields of tables and of JSON hold what, where somebody says it: "text=body,date=published_at"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: What can be named.
ROLES = ("text", "title", "date", "publisher", "author", "url", "language")
#: Between two of them; a comma within the name of a field is part of it.
_BETWEEN = re.compile(r",(?=\s*\w+\s*=)")


class FieldsError(ValueError):
    """What was said of fields cannot be used; the message says why, and what can be said."""


@dataclass(frozen=True, slots=True)
class Named:
    """Role → the fields that hold it, the first to be tried first; nothing of a role that nobody named."""

    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def of(self, role: str) -> tuple[str, ...]:
        """The fields named for `role`."""
        return next((fields for each, fields in self.fields if each == role), ())

    @property
    def written(self) -> tuple[str, ...]:
        """Each as one says it, "ROLE=FIELD"; `named` reads them again."""
        return tuple(f"{role}={field}" for role, fields in self.fields for field in fields)


def named(given: Mapping[str, str | Sequence[str]] | Iterable[str] | None) -> Named:
    """What was said of fields: role → name, or names in the order in which they are tried; or "ROLE=FIELD,ROLE=FIELD".

    >>> named(["text=body,date=published_at", "text=inhalt"]).of("text")
    ('body', 'inhalt')

    Raises:
        FieldsError: a role that there is not, or no field for one.
    """
    found: dict[str, list[str]] = {}
    for role, field in _pairs(given or ()):
        if role not in ROLES:
            raise FieldsError(f"{role!r} is nothing that a field can be named for; there are: {', '.join(ROLES)}")
        if not field:
            raise FieldsError(f"no field is named for {role}; write {role}=NAME")
        found.setdefault(role, [])
        if field not in found[role]:
            found[role].append(field)
    return Named(tuple((role, tuple(found[role])) for role in ROLES if role in found))


def _pairs(given: Mapping[str, str | Sequence[str]] | Iterable[str]) -> Iterable[tuple[str, str]]:
    if isinstance(given, Mapping):
        for role, fields in given.items():
            for field in (fields,) if isinstance(fields, str) else fields:
                yield role.strip().lower(), field.strip()
        return
    for said in (given,) if isinstance(given, str) else given:
        for each in _BETWEEN.split(said):
            role, equals, field = each.partition("=")
            if not equals:
                raise FieldsError(f"{each!r} names no field; write for instance text=body,date=published_at")
            yield role.strip().lower(), field.strip()
