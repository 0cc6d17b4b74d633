"""Deciding: what a person says of tellings, values and stories, and takes back."""

from __future__ import annotations

import json
from datetime import date

from tellings.edge.store import decisions, ledger, stories, tellings
from tellings.library.decisions import value_place
from tellings.library.keeping import adding
from tellings.library.keeping.members import members_of
from tellings.library.keeping.opened import NotThereError, Opened
from tellings.model.kept import Decision, DecisionKind


class UndecidableError(ValueError):
    """What somebody wants to decide is no decision; the message says why."""


#: Kinds that are of two things; the others are of one, and have a value.
OF_TWO: tuple[DecisionKind, ...] = ("one story", "other story", "one thing", "other thing")
_OF_STORIES: tuple[DecisionKind, ...] = ("one story", "other story")
_OF_EITHER: tuple[DecisionKind, ...] = ("note", "label")
_OF_VALUES: tuple[DecisionKind, ...] = ("one thing", "other thing")


def decide(library: Opened, kind: DecisionKind, *given: str, value: str | None = None, who: str, at: str) -> Decision:
    """Decide something: of two tellings ("one story", "other story"), of two values ("one thing", "other thing"; each
    "NAME@PLACE"), of a telling ("date", YYYY-MM-DD), of a story ("title"), of a story or a telling ("note", "label").

    Raises:
        NotThereError: what it is of is not in the library.
        UndecidableError: it is of another number of things, or its value is none.
        UnfitReferenceError: no value stands at a place that was given.
        StoreError: nothing can be written.
    """
    if len(given) != (2 if kind in OF_TWO else 1):
        raise UndecidableError(f"{kind!r} is decided of {'two things' if kind in OF_TWO else 'one thing'}")
    with library.writing() as connection:
        if kind not in OF_TWO and not value:
            raise UndecidableError(f"{kind!r} needs a value")
        if kind == "date":
            value = _day(value or "")
        things = sorted(_thing(library, kind, each) for each in given)
        a, b = things[0][0], things[1][0] if len(things) == 2 else None
        if a == b:
            raise UndecidableError(f"{given[0]!r} and {given[1]!r} are one and the same")
        if kind in _OF_VALUES:
            value = json.dumps([words for _, words in things], ensure_ascii=False)
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


def orphaned(library: Opened) -> tuple[Decision, ...]:
    """Decisions that hold of something that is no longer there: a telling that is forgotten, words that a revision does
    not have at that place."""
    with library.reading() as connection:
        return tuple(each for each in decisions.decisions(connection) if not _is_there(library, each))


def take_over(library: Opened, other: Opened, *, at: str) -> tuple[Decision, ...]:
    """Take over what is decided in another library, of tellings and stories that are here, too, with who said so and
    when; what is decided here of the same things stands. Returns what was taken over.

    Raises:
        StoreError: one of the two cannot be read, or this one not be written.
    """
    with other.reading() as connection:
        given = decisions.decisions(connection)
    taken: list[Decision] = []
    with library.writing() as connection:
        # What was undone here is not taken over again.
        here = {(each.kind, each.a, each.b, each.value) for each in decisions.decisions(connection, undone=True)}
        said = {(decisions.last_word_of(each.kind), each.a, each.b) for each in decisions.decisions(connection)}
        for each in given:
            last_word = decisions.last_word_of(each.kind)
            known = (each.kind, each.a, each.b, each.value) in here
            if known or (last_word and (last_word, each.a, each.b) in said) or not _is_there(library, each):
                continue
            number = decisions.decide(connection, each.kind, each.a, each.b, each.value, who=each.who, at=each.at)
            made = next(one for one in decisions.decisions(connection) if one.number == number)
            taken.append(made)
            _follow(library, made, at)
    return tuple(taken)


def telling_called(library: Opened, called: str) -> str:
    """The id of the telling that somebody calls so: by its id, its address or its name. Raises NotThereError."""
    rows = library.connection.execute(
        "SELECT id FROM tellings WHERE id = ?1 OR address = ?1 OR name = ?1 ORDER BY id LIMIT 3", (called,)
    ).fetchall()
    if len(rows) == 1:
        return str(rows[0][0])
    if rows:
        ids = ", ".join(row[0] for row in rows)
        raise NotThereError(f"{called!r} fits several tellings; give the id: {ids}")
    raise NotThereError(f"{called!r} is no telling of {library.path}; give its id, its address or its name")


def _day(given: str) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise UndecidableError(f"{given!r} is no day; write it YYYY-MM-DD") from None


# ---- what a decision is of ---------------------------------------------------------------


def _thing(library: Opened, kind: DecisionKind, given: str) -> tuple[str, str]:
    """What a decision is of, as it is kept, and for a value its words."""
    if kind in _OF_VALUES:
        name, _, _ = given.rpartition("@")
        identifier = telling_called(library, name)
        telling, _ = tellings.of_revision(library.connection, tellings.newest(library.connection, identifier))
        place = value_place(given, telling)
        return decisions.told(place), place.span.of(telling.text)
    if kind == "title":
        known = stories.followed(library.connection, given) or telling_called(library, given)
        return members_of(library, known)[0], ""
    if kind in _OF_EITHER and (story := stories.followed(library.connection, given)) is not None:
        return story, ""
    return telling_called(library, given), ""


def _is_there(library: Opened, decision: Decision) -> bool:
    """Whether what was decided of is there: tellings, a story that goes by its own id, values that stand where they
    stood."""
    if decision.kind in _OF_VALUES:
        texts = {}
        for each in filter(None, (decision.a, decision.b)):
            row = library.connection.execute(
                "SELECT text FROM tellings t JOIN revisions ON number = revision WHERE t.id = ?",
                (decisions.place_of(each).telling,),
            ).fetchone()
            if row is not None:
                texts[decisions.place_of(each).telling] = row[0]
        return decisions.stands(decision, texts)
    return all(
        stories.story_of(library.connection, each) is not None or stories.members(library.connection, each)
        for each in filter(None, (decision.a, decision.b))
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
    elif decision.kind == "date" and stories.story_of(library.connection, decision.a) is not None:
        adding.find_anew_at_once(library, decision.a, number, at)
