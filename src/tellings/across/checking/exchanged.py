"""Names and numbers that a draft has exchanged: what it tells of one, tellings tell of another.

A draft may tell a sentence in its own words: what stands around a name or a number in it is held against what stands
around others in the tellings (`fillers`). Another is only thought to be meant where it is of one kind, stands in the
same company, and the draft's own does so in no telling.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from tellings.across.checking.alike import Alike
from tellings.across.checking.days import Written, written
from tellings.across.checking.fillers import Filler, Fillers, Kind, bare
from tellings.across.checking.locating import ROOM
from tellings.across.checking.meeting import rounds
from tellings.across.checking.verdicts import SHOWN, verdict_on
from tellings.across.keys import words
from tellings.across.never_for import is_told_for_none, told_for_one
from tellings.across.questions.asked import exclude
from tellings.language.base import Language, language_of
from tellings.model.checked import Checkable, Checked
from tellings.model.records import FactKind
from tellings.model.text import Span
from tellings.model.verdicts import AGAINST

#: Numbers below this one are said of much that is not counted.
COUNTED = 2
#: Share by which two numbers may be off where one says that it is not exact.
ABOUT = 0.1
#: Words behind a name among which a pronoun says that somebody else does what is told.
CLAUSE = 8
#: Letters from which a word is the short form of one that begins with it.
SHORT = 3
#: Words of a name that is surely one, whatever it names.
FULL = 2
_KINDS: dict[Kind, Checkable] = {"number": "number", "day": "day", "word": "statement"}
_RULES: dict[Kind, str] = {
    "number": "another-number-in-its-company",
    "person": "another-person-in-its-company",
    "place": "another-place-in-its-company",
    "name": "another-name-in-its-company",
    "day": "another-day-in-its-company",
    "word": "another-word-in-its-company",
}
_COUNT: FactKind = "count"
#: The rule of a number that nearly the same sentence has in the same place: no company says more.
IN_ITS_PLACE = "the-same-in-its-place"
#: What a verdict on a number may be of.
_VALUES: frozenset[Checkable] = frozenset(
    ("number", "money", "percent", "age", "measure", "duration", "rank", "day", "clock time")
)


def instead(found: Sequence[Checked], others: Iterable[Checked]) -> list[Checked]:
    """Verdicts with others that were found by a look at more, in place of those on the same words; what speaks against
    these already stays."""
    kept: list[Checked | None] = list(found)
    at: dict[int, list[int]] = defaultdict(list)
    for number, each in enumerate(found):
        if each.kind == "name" or each.kind in _VALUES:
            for place in range(each.span.start, each.span.end):
                at[place].append(number)
    for one in others:
        over = sorted({number for place in range(one.span.start, one.span.end) for number in at.get(place, ())})
        there = [(number, was) for number in over if (was := kept[number]) is not None and _alike(was, one)]
        if any(each.verdict in AGAINST for _, each in there):
            continue
        if one.provenance.rule == _RULES["number"] and any(each.provenance.rule == IN_ITS_PLACE for _, each in there):
            continue
        for number, _ in there:
            kept[number] = None
        if there:
            was = there[0][1]
            # "£2 million" is told otherwise with its sign.
            one = replace(one, kind=was.kind, span=was.span if was.span.contains(one.span) else one.span)
        kept.append(one)
    return [each for each in kept if each is not None]


def _alike(one: Checked, other: Checked) -> bool:
    """Whether two verdicts are both on names, or both on values."""
    return (one.kind == "name") == (other.kind == "name")


def check_exchanged(alike: Alike) -> Iterator[Checked]:
    """The verdicts on names and numbers of the draft that were exchanged."""
    language = language_of(alike.draft.document.read_as)
    fillers = Fillers(alike.draft, alike.sources)
    quoted = [each.source for each in alike.draft.quotes if each.source is not None and each.type != "indirect"]
    speaking = {place for source in quoted for place in range(source.start, source.end)}
    for mine in fillers.each():
        if not alike.in_own_words(mine.place.span) or (mine.kind == "number" and mine.number < COUNTED):
            continue
        if mine.place.span.start in speaking:
            continue  # who says what is looked at with what is said
        pair = _Pair(mine, fillers, alike, language)
        others = fillers.instead(mine, pair.is_another, pair.stands)
        if mine.kind == "word":
            others = others or pair.opposites_of_what_nobody_says(alike)
        elif mine.kind == "number":
            others = tuple(each for each in others if not pair.is_told_beside(each))
            others = others or fillers.numbers_of_it(mine, pair.is_another)
        others = tuple(each for each in others if not pair.is_named_beside(each))
        if not others or (mine.kind == "number" and pair.is_a_toll_told(others[0])):
            continue
        places = tuple(each.place for each in others[:SHOWN])
        kind = _KINDS.get(mine.kind, "name")
        yield verdict_on(
            alike.sources, kind, mine.place.span, "differs", _RULES[mine.kind], (), places, reason=mine.kind
        )


class _Pair:
    """A filler of the draft, and which others are another, or itself."""

    def __init__(self, mine: Filler, fillers: Fillers, alike: Alike, language: Language) -> None:
        self.mine, self._fillers = mine, fillers
        self._draft, self._sources, self._language = alike.draft, alike.sources, language
        self._joints = language.words(ROOM, "joint_of_place")
        self._pronouns = language.words("quote", "personal_pronoun")
        self._beside = fillers.beside(mine)
        self._day = self._written(mine)
        #: "The 2015 raid" is "the raid of 2015".
        self._is_a_year = self._day.year is not None and self._day == Written(year=self._day.year)
        self._one = told_for_one(mine.words[0], language) if mine.kind == "word" else frozenset()

    def stands(self, other: Filler) -> bool:
        """Whether a filler of a telling is the draft's."""
        if self.mine.kind == "number":
            return other.kind == "number" and other.number == self.mine.number
        if self.mine.kind == "day":
            return other.kind == "day" and self._written(other).fits(self._day)
        if self.mine.kind == "word":
            return other.kind == "word" and other.words[0] in self._one
        if self.mine.kind == "person":
            short = len(other.words) == 1 and other.words[0] in self.mine.words
            return short or self.mine.words[-1] in other.words
        return not set(self.mine.words).isdisjoint(other.words)

    def is_another(self, other: Filler) -> bool:
        """Whether a filler of a telling is another of the kind of the draft's."""
        if self.mine.kind == "number":
            return other.kind == "number" and self._is_another_number(other)
        if self.mine.kind == "day":
            alike = other.joint == self.mine.joint or self._is_a_year
            return other.kind == "day" and alike and self._is_another_day(other)
        if self.mine.kind == "word":
            return other.kind == "word" and self._is_another_word(other)
        if other.kind in ("number", "day", "word"):
            return False
        return self._is_another_name(other)

    def opposites_of_what_nobody_says(self, alike: Alike) -> tuple[Filler, ...]:
        """What stands for a word of the draft in the sentences that tell most of what its sentence does, where no
        telling has any word that is told for it: "upstream", where all have "downstream"."""
        if self.mine.kind != "word" or any(self._sources.where(each) for each in self._one):
            return ()
        if self.mine.words[0] in self._language.words(ROOM, "counted_out"):
            return ()
        near = {one.sentence.place for one in alike.near(self.mine.place.span)}
        return tuple(
            each
            for each in self._fillers.words_of(near)
            if self._is_another_word(each) and self._fillers.share_company(self.mine, each)
        )

    def _is_another_word(self, other: Filler) -> bool:
        """Whether a word is told for the draft's nowhere, and neither has both."""
        theirs = other.words[0]
        if not is_told_for_none(self.mine.words[0], theirs, self._language):
            return False
        held = {word for each in self._fillers.beside(other) for word in each.words}
        own = {word for each in self._beside for word in each.words}
        return self._one.isdisjoint(held) and told_for_one(theirs, self._language).isdisjoint(own)

    def _is_another_number(self, other: Filler) -> bool:
        one, two = self.mine.number, other.number
        if self.mine.unit != other.unit or one == two or two < COUNTED or one.is_integer() != two.is_integer():
            return False
        if rounds(one, two) or rounds(two, one) or exclude(_COUNT, self.mine.asked, other.asked, self._language):
            return False
        return abs(one - two) > ABOUT * max(one, two) or (self.mine.exact and other.exact)

    def is_named_beside(self, other: Filler) -> bool:
        """Whether the name of the draft stands in the sentence of a filler of a telling, or may be meant there."""
        if self.mine.kind in ("number", "day", "word"):
            return False
        text = self._sources.by_id[other.place.telling].text
        row = words(text, (other.sentence.span,))
        behind = words(text, (Span(other.place.span.end, other.sentence.span.end),))[:CLAUSE]
        if not self._pronouns.isdisjoint(each.normal for each in behind):
            return True  # "I met Lind and told her": who does it is somebody else
        held = {bare(word) for word in row}.union(*(each.words for each in self._fillers.beside(other)))
        return not held.isdisjoint(self.mine.words)

    def _is_another_day(self, other: Filler) -> bool:
        theirs = self._written(other)
        return self._day.shares(theirs) and not self._day.fits(theirs)

    def _written(self, other: Filler) -> Written:
        telling = self._sources.by_id.get(other.place.telling, self._draft)
        return written(other.timex, telling.text, self._language) if other.timex is not None else Written()

    def is_a_toll_told(self, instead: Filler) -> bool:
        """Whether a telling has the number of the draft as a toll of the same type: wherever it is told, it is that; or
        one that is later than that of a lower number thought to be meant has it of whatever type is not told."""
        asked, rising = self.mine.asked, self._language.words(ROOM, "rising")
        if asked not in rising:
            return False
        there = [other for other in self._fillers.likely_itself(self.mine) if self.stands(other)]
        before = self._sources.by_id[instead.place.telling].document.date.value
        if instead.number > self.mine.number or before is None:
            return any(other.asked == asked for other in there)
        return any(
            other.asked == asked
            or (not other.asked and self._is_of_a_toll(other) and (day := self._day_of(other)) and day > before)
            for other in there
        )

    def _is_of_a_toll(self, other: Filler) -> bool:
        """Whether the sentence of a number says that it is a toll: "the toll stands at 33"."""
        text = self._sources.by_id[other.place.telling].text
        row = words(text, (other.sentence.span,))
        return not self._language.words(ROOM, "of_a_toll").isdisjoint(word.normal for word in row)

    def _day_of(self, other: Filler) -> date | None:
        return self._sources.by_id[other.place.telling].document.date.value

    def is_told_beside(self, other: Filler) -> bool:
        """Whether the draft has another number in the same sentence."""
        return any(each.kind == "number" and each.number == other.number for each in self._beside)

    def _is_another_name(self, other: Filler) -> bool:
        mine, theirs = set(self.mine.words), set(other.words)
        if any(not theirs.isdisjoint(each.words) for each in self._beside):
            return False  # the draft has both
        if self._sources.is_person(mine | theirs):
            return False  # "Mara", "Lind"
        if any(
            one.startswith(two) or two.startswith(one)
            for one in mine
            for two in theirs
            if min(map(len, (one, two))) >= SHORT
        ):
            return False  # "Tom", "Thomas" may be, "Mitch" is "Mitchell"
        kinds = {self.mine.kind, other.kind}
        if kinds == {"person", "name"}:
            return min(len(self.mine.words), len(other.words)) >= FULL
        one_joint = self.mine.joint == other.joint
        if kinds == {"place", "name"}:
            return one_joint and self.mine.joint in self._joints
        if kinds == {"place"}:
            return one_joint or self._joints.isdisjoint((self.mine.joint, other.joint))
        return kinds == {"person"}
