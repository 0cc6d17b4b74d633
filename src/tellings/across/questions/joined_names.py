"""Names that tellings write with and without a space, with another small word, or with another ending: "FirstGroup" and
"First Group", "Committee of" and "Committee for the Red Cross", "Accident Board" and "Accidents Board of Osk"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from tellings.across.keys import normal_form
from tellings.across.questions.name_forms import BESIDE, HEADLINE, Form, spelled
from tellings.across.questions.sentence_words import KEPT
from tellings.across.word_vectors import stem
from tellings.language.base import language_of
from tellings.model.records import Place, Question, Telling, ValueDecision
from tellings.model.text import Span

#: Letters of a name that may be written with and without a space; words that carry a name with another small word.
LETTERS, CARRYING = 8, 3
#: Words of a name with a capital at most, and small words between two of them.
OF_A_NAME, SMALL = 6, 2
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+)*")
#: What stands before a tag or a handle, which is written in one word.
_TAGS = "#@/"
#: What stands behind the name of an address ("Osk.com").
_ADDRESS = re.compile(r"\.\w")
#: What may part the words of a name, or not.
_SPACES = re.compile(r"[\s-]")
#: A capital within a word.
_INNER = re.compile(r"[a-z][A-Z]")


Written = dict[str, Form]
#: A word as written, and where it begins and ends.
Placed = tuple[str, int, int]


def joined_names(
    tellings: Sequence[Telling], told: Sequence[Question], decisions: Sequence[ValueDecision]
) -> Iterator[Question]:
    """Questions of kind "name", each with the ways to write one name that differ by a space, a small word or an
    ending; none of which two forms stand in a question `told`, or of which a person said that they are two."""
    known = [{value.label for value in question.values} for question in told]
    spaced, worded, ended = _names(tellings)
    for rule, groups in (
        ("a-space-differs", _shortest(spaced)),
        ("a-small-word-differs", _longest(worded)),
        ("an-ending-differs", _longest(ended)),
    ):
        for forms in groups:
            for question in spelled(forms, decisions, rule):
                if not any({value.label for value in question.values} <= each for each in known):
                    yield question


def _shortest(spaced: Mapping[str, Written]) -> list[Written]:
    """Names none of which stands in another: "Del Giudice", not "Judge Vincent Del Giudice"."""
    return [
        forms for key, forms in sorted(spaced.items()) if not any(other != key and other in key for other in spaced)
    ]


def _longest(worded: Mapping[tuple[str, ...], Written]) -> list[Written]:
    """Names of several words that stand in no longer one."""
    words = {key: f" {' '.join(key)} " for key in worded}
    return [
        forms
        for key, forms in sorted(worded.items())
        if not any(other != key and words[key] in words[other] for other in worded)
    ]


def _names(
    tellings: Sequence[Telling],
) -> tuple[dict[str, Written], dict[tuple[str, ...], Written], dict[tuple[str, ...], Written]]:
    """Names by their letters, and names of several words by those that carry them, and by the stems of all."""
    spaced: dict[str, Written] = defaultdict(lambda: defaultdict(Form))
    worded: dict[tuple[str, ...], Written] = defaultdict(lambda: defaultdict(Form))
    ended: dict[tuple[str, ...], Written] = defaultdict(lambda: defaultdict(Form))
    lower: set[str] = set()
    joints: frozenset[str] = frozenset()
    for telling in tellings:
        if not telling.sentences:
            continue
        language, text, name = language_of(telling.document.read_as), telling.text, telling.id
        function, joints = language.words("digest", "function"), language.words("question", "name_joint")
        for index in telling.story:
            words = placed_words(text, telling.sentences[index].span)
            lower.update([written for written, _, _ in words if written.islower()])
            if sum([written[0].isupper() for written, _, _ in words]) > len(words) * HEADLINE:
                continue
            for first, last in _runs(words, function, text):
                span = Span(words[first][1], words[last][2])
                of_name = [w.lower() for w, _, _ in words[first : last + 1]]
                carrying = tuple([w for w in of_name if w not in function])
                kinds: list[Written] = []
                if len(carrying) == len(of_name):
                    letters = _letters(span.of(text))
                    if len(letters) >= LETTERS:
                        kinds.append(spaced[letters])
                elif len(carrying) >= CARRYING:
                    kinds.append(worded[carrying])
                if len(of_name) >= CARRYING:
                    kinds.append(ended[(*map(stem, of_name[:-1]), of_name[-1])])
                if not kinds:
                    continue
                beside = (*words[max(0, first - BESIDE) : first], *words[last + 1 : last + 1 + BESIDE])
                near = [word for word, _, _ in beside]
                written = " ".join(span.of(text).replace("’", "'").split())
                for found in kinds:
                    form = found[written]
                    form.places.append(Place(name, span))
                    form.near.append((function, near))
    return (
        {key: forms for key, forms in spaced.items() if _by_space(forms, lower)},
        {key: forms for key, forms in worded.items() if _by_word(forms, lower, joints)},
        {key: forms for key, forms in ended.items() if _by_ending(forms)},
    )


@lru_cache(maxsize=KEPT)
def placed_words(text: str, span: Span) -> tuple[Placed, ...]:
    """The words of a stretch, each with where it begins and ends."""
    return tuple([(match[0], *match.span()) for match in WORD.finditer(text, span.start, span.end)])


def _runs(words: Sequence[Placed], function: Collection[str], text: str) -> Iterator[tuple[int, int]]:
    """Stretches of words with a capital, small words between, that one space each parts: all that begin and end with a
    capital, none longer than a name."""
    for first, (written, start, _) in enumerate(words):
        if not written[0].isupper() or written.lower() in function or (first == 0 and "-" not in written):
            continue
        if text[start - 1] in _TAGS:
            continue
        small = 0
        for last in range(first, min(len(words), first + OF_A_NAME)):
            if last > first and text[words[last - 1][2] : words[last][1]] != " ":
                break
            each = words[last][0]
            small = small + 1 if each.lower() in function else 0
            if small > SMALL or (not small and not each[0].isupper()):
                break
            if not small and not _ADDRESS.match(text, words[last][2]):
                yield first, last


def _letters(form: str) -> str:
    """The letters of a name, folded; "" where they are surely fewer than `LETTERS`."""
    if len(form) < LETTERS and form.isascii():
        return ""  # its folded form is no longer
    return normal_form(_SPACES.sub("", form))


def _by_space(forms: Written, lower: Collection[str]) -> bool:
    """Whether forms of the same letters differ by more than capitals, accents and hyphens, none is made of plain words
    ("Vice-President") unless a capital within says that it is a name ("FirstGroup"), and they are of one thing."""
    if len({tuple(map(normal_form, form.replace("-", " ").split())) for form in forms}) < 2:
        return False
    plain = any(part in lower for form in forms for part in _SPACES.split(form.lower()))
    return (not plain or any(_INNER.search(form) for form in forms)) and _of_one_thing(forms)


def _by_word(forms: Written, lower: set[str], joints: frozenset[str]) -> bool:
    """Whether forms that the same words carry differ by one small word between parts of a name, and what stands before
    it is no plain title ("Chief Constable of", "at")."""
    each = sorted({tuple(form.lower().split()) for form in forms})
    for a, b in combinations(each, 2):
        other = [place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
        if len(a) != len(b) or len(other) != 1 or lower.issuperset(a[: other[0]]):
            return False
        if not joints >= {a[other[0]], b[other[0]]}:
            return False
    return len(each) > 1


def _by_ending(forms: Written) -> bool:
    """Whether forms of the same stems differ by the endings of words, and each stands in a telling without the
    other."""
    if len({form.lower() for form in forms}) < 2:
        return False
    return all(
        one.tellings - other.tellings and other.tellings - one.tellings
        for one, other in combinations(forms.values(), 2)
    )


def _of_one_thing(forms: Written) -> bool:
    """Whether the forms stand beside the same words, and no telling uses two of them; what has a capital within, or
    three words that others join, is hardly two things."""
    if any(_INNER.search(form) or len(form.split()) >= CARRYING for form in forms):
        return True
    return all(
        not one.beside().isdisjoint(other.beside()) and one.tellings.isdisjoint(other.tellings)
        for one, other in combinations(forms.values(), 2)
    )
