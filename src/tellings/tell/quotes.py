"""Who said what: one entry for each utterance, its variants side by side, the fullest text cited."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tellings.across.credits import outlet_key
from tellings.model.record import Difference, Evidence, PieceLine, QuoteEntry, SpeakerLine, VariantLine, Why
from tellings.model.records import Family, Quote, QuoteStatus, SpeakerRank, Telling, Variant
from tellings.model.text import Span
from tellings.tell.cite import Citations
from tellings.tell.line_ids import named
from tellings.tell.quotations import is_pronoun, unknown


def quotes(citations: Citations, people: dict[tuple[str, int], str], names: dict[str, str]) -> tuple[QuoteEntry, ...]:
    """Entries in order of first appearance: families first formed from words in marks, then reported clauses.

    `people` gives the record's person id for a (telling id, chain index), `names` the name for an id.
    """
    drafts: list[tuple[tuple[int, int], QuoteEntry]] = []
    rank = {telling.id: index for index, telling in enumerate(citations.story.tellings)}
    covered: set[tuple[str, int]] = set()
    for family in citations.story.families:
        first = family.variants[0]
        covered.update((variant.telling, quote) for variant in family.variants for quote in variant.quotes)
        place = (rank[first.telling], first.quotes[0])
        drafts.append((place, _family(citations, family, people, names)))
    for telling in citations.story.tellings:
        for index, quote in enumerate(telling.quotes):
            if (telling.id, index) not in covered and quote.status != "not-a-statement":
                variant = Variant(telling.id, (index,))
                drafts.append(((rank[telling.id], index), _entry(citations, (variant,), (), people, names)))
    drafts.sort(key=lambda draft: draft[0])
    return named(citations.anchors, [replace(entry, id=str(place)) for place, (_, entry) in enumerate(drafts)])


def _family(
    citations: Citations, family: Family, people: dict[tuple[str, int], str], names: dict[str, str]
) -> QuoteEntry:
    fullest = tuple(PieceLine(citations.at(piece.place) if piece.place else None) for piece in family.fullest)
    return _entry(citations, family.variants, fullest, people, names, citations.why(family.provenance))


def _entry(
    citations: Citations,
    variants: tuple[Variant, ...],
    fullest: tuple[PieceLine, ...],
    people: dict[tuple[str, int], str],
    names: dict[str, str],
    why: Why | None = None,
) -> QuoteEntry:
    lines = tuple(_variant(citations, variant) for variant in variants)
    all_quotes = [
        (citations.tellings[v.telling], citations.tellings[v.telling].quotes[i]) for v in variants for i in v.quotes
    ]
    speaker = _speaker(all_quotes, people, names)
    status: QuoteStatus = "shown" if any(quote.status == "shown" for _, quote in all_quotes) else "unsure"
    reason = None if status == "shown" else next((quote.reason for _, quote in all_quotes if quote.reason), None)
    if status == "shown" and speaker.person is None and speaker.name is not None and is_pronoun(speaker.name):
        # The source is cited all the same; a pronoun is nobody's name.
        status, reason = "unsure", unknown(speaker.name)
        speaker = SpeakerLine(None, None, "unsure")
    return QuoteEntry(
        id="",
        speaker=speaker,
        status=status,
        reason=reason,
        variants=lines,
        fullest=fullest,
        origins=citations.origins((variant.telling for variant in variants), _one_interview(all_quotes)),
        why=why or lines[0].why,
    )


def _one_interview(found: list[tuple[Telling, Quote]]) -> list[set[str]]:
    """Tellings that say the words were said to one outlet ("told the Herald"), each with that outlet's own."""
    tellings: dict[str, set[str]] = {}
    for telling, quote in found:
        if quote.audience is not None and (name := quote.audience.of(telling.text).removeprefix("the "))[:1].isupper():
            tellings.setdefault(outlet_key(name), set()).add(telling.id)
    for telling, _ in found:
        publisher = telling.document.publisher
        if publisher is not None and (key := outlet_key(publisher.value)) in tellings:
            tellings[key].add(telling.id)
    return list(tellings.values())


def _speaker(
    found: list[tuple[Telling, Quote]], people: dict[tuple[str, int], str], names: dict[str, str]
) -> SpeakerLine:
    """The person whom the variants name, surest first: where the telling has a name for who speaks, before where it has
    a pronoun or goes on from an earlier line, before where it is only probable. Of several the one most say, then the
    one most spoken of (`names` has them in that order). With no person, the words that most describe the speaker by."""
    rank = {person: place for place, person in enumerate(names)}
    votes: tuple[Counter[str], ...] = tuple(Counter() for _ in _SURENESS)
    described: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for telling, quote in found:
        if quote.status != "shown":
            continue
        person = people.get((telling.id, quote.speaker)) if quote.speaker is not None else None
        if person is not None:
            votes[_sureness(telling, quote)][person] += 1
        elif quote.speaker is not None:
            described[telling.chains[quote.speaker].name] += 1
        elif quote.described is not None:
            described[quote.described.of(telling.text)] += 1
        others.update(people.get((telling.id, chain)) or telling.chains[chain].name for chain in quote.others)
    for sure, each in zip(_SURENESS, votes, strict=True):
        if not each:
            continue
        persons = sorted(each, key=lambda one: (-each[one], rank[one]))
        rivals = (
            [*persons[1:], *(other for other in others if other not in each)] if sure == "probably" else persons[1:]
        )
        certain: SpeakerRank = "said by" if sure != "probably" and not rivals else "probably"
        return SpeakerLine(names[persons[0]], persons[0], certain, tuple(names.get(each, each) for each in rivals[:2]))
    if not described:
        return SpeakerLine(None, None, "unsure")
    # A pronoun says least; a Counter keeps the order of the tellings.
    return SpeakerLine(min(described, key=lambda words: (is_pronoun(words), -described[words])), None)


#: How a telling says who speaks, surest first: by name, by a word that stands for a name, not for sure.
_SURENESS = ("named", "meant", "probably")


def _sureness(telling: Telling, quote: Quote) -> int:
    """The place in `_SURENESS` of what a telling says."""
    if quote.rank != "said by":
        return 2
    chain = telling.chains[quote.speaker] if quote.speaker is not None else None
    named = (
        chain is not None
        and quote.source is not None
        and any(
            telling.mentions[index].kind == "name" and quote.source.overlaps(telling.mentions[index].span)
            for index in chain.mentions
        )
    )
    return 0 if named else 1


def _variant(citations: Citations, variant: Variant) -> VariantLine:
    telling = citations.tellings[variant.telling]
    found = [telling.quotes[index] for index in variant.quotes]
    # The stretch whose cue is written out says most about who spoke, where and when.
    lead = next((q for q in found if q.cue is not None), None) or next(
        (q for q in found if q.source is not None), found[0]
    )
    medium = next((q.medium for q in found if q.medium is not None), None)

    def cite(span: Span | None) -> Evidence | None:
        return None if span is None else citations.evidence(telling.id, span)

    whole = telling.sentence_around(lead.cue or lead.content)
    return VariantLine(
        telling=citations.labels[telling.id],
        type=lead.type,
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
        earlier=lead.earlier,
    )
