"""A mixed pile, sorted into stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tellings import pipeline
from tellings.across.stories import Stories
from tellings.across.stories.sketch import Sketch, sketch
from tellings.library.annotate import Look, each
from tellings.library.copying import named
from tellings.library.decisions import Kept, of_stories
from tellings.library.inputs import Progress, documents_of
from tellings.model.records import Document, Problem, Telling
from tellings.tell.stories import StoryLine, story_lines


@dataclass(frozen=True, slots=True)
class Sorted:
    """A pile sorted into stories, its documents by id, and what was wrong with the inputs."""

    stories: tuple[StoryLine, ...]
    documents: Mapping[str, Document]
    problems: tuple[Problem, ...]


def stories(
    *paths: str | Path,
    decisions: str | Path | None = None,
    same: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
    undo: Iterable[tuple[str, str]] = (),
    known: Mapping[str, str] | None = None,
    stdin: bytes | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Sorted:
    """The articles at `paths`, a mixed pile, sorted into stories.

    Args:
        paths: As for `read`.
        decisions: File of what was decided before; what is decided of other articles is passed over.
        same: Pairs of articles, by name or id, that are of one story. Kept in the file `decisions`, where one is given.
        apart: Pairs of articles that are not.
        undo: Pairs of articles of which what was decided is taken back.
        known: article id → story it was in before, as an earlier result gives it: stories keep their ids.
        stdin: Bytes for "-".
        jobs: Worker processes; the stories are the same for any number.
        progress: Called as the work goes on.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
        DecisionsError: the file of decisions is no such file.
        UnfitReferenceError: an article of a pair fits nothing that was read, or two articles.
    """
    kept = Kept.of(decisions)
    documents, problems = documents_of(paths, stdin, progress)
    ordered = sorted(documents, key=lambda document: (document.date.value or date.max, document.id))
    said = of_stories(kept, ordered, same, apart, undo)
    look = Look(_sketched, _titled, foreign=_sketched)
    sketched, stumbles = each(ordered, look, jobs=jobs, progress=progress)
    sketches = {found.id: found for found in sketched}
    sorted_in = Stories(said)
    sorted_in.add(sketched)
    by_id = {document.id: document for document in ordered}
    shown_by = Look(named, pipeline.unread)
    more: list[Problem] = []

    def shown(document: Document) -> Telling:
        telling, problem = shown_by(document)
        if problem is not None and problem not in stumbles:
            more.append(problem)
        return telling

    lines = story_lines(sorted_in.groups(), by_id, sketches, shown, known)
    return Sorted(lines, by_id, (*problems, *stumbles, *more))


def _sketched(document: Document) -> Sketch:
    return pipeline.sketched(document)


def _titled(document: Document) -> Sketch:
    """What an article is sorted by where its text cannot be read: its title and its day."""
    return sketch(document.id, document.title.value if document.title else "", "", document.date.value)
