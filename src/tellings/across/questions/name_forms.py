"""Names that tellings write in two ways, of whatever they are the names: places, firms, ships, people.

Forms are set side by side where two of them differ by a letter or two and stand beside the same words, and, to be
compared, where a rare one may be a slip for one that stands often; forms of which each is a word of its own
(they stand in lower case, too), that stand within other names, or of which one telling uses both as if they were two
things are left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from rapidfuzz.distance import OSA

from tellings.across.keys import consonants, normal_form
from tellings.across.questions.kept_apart import spoken_of
from tellings.across.sets import DisjointSets
from tellings.across.word_vectors import stem
from tellings.language.base import UNDECLARED, language_of
from tellings.model.records import Place, Provenance, Question, QuestionValue, Relation, Telling, ValueDecision
from tellings.model.text import Span

STAGE = "questions"
#: The rules by which two forms are set side by side, with how they relate.
DIFFERS: tuple[str, Relation] = ("a-letter-differs", "differs")
COMPARED: tuple[str, Relation] = ("perhaps-a-slip", "to compare")
#: Letters of a name from which one letter may differ, and two letters; and two where another part of it is the same.
ONE_LETTER, TWO_LETTERS, OF_A_FULL_NAME = 5, 9, 6
#: Letters of a rare form, how often it stands at most, and how often the one it may be a slip for.
RARE_LETTERS, RARELY, OFTEN = 6, 1, 5
#: Letters from which a form is long, and how often a long one stands that another may be a slip for.
LONG, OFTEN_LONG = 7, 2
#: Letters of an abbreviation in which two may be exchanged.
ABBREVIATED = 4
#: Letters by which names are looked up: two forms share their first or their last so many.
SHARED = 3
#: Words on either side of a name that say of what it is.
BESIDE = 3
#: Share of the words of a sentence with a capital from which capitals say nothing.
HEADLINE = 0.6
#: Times that one telling may use the rarer of two forms beside the other.
SLIPS = 1
_WRITTEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_DEBRIS = frozenset("âÂÃ")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")


@dataclass(slots=True)
class Form:
    """One way to write a name: where it stands, and the words beside it, with those of the language that say
    nothing."""

    places: list[Place] = field(default_factory=list)
    near: list[tuple[frozenset[str], Sequence[str]]] = field(default_factory=list)

    def beside(self) -> set[str]:
        """The stems beside it: asked of the few names that are like another."""
        return {stem(each) for function, words in self.near for word in words if (each := word.lower()) not in function}

    @property
    def tellings(self) -> set[str]:
        """The ids of those that write it so."""
        return {place.telling for place in self.places}


@dataclass(slots=True)
class _Word(Form):
    """A word that is a name, with the words with a capital right before and behind it, which are of the same name, and
    whether that is a person's."""

    before: set[str] = field(default_factory=set)
    behind: set[str] = field(default_factory=set)
    of_a_person: bool = False

    def times(self, telling: str) -> int:
        return sum(place.telling == telling for place in self.places)


def name_forms(
    tellings: Sequence[Telling], told: Sequence[Question], decisions: Sequence[ValueDecision]
) -> Iterator[Question]:
    """Questions of kind "name", each with the forms of one name; none of two forms that stand in a name `told` already,
    or of which a person said that they are two."""
    forms, common = _forms(tellings)
    known = [{word for value in question.values for word in value.label.split()} for question in told]
    joined, slips = DisjointSets(sorted(forms)), DisjointSets(sorted(forms))
    for a, b in _pairs(forms, common):
        one, other = forms[a], forms[b]
        if any({a, b} <= each for each in known) or _two_things(one, other):
            continue
        if stem(a.lower()) in other.beside() or stem(b.lower()) in one.beside():
            continue
        if not one.beside().isdisjoint(other.beside()):
            joined.join(a, b)
        elif _is_slip(a, b, forms):
            slips.join(a, b)
    for groups, relation in ((joined.groups(), DIFFERS), (slips.groups(), COMPARED)):
        for group in groups:
            yield from spelled({form: forms[form] for form in group}, decisions, *relation)


def _is_slip(a: str, b: str, forms: Mapping[str, _Word]) -> bool:
    """Whether one of two forms that differ by a letter is rare, and stands for the other, which is not; or both are
    long, and no telling has both."""
    rare, often = sorted((a, b), key=lambda form: len(forms[form].places))
    near = a[0] == b[0] and OSA.distance(normal_form(a), normal_form(b), score_cutoff=1) == 1
    letters = ABBREVIATED if rare.isupper() else RARE_LETTERS
    times = OFTEN_LONG if min(len(a), len(b)) >= LONG else OFTEN
    if len(forms[rare].places) <= RARELY and len(forms[often].places) >= times:
        return near and min(len(a), len(b)) >= letters
    # No telling of a village that another writes otherwise writes both.
    apart = forms[a].tellings.isdisjoint(forms[b].tellings) and a[-1] == b[-1]
    return near and apart and min(len(a), len(b)) >= LONG


def spelled(
    forms: Mapping[str, Form], decisions: Sequence[ValueDecision], rule: str, relation: Relation = "differs"
) -> Iterator[Question]:
    """The question of a name that is written in several forms, without those of which a person said that they are of
    another; none where one form is left."""
    values: list[QuestionValue] = []
    for form in sorted(forms, key=lambda form: (-len(forms[form].places), form)):
        places = tuple(sorted(forms[form].places))
        if not any(spoken_of(places, value.places, decisions) for value in values):
            values.append(QuestionValue(form, (), places=places))
    if len(values) > 1:
        yield Question("name", "spelling", values[0].label, "", tuple(values), relation, Provenance(STAGE, rule))


def _forms(tellings: Sequence[Telling]) -> tuple[Mapping[str, _Word], frozenset[str]]:
    """Words with a capital, each with its places, and the words that stand in lower case somewhere."""
    forms: dict[str, _Word] = defaultdict(_Word)
    lower: set[str] = set()
    for telling in tellings:
        if not telling.sentences:
            continue
        function = language_of(telling.document.read_as).words("digest", "function")
        persons, text, name = names_of_people(telling), telling.text, telling.id
        for index in telling.story:
            span = telling.sentences[index].span
            words = list(_WRITTEN.finditer(text, span.start, span.end))
            plain = [without_s(match[0]) for match in words]
            # In a headline in capitals, or with each word capital, a capital shows nothing.
            shouted = sum([bare[0].isupper() for bare in plain]) > len(words) * HEADLINE
            for place, (match, bare) in enumerate(zip(words, plain, strict=True)):
                if bare.islower():
                    lower.add(bare)
                    continue
                if shouted or len(bare) < ONE_LETTER - 1 or not _is_name(bare):
                    continue
                if place == 0 and not (bare.isupper() or _goes_on(words)):
                    continue
                form = forms[bare]
                form.places.append(Place(name, Span(match.start(), match.start() + len(bare))))
                form.of_a_person |= match.start() in persons
                for other, beside in ((place - 1, form.before), (place + 1, form.behind)):
                    if (
                        0 <= other < len(words)
                        and _CAPITAL.match(words[other][0])
                        and words[other][0].lower() not in function
                        and _touch(text, match, words[other])
                    ):
                        beside.add(normal_form(plain[other]))
                near = plain[max(0, place - BESIDE) : place] + plain[place + 1 : place + 1 + BESIDE]
                form.near.append((function, near))
    return forms, frozenset(map(normal_form, lower))


def _goes_on(words: Sequence[re.Match[str]]) -> bool:
    """Whether the first word of a sentence may be a name: another word with a capital follows."""
    return len(words) > 1 and _CAPITAL.match(words[1][0]) is not None


def names_of_people(telling: Telling) -> frozenset[int]:
    """Where the words of people's names start in a telling."""
    return frozenset(
        telling.mentions[mention].span.start + word.start()
        for chain in telling.chains
        if chain.kind == "person"
        for mention in chain.mentions
        if telling.mentions[mention].kind == "name"
        for word in _WRITTEN.finditer(telling.mentions[mention].span.of(telling.text))
    )


def _is_name(word: str) -> bool:
    """Whether a word with a capital may be a name: each of its parts has one and some letters ("Russia-linked" and
    "R-Wis" are none), and nothing is debris of a wrong encoding."""
    return all(len(part) > 2 and _CAPITAL.match(part) for part in word.split("-")) and _DEBRIS.isdisjoint(word)


def _touch(text: str, a: re.Match[str], b: re.Match[str]) -> bool:
    """Whether nothing but one space stands between two words."""
    first, second = (a, b) if a.start() < b.start() else (b, a)
    return text[first.end() : second.start()] == " "


def without_s(word: str) -> str:
    """A word without the ending of a possessive."""
    return _POSSESSIVE.sub("", word) if "'" in word or "’" in word else word


def _pairs(forms: Mapping[str, _Word], common: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Forms that may be of one name, each pair once."""
    buckets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for form in sorted(forms):
        folded = normal_form(form)
        if folded not in common:
            buckets["first", folded[:SHARED]].append(form)
            buckets["last", folded[-SHARED:]].append(form)
            buckets["consonants", consonants(folded)].append(form)
            if form.isupper():
                buckets["letters", "".join(sorted(folded))].append(form)
            if particle := _without_particle(form):
                buckets["whole", normal_form(particle)].append(form)
            buckets["whole", folded].append(form)
    seen = set()
    for bucket in buckets.values():
        for a, b in combinations(bucket, 2):
            if (a, b) in seen or a.isupper() != b.isupper():
                continue
            one, other = forms[a], forms[b]
            shared = not one.before.isdisjoint(other.before) or not one.behind.isdisjoint(other.behind)
            of_one = shared and (one.of_a_person or other.of_a_person)
            if a.isupper():
                near = _exchanged(a, b)
            else:
                near = _near(normal_form(a), normal_form(b), of_one) or (of_one and _one_particle(a, b))
            if near:
                seen.add((a, b))
                yield a, b


def _without_particle(form: str) -> str:
    """What stands behind a particle that is written in one word with a name: "Maretta" of "LaMaretta", else nothing."""
    particles = language_of(UNDECLARED).words("question", "name_particle")
    at = next((at for at, letter in enumerate(form) if at and letter.isupper()), 0)
    return form[at:] if form[:at].lower() in particles and len(form) - at >= ONE_LETTER else ""


def _one_particle(a: str, b: str) -> bool:
    """Whether one of two forms is the other with a particle."""
    return normal_form(_without_particle(a)) == normal_form(b) or normal_form(_without_particle(b)) == normal_form(a)


def _exchanged(a: str, b: str) -> bool:
    """Whether two abbreviations are one but for two neighbouring letters."""
    return sorted(a) == sorted(b) and OSA.distance(a, b, score_cutoff=1) == 1


def _near(a: str, b: str, of_one: bool) -> bool:
    """Whether two folded words are forms of one name by their letters: no plural, no ending for people of a place.
    `of_one`: one of them is of people's names, of which another part, right before or behind, is the same."""
    if (
        a.replace("'", "") == b.replace("'", "")
        or min(len(a), len(b)) < ONE_LETTER - 1
        or max(len(a), len(b)) < ONE_LETTER
    ):
        return False
    _, ends = parted(a, b)
    # "Sergei" and "Sergey", or "Saeed" and "Saed", before one name, are no place and its people.
    alike = of_one and ("" not in ends or ends <= language_of(UNDECLARED).words("question", "sounding_alike"))
    if (ends <= endings() and not alike) or house_style(a) == house_style(b):
        return False
    distance = OSA.distance(a, b, score_cutoff=2)
    letters = OF_A_FULL_NAME if of_one and a[0] == b[0] else TWO_LETTERS
    return distance == 1 or (distance == 2 and min(len(a), len(b)) >= letters)


def parted(a: str, b: str) -> tuple[int, set[str]]:
    """How many letters two words share at their beginning, and what each has behind them."""
    begin = next((at for at, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), min(len(a), len(b)))
    return begin, {a[begin:], b[begin:]}


def house_style(word: str) -> str:
    """A word as one country spells it: "Centre" and "Center" are two houses' styles, and one name."""
    for other, way in _styles():
        word = word.replace(other, way)
    return word


@cache
def _styles() -> tuple[tuple[str, str], ...]:
    return tuple(language_of(UNDECLARED).rules("question").meanings("house_style").items())


def endings() -> frozenset[str]:
    """Endings by which two words are one name and its plural, or its people."""
    return language_of(UNDECLARED).words("question", "name_ending") | {""}


def _two_things(one: _Word, other: _Word) -> bool:
    """Whether a telling uses both forms, and neither as a slip, or other names stand right before or behind them."""
    for mine, theirs in ((one.before, other.before), (one.behind, other.behind)):
        if mine and theirs and mine.isdisjoint(theirs):
            return True
    # "Reggie Wayne" and "Dwayne Allen": one person's last name, another's first.
    if bool(one.before) != bool(other.before) and bool(one.behind) != bool(other.behind):
        return True
    both = one.tellings & other.tellings
    return any(min(one.times(telling), other.times(telling)) > SLIPS for telling in both)
