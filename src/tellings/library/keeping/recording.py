"""The record of a story in a library: as of a folder that holds the same articles, made once, kept till it changes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

from tellings import pipeline
from tellings.edge.readers.naming import named
from tellings.edge.store import decisions, ledger, stories, tellings
from tellings.edge.store.packing import packed, unpacked
from tellings.edge.writers import json as json_writer
from tellings.library.keeping.changing import earlier
from tellings.library.keeping.members import members_of
from tellings.library.keeping.opened import Opened
from tellings.library.records import tell
from tellings.model.collecting import seldom_collecting
from tellings.model.record import Record
from tellings.model.records import Problem, Story, Telling


def record(library: Opened, story: str) -> Record:
    """The record of a story. Raises NotThereError and StoreError."""
    with seldom_collecting():
        return _record(library, story)


def _record(library: Opened, story: str) -> Record:
    with library.reading() as connection:
        found, members = members_of(library, story)
        state = _state(library, members)
        kept = connection.execute("SELECT state, data FROM records WHERE story = ?", (found,)).fetchone()
        if kept is not None and kept[0] == state:
            # One that cannot be read (of a form that has changed since) is made anew, as all that is derived can be.
            with suppress(json_writer.RecordFormatError):
                return json_writer.decode(unpacked(kept[1], bytes))
        whole = tell(story_of(library, members))
    _keep(library, found, state, whole)
    return whole


def story_of(library: Opened, members: Sequence[str]) -> Story:
    """All that was found in and across tellings. Raises StoreError."""
    with library.reading() as connection:
        found = list(tellings.tellings_of(connection, members))
        texts = {telling.id: telling.text for telling, _ in found}
        of_values, of_persons = decisions.of_values(connection, texts), decisions.of_persons(connection, texts)
        paths, fields, problems = _of_reading(library, members, [telling for telling, _ in found])
        before = tuple(earlier(library, [telling for telling, _ in found]))
    whole = tuple(telling for telling, _ in found)
    stumbles = tuple(problem for _, problem in found if problem is not None)
    with seldom_collecting():
        related = pipeline.relate(whole, (*problems, *stumbles), of_values, of_persons)
        return replace(related, paths=paths, fields=fields, earlier=before)


def _of_reading(
    library: Opened, members: Sequence[str], read: Sequence[Telling]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Problem, ...]]:
    """What was given for tellings to be read, the fields that were named, and what was wrong with their files, or with
    files that were given with these alone."""
    connection = library.connection
    numbers: set[int] = set()
    for identifier in members:
        rows = connection.execute("SELECT addition FROM revisions WHERE telling = ?", (identifier,))
        numbers.update(number for (number,) in rows)
    files = {telling.document.name.partition("#")[0] for telling in read}
    paths: set[str] = set()
    fields: dict[str, None] = {}
    problems: list[Problem] = []
    for addition in ledger.additions(connection):
        if addition.number not in numbers:
            continue
        paths.update(addition.paths)
        fields.update(dict.fromkeys(addition.fields))
        others = connection.execute(
            "SELECT 1 FROM revisions r JOIN tellings t ON t.id = r.telling WHERE r.addition = ? AND t.story IS NOT "
            "(SELECT story FROM tellings WHERE id = ?) LIMIT 1",
            (addition.number, members[0]),
        ).fetchone()
        problems += [
            each
            for each in ledger.problems(connection, addition.number)
            if others is None or each.place.partition("#")[0] in files
        ]
    stumbles = {telling.document.name for telling in read}
    kept = [each for each in dict.fromkeys(problems) if not (each.kind == "language" and each.place in stumbles)]
    return tuple(sorted(paths)), named(list(fields)).written, tuple(kept)


def _state(library: Opened, members: Sequence[str]) -> str:
    """What a record is made of, as a digest: the program, all that was found, and what is decided."""
    connection = library.connection
    made_of = sha256(f"{library.program} {decisions.state(connection, frozenset(members))}".encode())
    for identifier in members:
        row = connection.execute(
            "SELECT t.id, t.revision, f.program, f.data, f.problem FROM tellings t "
            "JOIN findings f ON f.revision = t.revision WHERE t.id = ?",
            (identifier,),
        ).fetchone()
        for each in row or ():
            made_of.update(each if isinstance(each, bytes) else repr(each).encode())
    return made_of.hexdigest()


def _keep(library: Opened, story: str, state: str, whole: Record) -> None:
    """Keep a record, where anything can be kept, and nothing has changed since it was made."""
    if library.only_reading:
        return
    data = packed(json_writer.encode(whole))
    with library.writing() as connection:
        if _state(library, stories.members(connection, story)) == state:
            connection.execute(
                "INSERT INTO records VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET state = excluded.state, data = excluded.data",
                (story, state, data),
            )
