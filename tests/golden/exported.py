"""How the invented stories are exported, as text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from browser_text import browser_text
from golden.stories import record, text_of

from tellings.edge.exports import find
from tellings.edge.writers.html import render
from tellings.model.record import Record

#: Entries of each view whose annotations are kept.
_FIRST = 5


def annotations(story: str) -> str:
    """The annotations of the first entries of each view of a story, one a line."""
    known = record(story)
    firsts = {view: getattr(known, view)[:_FIRST] for view in ("people", "timeline", "quotes", "facts", "passages")}
    whole = json.loads(_written(replace(known, **firsts), "record", "annotations"))
    return text_of(_json_lines(whole))


def _json_lines(whole: Mapping[str, object]) -> Iterator[str]:
    for key, value in whole.items():
        for each in value if isinstance(value, list) else [value]:
            yield f"{key} {json.dumps(each, ensure_ascii=False)}"


def page(story: str) -> str:
    """The words that stand in the page of a story before its script makes more of them."""
    runs = browser_text(render(record(story))).runs
    found = " ".join("".join(text if is_shown else "\n" for text, is_shown in runs).split(" "))
    return text_of(line.strip() for line in found.splitlines() if line.strip())


def _written(known: Record, view: str, form: str) -> str:
    """A view of a record in a form."""
    return find(form, view).write(known)


def exported(story: str, view: str, form: str) -> str:
    """A view of a story in a form."""
    return _written(record(story), view, form)
