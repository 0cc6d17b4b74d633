"""Roles that a draft gives to people: "the finance minister, Mara Lind", where the tellings have her minister of
another thing.

A role differs

1. where the tellings call somebody by its noun, and always with other words: those before it ("defence minister"), or
   those that say what it is of ("ambassador to Norland"); if nowhere beside the name, then in the sentences before
   or behind it;
2. where they have him hold it no more, and the draft has him hold it;
3. where it is a post that they give to somebody else, and another to him.

Other roles that the tellings do not name are not checked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from tellings.across.checking.alike import Alike
from tellings.across.checking.locating import ROOM
from tellings.across.checking.sources import COMMON, Sources
from tellings.across.checking.verdicts import verdict_on
from tellings.across.families.telling_words import tells
from tellings.across.keys import Word, words
from tellings.across.questions.name_forms import house_style
from tellings.across.word_vectors import stem
from tellings.language.base import Language, language_of
from tellings.model.checked import Checked
from tellings.model.records import Mention, Place, Telling
from tellings.model.text import Span

#: Words before a name, and behind it, among which stands its role; words around it where a telling names it.
BEFORE, BEHIND, AROUND = 6, 10, 12
#: Sentences before one with a name, and behind it, that may tell his role.
BESIDE = 2
#: Mentions that may start before a word of a name, the name among them.
NESTED = 4
#: Characters behind a sentence with a name in which he may be called by his role.
FOLLOWING = 150
#: Words before its noun that say what kind of role it is.
KINDS = 2
_POSSESSIVE = "'s"
_BEFORE_A_NAME = re.compile(r",?\s+")
_JOINED = re.compile(r"[\s'’-]+")
_WORD, _LETTERS = re.compile(r"\w+"), re.compile(r"\b[A-Z]{2,6}\b")
#: Letters of a short form at least.
SHORT = 2


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
    posts = _PostsHeld(sources, language)
    seen: set[tuple[str, str, frozenset[str]]] = set()
    for mention in draft.mentions:
        if mention.kind != "name" or not alike.told(mention.span):
            continue
        name = words(draft.text, (mention.span,))
        surname = name[-1].normal.removesuffix(_POSSESSIVE) if name else ""
        if not surname or not sources.is_person((surname,)):
            continue
        for role in _beside(draft, mention.span, language):
            if (surname, role.noun, role.says) in seen:
                continue
            seen.add((surname, role.noun, role.says))
            if against := _otherwise(role, role.span.of(draft.text), surname, sources, language):
                yield verdict_on(sources, "role", role.span, "differs", "another-role", (), against)
            elif against := posts.of_another(role, surname):
                yield verdict_on(
                    sources, "role", role.span, "differs", "role-of-another", (), against, reason="exchanged"
                )
        for span, noun in _held(draft, mention.span, language):
            if against := _held_before(noun, surname, sources, language):
                yield verdict_on(sources, "role", span, "differs", "held-no-more", (), against)


def _beside(telling: Telling, span: Span, language: Language, *, bare: bool = False) -> list[Role]:
    """The roles right before a name, or in the apposition behind it; `bare`: those too of which nothing is said but the
    noun."""
    return [role for row in clauses_beside(telling, span) for role in _roles(telling.text, row, language, bare=bare)]


def clauses_beside(telling: Telling, span: Span) -> list[Sequence[Word]]:
    """The words right before a name, and those of the apposition behind it."""
    text, sentence = telling.text, telling.sentence_around(span)
    before = words(text, (Span(min(sentence.start, span.start), span.start),))[-BEFORE:]
    clauses: list[Sequence[Word]] = []
    if before and _BEFORE_A_NAME.fullmatch(text, before[-1].end, span.start):
        clauses.append(_one_clause(text, before[::-1])[::-1])
    if text[span.end : span.end + 1] == ",":
        row = words(text, (Span(span.end, max(span.end, sentence.end)),))[:BEHIND]
        clauses.append(_one_clause(text, row))
    return clauses


def _one_clause(text: str, row: Sequence[Word]) -> Sequence[Word]:
    """The first of some words, up to the next mark between two."""
    for at in range(1, len(row)):
        one, other = sorted((row[at - 1], row[at]), key=lambda word: word.start)
        if not _JOINED.fullmatch(text, one.end, other.start):
            return row[:at]
    return row


def _roles(text: str, row: Sequence[Word], language: Language, *, bare: bool = False) -> list[Role]:
    """The roles among the words of one clause; `bare`: those too of which nothing is said but the noun."""
    known, idle = nouns(language), language.words(ROOM, "idle_in_role")
    joining = language.pattern(ROOM, "role-of")
    adverbs = tuple(language.words("name", "adverb_ending"))
    roles = []
    for at, word in enumerate(row):
        if word.normal not in known:
            continue
        kind: list[Word] = []
        for before in row[max(0, at - KINDS) : at][::-1]:
            if not tells(before.normal) or before.normal.endswith((_POSSESSIVE, *adverbs)) or before.normal in idle:
                break
            kind.append(before)
        match = joining.match(text, word.end)
        of = [each for each in row[at + 1 :] if match and each.start >= match.end()]
        of = [each for each in of if tells(each.normal) and each.normal not in idle]
        if kind or of or bare:
            span = Span(kind[-1].start if kind else word.start, of[-1].end if of else word.end)
            roles.append(Role(word.normal, _stems(kind), _stems(of), span))
    return roles


@cache
def nouns(language: Language) -> frozenset[str]:
    """The posts that people hold, and other roles."""
    return (language.words(ROOM, "role") | _posts(language)) - language.words(ROOM, "idle_in_role")


@cache
def _posts(language: Language) -> frozenset[str]:
    """The posts that people hold."""
    rules = language.rules("question")
    return frozenset(post for kind in rules.words("post_kind") for post in rules.meanings(kind))


def _stems(row: Sequence[Word]) -> frozenset[str]:
    return frozenset(_stem(word.normal) for word in row)


@cache
def _stem(word: str) -> str:
    return stem(house_style(word.removesuffix(_POSSESSIVE)))


def _otherwise(role: Role, written: str, surname: str, sources: Sources, language: Language) -> tuple[Place, ...]:
    """Where tellings call somebody by the noun of a role and other words than its own, which the draft has `written`
    so; none where all of the role's stand beside the name in one of them."""
    others: list[Place] = []
    beside = False
    said: set[str] = set()
    for telling, name, near in named(surname, sources):
        said.update(map(_stem, near))
        of_noun = [each for each in _beside(telling, name, language) if each.noun == role.noun]
        beside = beside or bool(of_noun)
        if any(is_short_of(written, each.span.of(telling.text)) for each in of_noun):
            return ()
        others.extend(Place(telling.id, each.span) for each in of_noun if _another(role, each))
    if role.says <= said:
        return ()
    return tuple(others) if beside or role.noun in said else _in_the_sentences_beside(role, surname, sources, language)


def named(surname: str, sources: Sources) -> Iterator[tuple[Telling, Span, Sequence[str]]]:
    """Where a surname stands in tellings: the name that it is part of, and the words around it (normal forms)."""
    for telling_id, at in sources.where(surname):
        telling = sources.by_id[telling_id]
        table = sources.words[telling_id]
        if not telling.text[table.starts[at]].isupper():
            continue
        word = table.span(at, at)
        behind = bisect_right(telling.mentions, word.start, key=_start)
        near = telling.mentions[max(0, behind - NESTED) : behind]
        name = next((each.span for each in near if each.span.contains(word) and each.kind == "name"), word)
        yield telling, name, table.normal[max(0, at - AROUND) : at + AROUND + 1]


def _start(mention: Mention) -> int:
    return mention.span.start


def _in_the_sentences_beside(role: Role, surname: str, sources: Sources, language: Language) -> tuple[Place, ...]:
    """Where a sentence soon before or behind one with the name tells of somebody of the role's noun who is of another
    thing, if the role stands in no telling at all."""
    others: list[Place] = []
    numbers = sources.number_of
    holders = [sentence for sentence in sources.sentences if _stem(role.noun) in sentence.stems]
    if len(holders) > COMMON or any(role.says <= sentence.stems for sentence in holders):
        return ()
    near = {
        number + step
        for sentence in sources.holding((surname, surname + _POSSESSIVE))
        for number in (numbers[sentence.place],)
        for step in range(-BESIDE, BESIDE + 1)
    }
    for sentence in holders:
        if numbers[sentence.place] in near:
            telling = sources.by_id[sentence.place.telling]
            row = words(telling.text, (sentence.place.span,))
            others.extend(
                Place(telling.id, each.span)
                for each in _roles(telling.text, row, language)
                if each.noun == role.noun and each.says & role.says and _another(role, each)
            )
    return tuple(others)


class _PostsHeld:
    """The posts that tellings give to people."""

    def __init__(self, sources: Sources, language: Language) -> None:
        self._sources, self._language = sources, language

    def of_another(self, role: Role, surname: str) -> tuple[Place, ...]:
        """Where tellings give a post to somebody else, if nowhere to him, and give him another role."""
        if role.noun not in _posts(self._language) or not role.kind:
            return ()
        own = False
        for telling, name, _ in named(surname, self._sources):
            sentence = telling.sentence_around(name)
            with_next = Span(sentence.start, min(len(telling.text), sentence.end + FOLLOWING))
            if any(word.normal == role.noun for word in words(telling.text, (with_next,))):
                return ()
            beside = _beside(telling, name, self._language, bare=True)
            own = own or any(each.noun != role.noun for each in beside)
        held = self._held.get((role.noun, role.kind), ()) if own else ()
        return tuple(place for other, place in held if other != surname)

    @cached_property
    def _held(self) -> Mapping[tuple[str, frozenset[str]], list[tuple[str, Place]]]:
        """A post and the words that say of what kind it is → the surnames of those who hold it, and where it stands."""
        found: dict[tuple[str, frozenset[str]], list[tuple[str, Place]]] = defaultdict(list)
        for telling in self._sources.read:
            for mention in telling.mentions:
                if mention.kind == "name":
                    for each in _beside(telling, mention.span, self._language):
                        surname = _last(telling, mention.span)
                        found[each.noun, each.kind].append((surname, Place(telling.id, each.span)))
        return found


def _last(telling: Telling, span: Span) -> str:
    """The last word of a name."""
    row = words(telling.text, (span,))
    return row[-1].normal.removesuffix(_POSSESSIVE) if row else ""


def _held(telling: Telling, span: Span, language: Language) -> list[tuple[Span, str]]:
    """The roles beside a name that somebody is said to hold now: where, and their nouns."""
    now, known = language.words(ROOM, "held_now"), nouns(language)
    found = []
    for row in clauses_beside(telling, span):
        for at, word in enumerate(row):
            held = next((each for each in row[max(0, at - KINDS) : at] if each.normal in now), None)
            if word.normal in known and held is not None:
                found.append((Span(held.start, word.end), word.normal))
    return found


def _held_before(noun: str, surname: str, sources: Sources, language: Language) -> tuple[Place, ...]:
    """Where tellings say that somebody has held a role, if they always do."""
    before = language.words(ROOM, "held_before")
    found: list[Place] = []
    for telling, name, _ in named(surname, sources):
        for row in clauses_beside(telling, name):
            for at, word in enumerate(row):
                if word.normal != noun:
                    continue
                held = next((each for each in row[:at] if each.normal in before), None)
                if held is None:
                    return ()
                found.append(Place(telling.id, Span(held.start, word.end)))
    return tuple(found)


def is_short_of(one: str, other: str) -> bool:
    """Whether the first letters of names in one of two roles stand for them in the other: "of the OHA", "of the Osk
    Harbour Authority"."""
    for short, full in ((one, other), (other, one)):
        initials = "".join(word[0] for word in _WORD.findall(full) if word[:1].isupper())
        if any(len(letters) >= SHORT and letters in initials for letters in _LETTERS.findall(short)):
            return True
    return False


def _another(one: Role, other: Role) -> bool:
    """Whether two roles of one noun are told apart: by the words before it ("finance", "defence"), or beside what they
    have in common ("ambassador to the United Nations", "to the United States")."""
    if other.says <= one.says:
        return False
    return bool((one.kind and other.kind) or one.says & other.says)
