"""What tellings say alike: sentences of several independent tellings that speak of one thing in like words.

Who did it, where, and how is mostly told without a figure. Sentences are one statement told alike where most of what
they speak of is the same, none gives a figure that another of them lacks, they agree in what they deny, and none has a
word that is never told for one of another ("north", "south").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tellings.across.never_for import apart, said_by
from tellings.across.questions.sentence_words import figures
from tellings.across.questions.statements import Likeness, Statement
from tellings.language.base import Language

#: Cosine from which two sentences tell one thing.
ALIKE = 0.5
#: Stems of a sentence that tells something by itself.
FEWEST = 5


def told_alike(
    found: Sequence[Statement], likeness: Likeness, outlets: Mapping[str, str], language: Language
) -> tuple[tuple[Statement, ...], ...]:
    """The groups of statements that several outlets (telling → outlet) tell alike, those of most tellings
    first, of equals those that stand further up. What one outlet alone repeats is its furniture."""
    counted = [figures(one.stems, language) for one in found]
    said = [said_by(one.stems, language) for one in found]
    leader: dict[int, int] = {}
    for place, one in enumerate(found):
        near = likeness.near(dict.fromkeys(one.stems, 1.0), ALIKE, place) if len(one.stems) >= FEWEST else []
        alike = [
            (-cosine, other)
            for other, cosine in near
            if leader.get(other) == other and one.turns == found[other].turns and counted[place] == counted[other]
            if not apart(said[place], said[other])
        ]
        leader[place] = min(alike, default=(0.0, place))[1]
    held: dict[int, list[Statement]] = defaultdict(list)
    for place, first in leader.items():
        held[first].append(found[place])
    several = [tuple(group) for group in held.values() if len({outlets[telling] for telling in _tellings(group)}) > 1]
    several.sort(key=lambda group: (-len(_tellings(group)), min(one.number for one in group), group[0].places[0]))
    return tuple(several)


def _tellings(group: Sequence[Statement]) -> frozenset[str]:
    return frozenset[str]().union(*(one.tellings for one in group))
