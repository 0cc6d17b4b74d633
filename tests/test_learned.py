"""The trained model of reported clauses: what it may and may not do, and that training is a function of its input."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.quotes import find
from tellings.within.quotes import learned

ROOT = Path(__file__).parent.parent
ARTICLE = (
    "Nora Quill denounced the plan to close the harbour. She said that nobody was hurt.\n\n"
    "Aaron Holm blamed the crew for the fire, and “we will see,” he added.\n"
)
WORDS = st.sampled_from(
    [
        "Nora Quill",
        "said",
        "denounced",
        "the",
        "plan",
        "that",
        "“",
        "”",
        ",",
        ".",
        "\n\n",
        "he",
        "blamed",
        "crew",
        "and",
    ]
)


def test_what_the_model_adds_is_unsure_and_says_so() -> None:
    added = [each for each in find(ARTICLE) if each.reason == learned.WHY]
    assert added
    for each in added:
        assert each.status == "unsure"
        assert each.score is not None and learned.KEPT <= each.score <= 1
        assert each.source is not None and each.cue is not None


def test_no_clause_ends_before_what_is_said() -> None:
    text = "they claim that, and Ana Vell said"
    assert [found.words(text) for found in find(text)] == [found.words(text) for found in find(text, model=False)]


def test_without_the_model_only_rules_speak() -> None:
    assert all(each.reason != learned.WHY for each in find(ARTICLE, model=False))
    assert any(each.words(ARTICLE) == "nobody was hurt" for each in find(ARTICLE, model=False))


@given(st.lists(WORDS, max_size=40))
@settings(max_examples=150, deadline=None)
def test_laws(chosen: list[str]) -> None:
    text = " ".join(chosen)
    with_model, ruled = find(text), find(text, model=False)
    assert with_model == find(text)
    for each in with_model:
        for span in (*each.spans, *each.contents):
            assert 0 <= span.start <= span.end <= len(text)
        if each.reason == learned.WHY:
            assert each.cue is not None and each.source is not None
            for content in each.contents:
                assert not content.overlaps(each.cue) and not content.overlaps(each.source)
    # The model takes nothing away; it may end a reported clause earlier.
    assert {each.spans[0].start for each in ruled} <= {each.spans[0].start for each in with_model}


def test_the_weights_are_small_and_hold_single_words() -> None:
    file = ROOT / "src/tellings/data/en/quote/model.json"
    assert file.stat().st_size < 5_000_000
    features = {feature for step in learned.weights().steps.values() for feature in step}
    # No stretch of anybody's text: two words beside each other at most.
    assert all(len(part.split()) <= 1 for feature in features for part in feature.split("|"))
    assert all(feature.count("|") <= 1 for feature in features)


def corpus(folder: Path) -> None:
    texts, gold = [], []
    for number in range(12):
        text = f"Nora Quill denounced the plan of {number} boats. Nobody slept in the town that night."
        texts.append({"doc_id": f"d{number}", "text": text})
        start = text.index("the plan")
        gold.append(
            {
                **{"doc_id": f"d{number}", "type": "indirect", "spans": [[start, text.index(". Nobody")]]},
                **{"start": start, "end": text.index(". Nobody"), "cue_start": 11, "cue_end": 20},
                **{"speaker_start": 0, "speaker_end": 10},
            }
        )
    for name, items in (("docs", texts), ("gold", gold)):
        (folder / f"tiny.{name}.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")


def trained(folder: Path, out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "train/quotes.py", "--data", folder, "--name", "tiny", "--out", out]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_training_gives_the_same_file_twice(tmp_path: Path) -> None:
    corpus(tmp_path)
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    assert trained(tmp_path, first).returncode == 0
    assert trained(tmp_path, second).returncode == 0
    assert first.read_bytes() == second.read_bytes()
    assert "denounced" in json.loads(first.read_text())["cues"]


def test_training_without_data_says_what_is_missing(tmp_path: Path) -> None:
    done = trained(tmp_path, tmp_path / "a.json")
    assert done.returncode == 2
    assert "data absent" in done.stderr


@pytest.mark.parametrize(
    ("text", "audience", "said"),
    [
        ("Ana Vell told Radio Merrin on Monday that the boat was safe.", "Radio Merrin", date(2020, 6, 1)),
        ("“It is safe,” Ana Vell told reporters on Tuesday.", "reporters", date(2020, 6, 2)),
        ("On Friday, Ana Vell said the boat sank in 2015.", None, date(2020, 5, 29)),
        ("“We saw it on Monday,” said Ana Vell, a cook.", None, None),
        ("Ana Vell said it sank on Monday.", None, None),
    ],
)
def test_when_and_to_whom(text: str, audience: str | None, said: date | None) -> None:
    (found,) = find(text, dct=date(2020, 6, 3), model=False)
    assert (found.audience.of(text) if found.audience else None) == audience
    assert (found.said.earliest if found.said else None) == said
