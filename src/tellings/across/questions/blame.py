"""Who is blamed: one line with all whom tellings say that somebody blames, where there are several.

By which words somebody blames is data (`data/<language>/question/blame.toml`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tellings.across.questions.asked import ROOM
from tellings.across.questions.kept_apart import spoken_of
from tellings.across.questions.sentence_words import by_place, words_of
from tellings.language.base import Language, language_of
from tellings.model.records import Place, Provenance, Question, QuestionValue, Telling, ValueDecision
from tellings.model.text import Span

STAGE, RULE = "questions", "several-are-blamed"
#: Patterns of those who are blamed, the surest first.
PATTERNS = ("blamed-on", "held-responsible", "blamed")
#: Those who are shown at most.
MOST = 8
#: What the line is worth by where the first stands.
_WORTH = (0.8, 0.6, 0.4)


@dataclass(frozen=True, slots=True)
class _Blamed:
    """Who is blamed: where the name stands, and how many sentences of the story stand before the first."""

    places: tuple[Place, ...]
    number: int


def blame(tellings: Sequence[Telling], decisions: Sequence[ValueDecision]) -> Iterator[Question]:
    """The question of who is blamed, if tellings give several answers."""
    texts = {telling.id: telling.text for telling in tellings}
    found = sorted(
        _joined(each for telling in tellings for each in _of(telling)),
        key=lambda each: (-len({place.telling for place in each.places}), each.number, each.places[0]),
    )
    values: list[QuestionValue] = []
    for each in found[:MOST]:
        if not any(spoken_of(each.places, value.places, decisions) for value in values):
            label = " ".join(each.places[0].span.of(texts[each.places[0].telling]).split())
            values.append(QuestionValue(label, (), places=each.places))
    if len(values) > 1:
        worth = by_place(min(each.number for each in found), _WORTH)
        why = Provenance(STAGE, RULE)
        yield Question("claim", "blame", None, "", tuple(values), "to compare", why, weight=worth)


def _joined(named: Iterable[tuple[Place, frozenset[str], int]]) -> Iterator[_Blamed]:
    """Those who are blamed. A name is one with a longer one that has all of its words ("the board", "the Osk harbour
    board"), unless two longer ones have them: then it is not said which of them is meant."""
    places: dict[frozenset[str], list[tuple[Place, int]]] = defaultdict(list)
    for place, stems, number in named:
        places[stems].append((place, number))
    longest = [stems for stems in places if not any(stems < other for other in places)]
    joined: dict[frozenset[str], list[tuple[Place, int]]] = defaultdict(list)
    for stems, found in places.items():
        whole = [other for other in longest if stems <= other]
        joined[whole[0] if len(whole) == 1 else stems] += found
    for found in joined.values():
        yield _Blamed(tuple(sorted(place for place, _ in found)), min(number for _, number in found))


def _of(telling: Telling) -> Iterator[tuple[Place, frozenset[str], int]]:
    """Whom a telling says that somebody blames: where, the stems, and how many sentences of the story stand before."""
    language = language_of(telling.document.read_as)
    for number, index in enumerate(telling.story):
        span = telling.sentences[index].span
        taken: list[Span] = []
        for name in PATTERNS:
            for match in language.pattern(ROOM, name).finditer(telling.text, span.start, span.end):
                whole, who = Span(*match.span()), Span(*match.span("who")).trimmed(telling.text)
                stems = _named(telling.text, who, language)
                if stems and not any(whole.overlaps(other) for other in taken):
                    taken.append(whole)
                    yield Place(telling.id, who), stems, number


def _named(text: str, who: Span, language: Language) -> frozenset[str]:
    """The stems of a name, none where it names nobody."""
    words = words_of(text, who, language)
    if not language.words(ROOM, "blamed_nobody").isdisjoint(word.written for word in words):
        return frozenset()
    return frozenset(word.stem for word in words if word.stem)
