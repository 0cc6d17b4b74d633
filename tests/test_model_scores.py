"""What the shipped model finds and how sure it is: the features of a sentence are those the model was trained with.

A change of a feature changes these figures, and then the model has to be trained anew (`train/quotes.py`).
"""

from __future__ import annotations

import pytest

from tellings.quotes import find
from tellings.within.quotes import learned


@pytest.mark.parametrize(
    ("text", "words", "cue", "source", "score"),
    [
        (
            "Nora Quill denounced the plan of 9 boats. Nobody slept.",
            "the plan of 9 boats",
            "denounced",
            "Nora Quill",
            0.987,
        ),
        (
            *("Nora Quill, the harbour master, predicted a long winter for the crew.", "a long winter for the crew"),
            *("predicted", "Nora Quill", 0.942),
        ),
        ("Nora Quill hinted at further cuts, and the union left.", "further cuts", "hinted", "Nora Quill", 0.81),
        (
            *("Police praised the crew for its quick work on Monday.", "the crew for its quick work on Monday"),
            *("praised", "Police", 0.985),
        ),
        (
            *("She blamed the ice, which she had seen “from the lamp,” for the loss of two boats.", "the ice"),
            *("blamed", "She", 0.929),
        ),
        ("The union demanded better boats; the owners refused.", "better boats", "demanded", "The union", 0.545),
        (
            "Quill promised to keep the lamp lit until they are home and to ring the bell at night.",
            "to keep the lamp lit until they are home and to ring the bell at night",
            *("promised", "Quill", 0.879),
        ),
        (
            "Quill urged people to stay away from the quay.",
            "people to stay away from the quay",
            "urged",
            "Quill",
            0.886,
        ),
        ("Quill warned of thick ice — and of worse to come.", "thick ice", "warned", "Quill", 0.969),
    ],
)
def test_what_the_model_finds(text: str, words: str, cue: str, source: str, score: float) -> None:
    (found,) = [each for each in find(text) if each.reason == learned.WHY]
    assert found.cue is not None and found.source is not None
    assert (found.words(text), found.cue.of(text), found.source.of(text)) == (words, cue, source)
    assert (found.type, found.status) == ("indirect", "unsure")
    assert found.score == pytest.approx(score, abs=0.0005)


@pytest.mark.parametrize(
    "text",
    ["The owners rejected the boat.", "Nora Quill feared the worst for the crew.", "In May the ice broke the lamp."],
)
def test_what_the_model_is_not_sure_of_is_not_there(text: str) -> None:
    assert [each for each in find(text) if each.reason == learned.WHY] == []
