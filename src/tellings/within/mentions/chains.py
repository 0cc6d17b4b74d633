"""Names to chains: full names first, then the short forms that can only mean one of them."""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from rapidfuzz.distance import Levenshtein

from tellings.language.base import Language
from tellings.model.records import EntityKind, Gender, GenderBasis, Sentence
from tellings.model.text import Span
from tellings.model.tokens import unaccented
from tellings.within.mentions.lists import NameLists, name_lists
from tellings.within.mentions.names import LONGEST_PERSON, THINGS, Inside, Name

#: Characters after a full name within which its surname alone still means it, though a relative shares it.
_NEAR = 250
#: Letters of a word that may be a surname spelled otherwise.
_SHORTEST, _LONGEST = 5, 30
#: How sure each basis of a gender is, the surest first.
_SUREST: dict[GenderBasis, int] = {basis: rank for rank, basis in enumerate(get_args(GenderBasis))}


#: People of one name beyond which nobody tells who of them is meant by it alone: a list, and no story, has so many.
_NAMESAKES = 24
#: Times that a surname stands alone before anybody of it is named in full, from which it is somebody whom all know.
_KNOWN_ALONE = 5
#: Words of a name at most that may be a person's though nothing else says so.
MAY_BE_PERSON = 3
_CAPITAL_INSIDE = re.compile(r"([^\W\d_]*[a-z’'])[A-Z]")
#: Genders of one person.
_OF_ONE: tuple[Gender, ...] = ("female", "male")


@dataclass(slots=True, eq=False)
class Draft:
    """A chain being built: its names, and what they say of kind, gender and roles."""

    full: tuple[str, ...]
    kind: EntityKind = "unknown"
    gender: Gender = "unknown"
    gender_by: GenderBasis = "nothing"
    names: list[tuple[Name, str]] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    speaks: bool = False
    #: The first and the last word of the full name, as each is written: "Vell", "VELL".
    firsts: set[str] = field(default_factory=set)
    lasts: set[str] = field(default_factory=set)

    def add(self, name: Name, rule: str) -> None:
        """Add a name that `rule` says is of this chain."""
        insort(self.names, (name, rule), key=lambda pair: pair[0].span)
        if len(name.words) == len(self.full):
            self.firsts.add(name.words[0])
            self.lasts.add(name.words[-1])
        if name.kind == "person":
            self.kind = "person"
        elif self.kind == "unknown":
            self.kind = name.kind
        self.learn(name.gender, name.gender_by)
        if name.role:
            self.roles.add(name.role)
        self.speaks = self.speaks or name.speaks

    def learn(self, gender: Gender, by: GenderBasis) -> None:
        """Take on a gender, where it is surer than what is known."""
        if gender != "unknown" and _SUREST[by] < _SUREST[self.gender_by]:
            self.gender, self.gender_by = gender, by

    def is_person(self, role: str, gender: Gender) -> None:
        """Take on that an apposition calls it `role`, as people are called."""
        self.roles.add(role)
        if self.kind == "unknown" and self.gender not in ("neuter", "plural") and len(self.full) <= LONGEST_PERSON:
            self.kind = "person"
        if self.kind == "person":
            self.learn(gender, "role")

    def settle(self) -> None:
        """Let kind and gender agree: a person is no "it", and a thing nothing else. What only a preposition now and
        then says to be a place ("a letter from Quill") may be a person, and is one or a body where it speaks."""
        if self.kind == "place" and self.gender == "unknown" and any(name.kind != "place" for name, _ in self.names):
            self.kind = "unknown" if self.speaks else "place"
        elif self.kind in THINGS:
            self.gender, self.gender_by = "neuter", "kind"
        elif self.kind == "person" and self.gender == "neuter":
            self.gender, self.gender_by = "unknown", "nothing"


def link_names(
    text: str,
    names: tuple[Name, ...],
    sentences: tuple[Sentence, ...],
    quotations: tuple[Span, ...],
    language: Language,
) -> list[Draft]:
    """Chains in order of first mention.

    1. a chain for each full name; 2. a run whose last word stands alone as well is a person's, as surnames do;
    3. short forms join the one full name they can stand for, or make chains of their own; 4. genders by pronouns
    """
    lists = name_lists(language)
    by_full: dict[tuple[str, ...], Draft] = {}
    for name in names:  # 1
        if len(name.words) > 1:
            by_full.setdefault(_folded(name), Draft(name.words)).add(name, "full name")
    single = [name for name in names if len(name.words) == 1]
    alone = {name.words[0] for name in single} - {name.words[0] for name in single if name.gender == "neuter"}
    called = {name.words[0] for name in single if name.kind == "person"}
    people = [d for d in by_full.values() if d.kind in ("person", "unknown") and len(d.full) <= LONGEST_PERSON]
    for draft in people:  # 2
        nothing_told = draft.kind == "unknown" and draft.gender != "neuter" and not _names_a_thing(draft, lists)
        if nothing_told and draft.speaks and draft.gender in _OF_ONE:
            draft.kind = "person"
        if nothing_told and len(draft.full) <= MAY_BE_PERSON and not draft.lasts.isdisjoint(alone):
            draft.kind = "person"
        if nothing_told and len(draft.full) <= MAY_BE_PERSON and not draft.firsts.isdisjoint(called):
            draft.kind = "person"  # "Ana Vell", who is "the lawyer Ana" as well
    short = _ShortForms(people, lists, _alone_first(names))
    loose: dict[tuple[str, ...], Draft] = {}
    for name in names:  # 3
        if len(name.words) > 1:
            short.named(by_full[_folded(name)], name)
            continue
        owner, rule = short.owner(name, loose.get(name.words))
        if owner is None:
            owner, rule = loose.setdefault(name.words, Draft(name.words)), "name"
        owner.add(name, rule)
    _kinds_by_legal_form([*by_full.values()], loose, lists)
    drafts = [*by_full.values(), *loose.values()]
    for draft in drafts:
        draft.settle()
    _genders_by_pronoun(text, drafts, sentences, quotations, lists)  # 4
    drafts.sort(key=lambda draft: draft.names[0][0].span)
    return drafts


def _alone_first(names: Sequence[Name]) -> Counter[str]:
    """How often each word stands as a name by itself before it ends one of several words."""
    counts: Counter[str] = Counter()
    ended: set[str] = set()
    for name in names:
        if len(name.words) > 1:
            ended.add(name.words[-1])
        elif name.words[0] not in ended:
            counts[name.words[0]] += 1
    return counts


def _names_a_thing(draft: Draft, lists: NameLists) -> bool:
    """Whether a word of a full name is none of a person's: one with a figure, one for a people ("North Korean"), one
    with a capital inside ("SpaceX") behind no beginning of surnames ("McVell")."""
    return any(
        word.casefold() in lists.peoples
        or any(character.isdigit() for character in word)
        or (
            (inside := _CAPITAL_INSIDE.match(word)) is not None and inside[1].casefold() not in lists.surname_beginnings
        )
        for word in draft.full
    )


def _folded(name: Name) -> tuple[str, ...]:
    """The words of a name, as it is one whether "DeVéll", "Devell" or "DEVELL" stands in it."""
    return tuple(unaccented(word).casefold() for word in name.words)


class _ShortForms:
    """Who a name of one word means: the one person of a full name it is the first or last word of."""

    def __init__(self, people: list[Draft], lists: NameLists, alone_first: Mapping[str, int]) -> None:
        self._relatives = lists.relatives
        self._countries = lists.countries
        self._alone_first = alone_first
        self._by_word: dict[str, list[Draft]] = {}
        for draft in people:
            for word in draft.firsts | draft.lasts:
                self._by_word.setdefault(word, []).append(draft)
        self._surnames = _Spellings(people)
        self._named: dict[Draft, int] = {}
        self._called: dict[str, Draft] = {}

    def named(self, draft: Draft, name: Name) -> None:
        """Note that somebody was just named in full."""
        self._named[draft] = name.span.end

    def owner(self, name: Name, alone: Draft | None) -> tuple[Draft | None, str]:
        """Whose short form `name` is, and by which rule; `alone` is the chain of that word by itself, where there is
        one."""
        owner, rule = self._owner(name, alone)
        if owner is not None:
            self._called[name.words[0]] = owner
        return owner, rule

    def _owner(self, name: Name, alone: Draft | None) -> tuple[Draft | None, str]:
        word = name.words[0]
        namesakes = self._by_word.get(word, ())
        if len(namesakes) > _NAMESAKES:
            return None, "name"
        named_as_body = name.kind in ("organisation", "outlet")
        owners = [] if named_as_body else [draft for draft in namesakes if draft.kind == "person"]
        if alone is not None:
            owners = [alone, *owners]
        elif owners and all(word in owner.lasts and owner not in self._named for owner in owners):
            # A surname before anybody of that name is named in full: somebody the reader knows, not the relative
            # who is named in full further down.
            known = [owner for owner in owners if owner.gender in _OF_ONE and not owner.roles & self._relatives]
            owners = known if len(known) == 1 and agree(name.gender, known[0].gender) else []
            if self._alone_first.get(word, 0) >= _KNOWN_ALONE:
                owners = []  # told of all along by the surname alone: not who is named in full far below
        # "Captain Verrow" is not his sister, whom the telling has only named as such; "his sister Ida" may be.
        if name.role and name.role not in self._relatives:
            owners = [owner for owner in owners if not owner.roles or not owner.roles <= self._relatives]
        kin = name.role in self._relatives  # "his grandson, Verra," is not Verran spelled otherwise
        unknown = word not in self._by_word and word.casefold() not in self._countries
        if not owners and not kin and unknown and (similar := self._surnames.near(word)):
            return similar, "spelling"
        if len(owners) < 2:
            # "Ms Vell" is not Tobias Vell, who alone of that name has come up.
            owners = [owner for owner in owners if agree(name.gender, owner.gender)]
            return (owners[0], "short form") if owners else (None, "name")
        return self._of_several(name, owners)

    def _of_several(self, name: Name, owners: list[Draft]) -> tuple[Draft | None, str]:
        """Who of several people of one name is meant; `None` where nothing tells.

        1. of those named so far, whom title, role or gender tell; 2. who was just named in full; 3. who was called so
        before; 4. the one who is nobody's relative: news calls the person a story is about by surname, and relatives by
        first or full name
        """
        fitting = [owner for owner in owners if agree(name.gender, owner.gender)]
        fitting = [owner for owner in fitting if owner in self._named or owner.full == name.words] or fitting
        so_called = [owner for owner in fitting if name.role in owner.roles] if name.role else []
        of_gender = [owner for owner in fitting if name.gender == owner.gender in _OF_ONE]
        told = so_called or of_gender or fitting
        if len(told) == 1:  # 1
            return told[0], "short form of several, by title or gender"
        near = [owner for owner in told if name.span.start - self._named.get(owner, -_NEAR) < _NEAR]
        before = self._called.get(name.words[0])
        if len(near) == 1 and not (before in told and near[0].roles & self._relatives):  # 2
            return near[0], "short form of several, last so named"
        if before in told and not near:  # 3
            return before, "short form of several, so called before"
        others = [owner for owner in told if not owner.roles & self._relatives]
        if len(others) == 1 and (not near or before is None):  # 4
            return others[0], "short form of several, no relative"
        return None, "name"


def agree(one: Gender, other: Gender) -> bool:
    """Whether both may be the gender of one person."""
    return one == other or "unknown" in (one, other)


def _kinds_by_legal_form(full: list[Draft], loose: dict[tuple[str, ...], Draft], lists: NameLists) -> None:
    """ "Verrin" is a firm where "Verrin Ltd" stands as well."""
    for draft in full:
        short = loose.get(draft.full[:1]) if len(draft.full) == 2 else None
        if short and short.kind == "unknown" and draft.full[1].casefold().strip(".") in lists.legal_forms:
            short.kind = "organisation"


class _Spellings:
    """Surnames, found by a word that differs from one by a letter.

    Two words differ by one letter at most only where they are equal with one letter or none taken out of each.
    """

    def __init__(self, people: list[Draft]) -> None:
        self._by_part: dict[str, list[Draft]] = {}
        for draft in people:
            for part in self._parts(draft.full[-1]):
                self._by_part.setdefault(part, []).append(draft)

    def near(self, word: str) -> Draft | None:
        """The one person whose surname differs from `word` by one letter, not the first (five letters or more)."""
        if len(word) < _SHORTEST:
            return None
        alike = {id(draft): draft for part in self._parts(word) for draft in self._by_part.get(part, ())}
        close = [
            draft
            for draft in alike.values()
            if draft.kind == "person"
            and draft.full[-1][0] == word[0]
            and Levenshtein.distance(word, draft.full[-1], score_cutoff=1) == 1
        ]
        return close[0] if len(close) == 1 else None

    @staticmethod
    def _parts(word: str) -> set[str]:
        if not _SHORTEST - 1 <= len(word) <= _LONGEST:
            return set()
        return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _genders_by_pronoun(
    text: str, drafts: list[Draft], sentences: tuple[Sentence, ...], quotations: tuple[Span, ...], lists: NameLists
) -> None:
    """Gender from the pronouns of sentences that name one person only, for names that give nothing away."""
    people = [draft for draft in drafts if draft.kind == "person"]
    votes: dict[int, Counter[Gender]] = {}
    quoted = Inside(quotations)
    starts = sorted((name.span.start, index) for index, draft in enumerate(people) for name, _ in draft.names)
    position = 0
    for sentence in sentences:
        here: set[int] = set()
        while position < len(starts) and starts[position][0] < sentence.span.end:
            if starts[position][0] >= sentence.span.start:
                here.add(starts[position][1])
            position += 1
        if len(here) != 1:
            continue
        (index,) = here
        for match in lists.of_the_subject.finditer(text, sentence.span.start, sentence.span.end):
            if match.start() not in quoted:
                votes.setdefault(index, Counter())["female" if match["female"] else "male"] += 1
    for index, counter in votes.items():
        (gender, count), *others = counter.most_common()
        if people[index].gender == "unknown" and (not others or count >= 3 * others[0][1]):
            people[index].learn(gender, "pronoun")
