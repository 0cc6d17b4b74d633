"""Credits and revisions: tellings that are one report by their own words, and one page at two times."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tellings
from tellings.across.credits import outlet_key
from tellings.model.rules import Rule, load

LEDE = "The bridge at Lower Merrin was closed on Monday after ice moved its second pier, the council said."
OTHERS = (
    "Engineers will look at the pier before the week is out, and buses take the long way round until then.",
    "Nobody was on the bridge when the ice came, and a barge that lay beneath it was towed to the far bank.",
)


@pytest.mark.parametrize("rule", load("en", "credit").rules, ids=lambda rule: rule.name)
def test_examples_of_the_rules(rule: Rule) -> None:
    for example in rule.yes:
        assert re.search(rule.pattern, example), example
    for example in rule.no:
        assert not re.search(rule.pattern, example), example


def test_names_of_outlets() -> None:
    assert outlet_key("Associated Press") == outlet_key("AP") == outlet_key("The Associated Press")
    assert outlet_key("Merrin Post") != outlet_key("Merrin Herald")


def written(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_one_agency_is_one_origin(tmp_path: Path) -> None:
    story = tellings.story(
        written(
            tmp_path,
            a=f"LOWER MERRIN (AP) — {LEDE}\n\n{OTHERS[0]}\n",
            b="MERRIN, Norway (AP) — A barge was towed off the pier of the old bridge on Tuesday, its owner said.\n",
            c=f"LOWER MERRIN (Reuters) — {OTHERS[1]}\n",
        )
    )
    assert len(story.origins) == 2
    (credit,) = story.credits
    assert credit.outlet == "ap" and len(credit.tellings) == 2
    for place in credit.places:
        assert place.span.of(next(t.text for t in story.tellings if t.id == place.telling)) == "AP"


def test_first_reported_by(tmp_path: Path) -> None:
    story = tellings.story(
        written(
            tmp_path,
            a=f"{LEDE} The closure was first reported by the Merrin Herald.\n",
            b="Buses took the long way on Tuesday.\n\nThe Merrin Herald was first to report the ice, he said.\n",
            c=f"{OTHERS[1]}\n",
        )
    )
    assert len(story.origins) == 2


def test_residue_credits_nobody(tmp_path: Path) -> None:
    related = "Read more\n\nThe closure was first reported by the Merrin Herald\n"
    story = tellings.story(written(tmp_path, a=f"{LEDE}\n\n{OTHERS[0]}\n\n{related}", b=f"{OTHERS[1]}\n\n{related}"))
    assert [block.kind for block in story.tellings[0].blocks][-1] == "related"
    assert story.credits == () and len(story.origins) == 2


@pytest.mark.parametrize(
    ("publishers", "rule"),
    [
        (("Merrin Post", "MERRIN POST"), "revision"),
        (("Merrin Post", "Merrin Herald"), "near-duplicate"),
        (("Merrin Post", None), "near-duplicate"),
        ((None, "Merrin Post"), "near-duplicate"),
        ((None, None), "near-duplicate"),
    ],
)
def test_a_page_marked_updated_is_a_revision_of_one_publishers(
    tmp_path: Path, publishers: tuple[str | None, str | None], rule: str
) -> None:
    text = f"{LEDE}\n\n{OTHERS[0]}\n\n{OTHERS[1]}\n"
    first, second = (f"publisher: {name}\n\n" if name else "" for name in publishers)
    changed = text.replace("on Monday", "on Sunday").replace("its second pier", "its third pier and a lamp")
    updated = "This article was updated on 3 March 2020 with a third pier.\n\n"
    story = tellings.story(written(tmp_path, a=first + text, b=second + updated + changed))
    assert [pair.provenance.rule for pair in story.near_duplicates] == [rule]


def test_a_pictures_credit_is_none(tmp_path: Path) -> None:
    story = tellings.story(
        written(tmp_path, a=f"{LEDE}\n\n(Tom Ash/AP)\n\n{OTHERS[0]}\n", b=f"(Olga Brandt/AP)\n\n{OTHERS[1]}\n")
    )
    assert story.credits == () and len(story.origins) == 2


@pytest.mark.parametrize(
    ("address", "rule"),
    [("https://merrin.example/ice?page=2", "revision"), ("https://merrin.example/other", "near-duplicate")],
)
def test_one_page_changed_is_a_revision(tmp_path: Path, address: str, rule: str) -> None:
    head = "title: Ice moves the pier\nurl: {}\n\n"
    text = f"{LEDE}\n\n{OTHERS[0]}\n\n{OTHERS[1]}\n"
    changed = text.replace("on Monday", "on Sunday").replace("its second pier", "its third pier and a lamp")
    story = tellings.story(
        written(tmp_path, a=head.format("http://www.merrin.example/ice") + text, b=head.format(address) + changed)
    )
    assert [pair.provenance.rule for pair in story.near_duplicates] == [rule]
