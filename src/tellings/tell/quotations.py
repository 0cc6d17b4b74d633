"""The quotations of one telling for themselves alone: every span with its words' owner by name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tellings.model.records import Interval, Provenance, Quote, QuoteStatus, QuoteType, SpeakerRank, Stance, Telling
from tellings.model.text import Span
from tellings.tell import saying
from tellings.tell.speakers import NOBODY, Attributed, attributed_in, named_in


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation (PARC 3.0: source, cue, content); spans count in the telling's text.

    `contents` are the words said, without their outer marks: one span, or more where the cue interrupts them or the
    next paragraph goes on; `spans` are the same with their marks, or with the "that" of a reported clause, as PARC has
    content; `span` is from the first to the last. `speaker` is the fullest name the text gives the person,
    or the source as described ("a harbour clerk"); `None` where nobody is told, or only a pronoun that cannot be
    placed. `status`: "shown", "unsure" (with `reason`), or "not-a-statement" (titles, scare quotes). `index` is its
    place among all of the text; `continues` is the index of the quotation that its speaker goes on from, `within`
    that of the one it is nested in. `score` is how sure its rule or the trained model is, from 0 to 1, uncalibrated;
    `why` names both, and the stretches it leaned on. `stance` is what the speaker does with the words ("says",
    "denies", "asks", "retracts", "unsure"), `marker` the words that say so where the cue does not; `rank` how sure the
    speaker is ("said by", "probably", "unsure"), `others` who may be meant instead; `earlier`: the text says that it
    was said before, and that something else is said now. `lead` are the words up to what is quoted, where it is not
    simply said ("has denied", "accused"); `circumstances` those that tell when, where and to whom it was said.
    """

    index: int
    spans: tuple[Span, ...]
    contents: tuple[Span, ...]
    type: QuoteType
    status: QuoteStatus
    speaker: str | None
    source: Span | None
    cue: Span | None
    medium: Span | None
    audience: Span | None
    said: Interval | None
    reason: str | None
    continues: int | None
    within: int | None
    score: float | None
    why: Provenance
    stance: Stance = "says"
    marker: Span | None = None
    rank: SpeakerRank = "said by"
    others: tuple[str, ...] = ()
    earlier: bool = False
    probability: float | None = None
    lead: Span | None = None
    circumstances: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        """From its first character to its last, what interrupts it included."""
        return Span(self.spans[0].start, self.spans[-1].end)

    def words(self, text: str) -> str:
        """The words said, an ellipsis where something stands between two stretches."""
        return " … ".join(content.of(text) for content in self.contents)


def quotations(telling: Telling) -> tuple[Quotation, ...]:
    """All quotations of `telling`, in order, each with all its stretches."""
    groups: dict[int, list[int]] = {}  # the first stretch of each quotation → all of them
    first: dict[int, int] = {}
    for index, quote in enumerate(telling.quotes):
        before = telling.quotes[quote.continues] if quote.continues is not None else None
        joined = before is not None and quote.cue in (None, before.cue)
        first[index] = first[quote.continues] if joined and quote.continues is not None else index
        groups.setdefault(first[index], []).append(index)
    place = {start: index for index, start in enumerate(groups)}
    said_by = attributed_in(telling)
    return tuple(
        _quotation(telling, stretches, place, first, said_by.get(stretches[0])) for stretches in groups.values()
    )


def _quotation(
    telling: Telling, stretches: list[int], place: dict[int, int], first: dict[int, int], said_by: Attributed | None
) -> Quotation:
    quotes = [telling.quotes[index] for index in stretches]
    quote, spoken = quotes[0], saying.told_in(quotes)
    if said_by is None or quote.found_by_model:
        # No record has it: whom the text gives, for what it is worth.
        said_by = Attributed(replace(NOBODY, name=named_in(telling, quote)), quote.status, quote.reason)
    return Quotation(
        index=place[stretches[0]],
        spans=tuple(each.span for each in quotes),
        contents=tuple(each.content for each in quotes),
        type=quote.type if all(each.type == quote.type for each in quotes) else "mixed",
        status=said_by.status,
        speaker=said_by.speaker.name,
        source=quote.source,
        cue=quote.cue,
        medium=quote.medium,
        audience=quote.audience,
        said=quote.said,
        reason=said_by.reason,
        continues=place[first[quote.continues]] if quote.continues is not None else None,
        within=place[first[quote.within]] if quote.within is not None else None,
        score=quote.provenance.score,
        why=replace(quote.provenance, evidence=quote.provenance.evidence or _leaned_on(spoken)),
        stance=spoken.stance,
        marker=spoken.marker,
        rank=said_by.speaker.rank,
        others=said_by.speaker.others,
        probability=quote.probability,
        earlier=spoken.earlier,
        lead=saying.lead(telling, spoken),
        circumstances=saying.circumstances(telling, quotes),
    )


def _leaned_on(quote: Quote) -> tuple[Span, ...]:
    """The words that who speaks, and how, was told by."""
    return tuple(sorted({span for span in (quote.source, quote.cue, quote.marker) if span is not None}))
