"""Who said what, for other programs: CSV and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from tellings.edge.exports.lines import Articles, escaped, page, place
from tellings.edge.exports.table import table
from tellings.edge.writers import wording
from tellings.edge.writers.arrange import speakers
from tellings.edge.writers.saying import circumstances, in_marks, in_variant, speaks_for, type_of
from tellings.model.record import Evidence, QuoteEntry, Record, VariantLine

FIELDS = (
    *("entry", "speaker", "status", "type", "said_earliest", "said_latest", "origins"),
    *("telling", "article", "published", "start", "end", "exact", "source", "cue", "medium", "audience", "reason"),
    *("rank", "others", "stance", "earlier", "lead", "marker", "circumstances", "from_one", "probability"),
    *("named", "printed", "words", "differences"),
)


def rows(record: Record) -> str:
    """One row a stretch of words, in each telling that has it."""
    articles = Articles(record)
    return table(
        FIELDS,
        (
            {
                **{"entry": entry.id, "speaker": entry.speaker.name, "status": entry.status},
                **{"type": type_of(variant, at)},
                **{"said_earliest": variant.said and variant.said.earliest},
                **{"said_latest": variant.said and variant.said.latest, "origins": entry.origins},
                **articles.columns(variant.telling),
                **place(stretch),
                **{name: words and words.exact for name, words in _cited(variant)},
                **{"reason": entry.reason, "rank": entry.speaker.rank, "others": "; ".join(entry.speaker.others)},
                **{"stance": variant.stance, "earlier": variant.earlier, "probability": variant.probability},
                **{"circumstances": "; ".join(words.exact for words in variant.circumstances)},
                **{"from_one": "; ".join(line.kind for line in entry.from_one if variant.telling in line.labels)},
                **{"named": variant.named, "printed": variant.printed, "words": entry.words},
                **{"differences": "; ".join(wording.difference(each) for each in variant.differences)},
            }
            for entry in record.quotes
            for variant in entry.variants
            for at, stretch in enumerate(variant.stretches)
        ),
    )


def _cited(variant: VariantLine) -> Iterator[tuple[str, Evidence | None]]:
    yield from (("source", variant.source), ("cue", variant.cue), ("medium", variant.medium))
    yield from (("audience", variant.audience), ("lead", variant.lead), ("marker", variant.marker))


def markdown(record: Record) -> str:
    """The utterances by speaker, each as its first telling prints it, with the articles at the end."""
    return page("Quotes", by_speaker(record.quotes), record)


def by_speaker(entries: tuple[QuoteEntry, ...]) -> Iterator[str]:
    """The utterances that are shown as lines of Markdown under their speakers, those most quoted first; last those
    whose speaker is only probable, each with all who may be meant, and those of nobody who is told."""
    sure, probable = speakers(entries)
    for speaker in sorted(sure, key=lambda each: -len(each.quotes)):
        yield f"\n## {escaped(speaker.name or wording.NOBODY_NAMED)}\n"
        yield from map(_line, speaker.quotes)
    if probable:
        yield f"\n## {wording.PROBABLE}\n"
        yield from (f"- *{escaped(wording.speaker(entry.speaker))}:* {_line(entry)[2:]}" for entry in probable)
    if unsure := [entry for entry in entries if entry.speaker.rank == "unsure"]:
        yield f"\n## {escaped(wording.NOBODY_NAMED)}\n"
        yield from map(_line, unsure)


def _line(entry: QuoteEntry) -> str:
    variant = speaks_for(entry)
    quoted = in_marks(variant, [escaped(stretch.exact) for stretch in variant.stretches], " […] ")
    begins = [f"**{escaped(part)}**" if strong else escaped(part) for part, strong in in_variant(variant).parts()]
    told = circumstances(variant)
    how = f" · {escaped(told)}" if told else ""
    day = f" *{wording.days(variant.said)}*" if variant.said else ""
    return f"- {' '.join([*begins, quoted])}{how}{day} ({wording.printed_by(entry)}: {wording.quoted_by(entry)})"
