"""What happened when, the story in brief, and what is new: told from days and origins alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from tellings import pipeline
from tellings.across.digest import BRIEF, NEWS
from tellings.edge.engine import Engine
from tellings.library.annotate import each
from tellings.library.inputs import Fields, Progress, documents_of
from tellings.library.kept_findings import with_kept
from tellings.library.records import WITHIN, tell
from tellings.model.record import DigestLine, Record, TimelineEntry
from tellings.model.records import Problem, Story
from tellings.tell.cite import Citations
from tellings.tell.digest import digest_lines
from tellings.tell.timeline import selected

_Line = TypeVar("_Line", TimelineEntry, DigestLine)


@dataclass(frozen=True, slots=True)
class Chronicle(Generic[_Line]):
    """Lines of a timeline, a brief or news, and the record of the articles read, which holds what these rest on alone:
    no quotations and no facts; its timeline or brief are the lines, where they are such."""

    lines: tuple[_Line, ...]
    record: Record

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the inputs."""
        return self.record.problems


def timeline(
    *paths: str | Path,
    entries: int | None = None,
    since: date | None = None,
    until: date | None = None,
    about: str | None = None,
    stdin: bytes | None = None,
    fields: Fields | None = None,
    jobs: int | Engine = 1,
    progress: Progress | None = None,
) -> Chronicle[TimelineEntry]:
    """What the articles at `paths` say happened when: the weightiest `entries` (default: all) from `since` to `until`,
    with `about` only those that have its words in a line. Other arguments as for `read`.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
    """
    record = tell(pipeline.chronicled(_story(paths, stdin, fields, jobs, progress)))
    found = selected(record.timeline, entries, since=since, until=until, about=about)
    return Chronicle(found, replace(record, timeline=found))


def brief(
    *paths: str | Path,
    sentences: int = BRIEF,
    stdin: bytes | None = None,
    fields: Fields | None = None,
    jobs: int | Engine = 1,
    progress: Progress | None = None,
) -> Chronicle[DigestLine]:
    """The story told by the articles at `paths` in up to `sentences` of their sentences. Arguments and errors as for
    `timeline`."""
    record = tell(pipeline.briefed(_story(paths, stdin, fields, jobs, progress), sentences))
    return Chronicle(record.brief, record)


def news(
    *paths: str | Path,
    since: date,
    sentences: int = NEWS,
    stdin: bytes | None = None,
    fields: Fields | None = None,
    jobs: int | Engine = 1,
    progress: Progress | None = None,
) -> Chronicle[DigestLine]:
    """What the articles at `paths` dated after `since` say that no earlier one does, in up to `sentences` of their
    sentences. Articles without a date are taken for earlier ones, but where they tell of a later day. Arguments and
    errors as for `timeline`."""
    story = _story(paths, stdin, fields, jobs, progress)
    citations = Citations.of(story)
    found = digest_lines(citations, pipeline.news(story, since, sentences))
    return Chronicle(found, tell(story))


def _story(
    paths: Sequence[str | Path],
    stdin: bytes | None,
    fields: Fields | None,
    jobs: int | Engine,
    progress: Progress | None,
) -> Story:
    """The articles as one story, with what was wrong with them, and its independent origins."""
    documents, problems = documents_of(paths, stdin, progress, fields)
    tellings, stumbles = each(documents, WITHIN, jobs=with_kept(paths, jobs), progress=progress)
    return pipeline.with_origins(tellings, (*problems, *stumbles))
