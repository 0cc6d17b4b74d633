"""Adding: what is new among articles is looked at, kept, and sorted into the stories it belongs to.

1. read: the articles as for `tellings read`, but files that are as they were when they were read; those whose
   characters are known are passed over;
2. look: within each new one, in workers, a few hundred at a time;
3. keep: these with all that was found, in one transaction. What was kept is kept whatever happens then, and the next
   time goes on behind it;
4. sort: what was kept since, into stories, in one transaction: at the end, or where it has become much. What still
   waits when a process ends is sorted the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from tellings.edge.engine import Engine
from tellings.edge.readers.names import printable
from tellings.edge.readers.naming import named
from tellings.edge.store import decisions, ledger, stories, tellings
from tellings.edge.store.database import StoreError
from tellings.edge.store.files import FilesRead
from tellings.edge.store.reading import as_decided
from tellings.edge.store.tellings import Found
from tellings.library.annotate import each
from tellings.library.inputs import Fields, NothingReadError, Progress, whatever_at
from tellings.library.keeping.opened import Opened
from tellings.library.records import WITHIN
from tellings.library.sorting import SKETCH
from tellings.model.identity import identity
from tellings.model.kept import Added
from tellings.model.records import Document, Problem
from tellings.tell.stories import middle_of

#: Articles that are looked at between two times that something is kept.
_AT_ONCE = 500
#: In a dense pile few that are new touch most of it. So what is new waits to be sorted until it is one in so many of
#: all, or so many: then what sorting takes of an article does not grow with the pile.
_SORTED_AT, _WAITING = 4, 10_000


def add(
    library: Opened,
    paths: Sequence[str | Path],
    *,
    at: str,
    stdin: bytes | None = None,
    fields: Fields | None = None,
    jobs: int | Engine = 1,
    progress: Progress | None = None,
) -> Added:
    """Add the articles at `paths`, at the time `at`. Other arguments as for `read`.

    Raises:
        NothingReadError: nothing could be read; names each input and the remedy.
        StoreError: nothing can be written.
    """
    how = named(fields).written
    with library.reading() as connection:
        files = FilesRead(connection, " ".join((library.program, *how)))
    documents, problems = whatever_at(paths, stdin, progress, named(fields), files.is_known)
    if not documents and not files.any_passed:
        raise NothingReadError(problems)
    given = [replace(each, id=identity(each.url.value if each.url else None, _digest(each))) for each in documents]
    fresh, withheld = _fresh(library, sorted(given, key=_order))
    known = len(given) - len(fresh) - sum(each.lost for each in withheld) + files.passed
    problems = (*problems, *withheld)
    with library.writing() as connection:
        given_as = [printable(str(path)) for path in paths]
        number = ledger.begin(connection, at, library.program, given_as, how)
        ledger.say_problems(connection, number, problems)
        ledger.count(connection, number, 0, 0, known)
    new: list[str] = []
    revised: list[str] = []
    changed: list[str] = []
    done = 0
    with _sorting(library, number, at, changed) as sort_if_many:
        for some in _some(fresh):
            kept = _keep(library, some, number, at, jobs, _behind(progress, done, len(fresh)))
            done += len(some)
            new += kept.new
            revised += kept.revised
            known += kept.known
            problems = (*problems, *kept.problems)
            sort_if_many(len(some))
    with library.writing() as connection:
        files.keep(connection, [each.name for each in documents], problems)
    return Added(number, tuple(new), tuple(revised), known, tuple(dict.fromkeys(changed)), problems)


def find_anew(
    library: Opened,
    identifiers: Sequence[str],
    number: int,
    at: str,
    *,
    jobs: int | Engine = 1,
    progress: Progress | None = None,
) -> tuple[str, ...]:
    """Look at tellings again, as the program is now and as things are decided now, and keep what is found instead of
    what was; returns the stories that are others now. Raises StoreError."""
    changed: list[str] = []
    done = 0
    with _sorting(library, number, at, changed) as sort_if_many:
        for some in _some(identifiers):
            with library.reading() as connection:
                there = [each for each in some if tellings.known(connection, each)]
                documents = [tellings.document_of(connection, tellings.newest(connection, each)) for each in there]
                said = decisions.of_tellings(connection)
            found = _found(library, documents, jobs, _behind(progress, done, len(identifiers)))
            done += len(some)
            with library.writing() as connection:
                # Another process may have put a later text there meanwhile, decided of it, or forgotten it.
                now = decisions.of_tellings(connection)
                still = [
                    one
                    for one in found
                    if tellings.known(connection, one.document.id)[-1:] == (_digest(one.document),)
                    and now.get(one.document.id) == said.get(one.document.id)
                ]
                for one in still:
                    tellings.found_anew(connection, one, library.program)
                _enter(library, still)
            sort_if_many(len(some))
    return tuple(dict.fromkeys(changed))


def find_anew_at_once(library: Opened, identifier: str, number: int, at: str) -> tuple[str, ...]:
    """The same of one telling, within a transaction."""
    document = tellings.document_of(library.connection, tellings.newest(library.connection, identifier))
    found = _found(library, [document], 1, None)
    for one in found:
        tellings.found_anew(library.connection, one, library.program)
    _enter(library, found)
    return _sort(library, number, at)


def sort_waiting(library: Opened, number: int, at: str) -> tuple[str, ...]:
    """Sort tellings that were kept and are in no story yet; returns the stories that are others now. Raises
    StoreError."""
    with library.writing():
        return _sort(library, number, at)


def sort_anew(library: Opened, touched: Sequence[str], number: int, at: str) -> tuple[str, ...]:
    """Sort tellings anew as things are decided now, within a transaction; returns the stories that are others now."""
    return _assign(library, library.stories().decide(touched), number, at)


def rewrite(
    library: Opened, documents: Mapping[int, Document], number: int, at: str, *, jobs: int | Engine = 1
) -> tuple[str, ...]:
    """Put other texts in place of revisions, by their numbers, within a transaction, with what is found in them;
    returns the ids of their tellings."""
    connection = library.connection
    found = _found(library, list(documents.values()), jobs, None)
    now = []
    for revision, one in zip(documents, found, strict=True):
        tellings.rewrite(connection, revision, one, library.program)
        if tellings.newest(connection, one.document.id) == revision:
            now.append(one)
    _enter(library, now)
    _sort(library, number, at)
    return tuple(dict.fromkeys(one.document.id for one in found))


def take_out(library: Opened, identifiers: Sequence[str], number: int, at: str) -> tuple[str, ...]:
    """Take tellings out, within a transaction; returns the stories that are others now."""
    connection = library.connection
    lost = {story for each in identifiers if (story := stories.story_of(connection, each)) is not None}
    touched = library.stories().remove(identifiers)
    for identifier in identifiers:
        tellings.forget(connection, identifier)
    changed = _assign(library, touched, number, at)
    rest = tuple(sorted(lost - set(changed)))
    describe(library, rest)
    return (*changed, *rest)


# ---- what is new -------------------------------------------------------------------------


def _fresh(library: Opened, documents: Sequence[Document]) -> tuple[list[Document], list[Problem]]:
    """Those of `documents` whose characters are not known, each once, and what is told of those that words were taken
    out of: some are not kept."""
    seen: set[tuple[str, str]] = set()
    fresh, withheld = [], []
    with library.reading() as connection:
        for document in documents:
            key = (document.id, _digest(document))
            if key in seen or _is_known(library, document):
                if tellings.is_taken_out(connection, key[1]):
                    withheld.append(_is_withheld(document, is_kept=bool(tellings.known(connection, document.id))))
                continue
            seen.add(key)
            fresh.append(document)
    return fresh, withheld


def _is_withheld(document: Document, *, is_kept: bool) -> Problem:
    message = "words were taken out of this text" + (", and it is kept without them" if is_kept else "; it is not kept")
    remedy = "nothing to do" if is_kept else "add it to another library, with --library, if it is to be kept"
    return Problem(document.name, "left-out", message, remedy, lost=not is_kept)


def _is_known(library: Opened, document: Document) -> bool:
    """Whether its characters are there, or were there until words were taken out of them."""
    digest = _digest(document)
    return digest in tellings.known(library.connection, document.id) or tellings.is_taken_out(
        library.connection, digest
    )


def _order(document: Document) -> tuple[date, str]:
    """An article and its later revisions in their order: by day, then by name."""
    return document.date.value or date.max, document.name


def _some(items: Sequence[Document] | Sequence[str]) -> Iterator[Sequence]:  # type: ignore[type-arg]
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]


def _behind(progress: Progress | None, done: int, total: int) -> Progress | None:
    """Progress of a part, told as progress of the whole."""
    if progress is None:
        return None
    report = progress
    return lambda stage, so_far, _: report(stage, done + so_far, total)


# ---- looking and keeping -----------------------------------------------------------------


def _keep(
    library: Opened, documents: Sequence[Document], number: int, at: str, jobs: int | Engine, progress: Progress | None
) -> Added:
    """Look at new articles, and keep them."""
    found = _found(library, documents, jobs, progress)
    problems = [each.problem for each in found if each.problem is not None]
    new: list[str] = []
    revised: list[str] = []
    known = 0
    with library.writing() as connection:
        entered: dict[str, Found] = {}
        for one in found:
            before = tellings.known(connection, one.document.id)
            # Another process may have added it meanwhile.
            if _is_known(library, one.document):
                known += 1
                continue
            try:
                tellings.keep(connection, one, number, library.program)
            except UnicodeEncodeError:
                problems.append(_cannot_be_kept(one.document))
                continue
            entered[one.document.id] = one
            (revised if before else new).append(one.document.id)
        _enter(library, list(entered.values()))
        ledger.say_problems(connection, number, problems)
        ledger.count(connection, number, len(new), len(revised), known)
    return Added(number, tuple(new), tuple(revised), known, (), tuple(problems))


def _found(
    library: Opened, documents: Sequence[Document], jobs: int | Engine, progress: Progress | None
) -> list[Found]:
    with library.reading() as connection:
        said = decisions.of_tellings(connection)
    read = [as_decided(document, said.get(document.id)) for document in documents]
    looked, problems = each(read, WITHIN, jobs=jobs, progress=progress)
    wrong = {problem.place: problem for problem in problems}
    return [
        Found(document, telling, wrong.get(document.name)) for document, telling in zip(documents, looked, strict=True)
    ]


def _cannot_be_kept(document: Document) -> Problem:
    message = "half a surrogate pair stands in it, which no library can hold"
    return Problem(document.name, "characters", message, "save the article as UTF-8", lost=True)


# ---- sorting -----------------------------------------------------------------------------


@contextmanager
def _sorting(library: Opened, number: int, at: str, changed: list[str]) -> Iterator[Callable[[int], None]]:
    """Within it, articles are kept and wait to be sorted: it gives what is told how many, and sorts them where they
    are many. At the end all are sorted, as after Ctrl-C; the stories that are others go into `changed`."""
    with library.reading() as connection:
        total = tellings.count(connection)
    waiting = 0

    def sort_if_many(kept: int) -> None:
        nonlocal waiting, total
        waiting, total = waiting + kept, total + kept
        if waiting >= min(_WAITING, total / _SORTED_AT):
            changed.extend(sort_waiting(library, number, at))
            waiting = 0

    try:
        yield sort_if_many
    except BaseException:
        # What cannot be written now waits for the next time.
        with suppress(StoreError):
            sort_waiting(library, number, at)
        raise
    changed.extend(sort_waiting(library, number, at))


def _enter(library: Opened, found: Sequence[Found]) -> None:
    """Enter tellings that are new, or others now, where sorting finds them."""
    sorting = library.stories()
    sorting.take_out([one.document.id for one in found if one.document.id in library.shelf.scores])
    sketches, _ = each([one.telling.document for one in found], SKETCH)
    sorting.enter(sketches)


def _sort(library: Opened, number: int, at: str) -> tuple[str, ...]:
    """Sort what waits into stories; returns the stories that are others now."""
    sorting = library.stories()
    entered = sorting.waiting()
    changed = _assign(library, sorting.sort(), number, at)
    inside = {story for each in entered if (story := stories.story_of(library.connection, each)) is not None}
    stories.change(library.connection, inside, number)
    # What is said of a story may be other though its tellings are the same: one of them was revised.
    describe(library, sorted(inside.difference(changed)))
    return tuple(sorted({*changed, *inside}))


def _assign(library: Opened, touched: frozenset[str] | set[str], number: int, at: str) -> tuple[str, ...]:
    """Bring the stories in line with what sorting says of `touched` tellings."""
    sorting = library.stories()
    groups = {group[0]: group for group in (sorting.story(each) for each in sorted(touched))}
    changed = stories.assign(library.connection, groups.values(), number, at)
    describe(library, changed)
    return changed


def describe(library: Opened, changed: Sequence[str]) -> None:
    """Say what each story is: by a title that was decided, else by the headline of the telling most like the others."""
    connection = library.connection
    decided = {one.a: one.value or "" for one in decisions.decisions(connection) if one.kind == "title"}
    for story in changed:
        members = stories.members(connection, story)
        title = decided.get(story) or (_headline(library, members) if members else "")
        stories.describe(connection, story, title)


def _headline(library: Opened, members: Sequence[str]) -> str:
    middle = members[middle_of([library.shelf.sketches[each] for each in members])]
    return tellings.title(library.connection, middle)


def _digest(document: Document) -> str:
    return document.view.source.digest
