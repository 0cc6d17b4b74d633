"""Clock times of a draft that are told with a day whose date is not known: "5:40 a.m. on Friday".

The day beside an hour is looked at with the days. The hour has no value that could be held against others until its day
is known, but what is written of it is: a.m. is no p.m.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tellings.across.checking.alike import Alike
from tellings.across.checking.locating import ROOM
from tellings.across.checking.verdicts import SHOWN, verdict_on
from tellings.language.base import Language, language_of
from tellings.model.checked import Checked
from tellings.model.records import Place, Telling, Timex
from tellings.model.text import Span

#: How much of what the draft's sentence tells one must have whose hour bears it out, and how near one must be whose
#: hour speaks against it; that of the other half of the day less.
SAME, AGAINST_IT, OTHER_HALF = 0.3, 0.6, 0.3
#: Minutes by which an hour may be off that is told as about, or as a whole one ("shortly before 5 a.m.").
ABOUT, WHOLE = 15, 30
_HOUR, _DAY, _NOON = 60, 24 * 60, 12 * 60
_ABOUT = "APPROX"


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour as it is written: minutes of the day, of each half where none is said; by how much it may be off."""

    minutes: frozenset[int]
    slack: int

    def meets(self, other: Hour) -> bool:
        """Whether both can be one."""
        return self._within(other, _DAY)

    def is_of_the_other_half(self, other: Hour) -> bool:
        """Whether both are one but for the half of the day."""
        return not self.meets(other) and self._within(other, _NOON)

    def _within(self, other: Hour, turn: int) -> bool:
        slack = max(self.slack, other.slack)
        return any(
            min((one - two) % turn, (two - one) % turn) <= slack for one in self.minutes for two in other.minutes
        )


def hour_of(timex: Timex, text: str, language: Language) -> Hour | None:
    """The hour that a time expression writes; `None` where it writes none.

    >>> from tellings.language.base import language_of
    >>> from tellings.model.records import Provenance
    >>> said = "5:40 p.m. on Friday"
    >>> hour_of(Timex(Span(0, len(said)), "TIME", None, Provenance("times", "clock")), said, language_of("en")).minutes
    frozenset({1060})
    """
    match = language.pattern(ROOM, "hour").search(timex.span.of(text))
    if match is None:
        return None
    written = match.groupdict()
    minutes = int(written["minute"] or 0) + _HOUR * int(written["hour"])
    if minutes >= _DAY:
        return None
    slack = WHOLE if written["minute"] is None else ABOUT if timex.mod == _ABOUT else 0
    if written["half"] is None:
        whole = written["hour"].startswith("0") or minutes >= _NOON + _HOUR
        return Hour(frozenset({minutes} if whole else {minutes % _NOON, minutes % _NOON + _NOON}), slack)
    later = written["half"].casefold().split()[-1] in language.words(ROOM, "after_noon")
    return Hour(frozenset({minutes % _NOON + (_NOON if later else 0)}), slack)


def check_clocks(alike: Alike) -> Iterator[Checked]:
    """The verdict on each hour of the draft that has no value."""
    draft, sources = alike.draft, alike.sources
    language = language_of(draft.document.read_as)
    asked = [
        (timex, hour)
        for timex in draft.timexes
        if timex.type == "TIME" and timex.value is None and alike.in_own_words(timex.span)
        if (hour := hour_of(timex, draft.text, language)) is not None
    ]
    given = [each for telling in sources.read for each in _hours(telling, language)] if asked else []
    for timex, hour in asked:
        yield _checked(timex, hour, given, alike, language)


def _hours(telling: Telling, language: Language) -> Iterator[tuple[Place, Hour]]:
    for timex in telling.timexes:
        if timex.type == "TIME" and (hour := hour_of(timex, telling.text, language)) is not None:
            yield Place(telling.id, timex.span), hour


def _checked(timex: Timex, hour: Hour, given: list[tuple[Place, Hour]], alike: Alike, language: Language) -> Checked:
    sources = alike.sources
    near = {one.sentence.place: one for one in alike.near(timex.span)}
    beside = [(place, other, near.get(Place(place.telling, sources.sentence_at(place)))) for place, other in given]
    same = [place for place, other, _ in beside if other.meets(hour)]
    bearing = [
        place
        for place, other, one in beside
        if one is not None and other.meets(hour) and max(one.both, one.covers) >= SAME
    ]
    turned = [
        place
        for place, other, one in beside
        if one is not None and other.is_of_the_other_half(hour) and max(one.both, one.covers) >= OTHER_HALF
    ]
    another = [
        place for place, other, one in beside if one is not None and not other.meets(hour) and one.both >= AGAINST_IT
    ]
    match = language.pattern(ROOM, "hour").search(timex.span.of(alike.draft.text))
    span = timex.span if match is None else Span(timex.span.start + match.start(), timex.span.start + match.end())
    if bearing:
        return verdict_on(sources, "clock time", span, sources.borne_out(bearing), "the-same-hour", bearing)
    if against := turned or another:
        rule = "the-other-half-of-the-day" if turned else "another-hour-in-a-like-sentence"
        return verdict_on(sources, "clock time", span, "differs", rule, (), against[:SHOWN])
    if same:
        return verdict_on(
            *(sources, "clock time", span, "not checked", "told-of-something-else", same[:SHOWN]),
            reason="other-company",
        )
    nearest = [one.sentence.place for one in alike.near(timex.span)[:1]]
    return verdict_on(sources, "clock time", span, "not found", "in-no-telling", nearest)
