"""What a document is called: by its address, else by its characters, never by where or when it was read."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.model.identity import article_address, identities
from tellings.model.text import digest

ONE, TWO = digest("The mill shut."), digest("The mill stood empty.")

SPELLINGS = [
    "http://quay.example/news/1",
    "HTTPS://Quay.Example/news/1",
    "https://ada:secret@quay.example:443/news/1/",
    "https://quay.example./news/1?utm_source=letter&fbclid=3",
    "//quay.example/news/1#comments",
    " https://quay.example/n%65ws/1 ",
]


@pytest.mark.parametrize("address", SPELLINGS)
def test_spellings_of_one_address(address: str) -> None:
    assert article_address(address) == "quay.example/news/1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://quay.example/?p=1", "https://quay.example/?p=2"),
        ("https://quay.example/#!/1", "https://quay.example/#!/2"),
        ("https://quay.example/A", "https://quay.example/a"),
        ("https://quay.example:8080/1", "https://quay.example/1"),
        ("https://quay.example/a%2Fb", "https://quay.example/a/b"),
        ("https://quay.example/1?page=2", "https://quay.example/1"),
    ],
)
def test_addresses_of_two_articles(one: str, other: str) -> None:
    assert None not in (article_address(one), article_address(other))
    assert article_address(one) != article_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://quay.example/1?b=2&a=1", "https://quay.example/1?a=1&b=2"),
        ("https://m\u00fchle.example/\u00e4", "https://xn--mhle-0ra.example/%c3%a4"),
        ("www.quay.example/1", "https://www.quay.example/1"),
    ],
)
def test_addresses_of_one_article(one: str, other: str) -> None:
    assert article_address(one) == article_address(other) is not None


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "https://quay.example",
            "https://quay.example/?utm_source=x",
            "http://quay.example/index.html",
            "/news/1",
        ),
        *("http://[x/a", "http://x:99999999/a", "mailto:ada@quay.example", "news", "urn:isbn:1", "http:///a"),
    ],
)
def test_what_names_no_article(address: str) -> None:
    assert article_address(address) is None
    assert identities([(address, ONE)]) == identities([(None, ONE)])


def test_a_text_that_changes_keeps_the_id_of_its_address() -> None:
    assert identities([("https://quay.example/1", ONE)]) == identities([("https://quay.example/1", TWO)])


def test_texts_at_one_address_are_told_apart_all_of_them() -> None:
    first, second = identities([("https://quay.example/1", ONE), ("https://quay.example/1", TWO)])
    alone = identities([("https://quay.example/1", ONE)])[0]
    assert (first, second) == (f"{alone}-{ONE[:8]}", f"{alone}-{TWO[:8]}")


def test_the_same_characters_are_numbered() -> None:
    first, second = identities([(None, ONE), (None, ONE)])
    assert second == f"{first}-2"


PILE = st.lists(st.tuples(st.sampled_from([None, *SPELLINGS, "https://quay.example/2"]), st.sampled_from([ONE, TWO])))


@given(PILE, st.randoms(use_true_random=False))
def test_ids_are_unique_and_the_order_changes_none(pile: list[tuple[str | None, str]], chance: random.Random) -> None:
    found = identities(pile)
    assert len(set(found)) == len(pile)
    shuffled = list(pile)
    chance.shuffle(shuffled)
    assert sorted(identities(shuffled)) == sorted(found)


@given(st.text())
def test_any_address_is_named_or_not(address: str) -> None:
    found = article_address(address)
    assert found is None or article_address(f"//{found}") == found
