"""One utterance as several tellings print it, and its fullest text assembled from cited pieces.

1. stretches: the quoted words of every quotation (of a mixed one, only those in marks);
2. grouping: stretches that share a run of words long enough to be no chance, quotations that print a piece of another
   or tell it in their own words, and stretches that one telling presents as going on, are one utterance;
3. assembly: the words of all variants in one order that the variants support, gaps kept as gaps;
4. variation: how each variant differs from the assembled text, word by word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tellings.across.families.assembly import Token, assemble, pieces
from tellings.across.families.grouping import group
from tellings.across.families.stretches import REPORTED, Stretch, stretches
from tellings.across.families.variation import variations
from tellings.model.records import Family, Provenance, Telling, Variant

__all__ = ["families"]


def families(tellings: tuple[Telling, ...], origins: Iterable[Iterable[str]] = ()) -> tuple[Family, ...]:
    """Every utterance quoted directly or in part, and every reported clause that another telling prints or quotes.

    An utterance that only one telling prints is a family of one variant. Every character of an assembled text comes
    from a cited span; a telling taken away never adds words. `origins` are the ids of tellings that are not
    independent of one another; each other one is by itself.
    """
    texts = {telling.id: telling.text for telling in tellings}
    rank = {telling.id: index for index, telling in enumerate(tellings)}
    origin = {telling: min(rank[other] for other in one) for one in map(tuple, origins) for telling in one}
    origin = rank | origin
    found = []
    # Who belongs together does not depend on the order of the tellings.
    by_id = tuple(sorted(tellings, key=lambda telling: telling.id))
    for members, rules in group(stretches(by_id), by_id):
        members.sort(key=lambda stretch: (rank[stretch.telling], stretch.place))
        family = _family(members, rules, rank, texts, origin)
        if family is not None:
            found.append(((rank[members[0].telling], members[0].place), family))
    found.sort(key=lambda pair: pair[0])
    return tuple(family for _, family in found)


def _family(
    members: list[Stretch],
    rules: tuple[str, ...],
    rank: Mapping[str, int],
    texts: Mapping[str, str],
    origin: Mapping[str, int],
) -> Family | None:
    """The family of these stretches; none of a reported clause that one telling alone has."""
    by_telling: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in members:
        by_telling[stretch.telling].append(stretch)
    # Reported clauses are the outlets' words: nothing is assembled from them.
    spoken = [stretch for stretch in members if stretch.level != REPORTED]
    if len(by_telling) == 1 and not spoken:
        return None
    merged = assemble(spoken, rank, texts, origin) if len(by_telling) > 1 and spoken else []
    variants = [variant for own in by_telling.values() for variant in _variants(own, merged, texts, len(by_telling))]
    rule = "; ".join(("same words", *rules)) if len(by_telling) > 1 else "one telling"
    cited = pieces(merged, texts, _bounds(members))
    return Family(tuple(variants), cited, Provenance("families", rule), len(merged))


def _variants(own: list[Stretch], merged: list[Token], texts: Mapping[str, str], tellings: int) -> Iterator[Variant]:
    """What one telling prints of an utterance, and apart from it, where there are more `tellings`, what it tells in its
    own words."""
    if tellings == 1:
        yield Variant(own[0].telling, tuple(dict.fromkeys(stretch.quote for stretch in own)))
        return
    for reported in (False, True):
        stretches_of = [stretch for stretch in own if (stretch.level == REPORTED) is reported]
        if stretches_of:
            quotes = tuple(dict.fromkeys(stretch.quote for stretch in stretches_of))
            differs = variations(stretches_of, merged, texts) if merged and not reported else ((), 0)
            yield Variant(stretches_of[0].telling, quotes, *differs)


def _bounds(members: list[Stretch]) -> dict[tuple[str, int], tuple[int, int]]:
    """(telling, stretch place) → the span its pieces may reach, for the marks around words."""
    return {(s.telling, s.place): (s.start, s.end) for s in members}
