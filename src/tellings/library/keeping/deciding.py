"""Deciding: what a person says of tellings, values and stories, and takes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from tellings.edge import decisions as file
from tellings.edge.store import decisions, ledger, stories, tellings
from tellings.edge.store.search import folded
from tellings.library.decisions import UnfitReferenceError, parted, value_place
from tellings.library.keeping import adding
from tellings.library.keeping.members import members_of, telling_called
from tellings.library.keeping.opened import NotThereError, Opened, UndecidableError
from tellings.library.keeping.orphans import is_there
from tellings.model.kept import Decision, DecisionKind
from tellings.model.records import Place, StoryDecision, Telling, ValueDecision

#: Kinds that are of two things; the others are of one.
OF_TWO: frozenset[DecisionKind] = frozenset(
    {"one story", "other story", "one thing", "other thing", "one person", "other person"}
)
#: Kinds that need a value.
_WITH_VALUE: frozenset[DecisionKind] = frozenset({"speaker", "title", "date", "note", "label"})
_OF_STORIES: frozenset[DecisionKind] = frozenset({"one story", "other story"})
_OF_EITHER: frozenset[DecisionKind] = frozenset({"note", "label"})
#: Kinds by which something else is found in a telling.
_FOUND_ANEW: frozenset[DecisionKind] = frozenset({"date", "residue", "no residue", "speaker"})


def decide(library: Opened, kind: DecisionKind, *given: str, value: str | None = None, who: str, at: str) -> Decision:
    """Decide something: of two tellings ("one story", "other story"), of two values ("one thing", "other thing"), of
    those who are named at two places ("one person"; "other person": who is named at the second is not the first), of
    the paragraph at a place ("residue", "no residue"), of the quotation there ("speaker", a name that the article
    prints), of a telling ("date", YYYY-MM-DD), of a story ("title"), of a story or a telling ("note", "label"). A place
    is "NAME@PLACE": the name, id or address of an article, and a code point of its text.

    Raises:
        NotThereError: what it is of is not in the library.
        UndecidableError: it is of another number of things, or its value is none.
        UnfitReferenceError: no value stands at a place that was given.
        StoreError: nothing can be written.
    """
    if len(given) != (2 if kind in OF_TWO else 1):
        raise UndecidableError(f"{kind!r} is decided of {'two things' if kind in OF_TWO else 'one thing'}")
    if kind in _WITH_VALUE and not value:
        raise UndecidableError(f"{kind!r} needs a value")
    if kind not in _WITH_VALUE and value:
        raise UndecidableError(f"{kind!r} has no value")
    with library.writing() as connection:
        if kind == "date":
            value = _day(value or "")
        things = [_thing(library, kind, each) for each in given]
        # Who leaves, where two are not one, is told by their order.
        things = things if kind == "other person" else sorted(things)
        a, b = things[0][0], things[1][0] if len(things) == 2 else None
        if a == b:
            raise UndecidableError(f"{given[0]!r} and {given[1]!r} are one and the same")
        if kind in decisions.OF_PLACES:
            words = [said for _, said in things]
            if kind == "speaker":
                words.append(_speaker(library, a, value or ""))
            value = json.dumps(words, ensure_ascii=False)
        number = decisions.decide(connection, kind, a, b, value, who=who, at=at)
        made = next(each for each in decisions.decisions(connection) if each.number == number)
        _follow(library, made, at)
    return made


def undo(library: Opened, number: int, *, who: str, at: str) -> Decision:
    """Take a decision back. Raises NotThereError where none of that number holds, and StoreError."""
    with library.writing() as connection:
        found = decisions.undo(connection, number, who=who, at=at)
        if found is None:
            raise NotThereError(f"no decision {number} holds; tellings history shows which do")
        _follow(library, found, at)
    return found


def take_over(library: Opened, other: Opened, *, at: str) -> tuple[Decision, ...]:
    """Take over what is decided in another library, of tellings and stories that are here, too, with who said so and
    when; what is decided here of the same things stands. Returns what was taken over.

    Raises:
        StoreError: one of the two cannot be read, or this one not be written.
    """
    with other.reading() as connection:
        given = decisions.decisions(connection)
    with library.writing():
        return tuple(_taken(library, given, at))


def take_from_file(library: Opened, path: Path, *, who: str, at: str) -> tuple[Decision, ...]:
    """Take over what a file of decisions holds, as the page of a record and `tellings stories` write it, likewise.

    Raises:
        DecisionsError: it is no such file.
        StoreError: nothing can be written.
    """
    given = file.read(path)
    with library.writing():
        said = [each for one in given if (each := _of_file(library, one, who, at)) is not None]
        return tuple(_taken(library, said, at))


def _taken(library: Opened, given: Iterable[Decision], at: str) -> Iterator[Decision]:
    """What is decided of things that are here, and that nobody decided here; it is followed at once."""
    connection = library.connection
    # What was undone here is not taken over again.
    here = {(each.kind, each.a, each.b, each.value) for each in decisions.decisions(connection, undone=True)}
    said = {(decisions.last_word_of(each.kind), each.a, each.b) for each in decisions.decisions(connection)}
    for each in given:
        last_word = decisions.last_word_of(each.kind)
        known = (each.kind, each.a, each.b, each.value) in here
        if known or (last_word and (last_word, each.a, each.b) in said) or not is_there(library, each):
            continue
        number = decisions.decide(connection, each.kind, each.a, each.b, each.value, who=each.who, at=each.at)
        made = next(one for one in decisions.decisions(connection) if one.number == number)
        yield made
        _follow(library, made, at)


def _of_file(library: Opened, given: StoryDecision | ValueDecision, who: str, at: str) -> Decision | None:
    """What a file says, as it is kept here; `None` of values whose article is not here."""
    if isinstance(given, StoryDecision):
        a, b = sorted((given.a, given.b))
        return Decision(0, "one story" if given.kind == "same" else "other story", a, b, None, who, at)
    kind: DecisionKind = "one thing" if given.same else "other thing"
    sides = sorted((decisions.told(place), place) for place in (given.a, given.b))
    if any(stories.story_of(library.connection, place.telling) is None for _, place in sides):
        return None
    words = [place.span.of(_telling(library, place.telling).text) for _, place in sides]
    (a, _), (b, _) = sides
    return Decision(0, kind, a, b, json.dumps(words, ensure_ascii=False), who, at)


def _day(given: str) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise UndecidableError(f"{given!r} is no day; write it YYYY-MM-DD") from None


# ---- what a decision is of ---------------------------------------------------------------


def _thing(library: Opened, kind: DecisionKind, given: str) -> tuple[str, str]:
    """What a decision is of, as it is kept, and of a place its words."""
    if kind in decisions.OF_PLACES:
        telling = _telling(library, telling_called(library, parted(given)[0]))
        place = value_place(given, telling) if kind in ("one thing", "other thing") else _place(kind, given, telling)
        return decisions.told(place), place.span.of(telling.text)
    if kind == "title":
        known = stories.followed(library.connection, given) or telling_called(library, given)
        return members_of(library, known)[0], ""
    if kind in _OF_EITHER and (story := stories.followed(library.connection, given)) is not None:
        return story, ""
    return telling_called(library, given), ""


def _telling(library: Opened, identifier: str) -> Telling:
    return tellings.of_revision(library.connection, tellings.newest(library.connection, identifier))[0]


#: Kind → what stands at its place, for people.
_WHAT: dict[DecisionKind, str] = {
    "residue": "paragraph",
    "no residue": "paragraph",
    "speaker": "quotation",
    "one person": "name of a person",
    "other person": "name of a person",
}


def _place(kind: DecisionKind, given: str, telling: Telling) -> Place:
    """The paragraph, the quotation or the name at "NAME@PLACE"; the shortest that it lies in."""
    _, start = parted(given)
    if _WHAT[kind] == "paragraph":
        spans = [block.span.trimmed(telling.text) for block in telling.blocks]
    elif _WHAT[kind] == "quotation":
        spans = [quote.content for quote in telling.quotes]
    else:
        spans = [each.span for each in telling.mentions if each.kind == "name" and each.chain is not None]
    held = [span for span in spans if span.start <= start < span.end]
    if not held:
        raise UnfitReferenceError(f"{given!r} fits nothing: no {_WHAT[kind]} stands there")
    return Place(telling.id, min(held, key=len))


def _speaker(library: Opened, place: str, name: str) -> str:
    """The name, as the telling prints it, of whom somebody means by `name`."""
    telling = _telling(library, decisions.place_of(place).telling)
    wanted = folded(name).split()
    named = [chain.name for chain in telling.chains]
    fitting = [each for each in named if folded(each).split() == wanted]
    fitting = fitting or [each for each in named if wanted and set(wanted) <= set(folded(each).split())]
    if len(set(fitting)) == 1:
        return fitting[0]
    people = ", ".join(sorted({chain.name for chain in telling.chains if chain.kind == "person"})) or "nobody"
    raise UndecidableError(
        f"{name!r} {'fits several' if fitting else 'is named nowhere'} in {telling.document.name}; it names {people}"
    )


# ---- what follows from it ----------------------------------------------------------------


def _follow(library: Opened, decision: Decision, at: str) -> None:
    """What a decision that came or went changes at once, in the same transaction."""
    number = ledger.latest(library.connection)
    if decision.kind in _OF_STORIES:
        touched = [each for each in (decision.a, decision.b) if each is not None]
        adding.sort_anew(library, touched, number, at)
    elif decision.kind == "title":
        adding.describe(library, [decision.a])
    elif decision.kind in _FOUND_ANEW:
        telling = decision.a if decision.kind == "date" else decisions.place_of(decision.a).telling
        if stories.story_of(library.connection, telling) is not None:
            adding.find_anew_at_once(library, telling, number, at)
