"""Descriptions and pronouns, linked to the chain they can only mean; else left unlinked.

Salience after Lappin & Leass (1994), cut down to what plain text gives: how near the last mention
is, whether it began its sentence, how often the chain is mentioned, and whether gender and role fit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tellings.model.records import Block, Chain, Gender, Mention, Provenance, Sentence
from tellings.model.rules import Keyed, load, words_in
from tellings.model.text import Span
from tellings.within.mentions.chains import Draft
from tellings.within.mentions.names import Inside

#: Weight of a mention by how many sentences back it stands (0 = this sentence).
_DISTANCE = (1.0, 0.8, 0.45, 0.25, 0.12)
#: A runner-up with at least this share of the best score makes a reference ambiguous.
_AMBIGUOUS = 0.86
#: Weight of a mention that begins its clause, and of a gender that the text tells; set on labelled pronouns.
LEADS, TELLS = 2.0, 0.3
#: Weight of the share of mentions, for a pronoun and for a description, which is mostly of whom all is about.
OFTEN, OFTEN_DESCRIBED = 0.2, 0.8

_NO_SUBJECT_BEFORE = re.compile(r"\b(?:of|to|for|with|by|from|in|on|at|about|and|her|his|their|than|like)\Z")
#: Characters from its sentence's start within which a mention is taken to lead.
_NEAR_START = 40
_POSSESSED = re.compile(r"[’']s?\s")
_PRONOUN = Keyed(
    re.compile(r"\b(?:(she|her|hers|herself)|(he|him|his|himself))\b", re.IGNORECASE),
    frozenset({"she", "her", "hers", "herself", "he", "him", "his", "himself"}),
)


@dataclass(slots=True)
class _Link:
    span: Span
    kind: str
    chain: int | None
    rule: str
    score: float | None
    sentence: int
    quoted: bool
    leads: bool
    gender: Gender = "unknown"


class _Discourse:
    """The mentions so far, in order, with how often each person was mentioned, and for each sentence the chains
    mentioned in it with the weight of the mention that counts most."""

    def __init__(self, drafts: list[Draft]) -> None:
        self.links: list[_Link] = []
        self.counts: dict[int, int] = {}
        self.weights: dict[int, dict[int, float]] = {}
        self._drafts = drafts

    def append(self, link: _Link) -> None:
        self.links.append(link)
        if link.chain is not None and self._drafts[link.chain].kind == "person":
            self.counts[link.chain] = self.counts.get(link.chain, 0) + 1
        if link.chain is not None and not link.quoted:
            here = self.weights.setdefault(link.sentence, {})
            here[link.chain] = max(here.get(link.chain, 1.0), LEADS if link.leads else 1.0)

    def backwards(self, sentence: int, reach: int) -> Iterator[_Link]:
        """The mentions at most `reach` sentences back, last first."""
        for link in reversed(self.links):
            if sentence - link.sentence >= reach:
                return
            yield link


def link_references(
    text: str,
    blocks: tuple[Block, ...],
    sentences: tuple[Sentence, ...],
    quotations: tuple[Span, ...],
    drafts: list[Draft],
) -> tuple[tuple[Mention, ...], tuple[Chain, ...]]:
    """Mentions sorted by span, and the chains, with "the couple" and the like as chains of their own."""
    drafts = list(drafts)
    starts = [sentence.span.start for sentence in sentences]
    rank: list[int] = []
    quoted = Inside(quotations)

    def sentence_of(position: int) -> int:
        return max(0, bisect_right(starts, position) - 1)

    def told(position: int) -> int:
        """Sentences before this one that have words of the telling's own."""
        return rank[sentence_of(position)]

    for sentence in sentences:
        last = sentence.span.trimmed(text).end - 1
        own = not ((sentence.span.start + 1) in quoted and (max(sentence.span.start, last - 1)) in quoted)
        rank.append((rank[-1] if rank else 0) + (1 if own else 0))
    links: list[_Link] = []
    for index, draft in enumerate(drafts):
        for name, rule in draft.names:
            links.append(
                _Link(
                    *(name.span, "name", index, rule, None, told(name.span.start)),
                    *(name.span.start in quoted, name.speaks),
                )
            )
    taken = sorted(link.span for link in links)
    open_references: list[tuple[Span, str, Gender, re.Match[str]]] = []
    for sentence in sentences:
        if blocks[sentence.block].kind == "headline":
            continue
        words = words_in(sentence.span.of(text))
        for match in _found(_nominal(), text, sentence.span, words):
            span = Span(match.start(), match.end())
            if not _inside_name(taken, span):
                open_references.append((span, "nominal", "unknown", match))
        for match in _found(_PRONOUN, text, sentence.span, words):
            gender: Gender = "female" if match.group(1) else "male"
            open_references.append((Span(*match.span()), "pronoun", gender, match))
    open_references.sort(key=lambda reference: reference[0])

    pairs: dict[str, int] = {}
    links.sort(key=lambda link: link.span)
    done = _Discourse(drafts)
    pending = deque(links)
    for pending_link in pending:
        sentence_span = sentences[sentence_of(pending_link.span.start)].span
        pending_link.leads = pending_link.leads or _leads(text, pending_link.span, sentence_span)
    for span, kind, gender, match in open_references:
        while pending and pending[0].span.start < span.start:
            done.append(pending.popleft())
        if (span.start) in quoted:
            continue
        sentence_index = told(span.start)
        link = _Link(
            span,
            kind,
            None,
            "unlinked",
            None,
            sentence_index,
            False,
            _leads(text, span, sentences[sentence_of(span.start)].span),
        )
        if kind == "nominal":
            word = match.group("pair")
            if word:
                key = word.casefold()
                if key not in pairs:
                    pairs[key] = len(drafts)
                    drafts.append(Draft((span.of(text),), "group", "plural"))
                link.chain, link.rule = pairs[key], "pair"
            else:
                # A name right after makes the description a part of it: "the singer Mara Venn".
                if pending and 0 <= pending[0].span.start - span.end <= 2 and pending[0].chain is not None:
                    if match.group("role"):
                        drafts[pending[0].chain].roles.add(match.group("role").casefold())
                    continue
                apposed = _apposed(text, span, done)
                if apposed is not None and match.group("role"):
                    # "Ana Vell, the captain,": what the description says is hers from here on.
                    drafts[apposed].roles.add(match.group("role").casefold())
                    link.chain, link.rule = apposed, "apposition"
                    done.append(link)
                    continue
                if match.group("role"):
                    link.gender = load("en", "name").meanings("role")[match.group("role").casefold()]
                link.chain, link.rule, link.score = _describe(text, match, sentence_index, done, drafts)
        else:
            link.chain, link.rule, link.score = _pronoun(gender, sentence_index, done, drafts, span)
        done.append(link)
    told_of = sorted([*done.links, *pending], key=lambda link: (link.span.start, link.span.end, link.kind))
    return _records(text, told_of, drafts)


def _found(keyed: Keyed, text: str, span: Span, words: frozenset[str]) -> Iterator[re.Match[str]]:
    """What a pattern finds in a sentence of these words."""
    return keyed.pattern.finditer(text, span.start, span.end) if keyed.may_stand(words) else iter(())


def _records(text: str, links: list[_Link], drafts: list[Draft]) -> tuple[tuple[Mention, ...], tuple[Chain, ...]]:
    mentions = tuple(
        Mention(link.span, link.kind, link.chain, Provenance("mentions", link.rule, link.score))  # type: ignore[arg-type]
        for link in links
    )
    members: dict[int, list[int]] = {}
    for position, link in enumerate(links):
        if link.chain is not None:
            members.setdefault(link.chain, []).append(position)
    chains = []
    for index, draft in enumerate(drafts):
        if draft.names:
            fullest = max(
                (name for name, rule in draft.names if rule != "spelling"),
                key=lambda name: (len(name.words), -name.span.start),
            )
            span = fullest.span
            rule = "named"
        else:
            span, rule = links[members[index][0]].span, "described"
        chains.append(
            Chain(
                span.of(text),
                span,
                draft.kind,
                draft.gender,
                tuple(members.get(index, ())),
                Provenance("mentions", rule),
            )
        )
    return mentions, tuple(chains)


def _leads(text: str, span: Span, sentence: Span) -> bool:
    """Whether the mention begins its clause, as subjects do: little before it, and no preposition."""
    before = text[max(sentence.start, span.start - 60) : span.start].rstrip("“\"‘' ")
    before = before.rstrip()
    if not before:
        return True
    if span.start - sentence.start >= _NEAR_START:
        return before.endswith((",", ";", ":", "”"))
    # "Nora Quill and Agnes Holm run": both are the subject
    return before.endswith(" and") or _NO_SUBJECT_BEFORE.search(before) is None


def _inside_name(names: list[Span], span: Span) -> bool:
    index = bisect_right(names, span)
    return any(names[i].contains(span) for i in range(max(0, index - 2), min(len(names), index + 1)))


def _scores(
    sentence: int, done: _Discourse, drafts: list[Draft], gender: Gender, often: float = OFTEN
) -> dict[int, float]:
    """Salience of each person who could be meant."""
    scores: dict[int, float] = {}
    for distance, share in enumerate(_DISTANCE):
        for chain, weight in done.weights.get(sentence - distance, {}).items():
            if _could_be_meant(drafts[chain], gender):
                scores[chain] = max(scores.get(chain, 0.0), share * weight)
    total = sum(done.counts.get(chain, 0) for chain in scores)
    for chain in scores:
        scores[chain] += often * done.counts.get(chain, 0) / max(total, 1)
        if gender != "unknown" and drafts[chain].gender == gender:
            scores[chain] += TELLS
    return scores


def _could_be_meant(draft: Draft, gender: Gender) -> bool:
    """Whether a chain may be a person of that gender."""
    if draft.kind not in ("person", "unknown") or (gender != "unknown" and draft.gender not in (gender, "unknown")):
        return False
    known = draft.kind == "person" or draft.gender != "unknown" or draft.speaks
    return known and (draft.kind == "person" or len(draft.full) <= 3)


def _best(scores: dict[int, float]) -> tuple[int | None, float | None, bool]:
    if not scores:
        return None, None, False
    (best, score), *others = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return best, round(min(1.0, score / 3.6), 3), bool(others and others[0][1] >= _AMBIGUOUS * score)


def _pronoun(
    gender: Gender, sentence: int, done: _Discourse, drafts: list[Draft], span: Span
) -> tuple[int | None, str, float | None]:
    best, score, ambiguous = _best(_scores(sentence, done, drafts, gender))
    rule = "pronoun"
    if best is None:
        best, rule = _only(gender, done, drafts), "only one of that gender"
    if best is None:
        return None, "no person near", None
    if _described_since(best, sentence, done, gender):
        return None, "somebody not named could be meant", score
    if ambiguous:
        return None, "two could be meant", score
    if drafts[best].gender == "unknown":
        drafts[best].gender = gender
    return best, rule, score


def _apposed(text: str, span: Span, done: _Discourse) -> int | None:
    """The chain of the name right before a description, with nothing but a comma between."""
    for link in reversed(done.links[-3:]):
        if link.kind == "name" and link.span.end <= span.start:
            return link.chain if text[link.span.end : span.start] == ", " else None
    return None


def _described_since(chain: int, sentence: int, done: _Discourse, gender: Gender) -> bool:
    """Whether somebody described but not named ("one woman") came up since the chain's last mention: in the last three
    sentences when the description tells that gender, at the head of the last one when it tells none."""
    for link in done.backwards(sentence, 4):
        if link.chain == chain:
            return False
        if link.kind != "nominal" or link.chain is not None or link.quoted or not link.leads:
            continue
        if link.gender == gender != "unknown":
            return True
        if sentence - link.sentence <= 1:
            return link.rule in ("not clear who is meant", "nobody is called so", "indefinite")
    return False


def _describe(
    text: str, match: re.Match[str], sentence: int, done: _Discourse, drafts: list[Draft]
) -> tuple[int | None, str, float | None]:
    """Whom "the singer" or "the singer's wife" means."""
    if match.group("age"):
        return _aged(text, match.group("age").split("-")[0], drafts)
    role = match.group("role").casefold()
    gender: Gender = load("en", "name").meanings("role")[role]
    determiner = match.group("determiner").casefold()
    if determiner not in ("the", "her", "his", "their") or (role and match.group().casefold().endswith("s'")):
        return None, "indefinite", None
    owners = [index for index, draft in enumerate(drafts) if role in draft.roles]
    possessed = determiner != "the" or _POSSESSED.search(match.group())
    if role in load("en", "name").words("relative") and possessed:
        # A relative: the one person so called, or the one other person of that gender.
        if len(owners) == 1:
            return owners[0], "role", 0.8
        if determiner != "the" or gender == "unknown":
            return None, "relative not named", None
        fitting = [chain for chain in done.counts if drafts[chain].gender == gender]
        return (fitting[0], "only one of that gender", 0.7) if len(fitting) == 1 else (None, "two could be meant", None)
    if determiner != "the":
        return None, "relative not named", None
    if len(owners) == 1:
        return owners[0], "role", 0.9
    if not owners and role not in load("en", "name").words("epithet"):
        return None, "nobody is called so", None
    best, score, ambiguous = _best(_scores(sentence, done, drafts, gender, OFTEN_DESCRIBED))
    if best is None:
        best = _most_spoken_of(done, drafts)
    if best is None or ambiguous or not _protagonist(best, done, drafts):
        return None, "not clear who is meant", score
    if owners and best not in owners:
        return None, "not clear who is meant", score
    return best, "description of the person most spoken of", score


def _aged(text: str, age: str, drafts: list[Draft]) -> tuple[int | None, str, float | None]:
    """Whom "the 34-year-old" means: the one person whose age stands behind the name."""
    aged = [
        index
        for index, draft in enumerate(drafts)
        if draft.kind == "person"
        and any(re.match(rf",? \(?{age}\b", text[n.span.end : n.span.end + 6]) for n, _ in draft.names)
    ]
    return (aged[0], "age", 0.9) if len(aged) == 1 else (None, "nobody of that age is named", None)


def _only(gender: Gender, done: _Discourse, drafts: list[Draft]) -> int | None:
    """The person of that gender the telling is about so far: the only one, or spoken of twice as often as the next."""
    counts = done.counts
    fitting = sorted(
        ((count, -chain) for chain, count in counts.items() if drafts[chain].gender == gender), reverse=True
    )
    if not fitting or (len(fitting) > 1 and fitting[0][0] < 2 * fitting[1][0]):
        return None
    return -fitting[0][1]


def _most_spoken_of(done: _Discourse, drafts: list[Draft]) -> int | None:
    counts = done.counts
    return max(counts, key=lambda chain: (counts[chain], -chain), default=None)


def _protagonist(chain: int, done: _Discourse, drafts: list[Draft]) -> bool:
    """Whether the telling so far speaks of this person at least twice as often as of any other."""
    counts = done.counts
    others = [count for other, count in counts.items() if other != chain]
    return counts.get(chain, 0) >= 1.5 * max(others, default=0)


@cache
def _nominal() -> Keyed:
    """ "the 'Low Tide' singer", "her brother", "the mother of two", "the couple", "the 34-year-old"."""
    lists = load("en", "name")
    roles, pairs = lists.alternatives("role"), lists.alternatives("pair")
    word = r"(?:[\w“”\"’'‘.-]+ )"
    pattern = (
        rf"\b(?P<determiner>[Tt]he|[Hh]er|[Hh]is|[Tt]heir|[Oo]ne|[Aa]nother|[Aa]n?) "
        rf"(?:(?:{word}(?!(?:is|was|were|are|has|had|have|said|says|who|that|which|and|of|to|in|on|for|with|from)\b)){{0,4}}?"
        rf"(?:(?P<pair>{pairs})"
        rf"|(?P<role>{roles})(?: (?:{roles}))*(?: and (?:[\w’'-]+ ){{0,2}}?(?:{roles}))?(?: of (?:\w+))?)"
        rf"|(?P<age>\d{{1,3}}-year-old))\b(?!-|[’'‘]s)"
    )
    return Keyed(re.compile(pattern), lists.first_words("role", "pair") | {"old"})
