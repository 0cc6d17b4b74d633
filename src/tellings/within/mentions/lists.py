"""The words and patterns by which names are told, of one language: the files of the room "name"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from tellings.language.base import Language
from tellings.model.records import EntityKind, Gender
from tellings.model.rules import Keyed

#: The folder of the rules.
ROOM = "name"
#: Given names with the gender of nearly all who bear them; only a language that has it has the file.
_REGISTERED = "given_names.txt"


@dataclass(frozen=True, slots=True)
class NameLists:
    """The lists and patterns, each as its file says what it holds.

    `things`: last words of what is no person; `ranks`: what may stand before a name as its bearer's rank; `given`:
    given name → gender, "unknown" for those of both; `kind_nouns`: common noun → kind of what it stands beside.
    """

    titles: Mapping[str, Gender]
    roles: Mapping[str, Gender]
    roles_of_things: frozenset[str]
    relatives: frozenset[str]
    epithets: frozenset[str]
    given: Mapping[str, Gender]
    undecided: frozenset[str]
    openers: frozenset[str]
    name_openers: frozenset[str]
    number_openers: frozenset[str]
    occupations: frozenset[str]
    new_places: frozenset[str]
    adjective_openers: frozenset[str]
    adverb_endings: tuple[str, ...]
    attribute_endings: tuple[str, ...]
    past_endings: tuple[str, ...]
    small_words: frozenset[str]
    articles: frozenset[str]
    organisations: frozenset[str]
    legal_forms: frozenset[str]
    of_firms: frozenset[str]
    outlets: frozenset[str]
    outlet_words: frozenset[str]
    photo_agencies: frozenset[str]
    crediting: frozenset[str]
    plural_endings: tuple[str, ...]
    places: frozenset[str]
    places_of: frozenset[str]
    prepositions: frozenset[str]
    vague_prepositions: frozenset[str]
    office_words: frozenset[str]
    office_ends: frozenset[str]
    not_people: frozenset[str]
    bodies_alone: frozenset[str]
    peoples: frozenset[str]
    owners: frozenset[str]
    owned: frozenset[str]
    surname_beginnings: frozenset[str]
    surnames_too: frozenset[str]
    given_too: frozenset[str]
    things: frozenset[str]
    ranks: frozenset[str]
    links: frozenset[str]
    honours: frozenset[str]
    completed: frozenset[str]
    not_alone: frozenset[str]
    countries: frozenset[str]
    completes: frozenset[str]
    former: frozenset[str]
    former_prefixes: frozenset[str]
    coming_endings: frozenset[str]
    kind_nouns: Mapping[str, EntityKind]
    pronouns: Mapping[str, Gender]
    run: re.Pattern[str]
    joint: re.Pattern[str]
    article_before: re.Pattern[str]
    possessive: re.Pattern[str]
    age_after: re.Pattern[str]
    speaks_after: re.Pattern[str]
    spoken_before: re.Pattern[str]
    relative_after: re.Pattern[str]
    thing_after: re.Pattern[str]
    kind_after: re.Pattern[str]
    kind_before: re.Pattern[str]
    told_before: re.Pattern[str]
    office_before: re.Pattern[str]
    month_before: re.Pattern[str]
    clause_after: re.Pattern[str]
    description: Keyed
    pronoun: Keyed
    of_the_subject: Keyed
    no_subject_before: re.Pattern[str]
    subject_too: re.Pattern[str]
    possessed: re.Pattern[str]
    says_so: re.Pattern[str]
    apposition_end: re.Pattern[str]

    def held(self, word: str) -> str:
        """A word for an office, without what says that it is no longer held, or not yet: "ex-Mayor", "Mayor-elect"."""
        for prefix in self.former_prefixes:
            word = word.removeprefix(prefix)
        for ending in self.coming_endings:
            word = word.removesuffix(ending)
        return word


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
        roles_of_things=words("role_of_things_too"),
        relatives=words("relative"),
        epithets=words("epithet"),
        given=given,
        undecided=words("undecided_given"),
        openers=words("sentence_opener"),
        name_openers=words("name_opener"),
        number_openers=words("number_opener"),
        occupations=words("occupation"),
        new_places=words("new_place"),
        adjective_openers=words("adjective_opener"),
        adverb_endings=tuple(words("adverb_ending")),
        past_endings=tuple(words("participle_of_past")),
        attribute_endings=tuple(words("attribute_ending")),
        small_words=words("small_word"),
        articles=words("article"),
        organisations=words("organisation_word", "outlet_word", "legal_form"),
        legal_forms=words("legal_form"),
        of_firms=words("firm_link"),
        outlets=words("outlet"),
        outlet_words=words("outlet_word"),
        photo_agencies=words("photo_agency"),
        crediting=words("photo_agency", "agency_of_pictures_too"),
        plural_endings=tuple(words("plural_ending")),
        places=words("place_word"),
        places_of=words("place_of"),
        prepositions=words("place_preposition"),
        vague_prepositions=words("vague_preposition"),
        office_words=words("office_word"),
        office_ends=words("role", "office_end"),
        not_people=words("not_a_person", "people_word"),
        bodies_alone=words("not_a_person"),
        peoples=words("people_word"),
        owners=words("owner_in_name"),
        owned=words("owned_in_name"),
        surname_beginnings=words("surname_beginning"),
        surnames_too=words("surname_too"),
        given_too=words("given_too"),
        things=words("organisation_word", "outlet_word", "legal_form", "place_word", "suffix"),
        ranks=words("role", "not_a_person", "people_word", "rank_word", "office_end"),
        links=words("name_link"),
        honours=words("honour_behind"),
        completed=words("completed_title"),
        not_alone=words("no_name_alone"),
        countries=words("country_name"),
        completes=words("completes_title"),
        former=words("former_word"),
        former_prefixes=words("former_prefix"),
        coming_endings=words("coming_ending"),
        kind_nouns=lists.meanings("kind_noun"),
        pronouns=lists.meanings("pronoun"),
        run=pattern("run"),
        joint=pattern("joint"),
        article_before=pattern("article-before"),
        possessive=pattern("possessive-end"),
        age_after=pattern("age-after"),
        speaks_after=pattern("speaks-after"),
        spoken_before=pattern("spoken-before"),
        relative_after=pattern("relative-after"),
        thing_after=pattern("thing-after"),
        kind_after=pattern("kind-after"),
        kind_before=pattern("kind-before"),
        told_before=pattern("told-before"),
        office_before=pattern("office-before"),
        month_before=pattern("month-before"),
        clause_after=pattern("clause-after"),
        # "the 34-year-old" holds no role: its last word is a key as well.
        description=Keyed(
            pattern("description"),
            lists.first_words("role", "pair", "aged"),
            language.keyed(ROOM, "description").starts,
        ),
        pronoun=Keyed(pattern("pronoun"), words("pronoun")),
        of_the_subject=language.keyed(ROOM, "of-the-subject"),
        no_subject_before=pattern("no-subject-before"),
        subject_too=pattern("subject-too"),
        possessed=pattern("possessed"),
        says_so=pattern("says-so"),
        apposition_end=pattern("apposition-end"),
    )


@cache
def registered(language: Language) -> Mapping[str, Gender]:
    """Given name → gender of nearly all who bear it. For a name known to be a person's, or one of two and more words;
    surnames and places are given names as well, so that it tells nothing of what a word names."""
    file = resources.files("tellings") / "data" / language.code / ROOM / _REGISTERED
    found: dict[str, Gender] = {}
    if file.is_file():
        genders: dict[str, Gender] = {"female": "female", "male": "male"}
        for line in file.read_text(encoding="utf-8").splitlines():
            gender, colon, names = line.partition(": ")
            if colon and gender in genders:
                found.update(dict.fromkeys(names.split(), genders[gender]))
    return MappingProxyType(found)
