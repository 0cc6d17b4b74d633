"""`record.json`: the record field for field, and its JSON Schema (2020-12)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import msgspec

from tellings.model.record import FORMAT, Record


class RecordFormatError(ValueError):
    """A file is not a record; the message says what is wrong and where."""


def encode(record: Record) -> bytes:
    """The record as UTF-8 JSON, indented, keys in the order of the data model; ends with a line end."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def digest_of(record: Record) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON of `record` without its digest: UTF-8, keys in the order of the data
    model, no white space between them."""
    whole = msgspec.json.encode(replace(record, digest=""))
    return hashlib.sha256(whole.removesuffix(b',"digest":""}') + b"}").hexdigest()


def digest_written(data: bytes) -> str:
    """The same of a file as it is written, with whatever stands in it that is no field of ours.

    Raises:
        RecordFormatError: not a JSON object.
    """
    try:
        told = msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise RecordFormatError(_reason(error)) from error
    told.pop("digest", None)
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def sealed(record: Record) -> Record:
    """`record` with its digest."""
    return replace(record, digest=digest_of(record))


class _Format(msgspec.Struct):
    format: str


def decode(data: bytes) -> Record:
    """The record in `data`.

    Raises:
        RecordFormatError: not JSON, or not a record of this format.
    """
    try:
        written = msgspec.json.decode(data, type=_Format).format
        if written != FORMAT and written.startswith(FORMAT.rpartition("/")[0]):
            raise RecordFormatError(
                f"its format is {written}, and this program reads {FORMAT}; make it anew from its articles with: "
                "tellings read PATH…"
            )
        record = msgspec.json.decode(data, type=Record)
    except RecordFormatError:
        raise
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise RecordFormatError(_reason(error)) from error
    if record.format != FORMAT:
        raise RecordFormatError(f"its format is {record.format!r}, and not {FORMAT}")
    return record


def _reason(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def schema() -> dict[str, Any]:
    """The JSON Schema of `record.json`."""
    found = msgspec.json.schema(Record)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "tellings record", **found}
