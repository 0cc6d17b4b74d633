"""What changed in substance between two texts at one address, in a library that keeps both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from tellings.edge.store import tellings
from tellings.edge.store.reading import texts_of
from tellings.library.keeping.members import telling_called
from tellings.library.keeping.opened import TIME, Opened
from tellings.model.kept import Changes
from tellings.model.records import EarlierText, Telling
from tellings.tell.changes import between


def changes(library: Opened, called: str) -> tuple[Changes, ...]:
    """What changed in a telling, from each of its revisions to the next. Raises NotThereError."""
    with library.reading():
        identifier = telling_called(library, called)
        texts = list(_texts(library, identifier))
    return tuple(
        Changes(identifier, place, f"{at:{TIME}}", tuple(between(before, after)))
        for place, ((before, _), (after, at)) in enumerate(pairwise(texts), 2)
    )


def earlier(library: Opened, found: Sequence[Telling]) -> Iterator[EarlierText]:
    """The texts that these tellings had before, and what of substance they have otherwise now."""
    for telling in found:
        *kept, _ = texts_of(library.connection, telling.id)
        for number, (revision, at) in enumerate(kept, 1):
            before, _ = tellings.of_revision(library.connection, revision)
            yield EarlierText(telling.id, number, at, before.document, tuple(between(before, telling)))


def _texts(library: Opened, identifier: str) -> Iterator[tuple[Telling, datetime]]:
    """The texts that a telling has had, the newest last, and when each was added."""
    for number, at in texts_of(library.connection, identifier):
        yield tellings.of_revision(library.connection, number)[0], at
