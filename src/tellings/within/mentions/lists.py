"""The words and patterns by which names are told, of one language: the files of the room "name"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tellings.language.base import Language
from tellings.model.records import Gender

#: The folder of the rules.
ROOM = "name"


@dataclass(frozen=True, slots=True)
class NameLists:
    """The lists and patterns, each as its file says what it holds.

    `things`: last words of what is no person; `ranks`: what may stand before a name as its bearer's rank; `given`:
    given name → gender, "unknown" for those of both.
    """

    titles: Mapping[str, Gender]
    roles: Mapping[str, Gender]
    given: Mapping[str, Gender]
    openers: frozenset[str]
    small_words: frozenset[str]
    organisations: frozenset[str]
    places: frozenset[str]
    office_words: frozenset[str]
    not_people: frozenset[str]
    things: frozenset[str]
    ranks: frozenset[str]
    links: frozenset[str]
    completed: frozenset[str]
    completes: frozenset[str]
    former: frozenset[str]
    run: re.Pattern[str]
    joint: re.Pattern[str]
    possessive: re.Pattern[str]
    age_after: re.Pattern[str]
    place_before: re.Pattern[str]
    speaks_after: re.Pattern[str]
    spoken_before: re.Pattern[str]
    relative_after: re.Pattern[str]


@cache
def name_lists(language: Language) -> NameLists:
    """Those of `language`, read once. Raises RuleError where one is missing or wrong."""
    lists = language.rules(ROOM)
    words = lists.words

    def pattern(name: str) -> re.Pattern[str]:
        return language.pattern(ROOM, name)

    given: dict[str, Gender] = dict.fromkeys(words("either"), "unknown")
    given.update(dict.fromkeys(words("female") - words("either"), "female"))
    given.update(dict.fromkeys(words("male") - words("either"), "male"))
    return NameLists(
        titles=lists.meanings("title"),
        roles=lists.meanings("role"),
        given=given,
        openers=words("sentence_opener"),
        small_words=words("small_word"),
        organisations=words("organisation_word"),
        places=words("place_word"),
        office_words=words("office_word"),
        not_people=words("not_a_person"),
        things=words("organisation_word", "place_word", "suffix"),
        ranks=words("role", "not_a_person", "rank_word"),
        links=words("name_link"),
        completed=words("completed_title"),
        completes=words("completes_title"),
        former=words("former_word"),
        run=pattern("run"),
        joint=pattern("joint"),
        possessive=pattern("possessive-end"),
        age_after=pattern("age-after"),
        place_before=pattern("place-before"),
        speaks_after=pattern("speaks-after"),
        spoken_before=pattern("spoken-before"),
        relative_after=pattern("relative-after"),
    )
