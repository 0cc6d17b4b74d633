"""One utterance as several tellings print it, and its fullest text assembled from cited pieces.

1. stretches: the quoted words of every quotation (of a mixed one, only those in marks);
2. grouping: stretches that share a run of words long enough to be no chance, and stretches that one
   telling presents as going on, are one utterance;
3. assembly: the words of all variants in one order that the variants support, gaps kept as gaps;
4. variation: how each variant differs from the assembled text, word by word.
"""

from __future__ import annotations

from tellings.across.families.assembly import assemble, pieces
from tellings.across.families.grouping import REPORTED, Stretch, group, stretches
from tellings.across.families.variation import variations
from tellings.model.records import Family, Provenance, Telling, Variant

__all__ = ["families"]


def families(tellings: tuple[Telling, ...]) -> tuple[Family, ...]:
    """Every utterance quoted directly or in part, and every reported clause that copies share, with its variants.

    An utterance that only one telling prints is a family of one variant. Every character of an
    assembled text comes from a cited span; a telling taken away never adds words.
    """
    texts = {telling.id: telling.text for telling in tellings}
    found: list[tuple[tuple[int, int], Family]] = []
    rank = {telling.id: index for index, telling in enumerate(tellings)}
    for members in group(stretches(tellings)):
        # Reported clauses are the outlets' words: nothing is assembled from them.
        alone = len({stretch.telling for stretch in members}) == 1
        merged = [] if alone or members[0].level == REPORTED else assemble(members, rank, texts)
        variants = []
        for telling in sorted({stretch.telling for stretch in members}, key=rank.__getitem__):
            own = [stretch for stretch in members if stretch.telling == telling]
            variants.append(
                Variant(
                    telling,
                    tuple(dict.fromkeys(s.quote for s in own)),
                    variations(own, merged, texts) if merged else (),
                )
            )
        if members[0].level == REPORTED and len(variants) == 1:
            continue
        rule = "same words" if len(variants) > 1 else "one telling"
        first = min((rank[s.telling], s.place) for s in members)
        found.append(
            (first, Family(tuple(variants), pieces(merged, texts, _bounds(members)), Provenance("families", rule)))
        )
    found.sort(key=lambda pair: pair[0])
    return tuple(family for _, family in found)


def _bounds(members: list[Stretch]) -> dict[tuple[str, int], tuple[int, int]]:
    """(telling, stretch place) → the span its pieces may reach, for the marks around words."""
    return {(s.telling, s.place): (s.start, s.end) for s in members}
