"""Character references (`&amp;`, `&#8220;`), decoded as the HTML Living Standard says (13.2.5.72 to 13.2.5.80)."""

from __future__ import annotations

import re
from html.entities import html5

#: What may be a reference. The longest name has 31 letters and digits; numbers may be of any length.
REFERENCE = r"&(?:#[0-9]++;?|#[xX][0-9a-fA-F]++;?|[A-Za-z][A-Za-z0-9]{1,31}+;?)"
_REFERENCE = re.compile(REFERENCE)
_FOLLOWS_NAME = re.compile("[=A-Za-z0-9]")
_REPLACEMENT = "\ufffd"
#: More digits than these, leading zeros aside, number no character (decimal; hexadecimal has fewer).
_MOST_DIGITS = 7


def decoded(written: str) -> tuple[str, int]:
    """The characters that `written`, a match of `REFERENCE`, stands for, and how much of it was used.

    A known name may be the beginning of a longer word ("&notit;" is "¬it;"). ("", 0) where it stands for nothing.
    """
    if written[1] == "#":
        return _numbered(written), len(written)
    for length in range(len(written), 2, -1):
        if found := html5.get(written[1:length]):
            return found, length
    return "", 0


def decoded_value(value: str) -> str:
    """An attribute's value with its references decoded; "?a=1&copy=2" keeps its "&copy"."""
    return _REFERENCE.sub(_in_value, value) if "&" in value else value


def decoded_text(text: str) -> str:
    """A text with its references decoded."""
    return _REFERENCE.sub(_in_text, text) if "&" in text else text


def _in_text(match: re.Match[str]) -> str:
    shown, length = decoded(match.group())
    return shown + match.group()[length:]


def _in_value(match: re.Match[str]) -> str:
    written = match.group()
    shown, length = decoded(written)
    if not length:
        return written
    is_named = written[1] != "#"
    if is_named and written[length - 1] != ";" and _FOLLOWS_NAME.match(match.string, match.start() + length):
        return written
    return shown + written[length:]


def _numbered(written: str) -> str:
    is_hexadecimal = written[2] in "xX"
    digits = written[2 + is_hexadecimal :].rstrip(";").lstrip("0")
    if not digits or len(digits) > _MOST_DIGITS:
        return _REPLACEMENT
    number = int(digits, 16 if is_hexadecimal else 10)
    if 0x80 <= number <= 0x9F:
        # Written by those who meant Windows-1252. Five of these bytes stand for nothing there.
        return bytes((number,)).decode("cp1252", "ignore") or chr(number)
    return _REPLACEMENT if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF else chr(number)
