"""A story in a few sentences, and what is new in it: chosen from the tellings, nothing written.

1. map: the sentences of a telling that can stand in a digest.
2. brief: sentences that probably tell head facts (`head_facts`, a trained model), each adding words and events to those
   before it (maximal coverage: Lin and Bilmes 2011); beside each those of other tellings that tell the same event.
3. news: of the tellings since a day, the sentences of which no earlier telling says the greater part, and those that
   reprint one of its sentences with something new in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from math import exp, fsum, log, log1p, sqrt

from rapidfuzz.distance import LCSseq

from tellings.across.chronology.events import Told
from tellings.across.chronology.statements import happenings
from tellings.across.head_facts import features, head_facts, users_of
from tellings.across.headlines import headlines
from tellings.across.of_the_page import is_no_telling
from tellings.across.origins import by_telling
from tellings.across.standing_alone import leans, who_is_meant
from tellings.across.word_vectors import Space, Together, Vector, cosine, lower_words, stems_of
from tellings.model.dated import is_after
from tellings.model.records import DigestSentence, DocumentDate, Interval, Place, Provenance, Telling
from tellings.model.rules import load
from tellings.model.text import Span

#: Words of a sentence that a digest may hold, and the length that reads best.
SHORTEST, LONGEST, GOOD_LENGTH, OFF_LENGTH = 8, 55, 25, 0.3
#: Sentences that open a telling: what it holds to be the news.
OPENING = 4
#: What a sentence is worth that opens no telling, and one that cannot be read by itself, beside one that does.
LATER, LEANS = 0.7, 0.4
#: Cosine from which two sentences say one thing, and what each is worth the less for being like one before.
ALIKE, LIKE_BEFORE = 0.5, 0.8
#: Cosine from which a sentence that tells of the same event is set beside one, and from which it says the same of it,
#: so that its origin counts: of pairs of eleven stories, as read, nearly all do from the latter on, and half below .25.
BESIDE, SAME = 0.1, 0.3
#: Sentences of a brief, and of news, unless told otherwise.
BRIEF, NEWS = 7, 10
#: The sentences nearest to what all open with, of which a brief is chosen; what one is worth that tells only of events
#: that one before it tells of.
POOL, TOLD_BEFORE = 400, 0.5
#: Events that a sentence can add.
EVENTS = 2
#: What a word adds that no origin uses, beside one that all use: what others tell too is the story.
UNUSED = 0.3
#: What a sentence adds below which it stands in no brief: of those that add so little, few tell a head fact.
LEAST = 0.15
#: Share of a sentence from which it is a speaker's words, and says not who spoke.
ALL_SAID = 0.85
#: Share of a sentence's words, by their rarity, that one earlier sentence holds, from which it is not new.
KNOWN = 0.5
#: Share of the words of the longer of two sentences, in their order, that both have when one is the other, reprinted;
#: such a sentence is news from so many words.
REPRINTED, SHORTEST_REPRINT = 0.6, 4
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_FIGURE = re.compile(r"\d[\d.,]*")
#: Words of earlier sentences that a new one is compared by: the rarest of its own.
_LOOKED_UP, _HOLDERS = 8, 400
#: The best sentences that are looked at for others of what was chosen.
_SEARCHED = 5000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may stand in a digest; `opening`: it is among those that open its telling. `leans`: it cannot be
    read by itself, `unclear`: nor where the person meant by its first word stands before it; `ahead`: it tells of what
    is still to come. `when` is the first day that it tells of; `dated`: the date of its telling; `kinds`: the kinds of
    happening that it tells; `values`: its figures, but for those that say when.
    """

    place: Place
    words: tuple[str, ...]
    figures: int
    all_words: tuple[str, ...]
    size: int
    number: int
    told: date | None
    dated: DocumentDate
    leans: bool
    unclear: bool
    ahead: bool
    when: Interval | None
    kinds: frozenset[str]
    values: frozenset[str]

    @property
    def telling(self) -> str:
        """The id of its telling."""
        return self.place.telling

    @property
    def opens(self) -> bool:
        """Whether it stands where a telling says what it holds to be the news."""
        return self.number < OPENING


def brief(
    tellings: Sequence[Telling],
    origins: Sequence[Sequence[str]],
    found: Sequence[Told],
    most: int = BRIEF,
    *,
    heads: Mapping[str, float] | None = None,
    several: Mapping[str, float] | None = None,
) -> tuple[DigestSentence, ...]:
    """The story in up to `most` sentences: first what most surely tells head facts, as many origins do, then in the
    order of the days they tell of, as far as they are dated; else of their tellings. `found`: what the tellings tell
    of; `heads`, `several`: weights of the models, those shipped unless given."""
    origin_of = by_telling(origins)
    told = _candidates(tellings, SHORTEST)
    pool, space, near = _head_candidates(told, origin_of)
    events = _events_of(pool, found)
    weighty = _weighty(events, found)
    worth = [
        head_facts(each, heads, several) * (LEANS if one.unclear else 1.0)
        for one, each in zip(pool, _speaking(tellings, origin_of, weighty, pool, space, near), strict=True)
    ]
    adding = _adding(told, origin_of, space)
    chosen = _covering(pool, worth, events, [each.weighty for each in found], space, adding, most)
    everything = {(one.telling, one.place.span.start): one for one in told}
    others = {index: _telling_the_same(pool[index], events[index], found, everything, space) for index in chosen}
    picked = {
        index: _Picked(
            pool[index],
            tuple(one for like, one in others[index] if like >= SAME),
            tuple(one for like, one in others[index] if like < SAME),
        )
        for index in chosen
    }
    origins_of = {index: {origin_of[one.telling] for one in each.all} for index, each in picked.items()}
    head = max(chosen, key=lambda index: worth[index] * log1p(len(origins_of[index])), default=None)
    rank = {telling.id: place for place, telling in enumerate(tellings)}

    def order(index: int) -> tuple[bool, date, date, int, int]:
        one = pool[index]
        published = one.told or date.max
        day = one.when.earliest if one.when else published
        return index != head, day, published, one.number, rank[one.telling]

    return tuple(_sentence(picked[index], rank, origin_of, "head-facts") for index in sorted(chosen, key=order))


def _head_candidates(
    told: Sequence[Candidate], origin_of: Mapping[str, int]
) -> tuple[list[Candidate], Space, list[float]]:
    """The sentences that a brief is chosen from, with their space, and how near each is to what the openings of all
    other independent origins say together; of a large pile the nearest."""
    space = _space(told)
    openings: dict[int, list[Vector]] = defaultdict(list)
    for one in told:
        if one.opens:
            openings[origin_of[one.telling]].append(space.vector(one.place))
    together = Together(openings)
    near = [together.near(space.vector(one.place), origin_of[one.telling]) for one in told]
    first = sorted(range(len(told)), key=lambda index: (-near[index], told[index].place))[:POOL]
    return [told[index] for index in first], space, [near[index] for index in first]


def _events_of(pool: Sequence[Candidate], found: Sequence[Told]) -> list[frozenset[int]]:
    """Places of the events that each sentence tells."""
    told_by: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, event in enumerate(found):
        for statement in event.group:
            told_by[statement.telling, statement.place.span.start].add(number)
    return [frozenset(told_by[one.telling, one.place.span.start]) for one in pool]


def _weighty(events: Sequence[frozenset[int]], found: Sequence[Told]) -> list[float]:
    """How likely an event that each sentence tells is one of weight."""
    return [max((found[number].weighty for number in each), default=0.0) for each in events]


def _speaking(
    tellings: Sequence[Telling],
    origin_of: Mapping[str, int],
    weighty: Sequence[float],
    pool: Sequence[Candidate],
    space: Space,
    near: Sequence[float],
) -> list[dict[str, float]]:
    """What speaks for each sentence of the pool."""
    return features(pool, space, near, origin_of, headlines(tellings), weighty)


def speaking_for(
    tellings: Sequence[Telling], origins: Sequence[Sequence[str]], found: Sequence[Told]
) -> tuple[list[Candidate], list[dict[str, float]]]:
    """The sentences that a brief is chosen from, and what speaks for each: what the model is trained on."""
    origin_of = by_telling(origins)
    pool, space, near = _head_candidates(_candidates(tellings, SHORTEST), origin_of)
    weighty = _weighty(_events_of(pool, found), found)
    return pool, _speaking(tellings, origin_of, weighty, pool, space, near)


def _covering(
    pool: Sequence[Candidate],
    worth: Sequence[float],
    events: Sequence[frozenset[int]],
    weighty: Sequence[float],
    space: Space,
    adding: Mapping[str, float],
    most: int,
) -> list[int]:
    """Places of up to `most` sentences, each worth most for the words and the events of weight that it adds to those
    before it, none much like one of them. `weighty`: how likely each event is one of weight; `adding`: what each word
    adds."""
    covered: set[str] = set()
    told: set[int] = set()
    chosen: list[int] = []
    left = list(range(len(pool)))
    while left and len(chosen) < most:
        gains = {}
        for index in left:
            added = _new(pool[index], covered, space, adding)
            if events[index] and events[index] <= told:
                added *= TOLD_BEFORE
            new = sorted((weighty[event] for event in events[index] - told), reverse=True)
            gains[index] = worth[index] * (added + fsum(new[:EVENTS]))
        gain, best = min((-gain, index) for index, gain in gains.items())
        if -gain < LEAST:
            break
        chosen.append(best)
        covered.update(pool[best].words)
        told |= events[best]
        mine = space.vector(pool[best].place)
        left = [each for each in left if each != best and cosine(mine, space.vector(pool[each].place)) < ALIKE]
    return chosen


def _adding(told: Sequence[Candidate], origin_of: Mapping[str, int], space: Space) -> dict[str, float]:
    """What each word adds to a brief: by its rarity, the more the larger the share of origins that use it."""
    everyone = len(set(origin_of.values()))
    users = users_of(told, origin_of)
    return {word: space.rarity[word] * (UNUSED + len(mine) / everyone) for word, mine in users.items()}


def _new(one: Candidate, covered: Collection[str], space: Space, adding: Mapping[str, float]) -> float:
    """What the words of a sentence add that none before it has, beside the rarity of all its words."""
    words = set(one.words)
    whole = fsum(sorted(space.rarity[word] for word in words)) or 1.0
    return fsum(sorted(adding[word] for word in words.difference(covered))) / whole


def _telling_the_same(
    one: Candidate,
    events: frozenset[int],
    found: Sequence[Told],
    everything: Mapping[tuple[str, int], Candidate],
    space: Space,
) -> tuple[tuple[float, Candidate], ...]:
    """Of each other telling the sentence that tells an event of `one`, or says the same, most like it, and how like."""
    mine = space.vector(one.place)
    same = {
        (statement.telling, statement.place.span.start)
        for number in events
        for statement in found[number].group
        if statement.telling != one.telling
    }
    near: dict[str, tuple[float, Candidate]] = {}
    for key, other in everything.items():
        if other.telling == one.telling:
            continue
        like = cosine(mine, space.vector(other.place))
        if like >= (BESIDE if key in same else ALIKE) and (other.telling not in near or like > near[other.telling][0]):
            near[other.telling] = like, other
    return tuple(near.values())


def news(
    tellings: Sequence[Telling], origins: Sequence[Sequence[str]], since: date | Collection[str], most: int = NEWS
) -> tuple[DigestSentence, ...]:
    """Up to `most` sentences of tellings after `since` of which no telling up to then says the greater part, or that
    reprint an earlier sentence with something new in it, the weightiest first. Tellings without a date are taken for
    earlier ones, but where they tell of a day after `since`. `since` may be the ids of the later tellings instead."""

    def later(one: Candidate) -> bool:
        return is_after(one.dated, since) if isinstance(since, date) else one.telling in since

    everything = _candidates(tellings, SHORTEST_REPRINT)
    told = [one for one in everything if one.size >= SHORTEST]
    known = _Known(told, later)
    new = [one for one in told if later(one) and not known.holds(one)]
    short = [one for one in everything if one.size < SHORTEST and later(one)]
    if short:
        known = _Known(everything, later)
        changed = [one for one in short if known.reprints_changed(one) or known.counts_anew(one)]
        new, told = [*new, *changed], [*told, *changed]
    space = _space(told)
    together: dict[str, float] = defaultdict(float)
    for one in new:
        for word, value in space.vector(one.place).items():
            together[word] += value * (1.0 if one.opens else LATER)
    rank = {telling.id: place for place, telling in enumerate(tellings)}
    return tuple(
        _sentence(each, rank, by_telling(origins), "not-told-before") for each in _picked(new, most, space, together)
    )


@dataclass(frozen=True, slots=True)
class _Picked:
    """A sentence of a digest, those of other tellings that say the same, and those that tell of the same event."""

    best: Candidate
    alike: tuple[Candidate, ...]
    beside: tuple[Candidate, ...] = ()

    @property
    def all(self) -> tuple[Candidate, ...]:
        """All of these sentences."""
        return (self.best, *self.alike, *self.beside)


def _sentence(each: _Picked, rank: Mapping[str, int], origin_of: Mapping[str, int], rule: str) -> DigestSentence:
    alike, beside = (sorted(some, key=lambda one: rank[one.telling]) for some in (each.alike, each.beside))
    return DigestSentence(
        each.best.place,
        each.best.when,
        tuple(one.place for one in (*alike, *beside)),
        len(alike),
        len({origin_of[one.telling] for one in (each.best, *alike)}),
        Provenance("digest", rule),
    )


def _candidates(tellings: Iterable[Telling], shortest: int) -> list[Candidate]:
    return [one for telling in tellings for one in _sentences_of(telling, shortest)]


def _sentences_of(telling: Telling, shortest: int) -> Iterator[Candidate]:
    """The sentences of a telling's story paragraphs that can stand in a digest, of at least `shortest` words."""
    text = telling.text
    announced = {dating.sentence for dating in telling.datings if dating.status == "announced"}
    days: dict[Span, Interval] = {}
    for dating in telling.datings:
        if dating.interval is not None and not dating.background:
            days.setdefault(dating.sentence, dating.interval)
    said = _Stretches(quote.content for quote in telling.quotes if quote.type == "direct")
    times = _Stretches(timex.span for timex in telling.timexes)
    number = 0
    for sentence in telling.sentences:
        block = telling.blocks[sentence.block] if sentence.block < len(telling.blocks) else None
        if block is not None and (not block.story or block.kind in ("headline", "subheading")):
            continue
        span = sentence.span.trimmed(text)
        words = span.of(text)
        size = len(words.split())
        if shortest <= size <= LONGEST and words[-1:] in ".!”\"’'" and not is_no_telling(words):
            all_said = _is_all_said(span, said)
            leaning = leans(words) or all_said
            said_in_it = lower_words(words)
            yield Candidate(
                Place(telling.id, span),
                stems_of(said_in_it),
                len(_FIGURE.findall(words)),
                tuple(_WORD.findall(words.lower())),
                size,
                number,
                telling.document.date.value,
                telling.document.date,
                leaning,
                leaning and (all_said or who_is_meant(telling, span) is None),
                span in announced,
                days.get(span),
                frozenset(happenings(said_in_it)),
                frozenset(
                    match[0].rstrip(".,")
                    for match in _FIGURE.finditer(text, span.start, span.end)
                    if not times.meeting(Span(match.start(), match.start() + 1))
                ),
            )
        number += 1


class _Stretches:
    """Stretches of a text, looked up by place: a telling has many sentences and many of these."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        # Some may lie within others, so that their own ends are in no order.
        self._reached = list(accumulate((span.end for span in self._spans), max))

    def meeting(self, place: Span) -> list[Span]:
        """Those that have a character of `place`."""
        first = bisect_right(self._reached, place.start)
        last = bisect_left(self._spans, place.end, key=lambda each: each.start)
        return [span for span in self._spans[first:last] if span.end > place.start]


def _is_all_said(sentence: Span, said: _Stretches) -> bool:
    """Whether a sentence is a speaker's words alone, and says not who spoke."""
    inside = sum(
        max(0, min(sentence.end, each.end) - max(sentence.start, each.start)) for each in said.meeting(sentence)
    )
    return inside >= ALL_SAID * max(1, len(sentence))


def _space(told: Sequence[Candidate]) -> Space:
    return Space(((one.place, one.words) for one in told), more=1)


class _Known:
    """What the sentences that are not `later` say, looked up by the rarest words of a new one."""

    def __init__(self, told: Sequence[Candidate], later: Callable[[Candidate], bool]) -> None:
        self._rarity = _space(told).rarity
        self._earlier = [one for one in told if not later(one)]
        self._words = [frozenset(one.words) for one in self._earlier]
        self._kinds = frozenset(kind for one in self._earlier for kind in one.kinds)
        self._values = frozenset(value for one in self._earlier for value in one.values)
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._words):
            for word in words:
                self._holders[word].append(place)

    def holds(self, one: Candidate) -> bool:
        """Whether one earlier sentence says the greater part of `one`, and `one` is none of them with something new in
        it: a figure, or a kind of happening, that no earlier sentence has. What was only announced is not known yet."""
        words = self._rarest_first(one)
        whole = fsum(self._rarity[word] for word in words)
        held = any(
            fsum(self._rarity[word] for word in words if word in self._words[place]) >= KNOWN * whole
            for place in self._alike(one)
        )
        heard = one.kinds <= self._kinds and one.values <= self._values
        return held and heard and not self.reprints_changed(one)

    def reprints_changed(self, one: Candidate) -> bool:
        """Whether `one` is an earlier sentence, reprinted with something new in it."""
        alike = self._alike(one)
        return any(self._is_changed(one, place) for place in alike) and not any(
            self._says_all(one, place) for place in alike
        )

    def counts_anew(self, one: Candidate) -> bool:
        """Whether `one` ("Six people have died.") gives a number of a happening for which earlier sentences have other
        numbers alone."""
        mine, counted = frozenset(_numbers(one.all_words)), self._counted
        if not mine or one.unclear:
            return False
        return any(kind in counted and mine.isdisjoint(counted[kind]) for kind in one.kinds)

    @cached_property
    def _counted(self) -> Mapping[str, frozenset[str]]:
        """A kind of happening → the numbers that earlier sentences give beside it."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self._earlier:
            numbers = _numbers(one.all_words)
            for kind in one.kinds if numbers else ():
                found[kind].update(numbers)
        return {kind: frozenset(numbers) for kind, numbers in found.items()}

    def _rarest_first(self, one: Candidate) -> list[str]:
        return sorted(set(one.words), key=lambda word: (-self._rarity[word], word))

    def _alike(self, one: Candidate) -> set[int]:
        """The earlier sentences that have one of the rarest words of `one`."""
        places = {
            place for word in self._rarest_first(one)[:_LOOKED_UP] for place in self._holders.get(word, ())[:_HOLDERS]
        }
        return {place for place in places if one.ahead or not self._earlier[place].ahead}

    def _is_changed(self, one: Candidate, place: int) -> bool:
        """Whether `one` is that earlier sentence, reprinted with something that no earlier sentence says, or with
        another number, or with a word that denies put in or left out."""
        mine, theirs = one.all_words, self._earlier[place].all_words
        if LCSseq.normalized_similarity(mine, theirs) < REPRINTED:
            return False
        new = set(one.words) - self._words[place]
        return (
            any(word not in self._holders for word in new)
            or _denials(mine) != _denials(theirs)
            or _numbers(mine) != _numbers(theirs)
        )

    def _says_all(self, one: Candidate, place: int) -> bool:
        """Whether an earlier sentence says all that `one` does, and denies what it denies."""
        theirs = self._earlier[place].all_words
        return self._words[place].issuperset(one.words) and (
            (_denials(one.all_words), _numbers(one.all_words)) == (_denials(theirs), _numbers(theirs))
        )


def _denials(words: Sequence[str]) -> int:
    denying = load("en", "digest").words("denying")
    return sum(word in denying for word in words)


def _numbers(words: Sequence[str]) -> list[str]:
    numbers = load("en", "digest").words("number")
    return [word for word in words if word in numbers or word.isdecimal()]


def _picked(told: Sequence[Candidate], most: int, space: Space, together: Mapping[str, float]) -> tuple[_Picked, ...]:
    """Up to `most` sentences, the weightiest first: near to what all say `together`, of a good length, read
    by themselves, and none much like one before it."""
    length = sqrt(fsum(value * value for value in together.values())) or 1.0
    scores: dict[int, float] = {}
    for index, one in enumerate(told):
        near = fsum(value * together.get(word, 0.0) for word, value in space.vector(one.place).items()) / length
        near *= exp(-OFF_LENGTH * abs(log(one.size / GOOD_LENGTH)))
        near *= 1.0 if one.opens else LATER
        scores[index] = near * (LEANS if one.leans else 1.0)
    order = sorted(scores, key=lambda index: (-scores[index], told[index].place))
    # Only the better half of a large pile is looked at again: a sentence far from the middle is never chosen.
    pool = order[: max(200, 20 * most)]
    rank = {index: place for place, index in enumerate(pool)}
    chosen: list[int] = []
    while pool and len(chosen) < most:
        best = max(
            pool,
            key=lambda index: (
                scores[index] * (1 - LIKE_BEFORE * _nearest(space, told[index], [told[other] for other in chosen])),
                -rank[index],
            ),
        )
        pool.remove(best)
        if _nearest(space, told[best], [told[other] for other in chosen]) < ALIKE:
            chosen.append(best)
    found = []
    for index in chosen:
        mine = space.vector(told[index].place)
        alike: dict[str, Candidate] = {}
        for other in order[:_SEARCHED]:
            one = told[other]
            other_telling = one.telling != told[index].telling and one.telling not in alike
            if other_telling and cosine(mine, space.vector(one.place)) >= ALIKE:
                alike[one.telling] = one
        found.append(_Picked(told[index], tuple(alike.values())))
    return tuple(found)


def _nearest(space: Space, one: Candidate, others: Sequence[Candidate]) -> float:
    return max((cosine(space.vector(one.place), space.vector(other.place)) for other in others), default=0.0)
