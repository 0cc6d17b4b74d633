"""What stands beside a fact in its sentence: days, places, other words; and whether two facts can be of one occasion.

Everything is read when it is first asked for and kept: once a telling, a sentence, or a fact.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

from tellings.across.questions.subject import Given
from tellings.across.questions.values import facts_overlap
from tellings.language.base import language_of
from tellings.model.records import Interval, Mention, Telling, Timex
from tellings.model.rules import load
from tellings.model.text import Span

#: Two days for one event further apart than this (days) may be two occasions of it; wider stretches are no day.
ONE_OCCASION = 31
#: A telling without a day beside a number speaks of these days (before its own) or of days it names.
NEWS_DAYS = 7
#: Names of places are one when they begin alike for so many letters: "Larkfield" and "Larkfielders".
PLACE_STEM = 5
#: Words are compared by so many first letters.
WORD_STEM = 5
#: Two sentences that share so many other words tell one thing when their numbers agree.
LIKE_SENTENCE = 3

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in a fact's sentence: placed days, names of places, and other content words (by their stems).

    `news_days` are those of its days that are no whole years. `background`: words that set the number in another time
    than the news ("in recent years") or make it a running total ("in the past 24 hours").
    """

    days: tuple[Interval, ...]
    news_days: tuple[Interval, ...]
    places: frozenset[str]
    words: frozenset[str]
    background: bool


class Surroundings:
    """What stands beside the facts of a story, each read once."""

    def __init__(self) -> None:
        self._beside: dict[tuple[str, int], Beside] = {}
        self._in_sentence: dict[tuple[str, Span], Beside] = {}
        self._tellings: dict[str, _TellingRead] = {}
        self._near: dict[tuple[str, date | None], list[Interval]] = {}
        self._near_day: dict[tuple[str, date | None], dict[Interval, bool]] = {}
        self._named: dict[tuple[str, str], bool] = {}

    def __getitem__(self, one: Given) -> Beside:
        found = self._beside.get(one.reference)
        if found is None:
            sentence = self._sentence(one)
            own = frozenset(word[:WORD_STEM] for word in f"{one.fact.head} {one.fact.narrowed}".lower().split())
            words = sentence.words - own if not own.isdisjoint(sentence.words) else sentence.words
            found = self._beside[one.reference] = replace(sentence, words=words)
        return found

    def _sentence(self, one: Given) -> Beside:
        """What stands in the sentence of a fact, its own words included."""
        key = (one.telling.id, one.sentence)
        if key not in self._in_sentence:
            self._in_sentence[key] = self._telling(one).beside(one.sentence)
        return self._in_sentence[key]

    def _telling(self, one: Given) -> _TellingRead:
        if one.telling.id not in self._tellings:
            self._tellings[one.telling.id] = _TellingRead(one.telling)
        return self._tellings[one.telling.id]

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
        key = (one.telling.id, one.date.value)
        known = self._near_day.get(key)
        if known is None:
            self._near[key] = self._telling(one).near(one.date.value)
            known = self._near_day[key] = {}
        for day in days:
            near = known.get(day)
            if near is None:
                near = known[day] = any(_same_time(day, other) for other in self._near[key])
            if near:
                return True
        return False

    def _names_any(self, one: Given, places: Iterable[str]) -> bool:
        return any(self._names(one, place) for place in places)

    def _names(self, one: Given, place: str) -> bool:
        key = (one.telling.id, place)
        if key not in self._named:
            beginning = place[: max(PLACE_STEM, len(place) - 2)]
            self._named[key] = beginning in self._telling(one).lower_text
        return self._named[key]

    def _elsewhen(self, one: Given, days: tuple[Interval, ...]) -> bool:
        """Whether a fact without a day is told in a telling that cannot mean `days` by it, as far as is known."""
        if one.date.value is None and any(day.days <= ONE_OCCASION for day in days):
            return False
        return not self._names_day(one, days)


class _TellingRead:
    """A telling's days and places, sorted, and its text in lower case."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self.lower_text = telling.text.lower()
        self._days = sorted(
            (timex for timex in telling.timexes if timex.type in ("DATE", "TIME")),
            key=lambda timex: timex.span,
        )
        self._places = sorted(
            (
                mention
                for mention in telling.mentions
                if mention.chain is not None and telling.chains[mention.chain].kind == "place"
            ),
            key=lambda mention: mention.span,
        )

    def beside(self, sentence: Span) -> Beside:
        """What stands in a sentence."""
        telling = self._telling
        days = tuple(timex.interval for timex in _within(self._days, sentence) if timex.interval is not None)
        news_days = tuple(day for day in days if day.days <= ONE_OCCASION)
        past, running = _background(telling.document.read_as)
        background = running.search(telling.text, sentence.start, sentence.end) or (
            not news_days and past.search(telling.text, sentence.start, sentence.end)
        )
        return Beside(days, news_days, self._place_names(sentence), self._words(sentence), bool(background))

    def near(self, told: date | None) -> list[Interval]:
        """The days the telling speaks of: those it names, and the week before it was told."""
        near = [timex.interval for timex in self._days if timex.interval and timex.interval.days <= ONE_OCCASION]
        if told is not None:
            since_the_first = (told - date.min).days
            near.append(Interval(told - timedelta(days=min(NEWS_DAYS, since_the_first)), told))
        return near

    def _place_names(self, sentence: Span) -> frozenset[str]:
        """Names of places, without their articles: chains known as such, and names after "in", "at", "near"."""
        chains = self._telling.chains
        known = {
            chains[mention.chain].name.lower()
            for mention in _within(self._places, sentence)
            if mention.chain is not None
        }
        language = language_of(self._telling.document.read_as)
        place, article = (language.pattern("question", name) for name in ("place", "article-of-a-place"))
        written = {match["name"].lower() for match in place.finditer(self._telling.text, sentence.start, sentence.end)}
        return frozenset(name[found.end() :] if (found := article.match(name)) else name for name in known | written)

    def _words(self, sentence: Span) -> frozenset[str]:
        """The words of a sentence, by their first five letters: "donate" meets "donated"."""
        rules = load(self._telling.document.read_as, "fact")
        # Who reports a number says nothing of what it is of.
        ends = rules.words("phrase_end") | rules.words("source_word")
        words = {match[0].lower() for match in _LONG_WORD.finditer(self._telling.text, sentence.start, sentence.end)}
        return frozenset(word[:WORD_STEM] for word in words - ends)


_Spanned = TypeVar("_Spanned", Timex, Mention)


def _within(sorted_spans: list[_Spanned], sentence: Span) -> list[_Spanned]:
    """Those of the records, sorted by their spans, that lie in a sentence."""
    low = bisect_left(sorted_spans, sentence.start, key=lambda each: each.span.start)
    high = bisect_left(sorted_spans, sentence.end, lo=low, key=lambda each: each.span.start)
    return [each for each in sorted_spans[low:high] if sentence.contains(each.span)]


@cache
def _background(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of another time than the news, and words of a running total."""
    rules = load(language, "fact")
    past, running = (rules.alternatives(name) for name in ("background_word", "cumulative_word"))
    return (
        re.compile(rf"(?<!\w)(?:{past})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{running})(?!\w)", re.IGNORECASE),
    )


def _same_time(a: Interval, b: Interval) -> bool:
    """Whether two stretches can be one time. A day within a year is no evidence that the year is meant by it."""
    return a.overlaps(b) and (a.days <= ONE_OCCASION) == (b.days <= ONE_OCCASION)


def _share_place(a: frozenset[str], b: frozenset[str]) -> bool:
    return any(_one_place(x, y) for x in a for y in b)


def _one_place(a: str, b: str) -> bool:
    """Whether two names are spellings of one place, or one holds the other: "Larkfield", "north Larkfield"."""
    if a == b or a[:PLACE_STEM] == b[:PLACE_STEM] != "":
        return True
    return bool({word for word in a.split() if len(word) > 3} & {word for word in b.split() if len(word) > 3})
