"""Values side by side, for other programs: CSV and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from tellings.edge.exports.lines import Articles, carried, escaped, page, value_in
from tellings.edge.exports.table import table
from tellings.edge.writers import wording
from tellings.model.record import FactEntry, Record

FIELDS = (
    *("slot", "relation", "kind", "head", "whom", "scope", "value", "bound", "origins"),
    *("telling", "article", "published", "start", "end", "exact", "sentence", "explanation", "probability"),
)


def rows(record: Record) -> str:
    """One row a sentence that gives a value."""
    articles = Articles(record)
    return table(
        FIELDS,
        (
            {
                **{"slot": entry.id, "relation": entry.relation, "kind": entry.kind, "head": entry.head},
                **{"whom": entry.whom, "scope": entry.scope, "value": value.label, "bound": value.bound},
                **{"origins": value.origins, "telling": line.words.telling},
                **articles.columns(line.words.telling),
                **dict(zip(("start", "end", "exact"), value_in(line), strict=True)),
                **{"sentence": line.words.exact, "explanation": explained(entry), "probability": entry.probability},
            }
            for entry in record.facts
            for value in entry.values
            for line in value.lines
        ),
    )


def explained(entry: FactEntry) -> str:
    """The arithmetic behind a relation, in words; empty where it rests on none."""
    return wording.explained(entry.explanation) if entry.explanation else ""


def markdown(record: Record) -> str:
    """The values by how they relate, with the articles at the end."""
    return page("Facts", by_relation(record.facts), record)


def by_relation(entries: tuple[FactEntry, ...]) -> Iterator[str]:
    """What several tellings give values for, as lines of Markdown under how the values relate."""
    for relation, (heading, meaning) in wording.RELATIONS.items():
        mine = [entry for entry in entries if entry.relation == relation and relation != "single"]
        if mine:
            yield f"\n## {heading}\n\n{meaning}\n"
        for entry in mine:
            of = f" of {escaped(entry.whom)}" if entry.whom else ""
            why = f" ({escaped(because)})" if (because := wording.because(entry)) else ""
            yield f"- **{escaped(wording.kind(entry))}: {escaped(wording.slot(entry))}{of}**{why}"
            for value in entry.values:
                told_by = carried((line.words for line in value.lines), value.origins)
                yield f"  - {escaped(wording.value(value))} ({told_by}): “{escaped(value.lines[0].words.exact)}”"
