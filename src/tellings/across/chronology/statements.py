"""What each sentence of a telling says happened, and when: a statement for each day it gives, or one without a day."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from tellings.across.of_the_page import is_no_telling, is_of_its_mistakes
from tellings.across.standing_alone import leans
from tellings.across.word_vectors import lower_words, stem, stems_of
from tellings.language.base import UNDECLARED, language_of
from tellings.model.records import ANY_DAY, Dating, EventStatement, Interval, Place, Provenance, Telling
from tellings.model.rules import load, words_in
from tellings.model.text import Span
from tellings.within.dating import POINTS_BACK
from tellings.within.dating.clauses import clauses

STAGE = "chronology"
#: Days that an interval may span and still place an event; longer ones are background.
LONGEST_INTERVAL = 366
#: Fewest longer words beside its date that a sentence must have to tell of something.
FEWEST_WORDS = 2
#: Words of a sentence without a day that can tell an event; shorter and longer ones tell none.
SHORTEST, LONGEST = 6, 69
#: Days before its telling on which what a telling tells without a day may have happened, where it names no day so near.
RECENT = 3
#: Days after which a telling looks back on a day, and the sentences behind one that looks back that may, too.
LONG_AGO, RECALLED = 60, 8
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(r"(?<![\W_])(?<=[\w,;:’'] )[A-Z][^\W_]+|(?<=\w )[A-Z][^\W_]+")
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_STOPS = (".", "!", "?", "…", '"', "”", "’", "'", ")")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that tells an event of `when`, with what it is compared by.

    `dated`: its words give the day; else `when` are days near the telling's own, and no more than a guess, or any day
    where that is not known. `told` is the day on which it was written, `None` where not known. `weekdays`: those (ISO
    8601: Monday is 1) that its words name where nothing says of which week, else that of its day. `vector_words` are
    the words of its sentence that say something but when, with repetitions, and the kinds of happening that they tell
    (`happenings`), `clause_words` those of the clause that the day is of, `kinds` its kinds of happening, `event_words`
    the longer ones, `all_words` all of its words but days; `names` those with a capital, `numbers` its figures;
    `event_kinds` the families of events ("death") that a date fact in it is of. `basis`: the rule that gave the day.
    `tense`: that of its clause where nothing gives the day (`tellings.within.dating.clauses`), "negated" where it
    denies; "" else.
    `number` counts the sentences of the story before it. `speech`: it says that somebody said something. `quoted`:
    the share of it that stands in quotation marks. `size` counts its words; `leans`: it cannot be read by itself;
    `whole`: it ends as a sentence does, not as a line of a list.

    By these are set, for they are asked of it with every other that it is held against: `open`: nothing at all says
    when it was; `telling`: the id of its telling; `place`: its sentence, which has one vector however many days it
    names.
    """

    found: EventStatement
    when: Interval
    dated: bool
    announced: bool
    background: bool
    told: date | None
    vector_words: tuple[str, ...]
    clause_words: tuple[str, ...]
    kinds: frozenset[str]
    event_words: frozenset[str]
    all_words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    event_kinds: frozenset[str]
    basis: str
    tense: str
    number: int
    size: int
    speech: bool
    quoted: float
    leans: bool
    whole: bool
    weekdays: frozenset[int]
    open: bool = field(init=False, repr=False, compare=False)
    telling: str = field(init=False, repr=False, compare=False)
    place: Place = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "open", not self.dated and self.when == ANY_DAY)
        object.__setattr__(self, "telling", self.found.place.telling)
        object.__setattr__(self, "place", self.found.place)


def statements(telling: Telling, undated: int) -> list[Statement]:
    """The statements of `telling`: the dated clauses, then the signed posts, then the sentences that no clause dates,
    of the first `undated` of its story."""
    page = _Page(telling)
    found = {(one.place.span, one.when): one for one in page.of_clauses()}
    for one in page.of_signed_posts():
        found.setdefault((one.place.span, one.when), one)
    dated = list(found.values())
    return [*dated, *page.without_a_day(dated, undated)]


class _Page:
    """A telling with the places of its story sentences."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._text = telling.text
        self._in_story = telling.story
        self._story = [telling.sentences[index].span.trimmed(telling.text) for index in self._in_story]
        self._starts = [span.start for span in self._story]
        self._said = sorted(quote.content for quote in telling.quotes if quote.type in ("direct", "mixed"))
        self._cues = sorted(quote.cue for quote in telling.quotes if quote.cue is not None)
        self._days = sorted(timex.span for timex in telling.timexes if timex.type == "DATE")
        self._times = sorted(timex.span for timex in telling.timexes if timex.type in ("DATE", "TIME"))
        self._partly_dated = any(part.date.value is not None for part in telling.parts)
        self._kinds: dict[int, set[str]] = defaultdict(set)
        for fact in telling.facts:
            if fact.kind == "date":
                self._kinds[self._number(fact.span)].add(fact.head)

    def of_clauses(self) -> Iterator[Statement]:
        """Those of the dated clauses."""
        telling = self._telling
        inferred_times = {timex.span for timex in telling.timexes if timex.inferred}
        seen: set[tuple[Span, Interval]] = set()
        for dating in telling.datings:
            when = dating.interval
            if when is None or when.days > LONGEST_INTERVAL or dating.status == "hypothetical":
                continue
            if (dating.sentence, when) in seen or self._is_only_a_date(dating):
                continue
            words = dating.sentence.of(telling.text)
            if is_no_telling(words) or is_of_its_mistakes(words):
                continue
            seen.add((dating.sentence, when))
            times = tuple(span for span in dating.timexes if dating.sentence.contains(span))
            inferred = dating.basis != "own" or not inferred_times.isdisjoint(dating.timexes)
            why = Provenance(STAGE, dating.provenance.rule, evidence=dating.timexes)
            told = EventStatement(Place(telling.id, dating.sentence), times, inferred, why)
            yield self._statement(told, when, dating.clause, dating, announced=dating.status == "announced")

    def of_signed_posts(self) -> Iterator[Statement]:
        """Those of posts that are signed with a day."""
        for quote in self._telling.quotes:
            if quote.type != "direct" or quote.status == "not-a-statement" or quote.said is None:
                continue
            # Where a cue introduces the words, its sentence has the day.
            if quote.cue is None and quote.said.days <= LONGEST_INTERVAL:
                why = Provenance(STAGE, "signed-post")
                told = EventStatement(Place(self._telling.id, quote.content), (), False, why)
                yield self._statement(told, quote.said, quote.content, None)

    def without_a_day(self, dated: list[Statement], most: int) -> Iterator[Statement]:
        """Those of the sentences whose main clause has no day: on the days up to that on which they were written; below
        a sentence that looks back, from the days of that one on; on any day, where nothing of the telling is dated."""
        main = {one.place.span for one in dated if not one.background}
        looking_back = {
            one.number: one.when for one in dated if not one.announced and one.when.days <= LONGEST_INTERVAL
        }
        undated = {dating.sentence: dating for dating in self._telling.datings if dating.basis == "undated"}
        for number, span in enumerate(self._story[:most]):
            day = self._day_of(number)
            dating = undated.get(span)
            words = span.of(self._text)
            if dating is None or span in main or dating.provenance.rule == POINTS_BACK:
                continue
            if not SHORTEST <= len(words.split()) <= LONGEST or is_no_telling(words) or self._is_long_since(words):
                continue
            if is_of_its_mistakes(words):
                continue
            told = EventStatement(Place(self._telling.id, span), (), True, Provenance(STAGE, "undated"))
            if day is None and self._partly_dated:
                continue  # text of other days below a dated lead
            if day is None:
                yield self._statement(told, ANY_DAY, span, dating, dated=False)
                continue
            near = (looking_back[place] for place in range(number, number - RECALLED, -1) if place in looking_back)
            old = next(near, None)
            first = self._first_near(dated, day)
            if old is not None and (day - old.latest).days > LONG_AGO:
                first = old.earliest
            yield self._statement(told, Interval(first, day), span, dating, dated=False)

    def _is_long_since(self, words: str) -> bool:
        """Whether a sentence counts how long ago it was that it tells of."""
        language = language_of(self._telling.document.read_as)
        return language.pattern("dating", "so-long-since").match(words) is not None

    def _day_of(self, number: int) -> date | None:
        """The day on which a sentence of the story was written; that of the telling, where it has no such sentence (a
        post that is signed may be all that it has)."""
        parts = self._telling.parts
        part = self._telling.sentences[self._in_story[number]].part if number < len(self._in_story) else len(parts)
        return parts[part].date.value if part < len(parts) else self._telling.document.date.value

    @staticmethod
    def _first_near(dated: list[Statement], day: date) -> date:
        """The first of the days just before a day that a telling tells of; the day before, where it tells of none."""
        near = [
            one.when.earliest
            for one in dated
            if one.when.days == 1 and 0 <= (day - one.when.earliest).days <= RECENT and not one.announced
        ]
        return min(near, default=before(day, 1))

    def _statement(
        self,
        found: EventStatement,
        when: Interval,
        clause: Span,
        dating: Dating | None,
        *,
        announced: bool = False,
        dated: bool = True,
    ) -> Statement:
        span = found.place.span
        words, plain = span.of(self._text), self._without(self._times, span)
        number = self._number(span)
        vector_words, kinds = _said(plain)
        clause_words, kinds = (vector_words, kinds) if clause == span else _said(self._without(self._times, clause))
        around = self._telling.sentence_around(span).of(self._text)
        return Statement(
            *(found, when, dated, announced, dating is not None and dating.background),
            told=self._day_of(number),
            vector_words=vector_words,
            clause_words=clause_words,
            kinds=kinds,
            event_words=frozenset(stem(word.casefold()) for word in _LONG_WORD.findall(words)) - _wide(),
            all_words=frozenset(lower_words(self._without(self._days, span))),
            names=frozenset(stem(match[0].lower()) for match in _NAME.finditer(plain)) - _common(),
            numbers=frozenset(_NUMBER.findall(plain)),
            event_kinds=frozenset(self._kinds.get(number, ())) if dated else frozenset(),
            basis=dating.provenance.rule if dating is not None else "signed-post",
            tense=self._tense(clause) if not dated else "",
            number=number,
            size=len(words.split()),
            speech=any(span.contains(cue) for cue in self._near(self._cues, span)),
            quoted=self._quoted(span),
            leans=leans(around),
            whole=around.rstrip().endswith(_STOPS),
            weekdays=self._weekdays(span, when, dated=dated),
        )

    def _weekdays(self, span: Span, when: Interval, *, dated: bool) -> frozenset[int]:
        if dated:
            return frozenset((when.earliest.isoweekday(),)) if when.days == 1 else frozenset()
        if when != ANY_DAY:
            return frozenset()
        said = (
            words_in(timex.span.of(self._text))
            for timex in self._telling.timexes
            if timex.interval is None and span.contains(timex.span)
        )
        return frozenset(day for words in said for word, day in weekdays().items() if word in words)

    def _tense(self, sentence: Span) -> str:
        """The tense of the first main clause of a sentence that tells something, "none" where none does."""
        language = language_of(self._telling.document.read_as)
        read = clauses(sentence.of(self._text), sentence, language)
        main = [each for each in read if each.kind == "main" and each.tense != "none"]
        told = next((each for each in main if not each.speech), main[0] if main else None)
        return "none" if told is None else "negated" if told.negated else told.tense

    def _without(self, times: list[Span], span: Span) -> str:
        """The words of a stretch but for those that say when: a day in common makes no event in common."""
        pieces, at = [], span.start
        first = bisect_left(times, span.start, key=lambda each: each.start)
        for time in times[first:]:
            if time.start >= span.end:
                break
            pieces.append(self._text[at : max(at, time.start)])
            at = max(at, min(time.end, span.end))
        return "".join((*pieces, self._text[at : span.end]))

    def _number(self, span: Span) -> int:
        return max(0, bisect_left(self._starts, span.start + 1) - 1)

    def _near(self, spans: list[Span], span: Span) -> list[Span]:
        first = bisect_left(spans, span.start, key=lambda each: each.start)
        return spans[max(0, first - 2) : bisect_left(spans, span.end, key=lambda each: each.start)]

    def _quoted(self, span: Span) -> float:
        inside = sum(
            max(0, min(span.end, each.end) - max(span.start, each.start)) for each in self._near(self._said, span)
        )
        return min(1.0, inside / max(1, len(span)))

    def _is_only_a_date(self, dating: Dating) -> bool:
        """Whether a sentence is a date stamp: hardly a word beside its date."""
        words = len(_LONG_WORD.findall(dating.sentence.of(self._text)))
        return words - sum(len(_LONG_WORD.findall(span.of(self._text))) for span in dating.timexes) < FEWEST_WORDS


def _said(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """What a stretch is compared by: its words that say something and the kinds of happening that they tell; and these
    alone."""
    words = lower_words(text)
    kinds = happenings(words)
    return (*stems_of(words), *kinds), frozenset(kinds)


def happenings(words: Iterable[str]) -> tuple[str, ...]:
    """The kinds of happening that some lower-case words tell, each once, as words that no text has: "=release" of
    "freed"."""
    kinds = _kinds()
    return tuple(dict.fromkeys([kinds[word] for word in words if word in kinds]))


@cache
def _kinds() -> dict[str, str]:
    return {word: f"={kind}" for word, kind in load("en", "timeline").meanings("happening").items()}


@cache
def weekdays() -> dict[str, int]:
    """The names of the days of the week, in lower case, with their numbers (ISO 8601: Monday is 1)."""
    return {word.casefold(): int(day) for word, day in load(UNDECLARED, "time").meanings("weekday").items()}


@cache
def _wide() -> frozenset[str]:
    return load("en", "digest").words("common")


@cache
def _common() -> frozenset[str]:
    return load("en", "digest").words("common", "function")


def before(day: date, days: int) -> date:
    """So many days before a day, as far as the calendar goes."""
    return max(day, date.min + timedelta(days=days)) - timedelta(days=days)
