"""Site furniture: stock lines that say nothing of a story ("This discussion is now closed"), found by their spread.

A run of words that stands in tellings of several stories was not taken over from one to the other: it is printed under
all of them. What tellings of one story share is never furniture, however many of them share it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tellings.across import keys
from tellings.model.records import Telling

#: Stories in which a run of words must stand to be furniture.
SPREAD = 3


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
        for shingle in set(keys.shingles(keys.story_words(telling).normal)):
            if shingle in found:
                continue
            held = stories[shingle]
            held.add(story)
            if len(held) >= SPREAD:
                found.add(shingle)
                del stories[shingle]
    return frozenset(found)
