"""What a person decides of what was read: typed by names, kept by ids and spans."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from tellings.edge import decisions as file
from tellings.edge.decisions import Decision
from tellings.model.records import Document, Place, StoryDecision, Telling, ValueDecision
from tellings.model.text import Span

Pairs = Iterable[tuple[str, str]]
Side = TypeVar("Side", str, Place)
Made = TypeVar("Made", StoryDecision, ValueDecision)


class UnfitReferenceError(ValueError):
    """What somebody typed names nothing that was read or decided, or two things; the message says which."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The file that keeps decisions (`None`: these hold for one run), and what stood in it."""

    path: Path | None
    decisions: tuple[Decision, ...]

    @classmethod
    def of(cls, path: str | Path | None) -> Kept:
        """What `path` keeps; a file that is not there yet, nothing. Raises DecisionsError."""
        where = None if path is None else Path(path)
        return cls(where, file.read(where) if where is not None and where.exists() else ())

    def changed(self, taken_back: Collection[Decision], made: Iterable[Decision]) -> tuple[Decision, ...]:
        """The decisions after these changes, which are written; the last word on two things holds. Raises
        DecisionsError."""
        held = {_about(each): each for each in self.decisions if each not in taken_back}
        held |= {_about(each): each for each in made}
        decisions = tuple(held.values())
        if self.path is not None and decisions != self.decisions:
            file.write(self.path, decisions)
        return decisions


def of_stories(
    kept: Kept, documents: Sequence[Document], same: Pairs, apart: Pairs, undo: Pairs
) -> tuple[StoryDecision, ...]:
    """What is decided of `documents`, after these changes, which are kept; articles are given by name or id.

    Raises:
        UnfitReferenceError: a reference fits no article, or two.
        DecisionsError: the file cannot be written.
    """
    before = [each for each in kept.decisions if isinstance(each, StoryDecision)]
    articles = _Articles(documents, [side for each in before for side in (each.a, each.b)])
    taken_back = [
        each
        for pair in undo
        for each in _those(pair, [each for each in before if {each.a, each.b} == set(map(articles.decided, pair))])
    ]
    said: tuple[tuple[Literal["same", "apart"], Pairs], ...] = (("same", same), ("apart", apart))
    made = [StoryDecision(kind, *_two(pair, *map(articles.read, pair))) for kind, pairs in said for pair in pairs]
    return tuple(each for each in kept.changed(taken_back, made) if isinstance(each, StoryDecision))


def of_values(kept: Kept, tellings: Sequence[Telling], not_the_same: Pairs, undo: Pairs) -> tuple[ValueDecision, ...]:
    """What is decided of values of `tellings`, after these changes, which are kept; values are given as "NAME@PLACE",
    the name or id of an article and a code point of the value. What is decided of other articles is passed over.

    Raises:
        UnfitReferenceError: a reference fits no value, or two articles.
        DecisionsError: the file cannot be written.
    """
    before = [each for each in kept.decisions if isinstance(each, ValueDecision)]
    by_id = {telling.id: telling for telling in tellings}
    documents = [telling.document for telling in tellings]
    articles = _Articles(documents, [side.telling for each in before for side in (each.a, each.b)])

    def value(reference: str) -> Place:
        name, _ = parted(reference)
        return value_place(reference, by_id[articles.read(name)])

    def decided(pair: tuple[str, str]) -> list[ValueDecision]:
        (a, b) = ((articles.decided(name), start) for name, start in map(parted, pair))
        return [
            each
            for each in before
            if (_holds(each.a, *a) and _holds(each.b, *b)) or (_holds(each.a, *b) and _holds(each.b, *a))
        ]

    taken_back = [each for pair in undo for each in _those(pair, decided(pair))]
    made = [ValueDecision(min(a, b), max(a, b)) for a, b in (_two(pair, *map(value, pair)) for pair in not_the_same)]
    return within([each for each in kept.changed(taken_back, made) if isinstance(each, ValueDecision)], tellings)


def value_place(reference: str, telling: Telling) -> Place:
    """Where the value stands that "NAME@PLACE" means in `telling`. Raises UnfitReferenceError where none does."""
    name, start = parted(reference)
    span = _value_at(telling, start)
    if span is None:
        raise UnfitReferenceError(
            f"{reference!r} fits nothing: no value stands there in {name} (tellings facts --all prints them)"
        )
    return Place(telling.id, span)


def within(decided: Iterable[ValueDecision], tellings: Iterable[Telling]) -> tuple[ValueDecision, ...]:
    """What is decided of values of these tellings: both were read, and are long enough."""
    by_id = {telling.id: telling for telling in tellings}
    return tuple(each for each in decided if all(_within(by_id.get(side.telling), side) for side in (each.a, each.b)))


# ---- what is typed -----------------------------------------------------------------------


class _Articles:
    """Articles by what one may call them: those that were read by name or id, those decided of before by id too."""

    def __init__(self, documents: Iterable[Document], decided: Iterable[str]) -> None:
        self._called: dict[str, set[str]] = {}
        for document in documents:
            for name in (document.name, document.id):
                self._called.setdefault(name, set()).add(document.id)
        self._decided = frozenset(decided)

    def read(self, reference: str) -> str:
        """The id of the article that was read as `reference`. Raises UnfitReferenceError."""
        found = self._called.get(reference, set())
        if len(found) > 1:
            ids = ", ".join(sorted(found))
            raise UnfitReferenceError(f"{reference!r} fits {len(found)} articles; give the id: {ids}")
        if not found:
            raise UnfitReferenceError(f"{reference!r} fits no article that was read; give its name or its id")
        return next(iter(found))

    def decided(self, reference: str) -> str:
        """The same, also of an article that was not read, by its id. Raises UnfitReferenceError."""
        return reference if reference in self._decided else self.read(reference)


def parted(reference: str) -> tuple[str, int]:
    """The article and the place that "NAME@PLACE" names. Raises UnfitReferenceError."""
    name, _, start = reference.rpartition("@")
    if not name or not (start.isascii() and start.isdecimal()) or len(start) > _LONGEST:
        raise UnfitReferenceError(f"{reference!r} names no place; it is written NAME@PLACE")
    return name, int(start)


#: Digits of a place: no text is longer than that.
_LONGEST = 12


def _value_at(telling: Telling, start: int) -> Span | None:
    """The value, the time, or the name of a person, at `start`: one that begins there before others, then the shortest;
    else a sentence that begins there, as lines of claims are printed; else the value of a fact whose words stand
    there."""

    def covers(span: Span) -> bool:
        return span.start <= start < span.end

    values = [fact.value_span for fact in telling.facts if covers(fact.value_span)]
    values += [mention.span for mention in telling.mentions if mention.kind == "name" and covers(mention.span)]
    values += [timex.span for timex in telling.timexes if covers(timex.span)]
    values = values or [
        span for each in telling.sentences if (span := each.span.trimmed(telling.text)).start == start and len(span)
    ]
    values = values or [fact.value_span for fact in telling.facts if covers(fact.span)]
    return min(values, key=lambda span: (span.start != start, len(span)), default=None)


def _two(pair: tuple[str, str], a: Side, b: Side) -> tuple[Side, Side]:
    if a == b:
        raise UnfitReferenceError(f"{pair[0]!r} and {pair[1]!r} are one and the same")
    return a, b


def _those(pair: tuple[str, str], found: list[Made]) -> list[Made]:
    if not found:
        raise UnfitReferenceError(f"nothing was decided of {pair[0]!r} and {pair[1]!r}")
    return found


# ---- what was decided --------------------------------------------------------------------


def _about(decision: Decision) -> frozenset[str] | frozenset[Place]:
    if isinstance(decision, StoryDecision):
        return frozenset((decision.a, decision.b))
    return frozenset((decision.a, decision.b))


def _holds(place: Place, telling: str, start: int) -> bool:
    return place.telling == telling and place.span.start <= start < place.span.end


def _within(telling: Telling | None, place: Place) -> bool:
    """Whether the telling was read, and is long enough."""
    return telling is not None and place.span.end <= len(telling.text)
