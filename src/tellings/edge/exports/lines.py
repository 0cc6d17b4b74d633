"""What the exports of several views share: how a telling and the words of a line are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from tellings.edge.writers import wording
from tellings.model.record import DigestLine, Evidence, Line, Record

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def place(words: Evidence) -> dict[str, Any]:
    """Where words stand, and the words."""
    return {"telling": words.telling, "start": words.start, "end": words.end, "exact": words.exact}


class Articles:
    """The articles of a record by their labels, as exports tell of them."""

    def __init__(self, record: Record) -> None:
        self._tellings = {telling.label: telling for telling in record.tellings}

    def columns(self, label: str) -> dict[str, Any]:
        """The article behind a label, as columns of a table."""
        telling = self._tellings[label]
        return {"article": telling.name, "published": telling.date.value}

    def named(self, label: str) -> str:
        """A label with its publisher, or the name of its file."""
        telling = self._tellings[label]
        return f"{label}: {telling.publisher.value if telling.publisher else telling.name}"

    def id(self, label: str) -> str:
        """The id of the article behind a label."""
        return self._tellings[label].id


def value_in(line: Line) -> tuple[int, int, str]:
    """The value in a line: its first stretch marked as one, else the line."""
    for mark in line.marks:
        if mark.role == "value":
            at = mark.start - line.words.start
            return mark.start, mark.end, line.words.exact[at : at + mark.end - mark.start]
    return line.words.start, line.words.end, line.words.exact


def labels(found: Iterable[Evidence]) -> list[str]:
    """The tellings of some words, each once, in order."""
    return list(dict.fromkeys(words.telling for words in found))


def carried(found: Iterable[Evidence], origins: int) -> str:
    """Which tellings have it, and how many independent origins they are."""
    mine = labels(found)
    return f"{', '.join(mine)}: {wording.carried_by(mine, origins)}"


def told_by(line: DigestLine) -> str:
    """Which tellings have a sentence of a brief, and how many others tell of it."""
    return "; ".join(filter(None, (carried(line.saying_it, line.origins), wording.told_beside(line))))


def said(words: Evidence, who: str | None) -> str:
    """The words on one line; whom a first "he" means stands before them in brackets, as ours."""
    return f"{f'[{wording.one_line(who)}] ' if who else ''}{wording.one_line(words.exact)}"


def escaped(words: str) -> str:
    """Words that Markdown shows as they are."""
    return _MARKDOWN.sub(r"\\\1", wording.one_line(words))


def articles(record: Record) -> Iterator[str]:
    """The articles as lines of Markdown, under a heading."""
    yield "## Articles\n"
    for telling in record.tellings:
        day = telling.date.value.isoformat() if telling.date.value else "no date"
        publisher = f"{telling.publisher.value}, " if telling.publisher else ""
        yield f"- {telling.label}: {escaped(publisher + telling.name)}, {day}"


def page(title: str, body: Iterable[str], record: Record) -> str:
    """A page of Markdown: a title, the lines of its body, the articles."""
    return "\n".join([f"# {title}", "", *body, "", *articles(record)]) + "\n"
