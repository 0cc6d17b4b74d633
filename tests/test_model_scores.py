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
        ("Nora Quill warned of thick ice at sea.", "thick ice at sea", "warned", "Nora Quill", 0.986),
        ("Quill spoke of a cold night on the water.", "a cold night on the water", "spoke", "Quill", 0.923),
        ("Quill insisted on a vote of the crew.", "a vote of the crew", "insisted", "Quill", 0.87),
        ("The owners proposed a vote on the quay.", "a vote on the quay", "proposed", "The owners", 0.895),
        ("She recalled a night of ice and wind.", "a night of ice and wind", "recalled", "She", 0.894),
        (
            *("Nora Quill argued against the plan of 9 boats. Nobody slept.", "the plan of 9 boats"),
            *("argued", "Nora Quill", 0.979),
        ),
        ("Nora Quill suggested a vote on the lamp.", "a vote on the lamp", "suggested", "Nora Quill", 0.982),
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
