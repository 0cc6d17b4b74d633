"""The items of a feed, each once; and what a JSON Feed says of itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tellings.edge.readers.field_values import as_name
from tellings.edge.readers.plain import language_code
from tellings.edge.readers.telling import Metadata, Outcome, Read, attested, empty, joined
from tellings.model.counted import count
from tellings.model.records import Problem

_JSON_FEED = "jsonfeed.org/version/"


class Items:
    """The items of one feed as they are read. One that stands there again, by what the feed calls it and with the same
    words, is passed over and counted."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._outcomes: list[Outcome] = []
        self._seen: dict[tuple[str, str], int] = {}
        self._again: list[int] = []

    def add(self, number: int, outcome: Outcome) -> None:
        """Take the item `number` as it was read."""
        for key in map(same, outcome.tellings):
            if key is not None and self._seen.setdefault(key, number) != number:
                self._again.append(number)
                return
        self._outcomes.append(outcome)

    def outcome(self) -> Outcome:
        """All items; a feed without any is named."""
        if not self._outcomes:
            problem = replace(empty(self._name), message="a feed without an item")
            return Outcome(problems=(problem,))
        problems = (again(self._name, len(self._again), "it"),) if self._again else ()
        return joined([*self._outcomes, Outcome(problems=problems)])


def same(read: Read) -> tuple[str, str] | None:
    """What an item of a feed is known again by; `None` for what is no item, or is not called anything."""
    return (read.item, read.view.source.digest) if read.item else None


def again(name: str, number: int, where: str) -> Problem:
    """That items of a feed were passed over, as they stand in `where` already."""
    message = f"{count(number, 'item')} passed over: {where} has the same before, with the same words"
    return Problem(name, "duplicate", message, "nothing to do", lost=False)


def is_json_feed(value: Any) -> bool:
    """Whether a value of JSON is a JSON Feed, by its version."""
    return (
        isinstance(value, dict) and _JSON_FEED in str(value.get("version", "")) and isinstance(value.get("items"), list)
    )


def told_of_json_feed(feed: dict[str, Any]) -> Metadata:
    """What a JSON Feed says of all its items."""
    language = feed.get("language")
    return Metadata(
        publisher=attested(as_name(feed.get("title")), "json feed title"),
        author=attested(as_name(feed.get("authors") or feed.get("author")), "json feed author"),
        language=language_code(language) if isinstance(language, str) else "en",
    )
