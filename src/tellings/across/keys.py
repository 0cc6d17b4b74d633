"""Keys: what tellings are compared by. Words in normal form, hashed shingles, groups, alignment.

1. `story_words`: the words of a telling's story blocks, each in its normal form, with its span.
2. `shingles`: a stable hash of every run of `SHINGLE` words (Broder 1997).
3. `fingerprints`: of these, the few that winnowing keeps (Schleimer, Wilkerson and Aiken 2003).
4. `groups` and `pairs`: which tellings share keys, without looking at all pairs.
5. `align`: word-level edits between two sequences.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import combinations
from typing import Literal, NamedTuple, cast

from rapidfuzz.distance import Indel

from tellings.model.records import Telling
from tellings.model.text import Span

#: Words in a shingle. Five-word runs seldom meet by chance in news text and outlive light editing; the same
#: size as in Smith, Cordell and Dillon 2013, "Infectious texts" (reprints in newspapers).
SHINGLE = 5
#: Shingles in a winnowing window: a shared run of SHINGLE + WINDOW - 1 = 8 words always shares a fingerprint.
WINDOW = 4
#: Texts whose words are kept, for the stages of a story ask for them one after the other; characters of the longest.
KEPT_TABLES, LONGEST_KEPT = 512, 20_000
#: A key held by at most this many tellings proposes all their pairs.
COMMON = 100
#: A key held by more proposes, for each telling, only this many next ones: cost stays linear in the pile.
NEIGHBOURS = 4

# Marks that stand inside a word: combining accents, soft hyphen, zero-width characters, word joiner.
_INNER = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
# Initials ("U.N") are one word; so are numbers with separators and words with an apostrophe. Hyphens part
# words, for outlets differ in them. Each alternative inside a loop starts with its own characters: linear time.
_WORD = re.compile(
    rf"[^\W\d_](?:\.[^\W\d_](?![^\W_]))+|[^\W_]+(?:(?:['’ʼ＇]|(?<=\d)[.,](?=\d)|[{_INNER}]+)[^\W_]+)*[{_INNER}]*"
)
_DROPPED = re.compile(rf"[{_INNER}]")
_APOSTROPHE = str.maketrans("’ʼ＇", "'''")

_PRIME = (1 << 61) - 1
_BASE = 0x1B873593CC9E2D51 % _PRIME


class Word(NamedTuple):
    """A word of a text: its normal form, and where it stands (code points)."""

    normal: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the word stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, eq=False)
class WordTable:
    """Words in columns: `normal` forms and their `starts` and `ends` (code points), all of one length. What is worked
    out of them is kept: who looks for near-duplicates asks for it, and who looks for passages, and nobody changes
    it."""

    normal: tuple[str, ...]
    starts: array[int]
    ends: array[int]

    def __len__(self) -> int:
        return len(self.normal)

    def span(self, first: int, last: int) -> Span:
        """The span from word `first` to word `last`, both included."""
        return Span(self.starts[first], self.ends[last])

    @cached_property
    def shingles(self) -> array[int]:
        """The shingles of its words (`shingles`)."""
        return shingles(self.normal)

    @cached_property
    def fingerprints(self) -> frozenset[int]:
        """The fingerprints of its shingles (`fingerprints`)."""
        return fingerprints(self.shingles)


_VOWELS = re.compile(r"[aeiouy'-]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def normal_form(word: str) -> str:
    """`word` case-folded, with accents, curly apostrophes and separators folded.

    "Beyoncé’s" gives "beyonce's", "U.N" gives "un", "1,250" gives "1250". Spelling is kept as it
    is: "colour" and "color" stay two forms, for which of them an outlet writes is its own choice.
    """
    if word.isascii():
        folded = word.lower()
        if folded.isalnum():
            return folded
    else:
        decomposed = unicodedata.normalize("NFKD", word.translate(_APOSTROPHE).casefold())
        folded = "".join(character for character in decomposed if not unicodedata.combining(character))
        folded = _DROPPED.sub("", folded)
    if folded[:1].isdigit():
        return folded.replace(",", "")
    return folded.replace(".", "")


def consonants(folded: str) -> str:
    """The consonants of a folded word, doubled ones once: what who writes a foreign name by its sound keeps."""
    return _TWICE.sub(r"\1", _VOWELS.sub("", folded))


def word_table(text: str, spans: Iterable[Span] | None = None) -> WordTable:
    """The words of `text` that lie wholly in one of `spans` (sorted, apart; default: the whole text)."""
    where = (Span(0, len(text)),) if spans is None else tuple(spans)
    return _kept_table(text, where) if len(text) <= LONGEST_KEPT else _table(text, where)


def _table(text: str, where: tuple[Span, ...]) -> WordTable:
    found = [match for span in where for match in _WORD.finditer(text, span.start, span.end)]
    return WordTable(
        tuple([normal_form(match[0]) for match in found]),
        array("q", [match.start() for match in found]),
        array("q", [match.end() for match in found]),
    )


_kept_table = lru_cache(maxsize=KEPT_TABLES)(_table)


def words(text: str, spans: Iterable[Span] | None = None) -> tuple[Word, ...]:
    """The words of `text` that lie wholly in one of `spans` (sorted, apart; default: the whole text).

    >>> [word.normal for word in words("The “Café”, she said, wasn’t open.")]
    ['the', 'cafe', 'she', 'said', "wasn't", 'open']
    """
    table = word_table(text, spans)
    return tuple(map(Word, table.normal, table.starts, table.ends))


def story_spans(telling: Telling) -> tuple[Span, ...]:
    """The stretches of `telling` that tell the story; blocks that touch are one stretch."""
    spans: list[Span] = []
    for block in telling.blocks:
        if not block.story:
            continue
        if spans and spans[-1].end == block.span.start:
            spans[-1] = Span(spans[-1].start, block.span.end)
        else:
            spans.append(block.span)
    return tuple(spans)


def story_words(telling: Telling) -> WordTable:
    """The words of the telling's story blocks."""
    return word_table(telling.text, story_spans(telling))


def quoted_words(telling: Telling, table: WordTable) -> bytearray:
    """For each word of `table`, 1 where it stands in a direct or mixed quotation, else 0.

    An indirect quotation is in the outlet's own words, and a phrase in marks that is not a statement
    (a title, a scare quote) is nobody's: both are reporting.
    """
    quoted = bytearray(len(table))
    for quote in telling.quotes:
        if quote.status == "not-a-statement" or quote.type == "indirect":
            continue
        first = bisect_left(table.starts, quote.content.start)
        last = bisect_right(table.ends, quote.content.end)
        quoted[first:last] = b"\x01" * max(0, last - first)
    return quoted


@lru_cache(maxsize=1 << 16)
def _word_hash(normal: str) -> int:
    return int.from_bytes(blake2b(normal.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 3


def shingles(normal: Sequence[str], size: int = SHINGLE) -> array[int]:
    """A 61-bit hash for every run of `size` words, in order; empty for fewer words.

    A polynomial over BLAKE2b word hashes, rolled along (Karp and Rabin 1987): the same on every
    machine and run, and equal for two different runs with probability below 1e-17.

    Raises:
        ValueError: `size` is below 1.
    """
    if size < 1:
        raise ValueError(f"a shingle has at least 1 word, not {size}")
    hashes = list(map(_word_hash, normal))
    rolled = array("q")
    if len(hashes) < size:
        return rolled
    value = 0
    for number in hashes[:size]:
        value = (value * _BASE + number) % _PRIME
    rolled.append(value)
    outgoing = pow(_BASE, size, _PRIME)
    for old, new in zip(hashes, hashes[size:], strict=False):
        value = (value * _BASE + new - old * outgoing) % _PRIME
        rolled.append(value)
    return rolled


def fingerprints(hashes: Sequence[int], window: int = WINDOW) -> frozenset[int]:
    """The least hash of every `window` neighbours (all neighbours at once where there are fewer).

    Two sequences that share `window` hashes in a row share a fingerprint (Schleimer, Wilkerson and
    Aiken 2003, "Winnowing").
    """
    if len(hashes) <= window:
        return frozenset((min(hashes),)) if hashes else frozenset()
    # Slices shift the sequence; map() stops with the shortest.
    return frozenset(map(min, *(hashes[shift:] for shift in range(window)))) if window > 1 else frozenset(hashes)


def groups(keys: Mapping[str, Collection[int]]) -> dict[int, list[str]]:
    """key → the ids that hold it, sorted; keys that only one id holds are left out."""
    holders: dict[int, list[str]] = {}
    for identifier in sorted(keys):
        for key in keys[identifier]:
            holders.setdefault(key, []).append(identifier)
    return {key: ids for key, ids in holders.items() if len(ids) > 1}


def pairs(keys: Mapping[str, Collection[int]], common: int = COMMON) -> Counter[tuple[str, str]]:
    """Candidate pairs (a < b) of ids and how many keys they were seen to share.

    The number of candidates is bounded: a key that n ids hold proposes n(n-1)/2 pairs where n is at
    most `common`, and at most n * NEIGHBOURS beyond (each id with the next ones in order, so that the
    ids stay connected): never more than n * max(common / 2, NEIGHBOURS) per key.
    """
    found: Counter[tuple[str, str]] = Counter()
    for ids in groups(keys).values():
        if len(ids) <= common:
            found.update(combinations(ids, 2))
        else:
            for step in range(1, NEIGHBOURS + 1):
                found.update(zip(ids, ids[step:], strict=False))
    return found


Operation = Literal["equal", "replace", "delete", "insert"]


class Aligned(NamedTuple):
    """An edit that turns `a[a1:a2]` into `b[b1:b2]`."""

    op: Operation
    a1: int
    a2: int
    b1: int
    b2: int


def align(a: Sequence[str], b: Sequence[str]) -> tuple[Aligned, ...]:
    """The edits that turn `a` into `b` with the most items kept equal (longest common subsequence).

    The edits tile both sequences in order; a deletion beside an insertion is one "replace".

    >>> [tuple(edit) for edit in align(["a", "small", "dog"], ["a", "big", "dog"])]
    [('equal', 0, 1, 0, 1), ('replace', 1, 2, 1, 2), ('equal', 2, 3, 2, 3)]
    """
    # Numbers for words: rapidfuzz compares hashes, and those of numbers are the same in every run.
    numbers: dict[str, int] = {}
    coded_a = [numbers.setdefault(word, len(numbers)) for word in a]
    coded_b = [numbers.setdefault(word, len(numbers)) for word in b]
    edits: list[Aligned] = []
    for code in Indel.opcodes(coded_a, coded_b):
        op = cast(Operation, code.tag)
        edit = Aligned(op, code.src_start, code.src_end, code.dest_start, code.dest_end)
        if edits and edit.op != "equal" and edits[-1].op != "equal":
            before = edits[-1]
            op = "replace" if edit.a2 > before.a1 and edit.b2 > before.b1 else edit.op
            edits[-1] = Aligned(op, before.a1, edit.a2, before.b1, edit.b2)
        else:
            edits.append(edit)
    return tuple(edits)
