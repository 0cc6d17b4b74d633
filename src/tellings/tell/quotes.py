"""Who said what: one entry for each utterance, its variants side by side, the fullest text cited."""

from __future__ import annotations

from dataclasses import replace

from tellings.across.words_from_one import words_from_one
from tellings.model.record import Difference, Evidence, OneOriginLine, PieceLine, QuoteEntry, VariantLine, Why
from tellings.model.records import Family, Variant
from tellings.model.text import Span
from tellings.tell import saying
from tellings.tell.cite import Citations
from tellings.tell.line_ids import named
from tellings.tell.speakers import People, attributed, named_in


def quotes(citations: Citations, people: People) -> tuple[QuoteEntry, ...]:
    """Entries in order of first appearance: families first formed from words in marks, then reported clauses.

    `people` are those of the record.
    """
    drafts: list[tuple[tuple[int, int], QuoteEntry]] = []
    covered: set[tuple[str, int]] = set()
    for family in citations.story.families:
        first = family.variants[0]
        covered.update((variant.telling, quote) for variant in family.variants for quote in variant.quotes)
        place = (citations.rank[first.telling], first.quotes[0])
        drafts.append((place, _family(citations, family, people)))
    for telling in citations.story.tellings:
        for index, quote in enumerate(telling.quotes):
            if (telling.id, index) not in covered and quote.status != "not-a-statement":
                variant = Variant(telling.id, (index,))
                drafts.append(((citations.rank[telling.id], index), _entry(citations, (variant,), (), people)))
    drafts.sort(key=lambda draft: draft[0])
    return named(citations.anchors, [replace(entry, id=str(place)) for place, (_, entry) in enumerate(drafts)])


def _family(citations: Citations, family: Family, people: People) -> QuoteEntry:
    fullest = tuple(PieceLine(citations.at(piece.place) if piece.place else None) for piece in family.fullest)
    entry = _entry(citations, family.variants, fullest, people, citations.why(family.provenance))
    return replace(entry, words=family.words)


def _entry(
    citations: Citations,
    variants: tuple[Variant, ...],
    fullest: tuple[PieceLine, ...],
    people: People,
    why: Why | None = None,
) -> QuoteEntry:
    lines = tuple(_variant(citations, variant) for variant in variants)
    all_quotes = [
        (citations.tellings[v.telling], citations.tellings[v.telling].quotes[i]) for v in variants for i in v.quotes
    ]
    said_by = attributed(all_quotes, people)
    from_one = words_from_one(all_quotes)
    order = {variant.telling: place for place, variant in enumerate(variants)}
    return QuoteEntry(
        id="",
        speaker=said_by.speaker,
        status=said_by.status,
        reason=said_by.reason,
        variants=lines,
        fullest=fullest,
        origins=citations.origins((variant.telling for variant in variants), [each.tellings for each in from_one]),
        why=why or lines[0].why,
        from_one=tuple(
            OneOriginLine(
                each.kind,
                tuple(citations.labels[telling] for telling in citations.in_order(each.tellings)),
                tuple(citations.at(place) for place in sorted(each.places, key=lambda place: order[place.telling])),
            )
            for each in from_one
        ),
    )


def _variant(citations: Citations, variant: Variant) -> VariantLine:
    telling = citations.tellings[variant.telling]
    found = [telling.quotes[index] for index in variant.quotes]
    lead = saying.told_in(found)
    types = tuple(quote.type for quote in found)
    medium = next((q.medium for q in found if q.medium is not None), None)

    def cite(span: Span | None) -> Evidence | None:
        return None if span is None else citations.evidence(telling.id, span)

    whole = telling.sentence_around(lead.cue or lead.content)
    return VariantLine(
        telling=citations.labels[telling.id],
        type=types[0] if len(set(types)) == 1 else "mixed",
        stretches=tuple(citations.evidence(telling.id, quote.content) for quote in found),
        source=cite(lead.source),
        cue=cite(lead.cue),
        medium=cite(medium),
        audience=cite(next((q.audience for q in found if q.audience is not None), None)),
        said=next((q.said for q in found if q.said is not None), None),
        sentence=citations.evidence(telling.id, whole),
        why=citations.why(lead.provenance, telling.id),
        differences=tuple(
            Difference(v.kind, citations.at(v.variant), citations.at(v.base)) for v in variant.variations
        ),
        stance=lead.stance,
        marker=cite(lead.marker),
        probability=lead.probability,
        earlier=lead.earlier,
        lead=cite(saying.lead(telling, lead)),
        circumstances=tuple(citations.evidence(telling.id, span) for span in saying.circumstances(telling, found)),
        printed=variant.printed,
        named=named_in(telling, lead),
        types=types,
    )
