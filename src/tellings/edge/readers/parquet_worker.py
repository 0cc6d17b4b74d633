"""The part of the Parquet reader that runs in a process of its own: from bytes to records as JSON Lines, with pyarrow.

Arrow is written in C++ and is given files from anywhere, and a small Parquet file may unpack into gigabytes: this
process is bounded, and where it ends, the reading of others goes on. It reads a file from standard input and writes
{"columns": names}, or {"error": why}; then {"record": fields} for each record, {"left": what} for what it left out, and
{"end": true} where it came to the end, or {"cut": bytes} where it would have been too much.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from tellings.edge.readers.workers import bound

#: The most memory that the process may take (bytes), and the most processor time (seconds).
MOST_MEMORY, MOST_SECONDS = 4_000_000_000, 300
#: The most that it writes (bytes), and how many times the size of the file: texts are packed to a third or a tenth. A
#: file that is smaller than texts would be is let unpack so far.
MOST_WRITTEN, MOST_TIMES, ALWAYS_WRITTEN = 1_000_000_000, 50, 50_000_000
#: Records that are unpacked at once: one may hold a whole page.
_AT_ONCE = 64


def main() -> int:
    """Read a Parquet file from standard input; the exit code is 0 whenever an answer was written."""
    data = sys.stdin.buffer.read()
    bound(MOST_MEMORY, MOST_SECONDS)
    most = min(MOST_WRITTEN, max(ALWAYS_WRITTEN, MOST_TIMES * len(data)))
    written = 0
    try:
        for answer in answers(data):
            written += _write(answer)
            if written > most:
                _write({"cut": most})
                return 0
        _write({"end": True})
    except MemoryError:
        _write({"error": "memory"})
    except Exception as error:  # Arrow raises what it likes at files that are no such thing
        _write({"error": "encrypted" if "ncrypt" in str(error) else "format"})
    return 0


def answers(data: bytes) -> Iterator[dict[str, Any]]:
    """The columns of a file, then its records. Raises what pyarrow does."""
    import pyarrow
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data))
    schema = file.schema_arrow
    chosen = [field.name for field in schema if _may_tell(field.type)]
    yield {"columns": chosen} if chosen else {"error": "columns"}
    if not chosen:
        return
    if others := [field.name for field in schema if field.name not in chosen]:
        yield {"left": f"columns of numbers and of what is no text: {', '.join(others)[:300]}"}
    for batch in file.iter_batches(batch_size=_AT_ONCE, columns=chosen, use_threads=False):
        columns = {field.name: _values(batch.column(place), field.type) for place, field in enumerate(batch.schema)}
        for place in range(batch.num_rows):
            yield {"record": {name: values[place] for name, values in columns.items()}}


def _may_tell(kind: Any) -> bool:
    """Whether a column of a type may hold a text, a name, an address or a day."""
    from pyarrow import types

    if types.is_dictionary(kind):
        return _may_tell(kind.value_type)
    texts = (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary, types.is_struct)
    if types.is_list(kind) or types.is_large_list(kind):
        return any(test(kind.value_type) for test in texts)
    numbers = (types.is_temporal, types.is_integer, types.is_floating, types.is_boolean)
    return any(test(kind) for test in (*texts, *numbers))


def _values(column: Any, kind: Any) -> list[Any]:
    """The values of a column: days as ISO 8601 has them, bytes as the characters that they are."""
    import pyarrow

    if pyarrow.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pyarrow.timestamp("us", kind.tz), safe=False)
    try:
        return [_plain(value) for value in column.to_pylist()]
    except (ValueError, OverflowError):  # one value that is none must not cost the others
        return [_plain(_one(value)) for value in column]


def _one(value: Any) -> Any:
    """A value of a column; nothing where it cannot be read."""
    try:
        return value.as_py()
    except (ValueError, OverflowError):
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return None
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def _write(answer: dict[str, Any]) -> int:
    """Write an answer as a line; the bytes that it has."""
    line = msgspec.json.encode(answer, enc_hook=str) + b"\n"
    sys.stdout.buffer.write(line)
    return len(line)


if __name__ == "__main__":
    sys.exit(main())
