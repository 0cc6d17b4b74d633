"""Parquet: one telling per record, under whichever of the common names its columns have.

`parquet_worker` takes the records out of the file, in a process of its own; it needs pyarrow, which comes with the
extra `parquet`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import msgspec

from tellings.edge.readers.gather import unreadable
from tellings.edge.readers.rows import SAMPLE, Reading, Rows
from tellings.edge.readers.telling import Outcome, empty, joined, left_out
from tellings.edge.readers.workers import worker
from tellings.model.records import Problem

_WORKER = "tellings.edge.readers.parquet_worker"
_MISSING = (
    "a Parquet file, and what reads Parquet is not installed",
    "pip install 'tellings[parquet]', or export it as CSV or JSON Lines",
)
_DAMAGED = ("a Parquet file that cannot be read: it is damaged, or made to be so", "get it once more")
#: What the worker refuses, or leaves out, in words, with what to do.
_REFUSED = {
    "format": _DAMAGED,
    "encrypted": ("a Parquet file that is encrypted", "write it without a key"),
    "memory": ("a Parquet file that takes more memory to read than any pile of articles does", "split it"),
    "columns": ("a Parquet file without a column of texts", "name its articles in another way"),
}


def read_parquet(name: str, data: bytes, reading: Reading) -> Outcome:
    """The tellings of a Parquet file, or why there are none."""
    if importlib.util.find_spec("pyarrow") is None:
        return Outcome(problems=(unreadable(name, *_MISSING),))
    with worker(_WORKER, data) as process:
        answers = _answers(process.stdout or ())
        head: dict[str, Any] = next(answers, {"error": "format"})
        if "error" in head:
            return Outcome(problems=(unreadable(name, *_REFUSED.get(head["error"], _DAMAGED)),))
        return _read(name, answers, reading, head["columns"])


def _read(name: str, answers: Iterator[dict[str, Any]], reading: Reading, columns: list[str]) -> Outcome:
    """The tellings of records as they come."""
    notes: list[Problem] = []
    records = _records(name, answers, notes)
    waiting = list(islice(records, SAMPLE))
    rows = Rows(name, "column", reading, waiting or [dict.fromkeys(columns)])
    if rows.refused:
        return Outcome(problems=rows.told())
    if not rows.tells_of_texts:
        return Outcome(problems=(rows.no_text(),))
    outcomes: list[Outcome] = []
    for entry in chain(waiting, records):
        number = len(outcomes) + 1
        outcomes.append(rows.read(f"{name}#{number}", f"record {number}", entry))
    if not outcomes and not notes:
        notes.append(empty(name))
    return joined([*outcomes, Outcome(problems=(*rows.told(), *notes))])


def _records(name: str, answers: Iterator[dict[str, Any]], notes: list[Problem]) -> Iterator[dict[str, Any]]:
    """The records among the answers; what else these say goes to `notes`, and that they have no end."""
    number = 0
    for answer in answers:
        if "record" in answer:
            number += 1
            yield answer["record"]
        elif "left" in answer:
            notes.append(left_out(name, answer["left"]))
        elif "cut" in answer:
            message = f"it unpacks into more than {answer['cut']:,} bytes; what is beyond record {number} was not read"
            notes.append(Problem(name, "too-large", message, "split it", lost=True))
            return
        elif "end" in answer:
            return
    message = f"it is damaged, or takes too much memory: it cannot be read beyond record {number}"
    notes.append(Problem(name, "malformed", message, "get it once more, or split it", lost=True))


def _answers(out: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """What the worker wrote, line by line, up to the first that is not whole."""
    for line in out:
        try:
            answer = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError):
            return
        if not isinstance(answer, dict):
            return
        yield answer
