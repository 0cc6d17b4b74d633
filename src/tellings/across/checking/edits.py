"""How a quotation of a draft differs from the words of a telling, and whether that changes what is said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tellings.across.checking.locating import ROOM, Located
from tellings.across.checking.sources import Sources
from tellings.across.families.telling_words import tells
from tellings.across.keys import Aligned, Word
from tellings.across.questions.name_forms import house_style
from tellings.across.word_vectors import stem
from tellings.language.base import UNDECLARED, language_of
from tellings.model.checked import DraftEdit, Substance
from tellings.model.records import Place
from tellings.model.text import Span


def edits_of(
    draft: str, words: Sequence[Word], marked: Sequence[bool], located: Located, sources: Sources
) -> tuple[DraftEdit, ...]:
    """The edits between words of a `draft` and the stretch where they were located, those of nothing but form with
    substance "none", and those that no reader sees (a word in its long and its short form) left out. `marked` says for
    each word whether the draft has it in square brackets."""
    table = sources.words[located.telling]
    text = sources.by_id[located.telling].text
    found = []
    for edit in located.edits:
        if edit.op == "equal":
            continue
        mine = words[edit.a1 : edit.a2]
        theirs = table.normal[located.first + edit.b1 : located.first + edit.b2]
        if in_one_style([word.normal for word in mine]) == in_one_style(theirs):
            continue
        span = _span(words, edit)
        place = _place(located, edit, sources)
        bracketed = bool(mine) and all(marked[edit.a1 : edit.a2])
        names = any(draft[word.start].isupper() for word in mine[0 if edit.a1 else 1 :]) and any(
            text[table.starts[at]].isupper() for at in range(located.first + edit.b1, located.first + edit.b2)
        )
        found.append(DraftEdit(span, place, substance([word.normal for word in mine], theirs, names=names), bracketed))
    return tuple(found)


def substance(mine: Sequence[str], theirs: Sequence[str], *, names: bool = False) -> Substance:
    """What changes when `theirs` is told as `mine` (normal forms); `names`: both hold a name.

    >>> substance(["never", "agreed"], ["agreed"]), substance(["a"], ["the"]), substance(["12"], ["twelve"])
    ('negation', 'none', 'none')
    """
    one, other = plain(mine), plain(theirs)
    if "".join(in_one_style(mine)) == "".join(in_one_style(theirs)):
        return "none"
    turning = _turning()
    if sorted(word for word in one if word in turning) != sorted(word for word in other if word in turning):
        return "negation"
    if figures(one) != figures(other):
        return "figure"
    if names:
        return "name"
    said, told = {stem(word) for word in one if tells(word)}, {stem(word) for word in other if tells(word)}
    return "none" if said == told else "word"


def in_one_style(words: Sequence[str]) -> list[str]:
    """Words (normal forms) as one house prints them: plain, and of one spelling; for comparing, not for looking up."""
    return [house_style(word) for word in plain(words)]


def plain(words: Sequence[str]) -> list[str]:
    """Words (normal forms) in one form: contractions in full, numbers in figures."""
    return [each for word in words for each in _plain(word)]


@cache
def _plain(word: str) -> tuple[str, ...]:
    rules = language_of(UNDECLARED).rules(ROOM)
    if whole := rules.meanings("contraction").get(word):
        return tuple(str(whole).split())
    for end, full in rules.meanings("contracted").items():
        if word.endswith(end):
            return word[: -len(end)], str(full)
    if word in _numbers():
        return (_numbers()[word],)
    return (word,)


def forms(number: str) -> tuple[str, ...]:
    """A number in figures, and in words where it has one: "12" and "twelve"."""
    return (number, *(word for word, figure in _numbers().items() if figure == number))


def numbers(words: Sequence[str]) -> list[str]:
    """The numbers among words in one form (`plain`), and words that multiply them, sorted."""
    return sorted(word for word in words if word[:1].isdigit() or word in _magnitudes())


def figures(words: Sequence[str]) -> list[str]:
    """The same with months and weekdays."""
    return sorted(word for word in words if word[:1].isdigit() or word in _magnitudes() or word in _days())


def turns(words: Sequence[str]) -> bool:
    """Whether one of some words (normal forms) turns a clause into its opposite, or leaves open whether it is so."""
    turning, row = _turning(), plain(words)
    idle = language_of(UNDECLARED).words(ROOM, "turned_down")
    return any(each in turning and idle.isdisjoint(row[at + 1 : at + 2]) for at, each in enumerate(row))


@cache
def _turning() -> frozenset[str]:
    language = language_of(UNDECLARED)
    return language.words(ROOM, "turning") | language.words("question", "negation")


@cache
def _days() -> frozenset[str]:
    return frozenset(word.casefold() for word in language_of(UNDECLARED).lexicon.words("month_name", "weekday_name"))


@cache
def _magnitudes() -> frozenset[str]:
    return language_of(UNDECLARED).lexicon.words("magnitude")


@cache
def _numbers() -> dict[str, str]:
    return {word: str(value) for word, value in language_of(UNDECLARED).rules("fact").meanings("number_word").items()}


def _span(words: Sequence[Word], edit: Aligned) -> Span:
    """The words of the draft that an edit is of; the place between two words where it has none."""
    if edit.a2 > edit.a1:
        return Span(words[edit.a1].start, words[edit.a2 - 1].end)
    at = words[edit.a1 - 1].end if edit.a1 else words[0].start
    return Span(at, at)


def _place(located: Located, edit: Aligned, sources: Sources) -> Place:
    table = sources.words[located.telling]
    first, last = located.first + edit.b1, located.first + edit.b2
    if last > first:
        return Place(located.telling, table.span(first, last - 1))
    at = table.ends[first - 1] if first else table.starts[first]
    return Place(located.telling, Span(at, at))
