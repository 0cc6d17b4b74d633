"""What was read, for other programs: CSV."""

from __future__ import annotations

from tellings.edge.exports.table import table
from tellings.model.record import Record

FIELDS = (
    *("telling", "id", "article", "published", "date_evidence", "publisher", "title", "author", "url", "language"),
    *("origin_group", "words", "shared", "digest"),
)


def rows(record: Record) -> str:
    """One row a telling."""
    groups = {label: number for number, group in enumerate(record.origins, 1) for label in group}
    return table(
        FIELDS,
        (
            {
                **{"telling": telling.label, "id": telling.id, "article": telling.name},
                **{"published": telling.date.value, "date_evidence": telling.date.evidence},
                **{
                    name: stated.value if stated else None
                    for name, stated in (
                        *(("publisher", telling.publisher), ("title", telling.title)),
                        *(("author", telling.author), ("url", telling.url)),
                    )
                },
                **{"language": telling.language, "origin_group": groups.get(telling.label)},
                **{"words": telling.words, "shared": telling.shared, "digest": telling.digest},
            }
            for telling in record.tellings
        ),
    )
