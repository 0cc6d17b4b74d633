"""People across tellings: who is one person, and who must never become one."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.across.people import people
from tellings.model.records import (
    Chain,
    Document,
    DocumentDate,
    EntityKind,
    Gender,
    Mention,
    Person,
    Provenance,
    Telling,
)
from tellings.model.text import Span, View

WHY = Provenance("test", "test")
Named = str | tuple[str, Gender] | tuple[str, Gender, EntityKind]


def telling(name: str, *named: Named) -> Telling:
    """A telling whose chains bear these names; a plain name is a person of unknown gender. A name after "/" is what the
    telling calls him as well."""
    chains, mentions, text = list[Chain](), list[Mention](), ""
    for entry in named:
        words, gender, kind = (*((entry,) if isinstance(entry, str) else entry), "unknown", "person")[:3]
        if not isinstance(entry, str):
            gender = entry[1]
            kind = entry[2] if len(entry) == 3 else "person"
        called = words.split("/")
        first = len(mentions)
        for each in called:
            mentions.append(Mention(Span(len(text), len(text) + len(each)), "name", len(chains), WHY))
            text += f"{each}, "
        numbers = tuple(range(first, len(mentions)))
        chains.append(Chain(called[0], mentions[first].span, kind, gender, numbers, WHY))
    dated = DocumentDate(None, "test", "test")
    document = Document(name, name, name, "text/plain", View.plain(text), dated)
    return Telling(document, mentions=tuple(mentions), chains=tuple(chains))


def groups(*tellings: Telling) -> dict[str, list[tuple[str, int]]]:
    return {person.name: list(person.chains) for person in people(tellings)}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Nora Quill", "Nora Quill", {"Nora Quill": 2}),
        ("Nora Quill", "NORA QUILL", {"NORA QUILL": 2}),
        ("Nora O’Dell", "Nora O'Dell", {"Nora O'Dell": 2}),
        ("François Quill", "Francois Quill", {"Francois Quill": 2}),
        ("Sergei Quill", "Sergey Quill", {"Sergei Quill": 2}),
        ("Nora Quill", "Quill", {"Nora Quill": 2}),
        # a given name says who it is only where a telling calls her so
        ("Nora Quill/Nora", "Nora", {"Nora Quill": 2}),
        ("Nora Quill/Quill", "Nora", {"Nora Quill": 1, "Nora": 1}),
        # relatives, and people with one given name, are two
        ("Nora Quill", "Aaron Quill", {"Nora Quill": 1, "Aaron Quill": 1}),
        ("Nora Quill", "Nora Holm", {"Nora Quill": 1, "Nora Holm": 1}),
        ("Nora Quill", "Nora Vell Quill", {"Nora Quill": 1, "Nora Vell Quill": 1}),
        ("Nora Quill", "Cora Quill", {"Nora Quill": 1, "Cora Quill": 1}),
        ("Darren Quill", "Warren Quill", {"Darren Quill": 1, "Warren Quill": 1}),
        ("Harry Quill", "Larry Quill", {"Harry Quill": 1, "Larry Quill": 1}),
        ("Daniela Quill", "Danielo Quill", {"Daniela Quill": 1, "Danielo Quill": 1}),
        (("Maria Quill", "female"), ("Mario Quill", "male"), {"Maria Quill": 1, "Mario Quill": 1}),
        # a lone name of the other gender
        (("Nora Quill", "female"), ("Quill", "male"), {"Nora Quill": 1, "Quill": 1}),
        # a lone name of unknown kind is a person only where a full name says so
        ("Nora Quill", ("Quill", "unknown", "unknown"), {"Nora Quill": 2}),
        ("Nora Quill", ("Nora Quill", "unknown", "unknown"), {"Nora Quill": 2}),
        ("Nora Quill", ("Osk", "unknown", "unknown"), {"Nora Quill": 1}),
        ("Nora Quill", ("Quill", "unknown", "organisation"), {"Nora Quill": 1}),
        ("Quill", "Quill", {"Quill": 2}),
    ],
)
def test_two_names(first: Named, second: Named, expected: dict[str, int]) -> None:
    found = groups(telling("a", first), telling("b", second))
    assert {name: len(chains) for name, chains in found.items()} == expected


def test_a_given_name_among_relatives_is_of_their_surname() -> None:
    found = groups(telling("a", "Nora Quill"), telling("b", "Aaron Quill", "Nora"))
    assert {name: len(chains) for name, chains in found.items()} == {"Nora Quill": 2, "Aaron Quill": 1}
    found = groups(telling("a", "Nora Quill"), telling("b", "Quill", "Nora"), telling("c", "Aaron Quill"))
    assert found["Nora"] == [("b", 1)]


def test_a_surname_two_people_bear_stays_alone() -> None:
    found = groups(telling("a", "Nora Quill", "Aaron Quill"), telling("b", "Quill"))
    assert found == {"Nora Quill": [("a", 0)], "Aaron Quill": [("a", 1)], "Quill": [("b", 0)]}


def test_one_letter_of_a_rare_spelling() -> None:
    tellings = [telling("a", "Nora Sandell"), telling("b", "Nora Sandell"), telling("c", "Nora Sandel")]
    (person,) = people(tuple(tellings))
    assert person.name == "Nora Sandell" and len(person.chains) == 3
    assert "one letter" in person.provenance.rule


@pytest.mark.parametrize(
    "names",
    [
        ("Nora Sandell", "Nora Sandel"),
        ("Nora Sandell", "Nora Sandell", "Aaron Sandel"),
        ("Nora Holm",) * 2 + ("Nora Halm",),
    ],
)
def test_spellings_that_are_not_joined(names: tuple[str, ...]) -> None:
    """As many tellings for either form, another given name, or too short a surname."""
    found = groups(*(telling(str(index), name) for index, name in enumerate(names)))
    assert len(found) == 2


def test_a_middle_initial_makes_nobody_else() -> None:
    found = groups(telling("a", "Nora Quill"), telling("b", "Nora J. Quill"), telling("c", ("Quill", "female")))
    assert [len(chains) for chains in found.values()] == [3]


@pytest.mark.parametrize(
    "names",
    [
        ("Nora Quill", "Nora J. Quill", "Nora H. W. Quill"),  # two others: whose is the plain one?
        ("Nora Quill", "Nora Jean Quill"),
        ("Nora Quill", "Nora J. Moe"),
        (("Nora Quill", "female"), ("Nora J. Quill", "male")),
    ],
)
def test_other_names_with_initials_are_not_joined(names: tuple[Named, ...]) -> None:
    found = groups(*(telling(str(place), name) for place, name in enumerate(names)))
    assert len(found) == len(names)


def test_most_told_of_comes_first_and_gender_is_known_once_told() -> None:
    found = people((telling("a", "Aaron Holm", ("Nora Quill", "female")), telling("b", "Nora Quill")))
    assert [(person.name, person.gender) for person in found] == [("Nora Quill", "female"), ("Aaron Holm", "unknown")]


# ---- laws

NAMES = st.tuples(
    st.sampled_from(
        ["Nora Quill", "Aaron Quill", "Nora Holm", "Nora Sandell", "Nora Sandel", "Nora", "Quill", "Osk", "nora quill"]
    ),
    st.sampled_from(["female", "male", "unknown"]),
    st.sampled_from(["person", "person", "unknown", "organisation"]),
)
STORIES = st.lists(st.lists(NAMES, max_size=4, unique_by=lambda n: n[0]), max_size=4)


def made(story: list[list[tuple[str, Gender, EntityKind]]]) -> tuple[Telling, ...]:
    return tuple(telling(f"t{index}", *named) for index, named in enumerate(story))


@settings(max_examples=300, deadline=None)
@given(STORIES)
def test_laws(story: list[list[tuple[str, Gender, EntityKind]]]) -> None:
    tellings = made(story)
    found = people(tellings)
    chains = {(t.id, index): chain for t in tellings for index, chain in enumerate(t.chains)}
    held = [key for person in found for key in person.chains]
    # Every chain in at most one person, every named person in exactly one.
    assert len(held) == len(set(held))
    assert {key for key, chain in chains.items() if chain.kind == "person"} <= set(held)
    for person in found:
        names = [chains[key].name for key in person.chains]
        assert person.name in names and list(person.chains) == sorted(person.chains)
        assert all(chains[key].kind in ("person", "unknown") for key in person.chains)
        # Relatives share a surname; their given names part them.
        assert len({name.casefold().split()[0] for name in names if " " in name}) <= 1
    for order in list(permutations(tellings))[:6]:
        assert people(order) == found


def test_order_changes_nothing_for_people_of_equal_weight() -> None:
    a, b = telling("a", "Nora Quill", "Aaron Holm"), telling("b", "Aaron Holm", "Nora Quill")
    assert people((a, b)) == people((b, a))
    assert [type(person) for person in people((a, b))] == [Person, Person]


def test_a_person_goes_by_the_name_without_initials_where_one_tells_it() -> None:
    tellings = tuple(telling(name, name) for name in ("Nora Quill", "Nora J. Quill"))
    assert [person.name for person in people(tellings)] == ["Nora Quill"]
