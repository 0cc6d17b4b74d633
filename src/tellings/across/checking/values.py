"""Values of a draft beside those that tellings give: numbers, sums, shares, ages, measures, lengths of time, hours.

A value agrees where a telling gives it in like company. It differs where none does, and where a telling gives another
of the same kind in company so like that both must be of one thing; nearly the same sentence, that is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tellings.across.checking.sources import Near, Sources, sentences_of
from tellings.across.questions.answers import Answer, Reading, readings
from tellings.across.questions.company import Company
from tellings.language.base import language_of
from tellings.model.checked import AGAINST, Checkable, Checked, Verdict
from tellings.model.records import Place, Provenance, Telling
from tellings.model.text import Span

STAGE = "checking"
_KINDS: dict[str, Checkable] = {
    "count": "number",
    "age": "age",
    "duration": "duration",
    "ordinal": "rank",
    "money": "money",
    "measure": "measure",
    "clock": "clock time",
}
#: The unit of shares.
PERCENT = "%"
#: How alike the company of a value must be that agrees: at least, and where its noun is the same.
AGREES, OF_ONE_NOUN = 0.22, 0.08
#: How alike that of a value must be that differs, and by how much more than that of the best that agrees.
DIFFERS, AHEAD = 0.5, 0.3
#: How alike that of a value must be that another telling gives otherwise.
CONTESTED = 0.6
#: Share by which a value that is told as about, or in round figures, may be off.
ABOUT = 0.06
#: Bounds that leave a value open.
_ABOUT = frozenset({"about", "nearly", "more than", "less than", "at least", "at most", "vague"})


@dataclass(frozen=True, slots=True)
class Beside:
    """A value of a telling beside one of the draft: how alike what stands around them is, and whether both are one."""

    reading: Reading
    likeness: float
    meets: bool
    one_noun: bool


def check_values(draft: Telling, sources: Sources) -> Iterator[Checked]:
    """The verdict on each value of the draft that stands in its own words or in reported speech."""
    asked = [reading for reading in readings((draft,), ()) if reading.answer.kind in _KINDS]
    if not asked:
        return
    given = readings(sources.tellings, sources.story.people)
    company = Company([*given, *asked], language_of(draft.document.read_as))
    held: dict[str, list[Reading]] = defaultdict(list)
    for reading in given:
        held[reading.answer.kind].append(reading)
    near = _Nearness(draft, sources)
    marks = [quote.content for quote in draft.quotes if quote.type == "direct"]
    for reading in asked:
        for answer in reading.places:
            if any(mark.contains(answer.span) for mark in marks):
                continue  # a quotation is held against what was said word by word
            yield _Value(reading, answer, draft, sources).checked(
                beside(reading, answer, held[answer.kind], company, near)
            )


class _Nearness:
    """How near the sentences of tellings are to those of the draft."""

    def __init__(self, draft: Telling, sources: Sources) -> None:
        self._sources = sources
        self._draft = draft
        self._sentences = {one.place.span: one for one in sentences_of(draft)}
        self._near: dict[Span, dict[Place, Near]] = {}

    def of(self, span: Span) -> dict[Place, Near]:
        """The sentences near the one of the draft around `span`."""
        around = self._draft.sentence_around(span)
        found = self._near.get(around)
        if found is None:
            sentence = self._sentences.get(around)
            stems = sentence.stems if sentence else frozenset()
            found = self._near[around] = {one.sentence.place: one for one in self._sources.near(stems)}
        return found


def beside(
    reading: Reading, answer: Answer, given: Iterable[Reading], company: Company, nearness: _Nearness
) -> list[Beside]:
    """The values of tellings that may be of what one of the draft is of, the likest first."""
    near = nearness.of(answer.span)
    found = []
    for other in given:
        theirs = other.answer
        if not comparable(answer, theirs):
            continue
        likeness = company.likeness(reading, other)
        whole = max((near[place].both for place in _sentences(other, nearness) if place in near), default=0.0)
        found.append(Beside(other, (likeness + whole) / 2, meets(answer, theirs), _one_noun(answer, theirs)))
    found.sort(key=lambda one: (-one.likeness, one.reading.answer.telling, one.reading.answer.span))
    return found


def _sentences(reading: Reading, nearness: _Nearness) -> list[Place]:
    sources = nearness._sources
    return [Place(place.telling, sources.sentence_at(Place(place.telling, place.span))) for place in reading.places]


def comparable(one: Answer, other: Answer) -> bool:
    """Whether two values are of one kind: sums of any currency, measures of one quantity."""
    return one.kind == other.kind and (one.kind == "money" or one.unit == other.unit)


def meets(one: Answer, other: Answer) -> bool:
    """Whether two values can be one, a round or bounded one of the draft included."""
    if one.kind == "money" and one.unit != other.unit:
        return False
    if one.kind == "count" and one.head != other.head and not (one.head and other.head):
        return one.stated == other.stated
    if one.stated == other.stated or (one.meets(other) and one.bound == other.bound == "exact"):
        return one.meets(other)
    slack = ABOUT if one.bound in _ABOUT or other.bound in _ABOUT else 0.0
    return abs(one.stated - other.stated) <= slack * max(abs(one.stated), abs(other.stated)) or one.meets(other)


def _one_noun(one: Answer, other: Answer) -> bool:
    return bool(one.head) and one.head == other.head


class _Value:
    """A value of the draft with what tellings give."""

    def __init__(self, reading: Reading, answer: Answer, draft: Telling, sources: Sources) -> None:
        self.answer = answer
        self.sources = sources
        self.kind: Checkable = "percent" if answer.kind == "measure" and answer.unit == PERCENT else _KINDS[answer.kind]

    def checked(self, found: Sequence[Beside]) -> Checked:
        """The verdict."""
        equal = [one for one in found if one.meets]
        other = [one for one in found if not one.meets]
        best = max((one.likeness for one in equal), default=0.0)
        rival = max((one.likeness for one in other), default=0.0)
        agreeing = [one for one in equal if one.likeness >= (OF_ONE_NOUN if one.one_noun or self._rare() else AGREES)]
        if rival >= DIFFERS and rival - best >= AHEAD:
            near = [one for one in other if one.likeness >= max(DIFFERS, rival - AHEAD / 2)]
            return self._found("differs", "another value in like company", (), _places(near))
        if not agreeing:
            near = (equal + other)[:3]
            return self._found("not found", "in no like company", _places(near)[:3], ())
        places = _places(agreeing)
        against = _places(
            [
                one
                for one in other
                if one.likeness >= CONTESTED
                and one.likeness >= best - 0.15
                and not {place.telling for place in one.reading.places} & {place.telling for place in places}
            ]
        )
        if against:
            return self._contested(places, against)
        return self._found(self.sources.borne_out(places), "the same value in like company", places, ())

    def _contested(self, places: tuple[Place, ...], against: tuple[Place, ...]) -> Checked:
        """The verdict on a value that one telling gives, and another otherwise: the later one knows more."""
        last = max((day for place in places if (day := self._day(place))), default=None)
        first = min((day for place in against if (day := self._day(place))), default=None)
        if last is not None and first is not None and first > last:
            return self._found("superseded", "told otherwise later", places, against)
        return self._found("contested", "told otherwise elsewhere", places, against)

    def _day(self, place: Place) -> date | None:
        return self.sources.by_id[place.telling].document.date.value

    def _rare(self) -> bool:
        """Whether a value is so special that another like it is no chance."""
        return self.answer.kind in ("money", "age") or self.answer.stated >= 100

    def _found(self, verdict: Verdict, rule: str, places: tuple[Place, ...], against: tuple[Place, ...]) -> Checked:
        origins = self.sources.origins(places) if verdict not in AGAINST else 0
        return Checked(self.answer.span, self.kind, verdict, Provenance(STAGE, rule), places, against, origins)


def _places(found: Iterable[Beside]) -> tuple[Place, ...]:
    places = [Place(place.telling, place.span) for one in found for place in one.reading.places]
    return tuple(dict.fromkeys(places))
