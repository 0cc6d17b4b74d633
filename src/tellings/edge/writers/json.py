"""`record.json`: the record field for field, and its JSON Schema (2020-12)."""

from __future__ import annotations

from typing import Any

import msgspec

from tellings.model.record import Record


class RecordFormatError(ValueError):
    """A file is not a record; the message says what is wrong and where."""


def encode(record: Record) -> bytes:
    """The record as UTF-8 JSON, indented, keys in the order of the data model; ends with a line end."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def decode(data: bytes) -> Record:
    """The record in `data`.

    Raises:
        RecordFormatError: not JSON, or not a record of this format.
    """
    try:
        return msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, ValueError) as error:
        raise RecordFormatError(str(error)) from error


def schema() -> dict[str, Any]:
    """The JSON Schema of `record.json`."""
    found = msgspec.json.schema(Record)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "tellings record", **found}
