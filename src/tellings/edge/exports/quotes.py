"""Who said what, for other programs: CSV and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from tellings.edge.exports.lines import Articles, carried, escaped, page, place
from tellings.edge.exports.table import table
from tellings.edge.writers import wording
from tellings.model.record import QuoteEntry, Record

FIELDS = (
    *("entry", "speaker", "status", "type", "said_earliest", "said_latest", "origins"),
    *("telling", "article", "published", "start", "end", "exact", "source", "cue", "medium", "audience", "reason"),
)


def rows(record: Record) -> str:
    """One row a stretch of words, in each telling that has it."""
    articles = Articles(record)
    return table(
        FIELDS,
        (
            {
                **{"entry": entry.id, "speaker": entry.speaker.name, "status": entry.status, "type": variant.type},
                **{"said_earliest": variant.said and variant.said.earliest},
                **{"said_latest": variant.said and variant.said.latest, "origins": entry.origins},
                **articles.columns(variant.telling),
                **place(stretch),
                **{"source": variant.source and variant.source.exact, "cue": variant.cue and variant.cue.exact},
                **{"medium": variant.medium and variant.medium.exact, "reason": entry.reason},
                **{"audience": variant.audience and variant.audience.exact},
            }
            for entry in record.quotes
            for variant in entry.variants
            for stretch in variant.stretches
        ),
    )


def markdown(record: Record) -> str:
    """The utterances by speaker, each as its first telling prints it, with the articles at the end."""
    return page("Quotes", by_speaker(record.quotes), record)


def by_speaker(entries: tuple[QuoteEntry, ...]) -> Iterator[str]:
    """The utterances that are shown as lines of Markdown under their speakers, those most quoted first."""
    speakers: dict[str, list[QuoteEntry]] = {}
    for entry in entries:
        if entry.status == "shown":
            speakers.setdefault(entry.speaker.name or wording.NOBODY_NAMED, []).append(entry)
    for speaker, spoken in sorted(speakers.items(), key=lambda each: -len(each[1])):
        yield f"\n## {escaped(speaker)}\n"
        for entry in spoken:
            first = entry.variants[0]
            words = " […] ".join(escaped(stretch.exact) for stretch in first.stretches)
            quoted = words if first.type == "indirect" else f"“{words}”"
            day = f" *{wording.days(first.said)}*" if first.said else ""
            told_by = carried((variant.sentence for variant in entry.variants), entry.origins)
            yield f"- {quoted}{day} ({told_by})"
