"""Where an expression stands: the document date, the tense around it, the dates told before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from tellings.model.text import Span
from tellings.within.times.calendar import Period
from tellings.within.times.grammar import Grammar

#: The group of a cue that bounds ("by", "until", "through").
_BOUND = "bound"
#: Words between a bound ("by", "until", "through") and the expression that it bounds.
BOUND_REACH = 3
#: Characters of a sentence looked at, left of an expression, for the tense of its verb.
TENSE_REACH = 120
#: An expression with no more characters before it opens its sentence: all of its subject lies before the verb.
OPENING = 12
#: Characters of a sentence looked at, left of an expression, for what a report tells of.
SENTENCE_REACH = 400
#: A told date further back than this many characters is no longer counted from.
TOLD_REACH = 1500
#: A text is a history where it writes out this many years, one at least in so many characters, ...
HISTORY_YEARS, HISTORY_REACH = 6, 2500
#: ... this share of them before the year of writing, and words that count from its day ("on Monday", "last week")
#: at most this share of the years.
HISTORY_PAST, HISTORY_NEWS = 0.75, 0.15
#: A date without its year that lies further on than this many days does not move a history on: set on WikiWars.
STEP_DAYS = 180

#: A paragraph no longer than this that ends without a stop is a heading.
HEADING_LENGTH = 80

_FIGURE = re.compile(r"\d")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z])|\n\s*\n")
#: Characters before a date in which it is looked for whether it names a thing.
THING_REACH = 24
_COMMON_AFTER = re.compile(r"\s+[a-z]{3,}")
#: Characters before a stop in which an abbreviation is looked for.
ABBREVIATION_REACH = 12

Way = Literal["future", "past"]


@dataclass(frozen=True, slots=True)
class Told:
    """A date that later words can count from."""

    span: Span
    period: Period
    explicit: bool  # its year is written, or taken over from one that is
    paragraph: int
    compared: bool = False
    full: bool = False


@dataclass(slots=True)
class Context:
    """The text, the document date or its bounds, the country of the publisher (ISO 3166-1), the dates told so far.

    `history`: the text tells of years past in their order, so that a bare month belongs to the year
    the telling has come to, and not to the year of writing. `before_common_era`: the year told last, if it is one.
    `told_with_year`: the last that is explicit and no longer than a year; `days_told`: the days among all told.
    `enter` is called for each paragraph before anything of it is told.
    """

    text: str
    grammar: Grammar
    dct: date | None
    not_after: date | None = None
    not_before: date | None = None
    history: bool = False
    country: str | None = None
    paragraph: int = 0
    paragraph_start: int = 0
    paragraph_end: int = 0
    told: list[Told] = field(default_factory=list)
    reached: Told | None = None
    before_common_era: int = 0
    told_with_year: Told | None = None
    days_told: set[str] = field(default_factory=set)
    _section_opens: bool = False
    _ends_of: int = -1
    _ends: list[tuple[int, int, int]] = field(default_factory=list)
    _looked_left: tuple[int, str] = (-1, "")

    def enter(self, start: int, end: int) -> None:
        """Begin the paragraph `text[start:end]`; the one after a heading opens a section."""
        self._section_opens = self.paragraph_end > 0 and self._is_heading()
        self.paragraph_start, self.paragraph_end = start, end

    def _is_heading(self) -> bool:
        heading = self.text[self.paragraph_start : self.paragraph_end].strip()
        return 0 < len(heading) <= HEADING_LENGTH and heading[-1] not in ".!?,;:"

    @property
    def now(self) -> date | None:
        """The day that "last month" counts from: the document date; in a history the day it has come to."""
        return self.reached.period.first if self.history and self.reached is not None else self.dct

    def left(self, start: int) -> str:
        """The words of the sentence left of `start`, at most `TENSE_REACH` characters."""
        if self._looked_left[0] != start:
            self._looked_left = start, self._left(start)
        return self._looked_left[1]

    def _left(self, start: int) -> str:
        reach = max(self.paragraph_start, start - TENSE_REACH)
        if self._ends_of != self.paragraph_start:
            self._ends_of, self._ends = self.paragraph_start, list(self._sentence_ends())
        index = bisect_left(self._ends, (start + 1,)) - 1
        if index >= 0 and self._ends[index][1] >= reach:
            return self.text[self._ends[index][2] : start]
        return self.text[reach:start]

    def sentence(self, start: int) -> str:
        """The words of the sentence left of `start`, at most `SENTENCE_REACH` characters."""
        self.left(start)
        index = bisect_left(self._ends, (start + 1,)) - 1
        begin = self._ends[index][2] if index >= 0 else self.paragraph_start
        return self.text[max(begin, start - SENTENCE_REACH) : start]

    def _ends_in(self, start: int, end: int) -> bool:
        """Whether a sentence ends between two places of the paragraph."""
        self.left(end)
        return any(start <= stop < end for _, stop, _ in self._ends)

    def _sentence_ends(self) -> Iterator[tuple[int, int, int]]:
        """Where sentences of the paragraph end: for each how far one has to see for it, its stop, and where the next
        sentence begins. What follows an abbreviation is no sentence."""
        pattern, text = self.grammar.pattern("abbreviation-before"), self.text
        for match in _SENTENCE_END.finditer(text, self.paragraph_start, self.paragraph_end):
            stop, end = match.span()
            start = max(self.paragraph_start, stop + 1 - ABBREVIATION_REACH)
            if pattern.search(text, start, stop + 1) is None:
                opening = 0 if text[stop] == "\n" else 1 if text[end].isalpha() else 2
                yield end + opening, stop, end

    def right(self, end: int, most: int = TENSE_REACH // 2) -> str:
        """The words of the sentence right of `end`, at most `most` characters."""
        reach = self.text[end : end + most]
        stop = _SENTENCE_END.search(reach)
        return reach[: stop.start()] if stop else reach

    def way(self, start: int, end: int, *, sure: bool = False) -> Way | None:
        """Whether the verb around an expression tells of what is to come or what is past.

        The last cue before the expression decides, else the first after it. `sure`: only cues that
        hardly ever stand with a past day ("will") count for the future.
        """
        left = self.left(start)
        cues = tuple(
            cue
            for cue in _cues(self.grammar.pattern("cue"), left)
            # "through a last round of tests on Tuesday" bounds nothing
            if cue.lastgroup != _BOUND or len(left[cue.end() :].split()) <= BOUND_REACH
        )
        while sure and cues and cues[-1]["future"]:  # "is scheduled to open Monday": the surer cue decides
            cues = cues[:-1]
        found = cues[-1] if cues else None
        if found is not None and found.lastgroup == _BOUND:
            verbs = [cue for cue in cues if cue.lastgroup != _BOUND]
            if verbs:  # "had raised a lot by Friday", "must leave by Friday"
                return "past" if verbs[-1]["past"] else "future"
        if found is None:
            most = TENSE_REACH if len(left) <= OPENING else TENSE_REACH // 2
            found = self.grammar.pattern("cue").search(self.right(end, most))
            if found is not None and found.lastgroup == _BOUND:
                found = None
            if found is not None and self.grammar.holds("cue_leads_on", found[0]):
                return "past"  # "in June it agreed to sell": the agreeing is of June
        if found is None:
            return None
        if found["past"]:
            return "past"
        if found["ahead"] or found["contracted"]:
            return "future"
        return None if sure else "future"

    def last_told(self, start: int, units: tuple[str, ...]) -> Told | None:
        """The last date told before `start` whose period is of one of `units`."""
        for told in reversed(self.told):
            if start - told.span.end > TOLD_REACH and not self.history:
                return None
            if told.period.unit in units and not told.compared:
                return told
        return None

    def told_beside(self, start: int, *units: str) -> Told | None:
        """The date told last, where it is of one of `units` and stands in the same sentence, left of `start`."""
        told = self.told[-1] if self.told else None
        if told is None or told.period.unit not in units or told.paragraph != self.paragraph:
            return None
        return told if start - told.span.end <= len(self.left(start)) else None

    def one_day_told(self, told: Told) -> bool:
        """Whether no day but `told`'s was told so far, or `told` stands in this paragraph: no doubt which is meant."""
        if told.paragraph == self.paragraph:
            return True
        return len(self.days_told) <= 1

    def remember(self, told: Told) -> None:
        """Take `told` as what later words can count from."""
        self.told.append(told)
        self.before_common_era = 0
        unit = told.period.unit
        if unit == "day":
            self.days_told.add(told.period.value)
        if told.explicit and not told.compared and unit not in ("decade", "century"):
            self.told_with_year = told
        if unit in ("decade", "century") or told.compared or not told.explicit:
            return
        step = (told.period.first - self.reached.period.first).days if self.reached is not None else 0
        if step > STEP_DAYS and not told.full:
            return  # its year may be wrong, and then all after it would be
        if self._opens_a_section(told):
            self.reached = told
        elif not (
            self._ends_a_stretch(told) or self._names_a_thing(told) or (unit == "year" and not self._leads(told))
        ):
            self.reached = self.reached if step < 0 and self.is_background(told.span.start) else told

    def _opens_a_section(self, told: Told) -> bool:
        """Whether a date with its year stands in the first sentence after a heading: there a telling says where it
        begins."""
        return self._section_opens and told.full and not self._ends_in(self.paragraph_start, told.span.start)

    def _names_a_thing(self, told: Told) -> bool:
        """Whether a date only says which thing is meant ("a leader of the May 1914 rising", "as in 1614")."""
        before = self.text[max(self.paragraph_start, told.span.start - THING_REACH) : told.span.start]
        if self.grammar.pattern("likened-before").search(before):
            return True
        named = told.span.of(self.text)
        return (
            self.grammar.pattern("determiner-before").search(before) is not None
            or self.grammar.pattern("determiner-first").match(named) is not None
        ) and _COMMON_AFTER.match(self.text, told.span.end) is not None

    def is_background(self, start: int) -> bool:
        """Whether a date is told as what lay before the rest ("it followed the vote in May 1914", "had fallen in")."""
        return self.grammar.pattern("background-before").search(self.left(start)) is not None

    def _leads(self, told: Told) -> bool:
        """Whether a bare year opens its sentence ("In 1943") or is the first of a heading ("The rising of 1943"): the
        telling has come to it."""
        before = self.left(told.span.start)
        if self.reached is None or len(before.split()) <= 3:
            return True
        return self._is_heading() and not _FIGURE.search(before)

    def _ends_a_stretch(self, told: Told) -> bool:
        """Whether a date is told as the end of something ("lasted until 1945"): the telling is not there yet."""
        return self.grammar.pattern("until-before").search(self.left(told.span.start)) is not None


@lru_cache(maxsize=64)
def _cues(pattern: re.Pattern[str], words: str) -> tuple[re.Match[str], ...]:
    """The cues of tense in some words; of one expression they are asked for more than once."""
    return tuple(pattern.finditer(words))


def is_history(text: str, written: date | None, grammar: Grammar) -> bool:
    """Whether `text` tells of years past in their order, not of the days before its writing."""
    years = [int(match[0]) for match in grammar.pattern("year-of-history").finditer(text)]
    if len(years) < max(HISTORY_YEARS, len(text) / HISTORY_REACH):
        return False
    before = sum(written is None or year < written.year for year in years)
    news = sum(1 for _ in grammar.pattern("day-of-writing").finditer(text))
    return before >= HISTORY_PAST * len(years) and news <= HISTORY_NEWS * len(years)
