"""`tellings check` on drafts in words of their own: what is exchanged, outdated or turned round, what sounds so."""

from __future__ import annotations

import random
from datetime import date

import pytest
from test_check import looked, places_hold, telling

from tellings.model.records import Telling
from tellings.model.verdicts import AGAINST

MONDAY = """Ferry strikes the pier at Osk

The ferry Tern struck the pier at Osk on Monday with 212 passengers aboard, and nine people were hurt, the harbour
office said.

A Danish stoker with a broken wrist was flown to the clinic at Hallan, said Ruth Oost, the harbour master. Three Swedish
tourists were treated for shock.

“We heard the hull scrape along the stones for a full minute,” said Karl Moe, a baker who was on the upper deck.

The pilot, Mira Tolle, had not slept since Saturday, the office found. Tolle had refused to steer the tug through the
narrows in the dark.

The speed limit in the narrows is 8 knots. In open water the Tern can make 21 knots.

The ship's insurers in Norway have sent two divers to look at the keel. A yard in Poland built her.

Loose ballast may have tipped the Tern towards the pier, the divers believe. Investigators are asking whether her
helmsman had dozed at the wheel.
"""
TUESDAY = """After the ferry crash, questions

The harbour master, Ruth Oost, said that all 27 copper rivets of the rudder had been torn out when the Tern hit the
pier.

Mara Lind, the transport minister, promised an inquiry by the end of the month. Olga Trent, a spokeswoman for the ferry
company, said that it would help the inquiry.

The company doubts that a court will hold the captain liable for the torn nets.

Osk councillor Gavin Reed said that his niece had been aboard.

“She rang me from the deck, and I could hear the bells ringing behind her,” he said. “It went on for an hour.”

Former governor Hanna Pell opened the new pier in 2016. Hanna Pell, who was governor until 2018, called the crash a
warning.

More than 400 people have signed a petition for lamps along the pier.

The envoy of Norland to the fishing council also came. “Such a pier ought to be lit at night,” said the envoy.
"""
FRIDAY = """More hurt than first thought in Osk

Fourteen people were hurt when the ferry Tern struck the pier at Osk, five more than first thought, the clinic said on
Friday.

Divers had searched the keel for cracks since Wednesday and found none.

A petition for lamps along the pier had been signed by 9,300 people on Friday, said Gavin Reed, who began it.
"""
DAYS = {"monday": date(2021, 5, 3), "tuesday": date(2021, 5, 4), "friday": date(2021, 5, 7)}


@pytest.fixture(scope="module")
def story() -> tuple[Telling, ...]:
    texts = {"monday": MONDAY, "tuesday": TUESDAY, "friday": FRIDAY}
    return tuple(telling(name, text, DAYS[name]) for name, text in texts.items())


def against(draft: str, story: tuple[Telling, ...]) -> set[tuple[str, str, str]]:
    found = looked(draft, story)
    return {(one.kind, one.verdict, one.span.of(draft)) for one in found.findings if one.verdict in AGAINST}


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        # a number of something else, or another one
        ("In the narrows the speed limit is 21 knots, it turned out.", ("measure", "differs", "21 knots")),
        ("The crash tore out all of the rudder's 21 copper rivets.", ("number", "differs", "21")),
        # a name, a country or a day in the place of another
        ("A Swedish stoker who had a broken wrist is in the clinic.", ("name", "differs", "Swedish")),
        ("Two divers were sent by the ship's insurers in Poland to see the keel.", ("name", "differs", "Poland")),
        ("Karl Moe had refused to steer the tug through the dark narrows.", ("name", "differs", "Karl Moe")),
        ("Ruth Oost, the harbour master, refused to steer the tug by night.", ("name", "differs", "Ruth Oost")),
        ("The keel was searched for cracks since Monday.", ("day", "differs", "Monday")),
        # a toll that has risen
        ("Nine people were hurt when the Tern hit the pier.", ("number", "superseded", "Nine")),
        ("A petition for lamps along the pier has 400 signatures.", ("number", "superseded", "400")),
        # "not"
        ("Mira Tolle, the pilot, had slept since Saturday.", ("statement", "differs", "had slept since Saturday")),
        (
            "The company expects a court to hold the captain liable for the torn nets.",
            ("statement", "differs", "The company expects a court"),
        ),
        # what only may be so
        (
            "Loose ballast tipped the Tern towards the pier, divers concluded.",
            ("statement", "differs", "Loose ballast"),
        ),
        ("Investigators found that the helmsman had dozed at the wheel.", ("statement", "differs", "Investigators")),
        # a role
        ("Transport minister Olga Trent wants to help the inquiry.", ("role", "differs", "Transport minister")),
        ("Hanna Pell, the current governor, spoke of a warning.", ("role", "differs", "current governor")),
        # who says it
        (
            "“She rang me from the deck, and I could hear the bells ringing behind her,” said Karl Moe.",
            ("quotation", "another speaker", "She rang me"),
        ),
        (
            "“Such a pier ought to be lit at night,” said Karl Moe.",
            ("quotation", "another speaker", "Such a pier"),
        ),
    ],
)
def test_what_a_draft_exchanges_is_found(
    draft: str, expected: tuple[str, str, str], story: tuple[Telling, ...]
) -> None:
    kind, verdict, words = expected
    found = against(draft, story)
    assert any(each[:2] == (kind, verdict) and each[2].startswith(words) for each in found), found


@pytest.mark.parametrize(
    "draft",
    [
        "In open water the Tern makes 21 knots; in the narrows 8 knots are the limit.",
        "The crash tore out the rudder's 27 copper rivets, all of them.",
        "With a broken wrist, a Danish stoker lies in the clinic.",
        "The clinic looked after three tourists from Sweden, who were in shock.",
        "The insurers, who are in Norway, let two divers see the keel.",
        "Mira Tolle, who was the pilot, would not steer the tug through the narrows by night.",
        "She had refused to steer the tug through the dark narrows.",
        "Since Wednesday divers have searched her keel for cracks, in vain.",
        "Fourteen people were hurt when the Tern hit the pier.",
        "At first nine people were said to be hurt; it was fourteen.",
        "By Tuesday, 400 people had signed the petition for lamps along the pier; now it has 9,300 signatures.",
        "Of those who were hurt, nine were treated on the pier.",
        "The pilot had had no sleep since Saturday.",
        "The company does not believe that a court will hold the captain liable for the torn nets.",
        "Never before had the pilot steered the tug through the narrows in the dark, Oost said.",
        "Divers believe that loose ballast tipped the Tern towards the pier.",
        "It is unclear whether the helmsman had dozed at the wheel.",
        "Loose ballast, the divers say, could have tipped her.",
        "Mara Lind, minister of transport, wants an inquiry within the month.",
        "A spokeswoman, Olga Trent, said that the ferry company would help.",
        "Hanna Pell, once governor, opened the pier in 2016.",
        "Hanna Pell, governor until 2018, spoke of a warning.",
        "“She rang me from the deck, and I could hear the bells ringing behind her,” said Gavin Reed, a councillor.",
        "“We heard the hull scrape along the stones for a full minute,” Moe, the baker, said.",
        "“Such a pier ought to be lit at night,” the envoy of Norland said.",
    ],
)
def test_sound_lines_in_other_words_raise_no_alarm(draft: str, story: tuple[Telling, ...]) -> None:
    assert not against(draft, story)


@pytest.mark.parametrize("text", [MONDAY, TUESDAY, FRIDAY])
def test_nothing_but_a_later_toll_speaks_against_the_articles(text: str, story: tuple[Telling, ...]) -> None:
    assert {verdict for _, verdict, _ in against(text, story)} <= {"superseded"}


@pytest.mark.parametrize("draft", ["A quake of magnitude 7.2 was felt.", "They say 3,800 of it is iron."])
def test_a_number_that_a_text_parts_is_found(draft: str) -> None:
    article = "The mill at Osk, hit by a quake of magnitude 7. 2, cost 3, 800 crowns to mend."
    assert not against(draft, (telling("a", article),))
    assert against(draft, (telling("a", "The mill at Osk was hit by a quake, and cost much to mend."),))


def test_a_number_that_one_text_parts_and_another_gives_whole_is_borne_out() -> None:
    whole = telling("a", "A quake of magnitude 7.2 struck Osk on Monday, and the mill fell.")
    parted = telling("b", "Herring was dear in Hallan: 7. 2 crowns for the barrel.")
    draft = "A quake of magnitude 7.2 struck Osk on Monday, and the mill fell."
    assert [one.verdict for one in looked(draft, (whole, parted)).findings if one.kind == "measure"] == [
        "one origin only"
    ]


MASHES = 60


def mash(seed: int) -> str:
    """Words and runs of words of the articles in any order, with marks between them."""
    chance = random.Random(seed)
    row = " ".join((MONDAY, TUESDAY, FRIDAY)).split()
    runs = []
    for _ in range(chance.randrange(1, 30)):
        at = chance.randrange(len(row))
        runs.append(
            " ".join(row[at : at + chance.randrange(1, 9)])
            + chance.choice(("", ",", ".", " not", " 12", "\n\n", " “", "”"))
        )
    return " ".join(runs)


@pytest.mark.parametrize("seed", range(MASHES))
def test_any_mash_of_the_articles_is_held_against_them(seed: int, story: tuple[Telling, ...]) -> None:
    places_hold(looked(mash(seed), story))
