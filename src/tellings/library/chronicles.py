"""What happened when, the story in brief, and what is new: told from days and origins alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from tellings import pipeline
from tellings.across.digest import BRIEF, NEWS
from tellings.library.annotate import Look, each
from tellings.library.inputs import Progress, documents_of
from tellings.model.record import DigestLine, TimelineEntry
from tellings.model.records import Document, Problem, Story, Telling
from tellings.tell.cite import Citations
from tellings.tell.digest import digest_lines
from tellings.tell.timeline import selected
from tellings.tell.timeline import timeline as tell_timeline

_Line = TypeVar("_Line", TimelineEntry, DigestLine)


@dataclass(frozen=True, slots=True)
class Chronicle(Generic[_Line]):
    """Lines of a timeline, a brief or news, label → document of all articles read, and what was wrong with them."""

    lines: tuple[_Line, ...]
    documents: Mapping[str, Document]
    problems: tuple[Problem, ...]


def timeline(
    *paths: str | Path,
    entries: int | None = None,
    since: date | None = None,
    until: date | None = None,
    about: str | None = None,
    stdin: bytes | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Chronicle[TimelineEntry]:
    """What the articles at `paths` say happened when: the weightiest `entries` (default: all) from `since` to `until`,
    with `about` only those that have its words in a line. Other arguments as for `read`.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
    """
    story = pipeline.chronicled(_story(paths, stdin, jobs, progress))
    citations = Citations.of(story)
    found = selected(tell_timeline(citations), entries, since=since, until=until, about=about)
    return Chronicle(found, _labelled(citations), story.problems)


def brief(
    *paths: str | Path,
    sentences: int = BRIEF,
    stdin: bytes | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Chronicle[DigestLine]:
    """The story told by the articles at `paths` in up to `sentences` of their sentences. Arguments and errors as for
    `timeline`."""
    story = pipeline.briefed(_story(paths, stdin, jobs, progress), sentences)
    citations = Citations.of(story)
    return Chronicle(digest_lines(citations, story.brief), _labelled(citations), story.problems)


def news(
    *paths: str | Path,
    since: date,
    sentences: int = NEWS,
    stdin: bytes | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Chronicle[DigestLine]:
    """What the articles at `paths` dated after `since` say that no earlier one does, in up to `sentences` of their
    sentences. Articles without a date are taken for earlier ones. Arguments and errors as for `timeline`."""
    story = _story(paths, stdin, jobs, progress)
    citations = Citations.of(story)
    found = digest_lines(citations, pipeline.news(story, since, sentences))
    return Chronicle(found, _labelled(citations), story.problems)


def _story(paths: Sequence[str | Path], stdin: bytes | None, jobs: int, progress: Progress | None) -> Story:
    """The articles as one story, with what was wrong with them, and its independent origins."""
    documents, problems = documents_of(paths, stdin, progress)
    tellings, stumbles = each(documents, Look(_annotated, pipeline.unread), jobs=jobs, progress=progress)
    return pipeline.with_origins(tellings, (*problems, *stumbles))


def _annotated(document: Document) -> Telling:
    return pipeline.annotate(document)


def _labelled(citations: Citations) -> dict[str, Document]:
    return {citations.labels[telling.id]: telling.document for telling in citations.story.tellings}
