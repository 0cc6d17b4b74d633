"""The record of a story: read it from articles, write it, load it."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tellings import pipeline
from tellings.edge.engine import Engine, Stage
from tellings.edge.readers.names import printable
from tellings.edge.readers.naming import named
from tellings.edge.readers.ours import is_ours, is_ours_throughout
from tellings.edge.saving import save
from tellings.edge.writers import json as json_writer
from tellings.library.annotate import Look, each
from tellings.library.checks.consistency import bare, strays
from tellings.library.decisions import Kept, of_values
from tellings.library.inputs import Fields, Progress, brought, documents_of
from tellings.library.kept_findings import with_kept
from tellings.library.several_stories import several_stories
from tellings.model.collecting import seldom_collecting
from tellings.model.record import Record
from tellings.model.records import Document, Problem, Story, Telling
from tellings.tell.record import record as tell_record


def read(
    *paths: str | Path,
    stdin: bytes | None = None,
    fields: Fields | None = None,
    jobs: int | Engine = 1,
    texts: bool = True,
    decisions: str | Path | None = None,
    not_the_same: Iterable[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Record:
    """The record of the story told by the articles at `paths`.

    Args:
        paths: Files of the kinds in docs/formats.md, directories, addresses (http or https), or "-" for `stdin`. What
            an address has is fetched into the folder `fetched`, where it is not there yet.
        stdin: Bytes for "-"; may hold any of the formats.
        fields: Which fields of tables and of JSON hold what, where their names do not tell: {"text": "inhalt"}.
        jobs: Worker processes for the stages within one telling, or an engine (`stages`, or one of your own); the
            result is the same for any.
        texts: Whether the record keeps the full texts.
        decisions: File of what was decided before; what is decided of other articles is passed over.
        not_the_same: Pairs of values that are not of one thing, each "NAME@PLACE": the name or id of its article and
            a code point of the value. Kept in the file `decisions`, where one is given.
        progress: Called as the work goes on.

    Raises:
        NothingReadError: no telling could be read; names each input and the remedy.
        FieldsError: `fields` names something that no field can be named for.
        DecisionsError: the file of decisions is no such file.
        UnfitReferenceError: a value in `not_the_same` fits nothing that was read, or two things.
    """
    found = story(
        *paths,
        stdin=stdin,
        fields=fields,
        jobs=jobs,
        decisions=decisions,
        not_the_same=not_the_same,
        progress=progress,
    )
    return tell(found, texts=texts)


def story(
    *paths: str | Path,
    stdin: bytes | None = None,
    fields: Fields | None = None,
    jobs: int | Engine = 1,
    decisions: str | Path | None = None,
    not_the_same: Iterable[tuple[str, str]] = (),
    undo: Iterable[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Story:
    """All that was found in the articles at `paths`, before it is told as a record. Arguments as for `read`; `undo` are
    pairs of values of which what was decided is taken back."""
    kept = Kept.of(decisions)
    found = brought(paths, progress)
    documents, problems = documents_of(found, stdin, progress, fields)
    tellings, stumbles = each(documents, WITHIN, jobs=with_kept(found.paths, jobs), progress=progress)
    if progress:
        progress("relating", 0, 1)
    decided = of_values(kept, tellings, not_the_same, undo)
    given = tuple(sorted({printable(str(path)) for path in found.paths}))
    with seldom_collecting():
        related = pipeline.relate(tellings, (*problems, *stumbles, *several_stories(documents, given)), decided)
        return replace(related, paths=given, fields=named(fields).written)


def annotated(document: Document) -> Telling:
    """One telling with all that is found in it."""
    return pipeline.annotate(document)


def _holds(looked: tuple[Telling, Problem | None]) -> bool:
    """Whether the same would be found again: not where memory ran out, for one."""
    _, problem = looked
    return problem is None or problem.kind == "language"


#: All that is found within each telling.
WITHIN = Look(annotated, pipeline.unread, stage=Stage("within", tuple[Telling, Problem | None], _holds))


def tell(found: Story, *, texts: bool = True) -> Record:
    """The record of a story."""
    from tellings import __version__

    with seldom_collecting():
        return json_writer.sealed(tell_record(found, version=__version__, texts=texts))


class NotOursError(FileExistsError):
    """A file that tellings did not write stands where the record would go; the message names it and the remedy."""


def write(record: Record, folder: str | Path, *, overwrite: bool = False) -> tuple[Path, Path]:
    """Write `record.html` and `record.json` into `folder` (made when missing); returns their paths.

    Each file appears whole or not at all: an interrupt leaves what was there before. An earlier record is replaced,
    anything else of that name only with `overwrite`.

    Raises:
        NotOursError: without `overwrite`, a file of one of these names was not written by tellings.
        OSError: a file cannot be written.
    """
    from tellings.edge.writers.html import render

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    page, data = target / "record.html", target / "record.json"
    for path in (page, data):
        if not overwrite and path.exists() and not is_ours(path):
            why = f"{path} is there and was not written by tellings"
            raise NotOursError(errno.EEXIST, why, str(path))
    save(data, json_writer.encode(record))
    save(page, render(record).encode("utf-8", "surrogatepass"))
    return page, data


def save_one(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write `data`, an export or a page, to the file `path`, whole or not at all. What tellings wrote is replaced, any
    other file only with `overwrite`; a pipe or a device is written to.

    Raises:
        NotOursError: without `overwrite`, a file stands there that tellings did not write.
        OSError: the file cannot be written.
    """
    if not overwrite and path.is_file() and not is_ours_throughout(path):
        raise NotOursError(errno.EEXIST, f"{path} is there and was not written by tellings", str(path))
    save(path, data)


def load(path: str | Path) -> Record:
    """The record saved at `path`.

    Raises:
        OSError: the file cannot be read.
        tellings.edge.writers.json.RecordFormatError: it is not a record.
    """
    return json_writer.decode(Path(path).read_bytes())


def export(path: str | Path, form: str, view: str | None = None) -> str:
    """The record saved at `path`, or one `view` of it, in `form`: "csv", "markdown", "ical", …

    Raises:
        OSError: as for `load`.
        RecordFormatError: as for `load`, or a line speaks of a telling that the record does not have, or of no words.
        tellings.edge.exports.NoSuchExportError: there is no such export; says which there are.
    """
    # Imported here: who reads needs no other program's forms.
    from tellings.edge import exports

    record = load(path)
    found = exports.find(form, view)
    if stray := next(strays(record), None):
        where, label = stray
        raise json_writer.RecordFormatError(
            f"{where} speaks of telling {label}, which is not in it; tellings verify shows what else does not hold"
        )
    if wordless := next(bare(record), None):
        raise json_writer.RecordFormatError(
            f"{wordless} rests on no words of any telling; tellings verify shows what else does not hold"
        )
    return found.write(record)
