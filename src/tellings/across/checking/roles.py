"""Roles that a draft gives to people: "the finance minister, Mara Lind", where the tellings have her minister of
another thing.

A role differs where the tellings call somebody by its noun, and always with other words: those before it ("defence
minister"), or those that say what it is of ("ambassador to Norland"). Roles that the tellings do not name are not
checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tellings.across.checking.alike import Alike
from tellings.across.checking.locating import ROOM
from tellings.across.checking.sources import Sources
from tellings.across.checking.verdicts import verdict_on
from tellings.across.families.telling_words import tells
from tellings.across.keys import Word, words
from tellings.across.word_vectors import stem
from tellings.language.base import Language, language_of
from tellings.model.checked import Checked
from tellings.model.records import Place, Telling
from tellings.model.text import Span

#: Words before a name, and behind it, among which stands its role; words around it where a telling names it.
BEFORE, BEHIND, AROUND = 6, 10, 12
#: Words before its noun that say what kind of role it is.
KINDS = 2
_POSSESSIVE = "'s"
_BEFORE_A_NAME = re.compile(r",?\s+")
_JOINED = re.compile(r"[\s'’-]+")


@dataclass(frozen=True, slots=True)
class Role:
    """A role beside a name: its noun, the stems of the words before it and of those that say what it is of, and where
    all of it stands."""

    noun: str
    kind: frozenset[str]
    of: frozenset[str]
    span: Span

    @property
    def says(self) -> frozenset[str]:
        """All that narrows the noun."""
        return self.kind | self.of


def check_roles(alike: Alike) -> Iterator[Checked]:
    """What speaks against the roles that the draft gives to people."""
    draft, sources = alike.draft, alike.sources
    language = language_of(draft.document.read_as)
    seen: set[tuple[str, str, frozenset[str]]] = set()
    for mention in draft.mentions:
        if mention.kind != "name" or not alike.told(mention.span):
            continue
        name = words(draft.text, (mention.span,))
        surname = name[-1].normal.removesuffix(_POSSESSIVE) if name else ""
        if not any(surname in known for known in sources.persons):
            continue
        for role in _beside(draft, mention.span, language):
            if (surname, role.noun, role.says) in seen:
                continue
            seen.add((surname, role.noun, role.says))
            if against := _otherwise(role, surname, sources, language):
                yield verdict_on(sources, "role", role.span, "differs", "another-role", (), against)


def _beside(telling: Telling, span: Span, language: Language) -> list[Role]:
    """The roles right before a name, or in the apposition behind it."""
    text, sentence = telling.text, telling.sentence_around(span)
    before = words(text, (Span(min(sentence.start, span.start), span.start),))[-BEFORE:]
    roles: list[Role] = []
    if before and _BEFORE_A_NAME.fullmatch(text, before[-1].end, span.start):
        roles += _roles(text, _one_clause(text, before[::-1])[::-1], language)
    if text[span.end : span.end + 1] == ",":
        row = words(text, (Span(span.end, max(span.end, sentence.end)),))[:BEHIND]
        roles += _roles(text, _one_clause(text, row), language)
    return roles


def _one_clause(text: str, row: Sequence[Word]) -> Sequence[Word]:
    """The first of some words, up to the next mark between two."""
    for at in range(1, len(row)):
        one, other = sorted((row[at - 1], row[at]), key=lambda word: word.start)
        if not _JOINED.fullmatch(text, one.end, other.start):
            return row[:at]
    return row


def _roles(text: str, row: Sequence[Word], language: Language) -> list[Role]:
    """The roles among the words of one clause."""
    nouns, idle = _nouns(language), language.words(ROOM, "idle_in_role")
    joining = language.pattern(ROOM, "role-of")
    adverbs = tuple(language.words("name", "adverb_ending"))
    roles = []
    for at, word in enumerate(row):
        if word.normal not in nouns:
            continue
        kind: list[Word] = []
        for before in row[max(0, at - KINDS) : at][::-1]:
            if not tells(before.normal) or before.normal.endswith((_POSSESSIVE, *adverbs)) or before.normal in idle:
                break
            kind.append(before)
        match = joining.match(text, word.end)
        of = [each for each in row[at + 1 :] if match and each.start >= match.end()]
        of = [each for each in of if tells(each.normal) and each.normal not in idle]
        if kind or of:
            span = Span(kind[-1].start if kind else word.start, of[-1].end if of else word.end)
            roles.append(Role(word.normal, _stems(kind), _stems(of), span))
    return roles


@cache
def _nouns(language: Language) -> frozenset[str]:
    """The posts that people hold, and other roles."""
    rules = language.rules("question")
    posts = {post for kind in rules.words("post_kind") for post in rules.meanings(kind)}
    return (language.words(ROOM, "role") | posts) - language.words(ROOM, "idle_in_role")


def _stems(row: Sequence[Word]) -> frozenset[str]:
    return frozenset(_stem(word.normal) for word in row)


@cache
def _stem(word: str) -> str:
    return stem(word.removesuffix(_POSSESSIVE))


def _otherwise(role: Role, surname: str, sources: Sources, language: Language) -> tuple[Place, ...]:
    """Where tellings call somebody by the same noun and other words; none where all of the role's stand beside the name
    in one of them."""
    others: list[Place] = []
    said: set[str] = set()
    for telling_id, at in sources.where(surname):
        telling = sources.by_id[telling_id]
        table = sources.words[telling_id]
        if not telling.text[table.starts[at]].isupper():
            continue
        word = table.span(at, at)
        name = next((each.span for each in telling.mentions if each.span.contains(word) and each.kind == "name"), word)
        near = table.normal[max(0, at - AROUND) : at + AROUND + 1]
        said.update(map(_stem, near))
        others.extend(
            Place(telling_id, each.span)
            for each in _beside(telling, name, language)
            if each.noun == role.noun and _another(role, each)
        )
    return () if role.says <= said else tuple(others)


def _another(one: Role, other: Role) -> bool:
    """Whether two roles of one noun are told apart: by the words before it ("finance", "defence"), or beside what they
    have in common ("ambassador to the United Nations", "to the United States")."""
    if other.says <= one.says:
        return False
    return bool((one.kind and other.kind) or one.says & other.says)
