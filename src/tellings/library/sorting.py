"""A mixed pile, sorted into stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tellings import pipeline
from tellings.across.stories import Stories
from tellings.across.stories.sketch import Sketch, sketch
from tellings.edge.engine import Ended, Engine
from tellings.library.annotate import Look, each, worth
from tellings.library.copying import named
from tellings.library.decisions import Kept, of_stories
from tellings.library.inputs import Progress, documents_of
from tellings.model.records import Document, Problem
from tellings.tell.stories import SortedStory, StoryLine, largest_first, sorted_stories, story_line


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
    jobs: int | Engine = 1,
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
        jobs: Worker processes, or an engine; the stories are the same for any number.
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
    sketched, stumbles = each(ordered, SKETCH, jobs=jobs, progress=progress)
    sketches = {found.id: found for found in sketched}
    sorted_in = Stories(said)
    sorted_in.add(sketched)
    by_id = {document.id: document for document in ordered}
    found = sorted_stories(sorted_in.groups(), by_id, sketches, known)
    # Which telling a story is shown by is found there, too: the first stands for its length.
    told = worth(jobs, (story.documents[0] for story in found)).map(_told, found)
    lines, more = zip(*(_ended(found[each.place]) if isinstance(each, Ended) else each for each in told), strict=True)
    met = [problem for problem in more if problem is not None and problem not in stumbles]
    return Sorted(largest_first(lines), by_id, (*problems, *stumbles, *met))


#: What a story is shown by.
_SHOWN = Look(named, pipeline.unread)


def _told(story: SortedStory) -> tuple[StoryLine, Problem | None]:
    """One story as it is shown, and what was wrong with the telling that it is shown by."""
    telling, problem = _SHOWN(story.middle())
    return story_line(story, telling), problem


def _ended(story: SortedStory) -> tuple[StoryLine, Problem | None]:
    """The same of a story that ended its worker process."""
    telling, problem = _SHOWN.ended(story.middle())
    return story_line(story, telling), problem


def _sketched(document: Document) -> Sketch:
    return pipeline.sketched(document)


def _titled(document: Document) -> Sketch:
    """What an article is sorted by where its text cannot be read: its title and its day."""
    return sketch(document.id, document.title.value if document.title else "", "", document.date.value)


#: What an article is sorted by.
SKETCH = Look(_sketched, _titled, foreign=_sketched)
