"""A mixed pile, sorted into stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tellings import pipeline
from tellings.across.stories import Decision, Stories
from tellings.across.stories.sketch import Sketch, sketch
from tellings.library.annotate import Look, each
from tellings.library.copying import named
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
    decisions: Iterable[Decision] = (),
    known: Mapping[str, str] | None = None,
    stdin: bytes | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Sorted:
    """The articles at `paths`, a mixed pile, sorted into stories.

    Args:
        paths: As for `read`.
        decisions: What a person said of two articles, by their names; what is said of others is passed over.
        known: article id → story it was in before, as an earlier result gives it: stories keep their ids.
        stdin: Bytes for "-".
        jobs: Worker processes; the stories are the same for any number.
        progress: Called as the work goes on.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
    """
    documents, problems = documents_of(paths, stdin, progress)
    ordered = sorted(documents, key=lambda document: (document.date.value or date.max, document.id))
    by_name = {document.name: document.id for document in ordered}
    said = [
        Decision(decision.kind, by_name[decision.a], by_name[decision.b])
        for decision in decisions
        if decision.a in by_name and decision.b in by_name and by_name[decision.a] != by_name[decision.b]
    ]
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
