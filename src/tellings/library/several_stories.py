"""Whether what is read as one story looks like articles of several: a record is of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tellings.across.stories import Stories
from tellings.across.stories.linkage import sampled
from tellings.library.annotate import each
from tellings.library.sorting import SKETCH
from tellings.model.records import Document, Problem

#: Articles of which it is told at least, and that are looked at, over the whole of a larger pile.
FEWEST, LOOKED_AT = 4, 300


def several_stories(documents: Iterable[Document], paths: Sequence[str]) -> tuple[Problem, ...]:
    """A problem where no story that sorting finds among the articles read from `paths` has half of them; nothing where
    one has, and of languages that there are no rules for."""
    known = sorted({document.id: document for document in documents}.values(), key=lambda document: document.id)
    looked_at = sampled(known, LOOKED_AT)
    sketches, problems = each(looked_at, SKETCH)
    foreign = {problem.place for problem in problems}
    sorted_in = Stories()
    sorted_in.add([found for document, found in zip(looked_at, sketches, strict=True) if document.name not in foreign])
    sizes = [len(story) for story in sorted_in.groups()]
    if sum(sizes) < FEWEST or 2 * max(sizes) >= sum(sizes):
        return ()
    message = "these look like articles of many stories, and a record is of one: no story has half of them"
    remedy = "sort them with tellings stories, and read each by itself"
    return (Problem(", ".join(paths), "several-stories", message, remedy, lost=False),)
