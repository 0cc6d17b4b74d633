"""Which facts of one key speak of one occasion: by the days and the places in their sentences.

A toll of an earlier attack, told as background, must neither meet the toll of the story nor keep it
from being compared. Days decide first; a place parts two facts only where both tellings know both
places, or where no day says that the occasion is one. What stays in doubt stays together and is
"unclear" later, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations

from tellings.across.slots.about import Given, Key, once
from tellings.across.slots.values import Value, facts_overlap, overlap, values
from tellings.model.records import Interval
from tellings.model.rules import load

#: Two days for one event further apart than this (days) may be two occasions of it; wider stretches are no day.
ONE_OCCASION = 31
#: A telling without a day beside a number speaks of these days (before its own) or of days it names.
NEWS_DAYS = 7
#: Bounds in one telling further apart than this (ratio) are of two things.
ONE_THING = 1.5
#: Names of places are one when they begin alike for so many letters: "Larkfield" and "Larkfielders".
PLACE_STEM = 5

#: Two sentences that share so many other words tell one thing when their numbers agree.
LIKE_SENTENCE = 3

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_PLACE = re.compile(
    r"(?<!\w)(?:in|at|near|outside|(?:province|city|town|village|district|region|state)\s+of)\s+(?:the\s+)?"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|"
    r"Aug|Sept?|Oct|Nov|Dec|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?(?!\w))([A-Z][\w-]+)"
)
_ARTICLE = re.compile(r"^(?:al|el|as|ar|ash|ad|an|at|the)[-\s]")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in a fact's sentence: placed days, names of places, and other content words (by their stems).

    `background`: words that set the number in another time than the news ("in recent years") or make it
    a running total ("in the past 24 hours").
    """

    days: tuple[Interval, ...]
    places: frozenset[str]
    words: frozenset[str]
    background: bool

    @property
    def news_days(self) -> tuple[Interval, ...]:
        """Those of its days that are days and not whole years."""
        return tuple(day for day in self.days if day.days <= ONE_OCCASION)


class Surroundings:
    """What stands beside each fact, read once."""

    def __init__(self, given: Iterable[Given]) -> None:
        self._beside: dict[tuple[str, int], Beside] = {}
        self._text: dict[str, str] = {}
        self._near: dict[tuple[str, date | None], list[Interval]] = {}
        for one in given:
            self._beside[one.reference] = _beside(one)
            self._text.setdefault(one.telling.id, one.telling.text.lower())
            self._near.setdefault((one.telling.id, one.date.value), _near(one))

    def __getitem__(self, one: Given) -> Beside:
        return self._beside[one.reference]

    def meet(self, one: Given, other: Given) -> bool:
        """Whether days and places say that two facts speak of one occasion, as far as they go."""
        a, b = self[one], self[other]
        if a.days and b.days and not any(_same_time(x, y) for x in a.days for y in b.days):
            return False
        if a.background != b.background:
            return False
        if a.places and b.places and not _share_place(a.places, b.places):
            return False
        if one.telling.id == other.telling.id:
            return True
        if bool(a.days) != bool(b.days) and not self._names_day(other if a.days else one, a.days or b.days):
            return False
        return bool(a.places) == bool(b.places) or self._names_any(other if a.places else one, a.places or b.places)

    def apart(self, one: Given, other: Given) -> bool:
        """Whether days or places show two facts to speak of two occasions."""
        a, b = self[one], self[other]
        equal = facts_overlap(one.fact, other.fact)
        if one.telling.id == other.telling.id:
            # A telling gives one number for one thing: two that exclude one another never link two occasions.
            return not equal
        if a.background != b.background and not equal:
            return True
        if a.days and b.days and not any(_same_time(x, y) for x in a.days for y in b.days):
            return True
        if bool(a.days) != bool(b.days) and self._elsewhen(other if a.days else one, a.days or b.days):
            return True
        if equal and len(a.words & b.words) >= LIKE_SENTENCE:
            return False
        if not a.places or not b.places or _share_place(a.places, b.places):
            return False
        same_day = any(x.overlaps(y) for x in a.news_days for y in b.news_days)
        if same_day:
            # Two names on one day may be a town and its province; both tellings must know both to part them.
            return self._names_any(one, b.places) and self._names_any(other, a.places)
        return not self._names_any(one, b.places) and not self._names_any(other, a.places)

    def _names_day(self, one: Given, days: Iterable[Interval]) -> bool:
        """Whether the telling was told within a week after one of `days`, or places something on one of them."""
        return any(_same_time(day, other) for day in days for other in self._near[one.telling.id, one.date.value])

    def _names_any(self, one: Given, places: Iterable[str]) -> bool:
        text = self._text[one.telling.id]
        return any(_ARTICLE.sub("", place)[: max(PLACE_STEM, len(place) - 2)] in text for place in places)

    def _elsewhen(self, one: Given, days: tuple[Interval, ...]) -> bool:
        """Whether a fact without a day is told in a telling that cannot mean `days` by it, as far as is known."""
        if one.date.value is None and any(day.days <= ONE_OCCASION for day in days):
            return False
        return not self._names_day(one, days)


def occasions(about: Key, given: list[Given]) -> list[list[Given]]:
    """`given` apart by occasion.

    Raises:
        RuleError: there are no fact rules for a telling's language, or they cannot be used.
    """
    if about.kind == "date":
        return _far_days(about, given)
    if about.kind == "money" and about.head in load(given[0].telling.document.read_as, "fact").words("growing_sum"):
        return [given]
    if about.kind in ("count", "money", "measure") and len(given) > 1:
        around = Surroundings(given)
        return [part for linked in by_occasion(given, around) for part in _unmixed(linked, around)]
    return [given]


def _far_days(about: Key, given: list[Given]) -> list[list[Given]]:
    """An event that can recur has another slot for days far off."""
    if about.head in once(given[0].telling.document.read_as):
        return [given]
    placed = sorted(
        (one for one in given if one.fact.interval is not None),
        key=lambda one: (one.fact.interval or Interval(date.min, date.min), one.reference),
    )
    found: list[list[Given]] = []
    latest = date.min
    for one in placed:
        assert one.fact.interval is not None
        if not found or (one.fact.interval.earliest - latest).days > ONE_OCCASION:
            found.append([])
        found[-1].append(one)
        latest = max(latest, one.fact.interval.latest)
    return found


def by_occasion(given: list[Given], around: Surroundings) -> list[list[Given]]:
    """`given` apart where days or places part them, and nothing links them through others.

    Facts with a day of their own come first; one without joins the first occasion it fits in full, so
    that a sentence without a day never links two days.
    """
    groups: list[list[Given]] = []
    dated = [one for one in given if around[one].news_days]
    for one in (*dated, *(one for one in given if not around[one].news_days)):
        fitting = [
            group
            for group in groups
            if not any(_clashes(one, other, around) for other in group)
            and any(not around.apart(one, other) for other in group)
        ]
        equal = [group for group in fitting if any(facts_overlap(one.fact, other.fact) for other in group)]
        if best := equal or fitting:
            best[0].append(one)
        else:
            groups.append([one])
    return groups


def _clashes(one: Given, other: Given, around: Surroundings) -> bool:
    """Whether two facts of different tellings stand beside days that exclude one another."""
    days, other_days = around[one].news_days, around[other].news_days
    return bool(days and other_days) and not any(x.overlaps(y) for x in days for y in other_days)


def _unmixed(given: list[Given], around: Surroundings) -> list[list[Given]]:
    """`given` apart where one name stands for several things within a telling.

    A telling that gives several values for a name speaks of several things by it. Its main one, given
    first and the largest, is compared with the others'; of the rest only those meet another telling's
    that are equal to it and stand in a like sentence.
    """
    found = values(given)
    mixed = {name for a, b in combinations(found, 2) for name in a.tellings & b.tellings if not _one_thing(a, b)}
    if not mixed:
        return [given]
    main = {one.reference for name in mixed for one in _main([one for one in given if one.telling.id == name])}
    compared = [one for one in given if one.telling.id not in mixed or one.reference in main]
    apart: list[list[Given]] = []
    for one in (one for one in given if one.telling.id in mixed and one.reference not in main):
        home = next((group for group in (compared, *apart) if any(_alike(one, other, around) for other in group)), None)
        if home is None:
            apart.append([one])
        else:
            home.append(one)
    return [group for group in (compared, *apart) if group]


def _main(given: list[Given]) -> list[Given]:
    """The facts that give a telling's main value: the first one, where no later one is larger; else none."""
    first = min(given, key=lambda one: one.fact.span)
    equal = [one for one in given if facts_overlap(one.fact, first.fact)]
    largest = max(one.fact.low or 0.0 for one in given)
    if any((one.fact.low or 0.0) >= largest for one in equal) and len(equal) < len(given):
        return equal
    return []


def _one_thing(a: Value, b: Value) -> bool:
    """Whether two values that one telling gives can be one: "at least 58" and "58", not "72" and "1,400"."""
    if not overlap(a, b):
        return False
    if "vague" in (a.fact.bound, b.fact.bound) or not a.low or not b.low:
        return True
    return max(a.low, b.low) <= ONE_THING * min(a.low, b.low)


def _alike(one: Given, other: Given, around: Surroundings) -> bool:
    """Whether two facts give one value, in one telling or in sentences that share a word."""
    equal = (one.fact.low, one.fact.high) == (other.fact.low, other.fact.high)
    return equal and (one.telling.id == other.telling.id or bool(around[one].words & around[other].words))


# ---- what stands beside a fact -----------------------------------------------------------


def _beside(one: Given) -> Beside:
    span, telling = one.sentence, one.telling
    days = tuple(
        timex.interval
        for timex in telling.timexes
        if timex.interval is not None and timex.type in ("DATE", "TIME") and span.contains(timex.span)
    )
    narrow = any(day.days <= ONE_OCCASION for day in days)
    past, running = _background(telling.document.read_as)
    background = running.search(telling.text, span.start, span.end) or (
        not narrow and past.search(telling.text, span.start, span.end)
    )
    return Beside(days, _places(one), _words(one), bool(background))


@cache
def _background(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of another time than the news, and words of a running total."""
    rules = load(language, "fact")
    past, running = (rules.alternatives(name) for name in ("background_word", "cumulative_word"))
    return (
        re.compile(rf"(?<!\w)(?:{past})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{running})(?!\w)", re.IGNORECASE),
    )


def _places(one: Given) -> frozenset[str]:
    """Names of places in the fact's sentence: chains known as such, and names after "in", "at", "near"."""
    span, telling = one.sentence, one.telling
    known = {
        telling.chains[mention.chain].name.lower()
        for mention in telling.mentions
        if mention.chain is not None and span.contains(mention.span) and telling.chains[mention.chain].kind == "place"
    }
    written = {match[1].lower() for match in _PLACE.finditer(telling.text, span.start, span.end)}
    return frozenset(known | written)


def _words(one: Given) -> frozenset[str]:
    """The other words of the sentence of a fact, by their first five letters: "donate" meets "donated"."""
    span, fact = one.sentence, one.fact
    rules = load(one.telling.document.read_as, "fact")
    # Who reports a number says nothing of what it is of.
    ends = rules.words("phrase_end") | rules.words("source_word")
    own = {word[:5] for word in f"{fact.head} {fact.scope}".lower().split()}
    words = {match[0].lower() for match in _LONG_WORD.finditer(one.telling.text, span.start, span.end)}
    return frozenset({word[:5] for word in words - ends} - own)


def _same_time(a: Interval, b: Interval) -> bool:
    """Whether two stretches can be one time. A day within a year is no evidence that the year is meant by it."""
    return a.overlaps(b) and (a.days <= ONE_OCCASION) == (b.days <= ONE_OCCASION)


def _near(one: Given) -> list[Interval]:
    """The days the telling speaks of: those it names, and the week before it was told."""
    near = [
        timex.interval
        for timex in one.telling.timexes
        if timex.interval is not None and timex.type in ("DATE", "TIME") and timex.interval.days <= ONE_OCCASION
    ]
    if one.date.value is not None:
        near.append(Interval(one.date.value - timedelta(days=NEWS_DAYS), one.date.value))
    return near


def _share_place(a: frozenset[str], b: frozenset[str]) -> bool:
    return any(_one_place(x, y) for x in a for y in b)


def _one_place(a: str, b: str) -> bool:
    """Whether two names are spellings of one place, or one holds the other: "Larkfield", "north Larkfield"."""
    a, b = _ARTICLE.sub("", a), _ARTICLE.sub("", b)
    if a == b or a[:PLACE_STEM] == b[:PLACE_STEM] != "":
        return True
    return bool({word for word in a.split() if len(word) > 3} & {word for word in b.split() if len(word) > 3})


def one_occasion(given: list[Given]) -> bool:
    """Whether no two facts stand beside days or places that exclude one another."""
    around = Surroundings(given)
    return all(around.meet(one, other) for one, other in combinations(given, 2))
