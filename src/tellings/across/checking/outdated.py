"""Tolls of a draft that have risen since: the number of a telling that others, told later, give higher.

The killed, the hurt, those who signed: what is known of them only rises. A draft that gives an earlier number as the
last one leaves its reader behind, though a telling has that number. Only numbers of one type ("killed") and one noun
are compared, those that are told of no day long past, and where the draft says neither that its number was an earlier
one nor, anywhere, the later one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tellings.across.checking.alike import Alike
from tellings.across.checking.days import written
from tellings.across.checking.locating import ROOM
from tellings.across.checking.meeting import meets, rounds
from tellings.across.checking.saying_days import is_of_what_is_said
from tellings.across.checking.sources import Sources, starting_in
from tellings.across.checking.verdicts import SHOWN, verdict_on
from tellings.across.keys import words
from tellings.across.questions.answers import Answer, Reading
from tellings.language.base import Language, language_of
from tellings.model.checked import Checked
from tellings.model.records import Interval, Place
from tellings.model.text import Span

#: Sentences at the beginning of a telling among which it gives the toll of its story.
SOON = 8
#: From how many times as many on a number is of something else, but for one of those who take part from afar.
MUCH_MORE = 3.0
#: Share of what the draft's sentence says that one must have that gives a higher number later on in its telling.
TELLS = 0.4
#: Tellings that must give one higher number where none is of a later day, and how many times as many as give the
#: draft's.
SEVERAL, AS_MANY = 3, 2
#: Share of the draft's names of one telling that another of its story has at least.
OF_ONE_STORY = 0.25
#: Words before a number among which one says that it was an earlier one.
BEFORE = 4
#: Characters behind one in which the same is said: "put at 50 at first".
BEHIND = 60


@dataclass(frozen=True, slots=True)
class _Toll:
    """A number of a telling: its value, the type of question it answers, and the sentence it stands in."""

    answer: Answer
    asked: str
    sentence: Place
    day: date | None

    @property
    def place(self) -> Place:
        return Place(self.answer.telling, self.answer.span)


def check_outdated(alike: Alike) -> Iterator[Checked]:
    """The verdicts on tolls of the draft that were told so before, and are told higher since."""
    draft, sources = alike.draft, alike.sources
    language = language_of(draft.document.read_as)
    rising = language.words(ROOM, "rising")
    asked = [each for each in alike.readings if each.around.asked in rising]
    if not asked:
        return
    tolls = list(_tolls(sources, rising))
    named = {
        telling: len(alike.names.intersection(sources.words[telling].normal))
        for telling in {each.answer.telling for each in tolls}
    }
    for reading in asked:
        for answer in reading.places:
            if not alike.in_own_words(answer.span) or is_an_earlier_one(alike, answer.span, language):
                continue
            of_type = [each for each in tolls if each.asked == reading.around.asked]
            same = [each for each in of_type if _is_one(answer, each.answer)]
            # A pile of several stories has tolls of several kinds: that of one names whom and what the draft names.
            fewest = OF_ONE_STORY * max((named[each.answer.telling] for each in same), default=0)
            of_type = [each for each in of_type if named[each.answer.telling] >= fewest]
            if is_of_a_day_told(alike, answer.span, [each.place for each in same], language):
                continue
            higher = _higher(answer, same, of_type, alike, language)
            if higher and not any(meets(each.answer, other.answer) for each in asked for other in higher):
                places, against = [each.place for each in same], [each.place for each in higher[:SHOWN]]
                yield verdict_on(
                    sources, "number", answer.span, "superseded", "a-toll-has-risen", places, against, reason="risen"
                )


def _tolls(sources: Sources, rising: frozenset[str]) -> Iterator[_Toll]:
    """The numbers of tellings that only rise, those of days long past aside."""
    for reading in sources.readings:
        if reading.around.asked not in rising or not _is_a_number(reading):
            continue
        for answer in reading.places:
            place = Place(answer.telling, answer.span)
            sentence = Place(answer.telling, sources.sentence_at(place))
            day = sources.by_id[answer.telling].document.date.value
            yield _Toll(answer, reading.around.asked, sentence, day)


def _is_a_number(reading: Reading) -> bool:
    return reading.answer.kind == "count" and reading.answer.bound != "vague" and not reading.around.past


def _higher(
    answer: Answer, same: Sequence[_Toll], tolls: Sequence[_Toll], alike: Alike, language: Language
) -> list[_Toll]:
    """The numbers that tell a toll of the draft as it has risen since, the latest first; none where it may be
    another."""
    nouns = {each.answer.head for each in same}
    if not nouns:
        return []
    from_afar = not language.words(ROOM, "rising_without_end").isdisjoint(each.asked for each in same)
    higher = [
        each
        for each in tolls
        if each.answer.stated > answer.stated
        and not _is_one(each.answer, answer)
        and each.answer.head in nouns
        and (from_afar or each.answer.stated <= MUCH_MORE * answer.stated)
    ]
    higher.sort(key=lambda each: (-(each.day or date.min).toordinal(), -each.answer.stated, each.place))
    told, risen = [each.day for each in same if each.day], [each.day for each in higher if each.day]
    if not told or not risen:
        return []
    later = [each for each in higher if each.day and each.day > max(told)]
    if later:
        return [each for each in later if each.answer.number < SOON or _tells(each, answer, alike)]
    others = {each.answer.telling for each in same}
    by_number: dict[float, set[str]] = defaultdict(set)
    for each in higher:
        by_number[each.answer.stated].add(each.answer.telling)
    most = max(sorted(by_number), key=lambda number: len(by_number[number]))
    if max(risen) < max(told) or len(by_number[most]) < max(SEVERAL, AS_MANY * len(others)):
        return []
    return [each for each in higher if each.answer.stated == most]


def _is_one(one: Answer, other: Answer) -> bool:
    """Whether two numbers are one, in round figures perhaps: about 145 are no 143."""
    a, b = one.stated, other.stated
    return a == b or rounds(a, b) or rounds(b, a)


def _tells(toll: _Toll, answer: Answer, alike: Alike) -> bool:
    """Whether the sentence of a number of a telling says much of what the draft's says."""
    around = alike.around(answer.span)
    if around is None:
        return False
    held = frozenset[str]().union(
        *(near.sentence.stems for near in alike.near(answer.span) if near.sentence.place == toll.sentence)
    )
    sources = alike.sources
    return sources.weigh(held & around.stems) >= TELLS * (sources.weigh(around.stems) or 1.0)


def is_an_earlier_one(alike: Alike, span: Span, language: Language) -> bool:
    """Whether the draft says that a number was given before, or of a part, or counts up to a day that it names."""
    draft, sentence = alike.draft, alike.draft.sentence_around(span)
    row = words(draft.text, (Span(min(sentence.start, span.start), span.start),))[-BEFORE:]
    if not language.words(ROOM, "of_before", "of_a_part").isdisjoint(word.normal for word in row):
        return True
    behind = Span(span.end, max(span.end, sentence.end)).of(draft.text)
    if language.pattern(ROOM, "at-first").search(behind[:BEHIND]):
        return True
    until = language.words(ROOM, "up_to_a_day")
    for timex in draft.timexes:
        if sentence.contains(timex.span):
            before = words(draft.text, (Span(sentence.start, timex.span.start),))[-1:]
            if before and before[0].normal in until:
                return True
    return False


def is_of_a_day_told(alike: Alike, span: Span, places: Sequence[Place], language: Language) -> bool:
    """Whether the draft tells a number as what was said on a day that it names, by its date, and on which one of some
    tellings gave it: "May 3: 12 are missing", "On May 3 the port said that 12 were missing"."""
    draft = alike.draft
    told = [day for place in places if (day := alike.sources.by_id[place.telling].document.date.value)]
    block = next((each.span for each in draft.blocks if each.span.contains(span)), span)
    for timex in starting_in(draft.timexes, block):
        named = written(timex, draft.text, language)
        if named.day is None or not any(named.is_of(Interval(each, each)) for each in told):
            continue
        if is_of_what_is_said(alike, timex.span, span):
            return True
    return False
