"""What one person is quoted with in other words: quotations of one speaker about one thing that were not found to be
one utterance. Two utterances, or one that two outlets heard differently: a reader sees both. Where it is not sure who
speaks ("he said"), they are the more alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from rapidfuzz.distance import Indel

from tellings.across.questions.sentence_words import COMMON, by_place, numbered, rarity, words_of
from tellings.language.base import Language, language_of
from tellings.model.records import Family, Person, Place, Quote, QuoteType, Telling

#: Stems of a quotation from which it says something, and that two share at least; words of a short one.
FEWEST, SHARED, SHORT = 3, 2, 4
#: Cosine from which two quotations of one speaker speak of one thing, from which two speak of it where it is not said
#: of both who says so, and where one telling says that they are of two, and from which they are one.
ALIKE, NEARLY, WHOEVER, ONE = 0.33, 0.5, 0.75, 0.9
#: Share of the letters of two words that are the same from which one is the other spelled otherwise.
SPELLED = 0.75
#: Characters between two quotations of one telling within which they are one speech.
ONE_SPEECH = 300
#: What a quotation is worth by where it stands.
_WORTH = (1.0, 0.8, 0.6)


@dataclass(frozen=True, slots=True)
class Worded:
    """Two quotations of one speaker that may be one utterance: how alike they are, 0 to 1, what that is worth to a
    reader, and the speaker's name, "" where nobody is named."""

    first: Place
    second: Place
    likeness: float
    score: float
    speaker: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A quotation: its stems and its words, where it stands, and of which family. `speaker`: who says it, among the
    people of the story, else the words that say who, "" where nothing does; `sure`: a person of the story does."""

    place: Place
    stems: frozenset[str]
    words: frozenset[str]
    type: QuoteType
    number: int
    family: int | None
    speaker: int | str
    sure: bool


def wordings(
    tellings: Sequence[Telling], people: Sequence[Person], families: Sequence[Family], most: int
) -> tuple[Worded, ...]:
    """Up to `most` pairs of quotations of one speaker, none of one family, the most telling first, each quotation
    once."""
    said = list(_said(tellings, people, families))
    found = list(_alike(said, rarity(each.stems for each in said), people))
    found.sort(key=lambda worded: (-worded.score, worded.first, worded.second))
    kept: list[Worded] = []
    taken: set[Place] = set()
    for worded in found:
        both = {worded.first, worded.second}
        if len(kept) < most and taken.isdisjoint(both):
            kept.append(worded)
            taken |= both
    return tuple(kept)


def _said(tellings: Sequence[Telling], people: Sequence[Person], families: Sequence[Family]) -> Iterator[_Said]:
    """What anybody is quoted with."""
    someone = {chain: index for index, person in enumerate(people) for chain in person.chains}
    family = {
        (variant.telling, quote): number
        for number, each in enumerate(families)
        for variant in each.variants
        for quote in variant.quotes
    }
    for telling in tellings:
        language = language_of(telling.document.read_as)
        number = numbered(telling)
        for index, quote in enumerate(telling.quotes):
            speaker = _speaker(telling, quote, someone, language)
            sure = isinstance(speaker, int) and quote.rank == "said by"
            if quote.status not in ("shown", "unsure") or not (sure or quote.type != "indirect"):
                continue
            words = words_of(telling.text, quote.content, language)
            stems = frozenset(word.stem for word in words if word.stem)
            if len(stems) >= (FEWEST if sure else SHARED) and (sure or len(words) >= SHORT):
                place = Place(telling.id, quote.content)
                at, own = number(quote.content.start), family.get((telling.id, index))
                written = frozenset(word.written for word in words)
                yield _Said(place, stems, written, quote.type, at, own, speaker, sure)


def _speaker(telling: Telling, quote: Quote, someone: Mapping[tuple[str, int], int], language: Language) -> int | str:
    """Who a quotation is of, "" where that is not known."""
    if quote.status != "shown":
        return ""
    if quote.speaker is not None:
        return someone.get((telling.id, quote.speaker), telling.chains[quote.speaker].name)
    described = quote.described.of(telling.text).lower() if quote.described else ""
    return "" if described in language.words("digest", "function") else described


def _alike(said: Sequence[_Said], rare: dict[str, float], people: Sequence[Person]) -> Iterator[Worded]:
    """The pairs of quotations of one speaker that speak of one thing."""
    holders: dict[str, list[int]] = defaultdict(list)
    lengths = [sqrt(fsum(rare[word] ** 2 for word in each.stems)) for each in said]
    for place, each in enumerate(said):
        shared: dict[int, float] = defaultdict(float)
        count: dict[int, int] = defaultdict(int)
        for word in sorted(each.stems):
            if len(holders[word]) <= COMMON:
                for other in holders[word]:
                    shared[other] += rare[word] ** 2
                    count[other] += 1
            holders[word].append(place)
        for other, product in shared.items():
            before, cosine = said[other], product / (lengths[place] * lengths[other])
            if count[other] < SHARED or not ALIKE <= cosine < ONE or not _of_one(before, each, cosine):
                continue
            worth = sqrt(by_place(before.number, _WORTH) * by_place(each.number, _WORTH))
            name = people[each.speaker].name if isinstance(each.speaker, int) and each.speaker == before.speaker else ""
            yield Worded(before.place, each.place, round(cosine, 3), cosine * worth, name)


def _of_one(a: _Said, b: _Said, cosine: float) -> bool:
    """Whether two quotations so alike may be of one speaker, who says it in other words."""
    if _one_speech(a, b) or not _in_other_words(a.words, b.words):
        return False
    if a.sure and b.sure and a.speaker == b.speaker and "direct" in (a.type, b.type):
        return True
    # What two tellings give in nearly the same words, and to two speakers, is one utterance: a reader asks whose.
    of_two = a.place.telling == b.place.telling and "" not in (a.speaker, b.speaker) and a.speaker != b.speaker
    return cosine >= (WHOEVER if of_two else NEARLY) and "indirect" not in (a.type, b.type)


def _in_other_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each of two has a word that the other lacks, and does not only spell otherwise."""
    return _has_own(one - other, other - one) and _has_own(other - one, one - other)


def _has_own(words: frozenset[str], others: frozenset[str]) -> bool:
    return any(all(Indel.normalized_similarity(word, each) < SPELLED for each in others) for word in words)


def _one_speech(one: _Said, other: _Said) -> bool:
    """Whether two quotations are of one family, or follow one another in one telling."""
    if one.family is not None and one.family == other.family:
        return True
    if one.place.telling != other.place.telling:
        return False
    first, second = sorted((one.place.span, other.place.span))
    return second.start - first.end < ONE_SPEECH
