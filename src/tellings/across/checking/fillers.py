"""Names, numbers and days in their sentences, each with the words that stand around it, and what fills its place
elsewhere.

A draft that tells freely has no sentence of a telling to be laid beside. But the words right around a number or a name
("all 27 rivets of the rudder", "a Danish stoker with a broken wrist") say what it is of, wherever they stand. Where
tellings have these words around another number or name, and nowhere around this one, the draft has exchanged it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import fsum
from typing import Literal

from tellings.across.checking.locating import ROOM
from tellings.across.checking.sources import COMMON, Sentence, Sources, language_of_telling, sentences_of, starting_in
from tellings.across.checking.units import magnitudes, units
from tellings.across.families.telling_words import tells
from tellings.across.keys import Word, words
from tellings.across.never_for import meanings
from tellings.across.questions.asked import types_of
from tellings.across.word_vectors import stem
from tellings.language.base import Language
from tellings.model.records import FactKind, Mention, Place, Telling, Timex
from tellings.model.text import Span

Kind = Literal["number", "person", "place", "name", "day", "word"]

#: Words that say something, on either side of a filler, that say what it is of; and how many off one says half as much
#: as the one beside it.
REACH, HALF = 5, 3.0
#: What a word is worth that stands on the other side.
TURNED = 0.5
#: Words by which what stands behind a comma stands farther off.
CLAUSE = 2
#: Words of an apposition at most.
APPOSITION = 12
#: Words of a sentence that is looked at: longer ones are tables.
LONGEST = 120
#: What it is worth that a filler stands in a sentence beside one that has its company.
NEXT = 0.8
#: Words before one among which one negates it.
NEGATED = 3
#: The unit of the age of somebody.
AGE = "age"
#: Share of its company that must stand around another filler, and of that the part which may stand around itself.
INSTEAD, ITSELF = 0.36, 0.62
#: Stems that both have, one of them this near to the filler, and how rare they are together.
SHARED, BESIDE, RARE = 2, 2, 7.0
#: How rare what stands right behind a number is that says what it is of; words of that at most.
RARE_OF, OF = 2.0, 4
#: Numbers from which one is of one thing by no chance.
SPECIAL = 1000
#: Words that may stand between a number and what leads to that: "a 10 percent tariff on".
NOUNS = 2
#: Words before a number in which stands what it is of, and tellings that must have both where that is not rare.
LED, SEVERAL = 3, 2
#: The same where the draft's own stands in no telling at all.
LOOSELY, RARE_LOOSELY = 0.2, 5.0
_FIGURE = re.compile(r"(\d{1,16}(?:\.\d{1,6})?)([^\W\d_]*)")
#: What joins figures that are no number: scores, dates, times; before and behind one of them.
_JOINED_BEFORE, _JOINED_BEHIND = re.compile(r"\d[-–/:.]"), re.compile(r"[-–/:.]\s?\d")
_COUNT: FactKind = "count"
_POSSESSIVE = "'s"
_COMMA = ","
_DAYS = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True)
class Filler:
    """A name, a number or a day in its sentence.

    `words` are those of a name (normal forms, without a genitive), or one that is never told for some others; `number`
    is what a number says, in `unit` ("" where it has none), `exact` where no word beside it says that it is more or
    less, and `asked` the type of question that it answers; `timex` the time expression of a day.
    `of` is what stands right behind a number in its phrase, `led` what stands right before it,
    `counted` what it counts itself: stems again.
    `before` and `after` are the stems of the words around it that say something, each with how many off it stands;
    `joint` is the word right before it.
    """

    kind: Kind
    place: Place
    sentence: Place
    before: Mapping[str, int]
    after: Mapping[str, int]
    joint: str
    words: tuple[str, ...] = ()
    number: float = 0.0
    unit: str = ""
    exact: bool = True
    asked: str = ""
    timex: Timex | None = None
    of: frozenset[str] = frozenset()
    led: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Instead:
    """A filler of a telling that stands in the company of the draft's: the share of it, weighed by rarity and nearness,
    from 0 to 1."""

    filler: Filler
    share: float


class Fillers:
    """The fillers of a draft, and those of the tellings, by the stems around them."""

    def __init__(self, draft: Telling, sources: Sources) -> None:
        self._draft, self._sources = draft, sources
        self._saying = saying(language_of_telling(draft))

    @cached_property
    def _mine(self) -> Mapping[int, Filler]:
        found = fillers_of(self._draft, sentences_of(self._draft), self._sources)
        return {each.place.span.start: each for each in found}

    @cached_property
    def _beside(self) -> Mapping[Place, list[Filler]]:
        found: dict[Place, list[Filler]] = defaultdict(list)
        for each in (*self._mine.values(), *self._theirs):
            found[each.sentence].append(each)
        return found

    def beside(self, filler: Filler) -> Sequence[Filler]:
        """The fillers of the sentence of a filler, with itself."""
        return self._beside[filler.sentence]

    @cached_property
    def _theirs(self) -> tuple[Filler, ...]:
        sources = self._sources
        by_telling: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in sources.sentences:
            by_telling[sentence.place.telling].append(sentence)
        return tuple(each for telling in sources.read for each in fillers_of(telling, by_telling[telling.id], sources))

    @cached_property
    def _around(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, filler in enumerate(self._theirs):
            for each in sorted({*filler.before, *filler.after}):
                found[each].append(place)
        return found

    def words_of(self, sentences: Collection[Place]) -> Iterator[Filler]:
        """The words of sentences of tellings that are never told for some others."""
        return (each for each in self._theirs if each.kind == "word" and each.sentence in sentences)

    def each(self) -> Iterator[Filler]:
        """The fillers of the draft, in their order."""
        yield from self._mine.values()

    def instead(
        self, mine: Filler, is_another: Callable[[Filler], bool], stands: Callable[[Filler], bool]
    ) -> tuple[Filler, ...]:
        """What fills the place of a filler of the draft in tellings, the likest first, where `is_another` says that it
        is another of its kind; none where the draft's own stands in like company (in or beside a sentence of a filler
        that `stands` is true of)."""
        around = frozenset({*mine.before, *mine.after})
        places = {
            place
            for each in around
            if len(self._around.get(each, ())) <= COMMON
            for place in self._around.get(each, ())
        }
        alike = [
            found
            for place in sorted(places)
            if is_another(self._theirs[place]) and (found := self._alike(mine, self._theirs[place])) is not None
        ]
        if not alike:
            return ()
        alike.sort(key=lambda one: (-one.share, one.filler.place))
        theirs = {one.filler.sentence for one in alike}
        if self._itself(mine, stands, theirs) > ITSELF * alike[0].share:
            return ()
        return tuple(one.filler for one in alike)

    def numbers_of_it(self, mine: Filler, is_another: Callable[[Filler], bool]) -> tuple[Filler, ...]:
        """The numbers of tellings that are of what one of the draft is of, where its own is of something else in each
        of them: "10 percent on steel", where they have 25 on steel and 10 on aluminium."""
        own = [each for each in self.likely_itself(mine) if each.kind == "number" and each.unit == mine.unit]
        weigh = self._sources.weigh
        of_it = mine.of.difference(
            self._saying, *(each.of | each.led if each.of else {*each.before, *each.after} for each in own)
        )
        if not own or not of_it or (mine.number < SPECIAL and not all(each.of for each in own)):
            return ()
        company = frozenset({*mine.before, *mine.after}) - of_it
        places = sorted({place for stem in of_it for place in self._around.get(stem, ())})
        found = tuple(
            each
            for each in map(self._theirs.__getitem__, places)
            if each.kind == "number"
            and each.unit == mine.unit
            and is_another(each)
            and (mine.number >= SPECIAL or bool(mine.unit) or not mine.counted or bool(mine.counted & each.counted))
            and weigh(each.of & of_it) >= weigh(of_it) / 3
            and (weigh(each.of & of_it) >= RARE or not company.isdisjoint({*each.before, *each.after}))
        )
        # What the whole story is about is rare in none of it, but many say it of the one number and of the other.
        often = min(len({each.place.telling for each in some}) for some in (own, found)) if found else 0
        return found if often >= SEVERAL or weigh(of_it) >= RARE_OF else ()

    def _alike(self, mine: Filler, other: Filler) -> Instead | None:
        """How alike the company of two fillers is; `None` where too little."""
        found, whole, shared = self._shared(mine, other)
        telling = {each: off for each, off in shared.items() if each not in self._saying}
        if len(telling) < SHARED or min(telling.values()) >= BESIDE:
            return None
        rarity = self._sources.rarity
        if fsum(rarity(each) for each in telling) < RARE or found < INSTEAD * whole:
            return None
        return Instead(other, found / whole)

    def share_company(self, mine: Filler, other: Filler) -> bool:
        """Whether some of the company of two fillers is the same, where the draft's own stands in no telling at all."""
        found, whole, shared = self._shared(mine, other)
        telling = [each for each in shared if each not in self._saying]
        return (
            len(telling) >= SHARED
            and found >= LOOSELY * whole
            and fsum(self._sources.rarity(each) for each in telling) >= RARE_LOOSELY
        )

    def _shared(self, mine: Filler, other: Filler) -> tuple[float, float, dict[str, int]]:
        """The weight of what stands around a filler of the draft and another, that of all that stands around it, and
        the stems that do so, with how many off."""
        rarity = self._sources.rarity
        found, whole = 0.0, 0.0
        shared: dict[str, int] = {}
        for here, there, turned in (
            (mine.before, other.before, other.after),
            (mine.after, other.after, other.before),
        ):
            for each, off in here.items():
                weight = rarity(each) * _nearness(off)
                whole += weight
                if each in there:
                    found += weight * min(1.0, _nearness(there[each]) / _nearness(off))
                elif each in turned:
                    found += TURNED * weight * min(1.0, _nearness(turned[each]) / _nearness(off))
                else:
                    continue
                shared[each] = off
        return found, whole, shared

    def _itself(self, mine: Filler, stands: Callable[[Filler], bool], theirs: Collection[Place]) -> float:
        """The share of its company in a sentence in which a filler of the draft stands itself, or beside one, but for
        the sentences that tell it of others."""
        rarity, sentences = self._sources.rarity, self._sources.sentences
        weights: dict[str, float] = {}
        for each, off in (*mine.before.items(), *mine.after.items()):
            weights[each] = max(weights.get(each, 0.0), rarity(each) * _nearness(off))
        whole = fsum(weights.values()) or 1.0
        best = 0.0
        own = [each for each in self.likely_itself(mine) if stands(each)]
        if mine.kind in ("number", "day"):
            # "Owed £2 million and had insured it for £4 million": what a sentence tells of each stands beside it.
            for itself in own:
                if itself.sentence in theirs:
                    found, all_of_it, _ = self._shared(mine, itself)
                    best = max(best, found / (all_of_it or 1.0))
            own = [each for each in own if each.sentence not in theirs]
        for place in sorted({each.sentence for each in own}):
            at = self._sources.number_of[place]
            for other, worth in ((at, 1.0), (at - 1, NEXT), (at + 1, NEXT)):
                if not 0 <= other < len(sentences) or sentences[other].place.telling != place.telling:
                    continue
                if other != at and sentences[other].place in theirs:
                    continue
                held = sentences[other].stems | sentences[at].stems
                best = max(best, worth * fsum(weights[each] for each in weights if each in held) / whole)
        return best

    def likely_itself(self, mine: Filler) -> Iterator[Filler]:
        """The fillers of the tellings that may be one of the draft's: those of its number, or of a word of its name."""
        for key in _keys(mine):
            yield from self._by_key.get(key, ())

    @cached_property
    def _by_key(self) -> Mapping[str | float, list[Filler]]:
        found: dict[str | float, list[Filler]] = defaultdict(list)
        for each in self._theirs:
            for key in _keys(each):
                found[key].append(each)
        return found


def _keys(filler: Filler) -> tuple[str | float, ...]:
    if filler.kind == "number":
        return (filler.number,)
    return filler.words or (filler.kind,)


def _nearness(off: int) -> float:
    return HALF / (HALF + off)


def fillers_of(telling: Telling, sentences: Sequence[Sentence], sources: Sources) -> Iterator[Filler]:
    """The fillers of sentences of a telling, in their order."""
    ages = frozenset(fact.value_span.start for fact in telling.facts if fact.kind == "age")
    for sentence in sentences:
        row = words(telling.text, (sentence.place.span,))
        if len(row) <= LONGEST:
            yield from _Row(telling, sentence, row, sources, ages).fillers()


class _Row:
    """The words of a sentence."""

    def __init__(
        self,
        telling: Telling,
        sentence: Sentence,
        row: Sequence[Word],
        sources: Sources,
        ages: Collection[int],
    ) -> None:
        self._telling, self._sentence, self._row, self._sources = telling, sentence, row, sources
        self._language = language_of_telling(telling)
        stems = {word.start: word.stem for word in sentence.words}
        skipped = units(self._language)
        self._stems = [
            stems.get(word.start, "") if tells(word.normal) and word.normal not in skipped else "" for word in row
        ]
        self._starts = [word.start for word in row]
        span = sentence.place.span
        self._names = {self._at(each.span): each for each in starting_in(telling.mentions, span) if each.kind == "name"}
        self._days = {self._at(each.span): each for each in starting_in(telling.timexes, span) if self._is_a_day(each)}
        self._ages = ages

    def _at(self, span: Span) -> int:
        return bisect_left(self._starts, span.start)

    def _is_a_day(self, timex: Timex) -> bool:
        """Whether a time expression names a day, and no hour in a word: "shortly after noon"."""
        if timex.type not in _DAYS:
            return False
        known = meanings(self._language)
        return timex.type == "DATE" or not any(
            word.normal in known for word in self._row if timex.span.contains(word.span)
        )

    def fillers(self) -> Iterator[Filler]:
        """The fillers of the sentence."""
        at = 0
        while at < len(self._row):
            found = self._found(at)
            if found is not None:
                yield found
                at = bisect_left(self._starts, found.place.span.end)
            else:
                at += 1

    def _found(self, at: int) -> Filler | None:
        if (day := self._days.get(at)) is not None:
            last = bisect_left(self._starts, day.span.end)
            return self._filler("day", at, last, timex=day) if last > at else None
        if (word := self._row[at].normal) in meanings(self._language) and not self._is_negated(at):
            return self._filler("word", at, at + 1, words=(word,))
        if (name := self._names.get(at)) is not None:
            last = bisect_left(self._starts, name.span.end)
            known = countries(self._language)
            plain = tuple(known.get(each, each) for each in map(bare, self._row[at:last]))
            if not plain or not name.span.of(self._telling.text)[:1].isupper():
                return None  # "of State"
            return self._filler(self._kind(name, plain), at, last, words=plain)
        return self._number(at)

    def _is_negated(self, at: int) -> bool:
        """Whether a word right before one negates it."""
        before = self._row[max(0, at - NEGATED) : at]
        return not self._language.words("question", "negation").isdisjoint(each.normal for each in before)

    def _number(self, at: int) -> Filler | None:
        row, language = self._row, self._language
        if not row[at].normal[:1].isdecimal() and row[at].normal not in _spelled(language):
            return None
        match = _FIGURE.fullmatch(row[at].normal)
        text = self._telling.text
        if _JOINED_BEFORE.match(text, max(0, row[at].start - 2), row[at].start):
            return None
        if _JOINED_BEHIND.match(text, row[at].end):
            return None
        spelled = _spelled(language)
        if match is not None:
            number, glued = float(match[1]), match[2]
        elif row[at].normal in spelled:
            number, glued = spelled[row[at].normal], ""
        else:
            return None
        last = at + 1
        if match is None and number >= 20 and last < len(row) and 0 < spelled.get(row[last].normal, 0.0) < 10:
            number, last = number + spelled[row[last].normal], last + 1
        while last < len(row) and row[last].normal in magnitudes(language):
            number, last = number * magnitudes(language)[row[last].normal], last + 1
        known = units(language)
        sign = self._telling.text[max(0, row[at].start - 1) : row[at].start]
        behind = row[last].normal if last < len(row) else ""
        unit = next((known[each] for each in (sign, glued, behind) if each in known), glued)
        if row[at].start in self._ages:
            unit = AGE
        before = row[at - 1].normal if at else ""
        if not language.words(ROOM, "of_others").isdisjoint((before, behind)):
            return None  # "four other people"
        exact = before not in _inexact(language)
        asked, (counted, of) = self._asked(at, last), self._of(last)
        led = frozenset(stem for _, stem in self._phrase(range(at - 1, max(-1, at - 1 - LED), -1)) if stem)
        return self._filler(
            "number", at, last, number=number, unit=unit, exact=exact, asked=asked, of=of, led=led, counted=counted
        )

    def _phrase(self, places: range) -> list[tuple[str, str]]:
        """The words behind a number, or before it, with their stems, up to a comma, another number, or a word that
        begins another phrase."""
        found: list[tuple[str, str]] = []
        parting = self._language.words(ROOM, "parts_numbers")
        for at in places:
            word = self._row[at].normal
            if at != places.start and self._opens(at if places.step > 0 else at + 1):
                break
            if word in parting or word[:1].isdigit():
                break
            found.append((word, self._stems[at]))
        return found

    def _of(self, last: int) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of what a number counts, and of what that is said to be of: "a 10 percent tariff on steel"."""
        leading, row = self._language.words(ROOM, "leads_to_what_is_counted"), self._phrase(range(last, len(self._row)))
        at = next((at for at, (word, _) in enumerate(row) if word in leading), len(row))
        counted = [stem for _, stem in row[:at] if stem]
        ends = next((at + 1 + off for off, (word, _) in enumerate(row[at + 1 :]) if word in leading), len(row))
        of = [stem for _, stem in row[at:ends] if stem][:OF] if len(counted) <= NOUNS else []
        return frozenset(counted[:NOUNS]), frozenset(of)

    def _asked(self, first: int, last: int) -> str:
        """The type of question that a number answers."""
        types = types_of(self._language, _COUNT, "")
        row = self._sentence.words
        starts = [word.start for word in row]
        at, end = bisect_left(starts, self._row[first].start), bisect_left(starts, self._row[last - 1].end)
        others = [place for place in range(len(row)) if row[place].written.isdecimal() and not at <= place < end]
        return types.of(row, at, end, others) if types is not None else ""

    def _filler(
        self,
        kind: Kind,
        first: int,
        last: int,
        *,
        words: tuple[str, ...] = (),
        number: float = 0.0,
        unit: str = "",
        exact: bool = True,
        asked: str = "",
        timex: Timex | None = None,
        of: frozenset[str] = frozenset(),
        led: frozenset[str] = frozenset(),
        counted: frozenset[str] = frozenset(),
    ) -> Filler:
        telling = self._telling
        before = self._around(range(first - 1, -1, -1))
        after = self._around(range(self._behind(last) if words else last, len(self._row)))
        place = Place(telling.id, Span(self._row[first].start, self._row[last - 1].end))
        joint = self._row[first - 1].normal if first else ""
        return Filler(
            *(kind, place, self._sentence.place, before, after, joint, words),
            *(number, unit, exact, asked, timex),
            of=of,
            led=led,
            counted=counted,
        )

    def _around(self, places: range) -> dict[str, int]:
        """The stems of the words at some places that say something, with how many off each stands; what stands in
        another clause stands farther off."""
        found: dict[str, int] = {}
        off = 0
        for at in places:
            if self._opens(at if places.step > 0 else at + 1) and at != places.start:
                off += CLAUSE
            if off >= REACH + CLAUSE:
                break
            if stem := self._stems[at]:
                found.setdefault(stem, off)
                off += 1
        return found

    def _behind(self, last: int) -> int:
        """The place of the word behind the apposition that begins at a place: "Lind, the mayor of Osk, said"."""
        commas = [at for at in range(last, min(len(self._row), last + APPOSITION)) if self._opens(at)]
        return commas[1] if len(commas) > 1 and commas[0] == last and commas[1] > last + 1 else last

    def _opens(self, at: int) -> bool:
        """Whether a comma stands before a word."""
        if not 0 < at < len(self._row):
            return False
        return _COMMA in self._telling.text[self._row[at - 1].end : self._row[at].start]

    def _kind(self, mention: Mention, bare: tuple[str, ...]) -> Kind:
        if self._sources.is_person(bare):
            return "person"
        kind = self._telling.chains[mention.chain].kind if mention.chain is not None else ""
        if kind == "person":
            return "person"
        return "place" if kind == "place" or not countries(self._language).keys().isdisjoint(bare) else "name"


def bare(word: Word) -> str:
    """The normal form of a word without the ending of a genitive."""
    return word.normal.removesuffix(_POSSESSIVE)


@cache
def countries(language: Language) -> dict[str, str]:
    """A country, and what is of it → the country."""
    named = language.rules("question").meanings("people_of")
    return {word: country for country, people in named.items() for word in (country, *people)}


@cache
def _spelled(language: Language) -> dict[str, float]:
    """Numbers in words but for "one", which is said of much that is not counted."""
    numbers = language.rules("fact").meanings("number_word")
    return {word: float(number) for word, number in numbers.items() if number > 1}


@cache
def _inexact(language: Language) -> frozenset[str]:
    """The last words of what says before a number that it is more or less."""
    return frozenset(each.split()[-1] for each in language.rules("fact").meanings("bound"))


@cache
def saying(language: Language) -> frozenset[str]:
    """The stems of words of saying: two people who say something have it in common with all others."""
    return frozenset(map(stem, language.lexicon.words("news_verb", "telling_verb", "speech_verb")))
