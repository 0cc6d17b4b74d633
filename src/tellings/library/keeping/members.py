"""Which story, and which tellings, somebody means by what they call it."""

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


def telling_called(library: Opened, called: str) -> str:
    """The id of the telling that somebody calls so: by its id, its address or its name. Raises NotThereError."""
    rows = library.connection.execute(
        "SELECT id FROM tellings WHERE id = ?1 OR address = ?1 OR name = ?1 ORDER BY id LIMIT 3", (called,)
    ).fetchall()
    if len(rows) == 1:
        return str(rows[0][0])
    if rows:
        ids = ", ".join(row[0] for row in rows)
        raise NotThereError(f"{called!r} fits several articles; give the id: {ids}")
    raise NotThereError(f"{called!r} is no article of {library.path}; give its id, its address or its name")
