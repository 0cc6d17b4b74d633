"""Values that articles give, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tellings.edge.engine import Engine
from tellings.library.inputs import Fields, Progress
from tellings.library.records import story, tell
from tellings.model.record import FactEntry, Record
from tellings.model.records import Document, Problem
from tellings.tell.cite import Citations
from tellings.tell.stated import StatedFact, stated_facts


@dataclass(frozen=True, slots=True)
class Compared:
    """What `compare` found: the record of the articles, and label → (document, its facts)."""

    record: Record
    articles: Mapping[str, tuple[Document, tuple[StatedFact, ...]]]

    @property
    def slots(self) -> tuple[FactEntry, ...]:
        """What the articles give values for, and how the values compare."""
        return self.record.facts

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the inputs."""
        return self.record.problems


def compare(
    *paths: str | Path,
    stdin: bytes | None = None,
    fields: Fields | None = None,
    jobs: int | Engine = 1,
    decisions: str | Path | None = None,
    not_the_same: Iterable[tuple[str, str]] = (),
    undo: Iterable[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Compared:
    """What the articles at `paths` give values for, how the values compare, and each article's facts. Arguments
    and errors as for `read`; `undo` are pairs of values of which what was decided is taken back."""
    found = story(
        *paths,
        stdin=stdin,
        fields=fields,
        jobs=jobs,
        decisions=decisions,
        not_the_same=not_the_same,
        undo=undo,
        progress=progress,
    )
    citations = Citations.of(found)
    articles = {citations.labels[each.id]: (each.document, stated_facts(each)) for each in found.tellings}
    return Compared(tell(found), articles)
