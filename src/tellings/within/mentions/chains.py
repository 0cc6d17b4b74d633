"""Names to chains: full names first, then the short forms that can only mean one of them."""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from tellings.model.records import EntityKind, Gender, Sentence
from tellings.model.rules import load
from tellings.model.text import Span
from tellings.within.mentions.names import Inside, Name

#: Characters after a full name within which its surname alone still means it, though a relative shares it.
_NEAR = 250
#: Letters of a word that may be a surname spelled otherwise.
_SHORTEST, _LONGEST = 5, 30
# Pronouns that may stand for the subject named in their sentence; "with her" stands for somebody else.
_PRONOUN = re.compile(r"\b(?:(she|herself|her(?=\s\w))|(he|himself|his(?=\s\w)))\b", re.IGNORECASE)


@dataclass(slots=True)
class Draft:
    """A chain being built: its names, and what they say of kind, gender and roles."""

    full: tuple[str, ...]
    kind: EntityKind
    gender: Gender
    names: list[tuple[Name, str]] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    speaks: bool = False


def link_names(
    text: str, names: tuple[Name, ...], sentences: tuple[Sentence, ...], quotations: tuple[Span, ...]
) -> list[Draft]:
    """Chains in order of first mention.

    A short form joins the one full name it can stand for. Where several people share it (relatives),
    it joins the one just named in full, else the one the telling named first; a full name never joins another.
    """
    relatives = load("en", "name").words("relative")
    drafts: list[Draft] = []
    by_full: dict[tuple[str, ...], Draft] = {}
    for name in names:
        if len(name.words) > 1:
            draft = by_full.get(name.words)
            if draft is None:
                draft = Draft(name.words, name.kind, name.gender)
                by_full[name.words] = draft
                drafts.append(draft)
            _add(draft, name, "full name")
    people = [draft for draft in drafts if draft.kind in ("person", "unknown") and len(draft.full) <= 4]
    alone = {name.words[0] for name in names if len(name.words) == 1 and name.kind != "organisation"}
    by_word: dict[str, list[Draft]] = {}
    for draft in people:
        # A run of two or three words whose last word is later used alone, as surnames are, names a person.
        if draft.kind == "unknown" and len(draft.full) <= 3 and draft.full[-1] in alone:
            draft.kind = "person"
        for word in {draft.full[0], draft.full[-1]}:
            by_word.setdefault(word, []).append(draft)
    surnames = _Spellings(people)
    loose: dict[tuple[str, ...], Draft] = {}
    last_named: dict[str, tuple[Draft, int]] = {}
    for name in names:
        if len(name.words) > 1:
            for word in (name.words[0], name.words[-1]):
                last_named[word] = (by_full[name.words], name.span.end)
            continue
        word = name.words[0]
        owners = [draft for draft in by_word.get(word, ()) if draft.kind == "person"]
        if name.words in loose:
            owners = [loose[name.words], *owners]
        elif owners and all(word == owner.full[-1] and name.span < owner.names[0][0].span for owner in owners):
            # A surname before anybody of that name is named in full: somebody the reader knows, not the relative
            # who is named in full further down.
            owners = []
        # "Captain Verrow" is not his sister, whom the telling has only named as such; "his sister Ida" may be.
        if name.role and name.role not in relatives:
            owners = [owner for owner in owners if not owner.roles or not owner.roles <= relatives]
        if len(owners) > 1:
            compatible = [d for d in owners if name.gender in ("unknown", d.gender) or d.gender == "unknown"]
            recent, end = last_named.get(word, (None, 0))
            # News calls the person a story is about by surname, and relatives by first or full name.
            near = recent in compatible and name.span.start - end <= _NEAR
            owners = [recent] if near and recent is not None else compatible[:1]
            rule = "short form of several, last so named" if near else "short form of several, first so named"
        else:
            rule = "short form"
        if not owners and word not in by_word and (similar := surnames.near(word)):
            owners, rule = [similar], "spelling"
        if owners:
            _add(owners[0], name, rule)
            continue
        draft = loose.get(name.words)
        if draft is None:
            draft = Draft(name.words, name.kind, name.gender)
            loose[name.words] = draft
            drafts.append(draft)
        _add(draft, name, "name")
    _genders_by_pronoun(text, drafts, sentences, quotations)
    drafts.sort(key=lambda draft: draft.names[0][0].span)
    return drafts


def _add(draft: Draft, name: Name, rule: str) -> None:
    insort(draft.names, (name, rule), key=lambda pair: pair[0].span)
    if name.kind == "person":
        draft.kind = "person"
    elif draft.kind == "unknown":
        draft.kind = name.kind
    if draft.gender == "unknown" or (name.role and name.gender != "unknown"):
        draft.gender = name.gender if name.gender != "unknown" else draft.gender
    if name.role:
        draft.roles.add(name.role)
    draft.speaks = draft.speaks or name.speaks


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
    text: str, drafts: list[Draft], sentences: tuple[Sentence, ...], quotations: tuple[Span, ...]
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
        for match in _PRONOUN.finditer(text, sentence.span.start, sentence.span.end):
            if match.start() not in quoted:
                votes.setdefault(index, Counter())["female" if match.group(1) else "male"] += 1
    for index, counter in votes.items():
        (gender, count), *others = counter.most_common()
        if people[index].gender == "unknown" and (not others or count >= 3 * others[0][1]):
            people[index].gender = gender
