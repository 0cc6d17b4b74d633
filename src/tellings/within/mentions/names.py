"""What runs of capitalised words name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tellings.language.base import Language
from tellings.model.records import Block, EntityKind, Gender, GenderBasis, Sentence
from tellings.model.rules import WORD, lowered
from tellings.model.text import Span
from tellings.model.tokens import unaccented
from tellings.within.mentions.lists import NameLists, name_lists, registered
from tellings.within.mentions.runs import Run, is_outlet_word, runs_in

_APOSTROPHE = re.compile("[’'‘]")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\.?\Z")
#: What stands before the first word of what may be a sentence.
_BEGINS = frozenset({":", "-", "–", "—", "•"})
#: Characters before a name within which a word, or a noun with its determiner, may stand.
_WORD_REACH, _NOUN_REACH = 30, 60
#: Kinds of what is no person.
THINGS: tuple[EntityKind, ...] = ("organisation", "outlet", "place", "work")
#: Words of a person's name at most.
LONGEST_PERSON = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised run: `span` without titles or possessive, its words, and what its neighbours say of it."""

    span: Span
    words: tuple[str, ...]
    kind: EntityKind
    gender: Gender
    gender_by: GenderBasis
    titled: bool
    role: str | None
    speaks: bool = False


class Inside:
    """Whether a position lies in one of some sorted spans, nested ones among them: `position in inside`."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def __contains__(self, position: int) -> bool:
        index = bisect_right(self._starts, position) - 1
        # Nested stretches lie inside their outer one; looking back a few covers them.
        return index >= 0 and any(position < span.end for span in self._spans[max(0, index - 3) : index + 1])


@dataclass(frozen=True, slots=True)
class _Inner:
    """What stands in capitals inside a sentence, where capitals tell a name: words, those that are a run by
    themselves, and the first two of a run."""

    words: frozenset[str]
    alone: frozenset[str]
    pairs: frozenset[tuple[str, ...]]


def find_names(
    text: str,
    blocks: tuple[Block, ...],
    sentences: tuple[Sentence, ...],
    quotations: tuple[Span, ...],
    language: Language,
) -> tuple[Name, ...]:
    """Names in story sentences, sorted by span.

    In Title Case lines only names that also stand in running text are taken: capitals tell nothing there.
    """
    works = {span.start + 1: span.end - 1 for span in quotations}
    describe = _Describer(text, name_lists(language), registered(language), works)
    opener_positions = {span.start + 1 for span in quotations}
    plain: list[tuple[Run, bool]] = []
    titles: list[Run] = []
    for sentence in sentences:
        title_case = blocks[sentence.block].kind in ("headline", "subheading") or _is_title_case(
            text, sentence.span, describe.lists
        )
        first = sentence.span.start
        while first < sentence.span.end and not text[first].isalnum():
            first += 1
        for run in runs_in(text, sentence.span, describe.lists):
            if title_case:
                titles.append(run)
            else:
                plain.append((run, run.start == first or run.start in opener_positions))
    inner = _Inner(
        frozenset(word for run, initial in plain for word in run.words[1 if initial else 0 :]),
        frozenset(run.words[0] for run, initial in plain if not initial and len(run.words) == 1),
        frozenset(tuple(run.words[:2]) for run, initial in plain if not initial),
    )
    found = [name for run, initial in plain if (name := describe.without_edges(run, initial, inner))]
    found += _in_titles(titles, found, describe)
    return tuple(sorted({name.span: name for name in found}.values(), key=lambda name: name.span))


def _in_titles(titles: list[Run], names: list[Name], describe: _Describer) -> Iterator[Name]:
    """The names that also stand in running text, in runs of capitalised words that may be none; the longest first."""
    known = {name.words for name in names} | {(word,) for name in names if name.kind == "person" for word in name.words}
    lengths: dict[str, set[int]] = {}
    for name in known:
        lengths.setdefault(name[0], set()).add(len(name))
    for run in titles:
        words, start = run.words, 0
        while start < len(words):
            fitting = (
                start + length
                for length in sorted(lengths.get(words[start], ()), reverse=True)
                if start + length <= len(words) and tuple(words[start : start + length]) in known
            )
            end = next(fitting, start)
            if end > start:
                yield describe(run.cut(start, end))
            start = max(end, start + 1)


def _is_title_case(text: str, span: Span, lists: NameLists) -> bool:
    """Whether nearly all words of a sentence stand in capitals; with a stop, where it may be one of many names, all."""
    stop = text[span.start : span.end].rstrip().endswith(".")
    words = capitals = 0
    for match in WORD.finditer(text, span.start, span.end):
        word = match[0]
        if word.casefold() not in lists.small_words:
            words += 1
            capitals += word[0].isupper()
            if stop and capitals < words:
                return False
    return words >= 4 and capitals >= 0.8 * words


@dataclass(frozen=True, slots=True)
class _Titles:
    """What stands before a name: number of its words, and what they say."""

    cut: int
    gender: Gender
    gender_by: GenderBasis
    role: str | None


_NO_TITLES = _Titles(0, "unknown", "nothing", None)


class _Before(NamedTuple):
    """The word before a name in lower case, "" where none is, whether a comma follows it, and where it ends."""

    word: str
    comma: bool
    end: int


_NOTHING_BEFORE = _Before("", False, 0)


@dataclass(frozen=True, slots=True)
class _Describer:
    """Tells of a run of a text what it names: `describe(run)`."""

    text: str
    lists: NameLists
    registered: Mapping[str, Gender]
    in_marks: Mapping[int, int]

    def __call__(self, run: Run) -> Name:
        """Kind and gender by what stands in and beside the run.

        1. titles and ranks before the name are cut off; 2. a role before it; 3. the kind; 4. the gender: of a title, a
        role, a given name, a thing; 5. a place, where nothing else is told and a preposition of place stands before
        """
        # 1. titles
        titled = self._titles(run.words)
        if titled.cut:
            run = run.cut(titled.cut, len(run.words))
            if run.words[0] in self.lists.links and len(run.words) > 3:
                run = run.cut(2, len(run.words))  # "Secretary |of State| Ana Vell"
        span, words = run.span, tuple(run.words)
        gender, gender_by = titled.gender, titled.gender_by
        # 2. a role before
        before = self._before(span)
        role = self._role_before(before, span, words) or titled.role
        # 3. kind
        kind = self._kind(span, words, before, titled.cut > 0, role)
        # 4. gender
        if role and gender == "unknown" and self.lists.roles[role] != "unknown":
            gender, gender_by = self.lists.roles[role], "role"
        if kind in THINGS or (kind == "unknown" and self._is_no_person(span, words)):
            gender, gender_by = "neuter", "kind"
        elif gender == "unknown" and (given := self._given(words)) != "unknown":
            gender, gender_by = given, "given name"
        # 5. where it stands
        if kind == gender == "unknown" and not before.comma:
            if before.word in self.lists.prepositions and not self._owns(span):
                kind, gender, gender_by = "place", "neuter", "kind"
            elif (
                before.word in self.lists.prepositions or before.word in self.lists.vague_prepositions
            ) and not self.lists.told_before.search(self.text, max(0, span.start - _WORD_REACH), span.start):
                kind = "place"
        return Name(span, words, kind, gender, gender_by, titled.cut > 0, role, self._speaks(span, words))

    def _is_no_person(self, span: Span, words: tuple[str, ...]) -> bool:
        """Whether a name of unknown kind is a thing's by what follows, or a word for a people."""
        return self.lists.thing_after.match(self.text, span.end) is not None or all(map(self._is_of_a_people, words))

    def _owns(self, span: Span) -> bool:
        """Whether what stands behind a name is its bearer's: "in Quill’s boat" may be somebody's."""
        return self.lists.possessive.match(self.text, span.end, span.end + 2) is not None

    def _before(self, span: Span) -> _Before:
        """The word before a name."""
        before = self.text[max(0, span.start - _WORD_REACH) : span.start]
        if not before[-1:].isspace():
            return _NOTHING_BEFORE
        comma = before[-2:-1] == ","
        end = len(before) - 1 - comma
        start = end
        while start > 0 and (before[start - 1].isalnum() or before[start - 1] in "_’'-"):
            start -= 1
        return _Before(before[start:end].casefold(), comma, span.start - len(before) + end)

    def without_edges(self, run: Run, initial: bool, inner: _Inner) -> Name | None:
        """The name in a run, without sentence openers and calendar words at its edges; `None` when nothing is left.
        `initial`: it begins its sentence."""
        words = run.words
        first, last, initial = self._edges(run, initial, inner)
        if first >= last or (last - first == 1 and initial and words[first].casefold() in self.lists.roles):
            return None
        if last - first == 1 and words[first] in self.lists.not_alone:
            return None
        name = self(run.cut(first, last))
        return None if _says_too_little(name, initial, inner) else name

    def _edges(self, run: Run, initial: bool, inner: _Inner) -> tuple[int, int, bool]:
        """First and last word (excluded) of the name in a run, and whether it begins its sentence."""
        lists, words = self.lists, run.words
        first, last = 0, len(words)
        for number, word in enumerate(words, 1):
            if word.endswith(lists.attribute_endings):
                first = number
        while last > 0 and self._is_no_end(words[:last]):
            last -= 1
        while first < last and (
            (
                _bare(words[first]) in lists.openers
                and not lists.possessive.search(words[first])
                and not self._opens_name(run.cut(first, last), initial, inner)
            )
            or words[first] in lists.links
            or (last - first > 1 and words[first] in lists.former)
            or (initial and last - first > 1 and self._is_no_name(words[first], words[first + 1], inner))
            or (
                last - first > 2
                and self._is_of_a_people(words[first])
                and self._is_known(words[first + 1 : last], inner)
            )
        ):
            initial = False
            first += 1
        if (
            last - first > 1
            and self._is_role(words[first].casefold())
            and words[first + 1] not in lists.links
            and (initial or (last - first == 2 and words[first + 1] in inner.alone))
        ):
            first += 1  # "Singer Ana"; "Model and host Ana Vell": the run has lost "and host" already
        return first, last, initial

    def _is_no_end(self, words: list[str]) -> bool:
        """Whether the last word is no part of the name: one that opens sentences ("Friday"; but "Osk News" ends so),
        one of those that join names, an honour ("Ana Vell MP")."""
        last, lists = words[-1], self.lists
        if len(words) > 1 and last in lists.honours:
            return True
        if len(words) > 1 and is_outlet_word(last, lists):
            return False
        if len(words) > 1 and last.casefold() in lists.surnames_too and self._is_given(words[-2]):
            return False  # "Theresa May"
        return last.casefold() in lists.openers or last in lists.links

    def _is_role(self, word: str) -> bool:
        """Whether a word in small letters says what one or several people are: "singer", "brothers"."""
        roles = self.lists.roles
        return word in roles or (word.endswith(self.lists.plural_endings) and word[:-1] in roles)

    def _is_known(self, words: list[str], inner: _Inner) -> bool:
        """Whether words name somebody whose surname stands alone as well: "American |Ana Vell"."""
        return words[-1] in inner.alone and words[-1].casefold() not in self.lists.things

    def _is_given(self, word: str) -> bool:
        """Whether people are called so: a common given name, or one of the registered."""
        return word in self.lists.given or word in self.registered

    def _is_given_here(self, run: Run, initial: bool, inner: _Inner) -> bool:
        """Whether the first word of a run, which opens sentences or is a month, is a given name: it stands so inside a
        sentence and no month does, or the run speaks or has an age."""
        words, lists = run.words, self.lists
        if len(words) >= LONGEST_PERSON or words[-1].casefold() in lists.things or words[1].casefold() in lists.openers:
            return False
        if lists.month_before.search(self.text, max(0, run.start - _WORD_REACH), run.start):
            return False
        end = run.span.end
        beside = (
            self._speaks(run.span, tuple(words))
            or lists.age_after.match(self.text, end) is not None
            or tuple(words[:2]) in inner.pairs
        )
        return beside or not initial

    def _opens_name(self, run: Run, initial: bool, inner: _Inner) -> bool:
        """Whether a word that opens sentences is the first of a name: "in New Harbour", "Will Carter"."""
        words = run.words
        if len(words) > 1 and words[0].casefold() in self.lists.given_too:
            return self._is_given_here(run, initial, inner)
        if len(words) < 2:
            return False
        if words[0].casefold() in self.lists.number_openers:
            return self._counts_in_name(run, initial, inner)
        if words[0].casefold() not in self.lists.name_openers:
            return False
        return not initial or words[1].casefold() in self.lists.new_places or tuple(words[:2]) in inner.pairs

    def _counts_in_name(self, run: Run, initial: bool, inner: _Inner) -> bool:
        """Whether a number that a run begins with is a part of the name: "owned by First Osk", but not "First Lady Ana
        Vell", "One Merrinese", nor behind a colon, nor where it begins a sentence and none like it stands inside
        of one."""
        lists, following = self.lists, run.words[1]
        folded = following.casefold()
        if following in lists.titles or self._is_role(folded) or folded in lists.office_words | lists.office_ends:
            return False
        if self._is_of_a_people(following) or self._is_given(following) or folded in lists.openers:
            return False
        if self.text[max(0, run.start - 2) : run.start].rstrip()[-1:] in _BEGINS:
            return False
        return not initial or tuple(run.words[:2]) in inner.pairs

    def _is_no_name(self, word: str, following: str, inner: _Inner) -> bool:
        """Whether the first word of a sentence is no part of the name behind it: an adverb ("Quickly |Ana Vell ran"),
        an adjective, an occupation, or the agency of a picture above it ("Reuters |Verrin said")."""
        if word.casefold() in self.lists.adjective_openers:
            return True
        if word.casefold() in self.lists.occupations and self._is_given(following) and not self._is_given(word):
            return True  # "Dancer |Ana Vell"
        if word.endswith(self.lists.past_endings) and self._is_given(following) and not self._is_given(word):
            return word not in inner.words  # "Devastated |Ana Vell"
        if following in inner.alone and word.casefold() in self.lists.crediting:
            return True
        if not word.endswith(self.lists.adverb_endings) or word in self.lists.given or word in self.registered:
            return False
        return word not in inner.words

    def _titles(self, words: list[str]) -> _Titles:
        lists = self.lists
        words = [lists.held(word) for word in words]
        if words[0] not in lists.titles and (len(words) < 3 or words[0].casefold() not in lists.ranks):
            return _NO_TITLES
        if any(word.casefold() in lists.organisations for word in words[1:]):
            return _NO_TITLES
        gender: Gender = "unknown"
        gender_by: GenderBasis = "nothing"
        cut, role = 0, None
        while (left := len(words) - cut) > 1 and (
            words[cut] in lists.titles or (left > 2 and words[cut].casefold() in lists.ranks)
        ):
            title, folded = words[cut], words[cut].casefold()
            told = lists.titles.get(title, lists.roles.get(folded, "unknown"))
            if gender == "unknown" and told != "unknown":
                gender, gender_by = told, "title"
            if folded in lists.roles:
                role = folded
            cut += 1
            if len(words) - cut > 3 and words[cut] in lists.completes:
                # "Secretary of State Ana Vell", "Secretary of Inner Safety Ana Vell": it ends where the name begins
                begins = (at for at in range(cut + 2, len(words) - 1) if self._is_given(words[at]))
                cut = next(begins, cut + 2)
        if cut and len(words) - cut == 1 and (words[cut] in lists.titles or words[cut].casefold() in lists.roles):
            return _NO_TITLES  # "Merrinese Foreign Secretary": an office, and nobody's name
        peoples = all(word.casefold() in lists.peoples for word in words[:cut])
        if peoples and (not self._is_given(words[cut]) or words[cut].casefold() in lists.peoples):
            return _NO_TITLES  # "Merrinese Red Crescent"; but "Merrinese |Ana Vell"
        return _Titles(cut, gender, gender_by, role)

    def _role_before(self, before: _Before, span: Span, words: tuple[str, ...]) -> str | None:
        """The role that stands before a name; before a comma only where the name is one of two and more words, and an
        apposition: not "told by the judge, Ana Vell smiled"; or of one behind a relative: "her grandson, Ari, said"."""
        roles = self.lists.roles
        if before.word not in roles or (before.comma and len(words) == 1 and before.word not in self.lists.relatives):
            return None
        if before.comma and not self.lists.apposition_end.match(self.text, span.end):
            return None
        # "her brother and manager, Ari": he is her brother first
        whole = self.lists.description.pattern.finditer(self.text, max(0, before.end - _NOUN_REACH), before.end)
        first = next((match["role"] for match in whole if match.end() == before.end and match["role"]), before.word)
        return first.casefold() if first.casefold() in self.lists.relatives else before.word

    def _given(self, words: tuple[str, ...]) -> Gender:
        """The gender that the given name tells: of names of two and more words, and of the commonest alone."""
        if words[0] in self.lists.given:
            return self.lists.given[words[0]]
        if any(self._is_of_a_people(word) for word in words):
            return "unknown"
        if not 1 < len(words) <= LONGEST_PERSON:
            return "unknown"
        first = next((word for word in words[:-1] if not _INITIAL.match(word)), None)
        if first is None:
            return "unknown"
        genders = {self._registered(part) for part in first.split("-")}
        return genders.pop() if len(genders) == 1 else "unknown"

    def _is_of_a_people(self, word: str) -> bool:
        """Whether a word is that for a nation, a faith and the like, or for its members: "French", "Muslims"."""
        folded = word.casefold()
        return folded in self.lists.not_people or (
            folded.endswith(self.lists.plural_endings) and folded[:-1] in self.lists.not_people
        )

    def _registered(self, word: str) -> Gender:
        plain = unaccented(word)
        return "unknown" if plain in self.lists.undecided else self.registered.get(plain, "unknown")

    def _kind(self, span: Span, words: tuple[str, ...], before: _Before, titled: bool, role: str | None) -> EntityKind:
        """1. what its own words say; 2. that it is a person by a title, a role, a given name, an age; 3. what a noun
        beside it says, or that it fills quotation marks"""
        lists, text = self.lists, self.text
        given = words[0] in lists.given
        # 1. its words
        if not titled and (told := self._kind_by_words(words, given)):
            return told
        # 2. a person
        if titled or role or given or lists.age_after.match(text, span.end):
            return "person"
        # 3. what stands beside it
        noun = lists.kind_after.match(text, span.end)
        if noun is None and before.word in lists.kind_nouns and not before.comma:
            noun = lists.kind_before.search(text, max(0, span.start - _NOUN_REACH), span.start)
        if noun:
            return lists.kind_nouns[lowered(noun["kind_noun"])]
        return "work" if self._fills_marks(span, words) else "unknown"

    def _fills_marks(self, span: Span, words: tuple[str, ...]) -> bool:
        """Whether several words in quotation marks are nothing but the name, as the titles of works are."""
        end = self.in_marks.get(span.start)
        return len(words) > 1 and end is not None and self.text[span.end : end] in ("", ",", ".")

    def _kind_by_words(self, words: tuple[str, ...], given: bool) -> EntityKind | None:
        lists = self.lists
        folded = [word.casefold().strip(".") for word in words]
        whole = " ".join(folded)
        if whole in lists.outlets or (is_outlet_word(words[-1], lists) and len(words) > 1):
            return "outlet"
        if not lists.organisations.isdisjoint(folded) or not lists.of_firms.isdisjoint(words):
            return "organisation"
        if folded[-1] in lists.places and len(words) > 1 and not given:
            return "place"
        if len(words) > 1 and any(word in lists.places_of for word, after in pairwise(folded) if after in lists.links):
            return "place"
        if whole in lists.bodies_alone or whole in lists.photo_agencies:
            return "organisation"
        return None

    def _speaks(self, span: Span, words: tuple[str, ...]) -> bool:
        """Whether a verb of speech, or a relative clause of people, stands right beside a name: so with people, and
        sometimes with a firm."""
        if len(words) > 3 or (len(words) == 1 and words[0].isupper()):
            return False
        lists, text = self.lists, self.text
        return (
            lists.relative_after.match(text, span.end) is not None
            or lists.speaks_after.match(text, span.end, span.end + 60) is not None
            or lists.spoken_before.search(text, max(0, span.start - 16), span.start) is not None
        )


def _says_too_little(name: Name, initial: bool, inner: _Inner) -> bool:
    """Whether a run of one word may be no name: a letter, the first word of a sentence, a word in capitals."""
    word = name.words[0]
    if len(name.words) > 1:
        return False
    if len(word) == 1:
        return True
    return name.kind == "unknown" and ((initial and word not in inner.words) or (word.isupper() and len(word) > 6))


def _bare(word: str) -> str:
    """The word without a contraction: "I’ve" → "i"."""
    return _APOSTROPHE.split(word.casefold(), maxsplit=1)[0]
