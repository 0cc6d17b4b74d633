"""Days of a draft beside those on which tellings put the same: by what is written, a weekday, a month, a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from tellings.across.checking.alike import Alike
from tellings.across.checking.saying_days import is_of_what_is_said
from tellings.across.checking.sources import Sources
from tellings.across.checking.verdicts import SHOWN, of_others, verdict_on
from tellings.language.base import Language, language_of
from tellings.model.checked import Checked
from tellings.model.records import Interval, Place, Telling, Timex
from tellings.model.text import Span
from tellings.model.verdicts import Verdict

_VALUE = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:T.*)?$")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+\.?")
#: How near a sentence must be for its day to bear the draft's out, and to speak against it.
SAME, AGAINST_IT = 0.3, 0.6
#: By how much nearer a sentence must be that names another day than the best that bears it out.
AHEAD = 0.2
#: How near a sentence must be for a day that stands elsewhere in it to be out of its place.
SWAPPED = 0.8
_DAYS = frozenset({"DATE", "TIME"})
#: Days of an interval that names one day, and of the longest that can be of a day that is written ("at the weekend").
ONE_DAY, WEEK = 1, 7


@dataclass(frozen=True, slots=True)
class Written:
    """What of a day is written; `None` what is not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @property
    def exact(self) -> bool:
        """Whether it means one day among those near."""
        return self.day is not None or self.weekday is not None

    def __bool__(self) -> bool:
        return any(each is not None for each in (self.year, self.month, self.day, self.weekday))

    def is_of(self, interval: Interval) -> bool:
        """Whether a day or a stretch of days can be what is written: "on Monday" is told by no month or year."""
        first, last = interval.earliest, interval.latest
        if self.year is not None and not first.year <= self.year <= last.year:
            return False
        if interval.days > ONE_DAY:
            near = not self.exact or interval.days <= WEEK
            return near and (self.month is None or _holds_month(first, last, self.month))
        return (
            (self.month is None or self.month == first.month)
            and (self.day is None or self.day == first.day)
            and (self.weekday is None or self.weekday == first.isoweekday())
        )

    def fits(self, other: Written) -> bool:
        """Whether nothing in what is written elsewhere speaks against it, and something is in both."""
        pairs = [
            (mine, theirs)
            for mine, theirs in zip(self._all, other._all, strict=True)
            if mine is not None and theirs is not None
        ]
        return bool(pairs) and all(mine == theirs for mine, theirs in pairs)

    def shares(self, other: Written) -> bool:
        """Whether both write a year, both a month, both a day of it, or both a weekday."""
        return any(mine is not None and theirs is not None for mine, theirs in zip(self._all, other._all, strict=True))

    @property
    def _all(self) -> tuple[int | None, ...]:
        return self.year, self.month, self.day, self.weekday


def _holds_month(first: date, last: date, month: int) -> bool:
    months = (last.year - first.year) * 12 + last.month - first.month
    return (month - first.month) % 12 <= months


def written(timex: Timex, text: str, language: Language) -> Written:
    """What of a day the words of a time expression say; nothing where they say it by the day on which they are told."""
    words = timex.span.of(text)
    names = _names(language)
    weekday = next((found for each in _WORD.findall(words) if (found := names.get(each.lower()))), None)
    match = _VALUE.match(timex.value or "")
    month = day = None
    if match and match["month"]:
        named = any(each.lower() in _months(language) for each in _WORD.findall(words)) or "/" in words or "-" in words
        month = int(match["month"]) if named else None
        day = int(match["day"]) if named and match["day"] else None
    year = _YEAR.search(words)
    return Written(int(year[0]) if year else None, month, day, weekday)


@cache
def _names(language: Language) -> dict[str, int]:
    return {word.lower(): int(number) for word, number in language.lexicon.meanings("weekday").items()}


@cache
def _months(language: Language) -> frozenset[str]:
    return frozenset(word.lower() for word in language.lexicon.meanings("month"))


def check_days(alike: Alike) -> Iterator[Checked]:
    """The verdict on each day that the draft names."""
    draft = alike.draft
    language = language_of(draft.document.read_as)
    told = _Told(alike.sources, language)
    for timex in draft.timexes:
        if timex.type not in _DAYS or not alike.in_own_words(timex.span):
            continue
        said = written(timex, draft.text, language)
        if timex.type == "TIME" and not said:
            continue  # an hour is a value
        yield _Day(timex, said, alike, told, language).checked()


def _opening(telling: Telling) -> Span:
    """The first sentence of a telling's story."""
    first = next(iter(telling.story), 0)
    return telling.sentences[first].span.trimmed(telling.text) if telling.sentences else Span(0, len(telling.text))


class _Told:
    """The days that tellings name, or are of, whatever they tell of them."""

    def __init__(self, sources: Sources, language: Language) -> None:
        self._of: dict[Written, tuple[Place, ...]] = {}
        self._days = [
            (Place(telling.id, _opening(telling)), Interval(day, day))
            for telling in sources.tellings
            if (day := telling.document.date.value) is not None
        ]
        self._named = [
            (Place(telling.id, timex.span), timex.interval, written(timex, telling.text, language))
            for telling in sources.read
            for timex in telling.timexes
            if timex.type in _DAYS
        ]

    def of(self, said: Written) -> tuple[Place, ...]:
        """Where a day stands: first the tellings of that day, then where one is named."""
        there = self._of.get(said)
        if there is None:
            own = [place for place, day in self._days if said.exact and said.is_of(day)]
            named = [
                place
                for place, days, words in self._named
                if (said.is_of(days) if days is not None and days.days == ONE_DAY else words == said)
            ]
            there = self._of[said] = (*own, *named)
        return there


class _Day:
    """A day that the draft names, with those of the tellings."""

    def __init__(self, timex: Timex, said: Written, alike: Alike, told: _Told, language: Language) -> None:
        self.timex = timex
        self.said = said
        self.alike = alike
        self.told = told
        self.sources = alike.sources
        self.language = language

    def checked(self) -> Checked:
        """The verdict."""
        same, others = self._in_its_place()
        if others and not same:
            return self._found("differs", "another-in-its-place", (), others)
        if not self.said:
            if same:
                return self._found(self.sources.borne_out(same), "the-same-in-its-place", same)
            return self._found("not checked", "told-by-the-day-of-the-draft", reason="relative-day")
        bearing, against = self._in_like_sentences()
        if same:
            return self._borne_out("the-same-in-its-place", (*same, *bearing), others)
        if against and not bearing:
            return self._found("differs", "another-day-in-a-like-sentence", (), against)
        if bearing:
            return self._borne_out("the-same-day-in-a-like-sentence", bearing, against)
        elsewhere = self.told.of(self.said)
        if elsewhere:
            return self._found(
                "not checked", "the-day-is-told-of-something-else", elsewhere[:SHOWN], reason="other-company"
            )
        near = self.alike.near(self.timex.span)
        return self._found("not found", "in-no-like-sentence", tuple(one.sentence.place for one in near[:1]))

    def _borne_out(self, rule: str, places: tuple[Place, ...], against: tuple[Place, ...]) -> Checked:
        if against := of_others(against, places):
            return self._found("contested", "told-otherwise-elsewhere", places, against)
        return self._found(self.sources.borne_out(places), rule, places)

    @cached_property
    def _is_of_what_is_said(self) -> bool:
        return is_of_what_is_said(self.alike, self.timex.span)

    def _in_its_place(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """Where nearly the same sentences have this day in its place, and where they have another."""
        same, others = [], []
        for beside in self.alike.beside(self.timex.span):
            place, equal = beside.opposite(self.timex.span)
            if place is None:
                continue
            telling = self.sources.by_id[place.telling]
            theirs = next((each for each in telling.timexes if each.span.overlaps(place.span)), None)
            if equal or (theirs is not None and self._is_of(theirs, telling)):
                same.append(place)
            elif theirs is not None and self._is_another(theirs, telling):
                sentence = beside.near.sentence.place
                may_be = beside.near.both < SWAPPED or self._is_of_what_is_said
                if may_be and (there := self._bearing(sentence)) is not None:
                    same.append(there)  # told in another order
                else:
                    others.append(Place(place.telling, theirs.span))
        return tuple(same), tuple(others)

    def _is_of(self, timex: Timex, telling: Telling) -> bool:
        """Whether the day that a telling names can be the one written."""
        if not self.said:
            return False
        if timex.interval is not None and self.said.is_of(timex.interval):
            return True
        theirs = written(timex, telling.text, self.language)
        return self.said.fits(theirs) and not self._is_of_another_date(timex, theirs)

    def _is_of_another_date(self, timex: Timex, theirs: Written) -> bool:
        """Whether a telling names a weekday alone, whose date is another than the one written with it: "Tuesday, 18
        September", where its Tuesday was the 19th."""
        days = timex.interval
        return (
            theirs == Written(weekday=theirs.weekday)
            and self.said.day is not None
            and days is not None
            and days.days == ONE_DAY
            and not Written(self.said.year, self.said.month, self.said.day).is_of(days)
        )

    def _is_another(self, timex: Timex, telling: Telling) -> bool:
        """Whether a telling names a day as exactly, which is another."""
        theirs = written(timex, telling.text, self.language)
        if not self.said or not theirs:
            return False  # "on Monday" and "yesterday" may be one
        if self.said.fits(theirs):
            return self._is_of_another_date(timex, theirs)
        shared = self.said.shares(theirs)
        return shared or (timex.interval is not None and timex.interval.days == ONE_DAY and self.said.exact)

    def _in_like_sentences(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """Where sentences that tell much the same are of this day, and where those that tell nearly the same name
        another."""
        bearing: list[Place] = []
        against: list[tuple[float, Place]] = []
        best = 0.0
        for one in self.alike.near(self.timex.span):
            place = one.sentence.place
            there = self._bearing(place)
            if there is not None:
                if max(one.both, one.covers) >= SAME:
                    bearing.append(there)
                    best = max(best, one.both)
            elif one.both >= AGAINST_IT and (other := self._otherwise(place)) is not None:
                against.append((one.both, other))
        nearest = max((both for both, _ in against), default=0.0)
        if bearing and nearest > best + AHEAD:
            bearing = []
        return tuple(bearing), tuple(place for _, place in against)

    def _bearing(self, sentence: Place) -> Place | None:
        """Where a sentence of a telling bears out the day: it names it, or what it tells happened then."""
        telling = self.sources.by_id[sentence.telling]
        for timex in self._named(sentence):
            if self._is_of(timex, telling):
                return Place(telling.id, timex.span)
        date = telling.document.date.value
        if date is not None and self.said.exact and self._is_of_what_is_said and self.said.is_of(Interval(date, date)):
            return sentence
        for dating in telling.datings:
            days = dating.interval
            one_day = days is not None and days.days == ONE_DAY and sentence.span.overlaps(dating.clause)
            if one_day and days is not None and self.said.is_of(days):
                return Place(telling.id, dating.clause)
        return None

    def _otherwise(self, sentence: Place) -> Place | None:
        """The day that a sentence names as exactly, which is another; where it and the draft's name but one."""
        telling = self.sources.by_id[sentence.telling]
        named = self._named(sentence)
        around = self.alike.draft.sentence_around(self.timex.span)
        own = [each for each in self.alike.draft.timexes if around.contains(each.span) and each.type in _DAYS]
        if len(named) != 1 or len(own) != 1 or not self._is_another(named[0], telling):
            return None
        return Place(telling.id, named[0].span)

    def _named(self, sentence: Place) -> list[Timex]:
        telling = self.sources.by_id[sentence.telling]
        return [timex for timex in telling.timexes if timex.type in _DAYS and sentence.span.contains(timex.span)]

    def _found(
        self,
        verdict: Verdict,
        rule: str,
        places: tuple[Place, ...] = (),
        against: tuple[Place, ...] = (),
        reason: str = "",
    ) -> Checked:
        return verdict_on(self.sources, "day", self.timex.span, verdict, rule, places, against, reason=reason)
