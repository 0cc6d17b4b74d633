"""What is new in a story since it was last looked at."""

from __future__ import annotations

from tellings import pipeline
from tellings.across.digest import NEWS
from tellings.edge.store import tellings
from tellings.library.keeping.looking import listed, tellings_of
from tellings.library.keeping.members import members_of
from tellings.library.keeping.opened import Opened
from tellings.model.kept import News, TellingWords
from tellings.model.records import Telling
from tellings.model.text import Span


def news(library: Opened, story: str, *, most: int = NEWS) -> News:
    """What is new in a story since it was last looked at. Raises NotThereError."""
    with library.reading() as connection:
        found, members = members_of(library, story)
        new = tuple(tellings_of(library, found, only_new=True))
        story_now = listed(library, found)
        if not new or len(new) == len(members):
            # Of a story that nobody has looked at everything is new: its brief says what it is.
            return News(story_now, new, ())
        told = pipeline.with_origins([telling for telling, _ in tellings.tellings_of(connection, members)])
        by_id = {telling.id: telling for telling in told.tellings}
        lines = pipeline.news(told, frozenset(each.id for each in new), most)
        return News(story_now, new, tuple(_said(by_id[line.place.telling], line.place.span) for line in lines))


def _said(telling: Telling, span: Span) -> TellingWords:
    document = telling.document
    day = document.date.value
    return TellingWords(
        telling.id,
        document.publisher.value if document.publisher else None,
        day.isoformat() if day else None,
        span.of(telling.text),
        span,
    )
