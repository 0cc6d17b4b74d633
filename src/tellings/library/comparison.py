"""Values that articles give, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tellings.library.inputs import Progress
from tellings.library.records import story
from tellings.model.record import FactEntry
from tellings.model.records import Document, Problem
from tellings.tell.cite import Citations
from tellings.tell.facts import facts as tell_facts
from tellings.tell.stated import StatedFact, stated_facts


@dataclass(frozen=True, slots=True)
class Compared:
    """What `compare` found: the slots, label → (document, its facts), and what was wrong with the inputs."""

    slots: tuple[FactEntry, ...]
    articles: Mapping[str, tuple[Document, tuple[StatedFact, ...]]]
    problems: tuple[Problem, ...]


def compare(
    *paths: str | Path,
    stdin: bytes | None = None,
    jobs: int = 1,
    not_the_same: Iterable[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Compared:
    """What the articles at `paths` give values for, how the values compare, and each article's facts. Arguments as
    for `read`.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
        ValueError: a value in `not_the_same` is not "NAME@PLACE".
    """
    found = story(*paths, stdin=stdin, jobs=jobs, not_the_same=not_the_same, progress=progress)
    citations = Citations.of(found)
    articles = {citations.labels[each.id]: (each.document, stated_facts(each)) for each in found.tellings}
    return Compared(tell_facts(citations), articles, found.problems)
