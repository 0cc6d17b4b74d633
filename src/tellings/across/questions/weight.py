"""What a question is worth to a reader: what opens its tellings, what many origins tell, and what is contested comes
first; names in two spellings, and what one telling alone says, come last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tellings.across.origins import by_telling
from tellings.across.questions.sentence_words import by_place, numbered
from tellings.model.records import Question, Telling

#: By where the first sentence stands that gives a value: among those that open its telling, soon after, later.
_PLACE = (1.0, 0.7, 0.4)
#: The more for each further origin, and origins from which more say nothing.
ORIGIN, MANY = 0.25, 6
#: What a spelling is worth beside a fact.
SPELLING = 0.3


class Weights:
    """The tellings of a story, by which its questions are weighed: `origins` are the ids of tellings, a group for each
    independent origin."""

    def __init__(self, tellings: Sequence[Telling], origins: Sequence[Sequence[str]]) -> None:
        self._tellings = {telling.id: telling for telling in tellings}
        self._number = {telling.id: numbered(telling) for telling in tellings}
        self._origin: Mapping[str, int] = by_telling(origins)

    def weighed(self, question: Question) -> Question:
        """A question with its weight; what a model set side by side keeps what that found, the more for its origins."""
        places = list(self._places(question))
        told = {self._origin.get(name, name) for name, _ in places}
        many = 1 + ORIGIN * (min(len(told), MANY) - 1)
        if question.weight:
            return replace(question, weight=round(question.weight * many, 4))
        first = min(self._number[name](start) for name, start in places)
        kind = SPELLING if question.kind == "name" else 1.0
        return replace(question, weight=round(by_place(first, _PLACE) * many * kind, 4))

    def _places(self, question: Question) -> Iterator[tuple[str, int]]:
        for value in question.values:
            for name, index in value.facts:
                yield name, self._tellings[name].facts[index].value_span.start
            for place in value.places:
                yield place.telling, place.span.start
