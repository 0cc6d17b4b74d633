"""Names of a draft: whether tellings print them, so spelled, and beside the place that they have them in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, pairwise, takewhile

from rapidfuzz.distance import OSA

from tellings.across.checking.alike import Alike
from tellings.across.checking.locating import ROOM, exactly, place_of
from tellings.across.checking.sources import Sources
from tellings.across.checking.verdicts import verdict_on
from tellings.across.keys import Word, consonants, words
from tellings.across.questions.sentence_words import words_of
from tellings.language.base import UNDECLARED, language_of
from tellings.model.checked import Checked
from tellings.model.records import Mention, Place
from tellings.model.text import Span
from tellings.model.verdicts import Verdict

#: Letters of a word that may be a slip of another one, from which two letters may be off, and from which sound tells.
SLIP, LONG, HEARD = 5, 10, 7
#: Letters from which a word with an ending is a form of a name.
FORM = 4
#: Words of a name that may stand right behind another one.
GLUED = 2
#: Words of a longest name.
LONGEST = 8
#: Share of its places at which a name stands with a capital.
CAPITAL = 0.8
_POSSESSIVE, _STOP = "'s", "."
#: Letters of a name that is cut short, at most.
CUT = 5
#: A name of first letters, more of its kind perhaps; fewest letters of one; what stands for a word without a capital.
_LETTERS = re.compile(r"([A-Z]{2,6})(?:['’]?s)?")
SHORT = 2
_NO_CAPITAL = " "
_ENDS = re.compile(r"\s*(?:[,.;:!?)\n]|$)")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}")


def check_names(alike: Alike) -> Iterator[Checked]:
    """The verdict on each name of the draft, once in each form, on other words with a capital that are slips, and on
    names that stand beside another place than the tellings have them in."""
    names = _Names(alike)
    yield from names.each()
    yield from names.in_places()


class _Names:
    """The names of a draft, and those of the tellings."""

    def __init__(self, alike: Alike) -> None:
        self.alike = alike
        self.draft, self.sources = alike.draft, alike.sources
        self.language = language_of(self.draft.document.read_as)
        self.spelled = _Spelled(self.sources, self._small)
        self.words = words(self.draft.text)
        self._ends = [word.end for word in self.words]

    def each(self) -> Iterator[Checked]:
        """The verdicts on names, each once."""
        opening = self.language.lexicon.words("sentence_opener")
        seen: set[tuple[str, ...]] = set()
        covered: set[int] = set()
        for mention in self._mentions():
            normal = self._normal(mention.span)
            # "$US7,000" is no name.
            figures = any(character.isdigit() for word in normal for character in word)
            if not normal or figures or len(normal) > LONGEST or (len(normal) == 1 and normal[0] in opening):
                continue
            covered.update(word.start for word in self._over(mention.span))
            if normal not in seen:
                seen.add(normal)
                yield self._checked(mention.span, normal)
        for word in self.words:
            bare = _bare(word.normal)
            if not self.draft.text[word.start].isupper() or (bare,) in seen:
                continue
            if word.start in covered or not self.alike.told(word.span):
                continue
            seen.add((bare,))
            if slips := self.spelled.slips((bare,)):
                yield self._found(word.span, "differs", "spelled-otherwise", (), slips)

    def _mentions(self) -> list[Mention]:
        return [each for each in self.draft.mentions if each.kind == "name" and self.alike.told(each.span)]

    def _normal(self, span: Span) -> tuple[str, ...]:
        """The words of a name, whole ones, without a genitive at its end: "the Sailors' Home" has one within."""
        row = [word.normal for word in self._over(span)]
        return (*row[:-1], _bare(row[-1])) if row else ()

    def _over(self, span: Span) -> list[Word]:
        """The words of the draft that a span holds something of."""
        first = bisect_right(self._ends, span.start)
        return list(takewhile(lambda word: word.start < span.end, islice(self.words, first, None)))

    def _checked(self, span: Span, normal: tuple[str, ...]) -> Checked:
        """The verdict on a name."""
        if places := _places(normal, self.sources):
            return self._found(span, self.sources.borne_out(places), "printed", places)
        if slips := self.spelled.slips(normal):
            return self._found(span, "differs", "spelled-otherwise", (), slips)
        if places := self._in_another_form(span, normal):
            return self._found(span, self.sources.borne_out(places), "in-another-form", places)
        if all(map(self.spelled.known, normal)):
            return self._found(span, "not checked", "its-words-stand-apart", reason="words-apart")
        if _ABBREVIATED.match(self.draft.text, span.start):
            return self._found(span, "not checked", "an-abbreviation", reason="abbreviation")
        return self._found(span, "not found", "in-no-telling")

    def _in_another_form(self, span: Span, normal: Sequence[str]) -> tuple[Place, ...]:
        """Where the name of a people stands for that of its country, or the other way round; or the end of it alone,
        before which another name begins the draft's sentence."""
        stems = {word.stem for word in words_of(self.draft.text, span, self.language) if word.stem}
        if stems and self.sources.stems >= stems:
            return tuple(one.sentence.place for one in self.sources.near(frozenset(stems), 2))
        if len(normal) > GLUED and (places := _places(normal[-GLUED:], self.sources)):
            return places  # "In Osk Mara Lind said"
        if places := self._abbreviated(span, normal) or self._of_its_country(normal):
            return places
        endings = self.language.words("question", "name_ending") | {""}
        other = self.spelled.form_of(normal[0], endings) if len(normal) == 1 else None
        return _places((other,), self.sources) if other else ()

    def _abbreviated(self, span: Span, normal: Sequence[str]) -> tuple[Place, ...]:
        """Where a name stands in full that the draft has by its first letters ("OHA", "the OHAs"), or by these what it
        has in full."""
        short = _LETTERS.fullmatch(self.draft.text, span.start, span.end)
        if short is not None:
            letters = short[1].casefold()
            of_letters = (each for form in (letters, f"{letters}s") for each in _places((form,), self.sources))
            return tuple(of_letters) or self.spelled.in_full(letters)
        letters = "".join(word[0] for word in normal if word not in self._small)
        if len(letters) < SHORT:
            return ()
        return tuple(place for place in _places((letters,), self.sources) if self._is_short(place))

    def _of_its_country(self, normal: Sequence[str]) -> tuple[Place, ...]:
        """Where a country stands, or what is of it, whose government the draft tells of by its capital."""
        country = self.language.rules(ROOM).meanings("capital").get(" ".join(normal))
        if country is None:
            return ()
        people = self.language.rules("question").meanings("people_of").get(str(country), ())
        return tuple(place for word in (str(country), *people) for place in _places((word,), self.sources))

    def _is_short(self, place: Place) -> bool:
        return _LETTERS.fullmatch(place.span.of(self.sources.by_id[place.telling].text)) is not None

    @cached_property
    def _small(self) -> frozenset[str]:
        """Words of a name whose first letters are none of its short form."""
        return self.language.lexicon.words("small_word")

    def in_places(self) -> Iterator[Checked]:
        """What speaks against places beside names: "the Savoy in Osk", where the tellings have it in Hallan."""
        between = self.language.pattern(ROOM, "in-a-place")
        people = {index for index, chain in enumerate(self.draft.chains) if chain.kind in ("person", "group")}
        for one, other in pairwise(sorted(self._mentions(), key=lambda each: each.span)):
            text = self.draft.text
            if one.span.end >= other.span.start or not between.fullmatch(text, one.span.end, other.span.start):
                continue
            if one.chain in people or other.chain in people or _ABBREVIATED.match(text, other.span.start):
                continue
            if not _ENDS.match(text, other.span.end):
                continue  # ", Osk officials said"
            against = self._elsewhere(self._normal(one.span), self._normal(other.span))
            if against:
                yield self._found(other.span, "differs", "beside-another-name", (), against, reason="place")

    def _elsewhere(self, name: tuple[str, ...], place: tuple[str, ...]) -> tuple[Place, ...]:
        """Where a name stands beside another place, if nowhere in one sentence with this one."""
        behind = self.language.pattern(ROOM, "name-behind")
        beside: list[Place] = []
        for where in [place_of(each, self.sources) for each in exactly(name, self.sources)]:
            telling = self.sources.by_id[where.telling]
            sentence = {_bare(word.normal) for word in words(telling.text, (self.sources.sentence_at(where),))}
            if sentence.issuperset(place):
                return ()
            if match := behind.match(telling.text, where.span.end):
                if _shortens(match["name"], " ".join(place)):
                    return ()
                beside.append(Place(where.telling, Span(*match.span("name"))))
        return tuple(beside)

    def _found(
        self,
        span: Span,
        verdict: Verdict,
        rule: str,
        places: tuple[Place, ...] = (),
        against: tuple[Place, ...] = (),
        reason: str = "",
    ) -> Checked:
        return verdict_on(self.sources, "name", span, verdict, rule, places, against, reason=reason)


def _shortens(short: str, name: str) -> bool:
    """Whether a word of few letters and a stop is a name cut short: "La." is "Louisiana"."""
    first, stop, _ = short.partition(_STOP)
    letters = iter(name.casefold())
    return (
        bool(stop)
        and len(first) <= CUT
        and first[:1].casefold() == name[:1]
        and all(letter in letters for letter in first.casefold())
    )


def _bare(word: str) -> str:
    """A word without the ending of a genitive."""
    return word.removesuffix(_POSSESSIVE) if len(word) > len(_POSSESSIVE) + 1 else word


def _places(normal: Sequence[str], sources: Sources) -> tuple[Place, ...]:
    """Where a name stands, once in each telling."""
    first: dict[str, Place] = {}
    for located in exactly(normal, sources) or exactly((*normal[:-1], normal[-1] + _POSSESSIVE), sources):
        first.setdefault(located.telling, place_of(located, sources))
    return tuple(first.values())


class _Spelled:
    """The names of the tellings, word by word, by their first letters: what hardly stands without a capital."""

    def __init__(self, sources: Sources, passed_over: frozenset[str]) -> None:
        """`passed_over`: words of a name whose first letters are none of its short form."""
        self._sources = sources
        self._passed_over = passed_over
        capital: Counter[str] = Counter()
        small: Counter[str] = Counter()
        for telling in sources.tellings:
            table = sources.words[telling.id]
            for start, word in zip(table.starts, table.normal, strict=True):
                (capital if telling.text[start].isupper() else small)[_bare(word)] += 1
        calendar = language_of(UNDECLARED).lexicon.words("month_name", "weekday_name")
        self._names: Mapping[str, set[str]] = defaultdict(set)
        for word, times in capital.items():
            if times >= CAPITAL * (times + small[word]) and word and word.capitalize() not in calendar:
                self._names[word[0]].add(word)

    def known(self, word: str) -> bool:
        """Whether a telling has a word, as it is or in the genitive."""
        return bool(self._sources.where(word) or self._sources.where(word + _POSSESSIVE))

    def in_full(self, letters: str) -> tuple[Place, ...]:
        """Where words with a capital stand behind one another that begin with some letters, once in each telling: none
        that name a person ("Uma Nord" is no "UN")."""
        found = []
        for telling, row, initials in self._initials:
            table = self._sources.words[telling]
            first = initials.find(letters)
            while first >= 0:
                span = table.span(row[first], row[first + len(letters) - 1])
                if not any(span.overlaps(person) for person in self._people[telling]):
                    found.append(Place(telling, span))
                    break
                first = initials.find(letters, first + 1)
        return tuple(found)

    @cached_property
    def _people(self) -> Mapping[str, Sequence[Span]]:
        """Where the people of each telling are named."""
        return {
            telling.id: [
                mention.span
                for mention in telling.mentions
                if mention.chain is not None and telling.chains[mention.chain].kind == "person"
            ]
            for telling in self._sources.tellings
        }

    @cached_property
    def _initials(self) -> list[tuple[str, list[int], str]]:
        """Of each telling the places of its words that count in a short form, and their first letters in a row."""
        found = []
        for telling in self._sources.tellings:
            table = self._sources.words[telling.id]
            row = [at for at, word in enumerate(table.normal) if word not in self._passed_over]
            initials = (table.normal[at][0] if telling.text[table.starts[at]].isupper() else _NO_CAPITAL for at in row)
            found.append((telling.id, row, "".join(initials)))
        return found

    def form_of(self, word: str, endings: frozenset[str]) -> str | None:
        """The name of the tellings of which a word is another form, by one of some endings; `None` where none is."""
        for other in sorted(self._names.get(word[:1], ())):
            same = _alike(word, other)
            if same >= FORM and word[same:] in endings and other[same:] in endings:
                return other
        return None

    def slips(self, normal: Sequence[str]) -> tuple[Place, ...]:
        """Where the name stands of which this one is a slip: one word of it is no word of the tellings, and another
        name of theirs but for a letter, or by its consonants, and all its other words are theirs."""
        odd = [at for at, word in enumerate(normal) if not self.known(word)]
        if len(odd) != 1 or len(normal[odd[0]]) < SLIP:
            return ()
        word, lone = normal[odd[0]], len(normal) == 1
        near = sorted(
            (distance, other)
            for first in dict.fromkeys(word[:2])
            for other in self._names.get(first, ())
            if (distance := OSA.distance(word, other, score_cutoff=2)) <= 2 and _is_slip(word, other, distance, lone)
        )
        for _, other in near:
            whole = (*normal[: odd[0]], other, *normal[odd[0] + 1 :])
            if places := _places(whole, self._sources):
                return places
        return ()


def _alike(word: str, other: str) -> int:
    """How many letters two words begin with alike."""
    shorter = min(len(word), len(other))
    return next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), shorter)


def _is_slip(word: str, other: str, distance: int, lone: bool) -> bool:
    """Whether one of two words is a slip of the other: by a letter, by two where one says both alike or other words of
    the name vouch for it. A `lone` one is no slip by an ending ("Nigeria", "Nigerian"), and short ones are many names
    ("Davis", "David")."""
    shorter = min(len(word), len(other))
    if lone and _alike(word, other) >= shorter - 1 and len(word) != len(other):
        return False
    if distance == 1:
        swapped = len(word) != len(other) or sorted(word) == sorted(other)
        return swapped or not lone or len(word) > SLIP
    heard_alike = shorter >= HEARD and word[-1] == other[-1] and consonants(word) == consonants(other)
    return not lone or heard_alike or shorter >= LONG
