"""Names of files that can be written out and read back: what is no text, or drives a terminal, is escaped."""

from __future__ import annotations

import os
import re

#: Not printed as it is: control characters, line and paragraph separators, bidirectional controls (UAX #9), halves of
#: surrogate pairs (bytes that are no UTF-8 stand there as such), and a backslash that would be read as our escape.
_ESCAPED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
    r"|\\(?=x[0-9a-f]{2})"
)
_ESCAPES = re.compile(r"(?:\\x[0-9a-f]{2})+")


def printable(path: str) -> str:
    r"""`path` with each byte that cannot be printed as "\xNN" (hexadecimal); `path_of` gives it back."""
    return _ESCAPED.sub(_escape, path)


def path_of(name: str) -> str:
    """The path that `printable` made `name` of."""
    return _ESCAPES.sub(lambda run: os.fsdecode(bytes.fromhex(run.group().replace("\\x", ""))), name)


def _escape(match: re.Match[str]) -> str:
    try:
        data = os.fsencode(match.group())
    except UnicodeEncodeError:  # no file has such a name, but somebody may ask for one
        data = match.group().encode("utf-8", "surrogatepass")
    return "".join(f"\\x{byte:02x}" for byte in data)
