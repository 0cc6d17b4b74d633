"""What one telling says is not known, and another tells: a cause, a name, whether somebody has spoken.

The kinds are data (`data/<language>/question/open.toml`): by which words a sentence leaves a question open, and by
which another answers it. Where somebody did not comment, the answer is that they are quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tellings.across.questions.asked import ROOM
from tellings.across.questions.sentence_words import by_place, words_of
from tellings.across.questions.statements import Likeness, Statement
from tellings.across.word_vectors import stem
from tellings.language.base import Language, language_of
from tellings.model.records import Telling
from tellings.model.text import Span

#: Words before "did not comment" among which stands who did not.
SUBJECT = 8
#: How alike an answer must be at least, and answers shown.
LEAST, SHOWN = 0.05, 3
#: Share of the best likeness from which another sentence answers, too, and stems that an answer shares at least.
NEARLY, SHARED = 0.6, 1
#: What it is worth that a sentence says that somebody made a statement.
SAYS_SO = 0.3
#: What a quotation is worth as an answer by where it stands.
_WORTH = (0.6, 0.5, 0.4)
#: Cosine from which two sentences leave one thing open.
ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Open:
    """A question that statements leave open and others answer, the likeliest first. `kind` names the rule; `later`:
    whoever had not spoken spoke on a later day."""

    kind: str
    left_open: tuple[Statement, ...]
    answers: tuple[Statement, ...]
    likeness: float
    later: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    opens: re.Pattern[str]
    answers: re.Pattern[str]
    spoken: bool
    settled: bool
    own: frozenset[str]


def open_questions(
    found: Sequence[Statement], likeness: Likeness, tellings: Mapping[str, Telling], most: int
) -> tuple[Open, ...]:
    """Up to `most` questions that some statements leave open and others answer, the most alike first."""
    texts = [_text(one, tellings) for one in found]
    languages = {name: language_of(telling.document.read_as) for name, telling in tellings.items()}
    questions: list[Open] = []
    for place, one in enumerate(found):
        for kind in _kinds(languages[one.places[0].telling]):
            if match := kind.opens.search(texts[place]):
                answers = list(_answers(one, kind, match, found, texts, likeness, tellings))
                if answers:
                    near = NEARLY * answers[0][0]
                    best = tuple(answer for worth, answer in answers[:SHOWN] if worth >= near)
                    later = (kind.spoken or kind.settled) and all(_earlier(one, answer, tellings) for answer in best)
                    questions.append(Open(kind.name, (one,), best, answers[0][0], later))
                break
    return tuple(_merged(questions, likeness)[:most])


def _answers(
    one: Statement,
    kind: _Kind,
    match: re.Match[str],
    found: Sequence[Statement],
    texts: Sequence[str],
    likeness: Likeness,
    tellings: Mapping[str, Telling],
) -> list[tuple[float, Statement]]:
    """The statements of other tellings that answer what one leaves open, the likeliest first."""
    telling = tellings[one.places[0].telling]
    start = one.places[0].span.start
    language = language_of(telling.document.read_as)
    before = words_of(telling.text, Span(start, start + match.start()), language)[-SUBJECT:]
    if kind.spoken and before and before[-1].written in language.words(ROOM, "joining"):
        return []  # who did not comment stands further off, before another verb
    subject = {word.stem for word in before if word.stem} - set(map(stem, language.words(ROOM, "spokesman")))
    about = one.stems - kind.own
    near: list[tuple[float, int]] = []
    for place, other in enumerate(found):
        if other.tellings & one.tellings or kind.opens.search(texts[place]):
            continue
        if kind.spoken:
            says_so = kind.answers.search(texts[place]) is not None
            speaks = subject & other.stems & (other.stems if says_so else other.sources)
            if speaks and not _earlier(other, one, tellings):
                worth = by_place(other.number, _WORTH) + SAYS_SO * says_so
                near.append((-likeness.alike(one, other) - worth, place))
        elif len(about & other.stems) >= SHARED and kind.answers.search(texts[place]):
            near.append((-likeness.alike(one, other), place))
    near.sort()
    return [(-worth, found[place]) for worth, place in near if -worth >= LEAST]


def _earlier(one: Statement, other: Statement, tellings: Mapping[str, Telling]) -> bool:
    """Whether all that print a statement are of earlier days than all that print another."""
    days, later = (
        [day for name in sorted(each.tellings) if (day := tellings[name].document.date.value) is not None]
        for each in (one, other)
    )
    return bool(days) and bool(later) and max(days) < min(later)


def _merged(questions: Sequence[Open], likeness: Likeness) -> list[Open]:
    """Questions of one kind that are left open in like words, once, the likeliest first."""
    kept: list[Open] = []
    for each in sorted(questions, key=lambda each: (-each.likeness, each.left_open[0].places[0])):
        same = next(
            (
                place
                for place, other in enumerate(kept)
                if other.kind == each.kind
                and (
                    likeness.alike(other.left_open[0], each.left_open[0]) >= ALIKE
                    or other.answers[0] == each.answers[0]
                )
            ),
            None,
        )
        if same is None:
            kept.append(each)
        elif each.left_open[0] not in kept[same].left_open:
            one = kept[same]
            answers = tuple(answer for answer in one.answers if answer not in each.left_open)
            later = one.later and each.later
            kept[same] = Open(one.kind, (*one.left_open, *each.left_open), answers, one.likeness, later)
    return kept


def _text(one: Statement, tellings: Mapping[str, Telling]) -> str:
    place = one.places[0]
    return place.span.of(tellings[place.telling].text)


@cache
def _kinds(language: Language) -> tuple[_Kind, ...]:
    rules = language.rules(ROOM)
    return tuple(
        _Kind(
            rule.name,
            re.compile(rules.expand(rule.pattern), re.IGNORECASE),
            re.compile(rules.expand(rule.meaning["answered"]), re.IGNORECASE),
            bool(rule.meaning.get("spoken")),
            bool(rule.meaning.get("settled")),
            frozenset(map(stem, rule.meaning.get("own", ()))),
        )
        for rule in rules.rules
        if "answered" in rule.meaning
    )
