"""How likely it is that two statements tell one event: features of the pair, for a logistic regression.

The weights are trained by train/events.py on stories whose events were noted by reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import fsum, log, log1p, sqrt

from tellings.across.chronology.statements import Statement
from tellings.across.word_vectors import Space, Vector, cosine

#: Share of all words of two sentences that both have (Jaccard) when they are one sentence, reprinted, and the fewest.
REPRINTED, FEWEST_REPRINTED = 0.8, 4
#: Days between two tellings from which farther says no more.
FARTHEST = 30
#: The sentences that open a telling.
OPENING = 3
#: Words of a clause from which it is compared by its own words, not by those of its sentence.
OWN_WORDS = 4


class Words:
    """What the words of a story's statements are worth: vectors of sentences, of clauses and of names."""

    def __init__(self, told: Sequence[Statement]) -> None:
        self.space = Space((((one.place, one.when), one.vector_words) for one in told), more=2)
        self.rarity = self.space.rarity
        counts = Counter(word for one in told for word in set(one.vector_words))
        #: Words that more than one statement has.
        self.shared = frozenset(word for word, count in counts.items() if count > 1)
        #: Day or days → how many statements give them.
        self.crowd = Counter(one.when for one in told if one.dated)
        self._clauses: dict[tuple[str, ...], Vector] = {}
        # The words of a sentence are the same whichever day is asked for.
        self._key = {one.place: (one.place, one.when) for one in told}
        # A statement is asked for with each that it is held against: by its identity, for it is long to hash.
        self._told = tuple(told)
        self._sentences = {id(one): self.space.vector(self._key[one.place]) for one in self._told}
        self._clause_of: dict[int, Vector] = {}

    def sentence(self, one: Statement) -> Vector:
        """The vector of its sentence."""
        found = self._sentences.get(id(one))
        return self.space.vector(self._key[one.place]) if found is None else found

    def clause(self, one: Statement) -> Vector:
        """The vector of its clause, or of its sentence where that is short."""
        found = self._clause_of.get(id(one))
        if found is None:
            found = self.of(one.clause_words if len(one.clause_words) >= OWN_WORDS else one.vector_words)
            if id(one) in self._sentences:  # another may come to stand where one stood that is not kept here
                self._clause_of[id(one)] = found
        return found

    def of(self, words: tuple[str, ...]) -> Vector:
        """The vector of some words, of length 1, each counted once; empty where the story has none of them."""
        found = self._clauses.get(words)
        if found is None:
            found = self._clauses[words] = self.space.of(words)
        return found


def features(a: Statement, b: Statement, words: Words) -> dict[str, float]:
    """What speaks for and against that two statements tell one event; the order does not matter. What is not there is
    0."""
    whole = cosine(words.sentence(a), words.sentence(b))
    mine, theirs = words.clause(a), words.clause(b)
    shared = mine.keys() & theirs.keys()
    found = {"bias": 1.0, "sentence": whole}
    if shared:
        least, rarity = min(len(mine), len(theirs)), words.rarity
        rare = sorted([rarity[word] for word in shared], reverse=True)
        found["clause"] = fsum([mine[word] * theirs[word] for word in shared])
        found["overlap"] = len(shared) / least
        found["rarest"] = rare[0]
        if len(rare) > 1:
            found["rare_next"] = rare[1]
        found["rare_sum"] = log1p(fsum(rare))
        found["plain"] = len(shared.difference(a.names, b.names)) / least
    if a.kinds and b.kinds:
        if kinds := a.kinds & b.kinds:
            found["happening"] = max([words.rarity.get(kind, 0.0) for kind in kinds])
        else:
            found["happening_other"] = 1.0
    if not a.event_kinds.isdisjoint(b.event_kinds):
        found["kind"] = 1.0
    if reprinted(a.all_words, b.all_words):
        found["reprinted"] = 1.0
    if a.names and b.names:
        both = len(a.names & b.names)
        if both:
            found["names"] = both / sqrt(len(a.names) * len(b.names))
        else:
            found["names_other"] = 1.0
    if a.numbers and b.numbers:
        found["numbers_other" if a.numbers.isdisjoint(b.numbers) else "numbers"] = 1.0
    if a.telling == b.telling:
        found["same_telling"] = 1.0
    opening = (a.number < OPENING) + (b.number < OPENING)
    if opening:
        found["opening_both" if opening == 2 else "opening_one"] = 1.0
    speech = a.speech + b.speech
    if speech:
        found["speech_both" if speech == 2 else "speech_one"] = 1.0
    found.update(_days(a, b, whole, words))
    if a.open or b.open:
        found["open"] = 1.0
        if not a.weekdays.isdisjoint(b.weekdays):
            found["open_weekday"] = 1.0
        if not a.weekdays and not b.weekdays:
            found["open_no_weekday"] = 1.0
    if a.background != b.background:
        found["background_one"] = 1.0
    if a.announced != b.announced:
        found["announced_one"] = 1.0
    if a.told is not None and b.told is not None:
        found["told_apart"] = log1p(min(FARTHEST, abs((a.told - b.told).days)))
    return found


def _days(a: Statement, b: Statement, whole: float, words: Words) -> dict[str, float]:
    """What the days of two statements say, whose sentences are as alike as `whole`."""
    if a.dated and b.dated:
        ago = max((one.told - one.when.latest).days if one.told is not None else 0 for one in (a, b))
        found = {"crowd": log(max(words.crowd[a.when], words.crowd[b.when], 1)), "long_ago": log1p(max(0, ago))}
        least, most = sorted((a.when.days, b.when.days))
        if most == 1:
            found["one_day"] = 1.0
            found["one_day_sentence"] = whole
        elif a.when == b.when:
            found["one_interval"] = 1.0
        else:
            found["within"] = 1.0
            found["wider"] = log(most / least)
        return found
    if a.dated or b.dated:
        return {"day_one": 1.0, "day_one_near": float(a.when.overlaps(b.when)), "day_one_sentence": whole}
    return {"day_none_sentence": whole, "day_none_events": float(a.tense == b.tense == "event")}


def reprinted(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sentences, by all of their words, are one sentence that was printed twice. Those that differ in a
    number ("4 pm", "5 pm") are not."""
    return _nearly_the_same(a, b) and _numbers(a) == _numbers(b)


def differ_in_a_number(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sentences are one but for a number: two happenings ("at 4 pm", "at 5 pm"), told in the same words."""
    mine, theirs = _numbers(a), _numbers(b)
    return mine != theirs and (a - mine == b - theirs or _nearly_the_same(a, b))


def _nearly_the_same(a: frozenset[str], b: frozenset[str]) -> bool:
    few, many = sorted((len(a), len(b)))
    if few < REPRINTED * many:  # no more can be shared
        return False
    both = len(a & b)
    return both >= FEWEST_REPRINTED and both >= REPRINTED * len(a | b)


@lru_cache(maxsize=1 << 13)
def _numbers(words: frozenset[str]) -> frozenset[str]:
    """The words with a digit; of a sentence they are asked for with each that it is held against."""
    return frozenset(word for word in words if any(map(str.isdigit, word)))
