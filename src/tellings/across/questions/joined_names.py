"""Names that tellings write with and without a space, or with another small word: "FirstGroup" and "First Group",
"Committee of" and "Committee for the Red Cross"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from tellings.across.keys import normal_form
from tellings.across.questions.kept_apart import said_apart
from tellings.language.base import language_of
from tellings.model.records import Place, Provenance, Question, QuestionValue, Telling, ValueDecision
from tellings.model.text import Span

STAGE = "questions"
#: Letters of a name that may be written with and without a space; words that carry a name with another small word.
LETTERS, CARRYING = 8, 3
#: Words of a name with a capital at most, and small words between two of them.
OF_A_NAME, SMALL = 6, 2
#: Share of the words of a sentence with a capital from which capitals say nothing.
HEADLINE = 0.6
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+)*")

#: What stands before a tag or a handle, which is written in one word.
_TAGS = "#@/"
#: A capital within a word.
_INNER = re.compile(r"[a-z][A-Z]")

Written = dict[str, list[Place]]


def joined_names(
    tellings: Sequence[Telling], told: Sequence[Question], decisions: Sequence[ValueDecision]
) -> Iterator[Question]:
    """Questions of kind "name", each with the ways to write one name that differ by a space, a hyphen or a small word;
    none of which two forms stand in a question `told`, or of which a person said that they are two."""
    known = [{value.label for value in question.values} for question in told]
    spaced, worded = _names(tellings)
    groups = [("a-space-differs", forms) for _, forms in sorted(spaced.items())]
    groups += [("a-small-word-differs", forms) for _, forms in sorted(worded.items())]
    for rule, forms in groups:
        if not any(other is not forms and _within(forms, other) for _, other in groups):
            values: list[QuestionValue] = []
            for form in sorted(forms, key=lambda form: (-len(forms[form]), form)):
                places = tuple(sorted(forms[form]))
                if not any(said_apart(places, value.places, decisions) for value in values):
                    values.append(QuestionValue(form, (), places=places))
            if len(values) > 1 and not any({value.label for value in values} <= each for each in known):
                why = Provenance(STAGE, rule)
                yield Question("name", "spelling", values[0].label, "", tuple(values), "differs", why)


def _within(forms: Written, other: Written) -> bool:
    """Whether every place of a name lies in one of another, longer name: it is told with that."""
    wider = [place for places in other.values() for place in places]
    return all(
        any(place.telling == each.telling and each.span.contains(place.span) for each in wider)
        for places in forms.values()
        for place in places
    )


def _names(tellings: Sequence[Telling]) -> tuple[dict[str, Written], dict[tuple[str, ...], Written]]:
    """Names by their letters, and names of several words by those that carry them."""
    spaced: dict[str, Written] = defaultdict(lambda: defaultdict(list))
    worded: dict[tuple[str, ...], Written] = defaultdict(lambda: defaultdict(list))
    lower: set[str] = set()
    for telling in tellings:
        if not telling.sentences:
            continue
        language = language_of(telling.document.read_as)
        function = language.words("digest", "function")
        for index in telling.story:
            words = _words(telling.text, telling.sentences[index].span)
            lower.update(written.lower() for written, _ in words if written.islower())
            if sum(written[0].isupper() for written, _ in words) > len(words) * HEADLINE:
                continue
            for first, last in _runs(words, function, telling.text):
                span = Span(words[first][1].start, words[last][1].end)
                form = " ".join(span.of(telling.text).replace("’", "'").split())
                place = Place(telling.id, span)
                carrying = tuple(w.lower() for w, _ in words[first : last + 1] if w.lower() not in function)
                if len(carrying) == last - first + 1:
                    spaced[_letters(form)][form].append(place)
                elif len(carrying) >= CARRYING:
                    worded[carrying][form].append(place)
    return (
        {key: forms for key, forms in spaced.items() if len(key) >= LETTERS and _by_space(forms, lower)},
        {key: forms for key, forms in worded.items() if _by_word(forms, lower)},
    )


def _words(text: str, span: Span) -> list[tuple[str, Span]]:
    return [(match[0], Span(*match.span())) for match in _WORD.finditer(text, span.start, span.end)]


def _runs(words: Sequence[tuple[str, Span]], function: Collection[str], text: str) -> Iterator[tuple[int, int]]:
    """Stretches of words with a capital, small words between, that one space each parts: all that begin and end with a
    capital, none longer than a name."""
    for first, (written, _) in enumerate(words):
        if not written[0].isupper() or written.lower() in function or (first == 0 and "-" not in written):
            continue
        if text[words[first][1].start - 1] in _TAGS:
            continue
        small = 0
        for last in range(first, min(len(words), first + OF_A_NAME)):
            if last > first and text[words[last - 1][1].end : words[last][1].start] != " ":
                break
            each = words[last][0]
            small = small + 1 if each.lower() in function else 0
            if small > SMALL or (not small and not each[0].isupper()):
                break
            if not small:
                yield first, last


def _letters(form: str) -> str:
    return normal_form(re.sub(r"[\s-]", "", form))


def _by_space(forms: Collection[str], lower: set[str]) -> bool:
    """Whether forms of the same letters differ by more than capitals and hyphens, and none is made of plain words
    ("Vice-President"), unless a capital within says that it is a name ("FirstGroup")."""
    if len({re.sub(r"-", " ", form).lower() for form in forms}) < 2:
        return False
    plain = any(part in lower for form in forms for part in re.split(r"[\s-]", form.lower()))
    return not plain or any(_INNER.search(form) for form in forms)


def _by_word(forms: Collection[str], lower: set[str]) -> bool:
    """Whether forms that the same words carry have as many small words between them, of which one differs, and what
    stands before it is no plain title ("Chief Constable of", "at")."""
    each = sorted({tuple(form.lower().split()) for form in forms})
    for a, b in pairwise(each):
        other = [place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
        if len(a) != len(b) or len(other) != 1 or lower.issuperset(a[: other[0]]):
            return False
    return len(each) > 1
