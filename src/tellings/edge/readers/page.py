"""A page of the web as saved: what it shows, or the article that stands only in the data of its scripts.

Pages that are put together in the browser come with their article as JSON in a script (`articleBody` of JSON-LD,
`__NEXT_DATA__` and the like) and show little or nothing of it before that script has run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tellings.edge.readers.field_values import as_text
from tellings.edge.readers.fields import flattened, names_of
from tellings.edge.readers.html import read_html, shown_words, told_by_markup
from tellings.edge.readers.rows import Reading, Rows
from tellings.edge.readers.telling import LONGEST_TELLING, Outcome
from tellings.model.records import Locator, Problem
from tellings.model.text import Span

#: A page that shows an article of so many words is not searched for another, …
_SHOWN = 150
#: … and one in its data must have so many words, and be so many times as long.
_STORED, _TIMES = 50, 3
#: Where such an article stands, in words.
_PLACE = "data in a script"
#: Scripts are tried at so many places that begin no JSON after all, and so many values of one are looked at.
_TRIES, _MOST_VALUES = 20, 200_000
_SCRIPT = re.compile(r"<script\b[^>]{0,2000}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_BEGINS = re.compile(r"[{\[]")
_TAG = re.compile(r"<[^<>]{1,500}>")


def read_page(name: str, content: str) -> Outcome:
    """The one telling of a page.

    1. what it shows; 2. where that is no article, or a few words of one, the longest text in the data of its scripts.
    Then the source is that text, as of a field of a JSON file, and what the page shows is left out, which is said.
    """
    # 1. shown
    outcome = read_html(name, content)
    words = shown_words(outcome)
    if words >= _SHOWN or len(content) > LONGEST_TELLING:
        return outcome
    # 2. stored
    stored = max(_stored(content), key=lambda entry: len(_text(entry)), default=None)
    if stored is None or len(_text(stored).split()) < max(_STORED, _TIMES * words):
        return outcome
    found = Rows(name, "json", Reading.of(), [stored]).read(name, _PLACE, stored)
    if not found.tellings:
        return outcome
    read, metadata = found.tellings[0], told_by_markup(name, content)
    locator = Locator(Span(0, len(read.view.text)), _PLACE)
    read = replace(read, metadata=metadata.over(read.metadata), locators=(locator,))
    message = "the article stands in the data of a script alone and is read from there; what the page shows is left out"
    note = Problem(name, "left-out", message, "nothing to do, unless that belongs to the article", lost=False)
    return Outcome((read,), (*found.problems, note))


def _stored(content: str) -> Iterator[dict[str, Any]]:
    """The objects in the scripts of a page that have a text."""
    for script in _scripts(content):
        for value in _values(script):
            seen, waiting = 0, [value]
            while waiting and seen < _MOST_VALUES:
                seen += 1
                each = waiting.pop()
                if isinstance(each, dict):
                    if _text(each):
                        yield each
                    waiting.extend(each.values())
                elif isinstance(each, list):
                    waiting.extend(each)


def _scripts(content: str) -> Iterator[str]:
    begin = _SCRIPT.search(content)
    while begin and (end := _SCRIPT_END.search(content, begin.end())):
        yield content[begin.end() : end.start()]
        begin = _SCRIPT.search(content, end.end())


def _values(script: str) -> Iterator[Any]:
    """The values of JSON in a script, which may stand among its statements."""
    decoder, failed = json.JSONDecoder(strict=False), 0
    begin = _BEGINS.search(script)
    while begin and failed < _TRIES:
        try:
            value, end = decoder.raw_decode(script, begin.start())
            yield value
        except (ValueError, RecursionError):
            failed, end = failed + 1, begin.end()
        begin = _BEGINS.search(script, end)


def _text(entry: dict[str, Any]) -> str:
    """The text of an object without its tags; empty where it has none, or one that is no prose."""
    fields = flattened({key: value for key, value in entry.items() if not isinstance(value, dict)})
    found = next((text.text for key in names_of("text") if (text := as_text(fields.get(key)))), "")
    return _TAG.sub(" ", found)
