"""The quotations of one telling for themselves alone: every span with its words' owner by name."""

from __future__ import annotations

from dataclasses import dataclass

from tellings.model.records import Interval, QuoteStatus, QuoteType, Telling
from tellings.model.rules import load
from tellings.model.text import Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation (PARC 3.0: source, cue, content); spans count in the telling's text.

    `content` is without its outer marks, `span` with them. `speaker` is the fullest name the text gives the person,
    or the source as described ("a harbour clerk"); `None` where nobody is told, or only a pronoun that cannot be
    placed. `status`: "shown", "unsure" (with `reason`), or "not-a-statement" (titles, scare quotes). `index` is its
    place among all of the text. A quotation that its cue interrupts is one for each stretch; `continues` is the
    index of the stretch before, `within` that of the quotation it is nested in.
    """

    index: int
    span: Span
    content: Span
    type: QuoteType
    status: QuoteStatus
    speaker: str | None
    source: Span | None
    cue: Span | None
    medium: Span | None
    said: Interval | None
    reason: str | None
    continues: int | None
    within: int | None


def is_pronoun(name: str) -> bool:
    """Whether a source is a pronoun, which is nobody's name."""
    return name.casefold() in load("en", "quote").words("personal_pronoun")


def unknown(name: str) -> str:
    """Why a quotation whose source is the pronoun `name` is unsure."""
    return f"who “{name}” is cannot be told"


def quotations(telling: Telling) -> tuple[Quotation, ...]:
    """All quotations of `telling`, in order."""
    found = []
    for index, quote in enumerate(telling.quotes):
        name = telling.chains[quote.speaker].name if quote.speaker is not None else None
        if name is None and quote.source is not None:
            name = quote.source.of(telling.text)
        status, reason = quote.status, quote.reason
        if name is not None and is_pronoun(name):
            if status == "shown":
                status, reason = "unsure", unknown(name)
            name = None
        found.append(
            Quotation(
                index,
                quote.span,
                quote.content,
                quote.type,
                status,
                name,
                quote.source,
                quote.cue,
                quote.medium,
                quote.said,
                reason,
                quote.continues,
                quote.within,
            )
        )
    return tuple(found)
