"""`tellings check`: kinds of sound lines that raise no alarm, each beside a line of the same kind that is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from test_check import looked, telling

from tellings.model.records import Telling
from tellings.model.verdicts import AGAINST

#: What two tellings say, the first on 3 May 2021, the second on 7 May.
Tellings = tuple[str, ...]
DAYS = (date(2021, 5, 3), date(2021, 5, 7))


def story(texts: Tellings) -> tuple[Telling, ...]:
    return tuple(telling(f"t{number}", text, DAYS[number % 2]) for number, text in enumerate(texts))


def against(draft: str, texts: Tellings) -> set[tuple[str, str, str]]:
    found = looked(draft, story(texts))
    return {(one.kind, one.verdict, one.span.of(draft)) for one in found.findings if one.verdict in AGAINST}


SIEGE = ("The rebels of Osk handed over 21 sailors to the harbour office on Monday, said Mara Lind.",)
DOCK = (
    "A 25-ton crane fell on the quay at Osk on Monday, the port said.",
    "The crane, a 25-tonne machine, had been bought in Hallan. Ida Moe left an estate of 4.3 million pounds.",
)
TOLLS = (
    "At least 60 people were killed when a crane fell into the crowd at the quay of Osk on Monday, the port said.",
    "The number of people killed at the quay has risen, and the harbour office said 84 people were killed there.",
)
BANK = (
    "“It is a fair price for an old yard,” said the analyst Ida Moe of Osk Trust Partners.\n\n"
    "Norwave, the owner, said its chief executive, Tora Lind, would wait. “Nobody has asked us about the yard,” said a "
    "friend of Ida Moe.\n\nTora Lind has led Norwave since 2011.",
)
LEAK = (
    "Norwave said that 143 million customers were affected by the leak, which it found in April.",
    "Norwave raised the count: 151 million customers were affected by the leak, it said on Friday.",
)
DISCS = (
    "The Osk Harbour Authority handed in 183 CD's and a note of the HWB. Mara Lind, of the Hallan Water Board, "
    "read them.",
    "The OHA said on Friday that the discs were genuine.",
)

MINUTES = (
    "The council of Osk has forbidden nets of nylon in the narrows. Ida Moe, the harbour warden, was opposed to any "
    "toll on the bridge. Her son rang the pilot station, which sent a tug.",
    "Profits of the yard rose by a tenth in the spring, Norwave wrote on Facebook. Tora Lind was the second stoker to "
    "be questioned about the missing lamps. The pilot broke her left wrist on the icy ladder.",
)

OFFICES = (
    "Karl Moe, the de facto mayor of Osk, let a diver go on Sunday, said Ida Reed, the transport minister, and the "
    "Norwegian owners.",
    "The stoker Philippa Trent, whom the crew calls Phil, came up first. Phil was flown to the clinic with two frozen "
    "fingers. Hanna Pell, the pilot, was unhurt.",
)
SPEECH = (
    '"The pier was sold behind our backs," said Ida Moe, the harbour warden.\n\n'
    '" They hid the papers in a fish crate.\nNobody was to find them there before the vote.\nSo we had to start again. '
    '"\n\nThe council was silent. The papers were found by a diver on Sunday night.',
)


@pytest.mark.parametrize(
    ("texts", "sound", "wrong", "expected"),
    [
        # "over" of "hand over" bounds no number
        (
            SIEGE,
            "The rebels handed over 21 of the sailors to the harbour office on Monday.",
            "The rebels handed over 27 of the sailors to the harbour office on Monday.",
            ("number", "differs", "27"),
        ),
        # a number in a unit in which another article has it
        (
            DOCK,
            "A 25-tonne crane fell on the quay at Osk on Monday.",
            "A 25-metre crane fell on the quay at Osk on Monday.",
            ("measure", "differs", "25-metre"),
        ),
        (
            DOCK,
            "Ida Moe left an estate of £4.3 million.",
            "Ida Moe left an estate of $4.3 million.",
            ("money", "differs", "$4.3 million"),
        ),
        # a close sentence has an earlier toll, another article the draft's
        (
            TOLLS,
            "At least 84 people were killed when a crane fell into the crowd at the quay of Osk on Monday.",
            "At least 48 people were killed when a crane fell into the crowd at the quay of Osk on Monday.",
            ("number", "differs", "At least 48"),
        ),
        # who is described by a name
        (
            BANK,
            "“It is a fair price for an old yard,” said Ida Moe, an analyst.",
            "“It is a fair price for an old yard,” said Norwave CEO Tora Lind.",
            ("quotation", "another speaker", "It is a fair price for an old yard,"),
        ),
        (
            BANK,
            "“Nobody has asked us about the yard,” said somebody who knows Moe.",
            "“Nobody has asked us about the dock,” said somebody who knows Moe.",
            ("quotation", "altered", "Nobody has asked us about the dock,"),
        ),
        # what was told on a day that is named
        (
            LEAK,
            "May 3, 2021: Norwave says that 143 million customers were affected by the leak.",
            "Norwave says that 143 million customers were affected by the leak.",
            ("number", "superseded", "143 million"),
        ),
        (
            LEAK,
            "On May 3 Norwave said that 143 million customers were affected by the leak.",
            "On May 8 Norwave said that 143 million customers were affected by the leak.",
            ("number", "superseded", "143 million"),
        ),
        # first letters
        (
            DISCS,
            "The harbour authority has 183 CDs.",
            "The harbour authority has 183 DVDs.",
            ("name", "not found", "DVDs"),
        ),
        (
            DISCS,
            "A note of the HWB was handed in.",
            "A note of the ML was handed in.",  # which is no short form of Mara Lind
            ("name", "not found", "ML"),
        ),
        (DISCS, "The Osk Harbour Authority had them.", "The Osk Bridge Authority had them.", ()),
        # a word that is told for no other
        (
            MINUTES,
            "In the narrows the council of Osk has banned nets made of nylon.",
            "In the narrows the council of Osk has permitted nets made of nylon.",
            ("statement", "differs", "permitted"),
        ),
        (
            MINUTES,
            "The harbour warden, Ida Moe, opposes a toll on the bridge.",
            "The harbour warden, Ida Moe, favors a toll on the bridge.",
            ("statement", "differs", "favors"),
        ),
        (
            MINUTES,
            "In spring the yard's profits increased by a tenth.",
            "In spring the yard's profits fell by a tenth.",
            ("statement", "differs", "fell"),
        ),
        (
            MINUTES,
            "Lind was the second stoker who was questioned about the missing lamps.",
            "Lind was the third stoker who was questioned about the missing lamps.",
            ("rank", "differs", "third"),
        ),
        (
            MINUTES,
            "On the icy ladder the pilot broke her wrist.",
            "On the icy ladder the pilot broke her ankle.",
            ("statement", "differs", "ankle"),
        ),
        (
            MINUTES,
            "The council of Osk has not permitted nets of nylon in the narrows.",
            "The council of Osk has allowed nets of nylon in the narrows.",
            ("statement", "differs", "allowed"),
        ),
        # what an office is called that somebody gave himself; a name in short; a capital for its government
        (
            OFFICES,
            "The self-styled mayor, Karl Moe, let one of the divers go.",
            "The finance minister, Ida Reed, let one of the divers go.",
            ("role", "differs", "finance minister"),
        ),
        (
            OFFICES,
            "Philippa Trent, the stoker, was flown to the clinic with frozen fingers.",
            "Hanna Pell was flown to the clinic with frozen fingers.",
            ("name", "differs", "Hanna Pell"),
        ),
        (
            OFFICES,
            "The divers have the support of Oslo.",
            "The divers have the support of Vienna.",
            ("name", "not found", "Vienna"),
        ),
        # a genitive within a name
        (
            ("A diver was saved in Osk. The Harbour Children's Hospital Medical Center has his boat.",),
            "His boat is in the Harbour Children's Hospital Medical Center.",
            "His boat is in the Habrour Children's Hospital Medical Center.",
            ("name", "differs", "Habrour Children's Hospital Medical Center"),
        ),
        # words between marks that stand lines apart
        (
            SPEECH,
            "“Nobody was to find them there before the vote,” said Moe.",
            "“The papers were found by a diver on Sunday night,” said Moe.",
            ("quotation", "paraphrase", "The papers were found by a diver on Sunday night,"),
        ),
        (DISCS, "The HWB read them.", "The HFB read them.", ("name", "not found", "HFB")),
    ],
)
def test_a_sound_line_raises_no_alarm_and_a_wrong_one_of_its_kind_does(
    texts: Tellings, sound: str, wrong: str, expected: tuple[str, str, str]
) -> None:
    assert not against(sound, texts)
    if expected:
        assert expected in against(wrong, texts)


def test_a_toll_of_another_story_outdates_none() -> None:
    pile = (
        "Seven people were killed when the ferry Tern struck the pier at Osk on Monday, said Mara Lind, the warden.",
        "Twelve people were killed when a plane of Hallan Air fell into the woods near Sundby on Friday, police said.",
    )
    draft = "Seven people were killed when the ferry Tern struck the pier of Osk, Mara Lind said."
    assert not against(draft, pile)
    risen = (
        "Twelve people were killed when the ferry Tern struck the pier at Osk, Mara Lind, the warden, said on Friday."
    )
    assert ("number", "superseded", "Seven") in against(draft, (pile[0], risen))


@pytest.mark.parametrize("described", ["a friend of Ida Moe", "Ida Moe's lawyer", "a lawyer for Ida Moe"])
def test_who_is_described_by_the_name_of_another_is_nobody_sure(described: str) -> None:
    texts = (f"“It is a fair price for an old yard,” said {described}.\n\nTora Lind owns it.",)
    assert not against("“It is a fair price for an old yard,” Tora Lind said.", texts)


@pytest.mark.parametrize(("ending", "verdict"), [("; the lamps of Merrin were out", "differs"), ("", "not found")])
def test_a_word_is_a_name_where_four_of_five_times_it_has_a_capital(ending: str, verdict: str) -> None:
    told = (
        f"They rowed a merrin boat. Dark Merrin lay behind. They saw Merrin at noon, and old Merrin at night{ending}."
    )
    assert ("name", verdict, "Merrim") in against("They saw Merrim at noon.", (told,))
