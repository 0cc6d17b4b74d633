"""The line of an author, and the names in it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


def without_by(line: str) -> str:
    """The line of an author without the word before the first name.

    >>> without_by("By Ada Quill"), without_by("Von Ada Quill"), without_by("Di Maio"), without_by("de la Cruz")
    ('Ada Quill', 'Ada Quill', 'Di Maio', 'de la Cruz')
    """
    match = _by().match(line)
    return line[match.end() :] if match else line


@cache
def _by() -> re.Pattern[str]:
    words = tomllib.loads((resources.files("tellings.edge.readers") / "bylines.toml").read_text(encoding="utf-8"))
    by, or_name = (
        "|".join(map(re.escape, sorted(words[each], key=len, reverse=True))) for each in ("by", "by_or_name")
    )
    return re.compile(rf"\s*(?:(?i:{by})\s*:?\s+|(?i:{or_name})(?:\s*:\s*|\s+(?=[^\Wa-z\d_]\S*\s+[^\Wa-z\d_])))(?=\S)")
