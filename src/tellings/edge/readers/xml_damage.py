"""What is wrong with XML, said in words of ours: those of the parser name options that no reader of articles has."""

from __future__ import annotations

#: Codes of libxml2 (xmlerror.h) → what is wrong.
_WRONG = {
    4: "no element begins",
    5: "something stands behind its end",
    9: "a character that XML cannot hold",
    26: "a reference to what is declared nowhere",
    42: "an attribute that is given twice",
    68: "an ampersand that begins no reference",
    76: "an end tag that fits no start tag",
    77: "it breaks off",
    81: "bytes that are no characters",
    110: "a longer name than is read",
    201: "a prefix that is declared nowhere",
}
#: The code of whatever is larger than is read, and what tells elements in elements from long texts there.
_TOO_MUCH, _DEEP = 114, "depth"


def damage(error: Exception) -> str:
    """What `error`, of lxml, says is wrong with a text, and where: line and column count from 1."""
    code = getattr(error, "code", None)
    if code == _TOO_MUCH:
        wrong = "nested too deeply" if _DEEP in str(error) else "a longer text in one piece than is read"
    else:
        wrong = _WRONG.get(code or 0, "a mistake in its mark-up")
    line, column = getattr(error, "position", (None, None))
    return f"{wrong}; line {line}, column {column}" if line else wrong
