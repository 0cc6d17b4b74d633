"""Words of which one is never told for another: "son" and "husband", "north" and "south", "third" and "fourth".

The lists (`never_for_…` of the room "check") give for each word what it says; two words of one list that say different
things are told of different things. Whole sentences can tell one thing though they call somebody in it otherwise
(`never_for_called_…`): whose son is another's brother.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from tellings.across.word_vectors import stem
from tellings.language.base import Language

#: The room of the lists, and how their names begin, and those of what somebody or something is called.
ROOM, LIST, CALLED = "check", "never_for", "never_for_called"
_ORDINAL = "ordinal"


def is_told_for_none(one: str, other: str, language: Language) -> bool:
    """Whether two words are never told for each other."""
    mine, theirs = meanings(language).get(one, {}), meanings(language).get(other, {})
    return any(mine[each] != theirs[each] for each in mine.keys() & theirs.keys())


@cache
def told_for_one(word: str, language: Language) -> frozenset[str]:
    """A word, and those that are told for it."""
    mine = meanings(language).get(word, {})
    return frozenset(
        other
        for other, theirs in meanings(language).items()
        if any(theirs.get(each) == said for each, said in mine.items())
    )


def said_by(stems: Iterable[str], language: Language) -> Mapping[str, frozenset[str]]:
    """List → what stems say of those that it has."""
    known = _by_stem(language)
    found: dict[str, set[str]] = defaultdict(set)
    for each in stems:
        for name, says in known.get(each, ()):
            found[name].add(says)
    return {name: frozenset(says) for name, says in found.items()}


def apart(mine: Mapping[str, frozenset[str]], theirs: Mapping[str, frozenset[str]]) -> bool:
    """Whether two sentences, by what they say (`said_by`), have words that are never told for each other, and neither
    has the other's too."""
    return any(mine[name].isdisjoint(theirs[name]) for name in mine.keys() & theirs.keys())


@cache
def meanings(language: Language) -> dict[str, dict[str, str]]:
    """A word → what it says, by the lists that have it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    rules = language.rules(ROOM)
    for name in rules.lists:
        if name.startswith(LIST):
            for word, says in rules.meanings(name).items():
                found[word][name] = str(says)
    return dict(found)


@cache
def _by_stem(language: Language) -> dict[str, tuple[tuple[str, str], ...]]:
    """The stem of a word → the lists that have it, but those of what is called so, and what it says there; ordinals are
    one list more."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for word, says in meanings(language).items():
        found[stem(word)].update(each for each in says.items() if not each[0].startswith(CALLED))
    for word, number in language.rules("fact").meanings(_ORDINAL).items():
        found[stem(word)].add((_ORDINAL, str(number)))
    return {each: tuple(sorted(says)) for each, says in found.items()}
