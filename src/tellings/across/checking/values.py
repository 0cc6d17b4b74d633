"""Values of a draft beside those that tellings give: numbers, sums, shares, ages, measures, lengths of time, hours.

1. Where a telling has nearly the same sentence, what stands in the place of the value says whether it agrees.
2. Else it agrees where a telling gives it in like company, and differs where none does and one gives another of its
   kind in company so like that both must be of one thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tellings.across.checking.alike import Alike
from tellings.across.checking.edits import forms, numbers, plain
from tellings.across.checking.locating import ROOM
from tellings.across.checking.meeting import ABOUT, bears_out, comparable, meets, rounds
from tellings.across.checking.outdated import is_an_earlier_one, is_of_a_day_told
from tellings.across.checking.sources import Sentence, Sources, starting_in
from tellings.across.checking.units import unit_at
from tellings.across.checking.verdicts import SHOWN, of_others, verdict_on
from tellings.across.keys import Word, words
from tellings.across.questions.answers import Answer, Reading
from tellings.across.questions.asked import exclude
from tellings.across.questions.company import Company
from tellings.language.base import UNDECLARED, language_of
from tellings.model.checked import Checkable, Checked
from tellings.model.records import Bound, Place, Telling
from tellings.model.text import Span
from tellings.model.verdicts import AGAINST, Verdict

_KINDS: dict[str, Checkable] = {
    "count": "number",
    "age": "age",
    "duration": "duration",
    "ordinal": "rank",
    "money": "money",
    "measure": "measure",
    "clock": "clock time",
}
#: The unit of shares.
PERCENT = "%"
#: How alike the company of a value must be that agrees: at least, and where its noun is the same.
AGREES, OF_ONE_NOUN = 0.22, 0.08
#: How alike that of a value must be that differs, and by how much more than that of the best that agrees.
DIFFERS, AHEAD = 0.6, 0.35
#: How alike that of a value must be that another telling gives otherwise, the less of one noun, and how near to the
#: best that agrees.
CONTESTED, CONTESTED_NOUN, AS_NEAR = 0.6, 0.45, 0.15
#: How alike that of a value must be that surely is of the same, so that it may take the place of an earlier one; and
#: that of a toll.
SURELY, SURELY_RISEN = 0.75, 0.45
#: How alike the company of a higher number must be that only rises.
RISEN = 0.3
#: How alike the company of a value must be that is the same, though close sentences have another: where it answers the
#: same question, and where that is not known.
TOLD_ALIKE, FIRMLY = 0.2, 0.4
#: How near a sentence must be for a value that stands elsewhere in it to be out of its place.
SWAPPED = 0.8
#: Share of what a sentence of the draft says that one must have that gives its number.
TOLD = 0.3
#: Numbers from which a value is so special that another like it is no chance.
SPECIAL = 100
_ONE = "1"
EXACT: Bound = "exact"
VAGUE: Bound = "vague"
#: Figures of a number that is no chance.
LONG = 3
#: Characters beside a number that hold the next word.
BEHIND = 20
_DAYS = frozenset({"DATE", "TIME"})
_RANKED = re.compile(r"(\d{1,4})[^\W\d_]{2}")
#: A road, a flight, a model: letters and figures in one, from which one of other figures is another.
_CODE = re.compile(r"([^\W\d_]{1,3}-?)(\d{1,4})")
#: Ranks from which one is no chance.
FAR = 4


@dataclass(frozen=True, slots=True)
class Likely:
    """A value of a telling that may be of what one of the draft is of: how alike what stands around them is, whether
    both can be one, and whether they are of one noun."""

    reading: Reading
    likeness: float
    meets: bool
    one_noun: bool


class _Given:
    """The values that tellings give, by kind and by place."""

    def __init__(self, sources: Sources, asked: Sequence[Reading], draft: Telling) -> None:
        given = sources.readings
        self.company = Company([*given, *asked], language_of(draft.document.read_as))
        self.of_kind: Mapping[str, list[Reading]] = defaultdict(list)
        self._at: Mapping[str, list[Answer]] = defaultdict(list)
        #: The values that the draft gives.
        self.drafts = [answer for reading in asked for answer in reading.places]
        self._numbers = sorted({reading.answer.stated for reading in given})
        self._sentences: dict[int, list[Place]] = {}
        for reading in given:
            self.of_kind[reading.answer.kind].append(reading)
            places = [Place(answer.telling, answer.span) for answer in reading.places]
            self._sentences[id(reading)] = [Place(each.telling, sources.sentence_at(each)) for each in places]
            for answer in reading.places:
                self._at[answer.telling].append(answer)

    def sentences(self, reading: Reading) -> list[Place]:
        """The sentences in which a reading stands."""
        return self._sentences[id(reading)]

    def near_number(self, answer: Answer) -> bool:
        """Whether a telling gives a number, of whatever, that one of the draft may round."""
        slack, told = ABOUT if answer.bound != EXACT else 0.0, answer.stated
        return any(
            abs(number - told) <= slack * max(abs(number), abs(told)) or rounds(told, number)
            for number in self._numbers
        )

    def at(self, place: Place, kind: str) -> Answer | None:
        """The value of a kind that stands at a place."""
        return next(iter(self.within(place, kind)), None)

    def within(self, place: Place, kind: str) -> list[Answer]:
        """The values of a kind that stand at a place, or in a sentence."""
        return [each for each in self._at[place.telling] if each.kind == kind and each.span.overlaps(place.span)]


def check_values(alike: Alike) -> Iterator[Checked]:
    """The verdict on each value of the draft that stands in its own words or in reported speech, and on other figures
    that nearly the same sentences of tellings have otherwise."""
    draft, sources = alike.draft, alike.sources
    asked = [reading for reading in alike.readings if reading.answer.kind in _KINDS]
    given = _Given(sources, asked, draft)
    seen: list[Span] = []
    for reading in asked:
        for answer in reading.places:
            if alike.in_own_words(answer.span) and _numbers(answer.span.of(draft.text)) != [_ONE]:
                yield _Value(reading, answer, alike, given).checked()
                seen.append(answer.span)
    seen += [timex.span for timex in draft.timexes]
    yield from _figures(alike, seen)


def _figures(alike: Alike, seen: Sequence[Span]) -> Iterator[Checked]:
    """Numbers that are no values, where close sentences have others in their place, and none has them."""
    text = alike.draft.text
    covered = bytearray(len(text))
    for span in seen:
        covered[span.start : span.end] = b"\x01" * len(span)
    row = words(text)
    for place, word in enumerate(row):
        is_free = not any(covered[word.start : word.end]) and alike.in_own_words(word.span)
        if is_free and (found := _ranked(word, alike.sources) or _coded(word, alike)) is not None:
            yield found
            continue
        number = _numbers(word.normal)
        # "One" is said of much that is not counted.
        if not number or number == [_ONE] or any(covered[word.start : word.end]):
            continue
        if not alike.in_own_words(word.span):
            continue
        more = place + 1 < len(row) and row[place + 1].normal in _multiplying()
        span = Span(word.start, row[place + 1].end if more else word.end)

        def is_another(place: Place, span: Span = span) -> bool:
            theirs = _numbers(place.span.of(alike.sources.by_id[place.telling].text))
            return bool(theirs) and theirs != _numbers(span.of(text))

        same, others = alike.opposites(span, is_another)
        if others and not same:
            yield verdict_on(alike.sources, "number", span, "differs", "another-in-its-place", (), others)
        elif len(word.normal) >= LONG and word.normal.isdecimal() and not _stands(word.normal, alike.sources):
            yield verdict_on(alike.sources, "number", span, "not found", "in-no-telling")


def _ranked(word: Word, sources: Sources) -> Checked | None:
    """The verdict on a rank in figures ("31st") that no telling has, in figures or as a number."""
    match = _RANKED.fullmatch(word.normal)
    if match is None or int(match[1]) < FAR or sources.where(word.normal) or _stands(match[1], sources):
        return None
    return verdict_on(sources, "rank", word.span, "not found", "in-no-telling")


def _coded(word: Word, alike: Alike) -> Checked | None:
    """The verdict on letters and figures in one ("A42") of which tellings have others with the same letters only."""
    sources, match = alike.sources, _CODE.fullmatch(word.normal)
    if match is None or not word.span.of(alike.draft.text)[:1].isupper() or sources.where(word.normal):
        return None
    others = [each for each in sources.coded if (found := _CODE.fullmatch(each)) and found[1] == match[1]]
    places = [
        Place(telling, sources.words[telling].span(at, at)) for each in others for telling, at in sources.where(each)
    ]
    return (
        verdict_on(sources, "number", word.span, "differs", "another-of-its-letters", (), places[:SHOWN])
        if places
        else None
    )


def _stands(number: str, sources: Sources) -> bool:
    """Whether a telling has a number, or one that it may round."""
    told = float(number)
    return sources.has_parted(number) or any(each == told or rounds(told, each) for each in map(float, sources.figures))


@cache
def _multiplying() -> frozenset[str]:
    """Words that multiply the number before them."""
    return language_of(UNDECLARED).lexicon.words("magnitude")


def _numbers(written: str) -> list[str]:
    """The figures of a text, in one form."""
    return numbers(plain([word.normal for word in words(written)]))


class _Value:
    """A value of the draft with what tellings give."""

    def __init__(self, reading: Reading, answer: Answer, alike: Alike, given: _Given) -> None:
        self.reading = reading
        self.answer = answer
        self.draft, self.sources = alike.draft, alike.sources
        self.alike = alike
        self.given = given
        self.numbers = _numbers(answer.span.of(alike.draft.text))
        self.kind: Checkable = "percent" if answer.kind == "measure" and answer.unit == PERCENT else _KINDS[answer.kind]

    def checked(self) -> Checked:
        """The verdict."""
        same, others = self._in_its_place()
        likely = self._likely()
        equal = [one for one in likely if one.meets]
        if others and not same:
            if told := _places(one for one in equal if self._is_surely_told(one, others)):
                return self._borne_out("surely-told-elsewhere", told, others, others)
            if risen := self._risen_since(others):
                return self._found(self.sources.borne_out(risen), "a-toll-that-has-risen", risen[:SHOWN])
            return self._found("differs", "another-in-its-place", (), others)
        other = [one for one in likely if not one.meets]
        agreeing = [one for one in equal if one.likeness >= (OF_ONE_NOUN if self._special(one) else AGREES)]
        if same:
            rivals = [one for one in other if self._rivals(one)]
            surely = (*others, *_places(filter(self._is_sure, rivals)))
            there = (*same, *_places(agreeing))
            return self._borne_out("the-same-in-its-place", there, (*others, *_places(rivals)), surely)
        best = max((one.likeness for one in equal), default=0.0)
        rival = max((one.likeness for one in other), default=0.0)
        if rival >= DIFFERS and rival - best >= AHEAD:
            near = [one for one in other if one.likeness >= max(DIFFERS, rival - AS_NEAR)]
            return self._found("differs", "another-value-in-like-company", (), _places(near))
        if not agreeing:
            return self._elsewhere(_places([*equal, *other])[:SHOWN])
        against = [one for one in other if self._rivals(one) and one.likeness >= best - AS_NEAR]
        surely = _places(filter(self._is_sure, against))
        return self._borne_out("the-same-value-in-like-company", _places(agreeing), _places(against), surely)

    def _elsewhere(self, near: tuple[Place, ...]) -> Checked:
        """The verdict on a value that stands in no like company: its number may be told in a sentence of the same, in
        another unit, or of something else."""
        if not self.numbers:
            return self._found("not checked", "no-number-is-written", near, reason="no-number")
        held = [one for one in self.sources.holding(self._forms()) if not self._of_another_kind(one)]
        told = [one for one in held if self._like(one)]
        if told:
            in_its_own = [one for one in told if not self._in_another_unit(one)]
            in_its_own = in_its_own or [one for one in held if not self._in_another_unit(one)]
            if not in_its_own:
                return self._found("differs", "in-another-unit", (), tuple(one.place for one in told[:SHOWN]))
            places = tuple(one.place for one in in_its_own)
            return self._found(self.sources.borne_out(places), "the-number-in-a-like-sentence", places[:SHOWN])
        if others := self._other_tolls(held):
            return self._found("not found", "another-toll", others)
        if held or self.given.near_number(self.answer):
            places = tuple(one.place for one in held[:SHOWN])
            return self._found("not checked", "told-of-something-else", places, reason="other-company")
        if self.answer.bound in ("about", "nearly") and self.kind in ("duration", "measure", "percent"):
            return self._found("not checked", "it-may-be-worked-out", near, reason="worked-out")
        return self._found("not found", "in-no-telling", near)

    def _other_tolls(self, held: Sequence[Sentence]) -> tuple[Place, ...]:
        """Where tellings give a toll of the type of the draft's, if none gives its number, or one that may be it, as
        such: "40 hectares" bear out no 40 injured."""
        asked, language = self.reading.around.asked, language_of(self.draft.document.read_as)
        if self.kind != "number" or asked not in language.words(ROOM, "tolls"):
            return ()
        given = [each for each in self.given.of_kind[self.answer.kind] if each.around.asked == asked]
        if any(meets(self.answer, each.answer) for each in given) or self._is_of_others():
            return ()
        tolls = language.words(ROOM, "of_a_toll")
        if any(not tolls.isdisjoint(each.written for each in sentence.words) for sentence in held):
            return ()
        return tuple(Place(each.answer.telling, each.answer.span) for each in given[:SHOWN])

    def _is_of_others(self) -> bool:
        """Whether the draft says that the number is of others than one before, an earlier one, or a part."""
        span, language = self.answer.span, language_of(self.draft.document.read_as)
        text = self.draft.text
        behind = words(text, (Span(span.end, min(len(text), span.end + BEHIND)),))[:1]
        before = words(text, (Span(max(0, span.start - BEHIND), span.start),))[-1:]
        others = language.words(ROOM, "of_others")
        return not others.isdisjoint(word.normal for word in (*before, *behind)) or is_an_earlier_one(
            self.alike, span, language
        )

    def _like(self, sentence: Sentence) -> bool:
        """Whether a sentence of a telling says much of what the draft says around the value."""
        around = self.alike.around(self.answer.span)
        stems = around.stems if around is not None else frozenset()
        shared = self.sources.weigh(sentence.stems & stems)
        return shared >= TOLD * (self.sources.weigh(stems) or 1.0)

    def _forms(self) -> frozenset[str]:
        """The number of the value in figures and in words, without what multiplies it."""
        bare = [number for number in self.numbers if number not in _multiplying()] or self.numbers
        return frozenset(form for number in bare for form in forms(number))

    def _of_another_kind(self, sentence: Sentence) -> bool:
        """Whether a sentence has the number only in a day ("18 percent", "18 April"), or, of one with a unit, nowhere
        with any."""
        if self.kind in ("duration", "clock time"):
            return False
        telling, mine = self.sources.by_id[sentence.place.telling], unit_at(self.draft, self.answer.span)
        row = words(telling.text, (sentence.place.span,))
        days = starting_in(telling.timexes, sentence.place.span)
        forms = self._forms()
        theirs = [
            word
            for word in row
            if word.normal in forms and not any(day.type in _DAYS and day.span.contains(word.span) for day in days)
        ]
        if not theirs:
            return any(word.normal in forms for word in row)
        if not mine.named:
            return False
        return not any(
            unit_at(telling, word.span).named for word in row if word.normal[:1].isdigit() or word.normal in forms
        )

    def _in_another_unit(self, sentence: Sentence) -> bool:
        """Whether a sentence has the number, always in another unit."""
        telling, mine = self.sources.by_id[sentence.place.telling], unit_at(self.draft, self.answer.span)
        if not mine:
            return False
        row = words(telling.text, (sentence.place.span,))
        theirs = [unit_at(telling, word.span) for word in row if word.normal in self._forms()]
        return bool(theirs) and all(unit.is_another(mine) for unit in theirs)

    def _rivals(self, one: Likely) -> bool:
        """Whether another value stands in company so like that both must be of one thing; or a toll has risen."""
        if self._has_risen(one) and one.likeness >= RISEN:
            return True
        return one.likeness >= (CONTESTED_NOUN if one.one_noun else CONTESTED)

    def _has_risen(self, one: Likely) -> bool:
        """Whether another value is a higher toll of the same type and noun."""
        asked = one.reading.around.asked
        rising = language_of(self.draft.document.read_as).words(ROOM, "rising")
        the_same = asked in rising and asked == self.reading.around.asked and one.one_noun
        return the_same and one.reading.answer.stated > self.answer.stated

    def _risen_since(self, others: Sequence[Place]) -> tuple[Place, ...]:
        """Where a toll of the draft stands that has risen since close sentences had another in its place; none where
        it is no toll, or stands in no later telling."""
        language = language_of(self.draft.document.read_as)
        rising, tolls = language.words(ROOM, "rising"), language.words(ROOM, "of_a_toll")
        given = [each for place in others if (each := self.given.at(place, self.answer.kind)) is not None]
        if self.reading.around.asked not in rising or any(each.stated >= self.answer.stated for each in given):
            return ()
        last = max((day for place in others if (day := self._day(place))), default=None)
        return tuple(
            one.place
            for one in self.sources.holding(self._forms())
            if not self._of_another_kind(one) and not tolls.isdisjoint(word.written for word in one.words)
            if (day := self._day(one.place)) and last is not None and day > last
        )

    def _is_sure(self, one: Likely) -> bool:
        """Whether another value surely is of the same."""
        return one.likeness >= (SURELY_RISEN if self._has_risen(one) else SURELY)

    def _in_its_place(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """Where nearly the same sentences have this value in its place, and where they have another."""
        same: list[Place] = []
        others: list[Place] = []
        for beside in self.alike.beside(self.answer.span):
            place, equal = beside.opposite(self.answer.span)
            if place is None:
                continue
            theirs = self.given.at(place, self.answer.kind)
            written = _numbers(place.span.of(self.sources.by_id[place.telling].text))
            if theirs is not None and comparable(self.answer, theirs):
                if bears_out(self.answer, theirs):
                    same.append(Place(place.telling, theirs.span))
                elif meets(self.answer, theirs):
                    continue  # a round number beside a precise one says neither
                elif beside.near.both >= SWAPPED or not self._stands_in(beside.near.sentence.place):
                    others.append(Place(place.telling, theirs.span))
            elif theirs is not None:
                if written == self.numbers:
                    others.append(place)  # the number of another unit
            elif equal or written == self.numbers:
                telling = self.sources.by_id[place.telling]
                another = unit_at(telling, place.span).is_another(unit_at(self.draft, self.answer.span))
                (others if another else same).append(place)
            elif written:
                others.append(place)
        return tuple(same), tuple(others)

    def _stands_in(self, sentence: Place) -> bool:
        """Whether a sentence of a telling gives the value, wherever in it."""
        return any(
            comparable(self.answer, each) and meets(self.answer, each)
            for each in self.given.within(sentence, self.answer.kind)
        )

    def _likely(self) -> list[Likely]:
        """The values of tellings that may be of the same, the likest first."""
        language = language_of(self.draft.document.read_as)
        near = {one.sentence.place: one.both for one in self.alike.near(self.answer.span)}
        likely = []
        for other in self.given.of_kind[self.answer.kind]:
            theirs = other.answer
            if not comparable(self.answer, theirs):
                continue
            whole = max((near.get(place, 0.0) for place in self.given.sentences(other)), default=0.0)
            likeness = (self.given.company.likeness(self.reading, other) + whole) / 2
            one_noun = bool(theirs.head) and theirs.head == self.answer.head
            same = bears_out(self.answer, theirs)
            if not same and meets(self.answer, theirs):
                continue  # a round number beside a precise one says neither
            if same or not exclude(theirs.kind, self.reading.around.asked, other.around.asked, language):
                likely.append(Likely(other, likeness, same, one_noun))
        likely.sort(key=lambda one: (-one.likeness, one.reading.answer.telling, one.reading.answer.span))
        return likely

    def _is_surely_told(self, one: Likely, others: Sequence[Place]) -> bool:
        """Whether a value that is the same elsewhere surely is of the same: it answers the same question, of things of
        one noun, or stands in company that is much alike. What stands beside one of `others` is of something else."""
        if all(_numbers(place.span.of(self.sources.by_id[place.telling].text)) == self.numbers for place in others):
            # The close sentences have the number in another unit.
            return one.reading.answer.written_in == self.answer.written_in and one.likeness >= AGREES
        rivals = [each for place in others if (each := self.given.at(place, self.answer.kind)) is not None]
        beside = (
            each for place in self.given.sentences(one.reading) for each in self.given.within(place, self.answer.kind)
        )
        if any(comparable(each, rival) and meets(each, rival) for each in beside for rival in rivals):
            return False
        asked = self.reading.around.asked
        if one.reading.answer.bound == VAGUE:
            return False
        the_same = one.one_noun and bool(asked) and one.reading.around.asked == asked
        return one.likeness >= (TOLD_ALIKE if the_same else FIRMLY)

    def _special(self, one: Likely) -> bool:
        """Whether a value that is the same elsewhere is so by no chance."""
        return one.one_noun or self.answer.kind in ("money", "age") or self.answer.stated >= SPECIAL

    def _borne_out(
        self, rule: str, places: tuple[Place, ...], against: tuple[Place, ...], surely: tuple[Place, ...]
    ) -> Checked:
        """The verdict on a value that tellings give at `places`, and others, or not the same ones, otherwise: of what
        it is of `surely`, or else likely."""
        if all(map(self._is_left_open, places)):
            return self._found("differs", "told-so-only-vaguely", (), against) if against else self._elsewhere(places)
        against = of_others(against, places)
        if not against:
            return self._found(self.sources.borne_out(places), rule, places)
        if self._is_outdated(places, of_others(surely, places)):
            return self._found("superseded", "told-otherwise-later", places, against)
        return self._found("contested", "told-otherwise-elsewhere", places, against)

    def _is_left_open(self, place: Place) -> bool:
        """Whether a telling has no number where the draft has one: "several" bears out "nine" no more than "seven"."""
        theirs = self.given.at(place, self.answer.kind)
        vague = theirs is not None and theirs.bound == VAGUE
        return vague and self.answer.bound != VAGUE and bool(self.numbers)

    def _is_outdated(self, places: Sequence[Place], surely: Sequence[Place]) -> bool:
        """Whether all that surely tell a value otherwise are later than those that tell it so, and the draft gives it
        as the last one."""
        last = max((day for place in places if (day := self._day(place))), default=None)
        first = min((day for place in surely if (day := self._day(place))), default=None)
        if last is None or first is None or first <= last:
            return False
        span, language = self.answer.span, language_of(self.draft.document.read_as)
        if is_an_earlier_one(self.alike, span, language) or is_of_a_day_told(self.alike, span, places, language):
            return False
        theirs = [each for place in surely if (each := self.given.at(place, self.answer.kind)) is not None]
        return not any(comparable(mine, each) and meets(mine, each) for mine in self.given.drafts for each in theirs)

    def _day(self, place: Place) -> date | None:
        return self.sources.by_id[place.telling].document.date.value

    def _found(
        self,
        verdict: Verdict,
        rule: str,
        places: tuple[Place, ...] = (),
        against: tuple[Place, ...] = (),
        reason: str = "",
    ) -> Checked:
        if verdict in AGAINST and any(map(self.sources.has_parted, self.numbers)):
            verdict, rule, reason = "not checked", "told-of-something-else", "other-company"
            places, against = (*against, *places)[:SHOWN], ()
        return verdict_on(self.sources, self.kind, self.answer.span, verdict, rule, places, against, reason=reason)


def _places(likely: Iterable[Likely]) -> tuple[Place, ...]:
    return tuple(Place(place.telling, place.span) for one in likely for place in one.reading.places)
