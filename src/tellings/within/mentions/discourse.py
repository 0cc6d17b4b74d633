"""Whom a telling speaks of, mention by mention, and who of them is foremost in mind at a place.

Salience after Lappin & Leass (1994), cut down to what plain text gives: how near the last mention
is, whether it began its sentence, how often the chain is mentioned, and whether gender and role fit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tellings.model.records import Gender, MentionKind, Sentence
from tellings.model.text import Span
from tellings.within.mentions.chains import MAY_BE_PERSON, Draft, agree
from tellings.within.mentions.names import Inside

#: Weight of a mention by how many sentences back it stands (0 = this sentence).
_DISTANCE = (1.0, 0.8, 0.45, 0.25, 0.12)
#: A runner-up with at least this share of the best score makes a reference ambiguous.
_AMBIGUOUS = 0.86
#: Weight of a mention that begins its clause, and of a gender that the text tells; set on labelled pronouns.
LEADS, TELLS = 2.0, 0.3
#: Weight of the share of mentions, for a pronoun and for a description, which is mostly of whom all is about.
OFTEN, OFTEN_DESCRIBED = 0.2, 0.8
#: Highest salience of one that leads its sentence.
_HIGHEST = 3.6
#: Times as often as any other that somebody is spoken of, for whom all is about.
_PROTAGONIST = 1.5


@dataclass(slots=True)
class Link:
    """A mention and the chain it is linked to, by a rule. `sentence` counts those of the telling's own words;
    `quoted`: it stands in another's words; `leads`: it begins its clause, as subjects do."""

    span: Span
    kind: MentionKind
    chain: int | None
    rule: str
    score: float | None
    sentence: int
    quoted: bool
    leads: bool
    gender: Gender = "unknown"


class Meant(NamedTuple):
    """Whom a reference means, or why nobody is sure; `score` is uncalibrated, from 0 to 1."""

    chain: int | None
    rule: str
    score: float | None = None


class Foremost(NamedTuple):
    """The chain of highest salience, `None` where there is none; `ambiguous`: another is nearly as high."""

    chain: int | None
    score: float | None
    ambiguous: bool


class Sentences:
    """Where the sentences of a story stand, and how many have words of the telling's own."""

    def __init__(self, text: str, sentences: tuple[Sentence, ...], quoted: Inside) -> None:
        self._sentences = sentences
        self._starts = [sentence.span.start for sentence in sentences]
        self._ranks: list[int] = []
        for sentence in sentences:
            last = sentence.span.trimmed(text).end - 1
            own = not ((sentence.span.start + 1) in quoted and (max(sentence.span.start, last - 1)) in quoted)
            self._ranks.append((self._ranks[-1] if self._ranks else 0) + (1 if own else 0))

    def _index(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def at(self, position: int) -> Span:
        """The sentence that holds a position."""
        return self._sentences[self._index(position)].span

    def rank(self, position: int) -> int:
        """Sentences up to the one that holds a position that have words of the telling's own."""
        return self._ranks[self._index(position)]


class Discourse:
    """The mentions so far, in order, with how often each person was mentioned, and for each sentence the chains
    mentioned in it with the weight of the mention that counts most."""

    def __init__(self, drafts: list[Draft]) -> None:
        self.links: list[Link] = []
        self.counts: dict[int, int] = {}
        self.drafts = drafts
        self._mentioned: Counter[int] = Counter()
        # The person with the most mentions, and how many the one after has.
        self._most: int | None = None
        self._next = 0
        self._weights: dict[int, dict[int, float]] = {}

    def append(self, link: Link) -> None:
        """Go on to the next mention."""
        self.links.append(link)
        if link.chain is not None:
            self._mentioned[link.chain] += 1
            if self.drafts[link.chain].kind == "person":
                self._counted(link.chain, self.counts.get(link.chain, 0) + 1)
        if link.chain is not None and not link.quoted:
            here = self._weights.setdefault(link.sentence, {})
            here[link.chain] = max(here.get(link.chain, 1.0), LEADS if link.leads else 1.0)

    def count(self, chain: int) -> None:
        """Count anew the mentions of a chain that has turned out to be a person."""
        self._counted(chain, self._mentioned[chain])

    def _counted(self, chain: int, count: int) -> None:
        """Note how often a person was mentioned, and who is mentioned most: this is asked for at each description."""
        self.counts[chain] = count
        most = self._most
        if most is None or most == chain:
            self._most = chain
        elif (count, -chain) > (self.counts[most], -most):
            self._most, self._next = chain, max(self._next, self.counts[most])
        else:
            self._next = max(self._next, count)

    def foremost(self, sentence: int, gender: Gender, often: float = OFTEN) -> Foremost:
        """The person of `gender` of highest salience at a sentence."""
        scores = self._scores(sentence, gender, often)
        if not scores:
            return Foremost(None, None, False)
        (best, score), *others = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        ambiguous = bool(others and others[0][1] >= _AMBIGUOUS * score)
        return Foremost(best, round(min(1.0, score / _HIGHEST), 3), ambiguous)

    def _scores(self, sentence: int, gender: Gender, often: float) -> dict[int, float]:
        """Salience of each person who could be meant."""
        scores: dict[int, float] = {}
        for distance, share in enumerate(_DISTANCE):
            for chain, weight in self._weights.get(sentence - distance, {}).items():
                if _could_be_meant(self.drafts[chain], gender):
                    scores[chain] = max(scores.get(chain, 0.0), share * weight)
        total = sum(self.counts.get(chain, 0) for chain in scores)
        for chain in scores:
            scores[chain] += often * self.counts.get(chain, 0) / max(total, 1)
            if gender != "unknown" and self.drafts[chain].gender == gender:
                scores[chain] += TELLS
        return scores

    def only(self, gender: Gender) -> int | None:
        """The person of that gender the telling is about so far: the only one, or spoken of twice as often as the
        next."""
        fitting = sorted(
            ((count, -chain) for chain, count in self.counts.items() if self.drafts[chain].gender == gender),
            reverse=True,
        )
        if not fitting or (len(fitting) > 1 and fitting[0][0] < 2 * fitting[1][0]):
            return None
        return -fitting[0][1]

    def most_spoken_of(self) -> int | None:
        """The person with the most mentions so far."""
        return self._most

    def is_protagonist(self, chain: int) -> bool:
        """Whether the telling so far speaks of this person clearly more often than of any other."""
        others = self._next if chain == self._most else self.counts[self._most] if self._most is not None else 0
        return self.counts.get(chain, 0) >= _PROTAGONIST * others

    def described_since(self, chain: int, sentence: int, gender: Gender) -> bool:
        """Whether somebody described but not named ("one woman") came up since the chain's last mention: in the last
        three sentences when the description tells that gender, at the head of the last one when it tells none."""
        for link in self._backwards(sentence, 4):
            if link.chain == chain:
                return False
            if link.kind != "nominal" or link.chain is not None or link.quoted or not link.leads:
                continue
            if link.gender == gender != "unknown":
                return True
            if sentence - link.sentence <= 1:
                return link.rule in NOBODY
        return False

    def _backwards(self, sentence: int, reach: int) -> Iterator[Link]:
        """The mentions at most `reach` sentences back, last first."""
        for link in reversed(self.links):
            if sentence - link.sentence >= reach:
                return
            yield link


#: Rules by which a description means nobody who is named.
NOBODY = ("not clear who is meant", "nobody is called so", "indefinite")


def _could_be_meant(draft: Draft, gender: Gender) -> bool:
    """Whether a chain may be a person of that gender."""
    if draft.gender in ("neuter", "plural") or not agree(gender, draft.gender):
        return False
    if draft.kind == "person":
        return True
    known = draft.gender != "unknown" or draft.speaks
    return draft.kind == "unknown" and known and len(draft.full) <= MAY_BE_PERSON
