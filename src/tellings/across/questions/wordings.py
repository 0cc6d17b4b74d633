"""What one person is quoted with in other words: quotations of one speaker about one thing that were not found to be
one utterance. Two utterances, or one that two outlets heard differently: a reader sees both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from tellings.across.questions.sentence_words import COMMON, by_place, numbered, rarity, words_of
from tellings.language.base import language_of
from tellings.model.records import Family, Person, Place, Telling

#: Stems of a quotation from which it says something, and that two share at least.
FEWEST, SHARED = 3, 2
#: Cosine from which two quotations speak of one thing, and from which they are one.
ALIKE, ONE = 0.33, 0.9
#: Characters between two quotations of one telling within which they are one speech.
ONE_SPEECH = 300
#: What a quotation is worth by where it stands.
_WORTH = (1.0, 0.8, 0.6)


@dataclass(frozen=True, slots=True)
class Worded:
    """Two quotations of one speaker that may be one utterance: how alike they are, 0 to 1, what that is worth to a
    reader, and the speaker's name."""

    first: Place
    second: Place
    likeness: float
    score: float
    speaker: str


@dataclass(frozen=True, slots=True)
class _Said:
    place: Place
    stems: frozenset[str]
    direct: bool
    number: int
    family: int | None


def wordings(
    tellings: Sequence[Telling], people: Sequence[Person], families: Sequence[Family], most: int
) -> tuple[Worded, ...]:
    """Up to `most` pairs of quotations of one speaker, none of one family, the most telling first, each quotation
    once."""
    by_speaker = _by_speaker(tellings, people, families)
    rare = rarity(said.stems for each in by_speaker.values() for said in each)
    found = [
        worded for speaker, said in sorted(by_speaker.items()) for worded in _alike(people[speaker].name, said, rare)
    ]
    found.sort(key=lambda worded: (-worded.score, worded.first, worded.second))
    kept: list[Worded] = []
    taken: set[Place] = set()
    for worded in found:
        both = {worded.first, worded.second}
        if len(kept) < most and taken.isdisjoint(both):
            kept.append(worded)
            taken |= both
    return tuple(kept)


def _by_speaker(
    tellings: Sequence[Telling], people: Sequence[Person], families: Sequence[Family]
) -> dict[int, list[_Said]]:
    """What each person of the story is quoted with."""
    someone = {chain: index for index, person in enumerate(people) for chain in person.chains}
    family = {
        (variant.telling, quote): number
        for number, each in enumerate(families)
        for variant in each.variants
        for quote in variant.quotes
    }
    found: dict[int, list[_Said]] = defaultdict(list)
    for telling in tellings:
        language = language_of(telling.document.read_as)
        number = numbered(telling)
        for index, quote in enumerate(telling.quotes):
            speaker = someone.get((telling.id, quote.speaker)) if quote.speaker is not None else None
            if speaker is None or quote.status != "shown" or quote.rank != "said by":
                continue
            words = words_of(telling.text, quote.content, language)
            stems = frozenset(word.stem for word in words if word.stem)
            if len(stems) >= FEWEST:
                place = Place(telling.id, quote.content)
                at, own = number(quote.content.start), family.get((telling.id, index))
                found[speaker].append(_Said(place, stems, quote.type == "direct", at, own))
    return found


def _alike(name: str, said: Sequence[_Said], rare: dict[str, float]) -> Iterator[Worded]:
    """The pairs of what one person is quoted with that speak of one thing."""
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
            if (
                not ALIKE <= cosine < ONE
                or count[other] < SHARED
                or not (each.direct or before.direct)
                or _one_speech(before, each)
            ):
                continue
            worth = sqrt(by_place(before.number, _WORTH) * by_place(each.number, _WORTH))
            yield Worded(before.place, each.place, round(cosine, 3), cosine * worth, name)


def _one_speech(one: _Said, other: _Said) -> bool:
    """Whether two quotations are of one family, or follow one another in one telling."""
    if one.family is not None and one.family == other.family:
        return True
    if one.place.telling != other.place.telling:
        return False
    first, second = sorted((one.place.span, other.place.span))
    return second.start - first.end < ONE_SPEECH
