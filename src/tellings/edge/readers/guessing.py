"""What fields of no known set hold, guessed from what stands in them: never more than can be seen, and all of it said.

A day is guessed only from a field whose values are days and nothing else, and only where there is one such field. A
number is no day: it may be many things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

from tellings.edge.readers.fields import day_written, is_of_another_day, names_of

#: A text has this many characters, in the middle of its rows, and this many words or characters beyond Latin ones.
_SHORTEST_TEXT, _FEWEST_WORDS = 80, 12
#: A headline has between so many characters, in the middle of its rows, and so many words.
_TITLE, _TITLE_WORDS = (15, 200), 3
#: The share of the rows in which a field must stand, and of its values that must be what it is taken for.
_MOSTLY, _NEARLY_ALL = 0.5, 0.9
#: Days of publication differ; from so many rows on, one that does not is that of the export.
_DIFFER = 3
#: How much is looked at of a value (characters).
_LOOKED = 5_000
_WORD = re.compile(r"[^\W\d_]+")
_WEB = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Guess:
    """Role → field (its name without case and marks), the text first."""

    fields: tuple[tuple[str, str], ...]

    def of(self, role: str) -> tuple[str, ...]:
        """The field guessed for `role`, if any."""
        return tuple(field for each, field in self.fields if each == role)


def guessed(rows: Sequence[Mapping[str, Any]], *, longer_than: int = 0) -> Guess | None:
    """What the fields of `rows` hold; `None` where none can be the text of articles, which is `longer_than` so many
    characters in the middle of the rows.

    The text is the longest field; day, headline and address are only given where one field alone can be it.
    """
    values: dict[str, list[str]] = {}
    for row in rows:
        for field, value in row.items():
            if isinstance(value, str) and value.strip():
                values.setdefault(field, []).append(value.strip())
    often = {field: found for field, found in values.items() if len(found) >= _MOSTLY * len(rows)}
    texts = {field: found for field, found in often.items() if field not in _others() and _is_text(found)}
    if not texts:
        return None
    text = max(texts, key=lambda field: median(map(len, texts[field])))
    if median(map(len, texts[text])) <= longer_than:
        return None
    rest = {field: found for field, found in often.items() if field != text}
    alone = {
        "date": [field for field, found in rest.items() if not is_of_another_day(field) and _is_day(found)],
        "title": [field for field, found in rest.items() if _is_title(found)],
        "url": [field for field, found in rest.items() if _is_address(found)],
    }
    return Guess((("text", text), *((role, found[0]) for role, found in alone.items() if len(found) == 1)))


@cache
def _others() -> frozenset[str]:
    """Names of fields that are known to hold something else than a text."""
    return frozenset(name for what in ("title", "publisher", "author", "url", "extract") for name in names_of(what))


def _is_text(values: Sequence[str]) -> bool:
    return median(map(len, values)) >= _SHORTEST_TEXT and median(map(_words, values)) >= _FEWEST_WORDS


def _is_day(values: Sequence[str]) -> bool:
    days = sum(day_written(value) for value in values)
    return days >= _NEARLY_ALL * len(values) and (len(values) < _DIFFER or len(set(values)) > 1)


def _is_title(values: Sequence[str]) -> bool:
    shortest, longest = _TITLE
    return (
        shortest <= median(map(len, values)) <= longest
        and median(map(_words, values)) >= _TITLE_WORDS
        and len(set(values)) >= _NEARLY_ALL * len(values)
        and not _is_address(values)
        and not any(map(day_written, values))
    )


def _is_address(values: Sequence[str]) -> bool:
    return all(_WEB.match(value) for value in values) and len(set(values)) >= _NEARLY_ALL * len(values)


def _words(value: str) -> int:
    """Words, and characters of scripts that have no spaces between words."""
    value = value[:_LOOKED]
    return sum(1 for _ in _WORD.finditer(value)) + sum(1 for _ in _WIDE.finditer(value))
