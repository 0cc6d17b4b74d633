"""Deciding: what a person says of tellings, values and stories, and takes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tellings.edge.store import decisions, ledger, stories
from tellings.edge.store import keeping as tellings
from tellings.edge.store.decisions import Decision, Kind
from tellings.library.decisions import value_place
from tellings.library.keeping import adding
from tellings.library.keeping.opened import NotThereError, Opened
from tellings.model.engine import Engine

#: Kinds that are of two things; the others are of one, and have a value.
OF_TWO: tuple[Kind, ...] = ("one story", "other story", "one thing", "other thing")
_OF_STORIES: tuple[Kind, ...] = ("one story", "other story")
_OF_VALUES: tuple[Kind, ...] = ("one thing", "other thing")


def decide(
    library: Opened, kind: Kind, *given: str, value: str | None = None, who: str, at: str, jobs: int | Engine = 1
) -> Decision:
    """Decide something: of two tellings ("one story", "other story"), of two values ("one thing", "other thing"; each
    "NAME@PLACE"), of a telling ("date", YYYY-MM-DD), of a story or a telling ("title", "note", "label").

    Raises:
        NotThereError: what it is of is not in the library.
        ValueError: it is of another number of things, or its value is none.
        StoreError: nothing can be written.
    """
    if len(given) != (2 if kind in OF_TWO else 1):
        raise ValueError(f"{kind!r} is decided of {'two things' if kind in OF_TWO else 'one thing'}")
    with library.writing() as connection:
        things = [_thing(library, kind, each) for each in given]
        if kind not in OF_TWO and not value:
            raise ValueError(f"{kind!r} needs a value")
        if kind == "date":
            value = date.fromisoformat(value or "").isoformat()
        a, b = (things[0], things[1]) if len(things) == 2 else (things[0], None)
        if a == b:
            raise ValueError(f"{given[0]!r} and {given[1]!r} are one and the same")
        number = decisions.decide(connection, kind, a, b, value, who=who, at=at)
        made = next(each for each in decisions.decisions(connection) if each.number == number)
        _follow(library, made, at)
    _find_anew(library, made, at, jobs)
    return made


def undo(library: Opened, number: int, *, who: str, at: str, jobs: int | Engine = 1) -> Decision:
    """Take a decision back. Raises NotThereError where none of that number holds, and StoreError."""
    with library.writing() as connection:
        found = decisions.undo(connection, number, who=who, at=at)
        if found is None:
            raise NotThereError(f"no decision {number} holds; tellings history shows which do")
        _follow(library, found, at)
    _find_anew(library, found, at, jobs)
    return found


def orphaned(library: Opened) -> tuple[Decision, ...]:
    """Decisions that hold of something that is no longer there: a telling that is forgotten, words that a revision does
    not have at that place."""
    with library.reading() as connection:
        return tuple(each for each in decisions.decisions(connection) if not _is_there(library, each))


def take_over(library: Opened, other: Opened, *, at: str, jobs: int | Engine = 1) -> tuple[Decision, ...]:
    """Take over what is decided in another library, of tellings and stories that are here, too, with who said so and
    when; what is decided here of the same things stands. Returns what was taken over.

    Raises:
        StoreError: one of the two cannot be read, or this one not be written.
    """
    with other.reading() as connection:
        given = decisions.decisions(connection)
    taken: list[Decision] = []
    with library.writing() as connection:
        here = {(each.kind, each.a, each.b, each.value) for each in decisions.decisions(connection)}
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
    for each in taken:
        _find_anew(library, each, at, jobs)
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


# ---- what a decision is of ---------------------------------------------------------------


def _thing(library: Opened, kind: Kind, given: str) -> str:
    if kind in _OF_VALUES:
        name, _, _ = given.rpartition("@")
        identifier = telling_called(library, name)
        telling, _ = tellings.of_revision(library.connection, tellings.newest(library.connection, identifier))
        return decisions.told(value_place(given, telling))
    if kind in ("title", "note", "label") and (story := stories.followed(library.connection, given)) is not None:
        return story
    return telling_called(library, given)


def _is_there(library: Opened, decision: Decision) -> bool:
    for each in (decision.a, decision.b):
        if each is None:
            continue
        if decision.kind in _OF_VALUES:
            place = decisions.place_of(each)
            row = library.connection.execute(
                "SELECT length(text) FROM tellings t JOIN revisions ON number = revision WHERE t.id = ?",
                (place.telling,),
            ).fetchone()
            if row is None or row[0] < place.span.end:
                return False
        elif stories.story_of(library.connection, each) is None and stories.followed(library.connection, each) is None:
            return False
    return True


# ---- what follows from it ----------------------------------------------------------------


def _follow(library: Opened, decision: Decision, at: str) -> None:
    """What a decision that came or went changes at once, in the same transaction."""
    number = ledger.latest(library.connection)
    if decision.kind in _OF_STORIES:
        touched = [each for each in (decision.a, decision.b) if each is not None]
        adding.sort_anew(library, touched, number, at)
    elif decision.kind == "title":
        adding.describe(library, [decision.a])


def _find_anew(library: Opened, decision: Decision, at: str, jobs: int | Engine) -> None:
    """What has to be found anew: all in a telling that is of another day now."""
    if decision.kind == "date" and stories.story_of(library.connection, decision.a) is not None:
        touched: Sequence[str] = [decision.a]
        adding.find_anew(library, touched, ledger.latest(library.connection), at, jobs=jobs)
