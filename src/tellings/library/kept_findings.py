"""What libraries keep of what was found within tellings, so that it is not found again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tellings.edge.store.database import StoreError
from tellings.edge.store.reading import findings_in
from tellings.library.annotate import worth
from tellings.library.inputs import library_at
from tellings.model.engine import Ended, Engine, Item, Kept, Result
from tellings.model.records import Document

#: The stage whose results a library keeps.
WITHIN = "within"


def with_kept(paths: Iterable[str | Path], jobs: int | Engine) -> int | Engine:
    """`jobs`, or, where libraries are among `paths`, an engine that takes from them what this version of the program
    found within the tellings that they keep; what is not there `jobs` find."""
    files = {library[0] for path in paths if (library := library_at(path)) is not None}
    return _WithKept(tuple(sorted(files)), jobs) if files else jobs


@dataclass(frozen=True, slots=True)
class _WithKept:
    libraries: Sequence[Path]
    jobs: int | Engine

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Ended]:
        """`function` of each item, in their order."""
        documents: list[Any] = list(items)
        stage = function.stage if isinstance(function, Kept) else None
        worth_it = stage is not None and stage.name == WITHIN
        kept = _kept_in(self.libraries, documents) if worth_it else dict[int, Any]()
        places = [place for place in range(len(documents)) if place not in kept]
        rest = [documents[place] for place in places]
        made = zip(places, worth(self.jobs, rest).map(function, rest), strict=True)
        for place in range(len(documents)):
            if place in kept:
                yield kept[place]
                continue
            _, result = next(made)
            yield Ended(place) if isinstance(result, Ended) else result


def _kept_in(libraries: Iterable[Path], documents: Sequence[Document]) -> dict[int, Any]:
    """Place of a document → what a library keeps of it."""
    from tellings import __version__

    kept: dict[int, Any] = {}
    for path in libraries:
        try:
            found = findings_in(path, [document.id for document in documents], __version__)
        except StoreError:
            continue  # what cannot be read was said of when the documents were
        for place, document in enumerate(documents):
            looked = found.get(document.id)
            if looked is not None and _is_of(looked[0].document, document):
                kept[place] = looked
    return kept


def _is_of(known: Document, document: Document) -> bool:
    """Whether what was found in one document is what would be found in another: nothing else was decided of it."""
    same_day = known.date == document.date or document.date.value is None
    return known.view == document.view and known.decided == document.decided and same_day
