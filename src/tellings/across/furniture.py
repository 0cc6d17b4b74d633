"""Site furniture: stock lines that say nothing of a story ("This discussion is now closed"), found by their spread.

A run of words that stands in tellings of several stories was not taken over from one to the other: it is printed under
all of them. What tellings of one story share is never furniture, however many of them share it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from tellings.across import keys
from tellings.across.stories import Stories
from tellings.across.stories.sketch import sketch
from tellings.across.word_vectors import cosine
from tellings.model.records import Telling

#: Stories in which a run of words must stand to be furniture.
SPREAD = 3
#: Words that a telling must have of its own, beside those that it shares with so many others, to be sorted by them.
OWN = 8
#: Cosine of a telling's own words and the shared ones below which the shared ones say nothing of its story: not one
#: weighty word in common. At .05, round-ups that begin with one report lose it (`eval/copies.py`).
UNLIKE = 0.02


def furniture(tellings: Iterable[Telling], story_of: Mapping[str, str]) -> frozenset[int]:
    """The shingles of stock lines among `tellings`; `story_of` gives the story of each by its id.

    A telling whose story is not given counts for nothing.
    """
    stories: defaultdict[int, set[str]] = defaultdict(set)
    found: set[int] = set()
    for telling in tellings:
        story = story_of.get(telling.id)
        if story is None:
            continue
        for shingle in set(keys.story_words(telling).shingles):
            if shingle in found:
                continue
            held = stories[shingle]
            held.add(story)
            if len(held) >= SPREAD:
                found.add(shingle)
                del stories[shingle]
    return frozenset(found)


def stock(tellings: Iterable[Telling]) -> frozenset[int]:
    """The shingles of stock text so long that it is most of what its tellings say (a licence under a brief), so that
    they cannot be sorted into stories as a whole.

    It is told by what stands beside it, in every telling that holds it: words that this one has alone, of several
    stories, and the shared ones are of none of them. A report that several outlets took over is like their own words,
    or all that one of them printed.
    """
    given = list(tellings)
    tables = {telling.id: keys.story_words(telling) for telling in given}
    hashes = {identifier: table.shingles for identifier, table in tables.items()}
    holders = Counter(shingle for found in hashes.values() for shingle in set(found))
    beginnings = []
    taken_over: set[int] = set()
    for telling in given:
        table, spread = tables[telling.id], bytearray(len(tables[telling.id]))
        for place, shingle in enumerate(hashes[telling.id]):
            if holders[shingle] >= SPREAD:
                spread[place : place + keys.SHINGLE] = b"\x01" * keys.SHINGLE
        own, shared = (
            " ".join(telling.text[table.starts[i] : table.ends[i]] for i in range(len(table)) if spread[i] == kind)
            for kind in (0, 1)
        )
        if not any(spread):
            continue
        alone = sketch(telling.id, "", own, telling.document.date.value)
        if len(table) - sum(spread) < OWN or cosine(alone.body, sketch(telling.id, "", shared).body) >= UNLIKE:
            taken_over.update(hashes[telling.id])
        elif 2 * sum(spread) >= len(table):
            beginnings.append(alone)
    stories = Stories()
    stories.add(beginnings)
    story_of = {member: group[0] for group in stories.groups() for member in group}
    return furniture(given, story_of) - taken_over
