"""The list of given names: how it is made of a table of bearers, and that the one that is shipped is such a list."""

from __future__ import annotations

from project import script

from tellings.language.base import Language, language_of
from tellings.within.mentions.lists import name_lists, registered

given_names = script("train/given_names.py")


def test_only_names_of_many_who_are_nearly_all_of_one_gender() -> None:
    rows = [
        (1930, "F", "Osina", 300),
        (2017, "F", "Osina", 200),
        (2017, "M", "Osina", 26),
        (1999, "M", "Marrin", 499),
        (1999, "M", "Verro", 500),
        (1999, "F", "Holmy", 949),
        (1999, "M", "Holmy", 51),
        (1929, "F", "Vella", 9000),
    ]
    # exactly 500, and just over 95 of 100; one bearer too few; too many of the other; all too early
    assert given_names.gendered(rows) == {"female": ["Osina"], "male": ["Verro"]}


def test_the_list_is_whole() -> None:
    names = registered(language_of("en"))
    head, *rest = (line for line in given_names.FILE.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    assert len(rest) == 1 and head.startswith("female: ") and rest[0].startswith("male: ")
    listed = head.split()[1:] + rest[0].split()[1:]
    assert len(names) == len(listed) == len(set(listed)) > 13_000
    for line in (head, rest[0]):
        assert line.split()[1:] == sorted(line.split()[1:])
    assert given_names.FILE.stat().st_size < 100_000


def test_names_that_tell_nothing_are_in_the_list() -> None:
    """Else they need not be left out."""
    lists, names = name_lists(language_of("en")), registered(language_of("en"))
    assert [name for name in lists.undecided if name not in names and name not in lists.given] == []


def test_a_language_without_a_list_has_none() -> None:
    assert not registered(Language("xx"))
