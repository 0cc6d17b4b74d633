"""Near-duplicates: tellings whose story texts largely agree (Broder 1997).

1. map: every telling's story words become shingles, and winnowed fingerprints of these.
2. group: tellings that share fingerprints are candidate pairs.
3. join: each candidate pair is verified on all its shingles, and named by how the two differ.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection
from dataclasses import dataclass, replace

from tellings.across import keys
from tellings.model.records import NearDuplicate, Provenance, Telling

#: Share of the smaller telling's shingles that must stand in the larger. On planted copies of news (development
#: corpus of `eval/copies.py`) whole-text copies, cut or edited, hold .7 or more of their source in 95 of 100 cases,
#: tellings that took over some paragraphs at most .65; the adjusted Rand index is flat from .55 to .65.
CONTAINMENT = 0.6
#: Containment from which a telling counts as lying inside the other, rather than as an edited version.
INSIDE = 0.8
#: Story words below which what two tellings share cannot be told from chance or a stock phrase: briefs that short are
#: compared as a whole, word for word.
LEAST_WORDS = 8
#: Words of the shortest brief.
LEAST_BRIEF = 2
#: A cut copy keeps its beginning: its shared shingles lie this early, in lengths of the copy.
HEAD = 1.25
#: Candidates with fewer fingerprints in common than this share of the smaller one's are not verified:
#: fingerprints thin the shingles evenly, so half the threshold leaves room for chance. Small sets are all verified.
LEAST_ESTIMATE = CONTAINMENT / 2
SMALL = 32


@dataclass(frozen=True, slots=True)
class _Keys:
    """What is kept of a telling to compare it by, in as few bytes as can be: a pile has many.

    `ordered`: all its shingles; `kept`: those that are no furniture, each once; `reporting`: of these, the ones
    not wholly in a quotation (`None`: all); `fingerprints`: what winnowing keeps.
    """

    ordered: array[int]
    kept: array[int]
    reporting: array[int] | None
    fingerprints: array[int]


def near_duplicates(tellings: tuple[Telling, ...], left_out: Collection[int] = ()) -> tuple[NearDuplicate, ...]:
    """The pairs of tellings that are near-duplicates, sorted by ids (`a` < `b`). `left_out` are the shingles of site
    furniture, which make no copy.

    The rule names how the two differ: "identical" (word for word), "revision" (one page, changed), "truncated" (one is
    the other's beginning), "contained" (one lies inside the other), "near-duplicate" (edited).
    """
    # 1. map
    of = {telling.id: telling for telling in tellings}
    keyed: dict[str, _Keys] = {}
    briefs: dict[str, tuple[int]] = {}
    for telling in tellings:
        table = keys.story_words(telling)
        if len(table) >= LEAST_WORDS:
            keyed[telling.id] = _keys(telling, table, left_out)
        elif len(table) >= LEAST_BRIEF:
            briefs[telling.id] = (keys.shingles(table.normal, len(table))[0],)
    # 2. group
    candidates = keys.pairs({identifier: entry.fingerprints for identifier, entry in keyed.items()})
    # 3. join
    found = [
        NearDuplicate(a, b, 1.0, 1.0, Provenance("duplicates", "identical", 1.0))
        for a, b in keys.pairs(briefs)
        if not _two_titles(of[a], of[b])
    ]
    for (a, b), shared in sorted(candidates.items()):
        least = min(len(keyed[a].fingerprints), len(keyed[b].fingerprints))
        if least <= SMALL or shared >= LEAST_ESTIMATE * least:
            pair = _verified(a, b, keyed[a], keyed[b])
            if pair is not None:
                found.append(pair)
    found.sort(key=lambda pair: (pair.a, pair.b))
    return tuple(
        replace(pair, provenance=replace(pair.provenance, rule="revision"))
        if pair.provenance.rule != "identical" and _one_page(of[pair.a], of[pair.b])
        else pair
        for pair in found
    )


def _two_titles(a: Telling, b: Telling) -> bool:
    """Whether two tellings have titles of different words: a few equal words below them are a stock phrase."""
    first, second = a.document.title, b.document.title
    if first is None or second is None:
        return False
    return keys.word_table(first.value).normal != keys.word_table(second.value).normal


def _one_page(a: Telling, b: Telling) -> bool:
    """Whether two tellings are one page at two times: at one address, or by one publisher and one is marked updated."""
    first, second = a.document, b.document
    if first.url is not None and second.url is not None:
        return _address(first.url.value) == _address(second.url.value)
    if first.publisher is None or second.publisher is None:
        return False
    marked = any(block.kind == "updated" for telling in (a, b) for block in telling.blocks)
    return marked and first.publisher.value.casefold() == second.publisher.value.casefold()


def _address(url: str) -> str:
    """An address without its scheme, "www.", query and fragment."""
    return re.sub(r"^\w+://(?:www\.)?|[?#].*$|/+(?=[?#]|$)", "", url).rstrip("/").casefold()


def _keys(telling: Telling, table: keys.WordTable, left_out: Collection[int]) -> _Keys:
    """The keys of a telling by its story words."""
    ordered = table.shingles
    # Nothing but stock lines: they are the text.
    shingles = frozenset(ordered).difference(left_out) or frozenset(ordered)
    reporting: array[int] | None = None
    quoted = keys.quoted_words(telling, table)
    if any(quoted):
        size, whole = keys.SHINGLE, b"\x01" * keys.SHINGLE
        told = (value for i, value in enumerate(ordered) if quoted[i : i + size] != whole)
        reporting = array("q", shingles.intersection(told))
    chosen = keys.fingerprints([each for each in ordered if each in shingles]) if left_out else table.fingerprints
    return _Keys(ordered, array("q", shingles), reporting, array("q", chosen))


def _verified(a: str, b: str, keys_a: _Keys, keys_b: _Keys) -> NearDuplicate | None:
    """The record of the pair, `None` where too little of the smaller stands in the larger."""
    shared = frozenset(keys_a.kept).intersection(keys_b.kept)
    size_a, size_b = len(keys_a.kept), len(keys_b.kept)
    containment = len(shared) / min(size_a, size_b)
    if containment < CONTAINMENT:
        return None
    # Two reports built around one long statement agree in the statement: their reporting must agree too. Where
    # there is next to none of it, the statement is the text.
    told_a = keys_a.kept if keys_a.reporting is None else keys_a.reporting
    told_b = keys_b.kept if keys_b.reporting is None else keys_b.reporting
    reporting = min(len(told_a), len(told_b))
    if reporting >= LEAST_WORDS and len(frozenset(told_a).intersection(told_b)) < CONTAINMENT * reporting:
        return None
    resemblance = len(shared) / (size_a + size_b - len(shared))
    rule = _rule(keys_a, keys_b, shared, containment)
    return NearDuplicate(a, b, containment, resemblance, Provenance("duplicates", rule, resemblance))


def _rule(keys_a: _Keys, keys_b: _Keys, shared: frozenset[int], containment: float) -> str:
    if keys_a.ordered == keys_b.ordered:
        return "identical"
    small, large = sorted((keys_a, keys_b), key=lambda entry: len(entry.kept))
    if containment < INSIDE or len(small.kept) > INSIDE * len(large.kept):
        return "near-duplicate"
    # "Truncated": what is shared stands at the head of the larger one.
    head = frozenset(large.ordered[: round(HEAD * len(small.ordered))])
    return "truncated" if len(shared & head) >= INSIDE * len(shared) else "contained"
