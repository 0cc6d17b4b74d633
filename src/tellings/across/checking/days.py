"""Days of a draft beside those on which tellings put the same: by what is written, a weekday, a month, a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tellings.across.checking.sources import Near, Sources, sentences_of
from tellings.language.base import Language, language_of
from tellings.model.checked import Checked, Verdict
from tellings.model.records import Interval, Place, Provenance, Telling, Timex
from tellings.model.text import Span

STAGE = "checking"
_VALUE = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:T.*)?$")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+\.?")
#: How near a sentence must be for its day to bear the draft's out, and to speak against it.
SAME, AGAINST = 0.3, 0.6
#: Days of an interval that names one day.
ONE_DAY = 1


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
        """Whether a day or a stretch of days can be what is written."""
        first, last = interval.earliest, interval.latest
        if self.year is not None and not first.year <= self.year <= last.year:
            return False
        if interval.days > ONE_DAY:
            return self.month is None or _holds_month(first, last, self.month)
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
    if match and match["month"] and any(character.isdigit() or each for character, each in [(words[0], True)]):
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


def check_days(draft: Telling, sources: Sources) -> Iterator[Checked]:
    """The verdict on each day that the draft names."""
    language = language_of(draft.document.read_as)
    marks = [quote.content for quote in draft.quotes if quote.type == "direct"]
    sentences = {one.place.span: one for one in sentences_of(draft)}
    for timex in draft.timexes:
        if timex.type not in ("DATE", "TIME") or any(mark.contains(timex.span) for mark in marks):
            continue
        said = written(timex, draft.text, language)
        if not said:
            yield _found(timex, "not checked", "told by the day of the draft", sources, reason="relative-day")
            continue
        around = draft.sentence_around(timex.span)
        sentence = sentences.get(around)
        near: tuple[Near, ...] = ()
        if sentence is not None:
            own = {word.stem for word in sentence.words if timex.span.contains(Span(word.start, word.end))}
            near = sources.near(sentence.stems - own)
        yield _checked(timex, said, near, sources, language)


def _checked(timex: Timex, said: Written, near: Sequence[Near], sources: Sources, language: Language) -> Checked:
    bearing: list[Place] = []
    against: list[tuple[float, Place]] = []
    best = 0.0
    for one in near:
        telling = sources.by_id[one.sentence.place.telling]
        days = _Days(telling, one.sentence.place.span, language)
        if place := days.bearing(said):
            if max(one.both, one.covers) >= SAME:
                bearing.append(place)
                best = max(best, one.both)
        elif one.both >= AGAINST and (place := days.otherwise(said)):
            against.append((one.both, place))
    others = tuple(place for _, place in against)
    if against and max(against)[0] > best + 0.2:
        return _found(timex, "differs", "another day in a like sentence", sources, (), others)
    if bearing:
        if against:
            return _found(timex, "contested", "told otherwise elsewhere", sources, tuple(bearing), others)
        return _found(timex, sources.borne_out(bearing), "the same day in a like sentence", sources, tuple(bearing))
    elsewhere = _elsewhere(said, sources, language) if said.exact or said.year else ()
    if elsewhere:
        return _found(
            timex, "not checked", "the day is told of something else", sources, elsewhere[:3], reason="other-company"
        )
    return _found(timex, "not found", "in no like sentence", sources, tuple(one.sentence.place for one in near[:1]))


def _elsewhere(said: Written, sources: Sources, language: Language) -> tuple[Place, ...]:
    return tuple(
        Place(telling.id, timex.span)
        for telling in sources.tellings
        for timex in telling.timexes
        if timex.type in ("DATE", "TIME")
        and (
            said.is_of(timex.interval)
            if timex.interval is not None and timex.interval.days == ONE_DAY
            else written(timex, telling.text, language) == said
        )
    )


class _Days:
    """The days of a sentence of a telling: those it names, and those on which what it tells happened."""

    def __init__(self, telling: Telling, span: Span, language: Language) -> None:
        self._telling = telling
        self._language = language
        self._named = [
            timex for timex in telling.timexes if timex.type in ("DATE", "TIME") and span.contains(timex.span)
        ]
        self._told = [dating for dating in telling.datings if span.overlaps(dating.clause) and dating.interval]

    def bearing(self, said: Written) -> Place | None:
        """Where what is written of a day is borne out."""
        for timex in self._named:
            if timex.interval is not None and said.is_of(timex.interval):
                return Place(self._telling.id, timex.span)
            if said.fits(written(timex, self._telling.text, self._language)):
                return Place(self._telling.id, timex.span)
        for dating in self._told:
            if dating.interval is not None and dating.interval.days == ONE_DAY and said.is_of(dating.interval):
                return Place(self._telling.id, dating.clause)
        return None

    def otherwise(self, said: Written) -> Place | None:
        """A day as exact as the one written, which is another."""
        for timex in self._named:
            theirs = written(timex, self._telling.text, self._language)
            shared = [
                name for name in ("year", "month", "day", "weekday")
                if getattr(said, name) is not None and getattr(theirs, name) is not None
            ]  # fmt: skip
            one = timex.interval is not None and timex.interval.days == ONE_DAY and said.exact
            if shared or one:
                return Place(self._telling.id, timex.span)
        return None


def _found(
    timex: Timex,
    verdict: Verdict,
    rule: str,
    sources: Sources,
    places: tuple[Place, ...] = (),
    against: tuple[Place, ...] = (),
    *,
    reason: str = "",
) -> Checked:
    origins = sources.origins(places) if verdict in ("agrees", "one origin only", "contested") else 0
    return Checked(timex.span, "day", verdict, Provenance(STAGE, rule), places, against, origins, reason=reason)
