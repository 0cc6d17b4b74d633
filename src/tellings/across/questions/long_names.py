"""Names of three words and more that tellings write alike but for one of them: "Osk Air Transport Board" and "Osk Air
Transportation Board", "Liam Tiong Ray" and "Liam Tiong Rai".

The other words say of what the name is, so that the one may be short, or differ by more than a letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import OSA

from tellings.across.keys import normal_form
from tellings.across.questions.joined_names import Placed, Written, placed_words
from tellings.across.questions.name_forms import (
    HEADLINE,
    Form,
    endings,
    house_style,
    names_of_people,
    parted,
    spelled,
    without_s,
)
from tellings.language.base import language_of
from tellings.model.records import Place, Question, Telling, ValueDecision
from tellings.model.text import Span

#: Words of a name that carry it, at least.
CARRYING = 3
#: Letters of a word that differs by one: of a person's name, within another name, and at its end.
OF_A_PERSON, WITHIN, AT_THE_END = 3, 5, 6
#: Letters that two words within a name share at their beginning where they differ by more, and their letters.
BEGINNING, LETTERS = 4, 6


@dataclass(frozen=True, slots=True)
class _Run:
    """A name as its folded words that carry it, where it stands, and whether a person bears it."""

    words: tuple[str, ...]
    place: Place
    written: str
    of_a_person: bool


def long_names(
    tellings: Sequence[Telling], told: Sequence[Question], decisions: Sequence[ValueDecision]
) -> Iterator[Question]:
    """Questions of kind "name", each with the ways to write a long name that differ in one word; none of which two
    forms say what one of the questions `told` does, or of which a person said that they are two."""
    known = [{normal_form(word) for value in question.values for word in value.label.split()} for question in told]
    names: dict[tuple[str, ...], dict[_Run, None]] = defaultdict(dict)
    for telling in tellings:
        for run in _runs(telling) if telling.sentences else ():
            names[run.words][run] = None
    others: dict[tuple[int, tuple[str, ...]], list[tuple[str, ...]]] = defaultdict(list)
    for words in sorted(names):
        for at in range(len(words)):
            others[at, (*words[:at], *words[at + 1 :])].append(words)
    for (at, _), alike in sorted(others.items()):
        for a, b in combinations(alike, 2):
            if any({a[at], b[at]} <= each for each in known):
                continue
            if _one_name(a[at], b[at], at == len(a) - 1, tuple(names[a]), tuple(names[b])):
                yield from spelled(_forms((*names[a], *names[b])), decisions, "a-word-differs")


def _one_name(a: str, b: str, last: bool, one: Sequence[_Run], other: Sequence[_Run]) -> bool:
    """Whether two words, in which names that are else alike differ, are forms of one."""
    if not {run.place.telling for run in one}.isdisjoint(run.place.telling for run in other):
        return False
    if a[:1] != b[:1] or not (a.isalpha() and b.isalpha()) or house_style(a) == house_style(b):
        return False
    begin, ends = parted(a, b)
    person = any(run.of_a_person for run in (*one, *other))
    # "Ray" and "Rai" are no place and its people.
    if ends <= endings() and not (person and "" not in ends):
        return False
    letters = OF_A_PERSON if person else AT_THE_END if last else WITHIN
    short = min(len(a), len(b))
    if OSA.distance(a, b, score_cutoff=1) == 1:
        return short >= letters
    return not (person or last) and begin >= BEGINNING and short >= LETTERS


def _forms(runs: Sequence[_Run]) -> Written:
    found: Written = defaultdict(Form)
    for run in runs:
        found[run.written].places.append(run.place)
    return found


def _runs(telling: Telling) -> Iterator[_Run]:
    """The names of a telling that three words carry or more: words with a capital, and small ones within a name."""
    language, text = language_of(telling.document.read_as), telling.text
    within, function = language.words("question", "name_within"), language.words("digest", "function")
    persons = names_of_people(telling)
    for chain in telling.chains:
        for mention in chain.mentions if chain.kind == "person" else ():
            # Without the title that may stand right before it.
            span = telling.mentions[mention].span
            if telling.mentions[mention].kind == "name":
                yield from _run(telling, placed_words(text, span), function, persons)
    for index in telling.story:
        span = telling.sentences[index].span
        words = placed_words(text, span)
        if sum([written[0].isupper() for written, _, _ in words]) > len(words) * HEADLINE:
            continue
        at = 0
        while at < len(words):
            first = last = at
            while at < len(words) and (at == first or text[words[at - 1][2] : words[at][1]] == " "):
                word = words[at][0]
                if word[0].isupper() and not (at == first and word.lower() in function):
                    last = at
                elif at == first or word not in within:
                    break
                at += 1
            at = max(at, first + 1)
            yield from _run(telling, words[first : last + 1], function, persons)


def _run(
    telling: Telling, words: Sequence[Placed], function: frozenset[str], persons: frozenset[int]
) -> Iterator[_Run]:
    """A stretch of words as a name, if it is a long one."""
    carrying = [word for word in words if word[0].lower() not in function]
    if len(carrying) < CARRYING or not words[0][0][0].isupper():
        return
    end = words[-1][1] + len(without_s(words[-1][0]))
    span = Span(words[0][1], end)
    folded = tuple(normal_form(without_s(written)) for written, _, _ in carrying)
    written = " ".join(span.of(telling.text).replace("’", "'").split())
    yield _Run(folded, Place(telling.id, span), written, any(start in persons for _, start, _ in words))
