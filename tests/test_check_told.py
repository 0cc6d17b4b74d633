"""`tellings check`: what numbers, days, hours, roles and acts of a draft rest on, on both sides; invented text."""

from __future__ import annotations

from datetime import date

import pytest
from test_check import looked, telling

from tellings.model.records import Telling
from tellings.model.verdicts import AGAINST

FIRST = """Tram derails at Lower Wick

A tram of the Osk line left the rails at Lower Wick at 5:40 p.m. on Thursday, and at least 11 people were hurt, said
Ruth Oost, a spokeswoman for the Osk Tramway Company.

Some 42,000 people ride the line each day. The company is worth £22 million, and its bank, Hallan Mutual, owns at least
40% of it.

The vote on a new line is due on 18 April.

A 25 percent duty on rails and a 10 percent duty on wheels have kept the company from buying new ones, Oost said.

The driver, Karl Moe, praised Hanna Pell, the conductor, who had pulled the emergency brake. Karl Moe sued the tramway's
insurer in 2019.

The company owed the town $2 million and had insured the depot for $5 million.
"""
SECOND = """More hurt at Lower Wick

Thirty-three people were hurt when a tram left the rails at Lower Wick on Thursday, the clinic said.

Divers searched the canal for the second carriage. Eleven of the 12 wheels were found, said Tom Quill, a diver.

Mira Tolle, an engineer at the Pell Institute, said that the rails had been laid by a robot.

Lamps from Osk, Hallan and Lark lit the place all night, and teams worked downstream of the bridge.

The mended line will be higher than the old one, and the company's promise is non-binding.

Oost said that the speed had been unusually low.
"""
DAYS = {"first": date(2024, 5, 9), "second": date(2024, 5, 11)}


@pytest.fixture(scope="module")
def story() -> tuple[Telling, ...]:
    texts = {"first": FIRST, "second": SECOND}
    return tuple(telling(name, text, DAYS[name]) for name, text in texts.items())


def against(draft: str, story: tuple[Telling, ...]) -> set[tuple[str, str]]:
    found = looked(draft, story)
    return {(one.kind, one.span.of(draft)) for one in found.findings if one.verdict in AGAINST}


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        # what is told more precisely than any article tells it
        ("On an average day 43,150 people ride the line.", ("number", "43,150")),
        ("Hallan Mutual owns 41.5 percent of the company.", ("percent", "41.5 percent")),
        # a number of another kind, or of another thing
        ("Turnout in the vote on a new line was 18 percent.", ("percent", "18 percent")),
        ("The company is worth 22 million dollars.", ("money", "22 million dollars")),
        ("The duty is 10 percent on rails and 25 percent on wheels.", ("percent", "10 percent")),
        ("The company had insured the depot for $2 million.", ("money", "$2 million")),
        # a toll that nobody gives
        ("In all, 40 people were hurt.", ("number", "40")),
        # a day with its weekday, and an hour with its half of the day
        ("The tram derailed at Lower Wick on Thursday, 16 May 2024.", ("day", "Thursday, 16 May 2024")),
        ("The tram left the rails at Lower Wick at 5:40 a.m. on Thursday.", ("clock time", "5:40 a.m.")),
        # whose somebody is, and what he is called
        ("Ruth Oost, a spokeswoman for Hallan Mutual, spoke of the wheels.", ("role", "Hallan Mutual")),
        ("Ruth Oost of Hallan Mutual spoke of the wheels.", ("role", "Hallan Mutual")),
        ("Karl Moe, a diver, drove the tram.", ("role", "diver")),
        # who does what to whom
        ("Hanna Pell praised Karl Moe for it.", ("statement", "Hanna Pell praised Karl Moe")),
        ("Karl Moe was praised by Hanna Pell.", ("statement", "Karl Moe was praised by Hanna Pell")),
        # acts, and offices, that no article tells
        ("Two managers were arrested.", ("statement", "arrested")),
        ("Tom Quill, the mayor, thanked the divers.", ("statement", "mayor")),
        ("It was the deadliest accident of the line.", ("statement", "deadliest")),
        # opposites
        ("Teams worked upstream of the bridge all night.", ("statement", "upstream")),
        ("The company's promise is binding.", ("statement", "The company's promise is binding")),
        ("Oost said that the speed of the tram had been unusually high.", ("statement", "high")),
        # a name of a list
        ("Lamps from Osk, Hallan and Wick lit the place all night.", ("name", "Wick")),
    ],
)
def test_what_articles_tell_otherwise_is_found(
    draft: str, expected: tuple[str, str], story: tuple[Telling, ...]
) -> None:
    assert expected in against(draft, story)


@pytest.mark.parametrize(
    "draft",
    [
        "About 42,000 people ride the line on an average day.",
        "Hallan Mutual owns 40 percent of the company or more.",
        "The company is worth 22 million pounds.",
        "The duty is 25 percent on rails and 10 percent on wheels.",
        "The company had insured the depot for $5 million.",
        "To the town the company owed $2 million.",
        "In all, 33 people were hurt.",
        "At least 33 people were hurt when a tram left the rails at Lower Wick.",
        "The number of the hurt was put at 11 at first.",
        "The tram derailed at Lower Wick on Thursday, 9 May 2024.",
        "The tram left the rails at Lower Wick at 5.40pm on Thursday.",
        "The tram left the rails at Lower Wick shortly before 6 p.m. on Thursday.",
        "Ruth Oost, a spokeswoman for the Osk Tramway Company, spoke of the wheels.",
        "Ruth Oost of the Osk Tramway Company spoke of the wheels.",
        "Mira Tolle of the Pell Institute spoke of a robot.",
        "Tom Quill, a diver, was there.",
        "Karl Moe praised Hanna Pell for it.",
        "Hanna Pell was praised by Karl Moe.",
        "Nobody was arrested.",
        "Two managers may have been arrested.",
        "Teams worked downstream of the bridge all night.",
        "The company's promise is not binding.",
        "Oost said that the speed of the tram had been unusually low.",
        "Lamps from Hallan, Lark and Osk lit the place all night.",
    ],
)
def test_what_articles_tell_so_is_no_flaw(draft: str, story: tuple[Telling, ...]) -> None:
    assert against(draft, story) == set()
