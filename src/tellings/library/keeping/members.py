"""Which story, and which tellings, somebody means by an id."""

from __future__ import annotations

from tellings.edge.store import stories
from tellings.library.keeping.opened import NotThereError, Opened


def members_of(library: Opened, story: str) -> tuple[str, tuple[str, ...]]:
    """The story that goes by an id, also one that was merged into it, or by the id of a telling; and its tellings.

    Raises:
        NotThereError: there is none.
    """
    found = stories.called(library.connection, story)
    if found is None:
        raise NotThereError(f"{story!r} is no story of {library.path}; tellings list shows which there are")
    return found
