"""Reuse: the passages that two tellings share, aligned word by word.

1. map: every telling's story words, their shingles, and which of them stand in quotations.
2. group: tellings that share a winnowed fingerprint, or a shingle that both quote, are candidates.
3. join, for each candidate pair: shared shingles are joined to exact runs (`_runs`), runs to chains
   through small edits (`_chains`), chains grown at both ends (`_grown`), cut where quotation meets
   reporting (`_pieces`), and reported with their exact characters on both sides.

Seed, extend and merge as in Smith, Cordell and Mullen 2015, "Computational methods for uncovering
reprinted texts", with winnowing (Schleimer, Wilkerson and Aiken 2003) to find the seeds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from tellings.across import keys
from tellings.model.records import Passage, Place, Provenance, Telling

#: Equal words from which a stretch of reporting counts as shared text: what winnowing guarantees to find, and
#: one more than the seven-word runs of Citron and Ginsparg 2015, "Patterns of text reuse".
REPORTING = keys.SHINGLE + keys.WINDOW - 1
#: Equal words from which a shared quotation counts: that both put it in quotation marks is evidence already.
QUOTATION = keys.SHINGLE
#: Words of a passage that must stand in quotations, in both tellings, to make it one.
QUOTED = 0.8
#: Most words in a row, on either side, that may differ inside a passage: a changed word, name or figure.
EDIT = 3
#: Words between two exact runs, on either side, over which they are still aligned with each other.
GAP = 16
#: Share of these words that must be equal, where the gap holds more than one edit.
GAP_EQUAL = 0.5
#: Equal words that must follow an edit for a passage to grow across it.
FOOTHOLD = 3
#: Places of one shingle that are looked at in each telling: bounds the work on refrains and endless repetition.
REPEATS = 8
#: In a shorter stretch than this, names and figures alone (a long title, a table of scores) are no shared text:
#: any two outlets write them alike. At least PLAIN words must be neither, and no short function words.
NAMES = 2 * REPORTING
PLAIN = 2
#: Letters from which a word in lower case counts as plain: "the", "of" and "and" stand in names too.
PLAIN_LETTERS = 4
# Stands for a shingle that is left out: hashes are never negative.
_NONE = -1
#: Earlier chains that a run is tried on.
OPEN_CHAINS = 16

#: An exact run of equal words: first word in a, first word in b, number of words.
_Run = tuple[int, int, int]
#: Words aligned one to one (index in a, index in b), both rising.
_Matches = list[tuple[int, int]]
_Kind = Literal["reporting", "quotation"]

# Ways to step over an edit, in words of a and of b, least first.
_STEPS = sorted(
    ((a, b) for a in range(EDIT + 1) for b in range(EDIT + 1) if a or b), key=lambda step: (max(step), sum(step), step)
)


@dataclass(frozen=True, slots=True)
class _Text:
    """What is kept of a telling. `quoted`, `plain` and `stretch` have one entry a word.

    `quoted`: in a quotation. `plain`: neither name nor figure nor short function word (any word of a
    headline, where capitals tell nothing). `stretch` numbers the stretches of story text that no
    residue interrupts.
    """

    table: keys.WordTable
    shingles: array[int]
    quoted: bytearray
    plain: bytearray
    stretch: array[int]

    @classmethod
    def of(cls, telling: Telling, left_out: Collection[int]) -> _Text:
        """The words of `telling` and where they stand; a shingle that is `left_out` becomes `_NONE`."""
        spans = keys.story_spans(telling)
        table = keys.word_table(telling.text, spans)
        span_starts = [span.start for span in spans]
        stretch = array("q", (bisect_right(span_starts, start) for start in table.starts))
        text = telling.text
        plain = bytearray(
            end - start >= PLAIN_LETTERS and text[start].islower()
            for start, end in zip(table.starts, table.ends, strict=True)
        )
        for block in telling.blocks:
            if block.kind == "headline":
                first, last = (bisect_left(table.starts, edge) for edge in (block.span.start, block.span.end))
                plain[first:last] = b"\x01" * (last - first)
        shingles = table.shingles
        if left_out:
            shingles = array("q", (_NONE if shingle in left_out else shingle for shingle in shingles))
        return cls(table, shingles, keys.quoted_words(telling, table), plain, stretch)

    def keys(self) -> frozenset[int]:
        """Fingerprints, and every shingle that stands wholly in a quotation."""
        size = keys.SHINGLE
        whole = b"\x01" * size
        in_quotation = (value for i, value in enumerate(self.shingles) if self.quoted[i : i + size] == whole)
        kept = self.table.fingerprints
        if self.shingles is not self.table.shingles:  # some are left out
            kept = keys.fingerprints([shingle for shingle in self.shingles if shingle != _NONE])
        return (kept | frozenset(in_quotation if any(self.quoted) else ())) - {_NONE}

    def places(self) -> dict[int, list[int]]:
        """shingle → its first places."""
        found: dict[int, list[int]] = {}
        for place, shingle in enumerate(self.shingles):
            if shingle == _NONE:
                continue
            places = found.setdefault(shingle, [])
            if len(places) < REPEATS:
                places.append(place)
        return found


def _shared_places(a: Mapping[int, list[int]], b: Mapping[int, list[int]]) -> list[tuple[int, list[int]]]:
    """The places in b of the shingles that a holds, too, in order, each with the places in a."""
    return sorted((place, a[shingle]) for shingle in a.keys() & b.keys() for place in b[shingle])


def passages(tellings: tuple[Telling, ...], left_out: Collection[int] = ()) -> tuple[Passage, ...]:
    """The passages that any two tellings share, sorted by place (`a.telling` < `b.telling`). `left_out` are the
    shingles of site furniture, which nobody takes over from anybody.

    Spans start and end with a word that is equal on both sides; `words` counts the equal words. The
    number of pairs looked at is bounded as `keys.pairs` says.
    """
    # 1. map
    texts = {telling.id: _Text.of(telling, left_out) for telling in tellings}
    # 2. group
    candidates = keys.pairs({identifier: text.keys() for identifier, text in texts.items()})
    # 3. join
    places = {identifier: texts[identifier].places() for identifier in {each for pair in candidates for each in pair}}
    found: list[Passage] = []
    for a, b in sorted(candidates):
        found.extend(_shared(a, b, texts[a], texts[b], _shared_places(places[a], places[b])))
    return tuple(sorted(found, key=lambda passage: (passage.a, passage.b)))


def _shared(a: str, b: str, text_a: _Text, text_b: _Text, places: list[tuple[int, list[int]]]) -> Iterator[Passage]:
    """The passages of one pair, longest first."""
    pieces = [
        (kind, matches)
        for chain in _chains(_runs(places), text_a, text_b)
        for kind, matches in _pieces(_grown(chain, text_a, text_b), text_a, text_b)
    ]
    pieces.sort(key=lambda piece: (-len(piece[1]), piece[1][0]))
    covered_a, covered_b = bytearray(len(text_a.table)), bytearray(len(text_b.table))
    for kind, matches in pieces:
        (first_a, first_b), (last_a, last_b) = matches[0], matches[-1]
        # A repetition that longer passages cover on both sides would say nothing new.
        if all(covered_a[first_a : last_a + 1]) and all(covered_b[first_b : last_b + 1]):
            continue
        covered_a[first_a : last_a + 1] = b"\x01" * (last_a + 1 - first_a)
        covered_b[first_b : last_b + 1] = b"\x01" * (last_b + 1 - first_b)
        words = len(matches)
        longest = max(last_a - first_a, last_b - first_b) + 1
        yield Passage(
            Place(a, text_a.table.span(first_a, last_a)),
            Place(b, text_b.table.span(first_b, last_b)),
            words,
            kind,
            Provenance("reuse", "verbatim" if words == longest else "edited", words / longest),
        )


def _runs(shared: list[tuple[int, list[int]]]) -> list[_Run]:
    """The longest exact runs of shared shingles, sorted by their places; `shared` are places in b, in order, with those
    in a."""
    runs: list[_Run] = []
    growing: dict[int, list[int]] = {}  # diagonal → first place in b, next place in b
    for place_b, places_a in shared:
        for place_a in places_a:
            diagonal = place_a - place_b
            run = growing.get(diagonal)
            if run is not None and run[1] == place_b:
                run[1] += 1
                continue
            if run is not None:
                runs.append((diagonal + run[0], run[0], run[1] - run[0] + keys.SHINGLE - 1))
            growing[diagonal] = [place_b, place_b + 1]
    for diagonal, run in growing.items():
        runs.append((diagonal + run[0], run[0], run[1] - run[0] + keys.SHINGLE - 1))
    runs.sort()
    return runs


def _chains(runs: list[_Run], text_a: _Text, text_b: _Text) -> list[_Matches]:
    """Runs joined across small edits, as aligned words."""
    chains: list[_Matches] = []
    for start_a, start_b, words in runs:
        best: tuple[int, int, _Matches] | None = None
        for index in range(len(chains) - 1, max(-1, len(chains) - 1 - OPEN_CHAINS), -1):
            end_a, end_b = chains[index][-1]
            # Words that end one run and begin the next (a word twice in one text) go to the first.
            overlap = max(0, end_a + 1 - start_a, end_b + 1 - start_b)
            if overlap >= words:
                continue
            gap_a, gap_b = start_a + overlap - end_a - 1, start_b + overlap - end_b - 1
            distance = max(gap_a, gap_b)
            if distance > GAP or (best is not None and distance >= best[0]):
                continue
            bridge = _bridge(end_a + 1, end_a + 1 + gap_a, end_b + 1, end_b + 1 + gap_b, text_a, text_b)
            if bridge is not None:
                run = [(start_a + k, start_b + k) for k in range(overlap, words)]
                best = (distance, index, bridge + run)
        if best is None:
            chains.append([(start_a + k, start_b + k) for k in range(words)])
        else:
            chains[best[1]].extend(best[2])
    return chains


def _bridge(a1: int, a2: int, b1: int, b2: int, text_a: _Text, text_b: _Text) -> _Matches | None:
    """The equal words of a gap between two runs; `None` where the gap is more than small edits."""
    if max(a2 - a1, b2 - b1) <= EDIT and min(a2 - a1, b2 - b1) <= 1:
        return []
    matches: _Matches = []
    for op, from_a, to_a, from_b, to_b in keys.align(text_a.table.normal[a1:a2], text_b.table.normal[b1:b2]):
        if op == "equal":
            matches.extend(zip(range(a1 + from_a, a1 + to_a), range(b1 + from_b, b1 + to_b), strict=True))
        elif max(to_a - from_a, to_b - from_b) > EDIT:
            return None
    longest = max(a2 - a1, b2 - b1)
    return matches if longest <= EDIT or len(matches) >= GAP_EQUAL * longest else None


def _grown(matches: _Matches, text_a: _Text, text_b: _Text) -> _Matches:
    """`matches` grown at both ends, over edits that enough equal words follow."""
    after = _steps_from(*matches[-1], 1, text_a, text_b)
    before = _steps_from(*matches[0], -1, text_a, text_b)
    before.reverse()
    return before + matches + after


def _steps_from(a: int, b: int, direction: int, text_a: _Text, text_b: _Text) -> _Matches:
    """The equal words met on the way from (`a`, `b`), itself left out."""
    normal_a, normal_b = text_a.table.normal, text_b.table.normal
    met: _Matches = []

    def equal_from(next_a: int, next_b: int) -> int:
        count = 0
        while 0 <= next_a < len(normal_a) and 0 <= next_b < len(normal_b) and normal_a[next_a] == normal_b[next_b]:
            next_a, next_b, count = next_a + direction, next_b + direction, count + 1
        return count

    skip_a = skip_b = 0
    while True:
        count = equal_from(a + direction * (skip_a + 1), b + direction * (skip_b + 1))
        a, b = a + direction * skip_a, b + direction * skip_b
        for _ in range(count):
            a, b = a + direction, b + direction
            met.append((a, b))
        for skip_a, skip_b in _STEPS:
            if equal_from(a + direction * (skip_a + 1), b + direction * (skip_b + 1)) >= FOOTHOLD:
                break
        else:
            return met


def _pieces(matches: _Matches, text_a: _Text, text_b: _Text) -> Iterator[tuple[_Kind, _Matches]]:
    """`matches` cut where quotation meets reporting, and where residue interrupts either telling."""
    for _, stretch in groupby(matches, key=lambda match: (text_a.stretch[match[0]], text_b.stretch[match[1]])):
        yield from _by_kind(list(stretch), text_a, text_b)


def _by_kind(matches: _Matches, text_a: _Text, text_b: _Text) -> Iterator[tuple[_Kind, _Matches]]:
    # (quoted on both sides?, words), alternating
    cuts = [
        (quoted, list(piece))
        for quoted, piece in groupby(
            matches, key=lambda match: bool(text_a.quoted[match[0]] and text_b.quoted[match[1]])
        )
    ]
    # A few quoted words inside a sentence that is shared as a whole belong to that sentence.
    cuts = _joined([(quoted and (len(piece) >= QUOTATION or len(cuts) == 1), piece) for quoted, piece in cuts])
    # So does a short cue ("she said") to the quotation it interrupts, while that stays mostly quoted.
    joined: list[tuple[bool, _Matches]] = []
    index = 0
    while index < len(cuts):
        quoted, piece = cuts[index]
        index += 1
        while quoted and index + 1 < len(cuts) and len(cuts[index][1]) < REPORTING:
            together = piece + cuts[index][1] + cuts[index + 1][1]
            if _quoted_share(together, text_a, text_b) < QUOTED:
                break
            piece = together
            index += 2
        joined.append((quoted, piece))
    for quoted, piece in joined:
        if quoted and _quoted_share(piece, text_a, text_b) >= QUOTED:
            if len(piece) >= QUOTATION:
                yield "quotation", piece
        elif len(piece) >= REPORTING and not _only_names(piece, text_a, text_b):
            yield "reporting", piece


def _only_names(matches: _Matches, text_a: _Text, text_b: _Text) -> bool:
    """Whether the stretch is short and holds hardly more than names and figures."""
    if len(matches) >= NAMES:
        return False
    return min(sum(text_a.plain[a] for a, _ in matches), sum(text_b.plain[b] for _, b in matches)) < PLAIN


def _joined(cuts: list[tuple[bool, _Matches]]) -> list[tuple[bool, _Matches]]:
    """`cuts` with neighbours of one kind made one."""
    joined: defaultdict[int, _Matches] = defaultdict(list)
    kinds: list[bool] = []
    for quoted, piece in cuts:
        if not kinds or kinds[-1] != quoted:
            kinds.append(quoted)
        joined[len(kinds) - 1].extend(piece)
    return [(quoted, joined[number]) for number, quoted in enumerate(kinds)]


def _quoted_share(matches: _Matches, text_a: _Text, text_b: _Text) -> float:
    """The share of words in quotations from first to last match, on the side where it is lower."""
    (first_a, first_b), (last_a, last_b) = matches[0], matches[-1]
    quoted_a, quoted_b = text_a.quoted[first_a : last_a + 1], text_b.quoted[first_b : last_b + 1]
    return min(sum(quoted_a) / len(quoted_a), sum(quoted_b) / len(quoted_b))
