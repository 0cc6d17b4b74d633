"""What one telling says is not known, and another tells: a cause, a name, whether somebody has spoken.

The kinds are data (`data/<language>/question/open.toml`): by which words a sentence leaves a question open, and by
which another answers it. Where somebody did not comment, the answer is that they are quoted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

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
#: Share of the best likeness from which another sentence answers, too.
NEARLY = 0.6
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
    answers_itself: bool
    least: float
    own: frozenset[str]


def open_questions(
    found: Sequence[Statement], likeness: Likeness, tellings: Mapping[str, Telling], most: int
) -> tuple[Open, ...]:
    """Up to `most` questions that some statements leave open and others answer, the most alike first."""
    if not found:
        return ()
    texts = [one.places[0].span.of(tellings[one.places[0].telling].text) for one in found]
    looks = [_Looked(kind, found, tellings, texts) for kind in _kinds(_language(found[0], tellings))]
    questions: list[Open] = []
    for place, one in enumerate(found):
        look = next((look for look in looks if place in look.opens), None)
        answers = look.answers(place, likeness) if look else []
        if look and answers:
            near = NEARLY * answers[0][0]
            best = tuple(answer for worth, answer in answers[:SHOWN] if worth >= near)
            settled = look.kind.spoken or look.kind.settled
            later = settled and all(_earlier(one, answer, tellings) for answer in best)
            questions.append(Open(look.kind.name, (one,), best, answers[0][0], later))
    return tuple(_merged(questions, likeness)[:most])


class _Looked:
    """The statements of a story as one kind of question sees them: `opens`, those that leave one open, with where in
    the sentence; and those that may answer it, by what they speak of. These are looked for where one leaves it open."""

    def __init__(
        self, kind: _Kind, found: Sequence[Statement], tellings: Mapping[str, Telling], texts: Sequence[str]
    ) -> None:
        self.kind = kind
        self._found, self._tellings, self._texts = found, tellings, texts
        self.opens: dict[int, int] = {}
        opens = kind.opens.search
        for place, text in enumerate(texts):
            if (match := opens(text)) and not (kind.answers_itself and kind.answers.search(text)):
                self.opens[place] = match.start()

    @cached_property
    def _says_so(self) -> frozenset[int]:
        """The statements that have words of the answer."""
        return frozenset(
            place
            for place, text in enumerate(self._texts)
            if place not in self.opens and self.kind.answers.search(text)
        )

    @cached_property
    def _by_stem(self) -> Mapping[str, Sequence[int]]:
        """Stem → the statements that may answer what is asked of it."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self._found):
            if place in self.opens:
                continue
            # Who did not comment speaks, or is said to have made a statement.
            spoken = one.stems & one.sources if self.kind.spoken else frozenset[str]()
            for word in (one.stems if place in self._says_so else spoken) - self.kind.own:
                found[word].append(place)
        return found

    def answers(self, place: int, likeness: Likeness) -> list[tuple[float, Statement]]:
        """The statements of other tellings that answer what one leaves open, the likeliest first."""
        one = self._found[place]
        near: list[tuple[float, int]] = []
        for other in {each for word in self._asked(place) for each in self._by_stem.get(word, ())}:
            statement = self._found[other]
            if statement.tellings & one.tellings or (self.kind.spoken and _earlier(statement, one, self._tellings)):
                continue
            worth = likeness.alike(one, statement)
            if self.kind.spoken:
                worth += by_place(statement.number, _WORTH) + SAYS_SO * (other in self._says_so)
            near.append((-worth, other))
        near.sort()
        return [(-worth, self._found[other]) for worth, other in near if -worth >= self.kind.least]

    def _asked(self, place: int) -> frozenset[str]:
        """The stems of what a statement leaves open: of who did not comment, else of all it speaks of."""
        one = self._found[place]
        if not self.kind.spoken:
            return one.stems - self.kind.own
        where, language = one.places[0], _language(one, self._tellings)
        span = Span(where.span.start, where.span.start + self.opens[place])
        before = words_of(self._tellings[where.telling].text, span, language)[-SUBJECT:]
        if before and before[-1].written in language.words(ROOM, "joining"):
            return frozenset()  # who did not comment stands further off, before another verb
        speaking = set(map(stem, language.words(ROOM, "spokesman")))
        return frozenset(word.stem for word in before if word.stem) - speaking


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


def _language(one: Statement, tellings: Mapping[str, Telling]) -> Language:
    return language_of(tellings[one.places[0].telling].document.read_as)


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
            bool(rule.meaning.get("answers_itself")),
            float(rule.meaning.get("least", LEAST)),
            frozenset(map(stem, rule.meaning.get("own", ()))),
        )
        for rule in rules.rules
        if "answered" in rule.meaning
    )
