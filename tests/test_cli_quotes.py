"""`tellings quotes` and `tellings.quotes`: what a reader sees, what a program gets, and bad input."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tellings import library
from tellings.library.records import annotated, tell
from tellings.model.text import View
from tellings.pipeline import relate, spoken
from tellings.quotes import find
from tellings.tell.quotations import quotations

ARTICLE = (
    'Mill shut\n\n“We saw smoke,” said Ana Lind, a cook. “It was "thick".”\n\nNora Quill and Agnes Holm came by noon. '
    "She said that nobody was hurt. They sang “Low Tide” on the quay.\n"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "mill.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def run(*words: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tellings", "quotes", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", input=stdin, check=False)


def test_a_table_says_who_and_what(article: Path) -> None:
    lines = run(article).stdout.splitlines()
    assert lines[0] == "mill.txt"
    assert any("Ana Lind" in line and "We saw smoke" in line for line in lines)
    assert any("nobody was hurt" in line and "speaker not sure" in line for line in lines)
    assert not any("Low Tide" in line for line in lines)


def test_everything_is_there_when_asked_for(article: Path) -> None:
    assert any("Low Tide" in line and "no statement" in line for line in run(article, "--all").stdout.splitlines())


def test_objects_point_into_the_text(article: Path) -> None:
    (told,) = json.loads(run(article, "--format", "json", "--all").stdout)
    for each in told["quotations"]:
        for place in (*each["content"], each["source"], each["cue"], each["medium"]):
            if place:
                assert ARTICLE[place["start"] : place["end"]] == place["exact"]
    assert [each["index"] for each in told["quotations"]] == list(range(len(told["quotations"])))


def test_rows_for_a_spreadsheet(article: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(article, "--format", "csv").stdout)))
    assert rows[0]["speaker"] == "Ana Lind"
    assert rows[0]["content"] == 'We saw smoke, … It was "thick".'
    whole = '“We saw smoke,” said Ana Lind, a cook. “It was "thick".”'
    assert ARTICLE[int(rows[0]["start"]) : int(rows[0]["end"])] == whole


def test_a_pronoun_is_nobodys_name() -> None:
    (found,) = (each for each in find(ARTICLE) if each.words(ARTICLE) == "nobody was hurt")
    assert found.speaker is None
    assert (found.status, found.rank) == ("shown", "unsure")
    assert found.reason
    assert found.source is not None


def test_standard_input_and_bad_input(article: Path) -> None:
    assert "Ana Lind" in run("-", stdin=ARTICLE).stdout
    missing = run("nowhere.txt")
    assert missing.returncode == 4
    assert "nothing could be read" in missing.stderr
    assert run(article, "nowhere.txt").returncode == 3


def test_the_table_and_the_record_agree_to_the_letter() -> None:
    folder = Path(__file__).parents[1] / "examples" / "ferry-fire" / "articles"
    articles = list(library.quotes(folder).articles)
    other = replace(articles[0][0], view=View.plain(ARTICLE))
    compared = 0
    for document, found in (*articles, (other, quotations(spoken(other, model=False)))):
        record = tell(relate((annotated(document),), ()))
        told = {
            (words.start, words.end): (
                entry.speaker.name,
                entry.speaker.rank,
                entry.speaker.others,
                entry.status,
                entry.reason,
            )
            for entry in record.quotes
            for variant in entry.variants
            for words in variant.stretches
        }
        for each in found:
            for content in each.contents if each.status != "not-a-statement" else ():
                assert told.pop((content.start, content.end)) == (
                    *(each.speaker, each.rank, each.others, each.status, each.reason),
                )
                compared += 1
        assert not told
    assert compared > 100


def test_what_only_the_model_finds_is_shown_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("Nora Quill denounced the plan to close the harbour. She said that nobody was hurt.\n", "utf-8")
    ruled, asked = (
        [
            each["content"][0]["exact"]
            for each in json.loads(run(path, "--format", "json", *more).stdout)[0]["quotations"]
        ]
        for more in ((), ("--model",))
    )
    assert ruled == ["nobody was hurt"]
    assert asked == ["the plan to close the harbour", "nobody was hurt"]
