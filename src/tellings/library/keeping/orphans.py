"""Decisions of something that is no longer there."""

from __future__ import annotations

from tellings.edge.store import decisions, stories
from tellings.library.keeping.opened import Opened
from tellings.model.kept import Decision


def orphaned(library: Opened) -> tuple[Decision, ...]:
    """Decisions that hold of something that is no longer there: a telling that is forgotten, words that a revision does
    not have at that place."""
    with library.reading() as connection:
        return tuple(each for each in decisions.decisions(connection) if not is_there(library, each))


def is_there(library: Opened, decision: Decision) -> bool:
    """Whether what was decided of is there: tellings, a story that goes by its own id, values that stand where they
    stood."""
    if decision.kind in decisions.OF_PLACES:
        texts = {}
        for each in filter(None, (decision.a, decision.b)):
            row = library.connection.execute(
                "SELECT text FROM tellings t JOIN revisions ON number = revision WHERE t.id = ?",
                (decisions.place_of(each).telling,),
            ).fetchone()
            if row is not None:
                texts[decisions.place_of(each).telling] = row[0]
        return decisions.stands(decision, texts)
    return all(
        stories.story_of(library.connection, each) is not None or stories.members(library.connection, each)
        for each in filter(None, (decision.a, decision.b))
    )
