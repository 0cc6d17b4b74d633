"""Readers: files in, documents out, and every trouble named.

`read_paths` takes all kinds of `kinds.SUFFIXES`. No exception leaves it for a file that cannot be read:
that file becomes a `Problem`, the others are read. Of no file more is read than its kind may have (`kinds.MOST`).
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from pathlib import Path

from tellings.edge.characters import as_seen
from tellings.edge.readers.addresses import without_bad_address
from tellings.edge.readers.archives.streams import Again, forward
from tellings.edge.readers.decode import NotTextError, decode, wide_encoding
from tellings.edge.readers.feed_items import again, same
from tellings.edge.readers.fetched import fetched_from, sidecar_of
from tellings.edge.readers.gather import STANDARD_INPUT, Found, gather, opened, reason_of, unreadable
from tellings.edge.readers.kinds import MOST, OF_BYTES, OF_FIELDS, REMEDY, kind_of, named_kind, refused_kind
from tellings.edge.readers.lists_of_addresses import list_of_addresses
from tellings.edge.readers.names import printable
from tellings.edge.readers.naming import Named
from tellings.edge.readers.ours import begins_as_ours, holds_ours, passed_over
from tellings.edge.readers.press import articles_of
from tellings.edge.readers.received import Received
from tellings.edge.readers.rows import Reading
from tellings.edge.readers.sidecar import belongs_to_a_file
from tellings.edge.readers.telling import Outcome, Read, empty, read_otherwise, too_large
from tellings.model.identity import identities
from tellings.model.records import Attested, Document, Problem

__all__ = ["read_bytes", "read_paths", "standard_input"]

#: Kind → its reader, in a module beside this one; each is loaded when the first file of its kind is met.
_READERS = {
    "text": "plain.read_plain",
    "markdown": "markdown.read_markdown",
    "html": "page.read_page",
    "xml": "xml_text.read_xml",
    "references": "ris.read_ris",
}
_READERS_OF_ROWS = {"json": "json_text.read_json", "jsonl": "json_text.read_lines", "table": "table.read_table"}
_READERS_OF_BYTES = {
    "mailbox": "mail.read_mailbox",
    "message": "mail.read_message",
    "package": "package.read_package",
    "pdf": "pdf.read_pdf",
    "rtf": "rtf.read_rtf",
}
#: How much is looked at to tell what a file is, and whether it is a sidecar (bytes).
_HEAD, _HEAD_OF_SIDECAR = 1_000_000, 100
#: The most that is read of standard input (bytes): it is held whole.
_MOST_OF_INPUT = 1_000_000_000


def read_paths(
    paths: Sequence[str | Path],
    *,
    fields: Named | None = None,
    stdin: bytes | None = None,
    progress: Callable[[int, int], None] | None = None,
    is_known: Callable[[Found], bool] | None = None,
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The tellings under `paths`, sorted by name, and what could not be read as it stands.

    A path is a file, a folder (read through and through) or "-" for `stdin` (the process's own
    standard input where `stdin` is None). The order of `paths` changes nothing. `fields` says which fields of tables
    and of JSON hold what. `progress` is called with the files read and the files there are. Files
    of which `is_known` says so are passed over in silence.

    1. find the files; 2. read each, whatever happens; 3. pass over items that another feed had before; 4. give each
    telling its id and place; 5. name tellings with the same characters, what we wrote ourselves, and days that nobody
    knows.
    """
    # 1. find
    found, problems = gather(paths)
    if is_known is not None:
        found = tuple(file for file in found if not is_known(file))
    all_problems = list(problems)
    # 2. read
    read: list[tuple[Read, str]] = []
    ours: list[str] = []
    reading = Reading.of(fields)
    for number, file in enumerate(found, start=1):
        outcome = _read_file(file, stdin, reading)
        read.extend((telling, file.path) for telling in outcome.tellings)
        all_problems.extend(outcome.problems)
        ours.extend(outcome.ours)
        if progress:
            progress(number, len(found))
    # 3. items of feeds
    read, passed = _each_item_once(read)
    all_problems.extend(passed)
    # 4. name and order
    documents = _documents(read)
    # 5. duplicates, our own, days
    all_problems.extend(_duplicates(documents))
    all_problems.extend(reading.days.told())
    if ours:
        all_problems.append(passed_over(ours))
    seen = (replace(problem, message=as_seen(problem.message)) for problem in all_problems)
    return documents, tuple(sorted(seen, key=lambda problem: (problem.place, problem.kind, problem.message)))


def read_bytes(name: str, data: bytes, reading: Reading | None = None) -> Outcome:
    """What the bytes of one file hold; its kind is told by the suffix of `name`, else by the content. `reading` is what
    holds for all files that are read together."""
    file = Received(name, BytesIO(data), len(data), name)
    if reading is not None:
        return _read(file, reading)
    reading = Reading.of()
    outcome = _read(file, reading)
    return replace(outcome, problems=(*outcome.problems, *reading.days.told()))


def standard_input() -> bytes:
    """The bytes of standard input: as many as its kind may have, and one more where there are more."""
    stream = sys.stdin.buffer
    head = stream.read(_HEAD)
    most = min(MOST[kind_of(STANDARD_INPUT, head)], _MOST_OF_INPUT)
    return head + stream.read(most + 1 - len(head))


def _read_file(file: Found, stdin: bytes | None, reading: Reading) -> Outcome:
    try:
        if file.path == STANDARD_INPUT:
            data = standard_input() if stdin is None else stdin
            if len(data) > _MOST_OF_INPUT:
                return Outcome(problems=(too_large(file.name, _MOST_OF_INPUT, "give the file itself"),))
            return read_bytes(file.name, data, reading)
        with opened(file.path) as stream:
            if not file.named and belongs_to_a_file(file.name, stream.read(_HEAD_OF_SIDECAR)):
                return Outcome()
            stream.seek(0)
            beside = sidecar_of(file.path)
            encoding = beside.encoding if beside else ""
            outcome = _read(
                Received(file.name, stream, os.fstat(stream.fileno()).st_size, file.name, encoding), reading
            )
            return fetched_from(file.name, outcome, beside, stream) if beside else outcome
    except (OSError, ValueError, MemoryError) as error:
        return Outcome(problems=(unreadable(file.name, reason_of(error), "see its permissions"),))


def _read(file: Received, reading: Reading) -> Outcome:
    """What a file holds; no more of it is read than its kind may have."""
    name, known_as = file.name, file.known_as
    try:
        head = file.stream.read(_HEAD)
        if begins_as_ours(head):
            return Outcome(ours=(name,))
        if refused := refused_kind(known_as, head):
            return Outcome(problems=(unreadable(name, *refused),))
        kind = kind_of(known_as, head)
        # Whether a ZIP container is a document or an archive is told by its parts.
        limit = "archive" if kind == "package" and named_kind(known_as) != kind else kind
        if file.size is not None and file.size > MOST[limit]:
            return Outcome(problems=(too_large(name, MOST[limit], REMEDY[limit]),))
        file = _from_the_beginning(file, head)
        return without_bad_address(_read_kind(file, kind, head, reading))
    except OSError:
        raise
    except Exception as error:  # one file's trouble must not end the reading of the others
        reason = f"reading it failed: {type(error).__name__}: {error}"[:300]
        return Outcome(problems=(unreadable(name, reason, "please report this with the file"),))


def _from_the_beginning(file: Received, head: bytes) -> Received:
    """`file`, of which `head` was read, to be read once more from its beginning."""
    if file.stream.seekable():
        file.stream.seek(0)
        return file
    return replace(file, stream=forward(Again(head, file.stream)))


def _read_kind(file: Received, kind: str, head: bytes, reading: Reading) -> Outcome:
    read = partial(_read, reading=reading)
    if kind == "archive":
        return _reader("archives.reading.read_archive")(file, read)
    if kind == "web-archive":
        return _reader("web_archives.reading.read_warc")(file, read)
    if kind == "jsonl" and wide_encoding(head) is None:
        return _reader("json_text.read_json_lines")(file.name, file.stream, reading)
    if kind == "package" or (kind == "html" and b"\0" in head and wide_encoding(head) is None):
        if not file.stream.seekable():  # it stands in another archive, and is held whole
            data = file.stream.read(MOST[kind] + 1)
            if len(data) > MOST[kind]:
                return Outcome(problems=(too_large(file.name, MOST[kind], REMEDY["archive"]),))
            file = replace(file, stream=BytesIO(data), size=len(data))
        in_zip = _reader(f"archives.reading.{'read_zip' if kind == 'package' else 'read_page_in_zip'}")
        if (outcome := in_zip(file, read)) is not None:
            return outcome
        file.stream.seek(0)
    return _read_whole(file, kind, reading)


def _reader(place: str) -> Callable[..., Outcome]:
    """The reader at a place, "MODULE.NAME", in this package."""
    module, _, name = place.rpartition(".")
    found: Callable[..., Outcome] = getattr(import_module(f"{__name__}.{module}"), name)
    return found


def _read_whole(file: Received, kind: str, reading: Reading) -> Outcome:
    name = file.name
    # JSON Lines of two or four bytes a character cannot be read line by line: their limit is that of a JSON file.
    most = MOST["json"] if kind == "jsonl" else MOST[kind]
    data = file.stream.read(most + 1)
    if not data.strip():
        return Outcome(problems=(empty(name),))
    if len(data) > most:
        return Outcome(problems=(too_large(name, most, REMEDY[kind]),))
    if kind == "parquet":
        return _of_file(_reader("parquet.read_parquet")(name, data, reading), data)
    if kind in OF_BYTES:
        outcome = articles_of(_reader(_READERS_OF_BYTES[kind])(name, data))
        return _of_file(outcome, data)
    try:
        markup = kind in ("html", "xml") or named_kind(file.known_as) != kind
        decoded = decode(data, markup=markup, declared=file.encoding)
    except NotTextError as error:
        return Outcome(problems=(unreadable(name, str(error), "save it as UTF-8 text, or take it out"),))
    if kind in ("text", "markdown", "html"):
        if holds_ours(decoded.content):
            return Outcome(ours=(name,))
        if (listed := list_of_addresses(name, decoded.content)) is not None:
            return Outcome(problems=(listed,))
    if kind in _READERS_OF_ROWS:
        outcome = _reader(_READERS_OF_ROWS[kind])(name, decoded.content, reading)
    else:
        found = _reader("press.europresse.europresse")(name, decoded.content) if kind == "html" else None
        outcome = found or _reader(_READERS[kind])(name, decoded.content)
        outcome = outcome if kind in ("xml", "references") else articles_of(outcome)
    # Of what stands in an archive there is no file of which one could take it.
    if kind in OF_FIELDS or file.budget is not None:
        outcome = _of_file(outcome, data)
    if decoded.note:
        outcome = replace(outcome, problems=(*outcome.problems, read_otherwise(name, decoded.note)))
    return outcome


def _of_file(outcome: Outcome, data: bytes) -> Outcome:
    """`outcome` with the digest of the bytes that it was read from."""
    digest = sha256(data).hexdigest()
    return replace(outcome, tellings=tuple(replace(each, file_digest=digest) for each in outcome.tellings))


def _each_item_once(read: list[tuple[Read, str]]) -> tuple[list[tuple[Read, str]], list[Problem]]:
    """What was read without the items of feeds that a file before has with the same words, and how many these are."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    kept: list[tuple[Read, str]] = []
    passed: Counter[tuple[str, str]] = Counter()
    for telling, path in read:
        file = telling.name.partition("#")[0]
        if (key := same(telling)) is None or seen.setdefault(key, (path, file)) == (path, file):
            kept.append((telling, path))
        else:
            passed[file, seen[key][1]] += 1
    return kept, [again(file, number, before) for (file, before), number in passed.items()]


def _documents(read: list[tuple[Read, str]]) -> tuple[Document, ...]:
    """The tellings as documents, sorted by name."""
    # Of what is the same in all but its name, the name tells which is numbered; nothing else can.
    read = sorted(read, key=lambda entry: (*_content(entry[0]), entry[0].name, entry[1]))
    named = identities([(_address(each), each.view.source.digest) for each, _ in read])
    documents = [
        Document(
            id=identity,
            name=telling.name,
            origin=printable(path),
            media_type=telling.media_type,
            view=telling.view,
            date=replace(telling.metadata.date, evidence=as_seen(telling.metadata.date.evidence)),
            title=_seen(telling.metadata.title),
            publisher=_seen(telling.metadata.publisher),
            author=_seen(telling.metadata.author),
            url=_seen(telling.metadata.url),
            language=telling.metadata.language,
            hints=telling.hints,
            file_digest=telling.file_digest,
            locators=telling.locators,
            posts=telling.posts,
        )
        for identity, (telling, path) in zip(named, read, strict=True)
    ]
    return tuple(sorted(documents, key=lambda each: (each.name, each.view.source.digest, each.origin, each.id)))


def _address(telling: Read) -> str | None:
    return telling.metadata.url.value if telling.metadata.url else None


def _content(telling: Read) -> tuple[str, str, str]:
    """What tells a telling from others, beside its name: its characters, what is told of it, how it is shown."""
    return telling.view.source.digest, repr(telling.metadata), telling.view.text


def _seen(found: Attested | None) -> Attested | None:
    """Metadata as a reader of it sees it: no file can hold, and no terminal should be sent, what is left out."""
    return found and Attested(as_seen(found.value), as_seen(found.evidence))


def _duplicates(documents: tuple[Document, ...]) -> list[Problem]:
    """A problem for each telling whose characters another, earlier by name, has too."""
    first: dict[str, str] = {}
    problems = []
    for document in documents:
        digest = document.view.source.digest
        if digest in first:
            problems.append(
                Problem(
                    document.name,
                    "duplicate",
                    f"the same characters as {first[digest]}; both are kept",
                    "take one out if it was meant to be read once",
                    lost=False,
                )
            )
        else:
            first[digest] = document.name
    return problems
