"""What one can do with tellings: read a story, write its record, verify a record.

The command line calls these functions and nothing else.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from typing import Generic, TypeVar

from tellings import pipeline
from tellings.across.slots import NotTheSame
from tellings.across.stories import Decision, Stories
from tellings.across.stories.sketch import Sketch
from tellings.edge.engine import processes
from tellings.edge.readers import read_paths
from tellings.edge.writers import json as json_writer
from tellings.model.record import DigestLine, FactEntry, Record, TimelineEntry
from tellings.model.records import Document, DocumentDate, Place, Problem, Story, Telling, Timex
from tellings.model.rules import languages
from tellings.model.text import Span
from tellings.tell.brief import NEWS, SENTENCES
from tellings.tell.brief import brief as tell_brief
from tellings.tell.brief import news as tell_news
from tellings.tell.cite import Citations
from tellings.tell.copies import Copies, SideBySide, side_by_side
from tellings.tell.copies import copies as tell_copies
from tellings.tell.facts import facts as tell_facts
from tellings.tell.quotations import Quotation, quotations
from tellings.tell.record import record as tell_record
from tellings.tell.stated import StatedFact, stated_facts
from tellings.tell.stories import StoryLine, story_lines
from tellings.tell.timeline import selected
from tellings.tell.timeline import timeline as tell_timeline
from tellings.tell.verify import Verification
from tellings.tell.verify import verify as check

#: Characters looked at to tell a telling's script, and the first letter beyond the Latin ones (IPA Extensions).
_SCRIPT, _LATIN_ENDS = 5000, "\u0250"
_Found = TypeVar("_Found", Timex, Quotation)
#: Called with (stage, done, all): stage is "reading", "annotating" or "relating".
Progress = Callable[[str, int, int], None]


class NothingReadError(ValueError):
    """None of the inputs gave a telling; `problems` says why, input by input."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.place}: {p.message}" for p in problems) or "no input was given")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Timed:
    """What `times` found, article by article, and what was wrong with the inputs."""

    articles: tuple[tuple[Document, tuple[Timex, ...]], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """A pile sorted into stories, its documents by id, and what was wrong with the inputs."""

    stories: tuple[StoryLine, ...]
    documents: Mapping[str, Document]
    problems: tuple[Problem, ...]


_Line = TypeVar("_Line", TimelineEntry, DigestLine)


@dataclass(frozen=True, slots=True)
class Chronicle(Generic[_Line]):
    """Lines of a timeline, a brief or news, label → document of all articles read, and what was wrong with them."""

    lines: tuple[_Line, ...]
    documents: Mapping[str, Document]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What `compare` found: the slots, label → (document, its facts), and what was wrong with the inputs."""

    slots: tuple[FactEntry, ...]
    articles: Mapping[str, tuple[Document, tuple[StatedFact, ...]]]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """What `quotes` found, article by article, and what was wrong with the inputs."""

    articles: tuple[tuple[Document, tuple[Quotation, ...]], ...]
    problems: tuple[Problem, ...]


def read(
    *paths: str | Path,
    stdin: bytes | None = None,
    jobs: int = 1,
    texts: bool = True,
    not_the_same: Iterable[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Record:
    """The record of the story told by the articles at `paths`.

    Args:
        paths: Files (text, HTML, JSON, JSONL), directories, or "-" for `stdin`.
        stdin: Bytes for "-"; may hold any of the formats.
        jobs: Worker processes for the stages within one telling; the result is the same for any number.
        texts: Whether the record keeps the full texts.
        not_the_same: Pairs of values that a person said are not of one thing, each "NAME@PLACE": the name of its
            article and the code point where it begins. What is said of others is passed over.
        progress: Called as the work goes on.

    Raises:
        NothingReadError: no telling could be read; names each input and the remedy.
    """
    return tell(story(*paths, stdin=stdin, jobs=jobs, not_the_same=not_the_same, progress=progress), texts=texts)


def story(
    *paths: str | Path,
    stdin: bytes | None = None,
    jobs: int = 1,
    not_the_same: Iterable[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Story:
    """All that was found in the articles at `paths`, before it is told as a record. Arguments as for `read`."""
    documents, problems = read_paths(
        list(paths), stdin=stdin, progress=(lambda done, total: progress("reading", done, total)) if progress else None
    )
    if not documents:
        raise NothingReadError(problems)
    tellings = _annotate(documents, jobs, progress)
    by_name = {document.name: document.id for document in documents}
    said = [NotTheSame(*found) for pair in not_the_same if len(found := _places(pair, by_name)) == 2]
    return pipeline.relate((telling for telling, _ in tellings), (*problems, *(p for _, p in tellings if p)), said)


def _places(pair: tuple[str, str], by_name: Mapping[str, str]) -> list[Place]:
    """The places that "NAME@PLACE" names; of articles that are not there, none.

    Raises:
        ValueError: a name without a place.
    """
    found = []
    for each in pair:
        name, _, start = each.rpartition("@")
        if not name or not start.isdecimal():
            raise ValueError(f"{each!r} names no value: give the article's name, @ and where the value begins")
        if name in by_name:
            found.append(Place(by_name[name], Span(int(start), int(start) + 1)))
    return found


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
    citations, problems = _chronicled(paths, stdin, jobs, progress)
    found = selected(tell_timeline(citations), entries, since=since, until=until, about=about)
    return Chronicle(found, _labelled(citations), problems)


def brief(
    *paths: str | Path,
    sentences: int = SENTENCES,
    stdin: bytes | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Chronicle[DigestLine]:
    """The story told by the articles at `paths` in up to `sentences` of their sentences. Arguments and errors as for
    `timeline`."""
    citations, problems = _chronicled(paths, stdin, jobs, progress)
    return Chronicle(tell_brief(citations, sentences), _labelled(citations), problems)


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
    citations, problems = _chronicled(paths, stdin, jobs, progress)
    return Chronicle(tell_news(citations, since, sentences), _labelled(citations), problems)


def _chronicled(
    paths: Sequence[str | Path], stdin: bytes | None, jobs: int, progress: Progress | None
) -> tuple[Citations, tuple[Problem, ...]]:
    documents, problems = read_paths(list(paths), stdin=stdin)
    if not documents:
        raise NothingReadError(problems)
    tellings = _annotate(documents, jobs, progress)
    found = pipeline.chronicled(
        (telling for telling, _ in tellings), (*problems, *(problem for _, problem in tellings if problem))
    )
    return Citations.of(found), found.problems


def _labelled(citations: Citations) -> dict[str, Document]:
    return {citations.labels[telling.id]: telling.document for telling in citations.story.tellings}


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


def times(
    *paths: str | Path,
    dct: date | None = None,
    country: str | None = None,
    stdin: bytes | None = None,
    progress: Progress | None = None,
) -> Timed:
    """The time expressions of each article at `paths`.

    Args:
        paths: As for `read`.
        dct: Document creation time of all of them; by default what each tells of itself.
        country: Publisher's country (ISO 3166-1 alpha-2); by default that of each article's address.
        stdin: Bytes for "-".
        progress: Called as the work goes on.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
    """

    def timed(document: Document) -> tuple[Document, tuple[Timex, ...]]:
        told = replace(document, date=DocumentDate(dct, "given", "given")) if dct else document
        return told, pipeline.timed(told, country)

    return Timed(*_each(paths, stdin, progress, timed))


def quotes(
    *paths: str | Path, model: bool = True, stdin: bytes | None = None, progress: Progress | None = None
) -> Quoted:
    """The quotations of each article at `paths`, as `tellings.quotes.find` gives them, by rules alone without `model`.
    Other arguments as for `read`.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
    """

    def quoted(document: Document) -> tuple[Document, tuple[Quotation, ...]]:
        return document, quotations(pipeline.spoken(document, model=model))

    return Quoted(*_each(paths, stdin, progress, quoted))


def copies(
    *paths: str | Path, stdin: bytes | None = None, jobs: int = 1, progress: Progress | None = None
) -> tuple[Copies, tuple[Problem, ...]]:
    """Who shares text with whom among the articles at `paths`, and what was wrong with the inputs. Arguments as for
    `read`.

    Raises:
        NothingReadError: no article could be read; names each input and the remedy.
    """
    found = _copied(paths, stdin, jobs, progress)
    return tell_copies(found), found.problems


def diff(a: str | Path, b: str | Path, *, stdin: bytes | None = None) -> tuple[SideBySide, tuple[Problem, ...]]:
    """The articles at `a` and `b` side by side, and what was wrong with them.

    Raises:
        NothingReadError: one of them could not be read, or holds more than one article; names it and the remedy.
    """
    found = _copied((a, b), stdin, 1, None)
    if len(found.tellings) != 2:
        here = ", ".join(telling.document.name for telling in found.tellings)
        why = f"two articles stand side by side, and there are {len(found.tellings)} here: {here}"
        remedy = "give two files with one article each"
        raise NothingReadError((*found.problems, Problem(f"{a}, {b}", "unreadable", why, remedy, lost=True)))
    return side_by_side(found), found.problems


def _copied(paths: Sequence[str | Path], stdin: bytes | None, jobs: int, progress: Progress | None) -> Story:
    documents, problems = read_paths(list(paths), stdin=stdin)
    if not documents:
        raise NothingReadError(problems)
    tellings = []
    for telling in processes(jobs)(_named, documents):
        tellings.append(telling)
        if progress:
            progress("annotating", len(tellings), len(documents))
    return pipeline.copied(tellings, problems)


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
    documents, problems = read_paths(list(paths), stdin=stdin)
    if not documents:
        raise NothingReadError(problems)
    ordered = sorted(documents, key=lambda each: (each.date.value or date.max, each.id))
    by_name = {each.name: each.id for each in ordered}
    said = [
        Decision(each.kind, by_name[each.a], by_name[each.b])
        for each in decisions
        if each.a in by_name and each.b in by_name and by_name[each.a] != by_name[each.b]
    ]
    sketches: dict[str, Sketch] = {}
    for found in processes(jobs)(pipeline.sketched, ordered):
        sketches[found.id] = found
        if progress:
            progress("reading", len(sketches), len(ordered))
    sorted_in = Stories(said)
    sorted_in.add(list(sketches.values()))
    by_id = {each.id: each for each in ordered}
    lines = story_lines(sorted_in.groups(), by_id, sketches, _named, known)
    return Sorted(lines, by_id, problems)


def _named(document: Document) -> Telling:
    """One telling with the people it names; with its text alone where a rule stumbles, or there are none for it."""
    if _foreign(document):
        return pipeline.unread(document)
    try:
        return pipeline.spoken(document, model=False)
    except Exception:
        return pipeline.unread(document)


def _each(
    paths: Sequence[str | Path],
    stdin: bytes | None,
    progress: Progress | None,
    look: Callable[[Document], tuple[Document, tuple[_Found, ...]]],
) -> tuple[tuple[tuple[Document, tuple[_Found, ...]], ...], tuple[Problem, ...]]:
    """What `look` finds in each article; one it cannot be asked of has nothing, and a problem says why."""
    documents, read_problems = read_paths(list(paths), stdin=stdin)
    if not documents:
        raise NothingReadError(read_problems)
    problems = list(read_problems)
    found: list[tuple[Document, tuple[_Found, ...]]] = []
    for document in documents:
        if problem := _foreign(document):
            problems.append(problem)
            found.append((document, ()))
        else:
            try:
                found.append(look(document))
            except Exception as error:
                problems.append(_stumble(document, error))
                found.append((document, ()))
        if progress:
            progress("reading", len(found), len(documents))
    return tuple(found), tuple(problems)


def tell(found: Story, *, texts: bool = True) -> Record:
    """The record of a story."""
    from tellings import __version__

    return tell_record(found, version=__version__, texts=texts)


def _annotated(document: Document) -> tuple[Telling, Problem | None]:
    """One telling with its records; one that a rule stumbles over, or of another language, with its text alone."""
    if problem := _foreign(document):
        return pipeline.unread(document), problem
    try:
        return pipeline.annotate(document), None
    except Exception as error:
        return pipeline.unread(document), _stumble(document, error)


def _stumble(document: Document, error: Exception) -> Problem:
    """A rule that failed on a text: our mistake, never the reader's, and it must not cost them the other tellings."""
    message = f"a rule failed on this text ({type(error).__name__}: {error}), so it is shown as it stands"
    remedy = "please report it with the text, or a shortened one that fails too"
    return Problem(document.name, "unreadable", message, remedy, lost=False)


def _foreign(document: Document) -> Problem | None:
    """A problem where there are no rules for the language of a text."""
    if reason := _not_ours(document):
        remedy = f"only these languages have rules: {', '.join(languages())}"
        return Problem(document.name, "language", reason, remedy, lost=False)
    return None


def _not_ours(document: Document) -> str | None:
    """Why nothing is looked for in a telling: there are no rules for its language or its script."""
    if document.language not in languages():
        return f"its language is {document.language!r}; nothing was looked for in it"
    letters = [character for character in document.text[:_SCRIPT] if character.isalpha()]
    latin = sum(character < _LATIN_ENDS for character in letters)
    return "it is not written in Latin letters; nothing was looked for in it" if latin < len(letters) / 2 else None


def _annotate(
    documents: tuple[Document, ...], jobs: int, progress: Progress | None
) -> list[tuple[Telling, Problem | None]]:
    done: list[tuple[Telling, Problem | None]] = []
    for telling in processes(jobs)(_annotated, documents):
        done.append(telling)
        if progress:
            progress("annotating", len(done), len(documents))
    if progress:
        progress("relating", 0, 1)
    return done


def write(record: Record, folder: str | Path) -> tuple[Path, Path]:
    """Write `record.html` and `record.json` into `folder` (made when missing); returns their paths.

    Each file appears whole or not at all: an interrupt leaves what was there before.
    """
    from tellings.edge.writers.html import render

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    page, data = target / "record.html", target / "record.json"
    _replace(data, json_writer.encode(record))
    _replace(page, render(record).encode("utf-8", "surrogatepass"))
    return page, data


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: str | Path) -> Record:
    """The record saved at `path`.

    Raises:
        OSError: the file cannot be read.
        tellings.edge.writers.json.RecordFormatError: it is not a record.
    """
    return json_writer.decode(Path(path).read_bytes())


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of `verify`: the check, and what could not be read of the sources."""

    verification: Verification
    problems: tuple[Problem, ...]


def verify(path: str | Path, *sources: str | Path) -> Verified:
    """Check every line of the record at `path` against its sources.

    Without `sources` the paths kept in the record are looked for, from the working directory and from the
    record's own. Tellings are found by name, those renamed since by digest.

    Raises:
        OSError, RecordFormatError: as for `load`.
    """
    record = load(path)
    wanted = list(sources) or _recorded_sources(record, Path(path))
    documents, problems = read_paths(wanted) if wanted else ((), ())
    return Verified(check(record, _match(record, documents)), tuple(p for p in problems if p.lost))


def _recorded_sources(record: Record, path: Path) -> list[str | Path]:
    found: list[str | Path] = []
    for origin in dict.fromkeys(telling.origin for telling in record.tellings):
        for base in (Path(), path.parent):
            if (base / origin).is_file():
                found.append(base / origin)
                break
    return found


def _match(record: Record, documents: tuple[Document, ...]) -> dict[str, str]:
    """Telling label → source characters: by digest, else by the path it came from, else by name, else by the last
    part of the name where only one source has it."""
    by_digest = {document.view.source.digest: document for document in documents}
    by_path = {_path(document.origin, document.name): document for document in documents}
    lasts = Counter(document.name.rsplit("/", 1)[-1] for document in documents)
    by_name: dict[str, Document] = {}
    for document in documents:
        by_name.setdefault(document.name, document)
        last = document.name.rsplit("/", 1)[-1]
        if lasts[last] == 1:
            by_name.setdefault(last, document)
        else:
            by_name.pop(last, None)
    matched = {}
    for telling in record.tellings:
        last = telling.name.rsplit("/", 1)[-1]
        path = _path(telling.origin, telling.name)
        found = by_digest.get(telling.digest) or by_path.get(path) or by_name.get(telling.name) or by_name.get(last)
        if found is not None:
            matched[telling.label] = found.view.source.content
    return matched


def _path(origin: str, name: str) -> tuple[str, str]:
    """What tells sources apart: the file, and the line or place in it."""
    return PurePath(origin).as_posix(), name.partition("#")[2]
