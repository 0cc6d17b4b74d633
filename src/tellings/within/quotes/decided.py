"""Who speaks, where a person decided it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tellings.model.records import DECIDED, Chain, Document, Provenance, Quote


def as_decided(quotes: tuple[Quote, ...], document: Document, chains: Sequence[Chain]) -> tuple[Quote, ...]:
    """`quotes`, with the speakers that a person decided; all stretches of one utterance have one. One that the telling
    does not name any more decides nothing."""
    found = list(quotes)
    for each in document.decided:
        chain = next((place for place, chain in enumerate(chains) if chain.name == each.name), None)
        if each.kind != "speaker" or chain is None:
            continue
        meant = {place for place, quote in enumerate(quotes) if quote.content.overlaps(each.span)}
        while more := _parts(quotes, meant) - meant:
            meant |= more
        for place in meant:
            found[place] = replace(
                found[place],
                status="shown",
                reason=None,
                speaker=chain,
                rank="said by",
                others=(),
                meant=None,
                probability=None,
                provenance=Provenance("quotes", DECIDED),
            )
    return tuple(found)


def _parts(quotes: Sequence[Quote], meant: set[int]) -> set[int]:
    """The stretches that go on with these, or with which these go on."""
    behind = {place for place, quote in enumerate(quotes) if quote.continues in meant}
    before = {quote.continues for place, quote in enumerate(quotes) if place in meant and quote.continues is not None}
    return behind | before
