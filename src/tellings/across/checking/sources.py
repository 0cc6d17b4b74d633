"""The tellings that a draft is held against, made ready to be searched: words where they stand, sentences by rarity."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum, log
from typing import TypeVar

from tellings.across.keys import WordTable, normal_form, word_table
from tellings.across.origins import by_telling
from tellings.across.questions.answers import Reading, readings
from tellings.across.questions.sentence_words import Word, words_of
from tellings.language.base import Language, language_of
from tellings.model.records import Mention, Place, Quote, Story, Telling, Timex
from tellings.model.rules import languages
from tellings.model.text import Span
from tellings.model.verdicts import Verdict

_Spanned = TypeVar("_Spanned", Mention, Timex, Quote)

#: Sentences that are thought to be there besides, so that in a handful no word weighs nothing.
MORE = 40
#: Sentences in which a stem stands beyond which it finds none, only counts for those that others find.
COMMON = 400
#: Figures between two commas of a number.
GROUP = 3
#: Figures of a number that is none any more.
LONGEST_NUMBER = 18
#: Words of a name in full, at least.
FULL = 2
#: Sentences that are looked at for one of a draft.
NEAREST = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a telling: its words, and the stems of those that say something."""

    place: Place
    words: tuple[Word, ...]
    stems: frozenset[str]
    number: int


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence like one of a draft: the share of the draft's that it has, and of its own that the draft has, each
    weighed by rarity, from 0 to 1."""

    sentence: Sentence
    covers: float
    covered: float

    @property
    def both(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.covers * self.covered / (self.covers + self.covered) if self.covers else 0.0


class Sources:
    """The tellings of a story as a draft asks for them."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.tellings = story.tellings
        #: Those that there are rules for: of the others only the words are known.
        self.read = tuple(telling for telling in story.tellings if has_rules(telling))
        self.by_id: Mapping[str, Telling] = {telling.id: telling for telling in story.tellings}
        self.words: Mapping[str, WordTable] = {telling.id: word_table(telling.text) for telling in story.tellings}
        self._rarity: dict[str, float] = {}
        self._origin = by_telling(story.origins)

    def origins(self, places: Iterable[Place]) -> int:
        """How many independent origins some places are of."""
        return len({self._origin.get(place.telling, place.telling) for place in places})

    @cached_property
    def persons(self) -> tuple[frozenset[str], ...]:
        """The names of the people of the story, each as its words."""
        return tuple(frozenset(map(normal_form, person.name.split())) for person in self.story.people)

    @cached_property
    def _persons_by_word(self) -> Mapping[str, list[frozenset[str]]]:
        found: dict[str, list[frozenset[str]]] = defaultdict(list)
        for person in self.persons:
            for word in person:
                found[word].append(person)
        return found

    def is_person(self, words: Collection[str]) -> bool:
        """Whether some words (normal forms) are of the name of one person of the story."""
        among = self._persons_by_word.get(min(words), ()) if words else ()
        return any(person.issuperset(words) for person in among)

    def person_in(self, words: frozenset[str]) -> frozenset[str] | None:
        """The name in full of the one person of the story that is among some words (normal forms) with others; `None`
        where there is none, or several are."""
        found = {
            person
            for word in words
            for person in self._persons_by_word.get(word, ())
            if len(person) >= FULL and person <= words
        }
        return found.pop() if len(found) == 1 else None

    def borne_out(self, places: Iterable[Place]) -> Verdict:
        """The verdict on what tellings say at these places: one origin alone says little where there are several."""
        return "agrees" if self.origins(places) > 1 or len(self.story.origins) == 1 else "one origin only"

    @cached_property
    def _at(self) -> Mapping[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for telling in self.tellings:
            for place, word in enumerate(self.words[telling.id].normal):
                found[word].append((telling.id, place))
        return found

    def where(self, word: str) -> Sequence[tuple[str, int]]:
        """The telling and the place of each word of this normal form."""
        return self._at.get(word, ())

    def has_parted(self, number: str) -> bool:
        """Whether the parts of a number in figures stand behind one another, as some texts print it ("7. 2")."""
        whole, _, fraction = number.partition(".")
        head = len(whole) % GROUP or GROUP
        parts = [whole[:head], *(whole[at : at + GROUP] for at in range(head, len(whole), GROUP))]
        parts += [fraction] if fraction else []
        return len(parts) > 1 and any(
            list(self.words[telling].normal[at : at + len(parts)]) == parts for telling, at in self.where(parts[0])
        )

    @cached_property
    def figures(self) -> frozenset[str]:
        """The whole numbers that stand in the tellings in figures."""
        return frozenset(word for word in self._at if word.isdecimal() and len(word) <= LONGEST_NUMBER)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The values that the tellings give."""
        return readings(self.read, self.story.people)

    @cached_property
    def coded(self) -> tuple[str, ...]:
        """The words of the tellings that begin with letters and end in figures: "a42"."""
        return tuple(sorted(word for word in self._at if word[:1].isalpha() and word[-1:].isdecimal()))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems that the sentences hold."""
        return frozenset(self._holders)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all tellings, in their order."""
        return tuple(sentence for telling in self.read for sentence in sentences_of(telling))

    @cached_property
    def _holders(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, sentence in enumerate(self.sentences):
            for stem in sorted(sentence.stems):
                found[stem].append(place)
        return found

    def rarity(self, stem: str) -> float:
        """How rare a stem is among the sentences, as the logarithm of one in so many."""
        found = self._rarity.get(stem)
        if found is None:
            number = max(1, len(self._holders.get(stem, ())))
            found = self._rarity[stem] = log((len(self.sentences) + MORE) / number)
        return found

    def weigh(self, stems: Iterable[str]) -> float:
        """The rarity of stems together."""
        return fsum(sorted(map(self.rarity, stems)))

    def near(self, stems: frozenset[str], most: int = NEAREST) -> tuple[Near, ...]:
        """The sentences that share most with these stems, by rarity, the nearest first."""
        shared: dict[int, float] = defaultdict(float)
        for stem in sorted(stems):
            holders = self._holders.get(stem, ())
            if len(holders) <= COMMON:
                weight = self.rarity(stem)
                for place in holders:
                    shared[place] += weight
        first = sorted(shared, key=lambda place: (-shared[place], place))[: 4 * most]
        whole = self.weigh(stems) or 1.0
        found = []
        for place in first:
            sentence = self.sentences[place]
            both = self.weigh(sentence.stems & stems)
            found.append(Near(sentence, both / whole, both / (self.weigh(sentence.stems) or 1.0)))
        found.sort(key=lambda near: (-near.both, near.sentence.place))
        return tuple(found[:most])

    def holding(self, words: Iterable[str]) -> tuple[Sentence, ...]:
        """The sentences in which one of some words (normal forms) stands, in the order of the tellings."""
        found: dict[Place, Sentence] = {}
        for word in sorted(set(words)):
            for telling, at in self.where(word):
                place = Place(telling, self.words[telling].span(at, at))
                sentence = self._by_place.get(Place(telling, self.sentence_at(place)))
                if sentence is not None:
                    found[sentence.place] = sentence
        return tuple(found[place] for place in sorted(found))

    @cached_property
    def number_of(self) -> Mapping[Place, int]:
        """The place of each sentence among all."""
        return {sentence.place: number for number, sentence in enumerate(self.sentences)}

    @cached_property
    def _by_place(self) -> Mapping[Place, Sentence]:
        return {sentence.place: sentence for sentence in self.sentences}

    def stems_of(self, sentence: Place) -> frozenset[str]:
        """The stems of a sentence that say something; none of what is no sentence."""
        found = self._by_place.get(sentence)
        return found.stems if found is not None else frozenset()

    def sentence_at(self, place: Place) -> Span:
        """The sentence around a place."""
        return self.by_id[place.telling].sentence_around(place.span)

    def quotes_over(self, place: Place) -> tuple[Quote, ...]:
        """The quotations that hold most of a place, the innermost first."""
        telling = self.by_id[place.telling]
        found = [
            quote
            for quote in telling.quotes
            if quote.content.overlaps(place.span)
            and 2 * (min(quote.content.end, place.span.end) - max(quote.content.start, place.span.start))
            >= len(place.span)
        ]
        return tuple(sorted(found, key=lambda quote: len(quote.content)))


def sentences_of(telling: Telling) -> tuple[Sentence, ...]:
    """The sentences of a telling, with those of its captions and what else stands on its page."""
    language = language_of_telling(telling)
    found = []
    for number, sentence in enumerate(telling.sentences):
        span = sentence.span.trimmed(telling.text)
        words = words_of(telling.text, span, language)
        stems = frozenset(word.stem for word in words if word.stem)
        found.append(Sentence(Place(telling.id, span), words, stems, number))
    return tuple(found)


def starting_in(found: Sequence[_Spanned], span: Span) -> Sequence[_Spanned]:
    """Those of some findings, in the order of their text, that start in a span."""
    first = bisect_left(found, span.start, key=_start)
    return found[first : bisect_left(found, span.end, key=_start)]


def _start(found: Mention | Timex | Quote) -> int:
    return found.span.start


def has_rules(telling: Telling) -> bool:
    """Whether there are rules for the language of a telling."""
    return telling.document.read_as in languages()


def language_of_telling(telling: Telling) -> Language:
    """The language whose words a telling is compared by."""
    return language_of(telling.document.read_as)


def words_in(table: WordTable, span: Span) -> range:
    """The places of the words of a table that lie in a span."""
    return range(bisect_left(table.starts, span.start), bisect_right(table.ends, span.end))
