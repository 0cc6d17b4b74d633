"""Who shares text with whom, for other programs: CSV and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from tellings.edge.exports.lines import Articles, escaped, page, place
from tellings.edge.exports.table import table
from tellings.model.counted import count
from tellings.model.record import Record

FIELDS = (
    *("passage", "kind", "words", "telling", "article", "published", "start", "end", "exact"),
    *(f"other_{name}" for name in ("telling", "article", "published", "start", "end", "exact")),
)


def rows(record: Record) -> str:
    """One row a passage, both sides of it."""
    articles = Articles(record)
    return table(
        FIELDS,
        (
            {
                **{"passage": passage.id, "kind": passage.kind, "words": passage.words},
                **articles.columns(passage.a.telling),
                **place(passage.a),
                **{f"other_{name}": told for name, told in articles.columns(passage.b.telling).items()},
                **{f"other_{name}": told for name, told in place(passage.b).items()},
            }
            for passage in record.passages
        ),
    )


def markdown(record: Record) -> str:
    """The passages, the longest first, with the articles at the end."""
    return page("Shared text", longest_first(record), record)


def longest_first(record: Record) -> Iterator[str]:
    """Origins and passages as lines of Markdown."""
    origins = count(len(record.origins), "independent origin")
    yield f"{count(len(record.tellings), 'article')}, {origins}\n"
    for passage in sorted(record.passages, key=lambda each: -each.words):
        shared = "quote one speaker" if passage.kind == "quotation" else "share"
        yield (
            f"- {passage.a.telling} and {passage.b.telling} {shared}, {count(passage.words, 'word')}: "
            f"“{escaped(passage.a.exact)}”"
        )
