"""What is read as one story and looks like articles of several is said to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from project import ROOT, Called

import tellings

MIXED = {
    "mill": "Merrin mill to close in June\n\nThe paper mill at Merrin will close in June, its owner Hallan Paper said.",
    "ferry": "Ferry fire hurts twelve\n\nTwelve people were hurt when the ferry Saint Orla caught fire off Averley.",
    "school": "Osk school wins chess cup\n\nPupils of the Osk school beat the champions of Norland at chess on Sunday.",
    "storm": "Storm cuts power in the north\n\nA storm left 4,000 homes in northern Norland without power on Friday.",
    "vote": "Council votes for tram\n\nThe council of Hallan voted for a tram to the harbour, by nine votes to six.",
}
AGAIN = {
    f"mill{number}": f"Merrin mill to close\n\nThe paper mill at Merrin will close in June, {who} said. Ninety jobs go."
    for number, who in enumerate(("its owner Hallan Paper", "Hallan Paper", "the mill's owner", "the company"))
}


def written(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    return folder


def kinds(folder: Path) -> list[str]:
    return [problem.kind for problem in tellings.read(folder).problems]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("mill", "ferry", "school", "storm", "vote"), True),
        (("mill", "ferry", "school"), False),  # three are too few to tell
        (("mill", "mill0", "mill1", "mill2", "mill3"), False),
        (("ferry", "school", "mill0", "mill1", "mill2"), False),  # more than half are of one
    ],
)
def test_a_pile_of_many_stories_is_said_to_be_one(tmp_path: Path, names: tuple[str, ...], expected: bool) -> None:
    texts = MIXED | AGAIN
    assert ("several-stories" in kinds(written(tmp_path, {name: texts[name] for name in names}))) == expected


def test_the_example_is_one_story() -> None:
    assert "several-stories" not in kinds(ROOT / "examples")


def test_of_a_language_without_rules_nothing_is_told(tmp_path: Path) -> None:
    german = {
        "a": "Die Mühle in Merrin wird im Juni geschlossen, sagte der Besitzer am Montag.",
        "b": "Die Fähre vor Osk brannte am Freitag, und zwölf Menschen wurden dabei verletzt.",
        "c": "Der Rat von Hallan stimmte am Abend für eine neue Straßenbahn zum Hafen der Stadt.",
        "d": "Ein Sturm ließ im Norden des Landes viertausend Häuser ohne Strom und ohne Wasser.",
    }
    longer = {name: f"{text} Das ist noch nicht alles, was man von der Sache weiß." for name, text in german.items()}
    assert kinds(written(tmp_path, longer)) == ["language"] * 4


def test_the_command_says_what_to_do_and_the_record_is_verified(tmp_path: Path, call: Callable[..., Called]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    written(folder, MIXED)
    read = call("read", folder, "-o", tmp_path / "out")
    assert read.code == 0
    assert "no story has half of them" in read.err and "tellings stories" in read.err
    verified = call("verify", "--again", tmp_path / "out" / "record.json")
    assert verified.code == 0, verified.err
