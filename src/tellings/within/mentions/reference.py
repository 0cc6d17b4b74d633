"""Descriptions and pronouns, linked to the chain they can only mean; else left unlinked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from tellings.language.base import Language
from tellings.model.records import Block, Chain, Gender, Mention, MentionKind, Provenance, Sentence
from tellings.model.rules import Keyed, lowered
from tellings.model.text import Span
from tellings.model.tokens import tokens_of
from tellings.within.mentions.chains import Draft
from tellings.within.mentions.discourse import OFTEN_DESCRIBED, Discourse, Link, Meant, Sentences
from tellings.within.mentions.lists import NameLists, name_lists
from tellings.within.mentions.names import Inside

#: Characters from its sentence's start within which a mention is taken to lead; characters before it that are read.
_NEAR_START, _BEFORE = 40, 60
#: Characters behind a description within which its own verb of saying may stand.
_VERB_REACH = 80
_SHOUTED = re.compile(r"[^\W\d_a-z]{2,}[’'‘-]?[^\W\d_a-z]*").fullmatch
_OPENING = "“\"‘' "
#: What ends a clause, and with it a description.
_ENDS = frozenset(".!?;:\n")
_NOBODY: frozenset[int] = frozenset()
#: An age right behind a name: ", 34", " (34".
_AGE_BEHIND = re.compile(r",? \(?(\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class _Reference:
    """A description (`match` is what was found) or a pronoun (of `gender`), not linked yet."""

    span: Span
    match: re.Match[str] | None
    gender: Gender


def link_references(
    text: str,
    blocks: tuple[Block, ...],
    sentences: tuple[Sentence, ...],
    quotations: tuple[Span, ...],
    drafts: list[Draft],
    language: Language,
) -> tuple[tuple[Mention, ...], tuple[Chain, ...]]:
    """Mentions sorted by span, and the chains, with "the couple" and the like as chains of their own."""
    linker = _Linker(text, sentences, quotations, list(drafts), name_lists(language))
    told_of = linker.link(blocks)
    return _records(text, told_of, linker.drafts)


class _Linker:
    """Goes through a telling from its beginning, names and references in order, and links each reference to whom it
    means by what was told before it."""

    def __init__(
        self,
        text: str,
        sentences: tuple[Sentence, ...],
        quotations: tuple[Span, ...],
        drafts: list[Draft],
        lists: NameLists,
    ) -> None:
        self.text = text
        self.lists = lists
        self.drafts = drafts
        self._sentences = sentences
        self._quoted = Inside(quotations)
        self._places = Sentences(text, sentences, self._quoted)
        self._done = Discourse(drafts)
        self._pairs: dict[str, int] = {}
        # Who is called what, and of what age: by their places in `drafts`.
        self._by_role: dict[str, set[int]] = {}
        for index, draft in enumerate(drafts):
            for role in draft.roles:
                self._by_role.setdefault(role, set()).add(index)
        self._by_age: dict[str, list[int]] | None = None

    def link(self, blocks: tuple[Block, ...]) -> list[Link]:
        """All mentions, sorted."""
        names = self._names()
        references = self._references(blocks, [link.span for link in names])
        pending = deque(names)
        for reference in references:
            while pending and pending[0].span.start < reference.span.start:
                self._done.append(pending.popleft())
            if reference.span.start not in self._quoted:
                link = self._linked(reference, pending[0] if pending else None)
                if link is not None:
                    self._done.append(link)
        return sorted([*self._done.links, *pending], key=lambda link: (link.span.start, link.span.end, link.kind))

    # ---- what there is to link

    def _names(self) -> list[Link]:
        links = []
        for chain, draft in enumerate(self.drafts):
            for name, rule in draft.names:
                links.append(self._link(name.span, "name", Meant(chain, rule)))
                links[-1].leads = links[-1].leads or name.speaks
        return sorted(links, key=lambda link: link.span)

    def _references(self, blocks: tuple[Block, ...], names: list[Span]) -> list[_Reference]:
        """Descriptions and pronouns in order; headlines hold none."""
        found: list[_Reference] = []
        for sentence in self._sentences:
            if blocks[sentence.block].kind == "headline":
                continue
            words = tokens_of(self.text).words(sentence.span.start, sentence.span.end)
            found += [
                _Reference(span, match, self._gender_of_role(match))
                for match in self._found(self.lists.description, sentence.span, words)
                if not _inside_name(names, span := Span(*match.span()))
            ]
            found += [
                _Reference(Span(*match.span()), None, self.lists.pronouns[lowered(match[0])])
                for match in self._found(self.lists.pronoun, sentence.span, words)
            ]
        return sorted(found, key=lambda reference: reference.span)

    def _found(self, keyed: Keyed, span: Span, words: frozenset[str]) -> Iterator[re.Match[str]]:
        """What a pattern finds in a sentence of these words."""
        return keyed.finditer(self.text, span.start, span.end) if keyed.may_stand(words) else iter(())

    def _gender_of_role(self, match: re.Match[str]) -> Gender:
        return self.lists.roles[lowered(match["role"])] if match["role"] else "unknown"

    # ---- linking one

    def _link(self, span: Span, kind: MentionKind, meant: Meant, gender: Gender = "unknown") -> Link:
        leads = self._leads(span, self._places.at(span.start))
        rank, quoted = self._places.rank(span.start), span.start in self._quoted
        return Link(span, kind, meant.chain, meant.rule, meant.score, rank, quoted, leads, gender)

    def _linked(self, reference: _Reference, following: Link | None) -> Link | None:
        """The reference with whom it means; `None` where it is a part of the name behind it: "the singer Mara Venn"."""
        span, match = reference.span, reference.match
        if match is None:
            return self._link(span, "pronoun", self._pronoun(reference.gender, self._places.rank(span.start)))
        if match["pair"]:
            return self._link(span, "nominal", self._pair(span, lowered(match["pair"])))
        named, behind = self._named_with(span, following)
        if named is not None and match["role"]:
            # What the description says is of the named one from here on.
            self._call(named, lowered(match["role"]))
        if behind:
            return None
        meant = self._description(match, self._places.rank(span.start)) if named is None else Meant(named, "apposition")
        return self._link(span, "nominal", meant, reference.gender if match["role"] else "unknown")

    def _named_with(self, span: Span, following: Link | None) -> tuple[int | None, bool]:
        """The chain of a name in apposition to a description, and whether the name follows and takes it in.

        1. "the singer Mara Venn"; 2. "the captain, Ana Vell,", not "the captain, Ana Vell and Jo Prake"; 3. "Ana Vell,
        the captain,", not "Ana Vell, a spokesman said"
        """
        if following is not None and following.chain is not None and following.span.start >= span.end:
            between = self.text[span.end : following.span.start]
            if between == ", " and self.lists.apposition_end.match(self.text, following.span.end):
                return following.chain, False  # 2
            if len(between) <= 2 and "," not in between and _ENDS.isdisjoint(between):
                return following.chain, True  # 1
        last = next((link for link in reversed(self._done.links[-3:]) if link.kind == "name"), None)
        if last is None or last.chain is None or self.text[last.span.end : span.start] != ", ":
            return None, False
        if self.drafts[last.chain].gender in ("neuter", "plural"):
            return None, False
        says = self.lists.says_so.match(self.text, span.end, span.end + _VERB_REACH)
        return (None if says else last.chain), False  # 3

    def _call(self, chain: int, role: str) -> None:
        """Let an apposition say what it can: a spokeswoman is a person and a woman, a "leader" may be a firm."""
        draft, kind = self.drafts[chain], self.drafts[chain].kind
        self._by_role.setdefault(role, set()).add(chain)
        if role in self.lists.roles_of_things:
            draft.roles.add(role)
        else:
            draft.is_person(role, self.lists.roles[role])
            if draft.kind != kind:
                self._done.count(chain)

    def _pair(self, span: Span, word: str) -> Meant:
        if word not in self._pairs:
            self._pairs[word] = len(self.drafts)
            self.drafts.append(Draft((span.of(self.text),), "group", "plural", "kind"))
        return Meant(self._pairs[word], "pair")

    def _leads(self, span: Span, sentence: Span) -> bool:
        """Whether the mention begins its clause, as subjects do: little before it, and no preposition."""
        before = self.text[max(sentence.start, span.start - _BEFORE) : span.start].rstrip(_OPENING).rstrip()
        if not before:
            return True
        if span.start - sentence.start >= _NEAR_START:
            return before.endswith((",", ";", ":", "”"))
        # "Nora Quill and Agnes Holm run": both are the subject
        return self.lists.subject_too.search(before) is not None or not self.lists.no_subject_before.search(before)

    # ---- whom it means

    def _pronoun(self, gender: Gender, sentence: int) -> Meant:
        """Whom "she" means.

        1. who is foremost; 2. else the only one of that gender; 3. nobody, where somebody not named, or another, may be
        meant as well
        """
        done = self._done
        best, score, ambiguous = done.foremost(sentence, gender)  # 1
        rule = "pronoun"
        if best is None:
            best, rule = done.only(gender), "only one of that gender"  # 2
        if best is None:
            return Meant(None, "no person near")
        if done.described_since(best, sentence, gender):  # 3
            return Meant(None, "somebody not named could be meant", score)
        if ambiguous:
            return Meant(None, "two could be meant", score)
        if self.drafts[best].gender == "unknown":
            self.drafts[best].learn(gender, "pronoun")
        return Meant(best, rule, score)

    def _description(self, match: re.Match[str], sentence: int) -> Meant:
        """Whom "the singer" or "the singer's wife" means.

        1. by age; 2. a relative; 3. the one person so called; 4. of words that writers use for a person already named
        ("the singer"), whom the telling speaks of most
        """
        if match["age"]:
            return self._aged(match["age"])  # 1
        role = lowered(match["role"])
        if not (match["definite"] or match["owner"]) or lowered(match[0]).endswith(("s'", "s’")):
            return Meant(None, "indefinite")
        owners = self._by_role.get(role, _NOBODY)
        possessed = match["owner"] or self.lists.possessed.search(match[0])
        if role in self.lists.relatives and possessed:
            return self._relative(match, owners)  # 2
        if match["owner"]:
            return Meant(None, "relative not named")
        if len(owners) == 1:
            return Meant(next(iter(owners)), "role", 0.9)  # 3
        if not owners and role not in self.lists.epithets:
            return Meant(None, "nobody is called so")
        best, score, ambiguous = self._done.foremost(sentence, self._gender_of_role(match), OFTEN_DESCRIBED)  # 4
        if best is None:
            best = self._done.most_spoken_of()
        sure = best is not None and not ambiguous and self._done.is_protagonist(best)
        # What no more than speaks may be an outlet, and is never "the singer".
        if best is None or not sure or self.drafts[best].kind != "person" or (owners and best not in owners):
            return Meant(None, "not clear who is meant", score)
        return Meant(best, "description of the person most spoken of", score)

    def _relative(self, match: re.Match[str], owners: Set[int]) -> Meant:
        """The one person so called, or the one other person of that gender."""
        gender = self._gender_of_role(match)
        if len(owners) == 1:
            return Meant(next(iter(owners)), "role", 0.8)
        if match["owner"] or gender == "unknown":
            return Meant(None, "relative not named")
        fitting = [chain for chain in self._done.counts if self.drafts[chain].gender == gender]
        if len(fitting) != 1:
            return Meant(None, "two could be meant")
        return Meant(fitting[0], "only one of that gender", 0.7)

    def _aged(self, age: str) -> Meant:
        """Whom "the 34-year-old" means: the one person whose age stands behind the name."""
        if self._by_age is None:
            self._by_age = {}
            for index, draft in enumerate(self.drafts):
                ages = {said[1] for name, _ in draft.names if (said := _AGE_BEHIND.match(self.text, name.span.end))}
                for each in ages:
                    self._by_age.setdefault(each, []).append(index)
        aged = [index for index in self._by_age.get(age, ()) if self.drafts[index].kind == "person"]
        return Meant(aged[0], "age", 0.9) if len(aged) == 1 else Meant(None, "nobody of that age is named")


def _inside_name(names: list[Span], span: Span) -> bool:
    index = bisect_right(names, span)
    return any(names[i].contains(span) for i in range(max(0, index - 2), min(len(names), index + 1)))


@lru_cache(maxsize=1024, typed=True)
def _why(rule: str, score: float | None = None) -> Provenance:
    """Why a mention was linked: of a telling's many, few differ."""
    return Provenance("mentions", rule, score)


def _records(text: str, links: list[Link], drafts: list[Draft]) -> tuple[tuple[Mention, ...], tuple[Chain, ...]]:
    mentions = tuple(Mention(link.span, link.kind, link.chain, _why(link.rule, link.score)) for link in links)
    members: dict[int, list[int]] = {}
    for position, link in enumerate(links):
        if link.chain is not None:
            members.setdefault(link.chain, []).append(position)
    chains = []
    for index, draft in enumerate(drafts):
        held = tuple(members.get(index, ()))
        if draft.names:
            fullest = max(
                (name for name, rule in draft.names if rule != "spelling"),
                key=lambda name: (len(name.words), not any(map(_SHOUTED, name.words)), -name.span.start),
            )
            span, rule = fullest.span, "named"
        else:
            span, rule = links[held[0]].span, "described"
        chains.append(Chain(span.of(text), span, draft.kind, draft.gender, held, _why(rule), draft.gender_by))
    return mentions, tuple(chains)
